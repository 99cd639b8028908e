//! Phrases of lemmas with gaps, as tables list them: `*` for one word, `...` for up to three.

/// A phrase.
#[derive(Clone, Debug)]
pub struct Phrase {
    first: String,
    rest: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq)]
enum Item {
    Lemma(String),
    One,
    UpToThree,
}

impl Phrase {
    /// Reads a cell; `least` is how many items a phrase must have.
    pub(super) fn parse(cell: &str, least: usize) -> Result<Self, String> {
        // The tokeniser cuts words at hyphens.
        let spaced = cell.to_lowercase().replace('-', " - ");
        let mut items = spaced.split_whitespace().map(|word| match word {
            "*" => Item::One,
            "..." => Item::UpToThree,
            lemma => Item::Lemma(lemma.to_owned()),
        });
        match (items.next(), items.collect::<Vec<_>>()) {
            (Some(Item::Lemma(first)), rest) if rest.len() + 1 >= least => Ok(Self { first, rest }),
            _ => Err(format!("a phrase begins with a lemma and has at least {least} items")),
        }
    }

    /// The lemma it begins with.
    pub fn first(&self) -> &str {
        &self.first
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.rest.len() + 1
    }

    /// Number of words that it covers at the start of `words`, given by what may stand for each (its lemma, its form).
    pub fn length_in<const N: usize>(&self, words: &[[&str; N]]) -> Option<usize> {
        let (first, tail) = words.split_first()?;
        first.contains(&self.first()).then(|| matches(&self.rest, tail))?.map(|length| length + 1)
    }
}

/// Number of words that `items` cover at the start of `words`.
fn matches<const N: usize>(items: &[Item], words: &[[&str; N]]) -> Option<usize> {
    match items.split_first() {
        None => Some(0),
        Some((Item::Lemma(lemma), rest)) => {
            let (first, tail) = words.split_first()?;
            first.contains(&lemma.as_str()).then(|| matches(rest, tail))?.map(|n| n + 1)
        }
        Some((Item::One, rest)) => {
            words.split_first().and_then(|(_, tail)| matches(rest, tail)).map(|n| n + 1)
        }
        Some((Item::UpToThree, rest)) => {
            (0..=3.min(words.len())).find_map(|skip| matches(rest, &words[skip..]).map(|n| n + skip))
        }
    }
}

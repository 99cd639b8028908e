//! Phrases that look like events and are none: *war on drugs*, *shot down the proposal*, *a late strike*.

use super::{files::Files, problem::Problem, table};
use std::collections::HashMap;

/// A phrase with the reason why it is no event.
#[derive(Clone, Debug)]
pub struct NonEvent {
    /// The phrase as listed.
    pub phrase: String,
    /// `metaphor`, `sport`, ….
    pub reason: String,
    items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq)]
enum Item {
    Lemma(String),
    One,
    UpToThree,
}

/// Phrases by their first lemma.
#[derive(Debug, Default)]
pub struct NonEvents(HashMap<String, Vec<NonEvent>>);

const REASONS: &[&str] = &[
    "metaphor",
    "sport",
    "history",
    "anniversary",
    "fiction",
    "court",
    "opinion",
    "weather",
    "accident",
    "business",
    "crime",
    "entertainment",
    "press",
];

impl NonEvents {
    pub(super) fn read(files: &Files<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut phrases: HashMap<String, Vec<NonEvent>> = HashMap::new();
        let columns = ["phrase", "reason", "example"];
        for (_, entry) in table::rows(files, "lexicon/nonevents.tsv", &columns, 1, problems, parse) {
            if let Some(Item::Lemma(first)) = entry.items.first() {
                phrases.entry(first.clone()).or_default().push(entry);
            }
        }
        Self(phrases)
    }

    /// The longest phrase that begins at `lemmas[at]`, with the number of lemmas it covers.
    pub fn match_at(&self, lemmas: &[&str], at: usize) -> Option<(usize, &NonEvent)> {
        let candidates = self.0.get(*lemmas.get(at)?)?;
        candidates
            .iter()
            .filter_map(|entry| Some((matches(&entry.items, &lemmas[at..])?, entry)))
            .max_by_key(|(length, entry)| (*length, entry.items.len()))
    }
}

fn parse(row: &table::Row<'_>) -> Result<NonEvent, String> {
    if !REASONS.contains(&row.cell(1)) {
        return Err(format!("`{}` is no reason; use one of {}", row.cell(1), REASONS.join(", ")));
    }
    let phrase = row.cell(0).to_lowercase();
    // The tokeniser cuts words at hyphens.
    let items: Vec<Item> = phrase
        .replace('-', " - ")
        .split_whitespace()
        .map(|word| match word {
            "*" => Item::One,
            "..." => Item::UpToThree,
            lemma => Item::Lemma(lemma.to_owned()),
        })
        .collect();
    if items.len() < 2 || !matches!(items.first(), Some(Item::Lemma(_))) {
        return Err("a phrase has two items or more and begins with a lemma".into());
    }
    Ok(NonEvent { phrase, reason: row.cell(1).to_owned(), items })
}

/// Number of lemmas that `items` cover at the start of `lemmas`.
fn matches(items: &[Item], lemmas: &[&str]) -> Option<usize> {
    match items.split_first() {
        None => Some(0),
        Some((Item::Lemma(word), rest)) => {
            (lemmas.first() == Some(&word.as_str())).then(|| matches(rest, &lemmas[1..]))?.map(|n| n + 1)
        }
        Some((Item::One, rest)) => {
            lemmas.split_first().and_then(|(_, tail)| matches(rest, tail)).map(|n| n + 1)
        }
        Some((Item::UpToThree, rest)) => {
            (0..=3.min(lemmas.len())).find_map(|skip| matches(rest, &lemmas[skip..]).map(|n| n + skip))
        }
    }
}

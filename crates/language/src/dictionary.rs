//! Dictionary forms that need no guessing: forms seen in the treebanks, irregular forms, and known words for the rest.
//!
//! The model's lemma rules are right for most words, and wrong in a way that hurts for some (*stopped* → *stopp*). So a form
//! that the tables know is looked up, and a rule's result that is no known word gives way to a regular one that is.

use record::Upos;
use std::collections::{HashMap, HashSet};

const TABLES: [&str; 2] = [include_str!("../data/irregular.tsv"), include_str!("../data/lemmas.tsv")];

/// Forms with their lemmas, and words that exist.
pub(crate) struct Dictionary {
    lemmas: HashMap<(Upos, &'static str), &'static str>,
    known: HashSet<&'static str>,
}

impl Dictionary {
    /// `vocabulary` is the encoder's: its whole words are words that exist.
    pub fn new(vocabulary: &'static str) -> Self {
        let mut lemmas = HashMap::new();
        let mut known: HashSet<&'static str> =
            vocabulary.lines().filter(|word| !word.starts_with("##")).collect();
        for line in TABLES.iter().flat_map(|table| table.lines()).filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            if let (Some(form), Some(upos), Some(lemma)) = (cells.next(), cells.next(), cells.next()) {
                lemmas.entry((Upos::parse(upos), form)).or_insert(lemma);
                known.insert(lemma);
            }
        }
        Self { lemmas, known }
    }

    /// The dictionary form of `form`, where the model proposes `proposed`; `plural` if the word is tagged so.
    pub fn settle(&self, form: &str, upos: Upos, plural: bool, proposed: String) -> String {
        if !matches!(upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Aux) {
            return proposed;
        }
        let lower = form.to_lowercase();
        if let Some(lemma) = self.lemmas.get(&(upos, lower.as_str())) {
            return (*lemma).to_owned();
        }
        let inflected = match upos {
            Upos::Verb => lower.ends_with("ed") || lower.ends_with("ing") || lower.ends_with('s'),
            Upos::Noun => lower.ends_with('s') && !lower.ends_with("ss"),
            _ => false,
        };
        // A verb in *-ed* or *-ing*, a plural in *-s*, is hardly ever its own dictionary form.
        let bare = proposed == lower && inflected;
        let unchanged =
            bare && ((upos == Upos::Verb && !lower.ends_with('s')) || (upos == Upos::Noun && plural));
        if !inflected || (!unchanged && self.known.contains(proposed.as_str())) {
            return proposed;
        }
        regular(&lower, upos).into_iter().find(|base| self.known.contains(base.as_str())).unwrap_or(proposed)
    }
}

/// What a regular inflection may come from, the likeliest first.
fn regular(form: &str, upos: Upos) -> Vec<String> {
    let mut bases = Vec::new();
    let endings: &[&str] = if upos == Upos::Verb {
        &["ied", "ed", "ying", "ing", "ies", "es", "s"]
    } else {
        &["ies", "es", "s"]
    };
    for ending in endings {
        let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.len() > 1) else { continue };
        match *ending {
            "ied" | "ies" => bases.push(format!("{stem}y")),
            "ying" => bases.push(format!("{stem}y")),
            "s" => bases.push(stem.to_owned()),
            _ => {
                let mut letters = stem.chars().rev();
                let doubled =
                    letters.next().zip(letters.next()).is_some_and(|(a, b)| a == b && !"aeiou".contains(a));
                let single =
                    || stem[..stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)].to_owned();
                // *stopped* from *stop*, but *passed* from *pass*: the doubled stem is tried as it is first.
                bases.push(stem.to_owned());
                if doubled {
                    bases.push(single());
                }
                bases.push(format!("{stem}e"));
            }
        }
    }
    bases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_get_their_dictionary_form() {
        let dictionary =
            Dictionary::new("deny\nstop\npass\nrule\nthreaten\nextradite\npraise\nally\n##denie\n");
        let verb = |form: &str, proposed: &str| dictionary.settle(form, Upos::Verb, false, proposed.into());
        assert_eq!(verb("sought", "soug"), "seek");
        assert_eq!(verb("denied", "denie"), "deny");
        assert_eq!(verb("stopped", "stopp"), "stop");
        assert_eq!(verb("passed", "passe"), "pass");
        assert_eq!(verb("extradited", "extradit"), "extradite");
        assert_eq!(verb("Praised", "prais"), "praise");
        assert_eq!(dictionary.settle("allies", Upos::Noun, true, "allie".into()), "ally");
        assert_eq!(verb("zorbed", "zorb"), "zorb");
        assert_eq!(dictionary.settle("rules", Upos::Noun, true, "rules".into()), "rule");
        assert_eq!(dictionary.settle("Kremlin", Upos::Propn, false, "Kremlin".into()), "Kremlin");
    }
}

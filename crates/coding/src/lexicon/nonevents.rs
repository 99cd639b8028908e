//! Phrases that look like events and are none: *war on drugs*, *shot down the proposal*, *a late strike*.

use super::{files::Files, phrase::Phrase, problem::Problem, table};
use std::collections::HashMap;

/// A phrase with the reason why it is no event.
#[derive(Clone, Debug)]
pub struct NonEvent {
    /// The phrase as listed.
    pub phrase: String,
    /// `metaphor`, `sport`, ….
    pub reason: String,
    words: Phrase,
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
            phrases.entry(entry.words.first().to_owned()).or_default().push(entry);
        }
        Self(phrases)
    }

    /// The longest phrase that begins at `lemmas[at]`, with the number of lemmas it covers.
    pub fn match_at(&self, lemmas: &[[&str; 1]], at: usize) -> Option<(usize, &NonEvent)> {
        let candidates = self.0.get(lemmas.get(at)?[0])?;
        candidates
            .iter()
            .filter_map(|entry| Some((entry.words.length_in(&lemmas[at..])?, entry)))
            .max_by_key(|(length, entry)| (*length, entry.words.len()))
    }
}

fn parse(row: &table::Row<'_>) -> Result<NonEvent, String> {
    if !REASONS.contains(&row.cell(1)) {
        return Err(format!("`{}` is no reason; use one of {}", row.cell(1), REASONS.join(", ")));
    }
    let words = Phrase::parse(row.cell(0), 2)?;
    Ok(NonEvent { phrase: row.cell(0).to_lowercase(), reason: row.cell(1).to_owned(), words })
}

//! Words between an event and a treaty that make the treaty its legal basis.

use super::{files::Files, problem::Problem, table};
use std::collections::HashSet;

/// The words, by lemma; prepositions by their form.
#[derive(Debug, Default)]
pub struct BasisWords(HashSet<String>);

impl BasisWords {
    pub(super) fn read(files: &Files, problems: &mut Vec<Problem>) -> Self {
        let rows = table::rows(files, "lexicon/basis.tsv", &["word", "pos", "example"], problems);
        Self(rows.iter().map(|row| row.cell(0).to_lowercase()).collect())
    }

    /// Whether a lemma or preposition leads from an act to its basis.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

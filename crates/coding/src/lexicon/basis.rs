//! Words between an event and a treaty that make the treaty its legal basis.

use super::{files::Files, problem::Problem, table};
use std::collections::HashSet;

/// The words, by lemma; prepositions by their form.
#[derive(Debug, Default)]
pub struct BasisWords(HashSet<String>);

impl BasisWords {
    pub(super) fn read(files: &Files<'_>, problems: &mut Vec<Problem>) -> Self {
        let parse = |row: &table::Row<'_>| Ok(row.cell(0).to_lowercase());
        let rows = table::rows(files, "lexicon/basis.tsv", &["word", "pos", "example"], 2, problems, parse);
        Self(rows.into_iter().map(|(_, word)| word).collect())
    }

    /// Whether a lemma or preposition leads from an act to its basis.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

//! What a counted noun or participle counts: *soldiers* troops, *killed* dead.

use super::{files::Files, problem::Problem, table};
use std::collections::HashMap;

/// Kinds of count by lemma.
#[derive(Debug, Default)]
pub struct QuantityWords(HashMap<String, String>);

impl QuantityWords {
    pub(super) fn read(files: &Files<'_>, problems: &mut Vec<Problem>) -> Self {
        let parse = |row: &table::Row<'_>| match row.cell(1) {
            "" => Err("says nothing of what is counted".to_owned()),
            what => Ok((row.cell(0).to_lowercase(), what.to_owned())),
        };
        let rows = table::rows(files, "lexicon/quantities.tsv", &["word", "what"], 1, problems, parse);
        Self(rows.into_iter().map(|(_, word)| word).collect())
    }

    /// What `lemma` counts.
    pub fn what(&self, lemma: &str) -> Option<&str> {
        self.0.get(lemma).map(String::as_str)
    }
}

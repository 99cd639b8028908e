//! What a counted noun or participle counts: *soldiers* troops, *killed* dead.

use super::{files::Files, problem::Problem, table};
use std::collections::HashMap;

/// Kinds of count by lemma.
#[derive(Debug, Default)]
pub struct QuantityWords(HashMap<String, String>);

impl QuantityWords {
    pub(super) fn read(files: &Files, problems: &mut Vec<Problem>) -> Self {
        let mut words = HashMap::new();
        for row in table::rows(files, "lexicon/quantities.tsv", &["word", "what"], problems) {
            if row.cell(1).is_empty() {
                problems.push(row.problem("says nothing of what is counted"));
            }
            words.insert(row.cell(0).to_lowercase(), row.cell(1).to_owned());
        }
        Self(words)
    }

    /// What `lemma` counts.
    pub fn what(&self, lemma: &str) -> Option<&str> {
        self.0.get(lemma).map(String::as_str)
    }
}

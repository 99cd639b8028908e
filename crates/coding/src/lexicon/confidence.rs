//! The weights of the signals from which an event's confidence is summed.

use super::{files::Files, problem::Problem, table};
use record::EventType;
use std::collections::HashMap;

/// Signals, in the order of `lexicon/confidence.tsv`; `type.ACCUSE` and its like stand beside them.
pub const SIGNALS: &[&str] = &[
    "base",
    "told",
    "real",
    "pair",
    "pair.type",
    "pair.none",
    "alone",
    "alone.type",
    "actor",
    "actor.known",
    "actor.pronoun",
    "recipient",
    "recipient.known",
    "recipient.pronoun",
    "open",
    "possible",
    "historical",
    "generic",
    "negative",
    "noun",
    "adjective",
];

/// Weights by signal.
#[derive(Debug, Default)]
pub struct ConfidenceWeights(HashMap<String, f32>);

impl ConfidenceWeights {
    pub(super) fn read(files: &Files<'_>, problems: &mut Vec<Problem>) -> Self {
        let parse = |row: &table::Row<'_>| {
            let signal = row.cell(0);
            let of_type = |name| EventType::ALL.iter().any(|kind| kind.as_str() == name);
            if !signal.strip_prefix("type.").is_some_and(of_type) && !SIGNALS.contains(&signal) {
                return Err(format!("there is no signal `{signal}`"));
            }
            let weight: Option<f32> = row.cell(1).parse().ok().filter(|weight: &f32| weight.is_finite());
            let weight = weight.ok_or_else(|| format!("`{}` is no number", row.cell(1)))?;
            Ok((signal.to_owned(), weight))
        };
        let columns = ["signal", "weight", "meaning"];
        let rows = table::rows(files, "lexicon/confidence.tsv", &columns, 1, problems, parse);
        Self(rows.into_iter().map(|(_, weight)| weight).collect())
    }

    /// The weight of a signal; 0 where the table has none.
    pub fn of(&self, signal: &str) -> f32 {
        self.0.get(signal).copied().unwrap_or(0.0)
    }
}

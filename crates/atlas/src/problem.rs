//! What can be wrong with the tables, and where.

use std::fmt;

/// Something wrong in a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// File inside `data/atlas`; of a user's layer the path as the user gave it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and, where it helps, what to write instead.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Why an atlas could not be opened at all. Single bad rows are [`Problem`]s, not errors.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A table that nothing works without is not there or has no readable row.
    #[error("the atlas has no readable `{0}`; run `legation lint` to see what is wrong with it")]
    Missing(&'static str),
}

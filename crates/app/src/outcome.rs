//! How a run ended, and the exit code that says so.

use intake::Skipped;
use std::{collections::BTreeMap, io, process::ExitCode};

/// The end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was read: 0.
    All,
    /// Nothing could be read, or what was asked for does not exist: 1.
    Nothing,
    /// The command line is wrong: 2.
    Usage,
    /// Some inputs were skipped: 3.
    Some,
}

impl Outcome {
    /// The exit code.
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::All => 0,
            Self::Nothing => 1,
            Self::Usage => 2,
            Self::Some => 3,
        })
    }
}

/// What was read and what was skipped.
#[derive(Debug, Default)]
pub struct Tally {
    /// Articles read.
    pub read: usize,
    /// Inputs skipped, by reason.
    pub skipped: BTreeMap<String, usize>,
    /// Whether anything was skipped for its content, not because the command line names it wrongly.
    content: bool,
}

impl Tally {
    /// Counts an input that gave no article.
    pub fn skip(&mut self, skipped: &Skipped) {
        self.content |= !skipped.is_usage();
        let reason = skipped.reason.to_string();
        let short = reason.split([':', '(']).next().unwrap_or(&reason).trim().to_owned();
        *self.skipped.entry(short).or_default() += 1;
    }

    /// Counts a file that is not what it should be.
    pub fn skip_file(&mut self, reason: &str) {
        self.content = true;
        *self.skipped.entry(reason.to_owned()).or_default() += 1;
    }

    /// Counts an article on which the program failed.
    pub fn fail(&mut self) {
        self.skip_file("the program failed on it");
    }

    /// How the run ended.
    pub fn outcome(&self) -> Outcome {
        match (self.read, self.skipped.is_empty()) {
            (_, true) => Outcome::All,
            (0, false) if self.content => Outcome::Nothing,
            (0, false) => Outcome::Usage,
            (_, false) => Outcome::Some,
        }
    }
}

/// Whether the reader of our output went away, as `head` does.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

/// The message of an error that ends the run. What failed without saying where is the output: inputs name themselves.
pub fn message(error: &anyhow::Error) -> String {
    let bare = error.chain().count() == 1 && (error.is::<io::Error>() || error.is::<serde_json::Error>());
    if bare { format!("the output cannot be written: {error}") } else { format!("{error:#}") }
}

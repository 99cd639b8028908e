//! What goes to standard error: what was wrong, where, and what to do. One line each, never a colour code in a pipe.

use crate::view::clean;
use anstyle::{AnsiColor, Style};
use std::io::Write as _;

/// Writes messages.
#[derive(Clone, Copy, Debug)]
pub struct Messages {
    colour: bool,
}

impl Messages {
    /// With colour or without.
    pub fn new(colour: bool) -> Self {
        Self { colour }
    }

    /// Nothing more can be done.
    pub fn error(&self, message: &str) {
        self.line("error", AnsiColor::Red, message);
    }

    /// An input that gave nothing.
    pub fn skipped(&self, message: &str) {
        self.line("skipped", AnsiColor::Yellow, message);
    }

    /// Something the user should know.
    pub fn note(&self, message: &str) {
        self.line("note", AnsiColor::Cyan, message);
    }

    /// A line without a label.
    pub fn plain(&self, message: &str) {
        // Standard error may be closed; then there is nobody to tell.
        let _ = writeln!(std::io::stderr().lock(), "{message}");
    }

    fn line(&self, label: &str, colour: AnsiColor, message: &str) {
        let style =
            if self.colour { Style::new().bold().fg_color(Some(colour.into())) } else { Style::new() };
        self.plain(&format!("{style}{label}{style:#}: {}", clean(message).trim()));
    }
}

//! `legation lint`: what is wrong in lexicon and atlas, with file and line.

use super::output;
use crate::{layers, messages::Messages, outcome::Outcome, view::count};
use std::{io::Write as _, path::PathBuf};

/// Checks and prints.
pub fn run(folders: &[PathBuf], messages: &Messages) -> anyhow::Result<Outcome> {
    let layers::Loaded { layers, problems: mut own } = layers::load(folders);
    let (lexicon, problems) = layers.lexicon();
    let mut lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.extend(atlas::lint().iter().map(|problem| format!("data/atlas/{problem}")));
    own.extend(layers.lint());
    own.sort();
    lines.extend(own.iter().map(ToString::to_string));
    let mut out = output();
    for line in &lines {
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    let frames = lexicon.frames.iter().count();
    if lines.is_empty() {
        messages.plain(&format!("lexicon {} ({frames} frames) and atlas: nothing wrong", lexicon.version()));
        return Ok(Outcome::All);
    }
    messages.plain(&format!(
        "{} to repair; data/README.md says what each file holds",
        count(lines.len(), "line", "lines")
    ));
    Ok(Outcome::Nothing)
}

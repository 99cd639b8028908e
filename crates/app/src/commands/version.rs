//! `legation --version`: what a reading would name as its makers.

use super::output;
use crate::outcome::Outcome;
use engine::Legation;
use std::io::Write as _;

/// Prints the versions.
pub fn run() -> anyhow::Result<Outcome> {
    let legation = Legation::new()?;
    let mut out = output();
    writeln!(out, "legation {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "model    {}", legation.model())?;
    writeln!(out, "lexicon  {}", legation.lexicon().version())?;
    writeln!(out, "atlas    {}", legation.atlas().version())?;
    out.flush()?;
    Ok(Outcome::All)
}

//! The commands, one file each.

pub mod actors;
pub mod attributions;
pub mod code;
pub mod eval;
pub mod explain;
pub mod gazetteer;
mod inputs;
pub mod lexicon;
pub mod lint;
pub mod parse;
pub mod places;
pub mod read;
pub mod relate;
pub mod schema;
pub mod version;

use std::io::{BufWriter, StdoutLock, stdout};

/// Standard output, buffered, held for the length of the run.
fn output() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(stdout().lock())
}

//! `cargo xtask`: chores that are no part of the program.
//!
//! ```text
//! cargo xtask generate [--check]    files made from the types: the JSON Schema of the reading
//! cargo xtask score [TASK]          score against the annotated corpora beside the checkout (../shared)
//! cargo xtask bench                 cold start, memory and speed of the built program
//! cargo xtask fuzz [SECONDS [SEED]] mutated texts through the whole reading
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod fuzz;
mod generate;
mod score;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    match arguments.first().map(String::as_str) {
        Some("generate") => generate::run(rest),
        Some("score") => score::run(rest),
        Some("bench") => bench::run(rest),
        Some("fuzz") => fuzz::run(rest),
        other => bail!("{} is no chore; use generate, score, bench or fuzz", other.unwrap_or("nothing")),
    }
}

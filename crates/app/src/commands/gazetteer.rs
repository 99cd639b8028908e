//! `legation gazetteer build`: the whole of GeoNames, from a dump the user has, as a layer for `--lexicon`.
//!
//! Out of scope: the layout of what is built (`atlas`).

use crate::{
    messages::Messages,
    outcome::Outcome,
    settings::{Gazetteer, Terminal},
};
use anyhow::{Context as _, bail};
use atlas::Atlas;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fs;

/// Builds and tells.
pub fn run(task: &Gazetteer, terminal: &Terminal, messages: &Messages) -> anyhow::Result<Outcome> {
    let shown = task.dump.display();
    let length = fs::metadata(&task.dump).with_context(|| format!("{shown} cannot be read"))?.len();
    let atlas = Atlas::embedded()?;
    let bar = progress(length * 2, terminal);
    let built = atlas::compile(&task.dump, &task.output, &task.classes, &atlas, |bytes| bar.inc(bytes))
        .with_context(|| format!("{shown} cannot be built into {}", task.output.display()));
    bar.finish_and_clear();
    let built = built?;
    if built.places == 0 {
        bail!(
            "{shown} has no line of a GeoNames dump with a place of the classes {}; give allCountries.txt or a country's \
             file, unpacked, from download.geonames.org/export/dump",
            task.classes
        );
    }
    let folder = task.output.display();
    messages.plain(&format!(
        "{} places with {} names in {folder}/atlas/gazetteer.bin; {} of other classes or of no state left out",
        built.places, built.names, built.unwanted
    ));
    messages.plain(&format!("use it: legation read article.txt --lexicon {folder}"));
    if built.broken > 0 {
        messages.note(&format!("{} lines are none of a GeoNames dump and were left out", built.broken));
        return Ok(Outcome::Some);
    }
    Ok(Outcome::All)
}

fn progress(length: u64, terminal: &Terminal) -> ProgressBar {
    if !terminal.watched_errors {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template("{spinner} {percent} % · {elapsed} · {eta} left") {
        bar.set_style(style);
    }
    bar
}

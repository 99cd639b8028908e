//! `legation read`: each article as a page, as soon as it is read.

use super::{
    inputs::{self, Doubts, Origin},
    output,
};
use crate::{
    flags::Format,
    guard, layers,
    messages::Messages,
    outcome::{Outcome, Tally},
    page::Printer,
    settings::{Read, Terminal},
};
use engine::Legation;
use record::reading::Reading;
use std::path::PathBuf;

/// Reads and prints.
pub fn run(
    task: &Read,
    folders: &[PathBuf],
    terminal: &Terminal,
    messages: &Messages,
) -> anyhow::Result<Outcome> {
    let mut out = output();
    let mut printer = Printer::new(task.format, terminal, task.explain);
    let mut tally = Tally::default();
    let mut doubts = Doubts::default();
    // Loaded with the first article: that a file is missing is told at once.
    let mut legation: Option<Legation> = None;
    let mut waiting: Option<Reading> = None;
    for item in inputs::articles(&task.inputs) {
        let mut item = match item {
            Ok(item) => item,
            Err(skipped) => {
                tally.skip(&skipped);
                messages.skipped(&skipped.to_string());
                continue;
            }
        };
        doubts.take(&Origin::of(&mut item)).iter().for_each(|note| messages.note(note));
        let legation = match &mut legation {
            Some(legation) => legation,
            none => none.insert(layers::legation(folders, messages)?),
        };
        let reading = guard::read(legation, item.article, task.explain);
        if guard::has_failed(&reading) {
            tally.fail();
            reading
                .notes
                .iter()
                .for_each(|note| messages.skipped(&format!("{}: {}", reading.article.id, note.text)));
        } else {
            tally.read += 1;
        }
        if task.format != Format::Json {
            printer.print(&mut out, &reading, legation.atlas(), false)?;
            continue;
        }
        // One article is kept back, because how JSON is printed depends on whether it is the only one.
        if let Some(earlier) = waiting.replace(reading) {
            printer.print(&mut out, &earlier, legation.atlas(), false)?;
        }
    }
    if let Some((reading, legation)) = waiting.zip(legation.as_ref()) {
        let alone = tally.read < 2;
        printer.print(&mut out, &reading, legation.atlas(), alone)?;
    }
    printer.end(&mut out)?;
    doubts.end(messages);
    Ok(tally.outcome())
}

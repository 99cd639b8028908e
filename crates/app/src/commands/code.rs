//! `legation code`: many articles to JSON lines, in the order of the input, over all cores.

use super::{
    inputs::{self, Doubts, Origin},
    output,
};
use crate::{
    guard, layers,
    messages::Messages,
    outcome::{Outcome, Tally},
    settings::{Code, Terminal},
    view::count,
};
use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use intake::Skipped;
use record::reading::Reading;
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufWriter, Write},
    path::PathBuf,
    time::{Duration, Instant},
};

/// Why the sink ends a run.
enum End {
    /// An input was skipped and the user wants to stop there.
    Asked,
    /// The output cannot be written.
    Failed(anyhow::Error),
}

/// Reads and writes.
pub fn run(
    task: &Code,
    folders: &[PathBuf],
    terminal: &Terminal,
    messages: &Messages,
) -> anyhow::Result<Outcome> {
    let legation = layers::legation(folders, messages)?;
    let mut out = Output::open(task.output.as_ref())?;
    let mut run = Run {
        progress: progress(terminal),
        messages,
        summary: Summary::default(),
        doubts: Doubts::default(),
        began: Instant::now(),
    };
    let work = |item: Result<intake::Item, Skipped>| {
        item.map(|mut item| {
            let origin = Origin::of(&mut item);
            (guard::read(&legation, item.article, task.explain), origin)
        })
    };
    let ended = engine::ordered(inputs::articles(&task.inputs), task.jobs, work, |result| {
        let stop = run.take(result, &mut out).map_err(End::Failed)?;
        if stop && task.stop_at_error { Err(End::Asked) } else { Ok(()) }
    });
    run.progress.finish_and_clear();
    if let Err(End::Failed(error)) = ended {
        return Err(error);
    }
    out.finish()?;
    run.doubts.end(messages);
    run.summary.tell(run.began.elapsed(), messages);
    Ok(run.summary.tally.outcome())
}

fn progress(terminal: &Terminal) -> ProgressBar {
    // A bar between the lines of the output itself would spoil both.
    if !terminal.watched_errors || terminal.watched {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} articles · {elapsed} · {msg}") {
        bar.set_style(style);
    }
    bar
}

struct Run<'m> {
    progress: ProgressBar,
    messages: &'m Messages,
    summary: Summary,
    doubts: Doubts,
    began: Instant,
}

impl Run<'_> {
    /// Takes one result; true where an input was skipped.
    fn take(&mut self, result: Result<(Reading, Origin), Skipped>, out: &mut Output) -> anyhow::Result<bool> {
        let (reading, origin) = match result {
            Ok(read) => read,
            Err(skipped) => {
                self.summary.tally.skip(&skipped);
                self.progress.suspend(|| self.messages.skipped(&skipped.to_string()));
                return Ok(true);
            }
        };
        for note in self.doubts.take(&origin) {
            self.progress.suspend(|| self.messages.note(&note));
        }
        let failed = guard::has_failed(&reading);
        if failed {
            let id = &reading.article.id;
            self.progress.suspend(|| {
                reading.notes.iter().for_each(|n| self.messages.skipped(&format!("{id}: {}", n.text)))
            });
        }
        out.line(&reading)?;
        self.summary.add(&reading, failed);
        self.progress.inc(1);
        let speed = self.summary.words as f64 / self.began.elapsed().as_secs_f64().max(0.001);
        self.progress.set_message(format!("{speed:.0} words per second"));
        Ok(failed)
    }
}

#[derive(Default)]
struct Summary {
    tally: Tally,
    words: usize,
    events: BTreeMap<&'static str, usize>,
}

impl Summary {
    fn add(&mut self, reading: &Reading, failed: bool) {
        if failed {
            self.tally.fail();
        } else {
            self.tally.read += 1;
        }
        self.words += reading.article.text.split_whitespace().count();
        for event in &reading.events {
            *self.events.entry(event.kind.as_str()).or_default() += 1;
        }
    }

    fn tell(&self, took: Duration, messages: &Messages) {
        let events: usize = self.events.values().sum();
        let speed = self.words as f64 / took.as_secs_f64().max(0.001);
        messages.plain(&format!(
            "{} read, {} words, {} in {:.1} s ({speed:.0} words per second)",
            count(self.tally.read, "article", "articles"),
            self.words,
            count(events, "event", "events"),
            took.as_secs_f64()
        ));
        let mut types: Vec<_> = self.events.iter().collect();
        types.sort_by_key(|(kind, number)| (std::cmp::Reverse(**number), **kind));
        if !types.is_empty() {
            let types: Vec<String> = types.iter().map(|(kind, number)| format!("{kind} {number}")).collect();
            messages.plain(&format!("events: {}", types.join(" · ")));
        }
        if !self.tally.skipped.is_empty() {
            let reasons: Vec<String> =
                self.tally.skipped.iter().map(|(why, number)| format!("{number} {why}")).collect();
            messages.plain(&format!("skipped: {}", reasons.join(" · ")));
        }
    }
}

/// Where the lines go. A file appears under its name only when it is whole.
struct Output {
    writer: Box<dyn Write>,
    /// The unfinished file, and its name at the end.
    file: Option<(PathBuf, PathBuf)>,
}

impl Output {
    fn open(path: Option<&PathBuf>) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Self { writer: Box::new(output()), file: None }) };
        // Devices and pipes are written to as they are.
        if path.exists() && !path.is_file() {
            let file = File::options()
                .write(true)
                .open(path)
                .with_context(|| format!("{} cannot be written", path.display()))?;
            return Ok(Self { writer: Box::new(BufWriter::new(file)), file: None });
        }
        let mut part = path.clone().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part)
            .with_context(|| format!("{} cannot be created; check the folder", part.display()))?;
        Ok(Self { writer: Box::new(BufWriter::new(file)), file: Some((part, path.clone())) })
    }

    fn line(&mut self, reading: &Reading) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.writer, reading)?;
        self.writer.write_all(b"\n")?;
        // To a pipe each line goes at once, so that what reads it need not wait.
        if self.file.is_none() { Ok(self.writer.flush()?) } else { Ok(()) }
    }

    fn finish(mut self) -> anyhow::Result<()> {
        self.writer.flush()?;
        if let Some((part, path)) = &self.file {
            fs::rename(part, path)
                .with_context(|| format!("{} cannot be renamed to {}", part.display(), path.display()))?;
        }
        Ok(())
    }
}

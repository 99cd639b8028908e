//! `legation relate`: for rows with a marked source and target, the row plus its PLOVER root and quad class.

use super::output;
use crate::{
    guard, layers,
    messages::Messages,
    outcome::{Outcome, Tally},
    settings::Relate,
};
use anyhow::Context as _;
use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use engine::{Legation, Relation};
use intake::Input;
use std::{
    convert::Infallible,
    fs::File,
    io::{BufReader, Read},
    path::PathBuf,
};

/// Rows that go through the judge together.
const CHUNK: usize = 64;

/// The largest row that is read, in bytes; a marked sentence has a few hundred.
const MOST_BYTES: usize = 64 * 1024;

/// Reads and prints.
pub fn run(task: &Relate, folders: &[PathBuf], messages: &Messages) -> anyhow::Result<Outcome> {
    let legation = layers::legation(folders, messages)?;
    let mut tally = Tally::default();
    let mut out = WriterBuilder::new().delimiter(b'\t').from_writer(output());
    for (number, input) in task.inputs.iter().enumerate() {
        let table = match Table::open(input) {
            Ok(table) => table,
            Err(error) => {
                tally.skip_file("not a table of marked pairs");
                messages.skipped(&format!("{}: {error:#}", input.shown()));
                continue;
            }
        };
        if number == 0 {
            let more: &[&str] = if task.explain {
                &["root", "quad", "confidence", "judge", "lexicon"]
            } else {
                &["root", "quad"]
            };
            out.write_record(table.header.iter().chain(more.iter().copied()))?;
        }
        let name = input.shown();
        table.relate(&legation, task.jobs, task.explain, |row| -> anyhow::Result<()> {
            let Row { cells, line, relation } = row;
            let mut record = cells;
            match relation {
                Ok(relation) => {
                    let kind = relation.kind;
                    if kind.is_some() {
                        tally.read += 1;
                    } else {
                        tally.skip_file("no marked source or target");
                        messages.skipped(&format!(
                            "{name}:{line}: no <s>…</s> and no <t>…</t>; the row is printed without a root"
                        ));
                    }
                    record.push_field(kind.map_or("", |kind| kind.as_str()));
                    record.push_field(&kind.map_or(String::new(), |kind| (kind.quad() as u8).to_string()));
                    if task.explain {
                        record.push_field(&format!("{:.3}", relation.confidence));
                        let judged =
                            relation.judge.iter().map(|(kind, p)| format!("{} {p:.3}", kind.as_str()));
                        record.push_field(&judged.collect::<Vec<_>>().join("; "));
                        let votes = relation
                            .lexicon
                            .iter()
                            .map(|(kind, bonus, why)| format!("{} +{bonus:.1} {why}", kind.as_str()));
                        record.push_field(&votes.collect::<Vec<_>>().join("; "));
                    }
                }
                Err(place) => {
                    tally.fail();
                    messages.skipped(&format!(
                        "{name}:{line}: the program failed on it at {place}; please report it"
                    ));
                    for _ in 0..if task.explain { 5 } else { 2 } {
                        record.push_field("");
                    }
                }
            }
            out.write_record(&record)?;
            Ok(())
        })?;
    }
    out.flush()?;
    Ok(tally.outcome())
}

/// A table of marked sentences.
pub struct Table {
    pub header: StringRecord,
    rows: Vec<(u64, StringRecord)>,
    sentence: usize,
}

/// One row with what was decided; the error says where the program failed.
pub struct Row {
    pub cells: StringRecord,
    pub line: u64,
    pub relation: Result<Relation, String>,
}

impl Table {
    /// Reads a tab-separated table with a header line, quoted as spreadsheets quote. The sentences stand in the column
    /// `marked_sentence`, or in the first in which a mark is found.
    pub fn open(input: &Input) -> anyhow::Result<Self> {
        let reader: Box<dyn Read> = match input {
            Input::Path(path) => Box::new(BufReader::new(
                File::open(path).context("cannot be read; check the spelling and the folder you are in")?,
            )),
            Input::Stdin => Box::new(std::io::stdin().lock()),
            _ => anyhow::bail!("name a .tsv file or `-`"),
        };
        let mut reader = ReaderBuilder::new().delimiter(b'\t').flexible(true).from_reader(reader);
        let header = reader.headers().context("not a UTF-8 table with tabs between the cells")?.clone();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.context("not a UTF-8 table with tabs between the cells")?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.as_slice().len() > MOST_BYTES {
                anyhow::bail!(
                    "line {line} has more than {} KiB; is a quotation mark missing?",
                    MOST_BYTES / 1024
                );
            }
            let mut cells = record;
            while cells.len() < header.len() {
                cells.push_field("");
            }
            cells.truncate(header.len());
            rows.push((line, cells));
        }
        let named = header.iter().position(|name| name == "marked_sentence");
        let marked = || rows.iter().find_map(|(_, cells)| cells.iter().position(|cell| cell.contains("<s>")));
        let sentence = named
            .or_else(marked)
            .context("no column `marked_sentence`, and no cell with <s>…</s>; mark each source <s>…</s> and target <t>…</t>")?;
        Ok(Self { header, rows, sentence })
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// Decides all rows over `jobs` threads and hands them to `take` in their order.
    pub fn relate<E>(
        self,
        legation: &Legation,
        jobs: usize,
        thorough: bool,
        mut take: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let at = self.sentence;
        let mut rows = self.rows.into_iter().peekable();
        let chunks = std::iter::from_fn(move || {
            let chunk: Vec<_> = rows.by_ref().take(CHUNK).collect();
            (!chunk.is_empty()).then_some(chunk)
        });
        let decide = |chunk: Vec<(u64, StringRecord)>| -> Vec<Row> {
            let sentences: Vec<&str> = chunk.iter().map(|(_, cells)| &cells[at]).collect();
            let relations: Vec<Result<Relation, String>> =
                match guard::guarded(|| legation.relate(&sentences, thorough)) {
                    Ok(relations) => relations.into_iter().map(Ok).collect(),
                    // One bad row must not cost the others.
                    Err(_) => sentences
                        .iter()
                        .map(|one| guard::guarded(|| legation.relate(&[one], thorough).remove(0)))
                        .collect(),
                };
            let rows = chunk.into_iter().zip(relations);
            rows.map(|((line, cells), relation)| Row { cells, line, relation }).collect()
        };
        let mut failed = None;
        let _ = engine::ordered(chunks, jobs, decide, |rows: Vec<Row>| -> Result<(), ()> {
            for row in rows {
                if let Err(error) = take(row) {
                    failed = Some(error);
                    return Err(());
                }
            }
            Ok(())
        });
        failed.map_or(Ok(()), Err)
    }

    /// As [`Table::relate`], with all rows at once.
    pub fn all(self, legation: &Legation, jobs: usize) -> Vec<Row> {
        let mut rows = Vec::with_capacity(self.rows.len());
        let Ok(()) = self.relate(legation, jobs, false, |row| -> Result<(), Infallible> {
            rows.push(row);
            Ok(())
        });
        rows
    }
}

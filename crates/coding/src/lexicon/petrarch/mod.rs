//! Dictionaries of PETRARCH and Phoenix (and, as far as they go, TABARI's), turned into a layer of our own files.
//!
//! What a dictionary says is kept where our tables and frames can say it; every entry that cannot be carried over, or only
//! in part, is told with the reason. The conversion is pure: names and texts in, names and texts out.
//!
//! ```text
//! text ─► lines ─► actors / agents / verbs ─► tables, frames ─► files of a layer
//!                            └──────► report (what became of each entry)
//! ```
//!
//! Formats after the projects' documentation: blocks `--- NAME [code] ---` with verbs, `&SYNSET`s and patterns
//! `- left * right [code]`; actors with `+` synonyms and dated codes; agents `NOUN [~CODE]`. Out of scope: lists of
//! discards and issues, and reading files.

mod actors;
mod agents;
mod codes;
mod detect;
mod frames;
mod lines;
mod names;
mod patterns;
mod report;
mod tables;
mod verbs;
mod who;
mod words;

pub use detect::detect;
pub use report::{Entry, Fate, Why};

use super::Lexicon;
use atlas::{Atlas, LayerFile, lint_layers};
use report::Report;
use tables::Tables;

/// What a dictionary holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Names with actor codes, which may depend on the day.
    Actors,
    /// Common nouns with codes.
    Agents,
    /// Verbs and patterns with event codes.
    Verbs,
}

impl Kind {
    /// `actors`, `agents`, `verbs`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actors => "actors",
            Self::Agents => "agents",
            Self::Verbs => "verbs",
        }
    }
}

/// One dictionary.
#[derive(Clone, Copy, Debug)]
pub struct Dictionary<'t> {
    /// Its name for the report.
    pub name: &'t str,
    /// Its contents.
    pub text: &'t str,
    /// What it holds.
    pub kind: Kind,
}

/// A layer made from dictionaries.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Files as (path inside the layer, contents), sorted by path; none where nothing could be carried over.
    pub files: Vec<(String, String)>,
    /// What became of each entry, in the order of the dictionaries.
    pub entries: Vec<Entry>,
}

impl Import {
    /// Number of entries with this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.entries.iter().filter(|entry| entry.fate == fate).count()
    }

    /// Reasons of entries with this fate and how often each was met, the commonest first. An entry with several reasons
    /// counts for its first.
    pub fn reasons(&self, fate: Fate) -> Vec<(&'static str, usize)> {
        report::reasons(&self.entries, fate)
    }

    /// A table of the entries that were not carried over as they stand: file, line, entry, what became of it, why.
    pub fn report(&self) -> String {
        report::table(&self.entries)
    }
}

/// How often the made layer is checked and mended; once is enough unless a removal brings up something new.
const ROUNDS: usize = 4;

/// Makes one layer of all dictionaries. `lexicon` and `atlas` are those the layer will lie over. The layer has nothing
/// that `legation lint` would complain of: an entry that would is left out and told.
pub fn import(dictionaries: &[Dictionary<'_>], lexicon: &Lexicon, atlas: &Atlas) -> Import {
    let Draft { mut report, mut tables, mut frames } =
        draft(dictionaries, &codes::Known { lexicon, atlas }, &names::Spellings::of(atlas));
    for _ in 0..ROUNDS {
        let files = layer(&tables, &frames);
        let mut faults: Vec<(String, usize, String)> = Lexicon::with_layers(&files)
            .1
            .into_iter()
            .map(|problem| (problem.file, problem.line, problem.message))
            .collect();
        faults.extend(lint_layers(&files).into_iter().map(|p| (p.file, p.line, p.message)));
        let mut mended = false;
        for (file, line, message) in faults {
            let entries = tables.remove(&file, line).or_else(|| frames.remove(&file, line));
            for entry in entries.into_iter().flatten() {
                report.not(entry, "it would not pass the lint", &message);
                mended = true;
            }
        }
        if !mended {
            break;
        }
        tables.sweep();
        frames.sweep();
    }
    let files = layer(&tables, &frames).into_iter().map(|file| (file.name, file.text)).collect();
    Import { files, entries: report.into_entries() }
}

/// What dictionaries say, before it is checked.
struct Draft {
    report: Report,
    tables: Tables,
    frames: frames::Drafts,
}

fn draft(dictionaries: &[Dictionary<'_>], known: &codes::Known<'_>, spellings: &names::Spellings) -> Draft {
    let (mut report, mut tables, mut frames) =
        (Report::default(), Tables::default(), frames::Drafts::default());
    for dictionary in dictionaries {
        let lines = lines::read(dictionary, &mut report);
        match dictionary.kind {
            Kind::Agents => agents::convert(dictionary.name, &lines, known, &mut tables, &mut report),
            Kind::Actors => {
                let records = actors::parse(dictionary.name, &lines, &mut report);
                who::convert(records, known, spellings, &mut tables, &mut report);
            }
            Kind::Verbs => {
                let verbs = verbs::parse(dictionary.name, &lines, &mut report);
                frames::convert(&verbs, known, &mut frames, &mut report);
            }
        }
    }
    Draft { report, tables, frames }
}

fn layer(tables: &Tables, drafts: &frames::Drafts) -> Vec<LayerFile> {
    let mut files: Vec<(String, String)> = tables.files();
    files.extend(drafts.files());
    files.sort();
    let file = |(name, text): (String, String)| LayerFile { layer: 1, shown: name.clone(), name, text };
    files.into_iter().map(file).collect()
}

#[cfg(test)]
mod tests;

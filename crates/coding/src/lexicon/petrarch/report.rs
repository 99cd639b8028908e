//! What became of each entry of a dictionary, and why.

use std::collections::HashMap;

/// Longer entries are shortened in the report, in characters.
const LONGEST: usize = 160;

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It stands in the layer, or legation knows it already.
    Carried,
    /// It stands in the layer, but says less or more than it did.
    Partly,
    /// It does not stand in the layer.
    Not,
}

impl Fate {
    /// `carried`, `partly`, `not`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::Partly => "partly",
            Self::Not => "not",
        }
    }
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The kind of reason, the same words for all entries it applies to.
    pub reason: &'static str,
    /// What it is about in this entry; may be empty.
    pub detail: String,
}

impl Why {
    pub(super) fn new(reason: &'static str, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

/// One entry of a dictionary.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The dictionary.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// The entry as it stands there, without comments.
    pub text: String,
    /// What became of it.
    pub fate: Fate,
    /// Why it was not carried over as it stands; empty where it was.
    pub whys: Vec<Why>,
}

/// The number of an entry in [`Report`].
pub(super) type EntryId = usize;

/// Entries as they are met.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<Entry>);

impl Report {
    /// A new entry, carried over until something else is said of it.
    pub(super) fn open(&mut self, file: &str, line: usize, text: &str) -> EntryId {
        let text = clean(text);
        let text = match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        };
        self.0.push(Entry { file: file.to_owned(), line, text, fate: Fate::Carried, whys: Vec::new() });
        self.0.len() - 1
    }

    /// Something of the entry is lost.
    pub(super) fn partly(&mut self, entry: EntryId, reason: &'static str, detail: &str) {
        self.say(entry, Fate::Partly, Why::new(reason, detail));
    }

    /// The entry is lost.
    pub(super) fn not(&mut self, entry: EntryId, reason: &'static str, detail: &str) {
        self.say(entry, Fate::Not, Why::new(reason, detail));
    }

    /// Says why; the worst fate stays, and its reason stands first.
    pub(super) fn say(&mut self, entry: EntryId, fate: Fate, why: Why) {
        let Some(entry) = self.0.get_mut(entry) else { return };
        let why = Why { detail: clean(&why.detail), ..why };
        if entry.whys.contains(&why) {
            return;
        }
        if fate > entry.fate {
            entry.fate = fate;
            entry.whys.insert(0, why);
        } else {
            entry.whys.push(why);
        }
    }

    pub(super) fn into_entries(self) -> Vec<Entry> {
        self.0
    }
}

pub(super) fn reasons(entries: &[Entry], fate: Fate) -> Vec<(&'static str, usize)> {
    let mut counts: HashMap<&'static str, usize> = HashMap::new();
    for entry in entries.iter().filter(|entry| entry.fate == fate) {
        if let Some(why) = entry.whys.first() {
            *counts.entry(why.reason).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(reason, count)| (std::cmp::Reverse(*count), *reason));
    counts
}

pub(super) fn table(entries: &[Entry]) -> String {
    let mut out = String::from("file\tline\tentry\tbecame\twhy\n");
    for entry in entries.iter().filter(|entry| entry.fate != Fate::Carried) {
        let whys = entry.whys.iter().map(|why| match why.detail.as_str() {
            "" => why.reason.to_owned(),
            detail => format!("{}: {detail}", why.reason),
        });
        let whys: Vec<String> = whys.collect();
        let (file, fate) = (clean(&entry.file), entry.fate.as_str());
        out += &format!("{file}\t{}\t{}\t{fate}\t{}\n", entry.line, entry.text, whys.join("; "));
    }
    out
}

/// One line without tabs and control characters.
pub(super) fn clean(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

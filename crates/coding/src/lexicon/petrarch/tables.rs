//! The atlas's tables of a layer under construction: rows by key, each with the entries it was made of.

use super::report::EntryId;
use atlas::key;
use std::collections::{BTreeMap, HashMap};

/// A table of the atlas that an import writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Table {
    States,
    Bodies,
    Regions,
    Leaders,
    Services,
    Groups,
    Outlets,
    Agents,
}

impl Table {
    fn file(self) -> &'static str {
        match self {
            Self::States => "atlas/states.tsv",
            Self::Bodies => "atlas/bodies.tsv",
            Self::Regions => "atlas/regions.tsv",
            Self::Leaders => "atlas/leaders/petrarch.tsv",
            Self::Services => "atlas/services.tsv",
            Self::Groups => "atlas/groups.tsv",
            Self::Outlets => "atlas/outlets.tsv",
            Self::Agents => "atlas/agents.tsv",
        }
    }

    /// The header line.
    fn header(self) -> &'static [&'static str] {
        match self {
            Self::States => &[
                "iso3", "iso2", "cow", "name", "official", "capital", "lat", "lon", "geonames", "demonyms",
                "names", "seats", "from", "to", "status", "note",
            ],
            Self::Bodies => {
                &["id", "name", "names", "kind", "code", "sector", "seat", "members", "from", "to"]
            }
            Self::Regions => &["id", "name", "names", "demonyms", "members"],
            Self::Leaders => &["country", "office", "title", "name", "aliases", "from", "to"],
            Self::Services => &["country", "sector", "name", "names"],
            Self::Groups => &["id", "name", "names", "countries", "sector", "code", "from", "to", "note"],
            Self::Outlets => &["id", "name", "names", "country", "kind", "control", "owner", "domain"],
            Self::Agents => &["noun", "sector", "kind", "country", "note"],
        }
    }

    /// The position of a column.
    pub(super) fn column(self, name: &str) -> usize {
        self.header().iter().position(|column| *column == name).unwrap_or(0)
    }

    /// The shipped rows of the table.
    pub(super) fn shipped(self) -> impl Iterator<Item = Vec<&'static str>> {
        atlas::shipped_rows(self.file().trim_start_matches("atlas/"))
    }
}

/// One row.
#[derive(Clone, Debug)]
struct Row {
    cells: Vec<String>,
    /// The cells as made: of a shipped row, these.
    made: Vec<String>,
    /// Whether it was made of a shipped row; unchanged, such a row need not be written.
    shipped: bool,
    entries: Vec<EntryId>,
    gone: bool,
}

impl Row {
    fn is_written(&self) -> bool {
        !self.shipped || self.cells != self.made
    }
}

/// All tables.
#[derive(Debug, Default)]
pub(super) struct Tables {
    rows: BTreeMap<Table, Vec<Row>>,
    by_key: HashMap<(Table, String), usize>,
}

/// First lines of every file that an import writes.
pub(super) const HEAD: &str = "# Written by `legation lexicon import`. Importing again writes it anew; keep your own entries in other files.\n";

impl Tables {
    /// The row with this key as (table, number): `shipped`, or one made by `make`, where there is none yet. The entry is
    /// noted with it.
    pub(super) fn row(
        &mut self,
        table: Table,
        key: &str,
        entry: EntryId,
        shipped: Option<Vec<String>>,
        make: impl FnOnce() -> Vec<String>,
    ) -> (Table, usize) {
        let rows = self.rows.entry(table).or_default();
        let at = *self.by_key.entry((table, key.to_owned())).or_insert_with(|| {
            let is_shipped = shipped.is_some();
            let mut cells = shipped.unwrap_or_else(make);
            cells.resize(table.header().len(), String::new());
            rows.push(Row {
                made: cells.clone(),
                cells,
                shipped: is_shipped,
                entries: Vec::new(),
                gone: false,
            });
            rows.len() - 1
        });
        rows[at].entries.push(entry);
        (table, at)
    }

    /// Whether a row has this key.
    pub(super) fn has(&self, table: Table, key: &str) -> bool {
        self.by_key.contains_key(&(table, key.to_owned()))
    }

    /// Notes a further entry with a row.
    pub(super) fn note(&mut self, (table, at): (Table, usize), entry: EntryId) {
        if let Some(row) = self.rows.get_mut(&table).and_then(|rows| rows.get_mut(at)) {
            row.entries.push(entry);
        }
    }

    /// Fills a cell.
    pub(super) fn set(&mut self, (table, at): (Table, usize), column: &str, value: &str) {
        if let Some(row) = self.rows.get_mut(&table).and_then(|rows| rows.get_mut(at)) {
            row.cells[table.column(column)] = value.to_owned();
        }
    }

    /// Adds an item to a `|` list, unless the list or one of the columns `beside` has it already.
    pub(super) fn add(&mut self, (table, at): (Table, usize), column: &str, item: &str, beside: &[&str]) {
        let Some(row) = self.rows.get_mut(&table).and_then(|rows| rows.get_mut(at)) else { return };
        let own = key::key(item);
        let columns = beside.iter().chain([&column]).map(|column| table.column(column));
        let known =
            columns.into_iter().flat_map(|at| row.cells[at].split('|')).any(|other| key::key(other) == own);
        if !known && !own.is_empty() {
            let cell = &mut row.cells[table.column(column)];
            if !cell.is_empty() {
                cell.push('|');
            }
            cell.push_str(item);
        }
    }

    /// Takes out the row in this line of this file: its entries.
    pub(super) fn remove(&mut self, file: &str, line: usize) -> Option<Vec<EntryId>> {
        let (_, rows) = self.rows.iter_mut().find(|(table, _)| table.file() == file)?;
        // A comment and the header stand before the first row.
        let row = rows.iter_mut().filter(|row| row.is_written()).nth(line.checked_sub(3)?)?;
        row.gone = true;
        Some(std::mem::take(&mut row.entries))
    }

    /// Forgets the rows that were taken out; keys are of no more use then.
    pub(super) fn sweep(&mut self) {
        self.by_key.clear();
        for rows in self.rows.values_mut() {
            rows.retain(|row| !row.gone);
        }
        self.rows.retain(|_, rows| !rows.is_empty());
    }

    /// The files.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let written = |rows: &Vec<Row>| rows.iter().any(Row::is_written);
        let file = |(table, rows): (&Table, &Vec<Row>)| {
            let mut text = HEAD.to_owned();
            text += &table.header().join("\t");
            text.push('\n');
            for row in rows.iter().filter(|row| row.is_written()) {
                let cells: Vec<String> = row.cells.iter().map(|cell| super::report::clean(cell)).collect();
                let line = cells.join("\t");
                text += line.trim_end_matches('\t');
                text.push('\n');
            }
            (table.file().to_owned(), text)
        };
        self.rows.iter().filter(|(_, rows)| written(rows)).map(file).collect()
    }
}

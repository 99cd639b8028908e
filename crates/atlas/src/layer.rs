//! A user's own files over the shipped ones: what such a file is, and how a later row takes the place of an earlier one.
//!
//! Out of scope: reading folders. The caller hands in names and texts (`app` reads them).

use crate::compiled;
use crate::table::{Row, Table};
use crate::{Problem, key};
use std::cell::RefCell;
use std::collections::HashMap;

/// One file of a user's layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerFile {
    /// The layer's number, from 1. A later layer wins over an earlier one, and every layer over what ships (0).
    pub layer: usize,
    /// The path inside the layer, as it would stand below `data/`: `atlas/groups.tsv`.
    pub name: String,
    /// The path as the user gave it, for messages.
    pub shown: String,
    /// The contents. Empty for `atlas/gazetteer.bin`, which is opened where it lies, by the path in `shown`.
    pub text: String,
}

/// One table on its way into the atlas.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'t> {
    /// 0 for what ships.
    pub(crate) layer: usize,
    /// File inside `data/atlas`.
    pub(crate) file: &'t str,
    /// The path for messages.
    pub(crate) shown: &'t str,
    pub(crate) text: &'t str,
}

impl<'t> Given<'t> {
    /// A table that ships, or one of a test.
    pub(crate) fn shipped((file, text): (&'t str, &'t str)) -> Self {
        Self { layer: 0, file, shown: file, text }
    }

    /// The atlas's part of a layer's file; `None` where the atlas reads no such file.
    pub(crate) fn of(layered: &'t LayerFile) -> Option<Self> {
        let file = layered.name.strip_prefix("atlas/").filter(|_| is_table(&layered.name))?;
        if file == compiled::FILE {
            return None;
        }
        Some(Self { layer: layered.layer.max(1), file, shown: &layered.shown, text: &layered.text })
    }

    /// The table with its columns.
    pub(crate) fn table(&self, columns: &'static [&'static str]) -> Table<'t> {
        Table::new(self.shown, self.text, columns).layered(self.layer > 0)
    }

    pub(crate) fn is_places(&self) -> bool {
        matches!(self.file, "places.tsv" | "gazetteer.tsv")
    }
}

/// The tables the atlas reads, beside those under `leaders/`.
pub(crate) const TABLES: &[&str] = &[
    "states.tsv",
    "bodies.tsv",
    "regions.tsv",
    "services.tsv",
    "groups.tsv",
    "organizations.tsv",
    "outlets.tsv",
    "agents.tsv",
    "treaties.tsv",
    "common.tsv",
    "shorts.tsv",
    "disputed.tsv",
    "units.tsv",
    "places.tsv",
    "gazetteer.tsv",
];

/// Whether the atlas reads a file of this name: `atlas/groups.tsv`, `atlas/leaders/mine.tsv`.
pub fn is_table(name: &str) -> bool {
    let Some(file) = name.strip_prefix("atlas/") else { return false };
    let leaders =
        |file: &str| file.strip_suffix(".tsv").is_some_and(|stem| !stem.is_empty() && !stem.contains('/'));
    TABLES.contains(&file) || file == compiled::FILE || file.strip_prefix("leaders/").is_some_and(leaders)
}

/// Names of all tables a layer may hold, for suggestions.
pub fn table_names() -> Vec<String> {
    let tables = TABLES.iter().map(|table| format!("atlas/{table}"));
    let compiled = format!("atlas/{}", compiled::FILE);
    tables.chain([compiled, "atlas/leaders/mine.tsv".to_owned()]).collect()
}

/// The rows of one kind. A row of a layer takes the place of earlier layers' rows with the same key; other rows of layers
/// come first, the latest layer before the others, so that they win where the first one counts.
pub(crate) fn merged<T>(
    tables: &[Given<'_>],
    columns: &'static [&'static str],
    key: &[&str],
    problems: &RefCell<Vec<Problem>>,
    from_row: impl Fn(&Row<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let mut rows: Vec<Option<(usize, T)>> = Vec::new();
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    let mut first: Vec<(usize, Vec<usize>)> = Vec::new();
    for given in tables {
        let mut added = Vec::new();
        given.table(columns).read(problems, |row| {
            let own = row.key(key);
            let earlier: Vec<usize> = by_key.get(&own).into_iter().flatten().copied().collect();
            let replaced: Vec<usize> = earlier
                .into_iter()
                .filter(|at| rows[*at].as_ref().is_some_and(|(layer, _)| *layer < given.layer))
                .collect();
            if row.removes() {
                if replaced.is_empty() {
                    row.problem("there is no such row to take out; the key must be that of the row".into());
                }
                replaced.iter().for_each(|at| rows[*at] = None);
                return;
            }
            // A broken row leaves what was there.
            let Some(value) = from_row(&row) else { return };
            replaced.iter().for_each(|at| rows[*at] = None);
            let at = match replaced.first() {
                Some(at) => {
                    rows[*at] = Some((given.layer, value));
                    *at
                }
                None => {
                    rows.push(Some((given.layer, value)));
                    added.push(rows.len() - 1);
                    rows.len() - 1
                }
            };
            let known = by_key.entry(own).or_default();
            if !known.contains(&at) {
                known.push(at);
            }
        });
        if given.layer > 0 {
            first.push((given.layer, added));
        }
    }
    first.sort_by_key(|(layer, _)| std::cmp::Reverse(*layer));
    let ahead: Vec<usize> = first.into_iter().flat_map(|(_, added)| added).collect();
    let mut out: Vec<T> = ahead.iter().filter_map(|at| rows[*at].take()).map(|(_, value)| value).collect();
    out.extend(rows.into_iter().flatten().map(|(_, value)| value));
    out
}

/// The fingerprint of an atlas with layers. Only contents count, not where they lie.
pub(crate) fn version(shipped: &str, tables: &[Given<'_>]) -> String {
    let mut hash = key::hash_bytes(shipped.as_bytes());
    for given in tables.iter().filter(|given| given.layer > 0) {
        hash = hash.rotate_left(5) ^ key::hash_bytes(given.file.as_bytes());
        hash = hash.rotate_left(5) ^ key::hash_bytes(given.text.as_bytes());
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tables_are_read() {
        for name in ["atlas/groups.tsv", "atlas/leaders/mine.tsv", "atlas/places.tsv"] {
            assert!(is_table(name), "{name}");
        }
        for name in
            ["groups.tsv", "atlas/group.tsv", "atlas/leaders/", "atlas/leaders/.tsv", "atlas/leaders/a/b.tsv"]
        {
            assert!(!is_table(name), "{name}");
        }
    }
}

//! Short forms of first-level units, read only behind a place's name: *Lexington, Ky.*, *Kelowna, B.C.*.

use crate::index::HashedMap;
use crate::key;
use crate::table::Row;

pub(crate) const COLUMNS: &[&str] = &["country", "unit", "short"];

/// Longest short form, in words (*W. Va.*).
const LONGEST: usize = 2;

/// A first-level unit with its short forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// ISO 3166-1 alpha-3.
    pub country: String,
    /// The unit's name in the place tables.
    pub name: String,
    /// Its short forms.
    pub short: Vec<String>,
}

impl Unit {
    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let (country, name, short) = (row.text("country"), row.text("unit"), row.list("short"));
        if country.is_empty() || name.is_empty() || short.is_empty() {
            row.problem("a short form needs a country, a unit and the form".into());
            return None;
        }
        Some(Self { country, name, short })
    }

    /// The index of short forms: the hash of a form's key to the units that have it.
    pub(crate) fn index(units: &[Self]) -> HashedMap<Vec<u32>> {
        let mut index = HashedMap::<Vec<u32>>::default();
        for (at, unit) in (0u32..).zip(units) {
            for short in &unit.short {
                index.entry(key::hash_bytes(key::key(short).as_bytes())).or_default().push(at);
            }
        }
        index
    }

    /// The short form at `words[i]`, written with its capitals: words used, positions of the units.
    pub(crate) fn find<'i>(
        index: &'i HashedMap<Vec<u32>>,
        words: &[&str],
        i: usize,
    ) -> Option<(usize, &'i [u32])> {
        if !words.get(i)?.chars().next()?.is_uppercase() {
            return None;
        }
        (1..=LONGEST.min(words.len() - i)).rev().find_map(|used| {
            let key = key::key(&words[i..i + used].join(" "));
            Some((used, index.get(&key::hash_bytes(key.as_bytes()))?.as_slice()))
        })
    }
}

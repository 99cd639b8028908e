//! The index of place names: from the hash of a name's key to the lines of the place tables that carry it.
//!
//! Laid out once by the build script and read in place: `count` (u32), then `count` hashes (u64, ascending), then
//! `count` positions (u32: byte offset of the line in the concatenation of the tables, counted from the first one).
//! All numbers little-endian. This file is also compiled into the build script.

use crate::key;

/// Lays out the index over place tables given as texts; see [`PlaceIndex`].
pub fn build(tables: &[&str]) -> Vec<u8> {
    let mut pairs: Vec<(u64, u32)> = Vec::new();
    let mut base = 0usize;
    for table in tables {
        let mut offset = base;
        let mut header = true;
        for line in table.split_inclusive('\n') {
            let start = offset;
            offset += line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if std::mem::take(&mut header) {
                continue;
            }
            let mut cells = line.split('\t').skip(1);
            let name = cells.next().unwrap_or("");
            let names = cells.next().unwrap_or("");
            let mut own: Vec<u64> = Vec::new();
            for name in std::iter::once(name).chain(names.split('|')) {
                let key = key::key(name);
                if !key.is_empty() {
                    own.push(key::hash_bytes(key.as_bytes()));
                }
            }
            own.sort_unstable();
            own.dedup();
            pairs.extend(own.into_iter().map(|hash| (hash, start as u32)));
        }
        base += table.len();
    }
    pairs.sort_unstable();
    let mut out = Vec::with_capacity(4 + pairs.len() * 12);
    out.extend_from_slice(&(pairs.len() as u32).to_le_bytes());
    for (hash, _) in &pairs {
        out.extend_from_slice(&hash.to_le_bytes());
    }
    for (_, position) in &pairs {
        out.extend_from_slice(&position.to_le_bytes());
    }
    out
}

/// A laid-out index, read in place.
#[derive(Clone, Copy, Debug)]
pub struct PlaceIndex<'a> {
    hashes: &'a [u8],
    positions: &'a [u8],
}

impl<'a> PlaceIndex<'a> {
    /// Opens what [`build`] made; an index that is cut short opens as empty.
    pub fn open(bytes: &'a [u8]) -> Self {
        let empty = Self { hashes: &[], positions: &[] };
        let Some((count, rest)) = bytes.split_first_chunk::<4>() else { return empty };
        let count = u32::from_le_bytes(*count) as usize;
        if rest.len() < count * 12 {
            return empty;
        }
        let (hashes, positions) = rest.split_at(count * 8);
        Self { hashes, positions: positions.get(..count * 4).unwrap_or(&[]) }
    }

    /// Number of (name, place) pairs.
    pub fn len(&self) -> usize {
        self.hashes.len() / 8
    }

    /// Positions of the lines that carry the name with this key.
    pub fn find(&self, key: &str) -> impl Iterator<Item = u32> + 'a {
        let this = *self;
        let hash = key::hash_bytes(key.as_bytes());
        let (mut low, mut high) = (0, this.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if this.hash_at(middle) < hash {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low..this.len()).take_while(move |i| this.hash_at(*i) == hash).map(move |i| this.position_at(i))
    }

    fn hash_at(&self, i: usize) -> u64 {
        let bytes = self.hashes.get(i * 8..).and_then(|rest| rest.first_chunk::<8>());
        bytes.map_or(u64::MAX, |b| u64::from_le_bytes(*b))
    }

    fn position_at(&self, i: usize) -> u32 {
        let bytes = self.positions.get(i * 4..).and_then(|rest| rest.first_chunk::<4>());
        bytes.map_or(u32::MAX, |b| u32::from_le_bytes(*b))
    }
}

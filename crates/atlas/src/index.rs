//! The names of everything the atlas knows except places, and how to find the ones that start at a word of a text.

use crate::key::{self, Word};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What a name points to: positions in the atlas's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    State(u32),
    Demonym(u32),
    /// State, number of the seat; the capital has no number.
    Seat(u32, Option<u32>),
    Region(u32),
    Body(u32),
    Person(u32),
    Service(u32),
    Group(u32),
    Outlet(u32),
    /// Treaty; whether the name is generic.
    Treaty(u32, bool),
}

#[derive(Debug)]
struct Name {
    start: u32,
    len: u16,
    /// The name is written with a capital, so the text must too.
    capital: bool,
    /// The name is an acronym, so the text must write it in capitals.
    acronym: bool,
    /// The name starts with *The* and a capital (*The Nation*), so the text must too (not *The nation*).
    titled: bool,
    target: Target,
    next: u32,
}

/// A map from hashes made by [`key::hash_bytes`].
pub(crate) type HashedMap<T> = HashMap<u64, T, BuildHasherDefault<Ready>>;

const NONE: u32 = u32::MAX;

/// Names by their keys.
#[derive(Debug, Default)]
pub(crate) struct NameIndex {
    keys: String,
    names: Vec<Name>,
    heads: HashedMap<u32>,
    /// Hash of a first word, to the number of words of the longest name that starts with it.
    longest: HashedMap<u16>,
}

impl NameIndex {
    /// An empty index with room for this many names.
    pub(crate) fn with_room(names: usize) -> Self {
        Self {
            keys: String::with_capacity(names * 16),
            names: Vec::with_capacity(names),
            heads: HashedMap::with_capacity_and_hasher(names, BuildHasherDefault::default()),
            longest: HashedMap::default(),
        }
    }

    /// Adds a name. A leading lower-case `the` does not count. Adding one name twice to one target is harmless.
    pub(crate) fn add(&mut self, name: &str, target: Target) {
        let name = name.strip_prefix("the ").unwrap_or(name);
        let start = self.keys.len();
        let keys = &mut self.keys;
        let (mut count, mut capital, mut acronym, mut first, mut titled) = (0u16, false, false, 0, false);
        key::scan(name, |word, is_capital, is_acronym| {
            if count == 0 {
                (capital, acronym, first) = (is_capital, is_acronym, key::hash_bytes(word.as_bytes()));
            } else {
                titled |= count == 1 && is_capital && name.starts_with("The ");
                keys.push(' ');
            }
            keys.push_str(word);
            count += 1;
        });
        if count == 0 {
            return;
        }
        let key = self.keys.get(start..).unwrap_or("");
        let hash = key::hash_bytes(key.as_bytes());
        let entry = Name {
            start: start as u32,
            len: key.len() as u16,
            capital,
            acronym: acronym && count == 1,
            titled,
            target,
            next: self.heads.get(&hash).copied().unwrap_or(NONE),
        };
        let mut at = entry.next;
        while let Some(other) = self.names.get(at as usize) {
            let same =
                other.target == target && other.acronym == entry.acronym && other.capital == entry.capital;
            if same && self.key_of(other) == key {
                self.keys.truncate(start);
                return;
            }
            at = other.next;
        }
        let longest = self.longest.entry(first).or_default();
        *longest = (*longest).max(count);
        self.heads.insert(hash, self.names.len() as u32);
        self.names.push(entry);
    }

    /// Targets of names that start at `words[i]`: number of words used, target; the longest first, then by target.
    pub(crate) fn find_at(&self, words: &[&str], i: usize) -> Vec<(usize, Target)> {
        let mut found = Vec::new();
        let Some(rest) = words.get(i..) else { return found };
        let mut phrase = String::new();
        let mut buffer: Vec<Word> = Vec::new();
        let mut first: Option<(Word, u16)> = None;
        let mut count = 0u16;
        let mut second_capital = false;
        for (used, word) in rest.iter().enumerate() {
            buffer.clear();
            key::words_into(word, &mut buffer);
            if used == 0 {
                let Some(word) = buffer.first() else { return found };
                let Some(longest) = self.longest.get(&key::hash_bytes(word.folded.as_bytes())) else {
                    return found;
                };
                first = Some((word.clone(), *longest));
            }
            let Some((first, longest)) = &first else { return found };
            for word in &buffer {
                if count > 0 {
                    phrase.push(' ');
                }
                second_capital |= count == 1 && word.capital;
                phrase.push_str(&word.folded);
                count += 1;
            }
            if count > *longest {
                break;
            }
            if buffer.is_empty() {
                continue;
            }
            let single = count == 1;
            self.each(&phrase, |name| {
                let seen = (!name.capital || first.capital)
                    && (!name.acronym || (single && first.acronym))
                    && (!name.titled || second_capital);
                if seen {
                    found.push((used + 1, name.target));
                }
            });
        }
        found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.dedup();
        found
    }

    /// Targets of exactly this name, whatever its case.
    pub(crate) fn exact(&self, name: &str) -> Vec<Target> {
        let mut found = Vec::new();
        self.each(&key::key(name.strip_prefix("the ").unwrap_or(name)), |n| found.push(n.target));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Number of names.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    fn each(&self, key: &str, mut visit: impl FnMut(&Name)) {
        let mut at = self.heads.get(&key::hash_bytes(key.as_bytes())).copied().unwrap_or(NONE);
        while let Some(name) = self.names.get(at as usize) {
            if self.key_of(name) == key {
                visit(name);
            }
            at = name.next;
        }
    }

    fn key_of(&self, name: &Name) -> &str {
        self.keys.get(name.start as usize..name.start as usize + name.len as usize).unwrap_or("")
    }
}

/// The keys are hashes already.
#[derive(Debug, Default)]
pub(crate) struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = key::hash_bytes(bytes);
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

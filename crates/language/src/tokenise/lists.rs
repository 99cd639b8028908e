//! The word lists of `crates/language/data`, read once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What an abbreviation's stop may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Never ends a sentence.
    Never,
    /// May end one.
    May,
    /// May end one, and is then a word of its own.
    Final,
    /// An abbreviation only before a digit.
    Number,
}

static ABBREVIATIONS: LazyLock<HashMap<&str, Abbreviation>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for line in lines(include_str!("../../data/abbreviations.txt")) {
        let mut words = line.split_whitespace();
        let class = match words.next() {
            Some("never") => Abbreviation::Never,
            Some("may") => Abbreviation::May,
            Some("final") => Abbreviation::Final,
            _ => Abbreviation::Number,
        };
        for word in words {
            map.entry(word).or_insert(class);
        }
    }
    map
});

static STARTERS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("../../data/starters.txt")));
static SPEECH: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("../../data/speech.txt")));
static DOMAINS: LazyLock<HashMap<&str, Domain>> = LazyLock::new(|| {
    let class = |kind: &str, class: Domain| {
        let words = lines(include_str!("../../data/domains.txt")).filter_map(move |l| l.strip_prefix(kind));
        words.flat_map(str::split_whitespace).map(move |w| (w, class)).collect::<Vec<_>>()
    };
    class("word ", Domain::AlsoWord).into_iter().chain(class("plain ", Domain::Plain)).collect()
});
static UNITS: LazyLock<(HashSet<&str>, HashSet<&str>)> =
    LazyLock::new(|| classes(include_str!("../../data/units.txt"), "unit ", "money "));
static EMOTICONS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let mut all: Vec<Vec<char>> =
        set(include_str!("../../data/emoticons.txt")).into_iter().map(|e| e.chars().collect()).collect();
    all.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    all
});
static AFFIXES: LazyLock<(HashSet<&str>, HashSet<&str>)> =
    LazyLock::new(|| classes(include_str!("../../data/affixes.txt"), "prefix ", "suffix "));
static CONTRACTIONS: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    lines(include_str!("../../data/contractions.txt"))
        .map(|line| {
            let mut cuts = Vec::new();
            let mut length = 0;
            let parts: Vec<&str> = line.split_whitespace().collect();
            for part in &parts[..parts.len().saturating_sub(1)] {
                length += part.len();
                cuts.push(length);
            }
            (parts.concat(), cuts)
        })
        .collect()
});

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

fn classes(text: &'static str, one: &str, two: &str) -> (HashSet<&'static str>, HashSet<&'static str>) {
    let part = |kind: &str| {
        lines(text).filter_map(|l| l.strip_prefix(kind)).flat_map(str::split_whitespace).collect()
    };
    (part(one), part(two))
}

fn set(text: &'static str) -> HashSet<&'static str> {
    lines(text).flat_map(str::split_whitespace).collect()
}

/// The class of `word`, given without its final stop.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if let Some(class) = ABBREVIATIONS.get(word) {
        return Some(*class);
    }
    if word.len() > 12 {
        return None;
    }
    // GEN. is Gen., but gen. is not; P.M. is p.m.
    let upper = word.chars().all(|c| !c.is_lowercase());
    let lower = word.to_lowercase();
    let title: String =
        lower.chars().take(1).flat_map(char::to_uppercase).chain(lower.chars().skip(1)).collect();
    let candidate = if upper { [title.as_str(), lower.as_str()] } else { [lower.as_str(), lower.as_str()] };
    candidate.iter().find_map(|w| ABBREVIATIONS.get(w).copied())
}

/// Whether a capitalised `word` after an abbreviation shows a new sentence.
pub(crate) fn is_starter(word: &str) -> bool {
    STARTERS.contains(word.to_lowercase().as_str())
}

/// Whether `word` is a verb that follows a quoted sentence.
pub(crate) fn is_speech(word: &str) -> bool {
    SPEECH.contains(word)
}

/// How sure an ending makes that `name.ending` is one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Domain {
    /// Sure.
    Plain,
    /// The ending is also a common word.
    AlsoWord,
}

/// The class of `ending`, where it is a domain or file type.
pub(crate) fn domain(ending: &str) -> Option<Domain> {
    DOMAINS.get(ending.to_lowercase().as_str()).copied()
}

/// Whether `unit` is cut off a number it is written together with.
pub(crate) fn is_unit(unit: &str) -> bool {
    UNITS.0.contains(unit) || unit.len() > 1 && UNITS.0.contains(unit.to_lowercase().as_str())
}

/// Whether `unit` is cut off a sum of money.
pub(crate) fn is_money_unit(unit: &str) -> bool {
    UNITS.1.contains(unit.to_lowercase().as_str())
}

/// Emoticons, longest first.
pub(crate) fn emoticons() -> &'static [Vec<char>] {
    &EMOTICONS
}

/// Whether `word` is an emoticon.
pub(crate) fn is_emoticon(word: &str) -> bool {
    word.len() > 1 && word.len() < 5 && EMOTICONS.iter().any(|e| word.chars().eq(e.iter().copied()))
}

/// Whether `part` keeps its hyphen with what follows.
pub(crate) fn is_prefix(part: &str) -> bool {
    AFFIXES.0.contains(part.to_lowercase().as_str())
}

/// Whether `part` keeps its hyphen with what precedes.
pub(crate) fn is_suffix(part: &str) -> bool {
    AFFIXES.1.contains(part.to_lowercase().as_str())
}

/// Where an apostrophe-free contraction (lower case) is cut.
pub(crate) fn contraction(word: &str) -> Option<&'static [usize]> {
    CONTRACTIONS.get(word).map(Vec::as_slice)
}

//! One paragraph's beginning read as a dateline: `PLACE[, Region][, date] [(AGENCY)] —`.
//!
//! The forms, from the stylebooks of AP, Reuters, AFP, Xinhua, Yonhap, TASS, PTI and Dawn:
//! `SEOUL, Oct. 18 (Yonhap) --` · `MOSCOW (Reuters) -` · `KYIV, Ukraine (AP) —` · `PARIS, 24 October 2024 –` ·
//! `MOSCOW, October 28. /TASS/.` · `New Delhi, Oct 28 (PTI) The …` · `ISLAMABAD: The …` · `London CNN —` · `(Reuters) -`.

use super::agency;
use super::place::{is_capitals, is_label, is_place};
use crate::dates;

/// Longest dateline, in bytes.
const LONGEST: usize = 160;

/// A dateline, as byte offsets into its paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// One past the dash.
    pub(crate) end: usize,
    pub(crate) place: Option<(usize, usize)>,
    pub(crate) day: Option<Day>,
    pub(crate) agency: Option<(usize, usize)>,
    pub(crate) strength: Strength,
}

/// A day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) year: Option<i16>,
    pub(crate) month: i8,
    pub(crate) day: i8,
}

/// How sure the form is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strength {
    /// It names an agency or a date, or has a dash after capitals.
    Sure,
    /// A colon after capitals, which subheads have too.
    Weak,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Dash,
    Colon,
    /// `/TASS/.`
    Slash,
    /// `(PTI) The`
    Bracket,
}

/// Reads the beginning of a paragraph.
pub(crate) fn parse(paragraph: &str, agencies: &[&str]) -> Option<Found> {
    if !paragraph.starts_with(|c: char| c.is_uppercase() || c == '(') {
        return None;
    }
    let line = &paragraph[..paragraph.floor_char_boundary(LONGEST)];
    // A bracket ends the dateline only where no dash does: `PARIS (AFP) Oct 24, 2024 -`.
    let brackets = marks(line).filter(|mark| mark.2 == Mark::Bracket);
    for (at, end, mark) in marks(line).filter(|mark| mark.2 != Mark::Bracket).chain(brackets) {
        let Some(found) = head(&line[..at], agencies) else { continue };
        let after = paragraph[end..].trim_start();
        let Some(next) = after.chars().next() else { continue };
        let opens = next.is_uppercase() || next.is_numeric() || "\"'“‘«".contains(next);
        let caps = found.place.is_some_and(|(a, b)| is_capitals(&line[a..b]));
        let dated = found.day.is_some() && found.place.is_some();
        let named = found.agency.is_some();
        let fits = match mark {
            Mark::Dash => named || dated || (caps && opens),
            Mark::Colon => opens && (caps && !is_label(&line[..at]) || named && dated),
            Mark::Slash => named && dated,
            Mark::Bracket => opens && agency::find(&line[..at], agencies).is_some() && (dated || caps),
        };
        if fits {
            let strength = if mark == Mark::Colon && !dated { Strength::Weak } else { Strength::Sure };
            return Some(Found { end, strength, ..found });
        }
    }
    None
}

/// Where the dateline may end: start and end of each mark, in order.
fn marks(line: &str) -> impl Iterator<Item = (usize, usize, Mark)> {
    line.char_indices().filter_map(move |(at, c)| {
        let (before, after) = (&line[..at], &line[at + c.len_utf8()..]);
        let spaced = after.starts_with(char::is_whitespace);
        match c {
            '—' | '–' | '―' => Some((at, at + c.len_utf8(), Mark::Dash)),
            '-' if before.ends_with('-') => None,
            '-' if after.starts_with('-') => {
                let more = after.bytes().take_while(|b| *b == b'-').count();
                Some((at, at + 1 + more, Mark::Dash))
            }
            '-' | '_' if spaced && before.ends_with(|c: char| c.is_whitespace() || c == ')') => {
                Some((at, at + 1, Mark::Dash))
            }
            ':' if spaced => Some((at, at + 1, Mark::Colon)),
            '.' if before.ends_with('/') => Some((at, at + 1, Mark::Slash)),
            ')' if spaced => Some((at + 1, at + 1, Mark::Bracket)),
            _ => None,
        }
    })
}

/// Everything before the mark; all of it must be accounted for.
fn head(head: &str, agencies: &[&str]) -> Option<Found> {
    let (before, after, agency) = split_agency(head, agencies);
    let (place_end, day, rest) = match find_day(&head[..before]) {
        Some((start, end, day)) => (start, Some(day), &head[end..before]),
        None => (before, None, ""),
    };
    let (day, late_rest) = match (day, find_day(&head[after..])) {
        (None, Some((start, end, day))) if !has_words(&head[after..after + start]) => {
            (Some(day), &head[after + end..])
        }
        (day, _) => (day, &head[after..]),
    };
    if has_words(rest) || has_words(late_rest) {
        return None;
    }
    let place = trimmed_place(head, place_end);
    match place {
        Some((start, end)) if !is_place(&head[start..end]) => None,
        None if agency.is_none() => None,
        _ => Some(Found { end: 0, place, day, agency, strength: Strength::Sure }),
    }
}

/// Ends of what stands before the agency, beginning of what stands after it, and the agency.
fn split_agency(head: &str, agencies: &[&str]) -> (usize, usize, Option<(usize, usize)>) {
    let bracketed = head
        .rfind('(')
        .and_then(|open| Some((open, open + head[open..].find(')')?)))
        .or_else(|| head.strip_suffix('/').and_then(|h| Some((h.rfind('/')?, head.len() - 1))));
    if let Some((open, close)) = bracketed {
        let inside = &head[open + 1..close];
        let known = agency::find(inside, agencies).map(|(a, b)| (open + 1 + a, open + 1 + b));
        let plausible = || {
            let start = open + 1 + (inside.len() - inside.trim_start().len());
            let words = inside.trim();
            let one = words.len() <= 40
                && words.split_whitespace().count() <= 4
                && words.starts_with(char::is_uppercase);
            (one && !words.chars().any(|c| c.is_numeric() || c == ',')).then(|| (start, start + words.len()))
        };
        return match known.or_else(plausible) {
            Some(agency) => (open, close + 1, Some(agency)),
            // Not an agency: the bracket stays part of the head, which then fails as a place.
            None => (head.len(), head.len(), None),
        };
    }
    let bare = head.trim_end();
    for name in agencies {
        if let Some(before) = bare.strip_suffix(name)
            && before.ends_with([' ', ','])
        {
            return (before.len(), bare.len(), Some((before.len(), bare.len())));
        }
    }
    (head.len(), head.len(), None)
}

/// The first day in `words`: its start, its end, and the day.
fn find_day(words: &str) -> Option<(usize, usize, Day)> {
    let mut tokens: Vec<(usize, &str)> = Vec::new();
    let mut start = None;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                tokens.push((from, &words[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    let token = |i: usize| tokens.get(i).copied();
    for (i, (month_at, name)) in tokens.iter().enumerate() {
        let Some(month) = dates::month(name) else { continue };
        let before = i.checked_sub(1).and_then(token).and_then(|(at, word)| Some((at, dates::day(word)?)));
        let after = token(i + 1).and_then(|(_, word)| dates::day(word));
        let (mut from, day, mut last) = match (before, after) {
            (Some((at, day)), _) => (at, day, i),
            (None, Some(day)) => (*month_at, day, i + 1),
            (None, None) => continue,
        };
        let year = token(last + 1)
            .and_then(|(_, word)| if word.len() == 4 { word.parse::<i16>().ok() } else { None });
        last += usize::from(year.is_some());
        let first = tokens.iter().position(|(at, _)| *at == from).unwrap_or(0);
        if let Some((at, word)) = first.checked_sub(1).and_then(token)
            && is_weekday(word)
        {
            from = at;
        }
        let (at, word) = token(last)?;
        return Some((from, at + word.len(), Day { year, month: month as i8, day: day as i8 }));
    }
    None
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        .iter()
        .any(|day| word.len() >= 3 && day.starts_with(&word))
}

fn has_words(rest: &str) -> bool {
    rest.chars().any(char::is_alphanumeric)
}

/// The place without the punctuation around it. The stop of `MOSCOW. Oct 28` goes, that of `Pasadena, Calif.` stays.
fn trimmed_place(head: &str, end: usize) -> Option<(usize, usize)> {
    let mut words = head[..end].trim_end_matches(|c: char| c.is_whitespace() || ",-|/".contains(c));
    if let Some(before) = words.strip_suffix('.')
        && !before.contains(',')
        && before.rsplit(|c: char| !c.is_alphabetic()).next().is_some_and(|last| last.chars().count() > 3)
    {
        words = before;
    }
    let start = words.len() - words.trim_start().len();
    (start < words.len()).then_some((start, words.len()))
}

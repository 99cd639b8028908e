//! A block into tokens as written. At each position the first matcher that fits takes its characters: addresses, emoticons,
//! handles, numbers, words, runs of punctuation; whatever is left is a token of one character.
//!
//! Every look ahead is bounded by [`LONGEST`], so that the cost is linear even in a text without a space.

use super::Surface;
use super::expand::is_apostrophe;
use super::layout::is_blank;
use super::lists::{self, Abbreviation, Domain};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Longest token in characters; longer ones are cut.
pub(crate) const LONGEST: usize = 255;

/// Appends the tokens of `text[range]`.
pub(crate) fn tokens(text: &str, range: Range<usize>, out: &mut Vec<Surface>) {
    let Some(block) = text.get(range.clone()) else {
        return;
    };
    let mut scanner = Scanner::default();
    let mut chunk: Option<usize> = None;
    for (i, c) in block.char_indices() {
        if c.is_whitespace() {
            if let Some(start) = chunk.take() {
                scanner.chunk(text, range.start + start..range.start + i, out);
            }
        } else if chunk.is_none() {
            chunk = Some(i);
        }
    }
    if let Some(start) = chunk {
        scanner.chunk(text, range.start + start..range.end, out);
    }
}

#[derive(Default)]
struct Scanner {
    chars: Vec<char>,
    bytes: Vec<usize>,
    /// Inside a pair of single quotes.
    single_open: bool,
}

impl Scanner {
    fn chunk(&mut self, text: &str, range: Range<usize>, out: &mut Vec<Surface>) {
        let whole = &text[range.clone()];
        let trimmed = whole.trim_matches(is_blank);
        let start = range.start + (whole.len() - whole.trim_start_matches(is_blank).len());
        self.chars.clear();
        self.bytes.clear();
        for (i, c) in trimmed.char_indices() {
            self.chars.push(c);
            self.bytes.push(start + i);
        }
        self.bytes.push(start + trimmed.len());
        let mut i = 0;
        while i < self.chars.len() {
            let length = self.next(text, i).clamp(1, LONGEST).min(self.chars.len() - i);
            out.push(Surface { start: self.bytes[i], end: self.bytes[i + length] });
            i += length;
        }
    }

    /// Length in characters of the token at `i`.
    fn next(&mut self, text: &str, i: usize) -> usize {
        let all = &self.chars;
        let end = all.len().min(i + 2 * LONGEST);
        let rest = &all[i..end];
        let c = rest[0];
        let chunk_start = i == 0;
        if c.is_ascii_alphabetic()
            && let Some(n) = url(rest)
        {
            return n;
        }
        if is_word(c) {
            if let Some(n) = email(rest) {
                return n;
            }
            return self.word(text, i);
        }
        if let Some(n) = emoticon(rest, i == 0 || !is_word(all[i - 1])) {
            return n;
        }
        match c {
            '#' | '@' if chunk_start && rest.get(1).is_some_and(|c| c.is_alphabetic() || *c == '_') => {
                1 + rest[1..].iter().take_while(|c| is_word(**c) || **c == '_').count()
            }
            '+' | '.' if chunk_start && rest.get(1).is_some_and(char::is_ascii_digit) => {
                1 + number(&rest[1..])
            }
            '.' | '!' | '?' | '…' => rest.iter().take_while(|c| matches!(c, '.' | '!' | '?' | '…')).count(),
            '-' | '=' | '*' | '_' | '~' if rulers(rest) > 2 => rulers(rest),
            '-' | '=' | '*' | '_' | '~' | '+' | '<' | '>' | '#' | '|' | '^' | '/' | '\\' | '$' => run(rest),
            _ if is_apostrophe(c) || c == '‘' => self.quote(i),
            _ => cluster(rest),
        }
    }

    /// An apostrophe or single quotation mark at the start of a token.
    fn quote(&mut self, i: usize) -> usize {
        let rest = &self.chars[i..self.chars.len().min(i + LONGEST)];
        let letters: String = rest[1..]
            .iter()
            .take(6)
            .take_while(|c| c.is_alphanumeric())
            .flat_map(|c| c.to_lowercase())
            .collect();
        let n = letters.chars().count();
        let ends = !rest.get(1 + n).is_some_and(|c| c.is_alphanumeric());
        let after_word = i > 0;
        let enclitic = matches!(letters.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m");
        let elided = matches!(
            letters.as_str(),
            "em" | "til" | "cause" | "bout" | "tis" | "twas" | "cos" | "n" | "round"
        );
        let decade = letters.len() >= 2 && letters.as_bytes()[..2].iter().all(u8::is_ascii_digit) && n <= 3;
        if rest[0] != '‘'
            && ends
            && ((enclitic && (after_word || self.chars.len() == 1 + n)) || elided || decade)
        {
            return 1 + n;
        }
        if n == 1 && letters == "n" && rest.get(2).copied().is_some_and(is_apostrophe) {
            return 3;
        }
        let length = run(rest).min(2);
        if length == 1 {
            // Opens before a word, closes after one.
            self.single_open =
                rest[0] == '‘' || (rest.len() > 1 && (i == 0 || !self.chars[i - 1].is_alphanumeric()));
        }
        length
    }

    /// A word, number, abbreviation or name at `i`.
    fn word(&self, text: &str, i: usize) -> usize {
        let all = &self.chars;
        let rest = &all[i..all.len().min(i + LONGEST)];
        if rest[0].is_ascii_digit()
            && let Some(n) = hyphenated_number(rest)
        {
            return n;
        }
        let mut n = 0;
        let mut part = 0; // start of the part after the last hyphen
        let mut slashed = false;
        while n < rest.len() {
            let c = rest[n];
            if is_word(c) {
                n += 1;
                continue;
            }
            let before = rest[..n].last().copied().unwrap_or(' ');
            let after = rest.get(n + 1).copied().unwrap_or(' ');
            let joins = match c {
                _ if is_apostrophe(c) => is_word(after) && !before.is_whitespace(),
                '.' => inner_stop(&rest[part..], n - part),
                ',' => before.is_ascii_digit() && after.is_ascii_digit(),
                ':' => before.is_ascii_digit() && after.is_ascii_digit(),
                '&' => {
                    before.is_uppercase() && after.is_uppercase()
                        || (n == 1 && after.is_alphabetic() && word_length(&rest[n + 1..]) == 1)
                }
                '_' | '@' | '*' => {
                    is_word(after) && c != '*'
                        || (c == '*' && before.is_alphabetic() && after.is_alphabetic())
                }
                '/' => {
                    let joined = !slashed && slash(rest, n);
                    slashed |= joined;
                    joined || (slashed && before.is_ascii_digit() && after.is_ascii_digit())
                }
                '-' => {
                    let joined = hyphen(rest, part, n);
                    if joined {
                        part = n + 1;
                    }
                    joined
                }
                '$' if n <= 3 && rest[..n].iter().all(char::is_ascii_uppercase) && !after.is_alphabetic() => {
                    return n + 1;
                }
                _ => false,
            };
            if !joins {
                break;
            }
            n += 1;
        }
        if rest.get(n) == Some(&'.') && !matches!(rest.get(n + 1), Some('.' | '…')) {
            return self.stop(text, i, n);
        }
        // A possessive after s, unless it closes a quotation.
        if rest.get(n).copied().is_some_and(is_apostrophe)
            && matches!(rest[n - 1], 's' | 'S' | 'z')
            && !self.single_open
            && !rest.get(n + 1).copied().is_some_and(|c| is_word(c) || is_apostrophe(c))
            && n > 1
        {
            return n + 1;
        }
        unit(&rest[..n], i > 0 && is_currency(all[i - 1]))
    }

    /// A word followed by a stop: `n`, or `n + 1` where the stop belongs to it.
    fn stop(&self, text: &str, i: usize, n: usize) -> usize {
        let rest = &self.chars[i..];
        let word: String = rest[..n].iter().collect();
        let last_in_chunk = i + n + 1 >= self.chars.len();
        let next = text[self.bytes[(i + n + 1).min(self.chars.len())]..].trim_start().chars().next();
        let acronym = n >= 3
            && rest[..n]
                .iter()
                .enumerate()
                .all(|(k, c)| if k % 2 == 0 { c.is_alphabetic() } else { *c == '.' })
            && n % 2 == 1;
        let initial = n == 1
            && rest[0].is_uppercase()
            && next.is_some_and(char::is_alphanumeric)
            && (rest[0] != 'I' || !last_in_chunk);
        let known = match lists::abbreviation(&word) {
            Some(Abbreviation::Number) => next.is_some_and(|c| c.is_ascii_digit()),
            Some(_) => true,
            None => false,
        };
        if acronym || initial || known {
            n + 1
        } else {
            unit(&rest[..n], i > 0 && is_currency(self.chars[i - 1]))
        }
    }
}

/// Letters, digits and the marks that combine with them.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₽' | '₴' | '₩' | '₹' | '₺')
}

fn word_length(rest: &[char]) -> usize {
    rest.iter().take_while(|c| is_word(**c)).count()
}

fn run(rest: &[char]) -> usize {
    rest.iter().take_while(|c| **c == rest[0]).count()
}

/// A drawn line: `----==`.
fn rulers(rest: &[char]) -> usize {
    rest.iter().take_while(|c| matches!(c, '-' | '=' | '*' | '_' | '~')).count()
}

/// One symbol with what modifies it: variation selectors, skin tones, joined emoji, pairs of regional indicators.
fn cluster(rest: &[char]) -> usize {
    let flag = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    if flag(rest[0]) && rest.get(1).copied().is_some_and(flag) {
        return 2;
    }
    let mut n = 1;
    while let Some(&c) = rest.get(n) {
        let modifier = is_combining_mark(c)
            || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{200b}' | '\u{2060}');
        match c {
            '\u{200d}' if rest.len() > n + 1 && !rest[n + 1].is_alphanumeric() => n += 2,
            '\u{200d}' => n += 1,
            _ if modifier => n += 1,
            _ => break,
        }
    }
    n
}

fn starts(rest: &[char], text: &str) -> bool {
    let mut n = 0;
    text.chars().all(|t| {
        n += 1;
        rest.get(n - 1).is_some_and(|c| c.to_ascii_lowercase() == t)
    })
}

/// A web address: to the end of the chunk, without closing punctuation.
fn url(rest: &[char]) -> Option<usize> {
    let opening =
        ["http://", "https://", "www.", "ftp://", "mailto:"].into_iter().find(|o| starts(rest, o))?;
    let mut n = rest
        .iter()
        .take_while(|c| !matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '|') && !is_blank(**c))
        .count();
    while n > 0 {
        let last = rest[n - 1];
        let unbalanced = last == ')' && !rest[..n].contains(&'(') || last == ']' && !rest[..n].contains(&'[');
        if matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…') || unbalanced {
            n -= 1;
        } else {
            break;
        }
    }
    (n > opening.len()).then_some(n)
}

fn email(rest: &[char]) -> Option<usize> {
    let local = rest
        .iter()
        .take(LONGEST)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\''))
        .count();
    if rest.get(local) != Some(&'@') {
        return None;
    }
    let host = rest[local + 1..]
        .iter()
        .take(LONGEST)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        .count();
    let mut n = local + 1 + host;
    while n > local + 1 && matches!(rest[n - 1], '.' | '-') {
        n -= 1;
    }
    rest[local + 1..n].contains(&'.').then_some(n)
}

fn emoticon(rest: &[char], free: bool) -> Option<usize> {
    if !free || !matches!(rest[0], ':' | ';' | '=' | '^' | '<' | '>' | '(') {
        return None;
    }
    let found = lists::emoticons().iter().find(|e| rest.starts_with(e))?;
    let ends = rest.get(found.len()).is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '-'));
    // "(:" and "(in:" look alike: a bracket is an emoticon only on its own.
    (ends && (rest[0] != '(' || rest.len() == found.len())).then_some(found.len())
}

/// Digits with inner separators.
fn number(rest: &[char]) -> usize {
    let mut n = 0;
    while n < rest.len().min(LONGEST) {
        let inner = matches!(rest[n], '.' | ',' | ':' | '-')
            && n > 0
            && rest.get(n + 1).is_some_and(char::is_ascii_digit);
        if rest[n].is_ascii_digit() || inner { n += 1 } else { break }
    }
    n
}

/// Telephone numbers and dates, the only numbers whose hyphens stay; and dates with two slashes.
fn hyphenated_number(rest: &[char]) -> Option<usize> {
    let n = rest.iter().take(24).take_while(|c| c.is_ascii_digit() || **c == '-').count();
    let n = if rest[n - 1] == '-' { n - 1 } else { n };
    let groups: Vec<usize> = rest[..n].split(|c| *c == '-').map(<[char]>::len).collect();
    let date = matches!(groups[..], [1 | 2, 1 | 2, 2 | 4] | [4, 2, 2]);
    let phone = matches!(groups[..], [3, 4] | [3, 3, 4] | [1, 3, 3, 4] | [5, 4]);
    ((date || phone) && !rest.get(n).is_some_and(|c| c.is_alphanumeric())).then_some(n)
}

/// Whether the stop at `n` stands inside a word: a decimal, an acronym, a domain or file name.
fn inner_stop(rest: &[char], n: usize) -> bool {
    let (before, Some(&after)) = (rest[n.saturating_sub(1)], rest.get(n + 1)) else {
        return false;
    };
    if before.is_ascii_digit() && after.is_ascii_digit() {
        return true;
    }
    if !is_word(before) || !is_word(after) {
        return false;
    }
    let single_before = n == 1 || !is_word(rest[n - 2]);
    let next = word_length(&rest[n + 1..]);
    let single_after = next == 1 || rest[n + 1..].iter().take(3).filter(|c| c.is_alphabetic()).count() == 1;
    if single_before && before.is_alphabetic() && (single_after || n > 1) && after.is_alphabetic() {
        return true;
    }
    // Ph.D. and its like.
    if rest.get(n + 2) == Some(&'.') && after.is_uppercase() && before.is_lowercase() && n <= 2 {
        return true;
    }
    // alt.animals.cat: three lower-case parts or more
    let parts = rest.split(|c| !c.is_lowercase() && *c != '.').next().unwrap_or(&[]);
    if parts.split(|c| *c == '.').filter(|p| !p.is_empty()).count() > 2 {
        return true;
    }
    // name.ending, where some later part of the run is a known ending
    let mut at = n + 1;
    loop {
        let length = word_length(&rest[at..]);
        let ending: String = rest[at..at + length].iter().collect();
        let short_ending_is_word = ending.len() == 2 && rest[at].is_uppercase();
        let named = || rest[..n].iter().any(|c| *c == '.' || c.is_uppercase());
        match lists::domain(&ending) {
            Some(Domain::Plain) if !short_ending_is_word => return true,
            Some(Domain::AlsoWord) if !short_ending_is_word => return named(),
            _ => {}
        }
        if length == 0 || rest.get(at + length) != Some(&'.') {
            return false;
        }
        at += length + 1;
    }
}

/// Whether the slash at `n` stays: dates (9/11, 3/8/2000) and single letters (w/o, s/he).
fn slash(rest: &[char], n: usize) -> bool {
    let after = &rest[n + 1..];
    let (left, right) = (&rest[..n], &after[..word_length(after)]);
    if left.iter().all(char::is_ascii_digit) && !right.is_empty() && right.iter().all(char::is_ascii_digit) {
        let value =
            |digits: &[char]| digits.iter().take(4).fold(0, |v, d| v * 10 + d.to_digit(10).unwrap_or(0));
        let third = after.get(right.len()) == Some(&'/')
            && after.get(right.len() + 1).is_some_and(char::is_ascii_digit);
        return third && left.len() <= 4 && right.len() <= 2
            || (value(left) <= 12 && right.len() == 2 && (1..=31).contains(&value(right)));
    }
    n == 1
        && left[0].is_alphabetic()
        && right.iter().all(|c| c.is_alphabetic())
        && (right.len() == 1 || left[0] == 's' && right == ['h', 'e'])
}

/// Whether the hyphen at `n` stays: only after and before the affixes of `data/affixes.txt`.
fn hyphen(rest: &[char], part: usize, n: usize) -> bool {
    let after = &rest[n + 1..];
    let length = word_length(after);
    if length == 0 {
        return false;
    }
    let left: String = rest[part..n].iter().collect();
    let right: String = after[..length].iter().collect();
    let last_part = after.get(length) != Some(&'-');
    (part == 0
        && left.chars().all(char::is_alphabetic)
        && lists::is_prefix(&left)
        && (left.len() > 1 || left.chars().all(char::is_lowercase) || left == "E"))
        || (last_part && lists::is_suffix(&right))
}

/// Cuts a unit off a number: *5pm*, *35mm*, *10km*; with a currency also *$3M*, *$8bn*.
fn unit(word: &[char], money: bool) -> usize {
    let digits = word.iter().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':')).count();
    if digits == 0 || digits == word.len() {
        return word.len();
    }
    let tail: String = word[digits..].iter().collect();
    let plain = lists::is_unit(&tail);
    let sum = money && lists::is_money_unit(&tail);
    if plain || sum || word[digits - 1] == ':' { digits } else { word.len() }
}

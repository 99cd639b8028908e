//! Where sentences end inside a block.
//!
//! A stop, question or exclamation mark ends a sentence together with the quotes and brackets that close right after it, unless
//! what stands before it is an abbreviation or an enumerator, or what stands after it goes on with the sentence.

use super::Surface;
use super::lists::{self, Abbreviation};

/// Cuts the tokens of a block into sentences. The stop of a final abbreviation becomes a token of its own.
pub(crate) fn split(text: &str, tokens: &[Surface]) -> Vec<Vec<Surface>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut quote_open = false;
    let mut i = 0;
    while i < tokens.len() {
        quote_open ^= tokens[i].of(text) == "\"";
        let Some(kind) = ending(tokens[i].of(text)) else {
            i += 1;
            continue;
        };
        let mut last = i;
        let mut open = quote_open;
        while let Some(more) = closing(text, tokens, last + 1, open) {
            last += more;
            open ^= tokens[last].of(text) == "\"";
        }
        if ends(text, tokens, start, i, last, kind) {
            quote_open = open;
            out.push(sentence(text, &tokens[start..=last], i - start));
            start = last + 1;
            i = start;
        } else {
            i += 1;
        }
    }
    if start < tokens.len() {
        out.push(sentence(text, &tokens[start..], tokens.len() - 1 - start));
    }
    out
}

/// The tokens of one sentence, with the stop split off `etc.` and `p.m.` at `end`.
fn sentence(text: &str, tokens: &[Surface], end: usize) -> Vec<Surface> {
    let mut out = tokens.to_vec();
    let token = tokens[end];
    let word = token.of(text).strip_suffix('.').unwrap_or("");
    if lists::abbreviation(word) == Some(Abbreviation::Final) {
        out[end].end -= 1;
        out.insert(end + 1, Surface { start: token.end - 1, end: token.end });
    }
    out
}

#[derive(Clone, Copy, PartialEq)]
enum Ending {
    /// `.`
    Stop,
    /// `!` or `?`, also several
    Strong,
    /// `...` or `…`
    Ellipsis,
    /// A token that carries its own stop.
    Abbreviation,
}

fn ending(token: &str) -> Option<Ending> {
    if token == "." {
        Some(Ending::Stop)
    } else if !token.is_empty() && token.chars().all(|c| matches!(c, '.' | '!' | '?' | '…')) {
        Some(if token.contains(['!', '?']) { Ending::Strong } else { Ending::Ellipsis })
    } else if token.len() > 1 && token.ends_with('.') {
        Some(Ending::Abbreviation)
    } else {
        None
    }
}

/// How many tokens from `i` on close a quotation or bracket right after the token before them, or are a note's number (`[12]`)
/// or an emoticon; `None` where none does.
fn closing(text: &str, tokens: &[Surface], i: usize, quote_open: bool) -> Option<usize> {
    let token = tokens.get(i)?;
    let adjacent = tokens[i - 1].end == token.start;
    let apart_after = tokens.get(i + 1).is_none_or(|n| n.start > token.end);
    let word = token.of(text);
    let yes = match word {
        ")" | "]" | "}" | "”" | "’" | "»" | "''" | "’’" | "\"\"" => adjacent || apart_after,
        "\"" => {
            if adjacent {
                quote_open || apart_after
            } else {
                quote_open && apart_after
            }
        }
        "'" => adjacent && apart_after,
        "[" => {
            let number = tokens.get(i + 1).is_some_and(|t| t.of(text).bytes().all(|b| b.is_ascii_digit()));
            return (number && tokens.get(i + 2).is_some_and(|t| t.of(text) == "]")).then_some(3);
        }
        _ => apart_after && lists::is_emoticon(word),
    };
    yes.then_some(1)
}

/// Whether the sentence `start..` ends with token `at`, whose closers reach to `last`.
fn ends(text: &str, tokens: &[Surface], start: usize, at: usize, last: usize, kind: Ending) -> bool {
    let Some(next) = tokens.get(last + 1) else {
        return true;
    };
    let word = next.of(text);
    let Some(first) = word.chars().next() else {
        return false;
    };
    let before = if at > start { tokens[at - 1].of(text) } else { "" };
    let gap = next.start > tokens[last].end;
    let closed = last > at;
    if !gap {
        // "ended.The": a forgotten space, but not "example.org" or "3.5".
        let forgotten = kind == Ending::Stop && before.len() > 2 && before.chars().all(char::is_lowercase);
        return (forgotten || (kind == Ending::Strong && !closed))
            && first.is_uppercase()
            && word.chars().nth(1).is_some_and(char::is_lowercase);
    }
    if matches!(
        word,
        "," | ";" | ":" | "-" | "--" | "—" | "–" | ")" | "]" | "”" | "%" | "/" | "." | "?" | "!"
    ) {
        return false;
    }
    if enumerator(text, tokens, start, at, kind) {
        return false;
    }
    let lower = first.is_lowercase();
    match kind {
        Ending::Abbreviation => abbreviation_ends(text, tokens, at, last, word),
        _ if lower && closed => false,
        Ending::Stop if lower => {
            before.chars().filter(|c| c.is_alphanumeric()).count() > 1 && !before.contains('.')
        }
        Ending::Stop => true,
        Ending::Strong if closed => !speech_follows(text, tokens, last + 1),
        Ending::Strong => true,
        Ending::Ellipsis => !lower && !matches!(word, "I" | "I'm"),
    }
}

/// `1.`, `a.`, `IV.` at the start of a sentence.
fn enumerator(text: &str, tokens: &[Surface], start: usize, at: usize, kind: Ending) -> bool {
    let word = match kind {
        Ending::Stop if at == start + 1 => tokens[start].of(text),
        Ending::Abbreviation if at == start => tokens[start].of(text).trim_end_matches('.'),
        _ => return false,
    };
    let digits = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    let letter = word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = word.len() <= 4 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    digits || letter || roman
}

fn abbreviation_ends(text: &str, tokens: &[Surface], at: usize, last: usize, next: &str) -> bool {
    let token = tokens[at].of(text);
    let word = token.trim_end_matches('.');
    let capital = next.chars().next().is_some_and(char::is_uppercase);
    let starter = capital && lists::is_starter(next);
    match lists::abbreviation(word) {
        Some(Abbreviation::Never | Abbreviation::Number) => false,
        Some(Abbreviation::Final) if word.eq_ignore_ascii_case("etc") => capital,
        Some(_) => starter || (last > at && capital),
        // One capital letter is an initial before a name; an acronym may end the sentence.
        None if word.chars().count() == 1 => {
            starter && at > 0 && tokens[at - 1].of(text).chars().all(char::is_lowercase)
        }
        None => starter || (last > at && capital),
    }
}

fn speech_follows(text: &str, tokens: &[Surface], from: usize) -> bool {
    tokens
        .iter()
        .skip(from)
        .take(8)
        .map(|t| t.of(text))
        .take_while(|t| ending(t) != Some(Ending::Stop))
        .any(lists::is_speech)
}

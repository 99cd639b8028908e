//! The words around an anchor, cut between words. Offsets in readings are characters; here they meet the text.

use super::clean;
use record::reading::{Extent, Reading};

/// A text addressed by characters.
#[derive(Debug)]
pub struct Chars<'t> {
    text: &'t str,
    /// Byte offset of each character, and of the end.
    starts: Vec<usize>,
}

impl<'t> Chars<'t> {
    /// Reads `text` once.
    pub fn new(text: &'t str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { text, starts }
    }

    /// The words between two characters; what lies outside the text is left out.
    pub fn slice(&self, start: usize, end: usize) -> &'t str {
        let at = |n: usize| self.starts.get(n).copied().unwrap_or(self.text.len());
        self.text.get(at(start)..at(end.max(start))).unwrap_or("")
    }

    fn is_gap(&self, at: usize) -> bool {
        self.slice(at, at + 1).chars().all(char::is_whitespace)
    }
}

/// An anchor between the words around it, each one line.
#[derive(Debug, Default)]
pub struct Excerpt {
    /// Before the anchor; begins with `…` where the sentence began earlier.
    pub before: String,
    /// The anchor.
    pub anchor: String,
    /// After it; ends with `…` where the sentence goes on.
    pub after: String,
}

impl Excerpt {
    /// About `most` characters of the sentence that holds `anchor`.
    pub fn around(anchor: Extent, reading: &Reading, chars: &Chars<'_>, most: usize) -> Self {
        let sentence = reading.sentences.iter().find(|s| s.start <= anchor.start && anchor.start < s.end);
        let (first, last) = sentence.map_or((anchor.start, anchor.end), |s| (s.start, s.end.max(anchor.end)));
        let (mut from, mut to) = (first, last);
        if last - first > most {
            let half = most.saturating_sub(anchor.end - anchor.start) / 2;
            to = (anchor.end + half).min(last);
            from = anchor.start.saturating_sub(half + (half - (to - anchor.end).min(half))).max(first);
            to = (to + half.saturating_sub(anchor.start - from)).min(last);
            // A few characters more are better than an ellipsis.
            from = if from - first < 12 { first } else { from };
            to = if last - to < 12 { last } else { to };
            while from > first && from < anchor.start && !chars.is_gap(from - 1) {
                from += 1;
            }
            while to < last && to > anchor.end && !chars.is_gap(to) {
                to -= 1;
            }
        }
        let before = clean(chars.slice(from, anchor.start));
        let after = clean(chars.slice(anchor.end, to));
        let (cut_before, cut_after) = (from > first, to < last);
        Self {
            before: format!("{}{}", if cut_before { "… " } else { "" }, before.trim_start()),
            anchor: clean(chars.slice(anchor.start, anchor.end)),
            after: format!("{}{}", after.trim_end(), if cut_after { " …" } else { "" }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_never_fail() {
        let chars = Chars::new("añ🛰️c");
        assert_eq!(chars.slice(1, 2), "ñ");
        assert_eq!(chars.slice(4, 99), "c");
        assert_eq!(chars.slice(9, 3), "");
    }
}

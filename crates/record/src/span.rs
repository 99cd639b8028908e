//! Where in the text: byte spans inside the program, character offsets outside it.

use serde::{Deserialize, Serialize};

/// A half-open range of **bytes** into an article's text. Both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte `start` to byte `end`, exclusive. Articles are limited to 4 GiB by intake long before this.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: start as u32, end: end as u32 }
    }

    /// The words the span selects; empty when the span does not fit `text`.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Number of bytes.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span selects nothing.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(&self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at its ends.
    pub fn trimmed(&self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start as usize + (words.len() - words.trim_start().len());
        let end = start + words.trim().len();
        Span::new(start, end)
    }
}

/// Turns byte offsets into character offsets in constant time, with one mark every 64 bytes.
#[derive(Debug)]
pub struct CharIndex<'t> {
    text: &'t str,
    marks: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'t> CharIndex<'t> {
    /// Reads `text` once.
    pub fn new(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut chars = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i % STRIDE == 0 {
                marks.push(chars);
            }
            chars += u32::from(is_char_start(byte));
        }
        Self { text, marks }
    }

    /// The number of characters before byte `byte`.
    pub fn at(&self, byte: u32) -> usize {
        let byte = (byte as usize).min(self.text.len());
        let block = (byte / STRIDE).min(self.marks.len().saturating_sub(1));
        let base = self.marks.get(block).copied().unwrap_or(0) as usize;
        let rest = &self.text.as_bytes()[block * STRIDE..byte];
        base + rest.iter().filter(|b| is_char_start(**b)).count()
    }

    /// The span's ends as character offsets.
    pub fn range(&self, span: Span) -> (usize, usize) {
        (self.at(span.start), self.at(span.end))
    }
}

fn is_char_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_offsets_select_the_same_words_as_bytes() {
        let text = "Ω🛰️ e\u{301}té — Kyiv\r\n\u{200B}“Moscow”".repeat(20);
        let index = CharIndex::new(&text);
        let chars: Vec<char> = text.chars().collect();
        for (byte, _) in text.match_indices("Moscow") {
            let (start, end) = index.range(Span::new(byte, byte + 6));
            assert_eq!(chars[start..end].iter().collect::<String>(), "Moscow");
        }
        assert_eq!(index.at(text.len() as u32), chars.len());
    }

    #[test]
    fn trimming_keeps_only_words() {
        let text = "  \u{a0}troops \n";
        assert_eq!(Span::new(0, text.len()).trimmed(text).of(text), "troops");
        assert!(Span::new(0, 2).trimmed(text).is_empty());
    }
}

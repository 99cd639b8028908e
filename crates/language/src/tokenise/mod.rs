//! Text into sentences and words with exact byte offsets, after the conventions of UD English (EWT and GUM).
//!
//! Four steps, each in its own file: `layout` cuts the text into blocks that no sentence crosses, `scan` cuts a block into
//! tokens, `sentence` finds where sentences end, `expand` splits contractions into words. All are rules; what they know
//! about English stands in `crates/language/data/*.txt`. Every step is linear in the text.

mod expand;
mod layout;
mod lists;
mod scan;
mod sentence;

use record::{Span, TokenRange};
use std::ops::Range;

/// A sentence before analysis.
#[derive(Clone, Debug, PartialEq)]
pub struct RawSentence {
    /// Its text, without surrounding white space.
    pub span: Span,
    /// Its words.
    pub words: Vec<Word>,
    /// Whether a blank line (or the start of the text) stands before it.
    pub opens_paragraph: bool,
}

/// A syntactic word before analysis.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The characters it was written with.
    pub span: Span,
    /// For the words of a multiword token: which words of the sentence it is made of.
    pub multiword: Option<TokenRange>,
    /// The word form where the span does not spell it (gold words such as *it* + *s* for *its*).
    pub form: Option<String>,
}

impl Word {
    /// The word form.
    pub fn form<'a>(&'a self, text: &'a str) -> &'a str {
        self.form.as_deref().unwrap_or_else(|| self.span.of(text))
    }
}

/// A token as written, before contractions are split.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Surface {
    /// Bytes.
    pub start: usize,
    pub end: usize,
}

impl Surface {
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// The sentences of `text` with their words.
pub fn sentences(text: &str) -> Vec<RawSentence> {
    sentences_with_cuts(text, &[])
}

/// As [`sentences`]; each span of `cuts` (a headline, a dateline) is kept apart from the text around it.
pub fn sentences_with_cuts(text: &str, cuts: &[Span]) -> Vec<RawSentence> {
    let mut out = Vec::new();
    let mut tokens = Vec::new();
    for block in layout::blocks(text) {
        let mut opens = block.opens_paragraph;
        for piece in divide(text, block.range, cuts) {
            tokens.clear();
            scan::tokens(text, piece, &mut tokens);
            for tokens in sentence::split(text, &tokens) {
                if let Some(sentence) = build(text, &tokens, opens) {
                    out.push(sentence);
                    opens = false;
                }
            }
        }
    }
    out
}

/// Cuts a block at the ends of those spans of `cuts` that touch it.
fn divide(text: &str, block: Range<usize>, cuts: &[Span]) -> Vec<Range<usize>> {
    let mut at: Vec<usize> = cuts
        .iter()
        .flat_map(|c| [c.start as usize, c.end as usize])
        .filter(|p| block.start < *p && *p < block.end && text.is_char_boundary(*p))
        .collect();
    at.push(block.end);
    at.sort_unstable();
    let mut start = block.start;
    at.into_iter().map(|end| std::mem::replace(&mut start, end)..end).filter(|r| !r.is_empty()).collect()
}

fn build(text: &str, tokens: &[Surface], opens_paragraph: bool) -> Option<RawSentence> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    let mut words = Vec::with_capacity(tokens.len() + 4);
    for token in tokens {
        let cuts = expand::parts(token.of(text));
        let group = (!cuts.is_empty()).then(|| TokenRange::new(words.len(), words.len() + cuts.len() + 1));
        let mut start = token.start;
        for end in cuts.iter().map(|c| token.start + c).chain([token.end]) {
            words.push(Word { span: Span::new(start, end), multiword: group, form: None });
            start = end;
        }
    }
    Some(RawSentence { span: Span::new(first.start, last.end), words, opens_paragraph })
}

#[cfg(test)]
mod tests;

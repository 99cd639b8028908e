//! Windows of text for what reaches over sentences: whole sentences of one paragraph, as many as fit.

use record::{Doc, TokenRange};

/// Most words of a window that has more than one sentence.
const MOST_WORDS: u32 = 128;

/// The windows of a document, in order; every word is in exactly one.
pub fn windows(doc: &Doc) -> Vec<TokenRange> {
    let mut all: Vec<TokenRange> = Vec::new();
    for sentence in &doc.sentences {
        let tokens = sentence.tokens;
        match all.last_mut() {
            Some(last) if !sentence.opens_paragraph && tokens.end - last.start <= MOST_WORDS => {
                last.end = tokens.end;
            }
            _ => all.push(tokens),
        }
    }
    all
}

//! Words into wordpieces, exactly as the uncased BERT tokeniser of the pretrained encoder does it.
//!
//! Normalisation: control characters out, accents stripped (canonical decomposition without marks), lower case; then splits at
//! punctuation and CJK characters; then greedy longest match. Devlin et al. (2019), "BERT", reference tokeniser.

use crate::Error;
use std::collections::HashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

const LONGEST: usize = 100;

/// The vocabulary.
pub(crate) struct Wordpieces {
    ids: HashMap<&'static str, u32>,
    continued: HashMap<&'static str, u32>,
    pub cls: u32,
    pub sep: u32,
    unknown: u32,
    per_word: usize,
}

impl Wordpieces {
    pub fn new(vocabulary: &'static str, per_word: usize) -> Result<Self, Error> {
        let mut ids = HashMap::with_capacity(32_000);
        let mut continued = HashMap::with_capacity(8_000);
        for (id, piece) in vocabulary.lines().enumerate() {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continued.insert(rest, id as u32),
                _ => ids.insert(piece, id as u32),
            };
        }
        let special = |name: &str| {
            ids.get(name).copied().ok_or_else(|| Error::Weights(format!("vocabulary has no {name}")))
        };
        let (cls, sep, unknown) = (special("[CLS]")?, special("[SEP]")?, special("[UNK]")?);
        Ok(Self { ids, continued, cls, sep, unknown, per_word })
    }

    /// Appends the pieces of `word` to `out`: at least one, at most the model's number per word.
    pub fn word(&self, word: &str, out: &mut Vec<u32>) {
        let before = out.len();
        // A word of plain lower-case letters is usually in the vocabulary as it stands.
        if let Some(id) = self.ids.get(word).filter(|_| word.bytes().all(|b| b.is_ascii_lowercase())) {
            out.push(*id);
            return;
        }
        let mut run = String::new();
        for c in word
            .chars()
            .take(4 * LONGEST)
            .flat_map(clean)
            .nfd()
            .filter(|c| !is_mark(*c))
            .flat_map(char::to_lowercase)
        {
            let alone = is_punctuation(c) || is_cjk(c);
            if alone || c.is_whitespace() {
                self.greedy(&run, out);
                run.clear();
                if alone {
                    self.greedy(c.encode_utf8(&mut [0; 4]), out);
                }
            } else {
                run.push(c);
            }
            if out.len() - before >= self.per_word {
                break;
            }
        }
        self.greedy(&run, out);
        out.truncate(before + self.per_word);
        if out.len() == before {
            out.push(self.unknown);
        }
    }

    fn greedy(&self, run: &str, out: &mut Vec<u32>) {
        if run.is_empty() {
            return;
        }
        if run.chars().count() > LONGEST {
            out.push(self.unknown);
            return;
        }
        let (mut start, before) = (0, out.len());
        while start < run.len() {
            let table = if start == 0 { &self.ids } else { &self.continued };
            let mut end = run.len();
            let found = loop {
                match table.get(&run[start..end]) {
                    Some(id) => break Some(*id),
                    None => {
                        end = run[start..end].char_indices().next_back().map_or(start, |(i, _)| start + i)
                    }
                }
                if end == start {
                    break None;
                }
            };
            let Some(id) = found else {
                out.truncate(before);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            start = end;
        }
    }
}

/// Drops control and format characters.
fn clean(c: char) -> Option<char> {
    let format = matches!(c, '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}');
    let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    (!format && !control && c != '\u{fffd}').then_some(c)
}

/// Non-spacing marks; spacing marks of Indic scripts stay, as in the reference.
fn is_mark(c: char) -> bool {
    is_combining_mark(c)
        && !matches!(c, '\u{903}' | '\u{93b}' | '\u{93e}'..='\u{940}' | '\u{949}'..='\u{94c}')
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{37e}' | '\u{387}'
            | '\u{55a}'..='\u{55f}' | '\u{589}' | '\u{58a}' | '\u{5be}' | '\u{5c0}' | '\u{5c3}' | '\u{60c}' | '\u{60d}'
            | '\u{61b}' | '\u{61e}' | '\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{964}' | '\u{965}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}'
            | '\u{207d}' | '\u{207e}' | '\u{2308}'..='\u{230b}' | '\u{2329}' | '\u{232a}' | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{3030}' | '\u{30fb}' | '\u{ff01}'..='\u{ff03}'
            | '\u{ff05}'..='\u{ff0a}' | '\u{ff0c}'..='\u{ff0f}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}' | '\u{ff20}'
            | '\u{ff3b}'..='\u{ff3d}' | '\u{ff3f}' | '\u{ff5b}' | '\u{ff5d}' | '\u{ff5f}'..='\u{ff65}')
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2b73f}'
        | '\u{2b740}'..='\u{2b81f}' | '\u{2b820}'..='\u{2ceaf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

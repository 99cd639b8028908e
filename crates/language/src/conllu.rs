//! CoNLL-U, the treebanks' format: [`read`] takes sentences and words as given, [`write()`] prints a [`Doc`].
//!
//! Chains are printed as CorefUD has them (`Entity=(e1)`; `# global.Entity = eid`). Multiword tokens keep their range lines and `SpaceAfter=No` follows the text. Out of scope: enhanced dependencies and
//! language-specific tags, which the engine does not produce; empty nodes are read over.
//! Format: <https://universaldependencies.org/format.html>.

use crate::Error;
use crate::tokenise::{RawSentence, Word};
use record::{Article, Doc, Span, TokenId, TokenRange};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Sentences and words read from CoNLL-U.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Its text is put together from the words and `SpaceAfter=No`, one sentence a line.
    pub article: Article,
    /// The sentences in order.
    pub sentences: Vec<RawSentence>,
    /// The comment lines of each sentence, as they stand.
    pub comments: Vec<Vec<String>>,
}

/// Reads sentences and words; tags, heads and relations are ignored.
///
/// # Errors
/// Names the line that is not CoNLL-U.
pub fn read(text: &str) -> Result<Input, Error> {
    let mut input = Input::default();
    let mut comments = Vec::new();
    let mut current: Option<Reading> = None;
    for (number, line) in text.lines().chain([""]).enumerate() {
        let line = line.trim_start_matches('\u{feff}').trim_end_matches('\r');
        if line.trim().is_empty() {
            if let Some(sentence) = current.take() {
                sentence.finish(&mut input, std::mem::take(&mut comments));
            }
        } else if line.starts_with('#') {
            comments.push(line.to_owned());
        } else {
            let reading = current.get_or_insert_with(|| Reading::new(&mut input.article.text));
            reading
                .line(&mut input.article.text, line)
                .map_err(|what| Error::Conllu { line: number + 1, what })?;
        }
    }
    Ok(input)
}

/// A sentence being read.
struct Reading {
    start: usize,
    words: Vec<Word>,
    /// The open multiword token: first word, number of its last word, its span.
    group: Option<(usize, usize, Span)>,
    space: bool,
}

impl Reading {
    fn new(text: &mut String) -> Self {
        if !text.is_empty() {
            text.push('\n');
        }
        Self { start: text.len(), words: Vec::new(), group: None, space: false }
    }

    fn line(&mut self, text: &mut String, line: &str) -> Result<(), String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[id, form, .., misc] = columns.as_slice() else {
            return Err("ten columns separated by tabs are expected".into());
        };
        if columns.len() != 10 {
            return Err(format!("{} columns where ten are expected", columns.len()));
        }
        if id.contains('.') {
            return Ok(());
        }
        let form = form.trim();
        if form.is_empty() {
            return Err("the form is empty".into());
        }
        let space_after = !misc.split('|').any(|m| m == "SpaceAfter=No");
        if let Some((first, last)) = id.split_once('-') {
            let (first, last) = (first.parse::<usize>(), last.parse::<usize>());
            let (Ok(first), Ok(last)) = (first, last) else {
                return Err(format!("`{id}` is not a range of words"));
            };
            if first != self.words.len() + 1 || last < first {
                return Err(format!("range `{id}` does not start at the next word"));
            }
            let span = self.append(text, form, space_after);
            self.group = Some((first - 1, last, span));
            return Ok(());
        }
        if id.parse() != Ok(self.words.len() + 1) {
            return Err(format!("word number `{id}` where {} is expected", self.words.len() + 1));
        }
        match self.group {
            Some((first, last, span)) => {
                let multiword = Some(TokenRange::new(first, last));
                self.words.push(Word { span, multiword, form: Some(form.to_owned()) });
                if self.words.len() == last {
                    self.divide(text, first, span);
                    self.group = None;
                }
            }
            None => {
                let span = self.append(text, form, space_after);
                self.words.push(Word { span, multiword: None, form: None });
            }
        }
        Ok(())
    }

    /// Gives the words of a multiword token their own parts of its span where their forms spell it, and all of it otherwise.
    fn divide(&mut self, text: &str, first: usize, span: Span) {
        let words = &mut self.words[first..];
        let spelled: String = words.iter().filter_map(|w| w.form.as_deref()).collect();
        if spelled == span.of(text) {
            let mut start = span.start;
            for word in words {
                let length = word.form.take().map_or(0, |f| f.len() as u32);
                word.span = Span { start, end: start + length };
                start += length;
            }
        }
    }

    fn append(&mut self, text: &mut String, form: &str, space_after: bool) -> Span {
        if self.space {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(form);
        self.space = space_after;
        Span::new(start, text.len())
    }

    fn finish(self, input: &mut Input, comments: Vec<String>) {
        let opens_paragraph = comments.iter().any(|c| c.starts_with("# newpar") || c.starts_with("# newdoc"));
        let span = Span::new(self.start, input.article.text.len());
        input.sentences.push(RawSentence { span, words: self.words, opens_paragraph });
        input.comments.push(comments);
    }
}

/// Prints `doc`. `misc` may add entries to a word's last column (`Actuality=actual`).
pub fn write(doc: &Doc, misc: impl Fn(TokenId) -> Option<String>) -> String {
    write_commented(doc, &[], misc)
}

/// As [`write()`], with the comment lines that [`read`] kept in place of generated ones.
pub fn write_commented(
    doc: &Doc,
    comments: &[Vec<String>],
    misc: impl Fn(TokenId) -> Option<String>,
) -> String {
    let text = &doc.article.text;
    let entities = entities(doc);
    let mut out = String::with_capacity(doc.tokens.len() * 48);
    for (index, sentence) in doc.sentences.iter().enumerate() {
        match comments.get(index) {
            Some(lines) => lines.iter().for_each(|l| {
                out.push_str(l);
                out.push('\n');
            }),
            None => heading(&mut out, doc, index),
        }
        for id in sentence.tokens.ids() {
            let token = doc.token(id);
            let number = id.0 - sentence.tokens.start + 1;
            let ends_here = token.multiword.is_none();
            if let Some(group) = token.multiword.filter(|g| g.start == id.0) {
                let last = group.end.saturating_sub(1);
                let span = doc.span_of(group);
                let glued = if is_glued(doc, span, group.end) { "SpaceAfter=No" } else { "_" };
                let last = last.saturating_sub(sentence.tokens.start) + 1;
                let _ =
                    writeln!(out, "{number}-{last}\t{}\t_\t_\t_\t_\t_\t_\t_\t{glued}", clean(span.of(text)));
            }
            let mut last = misc(id).unwrap_or_default();
            if let Some(entity) = entities.get(&id.0) {
                let bar = if last.is_empty() { "" } else { "|" };
                let _ = write!(last, "{bar}Entity={entity}");
            }
            if ends_here && is_glued(doc, token.span, id.0 + 1) {
                if !last.is_empty() {
                    last.push('|');
                }
                last.push_str("SpaceAfter=No");
            }
            let head = token.head.map_or(0, |h| h.0.saturating_sub(sentence.tokens.start) + 1);
            let _ = writeln!(
                out,
                "{number}\t{}\t{}\t{}\t_\t{}\t{head}\t{}\t_\t{}",
                clean(&token.form),
                clean(&token.lemma),
                token.upos.as_str(),
                or_blank(&token.feats.0),
                or_blank(&token.deprel),
                or_blank(&last),
            );
        }
        out.push('\n');
    }
    out
}

/// The brackets of the chains' phrases by token, as CorefUD has them (`(e1`, `(e2)`, `e1)`): outer ones open first and close last.
fn entities(doc: &Doc) -> BTreeMap<u32, String> {
    let mut phrases: Vec<(u32, u32, usize)> = doc
        .chains
        .iter()
        .enumerate()
        .flat_map(|(i, chain)| chain.mentions.iter().map(move |r| (r.tokens.start, r.tokens.end - 1, i + 1)))
        .collect();
    let mut out: BTreeMap<u32, String> = BTreeMap::new();
    phrases.sort_by_key(|(start, last, _)| (*start, std::cmp::Reverse(*last)));
    for (start, last, id) in &phrases {
        let close = if start == last { ")" } else { "" };
        let _ = write!(out.entry(*start).or_default(), "(e{id}{close}");
    }
    phrases.sort_by_key(|(start, last, _)| (*last, std::cmp::Reverse(*start)));
    for (_, last, id) in phrases.iter().filter(|(start, last, _)| start < last) {
        let _ = write!(out.entry(*last).or_default(), "e{id})");
    }
    out
}

fn heading(out: &mut String, doc: &Doc, index: usize) {
    let sentence = &doc.sentences[index];
    let name = if doc.article.id.is_empty() { "doc" } else { doc.article.id.as_str() };
    let name = clean(name);
    if index == 0 {
        let _ = writeln!(out, "# newdoc id = {name}");
        if !doc.chains.is_empty() {
            out.push_str("# global.Entity = eid\n");
        }
    }
    if sentence.opens_paragraph {
        out.push_str("# newpar\n");
    }
    let words: Vec<&str> = sentence.span.of(&doc.article.text).split_whitespace().collect();
    let _ = writeln!(out, "# sent_id = {name}-{}\n# text = {}", index + 1, words.join(" "));
}

/// Whether nothing stands between `span` and token `next`.
fn is_glued(doc: &Doc, span: Span, next: u32) -> bool {
    doc.tokens.get(next as usize).is_some_and(|t| t.span.start <= span.end)
}

fn or_blank(text: &str) -> &str {
    if text.is_empty() { "_" } else { text }
}

/// A form without what would break the columns.
fn clean(text: &str) -> String {
    if text.contains(|c: char| c.is_control()) {
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    } else {
        or_blank(text).to_owned()
    }
}

//! The order of the language stage: sentences and words, wordpieces, batches, encoder, heads, and the finished [`Doc`].

use crate::Error;
use crate::container::Container;
use crate::coreference::{self, Resolver};
use crate::dictionary::Dictionary;
use crate::encoder::{Encoder, Input, MAX_PIECES, Scratch};
use crate::heads::{self, Heads, Parsed};
use crate::tokenise::{self, RawSentence};
use crate::wordpiece::Wordpieces;
use crate::{judge, names, shape, statements};
use record::{Article, Doc, Features, Name, Sentence, Span, Token, TokenId, TokenRange};
use std::ops::Range;
use std::sync::Mutex;

/// Pieces per batch: enough rows to keep the matrix kernels busy, few enough for the inner layer to stay in the cache.
const BATCH_PIECES: usize = 384;

/// How often a sentence may be cut anew where the model sees further sentences in it.
const REFINEMENTS: usize = 3;

static WEIGHTS: &[u8] = include_bytes!("../../../models/legation-en.bin");

/// The language engine: weights and vocabulary, shared by any number of threads.
pub struct Engine {
    version: String,
    pieces: Wordpieces,
    encoder: Encoder,
    heads: Heads,
    dictionary: Dictionary,
    /// `None` only for weights that coreference is yet to be trained on.
    resolver: Option<Resolver>,
    judge: judge::Weights,
    statements: statements::Weights,
    spare: Mutex<Vec<Memory>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("version", &self.version).finish_non_exhaustive()
    }
}

/// Buffers of one running analysis.
#[derive(Default)]
struct Memory {
    encoder: Scratch,
    heads: heads::Scratch,
    words: Vec<f32>,
}

/// A stretch of one sentence that goes through the encoder in one piece.
struct Part {
    sentence: usize,
    /// Words within the sentence.
    words: Range<usize>,
    /// Whether it opens a sentence, or goes on with one that is too long for the encoder.
    opens: bool,
}

impl Engine {
    /// The engine with the weights that are part of the program.
    ///
    /// # Errors
    /// Only when the weights file in the source tree was damaged before the build.
    pub fn embedded() -> Result<Self, Error> {
        Self::from_bytes(WEIGHTS)
    }

    /// Name of the judge's weights with the start of their hash: `legation-judge-en-0123456789ab`.
    pub fn judge_version(&self) -> &str {
        self.judge.version()
    }

    /// Name of the weights that read statements: `legation-statements-en-0123456789ab`.
    pub fn statements_version(&self) -> &str {
        self.statements.version()
    }

    pub(crate) fn judge_weights(&self) -> &judge::Weights {
        &self.judge
    }

    pub(crate) fn statement_weights(&self) -> &statements::Weights {
        &self.statements
    }

    pub(crate) fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// An engine from the contents of a weights file written by `training/export.py`.
    ///
    /// # Errors
    /// When the bytes are not such a file.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, Error> {
        let file = Container::open(bytes)?;
        if file.header.pieces_per_word == 0 {
            return Err(Error::Weights("impossible dimensions".into()));
        }
        Ok(Self {
            judge: judge::Weights::embedded(&file.header.version)?,
            statements: statements::Weights::embedded(&file.header.version)?,
            dictionary: Dictionary::new(file.vocabulary()?),
            pieces: Wordpieces::new(file.vocabulary()?, file.header.pieces_per_word)?,
            encoder: Encoder::load(&file)?,
            heads: Heads::load(&file)?,
            resolver: match file.shape("coref.project.weight") {
                [] => None,
                _ => Some(Resolver::load(&file)?),
            },
            version: file.header.version,
            spare: Mutex::new(Vec::new()),
        })
    }

    /// Name of the weights with the start of their hash: `legation-en-0123456789ab`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Splits the article's text into sentences and words and analyses them. Never fails, whatever the text.
    ///
    /// A headline and a dateline that intake marked are sentences of their own.
    pub fn analyse(&self, article: Article) -> Doc {
        let dateline = article.dateline.as_ref().map(|d| d.span);
        let cuts: Vec<Span> = article.headline.into_iter().chain(dateline).collect();
        // What punctuation and layout show; where they show nothing, the model may find further sentences inside.
        let sentences = tokenise::sentences_with_cuts(&article.text, &cuts);
        self.run_all(article, sentences, true)
    }

    /// Cuts a text into sentences and words without analysing them: enough for a [`record::Judge`].
    pub fn cut(article: Article) -> Doc {
        let mut doc = Doc { article, ..Doc::default() };
        for raw in tokenise::sentences(&doc.article.text) {
            let start = doc.tokens.len();
            doc.tokens.extend(raw.words.iter().map(|word| Token {
                span: word.span,
                form: word.form(&doc.article.text).to_owned(),
                lemma: String::new(),
                upos: record::Upos::X,
                feats: Features::default(),
                head: None,
                deprel: String::new(),
                multiword: None,
            }));
            let tokens = TokenRange::new(start, doc.tokens.len());
            doc.sentences.push(Sentence { span: raw.span, tokens, opens_paragraph: raw.opens_paragraph });
        }
        doc
    }

    /// Analyses sentences whose words are given. The text of the result is the words joined by single spaces, one sentence a line.
    pub fn analyse_words(&self, sentences: Vec<Vec<String>>) -> Doc {
        let mut text = String::new();
        let mut split = Vec::new();
        for words in sentences.iter().filter(|w| w.iter().any(|w| !w.is_empty())) {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            let mut out = Vec::new();
            for word in words.iter().filter(|w| !w.is_empty()) {
                if !out.is_empty() {
                    text.push(' ');
                }
                out.push(tokenise::Word {
                    span: Span::new(text.len(), text.len() + word.len()),
                    multiword: None,
                    form: None,
                });
                text.push_str(word);
            }
            split.push(RawSentence {
                span: Span::new(start, text.len()),
                words: out,
                opens_paragraph: false,
            });
        }
        self.analyse_split(Article { text, ..Article::default() }, split)
    }

    /// What the training of coreference needs of an article, as JSON rows: see `training/coreference.py`. `split`: its sentences
    /// and words, where they are given. `gold` gives the annotated chain of a mention by its head and whether it is a coordination.
    #[doc(hidden)]
    pub fn coreference_rows(
        &self,
        article: Article,
        split: Option<Vec<RawSentence>>,
        gold: &dyn Fn(&Doc, TokenId, bool) -> Option<usize>,
    ) -> (Doc, Vec<serde_json::Value>) {
        let refine = split.is_none();
        let split = split.unwrap_or_else(|| tokenise::sentences(&article.text));
        let (doc, _) = self.read_all(article, split, refine);
        let rows = coreference::dump(&doc, &|head, group| gold(&doc, head, group));
        (doc, rows)
    }

    /// Analyses an article whose sentences and words are known already (CoNLL-U input).
    pub fn analyse_split(&self, article: Article, split: Vec<RawSentence>) -> Doc {
        self.run_all(article, split, false)
    }

    /// `refine`: whether the model may cut the sentences further.
    fn run_all(&self, article: Article, split: Vec<RawSentence>, refine: bool) -> Doc {
        let (mut doc, vectors) = self.read_all(article, split, refine);
        if let Some(resolver) = &self.resolver {
            doc.chains = resolver.resolve(&doc, &vectors);
        }
        doc
    }

    /// The document without its chains, and one row per token for them.
    fn read_all(&self, article: Article, split: Vec<RawSentence>, refine: bool) -> (Doc, Vec<f32>) {
        let split: Vec<RawSentence> = split.into_iter().filter(|s| !s.words.is_empty()).collect();
        let mut doc = Doc { article, ..Doc::default() };
        let mut vectors = Vec::new();
        let mut memory = self.spare.lock().ok().and_then(|mut s| s.pop()).unwrap_or_default();
        let mut pending: Vec<(Part, Input)> = Vec::new();
        let mut load = 0;
        let mut done: Vec<(Part, Parsed)> = Vec::new();
        let mut next = 0;
        for index in 0..split.len() {
            for (part, input) in
                self.parts(&doc.article.text, index, &split[index], 0..split[index].words.len())
            {
                if load + input.pieces.len() > BATCH_PIECES && !pending.is_empty() {
                    self.run(&doc.article.text, &split, refine, &mut pending, &mut memory, &mut done);
                    load = 0;
                }
                load += input.pieces.len();
                pending.push((part, input));
            }
            // What is finished is moved out at once, so that memory follows the batch and not the article.
            next = self.flush(
                &mut doc,
                &mut vectors,
                &split,
                next,
                &mut done,
                pending.first().map_or(index + 1, |(p, _)| p.sentence),
            );
        }
        self.run(&doc.article.text, &split, refine, &mut pending, &mut memory, &mut done);
        self.flush(&mut doc, &mut vectors, &split, next, &mut done, split.len());
        if let Ok(mut spare) = self.spare.lock() {
            spare.push(memory);
        }
        (doc, vectors)
    }

    /// The encoder's inputs for a range of words of one sentence: usually one, several where it is very long.
    fn parts(
        &self,
        text: &str,
        sentence: usize,
        raw: &RawSentence,
        range: Range<usize>,
    ) -> Vec<(Part, Input)> {
        let forms: Vec<&str> = raw.words[range.clone()].iter().map(|word| word.form(text)).collect();
        let inputs = self.inputs_of(&forms).into_iter();
        let part = |(words, input): (Range<usize>, Input)| {
            let opens = words.start == 0;
            (Part { sentence, words: range.start + words.start..range.start + words.end, opens }, input)
        };
        inputs.map(part).collect()
    }

    /// Words as the encoder takes them: usually in one piece, in several where they are very many.
    pub(crate) fn inputs_of(&self, forms: &[&str]) -> Vec<(Range<usize>, Input)> {
        let mut out = Vec::new();
        let mut start = 0;
        let mut input = self.open();
        let mut word = 0;
        // The word after which a cut is good.
        let mut good: Option<usize> = None;
        while let Some(form) = forms.get(word) {
            let before = input.pieces.len();
            self.pieces.word(form, &mut input.pieces);
            let length = input.pieces.len() - before;
            if input.pieces.len() + 1 > MAX_PIECES && word > start {
                input.pieces.truncate(before);
                let cut = good.filter(|g| *g > start + (word - start) / 3).unwrap_or(word);
                let dropped: usize = input.lengths.drain(cut - start..).map(usize::from).sum();
                input.pieces.truncate(input.pieces.len() - dropped);
                input.shapes.truncate(input.pieces.len());
                self.close(&mut input);
                out.push((start..cut, std::mem::replace(&mut input, self.open())));
                (start, word, good) = (cut, cut, None);
                continue;
            }
            input.lengths.push(length as u16);
            input.shapes.resize(input.pieces.len(), shape::of(form));
            word += 1;
            if matches!(*form, "," | ";" | ":" | "." | "!" | "?" | "—" | "–" | "--" | "…") {
                good = Some(word);
            }
        }
        self.close(&mut input);
        out.push((start..forms.len(), input));
        out
    }

    fn open(&self) -> Input {
        Input { pieces: vec![self.pieces.cls], shapes: vec![shape::SPECIAL], lengths: Vec::new() }
    }

    fn close(&self, input: &mut Input) {
        input.pieces.push(self.pieces.sep);
        input.shapes.push(shape::SPECIAL);
    }

    /// Runs the waiting batch; with `refine`, sentences in which the model sees further ones are cut there and read again.
    fn run(
        &self,
        text: &str,
        split: &[RawSentence],
        refine: bool,
        pending: &mut Vec<(Part, Input)>,
        memory: &mut Memory,
        done: &mut Vec<(Part, Parsed)>,
    ) {
        let rounds = if refine { REFINEMENTS } else { 0 };
        done.extend(self.settle(text, split, std::mem::take(pending), rounds, memory));
    }

    /// The parts of a batch as analysed, after at most `rounds` rounds of cutting.
    fn settle(
        &self,
        text: &str,
        split: &[RawSentence],
        batch: Vec<(Part, Input)>,
        rounds: usize,
        memory: &mut Memory,
    ) -> Vec<(Part, Parsed)> {
        let first = self.read(text, split, batch, memory);
        if rounds == 0 || first.iter().all(|(_, parsed)| parsed.starts.is_empty()) {
            return first;
        }
        let mut again = Vec::new();
        for (part, parsed) in &first {
            let offset = part.words.start;
            let starts = parsed.starts.iter().map(|start| offset + start);
            let cuts: Vec<usize> =
                std::iter::once(offset).chain(starts).chain(std::iter::once(part.words.end)).collect();
            for pair in cuts.windows(2).filter(|_| !parsed.starts.is_empty()) {
                let mut pieces = self.parts(text, part.sentence, &split[part.sentence], pair[0]..pair[1]);
                if let Some((piece, _)) = pieces.first_mut() {
                    piece.opens = part.opens || pair[0] != offset;
                }
                again.extend(pieces);
            }
        }
        let mut again = self.settle(text, split, again, rounds - 1, memory).into_iter().peekable();
        let mut out = Vec::with_capacity(first.len());
        for (part, parsed) in first {
            if parsed.starts.is_empty() {
                out.push((part, parsed));
                continue;
            }
            let inside = |p: &Part| p.sentence == part.sentence && p.words.end <= part.words.end;
            while let Some(piece) = again.next_if(|(p, _)| inside(p)) {
                out.push(piece);
            }
        }
        out
    }

    /// Encoder and heads over one batch.
    fn read(
        &self,
        text: &str,
        split: &[RawSentence],
        batch: Vec<(Part, Input)>,
        memory: &mut Memory,
    ) -> Vec<(Part, Parsed)> {
        if batch.is_empty() {
            return Vec::new();
        }
        let (parts, inputs): (Vec<Part>, Vec<Input>) = batch.into_iter().unzip();
        let forms: Vec<Vec<&str>> = parts
            .iter()
            .map(|p| split[p.sentence].words[p.words.clone()].iter().map(|w| w.form(text)).collect())
            .collect();
        let forms: Vec<&[&str]> = forms.iter().map(Vec::as_slice).collect();
        self.encoder.encode(&inputs, &mut memory.encoder, &mut memory.words);
        let parsed = self.heads.read(&inputs, &forms, &memory.words, &mut memory.heads);
        parts.into_iter().zip(parsed).collect()
    }

    /// Adds the finished sentences `next..until` to the doc; returns the first that is not finished.
    fn flush(
        &self,
        doc: &mut Doc,
        vectors: &mut Vec<f32>,
        split: &[RawSentence],
        next: usize,
        done: &mut Vec<(Part, Parsed)>,
        until: usize,
    ) -> usize {
        let mut ready = done.drain(..done.partition_point(|(p, _)| p.sentence < until)).peekable();
        for (index, raw) in split.iter().enumerate().take(until).skip(next) {
            let base = doc.tokens.len();
            let mut opens_paragraph = raw.opens_paragraph;
            while let Some((part, parsed)) = ready.next_if(|(p, _)| p.sentence == index) {
                let mut words = part.words.clone();
                let start = doc.tokens.len();
                let mut scores = Vec::new();
                let mut root = None;
                vectors.extend_from_slice(&parsed.vectors);
                self.add(doc, raw, base, part.words, parsed, &mut root, &mut scores);
                while let Some((part, parsed)) = ready.next_if(|(p, _)| p.sentence == index && !p.opens) {
                    words.end = part.words.end;
                    vectors.extend_from_slice(&parsed.vectors);
                    self.add(doc, raw, base, part.words, parsed, &mut root, &mut scores);
                }
                self.names(doc, start, &scores);
                let whole = words == (0..raw.words.len());
                let tokens = TokenRange::new(start, doc.tokens.len());
                let span = if whole { raw.span } else { doc.span_of(tokens) };
                doc.sentences.push(Sentence { span, tokens, opens_paragraph });
                opens_paragraph = false;
            }
        }
        drop(ready);
        until.max(next)
    }

    /// Adds the words of one part of a sentence; `base` is the first token of its raw sentence.
    #[allow(clippy::too_many_arguments)]
    fn add(
        &self,
        doc: &mut Doc,
        raw: &RawSentence,
        base: usize,
        words: Range<usize>,
        parsed: Parsed,
        root: &mut Option<TokenId>,
        scores: &mut Vec<f32>,
    ) {
        let offset = base + words.start;
        let own = parsed.heads.iter().position(|h| *h == 0).map(|i| TokenId((offset + i) as u32));
        for (i, (word, lemma)) in raw.words[words].iter().zip(parsed.lemmas).enumerate() {
            let (head, deprel) = match (parsed.heads[i], *root) {
                (0, None) => (None, "root"),
                (0, Some(first)) => (Some(first), "parataxis"),
                (head, _) => {
                    (Some(TokenId((offset + head - 1) as u32)), self.heads.relation_text(parsed.relations[i]))
                }
            };
            let form = word.form(&doc.article.text).to_owned();
            let feats = Features(self.heads.feats_text(parsed.feats[i]).to_owned());
            let lemma = self.dictionary.settle(&form, parsed.upos[i], feats.has("Number", "Plur"), lemma);
            doc.tokens.push(Token {
                span: word.span,
                form,
                lemma,
                upos: parsed.upos[i],
                feats,
                head,
                deprel: deprel.to_owned(),
                multiword: word
                    .multiword
                    .map(|m| TokenRange { start: m.start + base as u32, end: m.end + base as u32 }),
            });
        }
        *root = root.or(own);
        scores.extend(parsed.names);
    }

    /// Adds the names of the sentence that starts at token `start`.
    fn names(&self, doc: &mut Doc, start: usize, scores: &[f32]) {
        for (kind, words) in names::decode(scores, &self.heads.tags) {
            let tokens = TokenRange::new(start + words.start, start + words.end);
            let span = doc.span_of(tokens);
            // One corpus teaches common nouns for groups (*allies*) as organisations; they are not names.
            if span.of(&doc.article.text).chars().any(char::is_uppercase) {
                doc.names.push(Name { kind, tokens, span });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Fixture {
        sentences: Vec<Expected>,
    }

    #[derive(serde::Deserialize)]
    struct Expected {
        words: Vec<String>,
        pieces: Vec<u32>,
        shapes: Vec<u8>,
        first_word: Vec<f32>,
    }

    #[test]
    fn pieces_shapes_and_vectors_are_those_of_training() {
        let fixture: Fixture =
            serde_json::from_str(include_str!("../tests/fixtures/parity.json")).expect("fixture");
        let engine = Engine::embedded().expect("weights");
        for expected in fixture.sentences {
            let text = expected.words.join(" ");
            let mut at = 0;
            let words = expected.words.iter().map(|w| {
                let span = Span::new(at, at + w.len());
                at += w.len() + 1;
                tokenise::Word { span, multiword: None, form: None }
            });
            let raw = RawSentence { span: Span::default(), words: words.collect(), opens_paragraph: false };
            let (_, input) = engine.parts(&text, 0, &raw, 0..raw.words.len()).remove(0);
            assert_eq!(input.pieces, expected.pieces, "{text}");
            assert_eq!(input.shapes, expected.shapes, "{text}");
            let mut vectors = Vec::new();
            engine.encoder.encode(&[input], &mut Scratch::default(), &mut vectors);
            let first = &vectors[vectors.len() / (expected.words.len() + 1)..];
            for (ours, theirs) in first.iter().zip(&expected.first_word) {
                assert!((ours - theirs).abs() < 6e-2, "{ours} and {theirs} in {text}");
            }
        }
    }
}

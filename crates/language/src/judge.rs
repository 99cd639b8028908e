//! The judge: what a source does to a target, and whether a predicate took place. Mirrors `training/judge.py`.
//!
//! It reads with the parser's word tables and layers of its own, once per sentence but for the last layer; that one reads the sentence
//! again for each pair, whose phrases it sees marked. The words to which a pair attends are taken for the act between the two.
//!
//! Out of scope: which phrases are parties, and what becomes of an opinion (crate `coding`).

use crate::Error;
use crate::container::Container;
use crate::encoder::{Input, Layers, Scratch};
use crate::engine::Engine;
use crate::kernel::{Linear, Rows, dot, gelu, softmax};
use record::{Doc, EventType, Factuality, Ground, Judge, Opinion, Study, TokenId, TokenRange};
use std::{cell::OnceCell, ops::Range};

static WEIGHTS: &[u8] = include_bytes!("../../../models/legation-judge-en.bin");

/// Number of event types.
const KINDS: usize = EventType::ALL.len();

/// The general head's say in a type, 0 to 1; the rest is that of the head which learned from the coded pairs alone. On those pairs (a
/// third held out) 0.4 costs half a point of root macro F1; on pairs of other kinds, never trained on, it gains one and a half.
const GENERAL: f32 = 0.4;

/// Pieces per batch, as in the engine.
const BATCH_PIECES: usize = 384;

/// The judge's weights.
pub(crate) struct Weights {
    layers: Layers,
    /// The last layer, which is told what is source and target of the pair it reads for.
    last: Layers,
    /// What is added to the pieces of the source, and to those of the target.
    marks: [Vec<f32>; 2],
    query: Linear,
    key: Linear,
    up: Linear,
    out: Linear,
    coded_up: Linear,
    coded_out: Linear,
    fact_up: Linear,
    fact_out: Linear,
    reason_up: Linear,
    reason_out: Linear,
    types_up: Linear,
    types_out: Linear,
    /// What the outputs of `reason_out` mean; the first is `real`.
    reasons: Vec<String>,
    width: usize,
    version: String,
}

impl Weights {
    /// The weights that are part of the program; they must have been trained over the word tables of `parser`.
    pub fn embedded(parser: &str) -> Result<Self, Error> {
        Self::from_bytes(WEIGHTS, parser)
    }

    fn from_bytes(bytes: &'static [u8], parser: &str) -> Result<Self, Error> {
        let file = Container::open(bytes)?;
        let over = file.header.over.as_deref().unwrap_or("nothing");
        if over != parser {
            return Err(Error::Weights(format!(
                "the judge was trained over {over}, the parser is {parser}; run training/judge.py again"
            )));
        }
        let types = EventType::ALL.iter().map(|kind| kind.as_str()).chain(["NONE"]);
        if !file.header.types.iter().map(String::as_str).eq(types) {
            return Err(Error::Weights("the judge's types are not those of the program".into()));
        }
        let h = file.header.hidden;
        let outputs = |name: &str| file.shape(&format!("{name}.weight")).get(1).copied().unwrap_or(0);
        let (up, fact) = (outputs("up"), outputs("fact_up"));
        let (reason, types) = (outputs("reason_up"), outputs("types_up"));
        if file.header.reasons.first().is_none_or(|first| first != "real") || file.header.reasons.len() < 2 {
            return Err(Error::Weights("the judge's reasons are missing".into()));
        }
        let linear = |name: &str, inputs: usize, outputs: usize| Linear::load(&file, name, inputs, outputs);
        let mut layers = Layers::load(&file)?;
        let last = layers.split_off(file.header.layers.saturating_sub(1));
        let mut marks = file.float("marks", &[2, h])?;
        let target = marks.split_off(h);
        Ok(Self {
            layers,
            last,
            marks: [marks, target],
            query: linear("query", 2 * h, h)?,
            key: linear("key", h, h)?,
            up: linear("up", 4 * h, up)?,
            out: linear("out", up, EventType::ALL.len() + 1)?,
            coded_up: linear("coded_up", 4 * h, up)?,
            coded_out: linear("coded_out", up, EventType::ALL.len() + 1)?,
            fact_up: linear("fact_up", h, fact)?,
            fact_out: linear("fact_out", fact, 3)?,
            reason_up: linear("reason_up", 2 * h, reason)?,
            reason_out: linear("reason_out", reason, file.header.reasons.len())?,
            types_up: linear("types_up", 2 * h, types)?,
            types_out: linear("types_out", types, KINDS)?,
            reasons: file.header.reasons.clone(),
            width: h,
            version: file.header.version.clone(),
        })
    }

    pub fn version(&self) -> &str {
        &self.version
    }
}

/// A stretch as it was read: its tokens, the rows of its words behind the row of `[CLS]`, and the rows of its pieces.
struct Part {
    tokens: TokenRange,
    input: Input,
    row: usize,
    piece: usize,
}

struct Read<'e> {
    weights: &'e Weights,
    parts: Vec<Part>,
    /// One row for `[CLS]` and each word of each part, read without marks; made when first asked for.
    rows: OnceCell<Vec<f32>>,
    /// One row for each piece of each part, as it stands under the last layer.
    pieces: Vec<f32>,
}

impl Judge for Engine {
    fn reports(&self, doc: &Doc) -> Vec<record::Report> {
        self.statements(doc)
    }

    fn study<'a>(&'a self, doc: &'a Doc, stretches: &[TokenRange]) -> Box<dyn Study + 'a> {
        let weights = self.judge_weights();
        let mut scratch = Scratch::default();
        let mut read = Read { weights, parts: Vec::new(), rows: OnceCell::new(), pieces: Vec::new() };
        let mut batch: Vec<Input> = Vec::new();
        let (mut load, mut row, mut piece) = (0, 0, 0);
        let mut flush = |batch: &mut Vec<Input>, read: &mut Read<'_>| {
            let mut pieces = Vec::new();
            self.encoder().pieces_with(&weights.layers, batch, &mut scratch, &mut pieces);
            read.pieces.extend_from_slice(&pieces);
            let first = read.parts.len() - batch.len();
            read.parts[first..].iter_mut().zip(batch.drain(..)).for_each(|(part, input)| part.input = input);
        };
        for stretch in stretches {
            let forms: Vec<&str> = stretch.ids().map(|id| doc.token(id).form.as_str()).collect();
            for (Range { start, end }, input) in self.inputs_of(&forms) {
                let pieces = input.pieces.len();
                if load + pieces > BATCH_PIECES && !batch.is_empty() {
                    flush(&mut batch, &mut read);
                    load = 0;
                }
                let tokens =
                    TokenRange { start: stretch.start + start as u32, end: stretch.start + end as u32 };
                read.parts.push(Part { tokens, input: Input::default(), row, piece });
                load += pieces;
                row += 1 + tokens.len();
                piece += pieces;
                batch.push(input);
            }
        }
        if !batch.is_empty() {
            flush(&mut batch, &mut read);
        }
        Box::new(read)
    }
}

/// How many of the first parts fill a batch; at least one.
fn batch_of<T>(parts: &[T], part: impl Fn(&T) -> &Part) -> usize {
    let mut load = 0;
    let fits = |one: &&T| {
        load += part(one).input.pieces.len();
        load <= BATCH_PIECES
    };
    parts.iter().take_while(fits).count().max(1)
}

/// One row for `[CLS]` and each word of `tokens`.
#[derive(Clone, Copy)]
struct Words<'r> {
    tokens: TokenRange,
    rows: &'r [f32],
    width: usize,
}

impl<'r> Words<'r> {
    fn row(self, row: usize) -> &'r [f32] {
        &self.rows[row * self.width..(row + 1) * self.width]
    }

    fn row_of(self, word: TokenId) -> &'r [f32] {
        self.row(1 + (word.0 - self.tokens.start) as usize)
    }

    /// Appends the mean of the words' rows.
    fn mean(self, tokens: TokenRange, out: &mut Vec<f32>) {
        let start = out.len();
        out.resize(start + self.width, 0.0);
        for id in tokens.ids() {
            out[start..].iter_mut().zip(self.row_of(id)).for_each(|(o, v)| *o += v);
        }
        let scale = 1.0 / tokens.len().max(1) as f32;
        out[start..].iter_mut().for_each(|o| *o *= scale);
    }
}

impl Read<'_> {
    fn part_of(&self, tokens: TokenRange) -> Option<&Part> {
        let inside = |part: &&Part| part.tokens.start <= tokens.start && tokens.end <= part.tokens.end;
        self.parts.iter().find(inside)
    }

    fn words(&self, part: &Part) -> Words<'_> {
        let width = self.weights.width;
        let rows = &self.rows.get_or_init(|| self.unmarked())
            [part.row * width..(part.row + 1 + part.tokens.len()) * width];
        Words { tokens: part.tokens, rows, width }
    }

    /// Reads all stretches through the last layer, without marks.
    fn unmarked(&self) -> Vec<f32> {
        let width = self.weights.width;
        let (mut scratch, mut words, mut rows) = (Scratch::default(), Vec::new(), Vec::new());
        let mut rest = self.parts.as_slice();
        while !rest.is_empty() {
            let (batch, later) = rest.split_at(batch_of(rest, |part| part));
            rest = later;
            let inputs: Vec<&Input> = batch.iter().map(|part| &part.input).collect();
            let pieces: usize = inputs.iter().map(|input| input.pieces.len()).sum();
            let from = batch[0].piece * width;
            self.weights.last.finish(
                &inputs,
                &self.pieces[from..from + pieces * width],
                &mut scratch,
                &mut words,
            );
            rows.extend_from_slice(&words);
        }
        rows
    }

    /// Reads stretches once more through the last layer, each with the marks of a pair; appends the rows of their words.
    fn marked(&self, pairs: &[(&Part, (TokenRange, TokenRange))], scratch: &mut Scratch, out: &mut Vec<f32>) {
        let width = self.weights.width;
        let inputs: Vec<&Input> = pairs.iter().map(|(part, _)| &part.input).collect();
        let mut pieces = Vec::new();
        for (part, (source, target)) in pairs {
            let from = pieces.len();
            let count = part.input.pieces.len();
            pieces.extend_from_slice(&self.pieces[part.piece * width..(part.piece + count) * width]);
            let mut rows = pieces[from..].chunks_exact_mut(width).skip(1);
            for (word, length) in part.tokens.ids().zip(&part.input.lengths) {
                for row in rows.by_ref().take(usize::from(*length)) {
                    for (side, mark) in [source, target].into_iter().zip(&self.weights.marks) {
                        if side.contains(word) {
                            row.iter_mut().zip(mark).for_each(|(r, m)| *r += m);
                        }
                    }
                }
            }
        }
        self.weights.last.finish(&inputs, &pieces, scratch, out);
    }
}

impl Study for Read<'_> {
    fn pairs(&self, pairs: &[(TokenRange, TokenRange)]) -> Vec<Option<Opinion>> {
        let (weights, width) = (self.weights, self.weights.width);
        let place = |(source, target): &(TokenRange, TokenRange)| {
            let part = self.part_of(if source.is_empty() { *target } else { *source })?;
            let both = part.tokens.start <= target.start && target.end <= part.tokens.end;
            (both && !(source.is_empty() && target.is_empty())).then_some(part)
        };
        let parts: Vec<Option<&Part>> = pairs.iter().map(place).collect();
        let known: Vec<(&Part, (TokenRange, TokenRange))> =
            parts.iter().zip(pairs).filter_map(|(part, pair)| part.map(|part| (part, *pair))).collect();
        let (mut features, mut acts) = (Vec::new(), Vec::new());
        let (mut scratch, mut rounded) = (Scratch::default(), Rows::default());
        let (mut rows, mut keys, mut sides, mut queries) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut rest = known.as_slice();
        while !rest.is_empty() {
            let (batch, later) = rest.split_at(batch_of(rest, |(part, _)| part));
            rest = later;
            self.marked(batch, &mut scratch, &mut rows);
            rounded.round(&rows, width);
            weights.key.apply(&mut rounded, &mut keys);
            let mut from = 0;
            let read = batch.iter().map(|(part, pair)| {
                let end = from + (1 + part.tokens.len()) * width;
                let words = Words { tokens: part.tokens, rows: &rows[from..end], width };
                (words, &keys[std::mem::replace(&mut from, end)..end], pair)
            });
            let read: Vec<_> = read.collect();
            sides.clear();
            for (words, _, (source, target)) in &read {
                words.mean(*source, &mut sides);
                words.mean(*target, &mut sides);
            }
            rounded.round(&sides, 2 * width);
            weights.query.apply(&mut rounded, &mut queries);
            for (((words, keys, _), query), side) in
                read.iter().zip(queries.chunks_exact(width)).zip(sides.chunks_exact(2 * width))
            {
                let mut look: Vec<f32> =
                    keys.chunks_exact(width).map(|key| dot(key, query) / (width as f32).sqrt()).collect();
                softmax(&mut look);
                let most = (1..look.len()).max_by(|a, b| look[*a].total_cmp(&look[*b]));
                acts.push(most.map(|at| TokenId(words.tokens.start + at as u32 - 1)));
                features.extend_from_slice(side);
                let start = features.len();
                features.resize(start + width, 0.0);
                for (at, share) in look.iter().enumerate() {
                    features[start..].iter_mut().zip(words.row(at)).for_each(|(f, v)| *f += share * v);
                }
                features.extend_from_slice(words.row(0));
            }
        }
        if features.is_empty() {
            return vec![None; pairs.len()];
        }
        rounded.round(&features, 4 * width);
        let mut general = answer(&mut rounded, &weights.up, &weights.out);
        let mut coded = answer(&mut rounded, &weights.coded_up, &weights.coded_out);
        let rows = general.chunks_exact_mut(KINDS + 1).zip(coded.chunks_exact_mut(KINDS + 1));
        let mut opinions = rows.zip(acts).map(|((general, coded), act)| {
            softmax(general);
            softmax(coded);
            pooled(general, coded, act)
        });
        parts.iter().map(|part| part.and_then(|_| opinions.next())).collect()
    }

    fn facts(&self, words: &[TokenId]) -> Vec<Option<Factuality>> {
        let weights = self.weights;
        let parts: Vec<Option<&Part>> =
            words.iter().map(|word| self.part_of(TokenRange { start: word.0, end: word.0 + 1 })).collect();
        let mut rows = Vec::new();
        for (part, word) in parts.iter().zip(words) {
            if let Some(part) = part {
                rows.extend_from_slice(self.words(part).row_of(*word));
            }
        }
        if rows.is_empty() {
            return vec![None; words.len()];
        }
        let mut rounded = Rows::default();
        rounded.round(&rows, weights.width);
        let mut scores = answer(&mut rounded, &weights.fact_up, &weights.fact_out);
        let mut facts = scores.chunks_exact_mut(3).map(|scores| {
            softmax(scores);
            Factuality { happened: scores[0], not: scores[1], open: scores[2] }
        });
        parts.iter().map(|part| part.and_then(|_| facts.next())).collect()
    }

    fn grounds(&self, acts: &[TokenRange]) -> Vec<Option<Ground>> {
        let weights = self.weights;
        let parts: Vec<Option<&Part>> = acts.iter().map(|act| self.part_of(*act)).collect();
        let mut rows = Vec::new();
        for (part, act) in parts.iter().zip(acts) {
            if let Some(part) = part {
                let words = self.words(part);
                words.mean(*act, &mut rows);
                rows.extend_from_slice(words.row(0));
            }
        }
        if rows.is_empty() {
            return vec![None; acts.len()];
        }
        let mut rounded = Rows::default();
        rounded.round(&rows, 2 * weights.width);
        let mut scores = answer(&mut rounded, &weights.reason_up, &weights.reason_out);
        let told = answer(&mut rounded, &weights.types_up, &weights.types_out);
        let rows = scores.chunks_exact_mut(weights.reasons.len()).zip(told.chunks_exact(KINDS));
        let mut grounds = rows.map(|(scores, told)| {
            softmax(scores);
            let best = (1..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(1);
            let mut types = [0.0; KINDS];
            types.iter_mut().zip(told).for_each(|(p, score)| *p = 1.0 / (1.0 + (-score).exp()));
            Ground { real: scores[0], reason: weights.reasons[best].clone(), share: scores[best], types }
        });
        parts.iter().map(|part| part.and_then(|_| grounds.next())).collect()
    }
}

/// Rows through one hidden layer to their scores.
pub(crate) fn answer(rows: &mut Rows, up: &Linear, out: &Linear) -> Vec<f32> {
    let (mut inner, mut scores, mut narrow) = (Vec::new(), Vec::new(), Rows::default());
    up.apply(rows, &mut inner);
    inner.iter_mut().for_each(|v| *v = gelu(*v));
    narrow.round(&inner, up.outputs);
    out.apply(&mut narrow, &mut scores);
    scores
}

/// One opinion out of two, probabilities both. The coders knew that there was an act; whether there is one, the general head says. The
/// types are pooled as logarithms.
fn pooled(general: &[f32], coded: &[f32], act: Option<TokenId>) -> Opinion {
    let none = general[KINDS];
    let mut types = [0.0; KINDS];
    for (pooled, (general, coded)) in types.iter_mut().zip(general.iter().zip(coded)) {
        *pooled = general.powf(GENERAL) * coded.powf(1.0 - GENERAL);
    }
    let total: f32 = types.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    types.iter_mut().for_each(|share| *share *= (1.0 - none) / total);
    Opinion { types, none, act }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Fixture {
        version: String,
        sentences: Vec<Expected>,
    }

    #[derive(serde::Deserialize)]
    struct Expected {
        marked: String,
        words: Vec<String>,
        source: Vec<u32>,
        target: Vec<u32>,
        general: Vec<f32>,
        coded: Vec<f32>,
        predicate: Option<u32>,
        facts: Option<[f32; 3]>,
        reasons: Option<Vec<f32>>,
        types: Option<[f32; KINDS]>,
    }

    /// Rows are numbered from 1, behind `[CLS]`.
    fn range(rows: &[u32]) -> TokenRange {
        TokenRange { start: rows[0] - 1, end: rows[rows.len() - 1] }
    }

    #[test]
    fn opinions_are_those_of_training() {
        let fixture: Fixture =
            serde_json::from_str(include_str!("../tests/fixtures/judge.json")).expect("fixture");
        let engine = Engine::embedded().expect("weights");
        assert_eq!(engine.judge_version(), fixture.version);
        let near = |ours: f32, theirs: f32| (ours - theirs).abs() < 0.03;
        for expected in fixture.sentences {
            let count = expected.words.len() as u32;
            let doc = engine.analyse_words(vec![expected.words]);
            let study = engine.study(&doc, &[TokenRange { start: 0, end: count }]);
            let opinion = study.pairs(&[(range(&expected.source), range(&expected.target))]).remove(0);
            let opinion = opinion.expect("an opinion");
            assert!(near(opinion.none, expected.general[KINDS]), "{}: {opinion:?}", expected.marked);
            let pooled = pooled(&expected.general, &expected.coded, None);
            for (ours, theirs) in opinion.types.iter().zip(pooled.types) {
                assert!(near(*ours, theirs), "{}: {opinion:?}", expected.marked);
            }
            let Some(at) = expected.predicate else { continue };
            let fact = study.facts(&[TokenId(at)]).remove(0).expect("an opinion");
            let facts = expected.facts.expect("facts");
            assert!(
                near(fact.happened, facts[0]) && near(fact.not, facts[1]),
                "{}: {fact:?}",
                expected.marked
            );
            let ground =
                study.grounds(&[TokenRange { start: at, end: at + 1 }]).remove(0).expect("an opinion");
            assert!(
                near(ground.real, expected.reasons.expect("reasons")[0]),
                "{}: {ground:?}",
                expected.marked
            );
            for (ours, theirs) in ground.types.iter().zip(expected.types.expect("types")) {
                assert!(near(*ours, theirs), "{}: {ground:?}", expected.marked);
            }
        }
    }

    #[test]
    fn what_was_not_read_has_no_opinion() {
        let engine = Engine::embedded().expect("weights");
        let words = |text: &str| text.split(' ').map(str::to_owned).collect();
        let doc = engine.analyse_words(vec![words("Chad met Niger ."), words("Mali left .")]);
        let one = |at: u32| TokenRange { start: at, end: at + 1 };
        let study = engine.study(&doc, &[doc.sentences[0].tokens]);
        let pairs = study.pairs(&[(one(0), one(2)), (one(0), one(4))]);
        assert!(pairs[0].is_some() && pairs[1].is_none());
        assert!(study.facts(&[TokenId(5)])[0].is_none() && study.grounds(&[one(5)])[0].is_none());
        assert!(engine.study(&doc, &[]).pairs(&[(one(0), one(2))])[0].is_none());
    }
}

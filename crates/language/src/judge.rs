//! The judge: what a source does to a target, and whether a predicate took place. Mirrors `training/judge.py`.
//!
//! It reads with the parser's word tables and layers of its own, once per sentence; each pair of phrases then costs a small
//! network only. The words to which a pair attends are taken for the act between the two.
//!
//! Out of scope: which phrases are parties, and what becomes of an opinion (crate `coding`).

use crate::Error;
use crate::container::Container;
use crate::encoder::{Input, Layers, Scratch};
use crate::engine::Engine;
use crate::kernel::{Linear, Rows, dot, gelu, softmax};
use record::{Doc, EventType, Factuality, Ground, Judge, Opinion, Study, TokenId, TokenRange};
use std::ops::Range;

static WEIGHTS: &[u8] = include_bytes!("../../../models/legation-judge-en.bin");

/// Number of event types.
const KINDS: usize = EventType::ALL.len();

/// Pieces per batch, as in the engine.
const BATCH_PIECES: usize = 384;

/// The judge's weights.
pub(crate) struct Weights {
    layers: Layers,
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
        let (up, fact, reason) = (outputs("up"), outputs("fact_up"), outputs("reason_up"));
        if file.header.reasons.first().is_none_or(|first| first != "real") || file.header.reasons.len() < 2 {
            return Err(Error::Weights("the judge's reasons are missing".into()));
        }
        let linear = |name: &str, inputs: usize, outputs: usize| Linear::load(&file, name, inputs, outputs);
        Ok(Self {
            layers: Layers::load(&file)?,
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
            reasons: file.header.reasons.clone(),
            width: h,
            version: file.header.version.clone(),
        })
    }

    pub fn version(&self) -> &str {
        &self.version
    }
}

/// A stretch as it was read: its tokens, and the rows of its words behind the row of `[CLS]`.
struct Part {
    tokens: TokenRange,
    row: usize,
}

struct Read<'e> {
    weights: &'e Weights,
    parts: Vec<Part>,
    /// One row for `[CLS]` and each word of each part.
    rows: Vec<f32>,
    keys: Vec<f32>,
}

impl Judge for Engine {
    fn study<'a>(&'a self, doc: &'a Doc, stretches: &[TokenRange]) -> Box<dyn Study + 'a> {
        let weights = self.judge_weights();
        let mut scratch = Scratch::default();
        let mut read = Read { weights, parts: Vec::new(), rows: Vec::new(), keys: Vec::new() };
        let mut words = Vec::new();
        let mut batch: Vec<Input> = Vec::new();
        let mut load = 0;
        let mut row = 0;
        for stretch in stretches {
            let forms: Vec<&str> = stretch.ids().map(|id| doc.token(id).form.as_str()).collect();
            for (range, input) in self.inputs_of(&forms) {
                if load + input.pieces.len() > BATCH_PIECES && !batch.is_empty() {
                    self.encoder().encode_with(&weights.layers, &batch, &mut scratch, &mut words);
                    read.rows.extend_from_slice(&words);
                    batch.clear();
                    load = 0;
                }
                load += input.pieces.len();
                let Range { start, end } = range;
                let tokens =
                    TokenRange { start: stretch.start + start as u32, end: stretch.start + end as u32 };
                read.parts.push(Part { tokens, row });
                row += 1 + tokens.len();
                batch.push(input);
            }
        }
        if !batch.is_empty() {
            self.encoder().encode_with(&weights.layers, &batch, &mut scratch, &mut words);
            read.rows.extend_from_slice(&words);
        }
        if !read.rows.is_empty() {
            let mut rounded = Rows::default();
            rounded.round(&read.rows, weights.width);
            weights.key.apply(&mut rounded, &mut read.keys);
        }
        Box::new(read)
    }
}

impl Read<'_> {
    fn part_of(&self, tokens: TokenRange) -> Option<&Part> {
        let inside = |part: &&Part| part.tokens.start <= tokens.start && tokens.end <= part.tokens.end;
        self.parts.iter().find(inside)
    }

    fn row(&self, row: usize) -> &[f32] {
        &self.rows[row * self.weights.width..(row + 1) * self.weights.width]
    }

    /// Appends the mean of the words' rows.
    fn mean(&self, part: &Part, tokens: TokenRange, out: &mut Vec<f32>) {
        let start = out.len();
        out.resize(start + self.weights.width, 0.0);
        for id in tokens.ids() {
            let row = self.row(part.row + 1 + (id.0 - part.tokens.start) as usize);
            out[start..].iter_mut().zip(row).for_each(|(o, v)| *o += v);
        }
        let scale = 1.0 / tokens.len().max(1) as f32;
        out[start..].iter_mut().for_each(|o| *o *= scale);
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
        let mut sides = Vec::new();
        for (part, (source, target)) in parts.iter().zip(pairs) {
            if let Some(part) = part {
                self.mean(part, *source, &mut sides);
                self.mean(part, *target, &mut sides);
            }
        }
        if sides.is_empty() {
            return vec![None; pairs.len()];
        }
        let (mut rounded, mut queries) = (Rows::default(), Vec::new());
        rounded.round(&sides, 2 * width);
        weights.query.apply(&mut rounded, &mut queries);
        let mut features = Vec::with_capacity(2 * sides.len());
        let mut acts = Vec::new();
        let known = parts.iter().flatten();
        for ((part, query), side) in known.zip(queries.chunks_exact(width)).zip(sides.chunks_exact(2 * width))
        {
            let keys = self.keys[part.row * width..].chunks_exact(width).take(part.tokens.len() + 1);
            let mut look: Vec<f32> = keys.map(|key| dot(key, query) / (width as f32).sqrt()).collect();
            softmax(&mut look);
            let most = (1..look.len()).max_by(|a, b| look[*a].total_cmp(&look[*b]));
            acts.push(most.map(|at| TokenId(part.tokens.start + at as u32 - 1)));
            features.extend_from_slice(side);
            let start = features.len();
            features.resize(start + width, 0.0);
            for (at, share) in look.iter().enumerate() {
                let row = self.row(part.row + at);
                features[start..].iter_mut().zip(row).for_each(|(f, v)| *f += share * v);
            }
            features.extend_from_slice(self.row(part.row));
        }
        rounded.round(&features, 4 * width);
        let mut answer = |up: &Linear, out: &Linear| {
            let (mut inner, mut scores) = (Vec::new(), Vec::new());
            up.apply(&mut rounded, &mut inner);
            inner.iter_mut().for_each(|v| *v = gelu(*v));
            let mut narrow = Rows::default();
            narrow.round(&inner, up.outputs);
            out.apply(&mut narrow, &mut scores);
            scores
        };
        let mut general = answer(&weights.up, &weights.out);
        let mut coded = answer(&weights.coded_up, &weights.coded_out);
        let rows = general.chunks_exact_mut(KINDS + 1).zip(coded.chunks_exact_mut(KINDS + 1));
        let mut opinions = rows.zip(acts).map(|((general, coded), act)| {
            softmax(general);
            // The coders knew that there was an act; whether there is one, the general head says.
            softmax(&mut coded[..KINDS]);
            let none = general[KINDS];
            let mut types = [0.0; KINDS];
            types.iter_mut().zip(coded).for_each(|(t, p)| *t = *p * (1.0 - none));
            Opinion { types, none, act }
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
                rows.extend_from_slice(self.row(part.row + 1 + (word.0 - part.tokens.start) as usize));
            }
        }
        if rows.is_empty() {
            return vec![None; words.len()];
        }
        let (mut rounded, mut inner, mut scores) = (Rows::default(), Vec::new(), Vec::new());
        rounded.round(&rows, weights.width);
        weights.fact_up.apply(&mut rounded, &mut inner);
        inner.iter_mut().for_each(|v| *v = gelu(*v));
        rounded.round(&inner, weights.fact_up.outputs);
        weights.fact_out.apply(&mut rounded, &mut scores);
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
                self.mean(part, *act, &mut rows);
                rows.extend_from_slice(self.row(part.row));
            }
        }
        if rows.is_empty() {
            return vec![None; acts.len()];
        }
        let (mut rounded, mut inner, mut scores) = (Rows::default(), Vec::new(), Vec::new());
        rounded.round(&rows, 2 * weights.width);
        weights.reason_up.apply(&mut rounded, &mut inner);
        inner.iter_mut().for_each(|v| *v = gelu(*v));
        rounded.round(&inner, weights.reason_up.outputs);
        weights.reason_out.apply(&mut rounded, &mut scores);
        let mut grounds = scores.chunks_exact_mut(weights.reasons.len()).map(|scores| {
            softmax(scores);
            let best = (1..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(1);
            Ground { real: scores[0], reason: weights.reasons[best].clone(), share: scores[best] }
        });
        parts.iter().map(|part| part.and_then(|_| grounds.next())).collect()
    }
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
            let coded: f32 = expected.coded[..KINDS].iter().sum();
            for (ours, theirs) in opinion.types.iter().zip(&expected.coded) {
                assert!(
                    near(*ours, theirs / coded * (1.0 - opinion.none)),
                    "{}: {opinion:?}",
                    expected.marked
                );
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

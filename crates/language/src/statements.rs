//! Who says what, as a text shows it: the words of each statement's source, cue and content. Mirrors `training/attribution.py`.
//!
//! It reads windows of whole sentences ([`crate::windows`]) with the parser's word tables and six layers of its own. One head finds the
//! words that open a cue. For each of them two more layers read the window again from the fourth on, with a vector added to that word; the
//! words' roles are the likeliest sequence as a whole (a linear-chain conditional random field, Lafferty and others 2001, decoded after
//! Viterbi).
//!
//! Out of scope: chains, stances, who a source is (crate `coding`).

use crate::Error;
use crate::container::Container;
use crate::encoder::{Input, Layers, Scratch};
use crate::engine::Engine;
use crate::judge::answer;
use crate::kernel::{Linear, Rows, softmax};
use crate::windows::windows;
use record::{Doc, Report, Stance, TokenId, TokenRange, Upos};

static WEIGHTS: &[u8] = include_bytes!("../../../models/legation-statements-en.bin");

/// Roles of words in a statement: none, source, cue, content.
const ROLES: usize = 4;
const SOURCE: usize = 1;
const CUE: usize = 2;
const CONTENT: usize = 3;

/// Layers for the cues alone, and as many for the roles alone; those below serve both.
const ONE_PURPOSE: usize = 2;

/// From this probability on, a word may open a cue. Who reads the reports decides which to trust ([`record::Report::share`]).
const FOUND: f32 = 0.05;

/// From this probability on, what is said is read for statements of its own.
const SURE: f32 = 0.4;

/// Pieces per batch, as in the engine.
const BATCH_PIECES: usize = 384;

/// How deep statements are looked for inside what is said.
const INNER_LEVELS: usize = 2;

/// Fewer words than these hold no statement.
const LEAST_WORDS: u32 = 5;

/// What is said, as stretches of words that follow each other.
fn stretches_of(report: &Report) -> Vec<TokenRange> {
    let mut stretches: Vec<TokenRange> = Vec::new();
    for word in &report.content {
        match stretches.last_mut() {
            Some(last) if last.end == word.0 => last.end += 1,
            _ => stretches.push(TokenRange { start: word.0, end: word.0 + 1 }),
        }
    }
    stretches.retain(|stretch| stretch.end - stretch.start >= LEAST_WORDS);
    stretches
}

/// Gives a clause its subject back: *said the ministry had paid*, where *the ministry* was taken for the source or for nothing.
fn with_subject(doc: &Doc, report: &mut Report) {
    let Report { source, cue, content, .. } = report;
    let (Some(start), Some(last_cue)) = (content.first().copied(), cue.last().copied()) else { return };
    if start < last_cue || doc.sentence_of(start) != doc.sentence_of(last_cue) {
        return;
    }
    let subject = (last_cue.0 + 1..start.0).rev().take(MOST_SUBJECT).map(TokenId).find(|id| {
        let token = doc.token(*id);
        token.deprel.starts_with("nsubj") && token.head.is_some_and(|head| content.contains(&head))
    });
    let Some(subject) = subject else { return };
    let below = |id: TokenId| {
        std::iter::successors(Some(id), |at| doc.token(*at).head).take(MOST_SUBJECT).any(|at| at == subject)
    };
    let mut first = start.0;
    while first > last_cue.0 + 1 && below(TokenId(first - 1)) {
        first -= 1;
    }
    if first > subject.0 {
        return;
    }
    let words = first..start.0;
    source.retain(|id| !words.contains(&id.0));
    content.splice(0..0, words.map(TokenId));
}

/// Of a subject, and of who is quoted, no more words than these are looked at.
const MOST_SUBJECT: usize = 24;

/// *A quoted B as saying that …*: what is said begins behind the second verb.
fn behind_saying(doc: &Doc, report: &mut Report) {
    let Report { source, cue, content, .. } = report;
    let Some(first) = cue.first().copied() else { return };
    let sentence = doc.sentences[doc.sentence_of(first)].tokens;
    let says = |id: &TokenId| {
        let (word, before) = (doc.token(*id), doc.token(TokenId(id.0 - 1)));
        word.upos == Upos::Verb
            && word.form.ends_with("ing")
            && before.form.eq_ignore_ascii_case("as")
            && std::iter::successors(word.head, |at| doc.token(*at).head).take(2).any(|at| cue.contains(&at))
    };
    let near = (first.0 + 1..sentence.end).map(TokenId).take(MOST_SUBJECT);
    let Some(saying) = near.into_iter().find(says) else { return };
    let start = source.first().map_or(first, |source| first.min(*source));
    // *he was quoted as saying*: who is quoted is not what is said.
    let quoted = |id: TokenId| {
        std::iter::successors(Some(id), |at| doc.token(*at).head).take(MOST_SUBJECT).any(|at| {
            let token = doc.token(at);
            token.deprel.starts_with("nsubj") && token.head.is_some_and(|head| cue.contains(&head))
        })
    };
    content.retain(|id| (*id < start && !quoted(*id)) || *id > saying);
    if content.is_empty() {
        let mark = |id: &TokenId| doc.token(*id).upos == Upos::Punct;
        let end = sentence.ids().next_back().filter(mark).map_or(sentence.end, |last| last.0);
        content.extend((saying.0 + 1..end).map(TokenId));
        if content.is_empty() {
            let before = (sentence.start..start.0).map(TokenId);
            content.extend(before.filter(|id| !mark(id) || id.0 + 1 < start.0));
        }
    }
    if content.is_empty() {
        content.push(saying);
    }
}

/// The weights.
pub(crate) struct Weights {
    /// Read once for both purposes.
    shared: Layers,
    /// Read on for the cues.
    cues: Layers,
    /// Read on for the roles, once for each cue.
    roles: Layers,
    /// What is added to the pieces of the word that opens the cue.
    mark: Vec<f32>,
    cue_up: Linear,
    cue_out: Linear,
    role_up: Linear,
    role_out: Linear,
    stance_up: Linear,
    stance_out: Linear,
    /// Scores of going from one role (row) to another.
    paths: Vec<f32>,
    /// Scores of beginning with a role.
    first: Vec<f32>,
    width: usize,
    version: String,
}

impl Weights {
    /// The weights that are part of the program; they must have been trained over the word tables of `parser`.
    pub fn embedded(parser: &str) -> Result<Self, Error> {
        let file = Container::open(WEIGHTS)?;
        let over = file.header.over.as_deref().unwrap_or("nothing");
        if over != parser {
            return Err(Error::Weights(format!(
                "the reader of statements was trained over {over}, the parser is {parser}; run training/attribution.py again"
            )));
        }
        if !file
            .header
            .stances
            .iter()
            .map(String::as_str)
            .eq(Stance::ALL.iter().map(|stance| stance.as_str()))
        {
            return Err(Error::Weights(
                "the stances of the reader of statements are not those of the program".into(),
            ));
        }
        let h = file.header.hidden;
        let outputs = |name: &str| file.shape(&format!("{name}.weight")).get(1).copied().unwrap_or(0);
        let linear = |name: &str, inputs: usize, outputs: usize| Linear::load(&file, name, inputs, outputs);
        let mut shared = Layers::load(&file)?;
        let mut cues = shared.split_off(file.header.layers.saturating_sub(2 * ONE_PURPOSE));
        let roles = cues.split_off(ONE_PURPOSE);
        Ok(Self {
            shared,
            cues,
            roles,
            mark: file.float("mark", &[h])?,
            cue_up: linear("cue_up", h, outputs("cue_up"))?,
            cue_out: linear("cue_out", outputs("cue_up"), 1)?,
            role_up: linear("role_up", h, outputs("role_up"))?,
            role_out: linear("role_out", outputs("role_up"), ROLES)?,
            stance_up: linear("stance_up", 3 * h, outputs("stance_up"))?,
            stance_out: linear("stance_out", outputs("stance_up"), Stance::ALL.len())?,
            paths: file.float("paths", &[ROLES, ROLES])?,
            first: file.float("first", &[ROLES])?,
            width: h,
            version: file.header.version,
        })
    }

    pub fn version(&self) -> &str {
        &self.version
    }

    /// The likeliest roles of the words of one window, given each word's scores.
    fn decode(&self, scores: &[f32]) -> Vec<usize> {
        let mut words = scores.chunks_exact(ROLES);
        let Some(head) = words.next() else { return Vec::new() };
        let mut best: Vec<f32> = self.first.iter().zip(head).map(|(a, b)| a + b).collect();
        let mut back: Vec<[usize; ROLES]> = Vec::with_capacity(words.len());
        for word in words {
            let mut from = [0; ROLES];
            let next = (0..ROLES).map(|role| {
                let to = |before: usize| best[before] + self.paths[before * ROLES + role];
                let before = (0..ROLES).max_by(|a, b| to(*a).total_cmp(&to(*b))).unwrap_or(0);
                from[role] = before;
                to(before) + word[role]
            });
            best = next.collect();
            back.push(from);
        }
        let mut at = (0..ROLES).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(0);
        let mut roles = vec![at];
        for from in back.iter().rev() {
            at = from[at];
            roles.push(at);
        }
        roles.reverse();
        roles
    }
}

/// A window as it was read.
struct Part {
    tokens: TokenRange,
    input: Input,
    /// First row of its pieces.
    piece: usize,
}

impl Engine {
    /// The statements of a document: first those of the text, then those inside what is said, read as if it stood alone.
    pub(crate) fn statements(&self, doc: &Doc) -> Vec<Report> {
        let mut scratch = Scratch::default();
        let mut stretches = windows(doc);
        let mut found: Vec<Report> = Vec::new();
        for _ in 0..=INNER_LEVELS {
            let before = found.len();
            self.statements_in(doc, &stretches, &mut scratch, &mut found);
            for report in &mut found[before..] {
                behind_saying(doc, report);
                with_subject(doc, report);
            }
            stretches =
                found[before..].iter().filter(|report| report.share >= SURE).flat_map(stretches_of).collect();
        }
        found
    }

    fn statements_in(
        &self,
        doc: &Doc,
        stretches: &[TokenRange],
        scratch: &mut Scratch,
        found: &mut Vec<Report>,
    ) {
        let (mut batch, mut load) = (Vec::new(), 0);
        for window in stretches {
            let forms: Vec<&str> = window.ids().map(|id| doc.token(id).form.as_str()).collect();
            for (words, input) in self.inputs_of(&forms) {
                let pieces = input.pieces.len();
                if load + pieces > BATCH_PIECES && !batch.is_empty() {
                    self.statements_of(std::mem::take(&mut batch), scratch, found);
                    load = 0;
                }
                let tokens = TokenRange {
                    start: window.start + words.start as u32,
                    end: window.start + words.end as u32,
                };
                load += pieces;
                batch.push((tokens, input));
            }
        }
        self.statements_of(batch, scratch, found);
    }

    fn statements_of(&self, batch: Vec<(TokenRange, Input)>, scratch: &mut Scratch, found: &mut Vec<Report>) {
        let weights = self.statement_weights();
        let (tokens, inputs): (Vec<TokenRange>, Vec<Input>) = batch.into_iter().unzip();
        if inputs.is_empty() {
            return;
        }
        let width = weights.width;
        let (mut pieces, mut rows, mut rounded) = (Vec::new(), Vec::new(), Rows::default());
        self.encoder().pieces_with(&weights.shared, &inputs, scratch, &mut pieces);
        weights.cues.finish(&inputs, &pieces, scratch, &mut rows);
        rounded.round(&rows, width);
        let opens = answer(&mut rounded, &weights.cue_up, &weights.cue_out);
        let mut piece = 0;
        let mut row = 0;
        let mut cues: Vec<(Part, TokenId, f32)> = Vec::new();
        let parts = tokens.into_iter().zip(inputs).map(|(tokens, input)| {
            let part = Part { tokens, piece, input };
            piece += part.input.pieces.len();
            part
        });
        for part in parts {
            for (at, word) in part.tokens.ids().enumerate() {
                let share = 1.0 / (1.0 + (-opens[row + 1 + at]).exp());
                if share >= FOUND {
                    let Part { tokens, piece, ref input } = part;
                    cues.push((Part { tokens, piece, input: input.clone() }, word, share));
                }
            }
            row += 1 + part.tokens.len();
        }
        let first = found.len();
        let mut rest = cues.as_slice();
        while !rest.is_empty() {
            let mut load = 0;
            let fits = |(part, _, _): &&(Part, TokenId, f32)| {
                load += part.input.pieces.len();
                load <= BATCH_PIECES
            };
            let (now, later) = rest.split_at(rest.iter().take_while(fits).count().max(1));
            rest = later;
            self.roles_of(now, &pieces, scratch, found);
        }
        let all = found.split_off(first);
        // Of two cues that share a word the likelier stays.
        let weaker = |one: &Report| {
            all.iter().any(|other| {
                !std::ptr::eq(one, other)
                    && one.cue.iter().any(|word| other.cue.contains(word))
                    && (other.share, other.cue[0]) > (one.share, one.cue[0])
            })
        };
        found.extend(all.iter().filter(|one| !weaker(one)).cloned());
    }

    fn roles_of(
        &self,
        cues: &[(Part, TokenId, f32)],
        pieces: &[f32],
        scratch: &mut Scratch,
        found: &mut Vec<Report>,
    ) {
        let weights = self.statement_weights();
        let width = weights.width;
        let inputs: Vec<&Input> = cues.iter().map(|(part, _, _)| &part.input).collect();
        let (mut marked, mut rows, mut rounded) = (Vec::new(), Vec::new(), Rows::default());
        for (part, open, _) in cues {
            let from = marked.len();
            let count = part.input.pieces.len();
            marked.extend_from_slice(&pieces[part.piece * width..(part.piece + count) * width]);
            let mut rows = marked[from..].chunks_exact_mut(width).skip(1);
            for (word, length) in part.tokens.ids().zip(&part.input.lengths) {
                for row in rows.by_ref().take(usize::from(*length)) {
                    if word == *open {
                        row.iter_mut().zip(&weights.mark).for_each(|(r, m)| *r += m);
                    }
                }
            }
        }
        weights.roles.finish(&inputs, &marked, scratch, &mut rows);
        rounded.round(&rows, width);
        let scores = answer(&mut rounded, &weights.role_up, &weights.role_out);
        let mut row = 0;
        let first = found.len();
        let mut features = Vec::new();
        for (part, open, share) in cues {
            let from = row;
            let count = part.tokens.len();
            let roles = weights.decode(&scores[(row + 1) * ROLES..(row + 1 + count) * ROLES]);
            row += 1 + count;
            let of = |role: usize| -> Vec<TokenId> {
                part.tokens.ids().zip(&roles).filter(|(_, r)| **r == role).map(|(id, _)| id).collect()
            };
            let (source, mut cue, content) = (of(SOURCE), of(CUE), of(CONTENT));
            if cue.is_empty() {
                cue.push(*open);
            }
            if content.is_empty() {
                continue;
            }
            for words in [&cue, &content] {
                let start = features.len();
                features.resize(start + width, 0.0);
                for word in words {
                    let at = from + 1 + (word.0 - part.tokens.start) as usize;
                    let word = &rows[at * width..(at + 1) * width];
                    features[start..].iter_mut().zip(word).for_each(|(f, v)| *f += v / words.len() as f32);
                }
            }
            features.extend_from_slice(&rows[from * width..(from + 1) * width]);
            found.push(Report { source, cue, content, share: *share, stances: [0.0; Stance::ALL.len()] });
        }
        if features.is_empty() {
            return;
        }
        let mut rounded = Rows::default();
        rounded.round(&features, 3 * width);
        let mut scores = answer(&mut rounded, &weights.stance_up, &weights.stance_out);
        for (report, scores) in found[first..].iter_mut().zip(scores.chunks_exact_mut(Stance::ALL.len())) {
            softmax(scores);
            report.stances.copy_from_slice(scores);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Fixture {
        version: String,
        texts: Vec<Expected>,
    }

    #[derive(serde::Deserialize)]
    struct Expected {
        words: Vec<String>,
        statements: Vec<Told>,
    }

    #[derive(serde::Deserialize)]
    struct Told {
        share: f32,
        source: Vec<u32>,
        cue: Vec<u32>,
        content: Vec<u32>,
    }

    #[test]
    fn statements_are_those_of_training() {
        let fixture: Fixture =
            serde_json::from_str(include_str!("../tests/fixtures/statements.json")).expect("fixture");
        let engine = Engine::embedded().expect("weights");
        assert_eq!(engine.statements_version(), fixture.version);
        let ids = |words: &[u32]| -> Vec<TokenId> { words.iter().copied().map(TokenId).collect() };
        for expected in fixture.texts {
            let doc = engine.analyse_words(vec![expected.words]);
            let mut found = Vec::new();
            engine.statements_in(&doc, &windows(&doc), &mut Scratch::default(), &mut found);
            assert_eq!(found.len(), expected.statements.len(), "{}", doc.article.text);
            for (found, expected) in found.iter().zip(&expected.statements) {
                assert_eq!(found.cue, ids(&expected.cue), "{}", doc.article.text);
                assert_eq!(found.source, ids(&expected.source), "{}", doc.article.text);
                assert_eq!(found.content, ids(&expected.content), "{}", doc.article.text);
                assert!((found.share - expected.share).abs() < 0.05, "{}", doc.article.text);
            }
        }
    }
}

//! What a learned judge may add to the lexicon's reading: an opinion on a pair of phrases, and on a predicate.
//!
//! The stage that codes asks through these traits, so that it neither knows nor needs the weights behind them.

use crate::{Doc, EventType, TokenId, TokenRange};

/// An opinion on what one phrase's bearer does to another's.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion {
    /// Probability of each type, in the order of [`EventType::ALL`].
    pub types: [f32; 16],
    /// Probability that there is no act between the two.
    pub none: f32,
    /// The word that the judge took for the act.
    pub act: Option<TokenId>,
}

impl Opinion {
    /// The probability of one type.
    pub fn of(&self, kind: EventType) -> f32 {
        EventType::ALL.iter().position(|k| *k == kind).map_or(0.0, |at| self.types[at])
    }

    /// The likeliest type, whatever the probability of none, and its probability.
    pub fn best(&self) -> (EventType, f32) {
        let mut best = (EventType::ALL[0], self.types[0]);
        for (kind, p) in EventType::ALL.into_iter().zip(self.types) {
            if p > best.1 {
                best = (kind, p);
            }
        }
        best
    }
}

/// An opinion on a predicate: the probabilities that it happened, that it did not, and that the words leave it open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Factuality {
    /// It happened.
    pub happened: f32,
    /// It did not, or not yet.
    pub not: f32,
    /// The words leave it open.
    pub open: f32,
}

/// Why an act that a sentence names may be no event that took place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ground {
    /// Probability that it is an event.
    pub real: f32,
    /// The likeliest reason why it is none: `sport`, `history`, `hypothetical` …
    pub reason: String,
    /// Probability of that reason.
    pub share: f32,
    /// By type, in the order of [`EventType::ALL`], the probability that the words tell an act of that type, whatever its reality.
    pub types: [f32; 16],
}

/// A statement as the words show it: who says, by which words, what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The words of the source; none where nobody is named.
    pub source: Vec<TokenId>,
    /// The words that report; at least one.
    pub cue: Vec<TokenId>,
    /// The words of what is said; at least one.
    pub content: Vec<TokenId>,
    /// Probability that a statement begins at the cue's first word.
    pub share: f32,
    /// Probability of each stance, in the order of [`crate::Stance::ALL`].
    pub stances: [f32; 8],
}

/// Something that can study stretches of a document.
pub trait Judge {
    /// Who says what in a document, outermost statements only.
    fn reports(&self, doc: &Doc) -> Vec<Report>;

    /// Reads each stretch as one sentence.
    fn study<'a>(&'a self, doc: &'a Doc, stretches: &[TokenRange]) -> Box<dyn Study + 'a>;
}

/// Stretches of a document that a judge has read.
pub trait Study {
    /// What each source does to each target; `None` where the two do not stand in one stretch that was read.
    fn pairs(&self, pairs: &[(TokenRange, TokenRange)]) -> Vec<Option<Opinion>>;

    /// Whether each predicate took place; `None` where it stands in no stretch that was read.
    fn facts(&self, words: &[TokenId]) -> Vec<Option<Factuality>>;

    /// Why each act, given by the words that name it, may be no event; `None` where it stands in no stretch that was read.
    fn grounds(&self, acts: &[TokenRange]) -> Vec<Option<Ground>>;
}

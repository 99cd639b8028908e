//! Which phrases speak of one thing: pronouns, names, descriptions and groups of an article become chains.
//!
//! `mentions` lists what may refer, `pairs` says in which ways two of them fit, `scorer` weighs that with what the encoder makes
//! of the two heads, and this file walks through the text and links each mention to its best antecedent, or to none. After
//! the mention-ranking models of Denis and Baldridge (2008) and Clark and Manning (2016). Cost is linear: a mention looks
//! back at [`WINDOW`] mentions and at the last few with its head word.
//!
//! Out of scope: who is meant (crate `atlas`), events and abstract things that a *this* takes up.

mod mentions;
mod pairs;
mod scorer;

use crate::Error;
use crate::container::Container;
use mentions::{Kind, Mention};
use pairs::{Chains, Pairs};
use record::{Chain, Doc, Reference, TokenId};
use scorer::Scorer;
use std::collections::HashMap;

/// How many mentions before a mention are looked at, whatever they are.
const WINDOW: usize = 48;
/// How many of the last mentions with the same head word are looked at beside those.
const NAMESAKES: usize = 3;

/// The resolver's weights.
pub(crate) struct Resolver {
    scorer: Scorer,
}

impl Resolver {
    pub fn load(file: &Container) -> Result<Self, Error> {
        Ok(Self { scorer: Scorer::load(file)? })
    }

    /// The chains of a document with at least two mentions, in order of their first. `vectors` holds one projected row per token.
    pub fn resolve(&self, doc: &Doc, vectors: &[f32]) -> Vec<Chain> {
        let pairs = Pairs::new(doc);
        let mut walk = Walk::new(&pairs);
        let prepared = self.scorer.prepare(&pairs.mentions, vectors);
        while let Some(at) = walk.next() {
            let mut best = (None, self.scorer.alone(&prepared, at, &pairs.alone(at)));
            for &candidate in &walk.candidates {
                let slots = pairs.slots(at, candidate, &walk.chains);
                let score = self.scorer.pair(&prepared, at, candidate, &slots);
                if score > best.1 {
                    best = (Some(candidate), score);
                }
            }
            walk.link(best.0);
        }
        walk.chains.finish(&pairs.mentions)
    }
}

/// The walk through the mentions: at each step the antecedents that are looked at.
struct Walk<'a, 'd> {
    pairs: &'a Pairs<'d>,
    at: usize,
    started: bool,
    candidates: Vec<usize>,
    by_head: HashMap<&'a str, Vec<usize>>,
    chains: Chains,
}

impl<'a, 'd> Walk<'a, 'd> {
    fn new(pairs: &'a Pairs<'d>) -> Self {
        let chains = Chains::new(pairs.mentions.len());
        Self { pairs, at: 0, started: false, candidates: Vec::new(), by_head: HashMap::new(), chains }
    }

    /// The next mention; its candidates, nearest last, are in `candidates`.
    fn next(&mut self) -> Option<usize> {
        if self.started {
            let head = self.pairs.mentions[self.at].lemma.as_str();
            let same = self.by_head.entry(head).or_default();
            same.push(self.at);
            if same.len() > NAMESAKES {
                same.remove(0);
            }
            self.at += 1;
        }
        self.started = true;
        let mention = self.pairs.mentions.get(self.at)?;
        let first = self.at.saturating_sub(WINDOW);
        self.candidates.clear();
        if !matches!(mention.kind, Kind::Pronoun(_)) {
            let same = self.by_head.get(mention.lemma.as_str()).map_or(&[][..], Vec::as_slice);
            self.candidates.extend(same.iter().filter(|c| **c < first));
        }
        self.candidates.extend((first..self.at).filter(|c| self.pairs.may_link(self.at, *c)));
        Some(self.at)
    }

    fn link(&mut self, antecedent: Option<usize>) {
        self.chains.add(self.at, antecedent, &self.pairs.mentions);
    }
}

/// What the training of the scorer needs of one document, as JSON lines: mentions, features, candidates. `gold` gives the chain of
/// the mention with this head (and, for coordinations, of the whole), as annotated.
pub(crate) fn dump(doc: &Doc, gold: &dyn Fn(TokenId, bool) -> Option<usize>) -> Vec<serde_json::Value> {
    let pairs = Pairs::new(doc);
    let mut walk = Walk::new(&pairs);
    let mut last: HashMap<usize, usize> = HashMap::new();
    let mut rows = Vec::new();
    while let Some(at) = walk.next() {
        let mention = &pairs.mentions[at];
        let chain = gold(mention.head, mention.group);
        let candidates: Vec<_> = walk
            .candidates
            .iter()
            .map(|c| serde_json::json!([c, pairs.slots(at, *c, &walk.chains)]))
            .collect();
        let kind = match mention.kind {
            Kind::Pronoun(_) => "pronoun",
            Kind::Name(_) => "name",
            Kind::Nominal(_) => "nominal",
        };
        rows.push(serde_json::json!({
            "head": mention.head.0, "group": mention.group, "kind": kind, "gold": chain,
            "text": doc.words(doc.span_of(mention.tokens)),
            "alone": pairs.alone(at), "pairs": candidates,
        }));
        walk.link(chain.and_then(|c| last.insert(c, at)));
    }
    rows
}

impl Chains {
    fn finish(self, mentions: &[Mention]) -> Vec<Chain> {
        let mut members: Vec<Vec<Reference>> = Vec::new();
        for (at, mention) in mentions.iter().enumerate() {
            let chain = self.of(at);
            if members.len() <= chain {
                members.resize(chain + 1, Vec::new());
            }
            members[chain].push(Reference {
                head: mention.head,
                tokens: mention.tokens,
                group: mention.group,
            });
        }
        members.into_iter().filter(|m| m.len() > 1).map(|mentions| Chain { mentions }).collect()
    }
}

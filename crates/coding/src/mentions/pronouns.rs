//! Pronouns and descriptions: what the language stage's chains say they stand for, where a mention of the chain is known.
//!
//! A pronoun in no chain falls back on the nearest fitting subject, then the nearest fitting mention.

use super::{Finder, Mention, Sort};
use record::{Reference, TokenId, TokenRange, Upos, reading::MentionKind};

/// What a pronoun may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// *he*, *she*
    Person,
    /// *it*
    Thing,
    /// *they*
    Many,
}

impl Finder<'_, '_> {
    /// Adds a mention for every pronoun and description whose referent is found.
    pub(super) fn pronouns(&mut self) {
        for at in 0..self.syntax.doc.tokens.len() {
            let id = TokenId(at as u32);
            if self.mentions.by_token[at].is_some() {
                continue;
            }
            let Some(index) = self.referent(id) else { continue };
            let other = self.mentions.all[index].clone();
            let tokens = TokenRange { start: id.0, end: id.0 + 1 };
            let span = self.syntax.doc.span_of(tokens);
            let kind = if other.kind == MentionKind::Place { MentionKind::State } else { other.kind };
            self.add(Mention {
                tokens,
                span,
                head: id,
                kind,
                place: None,
                origin: None,
                sort: Sort::Pronoun,
                ..other
            });
        }
    }

    /// The mention a pronoun or *country* stands for.
    pub(super) fn referent(&self, id: TokenId) -> Option<usize> {
        let token = self.syntax.doc.token(id);
        let chain = self.syntax.chain(id);
        let fit = match (token.upos, token.lemma.to_lowercase().as_str()) {
            (Upos::Pron, "he" | "she" | "his" | "her" | "him") => Fit::Person,
            (Upos::Pron, "it" | "its") => Fit::Thing,
            (Upos::Pron, "they" | "their" | "them") => Fit::Many,
            (Upos::Noun, "country" | "nation" | "state") if self.is_definite(id) => Fit::Thing,
            (Upos::Noun | Upos::Propn, _) if chain.is_some() && self.is_definite(id) => {
                let plural = token.feats.has("Number", "Plur");
                return self.in_chain(chain?, id, if plural { Fit::Many } else { Fit::Thing });
            }
            _ => return None,
        };
        if token.lemma == "it" && self.is_expletive(id) {
            return None;
        }
        if let Some(chain) = chain {
            return self.in_chain(chain, id, fit);
        }
        // The subjects of the clauses above, nearest first.
        for at in self.syntax.path_up(id).skip(1) {
            if !self.syntax.is_predicate(at) {
                continue;
            }
            let subject = self.syntax.surface_subject(at);
            if let Some(subject) = subject.filter(|s| *s < id && !self.syntax.dominates(*s, id))
                && let Some(index) = self.fitting(subject, fit)
            {
                return Some(index);
            }
        }
        let here = self.syntax.doc.sentence_of(id);
        let start = self.syntax.doc.sentences[here].tokens.start;
        // Nearest fitting mention of this sentence, then subjects of the two before it, then anything in them.
        let before = |from: u32, to: u32| {
            (from..to)
                .rev()
                .filter_map(|token| self.mentions.index_at(TokenId(token)))
                .filter(|i| !self.syntax.dominates(self.mentions.all[*i].head, id))
                .find(|i| self.fits(*i, fit))
        };
        if let Some(index) = before(start, id.0) {
            return Some(index);
        }
        for back in 1..=2usize {
            let sentence = &self.syntax.doc.sentences[here.checked_sub(back)?];
            let subject = sentence
                .tokens
                .ids()
                .filter(|t| self.syntax.relation(*t) == "nsubj")
                .find_map(|t| self.fitting(t, fit));
            if let Some(index) = subject.or_else(|| before(sentence.tokens.start, sentence.tokens.end)) {
                return Some(index);
            }
        }
        None
    }

    /// The mention of a chain that a word of it stands for: the nearest before it that is known, else the first after it.
    fn in_chain(&self, chain: usize, id: TokenId, fit: Fit) -> Option<usize> {
        let mentions = &self.syntax.doc.chains[chain].mentions;
        let known = |reference: &&Reference| !reference.group && reference.head != id;
        let before = mentions.iter().rev().filter(|r| r.head < id).filter(known);
        let after = mentions.iter().filter(|r| r.head > id).filter(known);
        before.chain(after).find_map(|reference| self.fitting(reference.head, fit))
    }

    fn fitting(&self, token: TokenId, fit: Fit) -> Option<usize> {
        let index = self.mentions.index_at(token)?;
        self.fits(index, fit).then_some(index)
    }

    fn fits(&self, index: usize, fit: Fit) -> bool {
        let mention = &self.mentions.all[index];
        let plural = self.syntax.doc.token(mention.head).feats.has("Number", "Plur");
        match fit {
            Fit::Person => mention.kind == MentionKind::Person,
            Fit::Thing => {
                matches!(mention.kind, MentionKind::State | MentionKind::Organization)
                    || (mention.kind == MentionKind::Group && mention.sort != Sort::Demonym && !plural)
            }
            Fit::Many => {
                (mention.sort != Sort::Demonym || plural)
                    && matches!(
                        mention.kind,
                        MentionKind::Group | MentionKind::Organization | MentionKind::State
                    )
                    && (plural || mention.kind != MentionKind::State)
            }
        }
    }

    fn is_definite(&self, id: TokenId) -> bool {
        self.syntax.children_by(id, "det").any(|det| self.syntax.lemma(det) == "the")
            && self.syntax.children_by(id, "amod").next().is_none()
            && self.syntax.children_by(id, "nmod").next().is_none()
    }

    fn is_expletive(&self, id: TokenId) -> bool {
        self.syntax.relation(id) == "expl"
    }
}

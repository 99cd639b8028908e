//! From a word in a slot to the actors it stands for: its own mention, or whoever owns what it names.

use crate::{
    mentions::{Mentions, Sort},
    syntax::Syntax,
};
use atlas::Atlas;
use record::{
    Span, TokenId, TokenRange, Upos,
    reading::{Actor, MentionKind},
};

/// One participant of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    /// The word that fills the slot.
    pub token: TokenId,
    /// The words that name it.
    pub tokens: TokenRange,
    /// Who it is.
    pub actor: Actor,
    /// The filler is owned by the actor, not the actor itself (*Iran's proposal*).
    pub owner: bool,
}

/// Resolves fillers in one document.
pub struct Parties<'a, 'd> {
    pub(crate) syntax: &'a Syntax<'d>,
    pub(crate) mentions: &'a Mentions,
    pub(crate) atlas: &'a Atlas,
}

impl Parties<'_, '_> {
    /// The participants that a filler and its conjuncts stand for.
    pub fn resolve_all(&self, filler: TokenId) -> Vec<Participant> {
        let mut found: Vec<Participant> = Vec::new();
        for token in self.syntax.conjuncts(filler) {
            if let Some(participant) = self.resolve(token)
                && !found.iter().any(|other| same(&other.actor, &participant.actor))
            {
                found.push(participant);
            }
        }
        found
    }

    /// The participant a single filler stands for.
    pub fn resolve(&self, token: TokenId) -> Option<Participant> {
        let mut phrase = self.syntax.phrase(token);
        if let Some(mention) = self.mentions.at(token).filter(|m| m.tokens.contains(token)) {
            // A name is whole even where the parse has cut it.
            phrase = TokenRange {
                start: phrase.start.min(mention.tokens.start),
                end: phrase.end.max(mention.tokens.end),
            };
        }
        if let Some(actor) = self.direct(token) {
            return Some(Participant { token, tokens: phrase, actor, owner: false });
        }
        // Title heading a name: *President* Vladimir *Putin*; *the leader, Kim Jong Un*.
        for kid in self.syntax.children(token) {
            if matches!(self.syntax.relation(*kid), "flat" | "appos")
                && let Some(mention) = self.mentions.at(*kid)
                && mention.kind == MentionKind::Person
                && let Some(actor) = self.direct(*kid)
            {
                return Some(Participant { token, tokens: phrase, actor, owner: false });
            }
        }
        self.owner(token, 3)
    }

    /// The actor of the mention that holds the token itself.
    fn direct(&self, token: TokenId) -> Option<Actor> {
        let mention = self.mentions.at(token)?;
        // *the leader, Kim Jong Un*: the name says more than the description.
        if mention.sort == Sort::Common
            && let Some(name) = self
                .syntax
                .children_by(token, "appos")
                .chain(self.syntax.children_by(token, "flat"))
                .find_map(|kid| self.mentions.at(kid).filter(|m| m.kind == MentionKind::Person))
            && let Some(actor) = &name.actor
            && (actor.country.is_some() || actor.body.is_some())
        {
            return Some(actor.clone());
        }
        if mention.kind == MentionKind::Place || (mention.actor.is_none() && mention.place.is_some()) {
            // A town that is acted on is its country's.
            let country = mention.place.as_ref()?.country.clone()?;
            let state = self.atlas.state(&country)?;
            return Some(Actor {
                name: state.name.clone(),
                code: Some(self.atlas.code(&country, None)),
                country: Some(country),
                ..Actor::default()
            });
        }
        let modifier =
            matches!(self.syntax.relation(token), "amod" | "compound") && mention.sort == Sort::Demonym;
        mention
            .actor
            .clone()
            .filter(|_| !modifier || self.syntax.upos(token) != Upos::Adj || mention.head == token)
    }

    /// Who shares what the token names: *its border with Mali*, *relations with Iran*.
    pub fn partner(&self, token: TokenId) -> Vec<Participant> {
        let shared = self
            .syntax
            .children_by(token, "nmod")
            .find(|kid| self.syntax.preposition(*kid).as_deref() == Some("with"));
        shared.map_or_else(Vec::new, |kid| self.resolve_all(kid))
    }

    /// Whoever owns what the token names: possessor, nationality, *of* phrase.
    fn owner(&self, token: TokenId, depth: usize) -> Option<Participant> {
        let depth = depth.checked_sub(1)?;
        let syntax = self.syntax;
        let mut inner = None;
        for kid in syntax.children(token) {
            let relation = syntax.deprel(*kid);
            let preposition = syntax.preposition(*kid);
            let owns = matches!(relation, "nmod:poss" | "amod" | "compound" | "nmod:unmarked")
                || (relation.starts_with("nmod")
                    && matches!(
                        preposition.as_deref(),
                        Some("of" | "from" | "by" | "in" | "for" | "against")
                    ));
            if !owns {
                continue;
            }
            let target = syntax.antecedent(*kid).unwrap_or(*kid);
            if target != token
                && let Some(actor) = self.direct(target)
                && actor != Actor::default()
            {
                let mut tokens = syntax.phrase(token);
                if relation != "amod" && relation != "compound" {
                    tokens = syntax.phrase(target);
                }
                return Some(Participant { token, tokens, actor, owner: true });
            }
            // *a Guyanese patrol boat*: the nationality may hang on the modifier.
            if relation.starts_with("nmod") || relation == "compound" {
                inner.get_or_insert(target);
            }
        }
        inner.filter(|next| *next != token).and_then(|next| self.owner(next, depth))
    }

    /// The characters of a participant.
    pub fn span(&self, participant: &Participant) -> Span {
        self.syntax.doc.span_of(participant.tokens)
    }
}

/// Whether two resolved actors are the same one.
pub fn same(a: &Actor, b: &Actor) -> bool {
    a.name == b.name && a.country == b.country && a.body == b.body && a.sector == b.sector
}

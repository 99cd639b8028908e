//! Who the sources of statements are: the actor behind each, pronouns for the source around them, people without a name and whose side they are on.
//!
//! Out of scope: which words are the source ([`crate::attribution`], [`crate::chains`]).

use crate::{attribution::Attribution, lexicon::Lexicon, parties::Parties};
use atlas::Atlas;
use record::{
    Sector, TokenId, TokenRange, Upos,
    reading::{Actor, MentionKind},
};

/// The deepest chain that is told.
const DEEPEST: usize = 16;

/// The sources of all statements of a document.
pub(crate) struct Sources<'s, 'd> {
    parties: &'s Parties<'s, 'd>,
    lexicon: &'s Lexicon,
    attributions: &'s [Attribution],
    /// The actors behind the statements' own sources, in their order.
    pub speakers: Vec<Option<Actor>>,
}

/// A link of a reporting chain.
pub(crate) struct Link {
    pub words: TokenRange,
    pub actor: Option<Actor>,
    /// Whether it is people without a name.
    pub unnamed: bool,
}

impl<'s, 'd> Sources<'s, 'd> {
    /// Finds out who the sources are.
    pub fn of(parties: &'s Parties<'s, 'd>, lexicon: &'s Lexicon, attributions: &'s [Attribution]) -> Self {
        let mut sources = Self { parties, lexicon, attributions, speakers: Vec::new() };
        sources.speakers = sources.find();
        sources
    }

    /// The sources from the outermost statement down to this one.
    pub fn chain(&self, id: usize) -> Vec<Link> {
        let syntax = self.parties.syntax;
        let above = std::iter::successors(Some(id), |at| self.attributions[*at].parent).take(DEEPEST);
        // *according to them*: the chain already has them.
        let links = above.filter(|at| !self.is_echo(&self.attributions[*at])).filter_map(|at| {
            let attribution = &self.attributions[at];
            let source = attribution.source?;
            let unnamed = self.is_unnamed(source);
            let known = self.speakers[at].clone();
            Some(Link {
                words: attribution.source_words.unwrap_or_else(|| syntax.phrase(source)),
                actor: known.or_else(|| unnamed.then(|| self.side_of(source))?),
                unnamed,
            })
        });
        let mut chain: Vec<Link> = links.collect();
        chain.reverse();
        chain
    }

    /// A document without an owner speaks for whoever reported last (*the report says*), an *official* one for the last government; a pronoun inside
    /// a statement stands for that statement's own source.
    fn find(&self) -> Vec<Option<Actor>> {
        let syntax = self.parties.syntax;
        let mut speakers: Vec<Option<Actor>> = Vec::with_capacity(self.attributions.len());
        let (mut last, mut government): (Option<Actor>, Option<Actor>) = (None, None);
        for attribution in self.attributions {
            let speaker = attribution.source.and_then(|source| {
                if self.is_echo(attribution) {
                    return attribution.parent.and_then(|parent| speakers.get(parent).cloned().flatten());
                }
                let own = self.parties.resolve(source).map(|p| p.actor);
                if own.is_some() || !self.is("document", source) {
                    return own;
                }
                let official = syntax.children_by(source, "amod").any(|a| syntax.lemma(a) == "official");
                if official {
                    government.clone()
                } else if self.is_definite(source) {
                    last.clone()
                } else {
                    None
                }
            });
            if let Some(actor) = &speaker {
                if actor.sector == Some(Sector::GOV) && actor.country.is_some() {
                    government = Some(actor.clone());
                }
                // Who is quoted inside another's report does not own the report.
                if attribution.parent.is_none() {
                    last = Some(actor.clone());
                }
            }
            speakers.push(speaker);
        }
        speakers
    }

    fn is(&self, class: &str, id: TokenId) -> bool {
        self.lexicon.classes.has(class, &self.parties.syntax.lemma(id).to_lowercase())
    }

    fn is_definite(&self, noun: TokenId) -> bool {
        let syntax = self.parties.syntax;
        syntax
            .children_by(noun, "det")
            .any(|det| matches!(syntax.lemma(det), "the" | "this" | "that" | "these" | "those"))
    }

    /// Whether a statement's source is a pronoun for the source of the statement around it. None is a pronoun that is known to stand for somebody
    /// else, *he* for an outlet, or *they* in quotation marks.
    fn is_echo(&self, attribution: &Attribution) -> bool {
        let syntax = self.parties.syntax;
        let pronoun = attribution.source.filter(|source| syntax.upos(*source) == Upos::Pron);
        let parent = attribution.parent.map(|parent| &self.attributions[parent]);
        let (Some(pronoun), Some(parent)) = (pronoun, parent) else { return false };
        let Some(above) = parent.source else { return false };
        let lemma = syntax.lemma(pronoun).to_lowercase();
        let of_person = matches!(lemma.as_str(), "he" | "she");
        if let Some(chain) = syntax.chain(pronoun).filter(|_| of_person) {
            return syntax.chain(above) == Some(chain);
        }
        if matches!(lemma.as_str(), "i" | "we") {
            return true;
        }
        let quoted = parent.content.first().is_some_and(|first| {
            let opens =
                |at: u32| matches!(syntax.doc.token(TokenId(at)).form.as_str(), "“" | "\"" | "``" | "‘");
            opens(first.0) || first.0 > 0 && opens(first.0 - 1)
        });
        let kind = self.parties.mentions.at(above).map(|mention| mention.kind);
        let body = matches!(kind, Some(MentionKind::Organization | MentionKind::State));
        // *A has seen the report. It says …*
        let has_text = parent.cue.iter().any(|cue| self.is("obtain_verb", *cue));
        !(quoted || has_text || of_person && body)
    }

    /// Whether a source is people without a name: a word for such people that is not *the* one known already, or that is said to want no name.
    fn is_unnamed(&self, source: TokenId) -> bool {
        let syntax = self.parties.syntax;
        let named = |kid: &TokenId| {
            matches!(syntax.relation(*kid), "flat" | "appos" | "compound")
                && syntax.upos(*kid) == Upos::Propn
                && *kid > source
        };
        if syntax.upos(source) != Upos::Noun
            || !self.is("unnamed_source", source)
            || syntax.children(source).iter().any(named)
        {
            return false;
        }
        let known = self.is_definite(source) || syntax.child(source, "nmod:poss").is_some();
        let clause = syntax.head(source).unwrap_or(source);
        let beside = syntax.children(clause).iter().flat_map(|kid| syntax.children(*kid).iter().chain([kid]));
        !known || syntax.subtree(source).into_iter().chain(beside.copied()).any(|id| self.is("anonymity", id))
    }

    /// The state that people without a name are said to be close to or to belong to: *sources close to the Kremlin*, *an official at the Israeli
    /// defence ministry*. Who merely is in a place (*residents in Kharkiv*) has no side by that.
    fn side_of(&self, source: TokenId) -> Option<Actor> {
        let syntax = self.parties.syntax;
        let below = syntax.subtree_without(source, |kid| {
            matches!(syntax.relation(kid), "acl" | "appos" | "conj" | "parataxis")
        });
        let belongs = |id: &TokenId| match syntax.preposition(*id).as_deref() {
            Some("to" | "from" | "of") => true,
            Some("in" | "at" | "within" | "inside") => {
                let kind = self.parties.mentions.at(*id).map(|mention| mention.kind);
                matches!(kind, Some(MentionKind::Organization | MentionKind::Group))
            }
            _ => false,
        };
        let side = below.into_iter().filter(belongs).find_map(|id| self.parties.resolve(id))?.actor;
        let atlas: &Atlas = self.parties.atlas;
        let state = atlas.state(side.country.as_deref()?)?;
        Some(Actor {
            name: state.name.clone(),
            country: Some(state.iso3.clone()),
            code: Some(state.iso3.clone()),
            ..Actor::default()
        })
    }
}

//! Treaties: those known by name, *the treaty* for the one named last, and treaties known only by their parties.

use super::{Finder, Mention, Sort};
use record::{TokenId, TokenRange, Upos, reading::MentionKind};
use std::collections::BTreeSet;

/// Nouns that refer to a treaty in force. A *deal* or *agreement* may be an act of agreeing; those count only with a name.
const NOUNS: &[&str] = &["treaty", "pact", "convention", "protocol", "charter", "accord"];

impl Finder<'_, '_> {
    /// Links generic treaty nouns to a treaty named or determined before.
    pub(super) fn treaties(&mut self) {
        let doc = self.syntax.doc;
        for at in 0..doc.tokens.len() {
            let id = TokenId(at as u32);
            let token = &doc.tokens[at];
            if !matches!(token.upos, Upos::Noun | Upos::Propn)
                || !NOUNS.contains(&token.lemma.to_lowercase().as_str())
            {
                continue;
            }
            if self.mentions.by_token[at].is_some() {
                continue;
            }
            let phrase = self.syntax.phrase(id);
            let tokens = TokenRange { start: phrase.start, end: id.0 + 1 };
            let parties = self.countries_of(phrase);
            let by_parties = self.by_parties(&parties);
            let definite = doc.tokens[phrase.start as usize].lemma == "the"
                || self.syntax.child(id, "nmod:poss").is_some();
            let last = || {
                let earlier = self
                    .mentions
                    .all
                    .iter()
                    .rev()
                    .find(|m| m.kind == MentionKind::Treaty && m.tokens.start < id.0)?;
                earlier.treaty.clone().map(|treaty| (treaty, earlier.chain))
            };
            let (treaty, chain) = match by_parties {
                Some(treaty) => (Some(treaty), None),
                None if definite && parties.is_empty() => match last() {
                    Some((treaty, chain)) => (Some(treaty), Some(chain)),
                    None => (None, None),
                },
                None => (None, None),
            };
            let chain = chain.unwrap_or_else(|| self.new_chain());
            let span = doc.span_of(tokens);
            let mention = Mention {
                tokens: TokenRange { start: id.0, end: id.0 + 1 },
                span: doc.span_of(TokenRange { start: id.0, end: id.0 + 1 }),
                head: id,
                kind: MentionKind::Treaty,
                chain,
                actor: None,
                place: None,
                origin: None,
                treaty,
                sort: Sort::Common,
            };
            debug_assert!(span.contains(mention.span));
            self.add(mention);
        }
    }

    /// The countries named inside a phrase.
    fn countries_of(&self, phrase: TokenRange) -> BTreeSet<String> {
        phrase.ids().filter_map(|id| self.mentions.at(id)?.actor.as_ref()?.country.clone()).collect()
    }

    /// The treaty in force between exactly these two parties, if there is just one on the article's date.
    fn by_parties(&self, parties: &BTreeSet<String>) -> Option<String> {
        if parties.len() != 2 {
            return None;
        }
        let mut fitting = self.atlas.treaties().iter().filter(|treaty| {
            treaty.parties.len() == 2
                && parties.iter().all(|party| treaty.has_party(party))
                && self.on.is_none_or(|day| treaty.binds(day))
        });
        let first = fitting.next()?;
        fitting.next().is_none().then(|| first.id.clone())
    }

    /// Whether all of two parties are named in the sentence of `tokens`, by any of their names.
    pub(super) fn parties_near(&self, tokens: TokenRange, parties: &[String]) -> bool {
        let doc = self.syntax.doc;
        let sentence = doc.sentence_of(TokenId(tokens.start));
        let range = doc.sentences[sentence].tokens;
        let words: Vec<&str> = doc.tokens[..range.end as usize].iter().map(|t| t.form.as_str()).collect();
        let named: BTreeSet<&str> = range
            .indices()
            .flat_map(|i| self.atlas.match_at(&words, i))
            .filter_map(|(_, entry)| match entry {
                atlas::Entry::State(s)
                | atlas::Entry::Demonym(s)
                | atlas::Entry::Capital(s)
                | atlas::Entry::Seat(s, _) => Some(s.iso3.as_str()),
                _ => None,
            })
            .collect();
        parties.len() >= 2 && parties.iter().take(2).all(|party| named.contains(party.as_str()))
    }
}

//! What PLOVER makes of an act that is not done but promised, threatened, refused or ended.
//!
//! The codebook's event types hold such acts themselves: an intended cooperative act is AGREE, an intended hostile one
//! THREATEN, one that its doer will not do REJECT; the end of cooperation is SANCTION, the end of hostility CONCEDE or RETREAT.
//! Where a word of its own carries that (*promised*, *refused*), the lexicon codes that word, and the act under it stays what it
//! is; this file is for acts without such a word (*will send*, *will not meet*), and gives the word the parties of its act.
//!
//! Out of scope: what is demanded. The demand has a word, and its doer is another.

use crate::{
    actuality::Reality,
    frames::Match,
    lexicon::Lexicon,
    parties::{Participant, same},
    syntax::Syntax,
};
use record::{Actuality, EventType, Polarity, Quad, TokenId};
use std::collections::HashMap;

/// A change of type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    pub kind: EventType,
    /// The polarity that goes with the new type, where it differs.
    pub polarity: Option<Polarity>,
    pub why: String,
}

/// Which act stands under the word of which other.
pub(crate) struct Codebook<'m, 'l> {
    /// By the anchor of an act: the event whose word governs it.
    above: HashMap<TokenId, &'m Match<'l>>,
    /// By the anchor of such an event: the act.
    below: HashMap<TokenId, &'m Match<'l>>,
}

/// Whether an act of refusing says that something did not take place.
pub(crate) fn is_denial(syntax: &Syntax<'_>, lexicon: &Lexicon, word: &Match<'_>) -> bool {
    word.frame.kind == EventType::Reject && lexicon.classes.has("denial_verb", syntax.lemma(word.anchor))
}

impl<'m, 'l> Codebook<'m, 'l> {
    /// Looks at all matches of a document.
    pub fn new(syntax: &Syntax<'_>, lexicon: &Lexicon, matches: &'m [Match<'l>]) -> Self {
        let (mut above, mut below) = (HashMap::new(), HashMap::new());
        let at = |id: TokenId| matches.binary_search_by_key(&id, |m| m.anchor).ok().map(|i| &matches[i]);
        for act in matches {
            let bears = |m: &&Match<'_>| {
                use EventType::{Agree, Concede, Reject, Request, Retreat, Sanction, Threaten};
                // What is denied was done or not, and is an act of its own.
                matches!(m.frame.kind, Agree | Reject | Request | Threaten | Sanction | Concede | Retreat)
                    && !is_denial(syntax, lexicon, m)
            };
            let governs = |id: &TokenId| {
                matches!(syntax.relation(*id), "xcomp" | "ccomp" | "obj" | "acl" | "conj" | "advcl")
                    || syntax.deprel(*id) == "nmod"
            };
            let mut from = act.anchor;
            for id in syntax.path_up(act.anchor).skip(1).take(3) {
                if !governs(&from) {
                    break;
                }
                if let Some(word) = at(id).filter(bears) {
                    above.insert(act.anchor, word);
                    below.entry(word.anchor).or_insert(act);
                    break;
                }
                from = id;
            }
        }
        Self { above, below }
    }

    /// What the codebook makes of an act with this reality; `None` where it stays what it is.
    pub fn change(&self, act: &Match<'_>, reality: &Reality) -> Option<Change> {
        use EventType::{Agree, Assault, Concede, Mobilize, Reject, Retreat, Sanction, Threaten};
        if act.actors.is_empty()
            || self.above.get(&act.anchor).is_some_and(|word| !self.is_its_own(word, act))
        {
            return None;
        }
        let kind = act.frame.kind;
        let cooperative = matches!(kind.quad(), Quad::VerbalCooperation | Quad::MaterialCooperation);
        let hostile = kind.quad() == Quad::MaterialConflict;
        let intended = reality.intended
            && matches!(reality.actuality, Actuality::Planned | Actuality::Promised | Actuality::Conditional);
        let negative = reality.polarity == Polarity::Negative;
        let to = |kind: EventType, polarity: Option<Polarity>, what: &str| {
            let why = format!("{what} {} is {}", act.frame.kind.as_str(), kind.as_str());
            Some(Change { kind, polarity, why })
        };
        if reality.ended && reality.actuality.is_real() {
            return match kind {
                EventType::Aid | EventType::Cooperate | EventType::Consult if !negative => {
                    to(Sanction, Some(Polarity::Positive), "ended")
                }
                Assault | Mobilize if !negative => to(Retreat, Some(Polarity::Positive), "ended"),
                EventType::Coerce | EventType::Protest | Sanction if !negative => {
                    to(Concede, Some(Polarity::Positive), "ended")
                }
                _ => None,
            };
        }
        match (intended, negative) {
            (true, false) if cooperative && kind != Agree => to(Agree, None, "intended"),
            (true, false) if hostile => to(Threaten, None, "intended"),
            (true, true) if cooperative => to(Reject, Some(Polarity::Positive), "refused"),
            _ if reality.actuality == Actuality::Threatened && hostile && !negative => {
                to(Threaten, None, "threatened")
            }
            _ => None,
        }
    }

    /// Whether the doer of the act is who promises, threatens or refuses it.
    fn is_its_own(&self, word: &Match<'_>, act: &Match<'_>) -> bool {
        use EventType::{Agree, Reject, Threaten};
        matches!(word.frame.kind, Agree | Reject | Threaten)
            && act.actors.iter().any(|p| word.actors.iter().any(|a| same(&a.actor, &p.actor)))
    }

    /// The word that promises, threatens or refuses this act of its own doer: the two are one event, the word's. Of several acts
    /// under one word only the first is part of it.
    pub fn part_of(&self, act: &Match<'_>) -> Option<TokenId> {
        let word = self.above.get(&act.anchor).filter(|word| self.is_its_own(word, act))?;
        (self.below.get(&word.anchor)?.anchor == act.anchor).then_some(word.anchor)
    }

    /// *agreed to hold talks with India*, *refused to send peacekeepers to Iraq*: whom the act concerns, where the word above it
    /// names nobody or only what the act is done with.
    pub fn inherited(&self, word: &Match<'_>) -> Option<&'m [Participant]> {
        let act = self.below.get(&word.anchor)?;
        let doer = |p: &Participant| word.actors.iter().any(|a| same(&a.actor, &p.actor));
        if act.recipients.is_empty() || act.recipients.iter().any(doer) {
            return None;
        }
        // Only where the word's doer would do the act, not where it asks another for it.
        let own = act.actors.iter().any(doer);
        // What stands behind the act's own word belongs to the act.
        let inside = |p: &Participant| {
            p.token > act.anchor && !act.recipients.iter().any(|r| same(&r.actor, &p.actor))
        };
        let empty = word.recipients.is_empty();
        (own && (empty || word.recipients.iter().all(inside))).then_some(&act.recipients)
    }
}

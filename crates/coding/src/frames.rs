//! Finds frames in a sentence: which words name events, who does them to whom.
//!
//! Every verb, event noun and predicative adjective is looked up; the frame with most conditions wins. Support verbs hand
//! their subject to an event noun. Nothing is coded without words for it: a noun with neither side is left alone.
//!
//! Out of scope: whether it happened ([`crate::actuality`]) and who says so ([`crate::attribution`]).

use crate::{
    lexicon::{Aspect, CuePos, Filler, Frame, FrameId, Lexicon, Slot, SlotTest},
    mentions::{Mention, Sort},
    parties::{Participant, Parties, same},
    syntax::{Slots, Syntax},
    times::TimeExpression,
};
use record::{
    EventType, Quad, Sector, Stance, TokenId, TokenRange, Upos,
    reading::{Actor, MentionKind},
};
use std::collections::HashSet;

/// A frame found at a word.
#[derive(Clone, Debug)]
pub struct Match<'l> {
    /// The frame.
    pub frame: &'l Frame,
    /// The word that carries it.
    pub anchor: TokenId,
    /// All its words (`carried out`, `air strike`).
    pub words: TokenRange,
    /// `verb`, `noun` or `adjective`.
    pub form: &'static str,
    /// Who did it.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
    /// The support verb that carries a noun, with what it says of it.
    pub light: Option<(TokenId, Aspect)>,
    /// The object word that one of the frame's conditions named.
    pub object: Option<TokenId>,
    /// How it matched.
    pub why: Vec<String>,
}

/// Whether those of a sector are armed.
fn bears_arms(sector: Option<Sector>) -> bool {
    use Sector::{COP, MIL, PRM, REB, SPY, UAF};
    matches!(sector, Some(COP | MIL | PRM | REB | SPY | UAF))
}

/// Whether an actor has armed forces: a state, its government, a body, or who is armed.
fn has_arms(actor: &Actor) -> bool {
    let public = actor.sector.is_none_or(|sector| matches!(sector, Sector::GOV | Sector::IGO | Sector::IMG));
    bears_arms(actor.sector) || public && (actor.country.is_some() || actor.body.is_some())
}

/// Classes of nouns through which somebody uses force or takes measures.
const MEANS: &[&str] = &[
    "forces",
    "weapons",
    "cbrn_weapons",
    "aircraft",
    "vessel",
    "vehicle",
    "police_units",
    "peacekeepers",
    "militants",
    "protesters",
    "operation",
    "exercise",
    "hostilities",
    "violence",
    "sanction",
    "restriction",
    "government_unit",
    "police_service",
    "court",
    "workers",
    "organisation",
    "document",
    "law_bill",
    "policy",
];

/// Classes of nouns on which force can be used.
const TARGETS: &[&str] = &[
    "assault_target",
    "forces",
    "weapons",
    "aircraft",
    "vessel",
    "vehicle",
    "infrastructure",
    "facility",
    "territory",
    "property",
    "civilians",
    "refugees",
    "prisoner",
    "militants",
    "protesters",
    "diplomat",
    "base",
    "energy",
    "border",
    "media",
    "workers",
    "aid_workers",
    "observers",
    "peacekeepers",
    "police_units",
    "delegates",
    "mission_post",
    "place",
    "actor",
    "remains",
    "position",
    "court",
];

/// Matches frames in one document.
pub struct Matcher<'a, 'd, 'l> {
    syntax: &'a Syntax<'d>,
    lexicon: &'l Lexicon,
    parties: &'a Parties<'a, 'd>,
    /// Words of time expressions: *on Monday* fills no slot.
    temporal: HashSet<TokenId>,
}

impl<'a, 'd, 'l> Matcher<'a, 'd, 'l> {
    /// A matcher over one document.
    pub fn new(
        syntax: &'a Syntax<'d>,
        lexicon: &'l Lexicon,
        parties: &'a Parties<'a, 'd>,
        times: &[TimeExpression],
    ) -> Self {
        let temporal = times.iter().flat_map(|time| time.tokens.ids()).collect();
        Self { syntax, lexicon, parties, temporal }
    }

    /// All matches of the document, in text order, one per word.
    pub fn all(&self) -> Vec<Match<'l>> {
        let mut found: Vec<Match<'l>> = Vec::new();
        for index in 0..self.syntax.doc.tokens.len() {
            let id = TokenId(index as u32);
            let one = match self.syntax.upos(id) {
                Upos::Verb => self.verb(id),
                Upos::Noun | Upos::Propn => self.noun(id),
                Upos::Adj => self.adjective(id),
                _ => None,
            };
            found.extend(one);
        }
        self.settle(found)
    }

    fn verb(&self, verb: TokenId) -> Option<Match<'l>> {
        let syntax = self.syntax;
        if matches!(syntax.relation(verb), "amod" | "compound" | "case" | "mark" | "fixed" | "flat") {
            return None;
        }
        let with_particle = syntax.verb_lemma(verb);
        let mut ids = self.lexicon.frames.by_verb(&with_particle);
        if ids.is_empty() {
            ids = self.lexicon.frames.by_verb(syntax.lemma(verb));
        }
        // Prepositional verbs are listed as one word with their preposition (*call for*).
        let slots = syntax.verb_slots(verb);
        let mut candidates: Vec<FrameId> = ids.to_vec();
        for (preposition, _) in &slots.prepositions {
            candidates.extend(self.lexicon.frames.by_verb(&format!("{} {preposition}", syntax.lemma(verb))));
        }
        if let Some(hyphened) = self.hyphened(verb) {
            candidates = self.lexicon.frames.by_verb(&hyphened).to_vec();
        }
        if candidates.is_empty() {
            return None;
        }
        self.ranked(&candidates, &slots).into_iter().find_map(|frame| self.verb_as(verb, frame, &slots))
    }

    /// The verb as one frame, if its sides are there.
    fn verb_as(&self, verb: TokenId, frame: &'l Frame, slots: &Slots) -> Option<Match<'l>> {
        let syntax = self.syntax;
        let (mut actors, mut recipients, mut why) = self.sides(frame, slots);
        self.balance(frame, slots, &mut actors, &mut recipients, &mut why);
        if actors.is_empty() && recipients.is_empty() || (!frame.bare && recipients.is_empty()) {
            return None;
        }
        // *The necessity of supporting Russia*: words without a doer are talk. A passive may leave its doer out, and force
        // leaves its traces (*killing eleven*).
        if actors.is_empty() && !slots.passive && frame.kind.quad() != Quad::MaterialConflict {
            return None;
        }
        if frame.kind.quad() == Quad::MaterialConflict
            && !self.force_is_plausible(frame, slots, &actors, &recipients)
        {
            return None;
        }
        if self.is_figurative(frame, slots) {
            return None;
        }
        let mut words = TokenRange { start: verb.0, end: verb.0 + 1 };
        if let Some(particle) = syntax.child(verb, "compound:prt").filter(|p| p.0 == verb.0 + 1) {
            words.end = particle.0 + 1;
        }
        if self.hyphened(verb).is_some() {
            words.start -= 2;
        }
        if slots.passive {
            why.push("passive undone".into());
        }
        let object = slots.object.filter(|_| !frame.object.is_empty());
        Some(Match { frame, anchor: verb, words, form: "verb", actors, recipients, light: None, object, why })
    }

    fn noun(&self, noun: TokenId) -> Option<Match<'l>> {
        let syntax = self.syntax;
        if matches!(syntax.relation(noun), "compound" | "flat" | "fixed" | "amod" | "goeswith") {
            return None;
        }
        if self
            .parties
            .mentions
            .at(noun)
            .is_some_and(|m| m.sort == Sort::Name && m.kind != MentionKind::Treaty)
        {
            return None;
        }
        let (ids, words) = self.noun_frames(noun)?;
        let support = self.support(noun);
        // Frames differ in what *of* marks, so the slots are read for each.
        let mut fitting: Vec<(usize, FrameId, Slots)> = Vec::new();
        for id in ids {
            let frame = self.lexicon.frames.get(id);
            let mut slots = syntax.noun_slots(noun, frame.noun_of_subject);
            self.lend(&mut slots, self.light(frame, &support), noun, frame);
            // A verb's object restriction is about the verb; a noun of the frame already is such an act.
            if self.fits(frame, &slots, &SlotTests { object: false }) {
                // A support verb that the frame names itself (*lodge* a protest) says more than any other condition.
                let own_light = support.as_ref().is_some_and(|s| frame.light.contains(&s.lemma));
                fitting.push((frame.conditions() + if own_light { 4 } else { 0 }, id, slots));
            }
        }
        fitting.sort_by_key(|(rank, id, _)| std::cmp::Reverse((*rank, *id)));
        fitting.into_iter().find_map(|(_, id, slots)| {
            self.noun_as(noun, words, self.lexicon.frames.get(id), slots, &support)
        })
    }

    /// The noun as one frame, if its sides are there.
    fn noun_as(
        &self,
        noun: TokenId,
        words: TokenRange,
        frame: &'l Frame,
        slots: Slots,
        support: &Option<Support>,
    ) -> Option<Match<'l>> {
        let syntax = self.syntax;
        let light = self.light(frame, support);
        let (mut actors, mut recipients, mut why) = self.sides(frame, &slots);
        self.modifiers(frame, &slots, &mut actors, &mut recipients, &mut why);
        self.balance(frame, &slots, &mut actors, &mut recipients, &mut why);
        if actors.is_empty() && self.confirmer(noun, &recipients, &mut actors) {
            why.push("doer taken from the one who confirms it".into());
        }
        // A noun names what has happened only with its doer, or as force used on somebody. *Support for the war* and *the
        // treaty between A and B* are things, not events.
        let force = frame.kind.quad() == Quad::MaterialConflict
            && !recipients.is_empty()
            && !matches!(syntax.relation(syntax.first_conjunct(noun)), "nmod" | "obl");
        if actors.is_empty() && !force {
            return None;
        }
        let lent = light.is_some() && frame.kind.quad() == Quad::MaterialConflict;
        if self.is_figurative(frame, &slots) || (lent && !self.subject_can_use_force(frame, &slots, &actors))
        {
            return None;
        }
        if light.is_none()
            && self.parties.mentions.at(noun).is_some_and(|m| m.kind == MentionKind::Treaty && m.head == noun)
        {
            return None;
        }
        if let Some((verb, aspect)) = light {
            why.push(format!("support verb {} ({aspect:?})", syntax.verb_lemma(verb)).to_lowercase());
        }
        Some(Match { frame, anchor: noun, words, form: "noun", actors, recipients, light, object: None, why })
    }

    /// *Latvia's police confirmed the arrest of a Belarusian*: a state organ that confirms or admits an act without a doer
    /// speaks of its own, unless the act was done to its own side.
    fn confirmer(&self, noun: TokenId, recipients: &[Participant], actors: &mut Vec<Participant>) -> bool {
        let syntax = self.syntax;
        let Some(verb) = syntax.head(noun).filter(|_| syntax.deprel(noun) == "obj") else { return false };
        let stance = self.lexicon.cues.get(CuePos::Verb, syntax.lemma(verb)).map(|cue| cue.stance);
        if !matches!(stance, Some(Stance::Confirms | Stance::Admits)) {
            return false;
        }
        let Some(speaker) = syntax.agent(verb).and_then(|subject| self.parties.resolve(subject)) else {
            return false;
        };
        let organ = matches!(
            speaker.actor.sector,
            None | Some(Sector::GOV | Sector::MIL | Sector::COP | Sector::SPY | Sector::JUD)
        );
        let own_side = recipients.iter().any(|r| r.actor.country == speaker.actor.country);
        if !organ || speaker.actor.country.is_none() || own_side {
            return false;
        }
        actors.push(speaker);
        true
    }

    fn adjective(&self, adjective: TokenId) -> Option<Match<'l>> {
        let syntax = self.syntax;
        let ids = self.lexicon.frames.by_adjective(syntax.lemma(adjective));
        if ids.is_empty() || syntax.relation(adjective) == "amod" {
            return None;
        }
        let slots = syntax.verb_slots(adjective);
        let frame = *self.ranked(ids, &slots).first()?;
        let (mut actors, mut recipients, mut why) = self.sides(frame, &slots);
        self.balance(frame, &slots, &mut actors, &mut recipients, &mut why);
        if actors.is_empty() || recipients.is_empty() {
            return None;
        }
        let words = TokenRange { start: adjective.0, end: adjective.0 + 1 };
        Some(Match {
            frame,
            anchor: adjective,
            words,
            form: "adjective",
            actors,
            recipients,
            light: None,
            object: None,
            why,
        })
    }

    /// A verb written with a hyphen (*test-fired*), which the tokeniser cuts in three.
    fn hyphened(&self, verb: TokenId) -> Option<String> {
        let doc = self.syntax.doc;
        let (hyphen, first) =
            (doc.tokens.get(verb.index().checked_sub(1)?)?, doc.tokens.get(verb.index().checked_sub(2)?)?);
        let joined = hyphen.form == "-"
            && first.span.end == hyphen.span.start
            && hyphen.span.end == doc.token(verb).span.start;
        joined.then(|| format!("{}-{}", first.form.to_lowercase(), self.syntax.lemma(verb)))
    }

    /// Force is used by somebody, or by their means of force, on somebody or something. *Apples attack the market* and
    /// *floods attacked the bridge* are figures of speech; *Brazil attacked down the left* is a game.
    fn subject_can_use_force(&self, frame: &Frame, slots: &Slots, actors: &[Participant]) -> bool {
        let Some(subject) = slots.subject.filter(|_| frame.actor.contains(&Slot::Subject)) else {
            return true;
        };
        // *A Venezuelan army post shot at the boat*: what belongs to armed people shoots.
        let own = actors.iter().any(|actor| !actor.owner || bears_arms(actor.actor.sector));
        // *Israeli strikes killed twenty*: an act of force is as good as its weapon.
        let lemma = self.syntax.lemma(subject).to_lowercase();
        let act = |id: &FrameId| self.lexicon.frames.get(*id).kind.quad() == Quad::MaterialConflict;
        own || matches!(self.syntax.upos(subject), Upos::Pron | Upos::Propn)
            || self.is_one_of(subject, MEANS)
            || self.lexicon.frames.by_noun(&lemma).iter().any(act)
    }

    fn is_one_of(&self, token: TokenId, classes: &[&str]) -> bool {
        classes.iter().any(|class| self.is(token, &Filler::Class((*class).to_owned())))
    }

    /// *The war on malaria*, *declared war on obesity*: the other side is nobody.
    fn is_figurative(&self, frame: &Frame, slots: &Slots) -> bool {
        matches!(frame.kind, EventType::Assault | EventType::Threaten | EventType::Mobilize)
            && ["on", "against", "with", "for"].iter().any(|preposition| {
                let fillers = self.fillers(&Slot::Preposition((*preposition).to_owned()), slots);
                fillers.into_iter().any(|filler| self.is_one_of(filler, &["abstract_target"]))
            })
    }

    fn force_is_plausible(
        &self,
        frame: &Frame,
        slots: &Slots,
        actors: &[Participant],
        recipients: &[Participant],
    ) -> bool {
        if !self.subject_can_use_force(frame, slots, actors) {
            return false;
        }
        if frame.kind != EventType::Assault || frame.reciprocal || recipients.iter().any(|r| !r.owner) {
            return true;
        }
        // The market and the penalty box have owners too; force is used on people and solid things.
        let targets = frame.recipient.iter().flat_map(|slot| self.fillers(slot, slots)).chain(slots.object);
        targets.into_iter().any(|target| {
            self.is_one_of(target, TARGETS)
                || self.parties.mentions.at(target).is_some()
                || self.syntax.upos(target) == Upos::Num
        })
    }

    /// Frames of a noun, with the modifiers that belong to the entry (*air strike*, *travel ban*).
    fn noun_frames(&self, noun: TokenId) -> Option<(Vec<FrameId>, TokenRange)> {
        let syntax = self.syntax;
        let lemma = syntax.lemma(noun).to_lowercase();
        for back in (1..=2u32).rev() {
            let Some(start) = noun.0.checked_sub(back) else { continue };
            let inside = (start..noun.0)
                .all(|i| syntax.head(TokenId(i)).is_some_and(|h| h.0 >= start && h.0 <= noun.0));
            if !inside {
                continue;
            }
            let mut words: Vec<String> =
                (start..noun.0).map(|i| syntax.lemma(TokenId(i)).to_lowercase()).collect();
            words.push(lemma.clone());
            let joined = words.join(" ");
            let mut ids = self.lexicon.frames.by_noun(&joined);
            if ids.is_empty() {
                ids = joined.strip_suffix('s').map_or(&[], |singular| self.lexicon.frames.by_noun(singular));
            }
            if !ids.is_empty() {
                return Some((ids.to_vec(), TokenRange { start, end: noun.0 + 1 }));
            }
        }
        // *a joint naval exercise* is a joint exercise.
        let apart = syntax
            .children(noun)
            .iter()
            .filter(|kid| **kid < noun && matches!(syntax.relation(**kid), "amod" | "compound"))
            .find_map(|kid| {
                let ids =
                    self.lexicon.frames.by_noun(&format!("{} {lemma}", syntax.lemma(*kid).to_lowercase()));
                (!ids.is_empty()).then(|| (ids.to_vec(), TokenRange { start: kid.0, end: noun.0 + 1 }))
            });
        apart.or_else(|| {
            let mut ids = self.lexicon.frames.by_noun(&lemma);
            if ids.is_empty() {
                ids = lemma.strip_suffix('s').map_or(&[], |singular| self.lexicon.frames.by_noun(singular));
            }
            (!ids.is_empty()).then(|| (ids.to_vec(), TokenRange { start: noun.0, end: noun.0 + 1 }))
        })
    }

    /// The verb that governs an event noun in a way in which a support verb would.
    fn support(&self, noun: TokenId) -> Option<Support> {
        let syntax = self.syntax;
        let first = syntax.first_conjunct(noun);
        if let Some(head) = syntax.head(first)
            && syntax.upos(head) == Upos::Verb
        {
            let lemma = syntax.verb_lemma(head);
            match syntax.deprel(first) {
                "obj" | "nsubj:pass" => return Some(Support { verb: head, lemma, preposition: None }),
                "obl" => {
                    let preposition = syntax.preposition(first)?;
                    return Some(Support { verb: head, lemma, preposition: Some(preposition) });
                }
                _ => {}
            }
        }
        // *sanctions imposed by*, *an attack carried out by*
        syntax
            .children_by(noun, "acl")
            .find(|kid| syntax.upos(*kid) == Upos::Verb && syntax.is_passive(*kid))
            .map(|verb| Support { verb, lemma: syntax.verb_lemma(verb), preposition: None })
    }

    fn light(&self, frame: &Frame, support: &Option<Support>) -> Option<(TokenId, Aspect)> {
        let support = support.as_ref()?;
        let lights = &self.lexicon.light;
        let aspect = match &support.preposition {
            None if frame.light.contains(&support.lemma) => Some(Aspect::Do),
            None => lights.aspect(&support.lemma),
            Some(preposition) => lights.aspect(&format!("{} {preposition}", support.lemma)),
        };
        aspect.map(|aspect| (support.verb, aspect))
    }

    /// Fills an event noun's free slots from its support verb.
    fn lend(&self, slots: &mut Slots, light: Option<(TokenId, Aspect)>, noun: TokenId, frame: &Frame) {
        let Some((verb, aspect)) = light else { return };
        let verb_slots = self.syntax.verb_slots(verb);
        let subject =
            if self.syntax.is_passive(verb) { verb_slots.subject } else { self.syntax.surface_subject(verb) };
        let subject = subject.filter(|s| *s != noun && !self.syntax.dominates(noun, *s));
        match aspect {
            Aspect::Undergo => {
                if slots.object.is_none() {
                    slots.object = subject;
                }
            }
            Aspect::Ask => {}
            // Who rejects an attack is not the one who attacks; who rejects talks would have held them.
            Aspect::Refuse if matches!(frame.kind.quad(), Quad::VerbalConflict | Quad::MaterialConflict) => {}
            _ => {
                if slots.subject.is_none() {
                    slots.subject = subject;
                }
            }
        }
        if slots.indirect.is_none() {
            slots.indirect = verb_slots.indirect;
        }
        slots.prepositions.extend(verb_slots.prepositions.into_iter().filter(|(_, filler)| *filler != noun));
    }

    /// The frames that fit a verb or adjective, the most specific first.
    fn ranked(&self, ids: &[FrameId], slots: &Slots) -> Vec<&'l Frame> {
        let conditions = SlotTests { object: true };
        let mut fitting: Vec<(FrameId, &'l Frame)> = ids
            .iter()
            .map(|id| (*id, self.lexicon.frames.get(*id)))
            .filter(|(_, frame)| self.fits(frame, slots, &conditions))
            .collect();
        fitting.sort_by_key(|(id, frame)| std::cmp::Reverse((frame.conditions(), *id)));
        fitting.into_iter().map(|(_, frame)| frame).collect()
    }

    /// *asked whether the envoy had left*, *asked why he came*: a question is no request.
    fn is_question(&self, clause: TokenId) -> bool {
        let syntax = self.syntax;
        let first = syntax.phrase(clause).start;
        let marked =
            syntax.children_by(clause, "mark").any(|mark| matches!(syntax.lemma(mark), "whether" | "if"));
        marked
            || matches!(
                syntax.lemma(TokenId(first)),
                "whether" | "what" | "why" | "who" | "how" | "when" | "where" | "which"
            )
    }

    fn fits(&self, frame: &Frame, slots: &Slots, tests: &SlotTests) -> bool {
        if frame.kind == EventType::Request && slots.complement.is_some_and(|clause| self.is_question(clause))
        {
            return false;
        }
        if tests.object {
            if !frame.object.is_empty()
                && !slots.object.is_some_and(|object| self.is_any(object, &frame.object))
            {
                return false;
            }
            if slots.object.is_some_and(|object| self.is_any(object, &frame.not_object)) {
                return false;
            }
        }
        let skip = |test: &SlotTest| !tests.object && test.slots.iter().all(|slot| *slot == Slot::Object);
        // *A and B held*: two doers of a reciprocal act stand for *with* and *between*.
        let mutual = |test: &SlotTest| {
            let between = |slot: &Slot| matches!(slot, Slot::Preposition(p) if matches!(p.as_str(), "with" | "between" | "among"));
            frame.reciprocal
                && test.slots.iter().any(between)
                && slots.subject.is_some_and(|subject| self.parties.resolve_all(subject).len() > 1)
        };
        frame.with.iter().filter(|test| !skip(test)).all(|test| self.passes(test, slots) || mutual(test))
            && !frame.without.iter().filter(|test| !skip(test)).any(|test| self.passes(test, slots))
    }

    fn passes(&self, test: &SlotTest, slots: &Slots) -> bool {
        test.slots.iter().any(|slot| {
            self.fillers(slot, slots)
                .iter()
                .any(|filler| test.fillers.is_empty() || self.is_any(*filler, &test.fillers))
        })
    }

    /// Everything that fills a slot; prepositional phrases may hang on the object.
    fn fillers(&self, slot: &Slot, slots: &Slots) -> Vec<TokenId> {
        let syntax = self.syntax;
        match slot {
            Slot::Subject => slots.subject.into_iter().collect(),
            Slot::Object => slots.object.into_iter().collect(),
            Slot::Indirect => slots.indirect.into_iter().collect(),
            Slot::Complement => slots.complement.into_iter().collect(),
            Slot::ComplementObject => slots
                .complement
                .and_then(|clause| {
                    let inner = syntax.verb_slots(clause);
                    inner
                        .object
                        .or(inner.indirect)
                        .or_else(|| inner.prepositions.first().map(|(_, filler)| *filler))
                })
                .into_iter()
                .collect(),
            Slot::ComplementSubject => {
                slots.complement.and_then(|clause| syntax.surface_subject(clause)).into_iter().collect()
            }
            Slot::Purpose => slots.purpose.into_iter().collect(),
            Slot::Preposition(wanted) => {
                let mut found: Vec<TokenId> = slots
                    .prepositions
                    .iter()
                    .filter(|(preposition, filler)| preposition == wanted && !self.temporal.contains(filler))
                    .map(|(_, filler)| *filler)
                    .collect();
                for object in slots.object.iter().chain(&slots.complement) {
                    found.extend(
                        syntax
                            .children(*object)
                            .iter()
                            .copied()
                            .filter(|kid| matches!(syntax.relation(*kid), "nmod" | "obl"))
                            .filter(|kid| !self.temporal.contains(kid))
                            .filter(|kid| syntax.preposition(*kid).as_deref() == Some(wanted)),
                    );
                }
                found
            }
        }
    }

    fn is_any(&self, filler: TokenId, wanted: &[Filler]) -> bool {
        self.syntax
            .conjuncts(filler)
            .into_iter()
            .any(|token| wanted.iter().any(|filler| self.is(token, filler)))
    }

    fn is(&self, token: TokenId, wanted: &Filler) -> bool {
        let lemma = self.syntax.lemma(token).to_lowercase();
        let joined = || {
            let before = token.0.checked_sub(1).map(TokenId)?;
            (self.syntax.head(before) == Some(token))
                .then(|| format!("{} {lemma}", self.syntax.lemma(before).to_lowercase()))
        };
        match wanted {
            Filler::Lemma(word) => *word == lemma || joined().is_some_and(|joined| joined == *word),
            Filler::Class(class) => match class.as_str() {
                "actor" => self.parties.resolve(token).is_some(),
                "body" => self.parties.resolve(token).is_some_and(|p| p.actor.body.is_some() && !p.owner),
                "state" => self.parties.resolve(token).is_some_and(|p| p.actor.country.is_some() && !p.owner),
                "person" => self.parties.mentions.at(token).is_some_and(|m| m.kind == MentionKind::Person),
                "armed" => self.parties.resolve(token).is_some_and(|p| !p.owner && has_arms(&p.actor)),
                "politician" => self.is_politician(token),
                "place" => self.parties.mentions.at(token).is_some_and(|m| m.place.is_some()),
                "money" => {
                    matches!(self.syntax.upos(token), Upos::Sym)
                        || crate::quantities::currency(&lemma).is_some()
                }
                "number" => {
                    matches!(self.syntax.upos(token), Upos::Num | Upos::Sym)
                        || self.syntax.children_by(token, "nummod").next().is_some()
                }
                _ => {
                    let has = |word: &str| self.lexicon.classes.has(class, word);
                    // Plural-only nouns are sometimes their own lemma (*troops*, *talks*).
                    has(&lemma)
                        || lemma.strip_suffix('s').is_some_and(has)
                        || joined()
                            .is_some_and(|joined| has(&joined) || joined.strip_suffix('s').is_some_and(has))
                }
            },
        }
    }

    /// A person by name, or a pronoun for one, who is in politics: who attacks another such does so in words.
    fn is_politician(&self, token: TokenId) -> bool {
        let person = |m: &Mention| m.kind == MentionKind::Person && m.sort != Sort::Common;
        use Sector::{ELI, GOV, JUD, LEG, OPP, PTY};
        self.parties.mentions.at(token).is_some_and(person)
            && self
                .parties
                .resolve(token)
                .is_some_and(|party| matches!(party.actor.sector, Some(ELI | GOV | JUD | LEG | OPP | PTY)))
    }

    /// Actors and recipients by the frame's slots.
    fn sides(&self, frame: &Frame, slots: &Slots) -> (Vec<Participant>, Vec<Participant>, Vec<String>) {
        let mut why = Vec::new();
        let mut pick = |wanted: &[Slot], side: &str, but: &[Participant]| {
            for slot in wanted {
                for filler in self.fillers(slot, slots) {
                    let found = self.parties.resolve_all(filler);
                    // *closed the Lithuanian consulate in Grodno*: where the doer itself stands, the next slot is asked.
                    let other = but.is_empty()
                        || frame.reciprocal
                        || found.iter().any(|f| {
                            !but.iter().any(|b| {
                                b.actor.country.is_some()
                                    && b.actor.country == f.actor.country
                                    && f.actor.sector.is_none()
                            })
                        });
                    if !found.is_empty() && !other {
                        // *along its border with Mali*: the other side of what both own.
                        let partner = self.parties.partner(filler);
                        if !partner.is_empty() {
                            why.push(format!("{side} shares {}", self.syntax.doc.token(filler).form));
                            return partner;
                        }
                    }
                    if !found.is_empty() && other {
                        why.push(format!(
                            "{side} from {}: {}",
                            name(slot),
                            self.syntax.doc.token(filler).form
                        ));
                        return found;
                    }
                }
            }
            Vec::new()
        };
        let between = [Slot::Preposition("between".into())];
        // *Oman hosted talks between A and B*: those between whom they are held hold them.
        let held_between = frame.reciprocal && !self.fillers(&between[0], slots).is_empty();
        let actors = pick(if held_between { &between } else { &frame.actor }, "actor", &[]);
        let mut recipients = pick(&frame.recipient, "recipient", &actors);
        if recipients.is_empty() && frame.kind == EventType::Assault {
            // *fired missiles at an air base in Qatar*: the base is Qatar's, by where it stands.
            let target = frame.recipient.iter().any(|slot| !self.fillers(slot, slots).is_empty());
            let inside =
                slots.prepositions.iter().find(|(p, _)| matches!(p.as_str(), "in" | "inside" | "near"));
            if let Some((preposition, filler)) = inside.filter(|_| target) {
                recipients = self.parties.resolve_all(*filler);
                recipients.retain(|r| !r.owner && r.actor.country.is_some());
                why.push(format!(
                    "recipient from the place of the target: {preposition} {}",
                    self.syntax.doc.token(*filler).form
                ));
            }
        }
        (actors, recipients, why)
    }

    /// Nationalities and names before an event noun (*Russian shelling*, *the NATO summit*): actors, in their order.
    fn modifiers(
        &self,
        frame: &Frame,
        slots: &Slots,
        actors: &mut Vec<Participant>,
        recipients: &mut Vec<Participant>,
        why: &mut Vec<String>,
    ) {
        let named: Vec<Participant> =
            slots.modifiers.iter().filter_map(|m| self.parties.resolve(*m)).collect();
        let Some(first) = named.first() else { return };
        if actors.is_empty() {
            why.push(format!("actor from modifier: {}", self.syntax.doc.token(first.token).form));
            if frame.reciprocal && named.len() > 1 {
                *actors = named;
            } else {
                actors.push(first.clone());
                if recipients.is_empty() && named.len() > 1 {
                    recipients.extend(named[1..].iter().cloned());
                }
            }
        } else if recipients.is_empty() && !same(&first.actor, &actors[0].actor) {
            why.push(format!("recipient from modifier: {}", self.syntax.doc.token(first.token).form));
            recipients.push(first.clone());
        }
    }

    /// What holds for every frame: one's own forces act for their owner, sides of a reciprocal act are both, nobody acts
    /// on itself.
    fn balance(
        &self,
        frame: &Frame,
        slots: &Slots,
        actors: &mut Vec<Participant>,
        recipients: &mut Vec<Participant>,
        why: &mut Vec<String>,
    ) {
        let object_is_recipient = frame.recipient.contains(&Slot::Object);
        if actors.is_empty()
            && !object_is_recipient
            && let Some(object) = slots.object
        {
            *actors = self.parties.resolve_all(object);
            if !actors.is_empty() {
                why.push(format!("actor owns the object: {}", self.syntax.doc.token(object).form));
            }
        }
        let mutual = recipients.iter().all(|r| actors.iter().any(|a| same(&a.actor, &r.actor)));
        if frame.reciprocal && mutual && actors.len() > 1 {
            recipients.clone_from(actors);
            why.push("each to the other".into());
        } else {
            let inward = matches!(
                frame.kind,
                EventType::Coerce | EventType::Assault | EventType::Accuse | EventType::Sanction
            );
            recipients.retain(|r| {
                !actors.iter().any(|a| {
                    // One's own forces, sent or withdrawn, are no other side.
                    let own = r.actor.country.is_some()
                        && a.actor.country == r.actor.country
                        && r.actor.sector == Some(Sector::MIL)
                        && !inward;
                    same(&a.actor, &r.actor) || a.token == r.token || own
                })
            });
        }
    }

    /// Where a verb and the noun it supports both match, the more telling of the two stays.
    fn settle(&self, found: Vec<Match<'l>>) -> Vec<Match<'l>> {
        let mut drop = vec![false; found.len()];
        for (i, noun) in found.iter().enumerate() {
            if noun.form != "noun" {
                continue;
            }
            let first = self.syntax.first_conjunct(noun.anchor);
            let Some(head) = self.syntax.head(first) else { continue };
            let Ok(j) = found.binary_search_by_key(&head, |m| m.anchor) else { continue };
            let verb = &found[j];
            if verb.form != "verb" {
                continue;
            }
            let claimed = verb.object == Some(first) || verb.object == Some(noun.anchor);
            // *hosted talks between A and B*: the host's act and the talks are two events.
            let same_doer = noun.actors.iter().all(|a| verb.actors.iter().any(|b| same(&a.actor, &b.actor)));
            let same_sides = verb.frame.kind == noun.frame.kind && same_doer;
            if (claimed && same_doer)
                || (same_sides && noun.light.is_none() && self.syntax.relation(first) == "obj")
            {
                drop[i] = true;
            } else if noun.light.is_some()
                && verb.actors.iter().all(|a| noun.actors.iter().any(|b| same(&a.actor, &b.actor)))
            {
                drop[j] = true;
            }
        }
        found.into_iter().zip(drop).filter(|(_, drop)| !drop).map(|(m, _)| m).collect()
    }
}

struct Support {
    verb: TokenId,
    lemma: String,
    preposition: Option<String>,
}

/// Which conditions apply to a form.
struct SlotTests {
    object: bool,
}

fn name(slot: &Slot) -> &str {
    match slot {
        Slot::Subject => "subject",
        Slot::Object => "object",
        Slot::Indirect => "indirect object",
        Slot::Complement => "complement",
        Slot::ComplementObject => "object of the complement",
        Slot::ComplementSubject => "subject of the complement",
        Slot::Purpose => "purpose",
        Slot::Preposition(preposition) => preposition,
    }
}

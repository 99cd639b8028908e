//! The judge's part in the reading: a second opinion on what the lexicon found, and events that the lexicon has no words for.
//!
//! Every two parties of a sentence are put before the judge, and the sides of every event that the lexicon found. What comes
//! back is probabilities. Here they become a confidence, a change of type, an objection, or an event of its own, each by a
//! threshold that stands in this file and is shown with `--explain`.
//!
//! An event of the judge's still needs words: the word that the judge took for the act, a party on each side, and none of the
//! reasons that make a lexicon event none.

use crate::{
    actuality::Reality,
    frames::Match,
    lexicon::{CuePos, Frames, Lexicon},
    mentions::Sort,
    parties::{Participant, Parties, same},
    relate,
    syntax::Syntax,
};
use record::{
    Actuality, EventType, Ground, Judge, Opinion, Polarity, Quad, Sector, Stance, Study, TokenId, TokenRange,
    Upos, reading::MentionKind,
};
use std::collections::HashMap;

/// Parties of a sentence that are put before the judge; in a longer list the first are.
const MOST_PARTIES: usize = 8;

/// Words of a party's phrase that the judge looks at; the rest of a long phrase is left out.
const MOST_WORDS: u32 = 14;

/// From this probability on, what the judge sees between two parties becomes an event of its own.
const ADD: f32 = 0.75;

/// From this share on, with the lexicon's own vote counted in, the judge's type takes the place of the lexicon's.
const RETYPE: f32 = 0.9;

/// The judge objects to a type to which it gives less than this.
const DOUBT: f32 = 0.04;

/// From this probability of none on, an event between two parties is left out and noted.
const OBJECT: f32 = 0.5;

/// An act that is an event with less than this probability is left out, or told as not having taken place: one that the lexicon
/// found, one of which the judge is sure what it is, and one that only the judge sees.
const REAL: f32 = 0.6;
const REAL_IF_SURE: f32 = 0.35;
const REAL_ALONE: f32 = 0.85;

/// The same for a word of a user's own layer: it means what the user says.
const REAL_IF_OWN: f32 = 0.05;

/// A reason less likely than this is none, unless only the judge sees the act.
const LEAST_REASON: f32 = 0.3;

/// From this probability on, the judge is sure of a type.
const SURE: f32 = 0.7;

/// The least probability of an event for what may be history, in a sentence that tells a day of late.
const REAL_OF_LATE: f32 = 0.1;

/// What an act needs to pass for an event that took place.
#[derive(Clone, Copy)]
pub(crate) struct Bar {
    /// Its least probability of being one.
    real: f32,
    /// Below it, the act still passes where no reason has this probability.
    reason: f32,
}

impl Bar {
    /// The bar for an act; `alone`: only the judge sees it; `second`: its opinion on the two sides.
    pub fn of(found: &Match<'_>, alone: bool, second: Option<&Second>) -> Self {
        let real = match second {
            _ if alone => return Self { real: REAL_ALONE, reason: 0.0 },
            _ if found.frame.layer > 0 => REAL_IF_OWN,
            Some(second) if second.own >= SURE => REAL_IF_SURE,
            _ => REAL,
        };
        Self { real, reason: LEAST_REASON }
    }

    fn is_missed(self, ground: &Ground) -> bool {
        ground.real < self.real && ground.share >= self.reason
    }
}

/// Whether the act is left out. A reason that denies only that the act took place changes its reality ([`unreal`]).
pub(crate) fn is_silent(ground: &Ground, bar: Bar) -> bool {
    let reality = matches!(
        ground.reason.as_str(),
        "history" | "anniversary" | "hypothetical" | "negated" | "requested"
    );
    bar.is_missed(ground) && !reality
}

/// What the judge's reason makes of an act that the words seemed to tell as real.
pub(crate) fn unreal(reality: &mut Reality, kind: EventType, ground: &Ground, bar: Bar, of_late: bool) {
    reality.why.push(format!("judge: an event {:.2}, {} {:.2}", ground.real, ground.reason, ground.share));
    let past = matches!(ground.reason.as_str(), "history" | "anniversary");
    let bar = if past && of_late { Bar { real: REAL_OF_LATE, ..bar } } else { bar };
    if !reality.happened() || !bar.is_missed(ground) {
        return;
    }
    // A promise, threat or demand is itself an act of speaking.
    use EventType::{Accuse, Agree, Reject, Request, Threaten};
    let speech = matches!(kind, Accuse | Agree | Reject | Request | Threaten);
    match ground.reason.as_str() {
        "hypothetical" | "requested" if speech => {}
        "history" | "anniversary" => reality.actuality = Actuality::Historical,
        "hypothetical" => reality.actuality = Actuality::Possible,
        "requested" => reality.actuality = Actuality::Requested,
        "negated" => reality.polarity = Polarity::Negative,
        _ => {}
    }
}

/// A refusal that no word of refusing names must be at least this likely.
const REFUSED: f32 = 0.93;

/// What an event that only the judge sees needs besides: a promise or threat without a lexicon word for it is not done (*is
/// expected to*), and silence is no refusal. `false` where it is no event.
pub(crate) fn settle(
    syntax: &Syntax<'_>,
    lexicon: &Lexicon,
    found: &Match<'_>,
    sure: f32,
    reality: &mut Reality,
) -> bool {
    let kind = found.frame.kind;
    let lemma = syntax.lemma(found.anchor);
    let frames = &lexicon.frames;
    let of_its_own =
        [frames.by_verb(&syntax.verb_lemma(found.anchor)), frames.by_verb(lemma), frames.by_noun(lemma)]
            .into_iter()
            .flatten()
            .any(|id| frames.get(*id).kind == kind);
    match kind {
        EventType::Agree if reality.happened() => reality.actuality = Actuality::Planned,
        EventType::Threaten if reality.happened() => reality.actuality = Actuality::Threatened,
        // *said*, *told*: the statement is on record as one.
        EventType::Accuse if is_plain_report(lexicon, lemma) => return false,
        EventType::Reject if !of_its_own => return sure >= REFUSED && reality.happened(),
        _ => {}
    }
    true
}

fn is_plain_report(lexicon: &Lexicon, lemma: &str) -> bool {
    lexicon.cues.get(CuePos::Verb, lemma).is_some_and(|cue| cue.stance == Stance::Affirms)
}

/// What the judge says of an event that the lexicon found.
#[derive(Clone, Debug)]
pub(crate) struct Second {
    /// The judge's own probability of the event's final type.
    pub of_final: f32,
    /// Its probability that there is nothing between the two.
    pub none: f32,
    /// The judge's own probability of the lexicon's type.
    pub own: f32,
    /// The type, where the judge's takes the place of the lexicon's.
    pub retyped: Option<EventType>,
    /// Whether the judge sees nothing between the two parties.
    pub objects: bool,
    /// For `--explain`.
    pub why: String,
}

type Pair = (TokenRange, TokenRange);

/// The judge's opinions on one document.
pub(crate) struct Bench<'j> {
    study: Option<Box<dyn Study + 'j>>,
    opinions: HashMap<Pair, Opinion>,
    /// By sentence: its parties.
    parties: Vec<Vec<Candidate>>,
}

impl<'j> Bench<'j> {
    /// Puts before the judge whatever the document has to judge.
    pub fn hear(
        judge: &'j dyn Judge,
        frames: &Frames,
        parties: &Parties<'_, 'j>,
        matches: &[Match<'_>],
    ) -> Self {
        let doc = parties.syntax.doc;
        let mut all = Vec::with_capacity(doc.sentences.len());
        let mut stretches = Vec::new();
        let mut pairs: Vec<Pair> = Vec::new();
        let mut next = 0;
        for sentence in &doc.sentences {
            let found = candidates(parties, frames, sentence.tokens);
            let before = pairs.len();
            for source in found.iter().filter(|source| source.may_act) {
                for target in found.iter().filter(|target| apart(source, target)) {
                    pairs.push((words(source), words(target)));
                }
            }
            let mut acts = false;
            while let Some(found) = matches.get(next).filter(|m| m.anchor.0 < sentence.tokens.end) {
                pairs.extend(sides(found));
                acts = true;
                next += 1;
            }
            if acts || pairs.len() > before {
                stretches.push(sentence.tokens);
            }
            all.push(found);
        }
        pairs.sort_unstable();
        pairs.dedup();
        let study = (!stretches.is_empty()).then(|| judge.study(doc, &stretches));
        let opinions = study.as_ref().map_or_else(Vec::new, |study| study.pairs(&pairs));
        let opinions = pairs.into_iter().zip(opinions).filter_map(|(pair, o)| Some((pair, o?))).collect();
        Self { study, opinions, parties: all }
    }

    /// Why the act of an event may be none.
    pub fn ground(&self, found: &Match<'_>) -> Option<Ground> {
        self.study.as_ref()?.grounds(&[found.words]).pop().flatten()
    }

    /// The second opinion on an event of type `kind`; `None` where it lacks a side.
    pub fn on(&self, syntax: &Syntax<'_>, found: &Match<'_>, kind: EventType) -> Option<Second> {
        let opinions = sides(found).filter_map(|pair| self.opinions.get(&pair));
        let opinion = opinions.min_by(|a, b| a.none.total_cmp(&b.none))?;
        let shares = relate::shares(Some(opinion), &[(kind, relate::BONUS[0])]);
        let (best, p) = opinion.best();
        let own = relate::alike(opinion, kind);
        let (after, share) = shares.best();
        let same_kind = relate::alike(&shares, kind) >= relate::alike(&shares, after);
        // Between two parties there may be two acts; the judge speaks of the one that it looks at.
        let looks = opinion.act.is_none_or(|act| {
            found.words.contains(act)
                || syntax.head(found.anchor) == Some(act)
                || syntax.path_up(act).take(3).any(|at| at == found.anchor)
        });
        let retyped = (share >= RETYPE && !same_kind && looks).then_some(after);
        let objects = opinion.none >= OBJECT && own < DOUBT;
        let final_kind = retyped.unwrap_or(kind);
        Some(Second {
            of_final: relate::alike(opinion, final_kind),
            none: opinion.none,
            own,
            retyped,
            objects,
            why: format!(
                "judge: {} {p:.2}, none {:.2}, {} with the lexicon's word {:.2}",
                best.as_str(),
                opinion.none,
                kind.as_str(),
                shares.of(kind)
            ),
        })
    }

    /// What the judge sees beyond the events that were found, with its probabilities. An event that was found without one of its
    /// sides gets the party that the judge sees there.
    pub fn beyond<'l>(
        &self,
        frames: &'l Frames,
        parties: &Parties<'_, '_>,
        matches: &mut [Match<'_>],
    ) -> Vec<(Match<'l>, f32)> {
        let syntax = parties.syntax;
        let mut seen: Vec<(Match<'l>, f32)> = Vec::new();
        for (sentence, found) in syntax.doc.sentences.iter().zip(&self.parties) {
            let first = matches.partition_point(|m| m.anchor.0 < sentence.tokens.start);
            let end = matches.partition_point(|m| m.anchor.0 < sentence.tokens.end);
            let these = &mut matches[first..end];
            let from = seen.len();
            for source in found.iter().filter(|source| source.may_act) {
                for target in found.iter().filter(|target| apart(source, target)) {
                    let Some(opinion) = self.opinions.get(&(words(source), words(target))) else { continue };
                    let (kind, _) = opinion.best();
                    let confidence = relate::alike(opinion, kind);
                    let able = source.has_power || !needs_power(kind);
                    let Some(anchor) = opinion.act.filter(|_| confidence >= ADD && able) else { continue };
                    let Some(anchor) = act(syntax, anchor, source, target) else { continue };
                    if these.iter().any(|m| covers(m, kind, anchor, source, target)) {
                        continue;
                    }
                    // *suspended deliveries after its drivers were shot*: no second event of the same word with itself.
                    let known = |m: &Match<'_>| m.anchor == anchor && alike(m.frame.kind, kind);
                    if source.actor.name == target.actor.name && these.iter().any(known) {
                        continue;
                    }
                    // *to help the army against the rebels* helps no rebels.
                    let cooperative =
                        matches!(kind.quad(), Quad::VerbalCooperation | Quad::MaterialCooperation);
                    if cooperative && syntax.preposition(target.token).is_some_and(|p| p == "against") {
                        continue;
                    }
                    // *The Union, whose monitors patrol, called on …*: the monitors have their own verb, and who calls is not who is called on.
                    let elsewhere =
                        [source, target].iter().any(|p| is_in_relative_clause(syntax, p.token, anchor));
                    let does_it =
                        syntax.deprel(target.token) == "nsubj" && syntax.head(target.token) == Some(anchor);
                    if elsewhere || does_it && !is_mutual(kind) {
                        continue;
                    }
                    // For words there may be several mouths; a blow has one hand.
                    if kind.quad() == Quad::MaterialConflict && is_done_by_another(syntax, anchor, source) {
                        continue;
                    }
                    let why = format!(
                        "judge: {} {:.2} between “{}” and “{}”, by “{}”",
                        kind.as_str(),
                        confidence,
                        syntax.doc.words(parties.span(source)),
                        syntax.doc.words(parties.span(target)),
                        syntax.doc.token(anchor).form
                    );
                    if let Some(found) = these.iter_mut().find(|m| lacks(m, kind, anchor, source, target)) {
                        if found.actors.is_empty() {
                            found.actors.push(source.party.clone());
                        } else {
                            found.recipients.push(target.party.clone());
                        }
                        found.why.push(why);
                        continue;
                    }
                    let new = Match {
                        frame: frames.of_judge(kind),
                        anchor,
                        words: TokenRange { start: anchor.0, end: anchor.0 + 1 },
                        form: match syntax.upos(anchor) {
                            Upos::Noun | Upos::Propn => "noun",
                            Upos::Adj => "adjective",
                            _ => "verb",
                        },
                        actors: vec![source.party.clone()],
                        recipients: vec![target.party.clone()],
                        light: None,
                        object: None,
                        why: vec![why],
                    };
                    add(&mut seen, from, new, confidence);
                }
            }
        }
        seen.sort_by_key(|(found, _)| found.anchor);
        seen
    }
}

/// Whether two may do it together, so that either is source and target.
fn is_mutual(kind: EventType) -> bool {
    matches!(kind, EventType::Consult | EventType::Cooperate | EventType::Support | EventType::Agree)
}

/// Puts an event with those of its sentence: further parties of one act join it, and of two directions the likelier stays, unless
/// the act is one that two do together.
fn add<'l>(seen: &mut Vec<(Match<'l>, f32)>, from: usize, new: Match<'l>, confidence: f32) {
    let holds = |list: &[Participant], one: &Participant| list.iter().any(|p| p.token == one.token);
    let kind = new.frame.kind;
    let mutual = is_mutual(kind);
    for (old, sure) in seen[from..].iter_mut().filter(|(old, _)| old.frame.kind == kind) {
        let (source, target) = (&new.actors[0], &new.recipients[0]);
        if holds(&old.actors, target) && holds(&old.recipients, source) {
            if mutual {
                if !holds(&old.actors, source) {
                    old.actors.push(source.clone());
                }
                if !holds(&old.recipients, target) {
                    old.recipients.push(target.clone());
                }
            } else if confidence > *sure {
                (*old, *sure) = (new, confidence);
            }
            return;
        }
        if old.anchor != new.anchor {
            continue;
        }
        match (holds(&old.actors, source), holds(&old.recipients, target)) {
            (true, true) => return,
            (true, false) => {
                old.recipients.push(target.clone());
                return;
            }
            (false, true) => {
                old.actors.push(source.clone());
                return;
            }
            (false, false) => {}
        }
    }
    seen.push((new, confidence));
}

/// Whether one of `list` is the same actor, or stands in the same words.
fn has(list: &[Participant], one: &Participant) -> bool {
    list.iter().any(|p| {
        same(&p.actor, &one.actor) || (p.tokens.start < one.tokens.end && one.tokens.start < p.tokens.end)
    })
}

/// Whether two types are one to coders.
fn alike(a: EventType, b: EventType) -> bool {
    let yields = |kind: EventType| matches!(kind, EventType::Concede | EventType::Retreat);
    a == b || yields(a) && yields(b)
}

/// Whether an event that was found already says this.
fn covers(
    m: &Match<'_>,
    kind: EventType,
    anchor: TokenId,
    source: &Participant,
    target: &Participant,
) -> bool {
    let both = has(&m.actors, source) && has(&m.recipients, target);
    let turned = has(&m.actors, target) && has(&m.recipients, source);
    // The lexicon's own word with its own sides stays as it is.
    let whole = !m.actors.is_empty() && (!m.recipients.is_empty() || m.frame.reciprocal);
    // *would suspend aid to Baku*: the act and the threat of it are one.
    let threat = kind == EventType::Threaten && m.frame.kind.quad() == Quad::MaterialConflict;
    let same_kind = alike(m.frame.kind, kind) || threat && has(&m.recipients, target);
    both || (turned && m.frame.reciprocal) || (m.anchor == anchor && whole && same_kind)
}

/// Whether an event that was found says this, but for the side it lacks.
fn lacks(
    m: &Match<'_>,
    kind: EventType,
    anchor: TokenId,
    source: &Participant,
    target: &Participant,
) -> bool {
    m.anchor == anchor
        && !m.frame.reciprocal
        && alike(m.frame.kind, kind)
        && (m.recipients.is_empty() && has(&m.actors, source)
            || m.actors.is_empty() && has(&m.recipients, target))
}

/// Whether a word stands in a relative clause that hangs on an argument of the act.
fn is_in_relative_clause(syntax: &Syntax<'_>, word: TokenId, anchor: TokenId) -> bool {
    let path: Vec<TokenId> = syntax.path_up(word).take(12).take_while(|at| *at != anchor).collect();
    let below = path.last().is_some_and(|top| syntax.head(*top) == Some(anchor));
    below && path.iter().any(|at| syntax.deprel(*at) == "acl:relcl")
}

/// Whether the words name a doer of the act, and it is not `source`: *the army said drones had struck* does not say whose.
fn is_done_by_another(syntax: &Syntax<'_>, anchor: TokenId, source: &Participant) -> bool {
    let doer = |id: &TokenId| matches!(syntax.deprel(*id), "nsubj" | "obl:agent");
    let mut verb = anchor;
    // *drones struck a depot and killed two*: the second verb has the doer of the first.
    while syntax.relation(verb) == "conj" && !syntax.children(verb).iter().any(doer) {
        let Some(first) = syntax.head(verb) else { break };
        verb = first;
    }
    syntax.children(verb).iter().copied().filter(doer).any(|doer| {
        let phrase = syntax.phrase(doer);
        source.tokens.end <= phrase.start || phrase.end <= source.tokens.start
    })
}

/// The word that carries the act: the one the judge looked at, or the predicate it belongs to.
fn act(syntax: &Syntax<'_>, seen: TokenId, source: &Participant, target: &Participant) -> Option<TokenId> {
    let inside = |id: TokenId| source.tokens.contains(id) || target.tokens.contains(id);
    let carries = |id: TokenId| {
        matches!(syntax.upos(id), Upos::Verb | Upos::Noun | Upos::Adj) && !inside(id)
            || syntax.upos(id) == Upos::Verb
    };
    std::iter::once(seen).chain(syntax.path_up(seen).take(2)).find(|id| carries(*id))
}

/// Up to [`MOST_WORDS`] words of a party's phrase, around the word that fills the slot.
fn words(party: &Participant) -> TokenRange {
    let TokenRange { start, end } = party.tokens;
    if end - start <= MOST_WORDS {
        return party.tokens;
    }
    let at = party.token.0.clamp(start, end - 1);
    let from = at.saturating_sub(MOST_WORDS / 2).max(start);
    TokenRange { start: from, end: (from + MOST_WORDS).min(end) }
}

/// Whether two parties can be the sides of one act: other phrases, other actors.
fn apart(a: &Participant, b: &Participant) -> bool {
    a.token != b.token
        && !same(&a.actor, &b.actor)
        && !speaks_for(a, b)
        && !speaks_for(b, a)
        && (a.tokens.end <= b.tokens.start || b.tokens.end <= a.tokens.start)
}

/// Whether one is an official or soldier of the state that the other is: the two are one side.
fn speaks_for(official: &Participant, state: &Participant) -> bool {
    official.actor.country.is_some()
        && official.actor.country == state.actor.country
        && matches!(official.actor.sector, Some(Sector::GOV | Sector::MIL))
        && state.actor.sector.is_none()
        && !state.owner
}

/// The sides of an event as pairs: a few of them, if there are many.
fn sides<'m>(found: &'m Match<'_>) -> impl Iterator<Item = Pair> + 'm {
    found.actors.iter().take(3).flat_map(move |source| {
        found
            .recipients
            .iter()
            .take(3)
            .filter(|target| {
                source.tokens.end <= target.tokens.start || target.tokens.end <= source.tokens.start
            })
            .map(move |target| (words(source), words(target)))
    })
}

/// A party that may stand in an event of the judge's.
struct Candidate {
    party: Participant,
    /// Whether it can do something: what names an act (*a Venezuelan incursion*) cannot.
    may_act: bool,
    /// Whether it can use force or dispose of means: a state, body or armed group, not *41 people*.
    has_power: bool,
}

impl std::ops::Deref for Candidate {
    type Target = Participant;

    fn deref(&self) -> &Participant {
        &self.party
    }
}

/// Types of acts that only who has power can do.
fn needs_power(kind: EventType) -> bool {
    use EventType::{Aid, Assault, Coerce, Cooperate, Mobilize, Retreat, Sanction};
    matches!(kind, Aid | Assault | Coerce | Cooperate | Mobilize | Retreat | Sanction)
}

/// The parties of a sentence, in order: phrases that stand for a state, a body, a group or persons who act for one.
fn candidates(parties: &Parties<'_, '_>, frames: &Frames, sentence: TokenRange) -> Vec<Candidate> {
    let syntax = parties.syntax;
    let mut found: Vec<Candidate> = Vec::new();
    for id in sentence.ids() {
        if !matches!(syntax.upos(id), Upos::Noun | Upos::Propn | Upos::Pron)
            || matches!(syntax.relation(id), "compound" | "flat" | "fixed" | "goeswith" | "appos")
            || syntax.upos(id) == Upos::Pron && syntax.deprel(id) == "nmod:poss"
        {
            continue;
        }
        let named = parties.mentions.at(id).filter(|m| m.head == id || m.sort == Sort::Name);
        // *Iran's proposal*, *the Indian channel*: what somebody owns stands for its owner, if it is next to it.
        let owned = syntax.children(id).iter().any(|kid| {
            matches!(syntax.relation(*kid), "amod" | "compound") || syntax.deprel(*kid) == "nmod:poss"
        });
        if named.is_none() && !owned
            || named.is_some_and(|m| {
                matches!(m.kind, MentionKind::Time | MentionKind::Quantity | MentionKind::Treaty)
            })
        {
            continue;
        }
        let Some(party) = parties.resolve(id) else { continue };
        if party.actor.country.is_none() && party.actor.body.is_none() && party.actor.sector.is_none() {
            continue;
        }
        // *its pill*: the pronoun is no phrase that an act could hang on.
        if party.owner && party.tokens.len() == 1 && syntax.upos(TokenId(party.tokens.start)) == Upos::Pron {
            continue;
        }
        // Of nested phrases the outer one, which comes with its own head, stays.
        if found
            .iter()
            .any(|other| other.tokens.start <= party.tokens.start && party.tokens.end <= other.tokens.end)
        {
            continue;
        }
        found.retain(|other| {
            !(party.tokens.start <= other.tokens.start && other.tokens.end <= party.tokens.end)
        });
        let names_act = named.is_none() && !frames.by_noun(syntax.lemma(id)).is_empty();
        let civil = matches!(
            party.actor.sector,
            None | Some(Sector::CVL | Sector::REF | Sector::LAB | Sector::EDU | Sector::SOC)
        );
        let has_power = !civil
            || (!party.owner
                && (party.actor.body.is_some() || named.is_some_and(|m| m.sort != Sort::Common)));
        found.push(Candidate { party, may_act: !names_act, has_power });
    }
    found.truncate(MOST_PARTIES);
    found
}

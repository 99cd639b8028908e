//! In which ways two mentions fit: the features of a mention alone and of a mention with a candidate, as numbers of slots.
//!
//! Each feature is one slot of a table of weights ([`super::scorer`]); a mention or pair fills some of them. Slots are laid out by
//! [`Layout`], which the training reads off the dump, so a change here needs the scorer to be trained anew and nothing else.

use super::mentions::{Definite, Gender, Kind, Mention, Number, Pronoun, children, find};
use record::{Doc, NameKind, TokenId};

/// Number of slots for a mention alone.
pub(crate) const ALONE: usize = 160;
/// Number of slots for a pair.
pub(crate) const PAIR: usize = 1500;

/// A document's mentions and the tree they stand in.
pub(crate) struct Pairs<'d> {
    doc: &'d Doc,
    pub mentions: Vec<Mention>,
    /// For each mention the subject of the verb of saying above it, and of the last one in the sentences before.
    speakers: Vec<(Option<TokenId>, Option<TokenId>)>,
    /// For each mention the word of its clause it depends on, past coordinations and nouns.
    clauses: Vec<Option<TokenId>>,
    subjects: Vec<bool>,
}

/// The chains built so far.
pub(crate) struct Chains {
    of: Vec<usize>,
    /// Size, what pronouns and titles told of gender, whether a name is in it, whether a plural or group is.
    facts: Vec<Facts>,
}

#[derive(Clone, Copy, Debug)]
struct Facts {
    size: usize,
    gender: Gender,
    named: bool,
    number: Number,
    last: usize,
}

impl Chains {
    pub fn new(mentions: usize) -> Self {
        Self { of: Vec::with_capacity(mentions), facts: Vec::new() }
    }

    pub fn of(&self, mention: usize) -> usize {
        self.of[mention]
    }

    pub fn add(&mut self, at: usize, antecedent: Option<usize>, mentions: &[Mention]) {
        let mention = &mentions[at];
        let chain = antecedent.map_or(self.facts.len(), |a| self.of[a]);
        self.of.push(chain);
        if chain == self.facts.len() {
            self.facts.push(Facts {
                size: 0,
                gender: Gender::Unknown,
                named: false,
                number: Number::Unknown,
                last: at,
            });
        }
        let facts = &mut self.facts[chain];
        facts.size += 1;
        facts.last = at;
        facts.named |= matches!(mention.kind, Kind::Name(_));
        if matches!(facts.gender, Gender::Unknown | Gender::Person) && mention.gender != Gender::Unknown {
            facts.gender = mention.gender;
        }
        if facts.number == Number::Unknown {
            facts.number = mention.number;
        }
    }
}

/// Hands out slots: each group of values gets a stretch of its own.
struct Layout {
    slots: Vec<u16>,
    next: usize,
}

impl Layout {
    fn new() -> Self {
        Self { slots: Vec::with_capacity(32), next: 0 }
    }

    /// A feature with `values` values, of which `value` holds.
    fn one_of(&mut self, value: usize, values: usize) {
        self.slots.push((self.next + value.min(values - 1)) as u16);
        self.next += values;
    }

    /// A feature that holds or not, told apart for each of `values` values.
    fn if_so(&mut self, holds: bool, value: usize, values: usize) {
        if holds {
            self.slots.push((self.next + value.min(values - 1)) as u16);
        }
        self.next += values;
    }

    fn done(self, limit: usize) -> Vec<u16> {
        debug_assert!(self.next <= limit, "{} slots, room for {limit}", self.next);
        self.slots
    }
}

const KINDS: usize = 26;

fn fine(m: &Mention) -> usize {
    match m.kind {
        Kind::Pronoun(p) => p as usize,
        Kind::Name(k) => {
            10 + match k {
                NameKind::Person => 0,
                NameKind::Organization => 1,
                NameKind::Location => 2,
                NameKind::Facility => 3,
                NameKind::Group => 4,
                NameKind::Law => 5,
                NameKind::Weapon => 6,
                NameKind::Event => 7,
                NameKind::Misc => 8,
            }
        }
        Kind::Nominal(_) if m.group => 25,
        Kind::Nominal(d) => 19 + d as usize,
    }
}

const COARSE: usize = 6;

fn coarse(m: &Mention) -> usize {
    match m.kind {
        Kind::Pronoun(Pronoun::I | Pronoun::We | Pronoun::You) => 0,
        Kind::Pronoun(Pronoun::Who | Pronoun::Which | Pronoun::Other) => 1,
        Kind::Pronoun(_) => 2,
        Kind::Name(_) => 3,
        Kind::Nominal(Definite::The | Definite::This | Definite::Possessed) => 4,
        Kind::Nominal(_) => 5,
    }
}

fn bucket(n: usize) -> usize {
    match n {
        0..=3 => n,
        4..=5 => 4,
        6..=9 => 5,
        10..=17 => 6,
        18..=33 => 7,
        _ => 8,
    }
}

impl<'d> Pairs<'d> {
    pub fn new(doc: &'d Doc) -> Self {
        let children = children(doc);
        let mentions = find(doc, &children);
        let speakers = speakers(doc, &children, &mentions);
        let clauses = mentions.iter().map(|m| clause(doc, m.head)).collect();
        let mut subjects = vec![false; mentions.len()];
        for (i, m) in mentions.iter().enumerate() {
            subjects[i] = doc.token(m.head).deprel.starts_with("nsubj");
        }
        Self { doc, mentions, speakers, clauses, subjects }
    }

    /// Whether linking is possible at all: not to what contains or is contained, unless as an apposition or relative.
    pub fn may_link(&self, at: usize, candidate: usize) -> bool {
        let (m, c) = (&self.mentions[at], &self.mentions[candidate]);
        if m.head == c.head {
            return false;
        }
        let inside = c.tokens.contains(m.head) || m.tokens.contains(c.head);
        let token = self.doc.token(m.head);
        let apposition = token.head == Some(c.head) && token.relation() == "appos";
        !inside
            || apposition
            || matches!(m.kind, Kind::Pronoun(Pronoun::Who | Pronoun::Which | Pronoun::Other))
    }

    /// The slots of a mention alone: what speaks for its being new.
    pub fn alone(&self, at: usize) -> Vec<u16> {
        let m = &self.mentions[at];
        let mut l = Layout::new();
        l.one_of(fine(m), KINDS);
        l.one_of(m.number as usize * 5 + m.gender as usize, 15);
        l.one_of(m.role as usize, 9);
        l.one_of(bucket(m.sentence), 9);
        l.one_of(m.words.len().min(5) * COARSE + coarse(m), 6 * COARSE);
        l.if_so(m.quoted, coarse(m), COARSE);
        let seen = self.mentions[..at].iter().rev().take(200);
        let same = seen.filter(|o| o.lemma == m.lemma && o.group == m.group).count();
        l.one_of(same.min(3) * COARSE + coarse(m), 4 * COARSE);
        l.if_so(self.speakers[at].0.is_some(), coarse(m), COARSE);
        l.if_so(self.doc.sentences[m.sentence].tokens.start == m.tokens.start, coarse(m), COARSE);
        l.done(ALONE)
    }

    /// The slots of a mention with a candidate antecedent.
    pub fn slots(&self, at: usize, candidate: usize, chains: &Chains) -> Vec<u16> {
        let (m, c) = (&self.mentions[at], &self.mentions[candidate]);
        let kind = coarse(m);
        let facts = chains.facts[chains.of[candidate]];
        let mut l = Layout::new();
        l.one_of(fine(m) * KINDS + fine(c), KINDS * KINDS);
        let sentences = m.sentence - c.sentence;
        l.one_of(bucket(sentences) * COARSE + kind, 9 * COARSE);
        l.one_of(bucket(at - candidate) * COARSE + kind, 9 * COARSE);
        // Agreement, with the candidate and with all its chain.
        l.one_of(m.number as usize * 3 + c.number as usize, 9);
        l.one_of(m.gender as usize * 5 + c.gender as usize, 25);
        l.one_of(m.gender as usize * 5 + facts.gender as usize, 25);
        l.one_of(m.number as usize * 3 + facts.number as usize, 9);
        // Parts in the clause.
        l.one_of(m.role as usize * 9 + c.role as usize, 81);
        l.if_so(sentences == 0, m.role as usize * 9 + c.role as usize, 81);
        l.one_of(bucket(facts.size) * COARSE + kind, 9 * COARSE);
        l.if_so(facts.named, kind, COARSE);
        l.if_so(facts.last == candidate, kind, COARSE);
        // Words.
        let words = !m.words.is_empty() && !c.words.is_empty();
        let within = |a: &Mention, b: &Mention| words && a.words.iter().all(|w| b.words.contains(w));
        l.if_so(words && m.lemma == c.lemma, fine(m), KINDS);
        l.if_so(words && m.words == c.words, fine(m), KINDS);
        l.if_so(within(m, c), fine(m), KINDS);
        l.if_so(within(c, m), fine(m), KINDS);
        let both_differ = words && m.lemma == c.lemma && !within(m, c) && !within(c, m);
        l.if_so(both_differ, fine(m), KINDS);
        l.if_so(words && c.words.contains(&m.lemma), fine(m), KINDS);
        l.if_so(words && m.words.contains(&c.lemma), fine(m), KINDS);
        let short = |a: &Mention, b: &Mention| {
            let [word] = a.words.as_slice() else { return false };
            let word = word.replace('.', "");
            word.len() > 1 && b.initials.contains(&word)
        };
        l.if_so(short(m, c) || short(c, m), 0, 1);
        let shared = words && m.words.iter().any(|w| c.words.contains(w));
        l.if_so(words && !shared, kind, COARSE);
        // Structure.
        let doc = self.doc;
        let governor = doc.token(m.head).head;
        l.if_so(governor == Some(c.head) && doc.token(m.head).relation() == "appos", kind, COARSE);
        l.if_so(next_to(m, c), kind, COARSE);
        let clause = self.clauses[at].is_some() && self.clauses[at] == self.clauses[candidate];
        l.if_so(clause, usize::from(m.reflexive) * COARSE + kind, 2 * COARSE);
        let owned = m.role as usize == super::mentions::Role::Owner as usize;
        l.if_so(clause && owned && self.subjects[candidate], kind, COARSE);
        let above = self.governs(candidate, at);
        l.if_so(above && self.subjects[candidate], kind, COARSE);
        l.if_so(above && !self.subjects[candidate], kind, COARSE);
        // *Before she left, the minister said*.
        let ahead = matches!(c.kind, Kind::Pronoun(_)) && self.governs(at, candidate);
        l.if_so(ahead && self.subjects[at], kind, COARSE);
        l.if_so(c.tokens.contains(m.head) || m.tokens.contains(c.head), kind, COARSE);
        l.if_so(self.relative(at, candidate), kind, COARSE);
        // Speakers.
        let (speaker, earlier) = self.speakers[at];
        l.if_so(speaker == Some(c.head), fine(m), KINDS);
        l.if_so(speaker.is_none() && earlier == Some(c.head), fine(m), KINDS);
        // *“We …,” the minister said*.
        l.if_so(self.speakers[candidate].0 == Some(m.head), fine(c), KINDS);
        l.one_of(usize::from(m.quoted) * 2 + usize::from(c.quoted), 4);
        l.if_so(m.quoted != c.quoted, fine(m), KINDS);
        l.if_so(m.quoted && c.quoted && sentences <= 1, fine(m), KINDS);
        // First subject of the sentence before.
        let first = doc.sentences[c.sentence].tokens.start;
        let leads = self.subjects[candidate]
            && !self.mentions[..candidate]
                .iter()
                .rev()
                .take_while(|o| o.head.0 >= first)
                .any(|o| doc.token(o.head).deprel.starts_with("nsubj"));
        l.if_so(leads && sentences == 1, kind, COARSE);
        l.if_so(leads && sentences == 0, kind, COARSE);
        l.done(PAIR)
    }

    /// Whether the clause of mention `a` lies above that of mention `b`.
    fn governs(&self, a: usize, b: usize) -> bool {
        let (Some(above), Some(below)) = (self.clauses[a], self.clauses[b]) else { return false };
        above != below && ancestors(self.doc, below).any(|t| t == above)
    }

    /// Whether mention `at` is the relative pronoun of a clause on `candidate`.
    fn relative(&self, at: usize, candidate: usize) -> bool {
        let m = &self.mentions[at];
        if !matches!(m.kind, Kind::Pronoun(Pronoun::Who | Pronoun::Which | Pronoun::Other)) {
            return false;
        }
        let mut up = std::iter::once(m.head).chain(ancestors(self.doc, m.head)).take(6);
        up.find(|t| self.doc.token(*t).deprel == "acl:relcl")
            .is_some_and(|t| self.doc.token(t).head == Some(self.mentions[candidate].head))
    }
}

fn next_to(m: &Mention, c: &Mention) -> bool {
    m.tokens.start >= c.tokens.end && m.tokens.start - c.tokens.end <= 1
}

fn ancestors(doc: &Doc, from: TokenId) -> impl Iterator<Item = TokenId> + '_ {
    std::iter::successors(doc.token(from).head, |t| doc.token(*t).head)
}

/// The word that heads the clause a token stands in.
fn clause(doc: &Doc, head: TokenId) -> Option<TokenId> {
    let mut at = head;
    loop {
        let token = doc.token(at);
        let argument = matches!(
            token.relation(),
            "nsubj" | "obj" | "iobj" | "obl" | "csubj" | "ccomp" | "xcomp" | "advcl" | "vocative" | "expl"
        );
        at = token.head?;
        if argument {
            return Some(at);
        }
    }
}

/// The subject of the word of saying under which each mention stands, and the last such subject before its sentence.
fn speakers(
    doc: &Doc,
    children: &[Vec<TokenId>],
    mentions: &[Mention],
) -> Vec<(Option<TokenId>, Option<TokenId>)> {
    let subject = |verb: TokenId| {
        children[verb.index()].iter().copied().find(|c| doc.token(*c).deprel.starts_with("nsubj"))
    };
    let mut out = Vec::with_capacity(mentions.len());
    // Per sentence the speaker of its main clause, carried on while quotations run.
    let (mut sentence, mut current, mut before) = (0, None, None);
    for m in mentions {
        if m.sentence != sentence {
            (sentence, before) = (m.sentence, current.or(before));
            current = None;
        }
        let mut speaker = None;
        let mut at = m.head;
        for up in ancestors(doc, m.head).take(24) {
            // *…, he said*: the report hangs from what is said, or holds it.
            let parenthesis = children[at.index()]
                .iter()
                .find(|c| doc.token(**c).relation() == "parataxis" && !under(doc, m.head, **c))
                .and_then(|c| subject(*c));
            let holder = (doc.token(at).relation() == "ccomp").then(|| subject(up)).flatten();
            speaker = parenthesis.or(holder);
            if speaker.is_some() {
                break;
            }
            at = up;
        }
        if speaker.is_none() {
            speaker = children[at.index()]
                .iter()
                .find(|c| doc.token(**c).relation() == "parataxis" && !under(doc, m.head, **c))
                .and_then(|c| subject(*c));
        }
        let speaker = speaker.filter(|s| *s != m.head && !under(doc, m.head, *s));
        current = current.or(speaker);
        out.push((speaker, before));
    }
    out
}

fn under(doc: &Doc, token: TokenId, above: TokenId) -> bool {
    token == above || ancestors(doc, token).take(24).any(|t| t == above)
}

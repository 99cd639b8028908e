//! Whether the words say that what a predicate names took place.
//!
//! The reality of a predicate is read from its own clause (modals, negation, tense, adverbs, conjunctions) and then from
//! every word above it that governs it: *failed to attack*, *plans for an attack*, *no longer refuses to attack*. Each
//! governing word has an effect when affirmed and another when negated (`data/lexicon/actuality.tsv`), so the walk
//! composes signatures in the manner of Nairn, Condoravdi and Karttunen (2006).
//!
//! Out of scope: who says so ([`crate::attribution`]), and time expressions, which turn an event historical later.

use crate::{
    lexicon::{Aspect, CuePos, Effect, Lexicon, OperatorPos},
    syntax::Syntax,
};
use record::{Actuality, Factuality, Polarity, Stance, TokenId, Upos};

/// What the words say of an event's reality, and by which words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reality {
    /// Whether it took place.
    pub actuality: Actuality,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// It took place and is over or was taken back.
    pub ended: bool,
    /// Somebody means to do it, be it under a condition (*will leave if …*).
    pub intended: bool,
    /// The words that decided, with their effect, for `--explain`.
    pub why: Vec<String>,
}

impl Reality {
    /// Whether the words present it as something that happened.
    pub fn happened(&self) -> bool {
        self.actuality.is_real() && self.polarity == Polarity::Positive && !self.ended
    }

    fn apply(&mut self, effect: Effect, word: &str) {
        match effect {
            Effect::Keep | Effect::Is(Actuality::Actual) => return,
            Effect::Is(actuality) => {
                self.intended |= matches!(actuality, Actuality::Planned | Actuality::Promised);
                // The innermost unreal reading stays: a *planned* attack that *may* happen is still planned.
                if self.actuality.is_real() {
                    self.actuality = actuality;
                }
            }
            Effect::Not => {
                // *fell short of*, *short of*: one negation listed twice counts once.
                let known = |why: &String| {
                    why.strip_suffix(": negated")
                        .is_some_and(|other| other.ends_with(word) || word.ends_with(other))
                };
                if word.contains(' ') && self.why.iter().any(known) {
                    return;
                }
                self.flip();
            }
            Effect::Ended => self.ended = true,
        }
        let name = match effect {
            Effect::Is(actuality) => actuality.as_str(),
            Effect::Not => "negated",
            Effect::Ended => "ended",
            Effect::Keep => "kept",
        };
        self.why.push(format!("{word}: {name}"));
    }

    fn flip(&mut self) {
        self.polarity = match self.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
    }
}

/// Whether a predicate had taken place, where a judge has an opinion: its likeliest answer, with the words' own actuality where
/// that says the same more exactly (*ongoing*, *historical*, *planned*).
pub(crate) fn with_judge(reality: &Reality, fact: Option<Factuality>) -> (Actuality, Polarity) {
    let Some(Factuality { happened, not, open }) = fact else { return (reality.actuality, reality.polarity) };
    let real = if reality.actuality.is_real() { reality.actuality } else { Actuality::Actual };
    if happened >= not && happened >= open {
        (real, Polarity::Positive)
    } else if not >= open {
        (real, Polarity::Negative)
    } else if reality.actuality.is_real() {
        (Actuality::Possible, reality.polarity)
    } else {
        (reality.actuality, reality.polarity)
    }
}

/// Reads the reality of predicates in one document.
pub struct RealityReader<'a, 'd> {
    syntax: &'a Syntax<'d>,
    lexicon: &'a Lexicon,
}

/// What stands right at one word: its modality, and whether it is negated.
#[derive(Default)]
struct Local {
    effects: Vec<(Effect, String)>,
    negated: bool,
}

impl<'a, 'd> RealityReader<'a, 'd> {
    /// A reader over one document.
    pub fn new(syntax: &'a Syntax<'d>, lexicon: &'a Lexicon) -> Self {
        Self { syntax, lexicon }
    }

    /// The reality of what `predicate` names.
    pub fn of(&self, predicate: TokenId) -> Reality {
        let syntax = self.syntax;
        let mut reality = Reality::default();
        let own = self.local(predicate);
        self.take_local(&mut reality, &own, true);
        if reality.actuality == Actuality::Actual && self.is_progressive(predicate) {
            reality.actuality = Actuality::Ongoing;
        }
        if self.is_generic(predicate) {
            reality.apply(Effect::Is(Actuality::Generic), "bare plural in the present");
        }
        let mut at = predicate;
        for _ in 0..32 {
            let Some(head) = syntax.head(at) else { break };
            match self.step(&mut reality, at, head) {
                Step::Up(next) => at = next,
                Step::Stop => break,
            }
        }
        if self.is_question(predicate) {
            reality.apply(Effect::Is(Actuality::Possible), "?");
        }
        reality
    }

    fn take_local(&self, reality: &mut Reality, local: &Local, with_negation: bool) {
        for (effect, word) in &local.effects {
            if *effect != Effect::Not || with_negation {
                reality.apply(*effect, word);
            }
        }
    }

    /// Applies what `head` does to `at`, and says whether anything above `head` still governs the event.
    fn step(&self, reality: &mut Reality, at: TokenId, head: TokenId) -> Step {
        let syntax = self.syntax;
        let at_is_clause = syntax.is_predicate(at) && !matches!(syntax.upos(at), Upos::Noun | Upos::Propn);
        if syntax.relation(at) == "acl" && syntax.is_content_clause(at) {
            // *the claim that …*, *it is not the case that …*
            self.govern(reality, head, None);
            return self.outer_nominal(reality, head);
        }
        match syntax.deprel(at) {
            "conj" => self.through_conjunction(reality, at, head),
            "xcomp" | "ccomp" | "csubj" | "csubj:pass" | "csubj:outer" => {
                let infinitive = self.is_infinitive(at);
                // *told reporters that it had summoned the envoy* reports; *told it to summon the envoy* asks.
                let report = self.is_indicative(at)
                    && self
                        .operator(head, None)
                        .is_some_and(|(o, _)| o.affirmed == Effect::Is(Actuality::Requested));
                let known = !report && self.govern(reality, head, None);
                // *that they had shot at the crowd proved false*
                for other in syntax
                    .children_by(head, "xcomp")
                    .filter(|kid| *kid != at && syntax.upos(*kid) == Upos::Adj)
                {
                    self.govern(reality, other, None);
                }
                if !known && infinitive && syntax.relation(at) == "xcomp" {
                    reality.apply(Effect::Is(Actuality::Planned), syntax.lemma(head));
                }
                self.outer(reality, head, at)
            }
            "obj" | "iobj" | "nsubj:pass" => {
                // A verb that only carries the noun (*fought a war*, *held talks*) has no effect of its own.
                let carries = matches!(
                    self.lexicon.light.aspect(&syntax.verb_lemma(head)),
                    Some(Aspect::Do | Aspect::Start | Aspect::Continue | Aspect::Undergo)
                );
                if !carries {
                    self.govern(reality, head, None);
                }
                self.outer(reality, head, at)
            }
            "nsubj" | "nsubj:outer" => {
                // *An attack is possible*, *talks failed*, *there was no attack*; but *the attack may delay the talks* says
                // nothing of the attack. What *would* follow from an event has not followed: the event is supposed.
                // *the report proved false*, *talks remain possible*
                let said_to_be = |reality: &mut Reality| {
                    syntax
                        .children_by(head, "xcomp")
                        .any(|kid| syntax.upos(kid) == Upos::Adj && self.govern(reality, kid, None))
                };
                let known = said_to_be(reality)
                    || self.govern(reality, head, None)
                    // *talks have yet to begin*
                    || syntax.children_by(head, "xcomp").any(|kid| {
                        let phrase = self.phrase_before(kid).filter(|_| self.operator(kid, None).is_some());
                        phrase.map(|(effect, phrase)| reality.apply(effect, &phrase)).is_some()
                    });
                let existence = syntax.children_by(head, "expl").next().is_some();
                if known || existence || syntax.child(head, "cop").is_some() {
                    return self.outer(reality, head, at);
                }
                let local = self.local(head);
                if let Some((effect, word)) = local.effects.iter().find(|(effect, _)| {
                    matches!(effect, Effect::Is(Actuality::Conditional))
                        || (matches!(effect, Effect::Is(Actuality::Possible)) && self.is_indefinite(at))
                }) {
                    reality.apply(*effect, word);
                }
                Step::Stop
            }
            "compound" | "nmod:poss" | "amod" => {
                if syntax.deprel(at) == "nmod:poss" {
                    return Step::Stop;
                }
                if self.govern(reality, head, None) { self.outer_nominal(reality, head) } else { Step::Stop }
            }
            "acl" => {
                if syntax
                    .children_by(head, "det")
                    .any(|det| self.function_word(det).is_some_and(|(e, _)| e == Effect::Not))
                {
                    // *no record of police arresting anybody*, *no plan to attack*
                    reality.apply(Effect::Not, &format!("no {}", syntax.lemma(head)));
                    return Step::Stop;
                }
                if self.is_infinitive(at) {
                    if !self.govern(reality, head, None) {
                        reality.apply(Effect::Is(Actuality::Planned), syntax.lemma(head));
                    }
                    return self.outer_nominal(reality, head);
                }
                if at_is_clause && syntax.children_by(at, "mark").next().is_some() {
                    self.govern(reality, head, None);
                    return self.outer_nominal(reality, head);
                }
                match syntax.head(head) {
                    // *no record of police arresting anybody*: the participle is what the preposition governs.
                    Some(above) if syntax.relation(head) == "nmod" => {
                        self.through_preposition(reality, head, above)
                    }
                    _ => Step::Stop,
                }
            }
            "advcl" | "advcl:relcl" => {
                let mark = syntax.children_by(at, "mark").chain(syntax.children_by(at, "case")).next();
                if syntax.is_purpose(at) {
                    if !self.govern(reality, head, Some("to")) {
                        reality.apply(Effect::Is(Actuality::Planned), "to");
                    }
                } else if let Some(mark) = mark {
                    // *refrained from attacking*, *aimed at leaving*; not *fled after attacking*
                    let word = self.with_fixed(mark);
                    let complement = matches!(
                        word.as_str(),
                        "from" | "of" | "at" | "in" | "into" | "on" | "for" | "to" | "against" | "about"
                    );
                    if self.govern(reality, head, Some(&word))
                        || (complement && self.govern(reality, head, None))
                    {
                        return self.outer(reality, head, at);
                    }
                } else if self.is_participle(at) {
                    // *fled, fearing an attack*: the participle stands beside its clause; only modality passes.
                    let local = self.local(head);
                    self.take_local(reality, &local, false);
                }
                Step::Stop
            }
            "acl:relcl" => {
                // *any minister who resigned*, *those who attack*: nobody in particular.
                let anybody = self
                    .function_word(head)
                    .or_else(|| syntax.children_by(head, "det").find_map(|det| self.function_word(det)));
                if let Some((effect @ Effect::Is(Actuality::Generic), word)) = anybody {
                    reality.apply(effect, &word);
                }
                if self.is_indefinite(head) && !self.local(head).effects.is_empty() {
                    return self.outer_nominal(reality, head);
                }
                Step::Stop
            }
            relation if relation.starts_with("obl") || relation.starts_with("nmod") => {
                self.through_preposition(reality, at, head)
            }
            "appos" | "dislocated" | "flat" | "list" => Step::Stop,
            _ => Step::Stop,
        }
    }

    /// Up from a member of a coordination to what its first member stands under.
    fn through_conjunction(&self, reality: &mut Reality, at: TokenId, first: TokenId) -> Step {
        let syntax = self.syntax;
        let nominal = !syntax.is_predicate(at);
        // *Rather than send troops, the bloc waited*: the conjunction stands before the member it belongs to.
        let leading = syntax.children_by(first, "cc").find(|cc| *cc < at && at < first);
        if let Some((effect, word)) = leading.and_then(|cc| self.function_word(cc)) {
            reality.apply(effect, &word);
        }
        let own_subject = syntax.children_by(at, "nsubj").next().is_some();
        let own_auxiliary = syntax.children_by(at, "aux").next().is_some();
        if nominal || (!own_subject && !own_auxiliary) {
            // *None was fined, jailed or expelled*: the last member's conjunction holds for the whole list.
            let joined_by_or = std::iter::once(at)
                .chain(syntax.children_by(at, "conj"))
                .chain(syntax.children_by(first, "conj").filter(|member| *member > at))
                .flat_map(|member| syntax.children_by(member, "cc"))
                .any(|cc| matches!(syntax.lemma(cc), "or" | "nor"));
            let local = self.local(first);
            self.take_local(reality, &local, nominal || joined_by_or);
        }
        Step::Up(first)
    }

    /// What a preposition between `at` and `head` does: nothing in most cases (*after the attack* takes it for granted).
    fn through_preposition(&self, reality: &mut Reality, at: TokenId, head: TokenId) -> Step {
        let Some(preposition) = self.syntax.preposition(at) else { return Step::Stop };
        if matches!(preposition.as_str(), "of" | "for" | "about")
            && !self.syntax.is_predicate(head)
            && self
                .syntax
                .children_by(head, "det")
                .any(|det| self.function_word(det).is_some_and(|(e, _)| e == Effect::Not))
        {
            // *no evidence of an attack*, *no record of a meeting*
            reality.apply(Effect::Not, &format!("no {}", self.syntax.lemma(head)));
            return Step::Stop;
        }
        if self.govern(reality, head, Some(&preposition)) {
            return if self.syntax.is_predicate(head) {
                self.outer(reality, head, at)
            } else {
                self.outer_nominal(reality, head)
            };
        }
        Step::Stop
    }

    /// What governs a verb governs what it governs: its modality reaches down to the event.
    fn outer(&self, reality: &mut Reality, head: TokenId, from: TokenId) -> Step {
        let local = self.local_without(head, Some(from));
        let operator = self.operator(head, None).is_some();
        // A negation on an operator has chosen its effect already; on any other word it negates the event.
        self.take_local(reality, &local, !operator);
        Step::Up(head)
    }

    fn outer_nominal(&self, reality: &mut Reality, head: TokenId) -> Step {
        let local = self.local(head);
        // *It is not the case that …*: a predicate noun carries its clause's negation; another noun keeps it to itself.
        self.take_local(reality, &local, self.syntax.child(head, "cop").is_some());
        Step::Up(head)
    }

    /// Applies the effect of `head` as an operator; false if it is none.
    fn govern(&self, reality: &mut Reality, head: TokenId, preposition: Option<&str>) -> bool {
        let Some((operator, word)) = self.operator(head, preposition) else { return false };
        let negated = self.local(head).negated;
        reality.apply(if negated { operator.negated } else { operator.affirmed }, &word);
        true
    }

    fn operator(
        &self,
        head: TokenId,
        preposition: Option<&str>,
    ) -> Option<(crate::lexicon::Operator, String)> {
        let syntax = self.syntax;
        let lemma = match syntax.upos(head) {
            Upos::Verb => syntax.verb_lemma(head),
            _ => syntax.lemma(head).to_owned(),
        };
        let pos = match syntax.upos(head) {
            Upos::Verb | Upos::Aux => OperatorPos::Verb,
            Upos::Noun | Upos::Propn => OperatorPos::Noun,
            Upos::Adj => OperatorPos::Adjective,
            Upos::Adv => OperatorPos::Adverb,
            _ => return None,
        };
        let operators = &self.lexicon.operators;
        if let Some(preposition) = preposition {
            let joined = format!("{lemma} {preposition}");
            if let Some(operator) = operators.get(pos, &joined) {
                return Some((operator, joined));
            }
            // A noun takes its complement with *of*, *for*, *to*, *on*, *about*; a verb with *from*, *of*, *for*, *on*.
            let complement = match pos {
                OperatorPos::Noun => {
                    matches!(preposition, "of" | "for" | "to" | "on" | "about" | "against" | "at")
                }
                OperatorPos::Verb => matches!(preposition, "from" | "of" | "for" | "on" | "about"),
                OperatorPos::Adjective => matches!(preposition, "of" | "for" | "to"),
                _ => false,
            };
            if !complement {
                return None;
            }
        }
        if let Some(operator) = operators.get(pos, &lemma) {
            return Some((operator, lemma));
        }
        // A reporting word that is no operator still carries its stance.
        let cue_pos = match pos {
            OperatorPos::Verb => CuePos::Verb,
            OperatorPos::Noun => CuePos::Noun,
            _ => return None,
        };
        let cue = self.lexicon.cues.get(cue_pos, &lemma)?;
        let affirmed = match cue.stance {
            Stance::Denies | Stance::Retracts => Effect::Not,
            Stance::Questions | Stance::Declines => Effect::Is(Actuality::Possible),
            _ => Effect::Keep,
        };
        let negated = match cue.stance {
            Stance::Denies => Effect::Is(Actuality::Possible),
            _ => Effect::Is(Actuality::Possible),
        };
        Some((crate::lexicon::Operator { affirmed, negated }, lemma))
    }

    /// What stands at the word itself.
    fn local(&self, id: TokenId) -> Local {
        self.local_without(id, None)
    }

    /// The same without one dependent, whose own marks were counted before.
    fn local_without(&self, id: TokenId, skip: Option<TokenId>) -> Local {
        let syntax = self.syntax;
        let operators = &self.lexicon.operators;
        let mut local = Local::default();
        let mut push = |effect: Effect, word: &str| {
            if effect == Effect::Not {
                local.negated = !local.negated;
            }
            local.effects.push((effect, word.to_owned()));
        };
        let mut modal = None;
        let mut perfect = false;
        for kid in syntax.children(id) {
            let lemma = syntax.lemma(*kid);
            match syntax.relation(*kid) {
                "aux" => {
                    if lemma == "have" {
                        perfect = true;
                    }
                    let form = syntax.doc.token(*kid).form.to_lowercase();
                    if let Some(operator) = operators
                        .get(OperatorPos::Modal, &form)
                        .or_else(|| operators.get(OperatorPos::Modal, lemma))
                    {
                        modal = Some((operator.affirmed, form));
                    }
                }
                "cc" if syntax.children_by(id, "conj").any(|conj| *kid < conj && conj < id) => {}
                "advmod" | "det" | "cc" | "mark" | "case" => {
                    if let Some((effect, word)) = self.two_words(*kid) {
                        push(effect, &word);
                    } else if let Some((effect, word)) = self.function_word(*kid) {
                        push(effect, &word);
                    }
                }
                // *No missiles were fired*, *neither A nor B attacked*, *under no circumstances*
                "nsubj" | "obj" | "obl" if Some(*kid) != skip && self.is_negated_argument(*kid) => {
                    push(Effect::Not, &self.phrase_head(*kid))
                }
                "amod" => {
                    if let Some(operator) = operators.get(OperatorPos::Adjective, lemma) {
                        let negated = self.has_negation(*kid);
                        push(if negated { operator.negated } else { operator.affirmed }, lemma);
                    } else if let Some(operator) = operators.get(OperatorPos::Verb, lemma) {
                        // *planned talks*, *threatened strikes*
                        push(operator.affirmed, lemma);
                    }
                }
                "advcl" => {
                    let condition = syntax.children_by(*kid, "mark").any(|mark| {
                        operators.get(OperatorPos::Conjunction, &self.with_fixed(mark)).map(|o| o.affirmed)
                            == Some(Effect::Is(Actuality::Conditional))
                    });
                    if condition {
                        push(Effect::Is(Actuality::Conditional), "if");
                    }
                }
                _ => {}
            }
        }
        if let Some((effect, word)) = modal {
            let would = matches!(word.as_str(), "would" | "'d");
            let will = operators.get(OperatorPos::Modal, "will");
            match will.filter(|_| would && !perfect && self.is_shifted_back(id)) {
                Some(will) => push(will.affirmed, &word),
                None => push(effect, &word),
            }
            if perfect && (would || matches!(word.as_str(), "could" | "should")) {
                // *would have attacked*: it did not.
                push(Effect::Not, "would have");
            }
        }
        if let Some((effect, phrase)) = self.phrase_before(id) {
            push(effect, &phrase);
        }
        let feats = &syntax.doc.token(id).feats;
        if feats.has("Mood", "Imp") {
            push(Effect::Is(Actuality::Requested), "imperative");
        }
        if syntax.relation(id) == "ccomp" && (feats.has("Mood", "Sub") || self.bare_with_singular(id)) {
            // *insisted that Ankara pull out*
            push(Effect::Is(Actuality::Requested), "subjunctive");
        }
        local
    }

    /// *said it would leave* reports *it will leave*: `would` in the clause that a verb of saying in the past governs.
    fn is_shifted_back(&self, id: TokenId) -> bool {
        let syntax = self.syntax;
        let mut clause = id;
        while let ("conj", Some(first)) = (syntax.relation(clause), syntax.head(clause)) {
            clause = first;
        }
        let says = |head: TokenId| {
            syntax.doc.token(head).feats.has("Tense", "Past")
                && self.lexicon.cues.get(CuePos::Verb, &syntax.verb_lemma(head)).is_some()
        };
        syntax.relation(clause) == "ccomp" && syntax.head(clause).is_some_and(says)
    }

    /// A verb without ending or auxiliary whose subject is one thing: a subjunctive, whatever the tagger makes of it.
    fn bare_with_singular(&self, id: TokenId) -> bool {
        let syntax = self.syntax;
        let token = syntax.doc.token(id);
        let subject = syntax.children(id).iter().find(|kid| syntax.relation(**kid) == "nsubj");
        let singular = subject.is_some_and(|subject| {
            let subject = syntax.doc.token(*subject);
            matches!(subject.upos, Upos::Noun | Upos::Propn) && subject.feats.has("Number", "Sing")
        });
        let joined = syntax.children(id).iter().any(|kid| matches!(syntax.relation(*kid), "aux" | "cop"));
        token.upos == Upos::Verb
            && singular
            && !joined
            && !token.feats.has("Tense", "Past")
            && token.form.eq_ignore_ascii_case(&token.lemma)
            && syntax.children_by(id, "mark").any(|mark| syntax.lemma(mark) == "that")
    }

    /// An operator phrase (*have yet to*, *no plans to*) that ends right before the word or one of its auxiliaries.
    fn phrase_before(&self, id: TokenId) -> Option<(Effect, String)> {
        let tokens = &self.syntax.doc.tokens;
        let sentence = &self.syntax.doc.sentences[self.syntax.doc.sentence_of(id)];
        // A noun's phrase counts from its first word.
        let id = match self.syntax.upos(id) {
            Upos::Noun | Upos::Propn => TokenId(self.syntax.phrase(id).start),
            _ => id,
        };
        let from = sentence.tokens.start.max(id.0.saturating_sub(7));
        for start in from..id.0 {
            for (words, operator) in self.lexicon.operators.phrases(&tokens[start as usize].lemma) {
                let end = start as usize + words.len();
                // At most one word (a determiner, an adverb) between the phrase and the predicate.
                let near = end <= id.index() && id.index() - end <= 1;
                if near
                    && words.iter().zip(&tokens[start as usize..]).all(|(word, token)| *word == token.lemma)
                {
                    return Some((operator.affirmed, words.join(" ")));
                }
            }
        }
        None
    }

    /// Two neighbouring function words that mean one thing, whatever their relations (*rather than*, *instead of*).
    fn two_words(&self, id: TokenId) -> Option<(Effect, String)> {
        let before = TokenId(id.0.checked_sub(1)?);
        let joined = format!("{} {}", self.form(before), self.form(id));
        let operator = [OperatorPos::Preposition, OperatorPos::Conjunction]
            .iter()
            .find_map(|pos| self.lexicon.operators.get(*pos, &joined))?;
        Some((operator.affirmed, joined))
    }

    /// The effect of an adverb, determiner, conjunction or preposition, with the words fixed to it.
    fn function_word(&self, id: TokenId) -> Option<(Effect, String)> {
        const SORTS: [OperatorPos; 3] =
            [OperatorPos::Adverb, OperatorPos::Conjunction, OperatorPos::Preposition];
        let operators = &self.lexicon.operators;
        let find = |word: &str| SORTS.iter().find_map(|pos| operators.get(*pos, word));
        // *no longer*, *not yet*: the negation hangs on the adverb, and the two are one.
        let joined = self
            .syntax
            .children(id)
            .iter()
            .filter(|kid| **kid < id)
            .map(|kid| format!("{} {}", self.form(*kid), self.form(id)))
            .find_map(|joined| find(&joined).map(|operator| (operator.affirmed, joined)));
        if joined.is_some() {
            return joined;
        }
        let word = self.with_fixed(id);
        let operator = find(&word)?;
        Some((if self.has_negation(id) { operator.negated } else { operator.affirmed }, word))
    }

    fn form(&self, id: TokenId) -> String {
        self.syntax.doc.token(id).form.to_lowercase()
    }

    /// Whether an argument carries the clause's negation: *no*, *neither*, *not one of*, *nobody*.
    fn is_negated_argument(&self, id: TokenId) -> bool {
        let negative = |word: TokenId| {
            self.lexicon
                .operators
                .get(OperatorPos::Adverb, &self.syntax.lemma(word).to_lowercase())
                .map(|o| o.affirmed)
                == Some(Effect::Not)
        };
        negative(id)
            || self.syntax.children(id).iter().any(|kid| {
                match self.syntax.relation(*kid) {
                    "det" | "advmod" | "cc" => *kid < id && negative(*kid),
                    // *not one envoy*
                    "nummod" => self.has_negation(*kid),
                    _ => false,
                }
            })
    }

    fn phrase_head(&self, id: TokenId) -> String {
        self.syntax.doc.words(self.syntax.doc.span_of(self.syntax.phrase(id))).to_lowercase()
    }

    fn has_negation(&self, id: TokenId) -> bool {
        self.syntax.children(id).iter().any(|kid| {
            matches!(self.syntax.relation(*kid), "advmod" | "det")
                && self
                    .lexicon
                    .operators
                    .get(OperatorPos::Adverb, self.syntax.lemma(*kid))
                    .map(|o| o.affirmed)
                    == Some(Effect::Not)
        })
    }

    /// A function word with the words fixed to it (`in case`, `as if`).
    fn with_fixed(&self, id: TokenId) -> String {
        let mut word = self.syntax.lemma(id).to_lowercase();
        for kid in self.syntax.children_by(id, "fixed") {
            word.push(' ');
            word.push_str(self.syntax.lemma(kid));
        }
        word
    }

    /// A finite clause in the indicative, by its verb or its auxiliary.
    fn is_indicative(&self, id: TokenId) -> bool {
        let indicative = |id: TokenId| self.syntax.doc.token(id).feats.has("Mood", "Ind");
        indicative(id)
            || self
                .syntax
                .children(id)
                .iter()
                .any(|kid| matches!(self.syntax.relation(*kid), "aux" | "cop") && indicative(*kid))
    }

    fn is_infinitive(&self, id: TokenId) -> bool {
        self.syntax.doc.token(id).feats.has("VerbForm", "Inf")
            || self.syntax.children_by(id, "mark").any(|mark| self.syntax.lemma(mark) == "to")
    }

    /// Whether a nominal names nothing definite: *an attack*, *attacks*, *any attack*; not a proper name.
    fn is_indefinite(&self, id: TokenId) -> bool {
        let syntax = self.syntax;
        syntax.upos(id) == Upos::Noun
            && !syntax.children_by(id, "det").any(|det| {
                let feats = &syntax.doc.token(det).feats;
                feats.has("Definite", "Def") || feats.has("PronType", "Dem")
            })
            && syntax.child(id, "nmod:poss").is_none()
    }

    /// A rule or habit: a bare plural in the simple present, in a full sentence (a headline has no full stop).
    fn is_generic(&self, id: TokenId) -> bool {
        let syntax = self.syntax;
        let bare = syntax.children_by(id, "aux").next().is_none()
            && syntax.children_by(id, "nsubj").next().is_none();
        if let Some(first) =
            syntax.head(id).filter(|first| syntax.deprel(id) == "conj" && bare && *first < id)
        {
            return self.is_generic(first);
        }
        let feats = &syntax.doc.token(id).feats;
        let present = |feats: &record::Features| feats.has("Tense", "Pres") && feats.has("VerbForm", "Fin");
        let passive = syntax.child(id, "aux:pass").is_some_and(|aux| present(&syntax.doc.token(aux).feats));
        let perfect = syntax.children_by(id, "aux").any(|aux| syntax.lemma(aux) == "have");
        if perfect || !(present(feats) || passive) {
            return false;
        }
        let sentence = &syntax.doc.sentences[syntax.doc.sentence_of(id)];
        let full = sentence.tokens.ids().next_back().is_some_and(|last| syntax.doc.token(last).form == ".");
        let bare_plural = |subject: TokenId| {
            syntax.doc.token(subject).feats.has("Number", "Plur")
                && self.is_indefinite(subject)
                && !syntax.children(subject).iter().any(|kid| {
                    // A nationality makes them particular; the capital of a sentence's first word does not.
                    let named = syntax.doc.token(*kid).form.starts_with(char::is_uppercase)
                        && kid.0 != sentence.tokens.start;
                    syntax.upos(*kid) == Upos::Propn || named
                })
        };
        let named_object = syntax.child(id, "obj").is_some_and(|object| syntax.upos(object) == Upos::Propn);
        full && !named_object && syntax.surface_subject(id).is_some_and(bare_plural)
    }

    fn is_participle(&self, id: TokenId) -> bool {
        matches!(self.syntax.doc.token(id).feats.get("VerbForm"), Some("Part" | "Ger"))
    }

    fn is_progressive(&self, id: TokenId) -> bool {
        let feats = &self.syntax.doc.token(id).feats;
        let participle =
            feats.has("VerbForm", "Ger") || (feats.has("VerbForm", "Part") && feats.has("Tense", "Pres"));
        participle
            && self.syntax.children_by(id, "aux").any(|aux| {
                self.syntax.lemma(aux) == "be" && self.syntax.doc.token(aux).feats.has("Tense", "Pres")
            })
    }

    fn is_question(&self, id: TokenId) -> bool {
        let sentence = &self.syntax.doc.sentences[self.syntax.doc.sentence_of(id)];
        sentence.tokens.ids().next_back().is_some_and(|last| self.syntax.doc.token(last).form == "?")
    }
}

enum Step {
    Up(TokenId),
    Stop,
}

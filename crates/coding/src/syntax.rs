//! A dependency tree asked in the terms coding needs: subjects across control, relatives and conjunction; voice undone;
//! phrases; prepositions.
//!
//! Relations are those of Universal Dependencies v2 for English. Nothing here knows any word but the closed class that
//! UD itself names by word (*by* for agents).

use crate::repair::Tree;
use record::{Doc, Token, TokenId, TokenRange, Upos};
use std::collections::HashMap;

/// A [`Doc`]'s dependency trees with their downward edges.
pub struct Syntax<'d> {
    /// The document.
    pub doc: &'d Doc,
    tree: Tree<'d>,
    first: Vec<u32>,
    kids: Vec<TokenId>,
    /// The coreference chain of each word that heads a phrase of one; coordinations as a whole are left out.
    chained: HashMap<TokenId, usize>,
}

/// A sentence of more words is no prose, but a list or a broken file; whatever compares its words with each other leaves it alone.
pub(crate) const LONGEST_PROSE: usize = 512;

/// How far up a chain of heads any search may climb. Real sentences stay far below.
const MAX_CLIMB: usize = 64;

impl<'d> Syntax<'d> {
    /// Indexes every edge of `doc`.
    pub fn new(doc: &'d Doc) -> Self {
        let tree = Tree::of(doc);
        let mut first = vec![0u32; doc.tokens.len() + 1];
        for head in tree.heads.iter().flatten() {
            first[head.index() + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut next = first.clone();
        let mut kids = vec![TokenId(0); tree.heads.iter().flatten().count()];
        for (i, head) in tree.heads.iter().enumerate() {
            if let Some(head) = head {
                kids[next[head.index()] as usize] = TokenId(i as u32);
                next[head.index()] += 1;
            }
        }
        let chains = doc.chains.iter().enumerate();
        let heads = |(i, chain): (usize, &'d record::Chain)| {
            chain.mentions.iter().filter(|r| !r.group).map(move |r| (r.head, i))
        };
        let chained = chains.flat_map(heads).collect();
        Self { doc, tree, first, kids, chained }
    }

    /// The coreference chain, by its place in [`Doc::chains`], that the phrase of a head belongs to.
    pub fn chain(&self, head: TokenId) -> Option<usize> {
        self.chained.get(&head).copied()
    }

    /// Dependents in text order.
    pub fn children(&self, id: TokenId) -> &[TokenId] {
        &self.kids[self.first[id.index()] as usize..self.first[id.index() + 1] as usize]
    }

    /// Dependents with relation `relation`, subtypes included.
    pub fn children_by(&self, id: TokenId, relation: &str) -> impl DoubleEndedIterator<Item = TokenId> {
        self.children(id).iter().copied().filter(move |kid| self.relation(*kid) == relation)
    }

    /// The first dependent with exactly this relation, subtype included.
    pub fn child(&self, id: TokenId, deprel: &str) -> Option<TokenId> {
        self.children(id).iter().copied().find(|kid| self.deprel(*kid) == deprel)
    }

    /// The relation with its subtype.
    pub fn deprel(&self, id: TokenId) -> &'d str {
        self.tree.deprels[id.index()]
    }

    /// The relation without its subtype.
    pub fn relation(&self, id: TokenId) -> &'d str {
        self.deprel(id).split(':').next().unwrap_or("")
    }

    /// The lemma.
    pub fn lemma(&self, id: TokenId) -> &'d str {
        &self.doc.token(id).lemma
    }

    /// The part of speech.
    pub fn upos(&self, id: TokenId) -> Upos {
        self.tree.upos[id.index()]
    }

    /// The head.
    pub fn head(&self, id: TokenId) -> Option<TokenId> {
        self.tree.heads[id.index()]
    }

    /// The token and its heads, up to the root.
    pub fn path_up(&self, id: TokenId) -> impl Iterator<Item = TokenId> {
        std::iter::successors(Some(id), |at| self.head(*at)).take(MAX_CLIMB)
    }

    /// Whether `above` is `below` or one of its heads.
    pub fn dominates(&self, above: TokenId, below: TokenId) -> bool {
        self.path_up(below).any(|at| at == above)
    }

    /// Every token below `id`, itself included, in text order.
    pub fn subtree(&self, id: TokenId) -> Vec<TokenId> {
        self.subtree_without(id, |_| false)
    }

    /// Every token below `id` except the subtrees that `cut` names, in text order.
    pub fn subtree_without(&self, id: TokenId, cut: impl Fn(TokenId) -> bool) -> Vec<TokenId> {
        let mut found = vec![id];
        let mut next = 0;
        while next < found.len() {
            let at = found[next];
            found.extend(self.children(at).iter().copied().filter(|kid| !cut(*kid)));
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// The words of a nominal with its determiners, modifiers and prepositional phrases, without clauses, appositions,
    /// further conjuncts and its own preposition.
    pub fn phrase(&self, head: TokenId) -> TokenRange {
        let inside = |relation: &str| {
            matches!(
                relation,
                "det"
                    | "amod"
                    | "compound"
                    | "nummod"
                    | "nmod"
                    | "flat"
                    | "fixed"
                    | "goeswith"
                    | "advmod"
                    | "case"
                    | "cc"
                    | "conj"
            )
        };
        let cut = |kid: TokenId| {
            let relation = self.relation(kid);
            let own = self.head(kid) == Some(head);
            !inside(relation)
                || (own && matches!(relation, "conj" | "cc" | "advmod"))
                || (own && relation == "case" && self.lemma(kid) != "'s")
                || (relation == "nmod" && self.is_set_off(kid))
        };
        let mut tokens = self.subtree_without(head, cut);
        // Hyphens inside belong to it (*medium-sized states*).
        let hyphens: Vec<TokenId> = tokens
            .windows(2)
            .filter(|pair| pair[1].0 == pair[0].0 + 2 && self.doc.token(TokenId(pair[0].0 + 1)).form == "-")
            .map(|pair| TokenId(pair[0].0 + 1))
            .collect();
        tokens.extend(hyphens);
        tokens.sort_unstable();
        // Keep the contiguous run around the head.
        let at = tokens.iter().position(|t| *t == head).unwrap_or(0);
        let mut start = at;
        while start > 0 && tokens[start - 1].0 + 1 == tokens[start].0 {
            start -= 1;
        }
        let mut end = at;
        while end + 1 < tokens.len() && tokens[end].0 + 1 == tokens[end + 1].0 {
            end += 1;
        }
        let mut range = self.written_whole(TokenRange { start: tokens[start].0, end: tokens[end].0 + 1 });
        // A possessor's clitic belongs to the possession, not to the possessor's own phrase.
        while range.len() > 1 && self.lemma(TokenId(range.end - 1)) == "'s" && range.end - 1 > head.0 {
            range.end -= 1;
        }
        range
    }

    /// A phrase cut inside what is written as one word (*Interfax* of *Interfax-Ukraine*), or behind a possessor (*'s agency*), with the rest of it.
    pub fn written_whole(&self, mut range: TokenRange) -> TokenRange {
        let token = |at: u32| self.doc.tokens.get(at as usize);
        let joined = |left: u32| {
            token(left)
                .zip(token(left + 1))
                .is_some_and(|(a, b)| a.span.end == b.span.start && a.multiword.is_none())
        };
        let sentence = self.doc.sentences[self.doc.sentence_of(TokenId(range.start))].tokens;
        while range.end + 1 < sentence.end
            && token(range.end).is_some_and(|t| t.form == "-")
            && joined(range.end - 1)
            && joined(range.end)
        {
            range.end += 2;
        }
        let clitic = |at: u32| token(at).is_some_and(|t| matches!(t.form.as_str(), "'s" | "’s" | "'" | "’"));
        let nominal = |at: u32| {
            let of_name = |t: &Token| matches!(t.upos, Upos::Propn | Upos::Noun | Upos::Det | Upos::Adj);
            token(at).is_some_and(of_name)
        };
        if clitic(range.start) {
            while range.start > sentence.start && nominal(range.start - 1) {
                range.start -= 1;
            }
        }
        range
    }

    /// Whether a comma stands right before the token's phrase.
    fn is_set_off(&self, id: TokenId) -> bool {
        self.children(id).first().is_some_and(|kid| self.upos(*kid) == Upos::Punct && *kid < id)
    }

    /// The preposition that marks a nominal, multiword ones joined by spaces (`according to`), in lower case.
    pub fn preposition(&self, nominal: TokenId) -> Option<String> {
        let mut cases: Vec<TokenId> =
            self.children_by(nominal, "case").filter(|case| *case < nominal).collect();
        if cases.is_empty() {
            // *near Scarborough Shoal*: the preposition may hang on the name's second word.
            let flat = self.children_by(nominal, "flat").flat_map(|kid| self.children_by(kid, "case"));
            cases = flat.filter(|case| *case < nominal).collect();
        }
        let first = *cases.first()?;
        let mut words: Vec<String> = vec![self.doc.token(first).form.to_lowercase()];
        words.extend(self.children_by(first, "fixed").map(|t| self.doc.token(t).form.to_lowercase()));
        for case in &cases[1..] {
            words.push(self.doc.token(*case).form.to_lowercase());
        }
        Some(words.join(" "))
    }

    /// The nominal and everything coordinated with it, in text order.
    pub fn conjuncts(&self, first: TokenId) -> Vec<TokenId> {
        let mut all = vec![first];
        let mut next = 0;
        while next < all.len() {
            let at = all[next];
            all.extend(self.children_by(at, "conj").filter(|kid| {
                // A clause coordinated with a nominal is no participant.
                matches!(
                    self.upos(*kid),
                    Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::X | Upos::Sym
                )
            }));
            next += 1;
        }
        all.sort_unstable();
        all
    }

    /// The first member of the coordination that `id` belongs to.
    pub fn first_conjunct(&self, id: TokenId) -> TokenId {
        self.path_up(id).find(|at| self.relation(*at) != "conj").unwrap_or(id)
    }

    /// Whether a verb form is passive.
    pub fn is_passive(&self, verb: TokenId) -> bool {
        let token = self.doc.token(verb);
        if self.tree.active.binary_search(&verb).is_ok() {
            return false;
        }
        // The auxiliary decides; a finite form without one is active, whatever its subject is called.
        if self.child(verb, "aux:pass").is_some() {
            return true;
        }
        if token.feats.has("VerbForm", "Fin") {
            return false;
        }
        // *Strikes killed twenty people.* A full sentence needs a finite verb, so a bare participle at its head is a past form;
        // a headline (no full stop) may do without (*Two killed in Kabul*).
        let clausal = matches!(self.relation(verb), "root" | "ccomp" | "parataxis");
        if clausal && self.children_by(verb, "aux").next().is_none() && self.is_full_sentence(verb) {
            return false;
        }
        if token.feats.has("Voice", "Pass")
            || self.children(verb).iter().any(|kid| matches!(self.deprel(*kid), "nsubj:pass" | "csubj:pass"))
        {
            return true;
        }
        let past_participle = token.feats.has("VerbForm", "Part") && token.feats.has("Tense", "Past");
        past_participle
            && matches!(self.deprel(verb), "acl" | "amod" | "advcl")
            && !self.children(verb).iter().any(|kid| self.deprel(*kid) == "aux")
    }

    /// Whether the word's sentence ends with a full stop.
    fn is_full_sentence(&self, id: TokenId) -> bool {
        let sentence = &self.doc.sentences[self.doc.sentence_of(id)];
        sentence.tokens.ids().rev().take(2).any(|last| self.doc.token(last).form == ".")
    }

    /// The particle of a phrasal verb.
    pub fn particle(&self, verb: TokenId) -> Option<&'d str> {
        let particle = self.child(verb, "compound:prt").or_else(|| {
            // *held back from*: some particles are cut as adverbs.
            self.children_by(verb, "advmod").find(|kid| {
                kid.0 == verb.0 + 1
                    && matches!(self.lemma(*kid), "back" | "out" | "off" | "away" | "down" | "up" | "over")
            })
        });
        particle.map(|particle| self.lemma(particle))
    }

    /// A verb's lemma with its particle (`carry out`).
    pub fn verb_lemma(&self, verb: TokenId) -> String {
        match self.particle(verb) {
            Some(particle) => format!("{} {particle}", self.lemma(verb)),
            None => self.lemma(verb).to_owned(),
        }
    }

    /// Whether the token heads a clause: a verb, or a nominal or adjective with a copula.
    pub fn is_predicate(&self, id: TokenId) -> bool {
        self.upos(id) == Upos::Verb || self.child(id, "cop").is_some()
    }

    /// The nominal that stands as surface subject of a predicate, found across conjunction, control, raising,
    /// participial and relative clauses; relative pronouns give way to their antecedents.
    pub fn surface_subject(&self, predicate: TokenId) -> Option<TokenId> {
        self.surface_subject_within(predicate, 8)
    }

    fn surface_subject_within(&self, predicate: TokenId, depth: usize) -> Option<TokenId> {
        let depth = depth.checked_sub(1)?;
        let own = self.children(predicate).iter().copied().find(|kid| self.relation(*kid) == "nsubj");
        if let Some(own) = own {
            return Some(self.antecedent(own).unwrap_or(own));
        }
        let head = self.head(predicate)?;
        match self.deprel(predicate) {
            "conj" if self.is_predicate(head) => self.surface_subject_within(head, depth),
            "xcomp" => {
                // Object control where the governor has an object, subject control and raising elsewhere.
                let object = self.child(head, "iobj").or_else(|| self.child(head, "obj"));
                if self.is_passive(head) {
                    return self.surface_subject_within(head, depth);
                }
                object.or_else(|| self.surface_subject_within(head, depth))
            }
            "advcl" | "parataxis" | "ccomp" if self.is_predicate(head) && !self.has_own_time(predicate) => {
                // *accused X of arming Y*, *prevented X from leaving*: the object of the verb does it.
                let gerund = self.children(predicate).iter().any(|kid| {
                    matches!(self.relation(*kid), "mark" | "case")
                        && matches!(self.lemma(*kid), "of" | "from" | "for" | "into")
                });
                let object = self.child(head, "obj").filter(|_| gerund && predicate > head);
                object.or_else(|| self.surface_subject_within(head, depth))
            }
            "acl:relcl" => self.relative_gap(predicate).filter(|gap| *gap == Gap::Subject).map(|_| head),
            "acl" | "amod" => {
                if self.doc.token(predicate).feats.has("VerbForm", "Inf")
                    || self.child(predicate, "mark").is_some()
                {
                    // *Moscow's decision to attack*, *Moscow made a decision to attack*
                    self.nominal_holder(head)
                } else {
                    Some(head)
                }
            }
            _ => None,
        }
    }

    /// Whether a clause is finite with a mark of its own, so that a missing subject is not the main clause's.
    fn has_own_time(&self, predicate: TokenId) -> bool {
        self.doc.token(predicate).feats.has("VerbForm", "Fin")
            && self.deprel(predicate) != "advcl"
            && self.children_by(predicate, "mark").next().is_some()
    }

    /// Who holds what a noun names: its possessor, or the subject of the verb whose object it is.
    pub fn nominal_holder(&self, noun: TokenId) -> Option<TokenId> {
        if let Some(owner) = self.child(noun, "nmod:poss") {
            return Some(self.antecedent(owner).unwrap_or(owner));
        }
        let head = self.head(noun)?;
        if self.is_predicate(head) && matches!(self.deprel(noun), "obj" | "obl") {
            return self.agent(head);
        }
        None
    }

    /// The antecedent of a relative pronoun.
    pub fn antecedent(&self, pronoun: TokenId) -> Option<TokenId> {
        let token = self.doc.token(pronoun);
        if token.upos != Upos::Pron && token.upos != Upos::Det && token.upos != Upos::Sconj {
            return None;
        }
        if !(token.feats.has("PronType", "Rel")
            || matches!(token.lemma.as_str(), "who" | "which" | "that" | "whom" | "whose"))
        {
            return None;
        }
        self.path_up(pronoun)
            .take(6)
            .find(|at| self.deprel(*at) == "acl:relcl")
            .and_then(|clause| self.head(clause))
    }

    /// Which role the antecedent plays in a relative clause without a pronoun for it.
    fn relative_gap(&self, clause: TokenId) -> Option<Gap> {
        let subject = self.children_by(clause, "nsubj").next();
        let object = self.children_by(clause, "obj").next();
        match (subject, object) {
            (None, _) => Some(Gap::Subject),
            (Some(_), None) => Some(Gap::Object),
            _ => None,
        }
    }

    /// Who does what `verb` says: the subject of an active, the *by* phrase of a passive.
    pub fn agent(&self, verb: TokenId) -> Option<TokenId> {
        if self.is_passive(verb) { self.by_phrase(verb) } else { self.surface_subject(verb) }
    }

    /// The *by* phrase of a passive verb.
    pub fn by_phrase(&self, verb: TokenId) -> Option<TokenId> {
        self.child(verb, "obl:agent").or_else(|| {
            self.children_by(verb, "obl").find(|kid| self.preposition(*kid).as_deref() == Some("by"))
        })
    }

    /// A verb's participants with its voice undone.
    pub fn verb_slots(&self, verb: TokenId) -> Slots {
        let passive = self.is_passive(verb);
        let surface = self.surface_subject(verb);
        let mut slots = Slots::default();
        let own_object = self.child(verb, "obj").map(|obj| self.antecedent(obj).unwrap_or(obj));
        // *killed at least 20 people*: an adverbial without a preposition that counts something is the object.
        let own_object = own_object.or_else(|| {
            self.children_by(verb, "obl").find(|kid| {
                *kid > verb
                    && self.deprel(*kid) == "obl"
                    && self.preposition(*kid).is_none()
                    && self.children_by(*kid, "nummod").next().is_some()
            })
        });
        // An object behind a preposition is none (*fired on a boat*).
        let prepositional = own_object.and_then(|object| Some((self.preposition(object)?, object)));
        let own_object = own_object.filter(|_| prepositional.is_none());
        if passive {
            slots.subject = self.by_phrase(verb);
            slots.object = surface;
            if own_object.is_some() {
                // *was given a warning*: the surface subject is the second object.
                slots.object = own_object;
                slots.indirect = surface;
            }
        } else {
            slots.subject = surface;
            slots.object = own_object;
            slots.indirect = self.child(verb, "iobj").map(|obj| self.antecedent(obj).unwrap_or(obj));
        }
        if slots.object.is_none()
            && self.deprel(verb) == "acl:relcl"
            && self.relative_gap(verb) == Some(Gap::Object)
        {
            slots.object = self.head(verb);
        }
        if slots.object.is_none() {
            slots.object = self.shared_object(verb);
        }
        self.collect_prepositions(verb, &mut slots);
        slots.prepositions.extend(prepositional);
        for kid in self.children(verb) {
            match self.relation(*kid) {
                // What stands before its verb is a quotation.
                "xcomp" | "ccomp" if slots.complement.is_none() && *kid > verb => {
                    slots.complement = Some(*kid)
                }
                "advcl" if self.is_purpose(*kid) && slots.purpose.is_none() => slots.purpose = Some(*kid),
                _ => {}
            }
        }
        slots.passive = passive;
        slots
    }

    /// The object that coordinated verbs share (*shelled and stormed the town*).
    fn shared_object(&self, verb: TokenId) -> Option<TokenId> {
        if self.is_passive(verb) {
            return None;
        }
        self.children_by(verb, "conj")
            .filter(|other| *other > verb && self.upos(*other) == Upos::Verb && other.0 - verb.0 <= 3)
            .find_map(|other| self.child(other, "obj"))
    }

    fn collect_prepositions(&self, of: TokenId, slots: &mut Slots) {
        for kid in self.children(of) {
            let nominal = matches!(self.relation(*kid), "obl" | "nmod") && self.deprel(*kid) != "nmod:poss";
            if !nominal || Some(*kid) == slots.subject {
                continue;
            }
            if let Some(preposition) = self.preposition(*kid) {
                slots.prepositions.push((preposition, self.antecedent(*kid).unwrap_or(*kid)));
            } else if matches!(self.deprel(*kid), "obl:unmarked" | "obl:npmod" | "obl:tmod" | "nmod:unmarked")
            {
                slots.unmarked.push(*kid);
            }
            // The member of a coordination that carries its own preposition stands for itself.
            for other in self.children_by(*kid, "conj") {
                if let Some(preposition) = self.preposition(other) {
                    slots.prepositions.push((preposition, other));
                }
            }
        }
        if self.deprel(of) == "acl:relcl" {
            // *the town on which they fired*: the pronoun was resolved above; a stranded preposition is a child itself.
            for kid in self.children_by(of, "obl") {
                if self.children(kid).is_empty()
                    && self.upos(kid) == Upos::Adp
                    && let Some(head) = self.head(of)
                {
                    slots.prepositions.push((self.lemma(kid).to_owned(), head));
                }
            }
        }
    }

    /// An event noun's participants: possessor, *of* and *by* phrases, modifiers, other prepositional phrases.
    pub fn noun_slots(&self, noun: TokenId, of_is_subject: bool) -> Slots {
        let mut slots = Slots::default();
        self.collect_prepositions(noun, &mut slots);
        slots.subject = self.child(noun, "nmod:poss").map(|owner| self.antecedent(owner).unwrap_or(owner));
        if let Some((_, by)) = slots.prepositions.iter().find(|(preposition, _)| preposition == "by") {
            // With an agent in a *by* phrase, the possessor is what is acted on (*the city's capture by rebels*).
            slots.object = slots.subject.take();
            slots.subject = Some(*by);
        }
        if let Some((_, of)) = slots.prepositions.iter().find(|(preposition, _)| preposition == "of") {
            if of_is_subject && slots.subject.is_none() {
                slots.subject = Some(*of);
            } else if slots.object.is_none() {
                slots.object = Some(*of);
            }
        }
        slots.modifiers = self
            .children(noun)
            .iter()
            .copied()
            .filter(|kid| matches!(self.relation(*kid), "compound" | "amod" | "nmod") && *kid < noun)
            .filter(|kid| self.deprel(*kid) != "nmod:poss")
            .collect();
        for kid in self.children_by(noun, "acl") {
            if slots.complement.is_none() && self.deprel(kid) == "acl" {
                slots.complement = Some(kid);
            }
        }
        slots
    }

    /// Whether an adverbial clause is an infinitive of purpose.
    pub fn is_purpose(&self, clause: TokenId) -> bool {
        self.children_by(clause, "mark").any(|mark| self.lemma(mark) == "to")
            || (self.relation(clause) == "advcl" && self.doc.token(clause).feats.has("VerbForm", "Inf"))
    }

    /// Whether a clause on a noun says what the noun is about (*the claim that …*) rather than which one is meant: it has a
    /// *that* and no gap.
    pub fn is_content_clause(&self, clause: TokenId) -> bool {
        let that = self
            .children(clause)
            .iter()
            .any(|kid| *kid < clause && self.lemma(*kid) == "that" && self.relation(*kid) != "det");
        let full = self.children_by(clause, "nsubj").any(|kid| self.lemma(kid) != "that")
            && (self.children_by(clause, "obj").next().is_some()
                || self.children_by(clause, "mark").next().is_some()
                || self.is_passive(clause));
        that && full
    }

    /// The way through the tree from one word to another: `sent ↓nsubj Niger`, `killed ↑xcomp managed ↓nsubj troops`.
    pub fn route(&self, from: TokenId, to: TokenId) -> String {
        let up: Vec<TokenId> = self.path_up(from).collect();
        let down: Vec<TokenId> = self.path_up(to).collect();
        let form = |id: TokenId| self.doc.token(id).form.as_str();
        let Some((climb, descent)) = up
            .iter()
            .enumerate()
            .find_map(|(i, at)| down.iter().position(|other| other == at).map(|j| (i, j)))
        else {
            return format!("{} … {}", form(from), form(to));
        };
        let mut route = form(from).to_owned();
        for pair in up[..=climb].windows(2) {
            route.push_str(&format!(" ↑{} {}", self.deprel(pair[0]), form(pair[1])));
        }
        for id in down[..descent].iter().rev() {
            route.push_str(&format!(" ↓{} {}", self.deprel(*id), form(*id)));
        }
        route
    }

    /// The predicate whose clause holds `id`: the nearest head that is a predicate, or the root.
    pub fn clause(&self, id: TokenId) -> TokenId {
        let mut last = id;
        for at in self.path_up(id) {
            last = at;
            if self.is_predicate(at) {
                return at;
            }
        }
        last
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    Subject,
    Object,
}

/// A predicate's participants, whatever form they stand in. Each is the head word of a phrase; coordination is kept
/// (see [`Syntax::conjuncts`]).
#[derive(Clone, Debug, Default)]
pub struct Slots {
    /// Who acts.
    pub subject: Option<TokenId>,
    /// What is acted on.
    pub object: Option<TokenId>,
    /// The second object.
    pub indirect: Option<TokenId>,
    /// Preposition and nominal.
    pub prepositions: Vec<(String, TokenId)>,
    /// Adverbial nominals without a preposition (*on the day*, *last week*).
    pub unmarked: Vec<TokenId>,
    /// Modifiers of an event noun that may be participants (*Russian*, *NATO*).
    pub modifiers: Vec<TokenId>,
    /// Complement clause.
    pub complement: Option<TokenId>,
    /// Clause of purpose.
    pub purpose: Option<TokenId>,
    /// Whether the verb was passive.
    pub passive: bool,
}

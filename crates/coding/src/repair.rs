//! Undoes a few parses that news style invites: reports behind their quotation, headlines, agency telegraphese.
//!
//! Each repair needs the parse to be impossible or next to it for English (a finite clause without a subject beside a bare
//! name, a report without one beside a clause that has two), so that good parses pass untouched.

use crate::syntax::LONGEST_PROSE;
use record::{Doc, NameKind, TokenId, TokenRange, Upos};

/// Words of a nominal, at most, that a repair looks at.
const MOST_NOMINAL: usize = 12;

/// A dependency tree that may differ from the document's.
pub(crate) struct Tree<'d> {
    pub heads: Vec<Option<TokenId>>,
    pub deprels: Vec<&'d str>,
    pub upos: Vec<Upos>,
    /// Participles that turned out to be past forms: active, whatever their features say.
    pub active: Vec<TokenId>,
}

impl<'d> Tree<'d> {
    /// The document's tree, repaired sentence by sentence.
    pub fn of(doc: &'d Doc) -> Self {
        let mut tree = Self {
            heads: doc.tokens.iter().map(|token| token.head).collect(),
            deprels: doc.tokens.iter().map(|token| token.deprel.as_str()).collect(),
            upos: doc.tokens.iter().map(|token| token.upos).collect(),
            active: Vec::new(),
        };
        for sentence in doc.sentences.iter().filter(|sentence| sentence.tokens.len() <= LONGEST_PROSE) {
            tree.noun_as_report(doc, sentence.tokens);
            tree.subject_before_that(doc, sentence.tokens);
            tree.opening_participle(doc, sentence.tokens);
            for comma in sentence.tokens.ids().filter(|id| doc.token(*id).form == ",") {
                tree.appositive(doc, comma, sentence.tokens);
            }
            for verb in sentence.tokens.ids().filter(|id| doc.token(*id).upos == Upos::Verb) {
                tree.participle_as_verb(doc, verb, sentence.tokens.start);
                tree.trailing_report(doc, verb, sentence.tokens);
                tree.inverted_report(doc, verb);
            }
            for verb in sentence.tokens.ids().filter(|id| doc.token(*id).upos == Upos::Verb) {
                tree.missing_subject(doc, verb, sentence.tokens.start);
            }
        }
        tree
    }

    /// *…, a charge Kigali has denied*, *…, an accusation that the army rejects*: behind a comma, an indefinite noun stands beside what was said
    /// before, and the clause without an object behind it is about the noun.
    fn appositive(&mut self, doc: &Doc, comma: TokenId, tokens: TokenRange) {
        let token = |i: u32| doc.tokens.get(i as usize).filter(|_| i < tokens.end);
        let upos = |i: u32| token(i).map(|token| token.upos);
        let form =
            |i: u32, forms: &[&str]| token(i).is_some_and(|token| forms.contains(&token.form.as_str()));
        let skip = |from: u32, kinds: &[Upos]| {
            (from..tokens.end)
                .take(MOST_NOMINAL)
                .find(|i| !upos(*i).is_some_and(|upos| kinds.contains(&upos)))
                .unwrap_or(tokens.end)
        };
        if !form(comma.0 + 1, &["a", "an"]) {
            return;
        }
        let noun = skip(comma.0 + 2, &[Upos::Adj]);
        let begin = noun + 1 + u32::from(form(noun + 1, &["that", "which"]));
        let opens = matches!(upos(begin), Some(Upos::Propn | Upos::Det | Upos::Pron));
        let behind = skip(begin, &[Upos::Det, Upos::Propn, Upos::Pron, Upos::Adj, Upos::Noun, Upos::Part]);
        let verb = skip(behind, &[Upos::Aux, Upos::Adv, Upos::Part]);
        // *a spokesman Ivan Petrov said*
        let last = doc.names.partition_point(|name| name.tokens.start <= begin);
        let person = doc.names[..last]
            .last()
            .is_some_and(|name| name.kind == NameKind::Person && begin < name.tokens.end);
        let ends = verb + 1 >= tokens.end
            || matches!(upos(verb + 1), Some(Upos::Punct | Upos::Adp))
            || form(verb + 1, &["as"]);
        let noun_id = TokenId(noun);
        // *a claim Kigali called "nonsense"*: what it is called is no object.
        let takes = self.has(TokenId(verb), &["obj", "ccomp", "xcomp"], verb, tokens.end)
            && !form(verb + 1, &["\"", "“", "``"]);
        if upos(noun) != Some(Upos::Noun)
            || !opens
            || person
            || behind == begin
            || upos(verb) != Some(Upos::Verb)
            || !ends
            || takes
        {
            return;
        }
        let before = |i: &TokenId| *i < comma && *i >= TokenId(tokens.start);
        let root = (tokens.start..comma.0).map(TokenId).find(|i| {
            self.heads[i.index()].is_none_or(|head| !before(&head)) && doc.token(*i).upos == Upos::Verb
        });
        let Some(above) = self.heads[noun as usize].filter(before).or(root) else { return };
        if self.heads[verb as usize].is_none() {
            return;
        }
        self.heads[noun as usize] = Some(above);
        self.deprels[noun as usize] = "appos";
        self.heads[verb as usize] = Some(noun_id);
        self.deprels[verb as usize] = "acl:relcl";
        let inside = |head: Option<TokenId>| head.is_some_and(|head| (begin..behind).contains(&head.0));
        if let Some(subject) = (begin..behind).rev().find(|i| !inside(self.heads[*i as usize])) {
            self.heads[subject as usize] = Some(TokenId(verb));
            self.deprels[subject as usize] = "nsubj";
        }
    }

    /// *Citing Article 51, Iran fired …*: a participle that opens the sentence before a bare name, itself a loose adjunct of the
    /// verb after the comma, has that name as its object.
    fn opening_participle(&mut self, doc: &Doc, tokens: TokenRange) {
        let first = TokenId(tokens.start);
        let feats = &doc.token(first).feats;
        if doc.token(first).upos != Upos::Verb || !feats.has("VerbForm", "Part") || feats.has("Tense", "Past")
        {
            return;
        }
        let Some(noun) = self.heads[first.index()].filter(|noun| *noun > first) else { return };
        let loose = matches!(
            self.deprels[noun.index()],
            "obl:unmarked" | "nmod:unmarked" | "obl" | "dislocated" | "vocative" | "parataxis" | "advcl"
        );
        let cased = self.has(noun, &["case", "mark", "nsubj", "cop"], tokens.start, noun.0);
        let Some(verb) = self.heads[noun.index()].filter(|verb| *verb > noun) else { return };
        let comma = (noun.0..verb.0).any(|i| doc.tokens[i as usize].form == ",");
        if matches!(self.relation(first.0), "acl" | "amod") && loose && !cased && comma {
            self.heads[first.index()] = Some(verb);
            self.deprels[first.index()] = "advcl";
            self.heads[noun.index()] = Some(first);
            self.deprels[noun.index()] = "obj";
        }
    }

    fn has(&self, head: TokenId, relations: &[&str], from: u32, to: u32) -> bool {
        (from..to).any(|i| self.heads[i as usize] == Some(head) && relations.contains(&self.relation(i)))
    }

    fn relation(&self, i: u32) -> &'d str {
        self.deprels[i as usize].split(':').next().unwrap_or("")
    }

    /// *Gunmen attacked the base, the ministry said*: the ministry said it, and did not attack.
    fn inverted_report(&mut self, doc: &Doc, report: TokenId) {
        let sentence = doc.sentences[doc.sentence_of(report)].tokens;
        let clause = (sentence.start..report.0).find(|i| {
            self.heads[*i as usize] == Some(report) && matches!(self.relation(*i), "ccomp" | "parataxis")
        });
        let Some(clause) =
            clause.filter(|_| !self.has(report, &["nsubj", "csubj"], sentence.start, sentence.end))
        else {
            return;
        };
        let comma = (clause..report.0).rev().take(16).find(|i| doc.tokens[*i as usize].upos == Upos::Punct);
        let Some(comma) = comma else { return };
        let source = (comma..report.0)
            .find(|i| self.heads[*i as usize] == Some(TokenId(clause)) && self.relation(*i) == "nsubj");
        if let Some(source) = source {
            self.heads[source as usize] = Some(report);
            self.deprels[source as usize] = "nsubj";
        }
    }

    /// *… sent 800 soldiers, the government confirmed on Tuesday, after …*: a relative clause without a pronoun never follows
    /// a comma; what stands there is a report on the whole sentence.
    fn trailing_report(&mut self, doc: &Doc, verb: TokenId, tokens: TokenRange) {
        if self.deprels[verb.index()] != "acl:relcl"
            || self.has(verb, &["obj", "xcomp", "ccomp"], tokens.start, tokens.end)
        {
            return;
        }
        let own = |i: &u32| self.heads[*i as usize] == Some(verb);
        let Some(subject) = (tokens.start..verb.0).find(|i| own(i) && self.relation(*i) == "nsubj") else {
            return;
        };
        let relative =
            (tokens.start..verb.0).any(|i| doc.tokens[i as usize].feats.has("PronType", "Rel") && own(&i));
        if relative || doc.tokens[subject as usize].upos == Upos::Pron {
            return;
        }
        // The first word of the subject's phrase, and the comma before it.
        let mut first = subject;
        while first > tokens.start
            && doc.tokens[first as usize - 1].upos != Upos::Punct
            && self.heads[first as usize - 1].is_some_and(|h| h.0 + 3 >= first && h.0 <= subject)
        {
            first -= 1;
        }
        if first == tokens.start || doc.tokens[first as usize - 1].form != "," {
            return;
        }
        let Some(root) = tokens.ids().find(|id| self.heads[id.index()].is_none()) else { return };
        if root != verb {
            self.heads[verb.index()] = Some(root);
            self.deprels[verb.index()] = "parataxis";
            // What stands right behind the report (*confirmed on Tuesday*) is the report's.
            for i in verb.0 + 1..tokens.end {
                if doc.tokens[i as usize].upos == Upos::Punct {
                    break;
                }
                if self.heads[i as usize] == Some(root) && matches!(self.relation(i), "obl" | "advmod") {
                    self.heads[i as usize] = Some(verb);
                }
            }
        }
    }

    /// *India test-fired a missile*, *Iran hits out*: a finite clause whose first word is a bare name that is no subject.
    fn missing_subject(&mut self, doc: &Doc, verb: TokenId, start: u32) {
        let feats = &doc.token(verb).feats;
        if !feats.has("VerbForm", "Fin")
            || feats.has("Mood", "Imp")
            || matches!(self.relation(verb.0), "conj" | "acl")
        {
            return;
        }
        if self.has(verb, &["nsubj", "csubj", "expl"], start, doc.sentences[doc.sentence_of(verb)].tokens.end)
        {
            return;
        }
        let bare = (start..verb.0).find(|i| {
            let token = &doc.tokens[*i as usize];
            let above = self.heads[*i as usize];
            // Its head is the verb, or the first half of a hyphened verb.
            let near = above == Some(verb)
                || above.is_some_and(|a| {
                    a.0 < verb.0 && a.0 + 2 == verb.0 && doc.tokens[a.index() + 1].form == "-"
                });
            let loose = matches!(
                self.deprels[*i as usize],
                "obl:unmarked" | "nmod:unmarked" | "vocative" | "dislocated" | "nmod" | "compound" | "dep"
            );
            let cased = (start..verb.0)
                .any(|k| self.heads[k as usize] == Some(TokenId(*i)) && self.relation(k) == "case");
            token.upos == Upos::Propn && near && loose && !cased
        });
        if let Some(bare) = bare {
            self.heads[bare as usize] = Some(verb);
            self.deprels[bare as usize] = "nsubj";
        }
    }

    /// *Transcripts from KCNA state that …*: a sentence without a verb of its own whose noun stands right before a
    /// that-clause has its verb there.
    fn noun_as_report(&mut self, doc: &Doc, tokens: TokenRange) {
        let Some(root) = tokens.ids().find(|id| self.heads[id.index()].is_none()) else { return };
        let subject = doc.token(root);
        if subject.upos != Upos::Noun
            || !subject.feats.has("Number", "Plur")
            || self.has(root, &["cop"], tokens.start, tokens.end)
        {
            return;
        }
        let report = (root.0 + 1..tokens.end.saturating_sub(1)).find(|i| {
            let (noun, that) = (&doc.tokens[*i as usize], &doc.tokens[*i as usize + 1]);
            noun.upos == Upos::Noun
                && noun.feats.has("Number", "Sing")
                && !self.has(TokenId(*i), &["det", "amod"], tokens.start, *i)
                && that.form == "that"
                && self.relation(*i + 1) == "mark"
        });
        let Some(report) = report else { return };
        let Some(clause) = self.heads[report as usize + 1].filter(|clause| clause.0 > report) else { return };
        let before = TokenId(report - 1);
        if before != root && self.heads[before.index()] == Some(TokenId(report)) {
            // What was read as its modifier belongs to the subject.
            self.heads[before.index()] = Some(root);
            self.deprels[before.index()] = "nmod";
            for i in root.0..before.0 {
                if self.heads[i as usize] == Some(TokenId(report)) && self.relation(i) == "case" {
                    self.heads[i as usize] = Some(before);
                }
            }
        }
        self.upos[report as usize] = Upos::Verb;
        self.heads[report as usize] = None;
        self.deprels[report as usize] = "root";
        self.heads[root.index()] = Some(TokenId(report));
        self.deprels[root.index()] = "nsubj";
        self.heads[clause.index()] = Some(TokenId(report));
        self.deprels[clause.index()] = "ccomp";
    }

    /// The same where the clause took both subjects: none stands before its own *that*.
    fn subject_before_that(&mut self, doc: &Doc, tokens: TokenRange) {
        for that in tokens.start + 2..tokens.end {
            if doc.tokens[that as usize].form != "that" || self.relation(that) != "mark" {
                continue;
            }
            let Some(clause) = self.heads[that as usize].filter(|clause| clause.0 > that) else { continue };
            let subject = |from: u32, to: u32| {
                (from..to).find(|i| self.heads[*i as usize] == Some(clause) && self.relation(*i) == "nsubj")
            };
            let report = that - 1;
            let (Some(first), Some(_)) = (subject(tokens.start, report), subject(that, clause.0)) else {
                continue;
            };
            let under = std::iter::successors(Some(TokenId(report)), |t| self.heads[t.index()])
                .take(8)
                .any(|t| t.0 == first);
            if doc.tokens[report as usize].upos != Upos::Noun || !under {
                continue;
            }
            let (head, relation) = (self.heads[clause.index()], self.deprels[clause.index()]);
            // The noun's modifiers and preposition go to the word before it, which stands with the subject.
            let before = TokenId(report - 1);
            let modifier = before.0 != first && self.heads[before.index()] == Some(TokenId(report));
            for i in first..report {
                if modifier && i != before.0 && self.heads[i as usize] == Some(TokenId(report)) {
                    self.heads[i as usize] = Some(before);
                }
            }
            if modifier {
                self.heads[before.index()] = Some(TokenId(first));
                self.deprels[before.index()] = "nmod";
            }
            self.upos[report as usize] = Upos::Verb;
            self.heads[report as usize] = head;
            self.deprels[report as usize] = relation;
            self.heads[first as usize] = Some(TokenId(report));
            self.deprels[first as usize] = "nsubj";
            self.heads[clause.index()] = Some(TokenId(report));
            self.deprels[clause.index()] = "ccomp";
            return;
        }
    }

    /// *Algeria massed tanks along its border*: a name, a past form and a bare plural make a clause, not a noun phrase.
    fn participle_as_verb(&mut self, doc: &Doc, verb: TokenId, start: u32) {
        if self.deprels[verb.index()] != "amod" || verb.0 == start {
            return;
        }
        let Some(noun) = self.heads[verb.index()].filter(|noun| *noun > verb) else { return };
        let (end, before) = (doc.sentences[doc.sentence_of(verb)].tokens.end, verb.0 - 1);
        let feats = &doc.token(verb).feats;
        let past = feats.has("Tense", "Past") || feats.has("Voice", "Pass");
        let opens = before == start || doc.tokens[before as usize - 1].upos == Upos::Punct;
        let named = doc.tokens[before as usize].upos == Upos::Propn
            && matches!(self.heads[before as usize], Some(head) if head == noun || head == verb)
            && opens;
        let bare_plural =
            doc.token(noun).feats.has("Number", "Plur") && !self.has(noun, &["det"], start, noun.0);
        let possessive = (start..end)
            .any(|i| self.heads[i as usize] == Some(TokenId(before)) && self.relation(i) == "case");
        if !(past && named && bare_plural) || possessive {
            return;
        }
        self.active.push(verb);
        self.heads[verb.index()] = self.heads[noun.index()];
        self.deprels[verb.index()] = self.deprels[noun.index()];
        self.heads[noun.index()] = Some(verb);
        self.deprels[noun.index()] = "obj";
        self.heads[before as usize] = Some(verb);
        self.deprels[before as usize] = "nsubj";
        for i in start..end {
            if self.heads[i as usize] == Some(noun)
                && matches!(self.relation(i), "punct" | "advcl" | "obl" | "parataxis" | "cc" | "conj")
            {
                self.heads[i as usize] = Some(verb);
            }
        }
    }
}

//! Who says what: sources, cues and content, nested into chains.
//!
//! Read from the parse: reporting verbs with a clause, a quotation or a noun phrase; inverted and interposed reports;
//! *according to*; reporting nouns; adverbs such as *reportedly*; colons in headlines. The cue's stance comes from
//! `data/lexicon/cues.tsv`. A statement whose cue stands in another's content is its child, and its chain begins with
//! its parent's.
//!
//! Out of scope: which actor a source is ([`crate::mentions`]) and which events stand in the content (assembly).

use crate::{
    asides, chains,
    lexicon::{Content, Cue, CuePos, Effect, Lexicon, OperatorPos},
    parties::Parties,
    reports,
    syntax::{LONGEST_PROSE, Syntax},
};
use record::{Report, Sentence, Span, Stance, TokenId, TokenRange, Upos};

/// Words behind the dash of a headline, at most, in which who says it is looked for.
const MOST_BEHIND_DASH: usize = 8;

/// A statement in terms of words.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// The head word of this statement's own source.
    pub source: Option<TokenId>,
    /// The words of the source, where they are known to be other than the phrase of its head.
    pub source_words: Option<TokenRange>,
    /// The cue's words.
    pub cue: Vec<TokenId>,
    /// The words of the content, in text order.
    pub content: Vec<TokenId>,
    /// The holder's stance.
    pub stance: Stance,
    /// The statement it stands in, by index.
    pub parent: Option<usize>,
}

/// Every statement of the document, sentence by sentence, in each the longer before the shorter. `reports`: the outermost statements as they were
/// learned to be read; without any, the rules read alone.
pub fn find(
    syntax: &Syntax<'_>,
    lexicon: &Lexicon,
    parties: &Parties<'_, '_>,
    furniture: &[Span],
    reports: &[Report],
) -> Vec<Attribution> {
    let mut reader = Reader { syntax, lexicon, parties, found: Vec::new() };
    let outside = |sentence: &Sentence| furniture.iter().any(|piece| piece.contains(sentence.span));
    // In what is no prose the rules read nothing: what is said would be most of it, again and again.
    let prose = |sentence: &Sentence| sentence.tokens.len() <= LONGEST_PROSE && !outside(sentence);
    for (index, sentence) in syntax.doc.sentences.iter().enumerate().filter(|(_, s)| prose(s)) {
        for id in sentence.tokens.ids() {
            reader.at(id);
        }
        reader.colon(index);
        reader.dash(index);
    }
    let mut found = reader.found;
    if !reports.is_empty() {
        let told = |report: &&Report| !outside(&syntax.doc.sentences[syntax.doc.sentence_of(report.cue[0])]);
        let reports = reports::trusted(syntax, lexicon, reports.iter().filter(told), &found);
        if !reports.is_empty() {
            found = reports::join(syntax, lexicon, &reports, found);
        }
    }
    asides::set_apart(syntax, lexicon, syntax.doc.sentences.iter().filter(|s| prose(s)), &mut found);
    nest(syntax, &mut found);
    chains::extend(syntax, lexicon, parties, &mut found);
    found
}

struct Reader<'a, 'd> {
    syntax: &'a Syntax<'d>,
    lexicon: &'a Lexicon,
    parties: &'a Parties<'a, 'd>,
    found: Vec<Attribution>,
}

impl Reader<'_, '_> {
    fn at(&mut self, id: TokenId) {
        match self.syntax.upos(id) {
            Upos::Verb => self.verb(id),
            Upos::Noun => self.noun(id),
            Upos::Adv => self.adverb(id),
            Upos::Adj => self.adjective(id),
            _ => {}
        }
        self.according_to(id);
    }

    /// *X said that …*, *…, said X*, *X denied the attack*, *X was accused of …*
    fn verb(&mut self, verb: TokenId) {
        let syntax = self.syntax;
        let lemma = syntax.verb_lemma(verb);
        let cues = &self.lexicon.cues;
        let Some(cue) = cues.get(CuePos::Verb, &lemma).or_else(|| cues.get(CuePos::Verb, syntax.lemma(verb)))
        else {
            return;
        };
        if matches!(syntax.deprel(verb), "amod" | "compound" | "case" | "mark") {
            return;
        }
        let Some(content) = self.verb_content(verb, cue) else { return };
        let source =
            if syntax.is_passive(verb) { self.passive_source(verb) } else { syntax.surface_subject(verb) };
        let mut content = content;
        let source = source.or_else(|| self.inverted_source(verb, &mut content.words));
        let source = source.filter(|s| syntax.upos(*s) != Upos::Verb && !content.words.contains(s));
        // *it is said*, *it is reported*: the subject is no source.
        let source = source.filter(|s| {
            !(syntax.relation(*s) == "expl" || (syntax.is_passive(verb) && syntax.lemma(*s) == "it"))
        });
        // What is reported as a thing (*confirmed the deployment*) needs somebody who can report; otherwise *adds risks*
        // and *marks the need* would be statements. An order, a promise or a threat is content, not a report of it.
        if matches!(content.form, Form::Thing)
            && (self.is_commissive(verb) || !source.is_some_and(|source| self.can_speak(source)))
        {
            return;
        }
        let content = content.words;
        let stance = self.stance(verb, cue);
        let mut words: Vec<TokenId> = vec![verb];
        words.extend(syntax.child(verb, "compound:prt"));
        words.extend(syntax.children(verb).iter().copied().filter(|kid| {
            matches!(syntax.relation(*kid), "aux")
                || (syntax.relation(*kid) == "advmod"
                    && syntax.lemma(*kid) == "not"
                    && syntax.deprel(verb) != "parataxis")
        }));
        words.sort_unstable();
        self.push(source, words, content, stance);
    }

    /// *…, the government said*, where the parse has given the government to the clause before: the nominal between the last
    /// comma and the report is the source.
    fn inverted_source(&self, verb: TokenId, content: &mut Vec<TokenId>) -> Option<TokenId> {
        let syntax = self.syntax;
        let comma = (0..verb.0).rev().take(16).map(TokenId).find(|id| syntax.upos(*id) == Upos::Punct)?;
        let source = (comma.0 + 1..verb.0).map(TokenId).find(|id| {
            syntax.relation(*id) == "nsubj" && syntax.head(*id).is_some_and(|head| head < comma)
        })?;
        content.retain(|id| *id < comma);
        Some(source)
    }

    fn passive_source(&self, verb: TokenId) -> Option<TokenId> {
        self.syntax.by_phrase(verb).or_else(|| {
            // *was quoted as saying*: the one quoted is the source.
            (self.syntax.lemma(verb) == "quote").then(|| self.syntax.surface_subject(verb))?
        })
    }

    /// Whether a nominal may be a source: an actor, a document, a person of any kind, a pronoun for one.
    fn can_speak(&self, source: TokenId) -> bool {
        let lemma = self.syntax.lemma(source).to_lowercase();
        self.lexicon.classes.has("document", &lemma)
            || matches!(self.syntax.upos(source), Upos::Pron | Upos::Propn)
            || self.parties.mentions.at(source).is_some()
            || self.parties.resolve(source).is_some_and(|p| !p.owner)
    }

    /// Whether the verb orders, promises or threatens what it names.
    fn is_commissive(&self, verb: TokenId) -> bool {
        use record::Actuality::{Planned, Promised, Requested, Threatened};
        self.lexicon.operators.get(OperatorPos::Verb, &self.syntax.verb_lemma(verb)).is_some_and(|operator| {
            matches!(operator.affirmed, Effect::Is(Requested | Promised | Threatened | Planned))
        })
    }

    fn verb_content(&self, verb: TokenId, cue: &Cue) -> Option<Said> {
        let syntax = self.syntax;
        let takes = |content: Content| cue.content.contains(&content);
        let clause = syntax.children(verb).iter().copied().find(|kid| match syntax.relation(*kid) {
            "ccomp" => true,
            "csubj" => syntax.is_passive(verb),
            "xcomp" => {
                let infinitive = syntax.children_by(*kid, "mark").any(|mark| syntax.lemma(mark) == "to");
                let gerund = syntax.doc.token(*kid).feats.has("VerbForm", "Ger")
                    || syntax.doc.token(*kid).feats.has("VerbForm", "Part");
                (infinitive && takes(Content::To))
                    || (gerund && takes(Content::Ing))
                    || (syntax.preposition(*kid).as_deref() == Some("as") && takes(Content::As))
            }
            // *X said: "…"* and *"…", X said* are both parataxis, one downwards.
            "parataxis" => takes(Content::That) && *kid > verb && syntax.is_predicate(*kid),
            "advcl" => {
                let mark = syntax.children_by(*kid, "mark").next().map(|mark| syntax.lemma(mark));
                let takes_as = takes(Content::As) && mark == Some("as");
                let gerund = takes(Content::Ing) && mark.is_some_and(|m| matches!(m, "of" | "for"));
                takes_as || gerund || (takes(Content::Whether) && mark == Some("whether"))
            }
            _ => false,
        });
        let said = |form: Form, at: TokenId| Some(Said { form, words: self.clause_words(at, verb) });
        if let Some(clause) = clause {
            return said(Form::Clause, clause);
        }
        // *A accuses B; C denies it*: a clause with an object of its own reports something else.
        let apart = syntax.children_by(verb, "obj").next().is_some()
            || syntax.children_by(verb, "punct").any(|punct| syntax.doc.token(punct).form == ";");
        if syntax.deprel(verb) == "parataxis" && takes(Content::That) && !apart {
            // *Troops have left, the minister said*: the content is what the report hangs from, less the report.
            let above = syntax.head(verb)?;
            return said(Form::Clause, above).filter(|said| !said.words.is_empty());
        }
        if takes(Content::Np) || takes(Content::Claim) {
            let object = if syntax.is_passive(verb) {
                syntax.child(verb, "nsubj:pass")
            } else {
                syntax.child(verb, "obj")
            };
            if let Some(object) = object.filter(|o| syntax.upos(*o) != Upos::Pron) {
                // Prisoners are released and ships withdrawn; what is said is no person and no place.
                if self.parties.mentions.at(object).is_some_and(|m| m.actor.is_some() || m.place.is_some()) {
                    return None;
                }
                if !takes(Content::Np) && !self.lexicon.is_words(syntax.lemma(object)) {
                    return None;
                }
                return said(Form::Thing, object);
            }
        }
        let by_preposition = |prepositions: &[&str]| {
            syntax
                .children_by(verb, "obl")
                .find(|kid| syntax.preposition(*kid).is_some_and(|p| prepositions.contains(&p.as_str())))
        };
        if takes(Content::About)
            && let Some(oblique) = by_preposition(&["about", "of", "on", "against"])
        {
            return said(Form::Thing, oblique);
        }
        if takes(Content::As)
            && let Some(oblique) = by_preposition(&["as"])
        {
            return said(Form::Thing, oblique);
        }
        None
    }

    /// The words of a clause or phrase without the report itself, its source, and the punctuation around them.
    fn clause_words(&self, clause: TokenId, cue: TokenId) -> Vec<TokenId> {
        let syntax = self.syntax;
        let mut words = syntax.subtree_without(clause, |kid| {
            kid == cue
                || (syntax.head(kid) == Some(clause)
                    && syntax.relation(kid) == "mark"
                    && matches!(syntax.lemma(kid), "that"))
                || (syntax.head(kid) == Some(clause) && syntax.relation(kid) == "case")
        });
        trim(syntax, &mut words);
        words
    }

    /// *according to X*, *in the words of X*, *per X*
    fn according_to(&mut self, nominal: TokenId) {
        let syntax = self.syntax;
        if !matches!(syntax.relation(nominal), "obl" | "nmod" | "advcl" | "parataxis") {
            return;
        }
        let Some(preposition) = syntax.preposition(nominal) else { return };
        let Some(cue) = self.lexicon.cues.get(CuePos::Preposition, &preposition) else { return };
        let stance = cue.stance;
        let cue_words: Vec<TokenId> = syntax
            .children_by(nominal, "case")
            .filter(|case| *case < nominal)
            .flat_map(|case| std::iter::once(case).chain(syntax.children_by(case, "fixed")))
            .collect();
        let Some(above) = syntax.head(nominal) else { return };
        let mut content = syntax.subtree_without(above, |kid| kid == nominal);
        if syntax.relation(above) == "root" || syntax.is_predicate(above) {
            content.retain(|id| *id != nominal);
        }
        trim(syntax, &mut content);
        self.push(Some(nominal), cue_words, content, stance);
    }

    /// *the claim that …*, *Moscow's denial of …*, *a statement saying …* (the last is read at *saying*)
    fn noun(&mut self, noun: TokenId) {
        let syntax = self.syntax;
        let Some(cue) = self.lexicon.cues.get(CuePos::Noun, syntax.lemma(noun)) else { return };
        let clause = syntax.children(noun).iter().copied().find(|kid| {
            matches!(syntax.deprel(*kid), "acl" | "ccomp" | "acl:that")
                && syntax.children_by(*kid, "mark").any(|mark| syntax.lemma(mark) == "that")
        });
        let of = || {
            cue.content.contains(&Content::Np).then(|| {
                syntax.children_by(noun, "nmod").find(|kid| syntax.preposition(*kid).as_deref() == Some("of"))
            })?
        };
        let Some(content) = clause.or_else(of) else { return };
        let words = self.clause_words(content, noun);
        let by = syntax
            .children_by(noun, "nmod")
            .find(|kid| matches!(syntax.preposition(*kid).as_deref(), Some("by" | "from")));
        let source = by.or_else(|| syntax.nominal_holder(noun)).filter(|s| !words.contains(s));
        if clause.is_none() && source.is_none() {
            return;
        }
        let stance = cue.stance;
        self.push(source, vec![noun], words, stance);
    }

    /// *reportedly*, *allegedly*: no source, the clause is content.
    fn adverb(&mut self, adverb: TokenId) {
        let syntax = self.syntax;
        let Some(cue) = self.lexicon.cues.get(CuePos::Adverb, syntax.lemma(adverb)) else { return };
        // *officially* tells how something is done, *likely* how sure the speaker is; only hearsay is somebody else's word.
        if cue.stance == Stance::Affirms {
            return;
        }
        let Some(above) = syntax.head(adverb) else { return };
        let stance = cue.stance;
        let mut words = syntax.subtree_without(above, |kid| kid == adverb);
        trim(syntax, &mut words);
        self.push(None, vec![adverb], words, stance);
    }

    /// *is adamant that …*, *is confident that …*
    fn adjective(&mut self, adjective: TokenId) {
        let syntax = self.syntax;
        let Some(cue) = self.lexicon.cues.get(CuePos::Adjective, syntax.lemma(adjective)) else { return };
        let Some(clause) = syntax.children_by(adjective, "ccomp").next() else { return };
        let words = self.clause_words(clause, adjective);
        let stance = cue.stance;
        self.push(syntax.surface_subject(adjective), vec![adjective], words, stance);
    }

    /// A headline *Rutte: NATO will …*: a short name, a colon, a clause.
    fn colon(&mut self, sentence: usize) {
        let doc = self.syntax.doc;
        let tokens = doc.sentences[sentence].tokens;
        let Some(colon) = tokens.ids().take(8).find(|id| doc.token(*id).form == ":") else { return };
        let before: Vec<TokenId> = tokens.ids().take_while(|id| *id < colon).collect();
        let after: Vec<TokenId> = tokens.ids().filter(|id| *id > colon).collect();
        let names = before.iter().all(|id| self.may_be_of_name(*id));
        let clause = after.iter().any(|id| matches!(self.syntax.upos(*id), Upos::Verb | Upos::Aux));
        let proper = before.iter().any(|id| self.speaks(*id));
        if before.is_empty() || !names || !clause || !proper {
            return;
        }
        let head =
            before.iter().copied().find(|id| self.syntax.head(*id).is_none_or(|h| !before.contains(&h)));
        let mut content = after;
        trim(self.syntax, &mut content);
        self.push(head, vec![colon], content, Stance::Affirms);
    }

    /// A headline *… – Reuters*: a clause, a dash, a short name.
    fn dash(&mut self, sentence: usize) {
        let doc = self.syntax.doc;
        let tokens = doc.sentences[sentence].tokens;
        let is_dash = |id: &TokenId| matches!(doc.token(*id).form.as_str(), "-" | "–" | "—" | "--" | "|");
        let Some(dash) = tokens.ids().rev().take(MOST_BEHIND_DASH).find(is_dash) else { return };
        let span = |at: u32| doc.token(TokenId(at)).span;
        let parted = dash.0 > tokens.start
            && dash.0 + 1 < tokens.end
            && span(dash.0 - 1).end < span(dash.0).start
            && span(dash.0).end < span(dash.0 + 1).start;
        let ends =
            tokens.ids().next_back().is_some_and(|last| matches!(doc.token(last).form.as_str(), "." | "!"));
        let comma = |id: &TokenId| doc.token(*id).form != ",";
        let after: Vec<TokenId> = (dash.0 + 1..tokens.end).map(TokenId).take_while(comma).collect();
        let mut before: Vec<TokenId> = (tokens.start..dash.0).map(TokenId).collect();
        let clause = before.iter().any(|id| matches!(self.syntax.upos(*id), Upos::Verb | Upos::Aux));
        let names = after.iter().all(|id| self.may_be_of_name(*id));
        if !parted || ends || !clause || !names || !after.iter().any(|id| self.speaks(*id)) {
            return;
        }
        let top = |id: &&TokenId| self.syntax.head(**id).is_none_or(|head| !after.contains(&head));
        let head = after.iter().find(top).copied();
        trim(self.syntax, &mut before);
        self.push(head, vec![dash], before, Stance::Affirms);
    }

    /// Whether a word may stand in a short name before a colon or behind a dash.
    fn may_be_of_name(&self, id: TokenId) -> bool {
        matches!(self.syntax.upos(id), Upos::Propn | Upos::Adj | Upos::Noun | Upos::Det | Upos::Part)
            || self.syntax.relation(id) == "amod"
    }

    /// Whether a word of such a name tells that somebody speaks.
    fn speaks(&self, id: TokenId) -> bool {
        let lemma = self.syntax.lemma(id).to_lowercase();
        let classes = ["document", "unnamed_source", "institution_source"];
        self.syntax.upos(id) == Upos::Propn
            || self.syntax.upos(id) == Upos::Noun
                && (classes.iter().any(|class| self.lexicon.classes.has(class, &lemma))
                    || self.parties.resolve(id).is_some())
    }

    /// A negated cue turns: *did not confirm* declines, *did not deny* affirms nothing, *could not verify* questions.
    fn stance(&self, verb: TokenId, cue: &Cue) -> Stance {
        let negated = self.syntax.children(verb).iter().any(|kid| {
            self.syntax.relation(*kid) == "advmod"
                && matches!(self.syntax.lemma(*kid), "not" | "never" | "n't")
        }) || self.syntax.surface_subject(verb).is_some_and(|s| {
            self.syntax.children_by(s, "det").any(|det| matches!(self.syntax.lemma(det), "no" | "neither"))
        });
        if is_ended(self.syntax, verb) { given_up(cue.stance) } else { turned(cue.stance, negated) }
    }

    fn push(&mut self, source: Option<TokenId>, cue: Vec<TokenId>, content: Vec<TokenId>, stance: Stance) {
        if content.is_empty() {
            return;
        }
        self.found.push(Attribution { source, source_words: None, cue, content, stance, parent: None });
    }
}

/// A stance under a negation: *did not confirm* declines, *did not deny* affirms nothing, *could not verify* questions.
pub(crate) fn turned(stance: Stance, negated: bool) -> Stance {
    match (negated, stance) {
        (true, Stance::Denies | Stance::Confirms | Stance::Admits) => Stance::Declines,
        (true, _) => Stance::Questions,
        (false, stance) => stance,
    }
}

/// Whether *no longer* stands before a cue's word.
pub(crate) fn is_ended(syntax: &Syntax<'_>, cue: TokenId) -> bool {
    let is = |back: u32, form: &str| {
        cue.0 >= back && syntax.doc.token(TokenId(cue.0 - back)).form.eq_ignore_ascii_case(form)
    };
    is(1, "longer") && is(2, "no")
}

/// A stance that is no longer held: *no longer denies* admits, *no longer claims* takes back.
pub(crate) fn given_up(stance: Stance) -> Stance {
    match stance {
        Stance::Denies | Stance::Declines | Stance::Questions => Stance::Admits,
        _ => Stance::Retracts,
    }
}

/// Content as found at a reporting verb.
struct Said {
    form: Form,
    words: Vec<TokenId>,
}

/// Whether content is a clause or names a thing.
#[derive(Clone, Copy)]
enum Form {
    Clause,
    Thing,
}

/// Takes punctuation and a leading conjunction off both ends.
fn trim(syntax: &Syntax<'_>, words: &mut Vec<TokenId>) {
    let loose = |id: &TokenId| {
        syntax.upos(*id) == Upos::Punct
            && !matches!(syntax.doc.token(*id).form.as_str(), "\"" | "“" | "”" | "''" | "``" | "(" | ")")
    };
    while words.last().is_some_and(loose) {
        words.pop();
    }
    let skip = words.iter().take_while(|id| loose(id) || syntax.relation(**id) == "cc").count();
    words.drain(..skip);
}

/// From the first word of a statement's content, or from behind its cue where that comes first, to the last; the cue left out. Content that runs on
/// over sentences is taken word by word.
pub(crate) fn reach(syntax: &Syntax<'_>, attribution: &Attribution) -> Vec<u32> {
    let (Some(first), Some(last)) = (attribution.content.first(), attribution.content.last()) else {
        return Vec::new();
    };
    if syntax.doc.sentence_of(*first) != syntax.doc.sentence_of(*last) {
        return attribution.content.iter().map(|word| word.0).collect();
    }
    let behind = attribution
        .cue
        .last()
        .filter(|cue| **cue < *first && syntax.doc.sentence_of(**cue) == syntax.doc.sentence_of(*first));
    let start = behind.map_or(first.0, |cue| cue.0 + 1);
    (start..=last.0).filter(|word| !attribution.cue.contains(&TokenId(*word))).collect()
}

/// Whether a statement is another or stands somewhere above it.
fn stands_above(found: &[Attribution], above: usize, below: usize) -> bool {
    std::iter::successors(Some(below), |at| found[*at].parent).any(|at| at == above)
}

/// Links the statements: the parent is the smallest statement whose content holds the cue, and of one sentence outer statements come first.
fn nest(syntax: &Syntax<'_>, found: &mut [Attribution]) {
    let sentence = |a: &Attribution| a.cue.first().map(|cue| syntax.doc.sentence_of(*cue));
    found.sort_by_key(|a| (sentence(a), std::cmp::Reverse(a.content.len()), a.cue.first().copied()));
    // By word: the statements in whose content it stands, or in a gap of it (*reported that, according to B, …*).
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); syntax.doc.tokens.len()];
    for (index, attribution) in found.iter().enumerate() {
        for word in reach(syntax, attribution) {
            holders[word as usize].push(index);
        }
    }
    let holds = |outer: &usize, cue: &[TokenId]| cue.iter().all(|id| holders[id.index()].contains(outer));
    // *It will rain, A said, B reported*: both say the same, and B after A.
    let after = |outer: &usize, inner: usize| {
        let (outer, inner) = (&found[*outer], &found[inner]);
        outer.content.starts_with(&inner.content)
            && outer.source != inner.source
            && inner.cue.first() < outer.cue.first()
            && inner.content.last() < inner.cue.first()
            && outer.content.last() < outer.cue.first()
    };
    let said_after: Vec<Option<usize>> = (0..found.len())
        .map(|inner| {
            let from = found[inner].content.first()?;
            holders[from.index()].iter().copied().find(|outer| *outer != inner && after(outer, inner))
        })
        .collect();
    for (inner, after) in said_after.into_iter().enumerate() {
        let cue = &found[inner].cue;
        let Some(first) = cue.first() else { continue };
        let parent = holders[first.index()]
            .iter()
            .copied()
            .filter(|outer| *outer != inner && holds(outer, cue))
            // Two reports in each other's content (*according to A, B said*): the adverbial one is the outer.
            .filter(|outer| !holds(&inner, &found[*outer].cue) || *outer < inner)
            .filter(|outer| !stands_above(found, inner, *outer))
            .min_by_key(|outer| found[*outer].content.len());
        let above = after.filter(|outer| !stands_above(found, inner, *outer));
        found[inner].parent = above.or(parent);
    }
}

/// The content as stretches of text: words that follow each other with nothing but space between them.
pub fn stretches(syntax: &Syntax<'_>, words: &[TokenId]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut last: Option<TokenId> = None;
    // A comma at the end of a stretch belongs to what was cut out behind it.
    let loose = |i: usize| {
        let next = words.get(i + 1).is_none_or(|next| next.0 != words[i].0 + 1);
        next && i + 1 < words.len()
            && matches!(syntax.doc.token(words[i]).form.as_str(), "," | ";" | ":" | "-" | "–" | "—")
    };
    for (_, id) in words.iter().enumerate().filter(|(i, _)| !loose(*i)) {
        let span = syntax.doc.token(*id).span;
        match (spans.last_mut(), last) {
            (Some(open), Some(before)) if before.0 + 1 == id.0 => open.end = open.end.max(span.end),
            _ => spans.push(span),
        }
        last = Some(*id);
    }
    spans
}

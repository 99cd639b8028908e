//! Who stands between a statement and what is said, or before it: *A, citing B, said*, *A quoted B as saying*, *a report seen by A said*, *in a
//! statement carried by A, B said*.
//!
//! Each of them becomes a statement of its own with the same content, so that a chain is always read from parent to child.
//!
//! Out of scope: statements inside what is said (they nest by where they stand, [`crate::attribution`]).

use crate::{
    attribution::Attribution,
    lexicon::{Content, CuePos, Lexicon},
    parties::Parties,
    syntax::Syntax,
};
use record::{Stance, TokenId, TokenRange, Upos};

/// Adds the missing links.
pub(crate) fn extend(
    syntax: &Syntax<'_>,
    lexicon: &Lexicon,
    parties: &Parties<'_, '_>,
    found: &mut Vec<Attribution>,
) {
    let mut near = vec![Vec::new(); syntax.doc.sentences.len()];
    for (index, attribution) in found.iter().enumerate() {
        near[sentence(syntax, attribution)].push(index);
    }
    let mut chains = Chains { syntax, lexicon, parties, found, near };
    for index in 0..chains.found.len() {
        chains.colon(index);
        chains.quoted(index);
        chains.document(index);
        chains.published(index);
        chains.shown(index);
        chains.heard(index);
    }
    for id in (0..syntax.doc.tokens.len() as u32).map(TokenId) {
        chains.citing(id);
        chains.carried(id);
        chains.carried_on(id);
    }
    chains.sort();
}

struct Chains<'c, 'a, 'd> {
    syntax: &'c Syntax<'d>,
    lexicon: &'c Lexicon,
    parties: &'c Parties<'a, 'd>,
    found: &'c mut Vec<Attribution>,
    /// By sentence: the statements whose cue stands in it.
    near: Vec<Vec<usize>>,
}

/// In a sentence with more statements than these nothing is looked for: it is no prose, and would cost too much.
const MOST_STATEMENTS: usize = 48;

/// The sentence of a statement's cue.
fn sentence(syntax: &Syntax<'_>, attribution: &Attribution) -> usize {
    attribution.cue.first().map_or(0, |cue| syntax.doc.sentence_of(*cue))
}

impl Chains<'_, '_, '_> {
    /// A source between statement `of` and what it holds.
    fn put_inside(&mut self, of: usize, source: TokenId, cue: Vec<TokenId>) {
        let children = self.children(of);
        if self.has(of, source)
            || children.iter().any(|child| self.is_same(self.found[*child].source, source))
        {
            return;
        }
        let new = self.found.len();
        let content = self.found[of].content.clone();
        self.push(Attribution {
            source: Some(source),
            source_words: None,
            cue,
            content,
            stance: self.found[of].stance,
            parent: Some(of),
        });
        for child in children {
            self.hang(child, new);
        }
    }

    /// A source around statement `of`.
    fn put_outside(&mut self, of: usize, source: TokenId, words: Option<TokenRange>, cue: Vec<TokenId>) {
        if self.has(of, source) {
            return;
        }
        let new = self.found.len();
        let inner = &self.found[of];
        let mut content: Vec<TokenId> = inner.content.iter().chain(&inner.cue).copied().collect();
        content.sort_unstable();
        content.dedup();
        let parent = inner.parent;
        self.push(Attribution {
            source: Some(source),
            source_words: words,
            cue,
            content,
            stance: Stance::Affirms,
            parent,
        });
        self.hang(of, new);
    }

    /// Makes a statement the parent of another. Where it stood below that one, it is taken out from there first, so that no statement stands above
    /// itself.
    fn hang(&mut self, child: usize, parent: usize) {
        if child == parent {
            return;
        }
        let mut at = parent;
        while let Some(above) = self.found[at].parent {
            if above == child {
                self.found[at].parent = self.found[child].parent;
                break;
            }
            at = above;
        }
        self.found[child].parent = Some(parent);
    }

    fn push(&mut self, attribution: Attribution) {
        self.near[sentence(self.syntax, &attribution)].push(self.found.len());
        self.found.push(attribution);
    }

    /// The statements inside a statement.
    fn children(&self, of: usize) -> Vec<usize> {
        let words = &self.found[of].content;
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
        let sentences = self.syntax.doc.sentence_of(*first)..=self.syntax.doc.sentence_of(*last);
        let all = sentences.chain([sentence(self.syntax, &self.found[of])]).flat_map(|at| &self.near[at]);
        let mut children: Vec<usize> = all.copied().filter(|at| self.found[*at].parent == Some(of)).collect();
        children.sort_unstable();
        children.dedup();
        children
    }

    /// The statements whose cue stands in the sentence of a word; none where they are too many.
    fn beside(&self, word: TokenId) -> impl Iterator<Item = (usize, &Attribution)> {
        let near = &self.near[self.syntax.doc.sentence_of(word)];
        near.iter().take_while(|_| near.len() <= MOST_STATEMENTS).map(|at| (*at, &self.found[*at]))
    }

    /// Whether a source already stands in the chain of a statement.
    fn has(&self, of: usize, source: TokenId) -> bool {
        let mut at = Some(of);
        for _ in 0..16 {
            let Some(index) = at else { return false };
            if self.is_same(self.found[index].source, source) {
                return true;
            }
            at = self.found[index].parent;
        }
        true
    }

    /// Whether two sources are one, an apposition of each other included.
    fn is_same(&self, one: Option<TokenId>, other: TokenId) -> bool {
        let beside =
            |a: TokenId, b: TokenId| self.syntax.relation(a) == "appos" && self.syntax.head(a) == Some(b);
        one.is_some_and(|one| one == other || beside(one, other) || beside(other, one))
    }

    /// Whether a nominal may be cited: whom the program knows in some way, a name, or a text.
    fn can_be_cited(&self, id: TokenId) -> bool {
        let lemma = self.syntax.lemma(id).to_lowercase();
        matches!(self.syntax.upos(id), Upos::Noun | Upos::Propn | Upos::Pron)
            && (self.syntax.upos(id) != Upos::Noun
                || self.parties.mentions.at(id).is_some()
                || self.parties.resolve(id).is_some()
                || ["document", "unnamed_source", "institution_source"]
                    .iter()
                    .any(|class| self.is(class, &lemma)))
    }

    fn is(&self, class: &str, lemma: &str) -> bool {
        self.lexicon.classes.has(class, lemma)
    }

    fn is_document(&self, id: TokenId) -> bool {
        // *Minutes* are a text, a minute is none.
        let written = self.syntax.doc.token(id).form.to_lowercase();
        self.is("document", &self.syntax.lemma(id).to_lowercase()) || self.is("document", &written)
    }

    /// Whether a verb brings somebody else's words to the public.
    fn transmits(&self, verb: TokenId) -> bool {
        self.syntax.upos(verb) == Upos::Verb && self.is("transmit_verb", self.syntax.lemma(verb))
    }

    /// The statement of the sentence that a word of it belongs to: the one whose source or cue it hangs on, else the nearest.
    fn host(&self, word: TokenId) -> Option<usize> {
        let hangs = |a: &Attribution| {
            self.syntax.path_up(word).skip(1).take(3).any(|at| {
                a.cue.contains(&at)
                    || a.source == Some(at)
                    || a.source_words.is_some_and(|words| words.contains(at))
            })
        };
        let distance =
            |a: &Attribution| a.cue.iter().map(|cue| cue.0.abs_diff(word.0)).min().unwrap_or(u32::MAX);
        // A statement of the word's own comes last.
        let rank = |a: &Attribution| (a.cue.contains(&word), !hangs(a), distance(a));
        self.beside(word).min_by_key(|(_, a)| rank(a)).map(|(at, _)| at)
    }

    /// *A, citing B, said*; *A reported, with reference to B, that*
    fn citing(&mut self, id: TokenId) {
        let syntax = self.syntax;
        let cited = match syntax.upos(id) {
            Upos::Verb if syntax.doc.token(id).form.to_lowercase().ends_with("ing") => {
                let cue = self.lexicon.cues.get(CuePos::Verb, syntax.lemma(id));
                let object = cue
                    .filter(|cue| cue.content.contains(&Content::Source))
                    .and_then(|_| syntax.child(id, "obj"));
                object.map(|object| (object, vec![id]))
            }
            _ => self.by_phrase(id),
        };
        // Only who speaks is quoted; cited are reasons and articles of law too.
        let own = self.beside(id).find(|(_, a)| a.cue == [id]).map(|(at, _)| at);
        let speaks = |source: TokenId| {
            syntax.lemma(id) == "quote" && syntax.upos(source) == Upos::Noun || self.can_be_cited(source)
        };
        let Some((source, cue)) = cited.filter(|(source, _)| speaks(*source)) else { return };
        let done = |a: &Attribution| a.cue.contains(&id) && a.source == Some(source) && a.parent.is_some();
        if self.beside(id).any(|(_, a)| done(a)) {
            return;
        }
        let Some(of) = self.between(id, source).or_else(|| self.host(id)) else { return };
        if self.found[of].source == Some(source) {
            return;
        }
        // *Belta, quoting the committee, said*: the citing is no second statement of Belta's.
        let Some(twice) = own.filter(|own| *own != of) else {
            self.put_inside(of, source, cue);
            return;
        };
        self.hang(twice, of);
        for child in self.children(of).into_iter().filter(|child| *child != twice) {
            self.hang(child, twice);
        }
        let content = self.found[of].content.clone();
        let citing = &mut self.found[twice];
        (citing.source, citing.source_words) = (Some(source), None);
        citing.content = content;
    }

    /// *A, citing B, said*: the statement whose cue follows, with A for its source, however the parse has it.
    fn between(&mut self, citing: TokenId, cited: TokenId) -> Option<usize> {
        let syntax = self.syntax;
        let comma = |at: u32| syntax.doc.tokens.get(at as usize).is_some_and(|token| token.form == ",");
        let end = syntax.phrase(cited).end;
        let sentence = syntax.doc.sentences[syntax.doc.sentence_of(citing)].tokens;
        if citing.0 < sentence.start + 2 || !comma(citing.0 - 1) || !comma(end) || end + 1 >= sentence.end {
            return None;
        }
        let nominal = |id: &TokenId| matches!(syntax.upos(*id), Upos::Noun | Upos::Propn);
        let left = TokenId(citing.0 - 2);
        let who = syntax.path_up(left).take_while(nominal).filter(|id| *id <= left).last()?;
        let (host, _) = self
            .beside(citing)
            .find(|(_, a)| a.cue.first().is_some_and(|cue| (end + 1..end + 4).contains(&cue.0)))?;
        let statement = &mut self.found[host];
        let known = statement.source.is_some_and(|source| syntax.phrase(who).contains(source));
        if !known {
            (statement.source, statement.source_words) = (Some(who), None);
        }
        Some(host)
    }

    /// *with reference to B*, *on the word of B*: a phrase of the lexicon, and the noun behind it.
    fn by_phrase(&self, id: TokenId) -> Option<(TokenId, Vec<TokenId>)> {
        let doc = self.syntax.doc;
        let sentence = doc.sentences[doc.sentence_of(id)].tokens;
        let mut words = String::new();
        for length in 1..=5u32 {
            let at = TokenId(id.0 + length - 1);
            if !sentence.contains(at) {
                break;
            }
            if length > 1 {
                words.push(' ');
            }
            words.push_str(&doc.token(at).form.to_lowercase());
            let phrase = self.lexicon.cues.get(CuePos::Preposition, &words);
            if length > 1 && phrase.is_some_and(|cue| cue.content.contains(&Content::Source)) {
                let noun = (at.0 + 1..(at.0 + 9).min(sentence.end)).map(TokenId).find(|id| {
                    matches!(self.syntax.upos(*id), Upos::Noun | Upos::Propn)
                        && !matches!(self.syntax.relation(*id), "compound" | "amod" | "flat")
                        && self.syntax.deprel(*id) != "nmod:poss"
                });
                return noun.map(|noun| (noun, (id.0..=at.0).map(TokenId).collect()));
            }
        }
        None
    }

    /// *A quoted B as saying that …*; *B was quoted by A as saying …*
    fn quoted(&mut self, of: usize) {
        let syntax = self.syntax;
        let quotes = |id: &TokenId| {
            syntax.upos(*id) == Upos::Verb
                && self.lexicon.cues.get(CuePos::Verb, syntax.lemma(*id)).is_some_and(|cue| {
                    cue.content.contains(&Content::Source) || cue.content.contains(&Content::As)
                })
        };
        // *is reported by A to have told*
        let hearsay = |id: &TokenId| {
            syntax.is_passive(*id) && syntax.by_phrase(*id).is_some() && syntax.child(*id, "xcomp").is_some()
        };
        let mut verbs = self.found[of].cue.iter().copied().filter(|id| syntax.upos(*id) == Upos::Verb);
        let Some(verb) = verbs.find(|id| quotes(id) || hearsay(id)) else { return };
        let saying = syntax.children(verb).iter().copied().find(|kid| {
            matches!(syntax.relation(*kid), "xcomp" | "advcl" | "ccomp" | "obl")
                && (syntax.preposition(*kid).as_deref() == Some("as")
                    || syntax.children_by(*kid, "mark").any(|mark| syntax.lemma(mark) == "as")
                    || hearsay(&verb) && syntax.deprel(*kid) == "xcomp")
        });
        let cue = saying.map_or_else(|| vec![verb], |saying| vec![saying]);
        if syntax.is_passive(verb) {
            let Some(quoted) = syntax.surface_subject(verb) else { return };
            let outlet = syntax.by_phrase(verb).or_else(|| {
                // *is quoted as saying in Corriere della Sera*
                [Some(verb), saying].into_iter().flatten().find_map(|at| {
                    syntax.children_by(at, "obl").find(|kid| {
                        matches!(syntax.preposition(*kid).as_deref(), Some("in" | "on" | "by"))
                            && syntax.upos(*kid) == Upos::Propn
                    })
                })
            });
            let Some(outlet) = outlet.filter(|outlet| *outlet != quoted) else { return };
            if self.found[of].source != Some(outlet) {
                if self.found[of].source.is_none() {
                    self.found[of].source = Some(quoted);
                }
                self.put_outside(of, outlet, None, vec![verb]);
            } else {
                self.put_inside(of, quoted, cue);
            }
            return;
        }
        let object = syntax.child(verb, "obj").or_else(|| syntax.child(verb, "iobj"));
        let Some(object) = object.filter(|object| self.can_be_cited(*object)) else { return };
        let apart = !self.found[of].content.contains(&object) || saying.is_some();
        if apart && saying.is_some() && self.found[of].source != Some(object) {
            self.found[of].content.retain(|id| *id != object);
            self.put_inside(of, object, cue);
        }
    }

    /// *a report seen by A said*, *transcripts that A published show*: A shows what the text says.
    fn document(&mut self, of: usize) {
        let syntax = self.syntax;
        self.source_before(of);
        let Some(text) = self.found[of].source.filter(|source| self.is_document(*source)) else { return };
        let phrase = self.found[of].source_words.unwrap_or_else(|| syntax.phrase(text));
        let below = syntax.children(text).iter().copied().chain(phrase.ids());
        let clause = below.into_iter().find(|kid| syntax.relation(*kid) == "acl" && self.transmits(*kid));
        let Some(verb) = clause else { return };
        let outlet = syntax.by_phrase(verb).or_else(|| {
            let subject = syntax.child(verb, "nsubj");
            subject.filter(|subject| *subject != text && syntax.upos(*subject) != Upos::Pron)
        });
        if let Some(outlet) = outlet.filter(|outlet| self.can_be_cited(*outlet)) {
            if let Some(words) = &mut self.found[of].source_words {
                words.end = words.end.min(verb.0.min(outlet.0)).max(text.0 + 1);
                while words.end > text.0 + 1 && syntax.upos(TokenId(words.end - 1)) == Upos::Punct {
                    words.end -= 1;
                }
            }
            self.put_outside(of, outlet, None, vec![verb]);
        }
    }

    /// *a memo reviewed by A said*, where A was taken for the source: it is the memo.
    fn source_before(&mut self, of: usize) {
        let syntax = self.syntax;
        let Some(verb) = self.found[of].cue.iter().copied().find(|id| syntax.upos(*id) == Upos::Verb) else {
            return;
        };
        let Some(text) = syntax.child(verb, "nsubj").filter(|text| self.is_document(*text)) else { return };
        let shown_by = |kid: &TokenId| {
            self.transmits(*kid)
                && self.found[of].source.is_some_and(|source| syntax.by_phrase(*kid) == Some(source))
        };
        if syntax.children(text).iter().any(shown_by) {
            let statement = &mut self.found[of];
            statement.content.retain(|id| *id > verb);
            (statement.source, statement.source_words) = (Some(text), None);
        }
    }

    /// *A published a letter in which B accuses*: the letter stands between A and B.
    fn published(&mut self, of: usize) {
        let syntax = self.syntax;
        let cites = |id: &TokenId| syntax.doc.token(*id).form.ends_with("ing");
        let mut verbs = self.found[of].cue.iter().copied();
        let Some(verb) = verbs.find(|id| self.transmits(*id) && !cites(id)) else { return };
        let object = syntax.children(verb).iter().copied().find(|kid| {
            matches!(syntax.deprel(*kid), "obj" | "obl") && self.is_document(*kid) && *kid > verb
        });
        let inner = !self.children(of).is_empty();
        if let Some(text) = object.filter(|_| inner) {
            self.put_inside(of, text, vec![verb]);
        }
    }

    /// *in a statement carried by A, B said*
    fn carried(&mut self, verb: TokenId) {
        let syntax = self.syntax;
        if !self.transmits(verb) || !matches!(syntax.relation(verb), "acl") {
            return;
        }
        let Some(text) = syntax.head(verb).filter(|text| self.is_document(*text)) else { return };
        if !matches!(syntax.preposition(text).as_deref(), Some("in" | "to" | "on")) {
            return;
        }
        let outlet = syntax.by_phrase(verb).or_else(|| {
            syntax.children_by(verb, "obl").find(|kid| {
                syntax.preposition(*kid).as_deref() == Some("on") && self.parties.resolve(*kid).is_some()
            })
        });
        let Some(outlet) = outlet.filter(|outlet| self.can_be_cited(*outlet)) else { return };
        // *claimed the ambush in a message carried by A*: the message is how it is said, and no part of it.
        let way = syntax.head(text);
        let preposition = syntax.children_by(text, "case").next().unwrap_or(text);
        let host = self.host(verb).filter(|of| {
            let a = &self.found[*of];
            let by_way = way.is_some_and(|way| a.cue.contains(&way));
            a.source != Some(text)
                && !a.source_words.is_some_and(|words| words.contains(verb))
                && (by_way || !a.content.contains(&verb))
        });
        if let Some(of) = host {
            if self.found[of].content.first().is_some_and(|first| *first < preposition) {
                let whole = syntax.subtree(text);
                self.found[of].content.retain(|id| !whole.contains(id));
            }
            self.put_outside(of, outlet, None, vec![verb]);
        }
    }

    /// *A has seen the report. It says …*, *The denial was carried by A*, *The remarks were reported by A. He said …*: the statement stands in the sentence
    /// beside.
    fn carried_on(&mut self, verb: TokenId) {
        let syntax = self.syntax;
        let passive = syntax.is_passive(verb);
        // Whose own text it is does not stand before it: *The army released a statement. It said …*
        let brings = if passive { ["transmit_verb", "news_verb"].as_slice() } else { &["obtain_verb"] };
        let brought = brings.iter().any(|class| self.is(class, syntax.lemma(verb)));
        if syntax.upos(verb) != Upos::Verb || syntax.deprel(verb) != "root" || !brought {
            return;
        }
        let sentence = syntax.doc.sentence_of(verb);
        let (outlet, text) = if passive {
            (syntax.by_phrase(verb), syntax.child(verb, "nsubj:pass"))
        } else {
            (syntax.child(verb, "nsubj"), syntax.child(verb, "obj"))
        };
        let (Some(outlet), Some(text)) = (outlet, text) else { return };
        let told =
            self.is_document(text) || self.lexicon.cues.get(CuePos::Noun, syntax.lemma(text)).is_some();
        if !told || !self.can_be_cited(outlet) {
            return;
        }
        // A pronoun for the text, or for whose text it is.
        let by_pronoun = |a: &Attribution| {
            let pronoun = a.source.filter(|source| syntax.upos(*source) == Upos::Pron);
            let own = |source: TokenId| matches!(syntax.lemma(source), "it" | "they");
            a.parent.is_none() && pronoun.is_some_and(|source| own(source) || passive)
        };
        let next = self.near.get(sentence + 1).into_iter().flatten().copied();
        let next = next.into_iter().find(|at| by_pronoun(&self.found[*at]));
        let definite = syntax
            .children_by(text, "det")
            .any(|det| matches!(syntax.lemma(det), "the" | "this" | "that" | "these" | "those"));
        let before = || {
            let before = sentence.checked_sub(1).filter(|_| passive && definite)?;
            let outer = |at: &&usize| self.found[**at].parent.is_none();
            self.near[before].iter().rev().find(outer).copied()
        };
        if let Some(of) = next.or_else(before) {
            self.put_outside(of, outlet, None, vec![verb]);
        }
    }

    /// *A broadcast a recording in which B says*: the recording stands before B, and A before it.
    fn shown(&mut self, of: usize) {
        let syntax = self.syntax;
        let Some(verb) = self.found[of].cue.iter().copied().find(|id| syntax.upos(*id) == Upos::Verb) else {
            return;
        };
        let clause = syntax.path_up(verb).take(3).find(|at| syntax.deprel(*at) == "acl:relcl");
        let Some(text) = clause.and_then(|clause| syntax.head(clause)).filter(|text| self.is_document(*text))
        else {
            return;
        };
        let Some(shows) = syntax
            .head(text)
            .filter(|verb| matches!(syntax.deprel(text), "obj" | "obl") && self.transmits(*verb))
        else {
            return;
        };
        let Some(outlet) = syntax.agent(shows).filter(|outlet| self.can_be_cited(*outlet)) else { return };
        if self.found[of].source == Some(outlet) {
            return;
        }
        self.put_outside(of, text, None, vec![shows]);
        let above = self.found[of].parent.unwrap_or(of);
        self.put_outside(above, outlet, None, vec![shows]);
    }

    /// *A said it had learned from B that*, *A had been assured by B that*: whose word it is.
    fn heard(&mut self, of: usize) {
        let syntax = self.syntax;
        let Some(verb) = self.found[of].cue.iter().copied().find(|id| syntax.upos(*id) == Upos::Verb) else {
            return;
        };
        let lemma = syntax.lemma(verb);
        if syntax.is_passive(verb) && self.is("inform_verb", lemma) {
            let by = syntax.by_phrase(verb).filter(|by| self.can_be_cited(*by));
            if let Some(by) = by {
                self.found[of].source = Some(by);
                self.found[of].source_words = None;
            }
        } else if self.is("hear_verb", lemma) {
            let from = syntax
                .children_by(verb, "obl")
                .find(|kid| syntax.preposition(*kid).as_deref() == Some("from"));
            let Some(from) = from.filter(|from| self.can_be_cited(*from)) else { return };
            if self.found[of].parent.is_some() {
                self.found[of].source = Some(from);
                self.found[of].source_words = None;
            } else {
                self.put_inside(of, from, vec![verb]);
            }
        }
    }

    /// *Minister: UN confirmed …*: who stands before the colon reports the other.
    fn colon(&mut self, of: usize) {
        let syntax = self.syntax;
        // The words behind the colon taken for its cue.
        let cue = &self.found[of].cue;
        if cue.len() > 1 && cue.first().is_some_and(|first| syntax.doc.token(*first).form == ":") {
            let behind = self.found[of].cue.split_off(1);
            let inner: Vec<usize> = self
                .beside(behind[0])
                .filter(|(at, a)| *at != of && a.cue.iter().all(|cue| behind.contains(cue)))
                .map(|(at, _)| at)
                .collect();
            self.found[of].content.splice(0..0, behind);
            self.found[of].stance = Stance::Affirms;
            inner.into_iter().for_each(|at| self.hang(at, of));
            return;
        }
        let Some(words) = self.found[of].source_words else { return };
        let Some(colon) = words.ids().find(|id| syntax.doc.token(*id).form == ":") else { return };
        if colon.0 == words.start || colon.0 + 1 >= words.end {
            return;
        }
        let (before, after) = (
            TokenRange { start: words.start, end: colon.0 },
            TokenRange { start: colon.0 + 1, end: words.end },
        );
        let head = |range: TokenRange| {
            range.ids().find(|id| {
                syntax.head(*id).is_none_or(|head| !range.contains(head)) && syntax.upos(*id) != Upos::Punct
            })
        };
        let (Some(outer), Some(inner)) = (head(before), head(after)) else { return };
        self.found[of].source = Some(inner);
        self.found[of].source_words = Some(after);
        self.put_outside(of, outer, Some(before), vec![colon]);
    }

    /// Sentence by sentence, in each the longer before the shorter.
    fn sort(&mut self) {
        let syntax = self.syntax;
        let depth = |mut at: usize| {
            let mut depth = 0;
            while let Some(parent) = self.found[at].parent.filter(|_| depth < 16) {
                (at, depth) = (parent, depth + 1);
            }
            depth
        };
        let mut order: Vec<usize> = (0..self.found.len()).collect();
        order.sort_by_key(|at| {
            let a = &self.found[*at];
            (sentence(syntax, a), depth(*at), std::cmp::Reverse(a.content.len()), a.cue.first().copied())
        });
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
        let mut sorted: Vec<Attribution> = order.iter().map(|old| self.found[*old].clone()).collect();
        for one in &mut sorted {
            one.parent = one.parent.map(|parent| place[parent]);
        }
        *self.found = sorted;
    }
}

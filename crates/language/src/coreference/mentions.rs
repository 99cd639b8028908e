//! What may refer: pronouns, names, noun phrases and coordinations, each with what its words say of number, gender and kind.
//!
//! Out of scope: expletives and adjectives of nations, which refer to nothing by themselves.

use record::{Doc, NameKind, TokenId, TokenRange, Upos};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Nouns and titles that tell a person's gender, and nouns that stand for persons: `word<TAB>m|f|p`.
static PERSONS: LazyLock<HashMap<&'static str, Gender>> = LazyLock::new(|| {
    let lines = include_str!("../../data/persons.tsv").lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|l| l.split_once('\t'))
        .map(|(word, gender)| {
            let gender = match gender {
                "m" => Gender::Male,
                "f" => Gender::Female,
                _ => Gender::Person,
            };
            (word, gender)
        })
        .collect()
});

/// Classes of pronouns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pronoun {
    I,
    We,
    You,
    He,
    She,
    It,
    They,
    Who,
    Which,
    Other,
}

/// How a noun phrase without a name is determined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Definite {
    The,
    This,
    Possessed,
    A,
    Bare,
    Counted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Pronoun(Pronoun),
    Name(NameKind),
    Nominal(Definite),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    Unknown,
    Singular,
    Plural,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Unknown,
    Male,
    Female,
    /// A person of either.
    Person,
    Thing,
}

/// The part a phrase plays in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Subject,
    Passive,
    Object,
    Oblique,
    Modifier,
    Owner,
    Apposition,
    Conjunct,
    Other,
}

/// One phrase that may refer.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub head: TokenId,
    pub tokens: TokenRange,
    /// A coordination as a whole (*Kenya and Ethiopia*).
    pub group: bool,
    pub kind: Kind,
    pub number: Number,
    pub gender: Gender,
    pub role: Role,
    pub reflexive: bool,
    pub sentence: usize,
    pub quoted: bool,
    /// The head's lemma in lower case; for names their last word.
    pub lemma: String,
    /// Words that tell it from others, in lower case: names, nouns, adjectives, numbers.
    pub words: Vec<String>,
    /// First letters of a name's words, where there are two or more: of those with a capital, and of all.
    pub initials: Vec<String>,
}

/// The tree downwards.
pub(crate) fn children(doc: &Doc) -> Vec<Vec<TokenId>> {
    let mut out = vec![Vec::new(); doc.tokens.len()];
    for (i, token) in doc.tokens.iter().enumerate() {
        if let Some(head) = token.head {
            out[head.index()].push(TokenId(i as u32));
        }
    }
    out
}

/// All mentions in the order of their heads; a coordination follows its first member.
pub(crate) fn find(doc: &Doc, children: &[Vec<TokenId>]) -> Vec<Mention> {
    let names = name_of_token(doc);
    let quoted = quoted(doc);
    let mut out = Vec::new();
    for (sentence, s) in doc.sentences.iter().enumerate() {
        for head in s.tokens.ids() {
            let Some(kind) = kind(doc, children, &names, head) else { continue };
            let mut mention = describe(doc, children, &names, head, kind);
            mention.sentence = sentence;
            mention.quoted = quoted[head.index()];
            let conjunct = |c: &&TokenId| {
                let token = doc.token(**c);
                let nominal = matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron);
                token.relation() == "conj" && nominal
            };
            let last = children[head.index()].iter().rfind(conjunct).copied();
            out.push(mention.clone());
            if let Some(last) = last {
                let end = span(doc, children, last).end.max(mention.tokens.end);
                let tokens = TokenRange { start: mention.tokens.start, end };
                let gender = if mention.gender == Gender::Thing { Gender::Thing } else { Gender::Unknown };
                let (number, kind) = (Number::Plural, Kind::Nominal(Definite::Counted));
                let words = Vec::new();
                out.push(Mention { tokens, group: true, number, gender, kind, words, ..mention });
            }
        }
    }
    out
}

/// For each token the index of the name that holds it.
fn name_of_token(doc: &Doc) -> Vec<Option<usize>> {
    let mut out = vec![None; doc.tokens.len()];
    for (i, name) in doc.names.iter().enumerate() {
        for token in name.tokens.indices() {
            out[token] = Some(i);
        }
    }
    out
}

/// Whether each token stands between quotation marks; a paragraph closes them.
fn quoted(doc: &Doc) -> Vec<bool> {
    let mut out = vec![false; doc.tokens.len()];
    let mut inside = false;
    for sentence in &doc.sentences {
        if sentence.opens_paragraph {
            inside = false;
        }
        for i in sentence.tokens.indices() {
            match doc.tokens[i].form.as_str() {
                "“" | "«" | "„" => inside = true,
                "”" | "»" => inside = false,
                "\"" | "``" | "''" => inside = !inside,
                _ => {}
            }
            out[i] = inside;
        }
    }
    out
}

fn kind(doc: &Doc, children: &[Vec<TokenId>], names: &[Option<usize>], head: TokenId) -> Option<Kind> {
    let token = doc.token(head);
    let relation = token.deprel.as_str();
    // A title before a name belongs to the name's phrase.
    let title = relation == "nmod:desc" && token.head.is_some_and(|name| name > head);
    if title
        || relation.starts_with("expl")
        || matches!(relation, "fixed" | "goeswith" | "discourse" | "reparandum")
    {
        return None;
    }
    let has = |wanted: &str| children[head.index()].iter().any(|c| doc.token(*c).relation() == wanted);
    match token.upos {
        Upos::Pron | Upos::Det if token.upos == Upos::Pron || matches!(relation, "nsubj" | "obj" | "obl") => {
            Some(Kind::Pronoun(pronoun(&token.lemma.to_lowercase(), &token.form.to_lowercase())?))
        }
        Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj | Upos::Sym | Upos::X => {
            let name = names[head.index()].map(|i| &doc.names[i]);
            // The word of a name that its other words hang from speaks for it.
            let top = name.is_some_and(|n| token.head.is_none_or(|h| !n.tokens.contains(h)));
            if let Some(name) = name.filter(|_| top) {
                let adjective = token.upos == Upos::Adj || matches!(relation, "amod");
                return (name.kind != NameKind::Group || !adjective).then_some(Kind::Name(name.kind));
            }
            if name.is_some()
                || matches!(relation, "compound" | "flat" | "amod" | "nummod" | "advmod" | "list")
            {
                return None;
            }
            let noun = matches!(token.upos, Upos::Noun | Upos::Propn);
            let stands_for_one = has("det") || matches!(relation, "nsubj" | "nsubj:pass" | "obj");
            let pronominal = stands_for_one && matches!(token.upos, Upos::Num | Upos::Adj);
            if !(noun || pronominal) {
                return None;
            }
            // A name may hang from a title (*President Ruto*): then the phrase is that name's.
            let named = children[head.index()]
                .iter()
                .filter(|c| matches!(doc.token(**c).relation(), "flat" | "appos" | "compound"))
                .filter(|c| doc.token(**c).relation() == "flat" || c.0 == head.0 + 1)
                .find_map(|c| names[c.index()]);
            if let Some(i) = named.filter(|i| doc.names[*i].kind == NameKind::Person) {
                return Some(Kind::Name(doc.names[i].kind));
            }
            Some(Kind::Nominal(definite(doc, children, head)))
        }
        _ => None,
    }
}

fn pronoun(lemma: &str, form: &str) -> Option<Pronoun> {
    Some(match form {
        "i" | "me" | "my" | "mine" | "myself" => Pronoun::I,
        "we" | "us" | "our" | "ours" | "ourselves" => Pronoun::We,
        "you" | "your" | "yours" | "yourself" | "yourselves" => Pronoun::You,
        "he" | "him" | "his" | "himself" => Pronoun::He,
        "she" | "her" | "hers" | "herself" => Pronoun::She,
        "it" | "its" | "itself" => Pronoun::It,
        "they" | "them" | "their" | "theirs" | "themselves" | "themself" => Pronoun::They,
        "who" | "whom" | "whose" => Pronoun::Who,
        "which" => Pronoun::Which,
        "that" | "this" | "these" | "those" | "both" | "one" | "ones" => Pronoun::Other,
        _ if lemma == "they" => Pronoun::They,
        _ => return None,
    })
}

fn definite(doc: &Doc, children: &[Vec<TokenId>], head: TokenId) -> Definite {
    let mut out = Definite::Bare;
    for child in &children[head.index()] {
        let token = doc.token(*child);
        match (token.relation(), token.deprel.as_str()) {
            (_, "nmod:poss") => return Definite::Possessed,
            ("det", _) => {
                out = match token.form.to_lowercase().as_str() {
                    "the" => Definite::The,
                    "this" | "that" | "these" | "those" | "such" => Definite::This,
                    "a" | "an" | "another" | "some" | "any" | "no" => Definite::A,
                    _ => Definite::Counted,
                }
            }
            ("nummod", _) if out == Definite::Bare => out = Definite::Counted,
            _ => {}
        }
    }
    out
}

/// The words of a phrase: what hangs from its head, without clauses that describe it and what belongs to the clause it stands in.
fn span(doc: &Doc, children: &[Vec<TokenId>], head: TokenId) -> TokenRange {
    let (mut start, mut end) = (head.0, head.0 + 1);
    let mut stack = vec![(head, true)];
    while let Some((at, top)) = stack.pop() {
        start = start.min(at.0);
        end = end.max(at.0 + 1);
        for child in &children[at.index()] {
            let relation = doc.token(*child).deprel.as_str();
            let inside = match relation {
                "det" | "amod" | "compound" | "compound:prt" | "nummod" | "nmod:poss" | "flat" | "fixed"
                | "goeswith" | "nmod" | "nmod:desc" | "det:predet" | "nmod:unmarked" => true,
                // *the foreign minister* after a name is part of the phrase; *(ECOWAS)* is one of its own.
                "appos" => !children[child.index()].iter().any(|c| doc.token(*c).form == "("),
                "case" | "cc" | "conj" | "advmod" => !top,
                _ => false,
            };
            if inside {
                stack.push((*child, false));
            }
        }
    }
    TokenRange { start, end }
}

fn describe(
    doc: &Doc,
    children: &[Vec<TokenId>],
    names: &[Option<usize>],
    head: TokenId,
    kind: Kind,
) -> Mention {
    let token = doc.token(head);
    let tokens = if matches!(kind, Kind::Pronoun(_)) {
        TokenRange { start: head.0, end: head.0 + 1 }
    } else {
        span(doc, children, head)
    };
    let number = match kind {
        Kind::Pronoun(Pronoun::We | Pronoun::They) => Number::Plural,
        Kind::Pronoun(Pronoun::I | Pronoun::He | Pronoun::She | Pronoun::It) => Number::Singular,
        _ if token.feats.has("Number", "Plur") => Number::Plural,
        _ if token.feats.has("Number", "Sing") => Number::Singular,
        _ => Number::Unknown,
    };
    let known = |word: &str| PERSONS.get(word.to_lowercase().as_str()).copied();
    // A title within the phrase, before the name, tells as well (*Mrs Clinton*).
    let titles = || {
        children[head.index()]
            .iter()
            .filter(|c| matches!(doc.token(**c).relation(), "compound" | "flat" | "nmod"))
            .filter_map(|c| known(&doc.token(*c).lemma))
            .find(|g| matches!(g, Gender::Male | Gender::Female))
    };
    let gender = match kind {
        Kind::Pronoun(Pronoun::He) => Gender::Male,
        Kind::Pronoun(Pronoun::She) => Gender::Female,
        Kind::Pronoun(Pronoun::It | Pronoun::Which) => Gender::Thing,
        Kind::Pronoun(Pronoun::I | Pronoun::Who) => Gender::Person,
        Kind::Pronoun(_) => Gender::Unknown,
        Kind::Name(NameKind::Person) => known(&token.lemma)
            .filter(|g| matches!(g, Gender::Male | Gender::Female))
            .or_else(titles)
            .unwrap_or(Gender::Person),
        Kind::Name(NameKind::Group) => Gender::Unknown,
        Kind::Name(_) => Gender::Thing,
        Kind::Nominal(_) => known(&token.lemma).unwrap_or(Gender::Unknown),
    };
    let role = match token.deprel.as_str() {
        "nsubj" | "nsubj:outer" | "csubj" => Role::Subject,
        "nsubj:pass" => Role::Passive,
        "obj" | "iobj" => Role::Object,
        "nmod:poss" => Role::Owner,
        "appos" => Role::Apposition,
        "conj" => Role::Conjunct,
        r if r.starts_with("obl") => Role::Oblique,
        r if r.starts_with("nmod") => Role::Modifier,
        _ => Role::Other,
    };
    let mut words = Vec::new();
    let mut initials = Vec::new();
    let mut lemma = token.lemma.to_lowercase();
    if !matches!(kind, Kind::Pronoun(_)) {
        let name = tokens.indices().find_map(|i| {
            names[i].filter(|n| {
                let range = doc.names[*n].tokens;
                range.contains(head) || matches!(kind, Kind::Name(_))
            })
        });
        for i in tokens.indices() {
            let t = &doc.tokens[i];
            let own = i == head.index() || t.head == Some(head) || name.is_some_and(|n| names[i] == Some(n));
            if own && matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X) {
                words.push(t.form.to_lowercase());
            }
        }
        if let Some(n) = name.filter(|_| matches!(kind, Kind::Name(_))) {
            let range = doc.names[n].tokens;
            let first = |t: &record::Token| t.form.chars().next().filter(|c| c.is_alphabetic());
            let letters: String = doc.tokens[range.indices()].iter().filter_map(first).collect();
            if range.len() > 1 {
                let capitals: String = letters.chars().filter(|c| c.is_uppercase()).collect();
                initials = vec![capitals.to_lowercase(), letters.to_lowercase()];
            }
            if let Some(last) = doc.tokens.get(range.end as usize - 1) {
                lemma = last.form.to_lowercase();
            }
        }
    }
    let reflexive = token.form.ends_with("self") || token.form.ends_with("selves");
    Mention {
        head,
        tokens,
        group: false,
        kind,
        number,
        gender,
        role,
        reflexive: reflexive && matches!(kind, Kind::Pronoun(_)),
        sentence: 0,
        quoted: false,
        lemma,
        words,
        initials,
    }
}

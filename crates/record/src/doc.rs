//! An article analysed: sentences, words with their tags and dependencies, and names.

use crate::{Article, Span};
use std::ops::Range;

/// Index of a token in [`Doc::tokens`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenId(pub u32);

impl TokenId {
    /// As an index into [`Doc::tokens`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A run of neighbouring tokens, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenRange {
    /// Tokens `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// As indices.
    pub fn indices(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The tokens' ids in order.
    pub fn ids(self) -> impl DoubleEndedIterator<Item = TokenId> {
        (self.start..self.end).map(TokenId)
    }

    /// Whether `id` is one of the tokens.
    pub fn contains(self, id: TokenId) -> bool {
        self.start <= id.0 && id.0 < self.end
    }

    /// Number of tokens.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// An article and what the language stage found in it.
#[derive(Clone, Debug, Default)]
pub struct Doc {
    /// The article; its text is what every span points into.
    pub article: Article,
    /// In order, without overlap; together they hold every token.
    pub sentences: Vec<Sentence>,
    /// Syntactic words in order.
    pub tokens: Vec<Token>,
    /// Names found, in order, without overlap.
    pub names: Vec<Name>,
    /// Chains of phrases that speak of one thing, in order of their first; each has at least two.
    pub chains: Vec<Chain>,
}

/// The phrases of an article that speak of one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    /// In text order.
    pub mentions: Vec<Reference>,
}

/// A phrase that refers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference {
    /// The word its other words hang from.
    pub head: TokenId,
    /// Its words.
    pub tokens: TokenRange,
    /// Whether it is a coordination as a whole (*Kenya and Ethiopia*), which shares its head with its first member.
    pub group: bool,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Its text, without surrounding white space.
    pub span: Span,
    /// Its words.
    pub tokens: TokenRange,
    /// Whether a blank line (or the start of the text) stands before it.
    pub opens_paragraph: bool,
}

/// A syntactic word in Universal Dependencies' sense.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The characters it was written with. The words of one multiword token (*don't* = *do* + *n't*) each have their
    /// own part where the parts can be told, and the whole span where they cannot.
    pub span: Span,
    /// The word form. Differs from the text only inside multiword tokens.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Morphological features.
    pub feats: Features,
    /// The syntactic head, in the same sentence; `None` for the root.
    pub head: Option<TokenId>,
    /// Universal dependency relation, with its subtype (`nsubj:pass`).
    pub deprel: String,
    /// For the words of a multiword token: the tokens it is made of. Equal for all of them.
    pub multiword: Option<TokenRange>,
}

/// `Number=Sing|Tense=Past`, kept as written in CoNLL-U, empty for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features(pub String);

impl Features {
    /// The value of feature `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.split('|').find_map(|pair| pair.split_once('=').filter(|(k, _)| *k == key).map(|(_, v)| v))
    }

    /// Whether feature `key` has value `value`.
    pub fn has(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }
}

/// A name the language stage found.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// What sort of thing it names.
    pub kind: NameKind,
    /// Its words.
    pub tokens: TokenRange,
    /// Its characters.
    pub span: Span,
}

/// The sorts of names that the language model tells apart. Who or what is named comes from the atlas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A human being.
    Person,
    /// An organisation.
    Organization,
    /// A place or a state.
    Location,
    /// A building, base, port, bridge, plant: a place that people made.
    Facility,
    /// A nation, people, creed or political current, as noun or adjective.
    Group,
    /// A war, battle, operation, summit, tournament, disaster.
    Event,
    /// A treaty, law or resolution.
    Law,
    /// A weapon or its type.
    Weapon,
    /// Any other name: work, product, ship, award, language.
    Misc,
}

macro_rules! upos {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// The 17 universal parts of speech.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(clippy::upper_case_acronyms)]
        pub enum Upos {
            $($(#[$doc])* $name,)*
            /// Other.
            #[default]
            X,
        }

        impl Upos {
            /// As written in CoNLL-U.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* Self::X => "X" }
            }

            /// From CoNLL-U; anything unknown is `X`.
            pub fn parse(text: &str) -> Self {
                match text { $($text => Self::$name,)* _ => Self::X }
            }
        }
    };
}

upos! {
    /// Adjective.
    Adj = "ADJ",
    /// Adposition.
    Adp = "ADP",
    /// Adverb.
    Adv = "ADV",
    /// Auxiliary.
    Aux = "AUX",
    /// Coordinating conjunction.
    Cconj = "CCONJ",
    /// Determiner.
    Det = "DET",
    /// Interjection.
    Intj = "INTJ",
    /// Noun.
    Noun = "NOUN",
    /// Numeral.
    Num = "NUM",
    /// Particle.
    Part = "PART",
    /// Pronoun.
    Pron = "PRON",
    /// Proper noun.
    Propn = "PROPN",
    /// Punctuation.
    Punct = "PUNCT",
    /// Subordinating conjunction.
    Sconj = "SCONJ",
    /// Symbol.
    Sym = "SYM",
    /// Verb.
    Verb = "VERB",
}

impl Token {
    /// The relation without its subtype: `nsubj` for `nsubj:pass`.
    pub fn relation(&self) -> &str {
        self.deprel.split(':').next().unwrap_or("")
    }
}

impl Doc {
    /// The token with id `id`.
    pub fn token(&self, id: TokenId) -> &Token {
        &self.tokens[id.index()]
    }

    /// What must hold of every document: sentences hold all tokens in order, each has one tree with one root, names do not overlap,
    /// chains are in order and inside the document.
    ///
    /// # Errors
    /// What does not hold, and where.
    pub fn check(&self) -> Result<(), String> {
        let mut next = 0;
        for (number, sentence) in self.sentences.iter().enumerate() {
            let at = |what: &str| Err(format!("sentence {number} ({:?}): {what}", self.words(sentence.span)));
            if sentence.tokens.start != next || sentence.tokens.is_empty() {
                return at("its tokens do not follow those before");
            }
            next = sentence.tokens.end;
            if next as usize > self.tokens.len() {
                return at("its tokens go past the end");
            }
            if sentence.tokens.ids().filter(|id| self.token(*id).head.is_none()).count() != 1 {
                return at("not one root");
            }
            for id in sentence.tokens.ids() {
                let token = self.token(id);
                if token.form.is_empty() || token.lemma.is_empty() || !sentence.span.contains(token.span) {
                    return at("a token without form or lemma, or outside");
                }
                let (mut above, mut steps) = (id, 0);
                while let Some(head) = self.token(above).head {
                    steps += 1;
                    if !sentence.tokens.contains(head) || steps > sentence.tokens.len() {
                        return at("a head outside, or a cycle");
                    }
                    above = head;
                }
            }
        }
        if next as usize != self.tokens.len() {
            return Err("tokens after the last sentence".into());
        }
        if self.names.windows(2).any(|pair| pair[0].tokens.end > pair[1].tokens.start) {
            return Err("names overlap".into());
        }
        for chain in &self.chains {
            let inside = |r: &Reference| {
                r.tokens.contains(r.head)
                    && !r.tokens.is_empty()
                    && r.tokens.end as usize <= self.tokens.len()
            };
            let ordered = chain.mentions.windows(2).all(|pair| pair[0].head <= pair[1].head);
            if chain.mentions.len() < 2 || !ordered || !chain.mentions.iter().all(inside) {
                return Err("a chain out of order, of one mention, or outside".into());
            }
        }
        Ok(())
    }

    /// The words a span selects.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.article.text)
    }

    /// The sentence that holds a token.
    pub fn sentence_of(&self, id: TokenId) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= id.0)
    }

    /// The span from the first to the last of `tokens`.
    pub fn span_of(&self, tokens: TokenRange) -> Span {
        match (self.tokens.get(tokens.start as usize), tokens.is_empty()) {
            (Some(first), false) => {
                let end = self.tokens[tokens.end as usize - 1].span.end.max(first.span.end);
                Span { start: first.span.start, end }
            }
            _ => Span::default(),
        }
    }
}

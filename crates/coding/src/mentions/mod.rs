//! Mentions: the spans that name or refer to actors, places, times and treaties, and what each resolves to.
//!
//! Names come from two sides: the language model finds them by their shape and context, the atlas by knowing them. The
//! longer span wins; where both have one span, the model's kind chooses among the atlas's readings. Then titles, common
//! nouns (*the government*, *rebels*), treaties and pronouns are resolved, each by its own file.
//!
//! Out of scope: which mention takes part in which event.

mod agents;
mod names;
mod persons;
mod places;
mod pronouns;
mod treaties;

use crate::syntax::Syntax;
use atlas::Atlas;
use jiff::civil::Date;
use record::{
    Sector, Span, TokenId, TokenRange, Upos,
    reading::{Actor, MentionKind, Place},
};
use std::collections::{BTreeMap, HashMap};

/// A mention with what it resolves to.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Its words.
    pub tokens: TokenRange,
    /// Its characters.
    pub span: Span,
    /// The word that heads it.
    pub head: TokenId,
    /// What sort of thing it refers to.
    pub kind: MentionKind,
    /// Mentions of one thing share a chain.
    pub chain: usize,
    /// The actor it stands for.
    pub actor: Option<Actor>,
    /// The place it stands for.
    pub place: Option<Place>,
    /// Where what it names is from or sits, where it is no place itself: of a demonym, of a capital that stands for its
    /// government. Never an event's place.
    pub origin: Option<Place>,
    /// The treaty it names, by id.
    pub treaty: Option<String>,
    /// How it was found, for choosing between readings.
    pub sort: Sort,
}

impl Mention {
    /// The state it is of: its actor's, or that of the place it names.
    pub fn country(&self) -> Option<&str> {
        let place = || self.place.as_ref().or(self.origin.as_ref())?.country.as_deref();
        let actor = self.actor.as_ref().and_then(|actor| actor.country.as_deref());
        actor.or_else(place).filter(|country| country.len() == 3)
    }
}

/// How a mention was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A proper name.
    Name,
    /// An adjective or people of a state.
    Demonym,
    /// A capital or seat that may stand for its government.
    Seat,
    /// A common noun.
    Common,
    /// A pronoun.
    Pronoun,
    /// A place in the name of something else (*Kentucky* State Police).
    Inner,
}

/// All mentions of a document, with the way from a word to its mention.
#[derive(Debug, Default)]
pub struct Mentions {
    /// In text order; a shorter one inside a longer one follows it.
    pub all: Vec<Mention>,
    by_token: Vec<Option<u32>>,
}

impl Mentions {
    /// Finds and resolves the mentions of a document.
    pub fn find(syntax: &Syntax<'_>, atlas: &Atlas) -> Self {
        let on = syntax.doc.article.published;
        let mut finder = Finder {
            syntax,
            atlas,
            on,
            mentions: Mentions { all: Vec::new(), by_token: vec![None; syntax.doc.tokens.len()] },
            chains: 0,
            chain_of: HashMap::new(),
            by_sector: BTreeMap::new(),
            persons_by_word: HashMap::new(),
            evidence: HashMap::new(),
            beside: Vec::new(),
            toponyms: Vec::new(),
            scenes: Vec::new(),
        };
        finder.weigh();
        finder.names();
        finder.settle();
        finder.set_scenes();
        finder.persons();
        finder.treaties();
        finder.agents();
        finder.pronouns();
        finder.unite();
        finder.mentions
    }

    /// Drops the mentions inside these stretches.
    pub fn forget(&mut self, furniture: &[Span]) {
        if furniture.is_empty() {
            return;
        }
        let inside = |mention: &Mention| furniture.iter().any(|piece| piece.contains(mention.span));
        let mut kept: Vec<Option<u32>> = Vec::with_capacity(self.all.len());
        let mut next = 0;
        for mention in &self.all {
            kept.push((!inside(mention)).then_some(next));
            next += u32::from(!inside(mention));
        }
        self.all.retain(|mention| !inside(mention));
        for slot in &mut self.by_token {
            *slot = slot.and_then(|index| kept[index as usize]);
        }
    }

    /// Lets *I*, *we*, *our* inside a statement stand for whoever makes it.
    pub fn first_person(&mut self, syntax: &Syntax<'_>, content: &[TokenId], speaker: &Actor) {
        for id in content {
            let form = syntax.doc.token(*id).form.to_lowercase();
            let first = syntax.upos(*id) == Upos::Pron
                && matches!(
                    form.as_str(),
                    "i" | "me" | "my" | "mine" | "we" | "us" | "our" | "ours" | "myself" | "ourselves"
                );
            if !first || self.by_token[id.index()].is_some() {
                continue;
            }
            let alone = matches!(form.as_str(), "i" | "me" | "my" | "mine" | "myself");
            let chain = self.all.iter().find(|m| m.actor.as_ref() == Some(speaker)).map(|m| m.chain);
            let chain = chain.unwrap_or_else(|| self.all.iter().map(|m| m.chain + 1).max().unwrap_or(0));
            let tokens = TokenRange { start: id.0, end: id.0 + 1 };
            self.by_token[id.index()] = Some(self.all.len() as u32);
            self.all.push(Mention {
                tokens,
                span: syntax.doc.span_of(tokens),
                head: *id,
                kind: if alone { MentionKind::Person } else { MentionKind::Group },
                chain,
                actor: Some(speaker.clone()),
                place: None,
                origin: None,
                treaty: None,
                sort: Sort::Pronoun,
            });
        }
    }

    /// The mention that holds a word.
    pub fn at(&self, token: TokenId) -> Option<&Mention> {
        let index = self.by_token.get(token.index()).copied().flatten()?;
        self.all.get(index as usize)
    }

    /// The index of the mention that holds a word.
    pub fn index_at(&self, token: TokenId) -> Option<usize> {
        self.by_token.get(token.index()).copied().flatten().map(|index| index as usize)
    }
}

/// The work in progress.
struct Finder<'a, 'd> {
    syntax: &'a Syntax<'d>,
    atlas: &'a Atlas,
    on: Option<Date>,
    mentions: Mentions,
    chains: usize,
    /// Chain by what identifies a referent.
    chain_of: HashMap<String, usize>,
    /// Mentions of actors with a country or body, by sector and first word.
    by_sector: BTreeMap<(Sector, u32), usize>,
    /// How often each country is named beyond doubt.
    evidence: HashMap<String, usize>,
    /// The countries each sentence names beyond doubt.
    beside: Vec<Vec<&'a str>>,
    /// Names that may be places, until all names are known.
    toponyms: Vec<places::Toponym<'a>>,
    /// The one country in which each sentence places what it tells; none where it names several, or a contested place.
    scenes: Vec<Option<String>>,
    /// The last person mention whose name holds a word.
    persons_by_word: HashMap<String, usize>,
}

impl Finder<'_, '_> {
    /// The state an article is about, for one of its organs that is named without it (*the army*): the only one it names, or
    /// the one it names more often than all others together. None for what is not a state's.
    fn main_country(&self, sector: Option<Sector>) -> Option<String> {
        let organ = !matches!(sector, None | Some(Sector::IGO | Sector::NGO | Sector::JRN | Sector::REB));
        let all: usize = self.evidence.values().sum();
        let (country, most) = self.evidence.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))?;
        (organ && most * 2 > all).then(|| country.clone())
    }

    fn new_chain(&mut self) -> usize {
        self.chains += 1;
        self.chains - 1
    }

    /// Gives one chain to the mentions that the language stage holds for one thing, unless they are known to be different; a
    /// description without a country or body of its own (*the general*) becomes the actor that its chain names.
    fn unite(&mut self) {
        let mut joined: Vec<usize> = (0..self.chains).collect();
        for chain in &self.syntax.doc.chains {
            let references = chain.mentions.iter().filter(|r| !r.group);
            let known = references.filter_map(|r| {
                self.mentions.index_at(r.head).filter(|i| self.mentions.all[*i].head == r.head)
            });
            let known: Vec<usize> = known.collect();
            let placed = |actor: &Option<Actor>| {
                actor.as_ref().is_some_and(|a| a.country.is_some() || a.body.is_some())
            };
            let named = known
                .iter()
                .map(|i| &self.mentions.all[*i])
                .find(|m| m.kind == MentionKind::Person && m.sort == Sort::Name && placed(&m.actor));
            if let Some(actor) = named.and_then(|m| m.actor.clone()) {
                for i in &known {
                    let mention = &mut self.mentions.all[*i];
                    if mention.sort == Sort::Common && !placed(&mention.actor) {
                        mention.actor = Some(actor.clone());
                    }
                }
            }
            for pair in known.windows(2) {
                let (a, b) = (&self.mentions.all[pair[0]], &self.mentions.all[pair[1]]);
                if a.actor == b.actor || a.actor.is_none() || b.actor.is_none() {
                    let (root, other) = (top(&joined, a.chain), top(&joined, b.chain));
                    joined[root.max(other)] = root.min(other);
                }
            }
        }
        for mention in &mut self.mentions.all {
            mention.chain = top(&joined, mention.chain);
        }
    }

    /// Adds a mention and points its free words to it.
    fn add(&mut self, mention: Mention) -> usize {
        let index = self.mentions.all.len();
        for token in mention.tokens.indices() {
            self.mentions.by_token[token].get_or_insert(index as u32);
        }
        if let Some(actor) = &mention.actor
            && let Some(sector) = actor.sector
            && (actor.country.is_some() || actor.body.is_some())
        {
            self.by_sector.insert((sector, mention.tokens.start), index);
        }
        self.mentions.all.push(mention);
        index
    }

    /// The word of a range that all its other words hang from.
    fn head_of(&self, tokens: TokenRange) -> TokenId {
        tokens
            .ids()
            .find(|id| self.syntax.head(*id).is_none_or(|head| !tokens.contains(head)))
            .unwrap_or(TokenId(tokens.start))
    }

    /// The words of a range in lower case.
    fn lower_forms(&self, tokens: TokenRange) -> Vec<String> {
        self.syntax.doc.tokens[tokens.indices()].iter().map(|token| token.form.to_lowercase()).collect()
    }

    fn is_free(&self, tokens: TokenRange) -> bool {
        tokens.indices().all(|token| self.mentions.by_token[token].is_none())
    }

    /// The chain of an earlier mention with the same resolved actor or the same words, or a new one.
    fn chain_for(&mut self, actor: Option<&Actor>, words: &str) -> usize {
        let key = match actor {
            Some(actor) => format!("{}\t{:?}\t{:?}", actor.name, actor.country, actor.sector),
            None => words.to_lowercase(),
        };
        let next = self.chains;
        let chain = *self.chain_of.entry(key).or_insert(next);
        if chain == next {
            self.chains += 1;
        }
        chain
    }

    /// An actor that is a state, with the sector its words imply.
    fn state_actor(&self, iso3: &str, sector: Option<Sector>) -> Actor {
        let name = self.atlas.state(iso3).map_or(iso3, |state| state.name.as_str());
        Actor {
            name: name.to_owned(),
            country: Some(iso3.to_owned()),
            body: None,
            sector,
            code: Some(self.atlas.code(iso3, sector)),
            role: None,
        }
    }
}

/// Where a chain was joined to, at last.
fn top(joined: &[usize], mut chain: usize) -> usize {
    while let Some(next) = joined.get(chain).copied().filter(|n| *n != chain) {
        chain = next;
    }
    chain
}

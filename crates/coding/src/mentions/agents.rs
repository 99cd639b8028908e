//! Actors by common noun: *the government*, *North Korean troops*, *rebels*, *its forces*. The noun gives the sector; the
//! country comes from the phrase, or from the last actor of that sector, or stays unknown.

use super::{Finder, Mention, Sort};
use atlas::Agent;
use record::{
    Sector, TokenId, TokenRange, Upos,
    reading::{Actor, MentionKind},
};

impl Finder<'_, '_> {
    /// Every noun that the atlas lists as an agent and that no name covers.
    pub(super) fn agents(&mut self) {
        let doc = self.syntax.doc;
        // Forms, not lemmas: the atlas makes its own rough singular, and *people* must not become *person*.
        let lower: Vec<String> = doc.tokens.iter().map(|t| t.form.to_lowercase()).collect();
        let lemmas: Vec<&str> = lower.iter().map(String::as_str).collect();
        for sentence in &doc.sentences {
            let (mut i, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            while i < end {
                let Some((used, agent)) = self.atlas.agent(&lemmas[..end], i) else {
                    i += 1;
                    continue;
                };
                let tokens = TokenRange::new(i, i + used);
                let head = self.head_of(tokens);
                let nominal = matches!(doc.token(head).upos, Upos::Noun | Upos::Propn | Upos::Adj);
                // *military forces*: the noun that heads the phrase speaks for it; a modifier only if it ends the match.
                let modifier = matches!(self.syntax.relation(head), "compound" | "amod")
                    && doc.token(head).upos != Upos::Propn;
                if let Some(person) = self.titled(head) {
                    // *British Prime Minister Boris Johnson*: the title is the person's.
                    for token in tokens.indices() {
                        self.mentions.by_token[token].get_or_insert(person);
                    }
                    i += used;
                    continue;
                }
                if !nominal || modifier || !self.is_free(tokens) {
                    i += 1;
                    continue;
                }
                self.agent(tokens, head, agent);
                i += used;
            }
        }
    }

    /// The person whose title a noun is.
    fn titled(&self, head: TokenId) -> Option<u32> {
        let above = self.syntax.head(head).filter(|above| *above > head && above.0 - head.0 <= 8)?;
        let title = matches!(self.syntax.relation(head), "compound" | "flat" | "nmod" | "appos")
            && self.syntax.deprel(head) != "nmod:poss"
            && self.syntax.preposition(head).is_none();
        let index = self.mentions.index_at(above)?;
        let person = &self.mentions.all[index];
        (title && person.kind == MentionKind::Person && person.sort == Sort::Name).then_some(index as u32)
    }

    fn agent(&mut self, tokens: TokenRange, head: TokenId, agent: &Agent) {
        let sector = agent.sector;
        let doc = self.syntax.doc;
        // A title right before a name was given to the person.
        // *Yonhap agency*, *the Petra news agency*: the name says who it is.
        let named = self.syntax.children(head).iter().find_map(|kid| {
            let mention = self.mentions.at(*kid).filter(|m| {
                matches!(self.syntax.relation(*kid), "compound" | "flat") && m.sort == Sort::Name
            })?;
            (mention.kind == MentionKind::Organization).then(|| (mention.chain, mention.actor.clone()))
        });
        if let Some((chain, Some(actor))) = named {
            let kind = MentionKind::Organization;
            self.common(tokens, head, kind, chain, actor);
            return;
        }
        if let Some(group) = self.owning_group(head) {
            // *its fighters*, said of a group that belongs to no one state: they are the group.
            let chain = self.chain_for(Some(&group), &group.name);
            self.common(tokens, head, MentionKind::Group, chain, group);
            return;
        }
        let (country, body) = match &agent.country {
            Some(country) => (Some(country.clone()), None),
            None => tokens
                .ids()
                .rev()
                .map(|word| self.belongs_to(word, sector))
                .find(|(country, body)| country.is_some() || body.is_some())
                .unwrap_or_default(),
        };
        let definite = self
            .syntax
            .children_by(head, "det")
            .any(|det| matches!(self.syntax.lemma(det), "the" | "this" | "that" | "these" | "those"));
        // *Officials said*: those spoken of before; but *international leaders* are others.
        let described = self
            .syntax
            .children(head)
            .iter()
            .any(|kid| matches!(self.syntax.relation(*kid), "amod" | "compound" | "det" | "nummod"));
        let bare_plural_of_state =
            sector.is_some_and(|s| matches!(s, Sector::GOV | Sector::MIL)) && !described;
        let known = country.is_some() || body.is_some();
        let (country, body, chain) = match (known, sector) {
            (false, Some(sector)) if definite || bare_plural_of_state => {
                match self.last_of_sector(head, sector) {
                    Some((country, body, chain)) => (country, body, definite.then_some(chain)),
                    None if definite
                        && matches!(
                            sector,
                            Sector::GOV
                                | Sector::MIL
                                | Sector::COP
                                | Sector::LEG
                                | Sector::JUD
                                | Sector::SPY
                                | Sector::OPP
                        ) =>
                    {
                        (self.state_of_clause(head).or_else(|| self.main_country(Some(sector))), None, None)
                    }
                    None => (None, None, None),
                }
            }
            _ => (country, body, None),
        };
        // *In Kunduz, doctors appealed*: people of the place where the sentence plays; envoys, officials and aid workers need not be.
        let local = matches!(
            sector,
            Some(
                Sector::CVL
                    | Sector::AGR
                    | Sector::EDU
                    | Sector::MED
                    | Sector::LAB
                    | Sector::COP
                    | Sector::CRM
                    | Sector::REL
                    | Sector::OPP
                    | Sector::REB
                    | Sector::UAF
                    | Sector::PRM
                    | Sector::MIL
                    | Sector::JUD
            )
        );
        let scene = || self.scenes.get(doc.sentence_of(head)).cloned().flatten();
        let country = if body.is_none() && local { country.or_else(scene) } else { country };
        let phrase = self.syntax.phrase(head);
        let name = match (&country, &body, sector) {
            (Some(country), _, _) => self.atlas.state(country).map(|state| state.name.clone()),
            (_, Some(body), _) => self.atlas.body(body).map(|b| b.name.clone()),
            _ => None,
        };
        let name = name.unwrap_or_else(|| doc.words(doc.span_of(phrase)).to_owned());
        let code = match (&country, &body) {
            (Some(country), _) => Some(self.atlas.code(country, sector)),
            (None, Some(body)) => Some(self.atlas.code(body, sector)),
            _ => sector.map(|sector| format!("---{}", sector.as_str())),
        };
        let actor = Actor { name, country, body, sector, code, role: None };
        let span = doc.span_of(tokens);
        let words = doc.words(span).to_owned();
        let chain = match chain {
            Some(chain) => chain,
            None if actor.country.is_some() || actor.body.is_some() => self.chain_for(Some(&actor), &words),
            None => self.new_chain(),
        };
        let kind = if agent.body { MentionKind::Organization } else { MentionKind::Group };
        self.common(tokens, head, kind, chain, actor);
    }

    /// Adds a mention by common noun.
    fn common(&mut self, tokens: TokenRange, head: TokenId, kind: MentionKind, chain: usize, actor: Actor) {
        let span = self.syntax.doc.span_of(tokens);
        let sort = Sort::Common;
        self.add(Mention {
            tokens,
            span,
            head,
            kind,
            chain,
            actor: Some(actor),
            place: None,
            origin: None,
            treaty: None,
            sort,
        });
    }

    /// The armed group or movement without a single state that owns what a noun names.
    fn owning_group(&self, head: TokenId) -> Option<Actor> {
        let owner = self.syntax.child(head, "nmod:poss")?;
        let owner = self.mentions.index_at(owner).or_else(|| self.referent(owner))?;
        let mention = &self.mentions.all[owner];
        let actor = mention.actor.clone()?;
        let loose = actor.country.is_none() && actor.body.is_none() && actor.code.is_some();
        (loose && mention.sort == Sort::Name).then_some(actor)
    }

    /// The country or body a noun belongs to by its own phrase: *Russian*, *Russia's*, *of Russia*, *its*.
    pub(super) fn belongs_to(
        &self,
        head: TokenId,
        sector: Option<Sector>,
    ) -> (Option<String>, Option<String>) {
        let mut at = head;
        for _ in 0..3 {
            let mut inner = None;
            for kid in self.syntax.children(at) {
                let relation = self.syntax.deprel(*kid);
                let preposition = self.syntax.preposition(*kid);
                let owns = matches!(relation, "amod" | "compound" | "nmod:poss" | "nmod:unmarked" | "flat")
                    || (relation.starts_with("nmod")
                        && matches!(preposition.as_deref(), Some("of" | "from" | "in")));
                if !owns {
                    continue;
                }
                if let Some(actor) = self.mentions.at(*kid).and_then(|m| m.actor.as_ref())
                    && (actor.country.is_some() || actor.body.is_some())
                {
                    return (actor.country.clone(), actor.body.clone());
                }
                // *residents of Labasa*, *farmers in Saskatchewan*, *Texas police*; but troops and envoys in a town are
                // often another state's.
                let foreign = matches!(preposition.as_deref(), Some("in" | "from"))
                    && matches!(sector, None | Some(Sector::GOV | Sector::MIL | Sector::SPY | Sector::REB));
                if !foreign && let Some(country) = self.mentions.at(*kid).and_then(Mention::country) {
                    return (Some(country.to_owned()), None);
                }
                if relation == "nmod:poss"
                    && self.syntax.upos(*kid) == Upos::Pron
                    && let Some(actor) =
                        self.referent(*kid).and_then(|index| self.mentions.all[index].actor.as_ref())
                {
                    return (actor.country.clone(), actor.body.clone());
                }
                if relation.starts_with("nmod") && self.syntax.upos(*kid) == Upos::Noun {
                    inner.get_or_insert(*kid);
                }
            }
            // *the leaders of the country's army*
            match inner {
                Some(next) => at = next,
                None => break,
            }
        }
        (None, None)
    }

    /// *Chad's president ordered the army*: a state organ belongs to the state whose government acts in the clause above.
    fn state_of_clause(&self, head: TokenId) -> Option<String> {
        self.syntax.path_up(head).skip(1).filter(|at| self.syntax.is_predicate(*at)).find_map(|at| {
            let subject = self.syntax.surface_subject(at).filter(|s| !self.syntax.dominates(*s, head))?;
            let actor = self.mentions.at(subject)?.actor.as_ref()?;
            matches!(actor.sector, None | Some(Sector::GOV)).then(|| actor.country.clone())?
        })
    }

    /// The last actor of this sector with a country or body, in this sentence or the five before it.
    fn last_of_sector(
        &self,
        head: TokenId,
        sector: Sector,
    ) -> Option<(Option<String>, Option<String>, usize)> {
        let here = self.syntax.doc.sentence_of(head);
        let from = self.syntax.doc.sentences[here.saturating_sub(5)].tokens.start;
        // What a sentence acts on does not speak in it: *expelled the Eritrean ambassador, the foreign ministry said*.
        let start = self.syntax.doc.sentences[here].tokens.start;
        let acted_on = |index: usize| {
            let mention = &self.mentions.all[index];
            // A capital that stands as a town (*from Lima*) does not speak either.
            let town = mention.sort == Sort::Seat && mention.place.is_some();
            let object = matches!(self.syntax.relation(mention.head), "obj" | "iobj");
            town || mention.tokens.start >= start && object
        };
        let earlier = self.by_sector.range((sector, from)..(sector, head.0)).rev();
        let (_, index) = earlier.into_iter().find(|(_, index)| !acted_on(**index))?;
        let found = &self.mentions.all[*index];
        let actor = found.actor.as_ref()?;
        Some((actor.country.clone(), actor.body.clone(), found.chain))
    }
}

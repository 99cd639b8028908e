//! Persons: the office held on the day, surnames for people named before, and titles that carry an actor the atlas has
//! never heard of (*Gabonese Interior Minister X*).

use super::{Finder, Sort};
use atlas::Holding;
use record::{
    Sector, TokenId,
    reading::{Actor, MentionKind},
};

impl Finder<'_, '_> {
    /// The actor a person is, by the first of their offices.
    pub(super) fn holder(&self, holdings: &[Holding<'_>], name: &str) -> Actor {
        let Some(holding) = holdings.iter().find(|h| h.role().is_some()) else {
            // Who holds office only later is of that state already, and speaks for none of its sectors.
            let country = holdings.first().map(|h| h.tenure.country.clone());
            let country = country.filter(|country| {
                self.atlas.state(country).is_some() && holdings.iter().all(|h| h.tenure.country == *country)
            });
            let code = country.as_deref().map(|country| self.atlas.code(country, None));
            return Actor { name: name.to_owned(), country, code, ..Actor::default() };
        };
        let tenure = holding.tenure;
        let body = self.atlas.body(&tenure.country);
        let sector = match body {
            Some(body) => body.sector,
            // Who has left office acts for nobody; the country and the former role are still told.
            None if holding.former() => Some(Sector::ELI),
            None => Some(tenure.office.sector()),
        };
        Actor {
            name: holding.name.to_owned(),
            country: body.is_none().then(|| tenure.country.clone()),
            body: body.map(|b| b.id.clone()),
            sector,
            code: Some(self.atlas.code(&tenure.country, sector)),
            role: holding.role().map(|role| match body {
                Some(body) if role.contains(&body.id) || role.contains(&body.name) => role,
                Some(body) => format!("{role} of {}", body.name),
                None => match self.atlas.state(&tenure.country) {
                    Some(state) if !role.contains(&state.name) => format!("{role} of {}", state.name),
                    _ => role,
                },
            }),
        }
    }

    /// Resolves every person mention that the atlas did not know by full name.
    pub(super) fn persons(&mut self) {
        for index in 0..self.mentions.all.len() {
            let mention = &self.mentions.all[index];
            if mention.kind != MentionKind::Person {
                continue;
            }
            self.adopt_title_words(index);
            if self.mentions.all[index].actor.is_some() {
                self.take_sector_of_title(index);
                self.remember(index);
                continue;
            }
            let head = self.mentions.all[index].head;
            let words = self.syntax.doc.words(self.mentions.all[index].span).to_owned();
            let title = self.title_of(index);
            if let Some((chain, actor)) = self.named_before(index, &words) {
                let mention = &mut self.mentions.all[index];
                mention.chain = chain;
                mention.actor = actor;
                if mention.actor.is_some() {
                    self.remember(index);
                    continue;
                }
            }
            let country = title.as_ref().and_then(|(country, _)| country.as_deref());
            let known = if words.contains(' ') || country.is_some() {
                self.atlas.surname(&words, country, self.on)
            } else {
                Vec::new()
            };
            // A surname alone is only trusted with its country, and if one office-holder fits.
            let held: Vec<_> = known.into_iter().filter(|h| !h.former() && h.role().is_some()).collect();
            // *King Abdullah*: of two who hold office, the one whose state the article names.
            let held = self.of_the_article(held);
            let actor = match (&title, held.first()) {
                (_, Some(first)) if held.iter().all(|h| h.name == first.name) => {
                    Some(self.holder(&held, first.name))
                }
                (Some((country, sector)), _) => {
                    let country = &country.clone().or_else(|| self.main_country(*sector));
                    let code = country.as_deref().map(|c| self.atlas.code(c, *sector));
                    Some(Actor {
                        name: words,
                        country: country.clone(),
                        body: None,
                        sector: *sector,
                        code,
                        role: self.title_words(head),
                    })
                }
                _ => Some(Actor { name: words, ..Actor::default() }),
            };
            self.mentions.all[index].actor = actor;
            self.remember(index);
        }
    }

    /// *Opposition leader Nikol Pashinyan*, *Senator X*: somebody known for an office that is not held on the day acts in
    /// the capacity that the title says, unless it says that it is over.
    fn take_sector_of_title(&mut self, index: usize) {
        let idle = |actor: &Actor| {
            actor.body.is_none()
                && matches!(actor.sector, None | Some(Sector::ELI))
                && actor.country.is_some()
        };
        if !self.mentions.all[index].actor.as_ref().is_some_and(idle) {
            return;
        }
        let Some((_, Some(sector))) = self.title_of(index) else { return };
        let title = self.title_words(self.mentions.all[index].head).unwrap_or_default().to_lowercase();
        if ["former", "ex", "late", "ousted", "deposed", "onetime", "one-time"]
            .iter()
            .any(|over| title.split([' ', '-']).any(|word| word == *over))
        {
            return;
        }
        if let Some(actor) = &mut self.mentions.all[index].actor {
            actor.code = actor.country.as_deref().map(|country| self.atlas.code(country, Some(sector)));
            actor.sector = Some(sector);
        }
    }

    /// Of holdings of several persons, those of the state that the article names most; all where it names none or ties.
    fn of_the_article<'h>(&self, held: Vec<Holding<'h>>) -> Vec<Holding<'h>> {
        let named = |h: &Holding<'_>| self.evidence.get(&h.tenure.country).copied().unwrap_or(0);
        let most = held.iter().map(named).max().unwrap_or(0);
        let best: Vec<Holding<'h>> = held.iter().filter(|h| named(h) == most).cloned().collect();
        if most > 0 { best } else { held }
    }

    /// Words of a title before the name (*President*, *Foreign Minister*) lead to the person, so that whichever word heads
    /// the phrase finds them.
    fn adopt_title_words(&mut self, index: usize) {
        let mention = &self.mentions.all[index];
        let head = mention.head;
        let titles: Vec<TokenId> = match self.syntax.head(head) {
            Some(above)
                if matches!(self.syntax.relation(head), "flat" | "appos")
                    && above < head
                    && head.0 - above.0 <= 8 =>
            {
                vec![above]
            }
            _ => Vec::new(),
        };
        for title in titles {
            self.mentions.by_token[title.index()].get_or_insert(index as u32);
        }
    }

    /// Country and sector that a title or apposition gives: *Gabonese Interior Minister X*, *X, the head of Hamas*.
    fn title_of(&self, index: usize) -> Option<(Option<String>, Option<Sector>)> {
        let mention = &self.mentions.all[index];
        let mut places = vec![mention.head];
        places.extend(self.syntax.children_by(mention.head, "appos"));
        if matches!(self.syntax.relation(mention.head), "flat" | "appos") {
            places.extend(self.syntax.head(mention.head));
        }
        let mut sector = None;
        let mut country = None;
        for at in places {
            let phrase = self.syntax.phrase(at);
            let lower = self.lower_forms(phrase);
            let words: Vec<&str> = lower.iter().map(String::as_str).collect();
            for (i, id) in phrase.ids().enumerate() {
                if mention.tokens.contains(id) {
                    continue;
                }
                if sector.is_none() {
                    sector = self.atlas.agent(&words, i).and_then(|(_, agent)| agent.sector);
                }
                if country.is_none() {
                    country = self.mentions.at(id).and_then(|m| m.country().map(str::to_owned));
                }
            }
        }
        (sector.is_some() || country.is_some()).then_some((country, sector))
    }

    fn title_words(&self, head: TokenId) -> Option<String> {
        let phrase = self.syntax.phrase(head);
        let words: Vec<&str> = phrase
            .ids()
            .filter(|id| {
                self.mentions
                    .at(*id)
                    .is_none_or(|m| m.kind != MentionKind::Person || *id == head && m.sort != Sort::Name)
            })
            .map(|id| self.syntax.doc.token(id).form.as_str())
            .collect();
        let title = words.join(" ").replace(" - ", "-");
        (!title.is_empty()).then_some(title)
    }

    /// An earlier mention of somebody whose name holds all these words: *Lavrov* after *Sergei Lavrov*.
    fn named_before(&self, index: usize, words: &str) -> Option<(usize, Option<Actor>)> {
        let parts: Vec<&str> = words.split_whitespace().collect();
        let other = &self.mentions.all[*self.persons_by_word.get(*parts.last()?)?];
        debug_assert!(other.kind == MentionKind::Person && index < self.mentions.all.len());
        let full = self.syntax.doc.words(other.span);
        let name = other.actor.as_ref().map_or("", |actor| actor.name.as_str());
        let holds = |text: &str| parts.iter().all(|part| text.split([' ', '-']).any(|word| word == *part));
        (holds(full) || holds(name)).then(|| (other.chain, other.actor.clone()))
    }

    /// Remembers a resolved person under every word of the name.
    fn remember(&mut self, index: usize) {
        let mention = &self.mentions.all[index];
        let full = self.syntax.doc.words(mention.span).to_owned();
        let name = mention.actor.as_ref().map_or(String::new(), |actor| actor.name.clone());
        for word in full.split([' ', '-']).chain(name.split([' ', '-'])).filter(|word| word.len() > 1) {
            self.persons_by_word.insert(word.to_owned(), index);
        }
    }
}

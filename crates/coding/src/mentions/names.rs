//! Proper names: the model's and the atlas's, reconciled; and what each stands for where it stands.

use super::{Finder, Mention, Sort, places::lies_in};
use crate::prepositions::{DIRECTION, INTO, WHERE};
use atlas::{Entry, Place as AtlasPlace, State};
use record::{
    NameKind, Sector, TokenId, TokenRange, Upos,
    reading::{Actor, MentionKind, Place, PlacePrecision},
};

impl<'a> Finder<'a, '_> {
    /// Counts the countries named without ambiguity, so that *Congo* and *Korea* can lean on the rest of the article.
    pub(super) fn weigh(&mut self) {
        let doc = self.syntax.doc;
        let words: Vec<&str> = doc.tokens.iter().map(|token| token.form.as_str()).collect();
        let atlas = self.atlas;
        for sentence in &doc.sentences {
            let (mut i, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            let mut beside = Vec::new();
            while i < end {
                let found = atlas.match_at(&words[..end], i);
                let used = found.first().map_or(1, |(used, _)| *used);
                let mut countries =
                    found.iter().take_while(|(n, _)| *n == used).filter_map(|(_, entry)| entry.country());
                if let (Some(country), None) = (countries.next().map(str::to_owned), countries.next()) {
                    *self.evidence.entry(country).or_default() += 1;
                }
                if let Some((_, Entry::State(state) | Entry::Demonym(state))) = found.first() {
                    beside.push(state.iso3.as_str());
                }
                i += used.max(1);
            }
            self.beside.push(beside);
        }
    }

    /// Puts the likelier of several states of one name first, by what else the article names.
    fn by_evidence(&self, entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
        let mut entries = entries.to_vec();
        if entries.len() > 1 {
            let weight = |entry: &Entry<'_>| {
                entry.country().and_then(|country| self.evidence.get(country)).copied().unwrap_or(0)
            };
            // A movement that was another one on that day goes behind: rebels then, a party now.
            let over =
                |entry: &Entry<'_>| matches!(entry, Entry::Group(group) if !group.period.holds(self.on));
            // Stable: the atlas's own order decides among equals.
            entries.sort_by_key(|entry| (over(entry), std::cmp::Reverse(weight(entry))));
        }
        entries
    }

    /// Every name in the text.
    pub(super) fn names(&mut self) {
        let doc = self.syntax.doc;
        let words: Vec<&str> = doc.tokens.iter().map(|token| token.form.as_str()).collect();
        let mut model = doc.names.iter().peekable();
        for sentence in &doc.sentences {
            let (mut i, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            while i < end {
                while model.peek().is_some_and(|name| (name.tokens.start as usize) < i) {
                    model.next();
                }
                let name = model.peek().filter(|name| name.tokens.start as usize == i).copied();
                if let Some((used, units)) = self.unit_behind(&words[..end], i)
                    && self.mentions.at(TokenId(i as u32 - 2)).is_some_and(|m| m.place.is_some())
                {
                    let range = TokenRange::new(i, i + used);
                    self.push_place(range, self.head_of(range), units, &words[..end]);
                    i += used;
                    continue;
                }
                if let Some((used, country)) = self.short_name(&words[..end], i) {
                    let range = TokenRange::new(i, i + used);
                    let (head, actor) = (self.head_of(range), self.state_actor(&country, None));
                    let place = self.country_place(&country);
                    self.push_name(range, head, MentionKind::State, Sort::Name, Some(actor), place, None);
                    i += used;
                    continue;
                }
                let found = self.atlas.match_at(&words[..end], i);
                let known = found.first().map_or(0, |(used, _)| *used);
                // A name of the model that reaches further takes the words; inside it the atlas may still know a part.
                let named = name.map_or(0, |name| name.tokens.len());
                let plausible = known > 0 && self.is_name_like(i, known, &found);
                // *Yonhap agency*: what the atlas knows, and a common noun behind it.
                let lower = |word: &&str| word.chars().all(char::is_lowercase);
                let whole =
                    |entry: &Entry<'_>| matches!(entry, Entry::Outlet(_) | Entry::Body(_) | Entry::Group(_));
                let rest_is_common = name.is_some_and(|name| name.kind == NameKind::Organization)
                    && known < named
                    && found.iter().any(|(used, entry)| *used == known && whole(entry))
                    && words[i + known..i + named].iter().all(lower);
                if plausible && (known >= named || rest_is_common) {
                    let entries: Vec<Entry<'a>> = found
                        .iter()
                        .take_while(|(used, _)| *used == known)
                        .map(|(_, entry)| *entry)
                        .collect();
                    let kind = name.map(|name| name.kind);
                    self.known_name(TokenRange::new(i, i + known), &entries, kind, &words[..end]);
                    i += known;
                } else if let Some(name) = name {
                    self.model_name(name.tokens, name.kind, &words[..end]);
                    i = name.tokens.end as usize;
                } else {
                    i += 1;
                }
            }
        }
    }

    /// *The North* of Korea, *the mainland*: the state, where the article names one that the name needs and the name is no
    /// attribute of another noun.
    fn short_name(&self, words: &[&str], i: usize) -> Option<(usize, String)> {
        let (used, short) = self
            .atlas
            .shorts_at(words, i)
            .find(|(_, short)| short.needs.iter().any(|country| self.evidence.contains_key(country)))?;
        let head = self.head_of(TokenRange::new(i, i + used));
        let attribute = matches!(self.syntax.relation(head), "amod" | "compound" | "flat" | "advmod");
        let part = self
            .syntax
            .children(head)
            .iter()
            .any(|kid| kid.0 > head.0 && self.syntax.preposition(*kid).as_deref() == Some("of"));
        (!attribute && !part).then(|| (used, short.country.clone()))
    }

    /// An atlas match counts where its words may be a name: not inside a longer name of the model, not a common word.
    fn is_name_like(&self, start: usize, used: usize, found: &[(usize, Entry<'_>)]) -> bool {
        let doc = self.syntax.doc;
        // The only name that can hold this word from before is the last one that starts before it.
        let before = doc.names.partition_point(|name| (name.tokens.start as usize) < start);
        let inside_longer = before > 0
            && doc.names[before - 1].tokens.end as usize > start
            && doc.names[before - 1].kind == NameKind::Person;
        if inside_longer {
            return false;
        }
        let tokens = &doc.tokens[start..start + used];
        let nominal = tokens.iter().any(|t| matches!(t.upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::X));
        // Treaties are named by common words too (*the mutual defence treaty*).
        let capital = tokens.iter().any(|t| t.form.chars().any(char::is_uppercase))
            || found.iter().any(|(n, entry)| *n == used && matches!(entry, Entry::Treaty { .. }));
        // One word that is only an outlet's or group's everyday name (*Time*, *The Sun*) needs the model's word for it.
        let weak = used == 1
            && found
                .iter()
                .all(|(_, entry)| matches!(entry, Entry::Outlet(_) | Entry::Group(_) | Entry::Service(_)))
            && tokens[0].upos != Upos::Propn;
        nominal && capital && !weak
    }

    fn known_name(
        &mut self,
        tokens: TokenRange,
        entries: &[Entry<'a>],
        kind: Option<NameKind>,
        words: &[&str],
    ) {
        let head = self.head_of(tokens);
        let entries = &self.by_evidence(entries);
        let near = entries.iter().find(|entry| match entry {
            Entry::Treaty { treaty, generic: true } => self.parties_near(tokens, &treaty.parties),
            _ => false,
        });
        let entry = near.copied().unwrap_or_else(|| choose(entries, kind, self.syntax.upos(head)));
        let locative = self.stands_after(head, WHERE) || self.stands_after(head, INTO);
        let directional = self.stands_after(head, DIRECTION);
        let name = self.syntax.doc.words(self.syntax.doc.span_of(tokens));
        let (mut toponym, mut origin, mut inner) = (None, None, false);
        let (kind, sort, actor, place, treaty) = match entry {
            Entry::State(state) => {
                let actor = self.state_actor(&state.iso3, None);
                toponym = Some((self.namesakes_of(state, name), state));
                (MentionKind::State, Sort::Name, Some(actor), self.state_place(state, name), None)
            }
            Entry::Demonym(state) => {
                origin = self.country_place(&state.iso3);
                (MentionKind::Group, Sort::Demonym, Some(self.state_actor(&state.iso3, None)), None, None)
            }
            Entry::Region(region) => {
                // No single actor: *European* leaders stay people without a country.
                let adjective = self.syntax.upos(head) == Upos::Adj;
                let place = (!adjective).then(|| self.region_place(&region.name));
                let kind = if adjective { MentionKind::Group } else { MentionKind::Place };
                // *Rohingya refugees*, *Chechen fighters*: a people of one state is of that state.
                let actor = match region.members.as_slice() {
                    [one] if adjective => Some(self.state_actor(one, None)),
                    _ => None,
                };
                (kind, if adjective { Sort::Demonym } else { Sort::Name }, actor, place.flatten(), None)
            }
            Entry::Capital(state) => {
                let places = self.atlas.places(name);
                let town = places.iter().find(|place| lies_in(place, state)).map(AtlasPlace::to_reading);
                let standing = locative || directional && !self.stands_for_government(head);
                let at = town.clone().filter(|_| standing);
                origin = town.filter(|_| !standing);
                toponym = Some((places, state));
                let kind = if at.is_some() { MentionKind::Place } else { MentionKind::State };
                (kind, Sort::Seat, Some(self.state_actor(&state.iso3, Some(Sector::GOV))), at, None)
            }
            Entry::Seat(state, seat) => {
                let sector = seat.sector.or(Some(Sector::GOV));
                (
                    MentionKind::Organization,
                    Sort::Seat,
                    Some(self.state_actor(&state.iso3, sector)),
                    None,
                    None,
                )
            }
            Entry::Body(body) => {
                let actor = Actor {
                    name: body.name.clone(),
                    country: None,
                    body: Some(body.id.clone()),
                    sector: body.sector,
                    code: Some(self.atlas.code(&body.id, body.sector)),
                    role: None,
                };
                (MentionKind::Organization, Sort::Name, Some(actor), None, None)
            }
            Entry::Service(service) => {
                inner = true;
                let mut actor = self.state_actor(&service.country, service.sector);
                actor.name.clone_from(&service.name);
                (MentionKind::Organization, Sort::Name, Some(actor), None, None)
            }
            Entry::Group(group) => {
                let country = entry.country().map(str::to_owned);
                let code = group
                    .code
                    .clone()
                    .or_else(|| country.as_deref().map(|c| self.atlas.code(c, group.sector)));
                let actor = Actor {
                    name: group.name.clone(),
                    country,
                    body: None,
                    sector: group.sector,
                    code,
                    role: None,
                };
                (MentionKind::Organization, Sort::Name, Some(actor), None, None)
            }
            Entry::Outlet(outlet) => {
                let country = outlet.country.clone();
                let code = country.as_deref().map(|c| self.atlas.code(c, Some(Sector::JRN)));
                let name = outlet.name.clone();
                let actor = Actor { name, country, body: None, sector: Some(Sector::JRN), code, role: None };
                (MentionKind::Organization, Sort::Name, Some(actor), None, None)
            }
            Entry::Person(person) => {
                let actor = self.holder(&self.atlas.offices(person, self.on), &person.name);
                (MentionKind::Person, Sort::Name, Some(actor), None, None)
            }
            Entry::Treaty { treaty, generic } => {
                let id = (!generic || self.parties_near(tokens, &treaty.parties)).then(|| treaty.id.clone());
                (MentionKind::Treaty, Sort::Name, None, None, id)
            }
        };
        let mention = self.push_name(tokens, head, kind, sort, actor, place, treaty);
        self.mentions.all[mention].origin = origin;
        if let Some((namesakes, state)) = toponym
            && namesakes.len() > 1
        {
            self.keep_toponym(mention, namesakes, Some(state), words);
        }
        if inner {
            self.places_inside(tokens, words);
        }
    }

    /// A name the atlas does not know as a whole.
    fn model_name(&mut self, tokens: TokenRange, kind: NameKind, words: &[&str]) {
        let head = self.head_of(tokens);
        let capital = tokens.indices().any(|i| words[i].chars().any(char::is_uppercase));
        let closed = matches!(
            self.syntax.upos(head),
            Upos::Pron | Upos::Det | Upos::Adp | Upos::Verb | Upos::Aux | Upos::Adv
        );
        if !capital || (tokens.len() == 1 && closed) {
            // Common nouns are the agents' work; a pronoun at the start of a sentence is no name.
            return;
        }
        match kind {
            NameKind::Person => {
                // Titles and surnames are resolved once all full names are known.
                self.push_name(tokens, head, MentionKind::Person, Sort::Name, None, None, None);
            }
            NameKind::Organization => {
                let actor = self.organization(tokens, words);
                if actor.is_none() && tokens.len() == 1 && self.syntax.preposition(head).is_some() {
                    // *from Bunia*: an unknown organisation that bears a town's own name, behind a preposition, is the town.
                    let places = self.places_named(tokens, words);
                    if places.iter().any(|place| place.name == words[tokens.start as usize]) {
                        self.push_place(tokens, head, places, words);
                        return;
                    }
                }
                self.push_name(tokens, head, MentionKind::Organization, Sort::Name, actor, None, None);
                self.places_inside(tokens, words);
            }
            NameKind::Location | NameKind::Facility => {
                let places = self.places_named(tokens, words);
                if places.is_empty()
                    && let Some(range) = self.state_at_the_end(tokens, words)
                {
                    let first = words[tokens.start as usize];
                    let capital = first.chars().next().is_some_and(char::is_uppercase);
                    let found = self.atlas.match_at(words, range.start as usize);
                    let entries: Vec<Entry<'a>> =
                        found.iter().take_while(|(n, _)| *n == range.len()).map(|(_, e)| *e).collect();
                    if !capital {
                        // *northern Mali*: a part of the state, by its name.
                        self.known_name(range, &entries, Some(kind), words);
                        return;
                    }
                    if range.start == tokens.start + 1
                        && crate::prepositions::is_direction(first)
                        && let Some(Entry::State(state)) = entries.first()
                    {
                        // *Western Australia*, *Eastern Ukraine*: a name of its own, and still the state's.
                        let (actor, place) =
                            (self.state_actor(&state.iso3, None), self.country_place(&state.iso3));
                        self.push_name(
                            tokens,
                            head,
                            MentionKind::Place,
                            Sort::Name,
                            Some(actor),
                            place,
                            None,
                        );
                        return;
                    }
                    // *New South Wales* is neither.
                }
                let inside = places.is_empty();
                self.push_place(tokens, head, places, words);
                if inside {
                    self.places_inside(tokens, words);
                }
            }
            NameKind::Weapon => {
                self.push_name(tokens, head, MentionKind::Weapon, Sort::Name, None, None, None);
            }
            NameKind::Group | NameKind::Event | NameKind::Law | NameKind::Misc => {
                // *Article 51* is a part of a treaty, and no treaty.
                let part = self.syntax.lemma(TokenId(tokens.start)).eq_ignore_ascii_case("article");
                let treaty =
                    |i| self.atlas.match_at(words, i).iter().any(|(_, e)| matches!(e, Entry::Treaty { .. }));
                if kind == NameKind::Law && !part && !tokens.indices().any(treaty) {
                    // A treaty the atlas does not know; the capital in its name (*Brasilia Accord*) is no government.
                    self.push_name(tokens, head, MentionKind::Treaty, Sort::Name, None, None, None);
                    return;
                }
                // Of the rest only what the atlas knows in part is of use: *Russian-backed*, *Kremlin-linked*.
                for i in tokens.indices() {
                    let found = self.atlas.match_at(words, i);
                    if let Some((used, _)) = found.first() {
                        let used = *used;
                        let entries: Vec<Entry<'a>> =
                            found.iter().take_while(|(n, _)| *n == used).map(|(_, entry)| *entry).collect();
                        let range = TokenRange::new(i, (i + used).min(words.len()));
                        if self.is_free(range) && self.is_name_like(i, range.len(), &found) {
                            self.known_name(range, &entries, Some(kind), words);
                        }
                    }
                }
            }
        }
    }

    /// The words at the end of a name that name a state by themselves.
    fn state_at_the_end(&self, tokens: TokenRange, words: &[&str]) -> Option<TokenRange> {
        (tokens.start + 1..tokens.end).find_map(|start| {
            let (used, entry) =
                *self.atlas.match_at(&words[..tokens.end as usize], start as usize).first()?;
            let whole = start as usize + used == tokens.end as usize;
            (whole && matches!(entry, Entry::State(_))).then_some(TokenRange { start, end: tokens.end })
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn push_name(
        &mut self,
        tokens: TokenRange,
        head: TokenId,
        kind: MentionKind,
        sort: Sort,
        actor: Option<Actor>,
        place: Option<Place>,
        treaty: Option<String>,
    ) -> usize {
        let span = self.syntax.doc.span_of(tokens);
        let words = self.syntax.doc.words(span).to_owned();
        let chain = self.chain_for(actor.as_ref(), &words);
        self.add(Mention { tokens, span, head, kind, chain, actor, place, origin: None, treaty, sort })
    }

    /// A place by its name; which of its namesakes is decided when all names are known.
    fn push_place(
        &mut self,
        tokens: TokenRange,
        head: TokenId,
        places: Vec<AtlasPlace<'a>>,
        words: &[&str],
    ) -> usize {
        let first = places.first().map(AtlasPlace::to_reading);
        let mention = self.push_name(tokens, head, MentionKind::Place, Sort::Name, None, first, None);
        if !places.is_empty() {
            self.keep_toponym(mention, places, None, words);
        }
        mention
    }

    /// The places in the name of an organisation (*Kentucky* State Police, *Edmonton* City Council): mentions of their own
    /// inside its mention. They say where it is from, never where an event happened.
    fn places_inside(&mut self, tokens: TokenRange, words: &[&str]) {
        let end = tokens.end as usize;
        let mut i = tokens.start as usize;
        while i < end {
            let atlas = self.atlas;
            let known = atlas.match_at(&words[..end], i);
            let used = known.first().map_or(0, |(used, _)| *used);
            let state = known.iter().take_while(|(n, _)| *n == used).find_map(|(_, entry)| match entry {
                Entry::State(state) | Entry::Demonym(state) => Some((*state, true)),
                Entry::Capital(state) => Some((*state, false)),
                _ => None,
            });
            let demonym = matches!(known.first(), Some((_, Entry::Demonym(_))));
            let found = atlas.places_at(&words[..end], i).filter(|(n, _)| *n >= used);
            let (used, places, state) = match (state, found) {
                (Some((state, true)), found)
                    if used < tokens.len() && found.as_ref().is_none_or(|(n, _)| *n == used) =>
                {
                    let name = self.syntax.doc.words(self.syntax.doc.span_of(TokenRange::new(i, i + used)));
                    (used, if demonym { Vec::new() } else { self.namesakes_of(state, name) }, Some(state))
                }
                // The whole name of an organisation is no place: *Amazon*, *Boston Globe*'s own town is.
                (_, Some((n, places))) if n < tokens.len() && self.names_place(&words[i..i + n], &places) => {
                    (n, places, None)
                }
                _ => {
                    i += used.max(1);
                    continue;
                }
            };
            let range = TokenRange::new(i, i + used);
            let span = self.syntax.doc.span_of(range);
            let place = match state {
                Some(state) => self.country_place(&state.iso3),
                None => places.first().map(AtlasPlace::to_reading),
            };
            let (kind, chain) = (MentionKind::Place, self.new_chain());
            let mention = Mention {
                tokens: range,
                span,
                head: self.head_of(range),
                kind,
                chain,
                actor: None,
                place: None,
                origin: place,
                treaty: None,
                sort: Sort::Inner,
            };
            let at = self.add(mention);
            if !places.is_empty() {
                self.keep_toponym(at, places, state, words);
            }
            i += used;
        }
    }

    /// Whether words inside a longer name may be taken for a place's: a unit, a town of some size, or one written down by
    /// hand; and no word that such names are made of (*University*, *Central*).
    fn names_place(&self, words: &[&str], places: &[AtlasPlace<'_>]) -> bool {
        let common = |word: &str| self.atlas.is_common(word) || crate::prepositions::is_direction(word);
        places.iter().any(AtlasPlace::is_known) && !words.iter().all(|word| common(word))
    }

    /// A state as a place, with who disputes it.
    fn country_place(&self, iso3: &str) -> Option<Place> {
        let mut place = self.atlas.country_place(iso3)?;
        place.contested = self.atlas.dispute_over(iso3, self.on).map(atlas::Dispute::to_reading);
        Some(place)
    }

    /// A region of the atlas as a place.
    fn region_place(&self, name: &str) -> Option<Place> {
        let places = self.atlas.places(name);
        let wide = [PlacePrecision::Region, PlacePrecision::Admin1];
        let region = wide.iter().find_map(|wide| places.iter().find(|place| place.precision() == *wide))?;
        let mut place = region.to_reading();
        place.contested = self.atlas.dispute(region, self.on).map(atlas::Dispute::to_reading);
        Some(place)
    }

    /// The sector that an organisation's own nouns say: the noun that heads its name first (*Port Moresby General
    /// **Hospital***, ***Union** of Metalworkers*), then what stands before it, then the rest.
    fn sector_of_name(&self, words: &[&str]) -> Option<Sector> {
        let link =
            words.iter().position(|word| matches!(*word, "of" | "for" | "in" | "on" | "to" | "against"));
        let (head, rest) = words.split_at(link.unwrap_or(words.len()));
        let told = |words: &[&str]| {
            let found = (0..words.len()).filter_map(|i| {
                let (used, agent) = self.atlas.agent(words, i)?;
                // *General*, *National*: a word of rank before another noun names no officer.
                let noun = used > 1 || i + 1 == words.len() || agent.body;
                noun.then_some((i + used, used, agent.sector?))
            });
            // The one that ends last, and of those the longest: *Liberation Army* before *Army*.
            found.max_by_key(|(end, used, _)| (*end, *used)).map(|(_, _, sector)| sector)
        };
        // *Congress of Trade Unions*: a kind that is named by a phrase goes before the noun that heads it.
        let phrase = (0..words.len()).find_map(|i| {
            let (used, agent) = self.atlas.agent(words, i)?;
            (used > 2).then_some(agent.sector)?
        });
        phrase.or_else(|| told(head)).or_else(|| told(rest))
    }

    /// What a state's name stands for on the map: the state, or the part of it that bears the name (*Scotland*).
    fn state_place(&self, state: &State, name: &str) -> Option<Place> {
        let own = std::iter::once(&state.name).chain(std::iter::once(&state.official));
        if own.into_iter().all(|own| atlas::key::key(own) != atlas::key::key(name)) {
            let units = self.atlas.admin1(name);
            if let Some(unit) = units.iter().find(|unit| unit.by_hand && unit.country == state.iso3) {
                return Some(unit.to_reading());
            }
        }
        self.country_place(&state.iso3)
    }

    /// An organisation the atlas does not know: its country from a name inside or beside it, its sector from its nouns.
    fn organization(&self, tokens: TokenRange, words: &[&str]) -> Option<Actor> {
        let lower = self.lower_forms(tokens);
        let lemmas: Vec<&str> = lower.iter().map(String::as_str).collect();
        let country = tokens.indices().find_map(|i| {
            let (_, entry) = *self.atlas.match_at(words, i).first()?;
            // *Georgia Hill* may be anybody.
            let anybody = matches!(entry, Entry::State(state) if i == tokens.start as usize
                && tokens.len() == 2
                && state.ambiguous.as_deref().is_some_and(|what| what.contains("name")));
            (matches!(entry, Entry::State(_) | Entry::Demonym(_) | Entry::Capital(_)) && !anybody)
                .then(|| entry.country())?
                .map(str::to_owned)
        });
        let country = country.or_else(|| {
            let head = self.head_of(tokens);
            self.syntax.children(head).iter().find_map(|kid| {
                let beside = matches!(self.syntax.deprel(*kid), "nmod:poss" | "amod" | "compound");
                if !beside || tokens.contains(*kid) {
                    return None;
                }
                let (_, entry) = *self.atlas.match_at(words, kid.index()).first()?;
                entry.country().map(str::to_owned)
            })
        });
        let sector = self.sector_of_name(&lemmas);
        if country.is_none() && sector.is_none() {
            return None;
        }
        // *The National Transitional Council*: of the state the article is about, unless it says it is of several.
        let across = lower.iter().any(|word| self.atlas.is_across(word));
        let country = country.or_else(|| (!across).then(|| self.main_country(sector)).flatten());
        let name = self.syntax.doc.words(self.syntax.doc.span_of(tokens)).to_owned();
        let code = country.as_deref().map(|c| self.atlas.code(c, sector));
        Some(Actor { name, country, body: None, sector, code, role: None })
    }

    /// Whether the preposition of a name, or of the first of coordinated names, is one of `prepositions`.
    pub(super) fn stands_after(&self, head: TokenId, prepositions: &[&str]) -> bool {
        let first = self.syntax.first_conjunct(head);
        self.syntax.preposition(first).is_some_and(|p| prepositions.contains(&p.as_str()))
    }

    /// *treaty between Pyongyang and Moscow*, *pressure from Moscow*: a noun that relates governments, not a movement.
    fn stands_for_government(&self, head: TokenId) -> bool {
        let first = self.syntax.first_conjunct(head);
        let Some(above) = self.syntax.head(first) else { return true };
        let preposition = self.syntax.preposition(first).unwrap_or_default();
        match preposition.as_str() {
            "between" | "of" | "for" | "on" => true,
            "from" | "to" => self.syntax.relation(first) == "nmod",
            _ => self.syntax.upos(above) != Upos::Verb,
        }
    }
}

/// The reading of a name that fits what the model and the tagger think of it.
fn choose<'a>(entries: &[Entry<'a>], kind: Option<NameKind>, upos: Upos) -> Entry<'a> {
    let fits = |entry: &Entry<'_>| match kind {
        Some(NameKind::Person) => matches!(entry, Entry::Person(_)),
        Some(NameKind::Organization) => matches!(
            entry,
            Entry::Body(_) | Entry::Service(_) | Entry::Group(_) | Entry::Outlet(_) | Entry::Seat(..)
        ),
        Some(NameKind::Location | NameKind::Facility) => {
            matches!(entry, Entry::State(_) | Entry::Capital(_) | Entry::Seat(..))
        }
        Some(NameKind::Law) => matches!(entry, Entry::Treaty { .. }),
        Some(NameKind::Group | NameKind::Event | NameKind::Weapon | NameKind::Misc) => {
            matches!(entry, Entry::Demonym(_) | Entry::Treaty { .. } | Entry::Group(_))
        }
        None => upos == Upos::Adj && matches!(entry, Entry::Demonym(_)),
    };
    *entries.iter().find(|entry| fits(entry)).unwrap_or(&entries[0])
}

//! Proper names: the model's and the atlas's, reconciled; and what each stands for where it stands.

use super::{Finder, Mention, Sort};
use crate::prepositions::{DIRECTION, INTO, WHERE};
use atlas::{Entry, Place as AtlasPlace};
use record::{
    NameKind, Sector, TokenId, TokenRange, Upos,
    reading::{Actor, MentionKind, Place},
};

impl Finder<'_, '_> {
    /// Counts the countries named without ambiguity, so that *Congo* and *Korea* can lean on the rest of the article.
    pub(super) fn weigh(&mut self) {
        let doc = self.syntax.doc;
        let words: Vec<&str> = doc.tokens.iter().map(|token| token.form.as_str()).collect();
        for sentence in &doc.sentences {
            let (mut i, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            while i < end {
                let found = self.atlas.match_at(&words[..end], i);
                let used = found.first().map_or(1, |(used, _)| *used);
                let mut countries =
                    found.iter().take_while(|(n, _)| *n == used).filter_map(|(_, entry)| entry.country());
                if let (Some(country), None) = (countries.next().map(str::to_owned), countries.next()) {
                    *self.evidence.entry(country).or_default() += 1;
                }
                i += used.max(1);
            }
        }
    }

    /// Puts the likelier of several states of one name first, by what else the article names.
    fn by_evidence<'e>(&self, entries: &[Entry<'e>]) -> Vec<Entry<'e>> {
        let mut entries = entries.to_vec();
        if entries.len() > 1 {
            let weight = |entry: &Entry<'_>| {
                entry.country().and_then(|country| self.evidence.get(country)).copied().unwrap_or(0)
            };
            // Stable: the atlas's own order decides among equals.
            entries.sort_by_key(|entry| std::cmp::Reverse(weight(entry)));
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
                    let entries: Vec<Entry<'_>> = found
                        .iter()
                        .take_while(|(used, _)| *used == known)
                        .map(|(_, entry)| *entry)
                        .collect();
                    let kind = name.map(|name| name.kind);
                    self.known_name(TokenRange::new(i, i + known), &entries, kind);
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

    fn known_name(&mut self, tokens: TokenRange, entries: &[Entry<'_>], kind: Option<NameKind>) {
        let head = self.head_of(tokens);
        let entries = &self.by_evidence(entries);
        let near = entries.iter().find(|entry| match entry {
            Entry::Treaty { treaty, generic: true } => self.parties_near(tokens, &treaty.parties),
            _ => false,
        });
        let entry = near.copied().unwrap_or_else(|| choose(entries, kind, self.syntax.upos(head)));
        let locative = self.stands_after(head, WHERE) || self.stands_after(head, INTO);
        let directional = self.stands_after(head, DIRECTION);
        let place = |finder: &Self, entry: &Entry<'_>| finder.entry_place(entry, tokens);
        let (kind, sort, actor, place, treaty) = match entry {
            Entry::State(state) => {
                let actor = self.state_actor(&state.iso3, None);
                (MentionKind::State, Sort::Name, Some(actor), place(self, &entry), None)
            }
            Entry::Demonym(state) => {
                (MentionKind::Group, Sort::Demonym, Some(self.state_actor(&state.iso3, None)), None, None)
            }
            Entry::Region(region) => {
                // No single actor: *European* leaders stay people without a country.
                let adjective = self.syntax.upos(head) == Upos::Adj;
                let place =
                    (!adjective).then(|| self.atlas.places(&region.name).first().map(AtlasPlace::to_reading));
                let kind = if adjective { MentionKind::Group } else { MentionKind::Place };
                (kind, if adjective { Sort::Demonym } else { Sort::Name }, None, place.flatten(), None)
            }
            Entry::Capital(state) => {
                let at = if locative || directional && !self.stands_for_government(head) {
                    place(self, &entry)
                } else {
                    None
                };
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
        self.push_name(tokens, head, kind, sort, actor, place, treaty);
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
                    let place = self.place_named(tokens, words);
                    if let Some(place) = place.filter(|p| p.name == words[tokens.start as usize]) {
                        self.push_name(tokens, head, MentionKind::Place, Sort::Name, None, Some(place), None);
                        return;
                    }
                }
                self.push_name(tokens, head, MentionKind::Organization, Sort::Name, actor, None, None);
            }
            NameKind::Location | NameKind::Facility => {
                let place = self.place_named(tokens, words);
                if place.is_none()
                    && let Some(range) = self.state_at_the_end(tokens, words)
                {
                    let first = words[tokens.start as usize];
                    let capital = first.chars().next().is_some_and(char::is_uppercase);
                    let found = self.atlas.match_at(words, range.start as usize);
                    let entries: Vec<Entry<'_>> =
                        found.iter().take_while(|(n, _)| *n == range.len()).map(|(_, e)| *e).collect();
                    if !capital {
                        // *northern Mali*: a part of the state, by its name.
                        self.known_name(range, &entries, Some(kind));
                        return;
                    }
                    if range.start == tokens.start + 1
                        && crate::prepositions::is_direction(first)
                        && let Some(Entry::State(state)) = entries.first()
                    {
                        // *Western Australia*, *Eastern Ukraine*: a name of its own, and still the state's.
                        let (actor, place) =
                            (self.state_actor(&state.iso3, None), self.atlas.country_place(&state.iso3));
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
                self.push_name(tokens, head, MentionKind::Place, Sort::Name, None, place, None);
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
                        let entries: Vec<Entry<'_>> =
                            found.iter().take_while(|(n, _)| *n == used).map(|(_, entry)| *entry).collect();
                        let range = TokenRange::new(i, (i + used).min(words.len()));
                        if self.is_free(range) && self.is_name_like(i, range.len(), &found) {
                            self.known_name(range, &entries, Some(kind));
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
    ) {
        let span = self.syntax.doc.span_of(tokens);
        let words = self.syntax.doc.words(span).to_owned();
        let chain = self.chain_for(actor.as_ref(), &words);
        self.add(Mention { tokens, span, head, kind, chain, actor, place, treaty, sort });
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
        let sector = (0..lemmas.len()).find_map(|i| self.atlas.agent(&lemmas, i)?.1.sector);
        if country.is_none() && sector.is_none() {
            return None;
        }
        let name = self.syntax.doc.words(self.syntax.doc.span_of(tokens)).to_owned();
        let code = country.as_deref().map(|c| self.atlas.code(c, sector));
        Some(Actor { name, country, body: None, sector, code, role: None })
    }

    fn entry_place(&self, entry: &Entry<'_>, tokens: TokenRange) -> Option<Place> {
        match entry {
            Entry::State(state) => self.atlas.country_place(&state.iso3),
            Entry::Capital(state) => {
                let name = self.syntax.doc.words(self.syntax.doc.span_of(tokens));
                let places = self.atlas.places(name);
                places.iter().find(|place| place.country == state.iso3).map(AtlasPlace::to_reading)
            }
            _ => None,
        }
    }

    /// A place by its name, with what its words and neighbours say of the kind (*region*, *province*).
    fn place_named(&self, tokens: TokenRange, words: &[&str]) -> Option<Place> {
        let name = self.syntax.doc.words(self.syntax.doc.span_of(tokens));
        let next = words.get(tokens.end as usize).map(|w| w.to_lowercase()).unwrap_or_default();
        if is_unit(&next)
            && let Some(place) = self.atlas.admin1(name).first()
        {
            return Some(place.to_reading());
        }
        let mut places = self.atlas.places(name);
        if places.is_empty() {
            let (used, found) = self.atlas.places_at(words, tokens.start as usize)?;
            if used < tokens.len() {
                return None;
            }
            places = found;
        }
        // Containment named right behind it (*Goris, Armenia*) or the countries the sentence names decide among namesakes.
        let sentence = self.syntax.doc.sentence_of(TokenId(tokens.start));
        let range = self.syntax.doc.sentences[sentence].tokens;
        let near: Vec<&str> = range
            .indices()
            .filter(|i| !tokens.contains(TokenId(*i as u32)))
            .filter_map(|i| match self.atlas.match_at(words, i).first()?.1 {
                Entry::State(state) | Entry::Demonym(state) => Some(state.iso3.as_str()),
                _ => None,
            })
            .collect();
        let holds = self.container(tokens, words);
        let weight = |place: &AtlasPlace<'_>| {
            let inside = holds.as_deref() == Some(place.country);
            place.prior()
                + if inside { 6.0 } else { 0.0 }
                + if near.contains(&place.country) { 1.0 } else { 0.0 }
        };
        // The first of equals: the atlas has sorted them.
        let mut best = places.first()?;
        for place in &places[1..] {
            if weight(place) > weight(best) {
                best = place;
            }
        }
        Some(best.to_reading())
    }

    /// The state named right behind a place as what holds it: *Goris, Armenia*, *Goris in Armenia*.
    fn container(&self, tokens: TokenRange, words: &[&str]) -> Option<String> {
        let next = *words.get(tokens.end as usize)?;
        if next != "," && next != "in" {
            return None;
        }
        match self.atlas.match_at(words, tokens.end as usize + 1).first()?.1 {
            Entry::State(state) => Some(state.iso3.clone()),
            _ => None,
        }
    }

    /// Whether the preposition of a name, or of the first of coordinated names, is one of `prepositions`.
    fn stands_after(&self, head: TokenId, prepositions: &[&str]) -> bool {
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

fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "region" | "oblast" | "province" | "governorate" | "state" | "prefecture" | "district" | "county"
    )
}

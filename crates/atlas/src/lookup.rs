//! The questions one may ask the atlas.

use crate::disputes::{self, Dispute};
use crate::gazetteer::Place;
use crate::index::Target;
use crate::load::Atlas;
use crate::people::{self, Holding, Person, Standing};
use crate::{
    Agent, Body, Entry, Group, Office, Outlet, Region, Service, Short, State, Tenure, Treaty, Unit, key,
};
use jiff::civil::Date;
use record::Sector;
use record::reading::{Place as Resolved, PlacePrecision};

/// Words in the names of organisations that are of several states.
const ACROSS: &[&str] = &[
    "international",
    "world",
    "global",
    "united",
    "nations",
    "inter",
    "transnational",
    "multinational",
    "regional",
    "islamic",
    "arab",
    "commonwealth",
    "frontières",
    "frontieres",
];

impl Atlas {
    /// Everything whose name starts at `words[i]`: number of words used and entry, the longest name first; among
    /// equals states, demonyms, seats, regions, bodies, persons, services, groups, outlets, treaties.
    ///
    /// `words` are surface forms as Universal Dependencies cuts them (`U.S.`, `North`, `Korea`, `'s`). Hyphens,
    /// apostrophes, dots, diacritics and case do not count, except that a name written with a capital must be so in
    /// the text (*turkey* is no state) and an acronym must be in capitals (*us* is no state).
    pub fn match_at(&self, words: &[&str], i: usize) -> Vec<(usize, Entry<'_>)> {
        let found = self.names.find_at(words, i);
        found.into_iter().filter_map(|(used, target)| Some((used, self.entry(target)?))).collect()
    }

    /// Everything that bears exactly this name, in any case.
    pub fn named(&self, name: &str) -> Vec<Entry<'_>> {
        self.names.exact(name).into_iter().filter_map(|target| self.entry(target)).collect()
    }

    fn entry(&self, target: Target) -> Option<Entry<'_>> {
        let state = |at: u32| self.states.get(at as usize);
        Some(match target {
            Target::State(at) => Entry::State(state(at)?),
            Target::Demonym(at) => Entry::Demonym(state(at)?),
            Target::Seat(at, None) => Entry::Capital(state(at)?),
            Target::Seat(at, Some(number)) => {
                let state = state(at)?;
                Entry::Seat(state, state.seats.get(number as usize)?)
            }
            Target::Region(at) => Entry::Region(self.regions.get(at as usize)?),
            Target::Body(at) => Entry::Body(self.bodies.get(at as usize)?),
            Target::Person(at) => Entry::Person(self.persons.get(at as usize)?),
            Target::Service(at) => Entry::Service(self.services.get(at as usize)?),
            Target::Group(at) => Entry::Group(self.groups.get(at as usize)?),
            Target::Outlet(at) => Entry::Outlet(self.outlets.get(at as usize)?),
            Target::Treaty(at, generic) => Entry::Treaty { treaty: self.treaties.get(at as usize)?, generic },
        })
    }

    /// The offices of all persons of this name or alias: held on the day first, then former, then future ones.
    pub fn person(&self, name: &str, on: Option<Date>) -> Vec<Holding<'_>> {
        let mut holdings = Vec::new();
        for entry in self.named(name) {
            if let Entry::Person(person) = entry {
                self.extend_holdings(person, on, &mut holdings);
            }
        }
        people::sort(&mut holdings);
        holdings
    }

    /// The offices of one person, in the same order.
    pub fn offices<'a>(&'a self, person: &'a Person, on: Option<Date>) -> Vec<Holding<'a>> {
        let mut holdings = Vec::new();
        self.extend_holdings(person, on, &mut holdings);
        people::sort(&mut holdings);
        holdings
    }

    /// The offices of all persons who go by this surname (*Kim*, *Putin*, *von der Leyen*), narrowed to a country or
    /// body where the text gives one. The name order of each country is respected.
    pub fn surname(&self, surname: &str, country: Option<&str>, on: Option<Date>) -> Vec<Holding<'_>> {
        let mut holdings = Vec::new();
        for at in self.surnames.get(&key::hash_bytes(key::key(surname).as_bytes())).into_iter().flatten() {
            if let Some(person) = self.persons.get(*at as usize) {
                self.extend_holdings(person, on, &mut holdings);
            }
        }
        if let Some(country) = country {
            holdings.retain(|holding| holding.tenure.country == country);
        }
        people::sort(&mut holdings);
        holdings
    }

    fn extend_holdings<'a>(&'a self, person: &'a Person, on: Option<Date>, into: &mut Vec<Holding<'a>>) {
        for tenure in person.tenures.iter().filter_map(|at| self.tenures.get(*at as usize)) {
            into.push(Holding { name: &person.name, tenure, standing: people::standing(tenure, on) });
        }
    }

    /// The office as a reading prints it: `President of Russia`, `former Secretary General of NATO`, `Speaker of the
    /// House, United States`; `None` for an
    /// office that the person holds only later. The country or body is added where the title does not name it.
    pub fn role(&self, holding: &Holding<'_>) -> Option<String> {
        let role = holding.role()?;
        let country = &holding.tenure.country;
        let (name, others) = match (self.state(country), self.body(country)) {
            (Some(state), _) => (&state.name, [state.names.as_slice(), state.demonyms.as_slice()].concat()),
            (None, Some(body)) => {
                let short = body.names.iter().find(|n| n.len() < body.name.len() && n.as_str() == body.id);
                (
                    short.unwrap_or(&body.name),
                    [body.names.as_slice(), std::slice::from_ref(&body.name)].concat(),
                )
            }
            (None, None) => return Some(role),
        };
        let title = format!(" {} ", key::key(&role));
        let named = |n: &str| title.contains(&format!(" {} ", key::key(n)));
        if named(name) || others.iter().any(|other| named(other)) {
            return Some(role);
        }
        // *Speaker of the House of the United States* would say the wrong thing.
        if [" of ", " to ", " for ", " in "].iter().any(|link| role.contains(link)) {
            return Some(format!("{role}, {name}"));
        }
        let plural = name.starts_with("United ") || name.ends_with("Republic") || name.ends_with('s');
        let article = if plural || name.starts_with("Holy ") { "the " } else { "" };
        Some(format!("{role} of {article}{name}"))
    }

    /// Who held this office of this state or body on this day; the one who came last where terms overlap.
    /// [`Office::Leader`] asks for *the country's leader*: see [`Atlas::leader`].
    pub fn officeholder(&self, country: &str, office: &Office, on: Date) -> Option<Holding<'_>> {
        if *office == Office::Leader { self.leader(country, on) } else { self.held(country, office, on) }
    }

    /// Who leads the state or body on this day. Of a state: the paramount leader where it has one, else the head of
    /// state or of government, whichever the state's table says governs. Of a body: its foremost head.
    pub fn leader(&self, country: &str, on: Date) -> Option<Holding<'_>> {
        let Some(state) = self.state(country) else {
            return Office::BODY_HEADS.iter().find_map(|office| self.held(country, office, on));
        };
        let (first, second) = match state.government_leads {
            true => (Office::HeadOfGovernment, Office::HeadOfState),
            false => (Office::HeadOfState, Office::HeadOfGovernment),
        };
        [Office::Leader, first, second].iter().find_map(|office| self.held(country, office, on))
    }

    fn held(&self, country: &str, office: &Office, on: Date) -> Option<Holding<'_>> {
        let of = self.tenures.iter().filter(|t| t.country == country && t.office == *office);
        let tenure = of.filter(|t| t.period.contains(on)).max_by_key(|t| t.period.from)?;
        Some(Holding { name: &tenure.name, tenure, standing: Standing::Held })
    }

    /// The sector in which the holder of an office acts: [`Sector::IGO`] in an international body, [`Sector::ELI`]
    /// once the office is over, else the office's own.
    pub fn sector_of(&self, holding: &Holding<'_>) -> Sector {
        match holding.standing {
            Standing::Held if self.body(&holding.tenure.country).is_some() => Sector::IGO,
            Standing::Held => holding.tenure.office.sector(),
            Standing::Former | Standing::Future => Sector::ELI,
        }
    }

    /// The longest common noun phrase at `lemmas[i]` that names a kind of actor: number of lemmas, agent.
    pub fn agent(&self, lemmas: &[&str], i: usize) -> Option<(usize, &Agent)> {
        let (used, at) = self.agent_index.find(lemmas, i)?;
        Some((used, self.agents.get(at as usize)?))
    }

    /// All places of this name, the likeliest first. Case, diacritics and hyphens do not count.
    pub fn places(&self, name: &str) -> Vec<Place<'_>> {
        self.gazetteer.find(&key::key(name))
    }

    /// The longest place name that starts at `words[i]`, with its candidates, the likeliest first.
    pub fn places_at(&self, words: &[&str], i: usize) -> Option<(usize, Vec<Place<'_>>)> {
        self.gazetteer.find_at(words, i)
    }

    /// First-level units of this name (*Kursk* or *Kursk Oblast*), the likeliest first.
    pub fn admin1(&self, name: &str) -> Vec<Place<'_>> {
        let mut found = self.places(name);
        found.retain(|place| place.precision() == PlacePrecision::Admin1);
        found
    }

    /// The state as a place: a point in the middle of its territory.
    pub fn country_place(&self, iso3: &str) -> Option<Resolved> {
        let state = self.state(iso3)?;
        Some(Resolved {
            name: state.name.clone(),
            lat: state.lat,
            lon: state.lon,
            country: Some(state.iso3.clone()),
            admin1: None,
            admin2: None,
            geonames: state.geonames,
            precision: PlacePrecision::Country,
            confidence: 1.0,
            alternatives: Vec::new(),
            contested: None,
        })
    }

    /// The short form of a first-level unit at `words[i]`, which stands behind a place's name: words used, the units.
    pub fn unit_at(&self, words: &[&str], i: usize) -> Option<(usize, Vec<&Unit>)> {
        let (used, found) = Unit::find(&self.unit_index, words, i)?;
        Some((used, found.iter().filter_map(|at| self.units.get(*at as usize)).collect()))
    }

    /// The short names of states that stand at `words[i]` behind *the*: words used, the names; see [`Short`].
    pub fn shorts_at<'a>(&'a self, words: &[&str], i: usize) -> impl Iterator<Item = (usize, &'a Short)> {
        let behind = i > 0 && matches!(words[i - 1], "the" | "The");
        let rest: Vec<&str> = words.iter().skip(i).take(3).copied().collect();
        self.shorts.iter().filter(move |_| behind).filter_map(move |short| {
            let used = short.name.split(' ').count();
            let same = short.name.split(' ').eq(rest.iter().take(used).copied());
            same.then_some((used, short))
        })
    }

    /// Whether a word is one that names of organisations are made of (*University*, *Central*), so that inside such a name it
    /// is no town's.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(&key::key(word))
    }

    /// Whether a word in the name of an organisation says that it is of several states (*International*, *European*).
    pub fn is_across(&self, word: &str) -> bool {
        ACROSS.contains(&word)
            || matches!(self.named(word).first(), Some(Entry::Region(region)) if region.members.len() != 1)
    }

    /// The dispute over a place that stands on a day, or now.
    pub fn dispute(&self, place: &Place<'_>, on: Option<Date>) -> Option<&Dispute> {
        disputes::at(&self.disputes, place, on)
    }

    /// The dispute over a state as a whole.
    pub fn dispute_over(&self, iso3: &str, on: Option<Date>) -> Option<&Dispute> {
        disputes::over(&self.disputes, iso3, on)
    }

    /// All disputed areas.
    pub fn disputes(&self) -> &[Dispute] {
        &self.disputes
    }

    /// A state by its ISO code.
    pub fn state(&self, iso3: &str) -> Option<&State> {
        self.states.get(*self.state_by_iso3.get(iso3)? as usize)
    }

    /// A state by its ISO alpha-2 code.
    pub fn state_by_iso2(&self, iso2: &str) -> Option<&State> {
        self.states.iter().find(|state| state.iso2.as_deref() == Some(iso2))
    }

    /// A body by its id.
    pub fn body(&self, id: &str) -> Option<&Body> {
        self.bodies.get(*self.body_by_id.get(id)? as usize)
    }

    /// A treaty by its id.
    pub fn treaty(&self, id: &str) -> Option<&Treaty> {
        self.treaties.iter().find(|treaty| treaty.id == id)
    }

    /// An outlet by its id, one of its names, or one of its domains.
    pub fn outlet(&self, id: &str) -> Option<&Outlet> {
        let by_id = self.outlets.iter().find(|o| o.id == id || o.domain.iter().any(|d| d == id));
        by_id.or_else(|| {
            self.named(id).into_iter().find_map(|entry| match entry {
                Entry::Outlet(outlet) => Some(outlet),
                _ => None,
            })
        })
    }

    /// Whether `iso3` is a member of `body` on `day`; without a day, at present. `None` where the atlas does not keep
    /// that body's members.
    pub fn is_member(&self, body: &str, iso3: &str, day: Option<Date>) -> Option<bool> {
        let body = self.body(body)?;
        (!body.members.is_empty()).then(|| body.has_member(iso3, day))
    }

    /// Actor code of the CAMEO family: `PRKGOV`; `IGONATO` for a body, whatever the sector.
    pub fn code(&self, country_or_body: &str, sector: Option<Sector>) -> String {
        match self.body(country_or_body) {
            Some(body) if !body.code.is_empty() => body.code.clone(),
            _ => format!("{country_or_body}{}", sector.map_or("", Sector::as_str)),
        }
    }

    /// All states, in the order of the table.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// All bodies.
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// All regions.
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// All tenures.
    pub fn tenures(&self) -> &[Tenure] {
        &self.tenures
    }

    /// All services.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// All groups.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// All outlets.
    pub fn outlets(&self) -> &[Outlet] {
        &self.outlets
    }

    /// All treaties.
    pub fn treaties(&self) -> &[Treaty] {
        &self.treaties
    }

    /// All agents.
    pub fn agents(&self) -> &[Agent] {
        &self.agents
    }

    /// Number of names, and of place names.
    pub fn sizes(&self) -> (usize, usize) {
        (self.names.len(), self.gazetteer.len())
    }
}

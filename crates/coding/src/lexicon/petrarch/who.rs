//! What a record of an actor becomes: names of a state, somebody's tenures, a service, a group, a body, an outlet, a region.
//!
//! A code says what somebody is, not whether it is a person. Dated codes are persons', unless the name holds a word for an
//! organisation; a bare state's code makes the names names of that state; everything else is an organisation.

use super::{
    actors::{Dated, Record},
    codes::{Code, Known, NULL_CODE, Root, Span},
    names::{self, Spellings},
    report::{EntryId, Fate, Report},
    tables::{Table, Tables},
};
use crate::lexicon::ActorCode;
use atlas::{Entry as Found, key};
use record::Sector;
use std::collections::{BTreeMap, HashMap};

/// Classes of nouns that make a name an organisation's.
const ORGANISED: &[&str] = &[
    "organisation",
    "forces",
    "militants",
    "police_service",
    "police_units",
    "peacekeepers",
    "government_unit",
    "court",
    "media",
];

/// Sectors whose organisations stand among the services of a state.
const SERVICES: &[Sector] = &[Sector::GOV, Sector::MIL, Sector::COP, Sector::SPY, Sector::JUD, Sector::LEG];

/// Puts each record into the tables.
pub(super) fn convert(
    records: Vec<Record>,
    known: &Known<'_>,
    spellings: &Spellings,
    tables: &mut Tables,
    report: &mut Report,
) {
    let mut writer =
        Writer { known, spellings, tables, report, bodies: HashMap::new(), states: HashMap::new() };
    let read: Vec<Actor> = records.into_iter().filter_map(|record| writer.read(record)).collect();
    // Bodies first: persons may hold office in one that only this dictionary knows.
    let (persons, others): (Vec<Actor>, Vec<Actor>) = read.into_iter().partition(|actor| actor.person);
    others.into_iter().for_each(|actor| writer.organisation(actor));
    persons.into_iter().for_each(|actor| writer.person(actor));
}

/// A record with its codes read.
struct Actor {
    names: Vec<(String, EntryId)>,
    codes: Vec<(Code, Span, EntryId)>,
    person: bool,
}

struct Writer<'w, 'k> {
    known: &'w Known<'k>,
    spellings: &'w Spellings,
    tables: &'w mut Tables,
    report: &'w mut Report,
    /// Ids of bodies this import made, by code.
    bodies: HashMap<String, String>,
    /// Which state a name was given to by this import.
    states: HashMap<String, String>,
}

impl Writer<'_, '_> {
    fn read(&mut self, record: Record) -> Option<Actor> {
        let mut codes = Vec::new();
        for Dated { code, span, entry } in record.codes {
            match Code::read(&code, self.known) {
                Ok(code) => codes.push((code, span, entry)),
                // Where other codes stand beside it, a null code only ends them, as the end of a period does.
                Err(why) if why.reason == NULL_CODE && span.open() => codes.extend(None),
                Err(why) => self.report.say(entry, Fate::Not, why),
            }
        }
        if codes.is_empty() {
            for name in &record.names {
                self.report.not(name.entry, NULL_CODE, "");
            }
            return None;
        }
        let dated = codes.iter().any(|(_, span, _)| !span.open());
        let states_only = codes.iter().all(|(code, ..)| code.bare_state().is_some());
        // One word, and rebels: a movement rather than a person.
        let movement =
            record.names.iter().all(|name| names::bare(&name.raw).iter().all(|name| !name.contains(' ')))
                && codes.iter().any(|(code, ..)| code.sector == Some(Sector::REB));
        let organised = movement || record.names.iter().any(|name| self.is_organised(&name.raw));
        let person = dated && !states_only && !organised;
        let mut names = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        let raw: Vec<String> = record.names.iter().map(|name| name.raw.clone()).collect();
        let spelled = self.spellings.spelled(&raw, person);
        for name in &record.names {
            let own: Vec<String> = names::bare(&name.raw).iter().map(|name| key::key(name)).collect();
            if own.is_empty() {
                self.report.not(name.entry, "not a name", "");
            }
            for spelled in spelled.iter().filter(|spelled| own.contains(&key::key(spelled))) {
                if !seen.contains(&key::key(spelled)) {
                    seen.push(key::key(spelled));
                    names.push((spelled.clone(), name.entry));
                }
            }
        }
        (!names.is_empty()).then_some(Actor { names, codes, person })
    }

    /// Whether the atlas knows a name as an organisation's, or it holds a word for one: its last word, or the one before *of*.
    fn is_organised(&self, raw: &str) -> bool {
        names::bare(raw).iter().any(|name| {
            let known = self.known.atlas.named(name);
            if known.iter().any(|found| matches!(found, Found::Person(_))) {
                return false;
            }
            if known.iter().any(|found| {
                matches!(found, Found::Group(_) | Found::Body(_) | Found::Service(_) | Found::Outlet(_))
            }) {
                return true;
            }
            let words: Vec<String> = name.split([' ', '-']).map(str::to_lowercase).collect();
            let is_one = |word: &String| {
                let forms = super::words::noun_forms(word);
                let classed = ORGANISED
                    .iter()
                    .any(|class| forms.iter().any(|form| self.known.lexicon.classes.has(class, form)));
                classed || self.known.atlas.agent(&[word.as_str()], 0).is_some_and(|(_, agent)| agent.body)
            };
            let before = |word: &str| matches!(word, "of" | "for" | "in" | "against");
            let heads = words.iter().enumerate().filter(|(at, _)| {
                *at + 1 == words.len() || words.get(at + 1).is_some_and(|next| before(next))
            });
            heads.map(|(_, word)| word).any(is_one)
        })
    }

    fn organisation(&mut self, actor: Actor) {
        let bare: Vec<&str> = actor.codes.iter().filter_map(|(code, ..)| code.bare_state()).collect();
        if bare.len() == actor.codes.len() {
            return self.state(actor);
        }
        let (code, span) = self.one_code(&actor);
        match (&code.root, code.sector) {
            (Root::Kind(Sector::IGO | Sector::NGO), _) => self.body(&actor, &code, span),
            (Root::Region(name), None) => self.region(&actor, &code, &name.clone()),
            (Root::State(_), Some(Sector::JRN)) if code.rest.is_empty() => self.outlet(&actor, &code),
            (Root::State(iso3), Some(sector))
                if SERVICES.contains(&sector) && code.rest.is_empty() && span.open() =>
            {
                self.service(&actor, &iso3.clone(), sector);
            }
            _ => self.group(&actor, &code, span),
        }
    }

    /// Our tables give an organisation one code: the one that holds to this day, or was held last.
    fn one_code(&mut self, actor: &Actor) -> (Code, Span) {
        let latest = |(_, span, _): &&(Code, Span, EntryId)| {
            (span.to.is_none(), span.to, span.from.is_some(), span.from)
        };
        let (code, span, entry) = actor.codes.iter().max_by_key(latest).unwrap_or(&actor.codes[0]).clone();
        for (other, _, of) in
            actor.codes.iter().filter(|(other, _, of)| (&other.text, *of) != (&code.text, entry))
        {
            if other.text != code.text {
                let detail = format!("{} is kept, not {}", code.text, other.text);
                self.report.partly(*of, "an organisation has one code in our tables", &detail);
            }
        }
        (code, span)
    }

    /// Names of a state: those the atlas does not have are added to its row.
    fn state(&mut self, actor: Actor) {
        let (code, _) = self.one_code(&actor);
        let Some(iso3) = code.bare_state().map(str::to_owned) else { return };
        for (name, entry) in &actor.names {
            let named = self.known.atlas.named(name);
            let own = |found: &Found<'_>| matches!(found, Found::State(s) | Found::Demonym(s) | Found::Capital(s) | Found::Seat(s, _) if s.iso3 == iso3);
            if named.iter().any(own) {
                continue;
            }
            if self.known.atlas.places(name).iter().any(|place| place.country.split('|').any(|c| c == iso3)) {
                let detail = format!("a place in {iso3}");
                self.report.partly(
                    *entry,
                    "legation reads it as a place, not as the state that acts",
                    &detail,
                );
                continue;
            }
            let other = named.iter().find_map(|found| match found {
                Found::State(state) | Found::Demonym(state) => Some(state.iso3.clone()),
                _ => None,
            });
            let given = self.states.entry(key::key(name)).or_insert_with(|| iso3.clone()).clone();
            if let Some(other) = other.or_else(|| Some(given).filter(|given| *given != iso3)) {
                self.report.not(*entry, "it names another state already", &other);
                continue;
            }
            let Some(own) = shipped(Table::States, 0, &iso3) else { continue };
            let row = self.tables.row(Table::States, &iso3, *entry, Some(own), Vec::new);
            let column = if self.is_demonym(name, &iso3) { "demonyms" } else { "names" };
            self.tables.add(row, column, name, &["name", "official", "names", "demonyms", "capital"]);
        }
    }

    /// Whether a name looks like an adjective or people of the state: its stem, with another ending.
    fn is_demonym(&self, name: &str, iso3: &str) -> bool {
        let Some(state) = self.known.atlas.state(iso3).filter(|_| !name.contains(' ')) else { return false };
        let own = key::key(name);
        let ending = ["an", "ans", "ese", "ish", "i", "is", "ic", "ien", "ians", "ers", "er"]
            .iter()
            .any(|e| own.ends_with(e));
        let stem: String = own.chars().take(4).collect();
        let names = std::iter::once(&state.name).chain(&state.names).chain(&state.demonyms);
        ending
            && own.chars().count() > 4
            && names.map(|name| key::key(name)).any(|name| name.starts_with(&stem) && name != own)
    }

    /// Somebody's tenures, one for each code and period.
    fn person(&mut self, actor: Actor) {
        let mut tenures: BTreeMap<(String, Sector), (Vec<Span>, Vec<EntryId>)> = BTreeMap::new();
        let mut defaults = Vec::new();
        let mut carried = false;
        for (code, span, entry) in &actor.codes {
            // Who holds no office any more is `former` with us by the end of the tenure.
            if span.open() && code.sector == Some(Sector::ELI) && actor.codes.len() > 1 {
                continue;
            }
            let Some((country, sector)) = self.office(code, *entry) else { continue };
            if !code.rest.is_empty() && !matches!(code.root, Root::Kind(_)) {
                let kept = format!("{country}{} of {}", sector.as_str(), code.text);
                self.report.partly(*entry, "a person's code is state and sector", &kept);
            }
            if span.open() {
                defaults.push(((country, sector), *entry));
                continue;
            }
            let (spans, entries) = tenures.entry((country, sector)).or_default();
            spans.push(*span);
            entries.push(*entry);
        }
        // A code without dates holds where no other does.
        if let Some((office, entry)) = defaults.into_iter().next() {
            let mut dated: Vec<Span> = tenures.values().flat_map(|(spans, _)| spans.clone()).collect();
            let (spans, entries) = tenures.entry(office).or_default();
            spans.extend(gaps(&mut dated));
            entries.push(entry);
        }
        let main = self.main_name(&actor);
        let Some((first, _)) = actor.names.get(main) else { return };
        let others = actor.names.iter().enumerate().filter(|(at, _)| *at != main);
        let aliases: Vec<&str> = others.map(|(_, (name, _))| name.as_str()).collect();
        for ((country, sector), (mut spans, entries)) in tenures {
            for span in joined(&mut spans) {
                carried = true;
                let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
                let title = self.title(sector);
                let key = format!("{country}\t{}\t{}\t{}", sector.as_str(), key::key(first), day(span.from));
                let entry = entries.first().copied().unwrap_or(actor.names[0].1);
                let row = self.tables.row(Table::Leaders, &key, entry, None, || {
                    vec![
                        country.clone(),
                        sector.as_str().into(),
                        title,
                        first.clone(),
                        String::new(),
                        day(span.from),
                        day(span.to),
                    ]
                });
                aliases.iter().for_each(|alias| self.tables.add(row, "aliases", alias, &["name"]));
                actor.names.iter().for_each(|(_, entry)| self.tables.note(row, *entry));
            }
        }
        if !carried {
            for (_, entry) in &actor.names {
                self.report.not(*entry, "no code of it can be carried over", "");
            }
        }
    }

    /// Which of somebody's names is the name: one the atlas knows, or the first that does not begin with a title.
    fn main_name(&self, actor: &Actor) -> usize {
        let known =
            |name: &str| self.known.atlas.named(name).iter().any(|found| matches!(found, Found::Person(_)));
        let titled = |name: &str| {
            let first = name.split([' ', '-']).next().unwrap_or("").to_lowercase();
            self.known.atlas.agent(&[first.as_str()], 0).is_some()
        };
        let find = |test: &dyn Fn(&str) -> bool| actor.names.iter().position(|(name, _)| test(name));
        find(&known).or_else(|| find(&|name| name.contains(' ') && !titled(name))).unwrap_or(0)
    }

    /// State or body, and sector, of a person's code.
    fn office(&mut self, code: &Code, entry: EntryId) -> Option<(String, Sector)> {
        match &code.root {
            Root::State(iso3) => Some((
                iso3.clone(),
                code.sector.unwrap_or_else(|| {
                    self.report.partly(entry, "the code has no sector of PLOVER", "written as UNK");
                    Sector::UNK
                }),
            )),
            Root::Kind(Sector::IGO | Sector::NGO) => {
                let body = self.bodies.get(&code.text).cloned().or_else(|| code.body(self.known));
                if body.is_none() {
                    self.report.not(entry, "no body has this code", &code.text);
                }
                body.map(|body| (body, Sector::IGO))
            }
            _ if code.sector == Some(Sector::ELI) => None,
            _ => {
                self.report.not(entry, "persons belong to a state or body in our tables", &code.text);
                None
            }
        }
    }

    /// What somebody of the sector is called where the dictionary does not say.
    fn title(&self, sector: Sector) -> String {
        match self.known.lexicon.actor_codes.get(sector.as_str()) {
            Some(ActorCode::Sector(own, title)) if *own == sector && !title.is_empty() => title.clone(),
            _ if sector == Sector::JRN => "journalist".into(),
            _ => "representative".into(),
        }
    }

    fn body(&mut self, actor: &Actor, code: &Code, span: Span) {
        let shipped_id = actor.names.iter().find_map(|(name, _)| {
            self.known.atlas.named(name).into_iter().find_map(|found| match found {
                Found::Body(body) => Some(body.id.clone()),
                _ => None,
            })
        });
        let id = shipped_id.clone().unwrap_or_else(|| self.body_id(actor));
        let entry = actor.names[0].1;
        let own = shipped_id.as_deref().and_then(|id| shipped(Table::Bodies, 0, id));
        let row = self.tables.row(Table::Bodies, &id, entry, own, || {
            let ngo = code.root == Root::Kind(Sector::NGO);
            let (kind, sector) = if ngo { ("ngo", "NGO") } else { ("igo", "IGO") };
            let mut cells = vec![id.clone(), actor.names[0].0.clone(), String::new(), kind.into()];
            cells.extend([code.text.clone(), sector.into()]);
            cells
        });
        self.tables.set(row, "code", &code.text);
        self.bodies.entry(code.text.clone()).or_insert(id);
        self.dates(row, span);
        self.add_names(row, actor);
    }

    /// An id of capitals, digits and `_` that no state, body or row has yet.
    fn body_id(&self, actor: &Actor) -> String {
        let upper = |text: &str| names::slug(text).to_uppercase().replace('-', "_");
        let acronym =
            actor.names.iter().find(|(name, _)| !name.contains(' ') && !name.chars().any(char::is_lowercase));
        let mut base = upper(&acronym.unwrap_or(&actor.names[0]).0);
        if base.is_empty() {
            base = "BODY".into();
        }
        let free = |id: &String| {
            let (atlas, tables) = (self.known.atlas, &self.tables);
            atlas.state(id).is_none() && atlas.body(id).is_none() && !tables.has(Table::Bodies, id)
        };
        let numbered = (2..).map(|number| format!("{base}_{number}"));
        std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base.clone())
    }

    fn region(&mut self, actor: &Actor, code: &Code, region: &str) {
        let id = format!("petrarch-{}", names::slug(&code.text));
        let known = actor.names.iter().filter(|(name, _)| {
            self.known.atlas.named(name).iter().any(|found| matches!(found, Found::Region(_)))
        });
        let known: Vec<EntryId> = known.map(|(_, entry)| *entry).collect();
        for (name, entry) in actor.names.iter().filter(|(_, entry)| !known.contains(entry)) {
            self.report.partly(*entry, "legation reads it as a region, which is no actor", region);
            let row = self.tables.row(Table::Regions, &id, *entry, None, || vec![id.clone(), name.clone()]);
            self.tables.add(row, "names", name, &["name"]);
        }
    }

    fn outlet(&mut self, actor: &Actor, code: &Code) {
        let Root::State(iso3) = code.root.clone() else { return };
        let shipped_id = actor.names.iter().find_map(|(name, _)| {
            self.known.atlas.named(name).into_iter().find_map(|found| match found {
                Found::Outlet(outlet) => Some(outlet.id.clone()),
                _ => None,
            })
        });
        let id = shipped_id.clone().unwrap_or_else(|| self.fresh_id(actor, Table::Outlets));
        let own = shipped_id.as_deref().and_then(|id| shipped(Table::Outlets, 0, id));
        let row = self.tables.row(Table::Outlets, &id, actor.names[0].1, own, || {
            vec![id.clone(), actor.names[0].0.clone(), String::new(), iso3.clone(), "outlet".into()]
        });
        self.tables.set(row, "country", &iso3);
        self.add_names(row, actor);
    }

    fn service(&mut self, actor: &Actor, iso3: &str, sector: Sector) {
        let shipped_name = actor.names.iter().find_map(|(name, _)| {
            self.known.atlas.named(name).into_iter().find_map(|found| match found {
                Found::Service(service) if service.country == iso3 => Some(service.name.clone()),
                _ => None,
            })
        });
        let name = shipped_name.clone().unwrap_or_else(|| actor.names[0].0.clone());
        let key = format!("{iso3}\t{}", key::key(&name));
        let is_own = |cells: &Vec<&str>| cells.first() == Some(&iso3) && cells.get(2) == Some(&name.as_str());
        let own = shipped_name.is_some().then(|| Table::Services.shipped().find(is_own)).flatten();
        let own = own.map(|cells| cells.into_iter().map(str::to_owned).collect());
        let row = self.tables.row(Table::Services, &key, actor.names[0].1, own, || {
            vec![iso3.to_owned(), sector.as_str().into(), name.clone()]
        });
        self.tables.set(row, "sector", sector.as_str());
        self.add_names(row, actor);
    }

    fn group(&mut self, actor: &Actor, code: &Code, span: Span) {
        let shipped_id = actor.names.iter().find_map(|(name, _)| {
            self.known.atlas.named(name).into_iter().find_map(|found| match found {
                Found::Group(group) => Some(group.id.clone()),
                _ => None,
            })
        });
        if code.root == Root::Unknown {
            let entry = actor
                .codes
                .iter()
                .find(|(other, ..)| other == code)
                .map_or(actor.names[0].1, |(.., entry)| *entry);
            self.report.partly(
                entry,
                "neither lexicon nor atlas know the first part of the code",
                &code.text,
            );
        }
        let id = shipped_id.clone().unwrap_or_else(|| self.fresh_id(actor, Table::Groups));
        let own = shipped_id.as_deref().and_then(|id| shipped(Table::Groups, 0, id));
        let row = self
            .tables
            .row(Table::Groups, &id, actor.names[0].1, own, || vec![id.clone(), actor.names[0].0.clone()]);
        if let Root::State(iso3) = &code.root {
            self.tables.set(row, "countries", iso3);
        }
        self.tables.set(row, "sector", code.sector.map_or("", Sector::as_str));
        self.tables.set(row, "code", &code.text);
        self.dates(row, span);
        self.add_names(row, actor);
    }

    fn fresh_id(&self, actor: &Actor, table: Table) -> String {
        let slug = names::slug(&actor.names[0].0);
        let base = format!("petrarch-{}", if slug.is_empty() { "actor" } else { &slug });
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let free = |id: &String| !self.tables.has(table, id);
        std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base.clone())
    }

    fn dates(&mut self, row: (Table, usize), span: Span) {
        for (column, day) in [("from", span.from), ("to", span.to)] {
            if let Some(day) = day {
                self.tables.set(row, column, &day.to_string());
            }
        }
    }

    fn add_names(&mut self, row: (Table, usize), actor: &Actor) {
        for (name, entry) in &actor.names {
            self.tables.add(row, "names", name, &["name"]);
            self.tables.note(row, *entry);
        }
    }
}

/// A shipped row by the cell in `column`.
fn shipped(table: Table, column: usize, value: &str) -> Option<Vec<String>> {
    let cells = table.shipped().find(|cells| cells.get(column) == Some(&value))?;
    Some(cells.into_iter().map(str::to_owned).collect())
}

/// Periods that overlap or follow on each other, as one.
fn joined(spans: &mut [Span]) -> Vec<Span> {
    spans.sort();
    let mut out: Vec<Span> = Vec::new();
    for span in spans.iter() {
        match out.last_mut() {
            Some(last)
                if last.to.is_none_or(|to| {
                    span.from.is_none_or(|from| to >= from || to.tomorrow().is_ok_and(|next| next >= from))
                }) =>
            {
                last.to = match (last.to, span.to) {
                    (Some(a), Some(b)) => Some(a.max(b)),
                    _ => None,
                };
            }
            _ => out.push(*span),
        }
    }
    out
}

/// The days that none of `spans` covers.
fn gaps(spans: &mut [Span]) -> Vec<Span> {
    let mut out = Vec::new();
    let mut from = None;
    for span in joined(spans) {
        if let Some(before) = span.from.and_then(|day| day.yesterday().ok())
            && from.is_none_or(|from| from <= before)
        {
            out.push(Span { from, to: Some(before) });
        }
        match span.to.and_then(|day| day.tomorrow().ok()) {
            Some(next) => from = Some(next),
            None => return out,
        }
    }
    out.push(Span { from, to: None });
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn span(from: i16, to: i16) -> Span {
        let day = |year| (year > 0).then(|| date(year, 1, 1));
        Span { from: day(from), to: day(to) }
    }

    #[test]
    fn periods_are_joined_and_left_open() {
        let mut spans = [span(1999, 2001), span(2000, 2003), span(2010, 0)];
        assert_eq!(joined(&mut spans), [span(1999, 2003), span(2010, 0)]);
        let free = gaps(&mut spans);
        assert_eq!(free.len(), 2);
        assert_eq!((free[0].from, free[0].to), (None, Some(date(1998, 12, 31))));
        assert_eq!((free[1].from, free[1].to), (Some(date(2003, 1, 2)), Some(date(2009, 12, 31))));
        assert_eq!(gaps(&mut []), [Span::default()]);
        assert!(gaps(&mut [Span::default()]).is_empty());
    }
}

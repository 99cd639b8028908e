//! Opens the atlas: reads the tables and lays out the names.

use crate::agents::{self, Agent, AgentIndex};
use crate::bodies::{self, Body};
use crate::common;
use crate::compiled::Compiled;
use crate::disputes::{self, Dispute};
use crate::gazetteer::Gazetteer;
use crate::groups::{self, Group};
use crate::index::{HashedMap, NameIndex, Target};
use crate::layer::{self, Given, LayerFile};
use crate::leaders::{self, Tenure};
use crate::outlets::{self, Outlet};
use crate::people::{self, Person};
use crate::regions::{self, Region};
use crate::services::{self, Service};
use crate::shorts::{self, Short};
use crate::states::{self, NameOrder, State};
use crate::table::Row;
use crate::treaties::{self, Treaty};
use crate::units::{self, Unit};
use crate::{Error, Problem};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
    pub(crate) static PLACE_INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.idx"));
}

/// A gazetteer on disk inside a layer.
const COMPILED: &str = "atlas/gazetteer.bin";

/// The standing facts, ready to be asked. Cheap to share, expensive to open: open once.
#[derive(Debug)]
pub struct Atlas {
    pub(crate) states: Vec<State>,
    pub(crate) bodies: Vec<Body>,
    pub(crate) regions: Vec<Region>,
    pub(crate) tenures: Vec<Tenure>,
    pub(crate) persons: Vec<Person>,
    pub(crate) services: Vec<Service>,
    pub(crate) groups: Vec<Group>,
    pub(crate) outlets: Vec<Outlet>,
    pub(crate) agents: Vec<Agent>,
    pub(crate) treaties: Vec<Treaty>,
    pub(crate) disputes: Vec<Dispute>,
    pub(crate) common: HashSet<String>,
    pub(crate) shorts: Vec<Short>,
    pub(crate) units: Vec<Unit>,
    pub(crate) unit_index: HashedMap<Vec<u32>>,
    pub(crate) state_by_iso3: HashMap<String, u32>,
    pub(crate) body_by_id: HashMap<String, u32>,
    pub(crate) surnames: HashedMap<Vec<u32>>,
    pub(crate) names: NameIndex,
    pub(crate) agent_index: AgentIndex,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) problems: Vec<Problem>,
    version: String,
}

/// The tables compiled into the program, as (file inside `data/atlas`, text).
pub(crate) fn embedded_tables() -> Vec<(&'static str, &'static str)> {
    embedded::TABLES.iter().chain(embedded::PLACES).copied().collect()
}

/// The rows of a shipped table (`groups.tsv`) as cells, without header and comments: for programs that write layers.
pub fn shipped_rows(file: &str) -> impl Iterator<Item = Vec<&'static str>> {
    let text = embedded::TABLES.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| *text);
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.skip(1).map(|line| line.split('\t').map(str::trim).collect())
}

impl Atlas {
    /// The atlas compiled into the program.
    pub fn embedded() -> Result<Self, Error> {
        let places = embedded::PLACES.iter().map(|(file, text)| (*file, Cow::Borrowed(*text))).collect();
        let gazetteer = Gazetteer::with_index(places, Cow::Borrowed(embedded::PLACE_INDEX));
        let tables: Vec<Given<'_>> = embedded::TABLES.iter().copied().map(Given::shipped).collect();
        Self::load(&tables, gazetteer, embedded::VERSION.to_owned())
    }

    /// The atlas compiled into the program with a user's layers over it: rows with the key of an earlier row take its
    /// place, others are added (`data/README.md`). Files that are no tables of the atlas are passed over. A bad row is left
    /// out and listed by [`Atlas::problems`]; without tables this is [`Atlas::embedded`].
    pub fn with_layers(files: &[LayerFile]) -> Result<Self, Error> {
        let (places, layered): (Vec<Given<'_>>, Vec<Given<'_>>) =
            files.iter().filter_map(Given::of).partition(Given::is_places);
        let mut atlas = if layered.is_empty() {
            Self::embedded()?
        } else {
            let shipped = embedded::PLACES.iter().map(|(file, text)| (*file, Cow::Borrowed(*text))).collect();
            let gazetteer = Gazetteer::with_index(shipped, Cow::Borrowed(embedded::PLACE_INDEX));
            let tables: Vec<Given<'_>> =
                embedded::TABLES.iter().copied().map(Given::shipped).chain(layered.iter().copied()).collect();
            Self::load(&tables, gazetteer, String::new())?
        };
        let tables: Vec<Given<'_>> = layered.into_iter().chain(places.iter().copied()).collect();
        if !tables.is_empty() {
            atlas.version = layer::version(embedded::VERSION, &tables);
        }
        atlas.gazetteer.add(&places, &mut atlas.problems);
        for file in files.iter().filter(|file| file.name == COMPILED) {
            match Compiled::open(std::path::Path::new(&file.shown)) {
                Ok(compiled) => {
                    let more = format!("{}:{}", atlas.version, compiled.len());
                    atlas.version = format!("{:016x}", crate::key::hash_bytes(more.as_bytes()));
                    atlas.gazetteer.add_compiled(compiled);
                }
                Err(message) => atlas.problems.push(Problem { file: file.shown.clone(), line: 0, message }),
            }
        }
        Ok(atlas)
    }

    /// An atlas from tables given as (file inside `data/atlas`, text): for tests, and for a user's own facts.
    /// A bad row is left out and listed by [`Atlas::problems`].
    pub fn from_tables(tables: &[(&str, &str)]) -> Result<Self, Error> {
        let is_place = |file: &str| file.ends_with("places.tsv") || file.ends_with("gazetteer.tsv");
        let (places, tables): (Vec<_>, Vec<_>) = tables.iter().partition(|(file, _)| is_place(file));
        let mut hash = crate::key::hash_bytes(b"atlas");
        for (file, text) in places.iter().chain(&tables) {
            hash = hash.rotate_left(5) ^ crate::key::hash_bytes(file.as_bytes());
            hash = hash.rotate_left(5) ^ crate::key::hash_bytes(text.as_bytes());
        }
        let places = places.into_iter().map(|(file, text)| (file, Cow::Owned(text.to_owned()))).collect();
        let tables: Vec<Given<'_>> = tables.into_iter().map(Given::shipped).collect();
        Self::load(&tables, Gazetteer::build(places), format!("{hash:016x}"))
    }

    /// Identifies the data: a hash of all tables.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Rows that could not be read. Empty for the atlas that ships.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    fn load(tables: &[Given<'_>], gazetteer: Gazetteer, version: String) -> Result<Self, Error> {
        let problems = RefCell::new(Vec::new());
        let mut atlas = Self {
            states: read(tables, "states.tsv", states::COLUMNS, &["iso3"], &problems, State::from_row),
            bodies: read(tables, "bodies.tsv", bodies::COLUMNS, &["id"], &problems, Body::from_row),
            regions: read(tables, "regions.tsv", regions::COLUMNS, &["id"], &problems, Region::from_row),
            tenures: read(tables, "leaders/", leaders::COLUMNS, leaders::KEY, &problems, Tenure::from_row),
            services: read(
                tables,
                "services.tsv",
                services::COLUMNS,
                &["country", "name"],
                &problems,
                Service::from_row,
            ),
            groups: read(tables, "groups.tsv", groups::COLUMNS, &["id"], &problems, Group::from_row),
            outlets: read(tables, "outlets.tsv", outlets::COLUMNS, &["id"], &problems, Outlet::from_row),
            agents: read(tables, "agents.tsv", agents::COLUMNS, &["noun"], &problems, Agent::from_row),
            treaties: read(tables, "treaties.tsv", treaties::COLUMNS, &["id"], &problems, Treaty::from_row),
            disputes: read(tables, "disputed.tsv", disputes::COLUMNS, &["id"], &problems, Dispute::from_row),
            common: read(tables, "common.tsv", common::COLUMNS, &["word"], &problems, common::from_row)
                .into_iter()
                .collect(),
            shorts: read(
                tables,
                "shorts.tsv",
                shorts::COLUMNS,
                &["name", "country"],
                &problems,
                Short::from_row,
            ),
            units: read(tables, "units.tsv", units::COLUMNS, &["country", "unit"], &problems, Unit::from_row),
            unit_index: HashedMap::default(),
            persons: Vec::new(),
            state_by_iso3: HashMap::new(),
            body_by_id: HashMap::new(),
            surnames: HashedMap::default(),
            names: NameIndex::with_room(20_000),
            agent_index: AgentIndex::default(),
            gazetteer,
            problems: Vec::new(),
            version,
        };
        // Organisations are read as groups are: states' own companies, unions, parties beside movements across them.
        let organizations =
            read(tables, "organizations.tsv", groups::COLUMNS, &["id"], &problems, Group::from_row);
        atlas.groups.extend(organizations);
        atlas.problems = problems.into_inner();
        if atlas.states.is_empty() {
            return Err(Error::Missing("states.tsv"));
        }
        atlas.index_states();
        atlas.index_people();
        atlas.index_rest();
        atlas.unit_index = Unit::index(&atlas.units);
        Ok(atlas)
    }

    fn index_states(&mut self) {
        for (at, state) in (0u32..).zip(&self.states) {
            self.state_by_iso3.entry(state.iso3.clone()).or_insert(at);
            for name in [&state.name, &state.official].into_iter().chain(&state.names) {
                self.names.add(name, Target::State(at));
            }
            for name in &state.demonyms {
                self.names.add(name, Target::Demonym(at));
            }
            // Where the capital has the state's own name (Singapore), the state's name is enough.
            for name in state.capital.iter().filter(|name| state.metonym && **name != state.name) {
                self.names.add(name, Target::Seat(at, None));
            }
            for (number, seat) in (0u32..).zip(&state.seats) {
                self.names.add(&seat.name, Target::Seat(at, Some(number)));
            }
        }
        for (at, body) in (0u32..).zip(&self.bodies) {
            self.body_by_id.entry(body.id.clone()).or_insert(at);
        }
    }

    fn index_people(&mut self) {
        self.persons = people::group(&self.tenures, |country| self.body_by_id.contains_key(country));
        for (at, person) in (0u32..).zip(&self.persons) {
            let tenures = || person.tenures.iter().filter_map(|t| self.tenures.get(*t as usize));
            let mut names: Vec<(&str, NameOrder)> = Vec::new();
            for tenure in tenures() {
                let state =
                    self.state_by_iso3.get(&tenure.country).and_then(|s| self.states.get(*s as usize));
                let order = state.map_or(NameOrder::FamilyLast, |state| state.name_order);
                // An alias gives its surname too, and a one-word alias (*Lula*) is itself one.
                let own = std::iter::once(&person.name).chain(&tenure.aliases);
                names.extend(own.map(|name| (name.as_str(), order)));
            }
            names.sort_unstable();
            names.dedup();
            for (name, order) in names {
                self.names.add(name, Target::Person(at));
                for surname in people::surnames(name, order) {
                    let persons =
                        self.surnames.entry(crate::key::hash_bytes(surname.as_bytes())).or_default();
                    if persons.last() != Some(&at) {
                        persons.push(at);
                    }
                }
            }
        }
    }

    fn index_rest(&mut self) {
        let names = &mut self.names;
        let mut add = |name: &str, more: &[String], target: Target| {
            names.add(name, target);
            for name in more {
                names.add(name, target);
            }
        };
        for (at, body) in (0u32..).zip(&self.bodies) {
            add(&body.name, &body.names, Target::Body(at));
        }
        for (at, region) in (0u32..).zip(&self.regions) {
            add(&region.name, &region.names, Target::Region(at));
            region.demonyms.iter().for_each(|name| add(name, &[], Target::Region(at)));
        }
        for (at, service) in (0u32..).zip(&self.services) {
            add(&service.name, &service.names, Target::Service(at));
        }
        for (at, group) in (0u32..).zip(&self.groups) {
            add(&group.name, &group.names, Target::Group(at));
        }
        for (at, outlet) in (0u32..).zip(&self.outlets) {
            add(&outlet.name, &outlet.names, Target::Outlet(at));
        }
        for (at, treaty) in (0u32..).zip(&self.treaties) {
            for name in std::iter::once(&treaty.name).chain(&treaty.names) {
                match name.strip_suffix('*') {
                    Some(generic) => add(generic, &[], Target::Treaty(at, true)),
                    None => add(name, &[], Target::Treaty(at, false)),
                }
            }
        }
        for (at, agent) in (0u32..).zip(&self.agents) {
            self.agent_index.add(agent, at);
        }
    }
}

/// Reads one table, or all tables of a folder, with what layers put over it.
fn read<T>(
    tables: &[Given<'_>],
    wanted: &str,
    columns: &'static [&'static str],
    key: &[&str],
    problems: &RefCell<Vec<Problem>>,
    from_row: impl Fn(&Row<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let is_it = |file: &str| if wanted.ends_with('/') { file.starts_with(wanted) } else { file == wanted };
    let tables: Vec<Given<'_>> = tables.iter().filter(|given| is_it(given.file)).copied().collect();
    if tables.iter().any(|given| given.layer > 0) {
        return layer::merged(&tables, columns, key, problems, from_row);
    }
    let mut out = Vec::new();
    for given in tables {
        given.table(columns).read(problems, |row| out.extend(from_row(&row)));
    }
    out
}

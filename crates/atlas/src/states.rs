//! States: names, demonyms, capitals, seats of power, and how their people's names are ordered.

use crate::Period;
use crate::table::Row;
use record::Sector;

pub(crate) const COLUMNS: &[&str] = &[
    "iso3", "iso2", "cow", "name", "official", "capital", "lat", "lon", "geonames", "demonyms", "names",
    "seats", "from", "to", "status", "note",
];

/// How a state stands to the United Nations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Member of the United Nations.
    UnMember,
    /// Observer state.
    Observer,
    /// Acts as a state; other states dispute that it is one. `contested_by` names them.
    Contested,
    /// A territory with its own government under a state; `under` names that state.
    Territory,
    /// Exists no longer.
    Historical,
}

/// Which part of a person's name stands alone in news about this state's people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameOrder {
    /// The last word (*Macron*).
    #[default]
    FamilyLast,
    /// The first word (*Kim Jong Un*: *Kim*).
    FamilyFirst,
    /// Either: people use a Western first name or none (*Carrie Lam*, *Tung Chee-hwa*).
    Either,
    /// The first word, which is a given name (*Abiy Ahmed*: *Abiy*), or the last.
    Given,
    /// Only the full name (*Min Aung Hlaing*).
    Whole,
}

/// A seat of power that stands for its state: a building, a street, a town.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The name, such as `Kremlin`.
    pub name: String,
    /// The sector it stands for, where it stands for one.
    pub sector: Option<Sector>,
}

/// A state, or an entity that acts as one.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// ISO 3166-1 alpha-3, or a user-assigned code (`XKA`…) where ISO has none.
    pub iso3: String,
    /// ISO 3166-1 alpha-2.
    pub iso2: Option<String>,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Short name, as news writes it.
    pub name: String,
    /// Official name.
    pub official: String,
    /// Capital, then its other spellings.
    pub capital: Vec<String>,
    /// Degrees north of a point in the middle of the territory.
    pub lat: Option<f64>,
    /// Degrees east of that point.
    pub lon: Option<f64>,
    /// GeoNames id of the country.
    pub geonames: Option<u32>,
    /// Adjectives and peoples, singular and plural.
    pub demonyms: Vec<String>,
    /// Other names: abbreviations, spellings, old names.
    pub names: Vec<String>,
    /// Seats of power besides the capital.
    pub seats: Vec<Seat>,
    /// When it existed; open for states that exist.
    pub period: Period,
    /// Standing.
    pub status: Status,
    /// What else bears its name, where its name is ambiguous.
    pub ambiguous: Option<String>,
    /// States that dispute its statehood or whose territory it is, or `many`.
    pub contested_by: Vec<String>,
    /// The state a territory belongs to.
    pub under: Option<String>,
    /// Whether its capital's name stands for its government in news.
    pub metonym: bool,
    /// Whether the head of government, not the head of state, is *the country's leader*.
    pub government_leads: bool,
    /// Name order of its people.
    pub name_order: NameOrder,
}

impl State {
    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let (iso3, name) = (row.text("iso3"), row.text("name"));
        if iso3.len() != 3 || !iso3.bytes().all(|b| b.is_ascii_uppercase()) {
            row.problem(format!("`{iso3}` is no ISO 3166-1 alpha-3 code"));
            return None;
        }
        if name.is_empty() {
            row.problem("a state needs a name".into());
            return None;
        }
        let status = match row.get("status") {
            "un_member" => Status::UnMember,
            "observer" => Status::Observer,
            "contested" => Status::Contested,
            "territory" => Status::Territory,
            "historical" => Status::Historical,
            other => {
                row.problem(format!(
                    "status `{other}` is none of un_member, observer, contested, territory, historical"
                ));
                return None;
            }
        };
        let mut state = Self {
            iso3,
            name,
            status,
            iso2: row.option("iso2"),
            cow: row.parse("cow"),
            official: row.text("official"),
            capital: row.list("capital"),
            lat: row.parse("lat"),
            lon: row.parse("lon"),
            geonames: row.parse("geonames"),
            demonyms: row.list("demonyms"),
            names: row.list("names"),
            seats: seats(row),
            period: row.period(),
            ambiguous: None,
            contested_by: Vec::new(),
            under: None,
            metonym: !matches!(status, Status::Territory | Status::Historical),
            government_leads: false,
            name_order: NameOrder::default(),
        };
        state.read_note(row);
        Some(state)
    }

    /// The note holds `key: value` pairs between semicolons.
    fn read_note(&mut self, row: &Row<'_, '_>) {
        for pair in row.get("note").split(';').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once(':').map_or((pair, ""), |(k, v)| (k.trim(), v.trim()));
            match key {
                "ambiguous" => self.ambiguous = Some(value.to_owned()),
                "contested_by" => self.contested_by = value.split(',').map(|v| v.trim().to_owned()).collect(),
                "under" => self.under = Some(value.to_owned()),
                "leader" => match value {
                    "head_of_government" => self.government_leads = true,
                    other => row.problem(format!("`leader: {other}`: write head_of_government or leave it out")),
                },
                "metonym" => self.metonym = value != "no",
                "people" => {
                    self.name_order = match value {
                        "family-first" => NameOrder::FamilyFirst,
                        "either" => NameOrder::Either,
                        "given" => NameOrder::Given,
                        "whole" => NameOrder::Whole,
                        other => {
                            row.problem(format!("`people: {other}`: write family-first, either, given or whole"));
                            NameOrder::default()
                        }
                    }
                }
                "see" => {}
                other => row.problem(format!(
                    "the note's `{other}` is none of ambiguous, contested_by, under, metonym, leader, people, see (write `key: value`)"
                )),
            }
        }
    }

    /// Whether it exists on `day`; without a day, whether it exists.
    pub fn exists(&self, day: Option<jiff::civil::Date>) -> bool {
        self.period.holds(day)
    }
}

fn seats(row: &Row<'_, '_>) -> Vec<Seat> {
    row.list("seats")
        .into_iter()
        .map(|item| match item.split_once('=') {
            None => Seat { name: item, sector: None },
            Some((name, code)) => {
                let sector = Sector::parse(code.trim());
                if sector.is_none() {
                    row.problem(format!("`{code}` is no sector in seat `{item}`"));
                }
                Seat { name: name.trim().to_owned(), sector }
            }
        })
        .collect()
}

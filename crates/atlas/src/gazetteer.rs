//! Places by name. The tables stay text; a row is read when somebody asks for it, so opening them costs nothing.

use crate::compiled::Compiled;
use crate::layer::Given;
use crate::place_index::{self, PlaceIndex};
use crate::table::Row;
use crate::{Problem, key};
use record::reading::{Place as Resolved, PlacePrecision};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;

pub(crate) const HAND_COLUMNS: &[&str] = &[
    "geonames",
    "name",
    "names",
    "lat",
    "lon",
    "country",
    "admin1",
    "admin2",
    "feature",
    "population",
    "note",
];
pub(crate) const COLUMNS: &[&str] =
    &["geonames", "name", "names", "lat", "lon", "country", "admin1", "admin2", "feature", "population"];

/// Longest place name, in words.
const LONGEST: usize = 7;

/// Mean radius of the Earth.
const EARTH_KM: f64 = 6371.0;

/// A place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'a> {
    /// GeoNames id, where it has one.
    pub geonames: Option<u32>,
    /// Canonical name.
    pub name: &'a str,
    /// Other names, separated by `|`.
    pub names: &'a str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166-1 alpha-3; empty for seas and regions across countries.
    pub country: &'a str,
    /// Name of the first-level unit; empty where it has none.
    pub admin1: &'a str,
    /// Name of the second-level unit; empty where it has none or none is known.
    pub admin2: &'a str,
    /// GeoNames feature code (`PPLC`, `ADM1`, `SEA`…), with or without its class (`P.PPLC`).
    pub feature: &'a str,
    /// Inhabitants; 0 where not known.
    pub population: u64,
    /// Remark; hand-written places only.
    pub note: &'a str,
    /// Whether the place was written by hand.
    pub by_hand: bool,
}

impl<'a> Place<'a> {
    pub(crate) fn from_line(line: &'a str, by_hand: bool) -> Option<Self> {
        let mut cells = line.split('\t').map(str::trim);
        let mut next = || cells.next().unwrap_or("");
        let (geonames, name, names) = (next().parse().ok(), next(), next());
        let (lat, lon) = (next().parse().ok()?, next().parse().ok()?);
        let (country, admin1, admin2, feature) = (next(), next(), next(), next());
        let population = next().parse().unwrap_or(0);
        let note = next();
        Some(Self {
            geonames,
            name,
            names,
            lat,
            lon,
            country,
            admin1,
            admin2,
            feature,
            population,
            note,
            by_hand,
        })
    }

    fn identities(&self) -> impl Iterator<Item = u64> + use<> {
        let id = self.geonames.map_or_else(String::new, |id| id.to_string());
        identities(&id, self.name, self.country, self.admin1)
    }

    /// Whether a bare word in a name that is no place's may be taken for it: a unit, a town of some size, or one written down
    /// by hand.
    pub fn is_known(&self) -> bool {
        self.by_hand
            || self.population >= 15_000
            || matches!(self.precision(), PlacePrecision::Admin1 | PlacePrecision::Admin2)
    }

    /// The feature code without its class: `PPLC`, `ADM1`.
    pub fn feature_code(&self) -> &'a str {
        self.feature.rsplit_once('.').map_or(self.feature, |(_, code)| code)
    }

    /// How exact a mention of this place is.
    pub fn precision(&self) -> PlacePrecision {
        match self.feature_code() {
            code if code.starts_with("PPL") || code == "P" || code == "city" => PlacePrecision::City,
            "ADM1" | "ADM1H" | "ADM1X" | "admin1" => PlacePrecision::Admin1,
            "ADM2" | "ADM3" | "ADM4" | "ADM5" | "ADM2H" | "ADM3H" | "ADMD" | "admin2" => {
                PlacePrecision::Admin2
            }
            code if code.starts_with("PCL") || code == "TERR" || code == "country" => PlacePrecision::Country,
            code if REGIONS.contains(&code) => PlacePrecision::Region,
            _ => PlacePrecision::Site,
        }
    }

    /// How likely the name means this place when nothing else is known. Comparable among the candidates of one name:
    /// the logarithm of the population, with a step up for capitals, provinces, countries and hand-written places.
    pub fn prior(&self) -> f64 {
        let step = match self.feature_code() {
            "PPLC" => 2.0,
            code if code.starts_with("PCL") => 2.0,
            "PPLA" => 0.5,
            "PPLX" => -1.0,
            _ if self.precision() == PlacePrecision::Region => 1.0,
            _ => 0.0,
        };
        // Somebody wrote it down because news speaks of it, however small it is; a unit's inhabitants say so themselves.
        let unit_known = self.precision() == PlacePrecision::Admin1 && self.population > 0;
        let hand = if self.by_hand && !unit_known { 3.0 } else { 0.0 };
        // A unit is as populous as all its towns; its bare name is more often its seat's.
        let unit = match self.precision() {
            PlacePrecision::Admin1 => -0.7,
            PlacePrecision::Admin2 => -1.0,
            _ => 0.0,
        };
        (self.population as f64 + 1.0).log10() + step + hand + unit
    }

    /// Kilometres between two places, along the great circle.
    pub fn kilometres_to(&self, other: &Place<'_>) -> f64 {
        let (p, q) = (self.lat.to_radians(), other.lat.to_radians());
        let turn = (self.lon - other.lon).to_radians();
        let h = ((p - q) / 2.0).sin().powi(2) + p.cos() * q.cos() * (turn / 2.0).sin().powi(2);
        2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
    }

    /// As the reading prints it.
    pub fn to_reading(&self) -> Resolved {
        let some = |text: &str| Some(text).filter(|t| !t.is_empty()).map(str::to_owned);
        Resolved {
            name: self.name.to_owned(),
            lat: Some(self.lat),
            lon: Some(self.lon),
            country: some(self.country),
            admin1: some(self.admin1),
            admin2: some(self.admin2),
            geonames: self.geonames,
            precision: self.precision(),
            confidence: 1.0,
            alternatives: Vec::new(),
            contested: None,
        }
    }
}

/// GeoNames features that are regions, seas, rivers, straits, mountains.
const REGIONS: &[&str] = &[
    "RGN", "RGNE", "RGNH", "AREA", "SEA", "OCN", "GULF", "BAY", "STRT", "STM", "LK", "CHN", "CNL", "ISL",
    "ISLS", "PEN", "MTS", "MT", "DSRT", "VAL", "PLN", "PLAT", "CAPE", "LCTY", "CST", "STRM", "RSV", "DLTA",
    "FRST", "region", "sea", "CONT", "ZN", "ZNB", "PLDR", "REEF", "RFS", "SHOL", "BNK", "ATOL", "PASS",
    "ARCH", "river", "island",
];

/// The place tables with their index, and over them those of layers.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    shipped: Stratum,
    layers: Vec<Stratum>,
    /// Gazetteers on disk: they add the places that the tables lack.
    compiled: Vec<Compiled>,
}

/// The place tables of one source, with the index laid out over exactly these texts.
#[derive(Debug)]
struct Stratum {
    tables: Vec<(bool, Cow<'static, str>)>,
    index: Cow<'static, [u8]>,
    /// Places of earlier strata that this one replaces or takes out; see [`identities`].
    hides: HashSet<u64>,
}

impl Stratum {
    /// The places that carry the name with this key.
    fn find(&self, key: &str) -> Vec<Place<'_>> {
        PlaceIndex::open(&self.index).find(key).filter_map(|position| self.at(position)).collect()
    }

    fn at(&self, position: u32) -> Option<Place<'_>> {
        let mut offset = position as usize;
        for (by_hand, text) in &self.tables {
            if offset < text.len() {
                return Place::from_line(text.get(offset..)?.lines().next()?, *by_hand);
            }
            offset -= text.len();
        }
        None
    }
}

impl Gazetteer {
    /// Tables as (name of the file, text), with an index laid out over exactly these texts.
    pub(crate) fn with_index(tables: Vec<(&str, Cow<'static, str>)>, index: Cow<'static, [u8]>) -> Self {
        let tables = tables.into_iter().map(|(file, text)| (file.ends_with("places.tsv"), text)).collect();
        Self {
            shipped: Stratum { tables, index, hides: HashSet::new() },
            layers: Vec::new(),
            compiled: Vec::new(),
        }
    }

    /// Lays out the index now.
    pub(crate) fn build(tables: Vec<(&str, Cow<'static, str>)>) -> Self {
        let texts: Vec<&str> = tables.iter().map(|(_, text)| text.as_ref()).collect();
        let index = place_index::build(&texts);
        Self::with_index(tables, Cow::Owned(index))
    }

    /// Puts the place tables of layers over what is there; each table's bad rows are left out and told.
    pub(crate) fn add(&mut self, tables: &[Given<'_>], problems: &mut Vec<Problem>) {
        let mut rest = tables;
        while let Some(layer) = rest.first().map(|given| given.layer) {
            let (own, others) = rest.split_at(rest.iter().take_while(|given| given.layer == layer).count());
            let told = RefCell::new(Vec::new());
            let mut hides = HashSet::new();
            let tables: Vec<(bool, Cow<'static, str>)> = own
                .iter()
                .map(|given| {
                    let columns = columns(given.file);
                    let mut text = columns.join("\t") + "\n";
                    given.table(columns).read(&told, |row| {
                        if row.removes() {
                            hides.extend(identities(
                                row.get("geonames"),
                                row.get("name"),
                                row.get("country"),
                                row.get("admin1"),
                            ));
                        } else if check(&row) {
                            hides.extend(identities(
                                row.get("geonames"),
                                row.get("name"),
                                row.get("country"),
                                row.get("admin1"),
                            ));
                            let cells: Vec<&str> = columns.iter().map(|column| row.get(column)).collect();
                            text += &cells.join("\t");
                            text.push('\n');
                        }
                    });
                    (given.file == "places.tsv", Cow::Owned(text))
                })
                .collect();
            let texts: Vec<&str> = tables.iter().map(|(_, text)| text.as_ref()).collect();
            let index = Cow::Owned(place_index::build(&texts));
            self.layers.push(Stratum { tables, index, hides });
            problems.extend(told.into_inner());
            rest = others;
        }
    }

    /// Adds a gazetteer on disk.
    pub(crate) fn add_compiled(&mut self, compiled: Compiled) {
        self.compiled.push(compiled);
    }

    /// Candidates for a key, the likeliest first.
    pub(crate) fn find(&self, key: &str) -> Vec<Place<'_>> {
        let mut found = self.shipped.find(key);
        for layer in &self.layers {
            found.retain(|place| !place.identities().any(|identity| layer.hides.contains(&identity)));
            found.extend(layer.find(key));
        }
        for compiled in &self.compiled {
            let known: HashSet<u32> = found.iter().filter_map(|place| place.geonames).collect();
            found.extend(
                compiled
                    .find(key)
                    .into_iter()
                    .filter(|place| place.geonames.is_none_or(|id| !known.contains(&id))),
            );
        }
        found.sort_by(|a, b| {
            b.prior().total_cmp(&a.prior()).then(a.geonames.cmp(&b.geonames)).then(a.country.cmp(b.country))
        });
        found
    }

    fn has(&self, key: &str) -> bool {
        if self.compiled.iter().any(|compiled| compiled.has(key)) {
            return true;
        }
        match self.layers.as_slice() {
            [] => PlaceIndex::open(&self.shipped.index).find(key).next().is_some(),
            _ => !self.find(key).is_empty(),
        }
    }

    /// The longest place name that starts at `words[i]`, which must begin with a capital: words used, candidates.
    pub(crate) fn find_at(&self, words: &[&str], i: usize) -> Option<(usize, Vec<Place<'_>>)> {
        let mut best = None;
        let mut phrase = String::new();
        let mut buffer = Vec::new();
        let mut count = 0;
        for (used, word) in words.get(i..)?.iter().enumerate() {
            buffer.clear();
            key::words_into(word, &mut buffer);
            if used == 0 && buffer.first().is_none_or(|w| !w.capital) {
                return None;
            }
            for word in &buffer {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                phrase.push_str(&word.folded);
                count += 1;
            }
            if count > LONGEST {
                break;
            }
            if !buffer.is_empty() && self.has(&phrase) {
                best = Some((used + 1, phrase.clone()));
            }
        }
        best.map(|(used, phrase)| (used, self.find(&phrase)))
    }

    /// Number of names.
    pub(crate) fn len(&self) -> usize {
        let strata = std::iter::once(&self.shipped).chain(&self.layers);
        let tables: usize = strata.map(|stratum| PlaceIndex::open(&stratum.index).len()).sum();
        tables + self.compiled.iter().map(Compiled::len).sum::<usize>()
    }
}

/// The columns of a place table.
pub(crate) fn columns(file: &str) -> &'static [&'static str] {
    if file == "places.tsv" { HAND_COLUMNS } else { COLUMNS }
}

/// By what a row of a layer finds the place it replaces: the GeoNames id, or name, country and first-level unit.
fn identities(geonames: &str, name: &str, country: &str, admin1: &str) -> impl Iterator<Item = u64> + use<> {
    let id =
        Some(geonames).filter(|id| !id.is_empty()).map(|id| key::hash_bytes(format!("#{id}").as_bytes()));
    let place = format!("{}\t{country}\t{}", key::key(name), key::key(admin1));
    let place = Some(place).filter(|_| !name.is_empty()).map(|place| key::hash_bytes(place.as_bytes()));
    id.into_iter().chain(place)
}

/// Says what is wrong with a row; whether the place can be used all the same.
pub(crate) fn check(row: &Row<'_, '_>) -> bool {
    let mut good = coordinates(row);
    let country = row.get("country");
    if !country.is_empty() && country.split('|').any(|c| c.len() != 3) {
        row.problem(format!("`{country}` is no ISO 3166-1 alpha-3 code"));
        good = false;
    }
    if row.get("name").is_empty() {
        row.problem("a place needs a name".into());
        good = false;
    }
    good
}

/// Says which of `lat` and `lon` is none; whether both are good.
pub(crate) fn coordinates(row: &Row<'_, '_>) -> bool {
    let mut good = true;
    for (column, limit) in [("lat", 90.0), ("lon", 180.0)] {
        match row.get(column).parse::<f64>() {
            Ok(degrees) if degrees.abs() <= limit => {}
            _ => {
                row.problem(format!("`{}` is no `{column}`", row.get(column)));
                good = false;
            }
        }
    }
    good
}

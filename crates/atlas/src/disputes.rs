//! Places whose sovereignty or control is disputed: who administers, who claims. The table takes no side, nor does this.

use crate::gazetteer::Place;
use crate::table::Row;
use crate::{Period, key};
use jiff::civil::Date;
use record::reading::{Contested, PlacePrecision};

pub(crate) const COLUMNS: &[&str] =
    &["id", "name", "names", "administers", "claims", "within", "status", "from", "to", "source", "note"];

/// The kinds of dispute.
pub(crate) const STATUSES: &[&str] =
    &["annexed", "occupied", "separatist", "partitioned", "claimed", "dispute", "disengaged", "settled"];

/// A disputed area.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// Stable id.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// Other names, each side's among them.
    pub names: Vec<String>,
    /// Who administers it: ISO 3166-1 alpha-3, or the name of whoever does.
    pub administers: Vec<String>,
    /// Who claims it.
    pub claims: Vec<String>,
    /// The kind of dispute.
    pub status: String,
    /// Since when, and until when.
    pub period: Period,
    /// The public record.
    pub source: Option<String>,
    /// The matter in a sentence.
    pub note: Option<String>,
    within: Vec<Within>,
    keys: Vec<String>,
}

/// How a place is known to lie inside.
#[derive(Clone, Debug, PartialEq)]
enum Within {
    /// Everything the gazetteer lists under this country.
    Country(String),
    /// Everything in this first-level unit of this country.
    Unit(String, String),
    /// Everything inside this ring of (degrees north, degrees east).
    Ring(Vec<(f64, f64)>),
}

impl Within {
    fn parse(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("country", iso3)) if iso3.len() == 3 => Ok(Self::Country(iso3.to_owned())),
            Some(("admin1", unit)) => match unit.split_once('/') {
                Some((country, name)) => Ok(Self::Unit(country.to_owned(), name.to_owned())),
                None => Err(format!("`{text}` must be `admin1:XXX/Name of the unit`")),
            },
            Some(("ring", ring)) => {
                let corner = |corner: &str| {
                    let (lat, lon) = corner.trim().split_once(' ')?;
                    Some((lat.parse::<f64>().ok()?, lon.trim().parse::<f64>().ok()?))
                };
                let corners: Option<Vec<(f64, f64)>> = ring.split(',').map(corner).collect();
                let good = |c: &Vec<(f64, f64)>| {
                    c.len() > 2 && c.iter().all(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0)
                };
                corners.filter(good).map(Self::Ring).ok_or_else(|| {
                    format!(
                        "`{text}` must be `ring:` and three corners or more, each `north east` in degrees"
                    )
                })
            }
            _ => Err(format!("`{text}` is neither `country:`, `admin1:` nor `ring:`")),
        }
    }

    fn holds(&self, country: &str, admin1: &str, lat: f64, lon: f64) -> bool {
        match self {
            Self::Country(iso3) => country == iso3,
            Self::Unit(iso3, unit) => country == iso3 && admin1 == unit,
            Self::Ring(corners) => inside(corners, lat, lon),
        }
    }
}

/// Whether a point lies inside a ring: the even-odd rule.
fn inside(corners: &[(f64, f64)], lat: f64, lon: f64) -> bool {
    let mut odd = false;
    let mut before = match corners.last() {
        Some(last) => *last,
        None => return false,
    };
    for corner in corners {
        let (a, b) = (before, *corner);
        if (a.0 > lat) != (b.0 > lat) && lon < (b.1 - a.1) * (lat - a.0) / (b.0 - a.0) + a.1 {
            odd = !odd;
        }
        before = b;
    }
    odd
}

impl Dispute {
    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let (id, name) = (row.text("id"), row.text("name"));
        if id.is_empty() || name.is_empty() {
            row.problem("a disputed area needs an id and a name".into());
            return None;
        }
        let status = row.text("status");
        if !STATUSES.contains(&status.as_str()) {
            row.problem(format!("`{status}` is no status; it must be one of {}", STATUSES.join(", ")));
        }
        let mut within = Vec::new();
        for text in row.list("within") {
            match Within::parse(&text) {
                Ok(one) => within.push(one),
                Err(message) => row.problem(message),
            }
        }
        let names = row.list("names");
        let keys = std::iter::once(&name).chain(&names).map(|name| key::key(name)).collect();
        Some(Self {
            id,
            name,
            names,
            administers: row.list("administers"),
            claims: row.list("claims"),
            status,
            period: row.period(),
            source: row.option("source"),
            note: row.option("note"),
            within,
            keys,
        })
    }

    /// Whether the dispute stands on a day; without a day, whether it stands now.
    fn stands(&self, on: Option<Date>) -> bool {
        self.status != "settled" && self.period.holds(on)
    }

    fn concerns(&self, place: &Place<'_>) -> bool {
        // A country is not disputed for a part of it that is; its own name or code must be.
        let whole = place.precision() == PlacePrecision::Country;
        // A region or province by its name; a town of that name may lie anywhere.
        let wide = matches!(place.precision(), PlacePrecision::Region | PlacePrecision::Admin1);
        let named = || wide && self.keys.iter().any(|name| *name == key::key(place.name));
        let held = |within: &Within| match within {
            Within::Ring(_) if whole => false,
            within => within.holds(place.country, place.admin1, place.lat, place.lon),
        };
        self.within.iter().any(held) || named()
    }

    /// As a reading prints it.
    pub fn to_reading(&self) -> Contested {
        Contested {
            area: self.name.clone(),
            administers: self.administers.clone(),
            claims: self.claims.clone(),
            status: self.status.clone(),
            note: self.note.clone(),
        }
    }
}

/// The narrowest dispute that concerns a place on a day: rows further up in the table go first among equals.
pub(crate) fn at<'d>(disputes: &'d [Dispute], place: &Place<'_>, on: Option<Date>) -> Option<&'d Dispute> {
    disputes.iter().find(|dispute| dispute.stands(on) && dispute.concerns(place))
}

/// The dispute over everything a state stands for.
pub(crate) fn over<'d>(disputes: &'d [Dispute], iso3: &str, on: Option<Date>) -> Option<&'d Dispute> {
    let whole = |within: &Within| matches!(within, Within::Country(country) if country == iso3);
    disputes.iter().find(|dispute| dispute.stands(on) && dispute.within.iter().any(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_holds_what_lies_inside() {
        let square = [(0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0)];
        assert!(inside(&square, 5.0, 5.0));
        assert!(!inside(&square, 5.0, 11.0));
        assert!(!inside(&square, -1.0, 5.0));
        assert!(!inside(&[], 0.0, 0.0));
    }
}

//! Armed groups, parties to conflicts, movements.

use crate::Period;
use crate::table::Row;
use record::Sector;

pub(crate) const COLUMNS: &[&str] =
    &["id", "name", "names", "countries", "sector", "code", "from", "to", "note"];

/// An armed group, a party or a movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Stable id.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Other names and abbreviations.
    pub names: Vec<String>,
    /// States where it acts, home first.
    pub countries: Vec<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Actor code of the CAMEO family.
    pub code: Option<String>,
    /// When it is active.
    pub period: Period,
    /// Remark.
    pub note: String,
}

impl Group {
    /// The state it is of: its only one, or the one that its code names among several. None for a movement across states.
    pub fn home(&self) -> Option<&str> {
        let coded = self.code.as_deref().unwrap_or_default();
        match self.countries.as_slice() {
            [one] => Some(one),
            several => several.iter().map(String::as_str).find(|country| coded.starts_with(country)),
        }
    }

    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let (id, name) = (row.text("id"), row.text("name"));
        if id.is_empty() || name.is_empty() {
            row.problem("a group needs an id and a name".into());
            return None;
        }
        Some(Self {
            id,
            name,
            names: row.list("names"),
            countries: row.list("countries"),
            sector: row.sector("sector"),
            code: row.option("code"),
            period: row.period(),
            note: row.text("note"),
        })
    }
}

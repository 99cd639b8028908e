//! Armed services, intelligence and security services, police forces.

use crate::table::Row;
use record::Sector;

pub(crate) const COLUMNS: &[&str] = &["country", "sector", "name", "names"];

/// A service of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// ISO 3166-1 alpha-3.
    pub country: String,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Canonical name.
    pub name: String,
    /// Other names.
    pub names: Vec<String>,
}

impl Service {
    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let name = row.text("name");
        if name.is_empty() {
            row.problem("a service needs a name".into());
            return None;
        }
        Some(Self {
            country: row.text("country"),
            sector: row.sector("sector"),
            name,
            names: row.list("names"),
        })
    }
}

//! Regions and groups of states that news speaks of as one, so that *South American* is not read as *American*.

use crate::table::Row;

pub(crate) const COLUMNS: &[&str] = &["id", "name", "names", "demonyms", "members"];

/// A region or group of states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Stable id.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Other names.
    pub names: Vec<String>,
    /// Adjectives and peoples.
    pub demonyms: Vec<String>,
    /// States that belong to it, where the list is settled.
    pub members: Vec<String>,
}

impl Region {
    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let (id, name) = (row.text("id"), row.text("name"));
        if id.is_empty() || name.is_empty() {
            row.problem("a region needs an id and a name".into());
            return None;
        }
        Some(Self {
            id,
            name,
            names: row.list("names"),
            demonyms: row.list("demonyms"),
            members: row.list("members"),
        })
    }
}

//! News outlets and agencies: country, kind, and who controls and owns them.

use crate::table::Row;

pub(crate) const COLUMNS: &[&str] = &["id", "name", "names", "country", "kind", "control", "owner", "domain"];

/// An outlet or agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// Stable id.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Other names and abbreviations.
    pub names: Vec<String>,
    /// ISO 3166-1 alpha-3 of its home.
    pub country: Option<String>,
    /// Agency, newspaper, broadcaster, ….
    pub kind: String,
    /// State, public, private, ….
    pub control: String,
    /// Owner.
    pub owner: Option<String>,
    /// Internet domains.
    pub domain: Vec<String>,
}

impl Outlet {
    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let (id, name) = (row.text("id"), row.text("name"));
        if id.is_empty() || name.is_empty() {
            row.problem("an outlet needs an id and a name".into());
            return None;
        }
        Some(Self {
            id,
            name,
            names: row.list("names"),
            country: row.option("country"),
            kind: row.text("kind"),
            control: row.text("control"),
            owner: row.option("owner"),
            domain: row.list("domain"),
        })
    }

    /// Whether the state runs it.
    pub fn is_state_run(&self) -> bool {
        self.control.starts_with("state")
    }
}

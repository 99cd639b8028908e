//! Short names that mean a state only where the article is about it: *the North* of Korea, *the mainland*.

use crate::table::Row;

pub(crate) const COLUMNS: &[&str] = &["name", "country", "needs"];

/// A short name of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// The name as it is written behind *the*, capitals and all.
    pub name: String,
    /// The state it means: ISO 3166-1 alpha-3.
    pub country: String,
    /// States of which the article must name one otherwise.
    pub needs: Vec<String>,
}

impl Short {
    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let (name, country, needs) = (row.text("name"), row.text("country"), row.list("needs"));
        if name.is_empty() || country.is_empty() || needs.is_empty() {
            row.problem("a short name needs a name, a state and a state that the article must name".into());
            return None;
        }
        Some(Self { name, country, needs })
    }
}

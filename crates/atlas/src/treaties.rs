//! What a text may call a treaty.

use crate::Period;
use crate::table::Row;
use jiff::civil::Date;

pub(crate) const COLUMNS: &[&str] = &["id", "name", "names", "parties", "signed", "in_force", "ended"];

/// A treaty or agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Treaty {
    /// Stable id, such as `prk-rus-2024`.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Other names. Those that end in `*` are generic: they mean this treaty only near two
    /// of its parties.
    pub names: Vec<String>,
    /// Parties: states by ISO code, or bodies by id.
    pub parties: Vec<String>,
    /// Day of signature (the first day of a partial date).
    pub signed: Option<Date>,
    /// From entry into force to its end. Open at the start where it has not entered into force.
    pub in_force: Period,
    /// Whether it has entered into force at all.
    pub entered: bool,
}

impl Treaty {
    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let (id, name) = (row.text("id"), row.text("name"));
        if id.is_empty() || name.is_empty() {
            row.problem("a treaty needs an id and a name".into());
            return None;
        }
        let signed = crate::period::day(row.get("signed"), false).unwrap_or_else(|message| {
            row.problem(message);
            None
        });
        let in_force = Period::parse(row.get("in_force"), row.get("ended")).unwrap_or_else(|message| {
            row.problem(message);
            Period::default()
        });
        let entered = in_force.from.is_some();
        Some(Self {
            id,
            name,
            names: row.list("names"),
            parties: row.list("parties"),
            signed,
            in_force,
            entered,
        })
    }

    /// Whether it binds its parties on `day`.
    pub fn binds(&self, day: Date) -> bool {
        self.entered && self.in_force.contains(day)
    }

    /// Whether `party` (an ISO code or a body's id) is a party.
    pub fn has_party(&self, party: &str) -> bool {
        self.parties.iter().any(|p| p == party)
    }
}

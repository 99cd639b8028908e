//! International bodies: organisations, alliances, courts, agencies, banks, groupings and missions, with their
//! members by date.

use crate::Period;
use crate::table::Row;
use jiff::civil::Date;
use record::Sector;

pub(crate) const COLUMNS: &[&str] =
    &["id", "name", "names", "kind", "code", "sector", "seat", "members", "from", "to"];

const KINDS: &[&str] = &["igo", "alliance", "court", "agency", "bank", "grouping", "mission", "ngo"];

/// A state's membership in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member state.
    pub iso3: String,
    /// From when to when; open where it is a member since the founding.
    pub period: Period,
}

/// An international body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Stable id in upper case, such as `NATO`.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Other names and abbreviations.
    pub names: Vec<String>,
    /// One of `igo`, `alliance`, `court`, `agency`, `bank`, `grouping`, `mission`, `ngo`.
    pub kind: String,
    /// Actor code of the CAMEO family, such as `IGONATO`.
    pub code: String,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// State that hosts it.
    pub seat: Option<String>,
    /// Members; empty where the atlas does not keep them.
    pub members: Vec<Member>,
    /// When it exists.
    pub period: Period,
}

impl Body {
    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let (id, name, kind) = (row.text("id"), row.text("name"), row.text("kind"));
        let good = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
        if id.is_empty() || !id.bytes().all(good) {
            row.problem(format!("`{id}` is no id; ids are upper-case letters, digits and `_`"));
            return None;
        }
        if name.is_empty() {
            row.problem("a body needs a name".into());
            return None;
        }
        if !KINDS.contains(&kind.as_str()) {
            row.problem(format!("kind `{kind}` is none of {}", KINDS.join(", ")));
        }
        let members = row.list("members").iter().filter_map(|item| member(row, item)).collect();
        Some(Self {
            id,
            name,
            names: row.list("names"),
            kind,
            code: row.text("code"),
            sector: row.sector("sector"),
            seat: row.option("seat"),
            members,
            period: row.period(),
        })
    }

    /// Members on `day`; without a day, present members.
    pub fn members_on(&self, day: Option<Date>) -> impl Iterator<Item = &str> {
        self.members.iter().filter(move |m| m.period.holds(day)).map(|m| m.iso3.as_str())
    }

    /// Whether `iso3` is a member on `day`; without a day, at present.
    pub fn has_member(&self, iso3: &str, day: Option<Date>) -> bool {
        self.members_on(day).any(|member| member == iso3)
    }
}

/// `FRA`, `FIN:2023-04-04..`, `GBR:1973..2020-01-31`.
fn member(row: &Row<'_, '_>, item: &str) -> Option<Member> {
    let Some((iso3, range)) = item.split_once(':') else {
        return Some(Member { iso3: item.to_owned(), period: Period::default() });
    };
    match Period::parse_range(range) {
        Ok(period) => Some(Member { iso3: iso3.to_owned(), period }),
        Err(message) => {
            row.problem(format!("member `{item}`: {message}"));
            None
        }
    }
}

//! What the three-letter parts of CAMEO actor codes stand for: for dictionaries of other coders ([`super::petrarch`]).

use super::{files::Files, problem::Problem, table};
use record::Sector;
use std::collections::BTreeMap;

/// What a part of an actor code, or a whole one, stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActorCode {
    /// A sector of PLOVER, with what a person of it is called where nothing says more.
    Sector(Sector, String),
    /// A state that CAMEO writes otherwise than ISO 3166-1: its alpha-3 code.
    State(String),
    /// An international body, by its id in the atlas.
    Body(String),
    /// A region, by its name.
    Region(String),
    /// A creed or a school of it, by the name of its people.
    Creed(String),
    /// A people, by its name.
    People(String),
    /// A trait that changes no sector (*moderate*, *radical*).
    Trait,
}

/// The codes.
#[derive(Debug, Default)]
pub struct ActorCodes(BTreeMap<String, ActorCode>);

impl ActorCodes {
    pub(super) fn read(files: &Files<'_>, problems: &mut Vec<Problem>) -> Self {
        let columns = ["code", "what", "value", "person", "note"];
        let rows = table::rows(files, "lexicon/actor-codes.tsv", &columns, 1, problems, parse);
        let mut codes = BTreeMap::new();
        for (row, code) in rows {
            if codes.insert(row.cell(0).to_owned(), code).is_some() {
                problems.push(row.problem(format!("`{}` is listed twice", row.cell(0))));
            }
        }
        Self(codes)
    }

    /// What `code` stands for; `None` for codes of states as ISO has them, and for unknown ones.
    pub fn get(&self, code: &str) -> Option<&ActorCode> {
        self.0.get(code)
    }
}

fn parse(row: &table::Row<'_>) -> Result<ActorCode, String> {
    let code = row.cell(0);
    if code.len() < 3 || !code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return Err(format!("`{code}` is no code; write capitals, three or more"));
    }
    let value = row.cell(2).to_owned();
    if value.is_empty() && row.cell(1) != "trait" {
        return Err(format!("`{code}` says nothing of what it stands for"));
    }
    Ok(match row.cell(1) {
        "sector" => {
            let sector = Sector::parse(&value).ok_or_else(|| format!("`{value}` is no sector"))?;
            ActorCode::Sector(sector, row.cell(3).to_owned())
        }
        "state" => ActorCode::State(value),
        "body" => ActorCode::Body(value),
        "region" => ActorCode::Region(value),
        "creed" => ActorCode::Creed(value),
        "people" => ActorCode::People(value),
        "trait" => ActorCode::Trait,
        other => {
            return Err(format!("`{other}` is none of sector, state, body, region, creed, people, trait"));
        }
    })
}

//! Checks the tables: what a row alone cannot know.

use crate::gazetteer::{COLUMNS, HAND_COLUMNS};
use crate::load::{self, Atlas};
use crate::table::Table;
use crate::{Problem, bodies, key, leaders, states, treaties};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// All problems of the tables compiled into the program, by file and line.
pub fn lint() -> Vec<Problem> {
    lint_tables(&load::embedded_tables())
}

/// All problems of these tables, given as (file inside `data/atlas`, text).
pub fn lint_tables(tables: &[(&str, &str)]) -> Vec<Problem> {
    let atlas = match Atlas::from_tables(tables) {
        Ok(atlas) => atlas,
        Err(error) => {
            return vec![Problem { file: "states.tsv".into(), line: 1, message: error.to_string() }];
        }
    };
    let problems = RefCell::new(atlas.problems().to_vec());
    for (file, text) in tables {
        let check = Check { atlas: &atlas, file, text, problems: &problems };
        match *file {
            "states.tsv" => check.states(),
            "bodies.tsv" => check.bodies(),
            "treaties.tsv" => check.treaties(),
            "regions.tsv" => check.column(crate::regions::COLUMNS, "members", "id"),
            "services.tsv" => check.column(crate::services::COLUMNS, "country", "name"),
            "groups.tsv" => check.column(crate::groups::COLUMNS, "countries", "id"),
            "outlets.tsv" => check.column(crate::outlets::COLUMNS, "country", "id"),
            "agents.tsv" => check.column(crate::agents::COLUMNS, "country", "noun"),
            "places.tsv" => check.places(HAND_COLUMNS),
            "gazetteer.tsv" => check.places(COLUMNS),
            file if file.starts_with("leaders/") => check.leaders(),
            _ => problems.borrow_mut().push(Problem {
                file: (*file).into(),
                line: 1,
                message: "no such table in the atlas; see data/README.md".into(),
            }),
        }
    }
    let mut problems = problems.into_inner();
    problems.sort();
    problems.dedup();
    problems
}

struct Check<'a> {
    atlas: &'a Atlas,
    file: &'a str,
    text: &'a str,
    problems: &'a RefCell<Vec<Problem>>,
}

impl Check<'_> {
    fn known(&self, party: &str) -> bool {
        self.atlas.state(party).is_some() || self.atlas.body(party).is_some()
    }

    /// Every id once.
    fn unique(&self, seen: &mut BTreeMap<String, usize>, id: &str, line: usize) {
        let first = *seen.entry(id.to_owned()).or_insert(line);
        if first != line {
            let message = format!("`{id}` stands in line {first} already");
            self.problem(line, message);
        }
    }

    fn table(&self, columns: &'static [&'static str]) -> Table<'_> {
        Table::new(self.file, self.text, columns)
    }

    /// `column` lists known states or bodies; `id` is unique within its country.
    fn column(&self, columns: &'static [&'static str], column: &'static str, id: &'static str) {
        let mut seen = BTreeMap::new();
        let by_name = id == "name";
        self.table(columns).read(&RefCell::default(), |row| {
            for party in row.list(column) {
                if !self.known(&party) {
                    self.problem(row.line, format!("`{party}` is no state or body of the atlas"));
                }
            }
            let own = if by_name { format!("{} {}", row.get(column), row.get(id)) } else { row.text(id) };
            self.unique(&mut seen, &own, row.line);
        });
    }

    fn problem(&self, line: usize, message: String) {
        self.problems.borrow_mut().push(Problem { file: self.file.into(), line, message });
    }

    fn states(&self) {
        let mut ids = BTreeMap::new();
        let mut names: BTreeMap<String, (usize, bool)> = BTreeMap::new();
        self.table(states::COLUMNS).read(&RefCell::default(), |row| {
            self.unique(&mut ids, row.get("iso3"), row.line);
            self.coordinates(&row);
            let excused = row.get("note").contains("ambiguous:") || row.get("status") == "historical";
            for name in std::iter::once(row.text("name")).chain(row.list("names")) {
                let (line, first_excused) = *names.entry(key::key(&name)).or_insert((row.line, excused));
                if line != row.line && !(excused && first_excused) {
                    let message = format!(
                        "`{name}` names the state of line {line} too; say `ambiguous: …` in both notes"
                    );
                    self.problem(row.line, message);
                }
            }
        });
    }

    fn coordinates(&self, row: &crate::table::Row<'_, '_>) {
        for (column, limit) in [("lat", 90.0), ("lon", 180.0)] {
            match row.get(column).parse::<f64>() {
                Ok(degrees) if degrees.abs() <= limit => {}
                _ => self.problem(row.line, format!("`{}` is no `{column}`", row.get(column))),
            }
        }
    }

    fn bodies(&self) {
        let mut ids = BTreeMap::new();
        self.table(bodies::COLUMNS).read(&RefCell::default(), |row| {
            self.unique(&mut ids, row.get("id"), row.line);
            if self.atlas.state(row.get("id")).is_some() {
                self.problem(row.line, format!("`{}` is the code of a state", row.get("id")));
            }
            let members = row.list("members");
            let members = members.iter().map(|m| m.split(':').next().unwrap_or(m).to_owned());
            for party in members.chain(row.option("seat")) {
                if !self.known(&party) {
                    self.problem(row.line, format!("`{party}` is no state or body of the atlas"));
                }
            }
        });
    }

    fn treaties(&self) {
        let mut ids = BTreeMap::new();
        self.table(treaties::COLUMNS).read(&RefCell::default(), |row| {
            self.unique(&mut ids, row.get("id"), row.line);
            for party in row.list("parties") {
                if !self.known(&party) {
                    self.problem(row.line, format!("party `{party}` is no state or body of the atlas"));
                }
            }
            if row.list("names").iter().any(|name| name.ends_with('*')) && row.list("parties").len() < 2 {
                self.problem(row.line, "a generic name (`*`) needs two parties or more".into());
            }
        });
    }

    fn leaders(&self) {
        self.table(leaders::COLUMNS).read(&RefCell::default(), |row| {
            let country = row.get("country");
            if !self.known(country) {
                self.problem(row.line, format!("`{country}` is no state or body of the atlas"));
            }
        });
    }

    fn places(&self, columns: &'static [&'static str]) {
        self.table(columns).read(self.problems, |row| {
            self.coordinates(&row);
            let country = row.get("country");
            if !country.is_empty() && country.split('|').any(|c| c.len() != 3) {
                self.problem(row.line, format!("`{country}` is no ISO 3166-1 alpha-3 code"));
            }
            if row.get("name").is_empty() {
                self.problem(row.line, "a place needs a name".into());
            }
        });
    }
}

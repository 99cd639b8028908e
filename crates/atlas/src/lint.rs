//! Checks the tables: what a row alone cannot know.

use crate::gazetteer;
use crate::layer::{Given, LayerFile};
use crate::load::{self, Atlas};
use crate::table::Row;
use crate::{Problem, bodies, key, leaders, states, treaties};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

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
    let given: Vec<Given<'_>> = tables.iter().copied().map(Given::shipped).collect();
    check(&atlas, &given, atlas.problems().to_vec())
}

/// All problems of a user's layers over the shipped tables; those of the shipped tables are not told.
pub fn lint_layers(files: &[LayerFile]) -> Vec<Problem> {
    let given: Vec<Given<'_>> = files.iter().filter_map(Given::of).collect();
    match Atlas::with_layers(files) {
        Ok(atlas) => {
            let shown: BTreeSet<&str> = given.iter().map(|given| given.shown).collect();
            let own = atlas.problems().iter().filter(|problem| shown.contains(problem.file.as_str()));
            check(&atlas, &given, own.cloned().collect())
        }
        Err(error) => {
            vec![Problem { file: "data/atlas/states.tsv".into(), line: 1, message: error.to_string() }]
        }
    }
}

fn check(atlas: &Atlas, tables: &[Given<'_>], found: Vec<Problem>) -> Vec<Problem> {
    let problems = RefCell::new(found);
    for given in tables {
        let check = Check { atlas, given, problems: &problems };
        match given.file {
            "states.tsv" => check.states(),
            "bodies.tsv" => check.bodies(),
            "treaties.tsv" => check.treaties(),
            "regions.tsv" => check.column(crate::regions::COLUMNS, "members", "id"),
            "services.tsv" => check.column(crate::services::COLUMNS, "country", "name"),
            "groups.tsv" | "organizations.tsv" => check.column(crate::groups::COLUMNS, "countries", "id"),
            "outlets.tsv" => check.column(crate::outlets::COLUMNS, "country", "id"),
            "agents.tsv" => check.column(crate::agents::COLUMNS, "country", "noun"),
            "disputed.tsv" => check.column(crate::disputes::COLUMNS, "", "id"),
            "shorts.tsv" => check.column(crate::shorts::COLUMNS, "needs", "name"),
            "common.tsv" => check.column(crate::common::COLUMNS, "", "word"),
            "units.tsv" => check.column(crate::units::COLUMNS, "country", "unit"),
            "places.tsv" | "gazetteer.tsv" => check.places(),
            file if file.starts_with("leaders/") => check.leaders(),
            _ => problems.borrow_mut().push(Problem {
                file: given.shown.into(),
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
    given: &'a Given<'a>,
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

    /// Every row that adds something. What is wrong with a row by itself was told when the table was read.
    fn each(&self, columns: &'static [&'static str], mut each: impl FnMut(Row<'_, '_>)) {
        self.given.table(columns).read(&RefCell::default(), |row| {
            if !row.removes() {
                each(row);
            }
        });
    }

    /// `column` lists known states or bodies; `id` is unique within its country.
    fn column(&self, columns: &'static [&'static str], column: &'static str, id: &'static str) {
        let mut seen = BTreeMap::new();
        let by_name = matches!(id, "name" | "unit");
        self.each(columns, |row| {
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
        self.problems.borrow_mut().push(Problem { file: self.given.shown.into(), line, message });
    }

    fn states(&self) {
        let mut ids = BTreeMap::new();
        let mut names: BTreeMap<String, (usize, bool)> = BTreeMap::new();
        self.given.table(states::COLUMNS).read(self.problems, |row| {
            if !row.removes() {
                gazetteer::coordinates(&row);
            }
        });
        self.each(states::COLUMNS, |row| {
            self.unique(&mut ids, row.get("iso3"), row.line);
            let excused = row.get("note").contains("ambiguous:") || row.get("status") == "historical";
            for name in std::iter::once(row.text("name")).chain(row.list("names")) {
                let (line, first_excused) = *names.entry(key::key(&name)).or_insert((row.line, excused));
                if line != row.line && !(excused && first_excused) {
                    let message = format!(
                        "`{name}` names the state of line {line} too; say `ambiguous: …` in both notes"
                    );
                    self.problem(row.line, message);
                }
                if self.given.layer > 0 && !excused {
                    self.namesake(&name, &row);
                }
            }
        });
    }

    /// A name that a state of another table has too.
    fn namesake(&self, name: &str, row: &Row<'_, '_>) {
        for entry in self.atlas.named(name) {
            if let crate::Entry::State(state) = entry
                && state.iso3 != row.get("iso3")
                && state.ambiguous.is_none()
                && state.status != crate::Status::Historical
            {
                let message = format!("`{name}` names {} too; say `ambiguous: …` in the note", state.iso3);
                self.problem(row.line, message);
            }
        }
    }

    fn bodies(&self) {
        let mut ids = BTreeMap::new();
        self.each(bodies::COLUMNS, |row| {
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
        self.each(treaties::COLUMNS, |row| {
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
        self.each(leaders::COLUMNS, |row| {
            let country = row.get("country");
            if !self.known(country) {
                self.problem(row.line, format!("`{country}` is no state or body of the atlas"));
            }
        });
    }

    fn places(&self) {
        // Those of layers were told when they were read.
        if self.given.layer == 0 {
            self.given.table(gazetteer::columns(self.given.file)).read(self.problems, |row| {
                gazetteer::check(&row);
            });
        }
    }
}

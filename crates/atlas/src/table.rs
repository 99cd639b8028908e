//! Reads a table: tab-separated cells under a header line, `#` comments, `|` between the items of a list.
//!
//! A problem never stops the reading: the row is left out and the problem is kept with its file and line.

use crate::Problem;
use std::cell::RefCell;

/// Columns that a header may leave out: tables of users written before the column came. Their cells are empty.
const OPTIONAL: &[&str] = &["admin2"];

/// Puts a cell at each of these positions: that of `fill` at the same one, or its last.
fn insert<'t>(cells: &mut Vec<&'t str>, absent: &[usize], fill: &[&'t str]) {
    for at in absent {
        if *at <= cells.len() {
            cells.insert(*at, fill.get(*at).or(fill.last()).copied().unwrap_or(""));
        }
    }
}

/// A table being read.
pub struct Table<'t> {
    file: &'t str,
    text: &'t str,
    columns: &'static [&'static str],
    layered: bool,
}

/// One row, with its place for messages.
pub struct Row<'t, 'p> {
    /// File inside `data/atlas`.
    pub file: &'t str,
    /// Line, from 1.
    pub line: usize,
    cells: Vec<&'t str>,
    columns: &'static [&'static str],
    removes: bool,
    problems: &'p RefCell<Vec<Problem>>,
}

impl<'t> Table<'t> {
    /// A table that must have these columns in this order.
    pub fn new(file: &'t str, text: &'t str, columns: &'static [&'static str]) -> Self {
        Self { file, text, columns, layered: false }
    }

    /// Whether the table is part of a layer, where a row that starts with `!` takes an earlier row out.
    pub fn layered(self, layered: bool) -> Self {
        Self { layered, ..self }
    }

    /// Calls `each` with every row that has the right number of cells; trailing empty cells may be left out.
    pub fn read<'p>(&self, problems: &'p RefCell<Vec<Problem>>, mut each: impl FnMut(Row<'t, 'p>)) {
        let problem = |line: usize, message: String| {
            problems.borrow_mut().push(Problem { file: self.file.into(), line, message });
        };
        let mut seen_header = false;
        let mut absent: Vec<usize> = Vec::new();
        for (number, line) in self.text.lines().enumerate() {
            let number = number + 1;
            let line = if number == 1 { line.trim_start_matches('\u{feff}') } else { line };
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let mut cells: Vec<&str> = line.split('\t').collect();
            if !seen_header {
                seen_header = true;
                let left_out = |column: &&str| OPTIONAL.contains(column) && !cells.contains(column);
                absent =
                    self.columns.iter().enumerate().filter(|(_, c)| left_out(c)).map(|(i, _)| i).collect();
                insert(&mut cells, &absent, self.columns);
                if cells != self.columns {
                    problem(number, format!("the header must be: {}", self.columns.join(", ")));
                    return;
                }
                continue;
            }
            if cells.len() + absent.len() > self.columns.len() {
                let columns = self.columns.len() - absent.len();
                problem(number, format!("{} cells, but the header has {columns}", cells.len()));
                continue;
            }
            insert(&mut cells, &absent, &[""]);
            let removes = self.layered && line.starts_with('!');
            if removes {
                cells[0] = &cells[0][1..];
            }
            if !removes && cells.len() + 1 < self.columns.len() && cells.len() * 2 < self.columns.len() {
                problem(number, format!("only {} cells of {}", cells.len(), self.columns.len()));
                continue;
            }
            cells.resize(self.columns.len(), "");
            each(Row { file: self.file, line: number, cells, columns: self.columns, removes, problems });
        }
        if !seen_header {
            problem(1, format!("no header line; it must be: {}", self.columns.join(", ")));
        }
    }
}

impl<'t> Row<'t, '_> {
    /// The cell under `column`, trimmed; a column that the table does not have is empty.
    pub fn get(&self, column: &str) -> &'t str {
        let at = self.columns.iter().position(|c| *c == column);
        at.and_then(|i| self.cells.get(i)).map_or("", |cell| cell.trim())
    }

    /// Whether the row of a layer takes an earlier row out instead of adding one.
    pub fn removes(&self) -> bool {
        self.removes
    }

    /// What makes two rows of different layers the same: the cells under `columns`, compared as names are.
    pub fn key(&self, columns: &[&str]) -> String {
        let cells: Vec<String> = columns.iter().map(|column| crate::key::key(self.get(column))).collect();
        cells.join("\t")
    }

    /// The cell as an owned string.
    pub fn text(&self, column: &str) -> String {
        self.get(column).to_owned()
    }

    /// The cell as an owned string, `None` when empty.
    pub fn option(&self, column: &str) -> Option<String> {
        Some(self.get(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// The items of a list cell; an empty item is a problem.
    pub fn list(&self, column: &str) -> Vec<String> {
        let cell = self.get(column);
        if cell.is_empty() {
            return Vec::new();
        }
        let items: Vec<&str> = cell.split('|').map(str::trim).collect();
        if items.iter().any(|item| item.is_empty()) {
            self.problem(format!("an empty item in `{column}`"));
        }
        items.into_iter().filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    /// The cell as a number or any other type that parses; a cell that does not parse is a problem.
    pub fn parse<T: std::str::FromStr>(&self, column: &str) -> Option<T> {
        let cell = self.get(column);
        if cell.is_empty() {
            return None;
        }
        let parsed = cell.parse().ok();
        if parsed.is_none() {
            self.problem(format!("`{cell}` is no value for `{column}`"));
        }
        parsed
    }

    /// The sector under `column`.
    pub fn sector(&self, column: &str) -> Option<record::Sector> {
        let cell = self.get(column);
        if cell.is_empty() {
            return None;
        }
        let sector = record::Sector::parse(cell);
        if sector.is_none() {
            self.problem(format!("`{cell}` is no sector"));
        }
        sector
    }

    /// The period in the columns `from` and `to`.
    pub fn period(&self) -> crate::Period {
        match crate::Period::parse(self.get("from"), self.get("to")) {
            Ok(period) => period,
            Err(message) => {
                self.problem(message);
                crate::Period::default()
            }
        }
    }

    /// Records a problem with this row.
    pub fn problem(&self, message: String) {
        self.problems.borrow_mut().push(Problem { file: self.file.into(), line: self.line, message });
    }
}

//! Reads the lexicon's tab-separated tables: a header line, `#` comments, one fact per line.

use super::{files::Files, problem::Problem};

/// One line of a table with its place.
pub(super) struct Row<'t> {
    pub(super) file: &'static str,
    pub(super) line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The cell in column `index`, without surrounding white space; empty where the line is short.
    pub(super) fn cell(&self, index: usize) -> &'t str {
        self.cells.get(index).map_or("", |cell| cell.trim())
    }

    /// The items of a `|` list.
    pub(super) fn list(&self, index: usize) -> impl Iterator<Item = &'t str> {
        self.cell(index).split('|').map(str::trim).filter(|item| !item.is_empty())
    }

    /// A problem with this line.
    pub(super) fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::new(self.file, self.line, message)
    }
}

/// The rows of table `name`, whose header must be `columns`. Short lines may leave out trailing cells.
pub(super) fn rows(
    files: &Files,
    name: &str,
    columns: &[&str],
    problems: &mut Vec<Problem>,
) -> Vec<Row<'static>> {
    let Some((file, text)) = files.under(name).next() else {
        problems.push(Problem::new(name, 0, "the file is missing"));
        return Vec::new();
    };
    let mut lines =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let header: Vec<&str> =
        lines.next().map(|(_, line)| line.split('\t').map(str::trim).collect()).unwrap_or_default();
    if header != columns {
        problems.push(Problem::new(file, 1, format!("the header must be {}", columns.join(", "))));
    }
    let mut rows = Vec::new();
    for (number, line) in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() > columns.len() {
            problems.push(Problem::new(
                file,
                number + 1,
                format!("{} cells where the header has {}", cells.len(), columns.len()),
            ));
        }
        rows.push(Row { file, line: number + 1, cells });
    }
    rows
}

//! Reads the lexicon's tab-separated tables: a header line, `#` comments, one fact per line.

use super::{
    files::{Files, Places},
    problem::Problem,
};

/// One line of a table with its place.
pub(super) struct Row<'t> {
    pub(super) file: &'t str,
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

    /// The first `columns` cells: what makes two rows of different layers the same.
    fn key(&self, columns: usize) -> String {
        (0..columns).map(|index| self.cell(index).to_lowercase()).collect::<Vec<_>>().join("\t")
    }
}

/// The rows of table `name`, whose header must be `columns`, with what `parse` makes of each; a row it refuses is left out
/// and told. Short lines may leave out trailing cells. A row of a layer takes the place of earlier layers' rows with the
/// same first `key` cells; with a `!` before it, it takes them out.
pub(super) fn rows<'a, T>(
    files: &Files<'a>,
    name: &str,
    columns: &[&str],
    key: usize,
    problems: &mut Vec<Problem>,
    parse: impl Fn(&Row<'a>) -> Result<T, String>,
) -> Vec<(Row<'a>, T)> {
    let mut rows: Vec<Option<(Row<'a>, T)>> = Vec::new();
    let mut places = Places::default();
    let layered = files.under(name).nth(1).is_some();
    let mut missing = true;
    for file in files.under(name) {
        missing = false;
        let lines = file.text.lines().enumerate();
        let mut lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let header: Vec<&str> =
            lines.next().map(|(_, line)| line.split('\t').map(str::trim).collect()).unwrap_or_default();
        if header != columns {
            let out = if file.layer > 0 { "; the file is left out" } else { "" };
            let message = format!("the header must be {}{out}", columns.join(", "));
            problems.push(Problem::new(file.shown, 1, message));
            if file.layer > 0 {
                continue;
            }
        }
        for (number, line) in lines {
            let removes = file.layer > 0 && line.starts_with('!');
            let cells: Vec<&str> = line[usize::from(removes)..].split('\t').collect();
            let row = Row { file: file.shown, line: number + 1, cells };
            if row.cells.len() > columns.len() {
                problems.push(row.problem(format!(
                    "{} cells where the header has {}",
                    row.cells.len(),
                    columns.len()
                )));
            }
            if removes {
                let own = row.key(key);
                let replaced = places.replaced(&own, file.layer);
                if replaced.is_empty() {
                    problems.push(row.problem("there is no such row to take out"));
                }
                replaced.iter().for_each(|at| rows[*at] = None);
                places.take_out(&own);
                continue;
            }
            match parse(&row) {
                Ok(parsed) => {
                    if layered {
                        let own = row.key(key);
                        places.replaced(&own, file.layer).iter().for_each(|at| rows[*at] = None);
                        places.put(own, file.layer, rows.len());
                    }
                    rows.push(Some((row, parsed)));
                }
                Err(message) => problems.push(row.problem(message)),
            }
        }
    }
    if missing {
        problems.push(Problem::new(&format!("data/{name}"), 0, "the file is missing"));
    }
    rows.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas::LayerFile;

    #[test]
    fn later_rows_take_the_place_of_earlier_ones() {
        let file = |layer, text: &str| LayerFile {
            layer,
            name: "lexicon/light.tsv".into(),
            shown: format!("my{layer}"),
            text: text.into(),
        };
        let layers = [
            file(1, "verb\taspect\texample\nCarry out\tplan\tx\n!suffer\nfrobnicate\tdo\tx\n"),
            file(2, "verb\taspect\texample\nfrobnicate\tend\tx\n!nothing\nfrobnicate\tbroken\n"),
            file(3, "verb\twrong\n!frobnicate\n"),
        ];
        let mut problems = Vec::new();
        let files = Files::new(&layers);
        let columns = ["verb", "aspect", "example"];
        let parse = |row: &Row<'_>| match row.cell(1) {
            "broken" => Err("broken".to_owned()),
            aspect => Ok(aspect.to_owned()),
        };
        let rows = rows(&files, "lexicon/light.tsv", &columns, 1, &mut problems, parse);
        let aspects = |verb: &str| -> Vec<&str> {
            let own = rows.iter().filter(|(row, _)| row.cell(0).eq_ignore_ascii_case(verb));
            own.map(|(_, aspect)| aspect.as_str()).collect()
        };
        assert_eq!(aspects("carry out"), ["plan"]);
        assert_eq!(aspects("frobnicate"), ["end"]);
        assert!(aspects("suffer").is_empty() && aspects("take").len() < 2);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].starts_with("my2:3: there is no such row") && told[1] == "my2:4: broken", "{told:?}");
        assert!(told[2].starts_with("my3:1: the header"), "{told:?}");
    }
}

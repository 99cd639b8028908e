//! Lines of a dictionary without comments: `#` and `;` to the end of the line, `<!-- … -->` over several.

use super::{Dictionary, report::Report};

/// Longer lines are no entries, in bytes.
const LONGEST: usize = 10_000;

/// A line that holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// From 1.
    pub number: usize,
    /// Without comments, control characters and surrounding white space; never empty.
    pub text: String,
    /// Whether white space stands before it.
    pub indented: bool,
    /// Whether an empty line or a comment stands right before it.
    pub after_gap: bool,
    /// Whether a comment of the older kind (`;`) stood behind it.
    pub old_style: bool,
}

/// The lines of a dictionary.
pub(super) fn read(dictionary: &Dictionary<'_>, report: &mut Report) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut inside, mut after_gap) = (false, true);
    for (number, raw) in dictionary.text.lines().enumerate() {
        let number = number + 1;
        let raw = if number == 1 { raw.trim_start_matches('\u{feff}') } else { raw };
        if raw.len() > LONGEST {
            let entry = report.open(dictionary.name, number, raw);
            report.not(entry, "the line is too long to be an entry", &format!("{} bytes", raw.len()));
            continue;
        }
        let marked = without_marked_comments(raw, &mut inside);
        let (code, old_style) = match marked.find(['#', ';']) {
            Some(at) => (&marked[..at], marked[at..].starts_with(';')),
            None => (marked.as_str(), false),
        };
        let text: String = code.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let trimmed = text.trim();
        if trimmed.is_empty() {
            after_gap = true;
            continue;
        }
        lines.push(Line {
            number,
            text: trimmed.to_owned(),
            indented: text.starts_with(char::is_whitespace),
            after_gap,
            old_style,
        });
        after_gap = false;
    }
    lines
}

/// The line without `<!-- … -->`; `inside` tells whether a comment is open at its start and then at its end.
fn without_marked_comments(line: &str, inside: &mut bool) -> String {
    let mut out = String::new();
    let mut rest = line;
    loop {
        if *inside {
            match rest.find("-->") {
                Some(end) => {
                    *inside = false;
                    rest = &rest[end + 3..];
                }
                None => return out,
            }
        }
        match rest.find("<!") {
            Some(start) => {
                out.push_str(&rest[..start]);
                *inside = true;
                rest = &rest[start..];
            }
            None => {
                out.push_str(rest);
                return out;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Kind, *};

    #[test]
    fn comments_and_gaps_are_seen() {
        let text = "A # one\n\n<!-- two\nthree -->B; four\n\t[C]\n# five\nD <!-- six --> E\n";
        let dictionary = Dictionary { name: "d", text, kind: Kind::Actors };
        let lines = read(&dictionary, &mut Report::default());
        let seen: Vec<(usize, &str, bool)> =
            lines.iter().map(|line| (line.number, line.text.as_str(), line.after_gap)).collect();
        assert_eq!(seen, [(1, "A", true), (4, "B", true), (5, "[C]", false), (7, "D  E", true)]);
        assert!(lines[1].old_style && lines[2].indented && !lines[3].old_style);
    }

    #[test]
    fn lines_without_end_are_told() {
        let text = format!("A\n{}\nB", "x".repeat(LONGEST + 1));
        let mut report = Report::default();
        let lines = read(&Dictionary { name: "d", text: &text, kind: Kind::Verbs }, &mut report);
        assert_eq!((lines.len(), report.into_entries().len()), (2, 1));
    }
}

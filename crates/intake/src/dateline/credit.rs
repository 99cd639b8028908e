//! Lines that credit: `By Jane Doe, Reuters` at the top, `— AFP`, `Source: Xinhua`, `Reporting by …; Editing by …`
//! at the end. They are not part of what is reported, so later stages may leave their spans out.

use super::agency;
use crate::headline::paragraphs;
use record::{Article, Span};

/// A line that says who made the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditLine {
    /// The line.
    pub span: Span,
    /// The words that name an agency, where the line names one that is known.
    pub agency: Option<Span>,
}

/// How many lines at the top, and at the end, may be credits.
const LOOK: usize = 6;
/// Longest byline, in bytes.
const LONGEST_BYLINE: usize = 200;

const OPENINGS: &[&str] = &[
    "Reporting by",
    "Additional reporting",
    "Editing by",
    "Writing by",
    "Compiled by",
    "Source:",
    "Sources:",
    "With inputs from",
    "With input from",
    "With reporting by",
    "With files from",
    "With agencies",
    "Contributing:",
    "©",
    "(c)",
    "Copyright",
];

/// The credit lines of an article, in the order they stand.
pub fn credit_lines(article: &Article, agencies: &[&str]) -> Vec<CreditLine> {
    let text = article.text.as_str();
    let body = article.headline.map_or(0, |headline| headline.end as usize);
    let lines = lines(text, body);
    let mut found = Vec::new();
    let top = lines.len().min(LOOK);
    for (number, line) in lines.iter().enumerate() {
        let words = line.of(text);
        let near_end = number + LOOK >= lines.len();
        let credits = number < top && is_byline(words)
            || (number < top || near_end) && (agency::is_all(words, agencies) || opens_credit(words));
        let span = if credits {
            Some(*line)
        } else if number + 1 == lines.len() {
            closing(*line, words, agencies)
        } else {
            None
        };
        if let Some(span) = span {
            let start = span.start as usize;
            let agency = agency::find(span.of(text), agencies).map(|(a, b)| Span::new(start + a, start + b));
            found.push(CreditLine { span, agency });
        }
    }
    found
}

/// The lines after `body`, without white space around them and without blank ones.
fn lines(text: &str, body: usize) -> Vec<Span> {
    let rest = text.get(body..).unwrap_or("");
    paragraphs(rest)
        .flat_map(|paragraph| {
            let words = paragraph.of(rest);
            let start = body + paragraph.start as usize;
            let offset = words.as_ptr() as usize;
            words.lines().map(move |line| {
                let at = start + (line.as_ptr() as usize - offset);
                Span::new(at, at + line.len()).trimmed(text)
            })
        })
        .collect()
}

fn is_byline(line: &str) -> bool {
    line.len() <= LONGEST_BYLINE
        && !line.ends_with(['.', '?', '!'])
        && ["By ", "BY ", "by "]
            .iter()
            .any(|by| line.strip_prefix(by).is_some_and(|name| name.starts_with(char::is_uppercase)))
}

fn opens_credit(line: &str) -> bool {
    let bare = line.trim_start_matches(['(', '[', '*', '—', '–', '-', ' ']);
    OPENINGS.iter().any(|opening| {
        line.starts_with(opening)
            || bare.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening))
    })
}

/// A credit at the end of the last paragraph: `… on Monday. (Reporting by …)`, `… on Monday. — AFP`.
fn closing(line: Span, words: &str, agencies: &[&str]) -> Option<Span> {
    let start = line.start as usize;
    for opening in ["(Reporting by", "(Additional reporting", "Reporting by"] {
        if let Some(at) = words.rfind(opening)
            && words[..at].trim_end().ends_with(['.', '”', '"', '?', '!'])
        {
            return Some(Span::new(start + at, line.end as usize));
        }
    }
    let at = words.rfind(['—', '–', '('])?;
    let after_stop = words[..at].trim_end().ends_with(['.', '”', '"', '?', '!']);
    (after_stop && agency::is_all(&words[at..], agencies)).then(|| Span::new(start + at, line.end as usize))
}

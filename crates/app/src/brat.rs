//! Attribution corpora in brat's stand-off format: `text/NAME.txt` beside `attributions/NAME_*.ann`.
//!
//! `T7<TAB>Content 315 448;463 553<TAB>words` names a span (characters, end exclusive, `;` between its pieces),
//! `E1<TAB>Attribution:T4 Content:T3 Cue:T2 Source:T1` a statement. Other events are passed over.

use std::{collections::HashMap, fs, io, ops::Range, path::Path};

/// Character ranges of one statement, as annotated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotated {
    /// Who says it.
    pub source: Vec<Range<usize>>,
    /// The words that report.
    pub cue: Vec<Range<usize>>,
    /// What is said.
    pub content: Vec<Range<usize>>,
}

/// The statements of an annotation file; lines that are not understood are passed over.
pub fn statements(text: &str) -> Vec<Annotated> {
    let mut spans: HashMap<&str, Vec<Range<usize>>> = HashMap::new();
    let mut found = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        let mut cells = line.split('\t');
        let (Some(id), Some(what)) = (cells.next(), cells.next()) else { continue };
        if id.starts_with('T') {
            let Some((_, rest)) = what.split_once(' ') else { continue };
            spans.insert(id, rest.split(';').filter_map(range).collect());
        } else if id.starts_with('E') && what.starts_with("Attribution") {
            let mut one = Annotated::default();
            for (role, span) in what.split_whitespace().skip(1).filter_map(|part| part.split_once(':')) {
                let words = spans.get(span).cloned().unwrap_or_default();
                match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                    "Source" => one.source.extend(words),
                    "Cue" => one.cue.extend(words),
                    "Content" => one.content.extend(words),
                    _ => {}
                }
            }
            found.push(one);
        }
    }
    found
}

fn range(piece: &str) -> Option<Range<usize>> {
    let (start, end) = piece.trim().split_once(' ')?;
    Some(start.parse().ok()?..end.trim().parse().ok()?)
}

/// One article of a corpus.
#[derive(Debug)]
pub struct Annotation {
    /// The text file's name without its ending.
    pub name: String,
    /// The text, untouched.
    pub text: String,
    /// The first annotator's statements.
    pub statements: Vec<Annotated>,
}

/// The annotated articles of a corpus, by name. Texts without annotations are passed over.
///
/// # Errors
/// Where a folder or file cannot be read.
pub fn corpus(folder: &Path) -> io::Result<Vec<Annotation>> {
    let mut notes: Vec<_> = fs::read_dir(folder.join("attributions"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    notes.sort();
    let mut texts: Vec<_> =
        fs::read_dir(folder.join("text"))?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    texts.sort();
    let mut first: HashMap<String, &Path> = HashMap::new();
    for note in notes.iter().rev().filter(|path| path.extension().is_some_and(|end| end == "ann")) {
        if let Some((name, _)) =
            note.file_stem().and_then(|stem| stem.to_str()).and_then(|s| s.rsplit_once('_'))
        {
            first.insert(name.to_owned(), note);
        }
    }
    let mut all = Vec::new();
    for path in texts.iter().filter(|path| path.extension().is_some_and(|end| end == "txt")) {
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        let Some(note) = first.get(name) else { continue };
        let statements = statements(&fs::read_to_string(note)?);
        all.push(Annotation { name: name.to_owned(), text: fs::read_to_string(path)?, statements });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_with_pieces_and_missing_sources_are_read() {
        let text = "T1\tSource 0 2\the\nT2\tCue 3 7\tsaid\nT3\tContent 8 12;20 30\t…\nE1\tAttribution:T9 Content:T3 Cue:T2 Source:T1\n\
                    E2\tAttribution-no-source:T9 Content1:T3 Cue:T2\nE3\tDiscuss:T1\nnonsense\nE4\tAttribution:T9 Cue:T99\n";
        let found = statements(text);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].content, [8..12, 20..30]);
        assert_eq!((found[0].source.len(), found[1].source.len(), found[1].content.len()), (1, 0, 2));
        assert_eq!(found[2], Annotated::default());
    }
}

//! Who says what through whom, and with what stance: `cases/statements`.
//!
//! A source is met where its words and those of the case are the same, or one holds the other (*the army* in *the army's spokesman in Goma*).

use engine::Legation;
use record::{
    Article, Language,
    reading::{Reading, Source, Statement},
};
use std::{fmt::Write as _, fs, path::Path};

/// Files of chains, how many each must have, and how many must be read whole, in percent: guards against falling back.
const CHAINS: [(&str, usize, usize); 3] =
    [("chains.txt", 150, 70), ("chains-2.txt", 100, 85), ("chains-3.txt", 150, 75)];
/// Files of statements, how many each must have, and how many of those found must have the right stance, in percent; the same.
const STANCES: [(&str, usize, usize); 3] =
    [("stances.txt", 300, 90), ("stances-2.txt", 300, 80), ("stances-3.txt", 300, 80)];
/// Of the marks (certainty, against interest, first time) so many may be missed, and of the statements so many may have one they should not, in percent.
const MARKS_MISSED: usize = 38;
const MARKS_BESIDE: usize = 5;

/// Certainty and marks as the files of cases write them.
fn marks_of(statement: &Statement) -> Vec<String> {
    let certainty = statement.certainty.map(|certainty| format!("certainty={}", certainty.as_str()));
    let marks = statement.marks.iter().map(|mark| mark.as_str().to_owned());
    certainty.into_iter().chain(marks).collect()
}

fn read(legation: &Legation, text: &str) -> Reading {
    let article = Article { language: Language::english(), text: text.to_owned(), ..Article::default() };
    let reading = legation.read(article, false);
    for statement in &reading.statements {
        let above = std::iter::successors(statement.parent, |at| reading.statements[*at].parent);
        let depth = above.take(reading.statements.len() + 1).count();
        assert!(depth <= reading.statements.len(), "a statement stands above itself: {text}");
        assert!(statement.sources.len() <= depth + 1, "a source stands twice in its chain: {text}");
    }
    reading
}

fn cases(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/statements").join(name);
    fs::read_to_string(path).expect("the cases")
}

/// Lower case, without articles and marks.
fn plain(words: &str) -> Vec<String> {
    words
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-')
        .map(|word| word.trim_end_matches(['’', '\'']).to_lowercase())
        .filter(|word| !word.is_empty() && !matches!(word.as_str(), "the" | "a" | "an"))
        .collect()
}

fn is_met(source: &Source, wanted: &str) -> bool {
    let (ours, theirs) = (plain(&source.text), plain(wanted));
    let holds =
        |long: &[String], short: &[String]| long.windows(short.len().max(1)).any(|part| part == short);
    !ours.is_empty() && (holds(&ours, &theirs) || holds(&theirs, &ours))
}

fn shown(statement: &Statement) -> String {
    let sources: Vec<&str> = statement.sources.iter().map(|source| source.text.as_str()).collect();
    format!("{} · {}", sources.join(" ← "), statement.stance.as_str())
}

#[test]
#[expect(clippy::print_stdout, reason = "what is not met is shown with --nocapture")]
fn chains_are_read_in_order() {
    let legation = Legation::new().expect("the program's own data load");
    for (name, least, percent) in CHAINS {
        let (total, right, report) = chains(&legation, name);
        println!("{report}\n{name}: {right} of {total}");
        assert!(total >= least, "{name}: only {total} chains found");
        assert!(right * 100 >= total * percent, "{name}: {right} of {total} chains\n{report}");
    }
}

/// How many chains a file has, how many are read whole, and those that are not.
fn chains(legation: &Legation, name: &str) -> (usize, usize, String) {
    let (mut total, mut right, mut report) = (0, 0, String::new());
    for block in cases(name).split("\n\n") {
        let mut lines = block.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let Some(text) = lines.next() else { continue };
        let reading = read(legation, text);
        for line in lines {
            let wanted: Vec<&str> =
                line.strip_prefix("chain: ").expect("a chain").split(" ← ").map(str::trim).collect();
            total += 1;
            let met = reading.statements.iter().any(|s| {
                s.sources.len() == wanted.len() && s.sources.iter().zip(&wanted).all(|(s, w)| is_met(s, w))
            });
            right += usize::from(met);
            if !met {
                let read: Vec<String> = reading.statements.iter().map(shown).collect();
                let _ = writeln!(report, "\n{text}\n  {line}\n    read: {}", read.join("\n          "));
            }
        }
    }
    (total, right, report)
}

#[test]
#[expect(clippy::print_stdout, reason = "what is not met is shown with --nocapture")]
fn stances_are_those_of_the_words() {
    let legation = Legation::new().expect("the program's own data load");
    for (name, least, percent) in STANCES {
        let (mut total, mut found, mut right, mut report) = (0, 0, 0, String::new());
        let (mut asked, mut missing, mut beside, mut marked) = (0, 0, 0, String::new());
        for line in cases(name).lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            let (stance, source, text) = (cells[0], cells[1], cells[2]);
            let reading = read(&legation, text);
            total += 1;
            let by: Vec<&Statement> = reading
                .statements
                .iter()
                .filter(|s| s.sources.last().is_some_and(|last| is_met(last, source)))
                .collect();
            found += usize::from(!by.is_empty());
            let met = by.iter().any(|s| s.stance.as_str() == stance);
            if let (Some(wanted), Some(one)) =
                (cells.get(3), by.iter().find(|s| s.stance.as_str() == stance).or(by.first()))
            {
                let told = marks_of(one);
                let marks: Vec<&str> = wanted.split(' ').filter(|mark| *mark != "-").collect();
                // Certainty is judged where words express it only.
                let (missed, read_in): (Vec<&str>, Vec<&str>) = (
                    marks.iter().copied().filter(|mark| !told.iter().any(|told| told == mark)).collect(),
                    told.iter()
                        .map(String::as_str)
                        .filter(|told| !told.starts_with("certainty") && !marks.contains(told))
                        .collect(),
                );
                asked += marks.len();
                missing += missed.len();
                beside += read_in.len();
                if !missed.is_empty() || !read_in.is_empty() {
                    let _ = writeln!(marked, "missed {missed:?}, read {told:?}: {text}");
                }
            }
            right += usize::from(met);
            if !met {
                let read: Vec<String> = reading.statements.iter().map(shown).collect();
                let _ =
                    writeln!(report, "{stance}\t{source}\t{text}\n    read: {}", read.join("\n          "));
            }
        }
        println!("{marked}\n{name}: of {asked} marks {missing} missed, and {beside} read that are none");
        assert!(
            missing * 100 <= asked * MARKS_MISSED && beside * 100 <= total * MARKS_BESIDE,
            "{name}\n{marked}"
        );
        println!("{report}\n{name}: {right} right of {found} found of {total}");
        assert!(total >= least, "{name}: only {total} statements");
        assert!(
            right * 100 >= found * percent,
            "{name}: {right} of {found} statements that were found\n{report}"
        );
    }
}

//! `legation eval attribution`: statements against an annotated corpus.
//!
//! Units are the words and marks of the raw text, so that no way of cutting words is favoured. Gold and read statements are paired one to
//! one, greedily, by the words their cues share (by content where one has no cue). Only the outermost statement of a chain counts, since
//! these corpora annotate no nesting. The method is that of the PolNeAR evaluations (Newell and others 2018).

use super::output;
use crate::{
    brat::{self, Annotated},
    guard, layers,
    messages::Messages,
    outcome::Outcome,
    page::Theme,
    settings::{EvalAttribution, Terminal},
};
use anyhow::Context as _;
use record::{Article, Language, reading::Reading};
use std::{cmp::Reverse, collections::BTreeSet, io::Write, ops::Range, path::PathBuf};

const ROLES: [&str; 3] = ["source", "cue", "content"];

/// Words of source, cue and content.
type Words = [BTreeSet<usize>; 3];

/// Right, read and annotated.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    read: usize,
    gold: usize,
}

impl Count {
    fn add(&mut self, right: usize, read: usize, gold: usize) {
        self.right += right;
        self.read += read;
        self.gold += gold;
    }

    fn f1(self) -> f64 {
        match self.read + self.gold {
            0 => 0.0,
            all => 200.0 * self.right as f64 / all as f64,
        }
    }
}

#[derive(Default)]
struct Figures {
    statements: Count,
    /// Words of paired statements, by role.
    words: [Count; 3],
    /// Roles whose words are exactly those annotated.
    exact: [Count; 3],
    all_exact: Count,
}

/// Reads, compares and prints.
pub fn run(
    task: &EvalAttribution,
    folders: &[PathBuf],
    terminal: &Terminal,
    messages: &Messages,
) -> anyhow::Result<Outcome> {
    let legation = layers::legation(folders, messages)?;
    let folder = &task.folder;
    let corpus = brat::corpus(folder).with_context(|| {
        format!("{}: a folder with text/ and attributions/ in brat's format is needed", folder.display())
    })?;
    anyhow::ensure!(!corpus.is_empty(), "{}: no annotated article", folder.display());
    let mut figures = Figures::default();
    let mut faults = 0;
    let work = |one: brat::Annotation| {
        let article = Article {
            id: one.name.clone(),
            language: Language::english(),
            text: one.text.clone(),
            ..Article::default()
        };
        (guard::read(&legation, article, false), one)
    };
    let articles = corpus.len();
    let done: Result<(), std::convert::Infallible> =
        engine::ordered(corpus.into_iter(), task.jobs, work, |(reading, one)| {
            if reading.notes.iter().any(|note| note.code == guard::FAILED) {
                faults += 1;
                messages.skipped(&format!("{}: the program failed on this article", one.name));
            }
            figures.take(&one, &outermost(&reading));
            Ok(())
        });
    let Ok(()) = done;
    let mut out = output();
    let theme = Theme::new(terminal.colour);
    let Figures { statements, words, exact, all_exact } = figures;
    writeln!(out, "{}", theme.bold("Statements found"))?;
    let part = |right: usize, of: usize| 100.0 * right as f64 / of.max(1) as f64;
    writeln!(
        out,
        "  articles {articles}   annotated {}   read {}\n  precision {:.1}   recall {:.1}   F1 {:.1}\n",
        statements.gold,
        statements.read,
        part(statements.right, statements.read),
        part(statements.right, statements.gold),
        statements.f1()
    )?;
    writeln!(out, "{}", theme.bold("            words F1   exact F1"))?;
    for (role, (words, exact)) in ROLES.iter().zip(words.iter().zip(&exact)) {
        writeln!(out, "  {role:<9} {:>8.1}   {:>8.1}", words.f1(), exact.f1())?;
    }
    writeln!(out, "  all three {:>8}   {:>8.1}", "", all_exact.f1())?;
    out.flush()?;
    Ok(if faults == 0 { Outcome::All } else { Outcome::Some })
}

impl Figures {
    fn take(&mut self, one: &brat::Annotation, read: &[Annotated]) {
        let units = units(&one.text);
        let gold: Vec<Words> = one.statements.iter().map(|s| cover(s, &units)).collect();
        let read: Vec<Words> = read.iter().map(|s| cover(s, &units)).collect();
        self.statements.add(0, read.len(), gold.len());
        self.all_exact.add(0, read.len(), gold.len());
        let filled = |list: &[Words], role: usize| list.iter().filter(|w| !w[role].is_empty()).count();
        let total = |list: &[Words], role: usize| list.iter().map(|w| w[role].len()).sum::<usize>();
        for role in 0..ROLES.len() {
            self.words[role].add(0, total(&read, role), total(&gold, role));
            self.exact[role].add(0, filled(&read, role), filled(&gold, role));
        }
        let shared = |a: &Words, b: &Words, role: usize| a[role].intersection(&b[role]).count();
        let mut pairs = Vec::new();
        for (i, g) in gold.iter().enumerate() {
            for (j, r) in read.iter().enumerate() {
                let (cue, content) = (shared(g, r, 1), shared(g, r, 2));
                if cue > 0 || (g[1].is_empty() || r[1].is_empty()) && content > 0 {
                    pairs.push((Reverse(cue), Reverse(content), Reverse(shared(g, r, 0)), i, j));
                }
            }
        }
        pairs.sort_unstable();
        let (mut used_gold, mut used_read) = (vec![false; gold.len()], vec![false; read.len()]);
        for (_, _, _, i, j) in pairs {
            if used_gold[i] || used_read[j] {
                continue;
            }
            (used_gold[i], used_read[j]) = (true, true);
            self.statements.right += 1;
            let mut all = true;
            for role in 0..ROLES.len() {
                let words = |w: &Words| -> BTreeSet<usize> {
                    w[role].iter().copied().filter(|unit| units[*unit].1).collect()
                };
                let same = words(&gold[i]) == words(&read[j]);
                self.words[role].right += shared(&gold[i], &read[j], role);
                self.exact[role].right += usize::from(same && !gold[i][role].is_empty());
                all &= same;
            }
            self.all_exact.right += usize::from(all);
        }
    }
}

/// Statements that stand in no other's content, with the outermost source.
fn outermost(reading: &Reading) -> Vec<Annotated> {
    let outer = reading.statements.iter().filter(|s| s.parent.is_none());
    outer
        .map(|s| Annotated {
            source: s.sources.first().map(|source| source.start..source.end).into_iter().collect(),
            cue: s.cue.as_ref().map(|cue| cue.start..cue.end).into_iter().collect(),
            content: s.content.iter().map(|piece| piece.start..piece.end).collect(),
        })
        .collect()
}

/// Words and marks of a text as character ranges; `true` for words. An apostrophe between letters belongs to its word.
fn units(text: &str) -> Vec<(Range<usize>, bool)> {
    let chars: Vec<char> = text.chars().collect();
    let letter = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let mut units = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        if letter(at) {
            while letter(at) || matches!(chars.get(at), Some('\'' | '’')) && letter(at + 1) {
                at += 1;
            }
            units.push((start..at, true));
            continue;
        }
        at += 1;
        if !chars[start].is_whitespace() {
            units.push((start..at, false));
        }
    }
    units
}

/// The units under a statement's spans.
fn cover(statement: &Annotated, units: &[(Range<usize>, bool)]) -> Words {
    [&statement.source, &statement.cue, &statement.content].map(|spans| {
        let under = |span: &Range<usize>| {
            let first = units.partition_point(|(unit, _)| unit.end <= span.start);
            let end = units.partition_point(|(unit, _)| unit.start < span.end);
            first..end.max(first)
        };
        spans.iter().flat_map(under).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_apostrophes_and_marks_stand_alone() {
        let found: Vec<String> = units("He's “in”, o’er.")
            .into_iter()
            .map(|(range, _)| "He's “in”, o’er.".chars().skip(range.start).take(range.len()).collect())
            .collect();
        assert_eq!(found, ["He's", "“", "in", "”", ",", "o’er", "."]);
    }

    #[test]
    fn a_statement_read_as_annotated_is_exact_and_another_costs_precision() {
        let text = "He said yes. She wrote no.".to_owned();
        let at = |start, end| vec![Range { start, end }];
        let annotated = Annotated { source: at(0, 2), cue: at(3, 7), content: at(8, 11) };
        let one =
            brat::Annotation { name: "a".into(), text: text.clone(), statements: vec![annotated.clone()] };
        let other = Annotated { source: at(13, 16), cue: at(17, 22), content: at(23, 25) };
        let units = units(&text);
        assert_eq!(cover(&other, &units)[1].len(), 1);
        let mut figures = Figures::default();
        figures.take(&one, &[]);
        assert_eq!((figures.statements.right, figures.statements.gold), (0, 1));
        let mut figures = Figures::default();
        figures.take(&one, &[annotated, other]);
        assert_eq!((figures.statements.right, figures.statements.read, figures.all_exact.right), (1, 2, 1));
        assert!((figures.all_exact.f1() - 200.0 / 3.0).abs() < 1e-9);
    }
}

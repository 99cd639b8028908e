//! `legation eval`: agreement with a file of coded pairs, in the file's own format.
//!
//! `plover` compares roots (columns `gold_root`, or `gold_binary` alone); `pairs` only whether a pair is in conflict. Macro F1 is
//! the mean over the labels that the file uses. CONCEDE and RETREAT count as YIELD where the file says YIELD.

use super::{output, relate::Table};
use crate::{
    layers,
    messages::Messages,
    outcome::Outcome,
    page::Theme,
    settings::{Eval, PairTask, Terminal},
};
use anyhow::Context as _;
use record::{EventType, Quad};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::PathBuf,
};

/// One pair: what the coder says, what legation says, how sure it is.
struct Pair {
    gold: String,
    system: String,
    confidence: f32,
}

/// Reads, compares and prints.
pub fn run(
    task: &Eval,
    folders: &[PathBuf],
    terminal: &Terminal,
    messages: &Messages,
) -> anyhow::Result<Outcome> {
    let legation = layers::legation(folders, messages)?;
    let table = Table::open(&task.input).with_context(|| task.input.shown())?;
    let (root, binary) = (table.column("gold_root"), table.column("gold_binary"));
    let (gold, is_root) = match (task.task, root, binary) {
        (_, Some(column), _) => (column, true),
        (PairTask::Pairs, None, Some(column)) => (column, false),
        (PairTask::Plover, None, _) => anyhow::bail!("{}: no column gold_root", task.input.shown()),
        (PairTask::Pairs, None, None) => {
            anyhow::bail!("{}: no column gold_binary (1 conflict, 0 not) or gold_root", task.input.shown())
        }
    };
    let rows = table.all(&legation, task.jobs);
    let yields = is_root && rows.iter().any(|row| &row.cells[gold] == "YIELD");
    let mut pairs = Vec::with_capacity(rows.len());
    let mut unanswered = 0;
    for row in &rows {
        let Some((kind, confidence)) =
            row.relation.as_ref().ok().and_then(|relation| Some((relation.kind?, relation.confidence)))
        else {
            unanswered += 1;
            messages.skipped(&format!("{}:{}: not answered", task.input.shown(), row.line));
            pairs.push(Pair { gold: row.cells[gold].to_owned(), system: String::new(), confidence: 0.0 });
            continue;
        };
        let system = match kind {
            EventType::Concede | EventType::Retreat if yields => "YIELD",
            kind => kind.as_str(),
        };
        pairs.push(Pair { gold: row.cells[gold].to_owned(), system: system.to_owned(), confidence });
    }
    let known = |label: &str| label == "YIELD" || EventType::ALL.iter().any(|kind| kind.as_str() == label);
    if is_root && let Some(pair) = pairs.iter().find(|pair| !known(&pair.gold)) {
        messages.note(&format!("`{}` is no PLOVER 2021 type; such rows count as misses", clean(&pair.gold)));
    }
    let mut out = output();
    let theme = Theme::new(terminal.colour);
    let side = |label: &str| match label {
        "" => String::new(),
        "0" | "1" => label.to_owned(),
        label => {
            u8::from(matches!(quad(label), Some(Quad::VerbalConflict | Quad::MaterialConflict))).to_string()
        }
    };
    let sides: Vec<(String, String)> = pairs.iter().map(|p| (side(&p.gold), side(&p.system))).collect();
    if matches!(task.task, PairTask::Plover) {
        let roots: Vec<(String, String)> = pairs.iter().map(|p| (p.gold.clone(), p.system.clone())).collect();
        let class = |label: &str| quad(label).map_or(String::new(), |quad| (quad as u8).to_string());
        let quads: Vec<(String, String)> = pairs.iter().map(|p| (class(&p.gold), class(&p.system))).collect();
        let right = roots.iter().filter(|(gold, system)| gold == system).count();
        writeln!(out, "{}", theme.bold("Root, quad class and conflict"))?;
        writeln!(
            out,
            "  pairs {}   unanswered {unanswered}\n  root macro F1 {:.1}   accuracy {:.1}\n  quad macro F1 {:.1}\n  conflict macro F1 {:.1}\n",
            pairs.len(),
            macro_f1(&roots),
            share(right, pairs.len()),
            macro_f1(&quads),
            macro_f1(&sides)
        )?;
        writeln!(out, "{}", theme.bold("Per root           pairs  precision  recall     F1"))?;
        for label in labels(&roots) {
            let (precision, recall, f1, n) = figures(&roots, &label);
            writeln!(out, "  {label:<16} {n:>5}  {precision:>9.1}  {recall:>6.1}  {f1:>5.1}")?;
        }
        writeln!(out, "\n{}", theme.bold("Most frequent differences: coder, legation, pairs"))?;
        let mut differences: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (gold, system) in roots.iter().filter(|(gold, system)| gold != system) {
            *differences.entry((gold, system)).or_default() += 1;
        }
        let mut differences: Vec<_> = differences.into_iter().collect();
        differences.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        for ((gold, system), n) in differences.iter().take(10) {
            writeln!(out, "  {:<12} {:<12} {n:>3}", clean(gold), system)?;
        }
        reliability(&mut out, theme, &pairs)?;
    } else {
        let right = sides.iter().filter(|(gold, system)| gold == system).count();
        writeln!(out, "{}", theme.bold("Conflict or not"))?;
        writeln!(
            out,
            "  pairs {}   unanswered {unanswered}\n  macro F1 {:.1}   accuracy {:.1}",
            sides.len(),
            macro_f1(&sides),
            share(right, sides.len())
        )?;
        for label in labels(&sides) {
            let (precision, recall, f1, n) = figures(&sides, &label);
            let name = if label == "1" { "conflict" } else { "not" };
            writeln!(
                out,
                "  {name:<9} {n:>5} pairs   precision {precision:.1}   recall {recall:.1}   F1 {f1:.1}"
            )?;
        }
    }
    out.flush()?;
    Ok(if unanswered == 0 { Outcome::All } else { Outcome::Some })
}

/// How often each stated confidence was right, in ten bins, and the expected calibration error (Naeini et al. 2015).
fn reliability(out: &mut impl Write, theme: Theme, pairs: &[Pair]) -> std::io::Result<()> {
    writeln!(out, "\n{}", theme.bold("Reliability: stated confidence, share that was right, pairs"))?;
    let mut error = 0.0;
    for bin in 0..10 {
        let within = |p: &&Pair| ((p.confidence * 10.0) as usize).min(9) == bin && !p.system.is_empty();
        let these: Vec<&Pair> = pairs.iter().filter(within).collect();
        if these.is_empty() {
            continue;
        }
        let stated = 100.0 * these.iter().map(|p| p.confidence).sum::<f32>() / these.len() as f32;
        let right = share(these.iter().filter(|p| p.gold == p.system).count(), these.len());
        error += (stated - right).abs() * these.len() as f32 / pairs.len().max(1) as f32;
        let bar = "█".repeat((right / 5.0).round() as usize);
        writeln!(
            out,
            "  {:>3}–{:<4} {stated:>5.1}  {right:>5.1}  {:>5}  {bar}",
            bin * 10,
            format!("{}%", bin * 10 + 10),
            these.len()
        )?;
    }
    writeln!(out, "  expected calibration error {error:.1} points")
}

fn quad(label: &str) -> Option<Quad> {
    match label {
        // As the coded pairs have it.
        "YIELD" => Some(Quad::MaterialCooperation),
        label => EventType::ALL.iter().find(|kind| kind.as_str() == label).map(|kind| kind.quad()),
    }
}

fn labels(pairs: &[(String, String)]) -> BTreeSet<String> {
    pairs.iter().map(|(gold, _)| gold.clone()).collect()
}

fn share(part: usize, whole: usize) -> f32 {
    100.0 * part as f32 / whole.max(1) as f32
}

/// Precision, recall and F1 of one label in percent, and how often the coder uses it.
fn figures(pairs: &[(String, String)], label: &str) -> (f32, f32, f32, usize) {
    let hit = pairs.iter().filter(|(gold, system)| gold == label && system == label).count();
    let gold = pairs.iter().filter(|(gold, _)| gold == label).count();
    let system = pairs.iter().filter(|(_, system)| system == label).count();
    (share(hit, system), share(hit, gold), 200.0 * hit as f32 / (gold + system).max(1) as f32, gold)
}

fn macro_f1(pairs: &[(String, String)]) -> f32 {
    let labels = labels(pairs);
    labels.iter().map(|label| figures(pairs, label).2).sum::<f32>() / labels.len().max(1) as f32
}

fn clean(text: &str) -> String {
    crate::view::clean(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macro_f1_is_the_mean_over_the_labels_in_use() {
        let pairs: Vec<(String, String)> =
            [("A", "A"), ("A", "B"), ("B", "B"), ("C", "A")].map(|(g, s)| (g.into(), s.into())).into();
        let (_, _, a, n) = figures(&pairs, "A");
        assert_eq!((a, n), (50.0, 2));
        assert!((macro_f1(&pairs) - (50.0 + 66.666_67 + 0.0) / 3.0).abs() < 0.01);
    }
}

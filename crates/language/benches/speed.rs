//! Prints cold start, words per second on one thread and peak memory: `cargo bench -p language [-- FOLDER]`.
//!
//! FOLDER holds plain-text articles (`*.txt`); without it a short built-in article is read many times. A tenth of the articles and
//! all of them are timed apart, to show that the cost is linear. Raw text to CoNLL-U, coreference included.

use language::{Engine, conllu};
use record::Article;
use std::io::Write as _;
use std::time::Instant;

const SAMPLE: &str = "SEOUL, Oct. 18 (Yonhap) -- North Korea has decided to send about 12,000 troops to support Russia's war \
against Ukraine, the spy agency said Friday.\n\n\"The deployment, which began last week, marks a grave escalation,\" said a senior \
official who didn't want to be named. Moscow and Pyongyang have denied the reports, calling them \"fake news\".\n\nMinisters of \
the alliance, meeting in Brussels, agreed to consult under the treaty's fourth article; nobody could say when the next round of \
talks would be held.\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let mut texts = Vec::new();
    match folder {
        Some(folder) => {
            let mut paths: Vec<_> = std::fs::read_dir(folder)?
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .map(|e| e.path())
                .collect();
            paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
            paths.sort();
            for path in paths {
                texts.push(String::from_utf8_lossy(&std::fs::read(path)?).into_owned());
            }
        }
        None => texts.extend(std::iter::repeat_n(SAMPLE.repeat(4), 40)),
    }
    let mut out = std::io::stdout().lock();
    let begin = Instant::now();
    let engine = Engine::embedded()?;
    engine.analyse(Article { text: "Moscow denied it.".into(), ..Article::default() });
    writeln!(out, "cold start to one sentence: {:.0?} ({})", begin.elapsed(), engine.version())?;
    let mut speeds = Vec::new();
    for part in [&texts[..texts.len().div_ceil(10)], &texts[..]] {
        let begin = Instant::now();
        let words: usize = part.iter().map(|text| read(&engine, text)).sum();
        let seconds = begin.elapsed().as_secs_f64();
        speeds.push(words as f64 / seconds);
        writeln!(out, "{} articles, {words} words: {:.0} words/s", part.len(), words as f64 / seconds)?;
    }
    writeln!(out, "speed on all of them, as a part of that on a tenth: {:.2}", speeds[1] / speeds[0])?;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find_map(|l| l.strip_prefix("VmHWM:")) {
        writeln!(out, "peak memory: {}", peak.trim())?;
    }
    Ok(())
}

/// Words of a text taken from raw text to CoNLL-U.
fn read(engine: &Engine, text: &str) -> usize {
    let doc = engine.analyse(Article { text: text.into(), ..Article::default() });
    let printed = conllu::write(&doc, |_| None);
    assert!(!printed.is_empty() || doc.tokens.is_empty());
    doc.tokens.len()
}

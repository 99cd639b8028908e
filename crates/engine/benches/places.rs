//! Prints how many places are resolved a second on one core, and what memory the gazetteer takes: `cargo bench -p engine`.
//!
//! The texts are the cases of `cases/atlas` joined to articles of twenty. Their analysis is done before; measured is all that
//! finds and resolves mentions, persons and states too, so that the figure for places alone would be higher.

use coding::{Syntax, mentions::Mentions};
use engine::Legation;
use record::{Article, Doc, Language};
use std::{fmt::Write as _, fs, io::Write as _, path::Path, time::Instant};

/// Rounds; the best counts, since everything that disturbs one makes it longer.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let legation = Legation::new()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/atlas");
    let mut texts = Vec::new();
    for name in ["actors.txt", "actors-2.txt", "dates.txt", "dates-2.txt"] {
        let file = fs::read_to_string(folder.join(name))?;
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        texts.extend(lines.filter_map(|line| Some(line.rsplit('\t').next()?.to_owned())));
    }
    let docs: Vec<Doc> = texts
        .chunks(20)
        .map(|some| {
            let text = some.iter().fold(String::new(), |mut all, one| {
                let _ = write!(all, "{one}\n\n");
                all
            });
            legation.analyse(Article { language: Language::english(), text, ..Article::default() })
        })
        .collect();
    let mut out = std::io::stdout();
    let mut best = f64::MAX;
    let mut places = 0;
    for _ in 0..ROUNDS {
        places = 0;
        let start = Instant::now();
        for doc in &docs {
            let syntax = Syntax::new(doc);
            let mentions = Mentions::find(&syntax, legation.atlas());
            places += mentions.all.iter().filter(|m| m.place.is_some() || m.origin.is_some()).count();
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    writeln!(
        out,
        "{places} places in {:.1} ms: {:.0} places/s on one core",
        best * 1e3,
        places as f64 / best
    )?;
    let before = resident();
    let mut found = 0;
    for doc in &docs {
        for token in &doc.tokens {
            found += legation.atlas().places(&token.form).len();
        }
    }
    let after = resident();
    if let (Some(before), Some(after)) = (before, after) {
        writeln!(
            out,
            "looking up {} words ({found} places): resident {before:.0} MB before, {after:.0} MB after",
            docs.iter().map(|doc| doc.tokens.len()).sum::<usize>()
        )?;
    }
    Ok(())
}

/// Resident memory of this process, where the kernel tells it.
fn resident() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}

//! Cold start, memory and speed of the built program, as a user meets them.
//!
//! `cargo xtask bench [ARTICLE] [FOLDER]`: the article for the cold start (default: one of `cases/articles`), and a folder
//! of articles for the speed (default: the same). Peak memory is read from the kernel after the run (Linux only).

use crate::{generate::root, score::program};
use anyhow::{Context, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Runs per figure; the best is printed, since everything that disturbs a run makes it longer.
const RUNS: usize = 5;

pub fn run(arguments: &[String]) -> Result<()> {
    let articles = root().join("cases/articles");
    let article = match arguments.first() {
        Some(path) => PathBuf::from(path),
        None => first_text(&articles)?,
    };
    let folder = arguments.get(1).map_or(articles, PathBuf::from);
    let shown = article.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (time, memory) = best(&["read", "--date", "2025-04-28", utf8(&article)?])?;
    println!(
        "cold start to finished report   {:>8.0} ms   {:>6.0} MB   ({shown})",
        time.as_secs_f64() * 1e3,
        memory
    );
    for jobs in ["1", "2"] {
        let (time, memory) = best(&["code", utf8(&folder)?, "--jobs", jobs])?;
        let words = count_words(&folder)?;
        println!(
            "{jobs} thread{}   {:>8.0} words/s   {:>6.0} MB   ({words} words)",
            if jobs == "1" { " " } else { "s" },
            words as f64 / time.as_secs_f64(),
            memory
        );
    }
    let (table, pairs) = marked_pairs()?;
    let (time, memory) = best(&["relate", utf8(&table)?, "--jobs", "1"])?;
    println!(
        "relate, 1 thread {:>4.0} pairs/s   {:>6.0} MB   ({pairs} of training/pairs, start included)",
        pairs as f64 / time.as_secs_f64(),
        memory
    );
    Ok(())
}

/// Every tenth of our own marked pairs as a table for `legation relate`.
fn marked_pairs() -> Result<(PathBuf, usize)> {
    let folder = root().join("training/pairs");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    let mut table = String::from("marked_sentence\n");
    let mut pairs = 0;
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        let sentences =
            text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').nth(2));
        for sentence in sentences.step_by(10) {
            table.push_str(&sentence.replace("<e>", "").replace("</e>", "").replace('"', "'"));
            table.push('\n');
            pairs += 1;
        }
    }
    let path = root().join("target/bench-pairs.tsv");
    std::fs::write(&path, table)?;
    Ok((path, pairs))
}

fn best(arguments: &[&str]) -> Result<(Duration, f64)> {
    let program = program()?;
    let mut best: Option<(Duration, f64)> = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        let child = Command::new(&program)
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("the program starts")?;
        let (ok, peak) = wait(child)?;
        if !ok {
            bail!("legation {} failed", arguments.join(" "));
        }
        let run = (start.elapsed(), peak);
        best = Some(best.map_or(run, |other| (other.0.min(run.0), other.1.max(run.1))));
    }
    best.context("no run")
}

/// Waits for the program, looking at its peak memory (`VmHWM`) until it ends.
fn wait(mut child: std::process::Child) -> Result<(bool, f64)> {
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak: f64 = 0.0;
    loop {
        if let Ok(text) = std::fs::read_to_string(&status) {
            let kilobytes = text
                .lines()
                .find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok());
            peak = peak.max(kilobytes.unwrap_or(0.0) / 1024.0);
        }
        if let Some(status) = child.try_wait()? {
            return Ok((status.success(), peak));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn texts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    Ok(files)
}

fn first_text(folder: &Path) -> Result<PathBuf> {
    texts(folder)?.into_iter().next().with_context(|| format!("no .txt in {}", folder.display()))
}

fn count_words(folder: &Path) -> Result<usize> {
    let mut words = 0;
    for path in texts(folder)? {
        words += String::from_utf8_lossy(&std::fs::read(path)?).split_whitespace().count();
    }
    Ok(words)
}

fn utf8(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))
}

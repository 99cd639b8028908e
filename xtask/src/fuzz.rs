//! Mutated texts through the whole reading: `cargo xtask fuzz [SECONDS] [SEED]`.
//!
//! Articles and probes of `cases/` are cut, spliced, repeated and sprinkled with what breaks readers of text (marks without
//! letters, joiners, other scripts, endless words). Every document must pass [`record::Doc::check`], nothing may panic, and a text
//! must cost in proportion to its length. A failing text is kept under `target/fuzz`.

use crate::generate::root;
use anyhow::{Result, bail};
use engine::Legation;
use record::Article;
use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    time::{Duration, Instant},
};

/// The longest text made, in bytes.
const LONGEST: usize = 40_000;
/// No text of that length may take longer; a reading of one takes well under a tenth of it.
const PATIENCE: Duration = Duration::from_secs(20);

const SPICE: &[&str] = &[
    "\u{feff}",
    "\u{200b}",
    "\u{200d}",
    "\u{301}\u{301}",
    "\u{202e}",
    "\0",
    "\r\n\r\n",
    "\t",
    "\u{a0}",
    "…",
    "—",
    "“",
    "”",
    "\"",
    "''",
    "'s",
    "n't",
    "(",
    ")",
    "[",
    "]",
    "<s>",
    "&nbsp;",
    "U.S.",
    "Mr.",
    "e.g.",
    "1,500",
    "$3.5bn",
    "30%",
    "https://x.y/z?q=1",
    "a@b.co",
    "#tag",
    "@who",
    ":-)",
    "北京",
    "Москва",
    "القاهرة",
    "नई",
    "👩‍🚀",
    "🇰🇷",
    "ß",
    "İ",
    "ﬁ",
    "said",
    "which",
    "it",
    "they and",
    "according to",
    "not",
    ".",
    "!!!",
    "?!",
    ";",
    "--",
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

pub fn run(arguments: &[String]) -> Result<()> {
    let number = |at: usize, default: u64| arguments.get(at).map_or(Ok(default), |a| a.parse());
    let (seconds, seed) = (number(0, 60)?, number(1, 1)?);
    let mut seeds = Vec::new();
    collect(&root().join("cases"), &mut seeds)?;
    let legation = Legation::new()?;
    let mut dice = Dice(seed);
    let begin = Instant::now();
    let (mut texts, mut bytes) = (0u64, 0usize);
    while begin.elapsed() < Duration::from_secs(seconds) {
        let text = mutate(&seeds, &mut dice);
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let article = Article { text: text.clone(), ..Article::default() };
            legation.analyse(article.clone()).check()?;
            legation.read(article, true);
            Ok::<(), String>(())
        }));
        let fault = match outcome {
            Err(_) => Some("a panic".to_owned()),
            Ok(Err(what)) => Some(what),
            Ok(Ok(())) if start.elapsed() > PATIENCE => {
                Some(format!("{:.0?} for {} bytes", start.elapsed(), text.len()))
            }
            Ok(Ok(())) => None,
        };
        if let Some(fault) = fault {
            let folder = root().join("target/fuzz");
            fs::create_dir_all(&folder)?;
            let file = folder.join(format!("{seed}-{texts}.txt"));
            fs::write(&file, &text)?;
            bail!("{fault}; the text is in {}", file.display());
        }
        texts += 1;
        bytes += text.len();
    }
    println!("{texts} texts, {:.1} MB, no fault (seed {seed})", bytes as f64 / 1e6);
    Ok(())
}

fn collect(folder: &Path, out: &mut Vec<String>) -> Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        if entry.path().is_dir() {
            collect(&entry.path(), out)?;
        } else {
            out.push(String::from_utf8_lossy(&fs::read(entry.path())?).into_owned());
        }
    }
    Ok(())
}

fn mutate(seeds: &[String], dice: &mut Dice) -> String {
    let mut text = piece(seeds, dice).to_owned();
    for _ in 0..1 + dice.roll(12) {
        let at = boundary(&text, dice);
        match dice.roll(8) {
            0 => text.insert_str(at, piece(seeds, dice)),
            1 => text.insert_str(at, &SPICE[dice.roll(SPICE.len())].repeat(1 + dice.roll(40))),
            2 => text.truncate(at),
            3 => {
                let to = boundary(&text, dice);
                text.replace_range(at.min(to)..at.max(to), SPICE[dice.roll(SPICE.len())]);
            }
            4 => text = text.replace([' ', '\n'], SPICE[dice.roll(SPICE.len())]),
            5 => text = text.replace('.', ""),
            6 => text = text[at..].repeat(1 + dice.roll(4)),
            _ => text.insert_str(at, SPICE[dice.roll(SPICE.len())]),
        }
        while text.len() > LONGEST {
            let half = (0..=text.len() / 2).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
            text.truncate(half);
        }
    }
    text
}

/// Some neighbouring lines of some case.
fn piece<'s>(seeds: &'s [String], dice: &mut Dice) -> &'s str {
    let seed = &seeds[dice.roll(seeds.len())];
    let (a, b) = (boundary(seed, dice), boundary(seed, dice));
    &seed[a.min(b)..a.max(b)]
}

fn boundary(text: &str, dice: &mut Dice) -> usize {
    let at = dice.roll(text.len() + 1);
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

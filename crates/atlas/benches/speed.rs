//! Prints how long the atlas takes to open and to look a word up: `cargo bench -p atlas`.

use atlas::Atlas;
use std::io::Write as _;
use std::time::{Duration, Instant};

const SENTENCE: &str = "On Monday the North Korean leader Kim Jong Un told the U.N. Security Council in New York that troops \
had left Russia 's Kursk region";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The shortest of several runs: the machine may be busy with other work.
    let mut opened = Duration::MAX;
    for _ in 0..10 {
        let start = Instant::now();
        Atlas::embedded()?;
        opened = opened.min(start.elapsed());
    }
    let atlas = Atlas::embedded()?;
    let words: Vec<&str> = SENTENCE.split(' ').collect();
    let (rounds, mut found) = (1000, 0);
    let start = Instant::now();
    for _ in 0..rounds {
        for at in 0..words.len() {
            found += atlas.match_at(&words, at).len()
                + atlas.places_at(&words, at).map_or(0, |(_, places)| places.len());
        }
    }
    let each = start.elapsed() / rounds / words.len() as u32;
    let names = atlas.sizes().0;
    writeln!(std::io::stdout(), "opened in {opened:.1?} ({names} names); {each:.0?} a word, {found} hits")?;
    Ok(())
}

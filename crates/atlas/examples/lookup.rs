//! What the atlas knows about the names in a sentence.
//!
//! `cargo run -p atlas --example lookup -- "On Monday the Kremlin denied it"`; without an argument it reads lines from
//! standard input. One line of output per name: the words, then every reading of them.

use atlas::{Atlas, Entry};
use std::io::BufRead;

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let atlas = Atlas::embedded()?;
    let given: Vec<String> = std::env::args().skip(1).collect();
    let lines: Vec<String> = match given.is_empty() {
        true => std::io::stdin().lock().lines().collect::<Result<_, _>>()?,
        false => vec![given.join(" ")],
    };
    for line in &lines {
        // A stand-in for the tokeniser: spaces, and signs at the end of a word.
        let words: Vec<&str> =
            line.split(' ').map(|w| w.trim_end_matches([',', ';', ':', '?', '!', ')', '"', '”'])).collect();
        let mut i = 0;
        while i < words.len() {
            let found = atlas.match_at(&words, i);
            let used = found.first().map_or(0, |(used, _)| *used);
            if used > 0 {
                let readings: Vec<String> =
                    found.iter().filter(|(n, _)| *n == used).map(|(_, entry)| show(&atlas, entry)).collect();
                println!("{}\t{}", words.get(i..i + used).unwrap_or(&[]).join(" "), readings.join(" | "));
            }
            i += used.max(1);
        }
    }
    Ok(())
}

fn show(atlas: &Atlas, entry: &Entry<'_>) -> String {
    match entry {
        Entry::State(s) => format!("state {}", s.iso3),
        Entry::Demonym(s) => format!("people {}", s.iso3),
        Entry::Capital(s) => format!("capital {}", s.iso3),
        Entry::Seat(s, seat) => atlas.code(&s.iso3, seat.sector),
        Entry::Region(r) => format!("region {}", r.id),
        Entry::Body(b) => format!("body {}", b.id),
        Entry::Person(p) => {
            let holdings = atlas.offices(p, None);
            holdings.first().and_then(|h| atlas.role(h)).unwrap_or_else(|| p.name.clone())
        }
        Entry::Service(s) => format!("service {} {}", atlas.code(&s.country, s.sector), s.name),
        Entry::Group(g) => format!("group {}", g.id),
        Entry::Outlet(o) => format!("outlet {}", o.id),
        Entry::Treaty { treaty, generic } => {
            format!("treaty {}{}", treaty.id, if *generic { "*" } else { "" })
        }
    }
}

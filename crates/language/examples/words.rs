//! Cuts each line of standard input into words: one JSON array of `[start, end]` (characters) a line. `training/judge.py` reads it.

use language::tokenise;
use std::io::{BufRead as _, Write as _};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let chars = record::CharIndex::new(&line);
        let sentences = tokenise::sentences(&line);
        let words = sentences.iter().flat_map(|s| &s.words).map(|w| chars.range(w.span));
        let words: Vec<[usize; 2]> = words.map(|(start, end)| [start, end]).collect();
        writeln!(out, "{}", serde_json::to_string(&words)?)?;
    }
    Ok(())
}

//! Cuts the texts of files into windows of words, as the program reads statements: one JSON object a file, with the file's name and per
//! window the `[start, end]` (characters) of its words. `training/attribution.py` reads it.

use language::{Engine, windows};
use record::{Article, CharIndex};
use std::io::Write as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::embedded()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let doc = engine.analyse(Article { text: std::fs::read_to_string(&path)?, ..Article::default() });
        let chars = CharIndex::new(&doc.article.text);
        let words = |id| chars.range(doc.token(id).span);
        let all: Vec<Vec<(usize, usize)>> =
            windows(&doc).into_iter().map(|window| window.ids().map(words).collect()).collect();
        writeln!(out, "{}", serde_json::json!({ "file": path, "windows": all }))?;
    }
    Ok(())
}

//! Prints the sentences of plain-text files, one a line, their words separated by spaces: `split FILE...`.

use language::tokenise;
use std::io::Write as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(path)?;
        for sentence in tokenise::sentences(&text) {
            let words: Vec<&str> = sentence.words.iter().map(|w| w.form(&text)).collect();
            writeln!(out, "{}{}", if sentence.opens_paragraph { "¶ " } else { "  " }, words.join(" "))?;
        }
    }
    Ok(())
}

//! Prints CoNLL-U for a treebank file, to be scored: `conllu raw GOLD.conllu` from its text (paragraph by paragraph, sentences
//! joined by spaces), `conllu words GOLD.conllu` from its words, `conllu text FILE` for plain text.

use language::{Engine, conllu};
use record::Article;
use std::io::Write as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, mode, path] = arguments.as_slice() else {
        return Err("usage: conllu raw|words|text FILE".into());
    };
    let input = std::fs::read_to_string(path)?;
    let begin = std::time::Instant::now();
    let engine = Engine::embedded()?;
    let loaded = begin.elapsed();
    let (doc, comments) = match mode.as_str() {
        "words" => {
            let input = conllu::read(&input)?;
            (engine.analyse_split(input.article, input.sentences), input.comments)
        }
        "raw" => (engine.analyse(Article { text: paragraphs(&input), ..Article::default() }), Vec::new()),
        _ => (engine.analyse(Article { text: input, ..Article::default() }), Vec::new()),
    };
    let total = begin.elapsed();
    let out = conllu::write_commented(&doc, &comments, |_| None);
    std::io::stdout().write_all(out.as_bytes())?;
    let speed = doc.tokens.len() as f64 / (total - loaded).as_secs_f64();
    writeln!(
        std::io::stderr(),
        "{}: loaded in {loaded:?}, {} words, {speed:.0} words/s",
        engine.version(),
        doc.tokens.len()
    )?;
    Ok(())
}

/// The running text of a treebank: `# text` lines joined by spaces, a blank line before each `# newpar` and `# newdoc`.
fn paragraphs(conllu: &str) -> String {
    let mut text = String::new();
    let mut fresh = true;
    let mut glued = false;
    for line in conllu.lines() {
        if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            fresh = true;
        } else if let Some(sentence) = line.strip_prefix("# text = ") {
            if !text.is_empty() {
                text.push_str(if fresh {
                    "\n\n"
                } else if glued {
                    ""
                } else {
                    " "
                });
            }
            text.push_str(sentence);
            (fresh, glued) = (false, false);
        } else if line.starts_with(|c: char| c.is_ascii_digit()) {
            glued = line.contains("SpaceAfter=No");
        }
    }
    text
}

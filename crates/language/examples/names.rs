//! Names as JSON lines, to be scored: reads lines with `id` and `text` (`ner.py export`), prints a reading's mentions.

use language::Engine;
use record::{Article, CharIndex, NameKind};
use std::io::Write as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: names FILE.jsonl")?;
    let engine = Engine::embedded()?;
    let mut out = std::io::stdout().lock();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let doc =
            engine.analyse(Article { text: row["text"].as_str().unwrap_or("").into(), ..Article::default() });
        let index = CharIndex::new(&doc.article.text);
        let mentions: Vec<serde_json::Value> = doc
            .names
            .iter()
            .map(|name| {
                let (start, end) = index.range(name.span);
                let kind = match name.kind {
                    NameKind::Person => "person",
                    NameKind::Organization => "organization",
                    NameKind::Location | NameKind::Facility => "place",
                    _ => "other",
                };
                serde_json::json!({"start": start, "end": end, "kind": kind, "text": doc.words(name.span)})
            })
            .collect();
        writeln!(out, "{}", serde_json::json!({"article": {"id": row["id"]}, "mentions": mentions}))?;
    }
    Ok(())
}

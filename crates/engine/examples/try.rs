//! Prints a compact reading of each line of standard input; for development.
#![allow(clippy::print_stdout)]
use std::io::Read;
fn main() {
    let legation = engine::Legation::new().expect("loads");
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("reads");
    let whole = std::env::args().any(|a| a == "--whole");
    let parse = std::env::args().any(|a| a == "--parse");
    let texts: Vec<&str> =
        if whole { vec![&text] } else { text.lines().filter(|l| !l.trim().is_empty()).collect() };
    for text in texts {
        let mut article = record::Article { id: "x".into(), text: text.into(), ..Default::default() };
        article.published = std::env::var("DATE").ok().and_then(|d| d.parse().ok());
        if parse {
            let doc = legation.analyse(article.clone());
            println!("{}", engine::conllu::write(&doc, |_| None));
        }
        let r = legation.read(article, true);
        println!("== {}", text.chars().take(150).collect::<String>());
        if std::env::args().any(|a| a == "--mentions") {
            for m in &r.mentions {
                println!(
                    "  M {:?} {} {:?} {:?}",
                    m.kind,
                    m.text,
                    m.actor.as_ref().map(|a| a.code.clone().unwrap_or(a.name.clone())),
                    m.place.as_ref().map(|p| &p.name)
                );
            }
        }
        for s in &r.statements {
            let chain: Vec<String> = s
                .sources
                .iter()
                .map(|x| {
                    format!(
                        "{} [{}]",
                        x.text,
                        x.actor.as_ref().map_or("?".into(), |a| format!(
                            "{}/{}",
                            a.name,
                            a.code.clone().unwrap_or_default()
                        ))
                    )
                })
                .collect();
            println!(
                "  S{} {} <{}> {:?} parent {:?} content: {}",
                s.id,
                chain.join(" ← "),
                s.cue.as_ref().map_or("", |c| &c.text),
                s.stance,
                s.parent,
                s.content
                    .iter()
                    .map(|e| text.chars().skip(e.start).take(e.end - e.start).collect::<String>())
                    .collect::<Vec<_>>()
                    .join(" … ")
            );
        }
        for e in &r.events {
            let side = |p: &[record::reading::Party]| {
                p.iter()
                    .map(|p| format!("{}[{}]", p.text, p.code.clone().unwrap_or(p.name.clone())))
                    .collect::<Vec<_>>()
                    .join(" + ")
            };
            println!(
                "  E {:?}/{} {} → {} “{}” {:?} {:?} S{:?} at {:?} when {:?} q {:?} basis {:?} {} {:?}",
                e.kind,
                e.contexts.join(","),
                side(&e.actors),
                side(&e.recipients),
                e.anchor.text,
                e.actuality,
                e.polarity,
                e.statement,
                e.place.as_ref().map(|p| &p.place.name),
                e.when.as_ref().map(|w| &w.text),
                e.quantities
                    .iter()
                    .map(|q| format!("{} {:?}-{:?}", q.what, q.low, q.high))
                    .collect::<Vec<_>>(),
                e.basis.iter().map(|b| format!("{}={:?}", b.text, b.treaty)).collect::<Vec<_>>(),
                e.rule,
                e.why
            );
        }
        for n in &r.notes {
            println!("  N {} {}", n.code, n.text);
        }
    }
}

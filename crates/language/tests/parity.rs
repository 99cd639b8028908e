//! The Rust engine and the Python network it was trained as agree: labels, trees and the numbers behind them.
//! The fixture is written by `training/export.py` together with the weights.

use language::Engine;
use record::{NameKind, Upos};
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    version: String,
    sentences: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    words: Vec<String>,
    upos: Vec<String>,
    feats: Vec<String>,
    lemma: Vec<String>,
    head: Vec<usize>,
    rel: Vec<String>,
    ner: Vec<String>,
}

#[test]
fn rust_reads_what_python_reads() {
    let fixture: Fixture = serde_json::from_str(include_str!("fixtures/parity.json")).expect("fixture");
    let engine = Engine::embedded().expect("weights");
    assert_eq!(engine.version(), fixture.version, "fixture and weights come from different exports");
    for expected in &fixture.sentences {
        let doc = engine.analyse_words(vec![expected.words.clone()]);
        let column = |f: &dyn Fn(&record::Token) -> String| doc.tokens.iter().map(f).collect::<Vec<_>>();
        assert_eq!(column(&|t| t.upos.as_str().into()), expected.upos, "{:?}", expected.words);
        assert_eq!(
            column(&|t| if t.feats.0.is_empty() { "_".into() } else { t.feats.0.clone() }),
            expected.feats
        );
        // The dictionary has the last word on content words; the rest shows the model's own rules.
        for (token, lemma) in doc.tokens.iter().zip(&expected.lemma) {
            if !matches!(token.upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Aux) {
                assert_eq!(&token.lemma, lemma);
            }
        }
        let heads: Vec<usize> = doc.tokens.iter().map(|t| t.head.map_or(0, |h| h.index() + 1)).collect();
        assert_eq!(heads, expected.head, "{:?}", expected.words);
        assert_eq!(column(&|t| t.deprel.clone()), expected.rel);
        let mut tags = vec!["O".to_owned(); doc.tokens.len()];
        for name in &doc.names {
            let kind = match name.kind {
                NameKind::Person => "PER",
                NameKind::Organization => "ORG",
                NameKind::Location => "LOC",
                NameKind::Facility => "FAC",
                NameKind::Group => "NORP",
                NameKind::Event => "EVENT",
                NameKind::Law => "LAW",
                NameKind::Weapon => "WEAPON",
                NameKind::Misc => "MISC",
            };
            for (i, t) in name.tokens.indices().enumerate() {
                tags[t] = format!("{}-{kind}", if i == 0 { "B" } else { "I" });
            }
        }
        assert_eq!(tags, expected.ner, "{:?}", expected.words);
    }
}

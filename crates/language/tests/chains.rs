//! Runs `cases/coreference`: who is meant by pronouns and descriptions in news.

use language::Engine;
use record::{Article, Doc};

/// Tokens from which `words` starts, as written.
fn starts(doc: &Doc, words: &str) -> Vec<u32> {
    let text = &doc.article.text;
    let whole = |at: usize| {
        let end = at + words.len();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back()) && !letter(text[end..].chars().next())
    };
    let found = text.match_indices(words).map(|(at, _)| at).filter(|at| whole(*at));
    found
        .filter_map(|at| doc.tokens.iter().position(|t| t.span.start as usize == at))
        .map(|t| t as u32)
        .collect()
}

/// The chains with a phrase that holds the words starting at `token`.
fn chains(doc: &Doc, token: u32, words: u32) -> Vec<usize> {
    let holds = |r: &record::Reference| r.tokens.start <= token && token + words <= r.tokens.end;
    let exact = |r: &record::Reference| r.tokens.start == token || r.tokens.contains(record::TokenId(token));
    let of = |i: usize| {
        doc.chains[i].mentions.iter().any(|r| holds(r) && exact(r) && r.tokens.len() <= words as usize + 6)
    };
    (0..doc.chains.len()).filter(|i| of(*i)).collect()
}

#[test]
fn pronouns_and_descriptions_find_whom_they_mean() {
    let engine = Engine::embedded().expect("weights");
    let cases = include_str!("../../../cases/coreference/news.txt");
    let (mut held, mut failed) = (0, Vec::new());
    for block in cases.split("\n\n").filter(|b| !b.starts_with('#')) {
        let mut lines = block.lines();
        let text = lines.next().unwrap_or("");
        let doc = engine.analyse(Article { text: text.into(), ..Article::default() });
        for line in lines.filter(|l| !l.trim().is_empty()) {
            let (word, mark, whom) = match (line.split_once(" = "), line.split_once(" ≠ ")) {
                (Some((word, whom)), _) => (word, true, whom),
                (_, Some((word, whom))) => (word, false, whom),
                _ => panic!("a line that is no expectation: {line}"),
            };
            let (word, nth) = word.split_once('#').unwrap_or((word, "1"));
            let nth: usize = nth.parse().expect("a number");
            let count = |words: &str| words.replace("'s", " 's").split_whitespace().count() as u32;
            let at =
                *starts(&doc, word).get(nth - 1).unwrap_or_else(|| panic!("{word}#{nth} is not in: {text}"));
            let own = chains(&doc, at, count(word));
            let theirs = starts(&doc, whom);
            assert!(!theirs.is_empty(), "{whom} is not in: {text}");
            let together = theirs
                .iter()
                .any(|t| *t != at && chains(&doc, *t, count(whom)).iter().any(|c| own.contains(c)));
            if together == mark {
                held += 1;
            } else {
                failed.push(format!("{line}   in: {text}"));
            }
        }
    }
    let all = held + failed.len();
    assert!(held * 20 >= all * 17, "{held} of {all} hold; not:\n{}", failed.join("\n"));
}

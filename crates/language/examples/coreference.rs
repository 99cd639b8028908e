//! Coreference against annotated files: treebanks with an `Entity` column (GUM) and passages with marked chains
//! (`training/coreference/*.txt`: `[1 [2 Kenya]'s minister] said [1 she] …`).
//!
//! `coreference rows FILE…` prints what `training/coreference.py` learns from; `coreference score FILE…` compares the program's
//! chains with the annotated ones: mentions are matched by their head words, single mentions do not count. MUC (Vilain and others
//! 1995), B³ (Bagga and Baldwin 1998), LEA (Moosavi and Strube 2016), and the share of anaphoric pronouns, names and
//! descriptions that were linked to something of their own chain.

use language::{Engine, conllu};
use record::{Article, Doc, Reference, Span, TokenId, TokenRange, Upos};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write as _;

/// A document with annotated mentions: where they are, and in which chain.
struct Annotated {
    id: String,
    source: Source,
}

enum Source {
    /// CoNLL-U of one document, and mentions over its words.
    Words(String, Vec<(TokenRange, usize)>),
    /// Running text, and mentions over its bytes.
    Text(String, Vec<(std::ops::Range<usize>, usize)>),
}

type Mention = (TokenId, bool);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((mode, files)) = arguments.split_first() else {
        return Err("usage: coreference rows|score FILE…".into());
    };
    let engine = Engine::embedded()?;
    let mut out = std::io::stdout().lock();
    for file in files {
        let text = std::fs::read_to_string(file)?;
        let documents = if file.ends_with(".conllu") { treebank(&text) } else { passages(&text) };
        let mut tally = Tally::default();
        for document in documents {
            let (doc, gold, rows) = read(&engine, &document)?;
            if mode == "rows" {
                let sentences: Vec<Vec<&str>> = doc
                    .sentences
                    .iter()
                    .map(|s| doc.tokens[s.tokens.indices()].iter().map(|t| t.form.as_str()).collect())
                    .collect();
                let line = serde_json::json!({"id": document.id, "sentences": sentences, "mentions": rows});
                writeln!(out, "{line}")?;
            } else {
                tally.add(&doc, &gold);
            }
        }
        if mode != "rows" {
            writeln!(out, "{file}: {}", tally.report())?;
        }
    }
    Ok(())
}

/// The document analysed, its annotated chains by head, and the rows for training.
#[allow(clippy::type_complexity)]
fn read(
    engine: &Engine,
    document: &Annotated,
) -> Result<(Doc, HashMap<Mention, usize>, Vec<serde_json::Value>), Box<dyn std::error::Error>> {
    let gold = |doc: &Doc| -> HashMap<Mention, usize> {
        let ranges: Vec<(TokenRange, usize)> = match &document.source {
            Source::Words(_, mentions) => mentions.clone(),
            Source::Text(_, mentions) => mentions
                .iter()
                .filter_map(|(bytes, chain)| {
                    let whole = Span::new(bytes.start, bytes.end);
                    let inside = |t: &record::Token| whole.contains(t.span);
                    let first = doc.tokens.iter().position(inside)?;
                    let count = doc.tokens[first..].iter().take_while(|t| inside(t)).count();
                    Some((TokenRange::new(first, first + count), *chain))
                })
                .collect(),
        };
        ranges.into_iter().filter_map(|(range, chain)| Some((head(doc, range)?, chain))).collect()
    };
    let lookup = |doc: &Doc, at: TokenId, group: bool| gold(doc).get(&(at, group)).copied();
    let (article, split) = match &document.source {
        Source::Words(text, _) => {
            let input = conllu::read(text)?;
            (input.article, Some(input.sentences))
        }
        Source::Text(text, _) => (Article { text: text.clone(), ..Article::default() }, None),
    };
    let (doc, rows) = engine.coreference_rows(article.clone(), split.clone(), &lookup);
    let gold = gold(&doc);
    let doc = match split {
        Some(split) => engine.analyse_split(article, split),
        None => engine.analyse(article),
    };
    Ok((doc, gold, rows))
}

/// The head of a span by the tree as the program sees it, and whether the span is a coordination.
fn head(doc: &Doc, range: TokenRange) -> Option<Mention> {
    let head = range.ids().find(|id| {
        let token = doc.token(*id);
        token.upos != Upos::Punct && token.head.is_none_or(|h| !range.contains(h))
    })?;
    let conj = |id: TokenId| {
        let token = doc.token(id);
        token.head == Some(head)
            && token.relation() == "conj"
            && matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron)
    };
    Some((head, range.ids().any(conj)))
}

/// The documents of a treebank with `Entity=(1-person-…)` annotations.
fn treebank(text: &str) -> Vec<Annotated> {
    let mut out: Vec<Annotated> = Vec::new();
    let mut open: Vec<(String, u32)> = Vec::new();
    let mut chains: HashMap<String, usize> = HashMap::new();
    let mut token = 0;
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            out.push(Annotated { id: id.into(), source: Source::Words(String::new(), Vec::new()) });
            open.clear();
            chains.clear();
            token = 0;
        }
        let Some(Annotated { source: Source::Words(lines, mentions), .. }) = out.last_mut() else { continue };
        lines.push_str(line);
        lines.push('\n');
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 || columns[0].contains(['-', '.']) {
            continue;
        }
        let entity = columns[9].split('|').find_map(|f| f.strip_prefix("Entity=")).unwrap_or("");
        // `(7-abstract-…(8-place-…)7)`: an opening runs to the next bracket; digits before `)` close.
        let mut rest = entity;
        while !rest.is_empty() {
            if let Some(opening) = rest.strip_prefix('(') {
                let end = opening.find(['(', ')']).unwrap_or(opening.len());
                let id = opening[..end].split('-').next().unwrap_or("").to_owned();
                open.push((id, token));
                rest = &opening[end..];
                if let Some(after) = rest.strip_prefix(')') {
                    close(&mut open, &mut chains, mentions, None, token);
                    rest = after;
                }
            } else if let Some(end) = rest.find(')') {
                close(&mut open, &mut chains, mentions, Some(&rest[..end]), token);
                rest = &rest[end + 1..];
            } else {
                break;
            }
        }
        token += 1;
    }
    out
}

fn close(
    open: &mut Vec<(String, u32)>,
    chains: &mut HashMap<String, usize>,
    mentions: &mut Vec<(TokenRange, usize)>,
    id: Option<&str>,
    token: u32,
) {
    let at = open.iter().rposition(|(o, _)| id.is_none_or(|id| o == id));
    if let Some((id, start)) = at.map(|at| open.remove(at)) {
        let next = chains.len();
        let chain = *chains.entry(id).or_insert(next);
        mentions.push((TokenRange { start, end: token + 1 }, chain));
    }
}

/// Passages with marked chains, a blank line between them, the first line of each its title.
fn passages(text: &str) -> Vec<Annotated> {
    let mut out = Vec::new();
    for passage in text.split("\n\n").filter(|p| !p.trim().is_empty()) {
        let (mut plain, mut mentions, mut open) = (String::new(), Vec::new(), Vec::new());
        let mut lines = passage.trim().lines();
        let id = lines.next().unwrap_or("").trim_start_matches('#').trim().to_owned();
        let body = lines.collect::<Vec<_>>().join(" ");
        let mut rest = body.as_str();
        while let Some(c) = rest.chars().next() {
            if c == '[' {
                let (number, after) = rest[1..].split_once(' ').unwrap_or(("", ""));
                open.push((number.parse().unwrap_or(0), plain.len()));
                rest = after;
                continue;
            }
            if c == ']' {
                if let Some((chain, start)) = open.pop() {
                    mentions.push((start..plain.len(), chain));
                }
            } else {
                plain.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
        out.push(Annotated { id, source: Source::Text(plain, mentions) });
    }
    out
}

#[derive(Default)]
struct Tally {
    /// For each measure: recall's numerator and denominator, precision's.
    measures: BTreeMap<&'static str, [f64; 4]>,
    /// Anaphors by kind: linked to the right chain, all.
    anaphors: BTreeMap<&'static str, (usize, usize)>,
}

impl Tally {
    fn add(&mut self, doc: &Doc, gold: &HashMap<Mention, usize>) {
        let mut key: BTreeMap<usize, Vec<Mention>> = BTreeMap::new();
        gold.iter().for_each(|(mention, chain)| key.entry(*chain).or_default().push(*mention));
        let key: Vec<Vec<Mention>> = key.into_values().filter(|c| c.len() > 1).collect();
        let mention = |r: &Reference| (r.head, r.group);
        let system: Vec<Vec<Mention>> =
            doc.chains.iter().map(|c| c.mentions.iter().map(mention).collect()).collect();
        for (at, (a, b)) in [(0, (&key, &system)), (2, (&system, &key))] {
            let other: HashMap<Mention, usize> =
                b.iter().enumerate().flat_map(|(i, c)| c.iter().map(move |m| (*m, i))).collect();
            for chain in a {
                let size = chain.len() as f64;
                let mut parts: HashMap<usize, f64> = HashMap::new();
                let mut alone = 0.0;
                for m in chain {
                    match other.get(m) {
                        Some(i) => *parts.entry(*i).or_default() += 1.0,
                        None => alone += 1.0,
                    }
                }
                let links = |n: f64| n * (n - 1.0) / 2.0;
                let mut give = |name, hit: f64, all: f64| {
                    let row = self.measures.entry(name).or_default();
                    row[at] += hit;
                    row[at + 1] += all;
                };
                let mut counts: Vec<f64> = parts.into_values().collect();
                counts.sort_by(f64::total_cmp);
                give("MUC", size - counts.len() as f64 - alone, size - 1.0);
                give("B³", counts.iter().map(|n| n * n).sum::<f64>() / size, size);
                give("LEA", size * counts.iter().map(|n| links(*n)).sum::<f64>() / links(size), size);
            }
        }
        let of: HashMap<Mention, usize> =
            system.iter().enumerate().flat_map(|(i, c)| c.iter().map(move |m| (*m, i))).collect();
        for chain in &key {
            let mut ordered = chain.clone();
            ordered.sort();
            let mut before: HashSet<usize> = HashSet::new();
            for (i, m) in ordered.iter().enumerate() {
                if i > 0 {
                    let token = doc.token(m.0);
                    let named = doc.names.iter().any(|n| n.tokens.contains(m.0));
                    let kind = match token.upos {
                        Upos::Pron => "pronouns",
                        _ if named => "names",
                        _ => "descriptions",
                    };
                    let row = self.anaphors.entry(kind).or_default();
                    row.0 += usize::from(of.get(m).is_some_and(|c| before.contains(c)));
                    row.1 += 1;
                }
                before.extend(of.get(m));
            }
        }
    }

    fn report(&self) -> String {
        let mut out = String::new();
        let mut mean = 0.0;
        for (name, [r, rn, p, pn]) in &self.measures {
            let (recall, precision) = (100.0 * r / rn.max(1.0), 100.0 * p / pn.max(1.0));
            let f1 = 2.0 * recall * precision / (recall + precision).max(1e-9);
            mean += f1 / self.measures.len() as f64;
            out += &format!("{name} P {precision:.1} R {recall:.1} F1 {f1:.1}  ");
        }
        out += &format!("mean {mean:.1}");
        for (kind, (right, all)) in &self.anaphors {
            out += &format!("  {kind} {:.1} of {all}", 100.0 * *right as f64 / (*all).max(1) as f64);
        }
        out
    }
}

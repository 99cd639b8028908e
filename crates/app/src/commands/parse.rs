//! `legation parse`: CoNLL-U from raw text, or with the sentences and words of a treebank.
//!
//! With `--conllu` the input's lines stay: comments, ids, multiword tokens, forms, and `SpaceAfter`. Lemma, tags, features,
//! heads and relations are the program's; nothing else of the input's analysis is passed on.

use super::{
    inputs::{Doubts, Origin},
    output,
};
use crate::{
    guard, layers,
    messages::Messages,
    outcome::{Outcome, Tally},
    settings::Parse,
};
use anyhow::Context as _;
use engine::{Legation, conllu};
use intake::{Input, Options};
use record::{Doc, TokenId};
use std::{
    fmt::Write as _,
    fs,
    io::{Read as _, Write as _},
    path::PathBuf,
};

/// Reads and prints.
pub fn run(task: &Parse, folders: &[PathBuf], messages: &Messages) -> anyhow::Result<Outcome> {
    let mut out = output();
    let mut tally = Tally::default();
    let mut doubts = Doubts::default();
    let legation = layers::legation(folders, messages)?;
    if task.conllu {
        for input in &task.inputs {
            let parsed = contents(input).and_then(|text| {
                let parsed = guard::guarded(|| annotate(&legation, &text));
                parsed.unwrap_or_else(|place| {
                    Err(anyhow::anyhow!("the program failed on it at {place}; please report it"))
                })
            });
            match parsed {
                Ok(parsed) => {
                    out.write_all(parsed.as_bytes())?;
                    tally.read += 1;
                }
                Err(error) => {
                    tally.skip_file("not CoNLL-U");
                    messages.skipped(&format!("{}: {error:#}", input.shown()));
                }
            }
        }
    } else {
        for item in intake::read(&task.inputs, &Options::default()) {
            match item {
                Err(skipped) => {
                    tally.skip(&skipped);
                    messages.skipped(&skipped.to_string());
                }
                Ok(mut item) => {
                    doubts.take(&Origin::of(&mut item)).iter().for_each(|note| messages.note(note));
                    let id = item.article.id.clone();
                    match guard::guarded(|| parse(&legation, item.article)) {
                        Ok(parsed) => {
                            out.write_all(parsed.as_bytes())?;
                            tally.read += 1;
                        }
                        Err(place) => {
                            tally.fail();
                            messages.skipped(&format!(
                                "{id}: the program failed on it at {place}; please report it"
                            ));
                        }
                    }
                }
            }
        }
    }
    out.flush()?;
    doubts.end(messages);
    Ok(tally.outcome())
}

fn parse(legation: &Legation, article: record::Article) -> String {
    let doc = legation.analyse(article);
    let misc = realities(legation, &doc);
    conllu::write(&doc, |id| misc.get(id.index()).cloned().flatten())
}

/// `Actuality=planned|Polarity=positive` for each predicate.
fn realities(legation: &Legation, doc: &Doc) -> Vec<Option<String>> {
    let entry = |(actuality, polarity): (record::Actuality, record::Polarity)| {
        let polarity = match polarity {
            record::Polarity::Positive => "positive",
            record::Polarity::Negative => "negative",
        };
        format!("Actuality={}|Polarity={polarity}", actuality.as_str())
    };
    legation.realities(doc).into_iter().map(|reality| reality.map(entry)).collect()
}

fn contents(input: &Input) -> anyhow::Result<String> {
    let bytes = match input {
        Input::Path(path) => {
            fs::read(path).context("cannot be read; check the spelling and the folder you are in")?
        }
        Input::Stdin => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).context("cannot be read")?;
            bytes
        }
        _ => anyhow::bail!("with --conllu, name files or `-`"),
    };
    String::from_utf8(bytes).context("not UTF-8, as CoNLL-U must be; convert it first")
}

/// The input's lines with the program's analysis in columns 3 to 10.
fn annotate(legation: &Legation, text: &str) -> anyhow::Result<String> {
    // Refuses what is not CoNLL-U, with the line.
    conllu::read(text)?;
    let mut sentences: Vec<Vec<String>> = vec![Vec::new()];
    for line in text.lines().chain([""]) {
        match word_of(line) {
            Some(columns) => {
                sentences.last_mut().into_iter().for_each(|words| words.push(columns[1].to_owned()))
            }
            None if line.trim().is_empty() => sentences.push(Vec::new()),
            None => {}
        }
    }
    sentences.retain(|words| !words.is_empty());
    let doc = legation.analyse_words(sentences);
    let misc = realities(legation, &doc);
    let mut out = String::with_capacity(text.len());
    let mut next = 0u32;
    let mut first = 0u32;
    let mut inside = false;
    for line in
        text.lines().map(|line| line.trim_start_matches('\u{feff}').trim_end_matches('\r')).chain([""])
    {
        let columns: Vec<&str> = line.split('\t').collect();
        if let Some(columns) = word_of(line) {
            let token =
                doc.tokens.get(next as usize).context("the analysis has fewer words than the input")?;
            let head = token.head.map_or(0, |TokenId(head)| head.saturating_sub(first) + 1);
            let mut last: Vec<&str> =
                misc.get(next as usize).and_then(Option::as_deref).into_iter().collect();
            last.extend(kept(columns[9]));
            let feats = if token.feats.0.is_empty() { "_" } else { &token.feats.0 };
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t_\t{feats}\t{head}\t{}\t_\t{}",
                columns[0],
                columns[1],
                if token.lemma.is_empty() { "_" } else { &token.lemma },
                token.upos.as_str(),
                if token.deprel.is_empty() { "_" } else { &token.deprel },
                if last.is_empty() { "_".to_owned() } else { last.join("|") },
            );
            next += 1;
            inside = true;
        } else if columns.len() == 10 && columns[0].contains('-') && !line.starts_with('#') {
            let space: Vec<&str> = kept(columns[9]).collect();
            let space = if space.is_empty() { "_".to_owned() } else { space.join("|") };
            let _ = writeln!(out, "{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{space}", columns[0], columns[1]);
            inside = true;
        } else if line.starts_with('#') {
            let _ = writeln!(out, "{line}");
        } else if line.trim().is_empty() && inside {
            out.push('\n');
            first = next;
            inside = false;
        }
    }
    Ok(out)
}

/// The columns of a line that holds a word: not a comment, a range, or an empty node.
fn word_of(line: &str) -> Option<Vec<&str>> {
    let line = line.trim_start_matches('\u{feff}').trim_end_matches('\r');
    let columns: Vec<&str> = line.split('\t').collect();
    (columns.len() == 10 && columns[0].bytes().all(|b| b.is_ascii_digit()) && !columns[0].is_empty())
        .then_some(columns)
}

/// What of the last column describes the text, not its analysis.
fn kept(misc: &str) -> impl Iterator<Item = &str> {
    misc.split('|').filter(|entry| entry.starts_with("SpaceAfter=") || entry.starts_with("SpacesAfter="))
}

//! Semantic classes of nouns: what an object must be for a general verb to name an event.

use super::{
    files::{Files, parts},
    problem::Problem,
};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// Names of the classes that the program works out itself.
const BUILT_IN: &[&str] =
    &["actor", "armed", "body", "state", "person", "place", "politician", "money", "number"];

/// Which lemmas belong to which class.
#[derive(Debug, Default)]
pub struct Classes {
    names: Vec<String>,
    of_word: HashMap<String, Vec<u16>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(default)]
    gloss: String,
    words: Vec<String>,
}

impl Classes {
    pub(super) fn read(files: &Files<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut classes = Self::default();
        for file in files.under("lexicon/classes") {
            // A file with a mistake is read class by class, so that the others stay.
            let parsed = match toml::from_str::<BTreeMap<String, Entry>>(file.text) {
                Ok(entries) => vec![Ok(entries)],
                Err(error) if file.layer == 0 => vec![Err(toml_problem(file.shown, 0, file.text, &error))],
                Err(_) => parts(file.text, |line| line.starts_with('['))
                    .into_iter()
                    .map(|(before, part)| {
                        toml::from_str(part).map_err(|error| toml_problem(file.shown, before, part, &error))
                    })
                    .collect(),
            };
            for entries in parsed {
                match entries {
                    Ok(entries) => entries.into_iter().for_each(|(name, entry)| {
                        // A layer that only adds words need not say again what the class is.
                        let known = file.layer > 0 && classes.exists(&name);
                        if entry.gloss.is_empty() && !known {
                            let message = format!("class `{name}` has no gloss");
                            problems.push(Problem::new(file.shown, line_of(file.text, &name), message));
                        }
                        if BUILT_IN.contains(&name.as_str()) {
                            let message = format!("class `{name}` is built in; rename it");
                            problems.push(Problem::new(file.shown, line_of(file.text, &name), message));
                        }
                        classes.add(name, entry.words);
                    }),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        classes
    }

    fn add(&mut self, name: String, words: Vec<String>) {
        let id = self.names.iter().position(|n| *n == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        }) as u16;
        for word in words {
            let ids = self.of_word.entry(word.to_lowercase()).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }

    /// Whether a class of this name exists.
    pub fn exists(&self, name: &str) -> bool {
        BUILT_IN.contains(&name) || self.names.iter().any(|n| n == name)
    }

    /// Whether any class of nouns lists `word`; classes of verbs end in `_verb`.
    pub fn lists_noun(&self, word: &str) -> bool {
        let ids = self.of_word.get(word).map_or(&[][..], Vec::as_slice);
        ids.iter().any(|id| !self.names[usize::from(*id)].ends_with("_verb"))
    }

    /// Whether `word`, a lemma or several joined by spaces, belongs to class `name`.
    pub fn has(&self, name: &str, word: &str) -> bool {
        let Some(ids) = self.of_word.get(word) else { return false };
        ids.iter().any(|id| self.names[usize::from(*id)] == name)
    }
}

/// The line that opens a class; 0 where none does.
fn line_of(text: &str, class: &str) -> usize {
    let named = |line: &str| {
        let name = line.trim().strip_prefix('[').and_then(|rest| rest.split(']').next());
        name.is_some_and(|name| name.trim().trim_matches(['"', '\'']) == class)
    };
    text.lines().position(named).map_or(0, |line| line + 1)
}

/// A TOML error as a problem with its line; `before` lines of the file stand before `text`.
pub(super) fn toml_problem(file: &str, before: usize, text: &str, error: &toml::de::Error) -> Problem {
    let start = error.span().map(|span| span.start.min(text.len()));
    let line = start
        .map_or(0, |start| before + text.as_bytes()[..start].iter().filter(|b| **b == b'\n').count() + 1);
    Problem::new(file, line, error.message().trim().to_owned())
}

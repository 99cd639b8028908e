//! Semantic classes of nouns: what an object must be for a general verb to name an event.

use super::{files::Files, problem::Problem};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// Names of the classes that the program works out itself.
const BUILT_IN: &[&str] = &["actor", "body", "state", "person", "place", "money", "number"];

/// Which lemmas belong to which class.
#[derive(Debug, Default)]
pub struct Classes {
    names: Vec<String>,
    of_word: HashMap<String, Vec<u16>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    gloss: String,
    words: Vec<String>,
}

impl Classes {
    pub(super) fn read(files: &Files, problems: &mut Vec<Problem>) -> Self {
        let mut classes = Self::default();
        for (file, text) in files.under("lexicon/classes") {
            match toml::from_str::<BTreeMap<String, Entry>>(text) {
                Ok(entries) => {
                    for (name, entry) in entries {
                        if entry.gloss.is_empty() {
                            problems.push(Problem::new(file, 0, format!("class `{name}` has no gloss")));
                        }
                        if BUILT_IN.contains(&name.as_str()) {
                            problems.push(Problem::new(
                                file,
                                0,
                                format!("class `{name}` is built in; rename it"),
                            ));
                        }
                        classes.add(name, entry.words);
                    }
                }
                Err(error) => problems.push(toml_problem(file, text, &error)),
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

    /// Whether `word`, a lemma or several joined by spaces, belongs to class `name`.
    pub fn has(&self, name: &str, word: &str) -> bool {
        let Some(ids) = self.of_word.get(word) else { return false };
        ids.iter().any(|id| self.names[usize::from(*id)] == name)
    }
}

/// A TOML error as a problem with its line.
pub(super) fn toml_problem(file: &str, text: &str, error: &toml::de::Error) -> Problem {
    let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    Problem::new(file, line, error.message().trim().to_owned())
}

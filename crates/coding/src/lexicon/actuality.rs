//! Words that decide whether what they govern took place: modals, implicatives, attitudes, negation, conditions.
//!
//! Source of the method: implicative signatures after Karttunen (1971, 2012) and Nairn, Condoravdi and Karttunen (2006).

use super::{files::Files, problem::Problem, table};
use record::Actuality;
use std::collections::HashMap;

/// The part of speech a word is used in as an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OperatorPos {
    /// *might*
    Modal,
    /// *managed to*
    Verb,
    /// *an attempt to*
    Noun,
    /// *possible*
    Adjective,
    /// *never*
    Adverb,
    /// *if*
    Conjunction,
    /// *without*
    Preposition,
    /// *have yet to*
    Phrase,
}

/// What an operator does to what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It has this actuality.
    Is(Actuality),
    /// It did not take place.
    Not,
    /// It took place and is over.
    Ended,
    /// Nothing changes.
    Keep,
}

/// One word with its two effects.
#[derive(Clone, Copy, Debug)]
pub struct Operator {
    /// Where the word itself is affirmed.
    pub affirmed: Effect,
    /// Where the word itself is negated.
    pub negated: Effect,
}

/// Operators by part of speech and lemma; phrases by their first lemma.
#[derive(Debug, Default)]
pub struct Operators {
    words: HashMap<(OperatorPos, String), Operator>,
    phrases: HashMap<String, Vec<(Vec<String>, Operator)>>,
}

impl Operators {
    pub(super) fn read(files: &Files<'_>, problems: &mut Vec<Problem>) -> Self {
        let columns = ["word", "pos", "affirmed", "negated", "example"];
        let mut operators = Self::default();
        let parse = |row: &table::Row<'_>| {
            let effects = parse_effect(row.cell(2)).zip(parse_effect(row.cell(3)));
            let parsed = parse_pos(row.cell(1)).zip(effects);
            parsed.ok_or_else(|| "part of speech or effect is unknown".to_owned())
        };
        for (row, parsed) in table::rows(files, "lexicon/actuality.tsv", &columns, 2, problems, parse) {
            let (pos, (affirmed, negated)) = parsed;
            let operator = Operator { affirmed, negated };
            let word = row.cell(0).to_lowercase();
            if pos == OperatorPos::Phrase {
                let words: Vec<String> = word.split_whitespace().map(str::to_owned).collect();
                if let Some(first) = words.first().cloned() {
                    operators.phrases.entry(first).or_default().push((words, operator));
                }
            } else if operators.words.insert((pos, word), operator).is_some() {
                problems.push(row.problem(format!("`{}` ({}) is listed twice", row.cell(0), row.cell(1))));
            }
        }
        operators
    }

    /// The operator with this part of speech and lemma.
    pub fn get(&self, pos: OperatorPos, lemma: &str) -> Option<Operator> {
        self.words.get(&(pos, lemma.to_owned())).copied()
    }

    /// Phrases that begin with `lemma`.
    pub fn phrases(&self, lemma: &str) -> &[(Vec<String>, Operator)] {
        self.phrases.get(lemma).map_or(&[], Vec::as_slice)
    }
}

fn parse_pos(word: &str) -> Option<OperatorPos> {
    Some(match word {
        "modal" | "auxiliary" => OperatorPos::Modal,
        "verb" => OperatorPos::Verb,
        "noun" => OperatorPos::Noun,
        "adjective" => OperatorPos::Adjective,
        "adverb" | "determiner" => OperatorPos::Adverb,
        "conjunction" => OperatorPos::Conjunction,
        "preposition" => OperatorPos::Preposition,
        "phrase" => OperatorPos::Phrase,
        _ => return None,
    })
}

fn parse_effect(word: &str) -> Option<Effect> {
    use Actuality::*;
    Some(match word {
        "actual" => Effect::Is(Actual),
        "not" => Effect::Not,
        "ongoing" => Effect::Is(Ongoing),
        "ended" => Effect::Ended,
        "historical" => Effect::Is(Historical),
        "planned" => Effect::Is(Planned),
        "promised" => Effect::Is(Promised),
        "threatened" => Effect::Is(Threatened),
        "requested" => Effect::Is(Requested),
        "possible" => Effect::Is(Possible),
        "conditional" => Effect::Is(Conditional),
        "generic" => Effect::Is(Generic),
        "keep" => Effect::Keep,
        _ => return None,
    })
}

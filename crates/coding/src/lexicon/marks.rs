//! Words that tell how sure a source is, that it speaks for the first time, or that what it says is to its own disadvantage.

use super::{files::Files, phrase::Phrase, problem::Problem, table};
use record::{Certainty, Mark};
use std::collections::HashMap;

/// What a phrase tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// How sure the source is.
    Sure(Certainty),
    /// Something else about the statement.
    Mark(Mark),
}

/// Where a phrase tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// In what is said.
    Said,
    /// In the words that report it.
    Report,
    /// In either.
    Both,
    /// In what is said, of the source itself.
    Own,
}

/// One phrase.
#[derive(Clone, Debug)]
pub struct MarkPhrase {
    /// What it tells.
    pub sign: Sign,
    /// Where.
    pub place: Where,
    words: Phrase,
}

/// Phrases by their first word.
#[derive(Debug, Default)]
pub struct Marks(HashMap<String, Vec<MarkPhrase>>);

impl Marks {
    pub(super) fn read(files: &Files<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut phrases: HashMap<String, Vec<MarkPhrase>> = HashMap::new();
        let columns = ["phrase", "tells", "where", "example"];
        for (_, entry) in table::rows(files, "lexicon/marks.tsv", &columns, 3, problems, parse) {
            phrases.entry(entry.words.first().to_owned()).or_default().push(entry);
        }
        Self(phrases)
    }

    /// The longest phrases that begin at `words[at]`, given by lemma and form, with the number of words they cover.
    pub fn at<'m>(
        &'m self,
        words: &'m [[&str; 2]],
        at: usize,
    ) -> impl Iterator<Item = (usize, &'m MarkPhrase)> {
        let [lemma, form] = words.get(at).copied().unwrap_or_default();
        let by_form = self.0.get(form).filter(|_| form != lemma);
        let entries = self.0.get(lemma).into_iter().chain(by_form).flatten();
        let found: Vec<(usize, &MarkPhrase)> =
            entries.filter_map(|entry| Some((entry.words.length_in(&words[at..])?, entry))).collect();
        let longest = found.iter().map(|(length, _)| *length).max();
        found.into_iter().filter(move |(length, _)| Some(*length) == longest)
    }
}

fn parse(row: &table::Row<'_>) -> Result<MarkPhrase, String> {
    let tells = row.cell(1);
    let sure = Certainty::ALL.into_iter().find(|certainty| certainty.as_str() == tells).map(Sign::Sure);
    let mark = Mark::ALL.into_iter().find(|mark| mark.as_str() == tells).map(Sign::Mark);
    let sign = sure.or(mark).ok_or_else(|| format!("`{tells}` is neither a certainty nor a mark"))?;
    let place = match row.cell(2) {
        "said" => Where::Said,
        "report" => Where::Report,
        "both" => Where::Both,
        "own" => Where::Own,
        other => return Err(format!("`{other}` is no place; use said, report, both or own")),
    };
    Ok(MarkPhrase { sign, place, words: Phrase::parse(row.cell(0), 1)? })
}

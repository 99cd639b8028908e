//! Attribution cues: the words that report, with the commitment they carry.

use super::{files::Files, problem::Problem, table};
use record::{Certainty, Stance};
use std::collections::HashMap;

/// The part of speech a cue is used in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CuePos {
    /// *said*
    Verb,
    /// *the claim that*
    Noun,
    /// *adamant that*
    Adjective,
    /// *reportedly*
    Adverb,
    /// *according to*
    Preposition,
    /// *as saying*
    Phrase,
}

/// How content attaches to a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// A clause or a quotation.
    That,
    /// A noun phrase.
    Np,
    /// A noun phrase for something said: *walked back the claim*, not *walked back the dog*.
    Claim,
    /// A gerund.
    Ing,
    /// An infinitive.
    To,
    /// An *as* phrase.
    As,
    /// An *about* phrase.
    About,
    /// An indirect question.
    Whether,
    /// Not content: the object is an inner source (*citing a diplomat*).
    Source,
}

/// One cue in one sense.
#[derive(Clone, Debug)]
pub struct Cue {
    /// The words.
    pub cue: String,
    /// Their part of speech.
    pub pos: CuePos,
    /// The holder's stance.
    pub stance: Stance,
    /// The holder's certainty; `None` for no commitment.
    pub certainty: Option<Certainty>,
    /// How content may attach.
    pub content: Vec<Content>,
}

/// Cues by part of speech and lemma.
#[derive(Debug, Default)]
pub struct Cues(HashMap<(CuePos, String), Cue>);

impl Cues {
    pub(super) fn read(files: &Files<'_>, problems: &mut Vec<Problem>) -> Self {
        let columns = ["cue", "pos", "stance", "certainty", "content", "gloss", "example"];
        let mut cues = HashMap::new();
        for (row, cue) in table::rows(files, "lexicon/cues.tsv", &columns, 2, problems, parse) {
            let key = (cue.pos, cue.cue.clone());
            if cues.insert(key, cue).is_some() {
                problems.push(row.problem(format!("`{}` ({}) is listed twice", row.cell(0), row.cell(1))));
            }
        }
        Self(cues)
    }

    /// The cue with this part of speech and lemma.
    pub fn get(&self, pos: CuePos, lemma: &str) -> Option<&Cue> {
        self.0.get(&(pos, lemma.to_owned()))
    }
}

fn parse(row: &table::Row<'_>) -> Result<Cue, String> {
    let pos = match row.cell(1) {
        "verb" => CuePos::Verb,
        "noun" => CuePos::Noun,
        "adjective" => CuePos::Adjective,
        "adverb" => CuePos::Adverb,
        "preposition" => CuePos::Preposition,
        "phrase" => CuePos::Phrase,
        other => return Err(format!("`{other}` is no part of speech for a cue")),
    };
    let stance = Stance::parse(row.cell(2)).ok_or_else(|| format!("`{}` is no stance", row.cell(2)))?;
    let certainty = Certainty::ALL.into_iter().find(|certainty| certainty.as_str() == row.cell(3));
    if certainty.is_none() && row.cell(3) != "none" {
        return Err(format!("`{}` is no certainty", row.cell(3)));
    }
    let mut content = Vec::new();
    for word in row.list(4).flat_map(|item| item.split(',')).map(str::trim) {
        content.push(match word {
            "that" => Content::That,
            "np" => Content::Np,
            "claim" => Content::Claim,
            "ing" => Content::Ing,
            "to" => Content::To,
            "as" => Content::As,
            "about" => Content::About,
            "whether" => Content::Whether,
            "source" => Content::Source,
            other => return Err(format!("`{other}` is no kind of content")),
        });
    }
    Ok(Cue { cue: row.cell(0).to_lowercase(), pos, stance, certainty, content })
}

//! Attribution cues: the words that report, with the commitment they carry.

use super::{files::Files, problem::Problem, table};
use record::Stance;
use std::collections::HashMap;

/// How sure the holder is of what is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Presented as so.
    Certain,
    /// Presented as likely.
    Probable,
    /// Presented as possible.
    Possible,
    /// No commitment.
    None,
}

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
    /// The holder's certainty.
    pub certainty: Certainty,
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
    let certainty = match row.cell(3) {
        "certain" => Certainty::Certain,
        "probable" => Certainty::Probable,
        "possible" => Certainty::Possible,
        "none" => Certainty::None,
        other => return Err(format!("`{other}` is no certainty")),
    };
    let mut content = Vec::new();
    for word in row.list(4).flat_map(|item| item.split(',')).map(str::trim) {
        content.push(match word {
            "that" => Content::That,
            "np" => Content::Np,
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

//! Common nouns that carry a sector: *soldier* MIL, *foreign minister* GOV, *protester* CVL.

use crate::key;
use crate::table::Row;
use record::Sector;
use std::collections::HashMap;

pub(crate) const COLUMNS: &[&str] = &["noun", "sector", "kind", "country", "note"];

/// A common noun or noun phrase that names a kind of actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The noun, in the singular where it has one.
    pub noun: String,
    /// PLOVER sector; `None` where the noun names people but no sector (*people*).
    pub sector: Option<Sector>,
    /// Whether it names an organ, company or organisation, rather than persons or forces.
    pub body: bool,
    /// The country or body it implies, where it implies one (*eurocrat*).
    pub country: Option<String>,
    /// Remark.
    pub note: String,
}

impl Agent {
    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let noun = row.text("noun");
        if noun.is_empty() {
            row.problem("an agent needs a noun".into());
            return None;
        }
        let kind = row.text("kind");
        if !matches!(kind.as_str(), "" | "body") {
            row.problem(format!("kind `{kind}`: write `body`, or nothing for persons and forces"));
        }
        Some(Self {
            noun,
            sector: row.sector("sector"),
            body: kind == "body",
            country: row.option("country"),
            note: row.text("note"),
        })
    }
}

/// The agents by their words, each word in a rough singular.
#[derive(Debug, Default)]
pub(crate) struct AgentIndex {
    by_key: HashMap<String, u32>,
    longest: usize,
}

impl AgentIndex {
    pub(crate) fn add(&mut self, agent: &Agent, at: u32) {
        let words: Vec<String> = key::words(&agent.noun).iter().map(|w| singular(&w.folded)).collect();
        self.longest = self.longest.max(words.len());
        self.by_key.entry(words.join(" ")).or_insert(at);
    }

    /// The longest agent that starts at `lemmas[i]`: number of lemmas, position in the table.
    pub(crate) fn find(&self, lemmas: &[&str], i: usize) -> Option<(usize, u32)> {
        let mut best = None;
        let mut phrase = String::new();
        let mut words = Vec::new();
        let mut count = 0;
        for (used, lemma) in lemmas.get(i..)?.iter().enumerate() {
            words.clear();
            key::words_into(lemma, &mut words);
            if used == 0 && words.is_empty() {
                return None;
            }
            for word in &words {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                phrase.push_str(&singular(&word.folded));
                count += 1;
            }
            if count > self.longest {
                break;
            }
            if !words.is_empty()
                && let Some(at) = self.by_key.get(&phrase)
            {
                best = Some((used + 1, *at));
            }
        }
        best
    }
}

/// A rough singular, applied to both sides of a comparison: it needs to be the same, not to be right.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("men") {
        return format!("{stem}man");
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

//! Dictionaries of agents: `NOUN {PLURAL} [~CODE]`, with sets of substitutions (`!PERSON! = MAN, WOMAN`).

use super::{
    codes::Known,
    lines::Line,
    report::{EntryId, Report},
    tables::{Table, Tables},
    words::{self, Class},
};
use crate::lexicon::ActorCode;
use record::Sector;
use std::collections::{BTreeMap, BTreeSet};

/// Nouns that one entry may stand for by its substitutions.
const MOST_FORMS: usize = 64;

/// Adds each noun to the table of agents.
pub(super) fn convert(
    file: &str,
    lines: &[Line],
    known: &Known<'_>,
    tables: &mut Tables,
    report: &mut Report,
) {
    let mut sets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines {
        if let Some((name, items)) = set_of(&line.text) {
            sets.insert(name, items);
            continue;
        }
        let entry = report.open(file, line.number, &line.text);
        let Some((noun, code)) = line.text.split_once('[') else {
            report.not(entry, "no code", "");
            continue;
        };
        // Plurals need no saying: the atlas compares singulars.
        let noun = noun.split('{').next().unwrap_or("");
        let code = code.split([']', '}']).next().unwrap_or("").trim();
        let Some(agent) = agent(code, known, entry, report) else { continue };
        let Some(forms) = expand(noun, &sets) else {
            report.not(entry, "a set of substitutions that is not defined", noun);
            continue;
        };
        let mut seen = BTreeSet::new();
        for form in forms {
            noun_row(&form, &agent, known, entry, &mut seen, tables, report);
        }
    }
}

struct Agent<'c> {
    code: &'c str,
    sector: Sector,
    country: Option<String>,
}

fn agent<'c>(code: &'c str, known: &Known<'_>, entry: EntryId, report: &mut Report) -> Option<Agent<'c>> {
    let bare = code.trim_matches('~').trim();
    if bare.is_empty() || !bare.is_ascii() || !bare.len().is_multiple_of(3) {
        report.not(entry, super::codes::BAD_CODE, code);
        return None;
    }
    let (mut sector, mut country, mut lost) = (None, None, Vec::new());
    for part in (0..bare.len()).step_by(3).map(|at| &bare[at..at + 3]) {
        match known.lexicon.actor_codes.get(part) {
            Some(ActorCode::Sector(one, _)) if sector.is_none() => sector = Some(*one),
            Some(ActorCode::Sector(..)) => lost.push(part),
            Some(ActorCode::Creed(_)) => {
                if sector.is_none() {
                    sector = Some(Sector::REL);
                }
            }
            Some(ActorCode::Trait | ActorCode::People(_)) => {}
            _ if country.is_none() && known.atlas.state(part).is_some() => country = Some(part.to_owned()),
            _ => lost.push(part),
        }
    }
    let Some(sector) = sector else {
        report.not(entry, "the code has no sector of PLOVER", code);
        return None;
    };
    if !lost.is_empty() {
        report.partly(entry, "one sector is kept, the code says more", &lost.join(" "));
    }
    Some(Agent { code: bare, sector, country })
}

fn noun_row(
    noun: &str,
    agent: &Agent<'_>,
    known: &Known<'_>,
    entry: EntryId,
    seen: &mut BTreeSet<String>,
    tables: &mut Tables,
    report: &mut Report,
) {
    let mut words: Vec<String> =
        noun.split(['_', ' ']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    if words.first().is_some_and(|word| matches!(word.as_str(), "the" | "a" | "an")) {
        words.remove(0);
    }
    if words.is_empty() || !words.iter().all(|word| words::is_word(word) || word == "&") {
        report.not(entry, "not a noun", noun);
        return;
    }
    if words.len() > 1 && words.last().is_some_and(|word| words::class(word) == Class::Preposition) {
        report.not(entry, "a phrase that ends in a preposition; its noun is an entry of its own", noun);
        return;
    }
    // The singular stands for both; of MAN and MEN one is enough.
    let last = words.pop().unwrap_or_default();
    let singular = words::noun_forms(&last).pop().unwrap_or_default();
    let stem = words.iter().chain([&singular]).cloned().collect::<Vec<_>>().join(" ");
    if !seen.insert(stem) {
        return;
    }
    words.push(last);
    let noun = words.join(" ");
    let lemmas: Vec<&str> = words.iter().map(String::as_str).collect();
    // Where a noun is listed twice the first one counts, as in PETRARCH.
    tables.row(Table::Agents, &noun, entry, None, || {
        let kind = if is_body(&lemmas, known) { "body" } else { "" };
        let country = agent.country.clone().unwrap_or_default();
        vec![noun.clone(), agent.sector.as_str().into(), kind.into(), country, format!("code {}", agent.code)]
    });
}

/// Whether a noun names an organ or company, as the shipped atlas has it for the noun or for its head.
fn is_body(lemmas: &[&str], known: &Known<'_>) -> bool {
    let whole = known.atlas.agent(lemmas, 0).filter(|(used, _)| *used == lemmas.len());
    if let Some((_, agent)) = whole {
        return agent.body;
    }
    // *ministry of health*, *coast guard headquarters*
    let before_of = lemmas.iter().position(|word| matches!(*word, "of" | "for"));
    let head = before_of.filter(|at| *at > 0).map_or(lemmas.len() - 1, |at| at - 1);
    known.atlas.agent(lemmas, head).is_some_and(|(_, agent)| agent.body)
}

/// `!PERSON! = MAN, WOMAN`.
fn set_of(text: &str) -> Option<(String, Vec<String>)> {
    let (name, items) = text.split_once('=')?;
    let name = name.trim();
    if !name.starts_with('!') || !name.ends_with('!') || name.len() < 3 {
        return None;
    }
    Some((
        name.to_owned(),
        items.split(',').map(|item| item.trim().to_owned()).filter(|i| !i.is_empty()).collect(),
    ))
}

/// The noun with its substitutions; `None` where a set is not defined or there are too many.
fn expand(noun: &str, sets: &BTreeMap<String, Vec<String>>) -> Option<Vec<String>> {
    let mut done = Vec::new();
    let mut open = vec![noun.to_owned()];
    // A set may name itself.
    let mut steps = 0;
    while let Some(form) = open.pop() {
        steps += 1;
        let marker = form.find('!').and_then(|start| {
            let end = start + 1 + form[start + 1..].find('!')?;
            Some((start, end))
        });
        match marker {
            None => done.push(form),
            Some((start, end)) => {
                let items = sets.get(&form[start..=end])?;
                open.extend(
                    items.iter().rev().map(|item| format!("{}{item}{}", &form[..start], &form[end + 1..])),
                );
            }
        }
        if open.len() + done.len() > MOST_FORMS || steps > 4 * MOST_FORMS {
            return None;
        }
    }
    Some(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substitutions_are_made() {
        let sets: BTreeMap<_, _> = set_of("!PERSON! = MAN, WOMAN").into_iter().collect();
        assert_eq!(expand("HARBOUR!PERSON!", &sets).unwrap_or_default(), ["HARBOURMAN", "HARBOURWOMAN"]);
        assert_eq!(expand("PLAIN", &sets).unwrap_or_default(), ["PLAIN"]);
        assert!(expand("!MINIST!_OF_X", &sets).is_none());
        let endless: BTreeMap<_, _> = [("!A!".to_owned(), vec!["!A!".to_owned(), "x".to_owned()])].into();
        assert!(expand("!A!", &endless).is_none());
        let itself: BTreeMap<_, _> = [("!A!".to_owned(), vec!["!A!".to_owned()])].into();
        assert!(expand("!A!", &itself).is_none());
        assert_eq!(expand("A!B", &sets).unwrap_or_default(), ["A!B"]);
    }
}

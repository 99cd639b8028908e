//! Names as dictionaries write them (`KURDISTAN_WORKERS'_PARTY_(PKK)_`), as news writes them.
//!
//! Our tables tell capitals from small letters: a name that is one acronym counts only in capitals. Dictionaries in capitals
//! throughout do not say which is which, so an acronym is told by the atlas's spelling, by its letters, or by the initials
//! of another name of the same entry.

use atlas::{Atlas, key};
use std::collections::HashMap;

/// Words that stay small inside a name.
const SMALL: &[&str] = &[
    "a", "an", "and", "at", "by", "da", "das", "de", "del", "der", "des", "di", "do", "dos", "du", "e",
    "for", "from", "in", "la", "las", "le", "los", "of", "on", "the", "to", "und", "van", "von", "with", "y",
];

/// Names of three letters or fewer count as acronyms; up to this many do where they have no vowel.
const ACRONYM: usize = 6;

/// How the atlas spells names, by key.
#[derive(Debug, Default)]
pub(super) struct Spellings(HashMap<String, String>);

impl Spellings {
    /// Of all names of the atlas but places.
    pub(super) fn of(atlas: &Atlas) -> Self {
        let mut spellings = Self::default();
        for state in atlas.states() {
            let seats = state.seats.iter().map(|seat| &seat.name);
            let names = [&state.name, &state.official].into_iter().chain(&state.names).chain(&state.demonyms);
            names.chain(&state.capital).chain(seats).for_each(|name| spellings.add(name));
        }
        for body in atlas.bodies() {
            std::iter::once(&body.name).chain(&body.names).for_each(|name| spellings.add(name));
        }
        for group in atlas.groups() {
            std::iter::once(&group.name).chain(&group.names).for_each(|name| spellings.add(name));
        }
        for service in atlas.services() {
            std::iter::once(&service.name).chain(&service.names).for_each(|name| spellings.add(name));
        }
        for outlet in atlas.outlets() {
            std::iter::once(&outlet.name).chain(&outlet.names).for_each(|name| spellings.add(name));
        }
        for tenure in atlas.tenures() {
            std::iter::once(&tenure.name).chain(&tenure.aliases).for_each(|name| spellings.add(name));
        }
        spellings
    }

    fn add(&mut self, name: &str) {
        self.0.entry(key::key(name)).or_insert_with(|| name.to_owned());
    }

    /// Names as news writes them, without doubles, the first one first. `persons` are never acronyms.
    pub(super) fn spelled(&self, raw: &[String], persons: bool) -> Vec<String> {
        let bare: Vec<String> = raw.iter().flat_map(|name| bare(name)).collect();
        let mut seen: Vec<String> = Vec::new();
        let mut spelled = Vec::new();
        for name in &bare {
            let own = key::key(name);
            if own.is_empty() || seen.contains(&own) {
                continue;
            }
            let known = self.0.get(&own).cloned();
            spelled.push(known.unwrap_or_else(|| {
                let acronym = !persons && is_acronym(name, &bare);
                if acronym { name.to_uppercase() } else { self.cased(name) }
            }));
            seen.push(own);
        }
        spelled
    }
}

impl Spellings {
    /// `KIM_JONG-UN` as *Kim Jong-Un*. A name that has small letters stays as it is; a word that the atlas writes in capitals
    /// is written so (*UN envoy*).
    fn cased(&self, name: &str) -> String {
        if name.chars().any(char::is_lowercase) {
            return name.to_owned();
        }
        let words = name.split(' ').enumerate().map(|(number, word)| {
            let lower = word.to_lowercase();
            // *U.N.*, *G7*, *F-16*
            let initials =
                word.len() > 2 && word.trim_end_matches('.').split('.').all(|part| part.chars().count() == 1);
            let numbered = word.chars().next().is_some_and(char::is_alphabetic)
                && word.chars().any(|c| c.is_ascii_digit());
            let known =
                || self.0.get(&key::key(word)).is_some_and(|known| !known.chars().any(char::is_lowercase));
            if number > 0 && SMALL.contains(&lower.as_str()) {
                lower
            } else if initials || numbered || known() {
                word.to_owned()
            } else {
                capitalised(&lower)
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// The names an entry holds: underscores are spaces, an abbreviation behind it in parentheses is a name of its own, `ORDER, THE`
/// is *The Order*, and a leading article does not count. Empty where nothing of it is a name.
pub(super) fn bare(raw: &str) -> Vec<String> {
    let spaced: String = raw.chars().map(|c| if matches!(c, '_' | '|' | '\t') { ' ' } else { c }).collect();
    let mut names = Vec::new();
    let (main, inside) = match (spaced.find('('), spaced.rfind(')')) {
        (Some(open), Some(close)) if open < close => (
            format!("{} {}", &spaced[..open], &spaced[close + 1..]),
            Some(spaced[open + 1..close].to_owned()),
        ),
        (Some(open), None) => (spaced[..open].to_owned(), None),
        _ => (spaced.clone(), None),
    };
    let main = tidy(&main);
    let main = match main.to_uppercase().strip_suffix(", THE") {
        Some(rest) => main[..rest.len().min(main.len())].to_owned(),
        None => main,
    };
    let article = main.get(..4).is_some_and(|first| first.eq_ignore_ascii_case("the "));
    names.push(if article { main[4..].to_owned() } else { main });
    // *(PKK)* is a name; *(Colombia)* tells namesakes apart.
    names.extend(inside.map(|inside| tidy(&inside)).filter(|inside| {
        let letters = inside.chars().count();
        !inside.contains(' ') && (2..=8).contains(&letters) && initials_fit(inside, &names[0])
    }));
    names.retain(|name| name.chars().any(char::is_alphabetic));
    names
}

fn tidy(name: &str) -> String {
    let words = name.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    words.collect::<Vec<_>>().join(" ").trim_matches([',', ':', ';', '!', '#', '"']).trim().to_owned()
}

fn is_acronym(name: &str, others: &[String]) -> bool {
    let mut letters = name.chars().filter(|c| *c != '.');
    if name.contains(' ')
        || name.chars().any(char::is_lowercase)
        || !letters.clone().all(char::is_alphanumeric)
    {
        return false;
    }
    let count = letters.clone().count();
    let vowel = letters.any(|c| "AEIOUY".contains(c));
    count <= 3
        || name.matches('.').count() > 1
        || !vowel && count <= ACRONYM
        || others.iter().any(|other| other.contains(' ') && initials_fit(name, other))
}

/// Whether the letters of `acronym` are the initials of `name`, with or without its small words.
fn initials_fit(acronym: &str, name: &str) -> bool {
    let letters: String =
        acronym.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let words = || name.split([' ', '-']).filter(|word| !word.is_empty());
    let initials = |words: &mut dyn Iterator<Item = &str>| -> String {
        words
            .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
            .flat_map(char::to_uppercase)
            .collect()
    };
    let is_large = |word: &&str| !SMALL.contains(&word.to_lowercase().as_str());
    letters.chars().count() > 1
        && (initials(&mut words()) == letters || initials(&mut words().filter(is_large)) == letters)
}

/// A capital at the start, behind hyphens and slashes, and behind an apostrophe with one letter before it (*O'Neill*).
fn capitalised(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let (mut start, mut letters) = (true, 0);
    for c in word.chars() {
        if start && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            start = false;
        } else {
            out.push(c);
        }
        match c {
            '-' | '/' | '.' | '(' => (start, letters) = (true, 0),
            '\'' | '’' => (start, letters) = (letters == 1, 0),
            // *20th*
            c if c.is_ascii_digit() => start = false,
            _ => letters += 1,
        }
    }
    out
}

/// An id of small letters, digits and hyphens.
pub(super) fn slug(name: &str) -> String {
    key::key(name)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .take(6)
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(names: &[&str]) -> Vec<String> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Spellings::default().spelled(&names, false)
    }

    #[test]
    fn capitals_become_names() {
        assert_eq!(
            spelled(&["HARBOUR_FRONT_OF_THE_NORTH_(HFN)_", "+".trim_start_matches('+')]),
            ["Harbour Front of the North", "HFN"]
        );
        assert_eq!(spelled(&["ISLANDERS_(GREECE)_"]), ["Islanders"]);
        assert_eq!(spelled(&["ORDER,_THE_", "THE_ORDER_"]), ["Order"]);
        assert_eq!(
            spelled(&["BAN_KI-MOON", "LIAM_O'NEILL", "U.N._MONITOR_"]),
            ["Ban Ki-Moon", "Liam O'Neill", "U.N. Monitor"]
        );
        assert_eq!(spelled(&["JULY_20TH_BRIGADE_", "UN_Secy_Gen"]), ["July 20th Brigade", "UN Secy Gen"]);
    }

    #[test]
    fn acronyms_are_told() {
        assert_eq!(
            spelled(&["SHIPPING_AND_LABOUR_ORGANIZATION", "SLO", "SALO", "SLOW"]),
            ["Shipping and Labour Organization", "SLO", "SALO", "Slow"]
        );
        assert_eq!(spelled(&["XKRT", "U.N.", "NUMBERED"]), ["XKRT", "U.N.", "Numbered"]);
        let person = Spellings::default().spelled(&["LEE".to_owned()], true);
        assert_eq!(person, ["Lee"]);
    }

    #[test]
    fn odd_names_are_no_panic() {
        for name in
            ["", "_", "()", ")(", "(((", "THE ", "İ, THE", "39649_", "\u{fffd}", "ẞ,_THE", "a|b\tc", "the_é"]
        {
            let _ = bare(name);
            let _ = spelled(&[name]);
            let _ = slug(name);
        }
        assert!(bare("39649_").is_empty());
    }
}

//! Who is meant, in words: *North Korea’s armed forces*, *Kim Jong Un*, *NATO*.

use super::{clean, clip};
use atlas::Atlas;
use record::{
    Sector,
    reading::{Actor, Party, Source},
};

/// Longest description of somebody the atlas does not know.
const LONGEST: usize = 60;

/// Somebody, in words and as a code.
#[derive(Clone, Debug, Default)]
pub struct Name {
    /// In words.
    pub label: String,
    /// Code of the CAMEO family.
    pub code: Option<String>,
}

impl Name {
    /// One side of an event.
    pub fn of_party(party: &Party, atlas: &Atlas) -> Self {
        let label = label(&party.name, party.country.as_deref(), party.sector, &party.text, atlas);
        Self { label, code: party.code.as_deref().and_then(shown_code) }
    }

    /// A link of a reporting chain, with the article's words where the name is not among them.
    pub fn of_source(source: &Source, atlas: &Atlas) -> Self {
        let said = words(&source.text);
        let Some(Actor { name, country, body, sector, code, .. }) = &source.actor else {
            return Self { label: format!("“{said}” (not identified)"), code: None };
        };
        let code = code.as_deref().and_then(shown_code);
        if country.is_none()
            && body.is_none()
            && code.is_none()
            && clean(name).trim() == clean(&source.text).trim()
        {
            return Self { label: format!("“{said}”"), code: None };
        }
        let label = label(name, country.as_deref(), *sector, &source.text, atlas);
        let label = if shares_a_word(&label, &said) { label } else { format!("{label} (“{said}”)") };
        Self { label, code }
    }
}

/// Whether some word of `label` begins as some word of `said`: *North Korea’s government* and *the North Korean side*.
fn shares_a_word(label: &str, said: &str) -> bool {
    let stems = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let long = words.filter(|word| word.chars().next().is_some_and(char::is_uppercase));
        long.map(|word| word.to_lowercase().chars().take(4).collect()).collect()
    };
    let said = stems(said);
    stems(label).iter().any(|stem| said.contains(stem))
}

fn words(text: &str) -> String {
    clip(&clean(text), LONGEST)
}

/// A code that names a country or body; `---EDU` says nothing that the words do not.
fn shown_code(code: &str) -> Option<String> {
    (!code.is_empty() && !code.starts_with('-')).then(|| clean(code))
}

fn label(name: &str, country: Option<&str>, sector: Option<Sector>, text: &str, atlas: &Atlas) -> String {
    let name = clean(name);
    let state = country.and_then(|iso3| atlas.state(iso3)).filter(|state| state.name == name);
    match (state, sector) {
        _ if name.trim().is_empty() => words(text),
        (Some(_), None) => name,
        (Some(_), Some(sector)) => match part_of_state(sector) {
            Some(part) if name.ends_with('s') => format!("{name}’ {part}"),
            Some(part) => format!("{name}’s {part}"),
            None => format!("{name} ({})", self::sector(sector)),
        },
        // Nothing but the article's words: they stand between quotation marks.
        (None, None) if country.is_none() && name.trim() == clean(text).trim() => {
            format!("“{}”", clip(&name, LONGEST))
        }
        (None, _) => clip(&name, LONGEST),
    }
}

/// What a state has one of.
fn part_of_state(sector: Sector) -> Option<&'static str> {
    Some(match sector {
        Sector::GOV => "government",
        Sector::MIL => "armed forces",
        Sector::SPY => "intelligence",
        Sector::COP => "police",
        Sector::LEG => "parliament",
        Sector::JUD => "courts",
        Sector::OPP => "opposition",
        _ => return None,
    })
}

/// The state's short name, or the code where the atlas does not know it.
pub fn country(iso3: &str, atlas: &Atlas) -> String {
    atlas.state(iso3).map_or_else(|| iso3.to_owned(), |state| state.name.clone())
}

/// A sector in words.
pub fn sector(sector: Sector) -> &'static str {
    match sector {
        Sector::COP => "police",
        Sector::GOV => "government",
        Sector::JUD => "judiciary",
        Sector::LEG => "legislature",
        Sector::MIL => "armed forces",
        Sector::PRM => "paramilitaries",
        Sector::PTY => "political party",
        Sector::REB => "rebels",
        Sector::SPY => "intelligence service",
        Sector::UAF => "unidentified armed force",
        Sector::UNK => "unknown",
        Sector::AGR => "farmers",
        Sector::BUS => "business",
        Sector::CRM => "criminals",
        Sector::CVL => "civilians",
        Sector::EDU => "academia",
        Sector::ELI => "elites",
        Sector::JRN => "journalists",
        Sector::LAB => "workers",
        Sector::MED => "medical workers",
        Sector::REF => "refugees",
        Sector::OPP => "opposition",
        Sector::PRE => "prisoners",
        Sector::REL => "religious body",
        Sector::SOC => "civil society",
        Sector::IGO => "international body",
        Sector::UNO => "United Nations body",
        Sector::EUR => "European Union body",
        Sector::NGO => "non-governmental organisation",
        Sector::ISM => "Islamist movement",
        Sector::IMG => "international militant group",
        Sector::MNC => "multinational company",
    }
}

//! An event in words: what it is, whether it is said to have happened, and who says so.

use super::{EXCERPT, Excerpt, Name, clean, country, dates, excerpt::Chars};
use atlas::Atlas;
use record::{
    Actuality, Certainty, Mark, Polarity, Quad, Stance,
    reading::{Basis, Event, EventPlace, Extent, Party, Quantity, Reading, Statement},
};

/// How the words present an event. Never that it is so: that is the holder's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As something that took or takes place.
    Real,
    /// As something that may, will or should take place, or is in question.
    Open,
    /// As something that did not or does not take place.
    Denied,
}

/// An event in words.
#[derive(Debug)]
pub struct EventView {
    pub number: usize,
    pub quad: Quad,
    /// `AID`.
    pub kind: &'static str,
    /// Mode and contexts.
    pub detail: String,
    pub actors: Vec<Name>,
    pub recipients: Vec<Name>,
    pub standing: Standing,
    /// `happened`, `planned`, `denied`.
    pub reality: &'static str,
    /// Place, time and numbers, each in words.
    pub facts: Vec<String>,
    pub excerpt: Excerpt,
    /// Who says so, as a sentence.
    pub says: String,
    /// The treaties it is said to rest on.
    pub basis: Vec<String>,
    /// Rule, CAMEO code, intensity, confidence.
    pub rule: String,
    /// How the rule matched.
    pub why: Vec<String>,
}

impl EventView {
    pub(super) fn new(event: &Event, reading: &Reading, chars: &Chars<'_>, atlas: &Atlas) -> Self {
        let statement = event.statement.and_then(|id| reading.statements.iter().find(|s| s.id == id));
        let (standing, reality) = standing(event, statement);
        let anchor = Extent { start: event.anchor.start, end: event.anchor.end };
        let mut facts = Vec::new();
        facts.extend(event.place.as_ref().map(|place| place_words(place, atlas)));
        facts.extend(event.when.as_ref().map(|when| {
            let words = clean(&when.text);
            dates::when(&when.when).map_or_else(|| format!("“{words}”"), |day| dated(&day, &words))
        }));
        facts.extend(event.quantities.iter().map(quantity));
        // What was promised, threatened or refused stands beside the promise.
        let content = event.content.map(|kind| format!("({})", kind.as_str()));
        let detail: Vec<&str> =
            content.iter().chain(&event.mode).chain(&event.contexts).map(String::as_str).collect();
        let mut rule = format!("rule {}", event.rule);
        if let Some(cameo) = &event.cameo {
            rule += &format!(" · CAMEO {cameo}");
        }
        if let Some(intensity) = event.intensity {
            rule += &format!(" · intensity {intensity:+.1}");
        }
        rule += &format!(" · confidence {:.2}", event.confidence);
        Self {
            number: event.id + 1,
            quad: event.kind.quad(),
            kind: event.kind.as_str(),
            detail: clean(&detail.join(" · ")),
            actors: event.actors.iter().map(|party| Name::of_party(party, atlas)).collect(),
            recipients: event.recipients.iter().map(|party| Name::of_party(party, atlas)).collect(),
            standing,
            reality,
            facts,
            excerpt: Excerpt::around(anchor, reading, chars, EXCERPT),
            says: statement.map_or_else(|| own_words(reading), |statement| says(statement, atlas)),
            basis: event.basis.iter().map(|basis| basis_words(basis, atlas)).collect(),
            rule,
            why: why(event),
        }
    }
}

/// How the rule matched, and the words that were taken for the sides.
fn why(event: &Event) -> Vec<String> {
    let Some(lines) = &event.why else { return Vec::new() };
    let side = |label: &str, parties: &[Party]| {
        let words: Vec<String> = parties.iter().map(|party| format!("“{}”", clean(&party.text))).collect();
        (!words.is_empty()).then(|| format!("{label}: {}", words.join(", ")))
    };
    let sides = [side("actor’s words", &event.actors), side("recipient’s words", &event.recipients)];
    lines.iter().map(|line| clean(line)).chain(sides.into_iter().flatten()).collect()
}

fn own_words(reading: &Reading) -> String {
    match &reading.article.outlet {
        Some(outlet) => format!("in {}’s own words", clean(outlet)),
        None => "in the outlet’s own words".into(),
    }
}

/// `Yonhap ← North Korea’s government · confirms (“confirmed”)`.
pub(super) fn says(statement: &Statement, atlas: &Atlas) -> String {
    let chain: Vec<String> =
        statement.sources.iter().map(|source| Name::of_source(source, atlas).label).collect();
    let chain = if chain.is_empty() { "source not named".to_owned() } else { chain.join(" ← ") };
    let cue = statement.cue.as_ref().map(|cue| format!(" (“{}”)", clean(&cue.text).trim()));
    format!("{chain} · {}{}", stance_words(statement), cue.unwrap_or_default())
}

/// `admits as probable, against its interest, for the first time`.
fn stance_words(statement: &Statement) -> String {
    let mut words = statement.stance.as_str().to_owned();
    match statement.certainty {
        Some(Certainty::Probable) => words += " as probable",
        Some(Certainty::Possible) => words += " as possible",
        Some(Certainty::Certain) | None => {}
    }
    for mark in &statement.marks {
        words += match mark {
            // Who admits speaks against its interest by the word itself.
            Mark::AgainstInterest if statement.stance == Stance::Admits => "",
            Mark::AgainstInterest => ", against its interest",
            Mark::FirstTime => ", for the first time",
        };
    }
    words
}

/// What is plainly said about whether it took place: by the words, and by the stance of the one who holds them.
fn standing(event: &Event, statement: Option<&Statement>) -> (Standing, &'static str) {
    use Actuality::*;
    let stance = statement.map(|statement| statement.stance);
    // The denial is the holder's; that it did not happen is not ours to say.
    if stance == Some(Stance::Denies) {
        return (Standing::Denied, "denied");
    }
    if event.polarity == Polarity::Negative {
        let words = match event.actuality {
            Actual | Historical => "did not happen",
            Ongoing => "not going on",
            Planned => "not planned",
            Promised => "promised not to happen",
            Threatened => "threatened not to happen",
            Requested => "asked not to happen",
            Possible => "may not happen",
            Conditional => "would not happen, under a condition",
            Generic => "in general does not happen",
        };
        return (Standing::Denied, words);
    }
    match stance {
        Some(Stance::Retracts) => return (Standing::Denied, "taken back"),
        Some(Stance::Questions) => return (Standing::Open, "in question"),
        Some(Stance::Declines) => return (Standing::Open, "not commented on"),
        _ => {}
    }
    match event.actuality {
        // Whose word it is stands in the verdict itself: nothing here is ours to vouch for.
        Actual => match stance {
            Some(Stance::Alleges) => (Standing::Open, "alleged to have happened"),
            Some(Stance::Confirms) => (Standing::Real, "confirmed to have happened"),
            Some(Stance::Admits) => (Standing::Real, "admitted to have happened"),
            Some(_) => (Standing::Real, "said to have happened"),
            None => (Standing::Real, "told as having happened"),
        },
        Ongoing => match stance {
            Some(Stance::Alleges) => (Standing::Open, "alleged to be going on"),
            Some(_) => (Standing::Real, "said to be going on"),
            None => (Standing::Real, "told as going on"),
        },
        Historical => (Standing::Real, "told as having happened long before"),
        Planned => (Standing::Open, "planned"),
        Promised => (Standing::Open, "promised"),
        Threatened => (Standing::Open, "threatened"),
        Requested => (Standing::Open, "asked for or ordered"),
        Possible => (Standing::Open, "possible"),
        Conditional => (Standing::Open, "only under a condition"),
        Generic => (Standing::Open, "in general, no particular event"),
    }
}

fn place_words(place: &EventPlace, atlas: &Atlas) -> String {
    let name = clean(&place.place.name);
    match place.place.country.as_deref().map(|iso3| country(iso3, atlas)) {
        Some(state) if state != name => format!("{name}, {state}"),
        _ => name,
    }
}

/// The day, with the words it was read from where they say it otherwise.
fn dated(day: &str, words: &str) -> String {
    if day.eq_ignore_ascii_case(words) { day.to_owned() } else { format!("{day} (“{words}”)") }
}

/// The words, with what they count where they do not say it themselves.
fn quantity(quantity: &Quantity) -> String {
    let words = clean(&quantity.text);
    let named = words.to_lowercase().contains(&quantity.what.to_lowercase());
    if named || quantity.what.is_empty() { words } else { format!("{words} ({})", clean(&quantity.what)) }
}

fn basis_words(basis: &Basis, atlas: &Atlas) -> String {
    let known = basis.treaty.as_deref().map(|id| (id, atlas.treaty(id)));
    let treaty = match known {
        Some((id, Some(treaty))) => format!("{} [{id}]", treaty.name),
        Some((id, None)) => format!("“{}” [{id}]", clean(&basis.text)),
        None => format!("“{}” (not in the atlas)", clean(&basis.text)),
    };
    match &basis.article {
        Some(article) => format!("{treaty}, Article {}", clean(article)),
        None => treaty,
    }
}

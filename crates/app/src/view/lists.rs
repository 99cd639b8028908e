//! What stands below the events: other statements, treaties, places, people. Each thing once, in order of appearance.

use super::{clean, clip, country, dates::day, event::says, excerpt::Chars, names};
use atlas::{Atlas, Entry};
use record::reading::{Mention, MentionKind, PlacePrecision, Reading};

/// Longest content of a statement, in characters.
const CONTENT: usize = 150;

/// A statement in which no event stands.
#[derive(Debug)]
pub struct StatementView {
    /// Who says so.
    pub says: String,
    /// What.
    pub content: String,
}

/// A treaty the article names.
#[derive(Debug)]
pub struct TreatyView {
    /// Its name, or the article's words.
    pub name: String,
    /// What the atlas knows of it.
    pub facts: String,
}

/// A place the article names.
#[derive(Debug)]
pub struct PlaceView {
    /// Name and state.
    pub name: String,
    /// `51.70° N, 36.10° E`.
    pub coordinates: String,
    /// How exact.
    pub precision: &'static str,
    /// How often it is named.
    pub times: usize,
}

/// A person the article names.
#[derive(Debug)]
pub struct PersonView {
    /// Canonical name.
    pub name: String,
    /// Office on the article's day.
    pub role: String,
    /// Code.
    pub code: Option<String>,
}

pub(super) fn statements(reading: &Reading, chars: &Chars<'_>, atlas: &Atlas) -> Vec<StatementView> {
    let holds_event = |id: usize| reading.events.iter().any(|event| event.statement == Some(id));
    // A statement that only passes on another one says nothing of its own.
    let passes_on = |id: usize| reading.statements.iter().any(|inner| inner.parent == Some(id));
    reading
        .statements
        .iter()
        .filter(|statement| !holds_event(statement.id) && !passes_on(statement.id))
        .filter_map(|statement| {
            let parts: Vec<&str> =
                statement.content.iter().map(|part| chars.slice(part.start, part.end)).collect();
            let content = clean(&parts.join(" … "));
            let content = clip(content.trim().trim_matches(['"', '“', '”']), CONTENT);
            (!content.is_empty()).then(|| StatementView { says: says(statement, atlas), content })
        })
        .collect()
}

pub(super) fn treaties(reading: &Reading, atlas: &Atlas) -> Vec<TreatyView> {
    let mut seen = Vec::new();
    let mut list = Vec::new();
    for mention in reading.mentions.iter().filter(|mention| mention.kind == MentionKind::Treaty) {
        let basis = reading.events.iter().flat_map(|event| &event.basis);
        let by_event = basis
            .filter(|b| b.start < mention.end && mention.start < b.end)
            .find_map(|b| b.treaty.as_deref());
        let by_name = || {
            atlas.named(&mention.text).into_iter().find_map(|entry| match entry {
                Entry::Treaty { treaty, generic: false } => Some(treaty),
                _ => None,
            })
        };
        let treaty = by_event.and_then(|id| atlas.treaty(id)).or_else(by_name);
        let name = treaty.map_or_else(|| format!("“{}”", clean(&mention.text)), |treaty| treaty.name.clone());
        let key = mention.chain.map_or_else(|| name.to_lowercase(), |chain| format!("#{chain}"));
        if seen.contains(&key) || list.iter().any(|other: &TreatyView| other.name == name) {
            continue;
        }
        seen.push(key);
        let facts = treaty.map_or_else(|| "not identified".into(), |treaty| treaty_facts(treaty, atlas));
        list.push(TreatyView { name, facts });
    }
    list
}

fn treaty_facts(treaty: &atlas::Treaty, atlas: &Atlas) -> String {
    let party = |id: &String| atlas.body(id).map_or_else(|| country(id, atlas), |body| body.name.clone());
    let mut facts = Vec::new();
    match treaty.parties.as_slice() {
        [] => {}
        few if few.len() <= 4 => facts.push(few.iter().map(party).collect::<Vec<_>>().join(", ")),
        many => facts.push(format!("{} parties", many.len())),
    }
    facts.extend(treaty.signed.map(|date| format!("signed {}", day(date))));
    match (treaty.entered, treaty.in_force.to) {
        (true, Some(end)) => facts.push(format!("ended {}", day(end))),
        (true, None) => {
            facts.extend(treaty.in_force.from.map(|date| format!("in force since {}", day(date))))
        }
        (false, _) => facts.push("not in force".into()),
    }
    facts.push(format!("[{}]", treaty.id));
    facts.join(" · ")
}

/// States by name, in order of appearance, each with how often where more than once.
pub(super) fn states(reading: &Reading, atlas: &Atlas) -> Vec<String> {
    let mut list: Vec<(String, usize)> = Vec::new();
    let of_states = reading.mentions.iter().filter(|mention| mention.kind == MentionKind::State);
    for iso3 in of_states.filter_map(|mention| mention.actor.as_ref()?.country.as_deref()) {
        let name = country(iso3, atlas);
        match list.iter_mut().find(|(known, _)| *known == name) {
            Some((_, times)) => *times += 1,
            None => list.push((name, 1)),
        }
    }
    list.into_iter()
        .map(|(name, times)| if times > 1 { format!("{name} ({times}×)") } else { name })
        .collect()
}

pub(super) fn places(reading: &Reading, atlas: &Atlas) -> Vec<PlaceView> {
    let mut list: Vec<PlaceView> = Vec::new();
    let named = reading.mentions.iter().filter(|mention| mention.kind == MentionKind::Place);
    for place in named.filter_map(|mention| mention.place.as_ref()) {
        let own = clean(&place.name);
        let name = match place.country.as_deref().map(|iso3| country(iso3, atlas)) {
            Some(state) if state != own => format!("{own}, {state}"),
            _ => own,
        };
        if let Some(known) = list.iter_mut().find(|known| known.name == name) {
            known.times += 1;
            continue;
        }
        let coordinates = match (place.lat, place.lon) {
            (Some(lat), Some(lon)) => format!("{}, {}", degrees(lat, "N", "S"), degrees(lon, "E", "W")),
            _ => "no coordinates".into(),
        };
        list.push(PlaceView { name, coordinates, precision: precision(place.precision), times: 1 });
    }
    list
}

fn degrees(value: f64, positive: &str, negative: &str) -> String {
    format!("{:.2}° {}", value.abs(), if value < 0.0 { negative } else { positive })
}

fn precision(precision: PlacePrecision) -> &'static str {
    match precision {
        PlacePrecision::Site => "site",
        PlacePrecision::City => "town",
        PlacePrecision::Admin2 => "district",
        PlacePrecision::Admin1 => "province",
        PlacePrecision::Region => "region",
        PlacePrecision::Country => "country",
    }
}

pub(super) fn people(reading: &Reading, atlas: &Atlas) -> Vec<PersonView> {
    let mut list: Vec<PersonView> = Vec::new();
    for mention in reading.mentions.iter().filter(|mention| mention.kind == MentionKind::Person) {
        let Some(person) = person(mention, atlas) else { continue };
        match list.iter_mut().find(|known| known.name == person.name) {
            Some(known) if known.code.is_none() && person.code.is_some() => *known = person,
            Some(_) => {}
            None => list.push(person),
        }
    }
    list
}

fn person(mention: &Mention, atlas: &Atlas) -> Option<PersonView> {
    let actor = mention.actor.as_ref();
    let name = actor.map(|actor| clean(&actor.name)).filter(|name| !name.trim().is_empty());
    let name = name.unwrap_or_else(|| clean(&mention.text));
    // A person told only by an office (*the minister*) bears the state's name; the article names nobody.
    let nobody = actor.and_then(|a| a.country.as_deref()).is_some_and(|iso3| country(iso3, atlas) == name);
    if nobody || !name.chars().any(char::is_uppercase) {
        return None;
    }
    let role = actor.and_then(|actor| actor.role.as_deref()).map(clean).filter(|role| !role.is_empty());
    let role = role.or_else(|| {
        let actor = actor?;
        let state = actor.country.as_deref().map(|iso3| country(iso3, atlas));
        let sector = actor.sector.map(names::sector);
        match (state, sector) {
            (Some(state), Some(sector)) => Some(format!("{state}, {sector}")),
            (state, sector) => state.or(sector.map(str::to_owned)),
        }
    });
    let code =
        actor.and_then(|actor| actor.code.clone()).filter(|code| !code.starts_with('-') && !code.is_empty());
    Some(PersonView { name, role: role.unwrap_or_else(|| "no office known".into()), code })
}

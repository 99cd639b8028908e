//! The reading: the stable JSON that `legation read` and `legation code` print, `schema: 1`.
//!
//! Offsets are **characters** (Unicode scalar values) into `article.text`, end exclusive. Fields without a value are
//! `null`, never left out, so that tables made from readings keep their columns.

use crate::{Actuality, Certainty, EventType, Mark, Polarity, Quote, Sector, Stance};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The number in [`Reading::schema`]. It changes when a field changes its meaning or goes away.
pub const SCHEMA: u32 = 1;

/// What legation makes of one article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// Version of this format: 1.
    pub schema: u32,
    /// The article as it was read.
    pub article: ArticleInfo,
    /// Sentences in order.
    pub sentences: Vec<Extent>,
    /// Persons, organisations, states, places, times, quantities, treaties and weapons named or referred to.
    pub mentions: Vec<Mention>,
    /// Who says what.
    pub statements: Vec<Statement>,
    /// Who did what to whom.
    pub events: Vec<Event>,
    /// What was left uncoded and why, and anything else the reader should know.
    pub notes: Vec<Note>,
    /// What made this reading.
    pub versions: Versions,
}

/// The article's own data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArticleInfo {
    /// Id given by the input, or derived from its path.
    pub id: String,
    /// Outlet that published it.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication, ISO 8601.
    #[schemars(with = "Option<String>")]
    pub published: Option<Date>,
    /// Address.
    pub url: Option<String>,
    /// ISO 639-1 code, or `und`.
    pub language: String,
    /// Agency credited in the dateline or credit line.
    #[serde(default)]
    pub credit: Option<String>,
    /// The text that all offsets point into.
    pub text: String,
}

/// A stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Extent {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// A stretch of text with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words themselves.
    pub text: String,
}

/// What a mention refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// A human being.
    Person,
    /// A body, agency, company, party, armed service or group.
    Organization,
    /// A state, by name, capital or government seat.
    State,
    /// A people, forces, or persons known only by description.
    Group,
    /// A place.
    Place,
    /// A date or period.
    Time,
    /// A number of something.
    Quantity,
    /// A treaty or agreement.
    Treaty,
    /// A weapon.
    Weapon,
}

/// A span that names or refers to something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words.
    pub text: String,
    /// What it refers to.
    pub kind: MentionKind,
    /// Mentions with the same number refer to the same thing.
    pub chain: Option<usize>,
    /// The actor it resolves to.
    pub actor: Option<Actor>,
    /// The place it resolves to.
    pub place: Option<Place>,
    /// The time it resolves to.
    pub when: Option<When>,
}

/// What a mention of an actor resolves to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// Canonical name.
    pub name: String,
    /// ISO 3166-1 alpha-3; Kosovo is `KOS`.
    pub country: Option<String>,
    /// International body, by its id.
    pub body: Option<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Actor code of the CAMEO family, such as `PRKGOV`.
    pub code: Option<String>,
    /// The office held on the article's date.
    pub role: Option<String>,
}

/// One side of an event, with the words it was read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words.
    pub text: String,
    /// Canonical name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// International body, by its id.
    pub body: Option<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Actor code of the CAMEO family.
    pub code: Option<String>,
    /// The office held on the article's date.
    pub role: Option<String>,
}

/// A link of a reporting chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words.
    pub text: String,
    /// Who that is, of an unnamed source whose side it is on; `null` where the words do not tell.
    pub actor: Option<Actor>,
    /// Whether it is people without a name: *a senior official*, *two diplomats*, *sources*.
    #[serde(default)]
    pub unnamed: bool,
}

/// An attribution: who says what, and how they stand to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Number within the reading.
    pub id: usize,
    /// The reporting chain, outermost first; the last is the holder of the stance. Empty where no source is named.
    pub sources: Vec<Source>,
    /// The word or words that report.
    pub cue: Option<Words>,
    /// What is said, in one or more stretches.
    pub content: Vec<Extent>,
    /// The holder's stance.
    pub stance: Stance,
    /// How sure the holder is of it; `null` where nothing is held to be so or not so (questions, declines).
    #[serde(default)]
    pub certainty: Option<Certainty>,
    /// What else the words tell: that it is against the holder's interest, or said for the first time.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// Whether in the holder's own words.
    pub quote: Quote,
    /// The statement this one stands inside.
    pub parent: Option<usize>,
}

/// Who did what to whom, where and when, as the words have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Number within the reading.
    pub id: usize,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// The type of the act that was promised, threatened, refused or ended, where that made the event's type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<EventType>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO 1.1b3 code.
    pub cameo: Option<String>,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// Goldstein intensity, -10 to 10.
    pub intensity: Option<f32>,
    /// Who did it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// The word that names the event.
    pub anchor: Words,
    /// Where it happened.
    pub place: Option<EventPlace>,
    /// When it happened.
    pub when: Option<EventTime>,
    /// Whether the words say that it took place.
    pub actuality: Actuality,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// Numbers of people, weapons or money that belong to it.
    pub quantities: Vec<Quantity>,
    /// Treaties and articles it is said to rest on.
    pub basis: Vec<Basis>,
    /// The statement it stands in; `null` where the outlet says it in its own voice.
    pub statement: Option<usize>,
    /// 0 to 1.
    pub confidence: f32,
    /// The rule that coded it, for `legation explain`.
    pub rule: String,
    /// How the rule matched, with `--explain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Vec<String>>,
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Canonical name.
    pub name: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-level unit.
    pub admin1: Option<String>,
    /// Second-level unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin2: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// How exact the place is.
    pub precision: PlacePrecision,
    /// How sure it is that the name means this place and none of its namesakes, 0 to 1.
    #[serde(default = "sure")]
    pub confidence: f32,
    /// The namesakes it was chosen from, the likeliest first; the list may be cut.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Namesake>,
    /// Who administers and who claims it, where that is disputed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contested: Option<Contested>,
}

fn sure() -> f32 {
    1.0
}

/// Another place of the same name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Namesake {
    /// Canonical name.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-level unit.
    pub admin1: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// How likely the name means this one, 0 to 1.
    pub confidence: f32,
}

/// A dispute over the place a mention names or lies in. It says who is where and who claims what, never who is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Contested {
    /// The disputed area.
    pub area: String,
    /// Who administers it: ISO 3166-1 alpha-3, or the name of whoever does.
    pub administers: Vec<String>,
    /// Who claims it.
    pub claims: Vec<String>,
    /// `annexed`, `occupied`, `separatist`, `partitioned`, `claimed`, `dispute`, `disengaged`.
    pub status: String,
    /// The matter in a sentence.
    pub note: Option<String>,
}

/// How exact a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlacePrecision {
    /// A point such as a building or base.
    Site,
    /// A town or city.
    City,
    /// A district.
    Admin2,
    /// A province.
    Admin1,
    /// A region inside or across countries, a sea, a river.
    Region,
    /// A country.
    Country,
}

/// An event's place with the words it was read from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventPlace {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words.
    pub text: String,
    /// The place.
    #[serde(flatten)]
    pub place: Place,
}

/// How exact a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TimePrecision {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter or season.
    Season,
    /// A year.
    Year,
    /// Longer, or open at an end.
    Period,
}

/// An interval of days, both ends included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct When {
    /// First day, ISO 8601.
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
    /// Last day, ISO 8601.
    #[schemars(with = "Option<String>")]
    pub to: Option<Date>,
    /// How exact it is.
    pub precision: TimePrecision,
}

/// An event's time with the words it was read from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventTime {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words.
    pub text: String,
    /// The interval.
    #[serde(flatten)]
    pub when: When,
}

/// A number of something that belongs to an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words.
    pub text: String,
    /// What is counted: `dead`, `wounded`, `captured`, `arrested`, `displaced`, `troops`, `weapons`, `money`, ….
    pub what: String,
    /// Lower bound; `null` where open.
    pub low: Option<f64>,
    /// Upper bound; `null` where open.
    pub high: Option<f64>,
    /// Currency or unit.
    pub unit: Option<String>,
}

/// A treaty an event is said to rest on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Basis {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words.
    pub text: String,
    /// Treaty id in `data/treaties`; `null` for a treaty the atlas does not know.
    pub treaty: Option<String>,
    /// Article number, where named.
    pub article: Option<String>,
}

/// A remark with a stable code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Stable code, for `legation explain`.
    pub code: String,
    /// What it says here.
    pub text: String,
    /// Where, if it is about a stretch of text.
    #[serde(default)]
    pub at: Option<Extent>,
}

/// What made a reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Versions {
    /// The program.
    pub legation: String,
    /// The language model.
    pub model: String,
    /// The lexicon.
    pub lexicon: String,
    /// The atlas.
    pub atlas: String,
}

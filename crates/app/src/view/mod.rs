//! A reading as a person sees it: every word that the pages print is chosen here, once, for all of them.
//!
//! The pages (`page`) decide only where these words stand and in which colour. Out of scope: offsets, escaping, widths.

mod dates;
mod event;
mod excerpt;
mod lists;
mod names;
mod words;

pub use event::{EventView, Standing};
pub use excerpt::Excerpt;
pub use lists::{PersonView, PlaceView, StatementView, TreatyView};
pub use names::Name;
pub use words::{clean, clip, count};

pub(crate) use dates::day;
pub(crate) use names::{country, sector};

use atlas::Atlas;
use excerpt::Chars;
use record::reading::Reading;

/// Characters of an excerpt, beside the anchor.
const EXCERPT: usize = 190;

/// One article's page, in words.
#[derive(Debug)]
pub struct View {
    /// The headline, or what stands in for it.
    pub title: String,
    /// Outlet and day, each also where it is not given.
    pub byline: String,
    /// Size and input.
    pub facts: String,
    /// What happened or did not.
    pub events: Vec<EventView>,
    /// What is said without an event in it.
    pub statements: Vec<StatementView>,
    /// Treaties named.
    pub treaties: Vec<TreatyView>,
    /// States named, each with how often.
    pub states: Vec<String>,
    /// Places named.
    pub places: Vec<PlaceView>,
    /// Persons named, with the office held on the article's day.
    pub people: Vec<PersonView>,
    /// What the persons' offices refer to.
    pub people_on: String,
    /// What was left uncoded and why.
    pub notes: Vec<String>,
    /// What made the reading.
    pub versions: String,
}

impl View {
    /// Puts a reading into words.
    pub fn new(reading: &Reading, atlas: &Atlas) -> Self {
        let chars = Chars::new(&reading.article.text);
        let article = &reading.article;
        let title = article.title.as_deref().map(clean).filter(|title| !title.trim().is_empty());
        let title = title.unwrap_or_else(|| first_words(reading, &chars));
        let outlet = article.outlet.as_deref().map_or_else(|| "outlet not given".into(), clean);
        let date = article.published.map_or_else(|| "no date given".into(), day);
        let credit = article.credit.as_deref().map(|agency| format!(" · credits {}", clean(agency)));
        let words = article.text.split_whitespace().count();
        Self {
            title: title.trim().to_owned(),
            byline: format!("{outlet} · {date}{}", credit.unwrap_or_default()),
            facts: format!(
                "{} · {} · {}",
                clean(&article.id),
                count(words, "word", "words"),
                count(reading.sentences.len(), "sentence", "sentences")
            ),
            events: reading
                .events
                .iter()
                .map(|event| EventView::new(event, reading, &chars, atlas))
                .collect(),
            statements: lists::statements(reading, &chars, atlas),
            treaties: lists::treaties(reading, atlas),
            states: lists::states(reading, atlas),
            places: lists::places(reading, atlas),
            people: lists::people(reading, atlas),
            people_on: article.published.map_or_else(
                || "no date given, so offices as the atlas has them last".into(),
                |date| format!("offices held on {}", day(date)),
            ),
            notes: reading
                .notes
                .iter()
                .map(|note| format!("{} [{}]", clean(&note.text), note.code))
                .collect(),
            versions: format!(
                "legation {} · model {} · lexicon {} · atlas {}",
                reading.versions.legation,
                reading.versions.model,
                reading.versions.lexicon,
                reading.versions.atlas
            ),
        }
    }
}

/// The opening words, for articles without a headline; what is too short for a sentence is likely a dateline.
fn first_words(reading: &Reading, chars: &Chars<'_>) -> String {
    let mut sentences = reading.sentences.iter().map(|sentence| chars.slice(sentence.start, sentence.end));
    let whole = sentences.clone().take(3).find(|words| words.split_whitespace().nth(5).is_some());
    let words = clip(&clean(whole.or_else(|| sentences.next()).unwrap_or("")), 90);
    if words.trim().is_empty() { clean(&reading.article.id) } else { words }
}

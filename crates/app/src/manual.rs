//! The manual's pages, and the lexicon's own words for what it codes. Data only; `commands::explain` prints them.

use coding::lexicon::Frame;

/// One page.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// What kind of thing the code is.
    pub chapter: &'static str,
    /// The code.
    pub code: &'static str,
    /// Paragraphs, one a line or more.
    pub body: &'static str,
}

const CHAPTERS: &[&str] = &[
    include_str!("../manual/types.md"),
    include_str!("../manual/actuality.md"),
    include_str!("../manual/stances.md"),
    include_str!("../manual/notes.md"),
    include_str!("../manual/quads.md"),
];

/// All pages in order.
pub fn pages() -> impl Iterator<Item = Page> {
    CHAPTERS.iter().flat_map(|text| {
        let mut parts = text.split("\n## ");
        let chapter = parts.next().unwrap_or("").trim().trim_start_matches("# ");
        parts.filter_map(move |part| {
            let (code, body) = part.split_once('\n')?;
            Some(Page { chapter, code: code.trim(), body: body.trim() })
        })
    })
}

macro_rules! frame_files {
    ($($name:literal)*) => {
        &[$((concat!("lexicon/frames/", $name, ".toml"), include_str!(concat!("../../../data/lexicon/frames/", $name, ".toml")))),*]
    };
}

/// The frames as they are written: their words and slots, which a [`Frame`] keeps only as an index.
const FRAME_FILES: &[(&str, &str)] = frame_files!(
    "agree" "consult" "support" "concede" "cooperate" "aid" "retreat" "request" "accuse" "reject" "threaten" "protest"
    "sanction" "mobilize" "coerce" "assault"
);

/// The keys of a frame as its file has them: words first, then slots. Without what every page shows anyway.
pub fn frame_keys(frame: &Frame) -> Vec<(String, String)> {
    const SHOWN_ELSEWHERE: [&str; 8] =
        ["id", "type", "mode", "contexts", "cameo", "gloss", "examples", "counter"];
    const FIRST: [&str; 4] = ["verbs", "nouns", "adjectives", "light"];
    let text = FRAME_FILES.iter().find(|(name, _)| *name == frame.file).map_or("", |(_, text)| text);
    let entries = text.parse::<toml::Table>().ok().and_then(|mut table| table.remove("frame"));
    let Some(toml::Value::Array(entries)) = entries else { return Vec::new() };
    let is_this = |entry: &&toml::Value| entry.get("id").and_then(toml::Value::as_str) == Some(&frame.id);
    let Some(entry) = entries.iter().find(is_this).and_then(toml::Value::as_table) else { return Vec::new() };
    let first = FIRST.iter().filter_map(|key| Some(((*key).to_owned(), entry.get(*key)?)));
    let rest = entry
        .iter()
        .filter(|(key, _)| !FIRST.contains(&key.as_str()) && !SHOWN_ELSEWHERE.contains(&key.as_str()));
    first
        .chain(rest.map(|(key, value)| (key.clone(), value)))
        .map(|(key, value)| (key, in_words(value)))
        .collect()
}

fn in_words(value: &toml::Value) -> String {
    match value {
        toml::Value::String(word) => word.clone(),
        toml::Value::Array(items) if items.is_empty() => "anything".into(),
        toml::Value::Array(items) => items.iter().map(in_words).collect::<Vec<_>>().join(", "),
        toml::Value::Table(slots) => {
            let slots = slots.iter().map(|(slot, value)| format!("{slot}: {}", in_words(value)));
            slots.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

/// A row of the table of cues.
#[derive(Clone, Copy, Debug)]
pub struct CueRow {
    /// Line in `data/lexicon/cues.tsv`.
    pub line: usize,
    /// The cells: cue, pos, stance, certainty, content, gloss, example.
    pub cells: [&'static str; 7],
}

/// All cues, with gloss and example, which the coder does not keep.
pub fn cues() -> impl Iterator<Item = CueRow> {
    let text = include_str!("../../../data/lexicon/cues.tsv");
    let rows = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    rows.skip(1).map(|(number, line)| {
        let mut cells = [""; 7];
        cells.iter_mut().zip(line.split('\t')).for_each(|(cell, text)| *cell = text.trim());
        CueRow { line: number + 1, cells }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::{Actuality, EventType, Stance};

    #[test]
    fn every_type_actuality_and_stance_has_a_page() {
        let has = |code: &str| pages().any(|page| page.code == code && !page.body.is_empty());
        EventType::ALL.iter().for_each(|kind| assert!(has(kind.as_str()), "{}", kind.as_str()));
        for word in [
            "actual",
            "ongoing",
            "historical",
            "planned",
            "promised",
            "threatened",
            "requested",
            "possible",
            "conditional",
            "generic",
        ] {
            assert!(serde_json::from_value::<Actuality>(word.into()).is_ok() && has(word), "{word}");
        }
        for word in
            ["affirms", "confirms", "admits", "denies", "alleges", "questions", "declines", "retracts"]
        {
            assert!(Stance::parse(word).is_some() && has(word), "{word}");
        }
    }
}

//! The manual's pages, and the lexicon's own words for what it codes. Data only; `commands::explain` prints them.

use coding::lexicon::Frame;
use engine::Layers;

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
    include_str!("../manual/judge.md"),
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
pub fn frame_keys(frame: &Frame, layers: &Layers) -> Vec<(String, String)> {
    const SHOWN_ELSEWHERE: [&str; 8] =
        ["id", "type", "mode", "contexts", "cameo", "gloss", "examples", "counter"];
    const FIRST: [&str; 4] = ["verbs", "nouns", "adjectives", "light"];
    let text = match frame.layer {
        0 => FRAME_FILES.iter().find(|(name, _)| *name == &*frame.file).map_or("", |(_, text)| text),
        layer => {
            let own = |file: &&atlas::LayerFile| file.layer == layer && *file.shown == *frame.file;
            layers.files().iter().find(own).map_or("", |file| &file.text)
        }
    };
    let table = entry_at(text, frame.line).parse::<toml::Table>().ok();
    let entries = table.and_then(|mut table| table.remove("frame"));
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

/// The text of the one entry that holds this line; the others of its file may be broken.
fn entry_at(text: &str, line: usize) -> &str {
    let (mut start, mut end, mut offset) = (0, text.len(), 0);
    for (number, content) in text.split_inclusive('\n').enumerate() {
        if content.trim_start().starts_with("[[") {
            if number >= line {
                end = offset;
                break;
            }
            start = offset;
        }
        offset += content.len();
    }
    &text[start..end]
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
pub struct CueRow<'a> {
    /// The file: the shipped one, or a layer's as the user named it.
    pub file: &'a str,
    /// Line in it.
    pub line: usize,
    /// The cells: cue, pos, stance, certainty, content, gloss, example.
    pub cells: [&'a str; 7],
}

/// All cues, with gloss and example, which the coder does not keep; a layer's row takes the place of an earlier one of the
/// same word and part of speech, or with `!` takes it out.
pub fn cues(layers: &Layers) -> Vec<CueRow<'_>> {
    const CUES: &str = "lexicon/cues.tsv";
    let shipped = ("data/lexicon/cues.tsv", include_str!("../../../data/lexicon/cues.tsv"));
    let mut cues: Vec<CueRow<'_>> = rows(shipped.0, shipped.1).collect();
    for file in layers.files().iter().filter(|file| file.name == CUES) {
        let own: Vec<CueRow<'_>> = rows(&file.shown, &file.text).collect();
        for mut row in own {
            let bare = row.cells[0].strip_prefix('!');
            row.cells[0] = bare.unwrap_or(row.cells[0]);
            let same = |other: &CueRow<'_>| {
                other.cells[0].eq_ignore_ascii_case(row.cells[0]) && other.cells[1] == row.cells[1]
            };
            cues.retain(|other| other.file == file.shown || !same(other));
            if bare.is_none() {
                cues.push(row);
            }
        }
    }
    cues
}

fn rows<'a>(file: &'a str, text: &'a str) -> impl Iterator<Item = CueRow<'a>> {
    let rows = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    rows.skip(1).map(move |(number, line)| {
        let mut cells = [""; 7];
        cells.iter_mut().zip(line.split('\t')).for_each(|(cell, text)| *cell = text.trim());
        CueRow { file, line: number + 1, cells }
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

//! `legation explain`: the manual page of whatever an output shows. An unknown code gets its nearest neighbours.

use super::output;
use crate::{
    layers,
    manual::{self, CueRow, Page},
    messages::Messages,
    outcome::Outcome,
    page::{Theme, wrapped},
    settings::Terminal,
    view::{clean, count, sector},
};
use coding::lexicon::{CameoCode, Frame};
use engine::{Layers, Lexicon};
use record::{EventType, Sector};
use std::{collections::BTreeSet, io::Write as _, path::PathBuf};

/// Finds the page and prints it.
pub fn run(
    topic: Option<&str>,
    folders: &[PathBuf],
    terminal: &Terminal,
    messages: &Messages,
) -> anyhow::Result<Outcome> {
    let (lexicon, layers) = layers::lexicon(folders, messages);
    let (theme, width) = (Theme::new(terminal.colour), terminal.width);
    let mut sheet = Sheet { theme, width, out: String::new(), layers: &layers };
    let topic = topic.map(|topic| clean(topic).trim().to_owned()).filter(|topic| !topic.is_empty());
    match &topic {
        None => sheet.contents(&lexicon),
        Some(topic) => sheet.topic(topic, &lexicon),
    }
    if let Some(topic) = topic.filter(|_| sheet.out.is_empty()) {
        let near = nearest(&topic, &lexicon, &layers);
        let near = if near.is_empty() { String::new() } else { format!("Near it: {}. ", near.join(", ")) };
        messages.error(&format!("`{topic}` has no page. {near}`legation explain` lists what has one"));
        return Ok(Outcome::Nothing);
    }
    let mut out = output();
    out.write_all(sheet.out.as_bytes())?;
    out.flush()?;
    Ok(Outcome::All)
}

struct Sheet<'a> {
    theme: Theme,
    width: usize,
    out: String,
    layers: &'a Layers,
}

impl Sheet<'_> {
    fn topic(&mut self, topic: &str, lexicon: &Lexicon) {
        // Events name rules as `id.verb`, `id.noun` or `id.adjective`.
        let id = topic.rsplit_once('.').map_or(topic, |(id, _)| id);
        for page in manual::pages()
            .filter(|page| page.code.eq_ignore_ascii_case(topic) || page.code == "judge" && id == "judge")
        {
            self.page(page, lexicon);
        }
        if let Some(frame) = lexicon.frames.named(id).or_else(|| lexicon.frames.named(topic)) {
            self.frame(frame);
        }
        if let Some(code) = lexicon.cameo.get(topic) {
            self.cameo(topic, code, lexicon);
        }
        if let Some(named) = Sector::parse(&topic.to_uppercase()) {
            self.head(&topic.to_uppercase(), "Sector (PLOVER)");
            self.text(&format!(
                "{}. The last three letters of an actor's code: the kind of body or people that acts.",
                sector(named)
            ));
        }
        for cue in
            manual::cues(self.layers).into_iter().filter(|cue| cue.cells[0].eq_ignore_ascii_case(topic))
        {
            self.cue(cue);
        }
        self.word(topic, lexicon);
    }

    fn page(&mut self, page: Page, lexicon: &Lexicon) {
        self.head(page.code, page.chapter);
        // An example that begins a line keeps its own.
        for paragraph in page.body.split("\n*") {
            let stars = paragraph.matches('*').count();
            let whole = if stars % 2 == 1 { format!("*{paragraph}") } else { paragraph.to_owned() };
            self.text(&emphasised(&whole, self.theme));
        }
        if let Some(kind) = EventType::ALL.iter().find(|kind| kind.as_str() == page.code) {
            let frames: Vec<&Frame> = lexicon.frames.iter().filter(|frame| frame.kind == *kind).collect();
            let modes: BTreeSet<&str> = frames.iter().filter_map(|frame| frame.mode.as_deref()).collect();
            let contexts: BTreeSet<&str> =
                frames.iter().flat_map(|frame| &frame.contexts).map(String::as_str).collect();
            let rules: Vec<&str> = frames.iter().map(|frame| frame.id.as_str()).collect();
            self.field("modes", &modes.into_iter().collect::<Vec<_>>().join(", "));
            self.field("contexts", &contexts.into_iter().collect::<Vec<_>>().join(", "));
            self.field(&count(rules.len(), "rule", "rules"), &rules.join(", "));
        }
    }

    fn frame(&mut self, frame: &Frame) {
        self.head(&frame.id, &format!("Rule · {}", frame.place()));
        self.text(&frame.gloss);
        let detail =
            frame.mode.iter().chain(&frame.contexts).map(String::as_str).collect::<Vec<_>>().join(" · ");
        self.field("codes", &format!("{} {detail}", frame.kind.as_str()));
        self.field("CAMEO", frame.cameo.as_deref().unwrap_or("none"));
        for (key, value) in manual::frame_keys(frame, self.layers) {
            self.field(&key, &value);
        }
        self.examples("found in", &frame.examples);
        self.examples("not in", &frame.counter);
    }

    fn examples(&mut self, label: &str, sentences: &[String]) {
        if !sentences.is_empty() {
            self.out += &wrapped(&self.theme.faint(label), self.width, "  ", "  ");
            for sentence in sentences {
                self.out += &wrapped(sentence, self.width, "    – ", "      ");
            }
        }
    }

    fn cameo(&mut self, number: &str, code: &CameoCode, lexicon: &Lexicon) {
        self.head(number, "CAMEO 1.1b3");
        self.text(&code.name);
        let intensity = lexicon.cameo.intensity(number);
        self.field(
            "intensity",
            &intensity.map_or_else(|| "none published".into(), |value| format!("{value:+.1}")),
        );
        let rules: Vec<&str> = lexicon
            .frames
            .iter()
            .filter(|frame| frame.cameo.as_deref() == Some(number))
            .map(|frame| frame.id.as_str())
            .collect();
        self.field(&count(rules.len(), "rule", "rules"), &rules.join(", "));
    }

    fn cue(&mut self, row: CueRow<'_>) {
        let [cue, pos, stance, certainty, content, gloss, example] = row.cells;
        self.head(cue, &format!("Attribution cue, {pos} · {}:{}", row.file, row.line));
        self.text(gloss);
        self.field("stance", stance);
        self.field("certainty", certainty);
        self.field("content", &content.replace('|', ", "));
        self.field("example", example);
    }

    /// A word that carries frames, without a page of its own.
    fn word(&mut self, word: &str, lexicon: &Lexicon) {
        let lemma = word.to_lowercase();
        let (frames, lists) = (&lexicon.frames, ["verb", "noun", "adjective"]);
        for (form, ids) in
            lists.iter().zip([frames.by_verb(&lemma), frames.by_noun(&lemma), frames.by_adjective(&lemma)])
        {
            if ids.is_empty() {
                continue;
            }
            self.head(&lemma, &format!("Word, {form}"));
            for id in ids {
                let frame = frames.get(*id);
                self.field(&frame.id, &format!("{}. {}", frame.kind.as_str(), frame.gloss));
            }
        }
    }

    fn contents(&mut self, lexicon: &Lexicon) {
        let mut chapters: Vec<(&str, Vec<&str>)> = Vec::new();
        for page in manual::pages() {
            match chapters.last_mut().filter(|(chapter, _)| *chapter == page.chapter) {
                Some((_, codes)) => codes.push(page.code),
                None => chapters.push((page.chapter, vec![page.code])),
            }
        }
        for (chapter, codes) in chapters {
            self.heading(chapter);
            self.text(&codes.join(", "));
        }
        let rules = lexicon.frames.iter().count();
        self.heading("Also");
        self.text(&format!(
            "{rules} rules, as events name them (`legation explain AID` lists those of a type)"
        ));
        self.text(&format!(
            "{} attribution cues, such as `said` as `say`, or `according to`",
            manual::cues(self.layers).len()
        ));
        self.text("CAMEO codes, such as 0732; sectors, such as MIL; words that name events, such as `shell`");
    }

    fn heading(&mut self, words: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out += &wrapped(&self.theme.bold(words), self.width, "", "");
    }

    fn head(&mut self, code: &str, kind: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out +=
            &wrapped(&format!("{}  {}", self.theme.bold(code), self.theme.faint(kind)), self.width, "", "");
    }

    fn text(&mut self, words: &str) {
        self.out += &wrapped(&words.replace('\n', " "), self.width, "  ", "  ");
    }

    fn field(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() {
            self.out +=
                &wrapped(&format!("{}: {}", self.theme.faint(name), value.trim()), self.width, "  ", "    ");
        }
    }
}

/// `*words*`, an example, between quotation marks and in the terminal's own emphasis.
fn emphasised(text: &str, theme: Theme) -> String {
    let parts = text.split('*').enumerate();
    parts
        .map(|(n, part)| if n % 2 == 1 { theme.open(&format!("“{part}”")) } else { part.to_owned() })
        .collect()
}

/// Up to five codes that are written much like `topic`.
fn nearest(topic: &str, lexicon: &Lexicon, layers: &Layers) -> Vec<String> {
    let topic = topic.to_lowercase();
    let pages = manual::pages().map(|page| page.code.to_owned());
    let frames = lexicon.frames.iter().map(|frame| frame.id.clone());
    let cues = manual::cues(layers).into_iter().map(|cue| cue.cells[0].to_owned());
    let cameo = (2..topic.len())
        .rev()
        .filter_map(|n| topic.get(..n))
        .filter(|code| lexicon.cameo.get(code).is_some());
    let known: BTreeSet<String> = pages.chain(frames).chain(cues).chain(cameo.map(str::to_owned)).collect();
    let allowed = (topic.chars().count() / 3).max(1);
    let mut near: Vec<(usize, String)> = known
        .into_iter()
        .filter_map(|code| {
            let lower = code.to_lowercase();
            let distance = strsim::damerau_levenshtein(&topic, &lower);
            let begins = lower.starts_with(&topic) || topic.starts_with(&lower);
            (distance <= allowed || begins && lower.len() > 1).then_some((distance, code))
        })
        .collect();
    near.sort();
    near.into_iter().take(5).map(|(_, code)| code).collect()
}

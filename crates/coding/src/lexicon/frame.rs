//! Frames: one meaning with the words that carry it and the slots that say who does it to whom.
//!
//! The keys of a frame are documented in `data/README.md`; `data/lexicon/frames/TEMPLATE.toml` is annotated.

use super::{
    cameo::CameoCodes,
    classes::{Classes, toml_problem},
    files::Files,
    problem::Problem,
};
use record::EventType;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Index of a frame in [`Frames`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameId(u16);

/// Where in the clause a participant stands, voice and form undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Who acts.
    Subject,
    /// What is acted on.
    Object,
    /// The second object of a ditransitive.
    Indirect,
    /// An infinitive or that-clause.
    Complement,
    /// The object of the complement.
    ComplementObject,
    /// The subject of the complement.
    ComplementSubject,
    /// An infinitive of purpose.
    Purpose,
    /// A prepositional phrase.
    Preposition(String),
}

/// What a slot may be filled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filler {
    /// This lemma.
    Lemma(String),
    /// A noun of this class.
    Class(String),
}

/// A condition: one of `slots` is filled with one of `fillers` (with anything, if there are none).
#[derive(Clone, Debug)]
pub struct SlotTest {
    /// Alternatives.
    pub slots: Vec<Slot>,
    /// Alternatives; empty for anything.
    pub fillers: Vec<Filler>,
}

/// One meaning.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The rule's name.
    pub id: String,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// One sentence.
    pub gloss: String,
    /// Verbs that hand over their subject to this frame's nouns, beside the common ones.
    pub light: Vec<String>,
    /// What the object must be.
    pub object: Vec<Filler>,
    /// What the object must not be.
    pub not_object: Vec<Filler>,
    /// Slots that must be filled.
    pub with: Vec<SlotTest>,
    /// Slots that must not.
    pub without: Vec<SlotTest>,
    /// Slots of the actor, preferred first.
    pub actor: Vec<Slot>,
    /// Slots of the recipient, preferred first.
    pub recipient: Vec<Slot>,
    /// Whether the sides do it to each other.
    pub reciprocal: bool,
    /// Whether a verb form counts even if no recipient is found.
    pub bare: bool,
    /// Whether *of* marks the actor on the noun.
    pub noun_of_subject: bool,
    /// Sentences in which it must be found.
    pub examples: Vec<String>,
    /// Sentences in which it must not.
    pub counter: Vec<String>,
    /// File it stands in, below `data/`.
    pub file: &'static str,
    /// Line of its `id`.
    pub line: usize,
}

impl Frame {
    /// Number of conditions: the more, the more specific.
    pub fn conditions(&self) -> usize {
        usize::from(!self.object.is_empty())
            + usize::from(!self.not_object.is_empty())
            + 2 * self.with.len()
            + self.without.len()
    }
}

/// All frames, by the words that carry them.
#[derive(Debug, Default)]
pub struct Frames {
    frames: Vec<Frame>,
    verbs: HashMap<String, Vec<FrameId>>,
    nouns: HashMap<String, Vec<FrameId>>,
    adjectives: HashMap<String, Vec<FrameId>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    #[serde(default)]
    frame: Vec<FrameEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameEntry {
    id: String,
    #[serde(rename = "type")]
    kind: EventType,
    mode: Option<String>,
    #[serde(default)]
    contexts: Vec<String>,
    cameo: Option<String>,
    gloss: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    light: Vec<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    not_object: Vec<String>,
    #[serde(default)]
    with: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    without: BTreeMap<String, Vec<String>>,
    actor: Option<Vec<String>>,
    recipient: Option<Vec<String>>,
    #[serde(default)]
    reciprocal: bool,
    bare: Option<bool>,
    noun_of: Option<String>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    counter: Vec<String>,
}

impl Frames {
    pub(super) fn read(
        files: &Files,
        classes: &Classes,
        cameo: &CameoCodes,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut frames = Self::default();
        let mut seen = BTreeSet::new();
        for (file, text) in files.under("lexicon/frames/") {
            let lines = id_lines(text);
            match toml::from_str::<FileEntry>(text) {
                Ok(entries) => {
                    for entry in entries.frame {
                        let line = lines.get(entry.id.as_str()).copied().unwrap_or(0);
                        if !seen.insert(entry.id.clone()) {
                            problems.push(Problem::new(
                                file,
                                line,
                                format!("id `{}` is used twice", entry.id),
                            ));
                        }
                        frames.add(entry, file, line, classes, cameo, problems);
                    }
                }
                Err(error) => problems.push(toml_problem(file, text, &error)),
            }
        }
        frames
    }

    fn add(
        &mut self,
        entry: FrameEntry,
        file: &'static str,
        line: usize,
        classes: &Classes,
        cameo: &CameoCodes,
        problems: &mut Vec<Problem>,
    ) {
        let mut problem = |message: String| problems.push(Problem::new(file, line, message));
        if entry.verbs.is_empty() && entry.nouns.is_empty() && entry.adjectives.is_empty() {
            problem(format!("`{}` has no word", entry.id));
        }
        if entry.gloss.is_empty() || entry.examples.is_empty() {
            problem(format!("`{}` needs a gloss and an example", entry.id));
        }
        if let Some(code) = entry.cameo.as_deref().filter(|code| cameo.get(code).is_none()) {
            problem(format!("`{}`: CAMEO has no code `{code}`", entry.id));
        }
        let mut fillers = |words: Vec<String>| -> Vec<Filler> {
            words
                .into_iter()
                .map(|word| match word.strip_prefix('@') {
                    Some(class) => {
                        if !classes.exists(class) {
                            problem(format!("`{}`: there is no class `@{class}`", entry.id));
                        }
                        Filler::Class(class.to_owned())
                    }
                    None => Filler::Lemma(word.to_lowercase()),
                })
                .collect()
        };
        let mut tests = |table: BTreeMap<String, Vec<String>>| -> Vec<SlotTest> {
            table
                .into_iter()
                .map(|(slots, words)| SlotTest {
                    slots: slots.split('|').map(|slot| parse_slot(slot.trim())).collect(),
                    fillers: fillers(words),
                })
                .collect()
        };
        let (with, without) = (tests(entry.with), tests(entry.without));
        let (object, not_object) = (fillers(entry.object), fillers(entry.not_object));
        let slots = |names: Option<Vec<String>>, default: Slot| -> Vec<Slot> {
            names.map_or_else(|| vec![default], |names| names.iter().map(|name| parse_slot(name)).collect())
        };
        let id = FrameId(self.frames.len() as u16);
        let index = [
            (&mut self.verbs, entry.verbs),
            (&mut self.nouns, entry.nouns),
            (&mut self.adjectives, entry.adjectives),
        ];
        for (map, words) in index {
            for word in words {
                let ids = map.entry(word.to_lowercase()).or_default();
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
        self.frames.push(Frame {
            id: entry.id,
            kind: entry.kind,
            mode: entry.mode.filter(|mode| !mode.is_empty()),
            contexts: entry.contexts,
            cameo: entry.cameo,
            gloss: entry.gloss,
            light: entry.light,
            object,
            not_object,
            with,
            without,
            actor: slots(entry.actor, Slot::Subject),
            recipient: slots(entry.recipient, Slot::Object),
            reciprocal: entry.reciprocal,
            bare: entry.bare.unwrap_or(true),
            noun_of_subject: entry.noun_of.as_deref() == Some("subject"),
            examples: entry.examples,
            counter: entry.counter,
            file,
            line,
        });
    }

    /// The frame with index `id`.
    pub fn get(&self, id: FrameId) -> &Frame {
        &self.frames[usize::from(id.0)]
    }

    /// All frames in file order.
    pub fn iter(&self) -> impl Iterator<Item = &Frame> {
        self.frames.iter()
    }

    /// The frame named `name`.
    pub fn named(&self, name: &str) -> Option<&Frame> {
        self.frames.iter().find(|frame| frame.id == name)
    }

    /// Frames carried by verb `lemma`, with its particle if it has one.
    pub fn by_verb(&self, lemma: &str) -> &[FrameId] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Frames carried by noun `lemma`, multiword nouns joined by spaces.
    pub fn by_noun(&self, lemma: &str) -> &[FrameId] {
        self.nouns.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Frames carried by adjective `lemma`.
    pub fn by_adjective(&self, lemma: &str) -> &[FrameId] {
        self.adjectives.get(lemma).map_or(&[], Vec::as_slice)
    }
}

fn parse_slot(name: &str) -> Slot {
    match name {
        "subject" => Slot::Subject,
        "object" => Slot::Object,
        "indirect" => Slot::Indirect,
        "complement" | "that" => Slot::Complement,
        "complement.object" => Slot::ComplementObject,
        "complement.subject" => Slot::ComplementSubject,
        "purpose" => Slot::Purpose,
        preposition => Slot::Preposition(preposition.to_lowercase()),
    }
}

/// The line of every `id = "…"` in a frame file.
fn id_lines(text: &str) -> HashMap<&str, usize> {
    text.lines()
        .enumerate()
        .filter_map(|(number, line)| {
            let value = line.trim().strip_prefix("id")?.trim_start().strip_prefix('=')?.trim();
            Some((value.split('"').nth(1)?, number + 1))
        })
        .collect()
}

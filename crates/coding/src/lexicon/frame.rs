//! Frames: one meaning with the words that carry it and the slots that say who does it to whom.
//!
//! The keys of a frame are documented in `data/README.md`; `data/lexicon/frames/TEMPLATE.toml` is annotated.

use super::{
    cameo::CameoCodes,
    classes::{Classes, toml_problem},
    files::{File, Files, Places, parts},
    problem::Problem,
};
use record::EventType;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

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
    /// File it stands in: below `data/`; of a user's layer the path as the user gave it.
    pub file: Arc<str>,
    /// Line of its `id`.
    pub line: usize,
    /// The layer it stands in; 0 for what ships.
    pub layer: usize,
}

impl Frame {
    /// A frame without words, for events that the learned judge finds.
    fn of_judge(kind: EventType) -> Self {
        Self {
            id: "judge".to_owned(),
            kind,
            mode: None,
            contexts: Vec::new(),
            cameo: None,
            gloss: "No word of the lexicon; the judge sees this act between the two parties.".to_owned(),
            light: Vec::new(),
            object: Vec::new(),
            not_object: Vec::new(),
            with: Vec::new(),
            without: Vec::new(),
            actor: vec![Slot::Subject],
            recipient: vec![Slot::Object],
            reciprocal: false,
            bare: false,
            noun_of_subject: false,
            examples: Vec::new(),
            counter: Vec::new(),
            file: "models/legation-judge-en.bin".into(),
            line: 0,
            layer: 0,
        }
    }

    /// File and line as the user can open them: `data/lexicon/frames/aid.toml:12`.
    pub fn place(&self) -> String {
        let folder = if self.layer == 0 && self.line > 0 { "data/" } else { "" };
        format!("{folder}{}:{}", self.file, self.line)
    }

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
    /// One per type, in the order of [`EventType::ALL`], for what only the judge sees.
    judge: Vec<Frame>,
    verbs: HashMap<String, Vec<FrameId>>,
    nouns: HashMap<String, Vec<FrameId>>,
    adjectives: HashMap<String, Vec<FrameId>>,
    /// Of verbs that only layers have: what the lemmatiser may make of a verb it never met, to the verb. See [`near_lemmas`].
    near: HashMap<String, String>,
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
    /// In a layer: the frame of this id is taken out.
    #[serde(default)]
    remove: bool,
    #[serde(rename = "type")]
    kind: Option<EventType>,
    mode: Option<String>,
    #[serde(default)]
    contexts: Vec<String>,
    cameo: Option<String>,
    #[serde(default)]
    gloss: String,
    /// Where a program took the entry from; it stands in for examples.
    source: Option<String>,
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

/// An entry on its way into [`Frames`].
struct Waiting<'a> {
    entry: FrameEntry,
    file: File<'a>,
    shown: Arc<str>,
    line: usize,
}

/// Frames are numbered in two bytes.
const MOST: usize = u16::MAX as usize;

impl Frames {
    pub(super) fn read(
        files: &Files<'_>,
        classes: &Classes,
        cameo: &CameoCodes,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut waiting: Vec<Option<Waiting<'_>>> = Vec::new();
        let mut places = Places::default();
        for file in files.under("lexicon/frames/") {
            let shown: Arc<str> = if file.layer == 0 { file.name } else { file.shown }.into();
            for (entry, line) in entries(&file, problems) {
                let mut problem = |message| problems.push(Problem::new(file.shown, line, message));
                let replaced = places.replaced(&entry.id, file.layer);
                if entry.remove {
                    if replaced.is_empty() {
                        problem(format!("there is no frame `{}` to take out", entry.id));
                    }
                    replaced.iter().for_each(|at| waiting[*at] = None);
                    places.take_out(&entry.id);
                    continue;
                }
                if places.twice(&entry.id, file.layer) {
                    problem(format!("id `{}` is used twice", entry.id));
                }
                let faults = faults(&entry, classes, cameo);
                let broken = faults.iter().any(|fault| fault.breaks);
                faults.into_iter().for_each(|fault| problem(fault.message));
                if broken && file.layer > 0 || entry.kind.is_none() {
                    continue;
                }
                replaced.iter().for_each(|at| waiting[*at] = None);
                places.put(entry.id.clone(), file.layer, waiting.len());
                waiting.push(Some(Waiting { entry, file, shown: shown.clone(), line }));
            }
        }
        let mut frames = Self { judge: EventType::ALL.map(Frame::of_judge).into(), ..Self::default() };
        for one in waiting.into_iter().flatten() {
            if frames.frames.len() == MOST {
                let message =
                    format!("there are more than {MOST} frames; this one and those after it are left out");
                problems.push(Problem::new(one.file.shown, one.line, message));
                break;
            }
            frames.add(one);
        }
        frames.index_near_lemmas();
        frames
    }

    fn add(&mut self, waiting: Waiting<'_>) {
        let Waiting { entry, file, shown, line } = waiting;
        let Some(kind) = entry.kind else { return };
        let fillers = |words: Vec<String>| -> Vec<Filler> {
            words
                .into_iter()
                .map(|word| match word.strip_prefix('@') {
                    Some(class) => Filler::Class(class.to_owned()),
                    None => Filler::Lemma(word.to_lowercase()),
                })
                .collect()
        };
        let tests = |table: BTreeMap<String, Vec<String>>| -> Vec<SlotTest> {
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
            kind,
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
            file: shown,
            line,
            layer: file.layer,
        });
    }

    fn index_near_lemmas(&mut self) {
        let layered = |ids: &Vec<FrameId>| ids.iter().all(|id| self.get(*id).layer > 0);
        let own = self.verbs.iter().filter(|(_, ids)| layered(ids)).map(|(verb, _)| verb);
        let near: BTreeMap<String, String> =
            own.flat_map(|verb| near_lemmas(verb).into_iter().map(|near| (near, verb.clone()))).collect();
        self.near = near.into_iter().filter(|(near, _)| !self.verbs.contains_key(near)).collect();
    }

    /// The frame with index `id`.
    pub fn get(&self, id: FrameId) -> &Frame {
        &self.frames[usize::from(id.0)]
    }

    /// The frame of what only the judge sees: it has no words and no codes below the type.
    pub fn of_judge(&self, kind: EventType) -> &Frame {
        let at = EventType::ALL.iter().position(|k| *k == kind).unwrap_or_default();
        &self.judge[at]
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
        let ids = self.verbs.get(lemma).or_else(|| self.verbs.get(self.near.get(lemma)?));
        ids.map_or(&[], Vec::as_slice)
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

/// The entries of a file with the lines of their ids. Where a layer's file cannot be read as a whole, it is read entry by
/// entry, so that one mistake costs one frame.
fn entries(file: &File<'_>, problems: &mut Vec<Problem>) -> Vec<(FrameEntry, usize)> {
    let with_lines = |text: &str, before: usize, parsed: FileEntry| -> Vec<(FrameEntry, usize)> {
        let lines = id_lines(text);
        let line = |entry: &FrameEntry| lines.get(entry.id.as_str()).map_or(0, |line| before + line);
        parsed
            .frame
            .into_iter()
            .map(|entry| (line(&entry), entry))
            .map(|(line, entry)| (entry, line))
            .collect()
    };
    match toml::from_str::<FileEntry>(file.text) {
        Ok(parsed) => with_lines(file.text, 0, parsed),
        Err(error) if file.layer == 0 => {
            problems.push(toml_problem(file.shown, 0, file.text, &error));
            Vec::new()
        }
        Err(_) => {
            let mut found = Vec::new();
            for (before, part) in parts(file.text, |line| line.starts_with("[[")) {
                match toml::from_str::<FileEntry>(part) {
                    Ok(parsed) => found.extend(with_lines(part, before, parsed)),
                    Err(error) => problems.push(toml_problem(file.shown, before, part, &error)),
                }
            }
            found
        }
    }
}

/// What is wrong with an entry.
struct Fault {
    message: String,
    /// The entry would do something else than its writer meant.
    breaks: bool,
}

fn faults(entry: &FrameEntry, classes: &Classes, cameo: &CameoCodes) -> Vec<Fault> {
    let id = &entry.id;
    let mut faults = Vec::new();
    let mut fault = |breaks: bool, message: String| faults.push(Fault { message, breaks });
    if entry.kind.is_none() {
        fault(true, format!("`{id}` needs a type"));
    }
    if entry.verbs.is_empty() && entry.nouns.is_empty() && entry.adjectives.is_empty() {
        fault(true, format!("`{id}` has no word"));
    }
    if entry.gloss.is_empty() || (entry.examples.is_empty() && entry.source.is_none()) {
        fault(false, format!("`{id}` needs a gloss and an example"));
    }
    if let Some(code) = entry.cameo.as_deref().filter(|code| cameo.get(code).is_none()) {
        fault(true, format!("`{id}`: CAMEO has no code `{code}`"));
    }
    let tables = entry.with.values().chain(entry.without.values());
    for word in tables.chain([&entry.object, &entry.not_object]).flatten() {
        if let Some(class) = word.strip_prefix('@').filter(|class| !classes.exists(class)) {
            fault(true, format!("`{id}`: there is no class `@{class}`"));
        }
    }
    faults
}

/// What a lemmatiser makes of forms of a verb it never met: *embroidered* as `embroidere`, *serenaded* as `serenad`, *yodelled*
/// as `yodell`. Short verbs are left alone: *hop* and *hope* are two.
fn near_lemmas(verb: &str) -> Vec<String> {
    const LEAST: usize = 6;
    let (first, rest) = verb.split_at(verb.find(' ').unwrap_or(verb.len()));
    let mut near = Vec::new();
    match first.strip_suffix('e') {
        Some(stem) if first.chars().count() > LEAST => near.push(format!("{stem}{rest}")),
        Some(_) => {}
        None => {
            if first.chars().count() >= LEAST {
                near.push(format!("{first}e{rest}"));
            }
            if let Some(last) = first.chars().last().filter(|c| c.is_alphabetic() && !"aeiouy".contains(*c)) {
                near.push(format!("{first}{last}{rest}"));
            }
        }
    }
    near
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

#[cfg(test)]
mod tests {
    use super::{super::Lexicon, *};
    use atlas::LayerFile;

    fn layer(layer: usize, text: &str) -> LayerFile {
        let name = "lexicon/frames/mine.toml".to_owned();
        LayerFile { layer, shown: format!("my{layer}/mine.toml"), name, text: text.into() }
    }

    fn frame(id: &str, rest: &str) -> String {
        format!("[[frame]]\nid = \"{id}\"\ntype = \"AID\"\ngloss = \"x\"\nexamples = [\"x\"]\n{rest}\n")
    }

    fn told(problems: &[Problem]) -> Vec<String> {
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn frames_are_added_replaced_and_taken_out() {
        let shipped = Lexicon::embedded().0;
        let known = shipped.frames.iter().next().expect("a frame").id.clone();
        let other = shipped.frames.iter().nth(1).expect("a frame").id.clone();
        let one = format!(
            "{}{}[[frame]]\nid = \"{other}\"\nremove = true\n",
            frame("my-own", "verbs = [\"embroider\"]"),
            frame(&known, "verbs = [\"lacquer\"]")
        );
        let two = frame("my-own", "nouns = [\"embroidery\"]");
        let (lexicon, problems) = Lexicon::with_layers(&[layer(1, &one)]);
        assert_eq!(told(&problems), [""; 0]);
        assert_eq!(lexicon.frames.iter().count(), shipped.frames.iter().count());
        assert!(lexicon.frames.named(&other).is_none());
        let replaced = lexicon.frames.named(&known).expect("replaced");
        assert_eq!((replaced.place().as_str(), replaced.layer), ("my1/mine.toml:8", 1));
        assert_eq!(lexicon.frames.by_verb("lacquer").len(), 1);
        assert_ne!(lexicon.version(), shipped.version());
        // Later layers are numbered later, so they win at equal conditions; they replace earlier ones of the same id.
        let (lexicon, problems) = Lexicon::with_layers(&[layer(1, &one), layer(2, &two)]);
        assert!(problems.is_empty() && lexicon.frames.by_verb("embroider").is_empty());
        assert_eq!(lexicon.frames.by_noun("embroidery").len(), 1);
        assert_eq!(lexicon.frames.iter().last().map(|frame| frame.id.as_str()), Some("my-own"));
    }

    #[test]
    fn a_broken_entry_costs_only_itself() {
        let text = format!(
            "{}{}{}[[frame]]\nid = \"torn\ntype = \n{}{}{}[[frame]]\nid = \"nobody\"\nremove = true\n",
            frame("good-one", "verbs = [\"lacquer\"]"),
            frame("bad-class", "verbs = [\"lacquer\"]\nnot_object = [\"@nothing\"]"),
            frame("bad-key", "verb = [\"lacquer\"]"),
            frame("bad-code", "verbs = [\"lacquer\"]\ncameo = \"999\""),
            frame("good-one", "verbs = [\"gild\"]"),
            frame("good-two", "verbs = [\"gild\"]").replace("examples = [\"x\"]", "source = \"x:1\""),
        );
        let (lexicon, problems) = Lexicon::with_layers(&[layer(1, &text)]);
        let told = told(&problems);
        for wanted in [
            "my1/mine.toml:8: `bad-class`: there is no class `@nothing`",
            "my1/mine.toml:19: unknown field `verb`",
            "my1/mine.toml:21: ",
            "my1/mine.toml:24: `bad-code`: CAMEO has no code `999`",
            "my1/mine.toml:31: id `good-one` is used twice",
            "my1/mine.toml:43: there is no frame `nobody` to take out",
        ] {
            assert!(told.iter().any(|told| told.starts_with(wanted)), "{wanted}: {told:#?}");
        }
        assert_eq!(told.len(), 6, "{told:#?}");
        let ids = |verb: &str| -> Vec<&str> {
            lexicon.frames.by_verb(verb).iter().map(|id| lexicon.frames.get(*id).id.as_str()).collect()
        };
        assert_eq!((ids("lacquer"), ids("gild")), (vec!["good-one"], vec!["good-one", "good-two"]));
    }

    #[test]
    fn odd_files_are_no_panic() {
        for text in [
            "",
            "\u{feff}",
            "[[",
            "[[frame]]",
            "[[frame]]\nid = 3",
            "frame = 1",
            "\0",
            "[[frame]]\n[[frame]]\r\nid",
            "é = [",
        ] {
            let (lexicon, problems) = Lexicon::with_layers(&[layer(1, text), layer(2, text)]);
            assert!(lexicon.frames.iter().count() > 100);
            problems.iter().for_each(|problem| assert!(problem.file.starts_with("my"), "{problem}"));
        }
    }

    #[test]
    fn classes_of_a_layer_add_words() {
        let classes = LayerFile {
            layer: 1,
            name: "lexicon/classes-mine.toml".into(),
            shown: "my/classes-mine.toml".into(),
            text: "[weapons]\nwords = [\"ballista\"]\n\n[torn]\nwords = 3\n\n[new_things]\nwords = [\"gizmo\"]\n".into(),
        };
        let (lexicon, problems) = Lexicon::with_layers(&[classes]);
        let told = told(&problems);
        assert!(lexicon.classes.has("weapons", "ballista") && lexicon.classes.has("weapons", "missile"));
        assert!(lexicon.classes.has("new_things", "gizmo"));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("my/classes-mine.toml:5: "), "{told:?}");
        assert!(told[1].starts_with("my/classes-mine.toml:7: class `new_things` has no gloss"), "{told:?}");
    }

    #[test]
    fn verbs_the_lemmatiser_never_met_are_found() {
        let text =
            frame("my-own", "verbs = [\"embroider\", \"serenade\", \"yodel at\", \"hop\", \"abandon\"]");
        let (lexicon, _) = Lexicon::with_layers(&[layer(1, &text)]);
        for lemma in ["embroidere", "serenad", "yodell at", "embroider", "hop"] {
            assert_eq!(lexicon.frames.by_verb(lemma).len(), 1, "{lemma}");
        }
        assert!(lexicon.frames.by_verb("hope").iter().all(|id| lexicon.frames.get(*id).layer == 0));
        assert!(Lexicon::embedded().0.frames.near.is_empty());
    }
}

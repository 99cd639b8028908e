//! Verbs and patterns as frames: one frame for all patterns of a block that differ only in the object, and one for the verbs
//! that have a code by themselves.

use super::{
    codes::Known,
    patterns::{CLASS, Conditions, Reader},
    report::{EntryId, Fate, Report, Why},
    tables::HEAD,
    verbs::{Block, Codes, Pattern, Verb, Verbs},
    words::{self, Class},
};
use record::EventType;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The file of the frames, inside the layer.
const FRAMES: &str = "lexicon/frames/petrarch.toml";
/// The file of the synonym sets that patterns use.
const CLASSES: &str = "lexicon/classes-petrarch.toml";

/// Frames of one layer; frames are numbered in two bytes, and the shipped ones need room too.
const MOST: usize = 50_000;

/// Lines of a dictionary that a frame names as its source.
const SOURCES: usize = 8;

/// Where the other side stands if a pattern does not say it, the likeliest first.
const TARGETS: &[&str] = &["object", "indirect", "with", "to", "against", "on", "at", "for", "from", "of"];

/// An entry with its line.
type Place = (EntryId, usize);

/// Frames and classes under construction.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    frames: Vec<Draft>,
    by_key: BTreeMap<Key, usize>,
    ids: BTreeSet<String>,
    classes: BTreeMap<String, Vec<String>>,
}

/// What patterns must have in common to be one frame.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    file: String,
    block: usize,
    verbs: Vec<String>,
    code: String,
    with: BTreeMap<String, Vec<String>>,
    actor: Vec<String>,
    recipient: Vec<String>,
    reciprocal: bool,
    /// Whether an object is asked for.
    object: bool,
}

#[derive(Debug)]
struct Draft {
    id: String,
    key: Key,
    kind: EventType,
    mode: Option<String>,
    contexts: Vec<String>,
    gloss: String,
    object: BTreeSet<String>,
    not_object: BTreeSet<String>,
    lines: BTreeSet<usize>,
    entries: Vec<EntryId>,
    gone: bool,
}

/// Adds the frames of a dictionary.
pub(super) fn convert(verbs: &Verbs, known: &Known<'_>, drafts: &mut Drafts, report: &mut Report) {
    let own: BTreeSet<String> = verbs
        .blocks
        .iter()
        .flat_map(|block| &block.verbs)
        .filter_map(|verb| verb.words.first().cloned())
        .collect();
    let listed: HashSet<&str> =
        verbs.sets.values().flat_map(|(_, phrases)| phrases).map(String::as_str).collect();
    let reader = Reader { verbs, known, own: &own, listed: &listed };
    for (name, (entry, phrases)) in &verbs.sets {
        if phrases.iter().any(|phrase| phrase.split(' ').count() > 2) {
            report.partly(*entry, "only the last two words of a phrase are asked for", name);
        }
    }
    for (number, block) in verbs.blocks.iter().enumerate() {
        let mut converter = Converter { verbs, known, drafts, report, number, block };
        let forms: Vec<(Form, &Verb)> =
            block.verbs.iter().filter_map(|verb| Some((converter.form(verb)?, verb))).collect();
        converter.defaults(&forms);
        // Verbs that hold an object of their own (`MAKE_PEACE`) have no place for a pattern's.
        let plain: Vec<String> = forms
            .iter()
            .filter(|(form, _)| form.object.is_none())
            .flat_map(|(f, _)| f.lemmas.clone())
            .collect();
        for pattern in &block.patterns {
            converter.pattern(pattern, &plain, &reader);
        }
    }
}

/// A verb as our frames write it.
struct Form {
    lemmas: Vec<String>,
    object: Option<String>,
    with: Option<String>,
}

struct Converter<'c> {
    verbs: &'c Verbs,
    known: &'c Known<'c>,
    drafts: &'c mut Drafts,
    report: &'c mut Report,
    number: usize,
    block: &'c Block,
}

impl Converter<'_> {
    /// `PLAY_DOWN`, `RE_+OPEN`, `CRACK_DOWN_ON`, `MAKE_PEACE`.
    fn form(&mut self, verb: &Verb) -> Option<Form> {
        let words = &verb.words;
        let first = words.first()?;
        let plain = |lemmas| Some(Form { lemmas, object: None, with: None });
        if words.len() == 1 {
            return plain(self.lemmas(first));
        }
        if verb.prefixed && words.len() == 2 && first.len() <= 4 {
            return plain(vec![words.join("-"), words.concat()]);
        }
        let class = |word: &String| words::class(word);
        if words::class(first) != Class::Open {
            self.report.not(verb.entry, "not a verb", "");
            return None;
        }
        if first.ends_with("ed") && words[1] == "by" {
            self.report.not(verb.entry, "a passive; the active verb is an entry of its own", "");
            return None;
        }
        let rest: Vec<Class> = words[1..].iter().map(class).collect();
        let joined = |with: &str| self.lemmas(first).iter().map(|lemma| format!("{lemma} {with}")).collect();
        match rest.as_slice() {
            [Class::Particle | Class::Preposition] => plain(joined(&words[1])),
            [Class::Particle | Class::Preposition, Class::Preposition] => {
                Some(Form { lemmas: joined(&words[1]), object: None, with: Some(words[2].clone()) })
            }
            [Class::Open] | [Class::Open, Class::Open] => {
                Some(Form { lemmas: self.lemmas(first), object: Some(words[1..].join(" ")), with: None })
            }
            [Class::Determiner, Class::Open] => {
                Some(Form { lemmas: self.lemmas(first), object: Some(words[2].clone()), with: None })
            }
            [Class::Open, Class::Preposition] => Some(Form {
                lemmas: self.lemmas(first),
                object: Some(words[1].clone()),
                with: Some(words[2].clone()),
            }),
            _ => {
                self.report.not(verb.entry, "a verb of too many words", &words.join(" "));
                None
            }
        }
    }

    /// The lemma; older dictionaries cut off a final *e* (`ACCUS`), which is put back where that makes a verb we know.
    fn lemmas(&self, word: &str) -> Vec<String> {
        let frames = &self.known.lexicon.frames;
        let known = |lemma: &str| !frames.by_verb(lemma).is_empty();
        let whole = format!("{word}e");
        if !known(word) && known(&whole) { vec![word.to_owned(), whole] } else { vec![word.to_owned()] }
    }

    /// Frames of the verbs that have a code by themselves.
    fn defaults(&mut self, forms: &[(Form, &Verb)]) {
        // Verbs of one code that ask for nothing else are one frame.
        let mut plain: Vec<(&Codes, Vec<String>, Vec<Place>)> = Vec::new();
        for (form, verb) in forms {
            let codes = self.codes(verb);
            if codes.is_null() {
                continue;
            }
            let place = (verb.entry, verb.line);
            if form.object.is_none() && form.with.is_none() {
                match plain.iter_mut().find(|(other, ..)| *other == codes) {
                    Some((_, lemmas, places)) => {
                        lemmas.extend(form.lemmas.iter().cloned());
                        places.push(place);
                    }
                    None => plain.push((codes, form.lemmas.clone(), vec![place])),
                }
                continue;
            }
            let mut conditions = Conditions::default();
            conditions.object.extend(form.object.clone());
            if let Some(with) = &form.with {
                conditions.with.insert(with.clone(), Vec::new());
            }
            self.add(conditions, form.lemmas.clone(), codes, &[place]);
        }
        for (codes, lemmas, places) in plain {
            self.add(Conditions::default(), lemmas, codes, &places);
        }
    }

    fn codes<'b>(&self, verb: &'b Verb) -> &'b Codes
    where
        Self: 'b,
    {
        verb.codes.as_ref().unwrap_or(&self.block.codes)
    }

    fn pattern(&mut self, pattern: &Pattern, verbs: &[String], reader: &Reader<'_>) {
        if verbs.is_empty() {
            self.report.not(pattern.entry, "a pattern without a verb", "");
            return;
        }
        let conditions = match reader.read(pattern) {
            Ok(conditions) => conditions,
            Err(why) => return self.report.say(pattern.entry, Fate::Not, why),
        };
        if pattern.codes.is_null() {
            return self.null(pattern, &conditions);
        }
        if conditions.is_empty() && !self.adds_nothing_else(pattern, &conditions) {
            return;
        }
        let verbs = match &conditions.particle {
            Some(particle) => verbs
                .iter()
                .filter(|verb| !verb.contains(' '))
                .map(|verb| format!("{verb} {particle}"))
                .collect(),
            None => verbs.to_vec(),
        };
        if verbs.is_empty() {
            self.report.not(pattern.entry, "a pattern without a verb", "");
            return;
        }
        self.add(conditions, verbs, &pattern.codes, &[(pattern.entry, pattern.line)]);
    }

    /// A pattern that asks for nothing a frame looks at (`+ WAS * BY $`) is the verbs' own code, if they have none or the
    /// same; with another code it would take the place of theirs everywhere.
    fn adds_nothing_else(&mut self, pattern: &Pattern, conditions: &Conditions) -> bool {
        let mut coded = self.block.verbs.iter().map(|verb| self.codes(verb)).filter(|codes| !codes.is_null());
        let first = coded.next();
        let same = coded.chain(first).all(|codes| codes.forward == pattern.codes.forward);
        if !same {
            let detail = if conditions.passive { "only that the verb is passive" } else { "" };
            self.report.not(
                pattern.entry,
                "it asks for nothing that frames look at, and the verb has another code",
                detail,
            );
        }
        first.is_none()
    }

    /// A pattern that says there is no event: the block's own frames without conditions do not take its object.
    fn null(&mut self, pattern: &Pattern, conditions: &Conditions) {
        let only_object =
            conditions.with.is_empty() && conditions.particle.is_none() && !conditions.object.is_empty();
        let coded =
            self.block.verbs.iter().any(|verb| !verb.codes.as_ref().unwrap_or(&self.block.codes).is_null());
        if !coded {
            return;
        }
        if !only_object {
            self.report.not(pattern.entry, "a null code that is not about the object alone", "");
            return;
        }
        self.classes(conditions);
        let (file, number) = (&self.verbs.file, self.number);
        for draft in &mut self.drafts.frames {
            if draft.key.file == *file
                && draft.key.block == number
                && draft.key.with.is_empty()
                && !draft.key.object
            {
                draft.not_object.extend(conditions.object.iter().cloned());
            }
        }
    }

    fn classes(&mut self, conditions: &Conditions) {
        for set in &conditions.sets {
            if let Some((_, phrases)) = self.verbs.sets.get(set) {
                let words = phrases.iter().flat_map(|phrase| {
                    let words: Vec<&str> = phrase.split(' ').collect();
                    let (before, last) = words.split_at(words.len() - 1);
                    let before = before.last().map_or_else(String::new, |word| format!("{word} "));
                    words::noun_forms(last[0]).into_iter().map(move |form| format!("{before}{form}"))
                });
                let known = self.drafts.classes.entry(set.clone()).or_default();
                for word in words {
                    if !known.contains(&word) {
                        known.push(word);
                    }
                }
            }
        }
    }

    fn add(&mut self, conditions: Conditions, verbs: Vec<String>, codes: &Codes, places: &[Place]) {
        let mutual = codes.forward.is_some() && codes.forward == codes.back;
        let swapped = codes.forward.is_none();
        let Some(code) = codes.forward.as_ref().or(codes.back.as_ref()) else { return };
        let mut say = |fate: Fate, why: &Why| {
            places.iter().for_each(|(entry, _)| self.report.say(*entry, fate, why.clone()));
        };
        let (kind, found) = match event(code, self.known) {
            Ok(event) => event,
            Err(why) => return say(Fate::Not, &why),
        };
        if found != code {
            say(
                Fate::Partly,
                &Why::new("CAMEO 1.1b3 has no such code", format!("{code}, written as {found}")),
            );
        }
        let code = found.to_owned();
        if let (Some(_), Some(back)) = (&codes.forward, &codes.back)
            && !mutual
        {
            say(
                Fate::Partly,
                &Why::new("an event has one code; the one for the other direction is left out", back),
            );
        }
        conditions.lost.iter().for_each(|why| say(Fate::Partly, why));
        let reciprocal = mutual || conditions.both;
        let (mut actor, mut recipient) = (sources(&conditions), targets(&conditions, reciprocal));
        if swapped {
            // Only what the target does to the source is coded.
            recipient.retain(|slot| slot != "subject");
            (actor, recipient) = (recipient, actor);
        }
        let key = Key {
            file: self.verbs.file.clone(),
            block: self.number,
            verbs,
            code: code.clone(),
            with: conditions.with.clone(),
            actor,
            recipient,
            reciprocal,
            object: !conditions.object.is_empty(),
        };
        self.classes(&conditions);
        if let Some(at) = self.drafts.by_key.get(&key) {
            let draft = &mut self.drafts.frames[*at];
            draft.object.extend(conditions.object);
            draft.lines.extend(places.iter().map(|(_, line)| *line));
            draft.entries.extend(places.iter().map(|(entry, _)| *entry));
            return;
        }
        if self.drafts.frames.len() >= MOST {
            let why = Why::new("too many frames for one layer", format!("{MOST} at most"));
            places.iter().for_each(|(entry, _)| self.report.say(*entry, Fate::Not, why.clone()));
            return;
        }
        let (mode, contexts) = self.shipped(&code, kind);
        let name = self.known.lexicon.cameo.get(&code).map_or("", |code| code.name.as_str());
        let draft = Draft {
            id: self.drafts.fresh_id(&self.block.name, &code),
            gloss: format!("CAMEO {code}, {name}: block {} of {}.", self.block.name, self.verbs.file),
            key: key.clone(),
            kind,
            mode,
            contexts,
            object: conditions.object.into_iter().collect(),
            not_object: BTreeSet::new(),
            lines: places.iter().map(|(_, line)| *line).collect(),
            entries: places.iter().map(|(entry, _)| *entry).collect(),
            gone: false,
        };
        self.drafts.by_key.insert(key, self.drafts.frames.len());
        self.drafts.frames.push(draft);
    }

    /// Mode and contexts of a code, where all shipped frames of it agree.
    fn shipped(&self, code: &str, kind: EventType) -> (Option<String>, Vec<String>) {
        let frames = || {
            self.known.lexicon.frames.iter().filter(|f| f.cameo.as_deref() == Some(code) && f.kind == kind)
        };
        let Some(first) = frames().next() else { return (None, Vec::new()) };
        let mode = first.mode.clone().filter(|mode| frames().all(|frame| frame.mode.as_ref() == Some(mode)));
        let contexts = if frames().all(|frame| frame.contexts == first.contexts) {
            first.contexts.clone()
        } else {
            Vec::new()
        };
        (mode, contexts)
    }
}

/// The PLOVER type of a CAMEO code, and the code itself or the nearest one above it that the codebook has.
fn event<'c>(code: &'c str, known: &Known<'_>) -> Result<(EventType, &'c str), Why> {
    if code.len() < 2 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Why::new("not a CAMEO code", code));
    }
    let mut nearest = (2..=code.len()).rev().map(|length| &code[..length]);
    let found = nearest.find_map(|code| Some((code, known.lexicon.cameo.get(code)?)));
    let (found, own) = found.ok_or_else(|| Why::new("not a CAMEO code", code))?;
    let kind = own.kind.ok_or_else(|| Why::new("a CAMEO code without a type in PLOVER", code))?;
    Ok((kind, found))
}

/// The slots of the source. Of a passive its doer counts first, which the program makes the subject.
fn sources(conditions: &Conditions) -> Vec<String> {
    let subject = (conditions.passive || conditions.source.is_none()).then(|| "subject".to_owned());
    subject.into_iter().chain(conditions.source.clone()).collect()
}

/// The slots of the target: the one the pattern names, or first the prepositions it asks for, then the usual ones.
fn targets(conditions: &Conditions, reciprocal: bool) -> Vec<String> {
    if let Some(target) = &conditions.target {
        return vec![target.clone()];
    }
    let free = conditions.with.iter().filter(|(slot, fillers)| fillers.is_empty() && !slot.contains('.'));
    let mut slots: Vec<String> = free.flat_map(|(slot, _)| slot.split('|').map(str::to_owned)).collect();
    if reciprocal {
        slots.push("with".into());
    }
    slots.extend(TARGETS.iter().map(|slot| (*slot).to_owned()));
    let mut seen = BTreeSet::new();
    slots.retain(|slot| seen.insert(slot.clone()));
    slots
}

impl Drafts {
    fn fresh_id(&mut self, block: &str, code: &str) -> String {
        let block = super::names::slug(block);
        let base = format!("petrarch-{}{}{code}", block, if block.is_empty() { "" } else { "-" });
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let id =
            std::iter::once(base.clone()).chain(numbered).find(|id| !self.ids.contains(id)).unwrap_or(base);
        self.ids.insert(id.clone());
        id
    }

    /// Takes out the frame whose id or class whose name stands in this line: the entries it was made of.
    pub(super) fn remove(&mut self, file: &str, line: usize) -> Option<Vec<EntryId>> {
        if file != FRAMES {
            return None;
        }
        let at = self.written().0.iter().rposition(|start| *start <= line)?;
        let draft = self.frames.get_mut(at)?;
        draft.gone = true;
        Some(std::mem::take(&mut draft.entries))
    }

    /// Forgets the frames that were taken out.
    pub(super) fn sweep(&mut self) {
        self.by_key.clear();
        self.frames.retain(|draft| !draft.gone);
    }

    /// The files.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let mut files = Vec::new();
        if !self.frames.is_empty() {
            files.push((FRAMES.to_owned(), self.written().1));
        }
        let used: BTreeSet<&str> = self
            .frames
            .iter()
            .flat_map(|draft| draft.key.with.values().flatten().chain(&draft.object).chain(&draft.not_object))
            .filter_map(|filler| filler.strip_prefix('@')?.strip_prefix(CLASS))
            .collect();
        let classes = self.classes.iter().filter(|(name, _)| used.contains(name.as_str()));
        let mut text = HEAD.to_owned();
        for (name, words) in classes {
            let gloss = format!("The synonym set &{}.", name.to_uppercase());
            text += &format!(
                "\n[{}]\ngloss = {}\nwords = {}\n",
                quoted(&format!("{CLASS}{name}")),
                quoted(&gloss),
                list(words)
            );
        }
        if text.len() > HEAD.len() {
            files.push((CLASSES.to_owned(), text));
        }
        files
    }

    /// The line where each frame begins, and the text.
    fn written(&self) -> (Vec<usize>, String) {
        let mut text = HEAD.to_owned();
        let mut starts = Vec::with_capacity(self.frames.len());
        let mut line = 2;
        for draft in &self.frames {
            let one = draft.written();
            starts.push(line);
            line += one.matches('\n').count();
            text += &one;
        }
        (starts, text)
    }
}

impl Draft {
    fn written(&self) -> String {
        let mut out =
            format!("\n[[frame]]\nid = {}\ntype = {}\n", quoted(&self.id), quoted(self.kind.as_str()));
        let mut put = |name: &str, value: String| out += &format!("{name} = {value}\n");
        if let Some(mode) = &self.mode {
            put("mode", quoted(mode));
        }
        if !self.contexts.is_empty() {
            put("contexts", list(&self.contexts));
        }
        put("cameo", quoted(&self.key.code));
        put("gloss", quoted(&super::report::clean(&self.gloss)));
        let lines: Vec<String> = self.lines.iter().take(SOURCES).map(usize::to_string).collect();
        let more = if self.lines.len() > SOURCES { ", …" } else { "" };
        put(
            "source",
            quoted(&super::report::clean(&format!("{}:{}{more}", self.key.file, lines.join(", ")))),
        );
        put("verbs", list(&self.key.verbs));
        if !self.object.is_empty() {
            put("object", list(&self.object));
        }
        if !self.not_object.is_empty() {
            put("not_object", list(&self.not_object));
        }
        if !self.key.with.is_empty() {
            let slots =
                self.key.with.iter().map(|(slot, fillers)| format!("{} = {}", quoted(slot), list(fillers)));
            put("with", format!("{{ {} }}", slots.collect::<Vec<_>>().join(", ")));
        }
        put("actor", list(&self.key.actor));
        put("recipient", list(&self.key.recipient));
        if self.key.reciprocal {
            put("reciprocal", "true".into());
        }
        // PETRARCH codes no event without both sides.
        put("bare", "false".into());
        out
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list<'s>(items: impl IntoIterator<Item = &'s String>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| quoted(item)).collect();
    format!("[{}]", items.join(", "))
}

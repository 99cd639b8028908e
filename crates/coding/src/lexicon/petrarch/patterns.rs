//! What a pattern asks for, in the slots of our frames: object, prepositional phrases, infinitives, particle; and which of
//! them hold source and target.
//!
//! Passives are undone by the program, so a target before the verb is its object. What frames do not look at (adverbs, modals,
//! negation, words of saying before the verb) makes a pattern one that cannot be carried over: dropping it would code more
//! than its writer meant.

use super::{
    codes::Known,
    report::Why,
    verbs::{Element, Part, Pattern, Verbs},
    words::{self, Class},
};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What stands for a synonym set among the classes of nouns.
pub(super) const CLASS: &str = "petrarch-";

/// Words that one phrase may stand for by its synonym sets.
const MOST_FORMS: usize = 4000;

/// What a pattern asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Conditions {
    pub particle: Option<String>,
    /// Fillers of the object; empty where none is asked for.
    pub object: Vec<String>,
    /// Fillers by slot; an empty list for anything.
    pub with: BTreeMap<String, Vec<String>>,
    /// The slot of the source, where it is not the subject.
    pub source: Option<String>,
    /// The slot of the target, where the pattern says it.
    pub target: Option<String>,
    /// Whether the target stands before the verb, as in a passive.
    pub passive: bool,
    /// Whether source and target do it to each other.
    pub both: bool,
    /// Synonym sets used as classes.
    pub sets: BTreeSet<String>,
    /// What of the pattern is not asked for.
    pub lost: Vec<Why>,
}

impl Conditions {
    /// Whether nothing is asked for that a frame looks at.
    pub(super) fn is_empty(&self) -> bool {
        self.object.is_empty() && self.with.is_empty() && self.particle.is_none()
    }
}

/// Reads patterns of one dictionary.
pub(super) struct Reader<'a> {
    pub verbs: &'a Verbs,
    pub known: &'a Known<'a>,
    /// Verbs of the dictionary itself.
    pub own: &'a BTreeSet<String>,
    /// Phrases of its synonym sets.
    pub listed: &'a HashSet<&'a str>,
}

impl Reader<'_> {
    /// The conditions of a pattern, or why it cannot be carried over.
    pub(super) fn read(&self, pattern: &Pattern) -> Result<Conditions, Why> {
        let mut found = Conditions::default();
        let target_first = self.left(&pattern.left, &mut found)?;
        self.right(&pattern.right, &mut found)?;
        if target_first {
            // *X was shelled by Y*: undone, the target is the object again.
            found.target = Some("object".into());
            found.passive = true;
        }
        Ok(found)
    }

    /// What stands before the verb; whether the target does.
    fn left(&self, elements: &[Element], found: &mut Conditions) -> Result<bool, Why> {
        let mut target_first = false;
        let mut elements = elements.iter().peekable();
        while let Some(element) = elements.next() {
            match element {
                Element::Source | Element::Skip => {}
                Element::Target => target_first = true,
                Element::Both => found.both = true,
                Element::Group(inside) => self.group(inside, found)?,
                Element::Phrase(parts) => match self.closed(parts) {
                    Class::Auxiliary | Class::Determiner => {}
                    Class::Preposition => {
                        let mut inside = vec![element.clone()];
                        inside.extend(elements.next().cloned());
                        self.group(&inside, found)?;
                    }
                    Class::Open => {
                        self.is_adverb(parts)?;
                        self.is_verb_before(parts)?;
                        let fillers = self.fillers(parts, found)?;
                        if found.with.insert("subject".into(), fillers).is_some() {
                            return Err(Why::new("more than one phrase before the verb", ""));
                        }
                    }
                    class => return Err(unreadable(class, parts)),
                },
            }
        }
        Ok(target_first)
    }

    /// What stands behind the verb.
    fn right(&self, elements: &[Element], found: &mut Conditions) -> Result<(), Why> {
        let mut at = 0;
        let mut bare_object: Option<&[Part]> = None;
        while let Some(element) = elements.get(at) {
            at += 1;
            match element {
                Element::Skip => {}
                Element::Both => found.both = true,
                // Right behind the verb it is the object; behind other words it may be anything.
                Element::Source if at == 1 => found.source = Some("object".into()),
                Element::Source => {
                    return Err(Why::new("a source behind other words than a preposition", ""));
                }
                Element::Target if at == 1 => found.target = Some("object".into()),
                Element::Target => {}
                Element::Group(inside) => self.group(inside, found)?,
                Element::Phrase(parts) => match self.closed(parts) {
                    Class::Auxiliary | Class::Determiner => {}
                    Class::Particle if at == 1 => found.particle = Some(spelled(parts)),
                    Class::Particle => return Err(Why::new("a particle away from its verb", spelled(parts))),
                    Class::Preposition => {
                        let mut inside = vec![element.clone()];
                        // TABARI writes no parentheses: the phrase is what follows.
                        while let Some(next) = elements.get(at) {
                            let ends = match next {
                                Element::Group(_) | Element::Both => true,
                                Element::Phrase(parts) => {
                                    matches!(self.closed(parts), Class::Preposition | Class::Particle)
                                }
                                _ => false,
                            };
                            if ends {
                                break;
                            }
                            inside.push(next.clone());
                            at += 1;
                            let whole =
                                matches!(next, Element::Source | Element::Target | Element::Phrase(_));
                            if whole && self.closed_of(next) != Class::Determiner {
                                break;
                            }
                        }
                        self.group(&inside, found)?;
                    }
                    Class::Open => {
                        self.is_adverb(parts)?;
                        match bare_object.take() {
                            // Two bare words in a row are one phrase.
                            Some(before) if before.len() == 1 && parts.len() == 1 => {
                                let joined: Vec<Part> = before.iter().chain(parts).cloned().collect();
                                found.object = self.fillers(&joined, found)?;
                                found.lost.push(Why::new(
                                    "two words behind the verb are read as one phrase",
                                    spelled(&joined),
                                ));
                            }
                            _ if found.with.keys().any(|slot| slot.ends_with(COMPLEMENT))
                                && found.object.is_empty() =>
                            {
                                let fillers = self.fillers(parts, found)?;
                                if found.with.insert("complement.object".into(), fillers).is_some() {
                                    return Err(Why::new(
                                        "more than one phrase behind the verb",
                                        spelled(parts),
                                    ));
                                }
                            }
                            None if found.object.is_empty() => {
                                if self.is_only_verb(parts) {
                                    self.infinitive(parts, found)?;
                                } else {
                                    found.object = self.fillers(parts, found)?;
                                    bare_object = Some(parts);
                                    continue;
                                }
                            }
                            _ => {
                                return Err(Why::new("more than one phrase behind the verb", spelled(parts)));
                            }
                        }
                    }
                    class => return Err(unreadable(class, parts)),
                },
            }
            bare_object = None;
        }
        Ok(())
    }

    /// A prepositional phrase: its preposition or prepositions first.
    fn group(&self, inside: &[Element], found: &mut Conditions) -> Result<(), Why> {
        let Some((Element::Phrase(first), rest)) = inside.split_first() else {
            return Err(Why::new("parentheses without a preposition", ""));
        };
        let prepositions = self.prepositions(first)?;
        let slot = prepositions.join("|");
        let mut phrases: Vec<&Vec<Part>> = Vec::new();
        let (mut source, mut target) = (false, false);
        for element in rest {
            match element {
                Element::Source => source = true,
                Element::Target => target = true,
                Element::Skip => {}
                Element::Phrase(parts) if self.closed(parts) == Class::Determiner => {}
                Element::Phrase(parts) if self.closed(parts) == Class::Open => phrases.push(parts),
                _ => return Err(Why::new("a phrase inside a phrase", spelled(first))),
            }
        }
        if source {
            // *by* marks the doer of a passive, which the program undoes.
            if slot != "by" {
                found.source = Some(prepositions[0].clone());
            }
            return if phrases.is_empty() { Ok(()) } else { Err(Why::new("words beside the source", slot)) };
        }
        if target {
            found.target = Some(prepositions[0].clone());
        }
        let fillers = match phrases.as_slice() {
            [] => Vec::new(),
            [one] if prepositions == ["to"] && self.is_only_verb(one) => return self.infinitive(one, found),
            [one] if prepositions == ["to"] && self.may_be_verb(one) => {
                // *to attack* may be either.
                let mut fillers = self.fillers(one, found)?;
                fillers.extend(self.verb_lemmas(one));
                fillers.sort();
                fillers.dedup();
                if found.with.insert(format!("to|{COMPLEMENT}"), fillers).is_some() {
                    return Err(Why::new("more than one infinitive", spelled(one)));
                }
                return Ok(());
            }
            [one] => {
                self.is_adverb(one)?;
                self.fillers(one, found)?
            }
            _ => return Err(Why::new("several phrases behind one preposition", slot)),
        };
        if found.with.insert(slot.clone(), fillers).is_some() {
            return Err(Why::new("two phrases with one preposition", slot));
        }
        Ok(())
    }

    /// `TO MEET`: an infinitive, as content or as purpose.
    fn infinitive(&self, parts: &[Part], found: &mut Conditions) -> Result<(), Why> {
        if found.with.insert(COMPLEMENT.into(), self.verb_lemmas(parts)).is_some() {
            return Err(Why::new("more than one infinitive", spelled(parts)));
        }
        Ok(())
    }

    /// The lemmas of a word that is known as a verb in them.
    fn verb_lemmas(&self, parts: &[Part]) -> Vec<String> {
        let [Part::Word(word)] = parts else { return Vec::new() };
        words::verb_forms(word).into_iter().filter(|form| self.is_verb(form)).collect()
    }

    fn may_be_verb(&self, parts: &[Part]) -> bool {
        !self.verb_lemmas(parts).is_empty()
    }

    fn prepositions(&self, parts: &[Part]) -> Result<Vec<String>, Why> {
        let words: Vec<String> = match parts {
            [Part::Word(word)] => word.split('/').map(str::to_owned).collect(),
            [Part::Any(words)] => words.iter().map(|word| word.to_lowercase()).collect(),
            [Part::Set(set)] => self.set(set)?.to_vec(),
            _ => Vec::new(),
        };
        let good = |word: &String| {
            matches!(words::class(word), Class::Preposition | Class::Particle) && words::is_word(word)
        };
        if words.is_empty() || !words.iter().all(good) {
            return Err(Why::new("parentheses without a preposition", spelled(parts)));
        }
        Ok(words)
    }

    fn set(&self, name: &str) -> Result<&[String], Why> {
        match self.verbs.sets.get(name) {
            Some((_, phrases)) if !phrases.is_empty() => Ok(phrases),
            _ => Err(Why::new("a synonym set that is not defined", format!("&{}", name.to_uppercase()))),
        }
    }

    /// The closed class of a phrase of one word, or of a set or alternatives whose words all have it.
    fn closed(&self, parts: &[Part]) -> Class {
        let of_all = |words: &mut dyn Iterator<Item = &String>| {
            let classes: Vec<Class> = words.map(|word| words::class(word)).collect();
            match classes.split_first() {
                Some((first, rest)) if rest.iter().all(|class| class == first) => *first,
                _ => Class::Open,
            }
        };
        match parts {
            [Part::Word(word)] => match word.split_once('/') {
                Some((first, _)) => words::class(first),
                None => words::class(word),
            },
            [Part::Any(words)] => of_all(&mut words.iter()),
            [Part::Set(set)] => {
                self.verbs.sets.get(set).map_or(Class::Open, |(_, words)| of_all(&mut words.iter()))
            }
            _ => Class::Open,
        }
    }

    fn closed_of(&self, element: &Element) -> Class {
        match element {
            Element::Phrase(parts) => self.closed(parts),
            _ => Class::Open,
        }
    }

    /// The words a phrase may be found by: lemmas, pairs of lemmas, or the class made of a synonym set.
    fn fillers(&self, parts: &[Part], found: &mut Conditions) -> Result<Vec<String>, Why> {
        if let [Part::Set(set)] = parts {
            self.set(set)?;
            found.sets.insert(set.clone());
            return Ok(vec![format!("@{CLASS}{set}")]);
        }
        let forms = |part: &Part| -> Result<Vec<String>, Why> {
            let words: Vec<String> = match part {
                Part::Word(word) => vec![word.clone()],
                Part::Any(words) => words.iter().map(|word| word.to_lowercase()).collect(),
                Part::Set(set) => {
                    self.set(set)?.iter().filter(|phrase| !phrase.contains(' ')).cloned().collect()
                }
            };
            let bad = words.iter().find(|word| !words::is_word(word));
            match bad {
                Some(bad) => Err(Why::new("not a word", bad.clone())),
                None => Ok(words.iter().flat_map(|word| words::noun_forms(word)).collect()),
            }
        };
        let mut fillers: Vec<String> = match parts {
            [] => return Err(Why::new("an empty phrase", "")),
            [one] => forms(one)?,
            [.., before, head] => {
                if parts.len() > 2 {
                    found
                        .lost
                        .push(Why::new("only the last two words of a phrase are asked for", spelled(parts)));
                }
                let (before, head) = (forms(before)?, forms(head)?);
                if before.len() * head.len() > MOST_FORMS {
                    return Err(Why::new("too many combinations of synonyms", spelled(parts)));
                }
                before
                    .iter()
                    .flat_map(|first| head.iter().map(move |last| format!("{first} {last}")))
                    .collect()
            }
        };
        fillers.sort();
        fillers.dedup();
        match fillers.is_empty() {
            true => Err(Why::new("an empty phrase", spelled(parts))),
            false => Ok(fillers),
        }
    }

    fn is_adverb(&self, parts: &[Part]) -> Result<(), Why> {
        let [Part::Word(word)] = parts else { return Ok(()) };
        let noun = self.is_noun(word);
        if word.ends_with("ly") && !noun {
            return Err(Why::new("frames do not look at adverbs", word.to_uppercase()));
        }
        Ok(())
    }

    /// `FAIL *`, `SAID *`: a verb before the verb.
    fn is_verb_before(&self, parts: &[Part]) -> Result<(), Why> {
        match self.is_only_verb(parts) {
            true => Err(Why::new(
                "a verb before the verb: whether it happened and who says so are read from the grammar",
                spelled(parts),
            )),
            false => Ok(()),
        }
    }

    /// Whether a word is known as a verb and not as a noun.
    fn is_only_verb(&self, parts: &[Part]) -> bool {
        let [Part::Word(word)] = parts else { return false };
        !self.is_noun(word) && self.may_be_verb(parts)
    }

    fn is_verb(&self, lemma: &str) -> bool {
        use crate::lexicon::{CuePos, OperatorPos};
        let lexicon = self.known.lexicon;
        self.own.contains(lemma)
            || !lexicon.frames.by_verb(lemma).is_empty()
            || lexicon.cues.get(CuePos::Verb, lemma).is_some()
            || lexicon.operators.get(OperatorPos::Verb, lemma).is_some()
            || lexicon.light.aspect(lemma).is_some()
    }

    fn is_noun(&self, word: &str) -> bool {
        let lexicon = self.known.lexicon;
        words::noun_forms(word).iter().any(|form| {
            !lexicon.frames.by_noun(form).is_empty()
                || lexicon.classes.lists_noun(form)
                || self.known.atlas.agent(&[form], 0).is_some()
                || self.listed.contains(form.as_str())
        })
    }
}

/// Where an infinitive may stand.
const COMPLEMENT: &str = "complement|purpose";

fn unreadable(class: Class, parts: &[Part]) -> Why {
    let reason = match class {
        Class::Modality => "modals and negation are read from the grammar",
        Class::Conjunction => "frames do not look at conjunctions",
        Class::Pronoun => "frames do not look at pronouns",
        Class::Particle => "a particle away from its verb",
        _ => "frames do not look at this word",
    };
    Why::new(reason, spelled(parts))
}

fn spelled(parts: &[Part]) -> String {
    let spelled = parts.iter().map(|part| match part {
        Part::Word(word) => word.clone(),
        Part::Set(set) => format!("&{}", set.to_uppercase()),
        Part::Any(words) => words.join("|"),
    });
    spelled.collect::<Vec<_>>().join(" ")
}

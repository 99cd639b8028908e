//! Dictionaries of verbs, read: synonym sets, blocks of verbs with their patterns. [`super::patterns`] says what a pattern
//! means, [`super::frames`] what becomes of it.
//!
//! Read are the layouts of PETRARCH2 (`--- NAME [code] ---`), of PETRARCH before it (blocks divided by empty lines) and of
//! TABARI (each verb with its own patterns, comments behind `;`).

use super::{
    lines::Line,
    report::{EntryId, Report},
    words::{self, Class},
};
use std::collections::BTreeMap;

/// The event codes of a verb or pattern: what the source does to the target, and what the target does to the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Codes {
    /// `None` for the null code.
    pub forward: Option<String>,
    /// `None` where nothing is said or the null code.
    pub back: Option<String>,
}

impl Codes {
    /// Whether the entry says that there is no event.
    pub(super) fn is_null(&self) -> bool {
        self.forward.is_none() && self.back.is_none()
    }
}

/// A part of a noun phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Word(String),
    /// A synonym set, by its name without `&`.
    Set(String),
    /// Alternatives (`{ A | B }` of older dictionaries).
    Any(Vec<String>),
}

/// An element of a pattern, beside the verb itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// `$`
    Source,
    /// `+`
    Target,
    /// `%`
    Both,
    /// `^`
    Skip,
    /// A noun phrase, or a word that may be one.
    Phrase(Vec<Part>),
    /// A prepositional phrase: what stands in parentheses.
    Group(Vec<Element>),
}

/// A pattern.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub entry: EntryId,
    pub line: usize,
    pub left: Vec<Element>,
    pub right: Vec<Element>,
    pub codes: Codes,
}

/// A verb of a block.
#[derive(Clone, Debug)]
pub(super) struct Verb {
    pub entry: EntryId,
    pub line: usize,
    /// Its words in lower case; underscores and `+` undone.
    pub words: Vec<String>,
    /// Whether a prefix stands before it (`RE_+OPEN`).
    pub prefixed: bool,
    /// Its own code, if it has one.
    pub codes: Option<Codes>,
}

/// Verbs that share patterns.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub name: String,
    pub codes: Codes,
    pub verbs: Vec<Verb>,
    pub patterns: Vec<Pattern>,
}

/// A dictionary of verbs.
#[derive(Debug, Default)]
pub(super) struct Verbs {
    pub file: String,
    /// Phrases of each synonym set, in lower case, with the entry of the set.
    pub sets: BTreeMap<String, (EntryId, Vec<String>)>,
    pub blocks: Vec<Block>,
}

/// Reads a dictionary.
pub(super) fn parse(file: &str, lines: &[Line], report: &mut Report) -> Verbs {
    let headed = lines.iter().any(|line| line.text.starts_with("---"));
    // TABARI's verbs each have their own patterns; its comments begin with `;`.
    let old = !headed && lines.iter().filter(|line| line.old_style).count() * 2 > lines.len();
    let mut verbs = Verbs { file: file.to_owned(), ..Verbs::default() };
    let mut set: Option<String> = None;
    for line in lines {
        let text = line.text.as_str();
        if text.starts_with("---") {
            set = None;
            let (codes, name) = codes_of(text.trim_matches('-'));
            verbs.blocks.push(Block {
                name: name.trim().to_owned(),
                codes: codes.unwrap_or_default(),
                ..Block::default()
            });
            continue;
        }
        let entry = report.open(file, line.number, text);
        if let Some(name) = text.strip_prefix('&') {
            let name = set_name(name);
            verbs.sets.entry(name.clone()).or_insert_with(|| (entry, Vec::new()));
            set = Some(name);
        } else if let Some((name, phrase)) = set.as_ref().zip(text.strip_prefix('+')) {
            match phrase_of(phrase) {
                Some(phrase) => {
                    verbs.sets.entry(name.clone()).or_insert_with(|| (entry, Vec::new())).1.push(phrase)
                }
                None => report.not(entry, "not a word", ""),
            }
        } else if text.starts_with('~') {
            report.not(
                entry,
                "a transformation: who says so and what is only meant are read from the grammar",
                "",
            );
        } else if let Some(pattern) = text.strip_prefix('-') {
            set = None;
            match (verbs.blocks.last_mut(), pattern_of(pattern, entry, line.number)) {
                (Some(block), Ok(pattern)) => block.patterns.push(pattern),
                (None, _) => report.not(entry, "a pattern without a verb", ""),
                (_, Err(reason)) => report.not(entry, reason, ""),
            }
        } else {
            set = None;
            let Some(verb) = verb_of(text, entry, line.number) else {
                report.not(entry, "not a verb", "");
                continue;
            };
            let own = match verbs.blocks.last() {
                None => true,
                Some(_) if headed => false,
                Some(block) => old || !block.patterns.is_empty() || line.after_gap,
            };
            if own {
                let (name, codes) = (verb.words.join("-"), verb.codes.clone().unwrap_or_default());
                verbs.blocks.push(Block { name, codes, ..Block::default() });
            }
            if let Some(block) = verbs.blocks.last_mut() {
                block.verbs.push(verb);
            }
        }
    }
    verbs
}

/// The name of a synonym set as patterns refer to it.
fn set_name(text: &str) -> String {
    text.split_whitespace().next().unwrap_or("").trim_end_matches('_').to_lowercase()
}

/// A word or phrase, in lower case with single spaces.
fn phrase_of(text: &str) -> Option<String> {
    let phrase = text.split(['{', '[']).next().unwrap_or("").replace('_', " ").to_lowercase();
    let words: Vec<&str> = phrase.split_whitespace().collect();
    (!words.is_empty() && words.iter().any(|word| words::is_word(word))).then(|| words.join(" "))
}

/// The codes in the last brackets of a line, and what stands before them. `[112:113]` has one for each direction; `[---]` is
/// the null code; signs behind the digits are older remarks.
fn codes_of(text: &str) -> (Option<Codes>, &str) {
    let Some(start) = text.rfind('[') else { return (None, text) };
    let inside = text[start + 1..].split([']', '}']).next().unwrap_or("");
    let code = |text: &str| {
        let code = text.trim().trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        (!code.is_empty()).then(|| code.to_owned())
    };
    let codes = match inside.split_once(':') {
        Some((forward, back)) => Codes { forward: code(forward), back: code(back) },
        None => Codes { forward: code(inside), back: None },
    };
    (Some(codes), &text[..start])
}

fn verb_of(text: &str, entry: EntryId, line: usize) -> Option<Verb> {
    let (codes, text) = codes_of(text);
    // Irregular forms in braces are the lemmatiser's work.
    let text = text.split('{').next().unwrap_or("").trim();
    let prefixed = text.find('+').is_some_and(|at| at > 0);
    let words: Vec<String> =
        text.split(['_', ' ', '+']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    (!words.is_empty() && words.iter().all(|word| words::is_word(word))).then_some(Verb {
        entry,
        line,
        words,
        prefixed,
        codes,
    })
}

fn pattern_of(text: &str, entry: EntryId, line: usize) -> Result<Pattern, &'static str> {
    let (codes, text) = codes_of(text);
    let codes = codes.ok_or("no code")?;
    if text.contains("[") || codes.forward.as_deref() == Some("###") {
        return Err("not a pattern");
    }
    // `**` of older dictionaries, `*_OF_`, `HAS_*`.
    let text = text.replace("**", "*");
    let (left, right) = text.split_once('*').ok_or("no `*` where the verb stands")?;
    if right.contains('*') {
        return Err("more than one verb in a pattern");
    }
    Ok(Pattern { entry, line, left: elements(left)?, right: elements(right)?, codes })
}

/// The elements of one side.
fn elements(text: &str) -> Result<Vec<Element>, &'static str> {
    let mut spaced = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '(' | ')' | '{' | '}' | '|' | '$' | '%' | '^' | '+') {
            spaced.extend([' ', c, ' ']);
        } else {
            spaced.push(c);
        }
    }
    let mut tokens = spaced.split_whitespace().peekable();
    side(&mut tokens, false)
}

type Tokens<'t> = std::iter::Peekable<std::str::SplitWhitespace<'t>>;

fn side(tokens: &mut Tokens<'_>, inside: bool) -> Result<Vec<Element>, &'static str> {
    let mut out = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            "$" => out.push(Element::Source),
            "+" => out.push(Element::Target),
            "%" => out.push(Element::Both),
            "^" => out.push(Element::Skip),
            "(" if inside => return Err("parentheses inside parentheses"),
            "(" => out.push(Element::Group(side(tokens, true)?)),
            ")" if inside => return Ok(out),
            "{" => out.push(Element::Phrase(braced(tokens)?)),
            ")" | "}" | "|" => return Err("brackets that do not match"),
            word => out.extend(words_of(word)),
        }
    }
    if inside { Err("brackets that do not match") } else { Ok(out) }
}

/// `{A B}`, or the older `{ A | B }`.
fn braced(tokens: &mut Tokens<'_>) -> Result<Vec<Part>, &'static str> {
    let mut alternatives: Vec<Vec<Part>> = vec![Vec::new()];
    for token in tokens.by_ref() {
        match token {
            "}" => {
                return match alternatives.len() {
                    1 => Ok(alternatives.remove(0)),
                    _ => {
                        let words =
                            alternatives.into_iter().map(|mut parts| match (parts.pop(), parts.is_empty()) {
                                (Some(Part::Word(word)), true) => Ok(word),
                                _ => Err("alternatives of several words"),
                            });
                        Ok(vec![Part::Any(words.collect::<Result<_, _>>()?)])
                    }
                };
            }
            "|" => alternatives.push(Vec::new()),
            "(" | ")" | "{" | "$" | "+" | "%" | "^" => return Err("brackets that do not match"),
            word => {
                let last = alternatives.last_mut().ok_or("brackets that do not match")?;
                for element in words_of(word) {
                    if let Element::Phrase(parts) = element {
                        last.extend(parts);
                    }
                }
            }
        }
    }
    Err("brackets that do not match")
}

/// A token of letters: a synonym set, a word, or several joined by underscores, which are one phrase unless one of them is
/// a preposition.
fn words_of(token: &str) -> Vec<Element> {
    if let Some(set) = token.strip_prefix('&') {
        return vec![Element::Phrase(vec![Part::Set(set_name(set))])];
    }
    let words: Vec<&str> = token.split('_').filter(|word| !word.is_empty()).collect();
    let part = |word: &&str| Part::Word(word.to_lowercase());
    let closed = |word: &&str| words::class(word) != Class::Open && !word.contains('/');
    if words.len() > 1 && words.iter().any(closed) {
        return words.iter().map(|word| Element::Phrase(vec![part(word)])).collect();
    }
    match words.is_empty() {
        true => Vec::new(),
        false => vec![Element::Phrase(words.iter().map(part).collect())],
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Dictionary, Fate, Kind, lines},
        *,
    };

    fn read(text: &str) -> (Verbs, Vec<super::super::Entry>) {
        let mut report = Report::default();
        let lines = lines::read(&Dictionary { name: "v", text, kind: Kind::Verbs }, &mut report);
        let verbs = parse("v", &lines, &mut report);
        (verbs, report.into_entries())
    }

    fn words(parts: &str) -> Vec<Element> {
        elements(parts).unwrap_or_default()
    }

    #[test]
    fn blocks_of_three_layouts() {
        let (new, entries) = read(
            "&GADGET\n+GADGET\n+SMALL_WIDGET_\n\n--- FROB [070] ---\nFROB {FROBS FROBBED } # x\n+TINKER_WITH [071]\n- * &GADGET (TO) [072:073] # y\n\n\n--- NEXT [---] ---\nNEXT\n~ a (a b NEXT) SAY = a b 015\n",
        );
        assert_eq!(new.sets["gadget"].1, ["gadget", "small widget"]);
        assert_eq!(
            new.blocks.iter().map(|b| (b.name.as_str(), b.verbs.len(), b.patterns.len())).collect::<Vec<_>>(),
            [("FROB", 2, 1), ("NEXT", 1, 0)]
        );
        assert_eq!(
            new.blocks[0].patterns[0].codes,
            Codes { forward: Some("072".into()), back: Some("073".into()) }
        );
        assert!(new.blocks[1].codes.is_null());
        assert_eq!(entries.iter().filter(|entry| entry.fate == Fate::Not).count(), 1);
        let (middle, _) =
            read("### FROB ###\nFROB [070]\nTINKER\n- ** GADGET [071]\n\n### NEXT ###\nNEXT [040]\n");
        assert_eq!(middle.blocks.iter().map(|b| b.verbs.len()).collect::<Vec<_>>(), [2, 1]);
        let (old, _) = read("FROB  [070] ;x\nTINKER [071] ;x\n- * GADGET TO_ +  [072] ;x\n- HAS_* + [---]\n");
        assert_eq!(
            old.blocks.iter().map(|b| (b.verbs.len(), b.patterns.len())).collect::<Vec<_>>(),
            [(1, 0), (1, 2)]
        );
    }

    #[test]
    fn elements_are_told_apart() {
        let word = |word: &str| Element::Phrase(vec![Part::Word(word.into())]);
        assert_eq!(words("+ WAS"), [Element::Target, word("was")]);
        assert_eq!(
            words("{SMALL GADGET} (TO {OLD PORT})"),
            [
                Element::Phrase(vec![Part::Word("small".into()), Part::Word("gadget".into())]),
                Element::Group(vec![
                    word("to"),
                    Element::Phrase(vec![Part::Word("old".into()), Part::Word("port".into())])
                ])
            ]
        );
        assert_eq!(
            words("{ WAS | WERE } BY_ $"),
            [
                Element::Phrase(vec![Part::Any(vec!["was".into(), "were".into()])]),
                word("by"),
                Element::Source
            ]
        );
        assert_eq!(
            words("DEBT_RELIEF &GADGET_"),
            [
                Element::Phrase(vec![Part::Word("debt".into()), Part::Word("relief".into())]),
                Element::Phrase(vec![Part::Set("gadget".into())])
            ]
        );
        for odd in ["(", ")", "{", "}", "((A))", "{A", "{A|B C}", "|", "{(}"] {
            assert!(elements(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn odd_lines_are_no_panic() {
        for text in [
            "-",
            "---",
            "--- [",
            "- *",
            "- * [",
            "- * ]",
            "&",
            "&\n+",
            "+",
            "- ** ** [x]",
            "[070]",
            "É [070]",
            "- * é [é:é]",
            "~",
        ] {
            let _ = read(text);
            let _ = read(&format!("A\n{text}\n{text}"));
        }
    }
}

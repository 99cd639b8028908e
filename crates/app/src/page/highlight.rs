//! The article's text with its marks: sources, cues, content, actors, anchors, places, times. Marks may overlap.

use record::reading::{MentionKind, Reading};
use std::{collections::BTreeMap, fmt::Write as _};

/// Classes of marks, as the style sheet names them.
const CLASSES: [&str; 10] = ["say", "act", "place", "when", "src", "cue", "q1", "q2", "q3", "q4"];

#[derive(Clone, Copy, Default)]
struct Change {
    /// How many marks of each class begin here, less those that end here.
    classes: [i32; CLASSES.len()],
}

/// The text as HTML. Anchors link to their events, `#a1e1` for event 1 of article `article`.
pub fn marked(reading: &Reading, article: usize) -> String {
    let mut changes: BTreeMap<usize, Change> = BTreeMap::new();
    let mut mark = |class: &str, start: usize, end: usize| {
        if let Some(at) = CLASSES.iter().position(|known| *known == class).filter(|_| start < end) {
            changes.entry(start).or_default().classes[at] += 1;
            changes.entry(end).or_default().classes[at] -= 1;
        }
    };
    let mut anchors: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for statement in &reading.statements {
        statement.sources.iter().for_each(|source| mark("src", source.start, source.end));
        statement.cue.iter().for_each(|cue| mark("cue", cue.start, cue.end));
        statement.content.iter().for_each(|content| mark("say", content.start, content.end));
    }
    for event in &reading.events {
        let parties = event.actors.iter().chain(&event.recipients);
        parties.for_each(|party| mark("act", party.start, party.end));
        mark(&format!("q{}", event.quad), event.anchor.start, event.anchor.end);
        anchors.entry(event.anchor.start).or_insert((event.anchor.end, event.id));
    }
    for mention in &reading.mentions {
        match mention.kind {
            MentionKind::Place => mark("place", mention.start, mention.end),
            MentionKind::Time => mark("when", mention.start, mention.end),
            _ => {}
        }
    }
    write(&reading.article.text, &changes, &anchors, article)
}

fn write(
    text: &str,
    changes: &BTreeMap<usize, Change>,
    anchors: &BTreeMap<usize, (usize, usize)>,
    article: usize,
) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut active = [0i32; CLASSES.len()];
    let mut open = false;
    let mut link: Option<usize> = None;
    for (at, c) in text.chars().enumerate() {
        let change = changes.get(&at);
        let link_ends = link.is_some_and(|end| end <= at);
        if (change.is_some() || link_ends) && open {
            out.push_str("</span>");
            open = false;
        }
        if link_ends {
            out.push_str("</a>");
            link = None;
        }
        if let Some((end, event)) = anchors.get(&at).filter(|_| link.is_none()) {
            let _ = write!(out, "<a id=\"a{article}t{n}\" href=\"#a{article}e{n}\">", n = event + 1);
            link = Some(*end);
        }
        if let Some(change) = change {
            active.iter_mut().zip(change.classes).for_each(|(sum, change)| *sum += change);
        }
        if !open && (change.is_some() || link_ends) && active.iter().any(|sum| *sum > 0) {
            let classes = CLASSES.iter().zip(active).filter(|(_, sum)| *sum > 0).map(|(class, _)| *class);
            let _ = write!(out, "<span class=\"{}\">", classes.collect::<Vec<_>>().join(" "));
            open = true;
        }
        push_escaped(&mut out, c);
    }
    if open {
        out.push_str("</span>");
    }
    if link.is_some() {
        out.push_str("</a>");
    }
    out
}

/// Text as HTML text or attribute value.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    text.chars().for_each(|c| push_escaped(&mut out, c));
    out
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        // Characters that turn the direction of what follows, and those a page may not hold.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
        c if c.is_control() && !matches!(c, '\n' | '\r' | '\t') => out.push(' '),
        c => out.push(c),
    }
}

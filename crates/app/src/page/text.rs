//! The page for the terminal: never wider than it, readable in a pipe.

use super::Theme;
use crate::view::{EventView, Name, Standing, View, count};

/// Statements shown without `--explain`.
const FEW: usize = 6;

/// How to set the page.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub theme: Theme,
    pub width: usize,
    pub explain: bool,
}

/// `text` in lines of at most `width` columns; the first begins with `first`, the others with `rest`.
pub fn wrapped(text: &str, width: usize, first: &str, rest: &str) -> String {
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    // The selector that makes a sign an emoji changes its width in some terminals and not in others.
    let mut out = textwrap::fill(&text.replace('\u{fe0f}', ""), options);
    out.push('\n');
    out
}

impl Page {
    /// The whole page.
    pub fn render(&self, view: &View) -> String {
        let theme = self.theme;
        let mut out = wrapped(&theme.bold(&view.title), self.width, "", "");
        out += &wrapped(&view.byline, self.width, "", "");
        out += &wrapped(&theme.faint(&view.facts), self.width, "", "");
        self.heading(&mut out, "Events", view.events.len());
        if view.events.is_empty() {
            out += &wrapped(&theme.faint("none coded"), self.width, "  ", "  ");
        }
        for (number, event) in view.events.iter().enumerate() {
            if number > 0 {
                out.push('\n');
            }
            self.event(&mut out, event);
        }
        self.statements(&mut out, view);
        self.list(&mut out, "Treaties", view.treaties.iter().map(|t| (t.name.clone(), t.facts.clone())));
        if !view.states.is_empty() {
            self.heading(&mut out, "States", 0);
            out += &wrapped(&view.states.join(", "), self.width, "  ", "    ");
        }
        self.list(
            &mut out,
            "Places",
            view.places.iter().map(|place| {
                let times =
                    if place.times > 1 { format!(" · named {} times", place.times) } else { String::new() };
                (place.name.clone(), format!("{} · {}{times}", place.precision, place.coordinates))
            }),
        );
        if !view.people.is_empty() {
            self.heading(&mut out, "People", 0);
            out += &wrapped(&theme.faint(&format!("({})", view.people_on)), self.width, "  ", "  ");
            self.items(
                &mut out,
                view.people.iter().map(|person| {
                    let code = person.code.as_ref().map_or_else(String::new, |code| format!(" · {code}"));
                    (person.name.clone(), format!("{}{code}", person.role))
                }),
            );
        }
        self.list(
            &mut out,
            "Left uncoded, and why",
            view.notes.iter().map(|note| (note.clone(), String::new())),
        );
        if self.explain {
            out.push('\n');
            out += &wrapped(&theme.faint(&view.versions), self.width, "", "");
        }
        out
    }

    fn heading(&self, out: &mut String, words: &str, number: usize) {
        let number = if number > 0 { format!(" ({number})") } else { String::new() };
        out.push('\n');
        *out += &wrapped(
            &format!("{}{}", self.theme.bold(&words.to_uppercase()), self.theme.faint(&number)),
            self.width,
            "",
            "",
        );
    }

    fn event(&self, out: &mut String, event: &EventView) {
        let (theme, indent) = (self.theme, "    ");
        let mut kind = theme.quad(event.quad, event.kind);
        if !event.detail.is_empty() {
            kind += &format!(" {}", event.detail);
        }
        let mut line = format!("{} → {kind}", self.names(&event.actors, "(nobody named)"));
        if !event.recipients.is_empty() {
            line += &format!(" → {}", self.names(&event.recipients, ""));
        }
        *out += &wrapped(&line, self.width, &format!("{:>2}  ", event.number), indent);
        let reality = match event.standing {
            Standing::Real => theme.real(event.reality),
            Standing::Open => theme.open(event.reality),
            Standing::Denied => theme.denied(event.reality),
        };
        let facts: Vec<String> = std::iter::once(reality).chain(event.facts.iter().cloned()).collect();
        *out += &wrapped(&facts.join(" · "), self.width, indent, indent);
        let excerpt = &event.excerpt;
        let quote =
            format!("“{}{}{}”", excerpt.before, theme.anchor(event.quad, &excerpt.anchor), excerpt.after);
        *out += &wrapped(&quote, self.width, indent, &format!("{indent} "));
        *out +=
            &wrapped(&theme.source(&event.says), self.width, &format!("{indent}— "), &format!("{indent}  "));
        for basis in &event.basis {
            *out += &wrapped(&format!("§ resting on {basis}"), self.width, indent, &format!("{indent}  "));
        }
        if self.explain {
            *out += &wrapped(&theme.faint(&event.rule), self.width, indent, &format!("{indent}  "));
            for why in &event.why {
                *out += &wrapped(
                    &theme.faint(why),
                    self.width,
                    &format!("{indent}  · "),
                    &format!("{indent}    "),
                );
            }
        }
    }

    fn names(&self, names: &[Name], nobody: &str) -> String {
        if names.is_empty() {
            return self.theme.faint(nobody);
        }
        let shown = names.iter().map(|name| match &name.code {
            Some(code) => {
                format!("{} {}", self.theme.bold(&name.label), self.theme.faint(&format!("[{code}]")))
            }
            None => self.theme.bold(&name.label),
        });
        shown.collect::<Vec<_>>().join(" + ")
    }

    fn statements(&self, out: &mut String, view: &View) {
        if view.statements.is_empty() {
            return;
        }
        self.heading(out, "Also said", view.statements.len());
        let shown = if self.explain { view.statements.len() } else { FEW };
        for statement in view.statements.iter().take(shown) {
            let line = format!("{}: “{}”", self.theme.source(&statement.says), statement.content);
            *out += &wrapped(&line, self.width, "  ", "    ");
        }
        if let Some(more) = view.statements.len().checked_sub(shown).filter(|more| *more > 0) {
            let words =
                format!("and {}; --explain shows all", count(more, "more statement", "more statements"));
            *out += &wrapped(&self.theme.faint(&words), self.width, "  ", "    ");
        }
    }

    fn list(&self, out: &mut String, heading: &str, items: impl Iterator<Item = (String, String)>) {
        let mut items = items.peekable();
        if items.peek().is_some() {
            self.heading(out, heading, 0);
            self.items(out, items);
        }
    }

    fn items(&self, out: &mut String, items: impl Iterator<Item = (String, String)>) {
        for (name, facts) in items {
            let facts = if facts.is_empty() { facts } else { format!("  {}", self.theme.faint(&facts)) };
            *out += &wrapped(&format!("{name}{facts}"), self.width, "  ", "    ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr as _;

    #[test]
    fn no_line_is_wider_than_asked() {
        let text = "Ω🛰️ 北京北京北京北京北京北京北京北京北京北京 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa née";
        for width in [24, 25, 26, 27, 28, 40, 60] {
            for line in wrapped(text, width, "  — ", "    ").lines() {
                assert!(line.width() <= width, "{line}");
            }
        }
    }
}

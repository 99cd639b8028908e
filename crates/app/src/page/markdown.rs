//! The page as Markdown, for notes and issue trackers. The article's words are escaped: they cannot become markup.

use crate::view::{EventView, Name, View};

/// The whole page.
pub fn render(view: &View, explain: bool) -> String {
    let mut out = format!(
        "# {}\n\n{}  \n{}\n\n## Events\n\n",
        escape(&view.title),
        escape(&view.byline),
        escape(&view.facts)
    );
    if view.events.is_empty() {
        out += "None coded.\n";
    }
    for event in &view.events {
        self::event(&mut out, event, explain);
    }
    let statements = view.statements.iter().map(|s| format!("{}: “{}”", escape(&s.says), escape(&s.content)));
    section(&mut out, "Also said", statements);
    let treaties = view.treaties.iter().map(|t| format!("**{}** {}", escape(&t.name), escape(&t.facts)));
    section(&mut out, "Treaties", treaties);
    section(&mut out, "States", view.states.iter().map(|state| escape(state)));
    let places =
        view.places.iter().map(|p| format!("**{}** {}, {}", escape(&p.name), p.precision, p.coordinates));
    section(&mut out, "Places", places);
    let people = view.people.iter().map(|p| format!("**{}** {}", escape(&p.name), escape(&p.role)));
    section(&mut out, &format!("People, {}", escape(&view.people_on)), people);
    section(&mut out, "Left uncoded, and why", view.notes.iter().map(|note| escape(note)));
    if explain {
        out += &format!("\n{}\n", escape(&view.versions));
    }
    out
}

fn event(out: &mut String, event: &EventView, explain: bool) {
    let kind = if event.detail.is_empty() {
        format!("**{}**", event.kind)
    } else {
        format!("**{}** {}", event.kind, escape(&event.detail))
    };
    let mut line = format!("{}. {} → {kind}", event.number, names(&event.actors, "(nobody named)"));
    if !event.recipients.is_empty() {
        line += &format!(" → {}", names(&event.recipients, ""));
    }
    let facts: Vec<String> = std::iter::once(format!("*{}*", event.reality))
        .chain(event.facts.iter().map(|fact| escape(fact)))
        .collect();
    let excerpt = &event.excerpt;
    *out += &format!("{line}  \n   {}\n", facts.join(" · "));
    *out += &format!(
        "   > “{}**{}**{}”\n",
        escape(&excerpt.before),
        escape(excerpt.anchor.trim()),
        escape(&excerpt.after)
    );
    *out += &format!("   > — {}\n", escape(&event.says));
    for basis in &event.basis {
        *out += &format!("\n   Resting on {}\n", escape(basis));
    }
    if explain {
        *out += &format!("\n   {}\n", escape(&event.rule));
        for why in &event.why {
            *out += &format!("   - {}\n", escape(why));
        }
    }
    out.push('\n');
}

fn names(names: &[Name], nobody: &str) -> String {
    if names.is_empty() {
        return nobody.to_owned();
    }
    let shown = names.iter().map(|name| match &name.code {
        Some(code) => format!("{} `{}`", escape(&name.label), code.replace('`', "'")),
        None => escape(&name.label),
    });
    shown.collect::<Vec<_>>().join(" + ")
}

fn section(out: &mut String, heading: &str, items: impl Iterator<Item = String>) {
    for (number, item) in items.enumerate() {
        if number == 0 {
            *out += &format!("\n## {heading}\n\n");
        }
        *out += &format!("- {item}\n");
    }
}

/// Takes away the meaning of every character that Markdown or HTML in Markdown would act on.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '@' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_markup() {
        assert_eq!(escape("[x](javascript:y) <b>*z*"), "\\[x\\](javascript:y) &lt;b&gt;\\*z\\*");
    }
}

//! One self-contained page: the article's text with its marks, the events beside it. No script, no outside request,
//! light and dark. The article's words are escaped, whatever they are.

use super::highlight::{escape, marked};
use crate::view::{EventView, Name, Standing, View};
use record::reading::Reading;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");

/// Everything before the first article.
pub fn head(out: &mut impl Write, title: &str) -> io::Result<()> {
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{} · legation</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        escape(title)
    )
}

/// Everything after the last article.
pub fn foot(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"</body>\n</html>\n")
}

/// One article. `number` keeps the links of several articles apart.
pub fn article(
    out: &mut impl Write,
    view: &View,
    reading: &Reading,
    number: usize,
    explain: bool,
) -> io::Result<()> {
    writeln!(out, "<article>\n<header>\n<h1>{}</h1>", escape(&view.title))?;
    writeln!(out, "<p>{}</p>", escape(&view.byline))?;
    writeln!(out, "<p class=\"faint\">{}{}</p>\n</header>", escape(&view.facts), address(reading))?;
    writeln!(out, "<div class=\"columns\">\n<section class=\"text\" aria-label=\"Text\">")?;
    writeln!(
        out,
        "<p class=\"legend\"><span class=\"src\">source</span> <span class=\"cue\">cue</span> \
         <span class=\"say\">what is said</span> <span class=\"act\">actor</span> <span class=\"place\">place</span> \
         <span class=\"when\">time</span> event: <span class=\"q1\">verbal cooperation</span> \
         <span class=\"q2\">material cooperation</span> <span class=\"q3\">verbal conflict</span> \
         <span class=\"q4\">material conflict</span></p>"
    )?;
    writeln!(out, "<div class=\"words\">{}</div>\n</section>", marked(reading, number))?;
    writeln!(out, "<section class=\"side\" aria-label=\"Reading\">\n<h2>Events</h2>")?;
    if view.events.is_empty() {
        writeln!(out, "<p class=\"faint\">none coded</p>")?;
    }
    for event in &view.events {
        self::event(out, event, number, explain)?;
    }
    out.write_all(super::map::map(view, reading, number).as_bytes())?;
    let statements = view.statements.iter().map(|s| (escape(&s.says), format!("“{}”", escape(&s.content))));
    list(out, "Also said", statements)?;
    list(out, "Treaties", view.treaties.iter().map(|t| (escape(&t.name), escape(&t.facts))))?;
    let states = view.states.join(", ");
    let states = (!states.is_empty()).then(|| (String::new(), escape(&states)));
    list(out, "States", states.into_iter())?;
    let places =
        view.places.iter().map(|p| (escape(&p.name), format!("{} · {}", p.precision, p.coordinates)));
    list(out, "Places", places)?;
    let people = view.people.iter().map(|p| (escape(&p.name), escape(&p.role)));
    list(out, &format!("People, {}", escape(&view.people_on)), people)?;
    list(out, "Left uncoded, and why", view.notes.iter().map(|note| (String::new(), escape(note))))?;
    writeln!(out, "</section>\n</div>\n<footer>{}</footer>\n</article>", escape(&view.versions))
}

fn address(reading: &Reading) -> String {
    match reading.article.url.as_deref() {
        // Only web addresses become links; anything else is shown as words.
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            format!(" · <a href=\"{0}\" rel=\"noreferrer noopener\">{0}</a>", escape(url))
        }
        Some(url) => format!(" · {}", escape(url)),
        None => String::new(),
    }
}

fn event(out: &mut impl Write, event: &EventView, article: usize, explain: bool) -> io::Result<()> {
    let (number, quad) = (event.number, event.quad as u8);
    writeln!(out, "<div class=\"event e{quad}\" id=\"a{article}e{number}\">")?;
    write!(out, "<p class=\"what\"><a href=\"#a{article}t{number}\" title=\"in the text\">{number}</a> ")?;
    write!(
        out,
        "{} → <span class=\"q{quad}\">{}</span>",
        names(&event.actors, "(nobody named)"),
        event.kind
    )?;
    if !event.detail.is_empty() {
        write!(out, " {}", escape(&event.detail))?;
    }
    if !event.recipients.is_empty() {
        write!(out, " → {}", names(&event.recipients, ""))?;
    }
    let standing = match event.standing {
        Standing::Real => "real",
        Standing::Open => "open",
        Standing::Denied => "denied",
    };
    write!(out, "</p>\n<p><span class=\"{standing}\">{}</span>", event.reality)?;
    for fact in &event.facts {
        write!(out, " · {}", escape(fact))?;
    }
    let excerpt = &event.excerpt;
    let (before, anchor, after) = (escape(&excerpt.before), escape(&excerpt.anchor), escape(&excerpt.after));
    writeln!(out, "</p>\n<blockquote>“{before}<b>{anchor}</b>{after}”</blockquote>")?;
    writeln!(out, "<p class=\"says\">— {}</p>", escape(&event.says))?;
    for basis in &event.basis {
        writeln!(out, "<p>§ resting on {}</p>", escape(basis))?;
    }
    if explain {
        writeln!(out, "<p class=\"faint\">{}</p>\n<ul class=\"faint\">", escape(&event.rule))?;
        for why in &event.why {
            writeln!(out, "<li>{}</li>", escape(why))?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "</div>")
}

fn names(names: &[Name], nobody: &str) -> String {
    if names.is_empty() {
        return format!("<span class=\"faint\">{nobody}</span>");
    }
    let shown = names.iter().map(|name| match &name.code {
        Some(code) => format!("<b>{}</b> <code>{}</code>", escape(&name.label), escape(code)),
        None => format!("<b>{}</b>", escape(&name.label)),
    });
    shown.collect::<Vec<_>>().join(" + ")
}

/// A heading and its items; name and facts are HTML already.
fn list(
    out: &mut impl Write,
    heading: &str,
    items: impl Iterator<Item = (String, String)>,
) -> io::Result<()> {
    let mut open = false;
    for (name, facts) in items {
        if !open {
            writeln!(out, "<h2>{heading}</h2>\n<ul>")?;
            open = true;
        }
        let name = if name.is_empty() { name } else { format!("<b>{name}</b> ") };
        writeln!(out, "<li>{name}{facts}</li>")?;
    }
    if open { writeln!(out, "</ul>") } else { Ok(()) }
}

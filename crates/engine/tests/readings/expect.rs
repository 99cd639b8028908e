//! The little language of `expect` fences: parsing and checking. See `cases/README.md`.

use record::{
    Article, Language,
    reading::{Event, Party, Reading, Statement},
};
use std::fmt::Write as _;

/// One case file.
pub struct Case {
    name: String,
    date: Option<String>,
    outlet: Option<String>,
    text: String,
    expectations: Vec<String>,
}

impl Case {
    /// Reads the two fences of a case file.
    pub fn parse(name: &str, markdown: &str) -> Self {
        let fence = |tag: &str| {
            let open = format!("```{tag}\n");
            let start =
                markdown.find(&open).unwrap_or_else(|| panic!("{name}: no ```{tag} fence")) + open.len();
            let end = markdown[start..]
                .find("\n```")
                .unwrap_or_else(|| panic!("{name}: the ```{tag} fence is open"));
            &markdown[start..start + end]
        };
        let article = fence("article");
        let (mut date, mut outlet, mut body) = (None, None, article);
        while let Some((line, rest)) = body.split_once('\n') {
            match line.split_once(": ") {
                Some(("Date", value)) => date = Some(value.trim().to_owned()),
                Some(("Outlet", value)) => outlet = Some(value.trim().to_owned()),
                _ if line.trim().is_empty() => {
                    body = rest;
                    break;
                }
                _ => break,
            }
            body = rest;
        }
        let expectations = fence("expect")
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
            .map(str::to_owned);
        Self {
            name: name.to_owned(),
            date,
            outlet,
            text: body.trim().to_owned(),
            expectations: expectations.collect(),
        }
    }

    /// The article of the case.
    pub fn article(&self) -> Article {
        Article {
            id: self.name.clone(),
            outlet: self.outlet.clone(),
            published: self
                .date
                .as_deref()
                .map(|d| d.parse().unwrap_or_else(|_| panic!("{}: date {d}", self.name))),
            language: Language::english(),
            text: self.text.clone(),
            ..Article::default()
        }
    }

    /// The expectations that the reading does not meet.
    pub fn check(&self, reading: &Reading) -> Vec<String> {
        self.expectations.iter().filter(|line| !self.holds(line, reading)).cloned().collect()
    }

    fn holds(&self, line: &str, reading: &Reading) -> bool {
        let mut parts = line.split(" | ").map(str::trim);
        let head = parts.next().unwrap_or("");
        let keys: Vec<(&str, &str)> = parts
            .map(|part| part.split_once('=').unwrap_or_else(|| panic!("{}: `{part}` has no `=`", self.name)))
            .collect();
        if head == "no actual event" {
            return !reading.events.iter().any(happened);
        }
        if let Some(kind) = head.strip_prefix("no event ") {
            return !reading.events.iter().any(|e| e.kind.as_str() == kind);
        }
        if let Some(code) = head.strip_prefix("note ") {
            return reading.notes.iter().any(|n| n.code == code);
        }
        if let Some(text) = head.strip_prefix("mention ") {
            return reading.mentions.iter().any(|m| {
                m.text.contains(text)
                    && keys.iter().all(|(key, value)| {
                        let actor = m.actor.as_ref();
                        match *key {
                            "kind" => format!("{:?}", m.kind).to_lowercase() == *value,
                            "country" => {
                                actor.is_some_and(|a| a.country.as_deref() == Some(value))
                                    || m.place.as_ref().is_some_and(|p| p.country.as_deref() == Some(value))
                            }
                            "sector" => actor.is_some_and(|a| a.sector.is_some_and(|s| s.as_str() == *value)),
                            "role" => {
                                actor.is_some_and(|a| a.role.as_deref().is_some_and(|r| r.contains(value)))
                            }
                            "place" => m.place.as_ref().is_some_and(|p| p.name.contains(value)),
                            _ => panic!("{}: unknown key `{key}` of a mention", self.name),
                        }
                    })
            });
        }
        if let Some(chain) = head.strip_prefix("statement ") {
            return reading.statements.iter().any(|s| {
                chain_is(s, chain)
                    && keys.iter().all(|(key, value)| self.statement_has(reading, s, key, value))
            });
        }
        let Some(rest) = head.strip_prefix("event ") else { panic!("{}: cannot read `{line}`", self.name) };
        let (kind, sides) = rest.split_once(' ').unwrap_or((rest, "* -> *"));
        let (kind, context) = kind.split_once('/').map_or((kind, None), |(k, c)| (k, Some(c)));
        let (actor, recipient) =
            sides.split_once("->").unwrap_or_else(|| panic!("{}: `{line}` has no `->`", self.name));
        reading.events.iter().any(|e| {
            e.kind.as_str() == kind
                && context.is_none_or(|c| e.contexts.iter().any(|x| x == c))
                && side_is(&e.actors, actor.trim())
                && side_is(&e.recipients, recipient.trim())
                && keys.iter().all(|(key, value)| self.event_has(reading, e, key, value))
        })
    }

    fn statement_has(&self, reading: &Reading, s: &Statement, key: &str, value: &str) -> bool {
        match key {
            "stance" => s.stance.as_str() == value,
            "quote" => format!("{:?}", s.quote).to_lowercase() == value,
            "content" => {
                let text: Vec<char> = reading.article.text.chars().collect();
                let words: Vec<String> =
                    s.content.iter().map(|c| text[c.start..c.end].iter().collect()).collect();
                words.join(" … ").contains(value)
            }
            "certainty" => s.certainty.is_some_and(|certainty| certainty.as_str() == value),
            "marks" => {
                let marks: Vec<&str> = s.marks.iter().map(|mark| mark.as_str()).collect();
                marks.join(" ") == value
            }
            "source" => s.sources.last().is_some_and(|source| source.unnamed == (value == "unnamed")),
            "cue" => s.cue.as_ref().is_some_and(|c| c.text.contains(value)),
            "country" => {
                let actor = s.sources.last().and_then(|source| source.actor.as_ref());
                let country = actor.and_then(|actor| actor.country.as_deref());
                country.unwrap_or("-") == value
            }
            _ => panic!("{}: unknown key `{key}` of a statement", self.name),
        }
    }

    fn event_has(&self, reading: &Reading, e: &Event, key: &str, value: &str) -> bool {
        let statement = e.statement.and_then(|id| reading.statements.get(id));
        match key {
            "is" => e.actuality.as_str() == value,
            "polarity" => format!("{:?}", e.polarity).to_lowercase() == value,
            "place" if value == "-" => e.place.is_none(),
            "place" => {
                e.place.as_ref().is_some_and(|p| p.place.name.contains(value) || p.text.contains(value))
            }
            "when" if value == "-" => e.when.is_none(),
            "when" => {
                let (from, to) = value.split_once("..").unwrap_or((value, value));
                e.when.as_ref().is_some_and(|w| {
                    w.when.from.is_some_and(|d| d.to_string() == from)
                        && w.when.to.is_some_and(|d| d.to_string() == to)
                })
            }
            "says" if value == "outlet" => statement.is_none(),
            "says" => statement.is_some_and(|s| chain_is(s, value)),
            "stance" => statement.is_some_and(|s| s.stance.as_str() == value),
            "basis" => e.basis.iter().any(|b| b.treaty.as_deref() == Some(value)),
            "article" => e.basis.iter().any(|b| b.article.as_deref() == Some(value)),
            "content" => e.content.is_some_and(|kind| kind.as_str() == value),
            "words" => e.anchor.text.contains(value),
            "quantity" => {
                let (what, bounds) = value.split_once(' ').unwrap_or((value, ".."));
                let (low, high) = bounds.split_once("..").unwrap_or((bounds, bounds));
                e.quantities
                    .iter()
                    .any(|q| q.what == what && q.low == low.parse().ok() && q.high == high.parse().ok())
            }
            _ => panic!("{}: unknown key `{key}` of an event", self.name),
        }
    }
}

/// Whether an event is presented as having happened.
pub fn happened(e: &Event) -> bool {
    matches!(e.actuality, record::Actuality::Actual | record::Actuality::Ongoing)
        && e.polarity == record::Polarity::Positive
}

fn chain_is(s: &Statement, chain: &str) -> bool {
    let wanted: Vec<&str> = chain.split('←').map(str::trim).collect();
    wanted.len() == s.sources.len()
        && wanted.iter().zip(&s.sources).all(|(want, source)| {
            source.text.contains(want) || source.actor.as_ref().is_some_and(|a| a.name.contains(want))
        })
}

fn side_is(side: &[Party], wanted: &str) -> bool {
    match wanted {
        "*" => true,
        "-" => side.is_empty(),
        _ => wanted.split('+').map(str::trim).all(|want| {
            side.iter().any(|p| {
                p.country.as_deref() == Some(want)
                    || p.body.as_deref() == Some(want)
                    || p.code.as_deref() == Some(want)
                    || p.name.contains(want)
                    || p.text.contains(want)
            })
        }),
    }
}

/// What was read, in a few lines.
pub fn summary(reading: &Reading) -> String {
    let mut out = String::new();
    let side = |side: &[Party]| {
        let names: Vec<&str> = side.iter().map(|p| p.code.as_deref().unwrap_or(&p.name)).collect();
        if names.is_empty() { "-".to_owned() } else { names.join("+") }
    };
    for e in &reading.events {
        let _ = writeln!(
            out,
            "    read: event {}/{} {} -> {} | is={} {:?} | words={} | place={} | when={} | statement={:?} | {}",
            e.kind.as_str(),
            e.contexts.join(","),
            side(&e.actors),
            side(&e.recipients),
            e.actuality.as_str(),
            e.polarity,
            e.anchor.text,
            e.place.as_ref().map_or("-", |p| &p.place.name),
            e.when.as_ref().map_or("-", |w| &w.text),
            e.statement,
            e.rule,
        );
    }
    for s in &reading.statements {
        let chain: Vec<&str> = s.sources.iter().map(|x| x.text.as_str()).collect();
        let cue = s.cue.as_ref().map_or("", |c| &c.text);
        let _ = writeln!(
            out,
            "    read: statement {} {} | stance={} | cue={cue}",
            s.id,
            chain.join(" ← "),
            s.stance.as_str()
        );
    }
    for n in &reading.notes {
        let _ = writeln!(out, "    read: note {}", n.code);
    }
    out
}

//! The article that a page describes in JSON-LD (schema.org `NewsArticle`, `Article` and their kin).

use super::metadata::About;
use dom_query::Document;
use serde_json::{Map, Value};

/// How far nodes are searched inside other nodes.
const DEEPEST: usize = 8;

/// What the first article among the page's JSON-LD blocks says.
pub(crate) fn read(page: &Document) -> About {
    let mut nodes = Vec::new();
    for block in page.select("script[type='application/ld+json']").nodes() {
        if let Some(value) = parse(&block.text()) {
            nodes.push(value);
        }
    }
    let mut objects = Vec::new();
    nodes.iter().for_each(|node| collect(node, 0, &mut objects));
    let Some(article) = objects.iter().find(|object| is_article(object)) else { return About::default() };
    let text = |key: &str| article.get(key).and_then(words);
    About {
        title: text("headline").or_else(|| text("name")),
        outlet: article
            .get("publisher")
            .or_else(|| article.get("sourceOrganization"))
            .and_then(|publisher| name_of(publisher, &objects)),
        url: text("url").or_else(|| text("mainEntityOfPage")),
        published: text("datePublished").or_else(|| text("dateCreated")),
        language: text("inLanguage"),
        body: text("articleBody"),
    }
}

/// Many pages leave raw line ends inside strings, CDATA marks or comment marks around the block.
fn parse(block: &str) -> Option<Value> {
    let bare =
        block.trim().trim_start_matches("//").trim_start_matches("<![CDATA[").trim_start_matches("<!--");
    let bare =
        bare.trim_end().trim_end_matches("-->").trim_end_matches("]]>").trim_end().trim_end_matches("//");
    let (mut plain, mut in_string, mut escaped) = (String::with_capacity(bare.len()), false, false);
    for c in bare.chars() {
        in_string ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        match c {
            '\n' if in_string => plain.push_str("\\n"),
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
    }
    serde_json::from_str(plain.trim().trim_end_matches(';')).ok()
}

/// Every object, outer before inner, in the order they stand.
fn collect<'v>(value: &'v Value, depth: usize, objects: &mut Vec<&'v Map<String, Value>>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth + 1, objects)),
        Value::Object(object) => {
            objects.push(object);
            for key in [
                "@graph",
                "mainEntity",
                "mainEntityOfPage",
                "hasPart",
                "publisher",
                "item",
                "itemListElement",
            ] {
                if let Some(inner) = object.get(key) {
                    collect(inner, depth + 1, objects);
                }
            }
        }
        _ => {}
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    let fits = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            let kind = kind.rsplit(['/', ':', '#']).next().unwrap_or(kind);
            kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
        })
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(fits),
        Some(kind) => fits(kind),
        None => false,
    }
}

/// An organisation's name: given in place, or by reference to another node of the page.
fn name_of(publisher: &Value, objects: &[&Map<String, Value>]) -> Option<String> {
    match publisher {
        Value::Array(all) => all.iter().find_map(|one| name_of(one, &[])),
        Value::Object(object) => object.get("name").and_then(words).or_else(|| {
            let id = object.get("@id")?;
            let named = |o: &&&Map<String, Value>| o.get("@id") == Some(id) && o.contains_key("name");
            objects.iter().find(named)?.get("name").and_then(words)
        }),
        other => words(other),
    }
}

/// A value as words, with the character references that some sites leave in them resolved.
fn words(value: &Value) -> Option<String> {
    let words = match value {
        Value::String(words) => words.as_str(),
        Value::Array(values) => return values.iter().find_map(words),
        Value::Object(object) => return object.get("@value").or_else(|| object.get("@id")).and_then(words),
        _ => return None,
    };
    let plain = if words.contains('&') && words.contains(';') && words.len() < 2000 {
        Document::fragment(words).text().to_string()
    } else {
        words.to_owned()
    };
    let plain = plain.trim();
    (!plain.is_empty()).then(|| plain.to_owned())
}

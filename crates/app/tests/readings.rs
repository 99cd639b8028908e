//! The JSON: one object or one a line, in input order, valid by the schema that is checked in.

mod common;

use common::{BARE, BOAT, file, legation, legation_with};
use serde_json::Value;

#[test]
fn one_article_is_one_object_several_are_lines() {
    let (a, b) = (file("lines", "a.txt", BOAT), file("lines", "b.txt", BARE));
    let one = legation(&["read", &a, "--format", "json"]);
    let one: Value = serde_json::from_str(&one.out).expect("one object");
    assert_eq!(one["article"]["id"], "a");
    let two = legation(&["read", &a, &b, "--format", "json"]);
    let ids: Vec<Value> = two
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("an object")["article"]["id"].clone())
        .collect();
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn readings_are_valid_by_the_schema() {
    let schema: Value =
        serde_json::from_str(include_str!("../schema/reading.schema.json")).expect("a schema");
    for (text, explain) in [(BOAT, "--explain"), (BARE, "--color=auto"), ("Kyiv.", "--explain")] {
        let ran = legation_with(&["read", "-", "--format", "json", explain], text);
        let reading: Value = serde_json::from_str(&ran.out).expect("an object");
        let mut wrong = Vec::new();
        check(&schema, &schema, &reading, "reading", &mut wrong);
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(
            reading["events"].as_array().is_some_and(|e| e.iter().any(|e| e.get("why").is_some())),
            explain == "--explain" && text == BOAT
        );
    }
    let mut wrong = Vec::new();
    check(
        &schema,
        &schema,
        &serde_json::json!({"schema": "1", "events": [{"type": "WAR"}]}),
        "reading",
        &mut wrong,
    );
    assert!(wrong.len() > 5, "the check finds what is wrong: {wrong:?}");
}

#[test]
fn the_words_are_where_the_offsets_say() {
    let text = format!("🛰️ e\u{301} — {BARE}");
    let ran = legation_with(&["read", "-", "--format", "json"], &text);
    let reading: Value = serde_json::from_str(&ran.out).expect("an object");
    let chars: Vec<char> = reading["article"]["text"].as_str().expect("a text").chars().collect();
    let events = reading["events"].as_array().expect("a list");
    assert!(!events.is_empty());
    for event in events {
        let at = |key: &str| event["anchor"][key].as_u64().expect("a number") as usize;
        let words: String = chars[at("start")..at("end")].iter().collect();
        assert_eq!(event["anchor"]["text"], words);
    }
}

#[test]
fn many_articles_keep_their_order_and_are_the_same_every_time() {
    let lines: String = (0..40)
        .map(|n| serde_json::json!({"id": n.to_string(), "text": if n % 3 == 0 { BOAT.repeat(3) } else { BARE.into() }}).to_string() + "\n")
        .collect();
    let input = file("order", "in.jsonl", lines);
    let output = file("order", "out.jsonl", "");
    let ran = legation(&["code", &input, "-o", &output, "--jobs", "3"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("40 articles read") && ran.err.contains("words per second"), "{}", ran.err);
    let written = std::fs::read_to_string(&output).expect("the output is there");
    let ids: Vec<String> = written
        .lines()
        .map(|l| {
            serde_json::from_str::<Value>(l).expect("an object")["article"]["id"]
                .as_str()
                .unwrap_or("")
                .to_owned()
        })
        .collect();
    assert_eq!(ids, (0..40).map(|n| n.to_string()).collect::<Vec<_>>());
    assert_eq!(legation(&["code", &input, "--jobs", "1"]).out, written);
    assert!(!std::path::Path::new(&format!("{output}.part")).exists());
}

#[test]
fn a_run_can_end_at_the_first_bad_input() {
    let lines = format!("{}\nbroken\n{0}\n", serde_json::json!({"text": BARE}));
    let ran = legation_with(&["code", "-", "--on-error", "stop"], &lines);
    assert_eq!((ran.code, ran.out.lines().count()), (3, 1), "{}", ran.err);
}

/// The part of JSON Schema that our schema uses.
fn check(root: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        return check(root, &root["$defs"][name.trim_start_matches("#/$defs/")], value, at, wrong);
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[key].as_array() {
            let fits = choices.iter().any(|choice| {
                let mut inner = Vec::new();
                check(root, choice, value, at, &mut inner);
                inner.is_empty()
            });
            if !fits {
                wrong.push(format!("{at}: {value} fits no choice"));
            }
        }
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is(kind)) {
        wrong.push(format!("{at}: {value} is no {kinds:?}"));
    }
    let constant = schema.get("const").is_some_and(|constant| constant != value);
    if constant || schema["enum"].as_array().is_some_and(|choices| !choices.contains(value)) {
        wrong.push(format!("{at}: {value} is not allowed"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.is_object() && value.get(name).is_none() {
            wrong.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(schema) => check(root, schema, inner, &format!("{at}.{name}"), wrong),
            None if schema.get("properties").is_some() => {
                wrong.push(format!("{at}: {name} is not in the schema"))
            }
            None => {}
        }
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(schema) = schema.get("items") {
            check(root, schema, item, &format!("{at}[{number}]"), wrong);
        }
    }
}

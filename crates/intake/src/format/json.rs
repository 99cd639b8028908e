//! One JSON object becomes one article. The text is kept exactly as given.

use crate::Reason;
use crate::decode::decode;
use crate::draft::{Draft, Field, NAMES, plain_name};
use serde_json::{Map, Value};

/// Reads one object. Nesting deeper than 128 is refused by the parser.
pub(crate) fn read(bytes: &[u8]) -> Result<Draft, Reason> {
    let decoded;
    let (value, warning) = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => (value, None),
        Err(_) if std::str::from_utf8(bytes).is_err() => {
            decoded = decode(bytes, None);
            (serde_json::from_str(&decoded.text).map_err(broken)?, decoded.warning)
        }
        Err(error) => return Err(broken(error)),
    };
    let object = match value {
        Value::Object(object) => object,
        Value::Array(_) => return Err(Reason::NotAnObject("a list")),
        Value::String(_) => return Err(Reason::NotAnObject("a string")),
        Value::Number(_) => return Err(Reason::NotAnObject("a number")),
        Value::Bool(_) | Value::Null => return Err(Reason::NotAnObject("a bare word")),
    };
    let mut draft = from_object(&object)?;
    draft.warnings.extend(warning);
    Ok(draft)
}

fn from_object(object: &Map<String, Value>) -> Result<Draft, Reason> {
    let fields: Vec<(String, &Value)> =
        object.iter().map(|(name, value)| (plain_name(name), value)).collect();
    let mut draft = Draft::default();
    let mut has_text = false;
    for (field, names) in NAMES {
        for name in *names {
            for (_, value) in fields.iter().filter(|(n, _)| n == name) {
                has_text |= *field == Field::Text && value.is_string();
                if let Some(words) = words(value) {
                    draft.set_field(*field, &words);
                }
            }
        }
    }
    if !has_text {
        let mut names: Vec<&str> = object.keys().map(String::as_str).take(12).collect();
        if object.len() > names.len() {
            names.push("…");
        }
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        return Err(Reason::NoTextField(names));
    }
    Ok(draft)
}

/// A value as words: strings, numbers, and the name inside an object such as NewsAPI's `source`.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => object.get("name").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

fn broken(error: serde_json::Error) -> Reason {
    let message = error.to_string();
    let (what, _) = message.rsplit_once(" at line ").unwrap_or((&message, ""));
    let place = if error.line() > 1 {
        format!("line {}, column {} of it", error.line(), error.column())
    } else {
        format!("column {}", error.column())
    };
    Reason::BrokenJson(format!("{what}, {place}"))
}

//! A JSON object as names and values: nested objects have names with dots, arrays are joined, numbers stay as they are
//! written, and what is null or empty is left out.

use serde_json::{Map, Value};

use super::super::Reason;
use super::column::is_text_name;
use super::flat;

/// Fields of objects in an array that stand for the object.
const NAMES: [&str; 5] = ["name", "title", "text", "value", "label"];

/// The fields of the object that stands on line `line` of its file.
pub(super) fn fields(text: &str, line: u32) -> Result<Vec<(String, String)>, Reason> {
    flat::fields(text).map_or_else(|| parsed(text, line), Ok)
}

/// The same by the general parser.
pub(super) fn parsed(text: &str, line: u32) -> Result<Vec<(String, String)>, Reason> {
    let parsed = serde_json::from_str::<Value>(text).or_else(|error| match repaired(text) {
        Some(repaired) => serde_json::from_str(&repaired).map_err(|_| error),
        None => Err(error),
    });
    match parsed {
        Ok(Value::Object(object)) => {
            let mut fields = Vec::with_capacity(object.len());
            flatten("", object, &mut fields);
            Ok(fields)
        }
        Ok(_) => Err(("invalid_json", format!("line {line}, column 1: not an object"))),
        Err(error) => Err(("invalid_json", place(&error, line))),
    }
}

/// What is wrong in a text that begins on line `first`, and where.
pub(in super::super) fn place(error: &serde_json::Error, first: u32) -> String {
    let line = first as usize + error.line().saturating_sub(1);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    format!("line {line}, column {}: {message}", error.column())
}

/// The fields of an object, for a sample.
pub(in super::super) fn sample(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    fields(std::str::from_utf8(bytes).ok()?, 1).ok()
}

/// The records in an object that holds an array of them and no text of its own, as programming interfaces answer:
/// `{"status": "ok", "articles": [{...}, ...]}`.
pub(in super::super) fn wrapped(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let Ok(Value::Object(object)) = serde_json::from_slice::<Value>(bytes) else { return None };
    if object.iter().any(|(name, value)| value.is_string() && is_text_name(name)) {
        return None;
    }
    let arrays = object.values().filter_map(Value::as_array);
    let arrays = arrays.filter(|array| !array.is_empty() && array.iter().all(Value::is_object));
    let most = arrays.max_by_key(|array| array.len())?;
    most.iter().map(|record| serde_json::to_vec(record).ok()).collect()
}

fn flatten(prefix: &str, object: Map<String, Value>, fields: &mut Vec<(String, String)>) {
    for (name, value) in object {
        let name = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        field(name, value, fields);
    }
}

fn field(name: String, value: Value, fields: &mut Vec<(String, String)>) {
    match value {
        Value::Object(inner) => flatten(&name, inner, fields),
        Value::Null => {}
        Value::String(text) => fields.push((name, text)),
        _ => {
            let between = if is_text_name(&name) { "\n\n" } else { "; " };
            fields.push((name, written(&value, between)));
        }
    }
}

fn written(value: &Value, between: &str) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(|value| written(value, between)).collect();
            values.iter().filter(|value| !value.is_empty()).map(String::as_str).collect::<Vec<_>>().join(between)
        }
        Value::Object(object) => match NAMES.iter().find_map(|name| object.get(*name)?.as_str()) {
            Some(name) => name.to_owned(),
            None => value.to_string(),
        },
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A text without two things that Python writes and JSON does not know: `NaN` and `Infinity`, which become `null`, and
/// halves of surrogate pairs, which become U+FFFD. None where there is neither.
fn repaired(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut in_string, mut rest, mut changed) = (false, text, false);
    while let Some(first) = rest.chars().next() {
        let (read, written) = match (in_string, first) {
            (true, '\\') => escape(rest),
            (false, 'N' | 'I' | '-') => match ["NaN", "Infinity", "-Infinity"].iter().find(|w| rest.starts_with(**w)) {
                Some(word) => (word.len(), "null"),
                None => (first.len_utf8(), &rest[..first.len_utf8()]),
            },
            _ => (first.len_utf8(), &rest[..first.len_utf8()]),
        };
        in_string ^= first == '"';
        changed |= written.len() != read || written == "\\ufffd";
        out.push_str(written);
        rest = &rest[read..];
    }
    changed.then_some(out)
}

/// An escape at the start of `text`: how many bytes it has, and how it is written so that JSON knows it.
fn escape(text: &str) -> (usize, &str) {
    let unit = |at: usize| -> Option<u16> {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let whole = |length: usize| (length, text.get(..length).unwrap_or(text));
    match (unit(0), unit(6)) {
        (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => whole(12),
        (Some(0xd800..=0xdfff), _) => (6, "\\ufffd"),
        _ => {
            let length = text.chars().take(2).map(char::len_utf8).sum();
            whole(length)
        }
    }
}

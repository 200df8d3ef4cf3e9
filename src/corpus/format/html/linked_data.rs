//! The linked data of a page (JSON-LD): what the publisher says of the article in the words of schema.org.
//!
//! It reads the scripts of that type and takes the first object that is an article of any kind.

use dom_query::Document;
use serde_json::Value;

/// What linked data says; empty strings where it says nothing.
#[derive(Debug, Default)]
pub(super) struct LinkedData {
    pub(super) headline: String,
    pub(super) authors: Vec<String>,
    pub(super) date: String,
    pub(super) outlet: String,
    pub(super) section: String,
    pub(super) url: String,
    pub(super) language: String,
    /// The text of the article, without its paragraphs.
    pub(super) body: String,
}

/// Most objects that are looked at.
const MOST_OBJECTS: usize = 2_000;

/// The linked data of the article of a page.
pub(super) fn read(document: &Document) -> LinkedData {
    for script in document.select("script[type*='ld+json']").nodes() {
        let text = script.text();
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        // Line breaks inside strings are against the rules of JSON and common.
        let text = text.replace(['\n', '\r', '\t'], " ");
        if let Ok(value) = serde_json::from_str::<Value>(&text)
            && let Some(article) = article(&value)
        {
            return taken(article);
        }
    }
    LinkedData::default()
}

/// The first article among an object, its list or its graph.
fn article(value: &Value) -> Option<&Value> {
    let mut waiting = vec![value];
    for _ in 0..MOST_OBJECTS {
        let value = waiting.pop()?;
        match value {
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(_) if is_article(value) => return Some(value),
            Value::Object(fields) => {
                waiting
                    .extend(["mainEntity", "mainEntityOfPage", "@graph"].iter().filter_map(|name| fields.get(*name)));
            }
            _ => {}
        }
    }
    None
}

fn is_article(value: &Value) -> bool {
    let kind = |word: &str| word.ends_with("Article") || word.ends_with("BlogPosting") || word == "Report";
    match value.get("@type") {
        Some(Value::String(word)) => kind(word),
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).any(kind),
        _ => false,
    }
}

fn taken(article: &Value) -> LinkedData {
    let first = |names: &[&str]| {
        names.iter().map(|name| one(article.get(*name))).find(|text| !text.is_empty()).unwrap_or_default()
    };
    LinkedData {
        headline: first(&["headline", "name"]),
        authors: names(article.get("author").or_else(|| article.get("creator"))),
        date: first(&["datePublished", "dateCreated"]),
        outlet: names(article.get("publisher")).into_iter().next().unwrap_or_default(),
        section: first(&["articleSection"]),
        url: first(&["url", "mainEntityOfPage", "@id"]),
        language: first(&["inLanguage"]),
        body: article.get("articleBody").and_then(Value::as_str).map(plain).unwrap_or_default(),
    }
}

/// The text of a value: a string, the first of a list, the identifier or the name of an object.
fn one(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => line(text),
        Some(Value::Array(items)) => items.first().map(|item| one_flat(Some(item))).unwrap_or_default(),
        other => one_flat(other),
    }
}

fn one_flat(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => line(text),
        Some(Value::Object(fields)) => {
            let text = ["name", "@id", "url"].iter().find_map(|name| fields.get(*name)?.as_str());
            text.map(line).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The names of persons or organisations: strings or objects, one or a list.
fn names(value: Option<&Value>) -> Vec<String> {
    let items: Vec<&Value> = match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let name = |item: &Value| match item {
        Value::String(text) => line(text),
        other => other.get("name").map(|name| one(Some(name))).unwrap_or_default(),
    };
    let mut found: Vec<String> = Vec::new();
    for name in items.into_iter().map(name) {
        if !name.is_empty() && !name.contains("://") && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// Text of one line without character references.
fn line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text without the markup that some publishers leave in it.
fn plain(text: &str) -> String {
    if text.contains('<') || text.contains('&') {
        return super::whole_text(text).map(|text| text.trim().to_owned()).unwrap_or_default();
    }
    text.trim().to_owned()
}

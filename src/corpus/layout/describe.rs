//! What is known of an article beside its words: authors, date, outlet, section, address, language and further fields,
//! each from the most trusted source that has it.
//!
//! It reads the file's metadata, the top of its text, its path and the pattern of file names.

use super::byline;
use super::dating::{self, Dating};
use super::filename::spaced;
use super::masthead::Masthead;
use super::metadata_line::Key;
use super::parse::Given;
use crate::corpus::Metadata;
use crate::document::{Article, DateSource};

/// Writes what is known into the article.
pub(super) fn describe(article: &mut Article, head: Masthead, metadata: Metadata, given: &Given<'_>) {
    let mut dating = Dating::default();
    article.outlet = metadata.outlet;
    article.section = metadata.section;
    article.url = metadata.url;
    article.language = metadata.language;
    article.metadata = metadata.other;
    if !metadata.author.trim().is_empty() {
        article.author = byline::field(&metadata.author);
    }
    from_name(article, &mut dating, given);
    let stated = dating::field(&metadata.date);
    let weak = metadata.date_source == Some(DateSource::Properties);
    if !weak {
        dating.add(metadata.date_source.unwrap_or(DateSource::Metadata), stated);
    }
    dating.add(if head.stated { DateSource::Metadata } else { DateSource::Text }, head.day);
    dating.add_path(given.path);
    dating.add_url(&article.url);
    if weak {
        dating.add(DateSource::Properties, stated);
    }
    for (key, value) in head.fields {
        let field = match key {
            Key::Outlet => &mut article.outlet,
            Key::Section => &mut article.section,
            Key::Url => &mut article.url,
            Key::Language => &mut article.language,
            _ => continue,
        };
        if field.is_empty() {
            *field = value;
        }
    }
    if article.author.is_empty() {
        article.author = head.author;
    }
    dating.add(DateSource::Modified, given.modified.map(super::date::Day::Known));
    dating.decide(article);
    article.language = language_code(&article.language);
    if article.title().is_empty() {
        article.warnings.push("no_title".to_owned());
    }
}

/// Takes the fields of the file's name, which the user vouches for.
fn from_name(article: &mut Article, dating: &mut Dating, given: &Given<'_>) {
    let Some(pattern) = given.pattern else {
        return;
    };
    let Some(fields) = pattern.fields(given.path) else {
        article.warnings.push("name_without_pattern".to_owned());
        return;
    };
    for (name, value) in fields {
        match name {
            "date" => dating.add(DateSource::FileName, dating::field(&value.replace('_', "-"))),
            "outlet" => article.outlet = spaced(&value),
            "section" => article.section = spaced(&value),
            "author" => article.author = byline::field(&spaced(&value)),
            "language" => article.language = value,
            "title" => article.name_title = spaced(&value),
            _ => article.metadata.push((name.to_owned(), value)),
        }
    }
}

/// `en` of `en-GB`, `en_US` or `English`; nothing of what is no code.
fn language_code(declared: &str) -> String {
    let primary = declared.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    match primary.as_str() {
        "english" | "eng" => "en".to_owned(),
        code if (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphabetic()) => primary,
        _ => String::new(),
    }
}

//! Lines near the top that tell about the article instead of being part of it: bylines, date lines and headers.
//!
//! It reads one clean line and tells author, date and title. It does not know where the line stands; the masthead
//! decides whether to believe it.

use std::ops::Range;

use super::byline;
use super::date::{self, Day};

/// What a line tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MetadataLine {
    /// The authors.
    pub(super) author: Option<String>,
    /// The date.
    pub(super) day: Option<Day>,
    /// What a header line says of the newspaper, section, address or language.
    pub(super) field: Option<(Key, String)>,
    /// Whether the date is that of a later change.
    pub(super) updated: bool,
    /// The title, in bytes of the line.
    pub(super) title: Option<Range<usize>>,
    /// Whether the line can be nothing else, so that it may stand even where a title is expected.
    pub(super) certain: bool,
}

impl MetadataLine {
    /// Whether a date was named.
    pub(super) fn is_dated(&self) -> bool {
        self.day.is_some()
    }
}

/// Longest line that is looked at, bytes.
pub(super) const LONGEST: usize = 240;

/// What a line tells, if it is metadata.
pub(super) fn parse(line: &str) -> Option<MetadataLine> {
    if line.len() > LONGEST {
        return None;
    }
    header(line).or_else(|| dated(line)).or_else(|| {
        let author = byline::parse(line)?;
        Some(MetadataLine { author: Some(author), certain: true, ..MetadataLine::default() })
    })
}

/// What a `key: value` pair tells: the value's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// The headline.
    Title,
    /// Who wrote it.
    Author,
    /// When it was published.
    Date,
    /// When it was changed.
    Updated,
    /// The newspaper or site.
    Outlet,
    /// Its section.
    Section,
    /// The web address.
    Url,
    /// The language.
    Language,
    /// Something else about the article.
    Other,
}

/// Bytes of the longest key.
const LONGEST_KEY: usize = "publication date".len();

/// The kind of a header's key, in any case.
pub(super) fn key(name: &str) -> Option<Key> {
    let name = name.trim();
    if name.len() > LONGEST_KEY {
        return None;
    }
    let name: String = name.to_ascii_lowercase().replace(['_', '-'], " ");
    Some(match name.as_str() {
        "title" | "headline" => Key::Title,
        "author" | "authors" | "byline" | "by" | "written by" | "reporter" | "writer" => Key::Author,
        "date" | "published" | "date published" | "publication date" | "publish date" | "published on" | "pubdate"
        | "pub date" | "posted" | "posted on" | "first published" | "created" | "published at" => Key::Date,
        "updated" | "last updated" | "last modified" | "modified" | "updated on" | "updated at" => Key::Updated,
        "outlet" | "newspaper" | "publication" | "source" | "publisher" | "site" | "site name" => Key::Outlet,
        "section" | "category" | "categories" => Key::Section,
        "url" | "link" | "canonical" | "canonical url" => Key::Url,
        "language" | "lang" => Key::Language,
        "tags" | "keywords" | "id" | "word count" | "length" | "edition" | "page" | "topic" | "slug" | "dateline"
        | "copyright" => Key::Other,
        _ => return None,
    })
}

fn header(line: &str) -> Option<MetadataLine> {
    let (name, rest) = line.split_once(':')?;
    let kind = key(name)?;
    let value = rest.trim();
    let mut out = MetadataLine { certain: true, ..MetadataLine::default() };
    match kind {
        Key::Title if !value.is_empty() => out.title = Some(line.len() - rest.trim_start().len()..line.len()),
        Key::Author if !value.is_empty() && value.len() <= 160 => out.author = Some(byline::field(value)),
        Key::Date | Key::Updated => {
            let found = date::find(value)?;
            out.day = Some(found.day);
            out.updated = kind == Key::Updated;
        }
        Key::Outlet | Key::Section | Key::Url | Key::Language if value.len() <= 160 => {
            out.field = Some((kind, value.to_owned()));
        }
        Key::Other => {}
        _ => return None,
    }
    Some(out)
}

/// A line with a date and nothing but a weekday, a time, a label, names or a place.
fn dated(line: &str) -> Option<MetadataLine> {
    let found = date::find(line)?;
    let mut out = MetadataLine { day: Some(found.day), ..MetadataLine::default() };
    let before = &line[..found.range.start];
    let mut after = &line[found.range.end..];
    let later = |text: &str| text.contains("updated") || text.contains("modified");
    let label = before.to_ascii_lowercase();
    out.updated = later(&label);
    if let Some(second) = date::find(after) {
        // "Published 1 May 2020, updated 2 May 2020": the first one counts.
        let between = &after[..second.range.start];
        if !(between.split(is_separator).all(is_label)) {
            return None;
        }
        // "Updated 2 May 2020; first published 1 May 2020": the second one does.
        if out.updated && !later(&between.to_ascii_lowercase()) {
            out.day = Some(second.day);
            out.updated = false;
        }
        after = &after[second.range.end..];
    }
    out.certain = true;
    for side in [before, after] {
        out.side(side)?;
    }
    Some(out)
}

impl MetadataLine {
    /// Takes what stands before or behind the date.
    fn side(&mut self, side: &str) -> Option<()> {
        let text = trimmed(side);
        let words = || text.split(is_separator).filter(|w| !w.is_empty());
        if words().all(is_label) {
            return Some(());
        }
        if let Some(author) = byline::parse(text) {
            self.author = Some(author);
            return Some(());
        }
        let text = without_labels(text);
        let place = !text.contains(char::is_whitespace) && text.starts_with(char::is_uppercase);
        if place || byline::is_bare(text) {
            // "Jane Doe, 1 May 2020", but also "Geneva, 1 May 2020": one word is a place.
            if !place && self.author.is_none() {
                self.author = byline::names(text);
            }
            self.certain = false;
            return Some(());
        }
        None
    }
}

/// Characters between the words of a date line.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ',' | '.' | ':' | ';' | '|' | '/' | '-' | '–' | '—' | '•' | '·' | '(' | ')' | '[' | ']' | '*' | '_' | '+'
        )
}

fn trimmed(text: &str) -> &str {
    let marks = |c: char| is_separator(c) && !matches!(c, '.');
    text.trim_matches(marks)
}

/// The text without labels and separators at its ends.
fn without_labels(mut text: &str) -> &str {
    loop {
        let first = text.split(is_separator).next().unwrap_or("");
        let last = text.rsplit(is_separator).next().unwrap_or("");
        if !first.is_empty() && is_label(first) {
            text = trimmed(&text[first.len()..]);
        } else if !last.is_empty() && is_label(last) {
            text = trimmed(&text[..text.len() - last.len()]);
        } else {
            return text;
        }
    }
}

/// Whether a word belongs to dates and times: weekdays, clock times, zones, `published`, `2 min read`.
fn is_label(word: &str) -> bool {
    const WORDS: [&str; 45] = [
        "published",
        "posted",
        "updated",
        "update",
        "modified",
        "last",
        "first",
        "created",
        "on",
        "at",
        "date",
        "dated",
        "issued",
        "release",
        "released",
        "am",
        "pm",
        "a",
        "p",
        "m",
        "gmt",
        "bst",
        "utc",
        "est",
        "edt",
        "et",
        "pst",
        "pdt",
        "pt",
        "cst",
        "cdt",
        "ct",
        "cet",
        "cest",
        "ist",
        "aest",
        "z",
        "noon",
        // The time that reading takes.
        "min",
        "mins",
        "minute",
        "minutes",
        "read",
        "reading",
        "time",
    ];
    let number = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    let clock = || {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let rest = word[digits.len()..].to_ascii_lowercase();
        (1..=4).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && matches!(rest.as_str(), "am" | "pm" | "h" | "z" | "gmt")
    };
    let time_of_iso = || {
        word.len() <= 10 && word.strip_prefix('T').is_some_and(|t| t.bytes().all(|b| b.is_ascii_digit() || b == b'Z'))
    };
    number || date::is_weekday(word) || WORDS.iter().any(|w| w.eq_ignore_ascii_case(word)) || clock() || time_of_iso()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(line: &str) -> Option<(String, String)> {
        let found = parse(line)?;
        let date = found.day.and_then(Day::date).map(|d| d.to_string()).unwrap_or_default();
        Some((found.author.unwrap_or_default(), date))
    }

    #[test]
    fn date_lines_are_read() {
        for line in [
            "23 March 2023",
            "Thursday, March 23, 2023",
            "Published: 23 March 2023, 10:15 GMT",
            "Published 10:15 AM EDT, Thu March 23, 2023",
            "March 23, 2023 at 10:15 a.m. ET",
            "Published 23 March 2023, updated 24 March 2023",
            "Date: 2023-03-23T10:15:00Z",
            "2023-03-23T10:15:00+01:00",
            "(23 March 2023)",
        ] {
            assert_eq!(seen(line), Some((String::new(), "2023-03-23".into())), "{line}");
        }
        assert!(parse("Updated: 23 March 2023").unwrap().updated);
        assert!(parse("Published: 03/04/2023").unwrap().day.unwrap().date().is_none());
    }

    #[test]
    fn names_beside_dates_are_authors() {
        for line in [
            "By Jane Doe | March 23, 2023 | 10:15 am",
            "Jane Doe, 23 March 2023",
            "March 23, 2023 by Jane Doe",
            "23 March 2023 • Jane Doe",
            "By Jane Doe, Example News, March 23, 2023",
        ] {
            assert_eq!(seen(line), Some(("Jane Doe".into(), "2023-03-23".into())), "{line}");
        }
        assert_eq!(seen("Geneva, 23 March 2023"), Some((String::new(), "2023-03-23".into())));
    }

    #[test]
    fn headers_are_read() {
        assert_eq!(seen("Author: Jane Doe"), Some(("Jane Doe".into(), String::new())));
        assert_eq!(seen("Source: The Daily Example"), Some((String::new(), String::new())));
        let title = parse("Title: Bridge opens").unwrap().title.unwrap();
        assert_eq!(title, 7..19);
    }

    #[test]
    fn prose_is_not() {
        for line in [
            "He was born on 23 March 2023 in Geneva",
            "Election of 23 March 2023 is void",
            "Date: to be announced",
            "Updated rules come into force",
            "The minister said: we will go",
            "On 23 March 2023, the court ruled",
            "",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}

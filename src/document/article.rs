//! What was read from one file: the raw and the clean text, the map between them, and what is known about the article.

use std::fmt;

use super::{Byte, DocId, Span};

/// A calendar date (proleptic Gregorian).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Date {
    /// Year, 1000 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl Date {
    /// The date, if there is such a day.
    pub fn from_ymd(year: u16, month: u8, day: u8) -> Option<Date> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1000..=9999).contains(&year) && (1..=last).contains(&day)).then_some(Date { year, month, day })
    }
}

impl fmt::Display for Date {
    /// ISO 8601, `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Where a document's date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSource {
    /// A date line near the top of the text.
    Text,
    /// The file's name.
    FileName,
    /// The name of a folder above the file.
    FolderName,
}

impl DateSource {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            DateSource::Text => "text",
            DateSource::FileName => "file name",
            DateSource::FolderName => "folder name",
        }
    }
}

/// How the bytes of a file were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a byte-order mark.
    Utf8,
    /// UTF-8 with a byte-order mark, which no offset counts.
    Utf8Bom,
}

impl Encoding {
    /// The name written in tables, as Python's `open(encoding=...)` spells it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Bom => "utf-8-sig",
        }
    }
}

/// One line of the clean text: the title or a body paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What the passage is.
    pub kind: PassageKind,
    /// Its bytes in `Article::text`, without the line end.
    pub span: Span<Byte>,
}

/// The kinds of passage that are annotated. Byline, date line and boilerplate are left out of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// The headline. Mentions are counted in it; terms are not.
    Title,
    /// A section heading inside the body; counted as body.
    Heading,
    /// A body paragraph after rejoining.
    Paragraph,
}

/// What was read from one file, cleaned and described.
#[derive(Clone, Debug)]
pub struct Article {
    /// Ordinal in the corpus.
    pub id: DocId,
    /// Path as the tables show it, with `/`.
    pub path: String,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    /// How the bytes were read.
    pub encoding: Encoding,
    /// The decoded file without a byte-order mark: what character offsets of every table count in.
    pub raw: String,
    /// The clean text: passages, one a line, each ended by `\n`.
    pub text: String,
    /// From bytes of `text` to bytes of `raw`.
    pub source: SourceMap,
    /// Title and paragraphs, in order.
    pub passages: Vec<Passage>,
    /// Author(s) from the byline, empty when none was found.
    pub author: String,
    /// Date of publication, if one was found.
    pub date: Option<Date>,
    /// Where the date was found.
    pub date_source: Option<DateSource>,
    /// Paragraph breaks inside a sentence that were joined again.
    pub paragraphs_rejoined: u32,
    /// Boilerplate blocks left out of the text: spans of bytes of `raw`.
    pub boilerplate: Vec<std::ops::Range<usize>>,
    /// What a careful reader should know about how this file was read; stable words joined by `|` in the table.
    pub warnings: Vec<&'static str>,
}

impl Article {
    /// The title's text, or nothing.
    pub fn title(&self) -> &str {
        match self.passages.first() {
            Some(p) if p.kind == PassageKind::Title => &self.text[p.span.range()],
            _ => "",
        }
    }

    /// The bytes of `raw` that a span of `text` came from. Line breaks or markup inside the span are inside the range.
    pub fn raw_range(&self, span: Span<Byte>) -> std::ops::Range<usize> {
        if span.is_empty() {
            let at = self.source.raw(span.start);
            return at..at;
        }
        self.source.raw(span.start)..self.source.raw(span.end - 1) + 1
    }
}

/// A monotone map from bytes of the clean text to bytes of the raw text: runs that are copied byte for byte.
/// A byte that stands for something else (the space that replaces a line break) is a run of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    runs: Vec<(u32, u32)>,
}

impl SourceMap {
    /// From byte `text` on, the clean text is a copy of the raw text from byte `raw` on.
    /// Calls come in ascending order of `text`.
    pub fn push(&mut self, text: u32, raw: u32) {
        match self.runs.last() {
            Some(&(t, r)) if text - t == raw.wrapping_sub(r) => {}
            _ => self.runs.push((text, raw)),
        }
    }

    /// The raw byte that clean byte `text` came from.
    pub fn raw(&self, text: u32) -> usize {
        match self.runs.partition_point(|&(t, _)| t <= text) {
            0 => text as usize,
            n => {
                let (t, r) = self.runs[n - 1];
                (r + (text - t)) as usize
            }
        }
    }
}

//! Where articles come from: files become articles, one or many of each file.
//!
//! It reads the paths of the configuration and gives, for every document of every file, an [`Article`] or a
//! [`Skipped`] row. It knows file systems, archives, encodings, formats and the layout of news texts (title, byline,
//! date line, boilerplate, broken paragraphs); it never annotates, counts or writes a file.
//!
//! ```text
//! walk ─▶ Source ─▶ open: archives, compression, tables ─▶ Entry ─▶ read: format ─▶ Extract ─▶ layout ─▶ Article
//! ```
//!
//! To add a format of one article a file: one file in `format/` and one entry of [`format::FORMATS`]. To add a file
//! that holds many: one file in `open/` and one entry of [`open::CONTAINERS`].

mod encoding;
mod format;
mod guard;
mod layout;
mod modified;
mod open;
mod read;
mod record;
mod walk;

use std::path::PathBuf;

use crate::document::{Article, DateSource, Encoding, OffsetsIn};

pub use guard::{is_guarded, silently};
pub use open::{Opened, open};
pub use read::Reader;
pub use walk::{Listing, Source, check_apart, shown_inputs, walk};

/// The endings of the files that are read, as a message names them: `.txt, .text, .md, ...`.
pub fn readable() -> String {
    format::extensions_read()
}

/// A file or record that could not be used: a row of `skipped.csv`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Path as the tables show it.
    pub path: String,
    /// Number of the record in its file, from 1; 0 where the whole file is meant.
    pub record: u32,
    /// Size in bytes, as far as it is known.
    pub bytes: Option<u64>,
    /// A stable word (`empty`, `binary`, `too_large`, `permission_denied`, ...).
    pub reason: &'static str,
    /// What was seen, in a sentence.
    pub detail: String,
    /// What was done (`skipped`).
    pub action: &'static str,
}

impl Skipped {
    /// The row of a file that was left out.
    pub fn new(path: &str, bytes: Option<u64>, reason: &'static str, detail: impl Into<String>) -> Skipped {
        Skipped { path: path.to_owned(), record: 0, bytes, reason, detail: detail.into(), action: "skipped" }
    }
}

/// What an entry became.
#[derive(Debug)]
pub enum Outcome {
    /// An article.
    Article(Box<Article>),
    /// A row of `skipped.csv`.
    Skipped(Skipped),
}

/// One document to be: bytes that have been found but not been made sense of.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Path as the tables show it, through archives: `2024.zip/a/b.txt`. A compressed file is shown by its own name
    /// (`a.txt.gz`).
    pub path: String,
    /// Number of the record in its file, from 1; 0 where the file is one document.
    pub record: u32,
    /// Size in bytes.
    pub bytes: u64,
    /// Where the bytes are.
    pub payload: Payload,
}

/// The bytes of an entry.
#[derive(Clone, Debug)]
pub enum Payload {
    /// A file on disk, not yet opened.
    File(PathBuf),
    /// The content of a file from an archive, from a compressed file or from standard input.
    Bytes(Vec<u8>),
    /// A record of a table or of JSON lines: its bytes for the hash, and its fields.
    Record(Record),
}

/// A record: names and values in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// What the format is called in `documents.csv` (`jsonl`, `csv`, ...).
    pub format: &'static str,
    /// How its bytes were read.
    pub encoding: Encoding,
    /// The record's own bytes.
    pub bytes: Vec<u8>,
    /// Its fields, if `bytes` has been taken apart already; else the reader does it.
    pub fields: Vec<(String, String)>,
    /// The column that holds the text where no name says so: the one that is by far the longest in the file.
    pub longest: Option<String>,
    /// What a careful reader should know about the record (`ragged_row`).
    pub warnings: Vec<&'static str>,
}

/// Why something was skipped: the stable word and a sentence.
type Reason = (&'static str, String);

/// What a format makes of the bytes of one document.
#[derive(Clone, Debug, Default)]
struct Extract {
    /// The decoded text, or the text taken out of the file. Where the file states a title beside the text, it is the
    /// first line, followed by an empty line ([`Extract::new`]).
    raw: String,
    /// How the bytes were read.
    encoding: Encoding,
    /// What `raw` is.
    offsets: OffsetsIn,
    /// Whether `raw` is Markdown.
    markdown: bool,
    /// Whether the first line of `raw` is the title for certain.
    titled: bool,
    /// What the file says of itself.
    metadata: Metadata,
    /// What a careful reader should know about how it was read: stable words.
    warnings: Vec<&'static str>,
}

impl Extract {
    /// The extract of a file whose title, paragraphs and metadata are known apart: `text` has an empty line between
    /// paragraphs.
    fn new(title: &str, text: &str, encoding: Encoding, metadata: Metadata) -> Extract {
        let mut raw = String::with_capacity(title.len() + text.len() + 2);
        for word in title.split_whitespace() {
            raw.push_str(if raw.is_empty() { "" } else { " " });
            raw.push_str(word);
        }
        let titled = !raw.is_empty();
        raw.push_str(if titled { "\n\n" } else { "" });
        raw.push_str(text);
        Extract { raw, encoding, offsets: OffsetsIn::Extracted, titled, metadata, ..Extract::default() }
    }
}

/// What a file says of itself outside its text; empty strings where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Metadata {
    /// Names of the authors, as they stand there (`By Jane Doe and John Roe`); the reader takes them apart.
    author: String,
    /// Date of publication in any of the forms that the reader knows (ISO 8601 with or without time, RFC 2822, words).
    date: String,
    /// How far the date is to be trusted; none without a date.
    date_source: Option<DateSource>,
    /// Newspaper or site.
    outlet: String,
    /// Section of the newspaper or site.
    section: String,
    /// Web address.
    url: String,
    /// Declared language, as it stands there (`en-GB`).
    language: String,
    /// Further fields.
    other: Vec<(String, String)>,
}

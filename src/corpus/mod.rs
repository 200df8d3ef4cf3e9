//! Where articles come from: files become articles, numbered in input order.
//!
//! It reads the paths of the configuration and gives, for every file, an [`Article`] or a [`Skipped`] row. It knows
//! file systems, encodings and the layout of news texts (title, byline, date line, boilerplate, broken paragraphs);
//! it never annotates, counts or writes a file.
//!
//! ```text
//! walk ─▶ Source ─▶ read ─▶ Format::parse: line ─▶ masthead ─▶ paragraph ─▶ clean ─▶ boilerplate ─▶ rejoin ─▶ Article
//! ```
//!
//! To add an input format: one file with a `FORMAT`, one `mod` line and one entry of [`FORMATS`] here.

mod boilerplate;
mod boilerplate_phrases;
mod byline;
mod character_reference;
mod clean;
mod date;
mod footer;
mod front_matter;
mod line;
mod markdown;
mod markup;
mod masthead;
mod metadata_line;
mod paragraph;
mod parse;
mod path_date;
mod read;
mod rejoin;
mod text;
mod title;
mod walk;

use crate::document::{Article, Date, DateSource, Passage, SourceMap};

pub use read::read;
pub use walk::{Listing, Source, walk};

/// The formats that are read, in the order in which messages name them.
pub static FORMATS: &[Format] = &[text::FORMAT, markdown::FORMAT];

/// A file that could not be used: a row of `skipped.csv`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Path as the tables show it.
    pub path: String,
    /// Size in bytes, as far as it is known.
    pub bytes: Option<u64>,
    /// A stable word (`empty`, `invalid_utf8`, `too_large`, `permission_denied`, ...).
    pub reason: &'static str,
    /// What was seen, in a sentence.
    pub detail: String,
    /// What was done (`skipped`).
    pub action: &'static str,
}

/// What a file became.
#[derive(Debug)]
pub enum Outcome {
    /// An article.
    Article(Box<Article>),
    /// A row of `skipped.csv`.
    Skipped(Skipped),
}

/// A kind of file that can be read.
pub struct Format {
    /// Its name in messages.
    pub name: &'static str,
    /// File name extensions in lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// Turns the decoded file and its shown path into the parts of an article. Never panics and never fails: what
    /// cannot be made out stays body text.
    pub parse: fn(raw: &str, path: &str) -> Parsed,
}

/// What a format makes of a decoded file; the fields mean what those of [`Article`] mean.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The clean text.
    pub text: String,
    /// From `text` to the decoded file.
    pub source: SourceMap,
    /// Title and paragraphs, in order.
    pub passages: Vec<Passage>,
    /// Author(s), joined by `; `.
    pub author: String,
    /// Date of publication.
    pub date: Option<Date>,
    /// Where the date was found.
    pub date_source: Option<DateSource>,
    /// Paragraph breaks inside a sentence that were joined again.
    pub paragraphs_rejoined: u32,
    /// Boilerplate left out, in bytes of the decoded file.
    pub boilerplate: Vec<std::ops::Range<usize>>,
    /// Stable words about how the file was read.
    pub warnings: Vec<&'static str>,
}

impl Skipped {
    /// The row of a file that was left out.
    fn new(path: &str, bytes: Option<u64>, reason: &'static str, detail: impl Into<String>) -> Skipped {
        Skipped { path: path.to_owned(), bytes, reason, detail: detail.into(), action: "skipped" }
    }
}

/// The format of a file name extension in any case.
fn format_of(extension: &str) -> Option<&'static Format> {
    let extension = extension.to_ascii_lowercase();
    FORMATS.iter().find(|f| f.extensions.contains(&extension.as_str()))
}

/// The extensions that are read, as a message names them: `.txt, .text, .md, .markdown`.
fn extensions_read() -> String {
    let all: Vec<String> = FORMATS.iter().flat_map(|f| f.extensions).map(|e| format!(".{e}")).collect();
    all.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_extension_belongs_to_one_format() {
        for format in FORMATS {
            for extension in format.extensions {
                assert_eq!(format_of(&extension.to_uppercase()).map(|f| f.name), Some(format.name));
            }
        }
        assert!(format_of("docx").is_none());
    }

    #[test]
    fn every_format_takes_an_empty_file() {
        for format in FORMATS {
            assert!((format.parse)("", "a").passages.is_empty());
        }
    }
}

//! One entry becomes one article or one row of `skipped.csv`.
//!
//! It reads the entry's bytes up to the size limit, finds its format, and hands the text to the layout. It never
//! panics and never ends a run.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::format::{FORMATS, SNIFFED, by_content, format_of};
use super::layout::{FilenamePattern, Given};
use super::{Entry, Extract, Outcome, Payload, Reason, Skipped, encoding, layout, modified, open, record};
use crate::config::{Boilerplate, Config};
use crate::document::Article;
use crate::error::{Error, ErrorKind};

/// Largest document that is read whatever the option says: offsets are 32 bits wide, and reading takes memory.
const LIMIT: u64 = 1 << 30;

/// What turns entries into articles. Made once for a run.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    config: &'a Config,
    pattern: Option<FilenamePattern>,
    /// Whether nothing but the clean text is wanted.
    text_only: bool,
}

impl<'a> Reader<'a> {
    /// A reader for the options of a run.
    ///
    /// # Errors
    /// [`ErrorKind::Option`] for an encoding that is not known or a pattern of file names that makes no sense.
    pub fn new(config: &'a Config) -> Result<Reader<'a>, Error> {
        if let Some(label) = &config.corpus.encoding
            && encoding_rs::Encoding::for_label(label.as_bytes()).is_none()
        {
            let cause = format!("--encoding {label} is not known");
            return Err(Error::new(ErrorKind::Option, cause, "use a label such as utf-8, windows-1252 or utf-16le"));
        }
        let pattern = config.corpus.filename_pattern.as_deref().map(FilenamePattern::new).transpose()?;
        Ok(Reader { config, pattern, text_only: false })
    }

    /// The same for who wants the clean text and its passages alone: the rest of an article stays empty, and what is no
    /// title is a paragraph.
    pub fn of_text_only(self) -> Reader<'a> {
        Reader { text_only: true, ..self }
    }

    /// Reads an entry as an article. Its number is given later, when all entries are known.
    pub fn read(&self, entry: Entry) -> Outcome {
        let (path, record, size) = (entry.path.clone(), entry.record, entry.bytes);
        match article(entry, self) {
            Ok(article) => Outcome::Article(Box::new(article)),
            Err((reason, detail)) => {
                Outcome::Skipped(Skipped { record, ..Skipped::new(&path, Some(size), reason, detail) })
            }
        }
    }
}

impl Reader<'_> {
    /// The hash of the bytes of a document, where it is wanted.
    fn hash(&self, bytes: &[u8]) -> String {
        if self.text_only { String::new() } else { hexadecimal(&Sha256::digest(bytes)) }
    }
}

/// The stable word for a failed system call.
pub(super) fn io_reason(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "not_found",
        io::ErrorKind::PermissionDenied => "permission_denied",
        _ => "read_error",
    }
}

/// Most bytes of one document.
pub(super) fn limit(config: &Config) -> u64 {
    config.max_file_bytes.min(LIMIT)
}

/// Why a document of so many bytes is not read.
pub(super) fn too_large(size: &str, limit: u64) -> Reason {
    ("too_large", format!("{size} bytes, more than the limit of {limit}; raise it with --max-file-size"))
}

fn article(entry: Entry, reader: &Reader<'_>) -> Result<Article, Reason> {
    let config = reader.config;
    let modified = modified::day(&entry, config);
    let (sha256, format, extract) = match entry.payload {
        Payload::File(path) => file(&entry.path, bytes(&path, entry.bytes, config)?, reader)?,
        Payload::Bytes(bytes) => file(&entry.path, bytes, reader)?,
        Payload::Record(record) => {
            let (format, sha256) = (record.format, reader.hash(&record.bytes));
            (sha256, format, record::extract(record, entry.record, config, reader.text_only)?)
        }
    };
    let keep_boilerplate = config.corpus.boilerplate == Boilerplate::Keep;
    if reader.text_only {
        let article = layout::text(extract, keep_boilerplate);
        return if article.passages.is_empty() { Err(no_text()) } else { Ok(article) };
    }
    let mut extract = extract;
    extract.warnings.extend(encoding::warnings(&extract.raw));
    let given = Given { path: &entry.path, pattern: reader.pattern.as_ref(), modified, keep_boilerplate };
    let mut article = layout::parse(extract, &given);
    if article.passages.is_empty() {
        return Err(no_text());
    }
    article.path = entry.path;
    article.record = entry.record;
    article.format = format.to_owned();
    article.sha256 = sha256;
    Ok(article)
}

/// Why a document without a text is left out.
fn no_text() -> Reason {
    ("no_text", "nothing but a byline, a date, marks or boilerplate".to_owned())
}

/// The hash, the format and the text of a file that is one article.
fn file(path: &str, bytes: Vec<u8>, reader: &Reader<'_>) -> Result<(String, &'static str, Extract), Reason> {
    let sha256 = reader.hash(&bytes);
    let extension = open::document_extension(path);
    let head = &bytes[..bytes.len().min(SNIFFED)];
    if let Some((name, usual)) = open::container_by_content(head).filter(|_| by_content(head).is_none()) {
        let detail = format!("the content is that of a {name} file; rename it to end in .{usual}");
        return Err(("wrong_extension", detail));
    }
    let format = format_of(&extension, head).unwrap_or(&FORMATS[0]);
    let extract = (format.extract)(bytes, reader.config.corpus.encoding.as_deref())?;
    Ok((sha256, format.name, extract))
}

fn bytes(path: &Path, size: u64, config: &Config) -> Result<Vec<u8>, Reason> {
    let limit = limit(config);
    let failed = |e: io::Error| (io_reason(&e), e.to_string());
    if size > limit {
        return Err(too_large(&size.to_string(), limit));
    }
    let file = File::open(path).map_err(failed)?;
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(&format!("at least {}", bytes.len()), limit));
    }
    Ok(bytes)
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn outcome(bytes: &[u8], limit: u64) -> Outcome {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        std::fs::write(&path, bytes).unwrap();
        let config = Config { max_file_bytes: limit, ..Config::default() };
        Reader::new(&config).unwrap().read(entry(&path, bytes.len() as u64))
    }

    fn entry(path: &Path, bytes: u64) -> Entry {
        Entry { path: "a.txt".into(), record: 0, bytes, payload: Payload::File(path.to_path_buf()) }
    }

    fn skipped(bytes: &[u8]) -> (&'static str, String) {
        match outcome(bytes, 1000) {
            Outcome::Skipped(row) => (row.reason, row.detail),
            Outcome::Article(article) => panic!("read as {:?}", article.text),
        }
    }

    #[test]
    fn bad_files_become_rows() {
        assert_eq!(skipped(b"").0, "empty");
        assert_eq!(skipped(b" \n\t\n").0, "empty");
        assert_eq!(skipped(b"abc\0def").0, "binary");
        assert_eq!(skipped(b"\x1f\x8b\x08\0\0").0, "wrong_extension");
        assert_eq!(skipped(b"{\"text\": \"a\"}\n").0, "wrong_extension");
        assert_eq!(skipped(b"***\n\n---\n").0, "no_text");
        let (reason, detail) = skipped(&[b'a'; 1001]);
        assert_eq!(reason, "too_large");
        assert!(detail.contains("--max-file-size"), "{detail}");
    }

    #[test]
    fn what_was_lost_in_decoding_is_a_warning() {
        let Outcome::Article(article) = outcome("It\u{e2}\u{20ac}\u{2122}s caf\u{fffd}.".as_bytes(), 1000) else {
            panic!("skipped");
        };
        assert_eq!(article.warnings[..2], ["replaced_characters", "mojibake"]);
    }

    #[test]
    fn a_file_that_grew_or_went_away_becomes_a_row() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        std::fs::write(&path, vec![b'a'; 50]).unwrap();
        let config = Config { max_file_bytes: 40, ..Config::default() };
        let reason = |s: Entry| match Reader::new(&config).unwrap().read(s) {
            Outcome::Skipped(row) => row.reason,
            Outcome::Article(_) => "read",
        };
        assert_eq!(reason(entry(&path, 10)), "too_large");
        assert_eq!(reason(entry(&dir.path().join("b.txt"), 10)), "not_found");
        assert_eq!(reason(entry(dir.path(), 10)), "read_error");
    }

    #[test]
    fn the_hash_is_that_of_the_bytes_and_the_mark_is_removed() {
        let Outcome::Article(article) = outcome("\u{feff}abc".as_bytes(), 1000) else {
            panic!("skipped");
        };
        assert_eq!(article.encoding.name, "utf-8-sig");
        assert_eq!((article.raw.as_str(), article.text.as_str()), ("abc", "abc\n"));
        let Outcome::Article(article) = outcome(b"abc", 3) else {
            panic!("skipped");
        };
        // FIPS 180-2, appendix B.1
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(article.sha256, expected);
    }
}

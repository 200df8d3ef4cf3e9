//! One file becomes one article or one row of `skipped.csv`.
//!
//! It reads the file's bytes up to the size limit, decodes them as UTF-8 and hands them to the file's format. It
//! never panics, never ends a run and never guesses an encoding.

use std::fs::File;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

use super::{FORMATS, Outcome, Skipped, Source, format_of};
use crate::config::Config;
use crate::document::{Article, DocId, Encoding};

/// Largest file that byte offsets of 32 bits can describe.
const LIMIT: u64 = 2 << 30;

/// Reads a file as the article with the given number.
pub fn read(source: &Source, id: DocId, config: &Config) -> Outcome {
    match article(source, id, config) {
        Ok(article) => Outcome::Article(Box::new(article)),
        Err((reason, detail)) => Outcome::Skipped(Skipped::new(&source.shown, Some(source.bytes), reason, detail)),
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

/// Why a file was skipped: the stable word and a sentence.
type Reason = (&'static str, String);

fn article(source: &Source, id: DocId, config: &Config) -> Result<Article, Reason> {
    let bytes = bytes(source, config.max_file_bytes.min(LIMIT))?;
    let sha256 = hexadecimal(&Sha256::digest(&bytes));
    let (raw, encoding) = decode(bytes)?;
    let extension = source.path.extension().unwrap_or_default().to_string_lossy();
    let format = format_of(&extension).unwrap_or(&FORMATS[0]);
    let parsed = (format.parse)(&raw, &source.shown);
    if parsed.passages.is_empty() {
        let detail = "nothing but a byline, a date, marks or boilerplate".to_owned();
        return Err(("no_text", detail));
    }
    Ok(Article {
        id,
        path: source.shown.clone(),
        sha256,
        encoding,
        raw,
        text: parsed.text,
        source: parsed.source,
        passages: parsed.passages,
        author: parsed.author,
        date: parsed.date,
        date_source: parsed.date_source,
        paragraphs_rejoined: parsed.paragraphs_rejoined,
        boilerplate: parsed.boilerplate,
        warnings: parsed.warnings,
    })
}

fn bytes(source: &Source, limit: u64) -> Result<Vec<u8>, Reason> {
    let failed = |e: io::Error| (io_reason(&e), e.to_string());
    let too_large = |size: String| {
        let detail = format!("{size} bytes, more than the limit of {limit}; raise it with --max-file-size");
        ("too_large", detail)
    };
    if source.bytes > limit {
        return Err(too_large(source.bytes.to_string()));
    }
    let file = File::open(&source.path).map_err(failed)?;
    let mut bytes = Vec::with_capacity(source.bytes as usize + 1);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(format!("at least {}", bytes.len())));
    }
    Ok(bytes)
}

fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), Reason> {
    if bytes.is_empty() {
        return Err(("empty", "the file has no bytes".to_owned()));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let detail = "the file starts with a UTF-16 byte-order mark; save it as UTF-8".to_owned();
        return Err(("binary", detail));
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(("binary", format!("byte {at} is NUL; this is not a text file")));
    }
    let mut raw = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let detail = format!("byte {at} (0x{byte:02x}) is not valid UTF-8; save the file as UTF-8");
        ("invalid_utf8", detail)
    })?;
    let mut encoding = Encoding::Utf8;
    if raw.starts_with('\u{feff}') {
        raw.drain(..'\u{feff}'.len_utf8());
        encoding = Encoding::Utf8Bom;
    }
    if raw.trim().is_empty() {
        return Err(("empty", "the file holds only white space".to_owned()));
    }
    Ok((raw, encoding))
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
        read(&source(&path, bytes.len() as u64), DocId(7), &config)
    }

    fn source(path: &Path, bytes: u64) -> Source {
        Source { path: path.to_path_buf(), shown: "a.txt".into(), bytes }
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
        assert_eq!(skipped(&[0xff, 0xfe, b'a', 0]).0, "binary");
        assert_eq!(skipped(b"***\n\n---\n").0, "no_text");
        let (reason, detail) = skipped(b"Caf\xe9 society");
        assert_eq!(reason, "invalid_utf8");
        assert!(detail.contains("byte 3 (0xe9)"), "{detail}");
        let (reason, detail) = skipped(&[b'a'; 1001]);
        assert_eq!(reason, "too_large");
        assert!(detail.contains("--max-file-size"), "{detail}");
    }

    #[test]
    fn a_file_that_grew_or_went_away_becomes_a_row() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        std::fs::write(&path, vec![b'a'; 50]).unwrap();
        let config = Config { max_file_bytes: 40, ..Config::default() };
        let reason = |s: &Source| match read(s, DocId(1), &config) {
            Outcome::Skipped(row) => row.reason,
            Outcome::Article(_) => "read",
        };
        assert_eq!(reason(&source(&path, 10)), "too_large");
        assert_eq!(reason(&source(&dir.path().join("b.txt"), 10)), "not_found");
        assert_eq!(reason(&source(dir.path(), 10)), "read_error");
    }

    #[test]
    fn the_hash_is_that_of_the_bytes_and_the_mark_is_removed() {
        let Outcome::Article(article) = outcome("\u{feff}abc".as_bytes(), 1000) else {
            panic!("skipped");
        };
        assert_eq!(article.encoding, Encoding::Utf8Bom);
        assert_eq!((article.raw.as_str(), article.text.as_str()), ("abc", "abc\n"));
        assert_eq!(article.id, DocId(7));
        let Outcome::Article(article) = outcome(b"abc", 3) else {
            panic!("skipped");
        };
        // FIPS 180-2, appendix B.1
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(article.sha256, expected);
    }
}

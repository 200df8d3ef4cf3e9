//! The formats in which a file is one article: bytes become the text and what the file says of itself. Each is one
//! file here and one entry of [`FORMATS`].

mod docx;
mod epub;
mod html;
mod markdown;
mod markup;
mod odt;
mod package;
mod pdf;
mod text;
mod xml;

use super::{Extract, Reason};

/// The formats, in the order in which messages name them. Text comes first: it is what a file is read as that nothing
/// else claims.
pub(super) static FORMATS: &[Format] =
    &[text::FORMAT, markdown::FORMAT, html::FORMAT, docx::FORMAT, odt::FORMAT, epub::FORMAT, pdf::FORMAT, xml::FORMAT];

/// A kind of file that holds one article.
pub(super) struct Format {
    /// Its name in messages and in `documents.csv`.
    pub(super) name: &'static str,
    /// File name extensions in lower case, without the dot.
    pub(super) extensions: &'static [&'static str],
    /// Whether the first bytes of a file (up to [`SNIFFED`]) say that it is of this format, whatever its name.
    pub(super) sniff: fn(head: &[u8]) -> bool,
    /// Takes the text out of the bytes of a file. Never panics; what it cannot read is a reason. `encoding` is the
    /// encoding that the user says files without a mark of their own are in.
    pub(super) extract: fn(bytes: Vec<u8>, encoding: Option<&str>) -> Result<Extract, Reason>,
}

/// How many bytes a format may look at to recognise a file.
pub(super) const SNIFFED: usize = 1024;

/// The format of a file: what its first bytes say, else what its extension says.
pub(super) fn format_of(extension: &str, head: &[u8]) -> Option<&'static Format> {
    by_content(head).or_else(|| by_extension(extension))
}

/// The format that the first bytes of a file show.
pub(super) fn by_content(head: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().find(|f| (f.sniff)(head))
}

/// The format of a file name extension in any case.
pub(super) fn by_extension(extension: &str) -> Option<&'static Format> {
    let extension = extension.to_ascii_lowercase();
    FORMATS.iter().find(|f| f.extensions.contains(&extension.as_str()))
}

/// The first bytes of a file of markup without a mark, blanks and comments at its start.
fn after_blanks_and_comments(head: &[u8]) -> &[u8] {
    let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    loop {
        rest = rest.trim_ascii_start();
        match rest.strip_prefix(b"<!--") {
            Some(comment) => match memchr::memmem::find(comment, b"-->") {
                Some(end) => rest = &comment[end + 3..],
                None => return &[],
            },
            None => return rest,
        }
    }
}

/// The extensions that are read, as a message names them: `.txt, .text, .md, .markdown`.
pub(super) fn extensions_read() -> String {
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
                assert_eq!(by_extension(&extension.to_uppercase()).map(|f| f.name), Some(format.name));
            }
        }
        assert!(by_extension("xyz").is_none());
    }

    #[test]
    fn no_format_panics_or_finds_text_in_nothing() {
        for format in FORMATS {
            for bytes in [&b""[..], b"\0", b"<", b"PK\x03\x04", b"%PDF-1.7", b"<?xml", &[0xff; 300]] {
                if let Ok(extract) = (format.extract)(bytes.to_vec(), None) {
                    assert!(extract.raw.len() < 2000, "{}", format.name);
                }
            }
        }
    }
}

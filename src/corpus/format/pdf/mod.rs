//! PDF files: the text of the pages without page numbers and running heads, and author and date of the properties.
//!
//! Lines stay as they are set; the layout rejoins them. A file that is damaged, encrypted or holds pictures of pages
//! only is a reason. The library that reads the pages panics on much; each page is read under guard, after what could
//! run without end has been cut out ([`bound`]). A page that cannot be read is left out.

mod bound;
mod page;

use pdf_extract::{Document, Object, PlainTextOutput, decode_text_string, output_doc_page};

use super::super::{Extract, Metadata, Reason, guard};
use super::Format;
use crate::document::{DateSource, Encoding, EncodingEvidence};

/// PDF files.
pub(super) const FORMAT: Format = Format { name: "pdf", extensions: &["pdf"], sniff, extract };

/// Most pages that are read.
const MOST_PAGES: usize = 3_000;
/// Longest text, bytes.
const MOST_TEXT: usize = 64 << 20;

fn sniff(head: &[u8]) -> bool {
    memchr::memmem::find(head, b"%PDF-").is_some_and(|at| {
        let own_line = at == 0 || matches!(head[at - 1], b'\n' | b'\r' | 0 | 0xbf);
        own_line && !head.starts_with(b"<") && head.get(at + 5).is_some_and(u8::is_ascii_digit)
    })
}

fn extract(bytes: Vec<u8>, _declared: Option<&str>) -> Result<Extract, Reason> {
    if bytes.is_empty() {
        return Err(("empty", "the file has no bytes".to_owned()));
    }
    bound::check(&bytes)?;
    let loaded = guard::silently(|| Document::load_mem(&bytes));
    let mut document = match loaded {
        Some(Ok(document)) => document,
        Some(Err(error)) if is_encryption(&error.to_string()) => return Err(encrypted()),
        Some(Err(error)) => return Err(damaged(&error.to_string())),
        None => return Err(damaged("its structure could not be followed")),
    };
    drop(bytes);
    // The library takes the entry out where no password is needed, and overlooks one that is written into the trailer.
    if document.trailer.has(b"Encrypt") && !matches!(guard::silently(|| document.decrypt("")), Some(Ok(()))) {
        return Err(encrypted());
    }
    bound::bound(&mut document)?;
    let (pages, failed) = pages(&document);
    if pages.is_empty() && failed > 0 {
        return Err(damaged("none of its pages could be read"));
    }
    let text = page::joined(pages);
    if !text.chars().any(char::is_alphanumeric) {
        let detail = "the pages hold no text, only pictures; run text recognition (OCR) on the file first";
        return Err(("no_text", detail.to_owned()));
    }
    let (title, text) = page::titled(&property(&document, b"Title"), text);
    let date = iso(&property(&document, b"CreationDate"));
    let metadata = Metadata {
        author: property(&document, b"Author"),
        date_source: (!date.is_empty()).then_some(DateSource::Properties),
        date,
        ..Metadata::default()
    };
    let encoding = Encoding { name: String::new(), evidence: EncodingEvidence::Format };
    Ok(Extract::new(&title, &text, encoding, metadata))
}

/// The texts of the pages that could be read, and how many could not.
fn pages(document: &Document) -> (Vec<String>, usize) {
    let numbers = guard::silently(|| document.get_pages().into_keys().take(MOST_PAGES).collect::<Vec<u32>>());
    let (mut pages, mut failed, mut length) = (Vec::new(), 0, 0);
    for number in numbers.unwrap_or_default() {
        let mut text = String::new();
        let done = guard::silently(|| output_doc_page(document, &mut PlainTextOutput::new(&mut text), number));
        if !matches!(done, Some(Ok(()))) && text.trim().is_empty() {
            failed += 1;
            continue;
        }
        length += text.len();
        pages.push(text);
        if length > MOST_TEXT {
            break;
        }
    }
    (pages, failed)
}

/// A text of the document's properties.
fn property(document: &Document, name: &[u8]) -> String {
    let text = guard::silently(|| {
        let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info)).ok()?.1.as_dict().ok()?;
        let value = document.dereference(info.get(name).ok()?).ok()?.1;
        matches!(value, Object::String(..)).then(|| decode_text_string(value).ok()).flatten()
    });
    let text = text.flatten().unwrap_or_default();
    text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A date of PDF (`D:20240203100000+01'00'`) as ISO 8601; empty where it is none.
fn iso(date: &str) -> String {
    let digits: String = date.trim_start_matches("D:").chars().take_while(char::is_ascii_digit).collect();
    match digits.len() {
        0..8 => String::new(),
        _ => format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]),
    }
}

fn is_encryption(error: &str) -> bool {
    let error = error.to_lowercase();
    error.contains("decrypt") || error.contains("password") || error.contains("encrypt")
}

fn encrypted() -> Reason {
    ("encrypted", "the PDF is encrypted with a password; save it without one".to_owned())
}

fn damaged(seen: &str) -> Reason {
    ("damaged", format!("the PDF cannot be read: {seen}; print it to a new PDF"))
}

#[cfg(test)]
mod tests;

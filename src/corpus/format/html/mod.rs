//! Web pages (`.html`, `.htm`, `.xhtml`): the main text of a page, its headline and what the page says of itself.
//!
//! It reads markup of any quality. Navigation, banners, adverts, captions, share bars, comments and scripts are left
//! out. One step a file: [`source`] bounds the markup, [`metadata`] reads what is stated, [`prune`] takes out what is
//! no article, [`body`] chooses the part that is, [`text`] writes it as paragraphs. It runs no script and opens no
//! address.

mod body;
mod headline;
mod linked_data;
mod metadata;
mod prune;
mod source;
mod text;

use dom_query::Document;

use super::super::{Extract, Reason, encoding, guard};
use super::Format;

/// Web pages.
pub(super) const FORMAT: Format = Format { name: "html", extensions: &["html", "htm", "xhtml"], sniff, extract };

/// How far into the file a page may state its encoding, as browsers look for it.
const DECLARATION: usize = 1024;

fn sniff(head: &[u8]) -> bool {
    let start = super::after_blanks_and_comments(head);
    let lower = start[..start.len().min(300)].to_ascii_lowercase();
    let opens = |tag: &[u8]| {
        lower.strip_prefix(tag).is_some_and(|rest| rest.first().is_none_or(|b| !b.is_ascii_alphanumeric()))
    };
    if opens(b"<?xml") {
        let text = String::from_utf8_lossy(&lower);
        return text.contains("<html") || text.contains("<!doctype html");
    }
    opens(b"<!doctype html") || opens(b"<html") || opens(b"<head") || opens(b"<body")
}

fn extract(bytes: Vec<u8>, declared: Option<&str>) -> Result<Extract, Reason> {
    let own = declaration(&bytes[..bytes.len().min(DECLARATION)]);
    let (raw, encoding) = encoding::decode(bytes, own.as_deref().or(declared))?;
    let markup = source::bounded(&raw)?;
    drop(raw);
    let page = guard::silently(|| page(&markup)).ok_or_else(|| {
        ("damaged", "the markup of this page could not be read; open and save it in a browser".into())
    })?;
    if page.text.is_empty() && page.title.is_empty() {
        return Err(("no_text", "the page has no text outside navigation, forms and scripts".to_owned()));
    }
    Ok(Extract::new(&page.title, &page.text, encoding, page.metadata))
}

/// The text of a chapter or a body that is known to be text throughout: all of it, without scripts and captions.
pub(super) fn whole_text(markup: &str) -> Result<String, Reason> {
    let markup = source::bounded(markup)?;
    let text = guard::silently(|| {
        let document = Document::from(markup.as_str());
        prune::never_text(&document);
        text::paragraphs(&document.root()).join("\n\n")
    });
    text.ok_or_else(|| ("damaged", "the markup could not be read".to_owned()))
}

/// What is taken from a page.
struct Page {
    title: String,
    text: String,
    metadata: super::super::Metadata,
}

fn page(markup: &str) -> Page {
    let document = Document::from(markup);
    let linked = linked_data::read(&document);
    let stated = metadata::read(&document, &linked);
    let mut title = headline::choose(&document, &linked, &stated.outlet);
    let mut metadata = stated;
    if metadata.outlet.is_empty() {
        metadata.outlet = headline::site(&document, &title);
    }
    prune::never_text(&document);
    prune::furniture(&document, &metadata);
    let mut paragraphs = body::find(document, &linked.body);
    title = headline::in_text(&title, &paragraphs).unwrap_or(title);
    without_title(&mut paragraphs, &title);
    Page { title, text: paragraphs.join("\n\n"), metadata }
}

/// Takes the title out of the first paragraphs where it stands again as a line.
fn without_title(paragraphs: &mut Vec<String>, title: &str) {
    let key = headline::key(title);
    for at in 0..paragraphs.len().min(3) {
        let (first, rest) = paragraphs[at].split_once('\n').unwrap_or((&paragraphs[at], ""));
        if headline::key(first) == key {
            let rest = rest.to_owned();
            if rest.is_empty() {
                drop(paragraphs.remove(at))
            } else {
                paragraphs[at] = rest
            }
            return;
        }
    }
}

/// The encoding that a page states in its first bytes: `charset=` of a `meta` element, `encoding=` of an XML
/// declaration.
pub(super) fn declaration(head: &[u8]) -> Option<String> {
    let text: String = head.iter().map(|&b| char::from(b).to_ascii_lowercase()).collect();
    let meta = text.match_indices("<meta").find_map(|(at, _)| {
        let tag = text[at..].split('>').next()?;
        Some(tag.split_once("charset")?.1.trim_start().strip_prefix('=')?.to_owned())
    });
    let xml = || {
        let tag = text.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
        Some(tag.split_once("encoding")?.1.trim_start().strip_prefix('=')?.to_owned())
    };
    let value = meta.or_else(xml)?;
    let label = value.trim_start().trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(label.len());
    (end > 0).then(|| label[..end].to_owned())
}

#[cfg(test)]
mod tests;

//! Books (`.epub`): the chapters in the order of the spine as one article, and title, author and date of the package.
//!
//! Contents pages and notes are read like chapters; pictures and styles are not opened.

use super::super::{Extract, Metadata, Reason};
use super::Format;
use super::html::whole_text;
use super::markup::{Step, attribute, first_texts, walk};
use super::package::{Package, begins_with_mimetype, damaged};
use crate::document::{DateSource, Encoding, EncodingEvidence};

/// Books.
pub(super) const FORMAT: Format = Format { name: "epub", extensions: &["epub"], sniff, extract };

/// Most chapters of a book.
const MOST_CHAPTERS: usize = 10_000;

fn sniff(head: &[u8]) -> bool {
    begins_with_mimetype(head, "application/epub+zip")
}

fn extract(bytes: Vec<u8>, _declared: Option<&str>) -> Result<Extract, Reason> {
    let mut package = Package::open(bytes)?;
    if package.text("META-INF/rights.xml")?.is_some() {
        return Err(("encrypted", "the book is protected (DRM) and cannot be read".to_owned()));
    }
    let opf = root_file(&package.needed("META-INF/container.xml")?)?;
    let contents = package.needed(&opf)?;
    let folder = opf.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut chapters = Vec::new();
    for name in spine(&contents)?.into_iter().take(MOST_CHAPTERS) {
        if let Some(chapter) = package.text(&resolved(folder, &name))? {
            chapters.push(whole_text(&chapter)?);
        }
    }
    chapters.retain(|chapter| !chapter.is_empty());
    let [title, author, date, language, outlet] =
        first_texts(&contents, ["title", "creator", "date", "language", "publisher"]);
    let mut text = chapters.join("\n\n");
    if let Some(rest) = text.strip_prefix(&title).filter(|rest| rest.starts_with("\n\n")) {
        text = rest.trim_start().to_owned();
    }
    if text.trim().is_empty() {
        return Err(("no_text", "the book has no chapters with text; it may hold pictures of pages".to_owned()));
    }
    let date_source = (!date.is_empty()).then_some(DateSource::Metadata);
    let encoding = Encoding { name: String::new(), evidence: EncodingEvidence::Format };
    let metadata = Metadata { author, date, date_source, outlet, language, ..Metadata::default() };
    Ok(Extract::new(&title, &text, encoding, metadata))
}

fn root_file(container: &str) -> Result<String, Reason> {
    let mut found = String::new();
    walk(container, true, &mut |step| {
        if let Step::Start("rootfile", start) = step
            && found.is_empty()
        {
            found = attribute(start, "full-path");
        }
    })?;
    if found.is_empty() { Err(damaged("the book names no contents")) } else { Ok(found) }
}

/// The files of the chapters in reading order.
fn spine(contents: &str) -> Result<Vec<String>, Reason> {
    let mut items: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let mut order = Vec::new();
    walk(contents, true, &mut |step| match step {
        Step::Start("item", start) if attribute(start, "properties") != "nav" => {
            items.insert(attribute(start, "id"), attribute(start, "href"));
        }
        Step::Start("itemref", start) if attribute(start, "linear") != "no" => order.push(attribute(start, "idref")),
        _ => {}
    })?;
    Ok(order.iter().filter_map(|id| items.get(id).cloned()).collect())
}

/// A name in the package from one that is relative to a folder: `OPS` and `../a%20b.xhtml` give `a b.xhtml`.
fn resolved(folder: &str, name: &str) -> String {
    let name = name.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    decoded(&parts.join("/"))
}

/// `%20` and its like as characters.
fn decoded(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = (bytes[at] == b'%').then(|| name.get(at + 1..at + 3)).flatten();
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::package::fixture::package;
    use super::*;

    #[test]
    fn chapters_are_read_in_the_order_of_the_spine() {
        let opf = "<package><metadata><dc:title>Bridge</dc:title><dc:creator>Tilda Marsh</dc:creator><dc:date>2020-02-03</dc:date>\
            </metadata><manifest><item id=\"b\" href=\"../two%20b.xhtml\"/><item id=\"a\" href=\"a.xhtml\"/>\
            <item id=\"n\" href=\"nav.xhtml\" properties=\"nav\"/></manifest><spine><itemref idref=\"n\"/>\
            <itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>";
        let bytes = package(&[
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", "<c><rootfiles><rootfile full-path=\"OPS/c.opf\"/></rootfiles></c>"),
            ("OPS/c.opf", opf),
            ("OPS/a.xhtml", "<html><head><title>t</title></head><body><h1>Bridge</h1><p>First.</p></body></html>"),
            ("OPS/nav.xhtml", "<html><body><p>Contents</p></body></html>"),
            ("two b.xhtml", "<html><body><p>Second &amp; last.</p></body></html>"),
        ]);
        assert!(sniff(&bytes[..100]));
        let extract = extract(bytes, None).unwrap();
        assert_eq!(extract.raw, "Bridge\n\nFirst.\n\nSecond & last.");
        assert_eq!((extract.metadata.author.as_str(), extract.metadata.date.as_str()), ("Tilda Marsh", "2020-02-03"));
    }
}

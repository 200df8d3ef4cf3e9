//! Word documents (`.docx`): the paragraphs of the body, and title, author and date from the properties.
//!
//! Deleted text, field codes, footnotes, headers and footers are left out, and a text box, which is stored twice, is
//! read once.

use super::super::{Extract, Metadata, Reason};
use super::Format;
use super::markup::{Step, attribute, first_texts, walk};
use super::package::Package;
use crate::document::{DateSource, Encoding, EncodingEvidence};

/// Word documents.
pub(super) const FORMAT: Format = Format { name: "docx", extensions: &["docx", "docm"], sniff, extract };

fn sniff(head: &[u8]) -> bool {
    let has = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    let starts: [&[u8]; 3] = [b"[Content_Types].xml", b"_rels/.rels", b"word/document.xml"];
    let first = head.get(30..).unwrap_or_default();
    head.starts_with(b"PK\x03\x04")
        && starts.iter().any(|start| first.starts_with(start))
        && !has(b"xl/")
        && !has(b"ppt/")
}

fn extract(bytes: Vec<u8>, _declared: Option<&str>) -> Result<Extract, Reason> {
    let mut package = Package::open(bytes)?;
    let document = match package.text("word/document.xml")? {
        Some(document) => document,
        None => {
            let name = main_part(&mut package)?;
            package.needed(&name)?
        }
    };
    let mut body = Body::default();
    walk(&document, false, &mut |step| body.step(step))?;
    let properties = package.text("docProps/core.xml")?.unwrap_or_default();
    let [title, author, created] = first_texts(&properties, ["title", "creator", "created"]);
    finish(body.title, title, body.paragraphs, author, created)
}

/// The name of the main part of a document whose main part is not where it usually is.
fn main_part(package: &mut Package) -> Result<String, Reason> {
    let relations = package.needed("_rels/.rels")?;
    let mut found = String::new();
    walk(&relations, true, &mut |step| {
        if let Step::Start("Relationship", start) = step
            && attribute(start, "Type").ends_with("/officeDocument")
        {
            found = attribute(start, "Target").trim_start_matches('/').to_owned();
        }
    })?;
    Ok(found)
}

/// The extract of an office document. The title in the text is what the reader sees; that of the properties is often
/// the name of a template and stands in only where the text begins with it.
pub(super) fn finish(
    styled: String,
    stated: String,
    mut paragraphs: Vec<String>,
    author: String,
    date: String,
) -> Result<Extract, Reason> {
    let mut title = styled;
    if title.is_empty() && !stated.is_empty() {
        let again = paragraphs.iter().take(3).position(|paragraph| paragraph.trim() == stated);
        if let Some(at) = again {
            paragraphs.remove(at);
            title = stated;
        } else if !paragraphs.iter().take(3).any(|paragraph| is_heading(paragraph)) {
            title = stated;
        }
    }
    let text = paragraphs.join("\n\n");
    if text.trim().is_empty() {
        return Err(("no_text", "the document has no paragraphs of text".to_owned()));
    }
    let date_source = (!date.is_empty()).then_some(DateSource::Properties);
    let encoding = Encoding { name: String::new(), evidence: EncodingEvidence::Format };
    Ok(Extract::new(&title, &text, encoding, Metadata { author, date, date_source, ..Metadata::default() }))
}

/// A short paragraph that ends no sentence.
fn is_heading(paragraph: &str) -> bool {
    (20..150).contains(&paragraph.len()) && !paragraph.trim_end().ends_with(['.', '!', '?', '”', '"', ':', ','])
}

#[derive(Default)]
struct Body {
    title: String,
    paragraphs: Vec<String>,
    line: String,
    style: String,
    /// Inside an element whose text is text.
    text: usize,
    /// Inside what is left out: deleted text, the fallback of a drawing.
    hidden: usize,
    /// Paragraphs that were open where a text box began.
    outer: Vec<(String, String)>,
}

impl Body {
    fn step(&mut self, step: Step) {
        match step {
            Step::Start("del" | "moveFrom" | "Fallback" | "pict", _) => self.hidden += 1,
            Step::End("del" | "moveFrom" | "Fallback" | "pict") => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            Step::Start("t", _) => self.text += 1,
            Step::End("t") => self.text = self.text.saturating_sub(1),
            Step::Start("tab", _) if !self.line.is_empty() => self.line.push(' '),
            Step::Start("br" | "cr", _) if !self.line.is_empty() => self.line.push('\n'),
            Step::Start("noBreakHyphen", _) => self.line.push('\u{2011}'),
            Step::Start("pStyle", start) => self.style = attribute(start, "val"),
            Step::Start("txbxContent", _) => {
                self.outer.push((std::mem::take(&mut self.line), std::mem::take(&mut self.style)));
            }
            Step::End("txbxContent") => (self.line, self.style) = self.outer.pop().unwrap_or_default(),
            Step::Text(text) if self.text > 0 => self.line.push_str(text),
            Step::End("p") => self.paragraph(),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let line = std::mem::take(&mut self.line);
        let style = std::mem::take(&mut self.style).to_lowercase();
        let text = line.trim();
        let caption = style.contains("caption") || style.contains("footer") || style.contains("header");
        if text.is_empty() || caption {
            return;
        }
        if self.title.is_empty() && self.paragraphs.len() < 3 && matches!(style.as_str(), "title" | "headline") {
            self.title = text.to_owned();
        } else {
            self.paragraphs.push(text.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::package::fixture::package;
    use super::*;

    const CORE: &str = "<cp:coreProperties><dc:title>Template</dc:title><dc:creator>Tilda Marsh</dc:creator>\
        <dcterms:created>2024-02-03T10:00:00Z</dcterms:created></cp:coreProperties>";

    fn document(body: &str) -> Vec<u8> {
        let xml = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        package(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &xml), ("docProps/core.xml", CORE)])
    }

    #[test]
    fn paragraphs_title_and_properties_are_read() {
        let body = "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Bridge &amp; road</w:t></w:r></w:p>\
            <w:p><w:r><w:t xml:space=\"preserve\">The old </w:t></w:r><w:del><w:r><w:delText>never </w:delText><w:t>x</w:t></w:r></w:del>\
            <w:ins><w:r><w:t>bridge</w:t></w:r></w:ins><w:r><w:tab/><w:instrText>PAGE</w:instrText><w:t>fell.</w:t></w:r></w:p>\
            <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
            <mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>\
            <w:t>Outside.</w:t></w:r></w:p>";
        let bytes = document(body);
        assert!(sniff(&bytes[..bytes.len().min(1024)]));
        let extract = extract(bytes, None).unwrap();
        assert_eq!(extract.raw, "Bridge & road\n\nThe old bridge fell.\n\nIn a box.\n\nOutside.");
        assert!(extract.titled);
        assert_eq!(
            (extract.metadata.author.as_str(), extract.metadata.date.as_str()),
            ("Tilda Marsh", "2024-02-03T10:00:00Z")
        );
        assert_eq!(extract.metadata.date_source, Some(DateSource::Properties));
        assert_eq!(extract.encoding.evidence, EncodingEvidence::Format);
    }

    #[test]
    fn bad_documents_are_reasons() {
        assert_eq!(extract(document(""), None).unwrap_err().0, "no_text");
        assert_eq!(extract(document("<w:p><w:t>a</w:t></w:p><w:p a=\""), None).unwrap_err().0, "damaged");
        let nested = format!("<w:p><w:t>a</w:t></w:p>{}", "<w:p>".repeat(300_000));
        assert!(extract(document(&nested), None).is_ok());
    }
}

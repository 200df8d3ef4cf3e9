//! Open documents (`.odt`): the paragraphs and headings of the text, and title, author and date from the properties.
//!
//! Deleted text, notes, annotations and the text of drawings' descriptions are left out.

use super::super::{Extract, Reason};
use super::Format;
use super::docx::finish;
use super::markup::{Step, attribute, first_texts, walk};
use super::package::{Package, begins_with_mimetype};

/// Open documents.
pub(super) const FORMAT: Format = Format { name: "odt", extensions: &["odt", "ott"], sniff, extract };

fn sniff(head: &[u8]) -> bool {
    begins_with_mimetype(head, "application/vnd.oasis.opendocument.text")
}

fn extract(bytes: Vec<u8>, _declared: Option<&str>) -> Result<Extract, Reason> {
    let mut package = Package::open(bytes)?;
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(("encrypted", "the document is encrypted with a password; save it without one".to_owned()));
    }
    let content = package.needed("content.xml")?;
    let mut body = Body::default();
    walk(&content, false, &mut |step| body.step(step))?;
    let properties = package.text("meta.xml")?.unwrap_or_default();
    let [title, first, creator, created, date] =
        first_texts(&properties, ["title", "initial-creator", "creator", "creation-date", "date"]);
    let author = if first.is_empty() { creator } else { first };
    finish(body.title, title, body.paragraphs, author, if created.is_empty() { date } else { created })
}

#[derive(Default)]
struct Body {
    title: String,
    paragraphs: Vec<String>,
    line: String,
    style: String,
    /// Names of paragraph styles that are made from the style of titles.
    titles: Vec<String>,
    /// Open paragraphs: a frame inside a paragraph holds others.
    open: Vec<(String, String)>,
    inside: usize,
    hidden: usize,
}

impl Body {
    fn step(&mut self, step: Step) {
        match step {
            Step::Start("tracked-changes" | "note" | "annotation" | "desc" | "script" | "index-title", _) => {
                self.hidden += 1
            }
            Step::End("tracked-changes" | "note" | "annotation" | "desc" | "script" | "index-title") => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            _ if self.hidden > 0 => {}
            Step::Start("style", start) if attribute(start, "parent-style-name") == "Title" => {
                self.titles.push(attribute(start, "name"));
            }
            Step::Start("p" | "h", start) => {
                self.open.push((std::mem::take(&mut self.line), std::mem::take(&mut self.style)));
                self.style = attribute(start, "style-name");
                self.inside += 1;
            }
            Step::End("p" | "h") => {
                self.paragraph();
                (self.line, self.style) = self.open.pop().unwrap_or_default();
                self.inside = self.inside.saturating_sub(1);
            }
            Step::Start("s" | "tab", _) => self.line.push(' '),
            Step::Start("line-break", _) => self.line.push('\n'),
            Step::Text(text) if self.inside > 0 => self.text(text),
            _ => {}
        }
    }

    /// White space in the file is one space, as the format has it.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            let blank = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !blank {
                self.line.push(c);
            } else if !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
        }
    }

    fn paragraph(&mut self) {
        let text = self.line.trim().to_owned();
        if text.is_empty() {
            return;
        }
        let is_title = self.style == "Title" || self.titles.contains(&self.style);
        if is_title && self.title.is_empty() && self.paragraphs.len() < 3 {
            self.title = text;
        } else {
            self.paragraphs.push(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::package::fixture::package;
    use super::*;

    fn document(body: &str, manifest: &str) -> Vec<u8> {
        let content = format!(
            "<office:document-content><office:automatic-styles><style:style style:name=\"P1\" \
            style:parent-style-name=\"Title\"/></office:automatic-styles><office:body><office:text>{body}</office:text>\
            </office:body></office:document-content>"
        );
        package(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("META-INF/manifest.xml", manifest),
            ("content.xml", &content),
            (
                "meta.xml",
                "<m><dc:creator>Oskar Fenn</dc:creator><meta:creation-date>2024-02-03T10:00:00</meta:creation-date></m>",
            ),
        ])
    }

    #[test]
    fn paragraphs_title_and_properties_are_read() {
        let body = "<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>\
            <text:p text:style-name=\"P1\">Bridge opens</text:p><text:h>A long   wait</text:h>\
            <text:p>The old<text:s/>bridge<text:note><text:p>A note.</text:p></text:note> fell.<text:line-break/>Twice.</text:p>";
        let bytes = document(body, "<m/>");
        assert!(sniff(&bytes[..100]));
        let extract = extract(bytes, None).unwrap();
        assert_eq!(extract.raw, "Bridge opens\n\nA long wait\n\nThe old bridge fell.\nTwice.");
        assert_eq!(extract.metadata.author, "Oskar Fenn");
    }

    #[test]
    fn an_encrypted_document_is_a_reason() {
        let bytes = document("<text:p>x</text:p>", "<m><manifest:encryption-data/></m>");
        assert_eq!(extract(bytes, None).unwrap_err().0, "encrypted");
    }
}

//! News in XML (`.xml`, `.nitf`, `.newsml`): NITF, NewsML-G2 and any XML whose elements are named for what they hold.
//!
//! It reads headline, byline, date and the paragraphs of the body by the names of elements, in one pass. Document
//! types and the entities that they declare are never read. XHTML goes to the reader of web pages.

use std::collections::BTreeMap;

use super::super::{Extract, Metadata, Reason, encoding};
use super::Format;
use super::html;
use super::markup::{Step, attribute, walk};
use crate::document::DateSource;

/// News in XML.
pub(super) const FORMAT: Format = Format { name: "xml", extensions: &["xml", "nitf", "newsml", "nml"], sniff, extract };

fn sniff(head: &[u8]) -> bool {
    let start = super::after_blanks_and_comments(head);
    start.starts_with(b"<?xml")
        || start.starts_with(b"<nitf")
        || start.starts_with(b"<newsItem")
        || start.starts_with(b"<!DOCTYPE nitf")
}

fn extract(bytes: Vec<u8>, declared: Option<&str>) -> Result<Extract, Reason> {
    let own = html::declaration(&bytes[..bytes.len().min(200)]);
    let (raw, encoding) = encoding::decode(bytes, own.as_deref().or(declared))?;
    let mut news = News::default();
    walk(&raw, true, &mut |step| news.step(step))?;
    let paragraphs = news.paragraphs(&raw)?;
    if paragraphs.is_empty() {
        let seen =
            if news.root.is_empty() { "no element".to_owned() } else { format!("the root element <{}>", news.root) };
        return Err(("no_text", format!("{seen} and no paragraphs (p, para, text or body) inside it")));
    }
    let title = news.take(TITLES);
    let date = news.take(DATES);
    let metadata = Metadata {
        author: news.authors.join(" and "),
        date_source: (!date.is_empty()).then_some(DateSource::Metadata),
        date,
        outlet: news.take(OUTLETS),
        section: news.take(SECTIONS),
        url: news.take(&["url", "link", "canonical", "uri"]),
        language: std::mem::take(&mut news.language),
        other: Vec::new(),
    };
    Ok(Extract::new(&title, &paragraphs.join("\n\n"), encoding, metadata))
}

/// Names of elements in lower case, the most telling first. A name with a dot is that of an attribute.
const TITLES: &[&str] = &["hl1", "headline", "hedline", "title", "head", "heading", "doc-title.", "name"];
const AUTHORS: &[&str] = &["byline", "by", "byttl", "author", "creator", "person", "writer"];
const DATES: &[&str] = &[
    "pubdata.date.publication",
    "date.issue.norm",
    "pubdate",
    "datepublished",
    "published",
    "publicationdate",
    "publication_date",
    "publishdate",
    "date_published",
    "datetime",
    "contentcreated",
    "date",
    "issued",
    "story.date",
    "firstcreated",
    "versioncreated",
    "created",
    "timestamp",
    "updated",
];
const OUTLETS: &[&str] = &[
    "pubdata.name",
    "publication",
    "newspaper",
    "outlet",
    "publisher",
    "sitename",
    "site_name",
    "infosource",
    "provider",
    "source",
    "creditline",
];
const SECTIONS: &[&str] = &["pubdata.position.section", "section", "category", "desk", "fixture.fix-id"];
/// Elements that are one paragraph each.
const PARAGRAPHS: &[&str] =
    &["p", "para", "paragraph", "li", "h2", "h3", "h4", "hl2", "blockquote", "subhead", "crosshead"];
/// Elements whose text is the article where there are no paragraphs.
const BODIES: &[&str] = &[
    "body.content",
    "body",
    "text",
    "fulltext",
    "full_text",
    "content",
    "story",
    "articlebody",
    "article_body",
    "encoded",
    "description",
    "block",
    "inlinedata",
    "main",
];
/// Elements that are left out with what is in them.
const HIDDEN: &[&str] = &[
    "media",
    "media-caption",
    "caption",
    "figure",
    "figcaption",
    "table",
    "fn",
    "footnote",
    "style",
    "script",
    "remoteinfo",
    "related",
    "tagline",
    "comments",
    "comment",
    "ref-list",
    "body.end",
    "copyright",
    "rights",
    "rightsinfo",
    "assignedto",
    "catalog",
];
/// Longest value of a field, bytes.
const MOST_FIELD: usize = 2_000;

#[derive(Default)]
struct News {
    root: String,
    language: String,
    /// Names of the open elements, up to a depth that matters.
    open: Vec<String>,
    deeper: usize,
    hidden: usize,
    fields: BTreeMap<String, String>,
    authors: Vec<String>,
    /// The paragraphs inside a body, and those outside any.
    inside: Vec<String>,
    outside: Vec<String>,
    line: String,
    /// Texts of body elements without paragraphs.
    bodies: BTreeMap<String, String>,
}

/// Deepest elements whose names are kept.
const MOST_DEPTH: usize = 256;

impl News {
    fn step(&mut self, step: Step) {
        match step {
            Step::Start(name, start) => self.start(name.to_ascii_lowercase(), start),
            Step::Text(text) => self.text(text),
            Step::End(name) => self.end(&name.to_ascii_lowercase()),
        }
    }

    fn start(&mut self, name: String, start: &quick_xml::events::BytesStart) {
        if self.root.is_empty() {
            self.root = name.clone();
        }
        if self.language.is_empty() {
            self.language = attribute(start, "lang");
        }
        if name == "language" && self.language.is_empty() {
            self.language = attribute(start, "tag");
        }
        for key in ["norm", "date.publication", "name", "position.section", "fix-id"] {
            let value = attribute(start, key);
            if !value.is_empty() && value.len() < MOST_FIELD {
                self.fields.entry(format!("{name}.{key}")).or_insert(value);
            }
        }
        if PARAGRAPHS.contains(&name.as_str()) {
            self.flush();
        }
        if name == "br" {
            self.line.push('\n');
        }
        if self.open.len() >= MOST_DEPTH {
            self.deeper += 1;
            return;
        }
        self.hidden += usize::from(HIDDEN.contains(&name.as_str()));
        self.open.push(name);
    }

    fn end(&mut self, name: &str) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(at) = self.open.iter().rposition(|open| open == name) else { return };
        if PARAGRAPHS.contains(&name) {
            self.flush();
        }
        if AUTHORS.contains(&name) && self.hidden == 0 && !self.in_body() {
            self.author(name);
        }
        for closed in self.open.drain(at..) {
            self.hidden -= usize::from(HIDDEN.contains(&closed.as_str()));
        }
    }

    fn in_body(&self) -> bool {
        self.open
            .iter()
            .any(|open| BODIES[..BODIES.len() - 1].contains(&open.as_str()) && open != "body" || open == "body.content")
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        if self.open.iter().any(|open| PARAGRAPHS.contains(&open.as_str())) && !self.in_head() {
            push(&mut self.line, text, usize::MAX);
            return;
        }
        let Some(name) = self.open.last().cloned() else { return };
        // The parts of a headline or a byline count for the whole.
        for open in self.open.iter().rev().take(3) {
            if TITLES.contains(&open.as_str()) || AUTHORS.contains(&open.as_str()) {
                push(self.fields.entry(open.clone()).or_default(), text, MOST_FIELD);
            }
        }
        match BODIES.contains(&name.as_str()) {
            true => push(self.bodies.entry(name).or_default(), text, usize::MAX),
            false if !TITLES.contains(&name.as_str()) && !AUTHORS.contains(&name.as_str()) => {
                let empty = self.fields.get(&name).is_none_or(|field| field.trim().is_empty());
                if empty {
                    push(self.fields.entry(name).or_default(), text, MOST_FIELD);
                }
            }
            false => {}
        }
    }

    /// Inside a headline or a byline, which may hold paragraphs.
    fn in_head(&self) -> bool {
        self.open
            .iter()
            .any(|open| matches!(open.as_str(), "hedline" | "hl1" | "byline" | "headline" | "dateline" | "abstract"))
            && !self.open.iter().any(|open| open == "body.content")
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        if self.open.iter().any(|open| BODIES.contains(&open.as_str())) {
            self.inside.push(line.to_owned());
        } else {
            self.outside.push(line.to_owned());
        }
    }

    fn author(&mut self, name: &str) {
        let Some(found) = self.fields.remove(name) else { return };
        let found = found.split_whitespace().collect::<Vec<_>>().join(" ");
        let again = self.authors.iter().any(|author| author.contains(&found) || found.contains(author.as_str()));
        if !found.is_empty() && found.len() <= 200 && !again && self.authors.len() < 10 {
            self.authors.push(found);
        }
    }

    fn take(&mut self, names: &[&str]) -> String {
        let found = names.iter().find_map(|name| self.fields.get(*name).filter(|value| !value.trim().is_empty()));
        found.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
    }

    /// The paragraphs of the body, else those elsewhere, else the longest text of an element named for it.
    fn paragraphs(&mut self, raw: &str) -> Result<Vec<String>, Reason> {
        self.flush();
        if self.root == "html" {
            return Ok(html::whole_text(raw)?.split("\n\n").map(str::to_owned).collect());
        }
        let named = BODIES.iter().filter_map(|name| self.bodies.get(*name)).max_by_key(|text| text.trim().len());
        let named = named.map(|text| text.trim()).unwrap_or_default();
        let length = |paragraphs: &[String]| paragraphs.iter().map(String::len).sum::<usize>();
        let found = if self.inside.is_empty() { &self.outside } else { &self.inside };
        if length(found) >= named.len() / 2 && !found.is_empty() {
            return Ok(found.clone());
        }
        if named.contains("</p>") || named.contains("<p>") || named.contains("<br") {
            return Ok(html::whole_text(named)?.split("\n\n").map(str::to_owned).collect());
        }
        let blocks = named.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
        Ok(blocks.map(str::to_owned).collect())
    }
}

/// Appends text up to a length.
fn push(field: &mut String, text: &str, most: usize) {
    if field.len() + text.len() <= most {
        field.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Extract {
        extract(xml.as_bytes().to_vec(), None).unwrap()
    }

    #[test]
    fn nitf_is_read() {
        let extract = read(
            "<?xml version=\"1.0\"?><!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf><head><title>bridge-slug</title><docdata><date.issue norm=\"20210403T101500Z\"/></docdata>\
             <pubdata date.publication=\"20210403\" name=\"The Wend Courier\" position.section=\"Local\"/></head><body><body.head><hedline><hl1>Bridge opens</hl1>\
             <hl2>At last</hl2></hedline><byline>By <person>Tilda Marsh</person><byttl>Staff Writer</byttl></byline></body.head><body.content><p>The old <b>bridge</b> was rebuilt.</p>\
             <media><media-caption><p>A caption.</p></media-caption></media><p>It is &amp; stays.</p></body.content><body.end><tagline>x</tagline></body.end></body></nitf>",
        );
        assert_eq!(extract.raw, "Bridge opens\n\nThe old bridge was rebuilt.\n\nIt is & stays.");
        let metadata = extract.metadata;
        assert!(
            metadata.author.starts_with("By Tilda Marsh") || metadata.author.starts_with("Tilda Marsh"),
            "{}",
            metadata.author
        );
        assert_eq!(
            (metadata.date.as_str(), metadata.outlet.as_str(), metadata.section.as_str()),
            ("20210403", "The Wend Courier", "Local")
        );
    }

    #[test]
    fn newsml_is_read() {
        let extract = read(
            "<newsItem xml:lang=\"en\"><itemMeta><provider/><versionCreated>2021-04-03T11:00:00Z</versionCreated></itemMeta><contentMeta><contentCreated>2021-04-03T10:00:00Z</contentCreated>\
             <by>Tilda Marsh</by><headline>Bridge opens</headline></contentMeta><contentSet><inlineXML><html><head><title>t</title></head><body><p>First.</p><p>Second.</p></body></html></inlineXML></contentSet></newsItem>",
        );
        assert_eq!(extract.raw, "Bridge opens\n\nFirst.\n\nSecond.");
        assert_eq!(
            (extract.metadata.author.as_str(), extract.metadata.date.as_str()),
            ("Tilda Marsh", "2021-04-03T10:00:00Z")
        );
        assert_eq!(extract.metadata.language, "en");
    }

    #[test]
    fn elements_named_for_what_they_hold_are_read() {
        let extract = read(
            "<?xml version=\"1.0\"?><article><title>Bridge opens</title><author>Tilda Marsh</author><author>Oskar Fenn</author><date>2021-04-03</date><source>Courier</source><text>First part.\n\nSecond part.</text></article>",
        );
        assert_eq!(extract.raw, "Bridge opens\n\nFirst part.\n\nSecond part.");
        assert_eq!(
            (extract.metadata.author.as_str(), extract.metadata.outlet.as_str()),
            ("Tilda Marsh and Oskar Fenn", "Courier")
        );
        let extract =
            read("<doc><heading>Bridge opens</heading><body><![CDATA[<p>First.</p><p>Second.</p>]]></body></doc>");
        assert_eq!(extract.raw, "Bridge opens\n\nFirst.\n\nSecond.");
    }

    #[test]
    fn entities_do_not_grow_and_depth_does_not_matter() {
        let laughs = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><a><p>Then &b; end &#65;.</p></a>";
        assert_eq!(read(laughs).raw, "Then   end A.");
        let nested = format!("<a><p>Shallow.</p>{}", "<b>".repeat(500_000));
        assert_eq!(read(&nested).raw, "Shallow.");
        assert_eq!(extract(b"<?xml version=\"1.0\"?><a><b>1</b></a>".to_vec(), None).unwrap_err().0, "no_text");
    }
}

//! Documents for the stages' tests, made from plain strings: paragraphs are lines, and a first line `# ...` is a title.

use crate::annotate::annotators;
use crate::document::{Article, DocId, Document, Encoding, Passage, PassageKind, SourceMap, Span};

/// An article whose clean text is its raw text.
pub(crate) fn article(text: &str) -> Article {
    let title = text.strip_prefix("# ").map(|_| text.split('\n').next().unwrap_or(""));
    let mut passages = Vec::new();
    let mut clean = String::new();
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let is_title = title == Some(line);
        let start = clean.len() as u32;
        clean.push_str(line.strip_prefix("# ").filter(|_| is_title).unwrap_or(line));
        let kind = if is_title {
            PassageKind::Title
        } else {
            PassageKind::Paragraph
        };
        passages.push(Passage {
            kind,
            span: Span::new(start, clean.len() as u32),
        });
        clean.push('\n');
    }
    Article {
        id: DocId(1),
        path: "a.txt".into(),
        sha256: String::new(),
        encoding: Encoding::Utf8,
        raw: clean.clone(),
        text: clean,
        source: SourceMap::default(),
        passages,
        author: String::new(),
        date: None,
        date_source: None,
        paragraphs_rejoined: 0,
        boilerplate: Vec::new(),
        warnings: Vec::new(),
    }
}

/// A document with tokens and sentences only.
pub(crate) fn tokenized(text: &str) -> Document {
    let mut doc = Document::from_article(article(text));
    for stage in annotators().iter().take(2) {
        stage.annotate(&mut doc);
    }
    doc
}

/// A document with every layer.
#[allow(dead_code)]
pub(crate) fn annotated(text: &str) -> Document {
    let mut doc = Document::from_article(article(text));
    for stage in annotators() {
        stage.annotate(&mut doc);
    }
    doc
}

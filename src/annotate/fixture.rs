//! Documents for the stages' tests, made from plain strings: paragraphs are lines, and a first line `# ...` is a title.

use crate::annotate::annotators;
use crate::config::CorpusConfig;
use crate::document::{
    AliasRule, Article, DocId, Document, Entity, EntityId, EntityKind, Layer, Mention, Passage, PassageKind, Role, Span,
};

/// An article whose clean text is its raw text.
pub(crate) fn article(text: &str) -> Article {
    let title = text.strip_prefix("# ").map(|_| text.split('\n').next().unwrap_or(""));
    let mut passages = Vec::new();
    let mut clean = String::new();
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let is_title = title == Some(line);
        let start = clean.len() as u32;
        clean.push_str(line.strip_prefix("# ").filter(|_| is_title).unwrap_or(line));
        let kind = if is_title { PassageKind::Title } else { PassageKind::Paragraph };
        passages.push(Passage { kind, span: Span::new(start, clean.len() as u32) });
        clean.push('\n');
    }
    Article { id: DocId(1), path: "a.txt".into(), raw: clean.clone(), text: clean, passages, ..Article::default() }
}

/// A document with tokens and sentences only.
pub(crate) fn tokenized(text: &str) -> Document {
    let mut doc = Document::from_article(article(text));
    for stage in annotators(&CorpusConfig::default(), Layer::Opinions).iter().take(2) {
        stage.annotate(&mut doc);
    }
    doc
}

/// A document with every layer.
#[allow(dead_code)]
pub(crate) fn annotated(text: &str) -> Document {
    let mut doc = Document::from_article(article(text));
    for stage in annotators(&CorpusConfig::default(), Layer::Opinions) {
        stage.annotate(&mut doc);
    }
    doc
}

/// A document whose mentions are written `{so}` in the text, each name a person of its own; with quotations and opinions.
pub(crate) fn quoted(text: &str) -> Document {
    let plain: String = text.chars().filter(|c| !matches!(c, '{' | '}')).collect();
    let mut doc = tokenized(&plain);
    let mut start = 0;
    let braces = text.char_indices().filter(|(_, c)| matches!(c, '{' | '}'));
    for (removed, (at, c)) in braces.enumerate() {
        let byte = (at - removed) as u32;
        if c == '{' {
            start = byte;
            continue;
        }
        let span = Span::new(start, byte);
        let name = doc.text(span).to_string();
        let entity = doc.entities.iter().position(|e| e.name == name).unwrap_or_else(|| {
            doc.entities.push(Entity { name, kind: EntityKind::Person });
            doc.entities.len() - 1
        });
        let first = doc.tokens.partition_point(|t| t.span.end <= span.start) as u32;
        let last = doc.tokens.partition_point(|t| t.span.start < span.end) as u32;
        doc.mentions.push(Mention {
            span,
            tokens: Span::new(first, last),
            sentence: doc.sentences.partition_point(|s| s.tokens.end <= first) as u32,
            entity: EntityId(entity as u32),
            role: Role::Name,
            rule: AliasRule::Exact,
            confidence: 100,
            quotation: None,
        });
    }
    for stage in annotators(&CorpusConfig::default(), Layer::Opinions).iter().skip(4) {
        stage.annotate(&mut doc);
    }
    doc
}

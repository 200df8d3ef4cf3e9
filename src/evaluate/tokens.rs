//! Tokens and sentences against treebanks: `{id, text, sents, tokens}` a line, spans in characters, a blank line
//! between paragraphs. A span is right when both its ends are.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::score::Score;
use super::{Outcome, Task, gold};
use crate::annotate::annotators;
use crate::config::CorpusConfig;
use crate::document::{Article, Byte, Document, Layer, Passage, PassageKind, Span};
use crate::error::Result;

/// The task.
pub(super) const TASK: Task = Task {
    name: "tokens",
    about: "Boundaries of tokens and sentences in JSON lines of {text, sents, tokens}, spans in characters.",
    run,
};

#[derive(Deserialize)]
struct Gold {
    text: String,
    sents: Vec<[u32; 2]>,
    tokens: Vec<[u32; 2]>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

#[derive(Serialize)]
struct Predicted<'a> {
    text: &'a str,
    sents: &'a [[u32; 2]],
    tokens: &'a [[u32; 2]],
    #[serde(flatten)]
    other: &'a Map<String, Value>,
    predicted: Layers<'a>,
}

#[derive(Serialize)]
struct Layers<'a> {
    sents: &'a [[u32; 2]],
    tokens: &'a [[u32; 2]],
}

fn run(path: &Path) -> Result<Outcome> {
    let (mut sentences, mut tokens, mut words) = (Score::default(), Score::default(), Score::default());
    let mut outcome = Outcome::default();
    for gold in gold::records::<Gold>(path)? {
        let document = segmented(&gold.text);
        let characters = gold::Characters::of(&document.article.text);
        let spans = |spans: &mut dyn Iterator<Item = Span<Byte>>| spans.map(|span| characters.span(span)).collect();
        let found_tokens: Vec<_> = spans(&mut document.tokens.iter().map(|token| token.span));
        let found_sentences: Vec<_> = spans(&mut document.sentences.iter().map(|sentence| sentence.span));
        sentences.add(&found_sentences, &gold.sents);
        tokens.add(&found_tokens, &gold.tokens);
        words.add(&joined(&gold.text, &found_tokens), &joined(&gold.text, &gold.tokens));
        let predicted = Predicted {
            text: &gold.text,
            sents: &gold.sents,
            tokens: &gold.tokens,
            other: &gold.other,
            predicted: Layers { sents: &found_sentences, tokens: &found_tokens },
        };
        outcome.predictions += &serde_json::to_string(&predicted).unwrap_or_default();
        outcome.predictions.push('\n');
    }
    sentences.report("sentence", &mut outcome.metrics);
    tokens.report("token", &mut outcome.metrics);
    words.report("joined_token", &mut outcome.metrics);
    Ok(outcome)
}

/// A text through the first two stages, each paragraph a passage; offsets of the text stay as they are.
fn segmented(text: &str) -> Document {
    let mut passages = Vec::new();
    let mut start = 0;
    for paragraph in text.split_inclusive("\n\n") {
        let end = start + paragraph.trim_end().len();
        if end > start {
            let span = Span::new(start as u32, end as u32);
            passages.push(Passage { kind: PassageKind::Paragraph, span });
        }
        start += paragraph.len();
    }
    let text: String = text.into();
    let article = Article { raw: text.clone(), text, passages, ..Article::default() };
    let mut document = Document::from_article(article);
    for stage in annotators(&CorpusConfig::default(), Layer::Tokens) {
        stage.annotate(&mut document);
    }
    document
}

/// Tokens with what treebanks split inside a word joined again: clitics (`do|n't`, `Ann|'s`), hyphenated words, numbers
/// with their currency or percent sign.
fn joined(text: &str, tokens: &[[u32; 2]]) -> Vec<[u32; 2]> {
    let text: Vec<char> = text.chars().collect();
    let at = |place: u32| text.get(place as usize).copied().unwrap_or(' ');
    let mut joined: Vec<[u32; 2]> = Vec::with_capacity(tokens.len());
    for &[start, end] in tokens {
        let held =
            joined.last_mut().filter(|held| held[1] == start && is_inside(at(start - 1), at(start), at(start + 1)));
        match held {
            Some(held) => held[1] = end,
            None => joined.push([start, end]),
        }
    }
    joined
}

/// Whether a word or number goes on between two characters that touch; `next` stands behind the second.
fn is_inside(left: char, right: char, next: char) -> bool {
    let joins = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’');
    match (left, right) {
        (left, right) if left.is_alphanumeric() && joins(right) => next.is_alphanumeric(),
        (left, right) if joins(left) || matches!(left, '$' | '£' | '€') => right.is_alphanumeric(),
        (left, '%') => left.is_ascii_digit(),
        (left, right) => left.is_alphanumeric() && right.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::run;

    #[test]
    fn spans_are_compared_in_characters() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let gold = "{\"id\":\"a\",\"text\":\"Café shut.\\n\\nIt rained. All day.\",\"sents\":[[0,10],[12,32]],\
                    \"tokens\":[[0,4],[5,9],[9,10],[12,14],[15,21],[21,22],[23,26],[27,30],[30,31]]}\n";
        std::fs::write(file.path(), gold).unwrap();
        let outcome = run(file.path()).unwrap();
        let metric = |name: &str| outcome.metrics.iter().find(|metric| metric.0 == name).unwrap().1;
        // Three sentences are found, two are there, one is right.
        assert!((metric("sentence_f1") - 0.4).abs() < 1e-9, "{:?}", outcome.metrics);
        let line: serde_json::Value = serde_json::from_str(outcome.predictions.trim()).unwrap();
        assert_eq!(line["predicted"]["sents"], serde_json::json!([[0, 10], [12, 22], [23, 31]]));
        assert_eq!(line["id"], "a");
    }

    #[test]
    fn a_malformed_line_is_told_with_its_number() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "\n{\"text\": 3}\n").unwrap();
        let error = run(file.path()).unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
    }
}

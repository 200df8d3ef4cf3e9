//! Documents made of tokenised sentences, and small random corpora, for the tests of counting.

use proptest::prelude::*;

use crate::config::CountConfig;
use crate::count::{Census, Segment};
use crate::document::{Article, Date, DocId, Document, Passage, PassageKind, Sentence, Span, Token, TokenKind};
use crate::record::{CueRecord, OpinionRecord, VoiceRecord};

/// A body: paragraphs of sentences of tokens.
pub(crate) type Body = Vec<Vec<Vec<String>>>;

/// A body from text: paragraphs end at `|`, sentences at `.`, tokens at spaces.
pub(crate) fn body(text: &str) -> Body {
    let sentence = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    let paragraph = |text: &str| text.trim().trim_end_matches('.').split('.').map(sentence).collect();
    text.split('|').map(paragraph).collect()
}

/// A document with a title that must not be counted. `,` is a mark; what starts with a digit is a number.
pub(crate) fn document(id: u32, body: &Body) -> Document {
    let mut article = Article {
        id: DocId(id),
        path: format!("{id}.txt"),
        date: Date::from_ymd(2024, 1, 1 + (id % 28) as u8),
        ..Article::default()
    };
    let title = vec![vec!["headline".to_owned()]];
    let mut norms = String::new();
    let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
    for (number, paragraph) in std::iter::once(&title).chain(body).enumerate() {
        let start = article.text.len() as u32;
        for words in paragraph {
            let (first, from) = (tokens.len() as u32, article.text.len() as u32);
            for word in words {
                tokens.push(token(word, &mut article.text, &mut norms));
            }
            sentences.push(Sentence {
                span: Span::new(from, article.text.len() as u32),
                tokens: Span::new(first, tokens.len() as u32),
                passage: number as u32,
                number: if number == 0 { 0 } else { sentences.len() as u32 },
            });
        }
        article.passages.push(Passage {
            kind: if number == 0 { PassageKind::Title } else { PassageKind::Paragraph },
            span: Span::new(start, article.text.len() as u32),
        });
        article.text.push('\n');
    }
    let mut doc = Document::from_article(article);
    (doc.norms, doc.tokens, doc.sentences) = (norms, tokens, sentences);
    doc
}

fn token(word: &str, text: &mut String, norms: &mut String) -> Token {
    let start = text.len() as u32;
    text.push_str(word);
    let end = text.len() as u32;
    text.push(' ');
    let kind = match word.chars().next() {
        Some(',') => TokenKind::Punctuation,
        Some('0'..='9') => TokenKind::Number,
        _ => TokenKind::Word,
    };
    let norm = norms.len() as u32;
    if kind != TokenKind::Punctuation {
        norms.push_str(word);
    }
    Token { span: Span::new(start, end), base_end: end, norm: Span::new(norm, norms.len() as u32), kind }
}

/// The sealed segment of some documents.
pub(crate) fn segment(docs: &[(u32, Body)]) -> Segment {
    let mut census = Census::new(&CountConfig::default());
    for (id, body) in docs {
        census.observe(&document(*id, body));
    }
    census.seal()
}

/// Up to 8 documents of few distinct words, among them stop words, numbers, marks and long words; some are empty.
pub(crate) fn corpus() -> impl Strategy<Value = Vec<(u32, Body)>> {
    let words = [
        "the",
        "US",
        "us",
        "peace",
        "talks",
        "Xi",
        "a",
        "12",
        "7",
        ",",
        "é",
        "naïve",
        "treaty",
        "intercontinental-ballistic",
        "of",
        "war",
    ];
    let word = proptest::sample::select(words.map(str::to_owned).to_vec());
    let sentence = proptest::collection::vec(word, 0..12);
    let paragraph = proptest::collection::vec(sentence, 1..4);
    let body = proptest::collection::vec(paragraph, 0..4);
    proptest::collection::vec(body, 0..8).prop_map(|bodies| (1..).zip(bodies).collect())
}

/// Options that make small corpora meet every limit.
pub(crate) fn options() -> impl Strategy<Value = CountConfig> {
    (1u32..6, 2u32..6, 1u32..8).prop_map(|(window, ngram_max, unit_cap)| CountConfig {
        window,
        ngram_max,
        unit_cap,
        ..CountConfig::default()
    })
}

/// An opinion with cues of these contributions.
pub(crate) fn opinion(polarity: i16, voice: VoiceRecord, quotation: Option<u32>, cues: &[i32]) -> OpinionRecord {
    let cue = |&contribution: &i32| CueRecord {
        text: String::new(),
        weight: 0,
        modifiers: Vec::new(),
        rule: String::new(),
        distance: 1,
        contribution,
        char_start: 0,
        char_end: 0,
    };
    OpinionRecord { polarity, voice, quotation, cues: cues.iter().map(cue).collect() }
}

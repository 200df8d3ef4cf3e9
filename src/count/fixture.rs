//! Documents made of tokenised sentences, and small random corpora, for the tests of counting.

use proptest::prelude::*;

use crate::config::CountConfig;
use crate::count::{Census, Segment};
use crate::document::{
    AliasRule, Article, Date, DocId, Document, EntityKind, Label, Passage, PassageKind, QuotationKind, Role, Sentence,
    Span, Token, TokenKind,
};
use crate::record::{
    CueRecord, DocumentRecord, EntityRecord, MentionRecord, OpinionRecord, QuotationRecord, Records, SentenceRecord,
    VoiceRecord,
};

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
    let label = match polarity {
        50.. => Label::Positive,
        ..=-50 => Label::Negative,
        _ => Label::Neutral,
    };
    let cues = cues.iter().map(cue).collect();
    OpinionRecord { polarity, label, probabilities: [0; 3], voice, quotation, cues }
}

/// A mention: entity, sentence (0 is the title), position, length, role, polarity with voice and speaker.
pub(crate) type Shape = (u32, u32, u32, u32, Role, Option<(i16, VoiceRecord, Option<u32>)>);

fn quotation(speaker: Option<u32>) -> QuotationRecord {
    QuotationRecord {
        kind: QuotationKind::Direct,
        text: String::new(),
        words: 0,
        parent: None,
        paragraph: 1,
        speaker_surface: String::new(),
        speaker,
        speaker_2: None,
        cue: String::new(),
        cue_class: 0,
        rule: String::new(),
        confidence: 0,
        unclosed: false,
        targets: Vec::new(),
        tone: (0, 0),
        char_start: 0,
        char_end: 0,
    }
}

/// Records of a document of 20 tokens whose sentences 1 and 2 are paragraph 1, 3 and 4 paragraph 2, and so on.
pub(crate) fn records(id: u32, shapes: &[Shape]) -> Records {
    let mut quotations = Vec::new();
    let mut mention = |&(entity, sentence, position, length, role, scored): &Shape| MentionRecord {
        surface: format!("surface {}", entity + position % 2),
        entity,
        role,
        rule: AliasRule::Exact,
        confidence: 50 + position as u8 % 50,
        char_start: 0,
        char_end: 0,
        line: 1,
        sentence,
        within: 0,
        position,
        length,
        quotation: None,
        opinion: scored.map(|(polarity, voice, speaker)| {
            quotations.push(quotation(speaker));
            opinion(polarity, voice, Some(quotations.len() as u32 - 1), &[40, -20])
        }),
    };
    let mentions = shapes.iter().map(&mut mention).collect();
    let sentence = |number: u32| SentenceRecord {
        number,
        paragraph: number.div_ceil(2),
        text: String::new(),
        words: 0,
        tone: None,
    };
    let entity = |number: u32| EntityRecord { name: format!("Entity {number}").into(), kind: EntityKind::Person };
    Records {
        document: DocumentRecord {
            id,
            date: Date::from_ymd(2024, 5, 1 + (id % 28) as u8),
            paragraphs: 3,
            sentences: 6,
            tokens: 20,
            ..DocumentRecord::default()
        },
        sentences: (0..7).map(sentence).collect(),
        entities: (0..5).map(entity).collect(),
        mentions,
        quotations,
        removed: Vec::new(),
        kwic: Vec::new(),
    }
}

/// Document-local entity `i` is corpus-wide `(i + document) % 5`.
pub(crate) fn identity(id: u32) -> Vec<u32> {
    (0..5).map(|entity| (entity + id) % 5).collect()
}

/// A mention by name of one word without an opinion.
pub(crate) fn named(entity: u32, sentence: u32, position: u32) -> Shape {
    (entity, sentence, position, 1, Role::Name, None)
}

fn shape() -> impl Strategy<Value = Shape> {
    let role = proptest::sample::select(vec![Role::Name, Role::HyphenPart, Role::Demonym, Role::Metonym]);
    let voice = proptest::sample::select(vec![VoiceRecord::Author, VoiceRecord::Quoted, VoiceRecord::Attributed]);
    let scored = proptest::option::of((-1000i16..=1000, voice, proptest::option::of(0u32..5)));
    (0u32..5, 0u32..7, 0u32..20, 1u32..3, role, scored)
}

/// Up to 6 documents of random mentions.
pub(crate) fn mentioning() -> impl Strategy<Value = Vec<Records>> {
    let document = proptest::collection::vec(shape(), 0..12);
    proptest::collection::vec(document, 0..7)
        .prop_map(|all| (1..).zip(all).map(|(id, shapes)| records(id, &shapes)).collect())
}

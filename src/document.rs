//! The nouns of the product as plain data: an `Article` is what was read from a file, a `Document` is an article
//! plus its layers (tokens, sentences, quotations, entities, mentions, opinions).
//!
//! Every layer is a vector of spans into an earlier one, so a document owns all it needs and can be annotated on any
//! thread and dropped. Nothing here reads a file, counts, or knows an identity that means anything outside the
//! document, except [`DocId`].
//!
//! Two texts are kept. `raw` is the decoded file (without a byte-order mark); `text` is the clean text that the
//! stages read, in which every passage is one line. [`SourceMap`] leads from any byte of `text` back to `raw`.

mod article;
pub mod bits;
mod entity;
mod hit;
mod line;
mod opinion;
mod quotation;
mod span;
mod token;

use std::fmt;

pub use article::{
    Article, Date, DateSource, Duplicate, Encoding, EncodingEvidence, OffsetsIn, OutsideColumn, Passage, PassageKind,
    Removed, RemovedBy, RowOutside, SourceMap,
};
pub use entity::{AliasRule, Entity, EntityId, EntityKind, Mention, Role};
pub use hit::Hit;
pub use line::{one_line, with_lines};
pub use opinion::{Cue, Label, Opinion, Polarity, Tone, Voice};
pub use quotation::{Quotation, QuotationKind, Speaker};
pub use span::{Byte, Norm, Span, Tok};
pub use token::{Sentence, Token, TokenKind};

/// Ordinal of an article in the corpus, counted from 1 in input order (path, then record).
/// The reader gives it; no thread ever does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct DocId(pub u32);

impl fmt::Display for DocId {
    /// The form of the tables: `d` and eight digits, so that text order is input order.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "d{:08}", self.0)
    }
}

/// What is known of a document beyond its text, layer on layer: each needs those above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Tokens, sentences, language.
    Tokens,
    /// Entities and their mentions.
    Entities,
    /// Quotations and their speakers.
    Quotations,
    /// Opinions of mentions.
    Opinions,
}

/// An article and its layers.
#[derive(Clone, Debug)]
pub struct Document {
    /// What was read.
    pub article: Article,
    /// What the counted forms of all tokens are slices of.
    pub norms: String,
    /// The tokens of all passages.
    pub tokens: Vec<Token>,
    /// The sentences; they partition the tokens.
    pub sentences: Vec<Sentence>,
    /// Quotations in order of their first byte; one around another comes first.
    pub quotations: Vec<Quotation>,
    /// The entities named here.
    pub entities: Vec<Entity>,
    /// Where they are named.
    pub mentions: Vec<Mention>,
    /// How they are spoken of; one for each mention that was scored, in order of mentions.
    pub opinions: Vec<Opinion>,
    /// The tone of each sentence; empty for what is not scored.
    pub tones: Vec<Tone>,
    /// Where the patterns of the concordance occur, in text order.
    pub hits: Vec<Hit>,
}

impl Document {
    /// A document without layers.
    pub fn from_article(article: Article) -> Document {
        Document {
            article,
            norms: String::new(),
            tokens: Vec::new(),
            sentences: Vec::new(),
            quotations: Vec::new(),
            entities: Vec::new(),
            mentions: Vec::new(),
            opinions: Vec::new(),
            tones: Vec::new(),
            hits: Vec::new(),
        }
    }

    /// The text under a byte span.
    pub fn text(&self, span: Span<Byte>) -> &str {
        &self.article.text[span.range()]
    }

    /// A token as it stands in the clean text.
    pub fn surface(&self, token: &Token) -> &str {
        self.text(token.span)
    }

    /// A token without its possessive ending.
    pub fn base(&self, token: &Token) -> &str {
        &self.article.text[token.span.start as usize..token.base_end as usize]
    }

    /// The counted form of a token.
    pub fn norm(&self, token: &Token) -> &str {
        &self.norms[token.norm.range()]
    }

    /// The tokens that begin inside a span.
    pub fn tokens_in(&self, span: Span<Byte>) -> &[Token] {
        let first = self.tokens.partition_point(|t| t.span.start < span.start);
        let last = self.tokens.partition_point(|t| t.span.start < span.end);
        &self.tokens[first..last.max(first)]
    }

    /// Whether a sentence belongs to the title.
    pub fn in_title(&self, sentence: &Sentence) -> bool {
        self.article.passages[sentence.passage as usize].kind == PassageKind::Title
    }
}

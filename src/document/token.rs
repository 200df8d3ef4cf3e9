//! The layers of tokens and sentences.

use super::{Byte, Norm, Span, Tok};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens, digits (`US-dominated`, `Siberia-2`).
    Word,
    /// Digits with their marks (`1,234.5`, `50%`, `$3`, `1990s`).
    Number,
    /// One mark, or a run of the same mark (`...`).
    Punctuation,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// `@name` or `#name`.
    Handle,
    /// Anything else: symbols, emoji.
    Symbol,
}

/// One token of the clean text. Tokens never overlap, never hold white space and come in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in `Article::text`, possessive ending included.
    pub span: Span<Byte>,
    /// End of the word without its possessive ending (`Xi` in `Xi's`); `span.end` where there is none.
    pub base_end: u32,
    /// The form that is counted, a slice of `Document::norms`; empty for what is not counted.
    pub norm: Span<Norm>,
    /// What it is.
    pub kind: TokenKind,
}

impl Token {
    /// Whether the token is counted: words and numbers are; marks, addresses and symbols are not.
    pub fn is_counted(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number)
    }
}

/// A sentence: consecutive tokens of one passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in `Article::text`.
    pub span: Span<Byte>,
    /// Its tokens.
    pub tokens: Span<Tok>,
    /// Index into `Article::passages`.
    pub passage: u32,
    /// Number in the body, counted from 1; 0 in the title.
    pub number: u32,
}

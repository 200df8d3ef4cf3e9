//! The layer of the concordance: where the user's patterns occur.

use std::sync::Arc;

use super::{Byte, Span, Tok};

/// A place where a pattern occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The pattern, as the user wrote it.
    pub pattern: Arc<str>,
    /// Index into `Document::sentences`.
    pub sentence: u32,
    /// The tokens that it covers, at least one.
    pub tokens: Span<Tok>,
    /// What is shown of its sentence, in bytes of `Article::text`; the tokens lie inside.
    pub context: Span<Byte>,
    /// The innermost quotation around it, in marks or without: index into `Document::quotations`.
    pub quotation: Option<u32>,
}

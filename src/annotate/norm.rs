//! The counted form of a token ([`form`]), and when its capitals tell nothing.

use crate::document::{Norm, Span, Token, TokenKind};
use crate::model::form;

/// Whether most words of a passage are written in capitals, so that capitals tell nothing.
pub(super) fn is_all_capitals(text: &str, tokens: &[Token]) -> bool {
    let (mut upper, mut words) = (0, 0);
    for token in tokens.iter().filter(|t| t.kind == TokenKind::Word && t.span.len() > 1) {
        words += 1;
        let surface = text[token.span.range()].as_bytes();
        upper += usize::from(!surface.iter().any(u8::is_ascii_lowercase) && surface.is_ascii());
    }
    words >= 3 && upper * 10 >= words * 7
}

/// Appends the counted form of a token to `norms`.
pub(super) fn push(text: &str, token: &Token, capitals: bool, norms: &mut String) -> Span<Norm> {
    let start = norms.len() as u32;
    if token.is_counted() {
        let base = &text[token.span.start as usize..token.base_end as usize];
        form::push(base, token.kind == TokenKind::Word && form::is_dotted(base), capitals, norms);
    }
    Span::new(start, norms.len() as u32)
}

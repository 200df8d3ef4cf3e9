//! The counted form of a token ([`form`]), and when its capitals tell nothing.
//!
//! The forms of a passage are slices of one lower-case copy of it, made at one stroke; only the few words whose form is
//! more than that (not ASCII, dots of an acronym) are written behind it.

use crate::document::{Byte, Norm, Span, Token, TokenKind};
use crate::model::form;

/// Whether most words of a passage are written in capitals, so that capitals tell nothing.
pub(super) fn is_all_capitals(text: &str, tokens: &[Token]) -> bool {
    let (mut upper, mut words) = (0, 0);
    for token in tokens.iter().filter(|t| t.kind == TokenKind::Word && t.span.len() > 1) {
        words += 1;
        let surface = text[token.span.range()].as_bytes();
        // The second letter tells of most words that they are not.
        let small = surface[1].is_ascii_lowercase() || surface.iter().any(u8::is_ascii_lowercase);
        upper += usize::from(!small && surface.is_ascii());
    }
    words >= 3 && upper * 10 >= words * 7
}

/// Writes the counted forms of the tokens of a passage to `norms`, and into each token where its form is.
pub(super) fn push(text: &str, passage: Span<Byte>, tokens: &mut [Token], capitals: bool, norms: &mut String) {
    let copy = norms.len();
    norms.push_str(&text[passage.range()]);
    norms[copy..].make_ascii_lowercase();
    for token in tokens {
        if !token.is_counted() {
            token.norm = Span::new(norms.len() as u32, norms.len() as u32);
            continue;
        }
        let base = &text[token.span.start as usize..token.base_end as usize];
        let dotless = token.kind == TokenKind::Word && form::is_dotted(base);
        if dotless || !base.is_ascii() {
            let start = norms.len() as u32;
            form::push(base, dotless, capitals, norms);
            token.norm = Span::new(start, norms.len() as u32);
            continue;
        }
        let place = |at: u32| at - passage.start + copy as u32;
        let form: Span<Norm> = Span::new(place(token.span.start), place(token.base_end));
        if !capitals && form::keeps_capitals(base, &norms[form.range()]) {
            norms[form.range()].make_ascii_uppercase();
        }
        token.norm = form;
    }
}

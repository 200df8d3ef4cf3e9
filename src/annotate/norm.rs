//! The counted form of a token ([`form`]), and when its capitals tell nothing.
//!
//! The forms of a passage are slices of one lower-case copy of it, made at one stroke; only the few words whose form is
//! more than that (not ASCII, dots of an acronym) are written behind it.

use crate::document::{Byte, Norm, Span, Token, TokenKind};
use crate::model::form;

/// How many words of a passage are written in capitals.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Capitals {
    /// Words of more than one byte.
    pub(super) words: usize,
    upper: usize,
}

impl Capitals {
    /// Takes a token of a passage.
    pub(super) fn see(&mut self, text: &str, token: &Token) {
        if token.kind != TokenKind::Word || token.span.len() <= 1 {
            return;
        }
        self.words += 1;
        let surface = text[token.span.range()].as_bytes();
        // The second letter tells of most words that they are not.
        let small = surface[1].is_ascii_lowercase() || surface.iter().any(u8::is_ascii_lowercase);
        self.upper += usize::from(!small && surface.is_ascii());
    }

    /// Takes a word of several ASCII capitals.
    pub(super) fn see_acronym(&mut self) {
        self.words += 1;
        self.upper += 1;
    }

    /// Whether most words are written in capitals, so that capitals tell nothing.
    pub(super) fn tell_nothing(self) -> bool {
        self.words >= 3 && self.upper * 10 >= self.words * 7
    }
}

/// Whether most words of a passage are written in capitals, so that capitals tell nothing.
pub(super) fn is_all_capitals(text: &str, tokens: &[Token]) -> bool {
    let mut capitals = Capitals::default();
    tokens.iter().for_each(|token| capitals.see(text, token));
    capitals.tell_nothing()
}

/// Appends the counted form of one counted token.
pub(super) fn push_form(text: &str, token: &Token, capitals: bool, out: &mut String) {
    let base = &text[token.span.start as usize..token.base_end as usize];
    form::push(base, is_dotless(base, token), capitals, out);
}

/// Whether the counted form of a token has lost the dots of an acronym.
fn is_dotless(base: &str, token: &Token) -> bool {
    token.kind == TokenKind::Word && form::is_dotted(base)
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
        let dotless = is_dotless(base, token);
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

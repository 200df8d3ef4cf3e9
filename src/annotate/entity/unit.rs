//! What the tagger reads of a sentence: its tokens with possessive endings cut off and hyphenated words taken apart, so
//! that `Xi-Putin` is two names and `Moscow-based` one, however a text is cut into tokens.

use crate::document::{Byte, Document, Sentence, Span, TokenKind};

/// A word, a part of a hyphenated word, a mark, a number or a possessive ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Its bytes in the clean text.
    pub(crate) span: Span<Byte>,
    /// Its token.
    pub(crate) token: u32,
}

/// Appends the units of a sentence.
pub(crate) fn units(doc: &Document, sentence: &Sentence, units: &mut Vec<Unit>) {
    for index in sentence.tokens.range() {
        let token = &doc.tokens[index];
        let mut push = |start: u32, end: u32| units.push(Unit { span: Span::new(start, end), token: index as u32 });
        let (start, end) = (token.span.start, token.base_end);
        if token.kind == TokenKind::Word && doc.base(token).contains(is_hyphen) {
            let mut from = start;
            for (at, hyphen) in doc.base(token).match_indices(is_hyphen) {
                let at = start + at as u32;
                if at > from {
                    push(from, at);
                }
                from = at + hyphen.len() as u32;
                push(at, from);
            }
            if end > from {
                push(from, end);
            }
        } else {
            push(start, end);
        }
        if token.span.end > end {
            push(end, token.span.end);
        }
    }
}

/// The hyphens that join words.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

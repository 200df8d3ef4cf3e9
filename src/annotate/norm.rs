//! The counted form of a token: lower case, without the possessive ending, with straight apostrophes, without the dots of
//! an acronym. An acronym whose lower-case form is a function word (`US`, `WHO`) keeps its capitals.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::document::{Norm, Span, Token, TokenKind};
use crate::model::stopword;

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
        let dotless = base.ends_with('.') || is_dotted(base);
        if base.is_ascii() {
            push_ascii_norm(base, dotless && token.kind == TokenKind::Word, capitals, norms);
        } else {
            push_unicode_norm(base, norms);
        }
    }
    Span::new(start, norms.len() as u32)
}

fn is_dotted(base: &str) -> bool {
    base.len() >= 3 && base.as_bytes()[1] == b'.' && base.as_bytes()[0].is_ascii_alphabetic()
}

fn push_ascii_norm(base: &str, dotless: bool, capitals: bool, norms: &mut String) {
    let at = norms.len();
    norms.extend(base.chars().filter(|&c| !(dotless && c == '.')));
    let acronym = !capitals && norms.len() - at >= 2 && norms.as_bytes()[at..].iter().all(u8::is_ascii_uppercase);
    norms[at..].make_ascii_lowercase();
    if acronym && norms.len() - at <= 5 && stopword::is_stopword(&norms[at..]) {
        norms[at..].make_ascii_uppercase();
    }
}

fn push_unicode_norm(base: &str, norms: &mut String) {
    let fold = |c: char| match c {
        '’' | '\u{02BC}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        _ => c,
    };
    let kept = base.chars().filter(|c| *c != '\u{00AD}').map(fold);
    let lower = kept.flat_map(char::to_lowercase);
    if is_nfc_quick(base.chars()) == IsNormalized::Yes {
        norms.extend(lower);
    } else {
        norms.extend(lower.nfc());
    }
}

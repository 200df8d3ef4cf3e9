//! Words in capitals that a document counts or owns like things (`a DUI`, `two KOs`, `their RFP.`): no names.

use std::collections::BTreeSet;

use super::{Found, Sense};
use crate::document::{Document, TokenKind};
use crate::model::stopword;

/// Leaves out every name of one word in capitals, in no list, that stands somewhere as a countable noun.
pub(super) fn leave_out(doc: &Document, found: &mut Vec<Found>) {
    let text = |name: &Found| doc.text(name.span);
    let asked = |name: &Found| name.sense == Sense::Open && name.tokens.len() == 1 && is_short(text(name));
    let counted: BTreeSet<&str> =
        found.iter().filter(|name| asked(name) && is_counted(doc, name)).map(|name| singular(text(name))).collect();
    if !counted.is_empty() {
        found.retain(|name| !(asked(name) && counted.contains(singular(text(name)))));
    }
}

/// Capitals, at most with the `s` of a plural.
fn is_short(word: &str) -> bool {
    let word = singular(word);
    word.len() > 1 && word.len() < 7 && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// Whether a determiner or number that names do not take stands before the name, and no noun behind it that the
/// determiner could belong to (`a BBC reporter`).
fn is_counted(doc: &Document, name: &Found) -> bool {
    let (first, last) = (name.tokens.start as usize, name.tokens.end as usize);
    let Some(before) = first.checked_sub(1).map(|at| &doc.tokens[at]) else { return false };
    let held = &doc.sentences[name.sentence as usize].tokens;
    let ends = last >= held.end as usize || {
        let after = &doc.tokens[last];
        match after.kind {
            TokenKind::Word => stopword::is_stopword(doc.norm(after)),
            TokenKind::Punctuation => !matches!(doc.surface(after), "-" | "/" | "&" | "'" | "’" | "\"" | "("),
            _ => false,
        }
    };
    first > held.start as usize && ends && (before.kind == TokenKind::Number || is_determiner(doc.norm(before)))
}

fn is_determiner(norm: &str) -> bool {
    matches!(
        norm,
        "a" | "an"
            | "any"
            | "each"
            | "every"
            | "another"
            | "this"
            | "these"
            | "those"
            | "my"
            | "your"
            | "his"
            | "her"
            | "their"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "first"
            | "second"
            | "third"
            | "several"
            | "many"
            | "few"
            | "additional"
            | "own"
            | "per"
    )
}

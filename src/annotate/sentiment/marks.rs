//! What is known of each token before sentences are looked at: whether a name holds it, and in whose words it stands.

use super::spelling::{Spellings, spellings};
use crate::document::{Document, Role};

/// What is known of each token beforehand.
pub(super) struct Marks {
    /// Whether a mention holds the token.
    pub in_mention: Vec<bool>,
    /// Whether a name starts there.
    pub name_starts: Vec<bool>,
    /// 1 + the innermost quotation around the token, or 0.
    pub region: Vec<u32>,
    /// What its spelling tells.
    pub spelling: Spellings,
}

impl Marks {
    /// Reads the mentions and quotations of a document.
    pub(super) fn new(doc: &Document) -> Self {
        let mut marks = Marks {
            in_mention: vec![false; doc.tokens.len()],
            name_starts: vec![false; doc.tokens.len()],
            region: vec![0; doc.tokens.len()],
            spelling: spellings(doc),
        };
        for mention in &doc.mentions {
            for slot in marks.in_mention.get_mut(mention.tokens.range()).unwrap_or_default() {
                *slot = true;
            }
            if mention.role != Role::Demonym
                && let Some(slot) = marks.name_starts.get_mut(mention.tokens.start as usize)
            {
                *slot = true;
            }
        }
        let mut around: Vec<usize> = Vec::new();
        let mut next = 0;
        for (token, slot) in doc.tokens.iter().zip(&mut marks.region) {
            while next < doc.quotations.len() && doc.quotations[next].span.start <= token.span.start {
                around.push(next);
                next += 1;
            }
            while around.last().is_some_and(|&q| doc.quotations[q].span.end <= token.span.start) {
                around.pop();
            }
            let holds = |&&q: &&usize| doc.quotations[q].span.contains(token.span);
            *slot = around.iter().rev().find(holds).map_or(0, |&q| q as u32 + 1);
        }
        marks
    }
}

//! In whose voice a mention is spoken of: the author's, or that of the quotation whose words speak of it.

use super::scene::Scene;
use super::target::Target;
use super::term::{Hit, related};
use crate::document::{Byte, Document, Mention, Quotation, QuotationKind, Span, Voice};

/// Furthest a word in marks stands from a mention outside them that it may speak of, tokens.
const QUOTED_REACH: i32 = 8;

/// The quotation of the sentence whose words speak of a mention of the author's text (`X is “a liar,” Y said`): the
/// first in which a term relates to it, never one that the mention's own entity speaks.
pub(super) fn quoted_about(
    doc: &Document,
    mention: &Mention,
    scene: &Scene<'_>,
    hits: &[Hit],
    target: (Target, usize),
    own: u32,
) -> Option<u32> {
    let near = related(scene, hits, target, |h| h.region != own && h.region > 0);
    near.iter().filter(|(_, r)| r.is_strong() || r.distance.abs() <= QUOTED_REACH).find_map(|(hit, _)| {
        let quotation = doc.quotations.get(hit.region as usize - 1)?;
        let marked = quotation.kind != QuotationKind::Indirect;
        let by_itself = quotation.speaker.is_some_and(|s| {
            s.entity == Some(mention.entity) || s.second == Some(mention.entity) || s.span.overlaps(mention.span)
        });
        (marked && !by_itself && !attributes(quotation, mention.span)).then_some(hit.region)
    })
}

/// Whether a mention stands among the words that attribute a quotation (`said Labour's Ann Vale`).
fn attributes(quotation: &Quotation, mention: Span<Byte>) -> bool {
    let (Some(speaker), Some(cue)) = (quotation.speaker, quotation.cue) else {
        return false;
    };
    Span::new(speaker.span.start.min(cue.start), speaker.span.end.max(cue.end)).contains(mention)
}

/// The voice of a region: 0, or 1 + a quotation.
pub(super) fn voice(doc: &Document, region: u32) -> Voice {
    let Some(index) = region.checked_sub(1) else {
        return Voice::Author;
    };
    match doc.quotations.get(index as usize).map(|q| q.kind) {
        Some(QuotationKind::Indirect) => Voice::Attributed(index),
        Some(_) => Voice::Quoted(index),
        None => Voice::Author,
    }
}

//! The rows of `kwic.csv` of one document.

use super::extract::Extraction;
use super::{KwicRecord, VoiceRecord};
use crate::document::{Hit, QuotationKind, Span};

/// Words in columns of their own to each side of a hit.
const NEIGHBOURS: usize = 3;

impl Extraction<'_> {
    /// The row of a hit.
    pub(super) fn hit(&self, hit: &Hit) -> Option<KwicRecord> {
        let doc = self.doc;
        let sentence = doc.sentences.get(hit.sentence as usize)?;
        let tokens = doc.tokens.get(hit.tokens.range())?;
        let span = Span::new(tokens.first()?.span.start, tokens.last()?.span.end);
        let raw = doc.article.raw_range(span);
        let (char_start, char_end) = self.offsets.chars(&raw);
        let forms = |from: u32, to: u32| {
            let tokens = doc.tokens.get(from as usize..to as usize).unwrap_or_default().iter();
            tokens.filter(|token| token.is_counted()).map(|token| doc.norm(token).to_owned())
        };
        let voice = match hit.quotation.and_then(|index| doc.quotations.get(index as usize)).map(|q| q.kind) {
            None => VoiceRecord::Author,
            Some(QuotationKind::Indirect) => VoiceRecord::Attributed,
            Some(_) => VoiceRecord::Quoted,
        };
        Some(KwicRecord {
            pattern: hit.pattern.to_string(),
            sentence: sentence.number,
            position: self.positions[hit.tokens.start as usize],
            words: tokens.iter().filter(|token| token.is_counted()).count() as u32,
            before: doc.text(Span::new(hit.context.start, span.start)).trim().to_owned(),
            keyword: doc.article.raw.get(raw)?.to_owned(),
            after: doc.text(Span::new(span.end, hit.context.end)).trim().to_owned(),
            left: forms_before(forms(sentence.tokens.start, hit.tokens.start)),
            right: forms(hit.tokens.end, sentence.tokens.end).take(NEIGHBOURS).collect(),
            voice,
            quotation: hit.quotation,
            char_start,
            char_end,
        })
    }
}

/// The last forms, nearest first.
fn forms_before(forms: impl DoubleEndedIterator<Item = String>) -> Vec<String> {
    forms.rev().take(NEIGHBOURS).collect()
}

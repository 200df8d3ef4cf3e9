//! The layer of quotations: whose words stand where, and how the text tells who said them.

use super::{Byte, EntityId, Span};

/// The kinds of quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum QuotationKind {
    /// One or more whole clauses inside marks.
    Direct,
    /// A piece of a sentence of the author's, inside marks.
    Partial,
    /// A few words in marks that nobody is said to have said, or the title of a work.
    Scare,
    /// Inside another quotation.
    Nested,
    /// Goes on over paragraphs that each open with a mark.
    MultiParagraph,
    /// Attributed speech without marks (`CNN reported that ...`).
    Indirect,
}

impl QuotationKind {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            QuotationKind::Direct => "direct",
            QuotationKind::Partial => "partial",
            QuotationKind::Scare => "scare",
            QuotationKind::Nested => "nested",
            QuotationKind::MultiParagraph => "multi-paragraph",
            QuotationKind::Indirect => "indirect",
        }
    }
}

/// Who is said to have said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The words that name the speaker (`Blinken`, `a senior Ukrainian official`), bytes of `Article::text`.
    pub span: Span<Byte>,
    /// The entity, when the words name one.
    pub entity: Option<EntityId>,
    /// A second entity (`Putin and Xi`).
    pub second: Option<EntityId>,
}

/// Words given as somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// What kind.
    pub kind: QuotationKind,
    /// The words inside the marks, in bytes of `Article::text`.
    pub span: Span<Byte>,
    /// Index of the quotation around this one.
    pub parent: Option<u32>,
    /// Index into `Article::passages` of its first word.
    pub passage: u32,
    /// Who said it, if the text tells.
    pub speaker: Option<Speaker>,
    /// The cue verb or phrase (`said`, `according to`).
    pub cue: Option<Span<Byte>>,
    /// Class of the cue: -1 critical (`denounced`), 0 neutral (`said`), 1 approving (`praised`).
    pub cue_class: i8,
    /// The attribution rule that fired; empty without a speaker.
    pub rule: &'static str,
    /// How sure the attribution is, in percent; 0 without a speaker.
    pub confidence: u8,
    /// Whether the closing mark is missing; the quotation then ends with its paragraph.
    pub unclosed: bool,
}

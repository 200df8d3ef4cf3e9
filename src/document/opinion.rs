//! The layer of opinions.

use super::{Byte, Span};

/// Polarity in thousandths, -1000 (most negative) to 1000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Polarity(pub i16);

/// Whose words carry an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The article's author.
    Author,
    /// Words in quotation marks: index into `Document::quotations`.
    Quoted(u32),
    /// Attributed words without marks: index into `Document::quotations`.
    Attributed(u32),
}

/// One word or phrase that moves an opinion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Its bytes in `Article::text`.
    pub span: Span<Byte>,
    /// Its weight in the lexicon, thousandths of a full polarity.
    pub weight: i16,
    /// What changed the weight, outermost first (`not`, `very`): span and factor in thousandths.
    pub modifiers: Vec<(Span<Byte>, i16)>,
    /// The rule that ties the cue to the target.
    pub rule: &'static str,
    /// Tokens between cue and target; negative when the cue stands before it.
    pub distance: i32,
    /// What it adds to the opinion's polarity, thousandths. The contributions of an opinion sum to its polarity.
    pub contribution: i32,
}

/// How one mention is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// Index into `Document::mentions`.
    pub mention: u32,
    /// Sum of the cues' contributions.
    pub polarity: Polarity,
    /// Whose words.
    pub voice: Voice,
    /// The words that carry it, in text order; none means neutral.
    pub cues: Vec<Cue>,
}

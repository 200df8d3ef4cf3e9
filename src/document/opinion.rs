//! The layer of opinions: how each mention is spoken of, in whose voice, and the words that carry it.

use super::{Byte, Span};

/// Polarity in thousandths, -1000 (most negative) to 1000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Polarity(pub i16);

/// How many words of a text are positive and negative by the lexicons, whatever they speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tone {
    /// Positive words.
    pub positive: u32,
    /// Negative words.
    pub negative: u32,
}

impl std::ops::AddAssign for Tone {
    fn add_assign(&mut self, other: Tone) {
        self.positive += other.positive;
        self.negative += other.negative;
    }
}

/// How a mention is spoken of, in a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Label {
    /// Most probably negatively.
    Negative,
    /// Most probably neither way.
    #[default]
    Neutral,
    /// Most probably positively.
    Positive,
    /// Neither way on the whole, with strong words of both signs.
    Mixed,
}

impl Label {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            Label::Negative => "negative",
            Label::Neutral => "neutral",
            Label::Positive => "positive",
            Label::Mixed => "mixed",
        }
    }
}

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

/// One word or phrase that moves an opinion, or (rule `rest`, empty span) all that no named word carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Its bytes in `Article::text`.
    pub span: Span<Byte>,
    /// Its weight in the lexicons, thousandths of a full polarity; 0 where they lack it.
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
    /// P(positive) - P(negative), and the sum of the cues' contributions; 0 where it is neutral and no term of the
    /// lexicon relates to it.
    pub polarity: Polarity,
    /// The most probable label.
    pub label: Label,
    /// Probabilities of negative, neutral and positive, thousandths.
    pub probabilities: [u16; 3],
    /// Whose words.
    pub voice: Voice,
    /// The words that carry it, in text order, then the rest; none means 0.
    pub cues: Vec<Cue>,
}

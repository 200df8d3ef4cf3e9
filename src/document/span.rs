//! Ranges typed by their unit, so that bytes of the text and tokens cannot be mixed.

use std::marker::PhantomData;

/// Unit of spans that count bytes of `Article::text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Byte {}
/// Unit of spans that count tokens of `Document::tokens`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tok {}
/// Unit of spans that count bytes of `Document::norms`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Norm {}

/// A half-open range `start..end` in units of `U`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(bound = "")]
pub struct Span<U> {
    /// First unit inside.
    pub start: u32,
    /// First unit after.
    pub end: u32,
    unit: PhantomData<U>,
}

impl<U> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Span<U> {}
impl<U> Default for Span<U> {
    fn default() -> Self {
        Span::new(0, 0)
    }
}

impl<U> Span<U> {
    /// The span `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Span { start, end, unit: PhantomData }
    }
    /// Number of units inside.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }
    /// Whether nothing is inside.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
    /// The span as a range for indexing slices.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span<U>) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Whether the two share at least one unit.
    pub fn overlaps(self, other: Span<U>) -> bool {
        self.start < other.end && other.start < self.end
    }
}

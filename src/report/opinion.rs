//! The columns and figures of sums of opinions, shared by the tables of sentiment.

use super::CorpusRows;
use super::column::Column;
use super::table::Cell;
use crate::count::opinion::OpinionCount;
use crate::count::{Bytes, Sums};
use crate::error::Result;
use crate::measure::interval;

/// Documents.
pub(super) const DOCS: Column = Column::integer("docs", "documents", "Documents with such a mention.");
/// Mentions.
pub(super) const SCORED: Column = Column::integer("mentions_scored", "mentions", "Mentions that were scored.");
/// Mean polarity.
pub(super) const SCORE: Column = Column::number(
    "score",
    6,
    "score",
    "Mean polarity of these mentions, -1 to 1.",
    "sum of polarity / mentions_scored",
);
/// Mean size of polarities.
pub(super) const MAGNITUDE: Column = Column::number(
    "magnitude",
    6,
    "score",
    "How strongly it is spoken of to either side, 0 to 1.",
    "sum of |polarity| / mentions_scored",
);
/// Positive ones.
pub(super) const POSITIVE: Column =
    Column::integer("positive", "mentions", "Mentions whose most probable label is positive.");
/// Negative ones.
pub(super) const NEGATIVE: Column =
    Column::integer("negative", "mentions", "Mentions whose most probable label is negative.");
/// Neutral ones.
pub(super) const NEUTRAL: Column =
    Column::integer("neutral", "mentions", "Other mentions, without strong words of both signs.");
/// Mixed ones.
pub(super) const MIXED: Column =
    Column::integer("mixed", "mentions", "Other mentions, with strong words of both signs.");
/// Lower end of the interval.
pub(super) const CI_LOW: Column = Column::number(
    "ci_low",
    6,
    "score",
    "Lower end of the 95 percent confidence interval of the score, -1 to 1; missing below 2 mentions. It takes mentions for \
     independent, which those of one article are not.",
    "2 L - 1, L = lower end of Wilson's interval (p + z^2 / 2n - z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n) with \
     p = (score + 1) / 2, z = 1.96, n = mentions_scored p (1 - p) / s^2 (z / t)^2; s = standard deviation of (polarity + \
     1) / 2 with mentions_scored - 1, t = 97.5 % point of Student's distribution with mentions_scored - 1; n = \
     mentions_scored where s = 0",
)
.cite("Wilson 1927; Korn & Graubard 1998");
/// Upper end of the interval.
pub(super) const CI_HIGH: Column = Column::number(
    "ci_high",
    6,
    "score",
    "Upper end of this interval.",
    "2 U - 1, U = upper end of the interval of ci_low",
)
.cite("Wilson 1927; Korn & Graubard 1998");

/// The columns of a sum, in the order of [`cells`].
pub(super) const COLUMNS: [Column; 10] =
    [DOCS, SCORED, SCORE, MAGNITUDE, POSITIVE, NEGATIVE, NEUTRAL, MIXED, CI_LOW, CI_HIGH];

/// The cells of a sum under [`COLUMNS`].
pub(super) fn cells(count: &OpinionCount) -> [Cell<'static>; 10] {
    let [score, magnitude, low, high] = figures(count);
    [
        count.documents.into(),
        count.scored.into(),
        score.into(),
        magnitude.into(),
        count.positive.into(),
        count.negative.into(),
        count.neutral.into(),
        count.mixed.into(),
        low.into(),
        high.into(),
    ]
}

/// Writes a row for each sum that has a place, by place and then by key.
///
/// # Errors
/// Those of `write`, and of temporary files.
pub(super) fn by_place<K: Bytes>(
    corpus: &CorpusRows<'_>,
    sums: &Sums<K, OpinionCount>,
    place: impl Fn(&K) -> Option<u32>,
    mut write: impl FnMut(K, &OpinionCount) -> Result<()>,
) -> Result<()> {
    let mut rows = corpus.sorted();
    let (mut key, mut value) = (Vec::new(), Vec::new());
    sums.each(&mut |said: K, count: OpinionCount| {
        let Some(place) = place(&said) else { return Ok(()) };
        key.clear();
        value.clear();
        key.extend(place.to_be_bytes());
        said.put(&mut key);
        count.put(&mut value);
        rows.push(&key, &value)
    })?;
    rows.finish()?.each(&mut |key, value| {
        let said = key.get(size_of::<u32>()..).and_then(K::get);
        match (said, OpinionCount::get(value)) {
            (Some(said), Some(count)) => write(said, &count),
            _ => Ok(()),
        }
    })
}

/// Score, magnitude and the ends of the interval; NaN where one is not defined.
pub(super) fn figures(count: &OpinionCount) -> [f64; 4] {
    // Sums are in thousandths.
    let scored = count.scored as f64 * 1000.0;
    let (low, high) =
        interval::bounded_mean(count.scored, count.sum, count.sum_squares, 1000).unwrap_or((f64::NAN, f64::NAN));
    [count.sum as f64 / scored, count.sum_abs as f64 / scored, low / 1000.0, high / 1000.0]
}

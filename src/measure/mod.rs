//! Formulas: integers in, one number out. Pure arithmetic that knows no corpus, no document and no table.
//!
//! A value that is not defined (a division by nothing) is NaN, and the tables show NaN as an empty cell. Each function
//! cites its source and is tested against numbers that another implementation or the source itself gives.
//!
//! To add an association measure, write a function of a [`Contingency`] in `association` and add its line to
//! [`MEASURES`]; its column appears in the tables by itself.

pub mod adjust;
pub mod association;
pub mod chi_square;
pub mod dispersion;
pub mod diversity;
pub mod interval;
pub mod keyness;
pub mod ngram;
pub mod rank;
pub mod readability;
pub mod trend;
pub mod weighting;

pub use association::{Contingency, g2_above};

/// A measure of association between two items.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Name of the column.
    pub name: &'static str,
    /// The formula as a function.
    pub score: fn(Contingency) -> f64,
    /// The formula as text, for `columns.csv`.
    pub formula: &'static str,
    /// Where it comes from.
    pub citation: &'static str,
    /// Decimals in tables.
    pub decimals: u8,
}

const fn measure(
    name: &'static str,
    score: fn(Contingency) -> f64,
    formula: &'static str,
    citation: &'static str,
) -> Measure {
    Measure { name, score, formula, citation, decimals: 6 }
}

/// The association measures in the order of their columns. In formulas: o = observed; f1, f2 = freq1, freq2; N = n;
/// S = span (1, in windows twice the reach); R1 = f1 S, C1 = f2 S, T = N S; o11 = o, o12 = R1 - o, o21 = C1 - o,
/// o22 = T - R1 - C1 + o; E = f1 f2 S / N; e_ij = row sum x column sum / T.
pub static MEASURES: &[Measure] = &[
    measure("expected", association::expected, "f1 f2 S / N", "Evert 2004"),
    measure("pmi", association::pmi, "log2(o / E)", "Church & Hanks 1990"),
    measure("npmi", association::npmi, "pmi / -log2(o / T); 1 when o = T", "Bouma 2009"),
    measure("mi3", association::mi3, "log2(o^3 / E)", "Daille 1994"),
    measure("t_score", association::t_score, "(o - E) / sqrt(o)", "Church et al. 1991"),
    measure("z_score", association::z_score, "(o - E) / sqrt(E)", "Evert 2004"),
    measure("chi2", association::chi2, "sum (o_ij - e_ij)^2 / e_ij, without Yates' correction", "Pearson 1900"),
    measure(
        "g2",
        association::g2,
        "2 sum o_ij ln(o_ij / e_ij), 0 ln 0 = 0; negative when o < E",
        "Dunning 1993; Evert 2004",
    ),
    measure("p", association::p_value, "upper tail of chi-square with 1 degree of freedom at |g2|", "Dunning 1993"),
    measure("dice", association::dice, "2 o / (R1 + C1)", "Dice 1945"),
    measure(
        "log_dice",
        association::log_dice,
        "14 + log2(2 o / (f1 + f2)); f1, f2 are not multiplied by S",
        "Rychly 2008",
    ),
    measure("jaccard", association::jaccard, "o / (R1 + C1 - o)", "Jaccard 1912"),
    measure("min_sensitivity", association::min_sensitivity, "min(o / R1, o / C1)", "Pedersen 1998"),
    measure(
        "delta_p_2_given_1",
        association::delta_p_2_given_1,
        "o / R1 - (C1 - o) / (T - R1)",
        "Ellis 2006; Gries 2013",
    ),
    measure(
        "delta_p_1_given_2",
        association::delta_p_1_given_2,
        "o / C1 - (R1 - o) / (T - C1)",
        "Ellis 2006; Gries 2013",
    ),
];

/// Every one of [`MEASURES`] in its order. G2, which p is made of, is computed once: it is the dearest of them.
pub fn scores(counts: Contingency) -> impl Iterator<Item = f64> {
    let g2 = association::g2(counts);
    MEASURES.iter().map(move |measure| match measure.name {
        "g2" => g2,
        "p" => chi_square::upper_tail(g2.abs()),
        _ => (measure.score)(counts),
    })
}

#[cfg(test)]
pub(crate) fn assert_close(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value} is not {expected} +- {tolerance}");
}

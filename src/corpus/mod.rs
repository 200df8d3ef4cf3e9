//! Where articles come from: files become articles, numbered in input order.

use crate::document::Article;

/// A file that could not be used: a row of `skipped.csv`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Path as the tables show it.
    pub path: String,
    /// Size in bytes, as far as it is known.
    pub bytes: Option<u64>,
    /// A stable word (`empty`, `invalid_utf8`, `too_large`, `permission_denied`, ...).
    pub reason: &'static str,
    /// What was seen, in a sentence.
    pub detail: String,
    /// What was done (`skipped`).
    pub action: &'static str,
}

/// What a file became.
#[derive(Debug)]
pub enum Outcome {
    /// An article.
    Article(Box<Article>),
    /// A row of `skipped.csv`.
    Skipped(Skipped),
}

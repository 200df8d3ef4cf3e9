//! The word lists that annotation reads, embedded as CSV and read once: reporting verbs, sentiment terms.
//!
//! Each list is a table with a header; its sources and licences are in `assets/README.md`. Nothing here knows documents.

use std::sync::LazyLock;

use super::lookup::Lookup;

/// The grammatical shape of a reporting verb's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `say`
    Base,
    /// `says`, `said`
    Finite,
    /// `saying`
    Participle,
}

/// What a reporting verb takes when no marks follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A clause, with or without `that`.
    Clause,
    /// A clause only with `that`.
    That,
    /// No clause.
    Object,
}

/// A form of a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reporting {
    /// -1 critical, 0 neutral, 1 approving.
    pub class: i8,
    /// Its shape.
    pub shape: Shape,
    /// What it takes.
    pub takes: Takes,
}

/// The rows of an embedded table without its header; a row that cannot be read is left out (a test holds that none is).
fn rows(table: &'static str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(table.as_bytes())
        .into_records()
        .flatten()
        .collect()
}

static REPORTING: LazyLock<Lookup<String, Reporting>> = LazyLock::new(|| {
    let table = rows(include_str!("assets/en/reporting.csv"));
    table
        .iter()
        .map(|row| {
            let field = |i: usize| row.get(i).unwrap_or("");
            let shape = match field(2) {
                "base" => Shape::Base,
                "finite" => Shape::Finite,
                _ => Shape::Participle,
            };
            let takes = match field(3) {
                "clause" => Takes::Clause,
                "that" => Takes::That,
                _ => Takes::Object,
            };
            let class = field(1).parse().unwrap_or(0);
            (field(0).to_string(), Reporting { class, shape, takes })
        })
        .collect()
});

/// What is known of a counted form as a reporting verb.
pub fn reporting(norm: &str) -> Option<Reporting> {
    REPORTING.get(norm).copied()
}

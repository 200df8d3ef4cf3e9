//! `terms.csv`: one row for each word or number of the bodies. It keeps one compact row for each distinct term, because
//! terms come in byte order and are written by frequency.

use super::table::{Cell, Column, Table};
use super::{CorpusRows, Report, Rows, key};
use crate::count::{Counts, FeatureKind, TermRow};
use crate::document::Date;
use crate::error::Result;
use crate::measure::dispersion;
use crate::measure::weighting;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "terms",
    about: "Every word and number, how often and how evenly it is used.",
    order: "By frequency, highest first; then by feature (bytes), a word before a number.",
    columns: || COLUMNS.to_vec(),
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    Column::text(
        "feature",
        "The word or number in the form that is counted: lower case, without possessive ending.",
    ),
    Column::text("feature_type", "word or number."),
    Column::integer("frequency", "tokens", "Occurrences in the bodies of all documents."),
    Column::integer(
        "rank",
        "ranks",
        "Place by frequency, from 1; terms of the same frequency share the best place.",
    ),
    key::DOCFREQ,
    Column::number(
        "docfreq_share",
        6,
        "share",
        "Share of the documents that hold it.",
        "docfreq / documents",
    ),
    key::PER_MILLION,
    Column::number("idf", 6, "ln", "Inverse document frequency.", "ln(documents / docfreq)").cite("Spärck Jones 1972"),
    Column::number(
        "tf_idf_mean",
        6,
        "",
        "Mean tf-idf over the documents that hold the term.",
        "mean of (occurrences in the document / its tokens) x idf",
    )
    .cite("Salton & Buckley 1988"),
    key::DP,
    Column::number(
        "dp_norm",
        6,
        "",
        "DP on a scale that reaches 1 whatever the sizes of the documents; missing for a corpus of one document.",
        "dp / (1 - smallest share of a document in all tokens)",
    )
    .cite("Lijffijt & Gries 2012"),
    key::FIRST_DATE,
    key::LAST_DATE,
];

/// A term, reduced to what is written.
struct Term {
    feature: Box<str>,
    kind: FeatureKind,
    frequency: u64,
    docfreq: u64,
    tf_idf_mean: f64,
    dp: f64,
    first: Option<Date>,
    last: Option<Date>,
}

impl Term {
    fn of(row: &TermRow<'_>, counts: &Counts) -> Term {
        let parts = || key::parts(row.postings, counts);
        let dates = || key::documents(row.postings, counts).filter_map(|doc| doc.date);
        let shares = parts().map(|part| (part.count, part.tokens));
        Term {
            feature: row.feature.into(),
            kind: row.kind,
            frequency: row.frequency,
            docfreq: row.documents,
            tf_idf_mean: weighting::tf_idf_mean(shares, counts.totals.documents),
            dp: dispersion::dp(parts(), counts.totals.tokens),
            first: dates().min(),
            last: dates().max(),
        }
    }
}

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let counts = corpus.counts;
    let mut terms = Vec::with_capacity(counts.features());
    counts.terms(&mut |row| {
        terms.push(Term::of(&row, counts));
        Ok(())
    })?;
    terms.sort_by(|a, b| {
        let text = || a.feature.cmp(&b.feature).then(a.kind.cmp(&b.kind));
        b.frequency.cmp(&a.frequency).then_with(text)
    });
    let smallest = smallest_part(counts);
    let (mut rank, mut last) = (0, 0);
    for (place, term) in (1_u64..).zip(&terms) {
        if term.frequency != last {
            (rank, last) = (place, term.frequency);
        }
        table.row(&cells(term, rank, smallest, counts))?;
    }
    Ok(())
}

fn cells<'a>(term: &'a Term, rank: u64, smallest: u64, counts: &Counts) -> [Cell<'a>; 13] {
    let totals = &counts.totals;
    [
        (&*term.feature).into(),
        term.kind.name().into(),
        term.frequency.into(),
        rank.into(),
        term.docfreq.into(),
        (term.docfreq as f64 / totals.documents as f64).into(),
        weighting::per_million(term.frequency, totals.tokens).into(),
        weighting::idf(totals.documents, term.docfreq).into(),
        term.tf_idf_mean.into(),
        term.dp.into(),
        dispersion::dp_norm(term.dp, smallest, totals.tokens).into(),
        term.first.into(),
        term.last.into(),
    ]
}

/// Tokens of the smallest document that has any.
fn smallest_part(counts: &Counts) -> u64 {
    let sizes = counts.documents().iter().map(|doc| u64::from(doc.tokens));
    sizes.filter(|tokens| *tokens > 0).min().unwrap_or(0)
}

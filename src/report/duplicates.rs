//! `duplicates.csv`: one row for each document that has copies in the corpus, or is one.

use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Reference, Report, Rows, key};
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "duplicates",
    about: "Articles that stand in the corpus more than once, word for word or nearly so.",
    order: "By cluster, in the order of their representatives; in a cluster the representative first, then by document.",
    key: &["doc_id"],
    refers: &[Reference { column: "representative", table: "documents", to: "doc_id", may_be_missing: false }],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Tokens),
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    Column::text("dup_cluster", "Cluster of copies: a running number."),
    key::DOC_ID,
    Column::text("path", "Path of the file as it was given, with / between folders."),
    Column::integer("record", "", "Number of the record in its file, from 1; missing where the file is one document."),
    Column::text("dup_role", "original for the one that stands for all (the earliest, then the first), else copy."),
    Column::text("representative", "doc_id of the one that stands for all."),
    Column::number(
        "similarity",
        4,
        "share",
        "How much of it is the same as in the representative.",
        "shared_shingles / distinct sequences of 5 words of both (Jaccard)",
    )
    .cite("Broder 1997"),
    Column::integer("shared_shingles", "sequences", "Distinct sequences of 5 words that both have."),
    key::DATE,
    Column::text("outlet", "Newspaper or site; missing when it is not known."),
    Column::text("title", "Headline; missing when none was found."),
    Column::text("wire_tag", "News agency that it names as its source; missing when it names none."),
];

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    for doc in corpus.duplicates {
        let place = doc.place;
        let original = place.representative == doc.id;
        table.row(&[
            (&key::dup_cluster(place.cluster)).into(),
            (&key::doc_id(doc.id)).into(),
            (&doc.path).into(),
            Some(doc.record).filter(|record| *record > 0).into(),
            if original { "original" } else { "copy" }.into(),
            (&key::doc_id(place.representative)).into(),
            (f64::from(place.shared) / f64::from(place.union)).into(),
            place.shared.into(),
            doc.date.into(),
            Cell::known(&doc.outlet),
            Cell::known(&doc.title),
            Cell::known(&doc.wire),
        ])?;
    }
    Ok(())
}

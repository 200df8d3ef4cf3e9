//! `boilerplate.csv`: one row for each block that was left out of the texts.

use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Reference, Report, Rows};
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "boilerplate",
    about: "What was left out of the texts and so of every count: sign-up boxes, agency lines, contact footers.",
    order: "By documents, most first; then by outlet, reason and text (bytes).",
    key: &[],
    refers: &[Reference { column: "first_doc_id", table: "documents", to: "doc_id", may_be_missing: true }],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Tokens),
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    Column::text(
        "text",
        "The block as it stands in the first document; blocks that differ in case, digits or marks only are one.",
    ),
    Column::text("reason", "rule when its own words tell what it is; learned when it recurs in many documents."),
    Column::text("outlet", "Newspaper or site; missing when it is not known."),
    Column::integer("documents", "documents", "Documents that it was left out of."),
    Column::integer("blocks", "blocks", "Places that it was left out of."),
    Column::text("first_doc_id", "The first of the documents, as in documents.csv."),
];

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let mut rows: Vec<_> = corpus.removed.iter().collect();
    rows.sort_by(|(a, x), (b, y)| {
        let text = || (&a.outlet, a.why, &x.text, a).cmp(&(&b.outlet, b.why, &y.text, b));
        y.documents.cmp(&x.documents).then_with(text)
    });
    for (key, count) in rows {
        table.row(&[
            (&count.text).into(),
            key.why.name().into(),
            Cell::known(&key.outlet),
            count.documents.into(),
            count.blocks.into(),
            (&count.first.to_string()).into(),
        ])?;
    }
    Ok(())
}

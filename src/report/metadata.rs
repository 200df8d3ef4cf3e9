//! `metadata.csv`: one row for each further field of a document, as its table, its front matter or its file's name has
//! it.

use super::column::Column;
use super::records::DocumentRows;
use super::table::{Cell, Table};
use super::{Needs, Reference, Report, Rows, key};
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "metadata",
    about: "What else the files say of their articles: further columns, fields and front matter.",
    order: "By document, then in the order of the fields there.",
    key: &[],
    refers: &[Reference { column: "doc_id", table: "documents", to: "doc_id", may_be_missing: false }],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Tokens),
    rows: Rows::Document(append),
};

const COLUMNS: &[Column] = &[
    key::DOC_ID,
    Column::text("field", "Name of the field, as it stands in the file."),
    Column::text("value", "Its value, as it stands there."),
];

fn append(rows: &DocumentRows<'_>, table: &mut Table) -> Result<()> {
    let doc = &rows.records.document;
    let id = key::doc_id(doc.doc_id());
    doc.metadata.iter().try_for_each(|(name, value)| table.row(&[(&id).into(), name.into(), Cell::known(value)]))
}

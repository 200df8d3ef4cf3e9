//! `skipped.csv`: one row for each file that could not be used.

use super::table::{Cell, Column, Table};
use super::{CorpusRows, Report, Rows};
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "skipped",
    about: "The files that could not be used, and why.",
    order: "By path (bytes), then by reason.",
    columns: || COLUMNS.to_vec(),
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    Column::text("path", "Path of the file as it was given, with / between folders."),
    Column::integer("bytes", "bytes", "Size of the file; missing when it could not be read."),
    Column::text(
        "reason",
        "Why, as a fixed word (empty, invalid_utf8, too_large, permission_denied and others).",
    ),
    Column::text("detail", "What was seen, in a sentence."),
    Column::text("action", "What was done about it."),
];

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let mut skipped: Vec<_> = corpus.skipped.iter().collect();
    skipped.sort_by_key(|skip| (&skip.path, skip.reason, &skip.detail));
    for skip in skipped {
        table.row(&[
            (&skip.path).into(),
            skip.bytes.into(),
            skip.reason.into(),
            Cell::known(&skip.detail),
            skip.action.into(),
        ])?;
    }
    Ok(())
}

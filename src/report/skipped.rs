//! `skipped.csv`: one row for each file that could not be used.

use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Report, Rows};
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "skipped",
    about: "The files that could not be used, and why.",
    order: "By path (bytes) and record, then by reason.",
    key: &[],
    refers: &[],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Tokens),
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    Column::text("path", "Path of the file as it was given, with / between folders."),
    Column::integer("record", "", "Number of the record in its file, from 1; missing where the whole file is meant."),
    Column::integer("bytes", "bytes", "Size of the file; missing when it could not be read."),
    Column::text("reason", "Why, as a fixed word (empty, binary, too_large, permission_denied, duplicate and others)."),
    Column::text("detail", "What was seen, in a sentence."),
    Column::text("action", "What was done about it."),
];

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let mut skipped: Vec<_> = corpus.skipped.iter().collect();
    skipped.sort_by_key(|skip| (&skip.path, skip.record, skip.reason, &skip.detail));
    for skip in skipped {
        table.row(&[
            (&skip.path).into(),
            Some(skip.record).filter(|record| *record > 0).into(),
            skip.bytes.into(),
            skip.reason.into(),
            Cell::known(&skip.detail),
            skip.action.into(),
        ])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::CorpusRows;
    use super::super::fixture::{Tables, cells};
    use super::super::sink::Outputs;
    use crate::config::Config;
    use crate::corpus::Skipped;
    use crate::count::Counts;
    use crate::count::entity::EntityLedger;
    use crate::count::fixture::segment;
    use crate::count::grouped::Grouped;

    #[test]
    fn skipped_files_come_by_path_with_their_reasons() {
        let skip = |path: &str, bytes, reason| Skipped {
            record: 0,
            path: path.into(),
            bytes,
            reason,
            detail: String::new(),
            action: "skipped",
        };
        let config = Config::default();
        let counts = Counts::of(segment(&[]), &config.count);
        let folder = tempfile::tempdir().unwrap();
        let corpus = CorpusRows {
            config: &config,
            scratch: folder.path(),
            reports: &[],
            names: &counts,
            skipped: &[skip("b\n.txt", None, "permission_denied"), skip("a.txt", Some(0), "empty")],
            counts: &counts,
            entities: &EntityLedger::new(0, folder.path()).finish().unwrap(),
            duplicates: &[],
            grouped: &Grouped::default(),
            removed: &[],
            identities: &[],
        };
        let tables = Tables::write(|folder| {
            let mut table = Outputs::open(folder, &config).unwrap().table(&super::REPORT).unwrap();
            super::write(&corpus, &mut table).unwrap();
            table.finish().unwrap()
        });
        let rows = tables.rows("skipped.csv");
        assert_eq!(cells(&rows[0], ["path", "bytes", "reason", "detail"]), ["a.txt", "0", "empty", ""]);
        assert_eq!(cells(&rows[1], ["path", "bytes", "action"]), ["b .txt", "", "skipped"]);
        assert_eq!(tables.summary.rows, 2);
    }
}

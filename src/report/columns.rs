//! `columns.csv`: one row for each column of every table, this one included. It is made from the columns that the
//! tables are written with, so it cannot say anything else than what was written.

use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Report, Rows};
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "columns",
    about: "What every column of every table means.",
    order: "By table and column, in the order in which they are written.",
    key: &["table", "column"],
    refers: &[],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Tokens),
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    Column::text("table", "File name of the table."),
    Column::text("column", "Name of the column."),
    Column::text("type", "Type of its cells: string, integer, number, date or boolean."),
    Column::text("unit", "What its numbers count or measure; missing where there is no unit."),
    Column::text("definition", "What a cell means."),
    Column::text("formula", "How a score is computed; missing for what is counted or copied."),
    Column::text("citation", "Where the formula comes from; missing for plain arithmetic."),
];

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    for report in corpus.reports {
        let file = report.file();
        for column in (report.columns)() {
            table.row(&[
                (&file).into(),
                column.name.into(),
                column.kind.name().into(),
                Cell::known(column.unit),
                column.definition.into(),
                Cell::known(column.formula),
                Cell::known(column.citation),
            ])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, corpus_tables, looking};
    use super::super::{REPORTS, ownership};

    #[test]
    fn every_column_of_every_table_is_listed_once() {
        let rows = corpus_tables(&["a"], &looking()).rows("columns.csv");
        let expected = REPORTS.iter().flat_map(|report| {
            let columns = (report.columns)().into_iter();
            columns.map(|column| [report.file(), column.name.to_string()])
        });
        let listed: Vec<_> = rows.iter().map(|row| cells(row, ["table", "column"]).map(str::to_string)).collect();
        assert_eq!(listed, expected.collect::<Vec<_>>());
        assert!(rows.iter().all(|row| ownership::is_own(&row["table"])));
        assert!(rows.iter().any(|row| row["table"] == "columns.csv" && row["column"] == "formula"));
        let g2 = rows.iter().find(|row| row["table"] == "cooccurrence.csv" && row["column"] == "g2").unwrap();
        assert_eq!(cells(g2, ["type", "citation"]), ["number", "Dunning 1993; Evert 2004"]);
    }
}

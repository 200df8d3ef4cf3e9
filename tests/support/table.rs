//! Reads a table that the binary wrote: rows of named cells. It uses the `csv` crate's reader, which is not what writes
//! the tables, so a mistake in quoting is seen here. A missing file or column ends the test with the names there are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// One row, by column.
pub(crate) type Row = BTreeMap<String, String>;

/// A table in memory.
pub(crate) struct Table {
    /// The file's name, for messages.
    pub(crate) name: String,
    /// The header.
    pub(crate) columns: Vec<String>,
    /// The rows, in order.
    pub(crate) rows: Vec<Row>,
}

impl Table {
    /// Reads a CSV file, leaving its byte-order mark out.
    #[track_caller]
    pub(crate) fn read(path: &Path) -> Table {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(path).unwrap_or_else(|e| panic!("cannot read the table {}: {e}", path.display()));
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.headers().unwrap_or_else(|e| panic!("{name} has no header: {e}"));
        let columns: Vec<String> = header.iter().map(str::to_owned).collect();
        let rows = reader
            .records()
            .enumerate()
            .map(|(at, record)| {
                let record = record.unwrap_or_else(|e| panic!("{name}: data row {} is broken: {e}", at + 1));
                columns.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
            })
            .collect();
        Table { name, columns, rows }
    }

    /// Asserts that the columns a test is about to use are there.
    #[track_caller]
    pub(crate) fn with(self, columns: &[&str]) -> Table {
        for column in columns {
            assert!(
                self.columns.iter().any(|c| c == column),
                "{} has no column {column:?}; it has {:?}",
                self.name,
                self.columns
            );
        }
        self
    }

    /// The cell of a row.
    #[track_caller]
    pub(crate) fn cell<'r>(&self, row: &'r Row, column: &str) -> &'r str {
        row.get(column).unwrap_or_else(|| panic!("{} has no column {column:?}; it has {:?}", self.name, self.columns))
    }

    /// The cell of a row as an integer.
    #[track_caller]
    pub(crate) fn int(&self, row: &Row, column: &str) -> i64 {
        let cell = self.cell(row, column);
        cell.parse().unwrap_or_else(|_| panic!("{}: {column} {cell:?} is no integer in {row:?}", self.name))
    }

    /// The cell of a row as a number.
    #[track_caller]
    pub(crate) fn real(&self, row: &Row, column: &str) -> f64 {
        let cell = self.cell(row, column);
        cell.parse().unwrap_or_else(|_| panic!("{}: {column} {cell:?} is no number in {row:?}", self.name))
    }

    /// The sum of a column of integers.
    #[track_caller]
    pub(crate) fn sum(&self, column: &str) -> i64 {
        self.rows.iter().map(|row| self.int(row, column)).sum()
    }

    /// The rows in which every named cell has the given text.
    #[track_caller]
    pub(crate) fn matching(&self, key: &[(&str, &str)]) -> Vec<&Row> {
        self.rows.iter().filter(|row| key.iter().all(|(c, v)| self.cell(row, c) == *v)).collect()
    }
}

//! `terms.jsonl` and so on: one JSON object a line for each row, keys as the columns of the CSV file. Texts are whole,
//! with their line ends; numbers have the decimals of the CSV file; dates are ISO; a missing value is null.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::super::Report;
use super::super::column::{Column, Kind, MAX_DECIMALS};
use super::super::digits::{push_date, push_fixed, push_integer};
use super::super::run::Run;
use super::super::table::{Cell, TableSummary};
use super::{Format, FormatEntry, FormatFiles, Sink};
use crate::error::{Error, ErrorKind, Result};

/// The format.
pub(super) const FORMAT: FormatEntry =
    FormatEntry { name: "jsonl", files: FormatFiles::EachTable("jsonl"), open: Some(|_| Ok(Box::new(JsonLines))) };

#[derive(Debug)]
struct JsonLines;

impl Format for JsonLines {
    fn open(&self, folder: &Path, report: &Report, columns: &[Column]) -> Result<Option<Box<dyn Sink>>> {
        let name = format!("{}.jsonl", report.name);
        let path = folder.join(&name);
        let file = File::create(&path).map_err(|cause| Error::io(ErrorKind::Write, &path, cause))?;
        let key = |column: &Column| (format!("\"{}\":", column.name).into_bytes(), column.kind);
        let keys = columns.iter().map(key).collect();
        Ok(Some(Box::new(Lines { name, path, keys, line: Vec::new(), file: BufWriter::new(file) })))
    }

    fn finish(&mut self, _: &Path, _: &Run<'_>) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}

/// The file of one table.
#[derive(Debug)]
struct Lines {
    name: String,
    path: PathBuf,
    /// What stands before each value, and its kind.
    keys: Vec<(Vec<u8>, Kind)>,
    line: Vec<u8>,
    file: BufWriter<File>,
}

impl Sink for Lines {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        self.line.clear();
        for ((key, kind), cell) in self.keys.iter().zip(cells) {
            self.line.push(if self.line.is_empty() { b'{' } else { b',' });
            self.line.extend_from_slice(key);
            push_value(&mut self.line, *cell, *kind);
        }
        self.line.extend_from_slice(b"}\n");
        self.file.write_all(&self.line).map_err(|cause| Error::io(ErrorKind::Write, &self.path, cause))
    }

    fn finish(mut self: Box<Self>, _: &TableSummary) -> Result<Vec<String>> {
        self.file.flush().map_err(|cause| Error::io(ErrorKind::Write, &self.path, cause))?;
        Ok(vec![self.name])
    }
}

fn push_value(line: &mut Vec<u8>, cell: Cell<'_>, kind: Kind) {
    let start = line.len();
    match cell {
        Cell::Missing => {}
        // Writing into memory cannot fail, nor can a text fail to be JSON.
        Cell::Text(text) => drop(serde_json::to_writer(&mut *line, text)),
        Cell::Integer(number) => push_integer(line, number),
        Cell::Number(number) => {
            push_fixed(line, number, if let Kind::Number(decimals) = kind { decimals } else { MAX_DECIMALS });
        }
        Cell::Date(date) => {
            line.push(b'"');
            push_date(line, date);
            line.push(b'"');
        }
        Cell::Boolean(truth) => line.extend_from_slice(if truth { b"true" } else { b"false" }),
    }
    if line.len() == start {
        line.extend_from_slice(b"null");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, OutputConfig};
    use crate::document::Date;
    use crate::report::fixture;

    #[test]
    fn values_are_json() {
        let value = |cell, kind| {
            let mut line = Vec::new();
            push_value(&mut line, cell, kind);
            String::from_utf8(line).unwrap()
        };
        assert_eq!(value(Cell::Text("=a\n\"\u{7}\u{2028}é"), Kind::Text), "\"=a\\n\\\"\\u0007\u{2028}é\"");
        assert_eq!(value(Cell::Text(""), Kind::Text), "\"\"");
        assert_eq!(value(Cell::Missing, Kind::Text), "null");
        assert_eq!(value(Cell::Number(-0.0004), Kind::Number(3)), "0.000");
        assert_eq!(value(Cell::Number(2.5), Kind::Number(1)), "2.5");
        assert_eq!(value(Cell::Number(f64::NAN), Kind::Number(1)), "null");
        assert_eq!(value(Date::from_ymd(2024, 2, 9).into(), Kind::Date), "\"2024-02-09\"");
        assert_eq!(value(true.into(), Kind::Boolean), "true");
    }

    #[test]
    fn a_line_for_each_row_of_the_table() {
        let output_files = OutputConfig { formats: vec!["csv".into(), "jsonl".into()], ..OutputConfig::default() };
        let config = Config { output_files, ..Config::default() };
        let tables = fixture::corpus_tables(&["peace treaty. war and peace"], &config);
        let rows = tables.rows("terms.csv");
        let lines = tables.text("terms.jsonl");
        let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), rows.len());
        for (line, row) in lines.iter().zip(&rows) {
            assert_eq!(line["feature"], row["feature"].as_str());
            assert_eq!(line["frequency"].to_string(), row["frequency"]);
            assert_eq!(line["stopword"].to_string(), row["stopword"]);
        }
        let terms = tables.summary.iter().find(|table| table.file == "terms.csv").unwrap();
        assert_eq!(terms.files, ["terms.csv", "terms.jsonl"]);
    }
}

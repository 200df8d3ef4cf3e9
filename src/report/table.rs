//! The only place that writes a CSV file: [`Cell`] is one value, [`Table`]
//! writes the rows of one file, cells under [`Column`]s, into the folder it is given.
//!
//! The files are UTF-8 with a byte-order mark (but for those of networks), with LF line ends. Cells of text columns are always quoted; numbers,
//! dates and booleans are bare; a missing value is an empty bare cell, an empty text is `""`. What text is kept is the
//! policy of [`cell_text`](super::cell_text). Numbers have a fixed count of decimals by column, a decimal point, no
//! thousands mark, no `-0`; what is not finite is missing. A table never sorts, scores or chooses.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::{ParallelIterator, ParallelSlice};

use super::cell_text;
use super::column::{Column, Kind, MAX_DECIMALS};
use super::digits::{push_date, push_fixed, push_integer};
use crate::document::Date;
use crate::error::{Error, ErrorKind, Result};

/// Most rows below the header that spreadsheets load (Excel and LibreOffice: 1,048,576 with the header).
pub const MAX_SHEET_ROWS: u64 = 1_048_575;

/// The bytes that tell a spreadsheet that the file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Bytes gathered before they go to the file.
const BUFFER_BYTES: usize = 1 << 16;
/// Bytes of a cell as a rule.
const CELL_BYTES: usize = 10;
/// Rows that one thread prints at a time.
const CHUNK_ROWS: usize = 1 << 11;

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No value: an empty bare cell, in a column of any kind.
    Missing,
    /// Text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A number; missing when it is not finite.
    Number(f64),
    /// A date.
    Date(Date),
    /// A truth value.
    Boolean(bool),
}

impl Cell<'_> {
    /// Whether the value may stand in a column of this kind.
    pub fn fits(self, kind: Kind) -> bool {
        matches!(
            (self, kind),
            (Cell::Missing, _)
                | (Cell::Text(_), Kind::Text)
                | (Cell::Integer(_), Kind::Integer)
                | (Cell::Number(_), Kind::Number(_))
                | (Cell::Date(_), Kind::Date)
                | (Cell::Boolean(_), Kind::Boolean)
        )
    }

    /// A text that is missing when there is nothing in it.
    pub fn known(text: &str) -> Cell<'_> {
        if text.is_empty() { Cell::Missing } else { Cell::Text(text) }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(text)
    }
}
impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Cell::Text(text)
    }
}
impl From<u64> for Cell<'_> {
    fn from(count: u64) -> Self {
        Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }
}
impl From<u32> for Cell<'_> {
    fn from(count: u32) -> Self {
        Cell::Integer(count.into())
    }
}
impl From<i32> for Cell<'_> {
    fn from(number: i32) -> Self {
        Cell::Integer(number.into())
    }
}
impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}
impl From<Date> for Cell<'_> {
    fn from(date: Date) -> Self {
        Cell::Date(date)
    }
}
impl From<bool> for Cell<'_> {
    fn from(truth: bool) -> Self {
        Cell::Boolean(truth)
    }
}
impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Missing, Into::into)
    }
}

/// What became of a table, for `run.json` and for warnings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSummary {
    /// File name, `terms.csv`.
    pub file: String,
    /// Rows below the header.
    pub rows: u64,
    /// Rows that met the least counts and that a best-of limit kept out.
    pub left_out: u64,
    /// Columns with cells that got an apostrophe, and how many did; columns without one are not listed.
    pub guarded: Vec<(&'static str, u64)>,
    /// Cells with more UTF-16 units than a spreadsheet keeps.
    pub long_cells: u64,
}

impl TableSummary {
    /// A file of so many rows of which nothing else is to be said.
    pub fn of(file: String, rows: u64) -> TableSummary {
        TableSummary { file, rows, left_out: 0, guarded: Vec::new(), long_cells: 0 }
    }

    /// Whether a spreadsheet would cut rows off.
    pub fn exceeds_sheet(&self) -> bool {
        self.rows > MAX_SHEET_ROWS
    }
}

/// A CSV file that is being written, or rows in memory that will be appended to one.
#[derive(Debug)]
pub struct Table {
    path: PathBuf,
    file: String,
    columns: Vec<Column>,
    /// None for rows that stay in memory.
    sink: Option<File>,
    /// What waits to go to the file.
    out: Vec<u8>,
    rows: u64,
    left_out: u64,
    guarded: Vec<u64>,
    long_cells: u64,
}

impl Table {
    /// Opens `<name>.csv` in a folder and writes its header, after a byte-order mark if that is asked for.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    pub fn create(folder: &Path, name: &str, columns: Vec<Column>, mark: bool) -> Result<Table> {
        let file = format!("{name}.csv");
        let path = folder.join(&file);
        let mut out = Vec::with_capacity(BUFFER_BYTES + BUFFER_BYTES / 4);
        if mark {
            out.extend_from_slice(BYTE_ORDER_MARK);
        }
        out.extend_from_slice(columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",").as_bytes());
        out.push(b'\n');
        let sink = File::create(&path).map_err(|cause| Error::io(ErrorKind::Write, &path, cause))?;
        Ok(Table::new(path, file, columns, Some(sink), out))
    }

    /// Rows of `<name>.csv` in memory, without a header.
    pub fn in_memory(name: &str, columns: Vec<Column>) -> Table {
        let file = format!("{name}.csv");
        Table::new(PathBuf::from(&file), file, columns, None, Vec::new())
    }

    fn new(path: PathBuf, file: String, columns: Vec<Column>, sink: Option<File>, out: Vec<u8>) -> Table {
        let guarded = vec![0; columns.len()];
        Table { guarded, path, file, columns, sink, out, rows: 0, left_out: 0, long_cells: 0 }
    }

    /// Appends rows that were written in memory.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    pub fn append(&mut self, rows: Table) -> Result<()> {
        self.rows += rows.rows;
        self.left_out += rows.left_out;
        self.long_cells += rows.long_cells;
        self.guarded.iter_mut().zip(&rows.guarded).for_each(|(sum, part)| *sum += part);
        if self.out.len() + rows.out.len() < BUFFER_BYTES {
            self.out.extend_from_slice(&rows.out);
            return Ok(());
        }
        self.flush()?;
        self.write(&rows.out)
    }

    /// Writes the rows of many items, on all threads of the pool; they stand in the order of the items.
    ///
    /// # Errors
    /// Those of `write`, and [`ErrorKind::Write`] with the path of the file.
    pub fn rows_of<T: Sync>(&mut self, items: &[T], write: impl Fn(&T, &mut Table) -> Result<()> + Sync) -> Result<()> {
        let (name, columns) = (self.file.trim_end_matches(".csv").to_owned(), self.columns.clone());
        for round in items.chunks(CHUNK_ROWS * rayon::current_num_threads().max(1)) {
            let part = |chunk: &[T]| {
                let mut part = Table::in_memory(&name, columns.clone());
                part.out.reserve(chunk.len() * columns.len() * CELL_BYTES);
                chunk.iter().try_for_each(|item| write(item, &mut part)).map(|()| part)
            };
            let parts: Vec<Result<Table>> = round.par_chunks(CHUNK_ROWS).map(part).collect();
            parts.into_iter().try_for_each(|part| self.append(part?))?;
        }
        Ok(())
    }

    /// Writes one row: one cell for each column, of the column's kind (asserted in debug builds; a wrong number of
    /// cells is an error in every build).
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        debug_assert_eq!(cells.len(), self.columns.len(), "cells of a row of {}", self.file);
        if cells.len() != self.columns.len() {
            let cause =
                io::Error::other(format!("a row of {} cells under {} columns", cells.len(), self.columns.len()));
            return Err(Error::io(ErrorKind::Write, &self.path, cause));
        }
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.print(index, *cell);
        }
        self.out.push(b'\n');
        self.rows += 1;
        if self.out.len() >= BUFFER_BYTES { self.flush() } else { Ok(()) }
    }

    /// Hands what waits to the file, if there is one.
    fn flush(&mut self) -> Result<()> {
        if self.sink.is_none() {
            return Ok(());
        }
        let out = std::mem::take(&mut self.out);
        let written = self.write(&out);
        self.out = out;
        self.out.clear();
        written
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        match &mut self.sink {
            Some(file) => file.write_all(bytes).map_err(|cause| Error::io(ErrorKind::Write, &self.path, cause)),
            None => {
                self.out.extend_from_slice(bytes);
                Ok(())
            }
        }
    }

    /// Notes rows that a best-of limit kept out of the table.
    pub fn leave_out(&mut self, rows: u64) {
        self.left_out += rows;
    }

    /// Writes what is still gathered and closes the file.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    pub fn finish(mut self) -> Result<TableSummary> {
        self.flush()?;
        let guarded = self.columns.iter().zip(&self.guarded).filter(|(_, count)| **count > 0);
        Ok(TableSummary {
            guarded: guarded.map(|(column, count)| (column.name, *count)).collect(),
            file: self.file,
            rows: self.rows,
            left_out: self.left_out,
            long_cells: self.long_cells,
        })
    }

    /// Prints a cell as it stands in the file.
    fn print(&mut self, index: usize, cell: Cell<'_>) {
        let kind = self.columns.get(index).map_or(Kind::Text, |column| column.kind);
        debug_assert!(cell.fits(kind), "{cell:?} in column {index} of {}", self.file);
        match cell {
            Cell::Missing => {}
            Cell::Text(text) => self.print_text(index, text),
            Cell::Integer(number) => push_integer(&mut self.out, number),
            Cell::Number(number) => {
                let decimals = if let Kind::Number(decimals) = kind { decimals } else { MAX_DECIMALS };
                push_fixed(&mut self.out, number, decimals);
            }
            Cell::Date(date) => push_date(&mut self.out, date),
            Cell::Boolean(truth) => self.out.extend_from_slice(if truth { b"true" } else { b"false" }),
        }
    }

    /// Prints a text cell: policy, guard, quotes.
    fn print_text(&mut self, index: usize, text: &str) {
        let text = cell_text::one_line(text);
        self.out.push(b'"');
        if cell_text::is_active(&text) {
            self.out.push(b'\'');
            if let Some(count) = self.guarded.get_mut(index) {
                *count += 1;
            }
        }
        self.long_cells += u64::from(cell_text::is_long(&text));
        push_quoted(&mut self.out, text.as_bytes());
        self.out.push(b'"');
    }
}

/// Appends bytes with `"` doubled.
fn push_quoted(out: &mut Vec<u8>, text: &[u8]) {
    let start = out.len();
    if !text.contains(&b'"') {
        out.extend_from_slice(text);
        return;
    }
    out.resize(start + 2 * text.len(), 0);
    let (_, _, written) = csv_core::quote(text, &mut out[start..], b'"', b'"', true);
    out.truncate(start + written);
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    /// Pieces that some spreadsheet or data tool is known to change.
    #[rustfmt::skip]
    const NASTY: &[&str] = &[
        "=", "+", "-", "@", "=1+2", "@SUM(", "-cmd|' /C calc'!A0", "NA", "null", "NaN", "TRUE", "inf", "#N/A", "007",
        "1e5", "2E8", "1,234", "3.14", "12345678901234567890", "2024-01-05", "1/2", "MARCH1", "10:30", "\"", "\"\"",
        "'", ",", ";", "\n", "\r", "\r\n", "\t", "\0", "\u{7}", "\u{7f}", "\u{feff}", "\u{fffe}", "\u{ffff}",
        "\u{85}", "\u{2028}", "\u{2029}", " ", "a", "é", "e\u{301}", "\u{1100}\u{1161}", "🙂", "שלום", "\u{202e}", "中",
        "(", "[", "\\", "|", "!", "x",
    ];

    /// A row by column name.
    pub(in crate::report) type Row = BTreeMap<String, String>;

    /// The rows of a table, read back by the `csv` crate.
    pub(in crate::report) fn read(path: &Path) -> Vec<Row> {
        let bytes = std::fs::read(path).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes));
        reader.deserialize().map(|row| row.unwrap()).collect()
    }

    fn nasty() -> impl Strategy<Value = String> {
        proptest::collection::vec(proptest::sample::select(NASTY), 0..6).prop_map(|pieces| pieces.concat())
    }

    /// The policy, written a second time in another way.
    fn expected(text: &str) -> String {
        let mut line = text.to_string();
        for space in ["\r", "\n", "\t", "\u{85}", "\u{2028}", "\u{2029}"] {
            line = line.replace(space, " ");
        }
        line.retain(|c| !(c.is_ascii_control() || ['\u{feff}', '\u{fffe}', '\u{ffff}'].contains(&c)));
        let line: String = line.nfc().collect();
        let call = line.char_indices().any(|(at, c)| c == '(' && line[..at].ends_with(char::is_alphabetic));
        let active = line.starts_with('=')
            || (line.starts_with(['+', '-', '@']) && (call || line.contains(['|', '!', '[', '\\'])));
        if active { format!("'{line}") } else { line }
    }

    const COLUMNS: [Column; 5] = [
        Column::text("name", "A name."),
        Column::integer("count", "rows", "A count."),
        Column::number("score", 3, "", "A score.", "a / b"),
        Column::new("date", Kind::Date, "A date."),
        Column::new("known", Kind::Boolean, "Whether it is known."),
    ];

    /// Writes rows and gives the file's bytes and its summary.
    fn write(columns: &[Column], rows: &[Vec<Cell<'_>>]) -> (Vec<u8>, TableSummary) {
        let folder = tempfile::tempdir().unwrap();
        let mut table = Table::create(folder.path(), "t", columns.to_vec(), true).unwrap();
        for row in rows {
            table.row(row).unwrap();
        }
        let summary = table.finish().unwrap();
        (std::fs::read(folder.path().join("t.csv")).unwrap(), summary)
    }

    fn fixed(number: f64, decimals: u8) -> String {
        let mut out = Vec::new();
        push_fixed(&mut out, number, decimals);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_quoted_by_column() {
        let date = Date::from_ymd(2024, 2, 9);
        let rows = [
            vec!["say \"no\"".into(), 7_u64.into(), 0.5.into(), date.into(), true.into()],
            vec!["".into(), (-3).into(), f64::NAN.into(), Cell::Missing, false.into()],
            vec![Cell::Missing; 5],
        ];
        let (bytes, summary) = write(&COLUMNS, &rows);
        let text = "\u{feff}name,count,score,date,known\n\"say \"\"no\"\"\",7,0.500,2024-02-09,true\n\
                    \"\",-3,,,false\n,,,,\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), text);
        assert_eq!((summary.file.as_str(), summary.rows, summary.long_cells), ("t.csv", 3, 0));
        assert!(summary.guarded.is_empty() && !summary.exceeds_sheet());
    }

    #[test]
    fn numbers_are_fixed_and_never_negative_zero() {
        assert_eq!(fixed(-0.0, 2), "0.00");
        assert_eq!(fixed(-0.004, 2), "0.00");
        assert_eq!(fixed(-0.006, 2), "-0.01");
        assert_eq!(fixed(0.125, 2), "0.13");
        assert_eq!(fixed(0.999_999_9, 6), "1.000000");
        assert_eq!(fixed(1234.0, 0), "1234");
        assert_eq!(fixed(1e20, 2), "100000000000000000000.00");
        for missing in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(fixed(missing, 2), "");
        }
        let mut out = Vec::new();
        push_integer(&mut out, i64::MIN);
        assert_eq!(out, i64::MIN.to_string().into_bytes());
    }

    #[test]
    fn guarded_and_long_cells_are_counted() {
        let long = "x".repeat(40_000);
        let rows = [vec!["=1".into(), "-based".into()], vec!["@SUM(A1)".into(), long.as_str().into()]];
        let columns = [Column::text("a", "A."), Column::text("b", "B.")];
        let (_, summary) = write(&columns, &rows);
        assert_eq!(summary.guarded, [("a", 2)]);
        assert_eq!(summary.long_cells, 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let error = Table::create(&folder.path().join("gone"), "t", COLUMNS.to_vec(), true).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Write);
        assert!(error.to_string().contains("t.csv"), "{error}");
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "cells of a row")]
    fn a_short_row_is_a_mistake_of_the_programmer() {
        write(&COLUMNS, &[vec![Cell::Missing; 4]]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(rows in proptest::collection::vec((nasty(), any::<i64>(), nasty()), 0..20)) {
            let columns = [Column::text("a", "A."), Column::integer("n", "", "N."), Column::text("b", "B.")];
            let cells: Vec<_> =
                rows.iter().map(|(a, n, b)| vec![a.into(), Cell::Integer(*n), b.into()]).collect();
            let (bytes, summary) = write(&columns, &cells);
            let body = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap();
            prop_assert_eq!(body.iter().filter(|b| **b == b'\n').count(), rows.len() + 1);
            let read: Vec<_> = csv::Reader::from_reader(body).into_records().map(|r| r.unwrap()).collect();
            prop_assert_eq!(read.len(), rows.len());
            let mut guarded = 0;
            for (record, (a, n, b)) in read.iter().zip(&rows) {
                for (cell, text) in [(&record[0], a), (&record[2], b)] {
                    let wanted = expected(text);
                    prop_assert_eq!(cell, wanted.as_str());
                    let bare = cell_text::one_line(text);
                    prop_assert!(!cell_text::is_active(cell));
                    guarded += u64::from(cell != bare);
                }
                prop_assert_eq!(record[1].parse::<i64>(), Ok(*n));
            }
            prop_assert_eq!(summary.guarded.iter().map(|(_, n)| n).sum::<u64>(), guarded);
            prop_assert_eq!(summary.rows, rows.len() as u64);
        }

        #[test]
        fn fixed_numbers_are_within_half_a_unit(number in -1e9..1e9_f64, decimals in 0..=MAX_DECIMALS) {
            let text = fixed(number, decimals);
            let unit = 10_f64.powi(-i32::from(decimals));
            prop_assert!((text.parse::<f64>().unwrap() - number).abs() <= unit * 0.500_001 + number.abs() * 1e-15);
            let places = text.split_once('.').map_or(0, |(_, p)| p.len());
            prop_assert_eq!(places, usize::from(decimals));
        }
    }
}

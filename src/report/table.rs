//! Rows of typed cells on their way to files: [`Cell`] is one value, [`Table`] takes the rows of one report, cells under
//! [`Column`]s, and hands them in order to the CSV [`Printer`] and to the [`Sink`]s of other formats. A table never sorts,
//! scores or chooses, and does not know how any file looks.
//!
//! Rows may be printed in parts on many threads ([`Table::rows_of`], [`Table::in_memory`]); [`Table::append`] puts parts
//! together in order. A part holds CSV bytes that only have to be copied; only where other formats are asked for it
//! holds its cells as well ([`EncodedRows`]), which are read again when it is appended.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::{ParallelIterator, ParallelSlice};

use super::column::{Column, Kind};
use super::csv::{CsvFiles, Printer, part_name};
use super::encoded::EncodedRows;
use super::key::Key;
use super::sink::Sink;
use crate::config::{CsvConfig, OutputConfig};
use crate::document::Date;
use crate::error::{Error, ErrorKind, Result};

/// Most rows below the header that spreadsheets load (Excel and LibreOffice: 1,048,576 with the header).
pub const MAX_SHEET_ROWS: u64 = 1_048_575;

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
impl<'a> From<&'a Key> for Cell<'a> {
    fn from(key: &'a Key) -> Self {
        Cell::Text(key)
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
    /// What the table is called: its file name as CSV, `terms.csv`.
    pub file: String,
    /// The files that hold its rows, CSV first.
    pub files: Vec<String>,
    /// Rows below the header.
    pub rows: u64,
    /// Rows that met the least counts and that a best-of limit kept out.
    pub left_out: u64,
    /// Columns with cells that got an apostrophe in CSV, and how many did; columns without one are not listed.
    pub guarded: Vec<(&'static str, u64)>,
    /// Cells of the CSV file with more UTF-16 units than a spreadsheet keeps.
    pub long_cells: u64,
}

impl TableSummary {
    /// A file of so many rows of which nothing else is to be said.
    pub fn of(file: String, rows: u64) -> TableSummary {
        TableSummary { files: vec![file.clone()], file, rows, left_out: 0, guarded: Vec::new(), long_cells: 0 }
    }

    /// What the table is called without an ending.
    pub fn name(&self) -> &str {
        self.file.rsplit_once('.').map_or(&self.file, |(name, _)| name)
    }

    /// Whether a spreadsheet would cut rows off if all stood in one file.
    pub fn exceeds_sheet(&self) -> bool {
        self.rows > MAX_SHEET_ROWS
    }
}

/// A table that is being written, or rows in memory that will be appended to one.
#[derive(Debug)]
pub struct Table {
    name: String,
    columns: Vec<Column>,
    /// Rows that wait, as CSV; none where no CSV is asked for.
    csv: Option<Printer>,
    /// Rows that wait, as cells; none where nothing but CSV is asked for.
    cells: Option<EncodedRows>,
    /// Rows that wait as CSV.
    waiting: u64,
    /// None for rows that stay in memory.
    files: Option<Files>,
    rows: u64,
    left_out: u64,
}

/// Where the rows of a table go.
#[derive(Debug)]
struct Files {
    csv: Option<CsvFiles>,
    sinks: Vec<Box<dyn Sink>>,
}

impl Table {
    /// Opens a table in a folder: its CSV files, if these are asked for, and the sinks of other formats.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    pub fn create(
        folder: &Path,
        name: &str,
        columns: Vec<Column>,
        config: &OutputConfig,
        sinks: Vec<Box<dyn Sink>>,
    ) -> Result<Table> {
        let mut table = Table::in_memory(name, columns, config);
        let csv = table.csv.as_ref();
        let csv = csv
            .map(|csv| CsvFiles::create(folder, name, &table.columns, csv.config(), config.split_rows))
            .transpose()?;
        if sinks.is_empty() {
            table.cells = None;
        }
        table.files = Some(Files { csv, sinks });
        Ok(table)
    }

    /// Rows in memory, without a header.
    pub fn in_memory(name: &str, columns: Vec<Column>, config: &OutputConfig) -> Table {
        Table::part(name, columns, config.writes_csv().then_some(config.csv), config.writes_others())
    }

    fn part(name: &str, columns: Vec<Column>, csv: Option<CsvConfig>, cells: bool) -> Table {
        let csv = csv.map(|config| Printer::new(config, columns.len()));
        let cells = cells.then(EncodedRows::default);
        Table { name: name.to_owned(), columns, csv, cells, waiting: 0, files: None, rows: 0, left_out: 0 }
    }

    /// Appends rows that were written in memory.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    pub fn append(&mut self, part: Table) -> Result<()> {
        self.left_out += part.left_out;
        self.rows += part.rows;
        self.flush_cells()?;
        self.hand_over(part.cells.as_ref())?;
        let (Some(csv), Some(rows)) = (&mut self.csv, &part.csv) else { return Ok(()) };
        csv.count(rows);
        if csv.bytes.len() + rows.bytes.len() < BUFFER_BYTES {
            csv.bytes.extend_from_slice(&rows.bytes);
            self.waiting += part.waiting;
            return Ok(());
        }
        self.flush_csv()?;
        self.copy(&rows.bytes, part.waiting)
    }

    /// Writes the rows of many items, on all threads of the pool; they stand in the order of the items.
    ///
    /// # Errors
    /// Those of `write`, and [`ErrorKind::Write`] with the path of the file.
    pub fn rows_of<T: Sync>(&mut self, items: &[T], write: impl Fn(&T, &mut Table) -> Result<()> + Sync) -> Result<()> {
        let (name, columns) = (self.name.clone(), self.columns.clone());
        let (csv, cells) = (self.csv.as_ref().map(Printer::config), self.cells.is_some());
        for round in items.chunks(CHUNK_ROWS * rayon::current_num_threads().max(1)) {
            let parts: Vec<Result<Table>> = round
                .par_chunks(CHUNK_ROWS)
                .map(|chunk| {
                    let mut part = Table::part(&name, columns.clone(), csv, cells);
                    if let Some(csv) = &mut part.csv {
                        csv.bytes.reserve(chunk.len() * columns.len() * CELL_BYTES);
                    }
                    chunk.iter().try_for_each(|item| write(item, &mut part)).map(|()| part)
                })
                .collect();
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
        debug_assert_eq!(cells.len(), self.columns.len(), "cells of a row of {}", self.name);
        debug_assert!(
            cells.iter().zip(&self.columns).all(|(cell, column)| cell.fits(column.kind)),
            "{cells:?} in a row of {}",
            self.name
        );
        if cells.len() != self.columns.len() {
            let cause =
                io::Error::other(format!("a row of {} cells under {} columns", cells.len(), self.columns.len()));
            return Err(Error::io(ErrorKind::Write, &PathBuf::from(part_name(&self.name, 1)), cause));
        }
        self.rows += 1;
        if let Some(csv) = &mut self.csv {
            csv.row(&self.columns, cells);
            self.waiting += 1;
            if csv.bytes.len() >= BUFFER_BYTES && self.files.is_some() {
                self.flush_csv()?;
            }
        }
        if let Some(encoded) = &mut self.cells {
            encoded.push(&self.columns, cells);
            if encoded.len() >= BUFFER_BYTES && self.files.is_some() {
                self.flush_cells()?;
            }
        }
        Ok(())
    }

    /// Hands printed rows that wait to the file.
    fn flush_csv(&mut self) -> Result<()> {
        let Some(mut csv) = self.csv.take() else { return Ok(()) };
        let written = self.copy(&csv.bytes, self.waiting);
        csv.bytes.clear();
        (self.csv, self.waiting) = (Some(csv), 0);
        written
    }

    /// Hands cells that wait to the sinks.
    fn flush_cells(&mut self) -> Result<()> {
        let Some(mut cells) = self.cells.take() else { return Ok(()) };
        let written = self.hand_over(Some(&cells));
        cells.clear();
        self.cells = Some(cells);
        written
    }

    fn copy(&mut self, bytes: &[u8], rows: u64) -> Result<()> {
        let csv = self.files.as_mut().and_then(|files| files.csv.as_mut());
        csv.map_or(Ok(()), |csv| csv.write(bytes, rows))
    }

    fn hand_over(&mut self, cells: Option<&EncodedRows>) -> Result<()> {
        let Some(files) = &mut self.files else { return Ok(()) };
        let mut rows = cells.into_iter().flat_map(EncodedRows::rows);
        rows.try_for_each(|row| files.sinks.iter_mut().try_for_each(|sink| sink.row(&row)))
    }

    /// Notes rows that a best-of limit kept out of the table.
    pub fn leave_out(&mut self, rows: u64) {
        self.left_out += rows;
    }

    /// Writes what is still gathered and closes the files.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    pub fn finish(mut self) -> Result<TableSummary> {
        self.flush_csv()?;
        self.flush_cells()?;
        let mut summary =
            TableSummary { left_out: self.left_out, ..TableSummary::of(part_name(&self.name, 1), self.rows) };
        if let Some(csv) = &self.csv {
            let guarded = self.columns.iter().zip(&csv.guarded).filter(|(_, count)| **count > 0);
            summary.guarded = guarded.map(|(column, count)| (column.name, *count)).collect();
            summary.long_cells = csv.long_cells;
        }
        let Some(files) = self.files else { return Ok(summary) };
        summary.files = files.csv.map_or_else(Vec::new, |csv| csv.names);
        for sink in files.sinks {
            let written = sink.finish(&summary)?;
            summary.files.extend(written);
        }
        Ok(summary)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use super::super::csv::BYTE_ORDER_MARK;
    use super::super::digits::{push_fixed, push_integer};
    use super::super::{cell_text, column::MAX_DECIMALS};
    use super::*;
    use crate::config::FormulaGuard;
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
        let (files, summary) = write_with(&OutputConfig::default(), columns, rows);
        (files.concat(), summary)
    }

    /// As [`write`], with options: the bytes of each file.
    fn write_with(config: &OutputConfig, columns: &[Column], rows: &[Vec<Cell<'_>>]) -> (Vec<Vec<u8>>, TableSummary) {
        let folder = tempfile::tempdir().unwrap();
        let mut table = Table::create(folder.path(), "t", columns.to_vec(), config, Vec::new()).unwrap();
        let (first, rest) = rows.split_at(rows.len() / 2);
        first.iter().for_each(|row| table.row(row).unwrap());
        table.rows_of(rest, |row, table| table.row(row)).unwrap();
        let summary = table.finish().unwrap();
        (summary.files.iter().map(|file| std::fs::read(folder.path().join(file)).unwrap()).collect(), summary)
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
    fn a_file_for_other_tools_looks_as_asked() {
        let date = Date::from_ymd(2024, 2, 9);
        let row = vec!["=a;b".into(), (-7).into(), (-1234.5).into(), date.into(), true.into()];
        let csv = CsvConfig { delimiter: ';', decimal_comma: true, crlf: true, ..CsvConfig::DATA };
        let config = OutputConfig { csv, ..OutputConfig::default() };
        let (files, summary) = write_with(&config, &COLUMNS, &[row]);
        let text = "name;count;score;date;known\r\n\"=a;b\";-7;-1234,500;2024-02-09;true\r\n";
        assert_eq!(String::from_utf8(files.concat()).unwrap(), text);
        assert!(summary.guarded.is_empty());
    }

    #[test]
    fn rows_go_on_in_further_files_with_a_header_each() {
        let rows: Vec<_> = (0..5000_i32).map(|n| vec![Cell::Text("a\nb"), n.into()]).collect();
        let columns = [Column::text("a", "A."), Column::integer("n", "", "N.")];
        for (most, files) in [(0, 1), (1, 5000), (777, 7), (2500, 2), (4999, 2), (5000, 1)] {
            let config = OutputConfig { split_rows: most, ..OutputConfig::default() };
            let (written, summary) = write_with(&config, &columns, &rows);
            assert_eq!((written.len(), summary.rows), (files, 5000), "{most}");
            assert_eq!(
                summary.files.last().unwrap().as_str(),
                if files == 1 { "t.csv".to_owned() } else { format!("t-{files}.csv") }
            );
            let mut numbers = Vec::new();
            for file in &written {
                let lines = std::str::from_utf8(file).unwrap().strip_prefix("\u{feff}a,n\n").unwrap();
                assert!(!lines.is_empty() && lines.ends_with('\n'));
                numbers
                    .extend(lines.lines().map(|line| line.strip_prefix("\"a b\",").unwrap().parse::<i32>().unwrap()));
            }
            assert_eq!(numbers, (0..5000).collect::<Vec<_>>(), "{most}");
        }
        let config = OutputConfig { split_rows: 10, ..OutputConfig::default() };
        assert_eq!(write_with(&config, &columns, &[]).0.len(), 1, "an empty table is one file");
    }

    #[test]
    fn texts_of_several_lines_stay_whole_where_files_are_split() {
        let csv = CsvConfig { keep_newlines: true, crlf: true, bom: false, ..CsvConfig::default() };
        let config = OutputConfig { split_rows: 2, csv, ..OutputConfig::default() };
        let columns = [Column::text("a", "A."), Column::integer("n", "", "N.")];
        let rows: Vec<_> = (0..3_i32).map(|n| vec![Cell::Text("=a\r\n\"b\"\n"), n.into()]).collect();
        let (written, summary) = write_with(&config, &columns, &rows);
        let row = |n: i32| format!("\"'=a\n\"\"b\"\"\n\",{n}\r\n");
        let text = |file: &[u8]| String::from_utf8(file.to_vec()).unwrap();
        assert_eq!(text(&written[0]), format!("a,n\r\n{}{}", row(0), row(1)));
        assert_eq!(text(&written[1]), format!("a,n\r\n{}", row(2)));
        assert_eq!(summary.guarded, [("a", 3)]);
    }

    /// Keeps rows as text.
    #[derive(Debug, Default)]
    struct Keeper(std::sync::Arc<std::sync::Mutex<Vec<String>>>);

    impl Sink for Keeper {
        fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
            self.0.lock().unwrap().push(format!("{cells:?}"));
            Ok(())
        }

        fn finish(self: Box<Self>, summary: &TableSummary) -> Result<Vec<String>> {
            Ok(vec![format!("{} {}", summary.name(), summary.rows)])
        }
    }

    #[test]
    fn sinks_get_the_cells_of_all_rows_in_order() {
        let text = |n: i32| format!("=line\n{n}");
        let columns = [Column::text("a", "A."), Column::integer("n", "", "N.")];
        let config = OutputConfig { formats: vec!["csv".into(), "other".into()], ..OutputConfig::default() };
        let folder = tempfile::tempdir().unwrap();
        let kept = Keeper::default();
        let seen = kept.0.clone();
        let mut table = Table::create(folder.path(), "t", columns.to_vec(), &config, vec![Box::new(kept)]).unwrap();
        let write = |n: &i32, table: &mut Table| table.row(&[text(*n).as_str().into(), (*n).into()]);
        (0..7000).for_each(|n| write(&n, &mut table).unwrap());
        table.rows_of(&(7000..15_000).collect::<Vec<_>>(), write).unwrap();
        let mut part = Table::in_memory("t", columns.to_vec(), &config);
        write(&15_000, &mut part).unwrap();
        table.append(part).unwrap();
        write(&15_001, &mut table).unwrap();
        let summary = table.finish().unwrap();
        assert_eq!(summary.files, ["t.csv", "t 15002"]);
        let expected: Vec<_> = (0..15_002).map(|n| format!("{:?}", [Cell::Text(&text(n)), n.into()])).collect();
        assert_eq!(*seen.lock().unwrap(), expected);
        assert_eq!(read(&folder.path().join("t.csv")).len(), 15_002);
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
        let error =
            Table::create(&folder.path().join("gone"), "t", COLUMNS.to_vec(), &OutputConfig::default(), Vec::new())
                .unwrap_err();
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
                    prop_assert!(!cell_text::is_guarded(cell, FormulaGuard::Active));
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

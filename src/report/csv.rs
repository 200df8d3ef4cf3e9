//! The only place that knows how a CSV file looks: [`Printer`] turns rows of cells into bytes, [`CsvFiles`] puts them
//! into one file, or into several of so many rows.
//!
//! The files are UTF-8. Cells of text columns are always quoted; numbers, dates and booleans are bare; a missing value
//! is an empty bare cell, an empty text is `""`. What text is kept is the policy of [`cell_text`](super::cell_text).
//! Numbers have a fixed count of decimals by column, no thousands mark, no `-0`; what is not finite is missing. A cell
//! holds no line end, so each line is a row, unless it is asked to keep them. The rest is [`CsvConfig`]: by default a byte-order mark (but for the files
//! of networks), commas, decimal points, LF, and an apostrophe before what a spreadsheet would run.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::cell_text;
use super::column::{Column, Kind, MAX_DECIMALS};
use super::digits::{push_date, push_fixed, push_integer};
use super::table::Cell;
use crate::config::CsvConfig;
use crate::error::{Error, ErrorKind, Result};

/// The bytes that tell a spreadsheet that the file is UTF-8.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Rows as bytes, and what was done to them.
#[derive(Debug)]
pub(super) struct Printer {
    config: CsvConfig,
    delimiter: u8,
    /// Printed rows.
    pub(super) bytes: Vec<u8>,
    /// Cells with an apostrophe, by column.
    pub(super) guarded: Vec<u64>,
    /// Cells with more UTF-16 units than a spreadsheet keeps.
    pub(super) long_cells: u64,
}

impl Printer {
    pub(super) fn new(config: CsvConfig, columns: usize) -> Printer {
        // Checked with the options: one byte.
        let delimiter = u8::try_from(config.delimiter).unwrap_or(b',');
        Printer { config, delimiter, bytes: Vec::new(), guarded: vec![0; columns], long_cells: 0 }
    }

    /// How these files look.
    pub(super) fn config(&self) -> CsvConfig {
        self.config
    }

    /// Adds what was counted of other rows of the table.
    pub(super) fn count(&mut self, rows: &Printer) {
        self.long_cells += rows.long_cells;
        self.guarded.iter_mut().zip(&rows.guarded).for_each(|(sum, part)| *sum += part);
    }

    /// Prints one row.
    pub(super) fn row(&mut self, columns: &[Column], cells: &[Cell<'_>]) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.bytes.push(self.delimiter);
            }
            self.cell(columns, index, *cell);
        }
        if self.config.crlf {
            self.bytes.push(b'\r');
        }
        self.bytes.push(b'\n');
    }

    fn cell(&mut self, columns: &[Column], index: usize, cell: Cell<'_>) {
        match cell {
            Cell::Missing => {}
            Cell::Text(text) => self.text(index, text),
            Cell::Integer(number) => push_integer(&mut self.bytes, number),
            Cell::Number(number) => {
                let decimals = match columns.get(index).map(|column| column.kind) {
                    Some(Kind::Number(decimals)) => decimals,
                    _ => MAX_DECIMALS,
                };
                let start = self.bytes.len();
                push_fixed(&mut self.bytes, number, decimals);
                if self.config.decimal_comma {
                    let point = self.bytes[start..].iter_mut().find(|byte| **byte == b'.');
                    point.into_iter().for_each(|byte| *byte = b',');
                }
            }
            Cell::Date(date) => push_date(&mut self.bytes, date),
            Cell::Boolean(truth) => self.bytes.extend_from_slice(if truth { b"true" } else { b"false" }),
        }
    }

    /// Prints a text cell: policy, guard, quotes.
    fn text(&mut self, index: usize, text: &str) {
        // Nothing is done to a plain word, as most cells of the long tables are.
        if text.len() <= 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            self.bytes.push(b'"');
            self.bytes.extend_from_slice(text.as_bytes());
            return self.bytes.push(b'"');
        }
        let text = if self.config.keep_newlines { cell_text::with_lines(text) } else { cell_text::one_line(text) };
        self.bytes.push(b'"');
        if cell_text::is_guarded(&text, self.config.formula_guard) {
            self.bytes.push(b'\'');
            if let Some(count) = self.guarded.get_mut(index) {
                *count += 1;
            }
        }
        self.long_cells += u64::from(cell_text::is_long(&text));
        push_quoted(&mut self.bytes, text.as_bytes());
        self.bytes.push(b'"');
    }
}

/// What a file begins with.
pub(super) fn header(columns: &[Column], config: CsvConfig) -> Vec<u8> {
    let mut header = if config.bom { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    header.extend_from_slice(names.join(&config.delimiter.to_string()).as_bytes());
    header.extend_from_slice(if config.crlf { b"\r\n" } else { b"\n" });
    header
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

/// The name of a part of a table: `terms.csv`, then `terms-2.csv`.
pub(super) fn part_name(name: &str, part: u64) -> String {
    if part < 2 { format!("{name}.csv") } else { format!("{name}-{part}.csv") }
}

/// The file of a table, or its files of so many rows.
#[derive(Debug)]
pub(super) struct CsvFiles {
    folder: PathBuf,
    name: String,
    /// What each file begins with.
    header: Vec<u8>,
    /// Most rows of a file.
    most: u64,
    /// Rows of the file that is open.
    rows: u64,
    path: PathBuf,
    file: File,
    /// Names of the files.
    pub(super) names: Vec<String>,
}

impl CsvFiles {
    /// Opens the first file and writes its header.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    pub(super) fn create(
        folder: &Path,
        name: &str,
        columns: &[Column],
        config: CsvConfig,
        split_rows: u64,
    ) -> Result<CsvFiles> {
        let header = header(columns, config);
        let most = if split_rows == 0 { u64::MAX } else { split_rows };
        let first = part_name(name, 1);
        let path = folder.join(&first);
        let file = begin(&path, &header)?;
        let (folder, name) = (folder.to_path_buf(), name.to_owned());
        Ok(CsvFiles { folder, name, header, most, rows: 0, path, file, names: vec![first] })
    }

    /// Writes printed rows; a row that no longer fits opens the next file.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    pub(super) fn write(&mut self, mut bytes: &[u8], mut rows: u64) -> Result<()> {
        while rows > self.most - self.rows {
            let room = self.most - self.rows;
            let (fit, rest) = bytes.split_at(end_of_row(bytes, room));
            self.put(fit)?;
            let next = part_name(&self.name, self.names.len() as u64 + 1);
            self.path = self.folder.join(&next);
            self.file = begin(&self.path, &self.header)?;
            self.names.push(next);
            (bytes, rows, self.rows) = (rest, rows - room, 0);
        }
        self.rows += rows;
        self.put(bytes)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|cause| Error::io(ErrorKind::Write, &self.path, cause))
    }
}

fn begin(path: &Path, header: &[u8]) -> Result<File> {
    let begun = File::create(path).and_then(|mut file| file.write_all(header).map(|()| file));
    begun.map_err(|cause| Error::io(ErrorKind::Write, path, cause))
}

/// Where so many rows end: at a line end outside of quotes.
fn end_of_row(bytes: &[u8], rows: u64) -> usize {
    let Some(last) = rows.checked_sub(1) else { return 0 };
    let mut is_quoted = false;
    let ends = memchr::memchr2_iter(b'\n', b'"', bytes).filter(|&at| {
        is_quoted ^= bytes[at] == b'"';
        bytes[at] == b'\n' && !is_quoted
    });
    ends.into_iter().nth(usize::try_from(last).unwrap_or(usize::MAX)).map_or(bytes.len(), |at| at + 1)
}

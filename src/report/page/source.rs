//! The finished tables as the page reads them: what `run.json` says, and the rows of each CSV file one after the other,
//! so that the page shows what the tables say and nothing of a table stays in memory.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::config::{CsvConfig, FormulaGuard};
use crate::error::{Error, ErrorKind, Result};
use crate::report::cell_text;
use crate::report::run::{self, Run};

/// The tables of a folder.
#[derive(Debug)]
pub(super) struct Tables {
    folder: PathBuf,
    config: CsvConfig,
    manifest: Value,
}

impl Tables {
    /// The tables of a run.
    pub(super) fn new(folder: &Path, run: &Run<'_>) -> Tables {
        let (folder, config) = (folder.to_path_buf(), run.config.output_files.csv);
        Tables { folder, config, manifest: run::value(run) }
    }

    /// A value of `run.json`, by its place: `/input/documents`.
    pub(super) fn manifest(&self, place: &str) -> Option<&Value> {
        self.manifest.pointer(place)
    }

    /// A number of `run.json`; 0 where there is none.
    pub(super) fn total(&self, place: &str) -> u64 {
        self.manifest(place).and_then(Value::as_u64).unwrap_or_default()
    }

    /// Rows of a table by its file name; none when it was not written.
    pub(super) fn rows_of(&self, file: &str) -> Option<u64> {
        self.table(file)?["rows"].as_u64()
    }

    fn table(&self, file: &str) -> Option<&Value> {
        self.manifest("/tables")?.as_array()?.iter().find(|table| table["file"] == file)
    }

    /// The files that hold the rows of a table, in order; none when it was not written.
    fn parts(&self, file: &str) -> Option<Vec<PathBuf>> {
        let table = self.table(file)?;
        let named: Vec<&str> = table["files"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let named = if named.is_empty() { vec![file] } else { named };
        Some(named.into_iter().filter(|name| name.ends_with(".csv")).map(|name| self.folder.join(name)).collect())
    }

    /// What `run.json` warns of.
    pub(super) fn warnings(&self) -> impl Iterator<Item = &str> {
        let warnings = self.manifest("/warnings").and_then(Value::as_array);
        warnings.into_iter().flatten().filter_map(Value::as_str)
    }

    /// The rows of a table by name, with the columns that are asked for; none when the table was not written.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] when it cannot be read or has not these columns.
    pub(super) fn read<const N: usize>(&self, name: &str, columns: [&'static str; N]) -> Result<Option<Rows<N>>> {
        let Some(mut parts) = self.parts(&format!("{name}.csv")).filter(|parts| !parts.is_empty()) else {
            return Ok(None);
        };
        parts.reverse();
        let first = Part::open(parts.pop().unwrap_or_default(), &self.config, columns)?;
        Ok(Some(Rows { config: self.config, columns, part: first, left: parts, record: csv::StringRecord::new() }))
    }
}

/// One file of a table.
#[derive(Debug)]
struct Part<const N: usize> {
    path: PathBuf,
    reader: csv::Reader<File>,
    /// Where the columns are.
    places: [usize; N],
}

impl<const N: usize> Part<N> {
    fn open(path: PathBuf, config: &CsvConfig, columns: [&'static str; N]) -> Result<Part<N>> {
        let file = File::open(&path).map_err(|cause| Error::io(ErrorKind::Read, &path, cause))?;
        let delimiter = u8::try_from(config.delimiter).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).buffer_capacity(1 << 16).from_reader(file);
        let header = reader.headers().map_err(|cause| failed(&path, cause))?;
        let mut places = [0; N];
        for (at, wanted) in columns.iter().enumerate() {
            let found = header.iter().position(|name| name.trim_start_matches('\u{feff}') == *wanted);
            let missing = || std::io::Error::other(format!("there is no column {wanted}"));
            places[at] = found.ok_or_else(|| Error::io(ErrorKind::Read, &path, missing()))?;
        }
        Ok(Part { path, reader, places })
    }
}

fn failed(path: &Path, cause: csv::Error) -> Error {
    Error::io(ErrorKind::Read, path, std::io::Error::other(cause))
}

/// The rows of a table.
#[derive(Debug)]
pub(super) struct Rows<const N: usize> {
    config: CsvConfig,
    columns: [&'static str; N],
    part: Part<N>,
    /// Further files, the last first.
    left: Vec<PathBuf>,
    record: csv::StringRecord,
}

impl<const N: usize> Rows<N> {
    /// The cells of the next row, in the order in which the columns were asked for; none behind the last.
    ///
    /// # Errors
    /// [`ErrorKind::Read`].
    pub(super) fn next(&mut self) -> Result<Option<[&str; N]>> {
        let part = &mut self.part;
        while !part.reader.read_record(&mut self.record).map_err(|cause| failed(&part.path, cause))? {
            let Some(path) = self.left.pop() else { return Ok(None) };
            *part = Part::open(path, &self.config, self.columns)?;
        }
        if self.config.keep_newlines {
            // The page shows the same, however the tables are written.
            self.record = self.record.iter().map(cell_text::one_line).collect();
        }
        let (record, guard) = (&self.record, self.config.formula_guard);
        Ok(Some(part.places.map(|place| unguarded(record.get(place).unwrap_or_default(), guard))))
    }
}

/// A cell without the apostrophe that keeps spreadsheets from running it.
fn unguarded(cell: &str, guard: FormulaGuard) -> &str {
    cell.strip_prefix('\'').filter(|rest| cell_text::is_guarded(rest, guard)).unwrap_or(cell)
}

/// The number of a cell, with a decimal point or comma; none when it is empty.
pub(super) fn number(cell: &str) -> Option<f64> {
    cell.parse().ok().or_else(|| cell.replace(',', ".").parse().ok())
}

/// The whole number of a cell; 0 when it is empty.
pub(super) fn whole(cell: &str) -> u64 {
    cell.parse().unwrap_or_default()
}

//! The finished tables as the page reads them: `run.json`, and the rows of each CSV file one after the other, so that
//! the page shows what the tables say and nothing of a table stays in memory.

use std::fs::File;
use std::io::ErrorKind::NotFound;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};
use crate::report::cell_text;
use crate::report::ownership::MANIFEST;

/// The tables of a folder.
#[derive(Debug)]
pub(super) struct Tables {
    folder: PathBuf,
    manifest: Value,
}

impl Tables {
    /// The tables of a folder that holds a `run.json`.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] when it cannot be read.
    pub(super) fn open(folder: &Path) -> Result<Tables> {
        let path = folder.join(MANIFEST);
        let failed = |cause| Error::io(ErrorKind::Read, &path, cause);
        let text = std::fs::read(&path).map_err(failed)?;
        let manifest = serde_json::from_slice(&text).map_err(|cause| failed(cause.into()))?;
        Ok(Tables { folder: folder.to_path_buf(), manifest })
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
        let tables = self.manifest("/tables")?.as_array()?;
        tables.iter().find(|table| table["file"] == file)?["rows"].as_u64()
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
    pub(super) fn read<const N: usize>(&self, name: &str, columns: [&str; N]) -> Result<Option<Rows<N>>> {
        let path = self.folder.join(format!("{name}.csv"));
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(cause) if cause.kind() == NotFound => return Ok(None),
            Err(cause) => return Err(Error::io(ErrorKind::Read, &path, cause)),
        };
        let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(file);
        let header = reader.headers().map_err(|cause| failed(&path, cause))?;
        let place = |wanted: &str| header.iter().position(|name| name.trim_start_matches('\u{feff}') == wanted);
        let mut places = [0; N];
        for (at, column) in columns.iter().enumerate() {
            let missing = || std::io::Error::other(format!("there is no column {column}"));
            places[at] = place(column).ok_or_else(|| Error::io(ErrorKind::Read, &path, missing()))?;
        }
        Ok(Some(Rows { path, reader, places, record: csv::StringRecord::new() }))
    }
}

fn failed(path: &Path, cause: csv::Error) -> Error {
    Error::io(ErrorKind::Read, path, std::io::Error::other(cause))
}

/// The rows of a table.
#[derive(Debug)]
pub(super) struct Rows<const N: usize> {
    path: PathBuf,
    reader: csv::Reader<File>,
    places: [usize; N],
    record: csv::StringRecord,
}

impl<const N: usize> Rows<N> {
    /// The cells of the next row, in the order in which the columns were asked for; none behind the last.
    ///
    /// # Errors
    /// [`ErrorKind::Read`].
    pub(super) fn next(&mut self) -> Result<Option<[&str; N]>> {
        if !self.reader.read_record(&mut self.record).map_err(|cause| failed(&self.path, cause))? {
            return Ok(None);
        }
        let record = &self.record;
        Ok(Some(self.places.map(|place| unguarded(record.get(place).unwrap_or_default()))))
    }
}

/// A cell without the apostrophe that keeps spreadsheets from running it.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| cell_text::is_active(rest)).unwrap_or(cell)
}

/// The number of a cell; none when it is empty.
pub(super) fn number(cell: &str) -> Option<f64> {
    cell.parse().ok()
}

/// The whole number of a cell; 0 when it is empty.
pub(super) fn whole(cell: &str) -> u64 {
    cell.parse().unwrap_or_default()
}

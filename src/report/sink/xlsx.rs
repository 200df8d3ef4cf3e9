//! `byline.xlsx`: a summary with charts, and a sheet for each table, ready to read: a fixed header, a filter, widths,
//! formats by the kind of the column, bars and colours on counts and scores.
//!
//! Rows go to temporary files as they come, compressed, so a workbook takes hardly any memory. They are written here
//! (`row`) and put into what the library makes (`package`), which takes a fourth of the time that the library takes for
//! them. Texts are written as texts: nothing is a formula. What no sheet can hold is said in notes: rows past the last go on in a further sheet, longer cells are
//! cut. Nothing in the file depends on time, machine or order of work.

mod look;
mod package;
mod row;
mod sheet;
mod summary;

use std::collections::BTreeMap;
use std::fmt::{self, Debug, Formatter};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use self::look::Look;
use self::sheet::TableSheets;
use super::super::REPORTS;
use super::super::Report;
use super::super::column::Column;
use super::super::run::Run;
use super::{Format, FormatEntry, FormatFiles, Sink};
use crate::config::Config;
use crate::error::{Error, ErrorKind, Result};

/// File name of the workbook.
const FILE: &str = "byline.xlsx";

/// The format.
pub(super) const FORMAT: FormatEntry =
    FormatEntry { name: "xlsx", files: FormatFiles::One(FILE), open: Some(|config| Ok(Box::new(Xlsx::new(config)?))) };

/// The workbook of a run.
#[derive(Debug)]
struct Xlsx {
    /// Where temporary files go, if not beside the workbook.
    scratch: Option<PathBuf>,
    book: Arc<Mutex<Book>>,
}

/// What the sheets share.
struct Book {
    workbook: Workbook,
    look: Look,
    /// Finished sheets by place of the table and part.
    sheets: BTreeMap<(usize, usize), (Worksheet, package::Sheet)>,
    /// What became of each table, by its place.
    done: BTreeMap<usize, Finished>,
    /// Row of the first mention of the first entities, by `entity_id`.
    mentions: BTreeMap<String, u32>,
}

/// What became of a table.
#[derive(Debug)]
struct Finished {
    name: &'static str,
    sheets: usize,
    cut_cells: u64,
    /// What a chart shows of it: names and numbers.
    shown: Vec<(String, f64)>,
}

impl Debug for Book {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Book").field("done", &self.done).finish_non_exhaustive()
    }
}

impl Xlsx {
    fn new(config: &Config) -> Result<Xlsx> {
        let mut workbook = Workbook::new();
        let look = tried(Path::new(FILE), || Look::register(&mut workbook))?;
        let (sheets, done, mentions) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let book = Book { workbook, look, sheets, done, mentions };
        Ok(Xlsx { scratch: config.tmp_dir.clone(), book: Arc::new(Mutex::new(book)) })
    }
}

fn locked(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Format for Xlsx {
    fn open(&self, folder: &Path, report: &Report, columns: &[Column]) -> Result<Option<Box<dyn Sink>>> {
        let scratch = self.scratch.as_deref().unwrap_or(folder).to_path_buf();
        let place = REPORTS.iter().position(|known| known.name == report.name).unwrap_or(REPORTS.len());
        let (paths, book) = ((folder.join(FILE), scratch), Arc::clone(&self.book));
        Ok(Some(Box::new(TableSheets::open(paths, book, (place, report.name), columns.to_vec()))))
    }

    fn finish(&mut self, folder: &Path, run: &Run<'_>) -> Result<Vec<String>> {
        let path = folder.join(FILE);
        let mut book = locked(&self.book);
        let notes: Vec<String> = book.done.values().flat_map(Finished::notes).collect();
        tried(&path, || {
            let summary = summary::sheet(&book, run, &notes)?;
            let book = &mut *book;
            book.workbook.push_worksheet(summary);
            let mut sheets = Vec::new();
            for (outline, sheet) in std::mem::take(&mut book.sheets).into_values() {
                book.workbook.push_worksheet(outline);
                sheets.push(sheet);
            }
            // A fixed day, so that two runs give the same bytes.
            let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
            book.workbook.set_properties(&DocProperties::new().set_author("byline").set_creation_datetime(&day));
            let whole = book.workbook.save_to_buffer()?;
            Ok(package::write(&path, whole, sheets.into_iter())?)
        })?;
        Ok(notes)
    }
}

impl Finished {
    /// What a user should know.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.sheets > 1 {
            notes.push(format!(
                "{FILE}: {} has more rows than a sheet holds and goes on in further sheets ({}).",
                self.name,
                self.sheets - 1
            ));
        }
        if self.cut_cells > 0 {
            notes.push(format!(
                "{FILE}: {} has cells of more than {} characters ({}); they are cut at that length.",
                self.name,
                super::super::cell_text::MAX_CELL_UNITS,
                self.cut_cells
            ));
        }
        notes
    }
}

/// Does something with the workbook.
fn tried<T>(path: &Path, work: impl FnOnce() -> std::result::Result<T, XlsxError>) -> Result<T> {
    work().map_err(|cause| {
        let cause = if let XlsxError::IoError(cause) = cause { cause } else { io::Error::other(cause.to_string()) };
        Error::io(ErrorKind::Write, path, cause)
    })
}

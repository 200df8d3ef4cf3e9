//! The formats of tables beside CSV. A [`Format`] is one format of one run; it opens a [`Sink`] for each table, which
//! gets the rows as typed cells, in order. [`Outputs`] holds the formats that were asked for, and opens tables.
//!
//! To add a format: write `report/sink/x.rs` with a `FORMAT`, then add `mod x;` and a line of [`FORMATS`]. `--format`,
//! the list of files that byline owns and `run.json` follow from that line. A format of one file for each table writes in
//! its sinks (`jsonl`); one of a single file gathers there and writes in [`Format::finish`].
//!
//! Texts are as the report gave them: unguarded and with line ends. Numbers are finite and have the decimals of their
//! column, as in the CSV file.

use std::fmt::Debug;
use std::path::Path;

mod jsonl;
#[cfg(feature = "parquet")]
mod parquet_file;
mod xlsx;

use super::column::Column;
use super::run::Run;
use super::table::{Cell, Table, TableSummary};
use super::{Report, Rows, csvw, datapackage, page};
use crate::config::{Config, CsvConfig, OutputConfig};
use crate::error::{Error, ErrorKind, Result};

/// All formats but CSV, which [`Table`] writes itself.
pub static FORMATS: &[FormatEntry] = &[jsonl::FORMAT, PARQUET, xlsx::FORMAT, page::FORMAT];

#[cfg(feature = "parquet")]
const OPEN_PARQUET: Option<Open> = Some(parquet_file::open);
#[cfg(not(feature = "parquet"))]
const OPEN_PARQUET: Option<Open> = None;

const PARQUET: FormatEntry =
    FormatEntry { name: "parquet", files: FormatFiles::EachTable("parquet"), open: OPEN_PARQUET };

/// What opens a format.
pub type Open = fn(&Config) -> Result<Box<dyn Format>>;

/// What `--format` may name.
#[derive(Clone, Copy, Debug)]
pub struct FormatEntry {
    /// The word of `--format`.
    pub name: &'static str,
    /// Which files it writes.
    pub files: FormatFiles,
    /// Opens it for a run; none where byline was built without the cargo feature of the format's name.
    pub open: Option<Open>,
}

/// Which files a format writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatFiles {
    /// One for each table, with this ending.
    EachTable(&'static str),
    /// One for all, of this name.
    One(&'static str),
}

/// One format of one run.
pub trait Format: Debug + Send + Sync {
    /// Opens a table in a folder. Called once for each table with rows, on any thread, in any order; none for a table
    /// that the format does not show.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    fn open(&self, folder: &Path, report: &Report, columns: &[Column]) -> Result<Option<Box<dyn Sink>>>;

    /// Called once, when every table is finished, with all that is known of the run. Gives what a user should know about
    /// the file, a sentence each.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    fn finish(&mut self, folder: &Path, run: &Run<'_>) -> Result<Vec<String>>;
}

/// One table of one format.
pub trait Sink: Debug + Send {
    /// Takes the next row: one cell for each column, of the column's kind, or missing.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<()>;

    /// Called once after the last row. Gives the names of the files that hold this table alone.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    fn finish(self: Box<Self>, summary: &TableSummary) -> Result<Vec<String>>;
}

/// The formats of a run, in the order of [`FORMATS`], and the folder they are written into.
#[derive(Debug)]
pub struct Outputs<'a> {
    folder: &'a Path,
    config: &'a OutputConfig,
    formats: Vec<Box<dyn Format>>,
}

impl<'a> Outputs<'a> {
    /// Opens the formats that are asked for.
    ///
    /// # Errors
    /// [`ErrorKind::Option`] for a format that there is not, and those of opening one.
    pub fn open(folder: &'a Path, config: &'a Config) -> Result<Outputs<'a>> {
        check(&config.output_files)?;
        let asked = FORMATS.iter().filter(|format| config.output_files.formats.iter().any(|name| name == format.name));
        let formats = asked.filter_map(|format| format.open).map(|open| open(config)).collect::<Result<_>>()?;
        Ok(Outputs { folder, config: &config.output_files, formats })
    }

    /// Opens the table of a report.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    pub fn table(&self, report: &Report) -> Result<Table> {
        let columns = (report.columns)();
        let sinks = self.formats.iter().map(|format| format.open(self.folder, report, &columns));
        let sinks = sinks.filter_map(Result::transpose).collect::<Result<_>>()?;
        let config = OutputConfig { csv: csv_of(report, self.config), ..self.config.clone() };
        Table::create(self.folder, report.name, columns, &config, sinks)
    }

    /// Rows of a report in memory, to be appended to its table.
    pub fn rows(config: &OutputConfig, report: &Report) -> Table {
        Table::in_memory(report.name, (report.columns)(), config)
    }

    /// The folder that tables are written into.
    pub fn folder(&self) -> &'a Path {
        self.folder
    }

    /// Describes the CSV files and finishes the formats when all tables are written. Gives what a user should know about them.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] with the path of the file.
    pub fn finish(mut self, run: &Run<'_>) -> Result<Vec<String>> {
        if self.config.writes_csv() {
            datapackage::write(self.folder, run)?;
        }
        if self.config.writes_csv() && self.config.csvw {
            csvw::write(self.folder, run)?;
        }
        let notes = self.formats.iter_mut().map(|format| format.finish(self.folder, run));
        Ok(notes.collect::<Result<Vec<_>>>()?.concat())
    }
}

/// How the CSV file of a report looks. Gephi up to 0.9.2 takes a byte-order mark for a part of the first column's name.
pub(super) fn csv_of(report: &Report, config: &OutputConfig) -> CsvConfig {
    CsvConfig { bom: config.csv.bom && !matches!(report.rows, Rows::Network(_)), ..config.csv }
}

/// Whether there are such formats, in this build.
///
/// # Errors
/// [`ErrorKind::Option`] that names those that there are, or what is missing.
pub fn check(config: &OutputConfig) -> Result<()> {
    let known: Vec<&str> = std::iter::once(OutputConfig::CSV).chain(FORMATS.iter().map(|format| format.name)).collect();
    if let Some(unknown) = config.formats.iter().find(|name| !known.contains(&name.as_str())) {
        let cause = format!("--format {unknown}: there is no such format");
        return Err(Error::new(ErrorKind::Option, cause, format!("use some of {}", known.join(", "))));
    }
    let left_out = FORMATS.iter().filter(|format| format.open.is_none()).map(|format| format.name);
    match left_out.into_iter().find(|name| config.formats.iter().any(|asked| asked == name)) {
        None => Ok(()),
        Some(name) => {
            let cause = format!("--format {name}: this byline was built without {name}");
            let remedy = format!("take a released one, or build it with cargo build --release --features {name}");
            Err(Error::new(ErrorKind::Option, cause, remedy))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_that_there_is_not_is_told_with_those_that_there_are() {
        let asked = |name: &str| OutputConfig { formats: vec!["csv".into(), name.into()], ..OutputConfig::default() };
        assert!(check(&asked("jsonl")).is_ok());
        let told = check(&asked("xml")).unwrap_err().to_string();
        assert!(told.contains("--format xml") && told.contains("csv, jsonl"), "{told}");
        for left_out in FORMATS.iter().filter(|format| format.open.is_none()) {
            let told = check(&asked(left_out.name)).unwrap_err().to_string();
            assert!(told.contains(&format!("--features {}", left_out.name)), "{told}");
        }
    }
}

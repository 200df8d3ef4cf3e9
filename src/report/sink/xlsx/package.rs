//! The file of the workbook: what the library writes (styles, the summary and its charts, the list of sheets), with the
//! rows of tables in the place of its empty sheets. Rows are compressed when they come, into a nameless temporary file
//! for each sheet, and copied as they are at the end.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;

use rust_xlsxwriter::XlsxError;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// How hard rows are compressed, 1 to 9. Measured on the BBC corpus: 6 takes twice the time of 2 for a fifth less.
const LEVEL: i64 = 2;

/// Where an empty sheet of the library has its rows.
const ROWS: &str = "<sheetData/>";
/// What links stand before.
const BEHIND_LINKS: &str = "<pageMargins";

/// A sheet that is being written.
pub(super) struct Stream(ZipWriter<Tolerant>);

impl Stream {
    /// Begins a sheet in a folder for temporary files.
    ///
    /// # Errors
    /// Those of writing.
    pub(super) fn begin(scratch: &Path) -> io::Result<Stream> {
        let mut zip = ZipWriter::new(Tolerant::of(tempfile::tempfile_in(scratch)?));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .last_modified_time(DateTime::default())
            .large_file(true);
        zip.start_file("sheet.xml", options)?;
        Ok(Stream(zip))
    }

    /// Writes a piece of the sheet.
    ///
    /// # Errors
    /// Those of writing.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }
}

/// A file that fails once. An archive that is dropped tries to write its end, and would print that it could not.
struct Tolerant {
    file: File,
    has_failed: bool,
}

impl Tolerant {
    fn of(file: File) -> Tolerant {
        Tolerant { file, has_failed: false }
    }
}

impl Write for Tolerant {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.has_failed {
            return Ok(bytes.len());
        }
        let written = self.file.write(bytes);
        self.has_failed = written.as_ref().is_err_and(|cause| cause.kind() != io::ErrorKind::Interrupted);
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Tolerant {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// A sheet without its end.
pub(super) struct Sheet {
    /// Its head and rows.
    pub(super) stream: Stream,
    /// Its links, as XML; empty where it has none.
    pub(super) links: String,
}

/// Writes the workbook: `whole` as the library made it, and `sheets` in the place of all but its first.
///
/// # Errors
/// Those of writing.
pub(super) fn write(path: &Path, whole: Vec<u8>, sheets: impl Iterator<Item = Sheet>) -> io::Result<()> {
    let mut archive = ZipArchive::new(Cursor::new(whole))?;
    let mut out = ZipWriter::new(Tolerant::of(File::create(path)?));
    let mut sheets: Vec<Option<Sheet>> = sheets.map(Some).collect();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let name = entry.name()?.into_owned();
        let table = place(&name).and_then(|number| sheets.get_mut(number.checked_sub(2)?)?.take());
        let Some(Sheet { mut stream, links }) = table else {
            drop(entry);
            out.raw_copy_file(archive.by_index_raw(index)?)?;
            continue;
        };
        let mut text = String::new();
        entry.read_to_string(&mut text)?;
        let end = text.split_once(ROWS).map(|(_, end)| end);
        let end = end.ok_or_else(|| io::Error::other("the library leaves no place for rows"))?;
        let (before, behind) = end.split_once(BEHIND_LINKS).map_or((end, ""), |(before, _)| end.split_at(before.len()));
        for piece in ["</sheetData>", before, &links, behind] {
            stream.write(piece.as_bytes())?;
        }
        let mut rows = ZipArchive::new(stream.0.finish()?.file)?;
        out.raw_copy_file_rename(rows.by_index_raw(0)?, name)?;
    }
    out.finish()?.flush()
}

/// The number of a sheet by its name in the archive, from 1.
fn place(name: &str) -> Option<usize> {
    name.strip_prefix("xl/worksheets/sheet")?.strip_suffix(".xml")?.parse().ok()
}

/// The text of one part of a workbook.
///
/// # Errors
/// When there is no such part.
pub(super) fn part(whole: &[u8], name: &str) -> Result<String, XlsxError> {
    let read = || -> Result<String, ZipError> {
        let mut text = String::new();
        ZipArchive::new(Cursor::new(whole))?.by_name(name)?.read_to_string(&mut text)?;
        Ok(text)
    };
    read().map_err(|cause| XlsxError::CustomError(cause.to_string()))
}

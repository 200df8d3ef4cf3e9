//! A word list as CSV: the columns of `terms.csv` that one pass over the texts gives, under the same names, in the same
//! order and with the same rows.

use std::fs;
use std::path::Path;

use super::column::Column;
use super::csv::{Printer, header};
use super::terms;
use crate::config::{CsvConfig, TermConfig};
use crate::count::StopList;
use crate::count::wordlist::Tally;
use crate::error::{Error, ErrorKind, Result};
use crate::measure::weighting;

/// The columns.
const COLUMNS: [&str; 7] = ["feature", "feature_type", "stopword", "frequency", "rank", "docfreq", "per_million"];

/// The bytes of the list.
pub fn csv(words: &Tally, terms: &TermConfig, look: CsvConfig) -> Vec<u8> {
    let known = (terms::REPORT.columns)();
    let named = |name: &&str| known.iter().find(|column| column.name == *name).copied();
    let columns: Vec<Column> = COLUMNS.iter().filter_map(named).collect();
    let mut printer = Printer::new(look, columns.len());
    printer.bytes = header(&columns, look);
    let stop = StopList::of(terms);
    words.each(&mut |word| {
        let per_million = weighting::per_million(word.frequency, words.tokens());
        printer.row(
            &columns,
            &[
                word.feature.into(),
                word.kind.name().into(),
                stop.has(word.feature).into(),
                word.frequency.into(),
                word.rank.into(),
                word.docfreq.into(),
                per_million.into(),
            ],
        );
    });
    printer.bytes
}

/// Writes a file; one that is there is replaced when the other is whole.
///
/// # Errors
/// [`ErrorKind::Write`] with the path.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |cause| Error::io(ErrorKind::Write, &path, cause)
    };
    // A pipe or a device is written to, not replaced.
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return fs::write(path, bytes).map_err(failed(path));
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temporary = tempfile::Builder::new().prefix(".byline-").suffix(".part").tempdir_in(parent);
    let temporary = temporary.map_err(failed(parent))?;
    let part = temporary.path().join("wordlist.csv");
    fs::write(&part, bytes).map_err(failed(path))?;
    fs::rename(&part, path).map_err(failed(path))
}

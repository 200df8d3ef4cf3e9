//! Labelled data as files: lines of text, JSON a line, and what is said of a line that cannot be read.

use std::path::Path;

use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Result};

/// The text of a file.
///
/// # Errors
/// [`ErrorKind::Read`] with the path.
pub(super) fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|cause| Error::io(ErrorKind::Read, path, cause))
}

/// The records of a file of JSON lines; blank lines are passed over.
///
/// # Errors
/// [`ErrorKind::Read`] with path and line.
pub(crate) fn records<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = text(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let record = |(at, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|cause| malformed(path, at + 1, &cause.to_string()))
    };
    lines.map(record).collect()
}

/// A line, counted from 1, that is not what the format says.
pub(super) fn malformed(path: &Path, line: usize, cause: &str) -> Error {
    Error::at(ErrorKind::Read, path, format!("line {line}: {cause}"), "look at the format in `byline evaluate --help`")
}

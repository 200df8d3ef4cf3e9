//! Labelled data as files: lines of text, JSON a line, and what is said of a line that cannot be read.

use std::path::Path;

use serde::de::DeserializeOwned;

use crate::document::{Byte, Span};
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

/// From bytes to characters.
pub(super) struct Characters(Vec<u32>);

impl Characters {
    /// The places of a text.
    pub(super) fn of(text: &str) -> Characters {
        let mut places = vec![0; text.len() + 1];
        let mut count = 0;
        for (at, c) in text.char_indices() {
            places[at..at + c.len_utf8()].fill(count);
            count += 1;
        }
        places[text.len()] = count;
        Characters(places)
    }

    /// A span of bytes in characters.
    pub(super) fn span(&self, span: Span<Byte>) -> [u32; 2] {
        [self.0[span.start as usize], self.0[span.end as usize]]
    }

    /// The character at a byte.
    pub(super) fn at(&self, byte: usize) -> usize {
        self.0.get(byte).map_or(0, |&at| at as usize)
    }
}

//! Rows that come in one order and are written in another: held in memory up to a budget, above it sorted parts wait on
//! disk and are merged when all rows have come. What comes out does not depend on the budget.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::broken;
use crate::error::{Error, ErrorKind, Result};

/// Bytes read and written at once for each part.
const BUFFER: usize = 1 << 17;

/// Rows in ascending order. Their order must be total: no two rows are equal.
#[derive(Debug)]
pub struct Sorted<R> {
    rows: Vec<R>,
    /// Rows that are held before they go to disk.
    most: usize,
    folder: PathBuf,
    parts: Vec<File>,
}

impl<R: Ord + Serialize + DeserializeOwned> Sorted<R> {
    /// No rows; up to about `bytes` of them are held, then they go to files without a name in `folder`.
    pub fn new(bytes: u64, folder: &Path) -> Sorted<R> {
        let most = (bytes / size_of::<R>().max(1) as u64).clamp(1, usize::MAX as u64) as usize;
        Sorted { rows: Vec::new(), most, folder: folder.to_path_buf(), parts: Vec::new() }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn push(&mut self, row: R) -> Result<()> {
        self.rows.push(row);
        if self.rows.len() >= self.most { self.spill() } else { Ok(()) }
    }

    /// Hands all rows over in ascending order.
    ///
    /// # Errors
    /// Those of `sink`, and of temporary files.
    pub fn drain(mut self, sink: &mut dyn FnMut(R) -> Result<()>) -> Result<()> {
        self.rows.sort_unstable();
        if self.parts.is_empty() {
            return self.rows.into_iter().try_for_each(sink);
        }
        self.spill()?;
        let mut parts = Vec::new();
        for file in self.parts {
            parts.push(Part::open(file, &self.folder)?);
        }
        let mut heap = BinaryHeap::new();
        for (number, part) in parts.iter_mut().enumerate() {
            heap.extend(part.next()?.map(|row| Reverse((row, number))));
        }
        while let Some(Reverse((row, number))) = heap.pop() {
            sink(row)?;
            heap.extend(parts[number].next()?.map(|row| Reverse((row, number))));
        }
        Ok(())
    }

    fn spill(&mut self) -> Result<()> {
        self.rows.sort_unstable();
        let failed = |error| Error::io(ErrorKind::Write, &self.folder, error);
        let mut file = BufWriter::with_capacity(BUFFER, tempfile::tempfile_in(&self.folder).map_err(failed)?);
        let mut bytes = Vec::new();
        for row in self.rows.drain(..) {
            bytes.clear();
            bytes = postcard::to_extend(&row, bytes).map_err(|error| broken(&error))?;
            let length = (bytes.len() as u32).to_le_bytes();
            file.write_all(&length).and_then(|()| file.write_all(&bytes)).map_err(failed)?;
        }
        self.parts.push(file.into_inner().map_err(|error| failed(error.into_error()))?);
        Ok(())
    }
}

/// One sorted part on disk.
struct Part<R> {
    file: BufReader<File>,
    folder: PathBuf,
    bytes: Vec<u8>,
    row: std::marker::PhantomData<R>,
}

impl<R: DeserializeOwned> Part<R> {
    fn open(mut file: File, folder: &Path) -> Result<Part<R>> {
        file.seek(SeekFrom::Start(0)).map_err(|error| Error::io(ErrorKind::Read, folder, error))?;
        let file = BufReader::with_capacity(BUFFER, file);
        Ok(Part { file, folder: folder.to_path_buf(), bytes: Vec::new(), row: std::marker::PhantomData })
    }

    fn next(&mut self) -> Result<Option<R>> {
        let failed = |error| Error::io(ErrorKind::Read, &self.folder, error);
        let mut length = [0; 4];
        match self.file.read_exact(&mut length) {
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other.map_err(failed)?,
        }
        self.bytes.resize(u32::from_le_bytes(length) as usize, 0);
        self.file.read_exact(&mut self.bytes).map_err(failed)?;
        postcard::from_bytes(&self.bytes).map(Some).map_err(|error| broken(&error))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drained(rows: &[(u32, String)], bytes: u64) -> Vec<(u32, String)> {
        let folder = tempfile::tempdir().unwrap();
        let mut sorted = Sorted::new(bytes, folder.path());
        rows.iter().for_each(|row| sorted.push(row.clone()).unwrap());
        let mut out = Vec::new();
        sorted
            .drain(&mut |row| {
                out.push(row);
                Ok(())
            })
            .unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        out
    }

    proptest! {
        #[test]
        fn the_budget_never_shows(rows in proptest::collection::vec((0u32..50, "[a-c]{0,3}"), 0..60), bytes in 1u64..400) {
            let mut wanted = rows.clone();
            wanted.sort();
            prop_assert_eq!(drained(&rows, u64::MAX), wanted.clone());
            prop_assert_eq!(drained(&rows, bytes), wanted);
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_with_its_path() {
        let mut sorted = Sorted::new(1, Path::new("/nowhere/at/all"));
        let error = sorted.push(1u32).unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
    }
}

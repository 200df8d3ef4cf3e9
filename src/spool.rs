//! What waits on disk between two steps of a run: articles between reading and annotation ([`article`]), and the
//! records of all documents, in document order, between annotation and the tables: written once, a batch after another,
//! and read back once. The files have no name after they are opened, so nothing is left behind however a run ends.

pub mod article;
pub mod sorted;

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::record::Records;

/// The records of consecutive documents, encoded.
#[derive(Debug, Default)]
pub struct Batch {
    bytes: Vec<u8>,
}

impl Batch {
    /// Adds the records of the next document.
    ///
    /// # Errors
    /// When the records cannot be encoded, which no value of theirs can cause.
    pub fn push(&mut self, records: &Records) -> Result<()> {
        let bytes = std::mem::take(&mut self.bytes);
        self.bytes = postcard::to_extend(records, bytes).map_err(|e| broken(&e))?;
        Ok(())
    }

    /// The documents' records, in order.
    ///
    /// # Errors
    /// When the bytes are not what was written.
    pub fn decode(&self) -> Result<Vec<Records>> {
        let mut rest = self.bytes.as_slice();
        let mut all = Vec::new();
        while !rest.is_empty() {
            let (records, after) = postcard::take_from_bytes(rest).map_err(|e| broken(&e))?;
            all.push(records);
            rest = after;
        }
        Ok(all)
    }
}

fn broken(cause: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Write, format!("a temporary file is damaged ({cause})"), "run again")
}

/// A spool that is being written.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    file: BufWriter<File>,
    lengths: Vec<usize>,
}

impl Spool {
    /// An empty spool in `folder`.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn create(folder: &Path) -> Result<Spool> {
        let file = tempfile::tempfile_in(folder).map_err(|e| Error::io(ErrorKind::Write, folder, e))?;
        Ok(Spool { folder: folder.to_path_buf(), file: BufWriter::with_capacity(1 << 18, file), lengths: Vec::new() })
    }

    /// Adds the next batch.
    ///
    /// # Errors
    /// When the disk is full or the file cannot be written.
    pub fn push(&mut self, batch: &Batch) -> Result<()> {
        self.file.write_all(&batch.bytes).map_err(|e| Error::io(ErrorKind::Write, &self.folder, e))?;
        self.lengths.push(batch.bytes.len());
        Ok(())
    }

    /// Ends writing; the batches come back in the order they were written.
    ///
    /// # Errors
    /// When the file cannot be written to its end or read from its start.
    pub fn rewind(self) -> Result<Batches> {
        let Spool { folder, file, lengths } = self;
        let failed = |e| Error::io(ErrorKind::Write, &folder, e);
        let mut file = file.into_inner().map_err(|e| failed(e.into_error()))?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        Ok(Batches { folder, file: BufReader::with_capacity(1 << 18, file), lengths: lengths.into_iter() })
    }
}

/// The batches of a spool.
#[derive(Debug)]
pub struct Batches {
    folder: PathBuf,
    file: BufReader<File>,
    lengths: std::vec::IntoIter<usize>,
}

impl Iterator for Batches {
    type Item = Result<Batch>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = vec![0; self.lengths.next()?];
        let read = self.file.read_exact(&mut bytes).map_err(|e| Error::io(ErrorKind::Read, &self.folder, e));
        Some(read.map(|()| Batch { bytes }))
    }
}

impl ExactSizeIterator for Batches {
    fn len(&self) -> usize {
        self.lengths.len()
    }
}

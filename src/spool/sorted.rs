//! Rows that come in one order and are wanted in another: held in memory up to a budget, above it sorted parts wait on
//! disk and are merged whenever the rows are read. What comes out does not depend on the budget.
//!
//! A row is a key and a value, both bytes; rows come out by the bytes of their keys. Rows of one key are added up, if
//! there is a way to add their values; else they come out in the order in which they came.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::broken;
use crate::error::{Error, ErrorKind, Result};

/// Bytes read and written at once for each part.
const BUFFER: usize = 1 << 16;
/// Parts that are merged at once.
const FAN_IN: usize = 64;
/// Least bytes that are held, whatever the budget.
const LEAST: u64 = 1 << 12;

/// Adds the value of a row to that of another row of the same key.
pub type Add = fn(&mut Vec<u8>, &[u8]);
/// Takes a key and its value.
pub type RowSink<'a> = &'a mut dyn FnMut(&[u8], &[u8]) -> Result<()>;

/// Where a row is held, and the first bytes of its key as a number that sorts like them.
#[derive(Clone, Copy, Debug)]
struct Held {
    head: u64,
    at: usize,
}

/// Rows that are still coming.
#[derive(Debug)]
pub struct Sorted {
    /// Lengths, key and value of each row held, end to end.
    arena: Vec<u8>,
    held: Vec<Held>,
    most: u64,
    add: Option<Add>,
    folder: PathBuf,
    file: Option<NamedTempFile>,
    parts: Vec<Range<u64>>,
}

impl Sorted {
    /// No rows; about `bytes` of them are held, the others go to a file in `folder`.
    pub fn new(bytes: u64, folder: &Path, add: Option<Add>) -> Sorted {
        Sorted {
            arena: Vec::new(),
            held: Vec::new(),
            most: bytes.max(LEAST),
            add,
            folder: folder.to_path_buf(),
            file: None,
            parts: Vec::new(),
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn push(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        put(key, value, &mut self.arena, &mut self.held);
        if self.bytes() >= self.most { self.shrink() } else { Ok(()) }
    }

    /// The rows, to be read as often as wanted.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn finish(mut self) -> Result<SortedRows> {
        self.fold();
        if !self.parts.is_empty() {
            self.spill()?;
        }
        let Sorted { arena, held, add, folder, file, parts, .. } = self;
        Ok(SortedRows { arena, held, add, folder, file, parts })
    }

    fn bytes(&self) -> u64 {
        (self.arena.len() + self.held.len() * size_of::<Held>()) as u64
    }

    /// Makes room: adds up what can be, and spills what is left if it is still much.
    fn shrink(&mut self) -> Result<()> {
        self.fold();
        if self.bytes() * 2 >= self.most { self.spill() } else { Ok(()) }
    }

    /// Sorts what is held, and adds up rows of one key.
    fn fold(&mut self) {
        sort(&self.arena, &mut self.held);
        let Some(add) = self.add else { return };
        let (mut arena, mut held) = (Vec::with_capacity(self.arena.len() / 2), Vec::new());
        for same in self.held.chunk_by(|a, b| key_value(&self.arena, *a).0 == key_value(&self.arena, *b).0) {
            let (key, value) = key_value(&self.arena, same[0]);
            if let [_] = same {
                put(key, value, &mut arena, &mut held);
                continue;
            }
            let mut sum = value.to_vec();
            same[1..].iter().for_each(|row| add(&mut sum, key_value(&self.arena, *row).1));
            put(key, &sum, &mut arena, &mut held);
        }
        (self.arena, self.held) = (arena, held);
    }

    /// Writes what is held, which is sorted, as a part.
    fn spill(&mut self) -> Result<()> {
        if self.parts.len() >= FAN_IN {
            self.compact()?;
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(temporary(&self.folder)?),
        };
        let start = self.parts.last().map_or(0, |part| part.end);
        let mut out = BufWriter::with_capacity(BUFFER, file.as_file_mut());
        let mut end = start;
        for row in &self.held {
            let (key, value) = key_value(&self.arena, *row);
            end += write(&mut out, key, value).map_err(|error| Error::io(ErrorKind::Write, &self.folder, error))?;
        }
        out.flush().map_err(|error| Error::io(ErrorKind::Write, &self.folder, error))?;
        self.parts.push(start..end);
        self.arena.clear();
        self.held.clear();
        Ok(())
    }

    /// Makes one part of all.
    fn compact(&mut self) -> Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let mut merged = temporary(&self.folder)?;
        let failed = |error| Error::io(ErrorKind::Write, &self.folder, error);
        let mut out = BufWriter::with_capacity(BUFFER, merged.as_file_mut());
        let mut end = 0;
        merge(&file, &self.parts, self.add, &self.folder, &mut |key, value| {
            end += write(&mut out, key, value).map_err(failed)?;
            Ok(())
        })?;
        out.flush().map_err(failed)?;
        drop(out);
        self.file = Some(merged);
        self.parts.clear();
        self.parts.push(0..end);
        Ok(())
    }
}

/// Rows in order of their keys. The file goes when this is dropped.
#[derive(Debug)]
pub struct SortedRows {
    arena: Vec<u8>,
    held: Vec<Held>,
    add: Option<Add>,
    folder: PathBuf,
    file: Option<NamedTempFile>,
    parts: Vec<Range<u64>>,
}

impl SortedRows {
    /// Hands all rows over in order of their keys.
    ///
    /// # Errors
    /// Those of `sink`, and of temporary files.
    pub fn each(&self, sink: RowSink<'_>) -> Result<()> {
        match &self.file {
            Some(file) => merge(file, &self.parts, self.add, &self.folder, sink),
            None => self.held.iter().try_for_each(|row| {
                let (key, value) = key_value(&self.arena, *row);
                sink(key, value)
            }),
        }
    }
}

fn temporary(folder: &Path) -> Result<NamedTempFile> {
    let file = tempfile::Builder::new().prefix("byline-").tempfile_in(folder);
    file.map_err(|error| Error::io(ErrorKind::Write, folder, error))
}

fn put(key: &[u8], value: &[u8], arena: &mut Vec<u8>, held: &mut Vec<Held>) {
    let mut head = [0; 8];
    head.iter_mut().zip(key).for_each(|(slot, byte)| *slot = *byte);
    held.push(Held { head: u64::from_be_bytes(head), at: arena.len() });
    arena.extend_from_slice(&lengths(key, value));
    arena.extend_from_slice(key);
    arena.extend_from_slice(value);
}

fn lengths(key: &[u8], value: &[u8]) -> [u8; 8] {
    (key.len() as u64 | (value.len() as u64) << 32).to_le_bytes()
}

fn key_value(arena: &[u8], row: Held) -> (&[u8], &[u8]) {
    let rest = &arena[row.at..];
    let Some((lengths, rest)) = rest.split_first_chunk() else { return (&[], &[]) };
    let lengths = u64::from_le_bytes(*lengths);
    let (key, rest) = rest.split_at(lengths as u32 as usize);
    (key, &rest[..(lengths >> 32) as usize])
}

fn sort(arena: &[u8], held: &mut [Held]) {
    if held.iter().all(|row| key_value(arena, *row).0.len() == size_of::<u64>()) {
        held.sort_by_key(|row| row.head);
        return;
    }
    held.sort_by(|a, b| a.head.cmp(&b.head).then_with(|| key_value(arena, *a).0.cmp(key_value(arena, *b).0)));
}

/// Writes a row; gives its bytes.
fn write(out: &mut impl Write, key: &[u8], value: &[u8]) -> std::io::Result<u64> {
    out.write_all(&lengths(key, value))?;
    out.write_all(key)?;
    out.write_all(value)?;
    Ok((8 + key.len() + value.len()) as u64)
}

/// Merges the parts of a file.
fn merge(file: &NamedTempFile, parts: &[Range<u64>], add: Option<Add>, folder: &Path, sink: RowSink<'_>) -> Result<()> {
    let mut parts = parts.iter().map(|part| Part::open(file, part, folder)).collect::<Result<Vec<_>>>()?;
    let mut heap = BinaryHeap::new();
    for (number, part) in parts.iter_mut().enumerate() {
        heap.extend(part.next()?.map(|(key, value)| Reverse((key, number, value))));
    }
    let mut open: Option<(Vec<u8>, Vec<u8>)> = None;
    while let Some(Reverse((key, number, value))) = heap.pop() {
        heap.extend(parts[number].next()?.map(|(key, value)| Reverse((key, number, value))));
        match (&mut open, add) {
            (Some((last, sum)), Some(add)) if *last == key => add(sum, &value),
            _ => {
                if let Some((key, sum)) = open.replace((key, value)) {
                    sink(&key, &sum)?;
                }
            }
        }
    }
    open.map_or(Ok(()), |(key, sum)| sink(&key, &sum))
}

/// One sorted part on disk.
struct Part {
    file: BufReader<std::io::Take<File>>,
    folder: PathBuf,
}

impl Part {
    fn open(file: &NamedTempFile, part: &Range<u64>, folder: &Path) -> Result<Part> {
        let failed = |error| Error::io(ErrorKind::Read, folder, error);
        let mut file = file.reopen().map_err(failed)?;
        file.seek(SeekFrom::Start(part.start)).map_err(failed)?;
        let file = BufReader::with_capacity(BUFFER, file.take(part.end - part.start));
        Ok(Part { file, folder: folder.to_path_buf() })
    }

    fn next(&mut self) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
        let failed = |error| Error::io(ErrorKind::Read, &self.folder, error);
        let mut lengths = [0; 8];
        match self.file.read_exact(&mut lengths) {
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other.map_err(failed)?,
        }
        let lengths = u64::from_le_bytes(lengths);
        let mut take = |length: usize| {
            let mut bytes = vec![0; length];
            self.file.read_exact(&mut bytes).map_err(|_| broken(&"a row is cut off")).map(|()| bytes)
        };
        Ok(Some((take(lengths as u32 as usize)?, take((lengths >> 32) as usize)?)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn add(sum: &mut Vec<u8>, other: &[u8]) {
        let total = sum[0].wrapping_add(other[0]);
        sum.clear();
        sum.push(total);
    }

    fn drained(rows: &[(String, u8)], bytes: u64) -> Vec<(String, u8)> {
        let folder = tempfile::tempdir().unwrap();
        let mut sorted = Sorted::new(bytes, folder.path(), Some(add));
        sorted.most = bytes;
        rows.iter().for_each(|(key, value)| sorted.push(key.as_bytes(), &[*value]).unwrap());
        let rows = sorted.finish().unwrap();
        let read = || {
            let mut out = Vec::new();
            let push = &mut |key: &[u8], value: &[u8]| {
                out.push((String::from_utf8(key.to_vec()).unwrap(), value[0]));
                Ok(())
            };
            rows.each(push).unwrap();
            out
        };
        let first = read();
        assert_eq!(first, read(), "rows are read as often as wanted");
        drop(rows);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        first
    }

    proptest! {
        #[test]
        fn the_budget_never_shows(rows in proptest::collection::vec(("[a-c]{0,3}|abcdefgh[a-c]{0,2}", 0u8..9), 0..300), bytes in 1u64..400) {
            let mut wanted: BTreeMap<String, u8> = BTreeMap::new();
            rows.iter().for_each(|(key, value)| {
                let sum = wanted.entry(key.clone()).or_default();
                *sum = sum.wrapping_add(*value);
            });
            let wanted: Vec<_> = wanted.into_iter().collect();
            prop_assert_eq!(drained(&rows, u64::MAX), wanted.clone());
            prop_assert_eq!(drained(&rows, bytes), wanted);
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_with_its_path() {
        let mut sorted = Sorted::new(1, Path::new("/nowhere/at/all"), None);
        sorted.most = 1;
        let error = sorted.push(b"a", b"").unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
    }
}

//! Sorted rows at rest: the private format of the temporary files that counts are spilled to.
//!
//! A file is a header (magic, version, table) and blocks of whole rows: length, checksum, payload; a block of length 0
//! ends it, so a file cut short is noticed. Rows are written in rising order of their keys. The files live as long as the
//! run and are read by the process that wrote them; nothing else reads them.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::count::ngram::{LONGEST, NgramKey};
use crate::count::places;
use crate::count::term::Posting;
use crate::error::{Error, ErrorKind, Result};

const MAGIC: &[u8; 8] = b"bylrun\0\x01";
const BLOCK: usize = 1 << 16;

/// New numbers for the features and documents of a run. Both rise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Renumbering {
    pub(crate) features: Vec<u32>,
    pub(crate) documents: Vec<u32>,
}

/// A row of a sorted table: integers under a key.
pub(crate) trait Row: Sized {
    type Key: Copy + Ord;
    const TABLE: u8;
    fn key(&self) -> Self::Key;
    fn put(&self, out: &mut Vec<u8>);
    fn get(bytes: &mut Bytes<'_>) -> Option<Self>;
    /// Adds the row of the same key of another run.
    fn add(&mut self, other: Self);
    fn renumber(&mut self, numbers: &Renumbering);
}

/// A pair of features and how often they co-occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PairRecord {
    pub(crate) first: u32,
    pub(crate) second: u32,
    pub(crate) observed: u64,
    pub(crate) documents: u64,
}

/// A feature: its marginal counts, and where it occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TermRecord {
    pub(crate) id: u32,
    pub(crate) paragraphs: u64,
    pub(crate) sentences: u64,
    pub(crate) ngram: Vec<u64>,
    pub(crate) postings: Vec<Posting>,
    /// Its places in the documents of the postings.
    pub(crate) places: Vec<u32>,
}

/// An n-gram and where it occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NgramRecord {
    pub(crate) key: NgramKey,
    pub(crate) postings: Vec<Posting>,
}

/// Bytes to take integers from.
pub(crate) struct Bytes<'a> {
    rest: &'a [u8],
}

impl Bytes<'_> {
    pub(crate) fn int(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            value |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(value);
            }
        }
        None
    }

    pub(crate) fn small(&mut self) -> Option<u32> {
        u32::try_from(self.int()?).ok()
    }

    pub(crate) fn ngram(&mut self) -> Option<NgramKey> {
        let len = self.small()? as usize;
        let mut key = [0; LONGEST];
        for id in key.get_mut(..len)? {
            *id = self.small()?;
        }
        Some(key)
    }

    fn postings(&mut self) -> Option<Vec<Posting>> {
        let len = self.small()?;
        let mut document = 0;
        (0..len)
            .map(|_| {
                document += self.small()?;
                let count = self.small()?;
                Some(Posting { document, count })
            })
            .collect()
    }
}

pub(crate) fn put_int(mut value: u64, out: &mut Vec<u8>) {
    while value >= 128 {
        out.push(value as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

fn put_postings(postings: &[Posting], out: &mut Vec<u8>) {
    put_int(postings.len() as u64, out);
    let mut before = 0;
    for posting in postings {
        put_int(u64::from(posting.document - before), out);
        put_int(u64::from(posting.count), out);
        before = posting.document;
    }
}

/// The postings of two parts of the corpus as one ascending list. No document is in two parts.
fn add_postings(into: &mut Vec<Posting>, other: Vec<Posting>) {
    into.extend(other);
    into.sort_by_key(|posting| posting.document);
}

pub(crate) fn put_ngram(key: &NgramKey, out: &mut Vec<u8>) {
    let len = key.iter().take_while(|&&id| id > 0).count();
    put_int(len as u64, out);
    key[..len].iter().for_each(|&id| put_int(u64::from(id), out));
}

pub(crate) fn renumber_ngram(key: &mut NgramKey, numbers: &Renumbering) {
    for id in key.iter_mut().take_while(|id| **id > 0) {
        *id = numbers.features[*id as usize - 1] + 1;
    }
}

fn renumber_postings(postings: &mut [Posting], numbers: &Renumbering) {
    for posting in postings {
        posting.document = numbers.documents[posting.document as usize];
    }
}

impl Row for PairRecord {
    type Key = (u32, u32);
    const TABLE: u8 = 3;
    fn key(&self) -> (u32, u32) {
        (self.first, self.second)
    }
    fn put(&self, out: &mut Vec<u8>) {
        put_int(u64::from(self.first), out);
        put_int(u64::from(self.second), out);
        put_int(self.observed, out);
        put_int(self.observed - self.documents, out);
    }
    fn get(bytes: &mut Bytes<'_>) -> Option<PairRecord> {
        let (first, second, observed) = (bytes.small()?, bytes.small()?, bytes.int()?);
        let documents = observed.checked_sub(bytes.int()?)?;
        Some(PairRecord { first, second, observed, documents })
    }
    fn add(&mut self, other: PairRecord) {
        self.observed += other.observed;
        self.documents += other.documents;
    }
    fn renumber(&mut self, numbers: &Renumbering) {
        self.first = numbers.features[self.first as usize];
        self.second = numbers.features[self.second as usize];
    }
}

impl Row for TermRecord {
    type Key = u32;
    const TABLE: u8 = 1;
    fn key(&self) -> u32 {
        self.id
    }
    fn put(&self, out: &mut Vec<u8>) {
        put_int(u64::from(self.id), out);
        put_int(self.paragraphs, out);
        put_int(self.sentences, out);
        put_int(self.ngram.len() as u64, out);
        self.ngram.iter().for_each(|&count| put_int(count, out));
        put_postings(&self.postings, out);
        places::put(&self.postings, &self.places, out);
    }
    fn get(bytes: &mut Bytes<'_>) -> Option<TermRecord> {
        let (id, paragraphs, sentences) = (bytes.small()?, bytes.int()?, bytes.int()?);
        let slots = bytes.small()?;
        let ngram = (0..slots).map(|_| bytes.int()).collect::<Option<_>>()?;
        let postings = bytes.postings()?;
        let places = places::get(&postings, bytes)?;
        Some(TermRecord { id, paragraphs, sentences, ngram, postings, places })
    }
    fn add(&mut self, other: TermRecord) {
        self.paragraphs += other.paragraphs;
        self.sentences += other.sentences;
        for (sum, part) in self.ngram.iter_mut().zip(other.ngram) {
            *sum += part;
        }
        self.places = places::join((&self.postings, &self.places), (&other.postings, &other.places));
        add_postings(&mut self.postings, other.postings);
    }
    fn renumber(&mut self, numbers: &Renumbering) {
        self.id = numbers.features[self.id as usize];
        renumber_postings(&mut self.postings, numbers);
    }
}

impl Row for NgramRecord {
    type Key = NgramKey;
    const TABLE: u8 = 2;
    fn key(&self) -> NgramKey {
        self.key
    }
    fn put(&self, out: &mut Vec<u8>) {
        put_ngram(&self.key, out);
        put_postings(&self.postings, out);
    }
    fn get(bytes: &mut Bytes<'_>) -> Option<NgramRecord> {
        let key = bytes.ngram()?;
        let postings = bytes.postings()?;
        Some(NgramRecord { key, postings })
    }
    fn add(&mut self, other: NgramRecord) {
        add_postings(&mut self.postings, other.postings);
    }
    fn renumber(&mut self, numbers: &Renumbering) {
        renumber_ngram(&mut self.key, numbers);
        renumber_postings(&mut self.postings, numbers);
    }
}

/// A checksum of a block that notices changed, lost and swapped bytes; no protection against intent.
fn checksum(bytes: &[u8]) -> u32 {
    let mut state = 0xCBF2_9CE4_8422_2325u64 ^ bytes.len() as u64;
    let (words, tail) = bytes.as_chunks::<8>();
    for word in words {
        state = (state ^ u64::from_le_bytes(*word)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31);
    }
    for &byte in tail {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(17);
    }
    (state ^ state >> 32) as u32
}

/// Writes one sorted table.
pub(crate) struct Writer<R: Row> {
    path: PathBuf,
    file: BufWriter<File>,
    block: Vec<u8>,
    row: std::marker::PhantomData<R>,
}

impl<R: Row> Writer<R> {
    pub(crate) fn create(path: &Path) -> Result<Writer<R>> {
        let file = File::create_new(path).map_err(|error| Error::io(ErrorKind::Write, path, error))?;
        let mut writer = Writer {
            path: path.to_path_buf(),
            file: BufWriter::with_capacity(BLOCK, file),
            block: Vec::with_capacity(BLOCK + 256),
            row: std::marker::PhantomData,
        };
        writer.bytes(MAGIC)?;
        writer.bytes(&[R::TABLE])?;
        Ok(writer)
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|error| Error::io(ErrorKind::Write, &self.path, error))
    }

    fn flush_block(&mut self) -> Result<()> {
        let block = std::mem::take(&mut self.block);
        self.bytes(&(block.len() as u64).to_le_bytes())?;
        self.bytes(&checksum(&block).to_le_bytes())?;
        self.bytes(&block)?;
        self.block = block;
        self.block.clear();
        Ok(())
    }

    pub(crate) fn write(&mut self, row: &R) -> Result<()> {
        row.put(&mut self.block);
        if self.block.len() >= BLOCK { self.flush_block() } else { Ok(()) }
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        if !self.block.is_empty() {
            self.flush_block()?;
        }
        self.flush_block()?;
        self.file.flush().map_err(|error| Error::io(ErrorKind::Write, &self.path, error))
    }
}

/// Reads one sorted table.
pub(crate) struct Reader<R: Row> {
    path: PathBuf,
    file: BufReader<File>,
    block: Vec<u8>,
    at: usize,
    ended: bool,
    row: std::marker::PhantomData<R>,
}

impl<R: Row> Reader<R> {
    pub(crate) fn open(path: &Path) -> Result<Reader<R>> {
        let file = File::open(path).map_err(|error| Error::io(ErrorKind::Read, path, error))?;
        let mut reader = Reader {
            path: path.to_path_buf(),
            file: BufReader::new(file),
            block: Vec::new(),
            at: 0,
            ended: false,
            row: std::marker::PhantomData,
        };
        let mut header = [0u8; 9];
        reader.fill(&mut header)?;
        if header[..8] != *MAGIC || header[8] != R::TABLE {
            return Err(reader.damaged());
        }
        Ok(reader)
    }

    fn damaged(&self) -> Error {
        let remedy = "run again, with another --tmp-dir if it happens twice";
        Error::at(ErrorKind::Read, &self.path, "this temporary file was changed or cut short", remedy)
    }

    fn fill(&mut self, buffer: &mut [u8]) -> Result<()> {
        match self.file.read_exact(buffer) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(self.damaged()),
            Err(error) => Err(Error::io(ErrorKind::Read, &self.path, error)),
        }
    }

    fn next_block(&mut self) -> Result<()> {
        let (mut len, mut sum) = ([0u8; 8], [0u8; 4]);
        self.fill(&mut len)?;
        self.fill(&mut sum)?;
        let len = u64::from_le_bytes(len);
        self.block.clear();
        self.at = 0;
        let read = (&mut self.file).take(len).read_to_end(&mut self.block);
        let read = read.map_err(|error| Error::io(ErrorKind::Read, &self.path, error))?;
        if read as u64 != len || checksum(&self.block) != u32::from_le_bytes(sum) {
            return Err(self.damaged());
        }
        self.ended = len == 0;
        Ok(())
    }

    /// The next row, or none after the last.
    pub(crate) fn next(&mut self) -> Result<Option<R>> {
        if self.at == self.block.len() && !self.ended {
            self.next_block()?;
        }
        if self.ended {
            return Ok(None);
        }
        let mut bytes = Bytes { rest: &self.block[self.at..] };
        let row = R::get(&mut bytes).ok_or_else(|| self.damaged())?;
        self.at = self.block.len() - bytes.rest.len();
        Ok(Some(row))
    }
}

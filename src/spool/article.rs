//! Articles on disk between reading and annotation: written in the order in which they are read, each compressed by
//! itself, so that they come back in any order. Every file is read once, however often its article is needed.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::broken;
use crate::document::Article;
use crate::error::{Error, ErrorKind, Result};

/// An article, encoded, and beside it a number for each of its passages, which can be read without decoding it.
#[derive(Clone, Debug)]
pub struct Frame {
    keys: Vec<u64>,
    bytes: Vec<u8>,
}

/// Bytes of the count of keys.
const COUNT: usize = size_of::<u32>();
/// Bytes that most articles take beside their texts.
const HEAD: usize = 1 << 10;
/// Bytes of one key.
const KEY: usize = size_of::<u64>();

impl Frame {
    /// Encodes an article; `keys` has a number for each of its passages, or is empty.
    ///
    /// # Errors
    /// When the article cannot be encoded, which no value of its fields can cause.
    pub fn encode(article: &Article, keys: Vec<u64>) -> Result<Frame> {
        let room = article.raw.len() + article.text.len() + HEAD;
        let plain = postcard::to_extend(article, Vec::with_capacity(room)).map_err(|e| broken(&e))?;
        Ok(Frame { keys, bytes: lz4_flex::compress_prepend_size(&plain) })
    }

    /// The numbers of its passages.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// The article.
    ///
    /// # Errors
    /// When the bytes are not what was written.
    pub fn decode(&self) -> Result<Article> {
        let plain = lz4_flex::decompress_size_prepended(&self.bytes).map_err(|e| broken(&e))?;
        postcard::from_bytes(&plain).map_err(|e| broken(&e))
    }
}

/// Where a frame is.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    offset: u64,
    length: u32,
}

impl Place {
    /// Bytes on disk.
    pub fn bytes(self) -> u64 {
        u64::from(self.length)
    }
}

/// Articles that are being written.
#[derive(Debug)]
pub struct ArticleSpool {
    folder: PathBuf,
    file: BufWriter<File>,
    end: u64,
}

impl ArticleSpool {
    /// An empty spool in `folder`; its file has no name.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn create(folder: &Path) -> Result<ArticleSpool> {
        let file = tempfile::tempfile_in(folder).map_err(|e| Error::io(ErrorKind::Write, folder, e))?;
        Ok(ArticleSpool { folder: folder.to_path_buf(), file: BufWriter::with_capacity(1 << 18, file), end: 0 })
    }

    /// Writes a frame and tells where it is.
    ///
    /// # Errors
    /// When the disk is full or the file cannot be written.
    pub fn push(&mut self, frame: &Frame) -> Result<Place> {
        let mut keys = Vec::with_capacity(COUNT + KEY * frame.keys.len());
        keys.extend((frame.keys.len() as u32).to_le_bytes());
        frame.keys.iter().for_each(|key| keys.extend(key.to_le_bytes()));
        let written = self.file.write_all(&keys).and_then(|()| self.file.write_all(&frame.bytes));
        written.map_err(|e| Error::io(ErrorKind::Write, &self.folder, e))?;
        let place = Place { offset: self.end, length: (keys.len() + frame.bytes.len()) as u32 };
        self.end += place.bytes();
        Ok(place)
    }

    /// Ends writing.
    ///
    /// # Errors
    /// When the file cannot be written to its end.
    pub fn finish(self) -> Result<Articles> {
        let ArticleSpool { folder, file, .. } = self;
        let file = file.into_inner().map_err(|e| Error::io(ErrorKind::Write, &folder, e.into_error()))?;
        Ok(Articles { folder, file, at: u64::MAX })
    }
}

/// Articles that can be read, in any order.
#[derive(Debug)]
pub struct Articles {
    folder: PathBuf,
    file: File,
    /// Where the file stands.
    at: u64,
}

impl Articles {
    /// Reads a frame.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&mut self, place: Place) -> Result<Frame> {
        let failed = |e| Error::io(ErrorKind::Read, &self.folder, e);
        if self.at != place.offset {
            self.file.seek(SeekFrom::Start(place.offset)).map_err(failed)?;
        }
        let mut bytes = vec![0; place.length as usize];
        self.file.read_exact(&mut bytes).map_err(failed)?;
        self.at = place.offset + place.bytes();
        let cut = || broken(&"an article is cut off");
        let (count, _) = bytes.split_first_chunk::<COUNT>().ok_or_else(cut)?;
        let end = COUNT + KEY * u32::from_le_bytes(*count) as usize;
        let (keys, _) = bytes.get(COUNT..end).ok_or_else(cut)?.as_chunks::<KEY>();
        Ok(Frame { keys: keys.iter().map(|key| u64::from_le_bytes(*key)).collect(), bytes: bytes.split_off(end) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Date, SourceMap};

    #[test]
    fn articles_come_back_in_any_order() {
        let dir = tempfile::tempdir().unwrap();
        let mut spool = ArticleSpool::create(dir.path()).unwrap();
        let article = |n: usize| Article {
            path: format!("{n}.txt"),
            raw: "words and words\n".repeat(n),
            date: Date::from_ymd(2024, 1, 1 + n as u8),
            source: SourceMap::default(),
            ..Article::default()
        };
        let places: Vec<Place> =
            (0..5).map(|n| spool.push(&Frame::encode(&article(n), vec![n as u64; n]).unwrap()).unwrap()).collect();
        let mut articles = spool.finish().unwrap();
        for n in [0, 1, 4, 2, 2, 3] {
            let frame = articles.read(places[n]).unwrap();
            assert_eq!(frame.keys(), vec![n as u64; n]);
            let back = frame.decode().unwrap();
            assert_eq!((back.path, back.raw.len(), back.date), (format!("{n}.txt"), 16 * n, article(n).date));
        }
        assert!(std::fs::read_dir(dir.path()).unwrap().next().is_none(), "the file has no name");
    }
}

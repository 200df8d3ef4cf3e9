//! The zip packages that office documents and books are: parts by name, within bounds.
//!
//! It reads one part at a time into memory. A part that is encrypted, damaged or grows beyond the limits is a reason.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::Reason;

/// Largest part of a package, bytes after decompression.
const MOST_PART: u64 = 256 << 20;
/// Largest sum of the parts that are read.
const MOST_TOTAL: u64 = 512 << 20;
/// A part may be this many times larger than its compressed form, once it is larger than [`SMALL`].
const MOST_RATIO: u64 = 200;
const SMALL: u64 = 4 << 20;
/// Most parts of a package.
const MOST_PARTS: usize = 100_000;

/// An opened package.
pub(super) struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    read: u64,
}

impl Package {
    /// Opens a package.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Package, Reason> {
        if bytes.is_empty() {
            return Err(("empty", "the file has no bytes".to_owned()));
        }
        // An office document with a password is no zip file but the older container of the same programs.
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            let detail = "the document is encrypted with a password, or of the format before 2007; save it without";
            return Err(("encrypted", detail.to_owned()));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| reason(&error))?;
        if archive.len() > MOST_PARTS {
            return Err(("zip_bomb", format!("{} parts, more than the limit of {MOST_PARTS}", archive.len())));
        }
        Ok(Package { archive, read: 0 })
    }

    /// The bytes of a part; nothing where there is none of this name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Reason> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let part = self.archive.by_index(index).map_err(|error| reason(&error))?;
        let limit = match part.compressed_size().saturating_mul(MOST_RATIO) {
            most if most < SMALL => SMALL,
            most => most.min(MOST_PART),
        };
        let limit = limit.min(MOST_TOTAL.saturating_sub(self.read));
        let mut bytes = Vec::new();
        part.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error.to_string()))?;
        self.read += bytes.len() as u64;
        if bytes.len() as u64 > limit {
            let detail =
                format!("the part {name} is larger than {limit} bytes, far more than its compressed size allows");
            return Err(("zip_bomb", detail));
        }
        Ok(Some(bytes))
    }

    /// A part as text: XML in UTF-8, or in UTF-16 with a mark.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Reason> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        let (encoding, mark) = encoding_rs::Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
        Ok(Some(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()))
    }

    /// A part that every file of the format has, as text.
    pub(super) fn needed(&mut self, name: &str) -> Result<String, Reason> {
        self.text(name)?.ok_or_else(|| damaged(&format!("the part {name} is missing")))
    }
}

/// The reason of a package that cannot be read.
pub(super) fn damaged(seen: &str) -> Reason {
    ("damaged", format!("{seen}; open the file in the program that made it and save it again"))
}

fn reason(error: &ZipError) -> Reason {
    match error {
        ZipError::InvalidPassword => encrypted(),
        ZipError::UnsupportedArchive(seen) if seen.to_lowercase().contains("password") => encrypted(),
        other => damaged(&other.to_string()),
    }
}

fn encrypted() -> Reason {
    ("encrypted", "the file is encrypted with a password; save it without one".to_owned())
}

/// Whether the first bytes are those of a zip file whose first entry has the name `mimetype` and this content, as
/// books and open documents begin.
pub(super) fn begins_with_mimetype(head: &[u8], kind: &str) -> bool {
    head.starts_with(b"PK\x03\x04")
        && head.get(30..38) == Some(b"mimetype")
        && memchr::memmem::find(&head[38..head.len().min(38 + 256)], kind.as_bytes()).is_some()
}

#[cfg(test)]
pub(super) mod fixture {
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    /// A zip file of these parts.
    pub(in crate::corpus::format) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            let stored = *name == "mimetype";
            let method = if stored { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_packages_are_reasons() {
        let reason = |bytes: Vec<u8>| Package::open(bytes).and_then(|mut p| p.needed("a.xml")).unwrap_err().0;
        assert_eq!(reason(Vec::new()), "empty");
        assert_eq!(reason(b"PK\x03\x04 and no more".to_vec()), "damaged");
        assert_eq!(reason(fixture::package(&[("b.xml", "x")])), "damaged");
        assert_eq!(reason(fixture::package(&[("a.xml", &" ".repeat(20 << 20))])), "zip_bomb");
        assert_eq!(reason(vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1]), "encrypted");
        // The bit of encryption in the local and the central header.
        let mut bytes = fixture::package(&[("a.xml", "some text")]);
        bytes[6] |= 1;
        let central = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
        bytes[central + 8] |= 1;
        assert_eq!(reason(bytes), "encrypted");
        let mut bytes = fixture::package(&[("a.xml", "some text that is long enough to be packed, packed, packed")]);
        bytes[40] ^= 0x55;
        assert_eq!(reason(bytes), "damaged");
    }
}

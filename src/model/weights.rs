//! The file of a trained model: a sealed payload that says what it is and is checked before it is believed.
//!
//! Layout, integers little-endian: `BYLINEMD`; version of the kind's layout, 4 bytes; length of the kind's name, 1 byte,
//! and the name; length of the payload, 8 bytes, and the payload; SHA-256 of everything before it, 32 bytes.

use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};

const MAGIC: &[u8] = b"BYLINEMD";
const CHECKSUM: usize = 32;

/// The bytes of a model's file.
pub fn seal(kind: &str, version: u32, payload: &[u8]) -> Vec<u8> {
    let mut file = header(kind, version);
    file.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    file.extend_from_slice(payload);
    let checksum = Sha256::digest(&file);
    file.extend_from_slice(&checksum);
    file
}

/// The payload of a model's file of one kind and version.
///
/// # Errors
/// [`ErrorKind::Model`] for a file that is cut short, damaged, of another kind or of another version.
pub fn open<'a>(file: &'a [u8], kind: &str, version: u32) -> Result<&'a [u8]> {
    let wrong = |cause: &str| {
        let remedy = "take a byline that was built from a whole checkout, or train the model again";
        Error::new(ErrorKind::Model, format!("the model {kind:?} {cause}"), remedy)
    };
    let Some((sealed, checksum)) = file.split_at_checked(file.len().saturating_sub(CHECKSUM)) else {
        return Err(wrong("is cut short"));
    };
    if !sealed.starts_with(MAGIC) {
        return Err(wrong("is no model of byline"));
    }
    if Sha256::digest(sealed).as_slice() != checksum {
        return Err(wrong("is damaged: its checksum is wrong"));
    }
    let Some(rest) = sealed.strip_prefix(header(kind, version).as_slice()) else {
        return Err(wrong("is of another kind or version"));
    };
    match rest.split_first_chunk::<8>() {
        Some((length, payload)) if u64::from_le_bytes(*length) == payload.len() as u64 => Ok(payload),
        _ => Err(wrong("is cut short")),
    }
}

fn header(kind: &str, version: u32) -> Vec<u8> {
    let name = kind.as_bytes();
    let mut header = MAGIC.to_vec();
    header.extend_from_slice(&version.to_le_bytes());
    header.push(name.len() as u8);
    header.extend_from_slice(name);
    header
}

#[cfg(test)]
mod tests {
    use super::{open, seal};

    #[test]
    fn a_sealed_model_opens_and_a_damaged_one_does_not() {
        let file = seal("ner", 3, b"weights");
        assert_eq!(open(&file, "ner", 3).unwrap(), b"weights");
        for at in 0..file.len() {
            let mut damaged = file.clone();
            damaged[at] ^= 1;
            assert!(open(&damaged, "ner", 3).is_err(), "byte {at}");
            assert!(open(&file[..at], "ner", 3).is_err(), "cut at {at}");
        }
        assert!(open(&file, "ner", 2).unwrap_err().to_string().contains("version"));
        assert!(open(&file, "sentiment", 3).unwrap_err().to_string().contains("kind"));
    }
}

//! From bytes to text. It says which encoding was used and how it is known; it never guesses silently.

use super::Reason;
use crate::document::{Encoding, EncodingEvidence};

/// Decodes the bytes of a text. `declared` is the encoding that the file or the user names.
pub(super) fn decode(bytes: Vec<u8>, _declared: Option<&str>) -> Result<(String, Encoding), Reason> {
    if bytes.is_empty() {
        return Err(("empty", "the file has no bytes".to_owned()));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let detail = "the file starts with a UTF-16 byte-order mark; save it as UTF-8".to_owned();
        return Err(("binary", detail));
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(("binary", format!("byte {at} is NUL; this is not a text file")));
    }
    let mut raw = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let detail = format!("byte {at} (0x{byte:02x}) is not valid UTF-8; save the file as UTF-8");
        ("invalid_utf8", detail)
    })?;
    let mut encoding = Encoding::default();
    if raw.starts_with('\u{feff}') {
        raw.drain(..'\u{feff}'.len_utf8());
        encoding = Encoding { name: "utf-8-sig".to_owned(), evidence: EncodingEvidence::Bom };
    }
    if raw.trim().is_empty() {
        return Err(("empty", "the file holds only white space".to_owned()));
    }
    Ok((raw, encoding))
}

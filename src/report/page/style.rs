//! How the page looks, and what it may load: nothing but the style sheet inside it, which its policy names by hash.

use sha2::{Digest, Sha256};

/// The style sheet.
pub(super) const SHEET: &str = include_str!("style.css");

/// The content security policy: no network, no script, no form, and no style but [`SHEET`].
pub(super) fn policy() -> String {
    let hash = base64(&Sha256::digest(SHEET));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}

/// Base64 of RFC 4648, section 4, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().chain([&0, &0]).take(3).fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        for digit in 0..4 {
            let shown = digit <= three.len();
            out.push(if shown { char::from(DIGITS[bits >> (18 - 6 * digit) & 63]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_the_rfc() {
        let coded = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(coded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }

    #[test]
    fn the_sheet_loads_nothing_and_cannot_end_early() {
        assert!(!SHEET.contains("url(") && !SHEET.contains("@import") && !SHEET.contains('<'));
    }
}

//! Where a word or number of ASCII letters and digits surely ends: what the byte behind it tells at one look, and which
//! marks are nothing that is counted whatever stands around them. What it leaves open is for the rules of
//! [`super::token`] to say; the two agree wherever it says yes.

/// A mark that ends a word before it.
const ENDS: u8 = 1;
/// A mark, or white space, that begins no word, number, address or handle.
const NOTHING: u8 = 2;
/// A mark that ends a number before it.
const ENDS_NUMBER: u8 = 4;

/// What each byte is.
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let mark = byte as u8;
        if !mark.is_ascii_alphanumeric() && !matches!(mark, b'.' | b'-' | b'\'' | b'&' | b':' | b'@' | b'+' | b'_') {
            kinds[byte] |= ENDS;
        }
        if !mark.is_ascii_alphanumeric() && !matches!(mark, b',' | b'.' | b':' | b'/' | b'-' | b'\'' | b'%' | b'_') {
            kinds[byte] |= ENDS_NUMBER;
        }
        // `'` and `$` may begin a number, `:`, `;` and `=` a smiley.
        let opens = matches!(mark, b'@' | b'#' | b'_' | b'\'' | b'$' | b':' | b';' | b'=');
        let space = matches!(mark, b'\t'..=b'\r' | b' ');
        if (mark.is_ascii_punctuation() && !opens) || space {
            kinds[byte] |= NOTHING;
        }
        byte += 1;
    }
    kinds
};

/// Whether a run of ASCII letters and digits that begins with a letter is a word of its own, told by what stands at
/// `end` behind it.
pub(super) fn ends_word(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end) {
        None => true,
        Some(&byte) if KINDS[usize::from(byte)] & ENDS != 0 => true,
        Some(b':') => bytes.get(end + 1) != Some(&b'/'),
        Some(0xe2) => is_mark(bytes, end),
        Some(_) => false,
    }
}

/// Whether a dot at `end` belongs to no address, so that the counted form of a word of several letters before it is the
/// same whether the dot is its own or ends a sentence. The word is not `www`.
#[inline(always)]
pub(super) fn dot_ends_word(bytes: &[u8], end: usize) -> bool {
    let joins = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'@');
    bytes.get(end) == Some(&b'.') && !bytes.get(end + 1).is_some_and(joins)
}

/// Whether a run of ASCII letters and digits that begins with a digit is a number of its own.
pub(super) fn ends_number(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end) {
        None => true,
        Some(b',' | b'.' | b':' | b'/') => !bytes.get(end + 1).is_some_and(u8::is_ascii_digit),
        Some(0xe2) => is_mark(bytes, end),
        Some(&byte) => KINDS[usize::from(byte)] & ENDS_NUMBER != 0,
    }
}

/// Whether a word ends before a byte whatever comes behind it.
#[inline(always)]
pub(super) fn surely_ends_word(byte: u8) -> bool {
    KINDS[usize::from(byte)] & ENDS != 0
}

/// Length of a mark or of white space at `at` that is nothing that is counted; 0 where that has to be looked into.
pub(super) fn nothing(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        byte if KINDS[usize::from(byte)] & NOTHING != 0 => 1,
        b'\'' => usize::from(!bytes.get(at + 1).is_some_and(u8::is_ascii_digit)),
        // No smiley stands right behind a letter or a mark.
        b':' | b';' | b'=' if at > 0 && bytes[at - 1].is_ascii_graphic() => 1,
        0xe2 if is_mark(bytes, at) => 3,
        0xe2 if is_curly_apostrophe(bytes, at) && !bytes.get(at + 3).is_some_and(u8::is_ascii_digit) => 3,
        _ => 0,
    }
}

/// A dash, a quotation mark that is no apostrophe, or an ellipsis: U+2013, U+2014, U+2018, U+201C, U+201D, U+2026.
fn is_mark(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x93 | 0x94 | 0x98 | 0x9c | 0x9d | 0xa6]))
}

/// U+2019.
fn is_curly_apostrophe(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..at + 3) == Some(&[0xe2, 0x80, 0x99])
}

/// Length of a hyphen or an apostrophe at `at` that may join letters, and what stands for it in counted forms.
pub(super) fn joiner(bytes: &[u8], at: usize) -> Option<(usize, char)> {
    match bytes.get(at)? {
        byte @ (b'-' | b'\'') => Some((1, char::from(*byte))),
        0xe2 if is_curly_apostrophe(bytes, at) => Some((3, '\'')),
        _ => None,
    }
}

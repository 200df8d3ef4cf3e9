//! A text on one line, as tables show it and as values are told apart.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text on one line, without control characters, in NFC:
/// 1. each of CR, LF, TAB, NEL, LS and PS becomes one space;
/// 2. other C0 controls, DEL, U+FEFF, U+FFFE and U+FFFF are removed;
/// 3. the rest is brought to Unicode normalization form C.
pub fn one_line(text: &str) -> Cow<'_, str> {
    // Pieces, so that the processor looks at many bytes at once.
    let is_plain =
        |piece: &[u8]| piece.iter().fold(1, |plain, byte| plain & u8::from((0x20..0x7f).contains(byte))) == 1;
    if text.as_bytes().chunks(32).all(is_plain) || text.chars().all(is_usual) {
        return Cow::Borrowed(text);
    }
    let untouched = text.chars().all(|c| written(c) == Some(c));
    if untouched && is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(written).nfc().collect())
}

/// The text without control characters, in NFC, as [`one_line`] gives it, but with its line ends: CR LF, CR, NEL, LS and
/// PS become LF.
pub fn with_lines(text: &str) -> Cow<'_, str> {
    const ENDS: [char; 5] = ['\r', '\n', '\u{85}', '\u{2028}', '\u{2029}'];
    if !text.contains(ENDS) {
        return one_line(text);
    }
    let text = text.replace("\r\n", "\n");
    let lines: Vec<Cow<'_, str>> = text.split(ENDS).map(one_line).collect();
    Cow::Owned(lines.join("\n"))
}

/// Whether a character is written as it is and neither composes nor is composed: most of what Western news hold.
fn is_usual(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '€')
}

/// The character written for a character, before normalization; none when it is removed.
fn written(c: char) -> Option<char> {
    match c {
        '\r' | '\n' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\0'..='\u{1f}' | '\u{7f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => None,
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_become_spaces_and_controls_go() {
        assert_eq!(one_line("a\r\nb\tc\u{85}d\u{2028}e\u{2029}f"), "a  b c d e f");
        assert_eq!(one_line("\u{feff}a\0b\u{7}c\u{7f}d\u{fffe}e\u{ffff}f\u{b}g"), "abcdefg");
        assert_eq!(one_line("\u{200f}שלום\u{200e} 🙂"), "\u{200f}שלום\u{200e} 🙂");
    }

    #[test]
    fn what_is_usual_stays_as_it_is() {
        for c in ('\0'..='\u{ffff}').filter(|&c| is_usual(c)) {
            let text = c.to_string();
            assert_eq!(text.nfc().collect::<String>(), text);
            assert_eq!((written(c), is_nfc_quick(text.chars())), (Some(c), IsNormalized::Yes));
        }
    }

    #[test]
    fn line_ends_may_stay() {
        assert_eq!(with_lines("a\r\nb\tc\u{85}d\u{2028}e\u{2029}f\rg\n\n\0h"), "a\nb c\nd\ne\nf\ng\n\nh");
        assert_eq!(with_lines("one\tline\0"), "one line");
        assert_eq!(with_lines("caf\ne\u{301}"), "caf\né");
    }

    #[test]
    fn text_is_composed_even_over_a_removed_character() {
        assert_eq!(one_line("cafe\u{301}"), "café");
        assert_eq!(one_line("cafe\u{feff}\u{301}"), "café");
        assert!(matches!(one_line("café “x”"), Cow::Borrowed(_)));
    }
}

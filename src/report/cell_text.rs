//! What a text cell may hold: one line of text that every spreadsheet and data tool reads back unchanged, and that no
//! spreadsheet runs. Reads the text of a cell, gives the text that is written; knows no columns and writes nothing.
//!
//! The policy, in order:
//! 1. each of CR, LF, TAB, NEL, LS and PS becomes one space;
//! 2. other C0 controls, DEL, U+FEFF, U+FFFE and U+FFFF are removed;
//! 3. the rest is brought to Unicode normalization form C;
//! 4. a cell that a spreadsheet would run as a formula gets an apostrophe in front ([`is_active`]);
//!    other choices are [`FormulaGuard`].
//!
//! Nothing else is touched: leading zeros, leading `-` and `@`, spaces and marks of other scripts stay as they are.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::config::FormulaGuard;

/// Most UTF-16 units of one cell that spreadsheets keep (Excel and LibreOffice: 32,767).
pub const MAX_CELL_UNITS: usize = 32_767;

/// Steps 1 to 3 of the policy: the text on one line, without control characters, in NFC.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let untouched = text.chars().all(|c| written(c) == Some(c));
    if untouched && is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(written).nfc().collect())
}

/// Whether a spreadsheet would run the text as a formula: `=` stands first; or `+`, `-` or `@` stands first and the
/// text holds a call (a letter and `(`), or one of `|`, `!`, `[`, `\` (links to other programs, sheets and files).
/// `-based`, `@user` and `+1 (202) 555-0100` are not active.
pub fn is_active(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'=') => true,
        Some(b'+' | b'-' | b'@') => {
            let mut after_letter = false;
            text.chars().any(|c| {
                let active = matches!(c, '|' | '!' | '[' | '\\') || (c == '(' && after_letter);
                after_letter = c.is_alphabetic();
                active
            })
        }
        _ => false,
    }
}

/// Whether a text cell gets an apostrophe.
pub fn is_guarded(text: &str, guard: FormulaGuard) -> bool {
    match guard {
        FormulaGuard::Off => false,
        FormulaGuard::Active => is_active(text),
        // The full-width forms are formulas in East Asian versions of Excel.
        FormulaGuard::Strict => text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']),
    }
}

/// Whether the text has more UTF-16 units than a spreadsheet cell keeps.
pub fn is_long(text: &str) -> bool {
    text.len() > MAX_CELL_UNITS && text.chars().map(char::len_utf16).sum::<usize>() > MAX_CELL_UNITS
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
    fn text_is_composed_even_over_a_removed_character() {
        assert_eq!(one_line("cafe\u{301}"), "café");
        assert_eq!(one_line("cafe\u{feff}\u{301}"), "café");
        assert!(matches!(one_line("café “x”"), Cow::Borrowed(_)));
    }

    #[test]
    fn only_active_cells_are_guarded() {
        for active in
            ["=1+2", "=", "=HYPERLINK(\"x\")", "+SUM(A1)", "-cmd|' /C calc'!A0", "@SUM(1)", "+a[1]", "-\\\\host", "-x!"]
        {
            assert!(is_active(active), "{active}");
        }
        for inert in [
            "",
            "-based",
            "@realuser",
            "+plus",
            "-5",
            "+1 (202) 555-0100",
            "+1(202) 555",
            "a=b",
            "SUM(1)",
            "(x)",
            " =1",
            "'=1",
        ] {
            assert!(!is_active(inert), "{inert}");
        }
    }

    #[test]
    fn the_guard_is_a_choice() {
        for (text, off, active, strict) in [
            ("=1", false, true, true),
            ("-based", false, false, true),
            ("@user", false, false, true),
            ("＝1", false, false, true),
            ("a=1", false, false, false),
        ] {
            let guarded = [FormulaGuard::Off, FormulaGuard::Active, FormulaGuard::Strict].map(|g| is_guarded(text, g));
            assert_eq!(guarded, [off, active, strict], "{text}");
        }
    }

    #[test]
    fn long_cells_are_measured_in_utf16_units() {
        assert!(!is_long(&"é".repeat(MAX_CELL_UNITS)));
        assert!(is_long(&"a".repeat(MAX_CELL_UNITS + 1)));
        assert!(is_long(&"🙂".repeat(MAX_CELL_UNITS / 2 + 1)));
        assert!(!is_long(&"🙂".repeat(MAX_CELL_UNITS / 2)));
    }
}

//! What a text cell may hold: one line of text that every spreadsheet and data tool reads back unchanged, and that no
//! spreadsheet runs. Reads the text of a cell, gives the text that is written; knows no columns and writes nothing.
//!
//! The policy, in order:
//! 1. the text is brought on one line, without control characters, in NFC ([`one_line`]), or keeps its
//!    line ends where that is asked for ([`with_lines`]);
//! 2. a cell that a spreadsheet would run as a formula gets an apostrophe in front ([`is_active`]);
//!    other choices are [`FormulaGuard`].
//!
//! Nothing else is touched: leading zeros, leading `-` and `@`, spaces and marks of other scripts stay as they are.

use crate::config::FormulaGuard;
pub use crate::document::{one_line, with_lines};

/// Most UTF-16 units of one cell that spreadsheets keep (Excel and LibreOffice: 32,767).
pub const MAX_CELL_UNITS: usize = 32_767;
/// Most bytes of a text that is looked at in one go.
const SHORT: usize = 256;

/// Whether a text is written as it is under every choice: a few printable ASCII characters without quotation marks that
/// begin with a letter or digit. Most cells do.
pub(super) fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| (b' '..=b'~').contains(&byte) & (byte != b'"');
    text.len() <= SHORT
        && text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric)
        && text.bytes().fold(true, |all, byte| all & plain(byte))
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

#[cfg(test)]
mod tests {
    use super::*;

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

//! How the rows of a sheet are written: as SpreadsheetML (ECMA-376-1, 18.3.1). Cells have no names of their own (`B7`):
//! each stands behind the one before it, so a missing one is written too. That halves the file and the time it takes.
//! Texts stand in their cells (`inlineStr`), so no list of strings has to be kept; nothing is written as a formula.

use super::look::{Look, Style};
use crate::document::Date;
use crate::report::cell_text;
use crate::report::column::{Column, Kind, MAX_DECIMALS};
use crate::report::digits::{push_date, push_fixed, push_integer};
use crate::report::table::Cell;

/// Whole numbers that a sheet keeps exactly.
const MAX_EXACT: u64 = 1 << 53;

/// The rows of a sheet as bytes.
pub(super) struct Rows {
    columns: Vec<Column>,
    /// `<c` and the style of the cells of each column.
    cells: Vec<String>,
    /// The same of a cell that leads to another sheet.
    link: String,
    /// Rows that wait to be written.
    pub(super) bytes: Vec<u8>,
    /// Texts that were too long for a cell.
    pub(super) cut_cells: u64,
}

impl Rows {
    /// No rows under columns.
    pub(super) fn new(columns: Vec<Column>, look: &Look) -> Rows {
        let cell = |style: Option<Style>| {
            style.map_or_else(|| "<c".to_owned(), |style| format!("<c s=\"{}\"", look.number(style)))
        };
        let cells = (0..columns.len()).map(|at| cell(Style::of(&columns, at))).collect();
        Rows { columns, cells, link: cell(Some(Style::Link)), bytes: Vec::new(), cut_cells: 0 }
    }

    /// The columns.
    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Writes the first row: the names of columns.
    pub(super) fn header(&mut self, look: &Look) {
        self.open(1);
        for (at, column) in self.columns.iter().enumerate() {
            let style = look.number(Style::of_name(&self.columns, at));
            let cell = format!("<c s=\"{style}\" t=\"inlineStr\"><is><t>{}</t></is></c>", column.name);
            self.bytes.extend_from_slice(cell.as_bytes());
        }
        self.bytes.extend_from_slice(b"</row>");
    }

    /// Writes a row by its number, counted from 1, and calls `width` with how wide each cell is shown. The text of
    /// column `link` is written as one that leads somewhere.
    pub(super) fn push(
        &mut self,
        number: u32,
        cells: &[Cell<'_>],
        link: Option<usize>,
        mut width: impl FnMut(usize, usize),
    ) {
        self.open(number);
        let mut missing = 0;
        for (at, cell) in cells.iter().enumerate() {
            if matches!(cell, Cell::Missing | Cell::Text("")) {
                missing += 1;
                continue;
            }
            for gap in at - missing..at {
                self.bytes.extend_from_slice(self.cells[gap].as_bytes());
                self.bytes.extend_from_slice(b"/>");
            }
            missing = 0;
            let opening = if link == Some(at) { &self.link } else { &self.cells[at] };
            self.bytes.extend_from_slice(opening.as_bytes());
            let shown = self.value(at, *cell);
            width(at, shown);
        }
        self.bytes.extend_from_slice(b"</row>");
    }

    fn open(&mut self, number: u32) {
        self.bytes.extend_from_slice(b"<row r=\"");
        push_integer(&mut self.bytes, number.into());
        self.bytes.extend_from_slice(b"\">");
    }

    /// Writes what stands behind the style of a cell, and gives how wide it is shown.
    fn value(&mut self, at: usize, cell: Cell<'_>) -> usize {
        match cell {
            Cell::Missing => {
                self.bytes.extend_from_slice(b"/>");
                0
            }
            Cell::Text(text) => self.text(&cell_text::one_line(text)),
            Cell::Integer(number) if number.unsigned_abs() > MAX_EXACT => self.text(&number.to_string()),
            Cell::Integer(number) => self.number(|bytes| push_integer(bytes, number)) * 4 / 3 + 1,
            Cell::Number(number) => {
                let decimals = if let Kind::Number(decimals) = self.columns[at].kind { decimals } else { MAX_DECIMALS };
                self.number(|bytes| push_fixed(bytes, number, decimals)) + 1
            }
            Cell::Date(date) => {
                match serial(date) {
                    Some(day) => self.number(|bytes| push_integer(bytes, day)),
                    None => {
                        let mut text = Vec::new();
                        push_date(&mut text, date);
                        self.text(&String::from_utf8_lossy(&text))
                    }
                };
                11
            }
            Cell::Boolean(truth) => {
                let value: &[u8] = if truth { b" t=\"b\"><v>1</v></c>" } else { b" t=\"b\"><v>0</v></c>" };
                self.bytes.extend_from_slice(value);
                7
            }
        }
    }

    /// Writes a number without the zeros at its end, and gives how many digits it has with them.
    fn number(&mut self, push: impl FnOnce(&mut Vec<u8>)) -> usize {
        self.bytes.extend_from_slice(b"><v>");
        let start = self.bytes.len();
        push(&mut self.bytes);
        let digits = self.bytes.len() - start;
        if self.bytes[start..].contains(&b'.') {
            let zeros = self.bytes[start..].iter().rev().take_while(|byte| **byte == b'0').count();
            self.bytes.truncate(start + digits - zeros);
            if self.bytes.ends_with(b".") {
                self.bytes.pop();
            }
        }
        self.bytes.extend_from_slice(b"</v></c>");
        digits
    }

    /// Writes as much of a text as a cell holds, and gives its length.
    fn text(&mut self, text: &str) -> usize {
        let kept = fitting(text);
        self.cut_cells += u64::from(kept.len() < text.len());
        let at_edge = kept.starts_with(char::is_whitespace) || kept.ends_with(char::is_whitespace);
        let opening: &[u8] =
            if at_edge { b" t=\"inlineStr\"><is><t xml:space=\"preserve\">" } else { b" t=\"inlineStr\"><is><t>" };
        self.bytes.extend_from_slice(opening);
        push_escaped(&mut self.bytes, kept);
        self.bytes.extend_from_slice(b"</t></is></c>");
        kept.chars().count() + 1
    }
}

/// Appends a text as XML. `_x0041_` would be read as the character of that number, so its first mark is written so.
fn push_escaped(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for at in 0..bytes.len() {
        let escape: &[u8] = match bytes[at] {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'_' if is_escape(&bytes[at..]) => b"_x005F_",
            _ => continue,
        };
        out.extend_from_slice(&bytes[from..at]);
        out.extend_from_slice(escape);
        from = at + 1;
    }
    out.extend_from_slice(&bytes[from..]);
}

/// Whether bytes begin as `_xHHHH_` does.
fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', digits @ .., ] if digits.len() > 4
        && digits[..4].iter().all(u8::is_ascii_hexdigit) && digits[4] == b'_')
}

/// As much of a text as a cell holds.
fn fitting(text: &str) -> &str {
    if !cell_text::is_long(text) {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > cell_text::MAX_CELL_UNITS
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// The number of a day in a sheet; none before March 1900, where spreadsheets disagree.
fn serial(date: Date) -> Option<i64> {
    // Days of the Gregorian calendar since 1 March of the year 0 (Hinnant 2013, days_from_civil).
    let (year, month, day) = (i64::from(date.year), i64::from(date.month), i64::from(date.day));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1;
    // 30 December 1899 is day 0 of a sheet.
    let serial = days - 693_899;
    (serial > 60).then_some(serial)
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;

    fn printed(columns: &[Column], cells: &[Cell<'_>]) -> String {
        let look = Look::register(&mut Workbook::new()).unwrap();
        let mut rows = Rows::new(columns.to_vec(), &look);
        rows.push(2, cells, None, |_, _| {});
        let text = String::from_utf8(rows.bytes).unwrap();
        let styles =
            |text: &str| text.split(" s=\"").skip(1).all(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        assert!(styles(&text), "{text}");
        let mut bare = String::new();
        for (at, piece) in text.split(" s=\"").enumerate() {
            bare.push_str(if at == 0 { piece } else { piece.split_once('"').unwrap().1 });
        }
        bare
    }

    #[test]
    fn cells_follow_each_other_with_those_that_are_missing() {
        let columns = [
            Column::text("a", "A."),
            Column::integer("b", "", "B."),
            Column::number("c", 3, "", "C.", "1"),
            Column::new("d", Kind::Boolean, "D."),
        ];
        let row = [Cell::Missing, Cell::Integer(120), Cell::Number(-0.5), Cell::Boolean(true)];
        let text = "<row r=\"2\"><c/><c><v>120</v></c><c><v>-0.5</v></c><c t=\"b\"><v>1</v></c></row>";
        assert_eq!(printed(&columns, &row), text);
        let row = [Cell::Text(" =1&2 <_x0041_ _x41"), Cell::Integer(i64::MAX), Cell::Number(20.0), Cell::Missing];
        let text = "<row r=\"2\"><c t=\"inlineStr\"><is><t xml:space=\"preserve\"> =1&amp;2 &lt;_x005F_x0041_ _x41</t>\
                    </is></c><c t=\"inlineStr\"><is><t>9223372036854775807</t></is></c><c><v>20</v></c></row>";
        assert_eq!(printed(&columns, &row), text);
    }

    #[test]
    fn days_are_those_of_spreadsheets() {
        let day = |year, month, day| serial(Date::from_ymd(year, month, day).unwrap());
        assert_eq!(day(1900, 3, 1), Some(61));
        assert_eq!(day(2000, 1, 1), Some(36_526));
        assert_eq!(day(2024, 2, 29), Some(45_351));
        assert_eq!(day(1899, 12, 31), None);
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text = "🙂".repeat(20_000);
        let kept = fitting(&text);
        assert_eq!(kept.encode_utf16().count(), cell_text::MAX_CELL_UNITS - 1);
        assert_eq!(fitting("short"), "short");
    }
}

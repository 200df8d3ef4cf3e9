//! Rows of typed cells in few bytes, so that what is printed in parts on many threads can be read again in order, by the
//! formats that are no CSV. Texts are as the report gave them: with line ends, unguarded. Numbers have the decimals of
//! their column, so that every format shows the same. Nothing of it is kept on disk.

use super::column::{Column, Kind, MAX_DECIMALS};
use super::digits::rounded;
use super::table::Cell;
use crate::document::Date;

/// Rows one after the other; each cell is a tag and what belongs to it: lengths and whole numbers seven bits a byte, the
/// lowest first (LEB128, the sign in the lowest bit), other numbers in little endian.
#[derive(Debug, Default)]
pub(super) struct EncodedRows {
    bytes: Vec<u8>,
    /// Where rows end.
    ends: Vec<usize>,
}

const MISSING: u8 = 0;
const TEXT: u8 = 1;
const INTEGER: u8 = 2;
const NUMBER: u8 = 3;
const DATE: u8 = 4;
const FALSE: u8 = 5;
const TRUE: u8 = 6;

impl EncodedRows {
    /// Bytes that are held.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Adds a row of cells under columns.
    pub(super) fn push(&mut self, columns: &[Column], cells: &[Cell<'_>]) {
        for (cell, column) in cells.iter().zip(columns) {
            match *cell {
                Cell::Missing => self.bytes.push(MISSING),
                Cell::Text(text) => {
                    self.bytes.push(TEXT);
                    self.push_whole(text.len() as u64);
                    self.bytes.extend_from_slice(text.as_bytes());
                }
                Cell::Integer(number) => {
                    self.bytes.push(INTEGER);
                    self.push_whole(((number << 1) ^ (number >> 63)) as u64);
                }
                Cell::Number(number) => {
                    let decimals = if let Kind::Number(decimals) = column.kind { decimals } else { MAX_DECIMALS };
                    match rounded(number, decimals) {
                        Some(number) => {
                            self.bytes.push(NUMBER);
                            self.bytes.extend_from_slice(&number.to_le_bytes());
                        }
                        None => self.bytes.push(MISSING),
                    }
                }
                Cell::Date(Date { year, month, day }) => {
                    self.bytes.push(DATE);
                    self.bytes.extend_from_slice(&year.to_le_bytes());
                    self.bytes.extend_from_slice(&[month, day]);
                }
                Cell::Boolean(truth) => self.bytes.push(if truth { TRUE } else { FALSE }),
            }
        }
        self.ends.push(self.bytes.len());
    }

    fn push_whole(&mut self, mut number: u64) {
        while number > 0x7f {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// Forgets all rows.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// The rows in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = Vec<Cell<'_>>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| Reader(&self.bytes[start..*end]).collect())
    }
}

/// The cells of one row.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn whole(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let [byte] = self.take()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Some(number)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.whole()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }
}

impl<'a> Iterator for Reader<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        let [tag] = self.take()?;
        Some(match tag {
            TEXT => Cell::Text(self.text()?),
            INTEGER => {
                let number = self.whole()?;
                Cell::Integer((number >> 1) as i64 ^ -((number & 1) as i64))
            }
            NUMBER => Cell::Number(f64::from_le_bytes(self.take()?)),
            DATE => {
                let year = u16::from_le_bytes(self.take()?);
                let [month, day] = self.take()?;
                Cell::Date(Date { year, month, day })
            }
            FALSE => Cell::Boolean(false),
            TRUE => Cell::Boolean(true),
            _ => Cell::Missing,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::digits::push_fixed;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_come_back_as_they_were() {
        let date = Date::from_ymd(2024, 2, 9).unwrap();
        let long = "long ".repeat(90);
        let rows = [
            vec![Cell::Text("two\nlines =1+1 🙂"), Cell::Integer(i64::MIN), Cell::Number(-0.1), date.into()],
            vec![Cell::Text(""), Cell::Missing, Cell::Missing, Cell::Missing],
            vec![Cell::Text(&long), Cell::Integer(i64::MAX), Cell::Missing, Cell::Missing],
            vec![Cell::Missing, Cell::Integer(-65), Cell::Missing, Cell::Missing],
        ];
        let columns = [
            Column::text("a", "A."),
            Column::integer("b", "", "B."),
            Column::number("c", 3, "", "C.", "1"),
            Column::new("d", Kind::Date, "D."),
        ];
        let mut encoded = EncodedRows::default();
        rows.iter().for_each(|row| encoded.push(&columns, row));
        assert_eq!(encoded.rows().collect::<Vec<_>>(), rows);
        encoded.clear();
        encoded.push(&columns[2..3], &[Cell::Number(f64::NAN)]);
        encoded.push(&columns[2..3], &[Cell::Number(1.0 / 3.0)]);
        assert_eq!(encoded.rows().collect::<Vec<_>>(), [[Cell::Missing], [Cell::Number(0.333)]]);
        assert!(encoded.len() < 12);
    }

    proptest! {
        #[test]
        fn a_number_is_what_the_csv_file_says(number in -1e12..1e12_f64, small in -2.0..2.0_f64, decimals in 0..=6_u8) {
            for number in [number, small, f64::from(small as f32) * 1e-5] {
                let mut text = Vec::new();
                push_fixed(&mut text, number, decimals);
                let text: f64 = std::str::from_utf8(&text).unwrap().parse().unwrap();
                prop_assert_eq!(rounded(number, decimals), Some(text));
            }
        }
    }
}

//! The sheets of one table: rows as they come, a further sheet where one is full.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::look::{self, Look};
use super::{Book, Finished, Sink, locked, tried};
use crate::document::Date;
use crate::error::Result;
use crate::report::cell_text;
use crate::report::column::{Column, Kind};
use crate::report::table::{Cell, MAX_SHEET_ROWS, TableSummary};

/// Rows that widths are taken from.
const SAMPLE: u32 = 500;
/// Narrowest and widest column, characters.
const WIDTHS: (usize, usize) = (6, 60);
/// Whole numbers that a sheet keeps exactly.
const MAX_EXACT: i64 = 1 << 53;
/// Entities that lead to their first mention: the first of the table.
const MOST_LINKS: usize = 1_000;
/// Most bars of a chart.
const MOST_SHOWN: usize = 15;
/// Longest text of a link, characters.
const MAX_LINK: usize = 200;

type Done<T = ()> = std::result::Result<T, XlsxError>;

/// A table that is being written.
pub(super) struct TableSheets {
    path: PathBuf,
    book: Arc<Mutex<Book>>,
    /// Place and name of the table.
    table: (usize, &'static str),
    columns: Vec<Column>,
    sheet: Worksheet,
    /// Full sheets.
    parts: usize,
    /// Rows below the header of this sheet.
    rows: u32,
    widths: Vec<usize>,
    cut_cells: u64,
    shown: Vec<(String, f64)>,
    /// In `mentions`, where entities are named first; in `entities`, the same, to lead there.
    mentions: BTreeMap<String, u32>,
    link: Format,
}

impl std::fmt::Debug for TableSheets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableSheets").field("table", &self.table).field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl TableSheets {
    /// Opens the first sheet of a table.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Write`].
    pub(super) fn open(
        path: PathBuf,
        book: Arc<Mutex<Book>>,
        table: (usize, &'static str),
        columns: Vec<Column>,
    ) -> Result<TableSheets> {
        let (sheet, mentions, link) = tried(&path, || {
            let mut open = locked(&book);
            let sheet = begin(&mut open, table.1, 0, &columns)?;
            let known = if table.1 == "entities" { open.mentions.clone() } else { BTreeMap::new() };
            Ok((sheet, known, open.look.link.clone()))
        })?;
        let widths = columns.iter().map(|column| column.name.len() + 3).collect();
        let (parts, rows, cut_cells, shown) = (0, 0, 0, Vec::new());
        Ok(TableSheets { path, book, table, columns, sheet, parts, rows, widths, cut_cells, shown, mentions, link })
    }

    fn write(&mut self, cells: &[Cell<'_>]) -> Done {
        if u64::from(self.rows) == MAX_SHEET_ROWS {
            self.end_sheet()?;
            self.sheet = begin(&mut locked(&self.book), self.table.1, self.parts, &self.columns)?;
        }
        self.rows += 1;
        for (at, cell) in cells.iter().enumerate() {
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            let width = self.cell(column, *cell)?;
            if self.rows <= SAMPLE && self.parts == 0 {
                self.widths[at] = self.widths[at].max(width);
            }
        }
        self.note(cells)
    }

    /// Writes a cell and gives how wide it is shown.
    fn cell(&mut self, column: u16, cell: Cell<'_>) -> Done<usize> {
        let row = self.rows;
        match cell {
            Cell::Missing => Ok(0),
            Cell::Text(text) => {
                let line = cell_text::one_line(text);
                let kept = fitting(&line);
                self.cut_cells += u64::from(kept.len() < line.len());
                self.sheet.write_string(row, column, kept)?;
                Ok(if row <= SAMPLE { kept.chars().count() + 1 } else { 0 })
            }
            Cell::Integer(number) if number.abs() > MAX_EXACT => {
                self.sheet.write_string(row, column, number.to_string())?;
                Ok(20)
            }
            Cell::Integer(number) => {
                self.sheet.write_number(row, column, number as f64)?;
                Ok(if row <= SAMPLE { number.to_string().len() * 4 / 3 + 1 } else { 0 })
            }
            Cell::Number(number) if !number.is_finite() => Ok(0),
            Cell::Number(number) => {
                self.sheet.write_number(row, column, number)?;
                let decimals = match self.columns[usize::from(column)].kind {
                    Kind::Number(decimals) => usize::from(decimals),
                    _ => 0,
                };
                Ok(if row <= SAMPLE { format!("{number:.0}").len() + decimals + 2 } else { 0 })
            }
            Cell::Date(date) => {
                match serial(date) {
                    Some(day) => self.sheet.write_number(row, column, day)?,
                    None => self.sheet.write_string(row, column, date.to_string())?,
                };
                Ok(11)
            }
            Cell::Boolean(truth) => self.sheet.write_boolean(row, column, truth).map(|_| 7),
        }
    }

    /// Keeps what the summary shows of a row and where links lead, and links.
    fn note(&mut self, cells: &[Cell<'_>]) -> Done {
        if self.parts > 0 {
            return Ok(());
        }
        let place = |name: &str| self.columns.iter().position(|column| column.name == name).unwrap_or(usize::MAX);
        let text = |name: &str| match cells.get(place(name)) {
            Some(Cell::Text(text)) => *text,
            _ => "",
        };
        let number = |name: &str| match cells.get(place(name)) {
            Some(Cell::Integer(number)) => *number as f64,
            Some(Cell::Number(number)) => *number,
            _ => 0.0,
        };
        let open = self.shown.len() < MOST_SHOWN;
        match self.table.1 {
            "terms" if open && cells.get(place("stopword")) == Some(&Cell::Boolean(false)) => {
                let shown = (text("feature").to_owned(), number("frequency"));
                self.shown.push(shown);
            }
            "entity_sentiment" if open && text("voice") == "all" => {
                let shown = (text("entity").to_owned(), number("score"));
                self.shown.push(shown);
            }
            "mentions" if self.mentions.len() < MOST_LINKS => {
                let id = text("entity_id");
                let number: Option<usize> = id.strip_prefix('e').and_then(|number| number.parse().ok());
                if number.is_some_and(|number| number <= MOST_LINKS) && !self.mentions.contains_key(id) {
                    let id = id.to_owned();
                    self.mentions.insert(id, self.rows);
                }
            }
            "entities" => {
                let (entity, column) = (text("entity"), u16::try_from(place("entity")).unwrap_or_default());
                let row = self.mentions.get(text("entity_id"));
                let shown = open.then(|| (entity.to_owned(), number("mentions")));
                if let Some(row) = row.filter(|_| !entity.is_empty() && entity.chars().count() <= MAX_LINK) {
                    let link = format!("internal:mentions!A{}", row + 1);
                    let name = cell_text::one_line(entity);
                    self.sheet.write_url_with_options(self.rows, column, link.as_str(), name, "", Some(&self.link))?;
                }
                self.shown.extend(shown);
            }
            _ => {}
        }
        Ok(())
    }

    /// Finishes a sheet and hands it to the book.
    fn end_sheet(&mut self) -> Done {
        let last = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let sheet = &mut self.sheet;
        for (at, width) in self.widths.iter().enumerate() {
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            sheet.set_column_width(column, (*width).clamp(WIDTHS.0, WIDTHS.1) as f64)?;
        }
        sheet.autofilter(0, 0, self.rows, last)?;
        if self.rows > 0 {
            if let Some(column) = look::barred(&self.columns).and_then(|at| u16::try_from(at).ok()) {
                sheet.add_conditional_format(1, column, self.rows, column, &look::bars())?;
            }
            for (at, _) in self.columns.iter().enumerate().filter(|(_, column)| look::is_score(column)) {
                let column = u16::try_from(at).unwrap_or(u16::MAX);
                sheet.add_conditional_format(1, column, self.rows, column, &look::colours())?;
            }
        }
        let sheet = std::mem::replace(sheet, Worksheet::new());
        locked(&self.book).sheets.insert((self.table.0, self.parts), sheet);
        (self.parts, self.rows) = (self.parts + 1, 0);
        Ok(())
    }
}

impl Sink for TableSheets {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        let path = self.path.clone();
        tried(&path, || self.write(cells))
    }

    fn finish(mut self: Box<Self>, _: &TableSummary) -> Result<Vec<String>> {
        let path = self.path.clone();
        tried(&path, || self.end_sheet())?;
        let mut book = locked(&self.book);
        if self.table.1 == "mentions" {
            book.mentions = std::mem::take(&mut self.mentions);
        }
        let shown = std::mem::take(&mut self.shown);
        let done = Finished { name: self.table.1, sheets: self.parts, cut_cells: self.cut_cells, shown };
        book.done.insert(self.table.0, done);
        drop(book);
        Ok(Vec::new())
    }
}

/// The name of a sheet: `terms`, then `terms (2)`.
pub(super) fn name_of(table: &str, part: usize) -> String {
    if part == 0 { table.to_owned() } else { format!("{table} ({})", part + 1) }
}

/// A sheet with its header.
fn begin(book: &mut Book, table: &str, part: usize, columns: &[Column]) -> Done<Worksheet> {
    let mut sheet = book.workbook.new_worksheet_with_constant_memory()?;
    let look: &Look = &book.look;
    sheet.set_name(name_of(table, part))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    for (at, column) in columns.iter().enumerate() {
        let place = u16::try_from(at).unwrap_or(u16::MAX);
        if let Some(format) = look.of(column) {
            sheet.set_column_format(place, format)?;
        }
        sheet.write_string_with_format(0, place, column.name, &look.header)?;
    }
    Ok(sheet)
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
fn serial(date: Date) -> Option<f64> {
    // Days of the Gregorian calendar since 1 March of the year 0 (Hinnant 2013, days_from_civil).
    let (year, month, day) = (i64::from(date.year), i64::from(date.month), i64::from(date.day));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1;
    // 30 December 1899 is day 0 of a sheet.
    let serial = days - 693_899;
    (serial > 60).then_some(serial as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_spreadsheets() {
        let day = |year, month, day| serial(Date::from_ymd(year, month, day).unwrap());
        assert_eq!(day(1900, 3, 1), Some(61.0));
        assert_eq!(day(2000, 1, 1), Some(36_526.0));
        assert_eq!(day(2024, 2, 29), Some(45_351.0));
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

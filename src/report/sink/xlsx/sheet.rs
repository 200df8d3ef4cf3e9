//! The sheets of one table: rows as they come, a further sheet where one is full.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::look::{self, Look, Style};
use super::package::{self, Stream};
use super::row::Rows;
use super::{Book, Finished, Sink, locked, tried};
use crate::error::{Error, ErrorKind, Result};
use crate::report::column::Column;
use crate::report::table::{Cell, MAX_SHEET_ROWS, TableSummary};

/// Rows that widths are taken from.
const SAMPLE: u32 = 500;
/// Narrowest and widest column, characters.
const WIDTHS: (usize, usize) = (6, 66);
/// Characters side by side on a printed page.
const PAGE: usize = 240;
/// Bytes gathered before they are compressed; rows of the sample wait until there are so many.
const BUFFER_BYTES: usize = 1 << 16;
const SAMPLE_BYTES: usize = 1 << 20;
/// Entities that lead to their first mention: the first of the table.
const MOST_LINKS: usize = 1_000;
/// Most bars of a chart.
const MOST_SHOWN: usize = 15;
/// Longest text of a link, characters.
const MAX_LINK: usize = 200;

/// What stands before the columns of a sheet: it fits the width of a page, and its first row stays.
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>"#;

/// A table that is being written.
pub(super) struct TableSheets {
    path: PathBuf,
    /// Where temporary files go.
    scratch: PathBuf,
    book: Arc<Mutex<Book>>,
    look: Look,
    /// Place and name of the table.
    table: (usize, &'static str),
    /// Rows that wait.
    waiting: Rows,
    /// The sheet that is open, when its columns are known.
    stream: Option<Stream>,
    links: String,
    /// Full sheets.
    parts: usize,
    /// Rows below the header of this sheet.
    rows: u32,
    widths: Vec<usize>,
    shown: Vec<(String, f64)>,
    /// In `mentions`, where entities are named first; in `entities`, the same, to lead there.
    mentions: BTreeMap<String, u32>,
}

impl std::fmt::Debug for TableSheets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableSheets").field("table", &self.table).field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl TableSheets {
    /// Opens the first sheet of a table.
    pub(super) fn open(
        (path, scratch): (PathBuf, PathBuf),
        book: Arc<Mutex<Book>>,
        table: (usize, &'static str),
        columns: Vec<Column>,
    ) -> TableSheets {
        let (look, mentions) = {
            let open = locked(&book);
            (open.look.clone(), if table.1 == "entities" { open.mentions.clone() } else { BTreeMap::new() })
        };
        let widths = columns.iter().map(|column| column.name.len() + 3).collect();
        let mut waiting = Rows::new(columns, &look);
        waiting.header(&look);
        let (stream, links, parts, rows, shown) = (None, String::new(), 0, 0, Vec::new());
        TableSheets { path, scratch, book, look, table, waiting, stream, links, parts, rows, widths, shown, mentions }
    }

    fn write(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        if u64::from(self.rows) == MAX_SHEET_ROWS {
            self.end_sheet().map_err(io::Error::other)?;
            self.waiting.header(&self.look);
        }
        self.rows += 1;
        let link = if self.parts == 0 { self.note(cells) } else { None };
        let (is_sample, widths) = (self.rows <= SAMPLE && self.parts == 0, &mut self.widths);
        self.waiting.push(self.rows + 1, cells, link, |at, width| {
            if is_sample {
                widths[at] = widths[at].max(width);
            }
        });
        let enough = if is_sample { SAMPLE_BYTES } else { BUFFER_BYTES };
        if self.waiting.bytes.len() >= enough { self.flush() } else { Ok(()) }
    }

    /// Compresses the rows that wait.
    fn flush(&mut self) -> io::Result<()> {
        if self.stream.is_none() {
            let mut stream = Stream::begin(&self.scratch)?;
            stream.write(HEAD.as_bytes())?;
            stream.write(self.columns().as_bytes())?;
            self.stream = Some(stream);
        }
        if let Some(stream) = &mut self.stream {
            stream.write(&self.waiting.bytes)?;
        }
        self.waiting.bytes.clear();
        Ok(())
    }

    /// How wide columns are and how their cells look, as XML, and where rows begin.
    fn columns(&self) -> String {
        let mut columns = "<cols>".to_owned();
        for (at, width) in self.widths.iter().enumerate() {
            let style = Style::of(self.waiting.columns(), at);
            let width = (width + style.map_or(0, Style::room)).clamp(WIDTHS.0, WIDTHS.1);
            let style = style.map_or_else(String::new, |style| format!(" style=\"{}\"", self.look.number(style)));
            let at = at + 1;
            // Besides the characters a column has five pixels of seven that make one.
            let _ =
                write!(columns, "<col min=\"{at}\" max=\"{at}\" width=\"{width}.7109375\"{style} customWidth=\"1\"/>");
        }
        columns + "</cols><sheetData>"
    }

    /// Keeps what the summary shows of a row and where links lead, and gives the column of a text that leads somewhere.
    fn note(&mut self, cells: &[Cell<'_>]) -> Option<usize> {
        let columns = self.waiting.columns();
        let place = |name: &str| columns.iter().position(|column| column.name == name).unwrap_or(usize::MAX);
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
                let (entity, column) = (text("entity"), place("entity"));
                let row = self.mentions.get(text("entity_id")).copied();
                let shown = open.then(|| (entity.to_owned(), number("mentions")));
                let row = row.filter(|_| !entity.is_empty() && entity.chars().count() <= MAX_LINK);
                self.shown.extend(shown);
                if let Some(row) = row {
                    let (from, to) = (cell_name(column, self.rows), format!("mentions!A{}", row + 1));
                    let _ = write!(self.links, "<hyperlink ref=\"{from}\" location=\"{to}\"/>");
                    return Some(column);
                }
            }
            _ => {}
        }
        None
    }

    /// Finishes a sheet and hands it to the book.
    fn end_sheet(&mut self) -> std::result::Result<(), XlsxError> {
        self.flush()?;
        let Some(stream) = self.stream.take() else { return Ok(()) };
        let mut links = std::mem::take(&mut self.links);
        if !links.is_empty() {
            links = format!("<hyperlinks>{links}</hyperlinks>");
        }
        let width: usize = self.widths.iter().map(|width| width.clamp(&WIDTHS.0, &WIDTHS.1)).sum();
        let pages = u16::try_from(width.div_ceil(PAGE)).unwrap_or(1);
        let empty = outline(self.table.1, self.parts, self.waiting.columns(), self.rows, pages)?;
        locked(&self.book).sheets.insert((self.table.0, self.parts), (empty, package::Sheet { stream, links }));
        (self.parts, self.rows) = (self.parts + 1, 0);
        Ok(())
    }
}

impl Sink for TableSheets {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        self.write(cells).map_err(|cause| Error::io(ErrorKind::Write, &self.path, cause))
    }

    fn finish(mut self: Box<Self>, _: &TableSummary) -> Result<Vec<String>> {
        let path = self.path.clone();
        tried(&path, || self.end_sheet())?;
        let mut book = locked(&self.book);
        if self.table.1 == "mentions" {
            book.mentions = std::mem::take(&mut self.mentions);
        }
        let shown = std::mem::take(&mut self.shown);
        let done = Finished { name: self.table.1, sheets: self.parts, cut_cells: self.waiting.cut_cells, shown };
        book.done.insert(self.table.0, done);
        drop(book);
        Ok(Vec::new())
    }
}

/// The name of a sheet: `terms`, then `terms (2)`.
pub(super) fn name_of(table: &str, part: usize) -> String {
    if part == 0 { table.to_owned() } else { format!("{table} ({})", part + 1) }
}

/// A sheet of so many rows, printed on so many pages side by side, its rows; the library writes what stands
/// behind them.
fn outline(
    table: &str,
    part: usize,
    columns: &[Column],
    rows: u32,
    pages: u16,
) -> std::result::Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name_of(table, part))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(pages, 0).set_repeat_rows(0, 0)?.set_repeat_columns(0, 0)?;
    let last = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, rows, last)?;
    if rows > 0 {
        if let Some(column) = look::barred(columns).and_then(|at| u16::try_from(at).ok()) {
            sheet.add_conditional_format(1, column, rows, column, &look::bars())?;
        }
        for (at, _) in columns.iter().enumerate().filter(|(_, column)| look::is_score(column)) {
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            sheet.add_conditional_format(1, column, rows, column, &look::colours())?;
        }
    }
    Ok(sheet)
}

/// What a cell is called: `C8` for column 2 and row 7 below the header.
fn cell_name(column: usize, row: u32) -> String {
    let letter =
        u8::try_from(column).ok().filter(|column| *column < 26).map_or('A', |column| char::from(b'A' + column));
    format!("{letter}{}", row + 1)
}

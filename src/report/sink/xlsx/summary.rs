//! The first sheet: what the corpus is, three charts with the figures behind them, where each table is, and notes.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFormat, ChartPoint, ChartSolidFill, ChartType, Url, Worksheet, XlsxError,
};

use super::look::{BAR, NEGATIVE, POSITIVE, Style};
use super::sheet::name_of;
use super::{Book, REPORTS};
use crate::report::cell_text;
use crate::report::run::Run;

/// Name of the sheet.
const NAME: &str = "summary";
/// The charts: table, heading, and whether its numbers have two signs.
const CHARTS: [(&str, &str, bool); 3] = [
    ("terms", "Most frequent terms", false),
    ("entities", "Named most", false),
    ("entity_sentiment", "Sentiment over all voices, -1 to 1", true),
];
/// Size of a chart, pixels, and rows that it covers.
const SIZE: (u32, u32) = (560, 380);
const CHART_ROWS: u32 = 20;
/// The column that charts begin in.
const CHART_COLUMN: u16 = 4;
/// Longest sentence about a table, bytes.
const MAX_ABOUT: usize = 90;
/// Most characters of a name beside a bar.
const MAX_LABEL: usize = 40;

/// Makes the sheet.
///
/// # Errors
/// Those of the workbook.
pub(super) fn sheet(book: &Book, run: &Run<'_>, notes: &[String]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    let look = &book.look;
    sheet.set_name(NAME)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 1);
    for (column, width) in [(0, 34), (1, 14), (2, 84)] {
        sheet.set_column_width(column, width)?;
    }
    let totals = run.totals;
    sheet.write_string_with_format(0, 0, "byline", look.format(Style::Title))?;
    let hint = "Every column is explained in the sheet columns.";
    sheet.write_string_with_format(0, 2, hint, look.format(Style::Behind))?;
    let dates =
        [totals.first_date, totals.last_date].map(|date| date.map_or_else(String::new, |date| date.to_string()));
    for (row, (name, date)) in ["First date", "Last date"].into_iter().zip(&dates).enumerate() {
        let row = row as u32 + 2;
        sheet.write_string(row, 0, name)?;
        sheet.write_string_with_format(row, 1, date, look.format(Style::Right))?;
    }
    let figures = [
        ("Documents", totals.documents),
        ("Files skipped", run.skipped),
        ("Tokens", totals.tokens),
        ("Sentences", totals.sentences),
        ("Entities", run.entities),
        ("Mentions", totals.mentions),
        ("Quotations", totals.quotations),
    ];
    let mut row = 4;
    for (name, figure) in figures {
        sheet.write_string(row, 0, name)?;
        sheet.write_number_with_format(row, 1, figure as f64, look.format(Style::Count))?;
        row += 1;
    }
    row = tables(&mut sheet, book, run, row + 1)?;
    row = list(&mut sheet, book, row + 1, "Notes", notes)?;
    row = list(&mut sheet, book, row, "Notes of the run", run.warnings)?;
    let mut charts = 0;
    for (table, heading, signed) in CHARTS {
        let found = book.done.values().find(|done| done.name == table).filter(|done| !done.shown.is_empty());
        let Some(shown) = found.map(|done| &done.shown) else { continue };
        let first = row + 1;
        sheet.write_string_with_format(row, 0, heading, look.format(Style::Heading))?;
        for (at, (name, number)) in shown.iter().enumerate() {
            let at = first + at as u32;
            let short: String = cell_text::one_line(name).chars().take(MAX_LABEL).collect();
            sheet.write_string(at, 0, short)?;
            let format = look.format(if signed { Style::Number(2) } else { Style::Count });
            sheet.write_number_with_format(at, 1, *number, format)?;
        }
        let last = first + shown.len() as u32 - 1;
        sheet.insert_chart(1 + charts * CHART_ROWS, CHART_COLUMN, &chart(heading, (first, last), shown, signed))?;
        charts += 1;
        row = last + 2;
    }
    Ok(sheet)
}

/// Where each table is, with links.
fn tables(sheet: &mut Worksheet, book: &Book, run: &Run<'_>, from: u32) -> Result<u32, XlsxError> {
    let look = &book.look;
    let header = [("sheet", Style::Header), ("rows", Style::HeaderRight), ("what it shows", Style::HeaderBehind)];
    for (column, (name, style)) in header.into_iter().enumerate() {
        sheet.write_string_with_format(from, column as u16, name, look.format(style))?;
    }
    let mut row = from + 1;
    for (place, done) in &book.done {
        let about = REPORTS.get(*place).map_or("", |report| report.about);
        let rows = run.tables.iter().find(|table| table.name() == done.name).map_or(0, |table| table.rows);
        for part in 0..done.sheets {
            let name = name_of(done.name, part);
            let link = Url::new(format!("internal:'{name}'!A1"));
            sheet.write_url_with_options(row, 0, link, &name, "", Some(look.format(Style::Link)))?;
            if part == 0 {
                sheet.write_number_with_format(row, 1, rows as f64, look.format(Style::Count))?;
                sheet.write_string_with_format(row, 2, short(about), look.format(Style::Behind))?;
            } else {
                let about = "further rows of the sheet above";
                sheet.write_string_with_format(row, 2, about, look.format(Style::Behind))?;
            }
            row += 1;
        }
    }
    Ok(row)
}

/// The first sentence, and of a long one what stands before a comma or a bracket.
fn short(about: &str) -> &str {
    let first = about.split_once(". ").map_or(about, |(first, _)| first);
    if first.len() <= MAX_ABOUT { first } else { first.split([',', ':', '(']).next().unwrap_or(first).trim_end() }
}

/// Sentences below a heading; nothing without sentences.
fn list(sheet: &mut Worksheet, book: &Book, from: u32, heading: &str, lines: &[String]) -> Result<u32, XlsxError> {
    if lines.is_empty() {
        return Ok(from);
    }
    sheet.write_string_with_format(from, 0, heading, book.look.format(Style::Heading))?;
    for (at, line) in lines.iter().enumerate() {
        sheet.write_string(from + 1 + at as u32, 0, cell_text::one_line(line).as_ref())?;
    }
    Ok(from + lines.len() as u32 + 2)
}

/// Bars from top to bottom; those of two signs have two colours.
fn chart(heading: &str, rows: (u32, u32), shown: &[(String, f64)], signed: bool) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    let (first, last) = rows;
    let series = chart.add_series();
    series.set_categories((NAME, first, 0, last, 0)).set_values((NAME, first, 1, last, 1)).set_gap(40);
    series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(BAR)));
    if signed {
        let point = |(_, score): &(String, f64)| {
            let colour = if *score < 0.0 { NEGATIVE } else { POSITIVE };
            ChartPoint::new().set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)))
        };
        series.set_points(&shown.iter().map(point).collect::<Vec<_>>());
    }
    chart.title().set_name(heading);
    chart.legend().set_hidden();
    // The axis of names; the labels stand aside of bars that go to the left.
    chart.y_axis().set_reverse().set_label_position(ChartAxisLabelPosition::Low);
    chart.x_axis().set_label_position(ChartAxisLabelPosition::High);
    chart.set_width(SIZE.0).set_height(SIZE.1).set_alt_text(format!("{heading}: the figures are in this sheet"));
    chart
}

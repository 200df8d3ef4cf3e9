//! How the cells of the workbook look. All formats are made known in a fixed order before a row is written, so that
//! their numbers do not depend on which table comes first.

use rust_xlsxwriter::{
    Color, ConditionalFormat3ColorScale, ConditionalFormatDataBar, ConditionalFormatType, Format, FormatAlign,
    FormatBorder, Workbook, XlsxError,
};

use super::super::super::column::{Column, Kind, MAX_DECIMALS};
use super::package;

/// The formats of cells, and the numbers that cells name them by.
#[derive(Clone, Debug)]
pub(super) struct Look {
    formats: Vec<Format>,
    numbers: Vec<u32>,
}

/// A format, by its place in the order in which they are made known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Names of columns.
    Header,
    /// Names of columns of numbers.
    HeaderRight,
    /// Names of columns of texts that stand behind numbers.
    HeaderBehind,
    /// A text that leads to another sheet.
    Link,
    /// The title of the summary.
    Title,
    /// Headings of the summary.
    Heading,
    /// A text that stands behind a number.
    Behind,
    /// A text among numbers.
    Right,
    /// Texts that stay texts when they are edited.
    Text,
    /// Counts, with marks between thousands.
    Count,
    /// Whole numbers that are no counts.
    Whole,
    Date,
    /// Numbers by their decimals.
    Number(u8),
}

/// A dark blue, and two colours of either sign that colour-blind people can tell apart.
const INK: Color = Color::RGB(0x1F_3A_57);
pub(super) const BAR: Color = Color::RGB(0x3C_6E_9F);
pub(super) const NEGATIVE: Color = Color::RGB(0xD0_6A_3E);
pub(super) const POSITIVE: Color = Color::RGB(0x3D_85_B0);

/// How far a text stands behind a number, in steps of about two characters.
const BEHIND: u8 = 1;

/// Columns with bars: the first of these that a table has.
const BARS: [&str; 8] =
    ["frequency", "mentions", "observed", "mentions_scored", "n_target", "degree", "count", "tokens"];
/// Columns with colours from negative to positive, -1 to 1.
const SCORES: [&str; 5] = ["score", "polarity", "tone", "contribution", "cue_weight"];

impl Style {
    /// The format of a column.
    pub(super) fn of(column: &Column) -> Option<Style> {
        match column.kind {
            Kind::Text => Some(Style::Text),
            Kind::Integer if matches!(column.unit, "" | "characters") => Some(Style::Whole),
            Kind::Integer => Some(Style::Count),
            Kind::Number(decimals) => Some(Style::Number(decimals.min(MAX_DECIMALS))),
            Kind::Date => Some(Style::Date),
            Kind::Boolean => None,
        }
    }

    fn place(self) -> usize {
        match self {
            Style::Header => 0,
            Style::HeaderRight => 1,
            Style::HeaderBehind => 2,
            Style::Link => 3,
            Style::Title => 4,
            Style::Heading => 5,
            Style::Behind => 6,
            Style::Right => 7,
            Style::Text => 8,
            Style::Count => 9,
            Style::Whole => 10,
            Style::Date => 11,
            Style::Number(decimals) => 12 + usize::from(decimals),
        }
    }
}

impl Look {
    /// The formats, known to a workbook.
    ///
    /// # Errors
    /// Those of the library.
    pub(super) fn register(workbook: &mut Workbook) -> Result<Look, XlsxError> {
        let formats = formats();
        formats.iter().for_each(|format| workbook.register_format(format));
        let numbers = numbers(&formats)?;
        Ok(Look { formats, numbers })
    }

    /// A format.
    pub(super) fn format(&self, style: Style) -> &Format {
        &self.formats[style.place()]
    }

    /// The number of a format in this workbook.
    pub(super) fn number(&self, style: Style) -> u32 {
        self.numbers[style.place()]
    }
}

/// The formats, in the order of [`Style`].
fn formats() -> Vec<Format> {
    let decimals = |decimals: u8| match decimals {
        0 => "0".to_owned(),
        decimals => format!("0.{}", "0".repeat(decimals.into())),
    };
    let header = Format::new().set_bold().set_font_color(Color::White).set_background_color(INK);
    let header = header.set_border_bottom(FormatBorder::Thin);
    let mut formats = vec![
        header.clone(),
        header.clone().set_align(FormatAlign::Right),
        header.set_indent(BEHIND),
        Format::new().set_hyperlink(),
        Format::new().set_bold().set_font_size(16).set_font_color(INK),
        Format::new().set_bold().set_font_size(12).set_font_color(INK),
        Format::new().set_indent(BEHIND),
        Format::new().set_align(FormatAlign::Right),
        Format::new().set_num_format("@"),
        Format::new().set_num_format("#,##0"),
        Format::new().set_num_format("0"),
        Format::new().set_num_format("yyyy-mm-dd"),
    ];
    formats.extend((0..=MAX_DECIMALS).map(|n| Format::new().set_num_format(decimals(n))));
    formats
}

/// The numbers that a workbook gives to formats made known in this order, read from one that has nothing else.
fn numbers(formats: &[Format]) -> Result<Vec<u32>, XlsxError> {
    let mut workbook = Workbook::new();
    formats.iter().for_each(|format| workbook.register_format(format));
    let sheet = workbook.add_worksheet();
    for (row, format) in (0..).zip(formats) {
        sheet.write_blank(row, 0, format)?;
    }
    let sheet = package::part(&workbook.save_to_buffer()?, "xl/worksheets/sheet1.xml")?;
    let numbers: Vec<u32> =
        sheet.split("<c ").filter_map(|cell| cell.split_once(" s=\"")?.1.split_once('"')?.0.parse().ok()).collect();
    if numbers.len() == formats.len() {
        Ok(numbers)
    } else {
        Err(XlsxError::CustomError("the library numbers no formats".into()))
    }
}

/// The column whose cells have bars.
pub(super) fn barred(columns: &[Column]) -> Option<usize> {
    BARS.iter().find_map(|name| columns.iter().position(|column| column.name == *name))
}

/// Whether the cells of a column are coloured by sign.
pub(super) fn is_score(column: &Column) -> bool {
    matches!(column.kind, Kind::Number(_)) && SCORES.contains(&column.name)
}

/// Bars in cells.
pub(super) fn bars() -> ConditionalFormatDataBar {
    ConditionalFormatDataBar::new().set_fill_color(Color::RGB(0xA9_C6_E2)).set_solid_fill(true).set_border_off(true)
}

/// Colours from -1 over 0 to 1.
pub(super) fn colours() -> ConditionalFormat3ColorScale {
    ConditionalFormat3ColorScale::new()
        .set_minimum(ConditionalFormatType::Number, -1)
        .set_midpoint(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_minimum_color(NEGATIVE)
        .set_midpoint_color(Color::White)
        .set_maximum_color(POSITIVE)
}

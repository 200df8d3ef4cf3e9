//! How the cells of the workbook look. All formats are made known in a fixed order before a row is written, so that
//! their numbers do not depend on which table comes first.

use rust_xlsxwriter::{
    Color, ConditionalFormat3ColorScale, ConditionalFormatDataBar, ConditionalFormatType, Format, FormatBorder,
    Workbook,
};

use super::super::super::column::{Column, Kind, MAX_DECIMALS};

/// The formats of cells.
#[derive(Clone, Debug)]
pub(super) struct Look {
    /// Names of columns.
    pub(super) header: Format,
    /// A text that leads to another sheet.
    pub(super) link: Format,
    /// The title of the summary.
    pub(super) title: Format,
    /// Headings of the summary.
    pub(super) heading: Format,
    /// Texts that stay texts when they are edited.
    text: Format,
    /// Counts, with marks between thousands.
    pub(super) count: Format,
    /// Whole numbers that are no counts.
    whole: Format,
    /// Numbers by their decimals.
    pub(super) numbers: Vec<Format>,
    date: Format,
}

/// A dark blue, and two colours of either sign that colour-blind people can tell apart.
const INK: Color = Color::RGB(0x1F_3A_57);
pub(super) const BAR: Color = Color::RGB(0x3C_6E_9F);
pub(super) const NEGATIVE: Color = Color::RGB(0xD0_6A_3E);
pub(super) const POSITIVE: Color = Color::RGB(0x3D_85_B0);

/// Columns with bars: the first of these that a table has.
const BARS: [&str; 8] =
    ["frequency", "mentions", "observed", "mentions_scored", "n_target", "degree", "count", "tokens"];
/// Columns with colours from negative to positive, -1 to 1.
const SCORES: [&str; 5] = ["score", "polarity", "tone", "contribution", "cue_weight"];

impl Look {
    /// The formats, known to a workbook.
    pub(super) fn register(workbook: &mut Workbook) -> Look {
        let decimals = |decimals: u8| match decimals {
            0 => "0".to_owned(),
            decimals => format!("0.{}", "0".repeat(decimals.into())),
        };
        let header = Format::new().set_bold().set_font_color(Color::White).set_background_color(INK);
        let look = Look {
            header: header.set_border_bottom(FormatBorder::Thin),
            link: Format::new().set_hyperlink(),
            title: Format::new().set_bold().set_font_size(16).set_font_color(INK),
            heading: Format::new().set_bold().set_font_size(12).set_font_color(INK),
            text: Format::new().set_num_format("@"),
            count: Format::new().set_num_format("#,##0"),
            whole: Format::new().set_num_format("0"),
            numbers: (0..=MAX_DECIMALS).map(|n| Format::new().set_num_format(decimals(n))).collect(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
        };
        let few =
            [&look.header, &look.link, &look.title, &look.heading, &look.text, &look.count, &look.whole, &look.date];
        few.into_iter().chain(&look.numbers).for_each(|format| workbook.register_format(format));
        look
    }

    /// The format of a column.
    pub(super) fn of(&self, column: &Column) -> Option<&Format> {
        match column.kind {
            Kind::Text => Some(&self.text),
            Kind::Integer if matches!(column.unit, "" | "characters") => Some(&self.whole),
            Kind::Integer => Some(&self.count),
            Kind::Number(decimals) => self.numbers.get(usize::from(decimals)),
            Kind::Date => Some(&self.date),
            Kind::Boolean => None,
        }
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

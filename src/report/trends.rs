//! `trends.csv`: whether the most frequent items rise or fall from period to period: one row for each item of
//! `timeseries.csv`, with a slope that single periods do not move much and a test that needs no distribution.

use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Reference, Report, Rows, key};
use crate::count::series::{Series, SeriesItem};
use crate::error::Result;
use crate::measure::{adjust, trend, weighting};

/// The report.
pub(super) const REPORT: Report = Report {
    name: "trends",
    about: "Whether the items of timeseries.csv rise or fall over its periods. Periods without documents are left out.",
    order: "As in timeseries.csv: terms before entities, then by frequency in all periods, highest first, then by item (bytes).",
    key: &["kind", "item", "entity_id"],
    refers: &[Reference { column: "entity_id", table: "entities", to: "entity_id", may_be_missing: true }],
    columns: || COLUMNS.to_vec(),
    needs: super::timeseries::series_needs,
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    key::ITEM_KIND,
    key::ITEM,
    key::ITEM_ID,
    Column::integer("frequency", "tokens", "Occurrences in the bodies of all dated documents."),
    Column::text("first_period", "The first period of the corpus."),
    Column::text("last_period", "The last period of the corpus."),
    Column::integer("periods", "periods", "n: periods that have documents, and so a relative frequency."),
    Column::number(
        "slope",
        6,
        "per million tokens and period",
        "Theil-Sen slope: how much the relative frequency changes from one period to the next; missing below two periods.",
        "median over pairs of periods of (per_million_j - per_million_i) / (j - i); of more than 1000 periods, evenly \
         spaced ones",
    )
    .cite("Theil 1950; Sen 1968"),
    Column::integer(
        "s",
        "pairs",
        "Mann-Kendall S: pairs of periods of which the later is higher, less those of which it is lower.",
    ),
    Column::number(
        "tau",
        6,
        "",
        "Kendall's tau-b of period and relative frequency: -1 falls, 1 rises throughout.",
        "s / sqrt((n (n - 1) / 2 - ties) (n (n - 1) / 2))",
    )
    .cite("Kendall 1975"),
    Column::number(
        "z",
        6,
        "",
        "S in standard deviations, ties and continuity corrected.",
        "(s - sign(s)) / sqrt(var(s))",
    )
    .cite("Mann 1945; Kendall 1975"),
    Column::number(
        "p",
        6,
        "probability",
        "Probability of so strong a trend, up or down, if there were none and periods were independent; good from about \
         10 periods on.",
        "two tails of the normal distribution at z",
    )
    .cite("Mann 1945; Kendall 1975"),
    Column::number(
        "p_adj_bh",
        6,
        "probability",
        "p adjusted for the number of items of this kind.",
        "min over ranks k >= i of p_(k) m / k, m = items",
    )
    .cite("Benjamini & Hochberg 1995"),
];

/// The trend of one item.
struct Row<'a> {
    item: &'a SeriesItem,
    slope: f64,
    test: trend::MannKendall,
}

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let series = &corpus.grouped.series;
    let (Some(first), Some(last)) = (series.periods.first(), series.periods.last()) else { return Ok(()) };
    let periods = series.periods.iter().filter(|period| period.tokens > 0).count() as u64;
    for kind in series.items.chunk_by(|a, b| a.kind == b.kind) {
        let rows: Vec<Row<'_>> = kind.iter().map(|item| Row::of(item, series)).collect();
        let p_values: Vec<f64> = rows.iter().map(|row| row.test.p).collect();
        for (row, adjusted) in rows.iter().zip(adjust::benjamini_hochberg(&p_values)) {
            table.row(&[
                row.item.kind.into(),
                (&row.item.item).into(),
                Cell::known(&row.item.id),
                row.item.frequency.into(),
                (&first.label).into(),
                (&last.label).into(),
                periods.into(),
                row.slope.into(),
                Cell::Integer(row.test.s),
                row.test.tau.into(),
                row.test.z.into(),
                row.test.p.into(),
                adjusted.into(),
            ])?;
        }
    }
    Ok(())
}

impl<'a> Row<'a> {
    fn of(item: &'a SeriesItem, series: &Series) -> Row<'a> {
        let periods = series.periods.iter().enumerate().filter(|(_, period)| period.tokens > 0);
        let points: Vec<(f64, f64)> = periods
            .map(|(at, period)| {
                let rate = weighting::per_million(item.in_period(at).count, period.tokens);
                (f64::from(period.number), rate)
            })
            .collect();
        let rates: Vec<f64> = points.iter().map(|point| point.1).collect();
        Row { item, slope: trend::theil_sen(&points), test: trend::mann_kendall(&rates) }
    }
}

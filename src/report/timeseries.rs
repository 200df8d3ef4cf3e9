//! `timeseries.csv`: how often the most frequent items occur in each day, week, month or year of the corpus.

use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Reference, Report, Rows, key};
use crate::config::{CountConfig, NodeType};
use crate::document::Layer;
use crate::error::Result;
use crate::measure::weighting;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "timeseries",
    about: "The most frequent content words and the most frequent entities (--timeseries-top of each) by day, week, month or year (--period), with a row of 0 \
            where one does not occur. Documents without a date are in no period.",
    order: "Terms before entities, then by frequency in all periods, highest first, then by item (bytes), then by period.",
    key: &["kind", "item", "entity_id", "period"],
    refers: &[Reference { column: "entity_id", table: "entities", to: "entity_id", may_be_missing: true }],
    columns: || COLUMNS.to_vec(),
    needs: series_needs,
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    Column::text(
        "period",
        "2024-02-13, 2024-W07 (ISO 8601 week, Monday to Sunday), 2024-02 or 2024: every one from the first date of the \
         corpus to the last.",
    ),
    key::ITEM_KIND,
    key::ITEM,
    key::ITEM_ID,
    Column::integer(
        "frequency",
        "tokens",
        "Occurrences in the bodies of the documents of the period, copies included.",
    ),
    Column::integer("docs", "documents", "Documents of the period whose bodies hold it."),
    Column::integer("docs_total", "documents", "All documents of the period."),
    Column::integer("tokens_total", "tokens", "Words and numbers of the bodies of all documents of the period."),
    Column::number(
        "per_million",
        4,
        "per million tokens",
        "Relative frequency in the period; missing for a period without documents.",
        "frequency x 1000000 / tokens_total",
    ),
];

/// What tables of series are made of.
pub(super) fn series_needs(config: &CountConfig) -> Needs {
    Needs::layer(if config.node_types.contains(&NodeType::Entity) { Layer::Entities } else { Layer::Tokens })
}

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let series = &corpus.grouped.series;
    for item in &series.items {
        for (at, period) in series.periods.iter().enumerate() {
            let here = item.in_period(at);
            table.row(&[
                (&period.label).into(),
                item.kind.into(),
                (&item.item).into(),
                Cell::known(&item.id),
                here.count.into(),
                here.documents.into(),
                period.documents.into(),
                period.tokens.into(),
                weighting::per_million(here.count, period.tokens).into(),
            ])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, corpus_tables};
    use crate::config::{Config, Period};

    #[test]
    fn periods_without_a_hit_have_a_row() {
        // Documents 1 to 3 are of 2 to 4 January 2024.
        let mut config = Config::default();
        config.count.period = Period::Day;
        config.count.timeseries_top = 2;
        let bodies = ["peace peace the the the the", "the war", "peace war 7"];
        let mut rows = corpus_tables(&bodies, &config).rows("timeseries.csv");
        rows.retain(|row| row["kind"] == "term");
        let columns = ["period", "kind", "item", "frequency", "docs", "docs_total", "tokens_total", "per_million"];
        let found: Vec<_> = rows.iter().map(|row| cells(row, columns)).collect();
        let expected = [
            ["2024-01-02", "term", "peace", "2", "1", "1", "6", "333333.3333"],
            ["2024-01-03", "term", "peace", "0", "0", "1", "2", "0.0000"],
            ["2024-01-04", "term", "peace", "1", "1", "1", "3", "333333.3333"],
            ["2024-01-02", "term", "war", "0", "0", "1", "6", "0.0000"],
            ["2024-01-03", "term", "war", "1", "1", "1", "2", "500000.0000"],
            ["2024-01-04", "term", "war", "1", "1", "1", "3", "333333.3333"],
        ];
        assert_eq!(found, expected);
    }
}

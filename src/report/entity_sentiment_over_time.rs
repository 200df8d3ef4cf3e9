//! `entity_sentiment_over_time.csv`: how the most scored entities are spoken of in each day, week, month or year.

use super::column::Column;
use super::entity_sentiment::places;
use super::table::Table;
use super::{CorpusRows, Needs, Reference, Report, Rows, key, opinion};
use crate::count::entity::PeriodKey;
use crate::count::opinion::OpinionCount;
use crate::count::period;
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "entity_sentiment_over_time",
    about: "How the most scored entities (--timeseries-top) are spoken of by day, week, month or year (--period), in all \
            voices. Documents without a date are in no period.",
    order: "By scored mentions of the entity in all periods, highest first, then by entity as in entities.csv, then by \
            period.",
    key: &["period", "entity_id"],
    refers: &[Reference { column: "entity_id", table: "entities", to: "entity_id", may_be_missing: false }],
    columns: || [COLUMNS, &opinion::COLUMNS].concat(),
    needs: |_| Needs::layer(Layer::Opinions),
    rows: Rows::Corpus(write),
};

/// Whose sum it is, before [`opinion::COLUMNS`].
const COLUMNS: &[Column] = &[
    Column::text(
        "period",
        "2024-02-13, 2024-W07 (ISO 8601 week, Monday to Sunday), 2024-02 or 2024; only those with a scored mention.",
    ),
    key::ENTITY_ID,
    key::ENTITY,
];

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let most = u32::try_from(corpus.config.count.timeseries_top).unwrap_or(u32::MAX);
    let most = if most == 0 { u32::MAX } else { most };
    let places = places(corpus);
    let place = |period: &PeriodKey| places.get(period.0 as usize).copied().filter(|place| *place < most);
    opinion::by_place(corpus, &corpus.entities.periods, place, |period, count| write_row(period, count, corpus, table))
}

fn write_row(
    (entity, number): PeriodKey,
    count: &OpinionCount,
    corpus: &CorpusRows<'_>,
    table: &mut Table,
) -> Result<()> {
    let identity = corpus.identity(entity);
    let period = period::label(corpus.config.count.period, number);
    let mut row = vec![
        (&period).into(),
        identity.map(|identity| &identity.id).into(),
        identity.map(|identity| &identity.name).into(),
    ];
    row.extend(opinion::cells(count));
    table.row(&row)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::corpus_tables;
    use crate::config::Config;

    #[test]
    fn periods_sum_to_the_scored_mentions_of_dated_documents() {
        let tables = corpus_tables(&["a"], &Config::default());
        let rows = tables.rows("entity_sentiment_over_time.csv");
        let all = &tables.rows("entity_sentiment.csv")[0];
        let of_entity = rows.iter().filter(|row| row["entity_id"] == all["entity_id"]);
        let scored: u64 = of_entity.map(|row| row["mentions_scored"].parse::<u64>().unwrap()).sum();
        assert_eq!(scored.to_string(), all["mentions_scored"]);
    }
}

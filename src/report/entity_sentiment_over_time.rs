//! `entity_sentiment_over_time.csv`: how the most scored entities are spoken of in each day, week, month or year.

use super::column::Column;
use super::table::Table;
use super::{CorpusRows, Needs, Report, Rows, key, opinion};
use crate::count::opinion::{SpeakerScope, VoiceScope};
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "entity_sentiment_over_time",
    about: "How the most scored entities (--timeseries-top) are spoken of by day, week, month or year (--period), in all \
            voices. Documents without a date are in no period.",
    order: "By scored mentions of the entity in all periods, highest first, then by entity as in entities.csv, then by \
            period.",
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Opinions),
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    Column::text(
        "period",
        "2024-02-13, 2024-W07 (ISO 8601 week, Monday to Sunday), 2024-02 or 2024; only those with a scored mention.",
    ),
    key::ENTITY_ID,
    key::ENTITY,
    opinion::DOCS,
    opinion::SCORED,
    opinion::SCORE,
    opinion::MAGNITUDE,
    opinion::POSITIVE,
    opinion::NEGATIVE,
    opinion::NEUTRAL,
    opinion::MIXED,
    opinion::CI_LOW,
    opinion::CI_HIGH,
];

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let scored = |((entity, voice, speaker), count): &((u32, VoiceScope, SpeakerScope), _)| {
        let count: &crate::count::opinion::OpinionCount = count;
        (*voice == VoiceScope::All && *speaker == SpeakerScope::All)
            .then_some((std::cmp::Reverse(count.scored), *entity))
    };
    let mut entities: Vec<_> = corpus.entities.opinions.iter().filter_map(scored).collect();
    entities.sort_unstable();
    let most = usize::try_from(corpus.config.count.timeseries_top).unwrap_or(usize::MAX);
    entities.truncate(if most == 0 { usize::MAX } else { most });
    let periods = &corpus.entities.periods;
    for (_, entity) in entities {
        let first = periods.partition_point(|row| row.0.0 < entity);
        let last = periods.partition_point(|row| row.0.0 <= entity);
        let identity = corpus.identity(entity);
        for ((_, period), count) in &periods[first..last] {
            let [score, magnitude, low, high] = opinion::figures(count);
            table.row(&[
                period.into(),
                identity.map(|identity| &identity.id).into(),
                identity.map(|identity| &identity.name).into(),
                count.documents.into(),
                count.scored.into(),
                score.into(),
                magnitude.into(),
                count.positive.into(),
                count.negative.into(),
                count.neutral.into(),
                count.mixed.into(),
                low.into(),
                high.into(),
            ])?;
        }
    }
    Ok(())
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

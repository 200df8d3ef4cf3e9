//! `entity_sentiment.csv`: how each entity is spoken of, in whose voice and by whom. Its numbers are sums of the
//! polarities of `mentions.csv`; every one can be followed through `sentiment_evidence.csv` to words of the text.

use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Report, Rows, key};
use crate::count::Bytes;
use crate::count::entity::OpinionKey;
use crate::count::opinion::{OpinionCount, SpeakerScope};
use crate::document::Layer;
use crate::error::Result;
use crate::measure::interval;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "entity_sentiment",
    about: "How entities are spoken of, by voice and speaker.",
    order: "By scored mentions of the entity in all voices, highest first; then by entity (bytes) and type; then by \
            voice: all, author, quoted, attributed; then all speakers, unknown ones, and entities as in entities.csv.",
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Opinions),
    rows: Rows::Corpus(write),
};

/// The name of speakers who are no entity. Brackets, because no entity is called so.
const UNKNOWN: &str = "(unknown)";

const COLUMNS: &[Column] = &[
    key::ENTITY_ID,
    key::ENTITY,
    Column::text(
        "voice",
        "Whose words: all, author, quoted (in quotation marks) or attributed (reported without marks).",
    ),
    Column::text(
        "speaker",
        "Entity that says it; (unknown) for speakers who are no known entity; missing in the sum over all speakers. \
         Words of two speakers are in the rows of both.",
    ),
    Column::integer("docs", "documents", "Documents with such a mention."),
    Column::integer("mentions_scored", "mentions", "Mentions that were scored."),
    Column::number(
        "score",
        6,
        "score",
        "Mean polarity of these mentions, -1 to 1.",
        "sum of polarity / mentions_scored",
    ),
    Column::number(
        "magnitude",
        6,
        "score",
        "How strongly it is spoken of to either side, 0 to 1.",
        "sum of |polarity| / mentions_scored",
    ),
    Column::integer("positive", "mentions", "Mentions with a polarity of at least 0.05."),
    Column::integer("negative", "mentions", "Mentions with a polarity of at most -0.05."),
    Column::integer("neutral", "mentions", "Mentions in between, without words of both signs."),
    Column::integer("mixed", "mentions", "Mentions in between, with words of both signs."),
    Column::number(
        "ci_low",
        6,
        "score",
        "Lower end of the 95 percent confidence interval of the score; missing below 2 mentions. It takes mentions for \
         independent, which those of one article are not.",
        INTERVAL_LOW,
    )
    .cite(INTERVAL_SOURCE),
    Column::number("ci_high", 6, "score", "Upper end of this interval.", INTERVAL_HIGH).cite(INTERVAL_SOURCE),
];

const INTERVAL_LOW: &str = "score - 1.96 s / sqrt(mentions_scored), s = standard deviation with n - 1";
const INTERVAL_HIGH: &str = "score + 1.96 s / sqrt(mentions_scored), s = standard deviation with n - 1";
const INTERVAL_SOURCE: &str = "normal approximation";

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let places = places(corpus);
    let mut rows = corpus.sorted();
    let (mut key, mut value) = (Vec::new(), Vec::new());
    corpus.entities.opinions.each(&mut |opinion: OpinionKey, count: OpinionCount| {
        key.clear();
        value.clear();
        let place = places.get(opinion.0 as usize).copied().unwrap_or(u32::MAX);
        key.extend(place.to_be_bytes());
        opinion.put(&mut key);
        count.put(&mut value);
        rows.push(&key, &value)
    })?;
    rows.finish()?.each(&mut |key, value| {
        let opinion = key.get(size_of::<u32>()..).and_then(OpinionKey::get);
        match (opinion, OpinionCount::get(value)) {
            (Some(opinion), Some(count)) => write_row(opinion, &count, corpus, table),
            _ => Ok(()),
        }
    })
}

/// The place of each entity in the table, by its number.
fn places(corpus: &CorpusRows<'_>) -> Vec<u32> {
    let mut order: Vec<(u32, u64)> =
        corpus.entities.entities.iter().map(|(entity, count)| (*entity, count.scored)).collect();
    order.sort_by_cached_key(|&(entity, scored)| {
        let identity = corpus.identity(entity);
        (std::cmp::Reverse(scored), identity.map(|identity| (&identity.name, identity.kind)), entity)
    });
    let mut places = vec![u32::MAX; corpus.identities.len()];
    for (place, (entity, _)) in (0..).zip(order) {
        if let Some(slot) = places.get_mut(entity as usize) {
            *slot = place;
        }
    }
    places
}

fn write_row(
    (entity, voice, speaker): OpinionKey,
    count: &OpinionCount,
    corpus: &CorpusRows<'_>,
    table: &mut Table,
) -> Result<()> {
    let identity = corpus.identity(entity);
    let speaker = match speaker {
        SpeakerScope::All => Cell::Missing,
        SpeakerScope::Unknown => UNKNOWN.into(),
        SpeakerScope::Entity(number) => corpus.identity(number).map(|speaker| &speaker.name).into(),
    };
    // Sums are in thousandths.
    let scored = count.scored as f64 * 1000.0;
    let ends = interval::mean(count.scored, count.sum, count.sum_squares);
    table.row(&[
        identity.map(|identity| &identity.id).into(),
        identity.map(|identity| &identity.name).into(),
        voice.name().into(),
        speaker,
        count.documents.into(),
        count.scored.into(),
        (count.sum as f64 / scored).into(),
        (count.sum_abs as f64 / scored).into(),
        count.positive.into(),
        count.negative.into(),
        count.neutral.into(),
        count.mixed.into(),
        ends.map(|(low, _)| low / 1000.0).into(),
        ends.map(|(_, high)| high / 1000.0).into(),
    ])
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, corpus_tables, record_tables};
    use crate::config::Config;

    #[test]
    fn scores_are_sums_by_voice_and_speaker() {
        // Lindqvist is quoted on with -0.421 + 0.300 by Norland and once named by the author without a cue.
        let rows = corpus_tables(&["a"], &Config::default()).rows("entity_sentiment.csv");
        let columns = ["entity_id", "voice", "speaker", "docs", "mentions_scored", "score", "magnitude", "negative"];
        let found: Vec<_> = rows.iter().map(|row| cells(row, columns)).collect();
        let expected = [
            ["e000001", "all", "", "1", "2", "-0.060500", "0.060500", "1"],
            ["e000001", "author", "", "1", "1", "0.000000", "0.000000", "0"],
            ["e000001", "quoted", "", "1", "1", "-0.121000", "0.121000", "1"],
            ["e000001", "quoted", "Norland", "1", "1", "-0.121000", "0.121000", "1"],
        ];
        assert_eq!(found, expected);
        // s = 0.121 / sqrt 2, so the interval is -0.0605 -+ 1.96 x 0.0605.
        assert_eq!(cells(&rows[0], ["ci_low", "ci_high"]), ["-0.179078", "0.058078"]);
        assert_eq!(cells(&rows[1], ["ci_low", "ci_high"]), ["", ""]);
    }

    #[test]
    fn the_score_is_the_mean_of_the_mentions_it_counts() {
        let all = &corpus_tables(&["a"], &Config::default()).rows("entity_sentiment.csv")[0];
        let mentions = record_tables().rows("mentions.csv");
        let of_entity = mentions.iter().filter(|row| row["entity_id"] == all["entity_id"]);
        let scores: Vec<f64> = of_entity.filter_map(|row| row["polarity"].parse().ok()).collect();
        assert_eq!(all["mentions_scored"], scores.len().to_string());
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        assert!((all["score"].parse::<f64>().unwrap() - mean).abs() < 1e-6);
    }
}

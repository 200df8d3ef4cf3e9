//! `entity_sentiment.csv`: how each entity is spoken of, in whose voice and by whom. Its numbers are sums of the
//! polarities of `mentions.csv`; every one can be followed through `sentiment_evidence.csv` to words of the text.

use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Reference, Report, Rows, key, opinion};
use crate::count::entity::OpinionKey;
use crate::count::opinion::{OpinionCount, SpeakerScope, VoiceScope};
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "entity_sentiment",
    about: "How entities are spoken of, by voice and speaker.",
    order: "By scored mentions of the entity in all voices, highest first; then by entity (bytes) and type; then by \
            voice: all, author, quoted, attributed; then all speakers, unknown ones, and entities as in entities.csv.",
    key: &["entity_id", "voice", "speaker_id", "speaker"],
    refers: &[
        Reference { column: "entity_id", table: "entities", to: "entity_id", may_be_missing: false },
        Reference { column: "speaker_id", table: "entities", to: "entity_id", may_be_missing: true },
    ],
    columns: || [COLUMNS, &opinion::COLUMNS].concat(),
    needs: |_| Needs::layer(Layer::Opinions),
    rows: Rows::Corpus(write),
};

/// The name of speakers who are no entity. Brackets, because no entity is called so.
const UNKNOWN: &str = "(unknown)";

/// Whose sum it is, before [`opinion::COLUMNS`].
const COLUMNS: &[Column] = &[
    key::ENTITY_ID,
    key::ENTITY,
    Column::text(
        "voice",
        "Whose words: all, author, quoted (in quotation marks) or attributed (reported without marks).",
    ),
    Column::text(
        "speaker_id",
        "Key of the entity that says it, as entity_id in entities.csv; missing where that is no one entity.",
    ),
    Column::text(
        "speaker",
        "Entity that says it; (unknown) for speakers who are no known entity; missing in the sum over all speakers. \
         Words of two speakers are in the rows of both.",
    ),
];

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let places = places(corpus);
    let place = |&(entity, voice, speaker): &OpinionKey| {
        // What a speaker says in all voices is in speaker_target.csv.
        let shown = voice != VoiceScope::All || speaker == SpeakerScope::All;
        shown.then(|| places.get(entity as usize).copied().unwrap_or(u32::MAX))
    };
    opinion::by_place(corpus, &corpus.entities.opinions, place, |said, count| write_row(said, count, corpus, table))
}

/// The place of each entity in the table, by its number.
pub(super) fn places(corpus: &CorpusRows<'_>) -> Vec<u32> {
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
    let [speaker_id, speaker] = match speaker {
        SpeakerScope::All => [Cell::Missing; 2],
        SpeakerScope::Unknown => [Cell::Missing, UNKNOWN.into()],
        SpeakerScope::Entity(number) => {
            let speaker = corpus.identity(number);
            [speaker.map(|speaker| &speaker.id).into(), speaker.map(|speaker| &speaker.name).into()]
        }
    };
    let mut row = vec![
        identity.map(|identity| &identity.id).into(),
        identity.map(|identity| &identity.name).into(),
        voice.name().into(),
        speaker_id,
        speaker,
    ];
    row.extend(opinion::cells(count));
    table.row(&row)
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
        // Share 0.46975, s = 0.0605 / sqrt 2, t = 12.706: Wilson's interval among 6.48 values.
        assert_eq!(cells(&rows[0], ["ci_low", "ci_high"]), ["-0.647436", "0.571484"]);
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

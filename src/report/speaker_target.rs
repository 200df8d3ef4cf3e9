//! `speaker_target.csv`: who speaks well or badly of whom, in quotation marks and in attributed words together.

use super::column::Column;
use super::table::Table;
use super::{CorpusRows, Needs, Reference, Report, Rows, key, opinion};
use crate::count::Bytes;
use crate::count::entity::OpinionKey;
use crate::count::opinion::{OpinionCount, SpeakerScope, VoiceScope};
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "speaker_target",
    about: "Who is negative or positive about whom: each speaker and each entity that its words score.",
    order: "By scored mentions, highest first; then by speaker, then by entity, both in the order of entities.csv.",
    key: &["speaker_id", "entity_id"],
    refers: &[
        Reference { column: "speaker_id", table: "entities", to: "entity_id", may_be_missing: false },
        Reference { column: "entity_id", table: "entities", to: "entity_id", may_be_missing: false },
    ],
    columns: || [COLUMNS, &opinion::COLUMNS].concat(),
    needs: |_| Needs::layer(Layer::Opinions),
    rows: Rows::Corpus(write),
};

/// Whose sum it is, before [`opinion::COLUMNS`].
const COLUMNS: &[Column] = &[
    Column::text("speaker_id", "Key of the entity that speaks, as entity_id in entities.csv."),
    Column::text("speaker", "Its name. Words of two speakers are in the rows of both."),
    key::ENTITY_ID,
    key::ENTITY,
];

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let mut rows = corpus.sorted();
    let (mut key, mut value) = (Vec::new(), Vec::new());
    corpus.entities.opinions.each(&mut |(target, voice, speaker): OpinionKey, count: OpinionCount| {
        let (VoiceScope::All, SpeakerScope::Entity(speaker)) = (voice, speaker) else { return Ok(()) };
        key.clear();
        value.clear();
        key.extend((u64::MAX - count.scored).to_be_bytes());
        key.extend(speaker.to_be_bytes());
        key.extend(target.to_be_bytes());
        count.put(&mut value);
        rows.push(&key, &value)
    })?;
    rows.finish()?.each(&mut |key, value| {
        let pair = key.split_first_chunk::<8>().and_then(|(_, pair)| pair.split_first_chunk::<4>());
        let target = pair.and_then(|(_, target)| target.first_chunk::<4>());
        match (pair, target, OpinionCount::get(value)) {
            (Some((speaker, _)), Some(target), Some(count)) => {
                let pair = (u32::from_be_bytes(*speaker), u32::from_be_bytes(*target));
                write_row(pair, &count, corpus, table)
            }
            _ => Ok(()),
        }
    })
}

fn write_row(
    (speaker, target): (u32, u32),
    count: &OpinionCount,
    corpus: &CorpusRows<'_>,
    table: &mut Table,
) -> Result<()> {
    let (speaker, target) = (corpus.identity(speaker), corpus.identity(target));
    let mut row = vec![
        speaker.map(|identity| &identity.id).into(),
        speaker.map(|identity| &identity.name).into(),
        target.map(|identity| &identity.id).into(),
        target.map(|identity| &identity.name).into(),
    ];
    row.extend(opinion::cells(count));
    table.row(&row)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, corpus_tables};
    use crate::config::Config;

    #[test]
    fn a_speaker_and_whom_it_speaks_of_are_a_row() {
        let rows = corpus_tables(&["a"], &Config::default()).rows("speaker_target.csv");
        let found: Vec<_> =
            rows.iter().map(|row| cells(row, ["speaker", "entity", "mentions_scored", "score"])).collect();
        assert_eq!(found, [["Norland", "Rosa Lindqvist", "1", "-0.121000"]]);
    }
}

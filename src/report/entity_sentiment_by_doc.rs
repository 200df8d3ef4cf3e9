//! `entity_sentiment_by_doc.csv`: how each entity is spoken of in each document, by voice.

use std::collections::BTreeMap;

use super::column::Column;
use super::records::DocumentRows;
use super::table::{Cell, Table};
use super::{Needs, Reference, Report, Rows, key, opinion};
use crate::count::opinion::{OpinionCount, VoiceScope};
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "entity_sentiment_by_doc",
    about: "How each entity is spoken of in each document, by voice.",
    order: "In document order; then by entity_id, then by voice: all, author, quoted, attributed.",
    key: &["doc_id", "entity_id", "voice"],
    refers: &[
        Reference { column: "doc_id", table: "documents", to: "doc_id", may_be_missing: false },
        Reference { column: "entity_id", table: "entities", to: "entity_id", may_be_missing: false },
    ],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Opinions),
    rows: Rows::Document(append),
};

const COLUMNS: &[Column] = &[
    key::DOC_ID,
    key::DATE,
    Column::text("outlet", "Newspaper or site; missing when it is not known."),
    key::ENTITY_ID,
    key::ENTITY,
    Column::text(
        "voice",
        "Whose words: all, author, quoted (in quotation marks) or attributed (reported without marks).",
    ),
    opinion::SCORED,
    opinion::SCORE,
    opinion::MAGNITUDE,
    opinion::POSITIVE,
    opinion::NEGATIVE,
    opinion::NEUTRAL,
    opinion::MIXED,
];

fn append(rows: &DocumentRows<'_>, table: &mut Table) -> Result<()> {
    let mut sums: BTreeMap<(&str, VoiceScope), (OpinionCount, &str)> = BTreeMap::new();
    for mention in &rows.records.mentions {
        let (Some(said), Some(entity)) = (&mention.opinion, rows.entity(mention.entity)) else { continue };
        for voice in [VoiceScope::All, VoiceScope::from(said.voice)] {
            let (sum, _) = sums.entry((entity.id.as_str(), voice)).or_insert((OpinionCount::default(), &entity.name));
            sum.add(&OpinionCount::of(said));
        }
    }
    let document = &rows.records.document;
    let doc_id = key::doc_id(rows.doc());
    for ((id, voice), (count, name)) in sums {
        let [_, scored, score, magnitude, positive, negative, neutral, mixed, ..] = opinion::cells(&count);
        table.row(&[
            (&doc_id).into(),
            document.date.into(),
            Cell::known(&document.outlet),
            id.into(),
            name.into(),
            voice.name().into(),
            scored,
            score,
            magnitude,
            positive,
            negative,
            neutral,
            mixed,
        ])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, record_tables};

    #[test]
    fn the_sums_of_a_document_are_those_of_its_mentions() {
        let tables = record_tables();
        let rows = tables.rows("entity_sentiment_by_doc.csv");
        let columns = ["doc_id", "entity", "voice", "mentions_scored", "score"];
        let found: Vec<_> = rows.iter().map(|row| cells(row, columns)).collect();
        assert_eq!(
            found[..3],
            [
                ["d00000001", "Rosa Lindqvist", "all", "2", "-0.060500"],
                ["d00000001", "Rosa Lindqvist", "author", "1", "0.000000"],
                ["d00000001", "Rosa Lindqvist", "quoted", "1", "-0.121000"],
            ]
        );
    }
}

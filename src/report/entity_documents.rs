//! `entity_documents.csv`: one row for each entity of each document: how often, how prominently and where first.

use std::collections::BTreeMap;

use super::column::Column;
use super::records::DocumentRows;
use super::table::{Cell, Table};
use super::{Needs, Reference, Report, Rows, key};
use crate::count::entity::in_document;
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "entity_documents",
    about: "Which entity stands in which document, how often and how prominently.",
    order: "In document order; then by first mention.",
    key: &["doc_id", "entity_id"],
    refers: &[
        Reference { column: "doc_id", table: "documents", to: "doc_id", may_be_missing: false },
        Reference { column: "entity_id", table: "entities", to: "entity_id", may_be_missing: false },
    ],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Entities),
    rows: Rows::Document(append),
};

const COLUMNS: &[Column] = &[
    key::DOC_ID,
    key::DATE,
    key::ENTITY_ID,
    key::ENTITY,
    key::ENTITY_TYPE,
    Column::integer("mentions", "mentions", "Mentions in title and body, of all kinds."),
    Column::integer("mentions_name", "mentions", "Of these by name, as a whole word or a part of a hyphenated one."),
    Column::integer("mentions_demonym", "mentions", "Of these by the people or the adjective of a place."),
    Column::integer("mentions_metonym", "mentions", "Of these by a place or building that stands for a government."),
    Column::number(
        "salience",
        6,
        "share",
        "How prominent it is among the entities of the document, 0 to 1; they sum to 1.",
        "its share in the weights of all entities of the document; weight = m (2 n - p) for m mentions in a document of \
         n tokens, p of them before the first mention",
    ),
    Column::text("first_sentence_id", "Sentence of the first mention: document and number; s0000 is the title."),
    key::CHAR_START,
    key::CHAR_END,
];

fn append(rows: &DocumentRows<'_>, table: &mut Table) -> Result<()> {
    // Local names of one entity share the number of the first of them.
    let mut first: BTreeMap<&str, u32> = BTreeMap::new();
    let mut numbers = Vec::with_capacity(rows.identities.len());
    for (identity, at) in rows.identities.iter().zip(0..) {
        numbers.push(*first.entry(&identity.id).or_insert(at));
    }
    let mut counts = in_document(rows.records, &numbers);
    let doc_id = key::doc_id(rows.doc());
    for mention in &rows.records.mentions {
        let Some(number) = numbers.get(mention.entity as usize) else { continue };
        // The first mention takes the row.
        let (Some(count), Some(entity)) = (counts.remove(number), rows.entity(mention.entity)) else { continue };
        table.row(&[
            (&doc_id).into(),
            rows.records.document.date.into(),
            (&entity.id).into(),
            (&entity.name).into(),
            entity.kind.name().into(),
            count.mentions.into(),
            count.names.into(),
            count.demonyms.into(),
            count.metonyms.into(),
            (count.salience as f64 / 1e6).into(),
            rows.sentence_id(mention.sentence).as_ref().map_or(Cell::Missing, Into::into),
            mention.char_start.into(),
            mention.char_end.into(),
        ])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, record_tables};

    #[test]
    fn every_entity_of_a_document_has_a_row_at_its_first_mention() {
        let rows = record_tables().rows("entity_documents.csv");
        let columns = ["doc_id", "entity", "mentions", "mentions_name", "salience"];
        let first: Vec<_> = rows.iter().map(|row| cells(row, columns)).collect();
        assert_eq!(first[1], ["d00000001", "Rosa Lindqvist", "2", "2", "0.666666"], "{first:?}");
        let sum: f64 = rows
            .iter()
            .filter(|row| row["doc_id"] == "d00000001")
            .map(|row| row["salience"].parse::<f64>().unwrap())
            .sum();
        assert!((sum - 1.0).abs() < 1e-5, "{sum}");
    }
}

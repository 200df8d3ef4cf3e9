//! `nodes.csv`: the things of the network, as Gephi reads them.

use super::column::Column;
use super::network::{self, Network};
use super::table::{Cell, Table};
use super::{Report, Rows};
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "nodes",
    about: "The things of the network of co-occurrence, for Gephi: what edges.csv joins.",
    order: "By entity_id, or by term (bytes).",
    key: &["Id"],
    refers: &[],
    columns: || COLUMNS.to_vec(),
    needs: network::needs,
    rows: Rows::Network(write),
};

/// Columns; Gephi knows `Label` and `Id` by their names. A file that starts with `ID` is taken for another format by
/// Excel, so the label stands first.
pub(super) const COLUMNS: &[Column] = &[
    Column::text("Label", "Canonical name of the entity, or the term in the form that is counted."),
    Column::text("Id", "What edges.csv calls it: the entity_id of entities.csv, or the term."),
    Column::text("type", "Type of the entity, or term."),
    Column::integer("frequency", "units", "Units of text that hold it; in windows, its occurrences."),
    Column::integer("degree", "edges", "Edges of this network at it."),
    Column::integer("weighted_degree", "units", "Sum of the weights of these edges."),
    Column::number(
        "score",
        6,
        "score",
        "Sentiment towards the entity over all voices, -1 to 1, as in entity_sentiment.csv; missing for terms.",
        "mean of the scores of its mentions",
    ),
];

fn write(network: &Network, _: &str, table: &mut Table) -> Result<()> {
    network.nodes.iter().try_for_each(|node| {
        table.row(&[
            (&node.label).into(),
            (&node.id).into(),
            node.kind.into(),
            node.frequency.into(),
            node.degree.into(),
            node.weighted_degree.into(),
            Cell::from(node.score),
        ])
    })
}

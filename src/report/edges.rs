//! `edges.csv`: the pairs of the network, as Gephi reads them.

use super::column::Column;
use super::cooccurrence::contingency;
use super::network::{self, Network};
use super::table::{Cell, Table};
use super::{Reference, Report, Rows};
use crate::error::Result;
use crate::measure::MEASURES;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "edges",
    about: "The pairs of the network of co-occurrence, for Gephi: which things of nodes.csv occur together.",
    order: "By G2, highest first.",
    key: &["Source", "Target"],
    refers: &[
        Reference { column: "Source", table: "nodes", to: "Id", may_be_missing: false },
        Reference { column: "Target", table: "nodes", to: "Id", may_be_missing: false },
    ],
    columns,
    needs: network::needs,
    rows: Rows::Network(write),
};

/// The measures that edges have beside their weight.
const SCORES: [&str; 3] = ["g2", "npmi", "log_dice"];

/// Columns; Gephi knows the first four by their names.
pub(super) fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::text("Source", "Id of one of the two in nodes.csv; the network has no direction."),
        Column::text("Target", "Id of the other."),
        Column::text("Type", "Undirected."),
        Column::integer("Weight", "units", "Units of text that hold both; in windows, pairs of places within reach."),
        Column::text("unit", "Within what the two occur: document, paragraph, sentence or a window (window5)."),
        Column::integer("docfreq", "documents", "Documents in which the two occur together in the unit."),
    ];
    let scores = super::cooccurrence::columns().into_iter().filter(|column| SCORES.contains(&column.name));
    columns.extend(scores);
    columns
}

fn write(network: &Network, unit: &str, table: &mut Table) -> Result<()> {
    table.leave_out(network.left_out);
    network.edges.iter().try_for_each(|edge| {
        let [source, target] = network.ends(edge);
        let mut cells = vec![
            (&source.id).into(),
            (&target.id).into(),
            "Undirected".into(),
            edge.count.observed.into(),
            unit.into(),
            edge.documents.into(),
        ];
        let scores = MEASURES.iter().filter(|measure| SCORES.contains(&measure.name));
        cells.extend(scores.map(|measure| Cell::Number((measure.score)(contingency(edge.count)))));
        table.row(&cells)
    })
}

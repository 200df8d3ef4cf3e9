//! `cooccurrence.csv`: one row for each pair of entities, or of content words, that occur together in a unit of text.
//! Its scores are those of [`MEASURES`]; a new measure is a new column without a change here.

use super::column::Column;
use super::ranking::Ranking;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Reference, Report, Rows};
use crate::config::{CountConfig, NodeType, Unit};
use crate::count::{PairCount, PairRow, RankedPair, entity_of};
use crate::document::Layer;
use crate::error::Result;
use crate::measure::{self, Contingency, MEASURES};

/// The report.
pub(super) const REPORT: Report = Report {
    name: "cooccurrence",
    about: "What is named together, in what unit, and how strongly.",
    order: "By unit: document, paragraph, sentence, window; entities before terms; then by G2 or the measure of --top-by, highest first; then by \
            item1 and item2 (bytes).",
    key: &["unit", "node_type", "item1", "item2", "item1_id", "item2_id"],
    refers: &[
        Reference { column: "item1_id", table: "entities", to: "entity_id", may_be_missing: true },
        Reference { column: "item2_id", table: "entities", to: "entity_id", may_be_missing: true },
    ],
    columns,
    needs,
    rows: Rows::Corpus(write),
};

const COUNTS: &[Column] = &[
    Column::text(
        "unit",
        "Within what the two occur: document, paragraph, sentence, or a window of so many words to each side in one \
         sentence (window5).",
    ),
    Column::text("node_type", "entity (mentions by name) or term (content words)."),
    Column::text("item1", "The first of the two in byte order."),
    Column::text("item2", "The second of the two."),
    Column::integer(
        "observed",
        "units",
        "o: units that hold both; in windows, pairs of places within reach of each other.",
    ),
    Column::integer("freq1", "units", "f1: units that hold item1; in windows, its occurrences."),
    Column::integer("freq2", "units", "f2: units that hold item2; in windows, its occurrences."),
    Column::integer("n", "units", "N: units in the corpus; in windows, tokens."),
    Column::integer("span", "places", "S: places in reach of one place: twice the window, and 1 in the other units."),
];

const IDS: [Column; 2] = [
    Column::text("item1_id", "Key of item1, as entity_id in entities.csv; missing for terms."),
    Column::text("item2_id", "Key of item2, as entity_id in entities.csv; missing for terms."),
];

fn needs(config: &CountConfig) -> Needs {
    let units = |wanted: NodeType| if config.node_types.contains(&wanted) { config.units.clone() } else { Vec::new() };
    let (term_pairs, entity_pairs) = (units(NodeType::Term), units(NodeType::Entity));
    let layer = if entity_pairs.is_empty() { Layer::Tokens } else { Layer::Entities };
    Needs { term_pairs, entity_pairs, ..Needs::layer(layer) }
}

pub(super) fn columns() -> Vec<Column> {
    let scores = MEASURES.iter().map(|measure| Column {
        name: measure.name,
        kind: super::column::Kind::Number(measure.decimals),
        unit: unit_of(measure.name),
        definition: "Association of the two; R1 = f1 S, C1 = f2 S, T = N S, E = f1 f2 S / N, and o_ij, e_ij are the \
                     cells of the two-by-two table and what is expected in them.",
        formula: measure.formula,
        citation: measure.citation,
    });
    let docfreq = Column::integer("docfreq", "documents", "Documents in which the two occur together in the unit.");
    COUNTS.iter().copied().chain(scores).chain([docfreq]).chain(IDS).collect()
}

/// What the numbers of a measure are in, where they have a unit.
fn unit_of(measure: &str) -> &'static str {
    match measure {
        "pmi" | "mi3" | "log_dice" => "log2",
        "expected" => "units",
        "p" => "probability",
        _ => "",
    }
}

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let ranking = Ranking::of(&corpus.config.count.pairs_top_by)?;
    let needs = needs(&corpus.config.count);
    for unit in Unit::ALL {
        let label = unit.label(&corpus.config.count);
        if needs.entity_pairs.contains(&unit) {
            write_entities(&label, unit, &ranking, corpus, table)?;
        }
        if needs.term_pairs.contains(&unit) {
            write_terms(&label, unit, &ranking, corpus, table)?;
        }
    }
    Ok(())
}

fn write_terms(label: &str, unit: Unit, ranking: &Ranking, corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let CountConfig { term_pair_min_count: least, pairs_top, .. } = corpus.config.count;
    let top = usize::try_from(pairs_top).unwrap_or(usize::MAX);
    let score = |count: PairCount, floor: f64| ranking.score(contingency(count), floor);
    let pairs = corpus.counts.top_pairs(unit, least, top, score)?;
    table.leave_out(pairs.candidates.saturating_sub(pairs.rows.len() as u64));
    table.rows_of(&pairs.rows, |pair, table| {
        write_row(label, "term", &corpus.counts.pair(unit, pair), [Cell::Missing; 2], table)
    })
}

fn write_entities(
    label: &str,
    unit: Unit,
    ranking: &Ranking,
    corpus: &CorpusRows<'_>,
    table: &mut Table,
) -> Result<()> {
    let CountConfig { entity_pair_min_count: least, pairs_top, .. } = corpus.config.count;
    let top = usize::try_from(pairs_top).unwrap_or(usize::MAX);
    let score = |count: PairCount, floor: f64| ranking.score(contingency(count), floor);
    let mut pairs = corpus.names.top_pairs(unit, least, top, score)?;
    table.leave_out(pairs.candidates.saturating_sub(pairs.rows.len() as u64));
    let name = |feature: u32| {
        let number = entity_of(corpus.names.feature(feature).0);
        let identity = number.and_then(|number| corpus.identity(number));
        identity.map_or(("", ""), |identity| (identity.name.as_str(), identity.id.as_str()))
    };
    let names: Vec<(&str, &str)> = (0..corpus.names.features() as u32).map(name).collect();
    let row_of = |pair: &RankedPair| in_byte_order(&names, pair.key, corpus.names.pair(unit, pair));
    for pair in &mut pairs.rows {
        pair.score = rankable(ranking.value(contingency(row_of(pair).0.count)));
    }
    // Stable: of one score, and of one pair of names, the order of entity ids stays.
    pairs.rows.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| {
            let [a, b] = [a, b].map(|pair| row_of(pair).0);
            (a.first, a.second).cmp(&(b.first, b.second))
        })
    });
    table.rows_of(&pairs.rows, |pair, table| {
        let (row, ids) = row_of(pair);
        write_row(label, "entity", &row, ids.map(Cell::from), table)
    })
}

/// A pair of entities by their names, the one that is first in byte order in front, and their ids.
fn in_byte_order<'a>(names: &[(&'a str, &'a str)], key: (u32, u32), pair: PairRow<'_>) -> (PairRow<'a>, [&'a str; 2]) {
    let ((first, id1), (second, id2)) = (names[key.0 as usize], names[key.1 as usize]);
    let PairRow { count, documents, .. } = pair;
    if first <= second {
        return (PairRow { first, second, count, documents }, [id1, id2]);
    }
    let count = PairCount { first: count.second, second: count.first, ..count };
    (PairRow { first: second, second: first, count, documents }, [id2, id1])
}

/// A score to sort by: what is not defined comes last.
fn rankable(score: f64) -> f64 {
    if score.is_nan() { f64::NEG_INFINITY } else { score }
}

/// The two-by-two table of a pair.
pub(super) fn contingency(count: PairCount) -> Contingency {
    Contingency { both: count.observed, first: count.first, second: count.second, total: count.total, span: count.span }
}

fn write_row(
    unit: &str,
    node_type: &'static str,
    row: &PairRow<'_>,
    ids: [Cell<'_>; 2],
    table: &mut Table,
) -> Result<()> {
    let count = row.count;
    let counted: [Cell<'_>; COUNTS.len()] = [
        unit.into(),
        node_type.into(),
        row.first.into(),
        row.second.into(),
        count.observed.into(),
        count.first.into(),
        count.second.into(),
        count.total.into(),
        count.span.into(),
    ];
    let mut cells = [Cell::Missing; COUNTS.len() + MEASURES.len() + 1 + IDS.len()];
    cells[..COUNTS.len()].copy_from_slice(&counted);
    for (cell, score) in cells[COUNTS.len()..].iter_mut().zip(measure::scores(contingency(count))) {
        *cell = Cell::Number(score);
    }
    cells[COUNTS.len() + MEASURES.len()] = row.documents.into();
    cells[COUNTS.len() + MEASURES.len() + 1..].copy_from_slice(&ids);
    table.row(&cells)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, corpus_tables};
    use crate::config::{Config, CountConfig};

    const BODIES: [&str; 2] = ["peace treaty. peace treaty. war treaty", "peace treaty. war harvest. war treaty"];

    #[test]
    fn entities_stand_before_terms_and_names_in_byte_order() {
        let rows = corpus_tables(&BODIES, &Config::default()).rows("cooccurrence.csv");
        let sentence: Vec<_> = rows.iter().filter(|row| row["unit"] == "sentence").collect();
        let columns = ["node_type", "item1", "item2", "observed", "freq1", "freq2", "n", "span", "docfreq"];
        // The entities are of the records of the fixture: two sentences, one of which names both.
        let entities = ["entity", "Norland", "Rosa Lindqvist", "1", "1", "2", "2", "1", "1"];
        assert_eq!(cells(sentence[0], columns), entities);
        let terms = ["term", "peace", "treaty", "3", "3", "5", "6", "1", "2"];
        assert_eq!(cells(sentence[1], columns), terms);
        assert_eq!(cells(sentence[2], columns)[..4], ["term", "treaty", "war", "2"]);
        assert_eq!(sentence.len(), 3, "war harvest is met once only");
    }

    #[test]
    fn units_come_in_order_and_g2_falls_within_them() {
        let rows = corpus_tables(&BODIES, &Config::default()).rows("cooccurrence.csv");
        let mut units: Vec<&str> = rows.iter().map(|row| row["unit"].as_str()).collect();
        units.dedup();
        assert_eq!(units, ["document", "paragraph", "sentence", "window5"]);
        for pair in rows.windows(2) {
            if cells(&pair[0], ["unit", "node_type"]) == cells(&pair[1], ["unit", "node_type"]) {
                let [a, b] = [&pair[0], &pair[1]].map(|row| row["g2"].parse::<f64>().unwrap_or(f64::NEG_INFINITY));
                assert!(a >= b, "{pair:?}");
            }
        }
    }

    #[test]
    fn pairs_beyond_the_limit_are_counted() {
        let config = Config { count: CountConfig { pairs_top: 1, ..CountConfig::default() }, ..Config::default() };
        let tables = corpus_tables(&BODIES, &config);
        let rows = tables.rows("cooccurrence.csv");
        let terms = rows.iter().filter(|row| row["unit"] == "sentence" && row["node_type"] == "term");
        assert_eq!(terms.count(), 1);
        let all = corpus_tables(&BODIES, &Config::default()).rows("cooccurrence.csv").len();
        let summary = tables.summary.iter().find(|table| table.file == "cooccurrence.csv").unwrap();
        assert!(summary.left_out > 0);
        assert_eq!(summary.left_out, (all - rows.len()) as u64);
    }
}

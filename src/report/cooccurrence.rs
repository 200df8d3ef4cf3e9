//! `cooccurrence.csv`: one row for each pair of entities, or of content words, that occur together in a unit of text.
//! Its scores are those of [`MEASURES`]; a new measure is a new column without a change here.

use super::table::{Cell, Column, Table};
use super::{CorpusRows, Report, Rows};
use crate::config::CountConfig;
use crate::count::entity::EntityPair;
use crate::count::{PairCount, PairRow, Unit};
use crate::error::Result;
use crate::measure::{Contingency, G2Ranking, MEASURES, association};

/// The report.
pub(super) const REPORT: Report = Report {
    name: "cooccurrence",
    about: "What is named together, in what unit, and how strongly.",
    order: "By unit: document, paragraph, sentence, window; entities before terms; then by G2, highest first; then by \
            item1 and item2 (bytes).",
    columns,
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
    Column::integer(
        "freq1",
        "units",
        "f1: units that hold item1; in windows, its occurrences.",
    ),
    Column::integer(
        "freq2",
        "units",
        "f2: units that hold item2; in windows, its occurrences.",
    ),
    Column::integer("n", "units", "N: units in the corpus; in windows, tokens."),
    Column::integer(
        "span",
        "places",
        "S: places in reach of one place: twice the window, and 1 in the other units.",
    ),
];

fn columns() -> Vec<Column> {
    let scores = MEASURES.iter().map(|measure| Column {
        name: measure.name,
        kind: super::table::Kind::Number(measure.decimals),
        unit: unit_of(measure.name),
        definition: "Association of the two; R1 = f1 S, C1 = f2 S, T = N S, E = f1 f2 S / N, and o_ij, e_ij are the \
                     cells of the two-by-two table and what is expected in them.",
        formula: measure.formula,
        citation: measure.citation,
    });
    let docfreq = Column::integer(
        "docfreq",
        "documents",
        "Documents in which the two occur together in the unit.",
    );
    COUNTS.iter().copied().chain(scores).chain([docfreq]).collect()
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
    let ranking = G2Ranking::default();
    for (unit, pairs) in Unit::ALL.into_iter().zip(&corpus.entities.pairs) {
        let label = unit.label(&corpus.config.count);
        write_entities(&label, pairs, corpus, table)?;
        write_terms(&label, unit, &ranking, corpus, table)?;
    }
    Ok(())
}

fn write_terms(label: &str, unit: Unit, ranking: &G2Ranking, corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let CountConfig {
        term_pair_min_count: least,
        pairs_top,
        ..
    } = corpus.config.count;
    let top = usize::try_from(pairs_top).unwrap_or(usize::MAX);
    let score = |count: PairCount, floor: f64| ranking.score(contingency(count), floor);
    let pairs = corpus.counts.top_pairs(unit, least, top, score)?;
    table.leave_out(pairs.candidates.saturating_sub(pairs.rows.len() as u64));
    for pair in &pairs.rows {
        write_row(label, "term", pair, table)?;
    }
    Ok(())
}

fn write_entities(label: &str, pairs: &[EntityPair], corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let least = corpus.config.count.entity_pair_min_count;
    let name = |number: u32| corpus.identity(number).map_or("", |identity| identity.name.as_str());
    let enough = pairs.iter().filter(|pair| pair.count.observed >= least);
    let mut scored: Vec<(f64, PairRow<'_>, &EntityPair)> = enough
        .map(|pair| {
            let row = in_byte_order(name(pair.first), name(pair.second), pair);
            (association::g2(contingency(row.count)), row, pair)
        })
        .collect();
    scored.sort_by(|(score_a, a, pair_a), (score_b, b, pair_b)| {
        let names = || (a.first, a.second).cmp(&(b.first, b.second));
        let numbers = || (pair_a.first, pair_a.second).cmp(&(pair_b.first, pair_b.second));
        rankable(*score_b)
            .total_cmp(&rankable(*score_a))
            .then_with(names)
            .then_with(numbers)
    });
    scored
        .iter()
        .try_for_each(|(_, row, _)| write_row(label, "entity", row, table))
}

/// A pair of entities with the name that is first in byte order in front.
fn in_byte_order<'a>(first: &'a str, second: &'a str, pair: &EntityPair) -> PairRow<'a> {
    let (count, documents) = (pair.count, pair.documents);
    if first <= second {
        return PairRow {
            first,
            second,
            count,
            documents,
        };
    }
    let count = PairCount {
        first: count.second,
        second: count.first,
        ..count
    };
    PairRow {
        first: second,
        second: first,
        count,
        documents,
    }
}

/// A score to sort by: what is not defined comes last.
fn rankable(score: f64) -> f64 {
    if score.is_nan() { f64::NEG_INFINITY } else { score }
}

fn contingency(count: PairCount) -> Contingency {
    Contingency {
        both: count.observed,
        first: count.first,
        second: count.second,
        total: count.total,
        span: count.span,
    }
}

fn write_row(unit: &str, node_type: &'static str, row: &PairRow<'_>, table: &mut Table) -> Result<()> {
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
    let mut cells = Vec::with_capacity(counted.len() + MEASURES.len() + 1);
    cells.extend(counted);
    cells.extend(
        MEASURES
            .iter()
            .map(|measure| Cell::Number((measure.score)(contingency(count)))),
    );
    cells.push(row.documents.into());
    table.row(&cells)
}

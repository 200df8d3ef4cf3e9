//! `terms_by_group.csv`: the most frequent words and numbers of each group of documents, for each column that documents
//! are grouped by.

use super::column::Column;
use super::table::Table;
use super::{CorpusRows, Needs, Report, Rows, key};
use crate::count::grouped::{GroupCount, GroupTerms};
use crate::document::Layer;
use crate::error::Result;
use crate::measure::rank::Ranks;
use crate::measure::weighting;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "terms_by_group",
    about: "The words and numbers of each group of documents (--group-by), the most frequent first.",
    order: "By column in the order asked for, then by group (bytes), then by frequency, highest first, then by feature \
            (bytes), a word before a number.",
    key: &["group_by", "group", "feature", "feature_type"],
    refers: &[],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Tokens),
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    key::GROUP_BY,
    Column::text("group", "The value that the documents of the group have in that column."),
    key::FEATURE,
    key::FEATURE_TYPE,
    Column::integer("frequency", "tokens", "Occurrences in the bodies of the documents of the group, copies included."),
    Column::integer(
        "rank",
        "ranks",
        "Place by frequency in the group, from 1; terms of the same frequency share the best place.",
    ),
    Column::integer("docfreq", "documents", "Documents of the group whose bodies hold it."),
    Column::number(
        "per_million",
        4,
        "per million tokens",
        "Relative frequency in the group.",
        "frequency x 1000000 / tokens of all documents of the group",
    ),
];

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    for by in &corpus.grouped.terms {
        for group in 0..by.groups.len() {
            write_group(by, group, corpus, table)?;
        }
    }
    Ok(())
}

fn write_group(by: &GroupTerms, group: usize, corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let (counts, options) = (corpus.counts, &corpus.config.count);
    let size = &by.grouping.groups[group];
    let mut terms: Vec<GroupCount> = by.groups[group].clone();
    terms.retain(|term| term.here.count >= options.group_terms_min_count);
    // Stable: terms of one frequency stay in byte order.
    terms.sort_by_key(|term| std::cmp::Reverse(term.here.count));
    let most = match options.group_terms_top {
        0 => terms.len(),
        top => usize::try_from(top).unwrap_or(usize::MAX).min(terms.len()),
    };
    table.leave_out((terms.len() - most) as u64);
    let mut ranks = Ranks::default();
    for term in &terms[..most] {
        let rank = ranks.of(term.here.count);
        let (feature, kind) = counts.feature(term.feature);
        table.row(&[
            (&by.grouping.column).into(),
            (&size.name).into(),
            feature.into(),
            kind.name().into(),
            term.here.count.into(),
            rank.into(),
            term.here.documents.into(),
            weighting::per_million(term.here.count, size.tokens).into(),
        ])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, corpus_tables};
    use crate::config::Config;

    /// Documents 1 and 3 are of the Courier, 2 of the Gazette.
    const BODIES: [&str; 3] = ["peace talks peace", "war 7", "war peace talks treaty"];

    fn config(least: u64, top: u64) -> Config {
        let mut config = Config::default();
        (config.count.group_terms_min_count, config.count.group_terms_top) = (least, top);
        config
    }

    #[test]
    fn terms_are_ranked_within_their_group() {
        let rows = corpus_tables(&BODIES, &config(1, 0)).rows("terms_by_group.csv");
        let columns = ["group", "feature", "feature_type", "frequency", "rank", "docfreq", "per_million"];
        let found: Vec<_> = rows.iter().map(|row| cells(row, columns)).collect();
        let expected = [
            ["Courier", "peace", "word", "3", "1", "2", "428571.4286"],
            ["Courier", "talks", "word", "2", "2", "2", "285714.2857"],
            ["Courier", "treaty", "word", "1", "3", "1", "142857.1429"],
            ["Courier", "war", "word", "1", "3", "1", "142857.1429"],
            ["Gazette", "7", "number", "1", "1", "1", "500000.0000"],
            ["Gazette", "war", "word", "1", "1", "1", "500000.0000"],
        ];
        assert_eq!(found, expected);
        assert!(rows.iter().all(|row| row["group_by"] == "outlet"));
    }

    #[test]
    fn rare_terms_are_not_listed_and_the_best_are_kept() {
        let tables = corpus_tables(&BODIES, &config(2, 1));
        let rows = tables.rows("terms_by_group.csv");
        assert_eq!(rows.iter().map(|row| cells(row, ["feature"])).collect::<Vec<_>>(), [["peace"]]);
        let summary = tables.summary.iter().find(|table| table.file == "terms_by_group.csv").unwrap();
        assert_eq!(summary.left_out, 1, "talks");
    }
}

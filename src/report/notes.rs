//! What a reader of the comparing tables should know: which documents and groups are in no comparison, and why a table
//! has no rows. Sentences for the end of a run and for `run.json`; it reads sizes and writes no table.

use super::{CorpusRows, Report, alias_notes};
use crate::config::Period;
use crate::count::group::Grouping;
use crate::error::Result;

/// The option that lifts the limit on the rows of a table.
pub fn limit_option(file: &str) -> &'static str {
    match file {
        "keyness.csv" => "--keyness-top",
        "terms_by_group.csv" => "--group-terms-top",
        _ => "--top",
    }
}

const BY_GROUP: [&str; 2] = ["keyness", "terms_by_group"];
const BY_PERIOD: [&str; 2] = ["timeseries", "trends"];

/// Whether a report shows counts by group of documents or by period.
pub fn is_by_group_or_period(report: &Report) -> bool {
    BY_GROUP.contains(&report.name) || BY_PERIOD.contains(&report.name)
}

/// What a reader of the tables should know.
///
/// # Errors
/// When names that wait on disk cannot be read.
pub fn notes(corpus: &CorpusRows<'_>) -> Result<Vec<String>> {
    let mut notes = comparison_notes(corpus);
    notes.extend(alias_notes::undecided(corpus)?);
    Ok(notes)
}

/// What a reader of `keyness.csv`, `terms_by_group.csv`, `timeseries.csv` and `trends.csv` should know.
fn comparison_notes(corpus: &CorpusRows<'_>) -> Vec<String> {
    let listed = corpus.grouped.reference.is_some();
    let shown = |names: [&str; 2]| corpus.reports.iter().any(|report| names.contains(&report.name));
    let mut notes = Vec::new();
    if shown(BY_GROUP) {
        notes.extend(corpus.grouped.terms.iter().flat_map(|by| grouping_notes(&by.grouping, listed)));
        if corpus.grouped.terms.is_empty() {
            let why = "keyness.csv, terms_by_group.csv: no rows, because documents are not grouped (--group-by).";
            notes.push(why.to_owned());
        }
    }
    if shown(BY_PERIOD) {
        notes.extend(series_notes(corpus));
    }
    notes
}

fn grouping_notes(by: &Grouping, listed: bool) -> Vec<String> {
    let column = &by.column;
    let mut notes: Vec<String> =
        by.empty.iter().map(|input| format!("keyness.csv: the input {input} holds no document of its own.")).collect();
    match by.groups.as_slice() {
        [] => notes.push(format!("keyness.csv, terms_by_group.csv: no rows by {column}: no document has one.")),
        [only] if !listed && by.others == 0 => {
            let name = &only.name;
            notes.push(format!("keyness.csv: no rows by {column}: all documents that have one are of {name}."));
        }
        groups if !listed && groups.iter().all(|group| group.tokens == 0 || group.tokens == by.all.tokens) => {
            notes.push(format!("keyness.csv: no rows by {column}: only one group has words."));
        }
        _ => {}
    }
    if by.missing > 0 && !by.groups.is_empty() {
        let (missing, all) = (by.missing, by.missing + by.all.documents);
        notes.push(format!(
            "keyness.csv, terms_by_group.csv: {missing} of {all} documents have no {column} and are in no group."
        ));
    }
    if by.others > 0 {
        let (compared, all) = (by.groups.len(), by.groups.len() as u64 + by.others);
        notes.push(format!(
            "keyness.csv, terms_by_group.csv: of {all} groups by {column} the {compared} largest have rows; \
             --groups-top 0 takes all."
        ));
    }
    notes
}

fn series_notes(corpus: &CorpusRows<'_>) -> Vec<String> {
    let series = &corpus.grouped.series;
    let mut notes = Vec::new();
    if series.undated > 0 {
        let (undated, all) = (series.undated, corpus.counts.totals.documents);
        notes.push(format!(
            "timeseries.csv, trends.csv: {undated} of {all} documents have no date and are in no period."
        ));
    }
    if series.gaps_left_out {
        let length = match corpus.config.count.period {
            Period::Day => "days",
            Period::Week => "weeks",
            Period::Month => "months",
            Period::Year => "years",
        };
        notes.push(format!(
            "timeseries.csv: the corpus spans so many {length} that those without documents have no rows."
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::group::Group;

    fn grouping(sizes: &[(&str, u64)], others: u64, missing: u64) -> Grouping {
        let group = |&(name, tokens): &(&str, u64)| Group { name: name.into(), documents: 1, tokens };
        let groups: Vec<Group> = sizes.iter().map(group).collect();
        let tokens = groups.iter().map(|group| group.tokens).sum();
        let all = Group { name: String::new(), documents: groups.len() as u64 + others, tokens };
        let mut by = Grouping::default();
        (by.column, by.groups, by.others, by.all, by.missing) = ("outlet".into(), groups, others, all, missing);
        by
    }

    #[test]
    fn a_table_without_rows_says_why() {
        let told = |by: &Grouping, listed| grouping_notes(by, listed).join(" ");
        assert!(told(&grouping(&[], 0, 3), false).contains("no document has one"));
        assert!(told(&grouping(&[("A", 9)], 0, 0), false).contains("all documents that have one are of A"));
        assert!(told(&grouping(&[("A", 9), ("B", 0)], 0, 0), false).contains("only one group has words"));
        assert_eq!(told(&grouping(&[("A", 9)], 0, 0), true), "", "a list is there to compare with");
        assert_eq!(told(&grouping(&[("A", 9), ("B", 1)], 0, 0), false), "");
    }

    #[test]
    fn what_is_in_no_comparison_is_counted() {
        let notes = grouping_notes(&grouping(&[("A", 9), ("B", 1)], 5, 3), false).join(" ");
        assert!(notes.contains("3 of 10 documents have no outlet"), "{notes}");
        assert!(notes.contains("of 7 groups by outlet the 2 largest"), "{notes}");
        let mut by = grouping(&[("x/a", 9)], 0, 0);
        by.empty.push("x/b".into());
        assert!(grouping_notes(&by, false)[0].contains("x/b holds no document"));
    }
}

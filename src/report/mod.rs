//! The tables: counts and records become files.
//!
//! A report is a file name, its columns, the order of its rows, and a function that writes them. It chooses, scores and
//! orders; [`table`] takes its rows, and CSV ([`mod@csv`]) and the other formats ([`sink`]) write them. A report never sees a document's text and never counts. Tables go into the
//! folder that is given; the caller gives a temporary one and renames it when all are written.
//!
//! To add a report: write `report/x.rs` with a `REPORT` (copy `skipped.rs` for rows of the whole corpus, `quotations.rs`
//! for rows of one document), then add `mod x;` and a line of [`REPORTS`] below. `columns.csv`, `run.json`, the list of
//! file names that byline owns and the tests over all reports follow from that line.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::config::{Config, CountConfig, Duplicates};
use crate::corpus::Skipped;
use crate::count::Counts;
use crate::count::entity::{EntityCount, EntityTables};
use crate::count::grouped::Grouped;
use crate::count::removed::{RemovedCount, RemovedKey};
use crate::error::{Error, ErrorKind, Result};
use crate::record::DuplicateRecord;

pub mod cell_text;
pub mod column;
mod csv;
mod csvw;
pub mod datapackage;
mod encoded;
pub mod folder;
pub mod key;
pub mod needs;
pub mod network;
pub mod ownership;
pub mod page;
pub mod records;
pub mod run;
pub mod sink;
pub mod table;

mod alias_notes;
mod aliases;
mod boilerplate;
mod columns;
mod cooccurrence;
mod digits;
mod documents;
mod duplicates;
mod edges;
mod entities;
mod entity_documents;
mod entity_sentiment;
mod entity_sentiment_by_doc;
mod entity_sentiment_over_time;
#[cfg(test)]
mod fixture;
mod gexf;
mod keyness;
mod kwic;
mod mentions;
mod metadata;
mod ngrams;
mod nodes;
mod notes;
mod opinion;
mod quotations;
mod ranking;
mod sentiment_evidence;
mod skipped;
mod speaker_target;
mod terms;
mod terms_by_group;
mod timeseries;
mod trends;
pub mod wordlist;

pub use notes::{is_by_group_or_period, limit_option, notes};

use crate::resolve::Identity;
use crate::spool::sorted::Sorted;
use column::Column;
use needs::Needs;
use network::Network;
use ranking::Ranking;
use records::DocumentRows;
use sink::Outputs;
use table::{Cell, Table, TableSummary};

/// All reports, in the order of `columns.csv`.
pub static REPORTS: &[Report] = &[
    documents::REPORT,
    metadata::REPORT,
    skipped::REPORT,
    duplicates::REPORT,
    boilerplate::REPORT,
    terms::REPORT,
    terms_by_group::REPORT,
    keyness::REPORT,
    timeseries::REPORT,
    trends::REPORT,
    ngrams::REPORT,
    cooccurrence::REPORT,
    entities::REPORT,
    entity_documents::REPORT,
    mentions::REPORT,
    aliases::REPORT,
    entity_sentiment::REPORT,
    entity_sentiment_by_doc::REPORT,
    entity_sentiment_over_time::REPORT,
    speaker_target::REPORT,
    sentiment_evidence::REPORT,
    quotations::REPORT,
    kwic::REPORT,
    nodes::REPORT,
    edges::REPORT,
    gexf::REPORT,
    columns::REPORT,
];

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// File name without its ending.
    pub name: &'static str,
    /// What the table shows, in a sentence.
    pub about: &'static str,
    /// The order of its rows, in a sentence.
    pub order: &'static str,
    /// The columns that together are different in each row; none where rows have no key.
    pub key: &'static [&'static str],
    /// The columns whose values, where there are any, are keys of other tables.
    pub refers: &'static [Reference],
    /// Its columns.
    pub columns: fn() -> Vec<Column>,
    /// What it is made of.
    pub needs: fn(&CountConfig) -> Needs,
    /// What writes its rows.
    pub rows: Rows,
}

/// A column whose values are found in a column of another table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The column.
    pub column: &'static str,
    /// Name of the other table, or of this one.
    pub table: &'static str,
    /// The column there.
    pub to: &'static str,
    /// Whether a row may lead nowhere.
    pub may_be_missing: bool,
}

impl Report {
    /// File name, `terms.csv`.
    pub fn file(&self) -> String {
        format!("{}.{}", self.name, if matches!(self.rows, Rows::Graph(_)) { "gexf" } else { "csv" })
    }
}

/// The reports that the options ask for, in the order of [`REPORTS`]: those named, and always those that say what was
/// left out and what the columns mean. All when none is named, but `kwic` only where something is looked for.
///
/// # Errors
/// [`ErrorKind::Option`] for a name that no report has, a concordance of nothing, and an order by no measure.
pub fn chosen(config: &Config) -> Result<Vec<&'static Report>> {
    let names: Vec<&str> = config.tables.iter().map(|name| name.strip_suffix(".csv").unwrap_or(name)).collect();
    if let Some(unknown) = names.iter().find(|name| REPORTS.iter().all(|report| report.name != **name)) {
        let known: Vec<&str> = REPORTS.iter().map(|report| report.name).collect();
        let remedy = format!("use some of {}", known.join(", "));
        return Err(Error::new(ErrorKind::Option, format!("--tables {unknown}: there is no such table"), remedy));
    }
    let looks = !config.concordance.patterns.is_empty();
    if names.contains(&"kwic") && !looks {
        let remedy = "name what is looked for, as in --kwic 'peace talks'";
        return Err(Error::new(ErrorKind::Option, "--tables kwic: there is no --kwic PATTERN", remedy));
    }
    sink::check(&config.output_files)?;
    Ranking::of(&config.count.pairs_top_by)?;
    let wanted = |report: &&Report| {
        names.is_empty() && (looks || report.name != "kwic")
            || names.contains(&report.name)
            || matches!(report.name, "skipped" | "columns")
    };
    Ok(REPORTS.iter().filter(wanted).collect())
}

/// What writes the rows of a report.
#[derive(Clone, Copy, Debug)]
pub enum Rows {
    /// Called once for each document, in document order.
    Document(fn(&DocumentRows<'_>, &mut Table) -> Result<()>),
    /// Called once, when everything is counted.
    Corpus(fn(&CorpusRows<'_>, &mut Table) -> Result<()>),
    /// Called once with the network of the corpus and the label of its unit. Gephi is given no byte-order mark.
    Network(fn(&Network, &str, &mut Table) -> Result<()>),
    /// As [`Rows::Network`], for a file that is no table.
    Graph(GraphWriter),
}

/// What the tables of the whole corpus read.
#[derive(Clone, Copy, Debug)]
pub struct CorpusRows<'a> {
    /// The options.
    pub config: &'a Config,
    /// Folder for temporary files.
    pub scratch: &'a Path,
    /// Files that could not be used.
    pub skipped: &'a [Skipped],
    /// Terms, n-grams and pairs of terms.
    pub counts: &'a Counts,
    /// The reports that are written.
    pub reports: &'a [&'static Report],
    /// Entities by corpus-wide number.
    pub entities: &'a EntityTables,
    /// Names of entities as features, and pairs of them; [`crate::count::entity_of`] tells whose.
    pub names: &'a Counts,
    /// The documents that have copies, and these, by cluster.
    pub duplicates: &'a [DuplicateRecord],
    /// Terms by group of documents and by period.
    pub grouped: &'a Grouped,
    /// What was left out of the texts.
    pub removed: &'a [(RemovedKey, RemovedCount)],
    /// Who the numbers are: in the order of `entities.csv`, from 0.
    pub identities: &'a [Identity],
}

impl<'a> CorpusRows<'a> {
    /// Who a number is.
    fn identity(&self, number: u32) -> Option<&'a Identity> {
        self.identities.get(number as usize)
    }

    /// Rows that a table needs in another order than they come in.
    fn sorted(&self) -> Sorted {
        Sorted::new(self.config.memory_of_others(), self.scratch, None)
    }

    /// A count without copies; missing when they were not looked for.
    fn deduplicated(&self, count: u64) -> Cell<'static> {
        match self.config.corpus.duplicates {
            Duplicates::Keep => Cell::Missing,
            Duplicates::Mark | Duplicates::Drop => count.into(),
        }
    }

    /// What is counted of an entity; nothing of one that is never mentioned.
    fn entity_count(&self, number: u32) -> EntityCount {
        let counted = &self.entities.entities;
        let found = counted.binary_search_by_key(&number, |row| row.0);
        found.map_or_else(|_| EntityCount::default(), |at| counted[at].1)
    }
}

/// How many tables [`write_corpus`] writes of some reports.
pub fn corpus_tables(reports: &[&Report]) -> u64 {
    reports.iter().filter(|report| !matches!(report.rows, Rows::Document(_))).count() as u64
}

/// Writes the tables of the whole corpus, side by side. `done` is called after each and may end the run.
///
/// # Errors
/// [`crate::error::ErrorKind::Write`] with the path of the table, errors of temporary files, and those of `done`.
pub fn write_corpus(
    outputs: &Outputs<'_>,
    corpus: &CorpusRows<'_>,
    done: &(dyn Fn() -> Result<()> + Sync),
) -> Result<Vec<TableSummary>> {
    let is_network = |report: &&Report| matches!(report.rows, Rows::Network(_) | Rows::Graph(_));
    let network = if corpus.reports.iter().any(is_network) { Network::of(corpus)? } else { Network::default() };
    let unit = corpus.config.count.network.unit.label(&corpus.config.count);
    let one = |report: &&Report| {
        let table = || outputs.table(report);
        let written = match report.rows {
            Rows::Document(_) => return None,
            Rows::Corpus(write) => table().and_then(|mut table| {
                write(corpus, &mut table)?;
                table.finish()
            }),
            Rows::Network(write) => table().and_then(|mut table| {
                write(&network, &unit, &mut table)?;
                table.finish()
            }),
            Rows::Graph(write) => write_graph(&outputs.folder().join(report.file()), report, &network, &unit, write),
        };
        Some(written.and_then(|summary| done().map(|()| summary)))
    };
    corpus.reports.par_iter().filter_map(one).collect()
}

/// What writes a network as one file.
type GraphWriter = fn(&Network, &str, &mut dyn Write) -> io::Result<()>;

fn write_graph(
    path: &Path,
    report: &Report,
    network: &Network,
    unit: &str,
    write: GraphWriter,
) -> Result<TableSummary> {
    let written = File::create(path).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(network, unit, &mut out)?;
        out.flush()
    });
    written.map_err(|cause| Error::io(ErrorKind::Write, path, cause))?;
    Ok(TableSummary { left_out: network.left_out, ..TableSummary::of(report.file(), network.edges.len() as u64) })
}

/// Thousandths as a number.
fn thousandths(number: i32) -> f64 {
    f64::from(number) / 1000.0
}

/// Percent as a share.
fn percent(number: u8) -> f64 {
    f64::from(number) / 100.0
}

#[cfg(test)]
mod tests {
    use super::column::{Kind, MAX_DECIMALS};
    use super::*;
    use crate::error::{Error, ErrorKind};

    fn is_snake_case(name: &str) -> bool {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    }

    #[test]
    fn every_column_is_described_and_every_score_has_a_formula() {
        for report in REPORTS {
            let columns = (report.columns)();
            assert!(columns.len() > 1, "{}", report.name);
            // A file that starts with ID is taken for another format by Excel.
            assert!(!columns[0].name.to_ascii_uppercase().starts_with("ID"), "{}", report.name);
            for (index, column) in columns.iter().enumerate() {
                let place = format!("{}.{}", report.name, column.name);
                // Gephi knows some columns by names of its own.
                let gephi = ["Label", "Id", "Source", "Target", "Type", "Weight"].contains(&column.name);
                // Concordances have these names everywhere.
                let neighbour = ["L3", "L2", "L1", "R1", "R2", "R3"].contains(&column.name);
                assert!(gephi || neighbour || is_snake_case(column.name), "{place}");
                assert!(column.definition.ends_with('.'), "{place}: {}", column.definition);
                assert!(columns[..index].iter().all(|other| other.name != column.name), "{place} twice");
                if let Kind::Number(decimals) = column.kind {
                    assert!(decimals <= MAX_DECIMALS && !column.formula.is_empty(), "{place}");
                } else {
                    assert!(column.formula.is_empty(), "{place}");
                }
                let texts = [column.unit, column.definition, column.formula, column.citation];
                assert!(texts.iter().all(|text| !text.contains(['\n', '"']) && !text.contains("  ")), "{place}");
            }
        }
    }

    #[test]
    fn every_report_has_a_name_of_its_own_and_says_its_order() {
        for (index, report) in REPORTS.iter().enumerate() {
            assert!(is_snake_case(report.name), "{}", report.name);
            assert!(REPORTS[..index].iter().all(|other| other.name != report.name));
            assert!(report.order.ends_with('.') && report.about.ends_with('.'), "{}", report.name);
        }
    }

    #[test]
    fn keys_lead_from_columns_to_the_keys_of_tables() {
        for report in REPORTS {
            let columns = (report.columns)();
            let has = |name: &str| columns.iter().any(|column| column.name == name);
            assert!(report.key.iter().all(|name| has(name)), "{}", report.name);
            for Reference { column, table, to, .. } in report.refers {
                let other = REPORTS.iter().find(|other| other.name == *table).unwrap();
                assert!(has(column) && other.key == [*to], "{}.{column}", report.name);
            }
        }
    }

    #[test]
    fn an_empty_corpus_gives_empty_tables() {
        let tables = fixture::write_corpus_of(&[], &[], &Config::default());
        assert_eq!(tables.summary.len() as u64, corpus_tables(&chosen(&Config::default()).unwrap()));
        for table in &tables.summary {
            assert_eq!(table.rows > 0, table.file == "columns.csv", "{}", table.file);
        }
        let records = fixture::write_records(&[]);
        assert!(records.summary.tables.iter().all(|table| table.rows == 0));
    }

    #[test]
    fn all_tables_together_are_those_of_the_registry() {
        let corpus = fixture::corpus_tables(&["a"], &Config::default()).summary;
        let records = fixture::record_tables().summary.tables;
        let mut written: Vec<String> = corpus.into_iter().chain(records).map(|table| table.file).collect();
        let looking = fixture::write_records_of(&fixture::records(), &fixture::looking()).summary.tables;
        written.extend(looking.into_iter().map(|table| table.file).filter(|file| file == "kwic.csv"));
        let mut known: Vec<String> = REPORTS.iter().map(Report::file).collect();
        written.sort();
        known.sort();
        assert_eq!(written, known);
    }

    #[test]
    fn a_run_that_is_ended_ends_with_its_error() {
        let stop = || Err(Error::new(ErrorKind::Interrupted, "interrupted", ""));
        let config = Config::default();
        let counts = Counts::of(crate::count::fixture::segment(&[]), &config.count);
        let folder = tempfile::tempdir().unwrap();
        let corpus = CorpusRows {
            config: &config,
            scratch: folder.path(),
            reports: &chosen(&config).unwrap(),
            skipped: &[],
            counts: &counts,
            names: &counts,
            entities: &crate::count::entity::EntityLedger::new(0, folder.path()).finish().unwrap(),
            duplicates: &[],
            grouped: &Grouped::default(),
            removed: &[],
            identities: &[],
        };
        let outputs = Outputs::open(folder.path(), &config).unwrap();
        let ended = write_corpus(&outputs, &corpus, &stop).unwrap_err();
        assert_eq!(ended.kind(), ErrorKind::Interrupted);
    }

    #[test]
    fn only_chosen_tables_are_written_and_those_that_explain_them() {
        let config = Config { tables: vec!["terms.csv".into(), "ngrams".into()], ..Config::default() };
        let names: Vec<&str> = chosen(&config).unwrap().iter().map(|report| report.name).collect();
        assert_eq!(names, ["skipped", "terms", "ngrams", "columns"]);
        let config = Config { tables: vec!["kwic".into()], ..Config::default() };
        assert_eq!(chosen(&config).unwrap_err().kind(), ErrorKind::Option);
        let config = Config { tables: vec!["kwic".into()], ..fixture::looking() };
        assert_eq!(chosen(&config).unwrap().len(), 3);
        let config = Config { tables: vec!["therms".into()], ..Config::default() };
        assert_eq!(chosen(&config).unwrap_err().kind(), ErrorKind::Option);
    }
}

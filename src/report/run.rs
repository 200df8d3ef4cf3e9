//! `run.json`, the manifest: what was read, with what options and word lists, what was written, and what a careful
//! reader should know. It holds nothing that differs between two runs over the same files: no time, no memory, no
//! thread count, no command line, no path of the machine.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value};

use super::REPORTS;
use super::ownership::MANIFEST;
use super::records::RecordTotals;
use super::table::{MAX_SHEET_ROWS, TableSummary};
use crate::config::{ConcordanceConfig, Config, CorpusConfig, CountConfig, EntityConfig, OutputConfig, Stopwords};
use crate::document::{Date, OutsideColumn, RowOutside};
use crate::error::{Error, ErrorKind, Result};

/// What `run.json` is made of.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// The options; only those that can change an output are written.
    pub config: &'a Config,
    /// SHA-256 over paths and files, from [`super::records::RecordSummary`].
    pub input_sha256: &'a str,
    /// The sums over all documents.
    pub totals: &'a RecordTotals,
    /// Files that could not be used.
    pub skipped: u64,
    /// Entities of the corpus.
    pub entities: u64,
    /// All tables that were written.
    pub tables: &'a [TableSummary],
    /// Names of the word lists and models that were used.
    pub word_lists: &'a [&'a str],
    /// What else should be known, in sentences.
    pub warnings: &'a [String],
}

#[derive(Serialize)]
struct Manifest<'a> {
    tool: &'static str,
    version: &'static str,
    options: Options<'a>,
    input: Input<'a>,
    totals: Totals,
    tables: Vec<TableEntry<'a>>,
    collocation_parameters: Vec<String>,
    word_lists: &'a [&'a str],
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Options<'a> {
    max_file_bytes: u64,
    #[serde(flatten)]
    corpus: &'a CorpusConfig,
    #[serde(flatten)]
    entities: &'a EntityConfig,
    #[serde(flatten)]
    count: &'a CountConfig,
    #[serde(flatten)]
    concordance: &'a ConcordanceConfig,
    #[serde(flatten)]
    output_files: &'a OutputConfig,
    /// File name of the reference word list.
    reference: Option<String>,
    reference_total: Option<u64>,
}

#[derive(Serialize)]
struct Input<'a> {
    files: u64,
    documents: u64,
    skipped: u64,
    sha256: &'a str,
}

#[derive(Serialize)]
struct Totals {
    first_date: Option<String>,
    last_date: Option<String>,
    documents_without_date: u64,
    documents_with_warnings: u64,
    paragraphs: u64,
    sentences: u64,
    tokens: u64,
    entities: u64,
    mentions: u64,
    mentions_scored: u64,
    quotations: u64,
}

#[derive(Serialize)]
struct TableEntry<'a> {
    file: &'a str,
    /// Where its rows are, if not in this file alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<&'a [String]>,
    rows: u64,
    rows_left_out: u64,
    guarded_cells: Map<String, Value>,
    long_cells: u64,
}

/// Writes `run.json` into a folder.
///
/// # Errors
/// [`ErrorKind::Write`] with the path of the file.
pub fn write(folder: &Path, run: &Run<'_>) -> Result<()> {
    let path = folder.join(MANIFEST);
    let written = || -> std::io::Result<()> {
        let mut file = BufWriter::new(File::create(&path)?);
        serde_json::to_writer_pretty(&mut file, &manifest(run))?;
        file.write_all(b"\n")?;
        file.flush()
    };
    written().map_err(|cause| Error::io(ErrorKind::Write, &path, cause))
}

/// What `run.json` holds, as far as it is known; notes of formats come later.
pub(super) fn value(run: &Run<'_>) -> Value {
    serde_json::to_value(manifest(run)).unwrap_or_default()
}

fn manifest<'a>(run: &Run<'a>) -> Manifest<'a> {
    let totals = run.totals;
    Manifest {
        tool: "byline",
        version: env!("CARGO_PKG_VERSION"),
        options: Options {
            max_file_bytes: run.config.max_file_bytes,
            corpus: &run.config.corpus,
            entities: &run.config.entities,
            count: &run.config.count,
            concordance: &run.config.concordance,
            output_files: &run.config.output_files,
            reference: run.config.reference.as_ref().map(|list| file_name(&list.path)),
            reference_total: run.config.reference.as_ref().and_then(|list| list.total),
        },
        input: Input {
            files: totals.documents + run.skipped,
            documents: totals.documents,
            skipped: run.skipped,
            sha256: run.input_sha256,
        },
        totals: Totals {
            first_date: totals.first_date.as_ref().map(Date::to_string),
            last_date: totals.last_date.as_ref().map(Date::to_string),
            documents_without_date: totals.undated,
            documents_with_warnings: totals.documents_with_warnings,
            paragraphs: totals.paragraphs,
            sentences: totals.sentences,
            tokens: totals.tokens,
            entities: run.entities,
            mentions: totals.mentions,
            mentions_scored: totals.mentions_scored,
            quotations: totals.quotations,
        },
        tables: in_order(run.tables).into_iter().map(entry).collect(),
        collocation_parameters: collocation_parameters(&run.config.count),
        word_lists: run.word_lists,
        warnings: warnings(run),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Tables in the order of [`REPORTS`].
fn in_order(tables: &[TableSummary]) -> Vec<&TableSummary> {
    let mut tables: Vec<&TableSummary> = tables.iter().collect();
    tables.sort_by_key(|table| REPORTS.iter().position(|report| report.file() == table.file));
    tables
}

fn entry(table: &TableSummary) -> TableEntry<'_> {
    let guarded = table.guarded.iter();
    TableEntry {
        file: &table.file,
        files: (table.files != [table.file.as_str()]).then_some(table.files.as_slice()),
        rows: table.rows,
        rows_left_out: table.left_out,
        guarded_cells: guarded.map(|(column, count)| ((*column).to_string(), (*count).into())).collect(),
        long_cells: table.long_cells,
    }
}

/// How the rows of `cooccurrence.csv` were chosen, in the manner of the Collocation Parameters Notation (Brezina,
/// `McEnery` & Wattam 2015): statistic, span, least frequency of a word (C) and of a pair (NC), filter.
fn collocation_parameters(config: &CountConfig) -> Vec<String> {
    let measure = if config.pairs_top_by == "g2" { "G2" } else { &config.pairs_top_by };
    let spans = ["document", "paragraph", "sentence"].map(str::to_string);
    let window = format!("L{0}-R{0}", config.window);
    let terms = spans.iter().chain([&window]).map(|span| {
        let best = match config.pairs_top {
            0 => "all pairs".to_string(),
            top => format!("best {top} pairs"),
        };
        let stop = match config.terms.stopwords {
            Stopwords::English => "stop words removed",
            Stopwords::None => "no stop list",
            Stopwords::List(_) => "words of a list removed",
        };
        format!("term: {measure}, {span}, C1-NC{}; {stop}, {best}", config.term_pair_min_count)
    });
    let entities =
        spans.iter().map(|span| format!("entity: {measure}, {span}, C1-NC{}; no filter", config.entity_pair_min_count));
    entities.chain(terms).collect()
}

/// What spreadsheets would change, in sentences that a reader can act on; then the warnings of the run.
pub fn warnings(run: &Run<'_>) -> Vec<String> {
    let mut warnings = Vec::new();
    for table in in_order(run.tables) {
        let file = &table.file;
        if table.exceeds_sheet() {
            warnings.push(format!(
                "{file} has {} rows; spreadsheets show the first {MAX_SHEET_ROWS}. The file is whole.",
                table.rows
            ));
        }
        if table.long_cells > 0 {
            warnings.push(format!(
                "{file} has cells of more than 32767 characters ({}); spreadsheets cut them. The file is whole.",
                table.long_cells
            ));
        }
        for (column, count) in &table.guarded {
            warnings.push(format!(
                "{file}, column {column}: cells that a spreadsheet would run as a formula begin with an apostrophe \
                 ({count})."
            ));
        }
    }
    for (word, count) in &run.totals.missing_columns {
        let column = word.trim_start_matches("missing_").trim_end_matches("_column");
        warnings.push(format!(
            "{count} of {} documents come from records without the column that --{column}-column names; they are \
             marked {word} in documents.csv.",
            run.totals.documents
        ));
    }
    warnings.extend(rows_outside(&run.totals.rows_outside));
    let unseen = run.config.concordance.patterns.iter().filter(|pattern| !run.totals.hits.contains_key(*pattern));
    warnings.extend(unseen.map(|pattern| format!("kwic.csv: nothing was found for {pattern}")));
    warnings.extend_from_slice(run.warnings);
    warnings
}

/// Lines that a warning shows of a longer list.
const LINES: usize = 5;

/// A sentence for each column of `--entities` that leads outside of the text, with its first lines.
fn rows_outside(rows: &BTreeSet<RowOutside>) -> Vec<String> {
    let columns = [
        (OutsideColumn::Start, "column start: behind the end of the file", "entities_outside_file"),
        (OutsideColumn::End, "column end: behind the end of the file", "entities_outside_file"),
        (OutsideColumn::Both, "columns start and end: where no text is read", "entities_outside_text"),
    ];
    let sentence = |&(column, what, word): &(OutsideColumn, &str, &str)| {
        let lines: Vec<u32> = rows.iter().filter(|row| row.column == column).map(|row| row.line).collect();
        let shown: Vec<String> = lines.iter().take(LINES).map(u32::to_string).collect();
        let more = if lines.len() > LINES { format!(" and {} more", lines.len() - LINES) } else { String::new() };
        let line = if lines.len() == 1 { "line" } else { "lines" };
        (!lines.is_empty()).then(|| {
            format!(
                "--entities, {line} {}{more}, {what}; characters of the original file from 0 are expected. The row is \
                 left out, and its document is marked {word} in documents.csv.",
                shown.join(", ")
            )
        })
    };
    columns.iter().filter_map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(config: &Config) -> (String, Value) {
        let table = TableSummary {
            left_out: 7,
            guarded: vec![("feature", 3)],
            long_cells: 1,
            ..TableSummary::of("terms.csv".into(), 2_000_000)
        };
        let totals = RecordTotals { documents: 3, first_date: Date::from_ymd(2031, 4, 5), ..RecordTotals::default() };
        let run = Run {
            config,
            input_sha256: "ab",
            totals: &totals,
            skipped: 2,
            entities: 9,
            tables: &[table],
            word_lists: &["invented list 1"],
            warnings: &["Something was seen.".to_string()],
        };
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &run).unwrap();
        let text = std::fs::read_to_string(folder.path().join("run.json")).unwrap();
        let value = serde_json::from_str(&text).unwrap();
        (text, value)
    }

    #[test]
    fn the_manifest_tells_what_was_done() {
        let (text, json) = written(&Config::default());
        assert!(text.starts_with("{\n") && text.ends_with("}\n"));
        assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(json["input"]["files"], 5);
        assert_eq!(json["options"]["window"], 5);
        assert_eq!(json["totals"]["first_date"], "2031-04-05");
        assert_eq!(json["totals"]["last_date"], Value::Null);
        assert_eq!(json["tables"][0]["guarded_cells"]["feature"], 3);
        assert_eq!(json["tables"][0]["rows_left_out"], 7);
        assert_eq!(json["warnings"].as_array().unwrap().len(), 4);
        let window = "term: G2, L5-R5, C1-NC2; stop words removed, best 20000 pairs";
        assert!(json["collocation_parameters"].as_array().unwrap().contains(&window.into()));
    }

    #[test]
    fn tables_come_in_the_order_of_the_registry() {
        let table = |file: &str| TableSummary::of(file.into(), 0);
        let tables = [table("columns.csv"), table("mentions.csv"), table("documents.csv")];
        let files: Vec<_> = in_order(&tables).iter().map(|table| table.file.as_str()).collect();
        assert_eq!(files, ["documents.csv", "mentions.csv", "columns.csv"]);
    }

    #[test]
    fn options_that_change_no_output_change_no_manifest() {
        let other = Config {
            inputs: vec!["elsewhere".into()],
            output: "another".into(),
            threads: 7,
            batch_bytes: 1,
            memory_bytes: 1 << 21,
            tmp_dir: Some("tmp".into()),
            force: true,
            ..Config::default()
        };
        assert_eq!(written(&Config::default()).0, written(&other).0);
        let narrow = Config { max_file_bytes: 5, ..Config::default() };
        assert_ne!(written(&Config::default()).0, written(&narrow).0);
    }
}

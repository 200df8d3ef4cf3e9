//! `csv-metadata.json`: what the CSV files of a run hold, as the W3C's Metadata Vocabulary for Tabular Data (CSV on the
//! Web) says it. One file for the folder, where readers look for it, because keys lead from table to table.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::column::{Column, Kind};
use super::datapackage::{csv_files, references, tables, write_json};
use super::run::Run;
use super::sink::csv_of;
use super::table::TableSummary;
use super::{Reference, Report};
use crate::config::OutputConfig;
use crate::error::Result;

/// File name.
pub(super) const CSV_METADATA: &str = "csv-metadata.json";

/// Writes `csv-metadata.json` into a folder.
///
/// # Errors
/// [`crate::error::ErrorKind::Write`] with the path of the file.
pub(super) fn write(folder: &Path, run: &Run<'_>) -> Result<()> {
    let config = &run.config.output_files;
    let one = |(report, table): (&Report, &TableSummary)| -> Vec<Value> {
        csv_files(table).map(|file| describe(report, table, file, run.tables, config)).collect()
    };
    let tables: Vec<Value> = tables(run).flat_map(|(report, table)| one((report, table))).collect();
    let group = json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dialect": {
            "encoding": "utf-8",
            "delimiter": config.csv.delimiter.to_string(),
            "lineTerminators": [if config.csv.crlf { "\r\n" } else { "\n" }],
            "quoteChar": "\"",
            "doubleQuote": true,
            "header": true,
            "trim": false,
        },
        "tables": tables,
    });
    write_json(&folder.join(CSV_METADATA), &group)
}

fn describe(
    report: &Report,
    table: &TableSummary,
    file: &str,
    written: &[TableSummary],
    config: &OutputConfig,
) -> Value {
    let columns: Vec<Value> =
        (report.columns)().iter().map(|column| describe_column(report, column, config.csv.decimal_comma)).collect();
    let mut schema = Map::new();
    schema.insert("columns".into(), columns.into());
    // Of a table in parts neither the keys of one part nor those that lead to it can be checked.
    let is_whole = |table: &TableSummary| csv_files(table).count() == 1;
    if !report.key.is_empty() && is_whole(table) {
        schema.insert("primaryKey".into(), json!(report.key));
    }
    let target = |lead: &Reference| written.iter().find(|table| table.name() == lead.table && is_whole(table));
    // Here a key that is missing leads to nothing, and that is not allowed.
    let leads: Vec<Value> = references(report, written)
        .into_iter()
        .filter(|lead| !lead.may_be_missing)
        .filter_map(|lead| target(lead).map(|table| (lead, table)))
        .map(|(lead, table)| {
            json!({
                "columnReference": [lead.column],
                "reference": {"resource": table.file, "columnReference": [lead.to]},
            })
        })
        .collect();
    if !leads.is_empty() {
        schema.insert("foreignKeys".into(), leads.into());
    }
    let mut described = Map::new();
    described.insert("url".into(), file.into());
    described.insert("dc:description".into(), report.about.into());
    if csv_of(report, config) != config.csv {
        // Nothing but the mark differs, and readers take it away.
        described.insert("notes".into(), json!(["without a byte-order mark"]));
    }
    described.insert("tableSchema".into(), schema.into());
    described.into()
}

fn describe_column(report: &Report, column: &Column, decimal_comma: bool) -> Value {
    let mut described = Map::new();
    described.insert("name".into(), column.name.into());
    described.insert("titles".into(), column.name.into());
    described.insert("dc:description".into(), column.definition.into());
    let datatype = match column.kind {
        Kind::Text => json!("string"),
        Kind::Integer => json!("integer"),
        Kind::Number(_) if decimal_comma => json!({"base": "decimal", "format": {"decimalChar": ","}}),
        Kind::Number(_) => json!("decimal"),
        Kind::Date => json!("date"),
        Kind::Boolean => json!("boolean"),
    };
    described.insert("datatype".into(), datatype);
    let leads = report.refers.iter().any(|lead| lead.may_be_missing && lead.column == column.name);
    let missing = column.kind != Kind::Text || leads;
    described.insert("null".into(), if missing { json!([""]) } else { json!([]) });
    described.into()
}

//! `datapackage.json`: what the CSV files of a run hold, as Data Package v2 and Table Schema say it, so that a program
//! reads every column as what it is. Made from the columns the tables are written with.
//!
//! In a text column an empty cell is a text without characters, never a missing value: `missingValues` is empty for the
//! schema, and holds the empty cell only for columns of numbers, dates and booleans, and for those that may lead to
//! another table.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::column::{Column, Kind};
use super::run::Run;
use super::sink::csv_of;
use super::table::TableSummary;
use super::{REPORTS, Reference, Report, Rows};
use crate::config::OutputConfig;
use crate::error::{Error, ErrorKind, Result};

/// File name.
pub const DATA_PACKAGE: &str = "datapackage.json";

/// Writes `datapackage.json` into a folder.
///
/// # Errors
/// [`ErrorKind::Write`] with the path of the file.
pub(super) fn write(folder: &Path, run: &Run<'_>) -> Result<()> {
    let tables = tables(run).map(|(report, table)| resource(report, table, run.tables, &run.config.output_files));
    let resources: Vec<Value> = tables.chain(graphs(run)).collect();
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "byline",
        "description": format!("Tables that byline {} made of {} articles.", env!("CARGO_PKG_VERSION"), run.totals.documents),
        "resources": resources,
    });
    write_json(&folder.join(DATA_PACKAGE), &package)
}

/// Writes a value, indented, with a line end.
///
/// # Errors
/// [`ErrorKind::Write`] with the path of the file.
pub(super) fn write_json(path: &Path, value: &Value) -> Result<()> {
    std::fs::write(path, format!("{value:#}\n")).map_err(|cause| Error::io(ErrorKind::Write, path, cause))
}

/// The tables of a run that have CSV files, in the order of [`REPORTS`].
pub(super) fn tables<'a>(run: &Run<'a>) -> impl Iterator<Item = (&'static Report, &'a TableSummary)> {
    let tables = run.tables;
    REPORTS.iter().filter_map(move |report| {
        let table = tables.iter().find(|table| table.file == report.file())?;
        csv_files(table).next().map(|_| (report, table))
    })
}

/// The files of a run that are no tables.
fn graphs(run: &Run<'_>) -> impl Iterator<Item = Value> {
    let is_graph = |report: &&Report| matches!(report.rows, Rows::Graph(_));
    let written = |report: &&Report| run.tables.iter().any(|table| table.file == report.file());
    REPORTS.iter().filter(is_graph).filter(written).map(|report| {
        json!({
            "name": report.name,
            "description": report.about,
            "path": report.file(),
            "format": "gexf",
            "mediatype": "application/gexf+xml",
            "encoding": "utf-8",
        })
    })
}

/// The CSV files of a table.
pub(super) fn csv_files(table: &TableSummary) -> impl Iterator<Item = &String> {
    table.files.iter().filter(|file| file.ends_with(".csv"))
}

/// The references of a report to tables that were written.
pub(super) fn references(report: &Report, written: &[TableSummary]) -> Vec<&'static Reference> {
    let is_written = |reference: &&Reference| written.iter().any(|table| table.name() == reference.table);
    report.refers.iter().filter(is_written).collect()
}

fn resource(report: &Report, table: &TableSummary, written: &[TableSummary], config: &OutputConfig) -> Value {
    let csv = csv_of(report, config);
    let files: Vec<&String> = csv_files(table).collect();
    let fields: Vec<Value> =
        (report.columns)().iter().map(|column| field(report, column, config.csv.decimal_comma)).collect();
    let mut schema = Map::new();
    schema.insert("fields".into(), fields.into());
    schema.insert("missingValues".into(), json!([]));
    if !report.key.is_empty() {
        schema.insert("primaryKey".into(), json!(report.key));
    }
    let leads: Vec<Value> = references(report, written).into_iter().map(|lead| foreign_key(report, lead)).collect();
    if !leads.is_empty() {
        schema.insert("foreignKeys".into(), leads.into());
    }
    json!({
        "name": report.name,
        "type": "table",
        "description": format!("{} {}", report.about, report.order),
        "path": if let [file] = files[..] { json!(file) } else { json!(files) },
        "format": "csv",
        "mediatype": "text/csv",
        // The mark, if there is one, is no part of the text.
        "encoding": if csv.bom { "utf-8-sig" } else { "utf-8" },
        "dialect": {
            "delimiter": csv.delimiter.to_string(),
            "lineTerminator": if csv.crlf { "\r\n" } else { "\n" },
            "quoteChar": "\"",
            "doubleQuote": true,
            "skipInitialSpace": false,
            "header": true,
        },
        "schema": schema,
    })
}

fn foreign_key(report: &Report, lead: &Reference) -> Value {
    // A table that leads to itself is named so by the standard.
    let resource = if lead.table == report.name { "" } else { lead.table };
    json!({"fields": [lead.column], "reference": {"resource": resource, "fields": [lead.to]}})
}

fn field(report: &Report, column: &Column, decimal_comma: bool) -> Value {
    let mut field = Map::new();
    let mut put = |key: &str, value: Value| drop(field.insert(key.into(), value));
    put("name", column.name.into());
    put("type", column.kind.name().into());
    if column.kind == Kind::Date {
        put("format", "default".into());
    }
    if matches!(column.kind, Kind::Number(_)) && decimal_comma {
        put("decimalChar", ",".into());
    }
    put("description", column.definition.into());
    let leads = report.refers.iter().any(|lead| lead.may_be_missing && lead.column == column.name);
    if column.kind != Kind::Text || leads {
        put("missingValues", json!([""]));
    }
    for (key, text) in [("unit", column.unit), ("formula", column.formula), ("citation", column.citation)] {
        if !text.is_empty() {
            put(key, text.into());
        }
    }
    field.into()
}

//! `report.html`: what the tables say, as one page to look at, print and send. It is written last and reads the finished
//! tables back, one row after the other; it counts nothing anew, and each section names the table that it shows.
//!
//! The page is one file without scripts, and its policy lets it load nothing. It holds no time and no path.
//!
//! To add a section: write `page/x.rs` with a `SECTION` (copy `speakers.rs`), then add `mod x;` and a line of
//! [`SECTIONS`].

mod bar;
mod corpus;
mod entities;
mod keyness;
mod layout;
mod markup;
mod network;
mod quality;
mod quotations;
mod sentiment;
mod series;
mod source;
mod speakers;
mod style;
mod terms;

use std::path::Path;

use self::markup::{Count, Link, Of, Page, Text};
use self::source::Tables;
use super::Report;
use super::column::Column;
use super::run::Run;
use super::sink::{Format, FormatEntry, FormatFiles, Sink};
use crate::config::OutputConfig;
use crate::error::{Error, ErrorKind, Result};

/// File name of the page.
const FILE: &str = "report.html";

/// The format.
pub(super) const FORMAT: FormatEntry =
    FormatEntry { name: OutputConfig::HTML, files: FormatFiles::One(FILE), open: Some(|_| Ok(Box::new(Html))) };

#[derive(Debug)]
struct Html;

impl Format for Html {
    fn open(&self, _: &Path, _: &Report, _: &[Column]) -> Result<Option<Box<dyn Sink>>> {
        Ok(None)
    }

    fn finish(&mut self, folder: &Path, run: &Run<'_>) -> Result<Vec<String>> {
        write(folder, run).map(|()| Vec::new())
    }
}

/// The sections, in the order of the page.
static SECTIONS: &[Section] = &[
    corpus::SECTION,
    terms::SECTION,
    keyness::SECTION,
    entities::SECTION,
    sentiment::SECTION,
    quotations::SECTION,
    speakers::SECTION,
    network::SECTION,
    series::SECTION,
    quality::SECTION,
];

/// A part of the page.
struct Section {
    /// What links call it.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    /// The names of the tables that it shows. Without the first it is left out.
    tables: &'static [&'static str],
    /// What it shows, and how it is to be read, in sentences.
    about: &'static str,
    /// What writes it.
    write: fn(&Tables, &mut Page) -> Result<()>,
}

/// Writes `report.html` into a folder that holds the CSV files.
///
/// # Errors
/// [`ErrorKind::Write`] with the path of the page, [`ErrorKind::Read`] with that of a table.
fn write(folder: &Path, run: &Run<'_>) -> Result<()> {
    let tables = Tables::new(folder, run);
    let mut page = Page::default();
    open(&tables, &mut page);
    for section in SECTIONS {
        section.write(&tables, &mut page)?;
    }
    let version = tables.manifest("/version").and_then(serde_json::Value::as_str).unwrap_or_default();
    page.put(format_args!(
        "</main>\n<footer><p>Written by byline {} from the tables beside it; {} explains every column, {} lists \
         options and totals.</p></footer>\n</body>\n</html>\n",
        Text(version),
        Link("columns.csv"),
        Link("run.json")
    ));
    let path = folder.join(FILE);
    std::fs::write(&path, page.into_string()).map_err(|cause| Error::io(ErrorKind::Write, &path, cause))
}

/// Everything before the first section.
fn open(tables: &Tables, page: &mut Page) {
    page.put(format_args!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"{}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta \
         name=\"referrer\" content=\"no-referrer\">\n<title>byline report</title>\n<style>{}</style>\n</head>\n<body>\n",
        style::policy(),
        style::SHEET
    ));
    let documents = tables.total("/input/documents");
    let say = if documents == 1 { "says" } else { "say" };
    page.put(format_args!("<header>\n<h1>What {} {say}</h1>\n<p class=\"soft\">", Of(documents, "article")));
    let dates = ["/totals/first_date", "/totals/last_date"].map(|place| tables.manifest(place)?.as_str());
    match dates {
        [Some(first), Some(last)] if first == last => page.put(format_args!("{}. ", Text(first))),
        [Some(first), Some(last)] => page.put(format_args!("{} to {}. ", Text(first), Text(last))),
        _ => {}
    }
    page.put(format_args!(
        "{}, {} named, {}.</p>\n<nav aria-label=\"Sections\"><ul>",
        Of(tables.total("/totals/tokens"), "token"),
        Of(tables.total("/totals/entities"), "entity"),
        Of(tables.total("/totals/quotations"), "quotation")
    ));
    for section in SECTIONS {
        page.put(format_args!("<li><a href=\"#{}\">{}</a></li>", section.id, section.title));
    }
    page.put(format_args!("</ul></nav>\n</header>\n<main>\n"));
}

impl Section {
    fn write(&self, tables: &Tables, page: &mut Page) -> Result<()> {
        page.put(format_args!(
            "<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n<p class=\"soft\">{2}</p>\n",
            self.id, self.title, self.about
        ));
        let files: Vec<String> = self.tables.iter().map(|name| format!("{name}.csv")).collect();
        match files.first().map(|file| (file, tables.rows_of(file))) {
            Some((file, None)) => page.put(format_args!("<p>Left out: {file} was not asked for.</p>\n")),
            Some((file, Some(0))) if self.id != quality::SECTION.id => {
                page.put(format_args!("<p>Nothing to show: {} has no rows.</p>\n", Link(file)));
                for warning in tables.warnings().filter(|warning| warning.contains(file.as_str())) {
                    page.put(format_args!("<p>{}</p>\n", Text(warning)));
                }
            }
            _ => (self.write)(tables, page)?,
        }
        self.name_tables(&files, tables, page);
        page.put(format_args!("</section>\n"));
        Ok(())
    }

    /// The line below a section that leads to its tables.
    fn name_tables(&self, files: &[String], tables: &Tables, page: &mut Page) {
        let known: Vec<(&String, u64)> =
            files.iter().filter_map(|file| tables.rows_of(file).map(|rows| (file, rows))).collect();
        if known.is_empty() {
            return;
        }
        page.put(format_args!("<p class=\"from\">From "));
        for (at, (file, rows)) in known.iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            let row = if *rows == 1 { "row" } else { "rows" };
            page.put(format_args!("{comma}{} ({} {row})", Link(file), Count(*rows)));
        }
        page.put(format_args!("</p>\n"));
    }
}

//! What a reader should know before the figures are trusted: what was skipped, what stands twice, what was left out of
//! the texts, and what the run warned of.

use std::collections::BTreeMap;

use super::Section;
use super::markup::{Count, Page, Text};
use super::source::{Tables, whole};
use crate::error::Result;

pub(super) const SECTION: Section = Section {
    id: "quality",
    title: "What the figures rest on",
    tables: &["skipped", "duplicates", "boilerplate", "documents"],
    about: "Files that could not be used, copies, passages that are no part of an article, and what to know about \
            single documents.",
    write,
};

/// Most kinds of warnings of documents that are listed.
const MOST: usize = 12;

fn write(tables: &Tables, page: &mut Page) -> Result<()> {
    let skipped = tally(tables, "skipped", "reason", None)?;
    let roles = tally(tables, "duplicates", "dup_role", None)?;
    let blocks = tally(tables, "boilerplate", "reason", Some("blocks"))?;
    let warned = words(tables)?;
    let copies = roles.get("copy").copied().unwrap_or_default();
    page.put(format_args!("<dl class=\"figures\">"));
    let figures = [
        ("files", Some(tables.total("/input/files"))),
        ("skipped", Some(skipped.values().sum())),
        ("copies of other articles", tables.rows_of("duplicates.csv").map(|_| copies)),
        ("passages left out", tables.rows_of("boilerplate.csv").map(|_| blocks.values().sum())),
        ("documents with a remark", Some(tables.total("/totals/documents_with_warnings"))),
    ];
    for (name, figure) in figures {
        if let Some(figure) = figure {
            page.put(format_args!("<div><dt>{name}</dt><dd>{}</dd></div>", Count(figure)));
        }
    }
    page.put(format_args!("</dl>\n<div class=\"grid\">\n"));
    table("Skipped, by reason", "files", skipped, page);
    table("Passages left out, by how they were known", "passages", blocks, page);
    table("Remarks about documents", "documents", warned, page);
    page.put(format_args!("</div>\n"));
    let warnings: Vec<&str> = tables.warnings().collect();
    if !warnings.is_empty() {
        page.put(format_args!("<h3>Notes of the run</h3>\n<ul class=\"notes\">\n"));
        for warning in warnings {
            page.put(format_args!("<li>{}</li>\n", Text(warning)));
        }
        page.put(format_args!("</ul>\n"));
    }
    Ok(())
}

/// How many rows, or how much of another column, each value of a column has.
fn tally(
    tables: &Tables,
    name: &str,
    column: &'static str,
    sum: Option<&'static str>,
) -> Result<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    if let Some(mut rows) = tables.read(name, [column, sum.unwrap_or(column)])? {
        while let Some([value, count]) = rows.next()? {
            *counts.entry(value.to_owned()).or_default() += if sum.is_some() { whole(count) } else { 1 };
        }
    }
    Ok(counts)
}

/// The fixed words of the column `warnings` of documents.
fn words(tables: &Tables) -> Result<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    if let Some(mut rows) = tables.read("documents", ["warnings"])? {
        while let Some([warnings]) = rows.next()? {
            for word in warnings.split([' ', ';', '|', ',']).filter(|word| !word.is_empty()) {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    Ok(counts)
}

fn table(title: &str, counted: &str, counts: BTreeMap<String, u64>, page: &mut Page) {
    if counts.is_empty() {
        return;
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    page.put(format_args!(
        "<div><h3>{title}</h3>\n<table><thead><tr><th>reason</th><th class=\"n\">{counted}</th></tr></thead><tbody>\n"
    ));
    for (reason, count) in counts.iter().take(MOST) {
        page.put(format_args!(
            "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td></tr>\n",
            Text(&reason.replace('_', " ")),
            Count(*count)
        ));
    }
    page.put(format_args!("</tbody></table></div>\n"));
}

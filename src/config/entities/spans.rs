//! Names that somebody else found, such as another model: a table with the columns `doc` (`doc_id` or `path` of
//! `documents.csv`), `start`, `end` (characters of the original file, as in `mentions.csv`), `type` and, if it is known,
//! `name` (the entity's canonical name). Whatever is wrong with a row ends the run before it begins; offsets outside a
//! text are found when the text is read.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Serialize, Serializer};

use crate::config::word_list::{Rows, manifest, wrong};
use crate::document::EntityKind;
use crate::error::Result;

/// A name that somebody else found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameSpan {
    /// First character.
    pub start: u64,
    /// After the last character.
    pub end: u64,
    /// What it is.
    pub kind: EntityKind,
    /// The entity's name; empty when byline is to decide.
    pub name: String,
    /// Line of the file, from 1.
    pub line: usize,
}

/// The names of all documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpanList {
    /// By document, in text order.
    documents: BTreeMap<String, Vec<NameSpan>>,
    rows: usize,
    sha256: String,
}

const COLUMNS: [&str; 4] = ["doc", "start", "end", "type"];

impl SpanList {
    /// Reads a table of spans.
    ///
    /// # Errors
    /// With path, line and column, for a file that is no such table and for a cell that is not what its column holds.
    pub fn read(path: &Path) -> Result<SpanList> {
        let rows = Rows::read(path, &COLUMNS)?;
        let mut list = SpanList { sha256: rows.sha256().to_owned(), ..SpanList::default() };
        for (line, row) in rows.records()? {
            let number = |column: &str| {
                row.get(column).trim().parse::<u64>().map_err(|_| {
                    let cause = format!("column {column}: {:?} is no whole number", row.get(column));
                    wrong(path, line, &cause, "count characters of the original file from 0")
                })
            };
            let (start, end) = (number("start")?, number("end")?);
            if end <= start {
                let cause = format!("column end: {end} is not after start {start}");
                return Err(wrong(path, line, &cause, "let end be the first character after the name"));
            }
            let label = row.get("type");
            let kind = kind_of(label)
                .map_err(|expected| wrong(path, line, &format!("column type: {label:?} is no type"), &expected))?;
            let doc = row.get("doc");
            if doc.is_empty() {
                return Err(wrong(path, line, "column doc: is empty", "write doc_id or path of documents.csv"));
            }
            let span = NameSpan { start, end, kind, name: row.get("name").trim().to_owned(), line };
            list.documents.entry(doc.to_owned()).or_default().push(span);
            list.rows += 1;
        }
        // Of spans that overlap the first and longest is kept.
        for spans in list.documents.values_mut() {
            spans.sort_by(|a, b| (a.start, std::cmp::Reverse(a.end), a).cmp(&(b.start, std::cmp::Reverse(b.end), b)));
            spans.dedup_by(|later, first| later.start < first.end);
        }
        Ok(list)
    }

    /// The names of a document, in text order without overlaps, by its id, else by its path.
    pub fn of(&self, id: &str, path: &str) -> &[NameSpan] {
        self.documents.get(id).or_else(|| self.documents.get(path)).map_or(&[], Vec::as_slice)
    }

    /// The documents that rows name, and the first line of each.
    pub fn documents(&self) -> impl Iterator<Item = (&str, usize)> {
        self.documents.iter().map(|(doc, spans)| (doc.as_str(), spans.iter().map(|span| span.line).min().unwrap_or(0)))
    }
}

impl Serialize for SpanList {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        manifest(serializer, self.rows, &self.sha256)
    }
}

/// The kind that a label means: byline's own, or one of CoNLL, OntoNotes and spaCy.
///
/// # Errors
/// The labels there are, for one that is unknown.
pub(super) fn kind_of(label: &str) -> std::result::Result<EntityKind, String> {
    Ok(match label.trim().to_ascii_uppercase().as_str() {
        "PERSON" | "PER" => EntityKind::Person,
        "ORG" | "ORGANIZATION" => EntityKind::Org,
        "GPE" => EntityKind::Gpe,
        "LOC" | "LOCATION" => EntityKind::Loc,
        "EVENT" => EntityKind::Event,
        "FACILITY" | "FAC" | "PRODUCT" | "WORK_OF_ART" => EntityKind::Facility,
        "MISC" | "NORP" | "LAW" | "LANGUAGE" => EntityKind::Misc,
        _ => {
            return Err(
                "write PERSON (PER), ORG, GPE, LOC, EVENT, FACILITY (FAC, PRODUCT, WORK_OF_ART) or MISC (NORP, \
                        LAW, LANGUAGE)"
                    .to_owned(),
            );
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<SpanList> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        SpanList::read(file.path())
    }

    #[test]
    fn spans_are_found_by_id_and_by_path() {
        let list =
            read("doc,start,end,type,name\nd00000001,9,12,PER,Anna Vale\nb.txt,0,4,GPE,\nb.txt,2,4,ORG,\n").unwrap();
        assert_eq!(list.of("d00000001", "a.txt").len(), 1);
        let spans = list.of("d00000002", "b.txt");
        assert_eq!((spans.len(), spans[0].kind), (1, EntityKind::Gpe));
        assert!(list.of("d00000003", "c.txt").is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_with_line_and_column() {
        for (row, told) in [
            ("a,x,4,PER", "line 2: column start: \"x\""),
            ("a,4,4,PER", "line 2: column end: 4 is not after start 4"),
            ("a,0,4,HUMAN", "line 2: column type: \"HUMAN\""),
            (",0,4,PER", "line 2: column doc"),
            ("a,0,4", "line 2: has 3 cells, not 4"),
        ] {
            let error = read(&format!("doc,start,end,type\n{row}\n")).unwrap_err().to_string();
            assert!(error.contains(told) && error.contains(';'), "{error}");
        }
        assert!(read("doc,start,end\n").unwrap_err().to_string().contains("type"));
        assert!(read("").unwrap_err().to_string().contains("line 1"));
    }
}

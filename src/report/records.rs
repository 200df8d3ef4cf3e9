//! The tables whose rows belong to one document: [`Writer`] takes the records of each document, in document order,
//! and appends its rows to every such table. [`DocumentRows`] is what those tables read: the records together with
//! the corpus-wide identity of each entity. Nothing is kept from one document to the next.

use std::path::Path;

use super::table::{Table, TableSummary};
use super::{REPORTS, Rows, key};
use crate::document::{DocId, EntityKind};
use crate::error::Result;
use crate::record::{QuotationRecord, Records, SentenceRecord};

/// An entity as the whole corpus knows it: what every table calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityIdentity {
    /// `e000001`, numbered in the order of `entities.csv`.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
}

/// One document's records, ready to be written.
#[derive(Clone, Copy, Debug)]
pub struct DocumentRows<'a> {
    /// The records.
    pub records: &'a Records,
    /// The identity of each of `records.entities`, by the same index.
    pub identities: &'a [&'a EntityIdentity],
}

impl<'a> DocumentRows<'a> {
    /// The document's identity.
    pub fn doc(&self) -> DocId {
        self.records.document.doc_id()
    }

    /// The entity of a local index.
    pub fn entity(&self, local: u32) -> Option<&'a EntityIdentity> {
        self.identities.get(local as usize).copied()
    }

    /// The name of an entity, when there is one.
    pub fn entity_name(&self, local: Option<u32>) -> Option<&'a str> {
        local
            .and_then(|local| self.entity(local))
            .map(|entity| entity.name.as_str())
    }

    /// The sentence of an index.
    pub fn sentence(&self, index: u32) -> Option<&'a SentenceRecord> {
        self.records.sentences.get(index as usize)
    }

    /// The key of a sentence by index.
    pub fn sentence_id(&self, index: u32) -> Option<String> {
        self.sentence(index)
            .map(|sentence| key::sentence_id(self.doc(), sentence.number))
    }

    /// The quotation of an index.
    pub fn quotation(&self, index: Option<u32>) -> Option<&'a QuotationRecord> {
        self.records.quotations.get(index? as usize)
    }

    /// The quotation that tells the speaker of another: itself, or the nearest around it that names somebody.
    pub fn spoken(&self, index: Option<u32>) -> Option<&'a QuotationRecord> {
        let mut index = index?;
        loop {
            let quotation = self.quotation(Some(index))?;
            if quotation.speaker.is_some() || !quotation.speaker_surface.is_empty() {
                return Some(quotation);
            }
            // One around another comes first, so this ends.
            index = quotation.parent.filter(|parent| *parent < index)?;
        }
    }

    /// Who says a quotation: the entity's name, or the words that name somebody who is none.
    pub fn speaker(&self, index: Option<u32>) -> Option<&'a str> {
        let quotation = self.spoken(index)?;
        let surface = quotation.speaker_surface.as_str();
        self.entity_name(quotation.speaker)
            .or((!surface.is_empty()).then_some(surface))
    }
}

/// The open tables of records.
#[derive(Debug)]
pub struct Writer {
    tables: Vec<(Append, Table)>,
}

/// How a report writes the rows of one document.
type Append = fn(&DocumentRows<'_>, &mut Table) -> Result<()>;

impl Writer {
    /// Opens the tables in a folder.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Write`] with the path of the table.
    pub fn create(folder: &Path) -> Result<Writer> {
        let mut tables = Vec::new();
        for report in REPORTS {
            if let Rows::Document(append) = report.rows {
                tables.push((append, Table::create(folder, report.name, (report.columns)())?));
            }
        }
        Ok(Writer { tables })
    }

    /// Appends the rows of one document. Documents come in ascending order of their id; `identities` holds the
    /// identity of each of the document's entities, by the same index.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Write`] with the path of the table.
    pub fn write(&mut self, records: &Records, identities: &[&EntityIdentity]) -> Result<()> {
        debug_assert_eq!(
            records.entities.len(),
            identities.len(),
            "identities of document {}",
            records.document.id
        );
        let rows = DocumentRows { records, identities };
        self.tables
            .iter_mut()
            .try_for_each(|(append, table)| append(&rows, table))
    }

    /// Closes the tables.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Write`] with the path of the table.
    pub fn finish(self) -> Result<Vec<TableSummary>> {
        self.tables.into_iter().map(|(_, table)| table.finish()).collect()
    }
}

//! One task: a batch of consecutive files is read, annotated and counted, away from everything else. What it gives is
//! a [`Part`]; the pipeline takes parts up in input order.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::annotate::Annotator;
use crate::config::Config;
use crate::corpus::{self, Outcome, Skipped, Source};
use crate::count::{Census, Segment};
use crate::document::{DocId, Document};
use crate::error::Result;
use crate::record::Records;
use crate::resolve::Names;
use crate::spool::Batch;

/// A batch of files and the number of its first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Task<'a> {
    /// Consecutive files.
    pub(super) sources: &'a [Source],
    first: u32,
}

/// What a task gives.
#[derive(Debug)]
pub(super) struct Part {
    /// The documents' records, encoded.
    pub(super) batch: Batch,
    /// The documents' counts.
    pub(super) segment: Segment,
    /// How often each document-local entity is mentioned.
    pub(super) names: Names,
    /// The files that became no document.
    pub(super) skipped: Vec<Skipped>,
}

/// Cuts files into tasks of about `config.batch_bytes` each. Files are numbered from 1 in input order.
pub(super) fn tasks<'a>(sources: &'a [Source], config: &Config) -> Vec<Task<'a>> {
    let mut tasks = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, source) in sources.iter().enumerate() {
        bytes += source.bytes;
        if bytes >= config.batch_bytes || index + 1 == sources.len() {
            tasks.push(Task { sources: &sources[start..=index], first: start as u32 + 1 });
            (start, bytes) = (index + 1, 0);
        }
    }
    tasks
}

impl Task<'_> {
    /// Reads, annotates and counts the batch.
    pub(super) fn run(self, config: &Config, annotators: &[Box<dyn Annotator>]) -> Result<Part> {
        let mut census = Census::new(&config.count);
        let (mut batch, mut names, mut skipped) = (Batch::default(), Names::default(), Vec::new());
        for (source, id) in self.sources.iter().zip(self.first..) {
            let mut entries = Vec::new();
            corpus::open(source, config, &mut |entry| {
                entries.push(entry);
                true
            });
            let Some(Ok(entry)) = entries.pop() else { continue };
            match annotated(entry, source, DocId(id), config, annotators) {
                Ok(doc) => {
                    let records = Records::from_document(&doc);
                    census.observe(&doc);
                    names.observe(&records);
                    batch.push(&records)?;
                }
                Err(reason) => skipped.push(*reason),
            }
        }
        Ok(Part { batch, segment: census.seal(), names, skipped })
    }
}

/// Reads and annotates one file. A defect of byline's own that one file brings to light costs that file, not the run.
fn annotated(
    entry: corpus::Entry,
    source: &Source,
    id: DocId,
    config: &Config,
    annotators: &[Box<dyn Annotator>],
) -> std::result::Result<Document, Box<Skipped>> {
    let attempt = catch_unwind(AssertUnwindSafe(|| match corpus::read(entry, config) {
        Outcome::Skipped(skipped) => Err(Box::new(skipped)),
        Outcome::Article(article) => {
            let mut doc = Document::from_article(*article);
            doc.article.id = id;
            for stage in annotators {
                stage.annotate(&mut doc);
            }
            Ok(doc)
        }
    }));
    attempt.unwrap_or_else(|_| {
        Err(Box::new(Skipped {
            record: 0,
            path: source.shown.clone(),
            bytes: Some(source.bytes),
            reason: "internal_error",
            detail: "byline failed on this file; please report it with the file".to_owned(),
            action: "skipped",
        }))
    })
}

//! One task: a run of consecutive articles is annotated and counted, away from everything else. What it gives is a
//! [`Part`]; the pipeline takes parts up in order.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::findings::Findings;
use super::intake::{Known, defect};
use crate::annotate::Annotator;
use crate::config::Config;
use crate::config::entities::decisions::Decisions;
use crate::corpus::Skipped;
use crate::count::{Census, Segment, Wording};
use crate::document::{Article, Document};
use crate::error::Result;
use crate::measure::diversity;
use crate::record::{LexicalRecord, Records};
use crate::resolve::{Tally, decide};
use crate::spool::Batch;
use crate::spool::article::{Articles, Frame};

/// Consecutive articles, still encoded, and the number of the first, counted from 0.
#[derive(Debug)]
pub(super) struct Task {
    frames: Vec<Frame>,
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
    pub(super) names: Tally,
    /// The articles that became no document.
    pub(super) skipped: Vec<Skipped>,
    /// Articles.
    pub(super) articles: u64,
}

impl Part {
    /// Words and numbers of the bodies.
    pub(super) fn tokens(&self) -> u64 {
        self.segment.tokens() as u64
    }
}

/// Bytes on disk of the articles of one task, as a share of the bytes that they were read from.
const COMPRESSED: u64 = 2;

/// Cuts articles into tasks of about `config.batch_bytes` each and reads them, a round after another.
pub(super) struct Tasks<'a> {
    articles: &'a mut Articles,
    known: &'a [Known],
    config: &'a Config,
    next: usize,
}

impl<'a> Tasks<'a> {
    /// All tasks. Articles are numbered from 1 in the order of `known`.
    pub(super) fn new(articles: &'a mut Articles, known: &'a [Known], config: &'a Config) -> Tasks<'a> {
        Tasks { articles, known, config, next: 0 }
    }

    /// The next tasks, at most so many; empty at the end.
    ///
    /// # Errors
    /// When the articles cannot be read from disk.
    pub(super) fn round(&mut self, most: usize) -> Result<Vec<Task>> {
        let mut tasks = Vec::new();
        while tasks.len() < most && self.next < self.known.len() {
            let mut task = Task { frames: Vec::new(), first: self.next as u32 };
            let mut bytes = 0;
            while bytes < self.config.batch_bytes / COMPRESSED + 1
                && let Some(known) = self.known.get(self.next)
            {
                bytes += known.place.bytes();
                task.frames.push(self.articles.read(known.place)?);
                self.next += 1;
            }
            tasks.push(task);
        }
        Ok(tasks)
    }
}

impl Task {
    /// The task of one article.
    pub(super) fn of_one(frame: Frame, first: u32) -> Task {
        Task { frames: vec![frame], first }
    }

    /// Annotates the articles and counts them into a census that is still empty.
    pub(super) fn run(
        self,
        mut census: Census,
        findings: &Findings,
        annotators: &[Box<dyn Annotator>],
        decisions: &Decisions,
    ) -> Result<Part> {
        let (mut batch, mut names, mut skipped) = (Batch::default(), Tally::default(), Vec::new());
        let articles = self.frames.len() as u64;
        for (frame, index) in self.frames.iter().zip(self.first..) {
            let article = findings.article(frame, index)?;
            if findings.drops(index) {
                skipped.push(copy(&article));
                continue;
            }
            match annotate(article, annotators) {
                Ok(doc) => {
                    let mut records = Records::from_document(&doc, lexis(&census.observe(&doc)));
                    decide::apply(&mut records, decisions);
                    names.observe(&records);
                    batch.push(&records)?;
                }
                Err(reason) => skipped.push(*reason),
            }
        }
        Ok(Part { batch, segment: census.seal(), names, skipped, articles })
    }
}

/// What is measured over the words of a document.
fn lexis(wording: &Wording<'_>) -> LexicalRecord {
    let Wording { features, types, letters, syllables } = *wording;
    LexicalRecord {
        types,
        letters,
        syllables,
        mattr_50: diversity::mattr(features, 50),
        mtld: diversity::mtld(features),
        yule_k: diversity::yule_k(features),
    }
}

/// The row of a copy that is left out.
fn copy(article: &Article) -> Skipped {
    let original = article.duplicate.map_or(article.id, |place| place.representative);
    let detail = format!("a copy of {original}, see duplicates.csv; --duplicates mark keeps copies");
    let row = Skipped::new(&article.path, None, "duplicate", detail);
    Skipped { record: article.record, ..row }
}

/// Annotates one article. A defect of byline's own that one article brings to light costs that article, not the run.
pub(super) fn annotate(
    article: Article,
    annotators: &[Box<dyn Annotator>],
) -> std::result::Result<Document, Box<Skipped>> {
    let (path, record) = (article.path.clone(), article.record);
    let attempt = catch_unwind(AssertUnwindSafe(|| {
        let mut doc = Document::from_article(article);
        for stage in annotators {
            stage.annotate(&mut doc);
        }
        doc
    }));
    attempt.map_err(|_| Box::new(defect(&path, record, None)))
}

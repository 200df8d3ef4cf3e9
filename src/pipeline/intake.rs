//! The first half of a run: files are opened one after the other on a thread of their own, what is in them is read on
//! all threads, and the articles wait on disk in the order in which they came. Only what the corpus as a whole must
//! know of each stays in memory.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::{Progress, check};
use crate::config::entities::spans::SpanList;
use crate::config::{Boilerplate, Config, CorpusConfig, Duplicates};
use crate::corpus::{self, Listing, Opened, Outcome, Reader, Skipped};
use crate::count::group::ColumnCheck;
use crate::error::Result;
use crate::spool::article::{ArticleSpool, Articles, Frame, Place};
use crate::survey::{Digest, Survey, passage_keys};

/// Batches that wait to be read, for each thread.
const WAITING: usize = 2;
/// Entries that make a batch, however small they are.
const MANY: usize = 512;

/// What was read.
pub(super) struct Intake {
    /// The articles, on disk.
    pub(super) articles: Articles,
    /// Where each is, in the order of their numbers: by path, then record.
    pub(super) known: Vec<Known>,
    /// What became no article.
    pub(super) skipped: Vec<Skipped>,
    /// What is known of all of them together.
    pub(super) survey: Survey,
}

impl Intake {
    /// What is said of documents that names are given for and that are not there.
    pub(super) fn unknown_documents(&self, spans: &SpanList) -> Option<String> {
        let number = |doc: &str| doc.strip_prefix('d').filter(|n| n.len() == 8).and_then(|n| n.parse::<usize>().ok());
        let is_known = |doc: &str| {
            number(doc).is_some_and(|n| (1..=self.known.len()).contains(&n))
                || self.known.binary_search_by(|known| (*known.path).cmp(doc)).is_ok()
        };
        let unknown: Vec<(&str, usize)> = spans.documents().filter(|(doc, _)| !is_known(doc)).collect();
        let (doc, line) = unknown.iter().min_by_key(|(_, line)| *line)?;
        let count = unknown.len();
        Some(format!(
            "--entities: {count} of its documents are not among those that were read, the first in line {line}: {doc}; \
             use doc_id or path of documents.csv."
        ))
    }
}

/// What is known of an article that waits on disk.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Its path as the tables show it.
    path: Box<str>,
    /// Its record, from 1; 0 for a whole file.
    record: u32,
    /// How many were read before it.
    order: u32,
    /// Where it waits.
    pub(super) place: Place,
}

/// What the opener hands to the readers.
#[derive(Default)]
pub(super) struct Batch {
    /// What was opened.
    pub(super) entries: Vec<Opened>,
    /// Bytes of its entries.
    bytes: u64,
    /// Files that were opened to the end.
    pub(super) files: u64,
}

/// What reading makes of an entry.
enum Read {
    Article(Frame, Digest, Box<str>, u32, Vec<String>),
    Skipped(Skipped),
}

/// Opens and reads every file.
pub(super) fn take_in(listing: &Listing, config: &Config, scratch: &Path, progress: &dyn Progress) -> Result<Intake> {
    progress.stage("reading", listing.files.len() as u64);
    let reader = Reader::new(config)?;
    let mut spool = ArticleSpool::create(scratch)?;
    let mut survey = Survey::default();
    let mut columns = ColumnCheck::new(config);
    let (mut known, mut skipped) = (Vec::new(), listing.skipped.clone());
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING * rayon::current_num_threads());
        scope.spawn(move || open(listing, config, &sender));
        while let Some(round) = next_round(&receiver) {
            check(progress)?;
            let files: u64 = round.iter().map(|batch| batch.files).sum();
            let read: Vec<Vec<Result<Read>>> = round
                .into_par_iter()
                .map(|batch| {
                    batch.entries.into_iter().map(|entry| read(&reader, &config.corpus, &columns, entry)).collect()
                })
                .collect();
            for outcome in read.into_iter().flatten() {
                match outcome? {
                    Read::Article(frame, digest, path, record, named) => {
                        columns.add(named);
                        let order = survey.add(&digest);
                        known.push(Known { path, record, order, place: spool.push(&frame)? });
                    }
                    Read::Skipped(row) => skipped.push(row),
                }
            }
            progress.advance(files);
        }
        columns.finish()
    })?;
    // A stable sort: of two articles with one name, the first in the archive comes first.
    known.sort_by(|a: &Known, b| (a.path.as_bytes(), a.record).cmp(&(b.path.as_bytes(), b.record)));
    let order: Vec<u32> = known.iter().map(|known| known.order).collect();
    survey.arrange(&order);
    skipped.sort();
    Ok(Intake { articles: spool.finish()?, known, skipped, survey })
}

/// Opens the files and sends what is in them in batches; ends when nobody wants more.
fn open(listing: &Listing, config: &Config, sender: &SyncSender<Batch>) {
    // Nobody listens any more when the run was interrupted.
    in_batches(listing, config, &mut |batch| sender.send(batch).is_ok());
}

/// Opens the files and hands over what is in them in batches, while `sink` wants more.
pub(super) fn in_batches(listing: &Listing, config: &Config, sink: &mut dyn FnMut(Batch) -> bool) {
    let mut batch = Batch::default();
    let whole = each_entry(listing, config, &mut |opened| {
        let Some(opened) = opened else {
            batch.files += 1;
            return true;
        };
        batch.bytes += opened.as_ref().map_or(0, |entry| entry.bytes);
        batch.entries.push(opened);
        let full = batch.bytes >= config.batch_bytes || batch.entries.len() >= MANY;
        !full || sink(std::mem::take(&mut batch))
    });
    if whole {
        sink(batch);
    }
}

/// Opens the files and hands over what is in them, and nothing at the end of each file, while `sink` wants more. Gives
/// whether it did to the end.
pub(super) fn each_entry(listing: &Listing, config: &Config, sink: &mut dyn FnMut(Option<Opened>) -> bool) -> bool {
    listing.files.iter().all(|source| {
        let attempt = catch_unwind(AssertUnwindSafe(|| corpus::open(source, config, &mut |opened| sink(Some(opened)))));
        let goes_on = attempt.unwrap_or_else(|_| sink(Some(Err(defect(&source.shown, 0, Some(source.bytes))))));
        goes_on && sink(None)
    })
}

/// The next batches: as many as are ready, a few for each thread at most.
fn next_round(receiver: &Receiver<Batch>) -> Option<Vec<Batch>> {
    let mut round = vec![receiver.recv().ok()?];
    round.extend(receiver.try_iter().take(WAITING * rayon::current_num_threads()));
    Some(round)
}

/// Reads one entry. A defect of byline's own that one entry brings to light costs that entry, not the run.
fn read(reader: &Reader<'_>, options: &CorpusConfig, columns: &ColumnCheck, opened: Opened) -> Result<Read> {
    let entry = match opened {
        Ok(entry) => entry,
        Err(skipped) => return Ok(Read::Skipped(skipped)),
    };
    let (path, record, bytes) = (entry.path.clone(), entry.record, entry.bytes);
    let attempt = catch_unwind(AssertUnwindSafe(|| reader.read(entry)));
    Ok(match attempt.unwrap_or_else(|_| Outcome::Skipped(defect(&path, record, Some(bytes)))) {
        Outcome::Skipped(row) => Read::Skipped(row),
        Outcome::Article(article) => {
            let named = columns.columns_of(&article);
            let keys = if options.boilerplate == Boilerplate::Learn { passage_keys(&article) } else { Vec::new() };
            let digest = Digest::of(&article, &keys, options.duplicates != Duplicates::Keep);
            Read::Article(Frame::encode(&article, keys)?, digest, path.into(), record, named)
        }
    })
}

/// The row of what byline failed on.
pub(super) fn defect(path: &str, record: u32, bytes: Option<u64>) -> Skipped {
    let detail = "byline failed on this file; please report it with the file";
    Skipped { record, ..Skipped::new(path, bytes, "internal_error", detail) }
}

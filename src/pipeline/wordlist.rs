//! A word list in one pass: files are opened, read and counted as they come, and nothing is kept but the vocabulary. One
//! thread does all of it by itself; of several, one opens files and the others read and count, each for itself.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;

use rayon::ThreadPool;

use super::intake::{Batch, defect, each_entry, in_batches};
use super::{Progress, check, pool};
use crate::annotate;
use crate::annotate::words::WordReader;
use crate::config::Config;
use crate::corpus::{self, Listing, Opened, Outcome, Reader, Skipped};
use crate::count::Census;
use crate::count::wordlist::Tally;
use crate::document::Article;
use crate::error::Result;
use crate::model::packed::Bag;

/// Batches that wait to be read, for each thread.
const WAITING: usize = 2;
/// Documents that a census holds before they are added up.
const SEGMENT: usize = 256;

/// A word list, and what it was made of.
#[derive(Debug)]
pub struct Wordlist {
    /// The words.
    pub tally: Tally,
    /// What became no article, by path and record.
    pub skipped: Vec<Skipped>,
}

/// Reads the articles and counts their words: frequencies and document frequencies as `terms.csv` has them when
/// boilerplate and copies stay in.
///
/// # Errors
/// Only when the environment fails the run (a missing path, a wrong option) or the user interrupts it.
pub fn wordlist(config: &Config, progress: &dyn Progress) -> Result<Wordlist> {
    config.validate()?;
    let listing = corpus::walk(config)?;
    progress.stage("counting", listing.files.len() as u64);
    let reader = Reader::new(config)?.of_text_only();
    let worker = Worker::new(&reader, config);
    let mut counted = match config.threads {
        1 => alone(worker, &listing, config, progress),
        _ => together(&worker, &pool(config)?, &listing, config, progress),
    };
    check(progress)?;
    counted.skipped.extend(listing.skipped);
    counted.skipped.sort();
    counted.skipped.iter().for_each(|row| progress.skipped(row));
    Ok(counted)
}

fn alone(mut worker: Worker<'_>, listing: &Listing, config: &Config, progress: &dyn Progress) -> Wordlist {
    each_entry(listing, config, &mut |opened| {
        match opened {
            Some(opened) => worker.take(opened),
            None => progress.advance(1),
        }
        !progress.is_interrupted()
    });
    worker.finish()
}

fn together(
    worker: &Worker<'_>,
    pool: &ThreadPool,
    listing: &Listing,
    config: &Config,
    progress: &dyn Progress,
) -> Wordlist {
    let (sender, receiver) = sync_channel::<Batch>(WAITING * pool.current_num_threads());
    let receiver = Mutex::new(receiver);
    let work = || {
        let mut worker = worker.clone();
        loop {
            let next = receiver.lock().map(|waiting| waiting.recv());
            let Ok(Ok(batch)) = next else { return worker.finish() };
            batch.entries.into_iter().for_each(|opened| worker.take(opened));
            progress.advance(batch.files);
        }
    };
    let parts = std::thread::scope(|scope| {
        scope.spawn(move || {
            in_batches(listing, config, &mut |batch| !progress.is_interrupted() && sender.send(batch).is_ok())
        });
        pool.broadcast(|_| work())
    });
    let mut whole = Wordlist { tally: Tally::default(), skipped: Vec::new() };
    for part in parts {
        whole.skipped.extend(part.skipped);
        match whole.tally.types() {
            0 => whole.tally = part.tally,
            _ => whole.tally.merge(&part.tally),
        }
    }
    whole
}

/// What reads and counts on one thread.
#[derive(Clone)]
struct Worker<'a> {
    reader: &'a Reader<'a>,
    words: WordReader,
    bag: Bag,
    /// Where options make another feature of a word: the documents that are not added up yet, and an empty census.
    census: Option<(Census, Census)>,
    tally: Tally,
    skipped: Vec<Skipped>,
}

impl<'a> Worker<'a> {
    fn new(reader: &'a Reader<'a>, config: &Config) -> Worker<'a> {
        let census = || Census::new(&config.count).without_wording();
        let census = (!config.count.terms.counts_tokens_as_they_are()).then(census);
        Worker {
            reader,
            words: WordReader::default(),
            bag: Bag::default(),
            census: census.map(|empty| (empty.clone(), empty)),
            tally: Tally::default(),
            skipped: Vec::new(),
        }
    }

    /// Reads and counts one entry. A defect of byline's own that one entry brings to light costs that entry, not the run.
    fn take(&mut self, opened: Opened) {
        let entry = match opened {
            Ok(entry) => entry,
            Err(row) => return self.skipped.push(row),
        };
        let bytes = entry.bytes;
        let (path, record) = (entry.path.clone(), entry.record);
        let attempt = catch_unwind(AssertUnwindSafe(|| match self.reader.read(entry) {
            Outcome::Article(article) => self.count(*article),
            Outcome::Skipped(row) => self.skipped.push(row),
        }));
        if attempt.is_err() {
            self.skipped.push(defect(&path, record, Some(bytes)));
        }
    }

    fn count(&mut self, article: Article) {
        let Some((census, empty)) = &mut self.census else {
            self.bag.clear();
            self.words.read(&article, &mut self.bag);
            return self.tally.add(&self.bag);
        };
        census.observe(&annotate::segmented(article));
        if census.documents() >= SEGMENT {
            self.tally.add_segment(&std::mem::replace(census, empty.clone()).seal());
        }
    }

    fn finish(mut self) -> Wordlist {
        if let Some((census, _)) = self.census {
            self.tally.add_segment(&census.seal());
        }
        Wordlist { tally: self.tally, skipped: self.skipped }
    }
}

//! Bounded memory: holds the sealed segments of workers and, over the budget, counts and spills them as sorted tables.
//!
//! Whether anything was spilled never shows in a result. Temporary files lie in one folder that is removed when the store,
//! or the [`Counts`] it became, is dropped.

use std::path::{Path, PathBuf};

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::config::CountConfig;
use crate::count::cooccurrence::{Labels, PairIndex};
use crate::count::counts::Counts;
use crate::count::merge::merge;
use crate::count::ngram::LONGEST;
use crate::count::run::{NgramRecord, PairRecord, Reader, Renumbering, Row, TermRecord, Writer};
use crate::count::segment::{DocStat, Segment};
use crate::count::totals::{Margins, Totals};
use crate::count::vocabulary::Words;
use crate::count::{Unit, item, ngram, places, term};
use crate::error::{Error, ErrorKind, Result};

/// Runs that are merged at once: each costs a buffer and 4 bytes for each of its features.
const FAN_IN: usize = 16;
/// Segments that are made one: each has a vocabulary of its own, which the one has once.
const MANY: usize = 32;
/// Tokens of one segment; positions in it are 32 bits wide.
const SEGMENT_TOKENS: usize = 1 << 30;

/// Where the segments of a run of byline are collected.
#[derive(Debug)]
pub struct Store {
    config: CountConfig,
    memory_bytes: u64,
    tmp_dir: PathBuf,
    held: Vec<Segment>,
    /// The last ones that came, not yet made one.
    recent: Vec<Segment>,
    held_bytes: u64,
    held_tokens: usize,
    spill: Option<Spill>,
}

/// A folder of sorted tables. The folder goes when this is dropped.
#[derive(Debug)]
pub(crate) struct Spill {
    folder: tempfile::TempDir,
    pub(crate) runs: Vec<Run>,
    named: usize,
}

/// The tables of one spilled part of the corpus. Features and documents stay in memory.
#[derive(Debug)]
pub(crate) struct Run {
    stem: PathBuf,
    pub(crate) words: Words,
    pub(crate) docs: Vec<DocStat>,
    pub(crate) totals: Totals,
}

impl Store {
    /// An empty store that holds segments of up to `memory_bytes` and then spills to a new folder in `tmp_dir`.
    pub fn new(config: &CountConfig, memory_bytes: u64, tmp_dir: &Path) -> Store {
        Store {
            config: config.clone(),
            memory_bytes,
            tmp_dir: tmp_dir.to_path_buf(),
            held: Vec::new(),
            recent: Vec::new(),
            held_bytes: 0,
            held_tokens: 0,
            spill: None,
        }
    }

    /// Adds a segment; the order of segments never shows in a result.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] when temporary files cannot be written.
    pub fn push(&mut self, segment: Segment) -> Result<()> {
        if self.held_tokens.saturating_add(segment.tokens()) > SEGMENT_TOKENS {
            self.spill_held()?;
        }
        self.held_bytes += segment.bytes() as u64;
        self.held_tokens += segment.tokens();
        self.recent.push(segment);
        if self.recent.len() >= MANY * rayon::current_num_threads() {
            self.gather();
        }
        // Counting needs about as much again for inverted places, twice.
        if self.held_bytes.saturating_mul(3) > self.memory_bytes {
            self.spill_held()?;
        }
        Ok(())
    }

    /// Makes one segment of each [`MANY`] of the last ones that came.
    fn gather(&mut self) {
        let bytes = |segments: &[Segment]| segments.iter().map(Segment::bytes).sum::<usize>() as u64;
        let mut recent = std::mem::take(&mut self.recent).into_iter();
        let before = bytes(recent.as_slice());
        let parts: Vec<Vec<Segment>> = std::iter::from_fn(|| Some(recent.by_ref().take(MANY).collect()))
            .take_while(|part: &Vec<_>| !part.is_empty())
            .collect();
        let merged: Vec<Segment> = parts.into_par_iter().map(Segment::merge).collect();
        self.held_bytes = (self.held_bytes + bytes(&merged)).saturating_sub(before);
        self.held.extend(merged);
    }

    /// All segments that are held.
    fn take_held(&mut self) -> Vec<Segment> {
        (self.held_bytes, self.held_tokens) = (0, 0);
        let mut held = std::mem::take(&mut self.held);
        held.append(&mut self.recent);
        held
    }

    /// How many times segments were counted and spilled.
    pub fn spills(&self) -> usize {
        self.spill.as_ref().map_or(0, |spill| spill.named)
    }

    /// The counts of all segments pushed.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] or [`ErrorKind::Read`] when temporary files fail.
    pub fn finish(mut self) -> Result<Counts> {
        if self.spill.is_none() {
            return Ok(Counts::of(Segment::merge(self.take_held()), &self.config));
        }
        self.spill_held()?;
        match self.spill {
            Some(spill) => Counts::of_runs(spill, &self.config),
            None => Ok(Counts::of(Segment::default(), &self.config)),
        }
    }

    fn spill_held(&mut self) -> Result<()> {
        let held = self.take_held();
        if held.is_empty() {
            return Ok(());
        }
        let segment = Segment::merge(held);
        let spill = match &mut self.spill {
            Some(spill) => spill,
            empty => empty.insert(Spill::new(&self.tmp_dir)?),
        };
        let stem = spill.stem();
        let run = Run::write(segment, stem, &self.config)?;
        spill.runs.push(run);
        if spill.runs.len() == FAN_IN {
            spill.compact(&self.config.units)?;
        }
        Ok(())
    }
}

impl Spill {
    fn new(tmp_dir: &Path) -> Result<Spill> {
        let folder = tempfile::Builder::new().prefix("byline-").tempdir_in(tmp_dir);
        let folder = folder.map_err(|error| Error::io(ErrorKind::Write, tmp_dir, error))?;
        Ok(Spill { folder, runs: Vec::new(), named: 0 })
    }

    fn stem(&mut self) -> PathBuf {
        self.named += 1;
        self.folder.path().join(format!("run{:06}", self.named))
    }

    /// Merges all runs into one.
    fn compact(&mut self, units: &[Unit]) -> Result<()> {
        let stem = self.stem();
        let merged = Merged::of(&self.runs);
        let mut totals = Totals::default();
        self.runs.iter().for_each(|run| totals.add(&run.totals));
        merged.write::<TermRecord>(&self.runs, &stem, "terms")?;
        merged.write::<NgramRecord>(&self.runs, &stem, "ngrams")?;
        for unit in units {
            merged.write::<PairRecord>(&self.runs, &stem, unit.name())?;
        }
        for run in std::mem::take(&mut self.runs) {
            run.remove(units)?;
        }
        self.runs.push(Run { stem, words: merged.words, docs: merged.docs, totals });
        Ok(())
    }
}

/// The features and documents of several runs, and the new numbers of each run's.
#[derive(Debug)]
pub(crate) struct Merged {
    pub(crate) words: Words,
    pub(crate) docs: Vec<DocStat>,
    numbers: Vec<Renumbering>,
}

impl Merged {
    pub(crate) fn of(runs: &[Run]) -> Merged {
        let lists: Vec<&Words> = runs.iter().map(|run| &run.words).collect();
        let (words, features) = Words::union(&lists);
        let mut order: Vec<(DocStat, usize, usize)> = Vec::new();
        for (number, run) in runs.iter().enumerate() {
            order.extend(run.docs.iter().enumerate().map(|(at, &doc)| (doc, number, at)));
        }
        order.sort_by_key(|&(doc, run, at)| (doc.id, run, at));
        let mut documents: Vec<Vec<u32>> = runs.iter().map(|run| vec![0; run.docs.len()]).collect();
        for (new, &(_, run, at)) in order.iter().enumerate() {
            documents[run][at] = new as u32;
        }
        let numbers = features.into_iter().zip(documents);
        Merged {
            words,
            docs: order.into_iter().map(|(doc, ..)| doc).collect(),
            numbers: numbers.map(|(features, documents)| Renumbering { features, documents }).collect(),
        }
    }

    /// Streams one table of all runs.
    pub(crate) fn rows<R: Row>(&self, runs: &[Run], table: &str, sink: &mut dyn FnMut(R) -> Result<()>) -> Result<()> {
        let readers = runs.iter().zip(&self.numbers);
        let readers = readers.map(|(run, numbers)| Ok((Reader::open(&run.path(table))?, numbers)));
        merge(readers.collect::<Result<Vec<_>>>()?, sink)
    }

    fn write<R: Row>(&self, runs: &[Run], stem: &Path, table: &str) -> Result<()> {
        let mut writer = Writer::create(&stem.with_extension(table))?;
        self.rows(runs, table, &mut |row: R| writer.write(&row))?;
        writer.finish()
    }
}

impl Run {
    fn path(&self, table: &str) -> PathBuf {
        self.stem.with_extension(table)
    }

    fn remove(self, units: &[Unit]) -> Result<()> {
        for table in ["terms", "ngrams"].into_iter().chain(units.iter().map(|unit| unit.name())) {
            let path = self.path(table);
            std::fs::remove_file(&path).map_err(|error| Error::io(ErrorKind::Write, &path, error))?;
        }
        Ok(())
    }

    /// Counts a segment into sorted tables.
    fn write(segment: Segment, stem: PathBuf, config: &CountConfig) -> Result<Run> {
        let items = item::items(&segment.words, &config.terms);
        let margins = Margins::of(&segment, config);
        let totals = Totals::of(&segment, &items, config);
        let mut writer = Writer::create(&stem.with_extension("terms"))?;
        term::stream(&segment, &mut |id, postings, places| {
            let at = id as usize;
            writer.write(&TermRecord {
                id,
                paragraphs: margins.paragraphs[at],
                sentences: margins.sentences[at],
                ngram: margins.ngram.iter().map(|counts| counts[at]).collect(),
                postings: postings.to_vec(),
                places: places::in_documents(postings, places, &segment),
            })
        })?;
        writer.finish()?;
        let mut writer = Writer::create(&stem.with_extension("ngrams"))?;
        ngram::stream(&segment, ngram::longest_spilled(config.ngram_max), 1, &mut |ids, postings, _| {
            let mut key = [0; LONGEST];
            key.iter_mut().zip(ids).for_each(|(slot, id)| *slot = id + 1);
            writer.write(&NgramRecord { key, postings: postings.to_vec() })
        })?;
        writer.finish()?;
        for &unit in &config.units {
            let mut writer = Writer::create(&stem.with_extension(unit.name()))?;
            let index = PairIndex::of(&segment, unit, &items, &margins, Labels::ByteOrder, config);
            index.sorted_rows(1, &mut |label, neighbour| {
                writer.write(&PairRecord {
                    first: index.features[label as usize],
                    second: index.features[neighbour.label as usize],
                    observed: neighbour.observed,
                    documents: u64::from(neighbour.documents),
                })
            })?;
            writer.finish()?;
        }
        Ok(Run { stem, words: segment.words, docs: segment.docs, totals })
    }
}

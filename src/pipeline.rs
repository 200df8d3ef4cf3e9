//! The whole run on one screen, and the only module that knows every stage. All threads are here: batches of files are
//! read and annotated side by side, and what they give is taken up in input order, so that threads decide who works
//! and never what comes out.

mod findings;
pub mod inspect;
mod intake;
mod task;

use std::path::Path;

use rayon::prelude::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use self::findings::Findings;
use self::intake::Intake;
use self::task::{Part, Tasks};
use crate::annotate;
use crate::config::Config;
use crate::corpus::{self, Skipped};
use crate::count::entity::EntityCounts;
use crate::count::removed::Removals;
use crate::count::{Census, Store, Unit};
use crate::error::{Error, ErrorKind, Result};
use crate::model;
use crate::record::{DuplicateRecord, Records};
use crate::report::folder::Folder;
use crate::report::records::{RecordSummary, Writer};
use crate::report::table::TableSummary;
use crate::report::{self, CorpusRows, run::Run};
use crate::resolve::{Identities, Identity, Names};
use crate::spool::{Batch, Spool};

/// Tasks of one round for each thread: enough that no thread waits long at the end of a round.
const TASKS_PER_THREAD: usize = 16;

/// What a run tells while it works. `()` is silent.
pub trait Progress: Sync {
    /// A stage begins, of so many units.
    fn stage(&self, _name: &'static str, _total: u64) {}
    /// So many more units are done.
    fn advance(&self, _units: u64) {}
    /// Whether the user wants the run to end.
    fn is_interrupted(&self) -> bool {
        false
    }
}

impl Progress for () {}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files found.
    pub files: u64,
    /// Files that became documents.
    pub documents: u64,
    /// Files that did not: rows of `skipped.csv`.
    pub skipped: u64,
    /// The first skipped file and why.
    pub first_skipped: Option<String>,
    /// Words and numbers counted.
    pub tokens: u64,
    /// Entities of the corpus.
    pub entities: u64,
    /// Mentions of entities.
    pub mentions: u64,
    /// Quotations.
    pub quotations: u64,
    /// What a user should know about the tables, a sentence each.
    pub notes: Vec<String>,
}

/// Reads the articles and writes the tables.
///
/// # Errors
/// Only when the environment fails the run (a missing path, a full disk, a wrong option) or the user interrupts it.
/// Files that cannot be used are no errors: they are rows of `skipped.csv`.
pub fn run(config: &Config, progress: &dyn Progress) -> Result<Summary> {
    config.validate()?;
    let listing = corpus::walk(config)?;
    let folder = Folder::claim(&config.output, config.force)?;
    let summary = pool(config)?.install(|| {
        let scratch = config.tmp_dir.as_deref().unwrap_or(folder.path());
        let mut intake = intake::take_in(&listing, config, scratch, progress)?;
        let findings = Findings::of(&mut intake, config, progress)?;
        let reading = annotate(intake, &findings, config, scratch, progress)?;
        write(reading, config, folder.path(), progress)
    })?;
    folder.publish()?;
    Ok(summary)
}

fn pool(config: &Config) -> Result<rayon::ThreadPool> {
    let cause = |e: rayon::ThreadPoolBuildError| Error::new(ErrorKind::Option, e.to_string(), "use fewer --threads");
    rayon::ThreadPoolBuilder::new().num_threads(config.threads).build().map_err(cause)
}

fn check(progress: &dyn Progress) -> Result<()> {
    if progress.is_interrupted() {
        return Err(Error::new(ErrorKind::Interrupted, "interrupted", "nothing was written"));
    }
    Ok(())
}

/// What annotation leaves behind.
struct Reading {
    duplicates: Vec<DuplicateRecord>,
    skipped: Vec<Skipped>,
    store: Store,
    names: Names,
    spool: Spool,
}

/// Annotates every article: tasks in parallel, their parts taken up in order.
fn annotate(
    mut intake: Intake,
    findings: &Findings,
    config: &Config,
    scratch: &Path,
    progress: &dyn Progress,
) -> Result<Reading> {
    let mut reading = Reading {
        duplicates: findings.duplicates(&mut intake)?,
        skipped: intake.skipped,
        store: Store::new(&config.count, config.memory_bytes, scratch),
        names: Names::default(),
        spool: Spool::create(scratch)?,
    };
    let annotators = annotate::annotators(&config.corpus);
    let empty = Census::new(&config.count);
    progress.stage("annotating", intake.known.len() as u64);
    let mut tasks = Tasks::new(&mut intake.articles, &intake.known, config);
    loop {
        let round = tasks.round(TASKS_PER_THREAD * rayon::current_num_threads())?;
        if round.is_empty() {
            break;
        }
        let work = |task: task::Task| {
            check(progress)?;
            let part = task.run(empty.clone(), findings, &annotators)?;
            progress.advance(part.articles);
            Ok(part)
        };
        let parts: Vec<Result<Part>> = round.into_par_iter().map(work).collect();
        for part in parts {
            reading.take_up(part?)?;
        }
    }
    reading.skipped.sort();
    Ok(reading)
}

impl Reading {
    fn take_up(&mut self, part: Part) -> Result<()> {
        self.skipped.extend(part.skipped);
        self.names.merge(part.names);
        self.spool.push(&part.batch)?;
        self.store.push(part.segment)
    }
}

/// Decides who is who, counts what is left to count, and writes the tables.
fn write(reading: Reading, config: &Config, folder: &Path, progress: &dyn Progress) -> Result<Summary> {
    let identities = reading.names.resolve();
    let (records, entities, removed) = write_records(reading.spool, &identities, config, folder, progress)?;
    progress.stage("counting", report::corpus_tables());
    let counts = reading.store.finish()?;
    let corpus = CorpusRows {
        config,
        skipped: &reading.skipped,
        counts: &counts,
        entities: &entities.finish(),
        duplicates: &reading.duplicates,
        removed: &removed.finish(),
        identities: &identities.entities,
    };
    let warnings = cut_units(&counts.totals.units_cut, &corpus.entities.units_cut, config);
    let mut tables = report::write_corpus(folder, &corpus, &mut || {
        progress.advance(1);
        check(progress)
    })?;
    tables.extend(records.tables.iter().cloned());
    let run = Run {
        config,
        input_sha256: &records.input_sha256,
        totals: &records.totals,
        skipped: reading.skipped.len() as u64,
        entities: identities.entities.len() as u64,
        tables: &tables,
        word_lists: model::WORD_LISTS,
        warnings: &warnings,
    };
    report::run::write(folder, &run)?;
    check(progress)?;
    Ok(summary(&run, &reading.skipped))
}

/// One pass over the spool: the tables of records are written in order, and entities are counted in parallel.
fn write_records(
    spool: Spool,
    identities: &Identities,
    config: &Config,
    folder: &Path,
    progress: &dyn Progress,
) -> Result<(RecordSummary, EntityCounts, Removals)> {
    let mut writer = Writer::create(folder)?;
    let mut counts = EntityCounts::new(&config.count);
    let mut removed = Removals::default();
    let mut batches = spool.rewind()?;
    progress.stage("writing", batches.len() as u64);
    loop {
        let round: Vec<Batch> =
            batches.by_ref().take(TASKS_PER_THREAD * rayon::current_num_threads()).collect::<Result<_>>()?;
        if round.is_empty() {
            break;
        }
        check(progress)?;
        let decoded: Vec<Result<Counted>> = round.par_iter().map(|b| Counted::of(b, identities, config)).collect();
        for part in decoded {
            let part = part?;
            for (records, located) in &part.documents {
                let known: Vec<&Identity> = located.iter().map(|&n| &identities.entities[n as usize]).collect();
                writer.write(records, &known)?;
            }
            counts = counts.merge(part.entities);
            removed = removed.merge(part.removed);
            progress.advance(1);
        }
    }
    Ok((writer.finish()?, counts, removed))
}

/// A batch of records with the corpus-wide numbers of their entities, and its entity counts.
struct Counted {
    documents: Vec<(Records, Vec<u32>)>,
    entities: EntityCounts,
    removed: Removals,
}

impl Counted {
    fn of(batch: &Batch, identities: &Identities, config: &Config) -> Result<Counted> {
        let mut entities = EntityCounts::new(&config.count);
        let mut removed = Removals::default();
        let located = |records: Records| {
            let numbers = identities.locate(&records);
            entities.observe(&records, &numbers);
            removed.observe(&records);
            (records, numbers)
        };
        let documents = batch.decode()?.into_iter().map(located).collect();
        Ok(Counted { documents, entities, removed })
    }
}

/// What is said of units that are too large to pair all that they hold.
fn cut_units(terms: &[u64; 3], entities: &[u64; 3], config: &Config) -> Vec<String> {
    let cap = config.count.unit_cap;
    let cut = |(unit, (terms, entities)): (Unit, (&u64, &u64))| {
        let count = terms.max(entities);
        (*count > 0).then(|| {
            let name = unit.name();
            format!("cooccurrence.csv: in {count} {name}s only the first {cap} distinct items were paired.")
        })
    };
    Unit::ALL.into_iter().zip(terms.iter().zip(entities)).filter_map(cut).collect()
}

fn summary(run: &Run<'_>, skipped: &[Skipped]) -> Summary {
    let totals = run.totals;
    Summary {
        files: totals.documents + run.skipped,
        documents: totals.documents,
        skipped: run.skipped,
        first_skipped: skipped.first().map(|s| format!("{} ({})", s.path, s.reason)),
        tokens: totals.tokens,
        entities: run.entities,
        mentions: totals.mentions,
        quotations: totals.quotations,
        notes: run.tables.iter().filter_map(left_out).chain(report::run::warnings(run)).collect(),
    }
}

/// A table that does not hold every row.
fn left_out(table: &TableSummary) -> Option<String> {
    (table.left_out > 0).then(|| {
        let all = table.rows + table.left_out;
        format!("{}: {} of {all} rows were written; --top 0 writes them all", table.file, table.rows)
    })
}

//! The whole run on one screen, and the only module that knows every stage. All threads are here: batches of files are
//! read and annotated side by side, and what they give is taken up in input order, so that threads decide who works
//! and never what comes out.

mod findings;
pub mod inspect;
mod intake;
mod progress;
mod task;
pub mod wordlist;

use std::path::Path;

use rayon::prelude::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use self::findings::Findings;
use self::intake::Intake;
pub use self::progress::Progress;
use self::progress::check;
use self::task::{Part, Tasks};
use crate::annotate::concordance::Concordancer;
use crate::annotate::{self, Annotator};
use crate::config::{Config, CountConfig, Unit};
use crate::corpus::{self, Skipped};
use crate::count::entity::{EntityCounts, EntityLedger};
use crate::count::group::Grouper;
use crate::count::grouped::{Grouped, ReferenceList};
use crate::count::removed::Removals;
use crate::count::{Census, Counts, Naming, Segment, Store};
use crate::document::Layer;
use crate::error::{Error, ErrorKind, Result};
use crate::model;
use crate::record::DuplicateRecord;
use crate::report::folder::Folder;
use crate::report::needs::Needs;
use crate::report::records::{RecordSummary, Sheets, Writer};
use crate::report::sink::Outputs;
use crate::report::table::TableSummary;
use crate::report::{self, CorpusRows, Report, run::Run};
use crate::resolve::{Identities, Identity, Tally};
use crate::spool::{Batch, Spool};

/// Tasks of one round for each thread: enough that no thread waits long at the end of a round.
const TASKS_PER_THREAD: usize = 16;
/// Batches of records of one round for each thread: their rows are in memory until they are written in order.
const BATCHES_PER_THREAD: usize = 4;

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
    let plan = Plan::of(config)?;
    if plan.layer > Layer::Tokens {
        model::check()?;
    }
    let listing = corpus::check_apart(config).and_then(|()| corpus::walk(config))?;
    let folder = Folder::claim(&config.output, config.force)?;
    progress.claimed(folder.path());
    let summary = pool(config)?.install(|| {
        let scratch = config.tmp_dir.as_deref().unwrap_or(folder.path());
        let mut intake = intake::take_in(&listing, config, scratch, progress)?;
        let findings = Findings::of(&mut intake, config, progress)?;
        let reading = annotate(intake, &findings, &plan, scratch, progress)?;
        write(reading, &plan, scratch, folder.path(), progress)
    })?;
    folder.publish()?;
    Ok(summary)
}

/// What is to be done for the tables that are asked for.
struct Plan<'a> {
    config: &'a Config,
    reports: Vec<&'static Report>,
    layer: Layer,
    /// Whether the wording of documents is measured.
    wording: bool,
    /// The options of counting terms.
    terms: CountConfig,
    /// The options of counting names.
    names: CountConfig,
    /// What is looked up in the texts.
    concordancer: Concordancer,
    /// The input paths as the documents' paths begin.
    inputs: Vec<String>,
    /// The word list that groups are compared with.
    reference: Option<ReferenceList>,
}

impl Plan<'_> {
    fn of(config: &Config) -> Result<Plan<'_>> {
        let reports = report::chosen(config)?;
        let needs = reports.iter().map(|report| (report.needs)(&config.count));
        let needs = needs.fold(Needs::layer(Layer::Tokens), Needs::and);
        let (terms, names) = (needs.of_terms(&config.count), needs.of_entities(&config.count));
        let reference =
            config.reference.as_ref().map(|list| ReferenceList::read(&list.path, list.total)).transpose()?;
        let concordancer = Concordancer::new(&config.concordance)?;
        let (layer, wording, inputs) = (needs.layer, needs.wording, corpus::shown_inputs(config));
        Ok(Plan { config, reports, layer, wording, terms, names, concordancer, inputs, reference })
    }

    /// The stages of annotation.
    fn annotators(&self) -> Vec<Box<dyn Annotator>> {
        let mut stages = annotate::annotators_for(&self.config.corpus, &self.config.entities, self.layer);
        if self.reports.iter().any(|report| report.name == "kwic") {
            stages.push(Box::new(self.concordancer.clone()));
        }
        stages
    }

    /// Counts terms and entities by groups and periods, if a table shows them.
    fn group(&self, groups: Grouper, counts: &Counts, names: &Counts, identities: &[Identity]) -> Result<Grouped> {
        let options = &self.config.count;
        if !self.reports.iter().any(|report| report::is_by_group_or_period(report)) {
            return Ok(Grouped::default());
        }
        let groupings = groups.finish(counts.documents(), options.groups_top);
        let grouped = Grouped::of(counts, groupings, self.reference.clone(), options)?;
        let name = |number: u32| identities.get(number as usize).map(|who| (who.id.as_str(), who.name.as_str()));
        grouped.with_entities(names, &name, options)
    }
}

fn pool(config: &Config) -> Result<rayon::ThreadPool> {
    let cause = |e: rayon::ThreadPoolBuildError| Error::new(ErrorKind::Option, e.to_string(), "use fewer --threads");
    rayon::ThreadPoolBuilder::new().num_threads(config.threads).build().map_err(cause)
}

/// What annotation leaves behind.
struct Reading {
    duplicates: Vec<DuplicateRecord>,
    skipped: Vec<Skipped>,
    store: Store,
    names: Tally,
    spool: Spool,
    /// What should be known of the run.
    notes: Vec<String>,
}

/// Annotates every article: tasks in parallel, their parts taken up in order.
fn annotate(
    mut intake: Intake,
    findings: &Findings,
    plan: &Plan<'_>,
    scratch: &Path,
    progress: &dyn Progress,
) -> Result<Reading> {
    let config = plan.config;
    let notes = config.entities.spans.as_ref().and_then(|spans| intake.unknown_documents(spans));
    let mut reading = Reading {
        notes: notes.into_iter().collect(),
        duplicates: findings.duplicates(&mut intake)?,
        skipped: intake.skipped,
        store: Store::new(&plan.terms, config.memory_of_terms(), scratch),
        names: Tally::default(),
        spool: Spool::create(scratch)?,
    };
    let annotators = plan.annotators();
    let empty = Census::new(&plan.terms);
    let empty = if plan.wording { empty } else { empty.without_wording() };
    progress.stage("annotating", intake.known.len() as u64);
    let mut tasks = Tasks::new(&mut intake.articles, &intake.known, config);
    loop {
        let round = tasks.round(TASKS_PER_THREAD * rayon::current_num_threads())?;
        if round.is_empty() {
            break;
        }
        let work = |task: task::Task| {
            check(progress)?;
            let part = task.run(empty.clone(), findings, &annotators, &config.entities.decisions)?;
            progress.advance(part.articles);
            Ok(part)
        };
        let parts: Vec<Result<Part>> = round.into_par_iter().map(work).collect();
        for part in parts {
            reading.take_up(part?)?;
        }
    }
    rayon::broadcast(|_| annotate::forget_words());
    reading.skipped.sort();
    reading.skipped.iter().for_each(|row| progress.skipped(row));
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
fn write(reading: Reading, plan: &Plan<'_>, scratch: &Path, folder: &Path, progress: &dyn Progress) -> Result<Summary> {
    let config = plan.config;
    let outputs = Outputs::open(folder, config)?;
    let identities = reading.names.resolve(&config.entities.decisions);
    let written = write_records(reading.spool, &identities, plan, scratch, &outputs, progress)?;
    progress.stage("counting", report::corpus_tables(&plan.reports));
    let counts = reading.store.finish()?;
    let names = written.names.finish()?.in_corpus_of(&counts.totals);
    let grouped = plan.group(written.groups, &counts, &names, &identities.entities)?;
    let corpus = CorpusRows {
        config,
        scratch,
        reports: &plan.reports,
        skipped: &reading.skipped,
        counts: &counts,
        names: &names,
        entities: &written.entities.finish()?,
        duplicates: &reading.duplicates,
        grouped: &grouped,
        removed: &written.removed.finish(),
        identities: &identities.entities,
    };
    let mut warnings = reading.notes;
    warnings.extend(cut_units(&counts.totals.units_cut, &names.totals.units_cut, config));
    warnings.extend(report::notes(&corpus)?);
    let records = written.records;
    let mut tables = report::write_corpus(&outputs, &corpus, &|| {
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
    let notes = outputs.finish(&run)?;
    let warnings = [warnings.as_slice(), &notes].concat();
    let run = Run { warnings: &warnings, ..run };
    report::run::write(folder, &run)?;
    check(progress)?;
    Ok(summary(&run, &reading.skipped))
}

/// What the pass over the spool leaves behind.
struct Written {
    records: RecordSummary,
    names: Store,
    entities: EntityLedger,
    removed: Removals,
    groups: Grouper,
}

/// One pass over the spool: the tables of records are written in order, and entities are counted in parallel.
fn write_records(
    spool: Spool,
    identities: &Identities,
    plan: &Plan<'_>,
    scratch: &Path,
    outputs: &Outputs<'_>,
    progress: &dyn Progress,
) -> Result<Written> {
    let mut writer = Writer::create(outputs, &plan.reports)?;
    let share = plan.config.memory_of_others();
    let mut names = Store::new(&plan.names, share, scratch);
    let mut entities = EntityLedger::new(share, scratch);
    let mut groups = Grouper::new(plan.config, &plan.inputs);
    let mut removed = Removals::default();
    let mut batches = spool.rewind()?;
    progress.stage("writing", batches.len() as u64);
    loop {
        let round: Vec<Batch> =
            batches.by_ref().take(BATCHES_PER_THREAD * rayon::current_num_threads()).collect::<Result<_>>()?;
        if round.is_empty() {
            break;
        }
        check(progress)?;
        let decoded: Vec<Result<Counted>> =
            round.par_iter().map(|batch| Counted::of(batch, identities, plan)).collect();
        for part in decoded {
            let part = part?;
            writer.append(part.sheets)?;
            names.push(part.names)?;
            entities.add(part.entities)?;
            groups.merge(part.groups);
            removed = removed.merge(part.removed);
            progress.advance(1);
        }
    }
    Ok(Written { records: writer.finish()?, names, entities, removed, groups })
}

/// The rows of a batch of records, and what is counted of its entities.
struct Counted {
    sheets: Sheets,
    names: Segment,
    entities: EntityCounts,
    removed: Removals,
    groups: Grouper,
}

impl Counted {
    fn of(batch: &Batch, identities: &Identities, plan: &Plan<'_>) -> Result<Counted> {
        let mut sheets = Sheets::new(&plan.reports, &plan.config.output_files);
        let (mut entities, mut removed, mut names) =
            (EntityCounts::by(plan.config.count.period), Removals::default(), Naming::new(&plan.names));
        let mut groups = Grouper::new(plan.config, &plan.inputs);
        for mut records in batch.decode()? {
            let numbers = identities.settle(&mut records);
            entities.observe(&records, &numbers);
            names.observe(&records, &numbers);
            removed.observe(&records);
            groups.observe(&records.document);
            let known: Vec<&Identity> = numbers.iter().map(|&n| &identities.entities[n as usize]).collect();
            sheets.write(&records, &known)?;
        }
        Ok(Counted { sheets, names: names.seal(), entities, removed, groups })
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
        let option = report::limit_option(&table.file);
        format!("{}: {} of {all} rows were written; {option} 0 writes them all", table.file, table.rows)
    })
}

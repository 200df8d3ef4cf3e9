//! A dry run: every file is read as in a run, and what it would become is told; a sample of the articles is annotated,
//! so that the caller can time it. Nothing is written but temporary files.

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::findings::Findings;
use super::task::{Task, annotate};
use super::{Progress, TASKS_PER_THREAD, check, intake, pool};
use crate::annotate::{self, Annotator};
use crate::config::Config;
use crate::corpus::{self, Skipped};
use crate::count::Census;
use crate::document::{Article, Document, Layer};
use crate::error::{Error, ErrorKind, Result};
use crate::report::{self, folder, ownership};

/// Most articles that are annotated to see how long it takes.
const SAMPLE: usize = 200;

/// What one file or record would become.
#[derive(Clone, Debug)]
pub enum Inspected {
    /// A document, its body's words and numbers.
    Document(Box<Article>, u64),
    /// A row of `skipped.csv`.
    Skipped(Skipped),
}

/// What was read, and how much of it the sample is: the measure of a whole run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Documents.
    pub documents: u64,
    /// Files and records that would be skipped.
    pub skipped: u64,
    /// Documents that are copies of others.
    pub copies: u64,
    /// Words and numbers of the bodies.
    pub tokens: u64,
    /// Of these in the sample.
    pub sample_tokens: u64,
}

/// Reads the articles and shows what each would become, by path and record.
///
/// # Errors
/// As for [`super::run`], and those of `show`.
pub fn inspect(
    config: &Config,
    progress: &dyn Progress,
    show: &mut (dyn FnMut(Inspected) -> Result<()> + Send),
) -> Result<Forecast> {
    config.validate()?;
    let listing = corpus::walk(config)?;
    let folder = match &config.tmp_dir {
        Some(folder) => folder.clone(),
        None => std::env::temp_dir(),
    };
    pool(config)?.install(|| {
        let mut intake = intake::take_in(&listing, config, &folder, progress)?;
        let findings = Findings::of(&mut intake, config, progress)?;
        let annotators = annotate::annotators_for(&config.corpus, &config.entities, Layer::Opinions);
        let first = annotate::annotators(&config.corpus, Layer::Tokens);
        let mut forecast = Forecast { copies: findings.copies(), ..Forecast::default() };
        let mut skipped = std::mem::take(&mut intake.skipped).into_iter().peekable();
        progress.stage("inspecting", intake.known.len() as u64);
        let step = TASKS_PER_THREAD * rayon::current_num_threads();
        for (round, known) in intake.known.chunks(step).enumerate() {
            check(progress)?;
            let frames = known.iter().map(|known| intake.articles.read(known.place)).collect::<Result<Vec<_>>>()?;
            let numbered: Vec<_> = ((round * step) as u32..).zip(frames).collect();
            let inspected: Vec<Result<(Article, u64)>> = numbered
                .into_par_iter()
                .map(|(index, frame)| Ok(words(findings.article(&frame, index)?, &first)))
                .collect();
            for document in inspected {
                let (article, tokens) = document?;
                while let Some(row) = skipped.next_if(|row| (&row.path, row.record) < (&article.path, article.record)) {
                    forecast.skipped += 1;
                    show(Inspected::Skipped(row))?;
                }
                forecast.documents += 1;
                forecast.tokens += tokens;
                show(Inspected::Document(Box::new(article), tokens))?;
            }
            progress.advance(known.len() as u64);
        }
        for row in skipped {
            forecast.skipped += 1;
            show(Inspected::Skipped(row))?;
        }
        let every = intake.known.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<u32> = (0..intake.known.len() as u32).step_by(every).collect();
        progress.stage("sampling", sample.len() as u64);
        for index in sample {
            check(progress)?;
            let frame = intake.articles.read(intake.known[index as usize].place)?;
            let census = Census::new(&config.count).without_wording();
            let part = Task::of_one(frame, index).run(census, &findings, &annotators, &config.entities.decisions)?;
            forecast.sample_tokens += part.tokens();
            progress.advance(1);
        }
        Ok(forecast)
    })
}

/// The files that a run would write.
///
/// # Errors
/// As for [`super::run`] before it reads anything: wrong options, an output folder that is refused.
pub fn outputs(config: &Config) -> Result<Vec<String>> {
    config.validate()?;
    let reports = report::chosen(config)?;
    corpus::check_apart(config)?;
    folder::check(&config.output, config.force)?;
    Ok(ownership::files(&reports, &config.output_files))
}

/// The article with its language, and how many words its body has.
fn words(article: Article, annotators: &[Box<dyn Annotator>]) -> (Article, u64) {
    let kept = article.clone();
    match annotate(article, annotators) {
        Ok(doc) => {
            let tokens = body_words(&doc);
            (doc.article, tokens)
        }
        Err(_) => (kept, 0),
    }
}

fn body_words(doc: &Document) -> u64 {
    let body = doc.sentences.iter().filter(|sentence| !doc.in_title(sentence));
    let tokens = body.flat_map(|sentence| &doc.tokens[sentence.tokens.range()]);
    tokens.filter(|token| token.is_counted()).count() as u64
}

/// A failure to write to standard output, for `show`.
pub fn unwritable(cause: &std::io::Error) -> Error {
    Error::new(ErrorKind::Write, format!("standard output: {cause}"), "write to a file with > FILE")
}

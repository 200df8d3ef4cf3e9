//! `byline inspect`: a line on standard output for each file or record, then what a run would take.

use std::io::{BufWriter, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use byline::config::Config;
use byline::corpus::Skipped;
use byline::document::{Article, EncodingEvidence};
use byline::error::Result;
use byline::pipeline::Progress;
use byline::pipeline::inspect::{self, Forecast, Inspected, unwritable};

use super::{grouped, shell};

/// Memory that a run takes whatever it reads, bytes.
const MEMORY_BASE: u64 = 20 << 20;
/// Memory for each of the first words, bytes: most of what they bring is new. Measured, as are the others, over news of
/// 0.06, 0.8, 4.8 and 36 million words, which took 27, 124, 350 and 1,660 MB. `--memory` changes it by a tenth.
const MEMORY_FIRST: u64 = 120;
/// How many words are the first.
const FIRST_WORDS: u64 = 1_000_000;
/// Memory for each further word, bytes.
const MEMORY_FURTHER: u64 = 55;

/// How many times as long as annotation alone a run takes after reading, on all its threads: tables are counted and
/// written too, and not all of that on every thread. Measured over news of 0.8, 4.8 and 36 million words.
const ANNOTATIONS: f64 = 2.8;

/// Reads everything and prints what it would become. Gives how many files would be skipped.
///
/// # Errors
/// Those of the run, and a standard output that cannot be written. A reader that has gone away ends it silently.
pub(super) fn inspect(config: &Config, text: bool, progress: &dyn Progress) -> Result<u64> {
    let mut out = BufWriter::new(std::io::stdout());
    let mut gone = false;
    let clock = Clock { progress, stages: Mutex::new(Vec::new()) };
    let mut print = |inspected: Inspected| {
        if gone {
            return Ok(());
        }
        match writeln!(out, "{}", line(&inspected)).and_then(|()| raw(&mut out, &inspected, text)) {
            Err(cause) if cause.kind() == std::io::ErrorKind::BrokenPipe => gone = true,
            Err(cause) => return Err(unwritable(&cause)),
            Ok(()) => {}
        }
        Ok(())
    };
    let forecast = inspect::inspect(config, &clock, &mut print)?;
    let (reading, sampling) = clock.times();
    let summary = summary(&forecast, reading, sampling, config);
    match write!(out, "{summary}").and_then(|()| out.flush()) {
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => Err(unwritable(&cause)),
        _ => Ok(forecast.skipped),
    }
}

/// Prints what a run would read and write. Gives how many files would be skipped.
///
/// # Errors
/// Those of [`inspect`], and of an output folder that a run would refuse.
pub(super) fn dry_run(config: &Config, progress: &dyn Progress) -> Result<u64> {
    let files = inspect::outputs(config)?;
    let skipped = inspect(config, false, progress)?;
    let output = config.output.display();
    shell::print(&format!("it would write into {output}: {}\nnothing was written\n", files.join(", ")))?;
    Ok(skipped)
}

/// Hands progress on and notes when each stage begins.
struct Clock<'a> {
    progress: &'a dyn Progress,
    stages: Mutex<Vec<(&'static str, Instant)>>,
}

impl Clock<'_> {
    /// How long it took to read everything, and to annotate the sample.
    fn times(&self) -> (Duration, Duration) {
        let Ok(stages) = self.stages.lock() else {
            return (Duration::ZERO, Duration::ZERO);
        };
        let at = |name: &str| stages.iter().find(|(stage, _)| *stage == name).map(|(_, at)| *at);
        let between = |from: Option<Instant>, to: Option<Instant>| from.zip(to).map(|(a, b)| b.duration_since(a));
        let reading = between(at("reading"), at("inspecting")).unwrap_or_default();
        (reading, at("sampling").map(|from| from.elapsed()).unwrap_or_default())
    }
}

impl Progress for Clock<'_> {
    fn stage(&self, name: &'static str, total: u64) {
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((name, Instant::now()));
        }
        self.progress.stage(name, total);
    }

    fn advance(&self, units: u64) {
        self.progress.advance(units);
    }

    fn skipped(&self, row: &Skipped) {
        self.progress.skipped(row);
    }

    fn is_interrupted(&self) -> bool {
        self.progress.is_interrupted()
    }
}

/// One line: path, format, encoding, date, words, language, title, warnings.
fn line(inspected: &Inspected) -> String {
    match inspected {
        Inspected::Skipped(row) => {
            format!("{:<44} skipped: {} ({})", place(&row.path, row.record), row.reason, shown(&row.detail))
        }
        Inspected::Document(article, words) => {
            let date = article.date.map_or("no date".to_owned(), |date| date.to_string());
            let source = article.date.and(article.date_source).map_or("", |source| source.name());
            let mut notes = article.warnings.join(", ");
            if article.duplicate.is_some() && article.is_copy() {
                let copy = article.duplicate.map_or(String::new(), |place| format!("copy of {}", place.representative));
                notes = if notes.is_empty() { copy } else { format!("{copy}, {notes}") };
            }
            let notes = if notes.is_empty() { notes } else { format!("  [{notes}]") };
            format!(
                "{:<44} {:<9} {:<16} {date:<10} {source:<11} {words:>7} words  {:<2}  {}{notes}",
                place(&article.path, article.record),
                article.format,
                encoding(article),
                article.language,
                shown(if article.title().is_empty() { "(no title)" } else { article.title() }),
            )
        }
    }
}

fn encoding(article: &Article) -> String {
    match article.encoding.evidence {
        EncodingEvidence::Guessed => format!("{}, guessed", article.encoding.name),
        _ => article.encoding.name.clone(),
    }
}

fn place(path: &str, record: u32) -> String {
    if record == 0 { shown(path) } else { format!("{}#{record}", shown(path)) }
}

/// Text without what a terminal would take as a command.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The text that offsets count in, between two lines.
fn raw(out: &mut impl Write, inspected: &Inspected, wanted: bool) -> std::io::Result<()> {
    match inspected {
        Inspected::Document(article, _) if wanted => writeln!(out, "-----\n{}\n-----", article.raw.trim_end()),
        _ => Ok(()),
    }
}

fn summary(forecast: &Forecast, reading: Duration, sampling: Duration, config: &Config) -> String {
    let threads = match config.threads {
        0 => std::thread::available_parallelism().map_or(1, |n| n.get()),
        n => n,
    } as f64;
    let share = forecast.tokens as f64 / (forecast.sample_tokens.max(1)) as f64;
    let seconds = reading.as_secs_f64() + ANNOTATIONS * sampling.as_secs_f64() * share / threads;
    format!(
        "\n{} documents ({} of them copies), {} words; {} skipped\na run: about {}, {} MB of memory, with {} threads\n",
        grouped(forecast.documents),
        grouped(forecast.copies),
        grouped(forecast.tokens),
        grouped(forecast.skipped),
        duration(seconds),
        grouped(memory(forecast.tokens) >> 20),
        threads,
    )
}

/// The memory that a run over so many words takes, bytes.
fn memory(words: u64) -> u64 {
    let first = words.min(FIRST_WORDS);
    MEMORY_BASE + first * MEMORY_FIRST + (words - first) * MEMORY_FURTHER
}

/// `3 seconds`, `5 minutes`.
fn duration(seconds: f64) -> String {
    match seconds.ceil().max(1.0) as u64 {
        1 => "1 second".to_owned(),
        s @ 2..120 => format!("{s} seconds"),
        s => format!("{} minutes", s.div_ceil(60)),
    }
}

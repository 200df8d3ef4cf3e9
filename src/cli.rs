//! The command line: flags become a [`Config`], a run's outcome becomes a summary on standard error and an exit code.
//! The only place that knows flags, terminals and exit codes. Nothing is ever written to standard output by a run.

mod progress;
mod size;

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use byline::config::{Config, CorpusConfig, CountConfig};
use byline::error::{Error, ErrorKind};
use byline::pipeline::{self, Summary};
use clap::{Args, Parser, Subcommand};

use self::progress::Terminal;

/// Set when the user asks the run to stop.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// The environment failed the run.
const FAILED: u8 = 1;
/// The run ended, but files were skipped and `--strict` was given. (2 is clap's, for a wrong command line.)
const SKIPPED: u8 = 3;
/// The run was interrupted (128 + SIGINT).
const STOPPED: u8 = 130;

const EXAMPLES: &str = "\
Examples:
  byline                                read input/, write output/
  byline run articles -o tables         read a folder, at any depth
  byline run a.txt b.md 2024/ -o out    read files and folders together
  byline run big -o out --memory 4G --threads 8

Exit codes: 0 done, 1 failed, 2 wrong command line, 3 files were skipped (with --strict), 130 interrupted.";

#[derive(Parser)]
#[command(name = "byline", version, after_help = EXAMPLES, max_term_width = 100)]
/// Turn a folder of news articles into spreadsheets: terms, co-occurrences, who is named, who is quoted, and the
/// sentiment towards each of them by whose voice.
///
/// Without a command, byline reads the folder `input` and writes the folder `output`.
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Read articles and write the tables
    #[command(after_help = EXAMPLES)]
    Run(RunArgs),
}

#[derive(Args)]
struct RunArgs {
    /// Files (.txt, .md) and folders of articles
    #[arg(value_name = "PATH", default_value = "input")]
    paths: Vec<PathBuf>,
    /// Folder for the tables
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Write into a folder that holds files byline did not write; they are kept
    #[arg(long)]
    force: bool,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
    /// End with exit code 3 when a file was skipped
    #[arg(long)]
    strict: bool,
    #[command(flatten, next_help_heading = "What is counted")]
    count: CountArgs,
    #[command(flatten, next_help_heading = "Running (none of these changes a table)")]
    running: RunningArgs,
}

#[derive(Args)]
#[command(next_help_heading = "What is counted")]
struct CountArgs {
    /// Words to each side in the window of co-occurrence
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().window)]
    window: u32,
    /// Longest n-gram, 2 to 5
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().ngram_max)]
    ngram_max: u32,
    /// Least frequency of an n-gram in ngrams.csv
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().ngram_min_count)]
    ngram_min: u64,
    /// Least count of a pair of terms in cooccurrence.csv
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().term_pair_min_count)]
    min_count: u64,
    /// Most pairs of terms and of entities for each unit in cooccurrence.csv, those with the highest G2; 0 for all
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().pairs_top)]
    top: u64,
    /// Skip files larger than this (K, M and G are understood)
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size::parse)]
    max_file_size: u64,
}

#[derive(Args)]
#[command(next_help_heading = "Running (none of these changes a table)")]
struct RunningArgs {
    /// Worker threads; 0 for one on each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// Memory for counts; above it they are kept on disk
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = size::parse)]
    memory: u64,
    /// Input annotated as one task
    #[arg(long, value_name = "SIZE", default_value = "256K", value_parser = size::parse)]
    batch_size: u64,
    /// Folder for temporary files [default: beside the output]
    #[arg(long, value_name = "DIR")]
    tmp_dir: Option<PathBuf>,
}

impl Default for RunArgs {
    fn default() -> Self {
        let Cli { command } = Cli::parse_from(["byline", "run"]);
        match command {
            Some(Command::Run(args)) => args,
            None => unreachable!("`byline run` is a command"),
        }
    }
}

impl RunArgs {
    fn config(self) -> Config {
        Config {
            inputs: self.paths,
            output: self.output,
            force: self.force,
            tmp_dir: self.running.tmp_dir,
            threads: self.running.threads,
            batch_bytes: self.running.batch_size,
            memory_bytes: self.running.memory,
            max_file_bytes: self.count.max_file_size,
            corpus: CorpusConfig::default(),
            count: CountConfig {
                window: self.count.window,
                ngram_max: self.count.ngram_max,
                ngram_min_count: self.count.ngram_min,
                term_pair_min_count: self.count.min_count,
                pairs_top: self.count.top,
                ..CountConfig::default()
            },
        }
    }
}

/// Runs the command line of the process.
pub(crate) fn main() -> ExitCode {
    let Some(Command::Run(args)) = Cli::parse().command else {
        return run(RunArgs::default());
    };
    run(args)
}

fn run(args: RunArgs) -> ExitCode {
    // A handler that cannot be set only means that Ctrl-C ends the process at once.
    drop(ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed)));
    let (quiet, strict) = (args.quiet, args.strict);
    let config = args.config();
    let progress = Terminal::new(quiet, &INTERRUPTED);
    // A defect of ours is told in a line, never as a panic with its trace.
    std::panic::set_hook(Box::new(|info| {
        if byline::corpus::is_guarded() {
            return;
        }
        let place = info.location().map_or(String::new(), |at| format!(" at {}:{}", at.file(), at.line()));
        progress::say(&format!("byline: internal error{place}; please report it"));
    }));
    let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| pipeline::run(&config, &progress)));
    progress.finish();
    let Ok(outcome) = outcome else {
        return ExitCode::from(FAILED);
    };
    match outcome {
        Ok(summary) => {
            if !quiet {
                progress::say(&summary_text(&summary, &config));
            }
            ExitCode::from(if strict && summary.skipped > 0 { SKIPPED } else { 0 })
        }
        Err(error) => {
            progress::say(&format!("byline: {error}"));
            exit_code(&error)
        }
    }
}

fn exit_code(error: &Error) -> ExitCode {
    ExitCode::from(match error.kind() {
        ErrorKind::Interrupted => STOPPED,
        ErrorKind::Option => 2,
        _ => FAILED,
    })
}

/// What a run tells at its end.
fn summary_text(summary: &Summary, config: &Config) -> String {
    let mut lines = vec![format!(
        "{} documents, {} words, {} entities in {} mentions, {} quotations",
        grouped(summary.documents),
        grouped(summary.tokens),
        grouped(summary.entities),
        grouped(summary.mentions),
        grouped(summary.quotations),
    )];
    if summary.skipped > 0 {
        let first = summary.first_skipped.as_deref().unwrap_or_default();
        lines.push(format!(
            "skipped {} of {} files, the first: {first}; see {}",
            grouped(summary.skipped),
            grouped(summary.files),
            config.output.join("skipped.csv").display(),
        ));
    }
    if summary.files == 0 {
        lines.push("no articles were found; byline reads .txt and .md files, at any depth of a folder".to_owned());
    }
    lines.extend(summary.notes.iter().cloned());
    lines.push(format!("tables are in {}", config.output.display()));
    lines.join("\n")
}

/// A number with commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Cli, grouped};
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(123_456), "123,456");
    }
}

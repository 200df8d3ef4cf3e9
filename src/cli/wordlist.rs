//! `byline wordlist`: the flags, and the list on standard output or in a file.

use std::path::PathBuf;

use byline::config::{Config, CountConfig, OutputConfig};
use byline::error::Result;
use byline::pipeline::wordlist::{self, Wordlist};
use byline::report;
use clap::Args;

use super::args::{InputArgs, ThreadArgs};
use super::log::{self, Level};
use super::reading::TextArgs;
use super::words::TermArgs;
use super::writing::CsvArgs;
use super::{SKIPPED, counted, grouped, guarded, shell};

/// `byline wordlist`.
#[derive(Args)]
pub(crate) struct WordlistArgs {
    #[command(flatten)]
    input: InputArgs,
    /// File for the list [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
    /// End with exit code 3 when a file was skipped
    #[arg(long)]
    strict: bool,
    #[command(flatten, next_help_heading = "How files are read")]
    reading: TextArgs,
    #[command(flatten, next_help_heading = "How words are counted")]
    terms: TermArgs,
    #[command(flatten, next_help_heading = "How tables are written (none of these changes a value)")]
    csv: CsvArgs,
    #[command(flatten, next_help_heading = "Running (none of these changes a table)")]
    running: ThreadArgs,
}

/// Counts and prints; gives the exit code.
pub(super) fn wordlist(args: WordlistArgs) -> Result<u8> {
    let config = Config {
        inputs: args.input.paths,
        threads: args.running.threads,
        max_file_bytes: args.reading.max_file_size(),
        corpus: args.reading.corpus(),
        count: CountConfig { terms: args.terms.config()?, ..CountConfig::default() },
        output_files: OutputConfig { csv: args.csv.config(), ..OutputConfig::default() },
        ..Config::default()
    };
    let skipped = guarded(args.quiet, |progress| {
        let list = wordlist::wordlist(&config, progress)?;
        let bytes = report::wordlist::csv(&list.tally, &config.count.terms, config.output_files.csv);
        progress.finish();
        match &args.output {
            Some(path) => report::wordlist::write(path, &bytes)?,
            None => shell::print_bytes(&bytes)?,
        }
        if !args.quiet {
            tell(&list);
        }
        Ok(list.skipped.len())
    })?;
    Ok(if args.strict && skipped > 0 { SKIPPED } else { 0 })
}

/// Tells what was counted.
fn tell(list: &Wordlist) {
    let (documents, skipped) = (list.tally.documents(), list.skipped.len() as u64);
    if log::is_json() {
        let fields = [
            ("files", (documents + skipped).into()),
            ("documents", documents.into()),
            ("skipped", skipped.into()),
            ("words", list.tally.tokens().into()),
            ("types", list.tally.types().into()),
        ];
        return log::record(Level::Info, "done", &fields);
    }
    let mut lines = vec![format!(
        "{}, {}, {} different",
        counted(documents, "document", "documents"),
        counted(list.tally.tokens(), "word", "words"),
        grouped(list.tally.types() as u64),
    )];
    if let Some(first) = list.skipped.first() {
        lines.push(format!(
            "skipped {} of {} files, the first: {} ({}); byline inspect names all",
            grouped(skipped),
            grouped(documents + skipped),
            first.path,
            first.reason,
        ));
    }
    if documents + skipped == 0 {
        lines.push(format!("no articles were found; byline reads {}", byline::corpus::readable()));
    }
    log::say(Level::Info, &lines.join("\n"));
}

//! The command line: flags become a [`Config`], a run's outcome becomes a summary on standard error and an exit code.
//! The only place that knows flags, terminals and exit codes. A run never writes to standard output; `inspect` does.

mod args;
mod compare;
mod counting;
mod entities;
mod evaluate;
mod inspect;
mod kwic;
mod progress;
mod reading;
mod size;
#[cfg(feature = "train")]
mod train;
mod words;
mod writing;

use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use byline::config::Config;
use byline::error::{Error, ErrorKind};
use byline::pipeline::{self, Summary};
use clap::Parser;

use self::args::{Cli, Command, InspectArgs, RunArgs};
use self::progress::Terminal;

/// Set when the user asks the run to stop.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// The environment failed the run.
const FAILED: u8 = 1;
/// The run ended, but files were skipped and `--strict` was given. (2 is clap's, for a wrong command line.)
const SKIPPED: u8 = 3;
/// The run was interrupted (128 + SIGINT).
const STOPPED: u8 = 130;

/// Runs the command line of the process.
pub(crate) fn main() -> ExitCode {
    // A handler that cannot be set only means that Ctrl-C ends the process at once.
    drop(ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed)));
    // A defect of ours is told in a line, never as a panic with its trace.
    let command = Cli::parse().command;
    std::panic::set_hook(Box::new(|info| {
        if byline::corpus::is_guarded() {
            return;
        }
        let place = info.location().map_or(String::new(), |at| format!(" at {}:{}", at.file(), at.line()));
        progress::say(&format!("byline: internal error{place}; please report it"));
    }));
    match command {
        Some(Command::Inspect(args)) => inspect(*args),
        Some(Command::Evaluate(args)) => ended(evaluate::evaluate(&args)),
        #[cfg(feature = "train")]
        Some(Command::Train(args)) => ended(train::train(*args)),
        Some(Command::Keyness(args)) => {
            let (quiet, strict) = (args.quiet, args.strict);
            args.config().map_or_else(|error| failed(&error), |config| run(quiet, strict, config))
        }
        Some(Command::Kwic(args)) => {
            let (quiet, strict) = (args.quiet, args.strict);
            args.config().map_or_else(|error| failed(&error), |config| run(quiet, strict, config))
        }
        Some(Command::Run(args)) => {
            let (quiet, strict) = (args.quiet, args.strict);
            args.config().map_or_else(|error| failed(&error), |config| run(quiet, strict, config))
        }
        None => RunArgs::default().config().map_or_else(|error| failed(&error), |config| run(false, false, config)),
    }
}

fn run(quiet: bool, strict: bool, config: Config) -> ExitCode {
    let progress = Terminal::new(quiet, &INTERRUPTED);
    let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| pipeline::run(&config, &progress)));
    progress.finish();
    match outcome {
        Ok(Ok(summary)) => {
            if !quiet {
                progress::say(&summary_text(&summary, &config));
            }
            ExitCode::from(if strict && summary.skipped > 0 { SKIPPED } else { 0 })
        }
        Ok(Err(error)) => failed(&error),
        Err(_) => ExitCode::from(FAILED),
    }
}

fn inspect(args: InspectArgs) -> ExitCode {
    let text = args.text;
    let config = args.config();
    let progress = Terminal::new(false, &INTERRUPTED);
    let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| inspect::inspect(&config, text, &progress)));
    progress.finish();
    match outcome {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => failed(&error),
        Err(_) => ExitCode::from(FAILED),
    }
}

fn ended(outcome: Result<(), Error>) -> ExitCode {
    outcome.map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS)
}

fn failed(error: &Error) -> ExitCode {
    progress::say(&format!("byline: {error}"));
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
        lines.push(format!("no articles were found; byline reads {}", byline::corpus::readable()));
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
    use super::args::Cli;
    use super::grouped;
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

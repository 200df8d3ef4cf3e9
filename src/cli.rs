//! The command line: flags become a [`Config`], a run's outcome becomes a summary on standard error and an exit code.
//! The only place that knows flags, terminals and exit codes. A run never writes to standard output; what is asked
//! to print does.

mod args;
mod compare;
mod counting;
mod entities;
mod evaluate;
mod inspect;
mod kwic;
mod log;
mod progress;
mod reading;
mod settings;
mod shell;
mod size;
#[cfg(feature = "train")]
mod train;
mod wordlist;
mod words;
mod writing;

use std::ffi::OsString;
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use byline::config::Config;
use byline::error::{Error, ErrorKind, Result};
use byline::pipeline::{self, Summary};
use clap::{ColorChoice, FromArgMatches, ValueEnum};

use self::args::{Cli, Command, ConfigCommand, OutputArgs};
use self::log::{Level, LogFormat};
use self::progress::Terminal;
use self::settings::{Refusal, Settings};

/// Set when the user asks the run to stop.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// The environment failed the run.
const FAILED: u8 = 1;
/// The command line, a variable or `byline.toml` is wrong.
const USAGE: u8 = 2;
/// The run ended, but files were skipped and `--strict` was given.
const SKIPPED: u8 = 3;
/// The run was interrupted (128 + SIGINT).
const STOPPED: u8 = 130;

/// Runs the command line of the process.
pub(crate) fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let choice = |key| settings::early(&words, key);
    let color = choice("color").and_then(|value| ColorChoice::from_str(&value, true).ok()).unwrap_or_default();
    if let Some(Ok(format)) = choice("log-format").map(|value| LogFormat::from_str(&value, true)) {
        log::write_as(format);
    }
    let mut command = args::command().color(color);
    command.build();
    let (matches, settings) = match settings::read(&command, words) {
        Ok(read) => read,
        Err(Refusal::Usage(error)) => return refused(&error),
        Err(Refusal::Settings(error)) => return failed(&error, &Settings::default()),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return refused(&error),
    };
    log::write_as(cli.every.log_format);
    // A defect of ours is told in a line, never as a panic with its trace.
    std::panic::set_hook(Box::new(|info| {
        if byline::corpus::is_guarded() {
            return;
        }
        let place = info.location().map_or(String::new(), |at| format!(" at {}:{}", at.file(), at.line()));
        log::say(Level::Error, &format!("byline: internal error{place}; please report it"));
    }));
    let ended = match cli.command {
        Some(Command::Inspect(args)) => {
            let text = args.text;
            guarded(false, |progress| inspect::inspect(&args.config(), text, progress).map(|_| 0))
        }
        Some(Command::Evaluate(args)) => evaluate::evaluate(&args).map(|()| 0),
        Some(Command::Config { what: ConfigCommand::Init }) => {
            let template = command.find_subcommand("run").map_or(String::new(), settings::template);
            shell::print(&template).map(|()| 0)
        }
        Some(Command::Config { what: ConfigCommand::Show(_) }) => {
            let (_, command, matches) = settings::leaf(&command, &matches);
            shell::print(&settings::effective(command, matches, &settings)).map(|()| 0)
        }
        Some(Command::Completions(args)) => shell::completions(&args, args::command()).map(|()| 0),
        Some(Command::Man(args)) => shell::man(&args, args::command()).map(|()| 0),
        #[cfg(feature = "train")]
        Some(Command::Train(args)) => train::train(*args).map(|()| 0),
        Some(Command::Keyness(args)) => run(Manner::of(&args.output), args.config()),
        Some(Command::Wordlist(args)) => wordlist::wordlist(*args),
        Some(Command::Kwic(args)) => run(Manner::of(&args.output), args.config()),
        Some(Command::Run(args)) => run(Manner::of(&args.output), args.config()),
        None => Ok(0),
    };
    ended.map_or_else(|error| failed(&error, &settings), ExitCode::from)
}

/// What a run tells and how it ends.
#[derive(Clone, Copy)]
struct Manner {
    quiet: bool,
    strict: bool,
    dry: bool,
}

impl Manner {
    fn of(args: &OutputArgs) -> Manner {
        Manner { quiet: args.quiet, strict: args.strict, dry: args.dry_run }
    }
}

/// Runs, or tells what a run would do; gives the exit code.
fn run(manner: Manner, config: Result<Config>) -> Result<u8> {
    let config = config?;
    let skipped = guarded(manner.quiet, |progress| {
        if manner.dry {
            return inspect::dry_run(&config, progress);
        }
        let summary = pipeline::run(&config, progress)?;
        progress.finish();
        if !manner.quiet {
            tell(&summary, &config);
        }
        Ok(summary.skipped)
    })?;
    Ok(if manner.strict && skipped > 0 { SKIPPED } else { 0 })
}

/// Works with a progress bar until Ctrl-C. A defect of ours has been told when it comes back.
fn guarded<T>(quiet: bool, work: impl FnOnce(&Terminal) -> Result<T>) -> Result<T> {
    // A handler that cannot be set only means that Ctrl-C ends the process at once.
    drop(ctrlc::set_handler(|| {
        // Who asks twice does not want to wait, for standard input perhaps.
        if INTERRUPTED.swap(true, Ordering::Relaxed) {
            progress::abandon();
            std::process::exit(STOPPED.into());
        }
    }));
    let progress = Terminal::new(quiet, &INTERRUPTED);
    let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| work(&progress)));
    progress.finish();
    outcome.unwrap_or_else(|_| std::process::exit(FAILED.into()))
}

fn failed(error: &Error, settings: &Settings) -> ExitCode {
    let origin = settings.explain(error);
    match log::is_json() {
        true => {
            let mut fields = vec![("remedy", error.remedy().into())];
            fields.extend(error.path().map(|path| ("path", path.to_string_lossy().into())));
            fields.extend(origin.map(|origin| ("origin", origin.into())));
            log::record(Level::Error, error.cause(), &fields);
        }
        false => {
            let origin = origin.map_or(String::new(), |origin| format!(" ({origin})"));
            log::say(Level::Error, &format!("byline: {error}{origin}"));
        }
    }
    ExitCode::from(match error.kind() {
        ErrorKind::Interrupted => STOPPED,
        ErrorKind::Option => USAGE,
        _ => FAILED,
    })
}

/// Help, or a wrong command line.
fn refused(error: &clap::Error) -> ExitCode {
    if error.use_stderr() && log::is_json() {
        log::record(Level::Error, &settings::first_paragraph(error), &[]);
    } else {
        // A reader that has gone away is no failure.
        drop(error.print());
    }
    ExitCode::from(if error.use_stderr() { USAGE } else { 0 })
}

/// Tells what a run did.
fn tell(summary: &Summary, config: &Config) {
    if !log::is_json() {
        return log::say(Level::Info, &summary_text(summary, config));
    }
    summary.notes.iter().for_each(|note| log::say(Level::Warn, note));
    let fields = [
        ("files", summary.files.into()),
        ("documents", summary.documents.into()),
        ("skipped", summary.skipped.into()),
        ("words", summary.tokens.into()),
        ("entities", summary.entities.into()),
        ("mentions", summary.mentions.into()),
        ("quotations", summary.quotations.into()),
        ("output", config.output.to_string_lossy().into()),
    ];
    log::record(Level::Info, "done", &fields);
}

/// A number and what it counts.
fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// What a run tells at its end.
fn summary_text(summary: &Summary, config: &Config) -> String {
    let mut lines = vec![format!(
        "{}, {}, {} in {}, {}",
        counted(summary.documents, "document", "documents"),
        counted(summary.tokens, "word", "words"),
        counted(summary.entities, "entity", "entities"),
        counted(summary.mentions, "mention", "mentions"),
        counted(summary.quotations, "quotation", "quotations"),
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
    use super::args;
    use super::grouped;

    #[test]
    fn the_command_line_is_well_formed() {
        args::command().debug_assert();
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(123_456), "123,456");
    }
}

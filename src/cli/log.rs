//! What is said on standard error: lines for people, or an object of JSON a line for programs (`--log-format json`).

use std::io::Write;
use std::sync::OnceLock;
use std::time::Instant;

use clap::ValueEnum;
use serde_json::{Map, Value};

/// How messages are written: lines for people, or an object of JSON a line with level, message, elapsed (seconds) and,
/// where there are such, path, reason and others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    #[default]
    Text,
    Json,
}

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Info,
    Warn,
    Error,
}

static FORMAT: OnceLock<(LogFormat, Instant)> = OnceLock::new();

/// Decides the format. The first call counts.
pub(super) fn write_as(format: LogFormat) {
    FORMAT.get_or_init(|| (format, Instant::now()));
}

/// Whether programs read along.
pub(super) fn is_json() -> bool {
    FORMAT.get().is_some_and(|(format, _)| *format == LogFormat::Json)
}

/// Says a line; a reader that has gone away is no failure.
pub(super) fn say(level: Level, line: &str) {
    match is_json() {
        true => record(level, line.trim_start_matches("byline: "), &[]),
        false => write(line),
    }
}

/// Writes an object with further fields, if programs read along.
pub(super) fn record(level: Level, message: &str, fields: &[(&str, Value)]) {
    let Some((LogFormat::Json, start)) = FORMAT.get() else { return };
    let level = match level {
        Level::Info => "info",
        Level::Warn => "warn",
        Level::Error => "error",
    };
    let seconds = (start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
    let first = [("level", level.into()), ("message", message.into()), ("elapsed", seconds.into())];
    let named = first.into_iter().chain(fields.iter().cloned());
    let object: Map<String, Value> = named.map(|(name, value)| (name.to_owned(), value)).collect();
    write(&Value::Object(object).to_string());
}

#[allow(clippy::print_stderr)]
fn write(line: &str) {
    drop(writeln!(std::io::stderr(), "{line}"));
}

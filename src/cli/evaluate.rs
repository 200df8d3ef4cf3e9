//! `byline evaluate`: metrics on standard output as CSV, and the flags for it.

use std::fmt::Write as _;
use std::path::PathBuf;

use byline::error::Result;
use byline::evaluate::{self, TASKS};
use clap::Args;

use super::shell;

/// `byline evaluate`.
#[derive(Args)]
pub(crate) struct EvaluateArgs {
    /// What is measured (see below)
    #[arg(value_name = "TASK", value_parser = TASKS.iter().map(|task| task.name).collect::<Vec<_>>())]
    task: String,
    /// File or folder of labelled data
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Write the labelled data with what was predicted
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
}

/// The tasks, for the end of the help.
pub(crate) fn tasks() -> String {
    TASKS.iter().fold("Tasks:".to_owned(), |mut text, task| {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {:<12} {}", task.name, task.about);
        text
    })
}

/// Measures and prints `metric,value`.
pub(super) fn evaluate(args: &EvaluateArgs) -> Result<()> {
    let metrics = evaluate::run(&args.task, &args.path, args.predictions.as_deref())?;
    let mut csv = "metric,value\n".to_owned();
    for (metric, value) in metrics {
        let decimals = if value.fract().abs() > 0.0 || value.abs() <= 1.0 { 6 } else { 0 };
        let _ = writeln!(csv, "{metric},{value:.decimals$}");
    }
    shell::print(&csv)
}

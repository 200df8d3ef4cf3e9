//! `byline train`: the flags of training, in builds with the cargo feature `train`.

use std::path::PathBuf;

use byline::error::Result;
use byline::train::{self, Sources};
use clap::Args;

use super::progress;

/// `byline train`.
#[derive(Args)]
pub(crate) struct TrainArgs {
    /// The model: ner or sentiment
    #[arg(value_name = "MODEL")]
    model: String,
    /// Labelled files and folders
    #[arg(value_name = "GOLD", required = true)]
    gold: Vec<PathBuf>,
    /// Labelled files on which choices are made
    #[arg(long, value_name = "FILE")]
    dev: Vec<PathBuf>,
    /// Files without labels
    #[arg(long, value_name = "FILE")]
    text: Vec<PathBuf>,
    /// File of the model
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Trains a model and writes its file; steps are told on standard error.
pub(super) fn train(args: TrainArgs) -> Result<()> {
    let sources = Sources { gold: args.gold, dev: args.dev, text: args.text };
    train::run(&args.model, &sources, &args.output, &mut |step| progress::say(step))
}

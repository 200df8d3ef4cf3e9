//! `byline train`: the flags of training, in builds with the cargo feature `train`.

use std::path::PathBuf;

use byline::error::Result;
use byline::train::{self, Sources};
use clap::Args;

use super::log::{self, Level};

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
    /// Folders of lists of names
    #[arg(long, value_name = "FOLDER")]
    lists: Vec<PathBuf>,
    /// File of classes of words, made by `byline train words`
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
    /// Train again without each group of features and tell what it is worth
    #[arg(long)]
    ablate: bool,
    /// File of the model
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Trains a model and writes its file; steps are told on standard error.
pub(super) fn train(args: TrainArgs) -> Result<()> {
    let TrainArgs { model, gold, dev, text, lists, words, ablate, output } = args;
    let sources = Sources { gold, dev, text, lists, words, ablate };
    train::run(&model, &sources, &output, &mut |step| log::say(Level::Info, step))
}

//! Training of the embedded models (cargo feature `train`): gold data and texts in, one sealed file of weights out.
//! No part of a run; a model is made here once and then lies in `model/assets`.
//!
//! To add a model, write `train/x.rs` with a [`Trainer`], then a `mod` line and a line of [`TRAINERS`].

mod grammar;
mod ner;
mod sentiment;

use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// Every model that can be trained, by the name the command line knows it by.
pub static TRAINERS: &[Trainer] = &[ner::words::TRAINER, ner::TRAINER, sentiment::TRAINER];

/// Makes a model's file and tells each step.
pub type Train = fn(&Sources, &mut dyn FnMut(&str)) -> Result<Vec<u8>>;

/// One model and how it is made.
#[derive(Clone, Copy, Debug)]
pub struct Trainer {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it learns from what, in a sentence.
    pub about: &'static str,
    /// Trains: the bytes of the model's file, sealed by [`crate::model::weights::seal`].
    pub run: Train,
}

/// What a model learns from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Labelled files and folders.
    pub gold: Vec<PathBuf>,
    /// Labelled files on which choices are made and progress is told.
    pub dev: Vec<PathBuf>,
    /// Files without labels.
    pub text: Vec<PathBuf>,
    /// Folders of lists of names.
    pub lists: Vec<PathBuf>,
    /// The file of classes of words that `words` made.
    pub words: Option<PathBuf>,
    /// Whether to train again without each group of features and tell what it is worth.
    pub ablate: bool,
}

/// Trains a model and writes its file. `say` is told each step, a line at a time.
///
/// # Errors
/// [`ErrorKind::Option`] for a model that does not exist, [`ErrorKind::Read`] for sources that cannot be read,
/// [`ErrorKind::Write`] for the model's file.
pub fn run(name: &str, sources: &Sources, output: &Path, say: &mut dyn FnMut(&str)) -> Result<()> {
    let Some(trainer) = TRAINERS.iter().find(|known| known.name == name) else {
        let names: Vec<_> = TRAINERS.iter().map(|known| known.name).collect();
        let remedy = format!("choose one of {}", names.join(", "));
        return Err(Error::new(ErrorKind::Option, format!("there is no model {name:?}"), remedy));
    };
    let model = (trainer.run)(sources, say)?;
    std::fs::write(output, model).map_err(|cause| Error::io(ErrorKind::Write, output, cause))
}

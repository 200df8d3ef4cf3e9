//! Text to layers: one file for each stage. A stage is a pure function of the layers above its own; it cannot fail,
//! reads no file, keeps nothing between documents and never counts.
//!
//! To add a stage, write `annotate/x.rs` with a type that implements [`Annotator`], then a `mod` line and a line in
//! [`annotators`]. The document laws in `tests/laws.rs` run over every stage.

pub mod abbreviation;
pub mod entity;
mod language;
mod norm;
pub mod quotation;
pub mod reporting;
pub mod sentence;
pub mod sentiment;
pub mod token;
pub mod word_class;

#[cfg(test)]
pub(crate) mod fixture;

use crate::config::CorpusConfig;
use crate::document::Document;

/// A stage: reads the layers above it and writes exactly one.
pub trait Annotator: Send + Sync {
    /// The stage's name in `run.json`.
    fn name(&self) -> &'static str;
    /// Writes the stage's layer.
    fn annotate(&self, doc: &mut Document);
}

/// The stages in the order they run.
pub fn annotators(config: &CorpusConfig) -> Vec<Box<dyn Annotator>> {
    vec![
        Box::new(token::Tokenizer),
        Box::new(sentence::Sentencizer),
        Box::new(language::Guesser::new(config)),
        Box::new(entity::EntityTagger),
        Box::new(quotation::Quoter),
        Box::new(sentiment::Appraiser),
    ]
}

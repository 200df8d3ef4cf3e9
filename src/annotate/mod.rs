//! Text to layers: one file for each stage. A stage is a pure function of the layers above its own; it cannot fail,
//! reads no file, keeps nothing between documents and never counts.
//!
//! To add a stage, write `annotate/x.rs` with a type that implements [`Annotator`], then a `mod` line and a line in
//! [`annotators`]. The document laws in `tests/laws.rs` run over every stage.

pub mod abbreviation;
mod ascii;
mod block;
pub mod concordance;
pub mod entity;
mod language;
mod norm;
mod plain;
pub mod quotation;
pub mod reporting;
pub mod sentence;
pub mod sentiment;
pub mod token;
pub mod word_class;
pub mod words;

#[cfg(test)]
pub(crate) mod fixture;

use crate::config::{CorpusConfig, EntityConfig};
use crate::document::{Article, Document, Layer};

/// A stage: reads the layers above it and writes one, or a part of one.
pub trait Annotator: Send + Sync {
    /// The layer it writes.
    fn layer(&self) -> Layer;
    /// Writes it.
    fn annotate(&self, doc: &mut Document);
}

/// The stages in the order they run, up to a layer; [`concordance`] runs after them where something is looked for.
pub fn annotators(config: &CorpusConfig, layer: Layer) -> Vec<Box<dyn Annotator>> {
    annotators_for(config, &EntityConfig::default(), layer)
}

/// As [`annotators`], with what the user says of entities.
pub fn annotators_for(config: &CorpusConfig, entities: &EntityConfig, layer: Layer) -> Vec<Box<dyn Annotator>> {
    let all: Vec<Box<dyn Annotator>> = vec![
        Box::new(token::Tokenizer),
        Box::new(sentence::Sentencizer),
        Box::new(language::Guesser::new(config)),
        Box::new(entity::EntityTagger::new(entities)),
        Box::new(quotation::Quoter),
        Box::new(sentiment::Appraiser::new(config)),
    ];
    all.into_iter().filter(|stage| stage.layer() <= layer).collect()
}

/// Frees what the thread remembers of the words of documents, which only saves time: about 17 MB for 40,000 words.
pub fn forget_words() {
    entity::forget_words();
    sentiment::forget_words();
}

/// A document with tokens and sentences only.
pub fn segmented(article: Article) -> Document {
    let mut doc = Document::from_article(article);
    token::Tokenizer.annotate(&mut doc);
    sentence::Sentencizer.annotate(&mut doc);
    doc
}

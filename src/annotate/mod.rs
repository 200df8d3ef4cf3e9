//! Text to layers: one file for each stage.

use crate::document::Document;

/// A stage: reads the layers above it and writes exactly one.
pub trait Annotator: Send + Sync {
    /// The stage's name in `run.json`.
    fn name(&self) -> &'static str;
    /// Writes the stage's layer.
    fn annotate(&self, doc: &mut Document);
}

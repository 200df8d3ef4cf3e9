//! Word lists and trained weights, embedded in the binary. Knows words and numbers, never documents. What each
//! list is, where its facts come from and its licence stand in `assets/README.md`.

use crate::error::{Error, ErrorKind, Result};

pub mod form;
pub mod gazetteer;
pub mod interner;
pub mod lexicon;
pub mod lookup;
pub mod nickname;
pub mod packed;
pub mod prior;
pub mod reference;
pub mod sentiment;
pub mod spelling;
pub mod stopword;
pub(crate) mod tagger;
pub mod weights;

/// Names of the lists, for `run.json`.
pub const WORD_LISTS: &[&str] =
    &[stopword::NAME, gazetteer::NAME, nickname::NAME, lexicon::NAME, prior::NAME, sentiment::NAME];

/// Whether the trained models that are built in are whole.
///
/// # Errors
/// [`ErrorKind::Model`] for a damaged one, with its name and what to do.
pub fn check() -> Result<()> {
    let broken = |cause: &Error| {
        Error::new(ErrorKind::Model, cause.to_string(), "take a byline that was built from a whole checkout")
    };
    tagger::english().map_err(broken)?;
    sentiment::check()
}

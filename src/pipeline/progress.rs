//! What a run tells while it works, and whether it is to go on.

use std::path::Path;

use crate::corpus::Skipped;
use crate::error::{Error, ErrorKind, Result};

/// What a run tells while it works. `()` is silent.
pub trait Progress: Sync {
    /// A stage begins, of so many units.
    fn stage(&self, _name: &'static str, _total: u64) {}
    /// So many more units are done.
    fn advance(&self, _units: u64) {}
    /// A file or record was skipped; told in the order of `skipped.csv`.
    fn skipped(&self, _row: &Skipped) {}
    /// The temporary folder in which tables are written; who ends the process in the middle of a run removes it.
    fn claimed(&self, _folder: &Path) {}
    /// Whether the user wants the run to end.
    fn is_interrupted(&self) -> bool {
        false
    }
}

impl Progress for () {}

/// Whether the run is to go on.
///
/// # Errors
/// [`ErrorKind::Interrupted`] when it is not.
pub(super) fn check(progress: &dyn Progress) -> Result<()> {
    if progress.is_interrupted() {
        return Err(Error::new(ErrorKind::Interrupted, "interrupted", "nothing was written"));
    }
    Ok(())
}

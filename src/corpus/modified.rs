//! The day of a file's last change, as a weak date of an article that has no other.
//!
//! It looks at a file's times only where the user asks for it (`--mtime-dates`): a copy of the same files may have
//! other times, and the same input is to give the same tables.

use std::time::SystemTime;

use super::{Entry, Payload, layout};
use crate::config::Config;
use crate::document::Date;

/// The day (UTC) of the last change of an entry that is a file of its own.
pub(super) fn day(entry: &Entry, config: &Config) -> Option<Date> {
    let Payload::File(path) = &entry.payload else {
        return None;
    };
    if !config.corpus.mtime_dates {
        return None;
    }
    let time = std::fs::metadata(path).ok()?.modified().ok()?;
    layout::day_of(time.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs())
}

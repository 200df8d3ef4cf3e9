//! From a file that was listed to the documents in it: archives, compressed files, tables of articles.
//!
//! It opens files one after the other and hands every document to be to a sink. It decodes no text and never holds
//! more than one entry.

use super::{Entry, Payload, Skipped, Source};
use crate::config::Config;

/// What opening gives: an entry, or why something is none.
pub type Opened = Result<Entry, Skipped>;

/// Opens a file and hands what is in it to `sink`, in the order of the file, until `sink` returns `false`.
/// Gives whether the sink wants more.
pub fn open(source: &Source, _config: &Config, sink: &mut dyn FnMut(Opened) -> bool) -> bool {
    sink(Ok(Entry {
        path: source.shown.clone(),
        record: 0,
        bytes: source.bytes,
        payload: Payload::File(source.path.clone()),
    }))
}

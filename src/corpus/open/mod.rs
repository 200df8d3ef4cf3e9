//! From a file that was listed to the documents in it: archives, compressed files, tables of articles.
//!
//! It opens files one after the other, hands every document to be to a sink, and says what it could not open. Nothing
//! is ever unpacked to disk, and no more than one document (`--max-file-size`) is held at a time. The text of
//! articles is decoded later, by the workers. [`kind`] decides what a file is, [`limit`] what an archive may ask for.

mod archive;
mod compression;
mod input;
mod json;
mod kept;
mod kind;
mod limit;
mod opening;
mod table;
mod tar;
mod zip;

use std::fs::File;

use self::input::Input;
use self::limit::Limits;
use self::opening::{Opening, Part};
use super::walk::STANDARD_INPUT;
use super::{Entry, Payload, Skipped, Source, read};
use crate::config::Config;

pub(super) use kind::{container_by_content, document_extension};

/// What opening gives: an entry, or why something is none.
pub type Opened = Result<Entry, Skipped>;

/// The files that hold other files or records, in the order in which messages name them.
static CONTAINERS: &[Container] = &[
    json::LINES,
    json::DOCUMENT,
    table::COMMAS,
    table::TABS,
    zip::CONTAINER,
    tar::CONTAINER,
    compression::GZIP,
    compression::ZSTANDARD,
    compression::BZIP2,
    compression::XZ,
];

/// A kind of file that holds others, or records.
struct Container {
    /// Its name in messages.
    name: &'static str,
    /// File name extensions in lower case, without the dot.
    extensions: &'static [&'static str],
    /// Whether it holds files, so that it is a layer that [`Limits`] count.
    holds_files: bool,
    /// Whether the first bytes of a file (up to [`kind::SNIFFED`]) say that it is of this kind, whatever its name.
    sniff: fn(head: &[u8]) -> bool,
    /// Hands over what is in it. Gives whether to go on.
    open: fn(input: Input<'_>, part: &Part, opening: &mut Opening<'_>) -> bool,
}

/// Opens a file and hands what is in it to `sink`, in the order of the file (archives with a directory: of the names),
/// until `sink` returns `false`. Gives whether the sink wants more.
///
/// A [`Source`] of standard input can be opened once only.
pub fn open(source: &Source, config: &Config, sink: &mut dyn FnMut(Opened) -> bool) -> bool {
    open_within(source, config, Limits::default(), sink)
}

fn open_within(source: &Source, config: &Config, limits: Limits, sink: &mut dyn FnMut(Opened) -> bool) -> bool {
    let part = Part::of(source);
    let mut opening = Opening::new(source, config, limits, sink);
    if source.path.as_os_str() == STANDARD_INPUT {
        let input = opening.counted_source(Box::new(std::io::stdin().lock()));
        opening.part(input, &part);
    } else if kind::is_document(&part.name) {
        // The workers read it; there is no need to look into it here.
        opening.give(Ok(Entry {
            path: source.shown.clone(),
            record: 0,
            bytes: source.bytes,
            payload: Payload::File(source.path.clone()),
        }));
    } else {
        match File::open(&source.path) {
            Ok(file) => opening.part(Input::new(Box::new(file)), &part),
            Err(error) => opening.skip(&part, read::io_reason(&error), error.to_string()),
        };
    }
    opening.wants_more()
}

#[cfg(test)]
mod tests;

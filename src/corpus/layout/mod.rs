//! The layout of news texts: where in a decoded text the title, the byline, the date line, the boilerplate and the
//! paragraphs are, and what the clean text is. One step a file; [`parse`] has their order.

mod boilerplate;
mod boilerplate_phrases;
mod byline;
mod character_reference;
mod clean;
mod date;
mod dating;
mod describe;
mod filename;
mod footer;
mod front_matter;
mod line;
mod markup;
mod masthead;
mod metadata_line;
mod paragraph;
mod parse;
mod path_date;
mod phrase_index;
mod rejoin;
mod title;

pub(super) use dating::day_of;
pub(super) use filename::FilenamePattern;
pub(super) use parse::{Given, parse, text};

//! Markdown files (`.md`, `.markdown`): prose with light markup, of which only the words are kept.

use super::parse::{Dialect, parse};
use super::{Format, Parsed};

/// Markdown.
pub(super) const FORMAT: Format = Format { name: "markdown", extensions: &["md", "markdown"], parse: parse_markdown };

fn parse_markdown(raw: &str, path: &str) -> Parsed {
    parse(raw, path, Dialect::Markdown)
}

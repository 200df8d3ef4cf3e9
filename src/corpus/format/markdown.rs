//! Markdown files (`.md`, `.markdown`): prose with light markup, of which only the words are kept.

use super::super::{Extract, Reason, encoding};
use super::Format;

/// Markdown.
pub(super) const FORMAT: Format =
    Format { name: "markdown", extensions: &["md", "markdown"], sniff: |_| false, extract };

fn extract(bytes: Vec<u8>, declared: Option<&str>) -> Result<Extract, Reason> {
    let (raw, encoding) = encoding::decode(bytes, declared)?;
    Ok(Extract { raw, encoding, markdown: true, ..Extract::default() })
}

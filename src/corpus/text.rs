//! Plain text files (`.txt`). They are read with the same rules as Markdown, except for marks that plain text uses
//! in another sense (backticks as quotation marks, reference links).

use super::parse::{Dialect, parse};
use super::{Format, Parsed};

/// Plain text.
pub(super) const FORMAT: Format = Format { name: "text", extensions: &["txt", "text"], parse: parse_text };

fn parse_text(raw: &str, path: &str) -> Parsed {
    parse(raw, path, Dialect::Text)
}

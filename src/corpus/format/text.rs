//! Plain text files (`.txt`). They are read with the same rules as Markdown, except for marks that plain text uses
//! in another sense (backticks as quotation marks, reference links).

use super::super::{Extract, Reason, encoding};
use super::Format;

/// Plain text.
pub(super) const FORMAT: Format = Format { name: "text", extensions: &["txt", "text"], sniff: |_| false, extract };

fn extract(bytes: Vec<u8>, declared: Option<&str>) -> Result<Extract, Reason> {
    let (raw, encoding) = encoding::decode(bytes, declared)?;
    Ok(Extract { raw, encoding, ..Extract::default() })
}

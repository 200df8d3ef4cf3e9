//! What a file is: by its extension where that is known, else by its first bytes.

use super::super::format::{by_content, by_extension, extensions_read};
use super::super::{encoding, format};
use super::input::Input;
use super::{CONTAINERS, Container, compression};

/// How many bytes are looked at to recognise a file.
pub(super) const SNIFFED: usize = format::SNIFFED;
/// Most letters of an extension; what follows the last dot of a longer name is a part of the name.
const LONGEST_EXTENSION: usize = 10;

/// What a file is.
pub(super) enum Kind {
    /// It holds others, or records.
    Container(&'static Container),
    /// It is one article.
    Document,
    /// Neither; the sentence says what was seen.
    Unsupported(String),
}

/// What a file of this name with this content is.
pub(super) fn kind(name: &str, input: &mut Input<'_>) -> Kind {
    let extension = extension(name);
    if let Some(extension) = &extension {
        if let Some(container) = CONTAINERS.iter().find(|c| c.extensions.contains(&extension.as_str())) {
            return Kind::Container(container);
        }
        if by_extension(extension).is_some() {
            return Kind::Document;
        }
    }
    let head = input.peek(SNIFFED);
    if by_content(head).is_some() {
        return Kind::Document;
    }
    if let Some(container) = CONTAINERS.iter().find(|c| (c.sniff)(head)) {
        return Kind::Container(container);
    }
    match extension {
        None if is_text(head) => Kind::Document,
        None => Kind::Unsupported(unsupported("the name has no extension and the content is not text")),
        Some(extension) => Kind::Unsupported(unsupported(&format!("the extension .{extension} is not read"))),
    }
}

/// Whether the name alone says that a file is one article.
pub(super) fn is_document(name: &str) -> bool {
    extension(name).is_some_and(|extension| by_extension(&extension).is_some())
}

/// The extension that says which format the article in a file has: `md` for `a.md.gz`. Empty when there is none.
pub(in super::super) fn document_extension(path: &str) -> String {
    let mut name = path.rsplit('/').next().unwrap_or_default().to_owned();
    while let Some(inner) = compression::inner_name(&name) {
        name = inner;
    }
    extension(&name).unwrap_or_default()
}

/// What holds other files or records and begins like this: its name and its usual extension.
pub(in super::super) fn container_by_content(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let container = CONTAINERS.iter().find(|c| (c.sniff)(head))?;
    Some((container.name, container.extensions[0]))
}

/// What follows the last dot of a file name, in lower case, where it looks like an extension: a few letters and
/// digits, not digits alone.
pub(super) fn extension(name: &str) -> Option<String> {
    let (before, after) = name.rsplit('/').next()?.rsplit_once('.')?;
    let plain = after.bytes().all(|byte| byte.is_ascii_alphanumeric()) && after.len() <= LONGEST_EXTENSION;
    let letter = after.bytes().any(|byte| byte.is_ascii_alphabetic());
    (!before.is_empty() && plain && letter).then(|| after.to_ascii_lowercase())
}

fn is_text(head: &[u8]) -> bool {
    match encoding::decode(head.to_vec(), None) {
        Ok(_) => true,
        Err((reason, _)) => reason == "empty",
    }
}

fn unsupported(seen: &str) -> String {
    let names = |files: bool| {
        let these = CONTAINERS.iter().filter(move |c| c.holds_files == files).flat_map(|c| c.extensions);
        these.map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(", ")
    };
    format!("{seen}; byline reads {}, {}, and any of these in {}", extensions_read(), names(false), names(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_a_few_letters() {
        let cases = [
            ("a/b.TXT", Some("txt")),
            ("a.b/c", None),
            ("story.2024", None),
            ("Mr. Harbour speaks", None),
            ("x.7z", Some("7z")),
            (".profile", None),
            ("end.", None),
        ];
        for (name, expected) in cases {
            assert_eq!(extension(name).as_deref(), expected, "{name}");
        }
        assert_eq!(document_extension("x.zip/a/b.md.gz"), "md");
        assert_eq!(document_extension("story.gz"), "");
    }

    #[test]
    fn every_extension_belongs_to_one_kind() {
        let mut seen = std::collections::BTreeSet::new();
        for extension in CONTAINERS.iter().flat_map(|c| c.extensions) {
            assert!(seen.insert(*extension) && by_extension(extension).is_none(), "{extension}");
        }
    }
}

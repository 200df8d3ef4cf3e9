//! Fields in file names by a pattern that the user gives: `{date}_{outlet}_{title}`.
//!
//! A pattern with slashes is matched against as many folders: `{outlet}/{date}-{title}`. The ending of the file's name
//! is no part of it. Fields are date, outlet, title, author, section, language; any other name becomes metadata, and
//! `{}` or `{ignore}` is passed over.

use regex::Regex;

use crate::error::{Error, ErrorKind, Result};

/// A pattern that was understood.
#[derive(Clone, Debug)]
pub(crate) struct FilenamePattern {
    regex: Regex,
    names: Vec<String>,
    /// Parts of the path that it is matched against.
    depth: usize,
}

/// What a date may look like: numbers with marks between them, eight digits, or a month's name.
const DATE: &str = r"([0-9]{1,4}[-_. ][0-9]{1,2}[-_. ][0-9]{1,4}|[0-9]{8}|[0-9]{1,2}[-_. ]?[A-Za-z]{3,9}[-_. ]?[0-9]{4}|[A-Za-z]{3,9}[-_. ]?[0-9]{1,2}[-_. ][0-9]{4})";

impl FilenamePattern {
    /// Understands a pattern.
    ///
    /// # Errors
    /// [`ErrorKind::Option`] for a brace without its partner, a pattern without fields, or a field named twice.
    pub(crate) fn new(pattern: &str) -> Result<FilenamePattern> {
        let bad = |cause: &str| {
            let cause = format!("--filename-pattern \"{pattern}\": {cause}");
            Error::new(ErrorKind::Option, cause, "write it like '{date}_{outlet}_{title}'")
        };
        let (mut expression, mut names) = ("^".to_owned(), Vec::new());
        let mut rest = pattern.trim_matches('/');
        let depth = rest.matches('/').count() + 1;
        while !rest.is_empty() {
            let (literal, after) = rest.split_once('{').unwrap_or((rest, ""));
            if literal.contains('}') {
                return Err(bad("a } without its {"));
            }
            expression.push_str(&regex::escape(literal));
            if literal.len() == rest.len() {
                break;
            }
            let Some((name, after)) = after.split_once('}') else {
                return Err(bad("a { without its }"));
            };
            let name = name.trim().to_lowercase();
            if !matches!(name.as_str(), "" | "ignore") && names.contains(&name) {
                return Err(bad(&format!("the field {name} stands twice")));
            }
            expression.push_str(match (name.as_str(), after.is_empty()) {
                ("date", _) => DATE,
                (_, true) => "([^/]+)",
                _ => "([^/]+?)",
            });
            names.push(name);
            rest = after;
        }
        expression.push('$');
        if names.is_empty() {
            return Err(bad("it has no field in braces"));
        }
        let regex = Regex::new(&expression).map_err(|error| bad(&error.to_string()))?;
        Ok(FilenamePattern { regex, names, depth })
    }

    /// The fields of a shown path, in the order of the pattern; none where it does not fit.
    pub(super) fn fields(&self, path: &str) -> Option<Vec<(&str, String)>> {
        let start = path.rmatch_indices('/').nth(self.depth - 1).map_or(0, |(at, _)| at + 1);
        let tail = &path[start..];
        let file = tail.rfind('/').map_or(0, |at| at + 1);
        let mut end = ending(&tail[file..]);
        if COMPRESSED.contains(&&tail[file + end..]) {
            end = ending(&tail[file..file + end]);
        }
        let found = self.regex.captures(&tail[..file + end])?;
        let values = found.iter().skip(1).map(|value| value.map_or("", |v| v.as_str()).trim().to_owned());
        let named = self.names.iter().map(String::as_str).zip(values);
        Some(named.filter(|(name, _)| !matches!(*name, "" | "ignore")).collect())
    }
}

/// Endings of names behind the ending of the file that was compressed.
const COMPRESSED: &[&str] = &[".gz", ".zst", ".bz2", ".xz"];

/// Where the ending of a file's name begins; a dot may stand in the name itself, and in front of it.
fn ending(name: &str) -> usize {
    name.rfind('.').filter(|at| *at > 0).unwrap_or(name.len())
}

/// A name with the marks that stand for spaces in file names turned into spaces.
pub(super) fn spaced(value: &str) -> String {
    let marks = if value.contains('_') { &['_'][..] } else { &['-', '+'][..] };
    let words: Vec<&str> =
        value.split(|c: char| c.is_whitespace() || marks.contains(&c)).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pattern: &str, path: &str) -> String {
        let pattern = FilenamePattern::new(pattern).unwrap();
        let found = pattern.fields(path).unwrap_or_default();
        found.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn fields_are_taken_from_names_and_folders() {
        let title = "date=2023-03-23 outlet=gazette title=bridge_opens_at_last";
        assert_eq!(fields("{date}_{outlet}_{title}", "a/2023-03-23_gazette_bridge_opens_at_last.txt"), title);
        assert_eq!(fields("{date}-{title}", "2023-03-23-a-b.txt.gz"), "date=2023-03-23 title=a-b");
        assert_eq!(fields("{outlet}/{date}-{id}", "x/Gazette/20230323-7.md"), "outlet=Gazette date=20230323 id=7");
        assert_eq!(fields("{date}_{outlet}", "2023.03.23_gazette.txt"), "date=2023.03.23 outlet=gazette");
        assert_eq!(fields("{}_{author}", "17_Jane Doe.txt"), "author=Jane Doe");
        assert_eq!(fields("{date}_{outlet}", "gazette.txt"), "");
        assert_eq!(fields("{outlet}/{date}", "20230323.txt"), "");
        assert_eq!(spaced("bridge_opens_at-last"), "bridge opens at-last");
        assert_eq!(spaced("bridge-opens"), "bridge opens");
    }

    #[test]
    fn wrong_patterns_are_told() {
        for (pattern, cause) in
            [("{date", "without its }"), ("date}", "without its {"), ("x", "no field"), ("{a}_{a}", "twice")]
        {
            let error = FilenamePattern::new(pattern).unwrap_err().to_string();
            assert!(error.contains(cause), "{error}");
        }
    }
}

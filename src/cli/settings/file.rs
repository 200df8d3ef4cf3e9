//! `byline.toml`: options by their long names. A key that is no option, and a value that is none of the option, are
//! refused with their line. Paths are relative to the file.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use byline::error::{Error, ErrorKind, Result};
use clap::{Arg, Command};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::option::{self, Kind};

/// A larger file is none of ours, bytes.
const MOST: u64 = 1 << 20;

/// Keys that are less alike are not suggested (Jaro-Winkler similarity).
const ALIKE: f64 = 0.8;

/// One key with its values.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    /// From 1.
    pub(super) line: usize,
    /// As words of a command line would have them; of a switch none for `false`.
    pub(super) values: Vec<OsString>,
}

/// Reads a file.
///
/// # Errors
/// [`ErrorKind::Read`] when it cannot be read, [`ErrorKind::Option`] with the line of what is wrong in it.
pub(super) fn read(path: &Path, run: &Command) -> Result<Vec<Entry>> {
    let text = text(path)?;
    let line = |offset: usize| 1 + text[..offset.min(text.len())].matches('\n').count();
    let wrong = |offset: usize, cause: String, remedy: String| {
        let place = PathBuf::from(format!("{}:{}", path.display(), line(offset)));
        Error::at(ErrorKind::Option, &place, cause, remedy)
    };
    let table = DeTable::parse(&text).map_err(|error| {
        let cause = error.message().lines().collect::<Vec<_>>().join(", ");
        let remedy = "write a line for each option, such as window = 5 or language = \"en\"";
        wrong(error.span().map_or(0, |span| span.start), cause, remedy.into())
    })?;
    let mut keys: Vec<_> = table.get_ref().iter().collect();
    keys.sort_by_key(|(key, _)| key.span().start);
    let mut entries = Vec::new();
    for (key, value) in keys {
        let (name, at) = (key.get_ref().as_ref(), key.span().start);
        let Some(arg) = option::find(run, name) else {
            return Err(wrong(at, format!("there is no option {name}"), nearest(name, run)));
        };
        let values = values(arg, value)
            .map_err(|found| wrong(value.span().start, format!("{name} is {found}"), expected(arg)))?;
        let values: Vec<OsString> = values.into_iter().map(|value| placed(arg, value, path)).collect();
        if let Some(cause) = option::complaint(run, arg, &values) {
            return Err(wrong(value.span().start, cause, format!("give {name} another value")));
        }
        entries.push(Entry { key: name.to_owned(), line: line(at), values });
    }
    Ok(entries)
}

fn text(path: &Path) -> Result<String> {
    let unreadable = |cause| Error::io(ErrorKind::Read, path, cause);
    if path.is_dir() {
        return Err(Error::at(ErrorKind::Read, path, "is a folder", "name a file with --config, or give --no-config"));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(unreadable)?.take(MOST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let refused = |cause: &str| Error::at(ErrorKind::Option, path, cause, "byline config init prints what it may hold");
    if bytes.len() as u64 > MOST {
        return Err(refused("is larger than 1 MB, so it is no list of options"));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        refused(&format!("line {} is not UTF-8", 1 + before.iter().filter(|byte| **byte == b'\n').count()))
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// The values of an option, or what stands in their place.
fn values(arg: &Arg, value: &Spanned<DeValue<'_>>) -> std::result::Result<Vec<String>, &'static str> {
    match value.get_ref() {
        DeValue::Boolean(on) if option::kind(arg) == Kind::Switch => {
            Ok(on.then(|| "true".to_owned()).into_iter().collect())
        }
        DeValue::Array(list) if option::is_list(arg) => match list.is_empty() {
            true => Err("an empty list"),
            false => list.iter().map(|value| single(arg, value.get_ref())).collect(),
        },
        value => single(arg, value).map(|value| vec![value]),
    }
}

fn single(arg: &Arg, value: &DeValue<'_>) -> std::result::Result<String, &'static str> {
    match (value, option::kind(arg)) {
        (DeValue::String(text), Kind::Text | Kind::Size) => Ok(text.to_string()),
        (DeValue::Integer(number), Kind::Number | Kind::Size) => {
            let parsed = i64::from_str_radix(number.as_str(), number.radix());
            parsed.map(|number| number.to_string()).map_err(|_| "a number that is too large")
        }
        (DeValue::String(_), _) => Err("text"),
        (DeValue::Integer(_), _) => Err("a whole number"),
        (DeValue::Float(_), _) => Err("a fraction"),
        (DeValue::Boolean(_), _) => Err("true or false"),
        (DeValue::Datetime(_), _) => Err("a date"),
        (DeValue::Array(_), _) => Err("a list"),
        (DeValue::Table(_), _) => Err("a table"),
    }
}

fn expected(arg: &Arg) -> String {
    let one = option::kind(arg).expected();
    if option::is_list(arg) {
        return format!("give {one}, or a list of such values in brackets; or leave the key out");
    }
    format!("give {one}, or leave the key out")
}

/// A path as it is from here.
fn placed(arg: &Arg, value: String, file: &Path) -> OsString {
    match file.parent() {
        Some(folder) if option::is_path(arg, &value) => folder.join(value).into_os_string(),
        _ => value.into(),
    }
}

/// The option that was perhaps meant.
fn nearest(name: &str, run: &Command) -> String {
    let written = name.replace('_', "-").to_lowercase();
    let alike = |(key, _): (&str, &Arg)| (strsim::jaro_winkler(key, &written), key.to_owned());
    let best = option::settable(run).map(alike).max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((likeness, key)) if likeness >= ALIKE => format!("did you mean {key}?"),
        _ => "byline config init prints all there are".to_owned(),
    }
}

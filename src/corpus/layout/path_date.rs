//! Dates in file and folder names: `2023-03-23_x.txt`, `20230323-x.txt`, `2023/03/23/x.txt`.
//!
//! It reads the shown path only; a file's times on disk are never looked at.

use std::sync::LazyLock;

use regex::Regex;

use super::date;
use crate::document::{Date, DateSource};

/// What a path tells about a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathDate {
    /// A day and where it stands.
    Day(Date, DateSource),
    /// Day and month could be the other way round.
    Ambiguous,
    /// Nothing.
    None,
}

/// The date of a shown path: the file's name first, then the folders from the innermost out.
pub(super) fn find(path: &str) -> PathDate {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut ambiguous = false;
    match in_name(stem) {
        Some(Some(date)) => return PathDate::Day(date, DateSource::FileName),
        Some(None) => ambiguous = true,
        None => {}
    }
    let names: Vec<&str> = folders.split('/').collect();
    for end in (1..=names.len()).rev() {
        let three = names[..end].last_chunk::<3>().map(|names| names.join("-"));
        for name in [Some(names[end - 1]), three.as_deref()].into_iter().flatten() {
            match in_name(name) {
                Some(Some(date)) => return PathDate::Day(date, DateSource::FolderName),
                Some(None) => ambiguous = true,
                None => {}
            }
        }
    }
    if ambiguous { PathDate::Ambiguous } else { PathDate::None }
}

/// The date of one name; `Some(None)` for an ambiguous one. Names longer than any file system's are not read.
fn in_name(name: &str) -> Option<Option<Date>> {
    if name.len() > 1024 {
        return None;
    }
    if let Some(date) = eight_digits(name) {
        return Some(Some(date));
    }
    let spaced = name.replace('_', " ");
    date::find(&spaced).or_else(|| date::find(&spaced.replace(' ', "-"))).map(|found| found.date)
}

/// `YYYYMMDD` and perhaps a time behind `T`, at the start of a run of letters and digits.
static EIGHT_DIGITS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("(?:^|[^0-9A-Za-z])([0-9]{4})([0-9]{2})([0-9]{2})(?:[Tt][0-9A-Za-z]*)?").ok());

/// `YYYYMMDD` standing alone.
fn eight_digits(name: &str) -> Option<Date> {
    let runs = EIGHT_DIGITS.as_ref()?.captures_iter(name);
    runs.filter_map(|run| {
        let alone = !name.as_bytes().get(run.get(0)?.end()).is_some_and(u8::is_ascii_alphanumeric);
        let (_, [year, month, day]) = run.extract();
        let date = Date::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        (alone && (1600..=2199).contains(&date.year)).then_some(date)
    })
    .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(path: &str) -> String {
        match find(path) {
            PathDate::Day(date, source) => format!("{date} {}", source.name()),
            PathDate::Ambiguous => "ambiguous".into(),
            PathDate::None => String::new(),
        }
    }

    #[test]
    fn names_with_dates_are_read() {
        for path in [
            "2023-03-23_x.txt",
            "a/20230323-x.txt",
            "x_23-03-2023.txt",
            "2023_03_23.txt",
            "x 2023.03.23.txt",
            "reuters-20230323T1000.txt",
            "23-march-2023-vote.txt",
        ] {
            assert_eq!(seen(path), "2023-03-23 file name", "{path}");
        }
        for path in ["2023/03/23/x.txt", "a/2023-03-23/b/x.txt", "20230323/x.txt", "news/2023/3/23/a/x.txt"] {
            assert_eq!(seen(path), "2023-03-23 folder name", "{path}");
        }
    }

    #[test]
    fn the_eight_digits_may_stand_anywhere_but_alone() {
        for path in ["99999999-20230323.txt", "é20230323é.txt", "a_20230323t.txt", "x.20230323T10-b.txt"] {
            assert_eq!(seen(path), "2023-03-23 file name", "{path}");
        }
        for path in ["120230323.txt", "202303231.txt", "a20230323.txt", "20230323a.txt"] {
            assert_eq!(seen(path), "", "{path}");
        }
    }

    #[test]
    fn other_numbers_are_not() {
        for path in
            ["000_6764b87ecd63b30d.txt", "12345678.txt", "2023/03/x.txt", "a12023-03-23x.txt", "", "/", "1.2.txt"]
        {
            assert_eq!(seen(path), "", "{path}");
        }
        assert_eq!(seen("03-04-2023.txt"), "ambiguous");
    }
}

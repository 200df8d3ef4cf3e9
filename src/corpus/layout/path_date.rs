//! Dates in file and folder names: `2023-03-23_x.txt`, `20230323-x.txt`, `2023/03/23/x.txt`.
//!
//! It reads the shown path only; a file's times on disk are never looked at.

use std::sync::LazyLock;

use regex::Regex;

use super::date::{self, Day};
use crate::document::{Date, DateSource};

/// The date of a shown path: the file's name first, then the folders from the innermost out. One that can be read one
/// way only comes before all others.
pub(super) fn find(path: &str) -> Option<(Day, DateSource)> {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut found = in_name(stem).map(|day| (day, DateSource::FileName));
    let names: Vec<&str> = folders.split('/').collect();
    for end in (1..=names.len()).rev() {
        let three = names[..end].last_chunk::<3>().map(|names| names.join("-"));
        for name in [Some(names[end - 1]), three.as_deref()].into_iter().flatten() {
            if found.is_some_and(|(day, _)| day.date().is_some()) {
                return found;
            }
            let here = in_name(name).map(|day| (day, DateSource::FolderName));
            found = match here {
                Some((day, _)) if day.date().is_some() => here,
                _ => found.or(here),
            };
        }
    }
    found
}

/// The date of one name. Names longer than any file system's are not read.
fn in_name(name: &str) -> Option<Day> {
    if name.len() > 1024 {
        return None;
    }
    if let Some(date) = eight_digits(name) {
        return Some(Day::Known(date));
    }
    let spaced = name.replace('_', " ");
    date::find(&spaced).or_else(|| date::find(&spaced.replace(' ', "-"))).map(|found| found.day)
}

/// `YYYYMMDD` and perhaps a time behind `T`, at the start of a run of letters and digits.
static EIGHT_DIGITS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("(?:^|[^0-9A-Za-z])([0-9]{4})([0-9]{2})([0-9]{2})(?:[Tt][0-9A-Za-z]*)?").ok());

/// `YYYYMMDD` standing alone.
pub(super) fn eight_digits(name: &str) -> Option<Date> {
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
            Some((day, source)) => match day.date() {
                Some(date) => format!("{date} {}", source.name()),
                None => "ambiguous".into(),
            },
            None => String::new(),
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

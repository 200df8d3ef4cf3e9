//! Calendar dates written out in a short line of English: `23 March 2023`, `March 23, 2023`, `2023-03-23`,
//! `23/03/2023`.
//!
//! It reads one line and finds full dates, year included. It knows nothing of where the line stands. Numbers whose
//! order of day and month cannot be told give both readings; none is guessed.

use std::ops::Range;

use crate::document::Date;

/// A date expression in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its bytes, without a weekday or a time.
    pub(super) range: Range<usize>,
    /// The day.
    pub(super) day: Day,
}

/// The day that a date expression names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// Written so that it can be read one way only: in words, or with the year first.
    Known(Date),
    /// Three numbers of which one can be no month; whether the day comes first.
    Ordered(Date, bool),
    /// Day and month could be the other way round: read with the day first, and with the month first.
    Either([Date; 2]),
}

impl Day {
    /// The date, where it can be read one way only.
    pub(super) fn date(self) -> Option<Date> {
        match self {
            Day::Known(date) | Day::Ordered(date, _) => Some(date),
            Day::Either(_) => None,
        }
    }

    /// The first of two days, unless only the second can be read one way only.
    pub(super) fn better(first: Option<Day>, second: Option<Day>) -> Option<Day> {
        let known = |day: &Day| day.date().is_some();
        first.filter(known).or(second.filter(known)).or(first).or(second)
    }
}

/// The first full date of a line.
pub(super) fn find(line: &str) -> Option<Found> {
    // A year has four digits, or two behind a slash. Digits are folded, not sought: many bytes are looked at together.
    if !line.bytes().fold(false, |any, byte| any | byte.is_ascii_digit()) {
        return None;
    }
    if !holds_four_digits(line.as_bytes()) && !line.contains('/') {
        return None;
    }
    let pieces = pieces(line);
    (0..pieces.len()).find_map(|i| at(line, &pieces[i..]))
}

/// Whether a run of just four digits stands somewhere.
fn holds_four_digits(line: &[u8]) -> bool {
    line.split(|byte| !byte.is_ascii_digit()).any(|run| run.len() == 4)
}

/// The month that a word names, 1 to 12.
pub(super) fn month(word: &str) -> Option<u8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let short = word.len() == 3;
    let fits = |name: &&str| {
        name.get(..if short { 3 } else { name.len() }).is_some_and(|name| word.eq_ignore_ascii_case(name))
    };
    match word.eq_ignore_ascii_case("sept") {
        true => Some(9),
        false => NAMES.iter().position(fits).map(|i| i as u8 + 1),
    }
}

/// Whether a word names a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    const NAMES: [&str; 18] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "weds",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
    ];
    NAMES.contains(&word.to_ascii_lowercase().as_str())
}

/// Whether a word names a day of the week or, in full, a month.
pub(super) fn is_weekday_or_month(word: &str) -> bool {
    is_weekday(word) || (word.len() > 4 && month(word).is_some())
}

/// A run of letters or of digits.
struct Piece<'a> {
    range: Range<usize>,
    text: &'a str,
}

impl Piece<'_> {
    fn number(&self, digits: Range<usize>) -> Option<u16> {
        let fits = digits.contains(&self.text.len()) && self.text.as_bytes()[0].is_ascii_digit();
        if fits { self.text.parse().ok() } else { None }
    }

    fn day(&self) -> Option<u8> {
        self.number(1..3).and_then(|n| u8::try_from(n).ok())
    }

    fn year(&self) -> Option<u16> {
        self.number(4..5).filter(|y| (1600..=2199).contains(y))
    }
}

fn pieces(line: &str) -> Vec<Piece<'_>> {
    let kind = |c: char| match c {
        '0'..='9' => 1,
        _ if c.is_alphabetic() => 2,
        _ => 0,
    };
    let mut out = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        if kind(c) != last {
            if last != 0 {
                out.push(Piece { range: start..at, text: &line[start..at] });
            }
            (start, last) = (at, kind(c));
        }
    }
    out
}

/// The date that begins at the first piece.
fn at(line: &str, pieces: &[Piece<'_>]) -> Option<Found> {
    let first = pieces.first()?;
    // Part of a longer word or number: "x2023-03-23", "1.23/03/2023".
    let glued = line[..first.range.start].ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '/');
    if glued {
        return None;
    }
    let (day, used) = in_words(line, pieces).or_else(|| in_numbers(line, pieces))?;
    let end = pieces[used - 1].range.end;
    Some(Found { range: first.range.start..end, day })
}

/// What was read and how many pieces it took.
type Read = Option<(Day, usize)>;

/// Dates with the month's name.
fn in_words(line: &str, pieces: &[Piece<'_>]) -> Read {
    let spaced = |i: usize| {
        let (Some(a), Some(b)) = (pieces.get(i), pieces.get(i + 1)) else {
            return false;
        };
        let between = &line[a.range.end..b.range.start];
        between.len() <= 3 && between.chars().all(|c| matches!(c, ' ' | ',' | '.' | '-' | '/' | '\u{a0}'))
    };
    let word = |i: usize| pieces.get(i).map_or("", |p| p.text);
    let suffix = |i: usize| matches!(word(i).to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th");
    if let Some(day) = pieces[0].day() {
        let mut i = 1;
        i += usize::from(suffix(i));
        i += usize::from(word(i).eq_ignore_ascii_case("of"));
        let month = month(word(i))?;
        let year = pieces.get(i + 1)?.year()?;
        let joined = (0..=i).all(|k| suffix(k + 1) || spaced(k));
        return joined.then(|| day_of(year, month, day, i + 2))?;
    }
    if let Some(year) = pieces[0].year() {
        let (month, day) = (month(word(1))?, pieces.get(2)?.day()?);
        return (spaced(0) && spaced(1)).then(|| day_of(year, month, day, 3))?;
    }
    let month = month(pieces[0].text)?;
    let day = pieces.get(1)?.day()?;
    let i = 2 + usize::from(suffix(2));
    let year = pieces.get(i)?.year()?;
    (spaced(0) && spaced(i - 1)).then(|| day_of(year, month, day, i + 1))?
}

/// Dates of three numbers.
fn in_numbers(line: &str, pieces: &[Piece<'_>]) -> Read {
    let [a, b, c] = pieces.get(..3)? else {
        return None;
    };
    let mark = &line[a.range.end..b.range.start];
    let same = mark == &line[b.range.end..c.range.start] && matches!(mark, "-" | "/" | ".");
    if !same {
        return None;
    }
    if let (Some(year), Some(month), Some(day)) = (a.year(), b.day(), c.day()) {
        return day_of(year, month, day, 3);
    }
    // Two digits of a year are read as one only between slashes, as in 3/23/17.
    let short = || c.number(2..3).filter(|_| mark == "/").map(|y| if y < 70 { 2000 + y } else { 1900 + y });
    let (first, second, year) = (a.day()?, b.day()?, c.year().or_else(short)?);
    let day_first = Date::from_ymd(year, second, first);
    let month_first = Date::from_ymd(year, first, second);
    match (day_first, month_first) {
        (Some(x), Some(y)) if x == y => Some((Day::Known(x), 3)),
        (Some(x), Some(y)) => Some((Day::Either([x, y]), 3)),
        (Some(date), None) => Some((Day::Ordered(date, true), 3)),
        (None, Some(date)) => Some((Day::Ordered(date, false), 3)),
        (None, None) => None,
    }
}

fn day_of(year: u16, month: u8, day: u8, used: usize) -> Read {
    Date::from_ymd(year, month, day).map(|date| (Day::Known(date), used))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(line: &str) -> String {
        match find(line) {
            Some(found) => found.day.date().map_or("ambiguous".into(), |date| date.to_string()),
            None => String::new(),
        }
    }

    #[test]
    fn the_forms_of_news_are_read() {
        for line in [
            "23 March 2023",
            "March 23, 2023",
            "Thu 23 Mar 2023",
            "Thursday, March 23rd, 2023, 10:15 GMT",
            "23rd of March, 2023",
            "2023-03-23T10:15:00Z",
            "Published: 2023/03/23",
            "23/03/2023",
            "3/23/2023",
            "3/23/23",
            "23.03.2023",
            "MAR. 23, 2023",
            "23-Mar-2023",
            "2023 March 23",
        ] {
            assert_eq!(iso(line), "2023-03-23", "{line}");
        }
        assert_eq!(iso("4 Sept. 2020"), "2020-09-04");
        assert_eq!(iso("05/05/2020"), "2020-05-05");
    }

    #[test]
    fn what_is_no_full_date_is_not() {
        assert_eq!(iso("03/04/2023"), "ambiguous");
        for line in [
            "March 2023",
            "23 March",
            "31 February 2023",
            "in 1972",
            "",
            "99/99/2023",
            "section 1.23/03/2023",
            "May 2020 was 31 days long",
        ] {
            assert_eq!(iso(line), "", "{line}");
        }
    }

    #[test]
    fn the_range_is_that_of_the_date() {
        let line = "Sun 5 May 2019, London";
        assert_eq!(&line[find(line).unwrap().range], "5 May 2019");
    }
}

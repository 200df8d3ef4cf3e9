//! Which of the dates of an article counts: that of a column, of its metadata, its text, its file's name, its folders,
//! its address, the file's properties.
//!
//! It reads what each of them says, in this order. A date that can be read two ways is decided by a later one that is
//! one of the two; else it stays open, and the corpus decides or nobody.

use super::date::{self, Day};
use super::path_date::{self, eight_digits};
use crate::document::{Article, Date, DateSource};

/// The day that the value of a field names: what is read in texts, and eight digits, and seconds or milliseconds since
/// 1970 (UTC).
pub(super) fn field(value: &str) -> Option<Day> {
    let value = value.trim();
    if value.len() > 200 {
        return None;
    }
    let known = |date: Option<Date>| date.map(Day::Known);
    date::find(value).map(|found| found.day).or_else(|| known(eight_digits(value))).or_else(|| known(epoch(value)))
}

/// The day of a Unix time in seconds or milliseconds, 1990 to 2100.
fn epoch(value: &str) -> Option<Date> {
    let seconds: i64 = match value.split('.').next().unwrap_or(value) {
        digits if digits.len() == 13 => digits.parse::<i64>().ok()? / 1000,
        digits => digits.parse().ok()?,
    };
    (631_152_000..4_102_444_800).contains(&seconds).then(|| day_of(seconds as u64))?
}

/// The day (UTC) of a Unix time in seconds.
pub(in crate::corpus) fn day_of(seconds: u64) -> Option<Date> {
    let seconds = i64::try_from(seconds).ok()?;
    // Days to a civil date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2014.
    let days = seconds.div_euclid(86_400) + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date::from_ymd(u16::try_from(year).ok()?, month as u8, day as u8)
}

/// What the sources say, the most trusted first.
#[derive(Debug, Default)]
pub(super) struct Dating {
    found: Vec<(DateSource, Day)>,
}

impl Dating {
    /// Adds what the next source says.
    pub(super) fn add(&mut self, source: DateSource, day: Option<Day>) {
        self.found.extend(day.map(|day| (source, day)));
    }

    /// Adds what a path says.
    pub(super) fn add_path(&mut self, path: &str) {
        self.found.extend(path_date::find(path).map(|(day, source)| (source, day)));
    }

    /// Adds what a web address says: `https://news.example/2023/03/23/story`.
    pub(super) fn add_url(&mut self, url: &str) {
        let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next().unwrap_or("");
        let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
        let found = path_date::find(&format!("{folders}/x")).or_else(|| path_date::find(path));
        self.found.extend(found.map(|(day, _)| (DateSource::Url, day)));
    }

    /// Writes the date that counts into the article.
    pub(super) fn decide(&self, article: &mut Article) {
        let ordered = |(_, day): &(DateSource, Day)| match day {
            Day::Ordered(_, day_first) => Some(*day_first),
            _ => None,
        };
        article.day_first = self.found.iter().find_map(ordered);
        let Some(&(source, day)) = self.found.first() else {
            return;
        };
        article.date_source = Some(source);
        article.date = day.date();
        if let Day::Either(readings) = day {
            let agrees = |(_, other): &(DateSource, Day)| other.date().filter(|date| readings.contains(date));
            article.date = self.found.iter().find_map(agrees);
            if article.date.is_none() {
                article.date_readings = Some(readings);
                article.warnings.push("ambiguous_date".to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(day: Option<Day>) -> String {
        day.and_then(Day::date).map(|d| d.to_string()).unwrap_or_default()
    }

    #[test]
    fn fields_hold_dates_in_many_forms() {
        for value in
            ["2023-03-23", "20230323", "1679529600", "1679529600000", "1679529600.5", "Thu, 23 Mar 2023 00:00:00 GMT"]
        {
            assert_eq!(iso(field(value)), "2023-03-23", "{value}");
        }
        assert_eq!(iso(field("951782400")), "2000-02-29");
        for value in ["", "0", "2023", "1234567", "99999999999999999999", "-1679529600"] {
            assert_eq!(iso(field(value)), "", "{value}");
        }
    }

    #[test]
    fn the_most_trusted_counts_and_another_may_settle_it() {
        let decided = |found: &[(DateSource, &str)], url: &str| {
            let mut dating = Dating::default();
            found.iter().for_each(|(source, value)| dating.add(*source, field(value)));
            dating.add_url(url);
            let mut article = Article::default();
            dating.decide(&mut article);
            let date = article.date.map(|d| d.to_string()).unwrap_or_default();
            (date, article.date_source.map_or("", DateSource::name), article.date_readings.is_some())
        };
        let (column, text) = (DateSource::Column, DateSource::Text);
        assert_eq!(
            decided(&[(column, "2023-03-23"), (text, "2023-03-24")], ""),
            ("2023-03-23".into(), "column", false)
        );
        assert_eq!(decided(&[(text, "03/04/2023")], ""), (String::new(), "text", true));
        let url = "https://a.example/2023/04/03/story?x=1/2/3";
        assert_eq!(decided(&[(text, "03/04/2023")], url), ("2023-04-03".into(), "text", false));
        assert_eq!(decided(&[], url), ("2023-04-03".into(), "url", false));
        assert_eq!(decided(&[], "https://a.example/story-123"), (String::new(), "", false));
    }
}

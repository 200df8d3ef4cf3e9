//! The calendar of time series: dates to the running numbers of days, weeks, months and years, and back to the labels
//! of tables. Pure arithmetic over the proleptic Gregorian calendar; it knows no clock and no time zone.

use crate::config::Period;
use crate::document::Date;

/// The running number of the period that a date lies in. Neighbouring periods have neighbouring numbers.
pub(crate) fn number(period: Period, date: Date) -> i32 {
    match period {
        Period::Day => day_number(date),
        // Day 0 is 1 January 1970, a Thursday; its week begins on day -3.
        Period::Week => (day_number(date) + 3).div_euclid(7),
        Period::Month => i32::from(date.year) * 12 + i32::from(date.month) - 1,
        Period::Year => i32::from(date.year),
    }
}

/// The label of a period: `2024-02-13`, `2024-W07` (ISO 8601), `2024-02` or `2024`.
pub(crate) fn label(period: Period, number: i32) -> String {
    match period {
        Period::Day => {
            let (year, month, day) = civil(number);
            format!("{year:04}-{month:02}-{day:02}")
        }
        Period::Week => {
            // A week belongs to the year of its Thursday, which is day 7 n of the running count.
            let thursday = number * 7;
            let (year, ..) = civil(thursday);
            let first = days_before(year, 1, 1);
            format!("{year:04}-W{:02}", (thursday - first) / 7 + 1)
        }
        Period::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
        Period::Year => format!("{number:04}"),
    }
}

/// Days from 1 January 1970.
fn day_number(date: Date) -> i32 {
    days_before(date.year.into(), date.month.into(), date.day.into())
}

/// Days from 1 January 1970 to a day (H. Hinnant, `days_from_civil`: years begin in March, so a leap day comes last).
fn days_before(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a day counted from 1 January 1970 (H. Hinnant, `civil_from_days`).
fn civil(days: i32) -> (i32, i32, i32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i32::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: u16, month: u8, day: u8) -> Date {
        Date::from_ymd(year, month, day).unwrap()
    }

    fn shown(period: Period, day: Date) -> String {
        label(period, number(period, day))
    }

    #[test]
    fn days_run_without_a_gap_over_four_centuries() {
        assert_eq!(number(Period::Day, date(1970, 1, 1)), 0);
        let mut expected = number(Period::Day, date(1799, 1, 1));
        for year in 1799..2201 {
            for month in 1..=12 {
                for day in (1..=31).filter_map(|day| Date::from_ymd(year, month, day)) {
                    assert_eq!(number(Period::Day, day), expected);
                    assert_eq!(shown(Period::Day, day), day.to_string());
                    expected += 1;
                }
            }
        }
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        // From the examples of ISO 8601 and its year ends; Python's date.isocalendar() says the same.
        for (day, week) in [
            (date(2024, 2, 13), "2024-W07"),
            (date(2005, 1, 1), "2004-W53"),
            (date(2005, 1, 2), "2004-W53"),
            (date(2005, 1, 3), "2005-W01"),
            (date(2007, 12, 31), "2008-W01"),
            (date(2008, 12, 28), "2008-W52"),
            (date(2008, 12, 29), "2009-W01"),
            (date(2010, 1, 3), "2009-W53"),
            (date(2020, 12, 31), "2020-W53"),
            (date(1000, 1, 1), "1000-W01"),
            (date(9999, 12, 31), "9999-W52"),
        ] {
            assert_eq!(shown(Period::Week, day), week, "{day}");
        }
    }

    #[test]
    fn months_and_years_follow_one_another() {
        assert_eq!(number(Period::Month, date(2024, 1, 31)), number(Period::Month, date(2023, 12, 1)) + 1);
        assert_eq!(shown(Period::Month, date(2023, 12, 31)), "2023-12");
        assert_eq!(shown(Period::Year, date(2023, 12, 31)), "2023");
    }
}

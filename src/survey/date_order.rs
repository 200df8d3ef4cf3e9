//! The order of day and month in numeric dates, decided by the dates of the corpus that can be read one way only.
//!
//! It reads votes and ambiguous dates and gives dates with the warning that belongs to them. An outlet's own votes
//! count first, then those of the whole corpus; where they are few or divided the date stays open.

use std::collections::BTreeMap;

use crate::document::Date;

/// Fewest votes that decide.
const FEWEST: u64 = 3;
/// Least share of the votes on one side, percent.
const SHARE: u64 = 95;
/// The date was read as other dates of the corpus are.
const FROM_CORPUS: &str = "date_order_from_corpus";
/// The date could be one of two days.
const AMBIGUOUS: &str = "ambiguous_date";

/// Documents whose numeric dates are day first and month first, by outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateVotes {
    outlets: BTreeMap<u32, [u64; 2]>,
    corpus: [u64; 2],
}

/// A date and what is to be said of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The date, if there is one.
    pub date: Option<Date>,
    /// A stable word of `Article::warnings`.
    pub warning: Option<&'static str>,
}

impl DateVotes {
    /// Counts the vote of a document: `Some(true)` for day first.
    pub(super) fn add(&mut self, outlet: u32, day_first: Option<bool>) {
        if let Some(day_first) = day_first {
            let side = usize::from(!day_first);
            self.outlets.entry(outlet).or_default()[side] += 1;
            self.corpus[side] += 1;
        }
    }

    /// Whether an outlet writes the day first, if that is clear.
    pub(super) fn day_first(&self, outlet: u32) -> Option<bool> {
        let own = self.outlets.get(&outlet).copied().unwrap_or_default();
        match own {
            // An outlet, or a table, has one order: two dates of it are enough where they agree.
            [day, 0] if day >= 2 => Some(true),
            [0, month] if month >= 2 => Some(false),
            [0, 0] | [1, 0] | [0, 1] => decide(self.corpus),
            _ => decide(own),
        }
    }

    /// The date of a document of an outlet.
    pub(super) fn resolve(&self, outlet: u32, date: Option<Date>, readings: Option<[Date; 2]>) -> Resolved {
        let Some([day_first, month_first]) = readings.filter(|_| date.is_none()) else {
            return Resolved { date, warning: None };
        };
        if day_first == month_first {
            return Resolved { date: Some(day_first), warning: None };
        }
        match self.day_first(outlet) {
            Some(true) => Resolved { date: Some(day_first), warning: Some(FROM_CORPUS) },
            Some(false) => Resolved { date: Some(month_first), warning: Some(FROM_CORPUS) },
            None => Resolved { date: None, warning: Some(AMBIGUOUS) },
        }
    }
}

fn decide([day, month]: [u64; 2]) -> Option<bool> {
    let all = day + month;
    let clear = |votes: u64| all >= FEWEST && votes * 100 >= all * SHARE;
    if clear(day) {
        Some(true)
    } else if clear(month) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(list: &[(u32, bool, u64)]) -> DateVotes {
        let mut votes = DateVotes::default();
        for &(outlet, day_first, times) in list {
            (0..times).for_each(|_| votes.add(outlet, Some(day_first)));
        }
        votes.add(1, None);
        votes
    }

    #[test]
    fn the_outlet_decides_before_the_corpus() {
        let votes = votes(&[(1, true, 3), (2, false, 300)]);
        assert_eq!(votes.day_first(1), Some(true));
        assert_eq!(votes.day_first(2), Some(false));
        assert_eq!(votes.day_first(9), Some(false), "an outlet without votes follows the corpus");
    }

    #[test]
    fn few_or_divided_votes_decide_nothing() {
        assert_eq!(votes(&[(1, true, 1)]).day_first(1), None);
        assert_eq!(votes(&[(1, true, 2)]).day_first(1), Some(true), "a table of three rows has an order too");
        assert_eq!(votes(&[(1, true, 2)]).day_first(2), None, "but it is not that of others");
        assert_eq!(votes(&[(1, true, 18), (1, false, 2)]).day_first(1), None);
        assert_eq!(votes(&[(1, true, 19), (1, false, 1)]).day_first(1), Some(true));
        let divided = votes(&[(1, true, 2), (1, false, 2), (2, true, 1000)]);
        assert_eq!(divided.day_first(1), None, "an outlet that writes both ways is not the corpus's");
    }

    #[test]
    fn ambiguous_dates_are_read_or_stay_open() {
        let date = |month, day| Date::from_ymd(2024, month, day).unwrap();
        let readings = Some([date(4, 3), date(3, 4)]);
        let clear = votes(&[(1, true, 5)]).resolve(1, None, readings);
        assert_eq!(clear, Resolved { date: Some(date(4, 3)), warning: Some("date_order_from_corpus") });
        let open = votes(&[]).resolve(1, None, readings);
        assert_eq!(open, Resolved { date: None, warning: Some("ambiguous_date") });
        let known = votes(&[]).resolve(1, Some(date(1, 1)), readings);
        assert_eq!(known, Resolved { date: Some(date(1, 1)), warning: None });
        let same = votes(&[]).resolve(1, None, Some([date(4, 4); 2]));
        assert_eq!(same, Resolved { date: Some(date(4, 4)), warning: None });
    }
}

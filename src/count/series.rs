//! Items by period: how often each occurs, and in how many documents, in the days, weeks, months or years of a corpus.
//!
//! It takes any stream of items with their postings, terms or entities alike, and knows the documents' dates from
//! [`DocStat`]. Documents without a date are in no period. For documents of 2 January (3 tokens), 5 January (2 tokens)
//! and 1 March 2024 (4 tokens), by month: 2024-01 has 2 documents and 5 tokens, 2024-02 none, 2024-03 has 1 and 4; a
//! word that occurs in each of the three once has 2 occurrences in 2 documents in January, 0 in February, 1 in March.

use crate::config::Period;
use crate::count::period;
use crate::count::segment::DocStat;
use crate::count::term::Posting;

/// Most periods between the first and the last that are listed whether or not they have documents: about ten years of
/// days. Beyond it, only periods with documents are.
const MOST_PERIODS: i32 = 4_000;
/// The number of no period.
const NONE: u32 = u32::MAX;

/// A period of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodSize {
    /// Its label.
    pub label: String,
    /// Its running number: neighbouring periods have neighbouring numbers.
    pub number: i32,
    /// Documents.
    pub documents: u64,
    /// Words and numbers of their bodies.
    pub tokens: u64,
}

/// An item in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeriodCount {
    /// Index of the period.
    pub period: u32,
    /// Documents that have the item.
    pub documents: u32,
    /// Occurrences.
    pub count: u64,
}

/// An item and its periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesItem {
    /// What kind of item: `term` or `entity`.
    pub kind: &'static str,
    /// Its id; empty for a term.
    pub id: String,
    /// Its name.
    pub item: String,
    /// Occurrences in all dated documents.
    pub frequency: u64,
    /// The periods in which it occurs, in order.
    pub counts: Vec<PeriodCount>,
}

impl SeriesItem {
    /// What is counted in a period; nothing where it does not occur.
    pub fn in_period(&self, period: usize) -> PeriodCount {
        let found = self.counts.binary_search_by_key(&(period as u32), |count| count.period);
        found.map_or_else(|_| PeriodCount::default(), |at| self.counts[at])
    }
}

/// Items by period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// The periods from the first to the last.
    pub periods: Vec<PeriodSize>,
    /// Whether periods without documents are left out, because there are too many.
    pub gaps_left_out: bool,
    /// Documents without a date.
    pub undated: u64,
    /// The items: by kind in order of adding, then by frequency, highest first, then by name and id.
    pub items: Vec<SeriesItem>,
    /// For each document the index of its period.
    of: Vec<u32>,
}

impl Series {
    /// The periods of some documents, without items.
    pub fn new(documents: &[DocStat], length: Period) -> Series {
        let number = |doc: &DocStat| doc.date.map(|date| period::number(length, date));
        let mut numbers: Vec<i32> = documents.iter().filter_map(number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut gaps_left_out = false;
        if let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) {
            gaps_left_out = last - first >= MOST_PERIODS;
            if !gaps_left_out {
                numbers = (first..=last).collect();
            }
        }
        let size = |&number: &i32| PeriodSize { label: period::label(length, number), number, documents: 0, tokens: 0 };
        let mut periods: Vec<PeriodSize> = numbers.iter().map(size).collect();
        let place = |doc: &DocStat| number(doc).and_then(|number| numbers.binary_search(&number).ok());
        let of: Vec<u32> = documents.iter().map(|doc| place(doc).map_or(NONE, |place| place as u32)).collect();
        for (place, doc) in of.iter().zip(documents) {
            if let Some(size) = periods.get_mut(*place as usize) {
                size.documents += 1;
                size.tokens += u64::from(doc.tokens);
            }
        }
        let undated = of.iter().filter(|place| **place == NONE).count() as u64;
        Series { periods, gaps_left_out, undated, items: Vec::new(), of }
    }

    /// Adds an item with its id, its name and its postings, in any order of documents.
    pub fn add(&mut self, kind: &'static str, id: &str, item: &str, postings: &[Posting]) {
        let place = |posting: &Posting| self.of.get(posting.document as usize).copied().filter(|place| *place != NONE);
        let mut found: Vec<(u32, u32)> =
            postings.iter().filter_map(|posting| Some((place(posting)?, posting.count))).collect();
        found.sort_unstable_by_key(|(place, _)| *place);
        let mut counts: Vec<PeriodCount> = Vec::new();
        for (period, count) in found {
            if counts.last().is_none_or(|last| last.period != period) {
                counts.push(PeriodCount { period, ..PeriodCount::default() });
            }
            if let Some(last) = counts.last_mut() {
                last.count += u64::from(count);
                last.documents += 1;
            }
        }
        let frequency = counts.iter().map(|count| count.count).sum();
        let (id, item) = (id.to_owned(), item.to_owned());
        self.items.push(SeriesItem { kind, id, item, frequency, counts });
    }

    /// Brings the items into order.
    pub fn finish(mut self) -> Series {
        let mut kinds: Vec<&'static str> = Vec::new();
        for item in &self.items {
            if !kinds.contains(&item.kind) {
                kinds.push(item.kind);
            }
        }
        let place = |kind: &'static str| kinds.iter().position(|other| *other == kind);
        self.items.sort_by(|a, b| {
            let names = || (&a.item, &a.id).cmp(&(&b.item, &b.id));
            place(a.kind).cmp(&place(b.kind)).then(b.frequency.cmp(&a.frequency)).then_with(names)
        });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Date, DocId};

    fn documents(dates: &[Option<(u16, u8, u8)>], tokens: &[u32]) -> Vec<DocStat> {
        let date = |(year, month, day): (u16, u8, u8)| Date::from_ymd(year, month, day);
        let known = dates.iter().map(|at| at.and_then(date)).zip(tokens);
        let stat = |(id, (date, &tokens))| DocStat { id: DocId(id), date, tokens, copy: false };
        (1..).zip(known).map(stat).collect()
    }

    fn everywhere(documents: &[DocStat]) -> Vec<Posting> {
        (0..documents.len() as u32).map(|document| Posting { document, count: 1 }).collect()
    }

    #[test]
    fn the_example_of_the_charter() {
        let docs = documents(&[Some((2024, 1, 2)), Some((2024, 3, 1)), Some((2024, 1, 5)), None], &[3, 4, 2, 9]);
        let mut series = Series::new(&docs, Period::Month);
        series.add("term", "", "peace", &everywhere(&docs));
        series.add("term", "", "war", &[Posting { document: 3, count: 7 }]);
        let series = series.finish();
        let periods: Vec<_> = series.periods.iter().map(|p| (p.label.as_str(), p.documents, p.tokens)).collect();
        assert_eq!(periods, [("2024-01", 2, 5), ("2024-02", 0, 0), ("2024-03", 1, 4)]);
        assert_eq!(series.undated, 1);
        let peace = &series.items[0];
        let counts: Vec<_> = (0..3).map(|at| (peace.in_period(at).count, peace.in_period(at).documents)).collect();
        assert_eq!((peace.frequency, counts), (3, vec![(2, 2), (0, 0), (1, 1)]));
        assert_eq!(series.items[1].frequency, 0, "war stands in an undated document only");
    }

    #[test]
    fn kinds_keep_their_order_and_items_fall_by_frequency() {
        let docs = documents(&[Some((2024, 1, 2))], &[9]);
        let mut series = Series::new(&docs, Period::Year);
        for (kind, item, count) in [("term", "b", 1), ("term", "c", 2), ("term", "a", 1), ("entity", "Norland", 8)] {
            series.add(kind, "", item, &[Posting { document: 0, count }]);
        }
        let order: Vec<_> = series.finish().items.into_iter().map(|item| item.item).collect();
        assert_eq!(order, ["c", "a", "b", "Norland"]);
    }

    #[test]
    fn a_wild_date_does_not_fill_the_table_with_empty_days() {
        let docs = documents(&[Some((1024, 1, 2)), Some((2024, 1, 2)), Some((2024, 1, 9))], &[1, 1, 1]);
        let days = Series::new(&docs, Period::Day);
        assert!(days.gaps_left_out);
        assert_eq!(days.periods.len(), 3);
        assert_eq!(days.periods[2].number - days.periods[1].number, 7);
        let years = Series::new(&docs, Period::Year);
        assert_eq!((years.periods.len(), years.gaps_left_out), (1001, false));
        assert_eq!(Series::new(&[], Period::Week), Series::default());
    }
}

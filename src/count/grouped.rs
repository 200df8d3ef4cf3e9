//! How often each feature occurs in each group of documents, and in each period: one pass over the postings of
//! [`Counts::terms`], whose documents are looked up in a [`Grouping`] or [`Series`].
//!
//! Only counts that are not zero are kept, 24 bytes each, of the groups that are compared. For the bodies
//! "peace talks" (outlet A), "peace war" (B) and "war war" (B), the grouping by outlet holds: peace 2 in all, of these
//! A 1 and B 1; talks A 1; war B 3 in 2 documents.

use crate::config::{CountConfig, NodeType};
use crate::count::counts::Counts;
use crate::count::group::Grouping;
use crate::count::naming::entity_of;
use crate::count::series::Series;
use crate::count::term::{Posting, TermRow};
use crate::error::Result;
pub use crate::model::reference::ReferenceList;

/// How often a feature occurs somewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occurrences {
    /// Occurrences.
    pub count: u64,
    /// Documents that have one.
    pub documents: u64,
}

impl Occurrences {
    fn add(&mut self, posting: Posting) {
        self.count += u64::from(posting.count);
        self.documents += 1;
    }
}

/// A feature in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupCount {
    /// Number of the feature.
    pub feature: u32,
    /// How often it occurs in the group.
    pub here: Occurrences,
}

/// The features of the groups of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupTerms {
    /// The groups.
    pub grouping: Grouping,
    /// For each feature how often it occurs in the documents of all groups, smaller ones too.
    pub all: Vec<Occurrences>,
    /// For each group that is compared its features, in byte order.
    pub groups: Vec<Vec<GroupCount>>,
}

/// Everything that is counted by groups of documents.
#[derive(Clone, Debug, Default)]
pub struct Grouped {
    /// Features by group, for each column.
    pub terms: Vec<GroupTerms>,
    /// Items by period.
    pub series: Series,
    /// The word list that groups are compared with instead of the rest.
    pub reference: Option<ReferenceList>,
}

impl Grouped {
    /// Counts the terms of a corpus by groups and periods.
    ///
    /// # Errors
    /// Those of temporary files.
    pub fn of(
        counts: &Counts,
        groupings: Vec<Grouping>,
        reference: Option<ReferenceList>,
        config: &CountConfig,
    ) -> Result<Grouped> {
        let mut terms: Vec<GroupTerms> =
            groupings.into_iter().map(|by| GroupTerms::new(by, counts.features())).collect();
        let mut series = Series::new(counts.documents(), config.period);
        let mut chosen = vec![false; counts.features()];
        for number in counts.frequent_items(config.timeseries_top) {
            chosen[number as usize] = true;
        }
        let mut scratch = Vec::new();
        counts.terms(&mut |row| {
            terms.iter_mut().for_each(|by| by.add(&row, &mut scratch));
            if chosen[row.number as usize] {
                series.add("term", "", row.feature, row.postings);
            }
            Ok(())
        })?;
        Ok(Grouped { terms, series: series.finish(), reference })
    }

    /// Adds the most frequent entities to the items by period, where entities are asked for. `names` are counts of names
    /// over the same documents, and `who` tells id and name of an entity by its number.
    ///
    /// # Errors
    /// Those of temporary files.
    pub fn with_entities<'a>(
        mut self,
        names: &Counts,
        who: &dyn Fn(u32) -> Option<(&'a str, &'a str)>,
        config: &CountConfig,
    ) -> Result<Grouped> {
        if !config.node_types.contains(&NodeType::Entity) {
            return Ok(self);
        }
        let mut chosen = vec![false; names.features()];
        for number in names.frequent_items(config.timeseries_top) {
            chosen[number as usize] = true;
        }
        names.terms(&mut |row| {
            let known = entity_of(row.feature).filter(|_| chosen[row.number as usize]).and_then(who);
            if let Some((id, name)) = known {
                self.series.add("entity", id, name, row.postings);
            }
            Ok(())
        })?;
        Ok(Grouped { series: self.series.finish(), ..self })
    }
}

impl GroupTerms {
    fn new(grouping: Grouping, features: usize) -> GroupTerms {
        let groups = vec![Vec::new(); grouping.groups.len()];
        GroupTerms { grouping, all: vec![Occurrences::default(); features], groups }
    }

    /// Adds a feature. Features come in ascending order of their numbers.
    fn add(&mut self, row: &TermRow<'_>, scratch: &mut Vec<Occurrences>) {
        scratch.clear();
        scratch.resize(self.groups.len() + 1, Occurrences::default());
        let all = &mut self.all[row.number as usize];
        let mut touched = Vec::new();
        for posting in row.postings {
            let Some(group) = self.grouping.of(posting.document) else { continue };
            all.add(*posting);
            if scratch[group].documents == 0 {
                touched.push(group);
            }
            scratch[group].add(*posting);
        }
        for group in touched {
            if let Some(terms) = self.groups.get_mut(group) {
                terms.push(GroupCount { feature: row.number, here: scratch[group] });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Period};
    use crate::count::fixture::{self, Body, body};
    use crate::count::group::Grouper;
    use crate::record::DocumentRecord;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Frequency, item, and occurrences and documents in each period.
    type Counted = (u64, String, Vec<(u64, u32)>);

    /// The outlet of a document: by turns A, B and none.
    fn outlet(id: u32) -> &'static str {
        ["", "A", "B", "B"][id as usize % 4]
    }

    fn grouped(docs: &[(u32, Body)], config: &Config) -> (Counts, Grouped) {
        let mut grouper = Grouper::new(config, &[]);
        for (id, _) in docs {
            grouper.observe(&DocumentRecord { id: *id, outlet: outlet(*id).into(), ..DocumentRecord::default() });
        }
        let counts = Counts::of(fixture::segment(docs), &config.count);
        let groupings = grouper.finish(counts.documents(), config.count.groups_top);
        let grouped = Grouped::of(&counts, groupings, None, &config.count).unwrap();
        (counts, grouped)
    }

    #[test]
    fn the_example_of_the_charter() {
        let docs = [(1, body("peace talks")), (2, body("peace war")), (3, body("war war")), (4, body("peace"))];
        let (counts, grouped) = grouped(&docs, &Config::default());
        let by = &grouped.terms[0];
        let names: Vec<&str> = by.grouping.groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["A", "B"]);
        let shown = |group: usize| -> Vec<_> {
            let cells = by.groups[group].iter();
            cells.map(|c| (counts.feature(c.feature).0, c.here.count, c.here.documents)).collect()
        };
        assert_eq!(shown(0), [("peace", 1, 1), ("talks", 1, 1)]);
        assert_eq!(shown(1), [("peace", 1, 1), ("war", 3, 2)]);
        assert_eq!(by.all.iter().map(|all| all.count).collect::<Vec<_>>(), [2, 1, 3], "the fourth has no outlet");
    }

    /// Occurrences and documents of each (group, word), counted word by word.
    fn brute_force(docs: &[(u32, Body)]) -> BTreeMap<(String, String), (u64, u64)> {
        let mut found: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
        for (id, body) in docs {
            let mut here: BTreeMap<&str, u64> = BTreeMap::new();
            for word in body.iter().flatten().flatten().filter(|word| *word != ",") {
                *here.entry(word).or_default() += 1;
            }
            for (word, count) in here {
                for group in [outlet(*id), "all"] {
                    if !outlet(*id).is_empty() {
                        let cell = found.entry((group.to_owned(), word.to_owned())).or_default();
                        *cell = (cell.0 + count, cell.1 + 1);
                    }
                }
            }
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn series_are_what_a_plain_count_gives(docs in fixture::corpus(), top in 0u64..4) {
            let mut config = Config::default();
            config.count.period = Period::Day;
            config.count.timeseries_top = top;
            let (_, grouped) = grouped(&docs, &config);
            // Documents are of one day each (see `fixture::document`).
            let mut expected: Vec<Counted> = Vec::new();
            for word in ["US", "peace", "talks", "Xi", "na\u{ef}ve", "treaty", "intercontinental-ballistic", "war"] {
                let in_doc = |body: &Body| body.iter().flatten().flatten().filter(|w| *w == word).count() as u64;
                let counts: Vec<(u64, u32)> =
                    docs.iter().map(|(_, body)| in_doc(body)).map(|n| (n, u32::from(n > 0))).collect();
                let frequency = counts.iter().map(|(count, _)| count).sum();
                if frequency > 0 {
                    expected.push((frequency, word.to_owned(), counts));
                }
            }
            expected.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            if top > 0 {
                expected.truncate(top as usize);
            }
            let series = &grouped.series;
            prop_assert_eq!(series.periods.len(), docs.len());
            let found: Vec<Counted> = series.items.iter().map(|item| {
                let counts = (0..docs.len()).map(|at| item.in_period(at)).map(|here| (here.count, here.documents));
                (item.frequency, item.item.clone(), counts.collect())
            }).collect();
            prop_assert_eq!(found, expected);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn groups_are_what_a_plain_count_gives(docs in fixture::corpus(), most in 0u64..3) {
            let mut config = Config::default();
            config.count.groups_top = most;
            let (counts, grouped) = grouped(&docs, &config);
            let by = &grouped.terms[0];
            let expected = brute_force(&docs);
            let names: Vec<&str> = by.grouping.groups.iter().map(|group| group.name.as_str()).chain(["all"]).collect();
            let mut found = BTreeMap::new();
            let mut put = |group: &str, feature: u32, here: Occurrences| {
                let key = (group.to_owned(), counts.feature(feature).0.to_owned());
                found.insert(key, (here.count, here.documents));
            };
            for (name, cells) in names.iter().zip(&by.groups) {
                cells.iter().for_each(|cell| put(name, cell.feature, cell.here));
            }
            for (feature, all) in (0..).zip(&by.all).filter(|(_, all)| all.count > 0) {
                put("all", feature, *all);
            }
            let expected: BTreeMap<_, _> =
                expected.into_iter().filter(|((group, _), _)| names.contains(&group.as_str())).collect();
            prop_assert_eq!(found, expected);
            let tokens: u64 = by.all.iter().map(|all| all.count).sum();
            prop_assert_eq!(tokens, by.grouping.all.tokens);
            for (group, cells) in by.grouping.groups.iter().zip(&by.groups) {
                prop_assert_eq!(group.tokens, cells.iter().map(|cell| cell.here.count).sum::<u64>());
            }
        }
    }
}

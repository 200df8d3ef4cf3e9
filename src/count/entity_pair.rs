//! Pairs of entities that co-occur: sums under two entity numbers, kept small, and made into full rows only when they
//! are asked for.

use super::entity::EntityCount;
use super::tally::{Sum, Tally};
use super::top::Top;
use super::{PairCount, Unit};
use crate::config::CountConfig;

/// Sums of a pair in one unit. There are millions of these, so they are as small as a corpus of ten million articles
/// allows; they stay at their most rather than wrap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PairSum {
    observed: u32,
    documents: u32,
}

impl Sum for PairSum {
    fn add(&mut self, other: &PairSum) {
        self.observed = self.observed.saturating_add(other.observed);
        self.documents = self.documents.saturating_add(other.documents);
    }
}

/// Two entities that co-occur; `first` is less than `second`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntityPair {
    /// The first entity's number.
    pub first: u32,
    /// The second entity's number.
    pub second: u32,
    /// How often.
    pub count: PairCount,
    /// Documents in which they co-occur.
    pub documents: u64,
}

/// Adds the pairs that one document holds in one unit.
pub(crate) fn add_pairs(tally: &mut Tally<(u32, u32), PairSum>, mut found: Vec<(u32, u32)>) {
    found.sort_unstable();
    for same in found.chunk_by(|a, b| a == b) {
        tally.add(same[0], PairSum { observed: same.len() as u32, documents: 1 });
    }
}

type Row = ((u32, u32), PairSum);

/// All pairs, by unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityPairs {
    rows: [Vec<Row>; 4],
    /// For each unit, how often each entity is named, by its number.
    margins: [Vec<u64>; 4],
    totals: [u64; 4],
    spans: [u64; 4],
}

impl EntityPairs {
    pub(crate) fn new(
        pairs: [Tally<(u32, u32), PairSum>; 4],
        entities: &[(u32, EntityCount)],
        totals: [u64; 4],
        config: &CountConfig,
    ) -> EntityPairs {
        let numbers = entities.last().map_or(0, |row| row.0 as usize + 1);
        let margins = Unit::ALL.map(|unit| {
            let mut margin = vec![0; numbers];
            for (number, count) in entities {
                margin[*number as usize] = match unit {
                    Unit::Window => count.body_names,
                    unit => count.units[unit as usize],
                };
            }
            margin
        });
        EntityPairs { rows: pairs.map(Tally::into_rows), margins, totals, spans: Unit::ALL.map(|u| u.span(config)) }
    }

    /// The pairs of a unit in ascending order of their numbers.
    pub fn of(&self, unit: Unit) -> impl Iterator<Item = EntityPair> + '_ {
        self.rows[unit as usize].iter().map(move |row| self.pair(unit, row))
    }

    /// The `k` pairs of a unit with the highest scores (all for `k` = 0) of those observed at least `least` times, best
    /// first, and how many there were to choose from. Equals are taken in order of their numbers.
    pub fn top(
        &self,
        unit: Unit,
        least: u64,
        k: usize,
        score: impl Fn(PairCount, f64) -> Option<f64>,
    ) -> (Vec<EntityPair>, u64) {
        let mut top = Top::new(k);
        let mut candidates = 0;
        for row in self.rows[unit as usize].iter().filter(|row| u64::from(row.1.observed) >= least) {
            candidates += 1;
            if let Some(score) = score(self.pair(unit, row).count, top.floor()) {
                top.offer(score, row.0, row.1);
            }
        }
        let best = top.into_sorted().into_iter().map(|scored| self.pair(unit, &(scored.key, scored.row)));
        (best.collect(), candidates)
    }

    fn pair(&self, unit: Unit, &((first, second), sum): &Row) -> EntityPair {
        let margin = |number: u32| self.margins[unit as usize].get(number as usize).copied().unwrap_or(0);
        EntityPair {
            first,
            second,
            count: PairCount {
                observed: u64::from(sum.observed),
                first: margin(first),
                second: margin(second),
                total: self.totals[unit as usize],
                span: self.spans[unit as usize],
            },
            documents: u64::from(sum.documents),
        }
    }
}

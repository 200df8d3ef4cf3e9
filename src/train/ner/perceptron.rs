//! Learning of weights: the averaged structured perceptron (Collins 2002) with a margin, over features that occur at
//! least a few times.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::embedding::Random;
use super::samples::Sample;
use crate::model::tagger::feature::{features, may_be_name};
use crate::model::tagger::tag::{Decoder, OUTSIDE, Scores, TAGS, Transitions};

/// A line as numbers of features, with its tags.
struct Line {
    /// For each unit the numbers of its features; `None` where it cannot be in a name.
    units: Vec<Option<Vec<u32>>>,
    tags: Vec<u8>,
}

/// Learnt weights, in floating point.
pub(super) struct Learnt {
    /// The hash of each feature.
    pub(super) keys: Vec<u32>,
    /// Its weights.
    pub(super) rows: Vec<[f32; TAGS]>,
    /// Scores of tags behind tags.
    pub(super) transitions: Transitions,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// Groups of features.
    pub(super) groups: u32,
    /// Passes over the samples.
    pub(super) passes: usize,
    /// Independent orders of the samples, averaged.
    pub(super) orders: u64,
    /// Least occurrences of a feature.
    pub(super) least: u32,
}

/// Learns weights from samples.
pub(super) fn learn(samples: &[&Sample], plan: Plan, say: &mut dyn FnMut(&str)) -> Learnt {
    let (lines, keys) = lines(samples, plan);
    say(&format!("{} lines, {} features", lines.len(), keys.len()));
    let mut sum = Learnt { rows: vec![[0.0; TAGS]; keys.len()], keys, transitions: [[0.0; TAGS]; TAGS + 1] };
    for order in 0..plan.orders {
        let mut state = State::new(sum.keys.len());
        let mut random = Random::new(order + 11);
        let mut places: Vec<usize> = (0..lines.len()).collect();
        for pass in 0..plan.passes {
            for at in (1..places.len()).rev() {
                places.swap(at, random.below(at + 1));
            }
            let wrong = places.iter().filter(|&&at| state.step(&lines[at])).count();
            if pass + 1 == plan.passes {
                say(&format!("order {}: {wrong} lines wrong in the last pass", order + 1));
            }
        }
        state.add_average(&mut sum, plan.orders as f32);
    }
    sum
}

fn lines(samples: &[&Sample], plan: Plan) -> (Vec<Line>, Vec<u32>) {
    let mut counts: HashMap<u32, u32, FixedState> = HashMap::default();
    let mut found = Vec::new();
    let each = |f: &mut dyn FnMut(&Sample, usize)| {
        for sample in samples {
            (0..sample.tags.len()).for_each(|line| f(sample, line));
        }
    };
    each(&mut |sample, line| {
        let line = &sample.text.lines[line];
        for at in (0..sample.text.words_in(line)).filter(|&at| may_be_name(&sample.text, line, at)) {
            features(&sample.text, line, at, plan.groups, &mut found);
            found.iter().for_each(|&key| *counts.entry(key).or_insert(0) += 1);
        }
    });
    let mut keys: Vec<u32> =
        counts.into_iter().filter(|&(key, n)| n >= plan.least && key != 0).map(|(k, _)| k).collect();
    keys.sort_unstable();
    let numbers: HashMap<u32, u32, FixedState> = keys.iter().enumerate().map(|(at, &key)| (key, at as u32)).collect();
    let mut lines = Vec::new();
    each(&mut |sample, number| {
        let line = &sample.text.lines[number];
        let units = (0..sample.text.words_in(line)).map(|at| {
            may_be_name(&sample.text, line, at).then(|| {
                features(&sample.text, line, at, plan.groups, &mut found);
                found.iter().filter_map(|key| numbers.get(key).copied()).collect()
            })
        });
        let units: Vec<Option<Vec<u32>>> = units.collect();
        let possible = units.iter().zip(&sample.tags[number]).all(|(unit, &tag)| unit.is_some() || tag == OUTSIDE);
        if possible && units.iter().any(Option::is_some) {
            lines.push(Line { units, tags: sample.tags[number].clone() });
        }
    });
    (lines, keys)
}

struct State {
    rows: Vec<[f32; TAGS]>,
    /// Changes weighted by when they were made, for the average.
    late: Vec<[f32; TAGS]>,
    transitions: Transitions,
    late_transitions: Transitions,
    time: f32,
    decoder: Decoder,
    scores: Vec<Scores>,
    tags: Vec<u8>,
}

impl State {
    fn new(features: usize) -> State {
        State {
            rows: vec![[0.0; TAGS]; features],
            late: vec![[0.0; TAGS]; features],
            transitions: [[0.0; TAGS]; TAGS + 1],
            late_transitions: [[0.0; TAGS]; TAGS + 1],
            time: 1.0,
            decoder: Decoder::default(),
            scores: Vec::new(),
            tags: Vec::new(),
        }
    }

    /// Learns from a line; whether it was wrong.
    fn step(&mut self, line: &Line) -> bool {
        self.scores.clear();
        for (unit, &gold) in line.units.iter().zip(&line.tags) {
            self.scores.push(unit.as_ref().map(|features| {
                let mut scores = [0.0; TAGS];
                for &feature in features {
                    scores.iter_mut().zip(&self.rows[feature as usize]).for_each(|(score, weight)| *score += weight);
                }
                for (tag, score) in scores.iter_mut().enumerate() {
                    if tag != usize::from(gold) {
                        // To miss a name costs more than to find too much.
                        *score += if gold != OUTSIDE && tag == 0 { 1.0 } else { 0.5 };
                    }
                }
                scores
            }));
        }
        self.decoder.decode(&self.scores, &self.transitions, &mut self.tags);
        let wrong = self.tags != line.tags;
        if wrong {
            self.correct(line);
        }
        self.time += 1.0;
        wrong
    }

    fn correct(&mut self, line: &Line) {
        let time = self.time;
        for at in 0..line.tags.len() {
            let (gold, told) = (usize::from(line.tags[at]), usize::from(self.tags[at]));
            if gold != told
                && let Some(features) = &line.units[at]
            {
                for &feature in features {
                    let (row, late) = (&mut self.rows[feature as usize], &mut self.late[feature as usize]);
                    row[gold] += 1.0;
                    row[told] -= 1.0;
                    late[gold] += time;
                    late[told] -= time;
                }
            }
            let before = |tags: &[u8]| at.checked_sub(1).map_or(TAGS, |at| usize::from(tags[at]));
            let (right, wrong) = ((before(&line.tags), gold), (before(&self.tags), told));
            if right != wrong {
                self.transitions[right.0][right.1] += 1.0;
                self.transitions[wrong.0][wrong.1] -= 1.0;
                self.late_transitions[right.0][right.1] += time;
                self.late_transitions[wrong.0][wrong.1] -= time;
            }
        }
    }

    /// Adds a share of the averaged weights.
    fn add_average(&self, sum: &mut Learnt, of: f32) {
        let add = |sum: &mut f32, last: f32, late: f32| *sum += (last - late / self.time) / of;
        for ((sum, row), late) in sum.rows.iter_mut().zip(&self.rows).zip(&self.late) {
            (0..TAGS).for_each(|tag| add(&mut sum[tag], row[tag], late[tag]));
        }
        for from in 0..=TAGS {
            for to in 0..TAGS {
                add(&mut sum.transitions[from][to], self.transitions[from][to], self.late_transitions[from][to]);
            }
        }
    }
}

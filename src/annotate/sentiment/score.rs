//! From features to a judgment: logits are integer sums of weights, scaled once for each group, and every word's part in
//! the score is its part in the difference of the logits.
//!
//! The score is P(positive) - P(negative). It equals [`sentiment::slope`] times the logit of positive minus that of
//! negative, which is a sum over features; so the parts of words add up to the score by construction.

use std::array::from_fn;
use std::sync::LazyLock;

use super::feature::{self, GROUPS, Group, NONE, Part, Place, REGIONS, Sink};
use super::sums::{self, EVEN, OF_REGION};
use super::target::Relation;
use super::term::Hit;
use super::view::{SOURCES, Slot, View};
use crate::model::sentiment::{self, Model, Probabilities};

const ALL: [Group; GROUPS] =
    [Group::Bag, Group::Place, Group::Context, Group::Lexicon, Group::Setting, Group::Relation, Group::Speech];

/// Logits for a term of the user's of full weight that is plainly said of the target.
const USER: f64 = 4.0;

/// Sums of weights by group.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// Thousandths of weights, negative and positive.
    weights: [[i64; 2]; GROUPS],
    /// Features.
    counts: [u32; GROUPS],
}

impl Sums {
    /// Logits for one thousandth of a weight of a group.
    fn factor(&self, model: &Model<'_>, group: Group) -> f64 {
        let (scale, divided) = group.scale();
        let length = if divided { f64::from(self.counts[group as usize].max(1)).sqrt() } else { 1.0 };
        model.unit() * scale / length / 1000.0
    }

    fn logits(&self, model: &Model<'_>, asked: &Asked<'_>) -> [f64; 2] {
        let mut logits = model.bias();
        for (_, value) in asked.of_user() {
            logits[usize::from(value > 0.0)] += value.abs();
        }
        for group in ALL {
            let factor = self.factor(model, group);
            for (logit, sum) in logits.iter_mut().zip(self.weights[group as usize]) {
                *logit += factor * sum as f64;
            }
        }
        logits
    }
}

/// What the embedded model says of lexicons in regions: few features that every target has, so they are looked up once.
struct Usual {
    /// By lexicon and region.
    regions: [[[[i64; 2]; OF_REGION]; REGIONS]; SOURCES],
    /// All that is said of a lexicon that knows no word, thousandths.
    silent: [[i64; 2]; SOURCES],
}

static USUAL: LazyLock<Usual> = LazyLock::new(|| {
    let model = sentiment::embedded();
    let silent = |source| {
        sums::silent_rows(source).fold([0; 2], |[negative, positive], (row, value)| {
            let [more, better] = model.weights(row).map(|weight| weight * i64::from(value));
            [negative + more, positive + better]
        })
    };
    let of = |source, region| from_fn(|which| model.weights(sums::region_row(which, source, region)));
    Usual { regions: from_fn(|source| from_fn(|region| of(source, region))), silent: from_fn(silent) }
});

/// A feature that has a weight and words that it speaks of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace {
    value: i32,
    /// Weight of positive over negative.
    difference: i16,
    group: Group,
    of: Of,
}

/// The words that a feature speaks of.
#[derive(Clone, Copy, Debug)]
enum Of {
    Slot(u32),
    Sum(Part),
}

/// Room for traces, for each slot.
const TRACES: usize = 4;

/// Adds weights up and keeps what they belong to.
struct Adder {
    model: &'static Model<'static>,
    usual: &'static Usual,
    sums: Sums,
    traces: Vec<Trace>,
}

impl Adder {
    #[inline]
    fn weigh(&mut self, group: Group, weights: [i64; 2], value: i32) {
        let sum = &mut self.sums.weights[group as usize];
        sum[0] += weights[0] * i64::from(value);
        sum[1] += weights[1] * i64::from(value);
        self.sums.counts[group as usize] += 1;
    }

    #[inline]
    fn note(&mut self, group: Group, [negative, positive]: [i64; 2], value: i32, of: Of) {
        // Kept by moving the end, for a branch would be taken as often as not.
        let kept = self.traces.len() + usize::from(negative != positive);
        self.traces.push(Trace { value, difference: (positive - negative) as i16, group, of });
        self.traces.truncate(kept);
    }
}

impl Sink for Adder {
    #[inline]
    fn alone(&mut self, group: Group, which: usize, slot: &Slot, at: u32) {
        let weights = slot.learned.weights(which);
        self.weigh(group, weights, 1000);
        self.note(group, weights, 1000, Of::Slot(at));
    }

    #[inline]
    fn add(&mut self, group: Group, row: u32, value: i32, slot: u32) {
        let weights = self.model.weights(row);
        self.weigh(group, weights, value);
        if slot != NONE {
            self.note(group, weights, value, Of::Slot(slot));
        }
    }

    #[inline]
    fn sum(&mut self, row: u32, value: i32, part: Part) {
        let weights = self.model.weights(row);
        self.weigh(Group::Lexicon, weights, value);
        self.note(Group::Lexicon, weights, value, Of::Sum(part));
    }

    #[inline]
    fn of_region(&mut self, which: usize, value: i32, part: Part) {
        let weights = self.usual.regions[usize::from(part.source)][usize::from(part.region)][which];
        self.weigh(Group::Lexicon, weights, value);
        self.note(Group::Lexicon, weights, value, Of::Sum(part));
    }

    #[inline]
    fn even(&mut self, source: usize, region: usize) {
        self.weigh(Group::Lexicon, self.usual.regions[source][region][EVEN], 1000);
    }

    #[inline]
    fn silent(&mut self, source: usize) {
        self.weigh(Group::Lexicon, self.usual.silent[source], 1);
    }
}

/// A target and what is known of it.
pub(super) struct Asked<'a> {
    /// Where it stands.
    pub place: Place,
    /// 0, or the hash of the pronoun that it is.
    pub pronoun: u64,
    /// Terms of byline's lexicon that relate to it.
    pub related: &'a [(&'a Hit, Relation)],
}

impl Asked<'_> {
    /// First token and logit of each term of the user's: positive ones for positive, negative ones for negative.
    fn of_user(&self) -> impl Iterator<Item = (usize, f64)> {
        let of_user = self.related.iter().filter(|(hit, _)| hit.of_user);
        of_user.map(|(hit, relation)| (hit.first, USER * f64::from(hit.value * relation.share) / 1e6))
    }
}

/// Scores the targets of one sentence.
pub(super) struct Scorer<'a> {
    model: &'static Model<'static>,
    usual: &'static Usual,
    view: &'a View,
    /// The bags of blocks, once asked for.
    bags: Vec<Option<Bag>>,
    /// Those of the target that was judged last.
    traces: &'a mut Vec<Trace>,
}

/// Sums and features of a bag.
#[derive(Clone, Default)]
struct Bag {
    sums: Sums,
    traces: Vec<Trace>,
}

/// What the model says of one target.
pub(super) struct Judged {
    /// Negative, neutral, positive.
    pub probabilities: Probabilities,
    sums: Sums,
    logits: [f64; 2],
}

impl<'a> Scorer<'a> {
    /// A scorer of a sentence. `traces` is room that scorers use one after another.
    pub(super) fn new(view: &'a View, traces: &'a mut Vec<Trace>) -> Self {
        let blocks = view.slots.len() / feature::BLOCK + 1;
        Scorer { model: sentiment::embedded(), usual: &USUAL, view, bags: vec![None; blocks], traces }
    }

    /// What the model says of a target.
    pub(super) fn judge(&mut self, asked: &Asked<'_>) -> Judged {
        let (model, usual, view) = (self.model, self.usual, self.view);
        let adder = |sums, traces| Adder { model, usual, sums, traces };
        let block = asked.place.slot / feature::BLOCK;
        let bag = self.bags[block].get_or_insert_with(|| {
            let mut adder = adder(Sums::default(), Vec::with_capacity(TRACES * view.slots.len().min(feature::BLOCK)));
            feature::emit_bag(view, block, &mut adder);
            Bag { sums: adder.sums, traces: adder.traces }
        });
        self.traces.clear();
        let mut adder = adder(bag.sums, std::mem::take(self.traces));
        feature::emit(view, &asked.place, asked.pronoun, asked.related, &mut adder);
        let logits = adder.sums.logits(model, asked);
        *self.traces = adder.traces;
        Judged { probabilities: sentiment::softmax(logits), sums: adder.sums, logits }
    }

    /// The part of each slot in the score of the target judged last, in thousandths; what is of no slot is left out.
    pub(super) fn parts(&self, asked: &Asked<'_>, judged: &Judged) -> Vec<f64> {
        let slope = sentiment::slope(judged.logits, judged.probabilities) * 1000.0;
        let factors = ALL.map(|group| slope * judged.sums.factor(self.model, group));
        let place = &asked.place;
        let cues = place.cues(self.view);
        let regions: Vec<u16> = cues.iter().map(|&at| place.regions(self.view, at as usize)).collect();
        let mut slots = vec![0.0; self.view.slots.len()];
        let bag = self.bags[place.slot / feature::BLOCK].as_ref();
        for trace in bag.iter().flat_map(|bag| &bag.traces).chain(&*self.traces) {
            let whole = factors[trace.group as usize] * f64::from(trace.difference) * f64::from(trace.value);
            let part = match trace.of {
                Of::Slot(slot) => {
                    if let Some(sum) = slots.get_mut(slot as usize) {
                        *sum += whole;
                    }
                    continue;
                }
                Of::Sum(part) => part,
            };
            // A sum is shared out among the words that it is made of, by their weights.
            let share = |(&at, regions): (&u32, &u16)| {
                let weight = self.view.slots[at as usize].weights[usize::from(part.source)];
                let of_sign = part.sign == 0 || weight.signum() == i32::from(part.sign);
                let counts = regions >> part.region & 1 == 1 && of_sign;
                if counts { f64::from(weight.abs()) } else { 0.0 }
            };
            let total: f64 = cues.iter().zip(&regions).map(share).sum();
            if total > 0.0 {
                for cue in cues.iter().zip(&regions) {
                    slots[*cue.0 as usize] += whole * share(cue) / total;
                }
            }
        }
        for (token, value) in asked.of_user() {
            if let Some(part) = slots.get_mut(self.view.slot_at(token) as usize) {
                *part += slope * value;
            }
        }
        slots
    }
}

/// Features as a list, for training.
#[derive(Default)]
pub(super) struct Collected {
    features: Vec<(Group, u32, i32)>,
    counts: [u32; GROUPS],
}

impl Collected {
    /// All features of a target.
    pub(super) fn of(view: &View, asked: &Asked<'_>) -> Collected {
        let mut collected = Collected::default();
        feature::emit_bag(view, asked.place.slot / feature::BLOCK, &mut collected);
        feature::emit(view, &asked.place, asked.pronoun, asked.related, &mut collected);
        collected
    }

    /// Row and value of each feature, as the product multiplies it.
    pub(super) fn scaled(self) -> Vec<(u32, f32)> {
        let factors = ALL.map(|group| {
            let (scale, divided) = group.scale();
            let length = if divided { f64::from(self.counts[group as usize].max(1)).sqrt() } else { 1.0 };
            scale / length / 1000.0
        });
        let scaled =
            |&(group, row, value): &(Group, u32, i32)| (row, (factors[group as usize] * f64::from(value)) as f32);
        self.features.iter().map(scaled).collect()
    }
}

impl Sink for Collected {
    fn add(&mut self, group: Group, row: u32, value: i32, _slot: u32) {
        self.features.push((group, row, value));
        self.counts[group as usize] += 1;
    }
}

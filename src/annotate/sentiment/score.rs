//! From features to a judgment: logits are integer sums of weights, scaled once for each group, and every word's part in
//! the score is its part in the difference of the logits.
//!
//! The score is P(positive) - P(negative). It equals [`sentiment::slope`] times the logit of positive minus that of
//! negative, which is a sum over features; so the parts of words add up to the score by construction.

use std::cell::RefCell;

use super::feature::{self, GROUPS, Group, NONE, Part, Place, Sink};
use super::target::Relation;
use super::term::Hit;
use super::view::View;
use crate::model::sentiment::{self, Model, Probabilities};

const ALL: [Group; GROUPS] =
    [Group::Bag, Group::Place, Group::Context, Group::Lexicon, Group::Setting, Group::Relation];

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

struct Adder<'m> {
    model: &'m Model<'m>,
    sums: Sums,
}

impl Sink for Adder<'_> {
    #[inline]
    fn add(&mut self, group: Group, row: u32, value: i32, _slot: u32) {
        let weights = self.model.weights(row);
        let sum = &mut self.sums.weights[group as usize];
        sum[0] += weights[0] * i64::from(value);
        sum[1] += weights[1] * i64::from(value);
        self.sums.counts[group as usize] += 1;
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
    model: &'a Model<'a>,
    view: &'a View,
    /// Sums of the bags of blocks, once asked for.
    bags: RefCell<Vec<Option<Sums>>>,
}

/// What the model says of one target.
pub(super) struct Judged {
    /// Negative, neutral, positive.
    pub probabilities: Probabilities,
    sums: Sums,
    logits: [f64; 2],
}

impl<'a> Scorer<'a> {
    /// A scorer of a sentence.
    pub(super) fn new(model: &'a Model<'a>, view: &'a View) -> Self {
        let blocks = view.slots.len() / feature::BLOCK + 1;
        Scorer { model, view, bags: RefCell::new(vec![None; blocks]) }
    }

    /// What the model says of a target.
    pub(super) fn judge(&self, asked: &Asked<'_>) -> Judged {
        let mut adder = Adder { model: self.model, sums: self.bag(asked.place.slot / feature::BLOCK) };
        feature::emit(self.view, &asked.place, asked.pronoun, asked.related, &mut adder);
        let logits = adder.sums.logits(self.model, asked);
        Judged { probabilities: sentiment::softmax(logits), sums: adder.sums, logits }
    }

    /// The part of each slot in the score, in thousandths; what is of no slot is left out.
    pub(super) fn parts(&self, asked: &Asked<'_>, judged: &Judged) -> Vec<f64> {
        let slope = sentiment::slope(judged.logits, judged.probabilities) * 1000.0;
        let factors = ALL.map(|group| slope * judged.sums.factor(self.model, group));
        let mut parts = Parts { scorer: self, asked, factors, slots: vec![0.0; self.view.slots.len()] };
        feature::emit_bag(self.view, asked.place.slot / feature::BLOCK, &mut parts);
        feature::emit(self.view, &asked.place, asked.pronoun, asked.related, &mut parts);
        for (token, value) in asked.of_user() {
            if let Some(part) = parts.slots.get_mut(self.view.slot_at(token) as usize) {
                *part += slope * value;
            }
        }
        parts.slots
    }

    fn bag(&self, block: usize) -> Sums {
        let mut bags = self.bags.borrow_mut();
        if let Some(Some(sums)) = bags.get(block) {
            return *sums;
        }
        let mut adder = Adder { model: self.model, sums: Sums::default() };
        feature::emit_bag(self.view, block, &mut adder);
        if let Some(slot) = bags.get_mut(block) {
            *slot = Some(adder.sums);
        }
        adder.sums
    }
}

/// Adds what each feature does to the slots that it speaks of.
struct Parts<'s, 'a> {
    scorer: &'s Scorer<'a>,
    asked: &'s Asked<'s>,
    factors: [f64; GROUPS],
    slots: Vec<f64>,
}

impl Parts<'_, '_> {
    fn part(&self, group: Group, row: u32, value: i32) -> f64 {
        let [negative, positive] = self.scorer.model.weights(row);
        self.factors[group as usize] * (positive - negative) as f64 * f64::from(value)
    }
}

impl Sink for Parts<'_, '_> {
    fn add(&mut self, group: Group, row: u32, value: i32, slot: u32) {
        if slot != NONE {
            let part = self.part(group, row, value);
            if let Some(sum) = self.slots.get_mut(slot as usize) {
                *sum += part;
            }
        }
    }

    /// A sum is shared out among the words that it is made of, by their weights.
    fn sum(&mut self, row: u32, value: i32, part: Part) {
        let whole = self.part(Group::Lexicon, row, value);
        let (view, place) = (self.scorer.view, &self.asked.place);
        let share = |at: usize| {
            let weight = view.slots[at].weights[part.source];
            let counts = place.holds(view, part.region, at) && (part.sign == 0 || weight.signum() == part.sign);
            if counts { f64::from(weight.abs()) } else { 0.0 }
        };
        let total: f64 = place.cues(view).iter().map(|&at| share(at as usize)).sum();
        if total > 0.0 {
            for &at in place.cues(view) {
                self.slots[at as usize] += whole * share(at as usize) / total;
            }
        }
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

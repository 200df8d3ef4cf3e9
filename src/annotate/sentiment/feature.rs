//! What the sentiment model looks at, for one target in a sentence: hashed features in groups.
//!
//! Training and the product read features through the same [`emit`], so a model is always asked what it learned. The
//! names of features are part of the model's format: change `model::sentiment::VERSION` with them.

use super::LEAST;
use super::alone;
use super::frame;
use super::sums;
use super::target::Relation;
use super::term::Hit;
use super::view::{EDGE, NAME, Slot, View, form};

/// Groups of features, each with a scale of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// The words of the sentence, wherever they stand.
    Bag,
    /// Words by side and clause.
    Place,
    /// Sequences of words around the target, and its frame of subject, verb and object.
    Context,
    /// Sums of lexicon weights by side, clause, distance and quotation.
    Lexicon,
    /// Marks, verbs of saying, other names.
    Setting,
    /// Terms of byline's lexicon by their grammatical relation to the target.
    Relation,
    /// Lexicon weights inside and outside of quotation marks, by whether the target speaks.
    Speech,
}

/// Number of groups.
pub(super) const GROUPS: usize = 7;

impl Group {
    /// Weight of the group, and whether it is divided by the length of its vector.
    pub(super) fn scale(self) -> (f64, bool) {
        match self {
            Group::Bag => (0.6, true),
            Group::Place | Group::Context => (0.5, true),
            Group::Lexicon => (0.1, false),
            Group::Setting => (0.12, false),
            Group::Relation => (0.3, false),
            Group::Speech => (0.5, false),
        }
    }
}

/// No slot: a feature of the whole.
pub(super) const NONE: u32 = u32::MAX;

/// Takes features.
pub(super) trait Sink {
    /// A feature: its hash, its value in thousandths, the slot that it speaks of.
    fn add(&mut self, group: Group, row: u32, value: i32, slot: u32);

    /// A feature that a word gives by itself, of the slot that it stands in.
    fn alone(&mut self, group: Group, which: usize, slot: &Slot, at: u32) {
        self.add(group, alone::row_of(which, slot.form, slot.stem), 1000, at);
    }

    /// A feature of a sum of lexicon weights.
    fn sum(&mut self, row: u32, value: i32, _part: Part) {
        self.add(Group::Lexicon, row, value, NONE);
    }

    /// A feature of the sum of one lexicon's weights in one region.
    fn of_region(&mut self, which: usize, value: i32, part: Part) {
        self.sum(sums::region_row(which, part.source.into(), part.region.into()), value, part);
    }

    /// The feature of a region in which a lexicon knows no word.
    fn even(&mut self, source: usize, region: usize) {
        self.add(Group::Lexicon, sums::region_row(sums::EVEN, source, region), 1000, NONE);
    }

    /// The features of a lexicon that knows no word around the target.
    fn silent(&mut self, source: usize) {
        sums::silent_rows(source).for_each(|(row, value)| self.add(Group::Lexicon, row, value, NONE));
    }
}

/// Slots that a sum of lexicon weights is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// Which lexicon.
    pub source: u8,
    /// Where.
    pub region: u8,
    /// Which sign: 1, -1, or 0 for both.
    pub sign: i8,
}

/// Slots to each side of a target that are looked at.
const WINDOW: usize = 64;
/// Slots of a block: the bag of a sentence longer than this is that of the target's block.
pub(super) const BLOCK: usize = 128;
/// Slots near a target.
pub(super) const NEAR: usize = 5;
/// How many regions there are.
pub(super) const REGIONS: usize = 12;

/// The hash that the model knows a feature by.
const fn row_of(hash: u64) -> u32 {
    ((hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

const fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0xff51_afd7_ed55_8ccd)
}

/// The hash of a feature by its name and what it says.
pub(super) fn row(tag: u64, parts: &[u64]) -> u32 {
    row_of(parts.iter().fold(tag, |hash, &part| mix(hash, part)))
}

macro_rules! tag {
    ($name:literal) => {{
        const TAG: u64 = $crate::annotate::sentiment::view::form($name);
        TAG
    }};
}
pub(super) use tag;

/// A target among the slots, with the places that matter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its slot.
    pub slot: usize,
    /// The slot before it that is no part of the same name.
    pub before: usize,
    /// The first slot that is looked at.
    pub low: usize,
    /// After the last.
    pub high: usize,
    /// Where the target's clause begins.
    pub left: usize,
    /// After its clause.
    pub right: usize,
}

impl Place {
    /// The places of a target.
    pub(super) fn new(view: &View, slot: usize) -> Place {
        let slots = &view.slots;
        let (low, high) = (slot.saturating_sub(WINDOW), slots.len().min(slot + WINDOW + 1));
        let (mut left, mut right) = (slot, slot + 1);
        while left > low && !slots[left - 1].breaks {
            left -= 1;
        }
        while right < high && !slots[right].breaks {
            right += 1;
        }
        let mut before = slot;
        // A capitalised title in front is a part of the name: `President Vale`.
        if before > low && slots[before - 1].form == NAME && view.is_plain_name(before - 1) {
            before -= 1;
        }
        Place { slot, before, low, high, left, right }
    }

    /// The regions of sums that hold a slot, as bits.
    pub(super) fn regions(&self, view: &View, at: usize) -> u16 {
        let t = self.slot;
        let quoted = view.slots[at].quoted;
        let holds: [bool; REGIONS] = [
            true,
            at < t,
            at > t,
            at < t && at + NEAR >= t,
            at > t && at <= t + NEAR,
            at >= self.left && at < self.right,
            at >= self.left && at < t,
            at > t && at < self.right,
            at > t + NEAR,
            at + NEAR < t,
            quoted,
            !quoted,
        ];
        holds.iter().enumerate().fold(0, |bits, (region, &holds)| bits | u16::from(holds) << region)
    }

    /// The cues in the window.
    pub(super) fn cues<'v>(&self, view: &'v View) -> &'v [u32] {
        let first = view.cues.partition_point(|&c| (c as usize) < self.low);
        let last = view.cues.partition_point(|&c| (c as usize) < self.high);
        &view.cues[first..last]
    }
}

/// The bag of a block: features that do not depend on the target.
pub(super) fn emit_bag(view: &View, block: usize, sink: &mut impl Sink) {
    let first = block * BLOCK;
    let last = view.slots.len().min(first + BLOCK);
    let mut before = EDGE;
    for (at, slot) in view.slots.iter().enumerate().take(last).skip(first) {
        let anchor = at as u32;
        sink.alone(Group::Bag, alone::BAG, slot, anchor);
        if slot.negated {
            sink.alone(Group::Bag, alone::BAG_NEGATED, slot, anchor);
        }
        sink.add(Group::Bag, row(tag!("b"), &[before, slot.form]), 1000, anchor);
        if slot.stem != 0 {
            sink.alone(Group::Bag, alone::BAG_STEM, slot, anchor);
        }
        before = slot.form;
    }
}

/// Everything that depends on the target.
pub(super) fn emit(view: &View, place: &Place, pronoun: u64, related: &[(&Hit, Relation)], sink: &mut impl Sink) {
    alone::emit(view, place, sink);
    emit_context(view, place, sink);
    frame::emit(view, place, sink);
    sums::emit(view, place, sink);
    emit_setting(view, place, pronoun, sink);
    emit_speech(view, place, sink);
    emit_relations(view, related, sink);
}

fn emit_context(view: &View, place: &Place, sink: &mut impl Sink) {
    let slots = &view.slots;
    // Form and anchor `k` slots from the target; the target's own is that of a name.
    let at = |k: isize| -> (u64, u32) {
        let base = if k < 0 { place.before } else { place.slot };
        let index = base.checked_add_signed(k).filter(|&i| i >= place.low && i < place.high);
        match index {
            Some(_) if k == 0 => (if slots[place.slot].owner { tag!("own target") } else { tag!("target") }, NONE),
            Some(index) => (slots[index].form, index as u32),
            None => (EDGE, NONE),
        }
    };
    const RUNS: [(isize, isize); 9] = [(-1, 0), (0, 1), (-2, -1), (1, 2), (-1, 1), (-3, -1), (1, 3), (-2, 0), (0, 2)];
    for (number, (from, to)) in RUNS.into_iter().enumerate() {
        let hash = (from..=to).fold(mix(tag!("g"), number as u64), |hash, k| mix(hash, at(k).0));
        // The word furthest from the target speaks for the run.
        let anchor = if to > 0 { at(to).1 } else { at(from).1 };
        sink.add(Group::Context, row_of(hash), 1000, anchor);
    }
    for k in [-3, -2, -1, 1, 2, 3] {
        sink.add(Group::Context, row(tag!("k"), &[k as u64, at(k).0]), 1000, at(k).1);
    }
    for k in 2..=4 {
        sink.add(Group::Context, row(tag!("sk"), &[k as u64, at(1).0, at(k).0]), 1000, at(k).1);
        sink.add(Group::Context, row(tag!("sl"), &[k as u64, at(-k).0, at(-1).0]), 1000, at(-k).1);
    }
}

fn emit_setting(view: &View, place: &Place, pronoun: u64, sink: &mut impl Sink) {
    let slots = &view.slots;
    let t = place.slot;
    let window = place.low..place.high;
    let mut flag = |tag: u64, value: u64| sink.add(Group::Setting, row(tag, &[value]), 1000, NONE);
    flag(tag!("in"), u64::from(slots[t].quoted));
    flag(tag!("marks"), u64::from(slots[window.clone()].iter().any(|s| s.quoted)));
    let said = speaks(view, place);
    flag(tag!("said"), said);
    flag(tag!("said far"), u64::from(said == 0 && slots[window.clone()].iter().any(|s| s.says)));
    let length = slots.len().max(1);
    flag(tag!("position"), (5 * t / length) as u64);
    flag(tag!("length"), (length / 10).min(5) as u64);
    flag(tag!("names"), slots[window].iter().filter(|s| s.name).count().min(5) as u64);
    flag(tag!("pronoun"), pronoun);
    flag(tag!("owner"), u64::from(slots[t].owner));
    let by = |slot: Option<&Slot>| u64::from(slot.is_some_and(|s| s.form == tag!("by")));
    flag(tag!("by before"), by(place.before.checked_sub(1).and_then(|i| slots.get(i))));
    flag(tag!("by behind"), slots[t + 1..place.high.min(t + 4)].iter().map(|s| by(Some(s))).max().unwrap_or(0));
    flag(tag!("name behind"), u64::from(slots[t + 1..place.high].iter().any(|s| s.name)));
    flag(tag!("name before"), u64::from(slots[place.low..place.before].iter().any(|s| s.name)));
}

/// Whether a verb of saying stands close behind the target, or right before it, as bits.
fn speaks(view: &View, place: &Place) -> u64 {
    let says = |range: std::ops::Range<usize>| view.slots[range].iter().any(|s| s.says);
    let behind = says(place.slot + 1..place.high.min(place.slot + 4));
    let ahead = says(place.low.max(place.before.saturating_sub(2))..place.before);
    u64::from(behind) + 2 * u64::from(ahead)
}

fn emit_speech(view: &View, place: &Place, sink: &mut impl Sink) {
    let slots = &view.slots;
    let marks = slots[place.low..place.high].iter().any(|s| s.quoted);
    let state = 4 * speaks(view, place) + 2 * u64::from(slots[place.slot].quoted) + u64::from(marks);
    let mut sums = [0; 2];
    for &cue in place.cues(view) {
        let slot = &slots[cue as usize];
        let known = slot.weights.iter().filter(|w| **w != 0).count() as i32;
        let value = slot.weights.iter().sum::<i32>() / known.max(1);
        if value != 0 {
            let row = row(tag!("pz"), &[state, u64::from(slot.quoted), u64::from(value > 0)]);
            sink.add(Group::Speech, row, value.abs(), cue);
            sums[usize::from(slot.quoted)] += value;
        }
    }
    for (quoted, sum) in sums.into_iter().enumerate() {
        let row = row(tag!("py"), &[state, quoted as u64, (1 + sum.signum()) as u64]);
        sink.add(Group::Speech, row, 1000, NONE);
    }
}

fn emit_relations(view: &View, related: &[(&Hit, Relation)], sink: &mut impl Sink) {
    let mut sums = [0; 2];
    for (hit, relation) in related.iter().filter(|(hit, _)| !hit.of_user) {
        let value = hit.value * relation.share / 1000;
        let sign = u64::from(value > 0);
        let anchor = view.slot_at(hit.first);
        let rule = form(relation.rule);
        sink.add(Group::Relation, row(tag!("r"), &[rule, sign]), value.abs(), anchor);
        sink.add(Group::Relation, row(tag!("rc"), &[hit.category as u64, sign, rule]), 500, anchor);
        let word = view.slots.get(anchor as usize).map_or(EDGE, |s| s.form);
        sink.add(Group::Relation, row(tag!("rw"), &[rule, word]), 500, anchor);
        sums[usize::from(value > 0)] += value.abs();
    }
    for (sign, sum) in sums.into_iter().enumerate() {
        let strength = if sum < LEAST { 0 } else { 1 + (sum / 300).min(3) };
        sink.add(Group::Relation, row(tag!("rt"), &[sign as u64, strength as u64]), 500, NONE);
    }
}

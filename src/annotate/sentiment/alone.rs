//! Features that one word gives by itself, wherever it stands: what the model says of them depends on the spelling alone,
//! so it is looked up once for each spelling and not for each word of each sentence and target.

use super::feature::{Group, NEAR, Place, Sink, row, tag};
use super::view::View;
use crate::model::sentiment::Model;

/// The word, anywhere.
pub(super) const BAG: usize = 0;
/// The word behind a negator.
pub(super) const BAG_NEGATED: usize = 1;
/// The beginning of the word.
pub(super) const BAG_STEM: usize = 2;
/// The word before and behind the target.
pub(super) const SIDE: usize = 3;
/// The word in the target's clause: before, before and negated, behind, behind and negated.
pub(super) const CLAUSE: usize = 5;
/// The beginning of the word: before and far, before and near, behind and far, behind and near.
pub(super) const STEM: usize = 9;
/// The word before and behind the target with no other name between.
pub(super) const NEAREST: usize = 13;
/// The word on the other side of a quotation mark.
pub(super) const ACROSS_MARKS: usize = 15;
/// How many there are.
const COUNT: usize = 16;

/// The hash of such a feature.
pub(super) fn row_of(which: usize, form: u64, stem: u64) -> u32 {
    let at = |first: usize| (which - first) as u64;
    match which {
        BAG => row(tag!("w"), &[form]),
        BAG_NEGATED => row(tag!("nw"), &[form]),
        BAG_STEM => row(tag!("s"), &[stem]),
        SIDE..CLAUSE => row(tag!("p"), &[at(SIDE), form]),
        CLAUSE..STEM => row(tag!("c"), &[at(CLAUSE) / 2, at(CLAUSE) % 2, form]),
        STEM..NEAREST => row(tag!("ps"), &[at(STEM) / 2, at(STEM) % 2, stem]),
        NEAREST..ACROSS_MARKS => row(tag!("pn"), &[at(NEAREST), form]),
        _ => row(tag!("iq"), &[form]),
    }
}

/// The weights of these features for one spelling, negative and positive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Learned([[i8; 2]; COUNT]);

impl Learned {
    /// Nothing.
    pub(super) const NOTHING: Learned = Learned([[0; 2]; COUNT]);

    /// What a model says of a form and its beginning.
    pub(super) fn of(model: &Model<'_>, form: u64, stem: u64) -> Learned {
        Learned(std::array::from_fn(|which| model.weights(row_of(which, form, stem)).map(|weight| weight as i8)))
    }

    /// The weights of one feature.
    #[inline]
    pub(super) fn weights(&self, which: usize) -> [i64; 2] {
        let [negative, positive] = self.0[which];
        [negative.into(), positive.into()]
    }
}

/// The words around the target, by side, clause and what stands between.
pub(super) fn emit(view: &View, place: &Place, sink: &mut impl Sink) {
    let t = place.slot;
    let names = |at: &usize| view.slots[*at].name;
    // Between these the target is the nearest name.
    let from = (place.low..place.before).rev().find(names).unwrap_or(place.low);
    let to = (t + 1..place.high).find(names).unwrap_or(place.high);
    for at in place.low..place.high {
        let slot = &view.slots[at];
        if at == t || !(slot.word || slot.name) {
            continue;
        }
        let side = usize::from(at > t);
        let near = usize::from(at.abs_diff(t) <= NEAR);
        let clause = at >= place.left && at < place.right;
        let anchor = at as u32;
        sink.alone(Group::Place, SIDE + side, slot, anchor);
        if clause {
            sink.alone(Group::Place, CLAUSE + 2 * side + usize::from(slot.negated), slot, anchor);
        }
        if slot.stem != 0 {
            sink.alone(Group::Place, STEM + 2 * side + near, slot, anchor);
        }
        if slot.word && (from..=to).contains(&at) {
            sink.alone(Group::Place, NEAREST + side, slot, anchor);
        }
        if slot.quoted != view.slots[t].quoted {
            sink.alone(Group::Place, ACROSS_MARKS, slot, anchor);
        }
    }
}

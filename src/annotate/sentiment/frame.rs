//! The frame that a target stands in: the verbs of which it seems to be the subject, and the verb or preposition of which
//! it seems to be the object. Features of the model.
//!
//! `near` looks at what stands close. `subject` also passes an apposition (`X, the mayor, lied`) and goes on to verbs
//! joined by `and`; `object` passes other names (`attacked Y and X`).

use super::feature::{Group, Place, Sink, row, tag};
use super::step::Step;
use super::view::{Class, Slot, View};

/// Slots of an apposition.
const APPOSED: usize = 14;
/// Slots behind a subject in which its verbs stand.
const AHEAD: usize = 24;
/// Slots behind a verb in which another is joined to it.
const JOINED: usize = 12;
/// Most verbs of one subject.
const VERBS: u64 = 3;
/// Slots before an object in which its verb stands.
const BACK: usize = 10;

/// All features of the frame.
pub(super) fn emit(view: &View, place: &Place, sink: &mut impl Sink) {
    near(view, place, sink);
    subject(view, place, sink);
    object(view, place, sink);
}

/// The verb of which the target seems to be the subject, and the verb or preposition of which it seems to be the object.
fn near(view: &View, place: &Place, sink: &mut impl Sink) {
    let slots = &view.slots;
    let (mut be, mut seen) = (0, 0);
    let open = |slot: &Slot| slot.word && slot.class == Class::Open;
    for at in place.slot + 1..place.high.min(place.slot + 8) {
        let slot = &slots[at];
        if slot.breaks || slot.name || seen > 1 {
            break;
        }
        if slot.class == Class::Be {
            be = 1;
        }
        if open(slot) {
            let (owner, negated) = (u64::from(slots[place.slot].owner), u64::from(slot.negated));
            let mut add = |tag: u64, state: &[u64]| sink.add(Group::Context, row(tag, state), 1000, at as u32);
            add(tag!("sv"), &[seen, be, owner, negated, slot.form]);
            add(tag!("ss"), &[be, owner, negated, slot.stem]);
            seen += 1;
        }
    }
    let mut behind = 0;
    for at in (place.low.max(place.before.saturating_sub(8))..place.before).rev() {
        let slot = &slots[at];
        if slot.breaks {
            break;
        }
        if slot.name || slot.class == Class::Determiner {
            continue;
        }
        if slot.class == Class::Preposition {
            behind = slot.form;
        } else if open(slot) {
            let negated = u64::from(slot.negated);
            let mut add =
                |tag: u64, of: u64| sink.add(Group::Context, row(tag, &[behind, negated, of]), 1000, at as u32);
            add(tag!("ov"), slot.form);
            add(tag!("os"), slot.stem);
            break;
        }
    }
}

/// The verbs of the target, past an apposition, and those joined to them.
fn subject(view: &View, place: &Place, sink: &mut impl Sink) {
    let (slots, high) = (&view.slots, place.high);
    let mut at = place.slot + 1;
    if slots.get(at).is_some_and(|slot| slot.step == Step::Comma)
        && let Some(close) = (at + 1..high.min(at + APPOSED)).find(|&k| slots[k].step == Step::Comma)
    {
        at = close + 1;
    }
    let (end, mut be, mut found) = (high.min(at + AHEAD), 0, 0);
    while at < end && found < VERBS {
        let slot = &slots[at];
        if slot.step == Step::Be {
            be = 1;
        }
        let other = slot.name || slot.step == Step::Pronoun;
        let ends = match found {
            0 => slot.name || matches!(slot.step, Step::Break | Step::Clause),
            _ => slot.step == Step::Break || other && slots[at - 1].step == Step::And,
        };
        if ends {
            break;
        }
        let likely = found == 0 && slot.class == Class::Open && slot.step == Step::Other;
        if slot.word && (matches!(slot.step, Step::Verb | Step::Says) || likely) {
            let negated = u64::from(slot.negated);
            let mut add = |tag: u64, of: &[u64]| sink.add(Group::Context, row(tag, of), 1000, at as u32);
            add(tag!("vs"), &[found.min(1), be, negated, slot.form]);
            add(tag!("vt"), &[negated, slot.stem.max(1)]);
            found += 1;
            match (at + 1..high.min(at + JOINED)).find(|&k| slots[k].step == Step::And) {
                Some(and) if slots.get(and + 1).is_some_and(|next| !next.name) => at = and,
                _ => break,
            }
        }
        at += 1;
    }
}

/// The verb of which the target is the object, past other names.
fn object(view: &View, place: &Place, sink: &mut impl Sink) {
    let mut behind = 0;
    for at in (place.low.max(place.before.saturating_sub(BACK))..place.before).rev() {
        let slot = &view.slots[at];
        match slot.step {
            Step::Break | Step::Clause => break,
            Step::Preposition if behind == 0 => behind = slot.form,
            Step::Verb | Step::Says => {
                let row = row(tag!("vo"), &[behind, u64::from(slot.negated), slot.form]);
                sink.add(Group::Context, row, 1000, at as u32);
                break;
            }
            _ => {}
        }
    }
}

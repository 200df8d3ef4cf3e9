//! Features of sums: what each lexicon says of the words around the target, by side, clause, distance and quotation.
//!
//! They are few and every target has most of them, so [`Sink`] knows them by number.

use super::feature::{Part, Place, REGIONS, Sink, row, tag};
use super::view::{SOURCES, View};

/// Largest sum of lexicon weights, thousandths.
const MOST: i32 = 3000;
/// The sum of the positive weights of a region.
const PLUS: usize = 0;
/// The sum of its negative weights.
const MINUS: usize = 1;
/// Less is positive than negative; [`EVEN`] and more than that follow.
const LESS: usize = 2;
/// As much is positive as negative, or nothing is either.
pub(super) const EVEN: usize = 3;
/// How many features a region has.
pub(super) const OF_REGION: usize = 5;

/// The hash of a feature of one lexicon in one region.
pub(super) fn region_row(which: usize, source: usize, region: usize) -> u32 {
    let (source, region) = (source as u64, region as u64);
    match which {
        PLUS => row(tag!("l+"), &[source, region]),
        MINUS => row(tag!("l-"), &[source, region]),
        sign => row(tag!("ls"), &[source, region, (sign - LESS) as u64]),
    }
}

/// The feature of all weights of a lexicon, each less the further it is from the target.
fn faded_row(source: usize) -> u32 {
    row(tag!("ld"), &[source as u64])
}

/// The feature of the word of a lexicon that is nearest to the target on one side; 0 where it knows none.
fn nearest_row(source: usize, side: usize, code: u64) -> u32 {
    row(tag!("ln"), &[source as u64, side as u64, code])
}

/// The features of a lexicon that knows no word around the target, and their values.
pub(super) fn silent_rows(source: usize) -> impl Iterator<Item = (u32, i32)> {
    let even = (0..REGIONS).map(move |region| (region_row(EVEN, source, region), 1000));
    let nearest = (0..2).map(move |side| (nearest_row(source, side, 0), 1000));
    even.chain([(faded_row(source), 0)]).chain(nearest)
}

/// All features of sums.
pub(super) fn emit(view: &View, place: &Place, sink: &mut impl Sink) {
    let t = place.slot;
    let mut sums = [[[0i32; 2]; SOURCES]; REGIONS];
    let mut nearest = [[0u64; 2]; SOURCES];
    let mut faded = [0i32; SOURCES];
    for &cue in place.cues(view) {
        let at = cue as usize;
        let distance = at.abs_diff(t);
        let regions = place.regions(view, at);
        for (region, of_region) in sums.iter_mut().enumerate() {
            if regions >> region & 1 == 1 {
                for (source, &weight) in view.slots[at].weights.iter().enumerate() {
                    of_region[source][usize::from(weight < 0)] += weight.abs();
                }
            }
        }
        for (source, &weight) in view.slots[at].weights.iter().enumerate().filter(|(_, w)| **w != 0) {
            faded[source] += weight * 4 / (4 + distance as i32);
            let code = 1 + 2 * bucket(distance) + u64::from(weight > 0);
            let side = usize::from(at > t);
            if side == 0 || nearest[source][1] == 0 {
                nearest[source][side] = code;
            }
        }
    }
    for source in 0..SOURCES {
        let [before, behind] = nearest[source];
        if before == 0 && behind == 0 {
            sink.silent(source);
            continue;
        }
        for (region, of_region) in sums.iter().enumerate() {
            let [plus, minus] = of_region[source];
            let part = |sign: i32| Part { source: source as u8, region: region as u8, sign: sign as i8 };
            if plus > 0 {
                sink.of_region(PLUS, plus.min(MOST), part(1));
            }
            if minus > 0 {
                sink.of_region(MINUS, minus.min(MOST), part(-1));
            }
            match (plus - minus).signum() {
                0 if plus == 0 => sink.even(source, region),
                sign => sink.of_region((EVEN as i32 + sign) as usize, 1000, part(sign)),
            }
        }
        let part = |region: usize| Part { source: source as u8, region: region as u8, sign: 0 };
        sink.sum(faded_row(source), faded[source], part(0));
        for (side, &code) in nearest[source].iter().enumerate() {
            sink.sum(nearest_row(source, side, code), 1000, part(1 + side));
        }
    }
}

fn bucket(distance: usize) -> u64 {
    match distance {
        0..=2 => distance as u64,
        3..=4 => 3,
        5..=8 => 4,
        9..=14 => 5,
        _ => 6,
    }
}

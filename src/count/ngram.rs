//! N-grams of a segment: sequences of 2 to `ngram_max` counted tokens of one sentence, across punctuation.
//!
//! The places of each first word are sorted by the words that follow, as a suffix array is, so that the n-grams come out
//! in order with nothing hashed: an n-gram before the longer ones that begin with it.
//!
//! An occurrence is nested when it lies inside a longer n-gram that is frequent enough. Then it lies inside one that is
//! longer by one word, so the longest frequent n-gram at its own place and at the place before tell.

use std::ops::Range;
use std::sync::atomic::{AtomicU8, Ordering};

use rayon::prelude::*;

use crate::count::segment::Segment;
use crate::count::term::{Holders, Positions, Posting};
use crate::error::Result;

/// The longest n-gram that is counted: longer by one than the longest that `ngram_max` may ask for, because spilled
/// counts tell what is nested by those.
pub const LONGEST: usize = 6;

/// The feature numbers of an n-gram plus one, then zeros: ascending keys are ascending n-grams.
pub(crate) type NgramKey = [u32; LONGEST];

/// Words of the longest n-gram that is spilled for tables of n-grams up to `max`.
pub(crate) fn longest_spilled(max: u32) -> usize {
    if max < 2 { 0 } else { max as usize + 1 }
}

/// Takes the features of an n-gram, where it occurs, and how many of its occurrences are nested.
pub(crate) type NgramSink<'a> = &'a mut dyn FnMut(&[u32], &[Posting], u64) -> Result<()>;

/// The n-grams of at least `least` occurrences of a segment, sorted.
pub(crate) struct Ngrams<'a> {
    holders: Holders,
    positions: Positions,
    follow: Follow<'a>,
    /// For each place how many words the longest n-gram there has.
    longest: Vec<AtomicU8>,
    least: usize,
}

impl<'a> Ngrams<'a> {
    /// The n-grams of at most `max` words; none below two.
    pub(crate) fn of(segment: &'a Segment, max: usize, least: u64) -> Option<Ngrams<'a>> {
        if max < 2 {
            return None;
        }
        let mut positions = Positions::of(&segment.ids, segment.words.len());
        let follow = Follow::of(segment, max.min(LONGEST));
        let longest = sort_places(&mut positions, &follow, least as usize);
        Some(Ngrams { holders: Holders::of(segment), positions, follow, longest, least: least as usize })
    }

    /// Ranges of first words with about `most` places each, rising.
    pub(crate) fn chunks(&self, most: u32) -> Vec<Range<usize>> {
        let offsets = &self.positions.offsets;
        let mut chunks = Vec::new();
        let mut start = 0;
        for next in 1..offsets.len() {
            if next + 1 == offsets.len() || offsets[next] - offsets[start] >= most {
                chunks.push(start..next);
                start = next;
            }
        }
        chunks
    }

    /// Those that begin with one of these words, in order of their features, a prefix first.
    pub(crate) fn each(&self, firsts: Range<usize>, sink: NgramSink<'_>) -> Result<()> {
        let (mut row, mut places) = (Vec::new(), Vec::new());
        for id in firsts {
            let bucket = &self.positions.places[self.positions.range(id)];
            runs(&self.follow, bucket, 2, self.least, &mut |n, run| {
                places.clear();
                places.extend_from_slice(run);
                // Below the last word the places are sorted by what follows, not by place.
                places.sort_unstable();
                self.holders.postings(places.iter().copied(), &mut row);
                let key = self.follow.key(run[0]);
                let mut ids = [id as u32; LONGEST];
                for (id, next) in ids[1..].iter_mut().zip(key) {
                    *id = next.wrapping_sub(1);
                }
                sink(&ids[..n], &row, nested(&self.longest, run, n))
            })?;
        }
        Ok(())
    }
}

/// All n-grams of at least `least` occurrences in order of their features, a prefix first.
pub(crate) fn stream(segment: &Segment, max: usize, least: u64, sink: NgramSink<'_>) -> Result<()> {
    Ngrams::of(segment, max, least).map_or(Ok(()), |ngrams| ngrams.each(0..segment.words.len(), sink))
}

/// What follows each place inside its sentence.
struct Follow<'a> {
    ids: &'a [u32],
    /// For each place, how many places of its sentence follow, at most `max - 1`.
    room: Vec<u8>,
    max: usize,
}

impl<'a> Follow<'a> {
    fn of(segment: &'a Segment, max: usize) -> Follow<'a> {
        let mut room = Vec::with_capacity(segment.ids.len());
        for range in crate::count::totals::ranges(&segment.sentences) {
            room.extend(range.clone().map(|at| (range.end - 1 - at).min(max - 1) as u8));
        }
        Follow { ids: &segment.ids, room, max }
    }

    /// The features after a place, plus one; 0 after the end of the sentence.
    fn key(&self, place: u32) -> [u32; LONGEST - 1] {
        let place = place as usize;
        let mut key = [0; LONGEST - 1];
        let next = &self.ids[place + 1..place + 1 + self.room[place] as usize];
        for (slot, id) in key.iter_mut().zip(next) {
            *slot = id + 1;
        }
        key
    }
}

/// How many of the places of an n-gram of `n` words lie in a longer one, by the longest frequent n-gram at each place.
fn nested(longest: &[AtomicU8], places: &[u32], n: usize) -> u64 {
    let longer =
        |place: usize| longest.get(place).is_some_and(|longest| usize::from(longest.load(Ordering::Relaxed)) > n);
    let inside = |&&place: &&u32| longer(place as usize) || place > 0 && longer(place as usize - 1);
    places.iter().filter(inside).count() as u64
}

/// Sorts the places of each feature by what follows; tells how many words the longest n-gram at each place has that
/// occurs at least `least` times, 0 when there is none.
fn sort_places(positions: &mut Positions, follow: &Follow<'_>, least: usize) -> Vec<AtomicU8> {
    let longest: Vec<AtomicU8> = std::iter::repeat_with(AtomicU8::default).take(positions.places.len()).collect();
    let mut buckets = Vec::new();
    let mut rest = positions.places.as_mut_slice();
    for ends in positions.offsets.windows(2) {
        let (bucket, after) = std::mem::take(&mut rest).split_at_mut((ends[1] - ends[0]) as usize);
        rest = after;
        if bucket.len() >= least {
            buckets.push(bucket);
        }
    }
    buckets.into_par_iter().with_min_len(64).for_each_init(Vec::new, |keyed, bucket| {
        keyed.clear();
        keyed.extend(bucket.iter().map(|&place| {
            let [a, b, c, d, e] = follow.key(place);
            (u64::from(a) << 32 | u64::from(b), u64::from(c) << 32 | u64::from(d), e, place)
        }));
        keyed.sort_unstable();
        for (slot, &(.., place)) in bucket.iter_mut().zip(keyed.iter()) {
            *slot = place;
        }
        let mark = &mut |n: usize, run: &[u32]| {
            run.iter().for_each(|&place| longest[place as usize].store(n as u8, Ordering::Relaxed));
            Ok(())
        };
        // It cannot fail, as marking does not.
        runs(follow, bucket, 2, least, mark).unwrap_or_default();
    });
    longest
}

/// Cuts sorted places into runs of at least `least` that share their first `n` words, and each run again for `n + 1`: a
/// longer n-gram is never more frequent than the one it begins with.
fn runs(
    follow: &Follow<'_>,
    bucket: &[u32],
    n: usize,
    least: usize,
    sink: &mut dyn FnMut(usize, &[u32]) -> Result<()>,
) -> Result<()> {
    let word = |place: u32| match follow.room[place as usize] as usize {
        room if room + 1 < n => None,
        _ => follow.ids.get(place as usize + n - 1).copied(),
    };
    for run in bucket.chunk_by(|&a, &b| word(a) == word(b)) {
        if run.len() >= least && word(run[0]).is_some() {
            sink(n, run)?;
            if n < follow.max {
                runs(follow, run, n + 1, least, sink)?;
            }
        }
    }
    Ok(())
}

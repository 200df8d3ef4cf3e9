//! Frequency and document frequency of every word, in one pass and with nothing kept but the vocabulary: what
//! `terms.csv` says of them, for who wants no more.
//!
//! A slot of the table is 32 bytes, half a line of the cache, and holds a word of up to 15 bytes with all that is
//! counted of it; longer words lie in an arena. Document frequency needs no set: a slot knows the last document that
//! had its word. Tallies of several workers are sums, so it does not matter who read which document.

use crate::count::segment::Segment;
use crate::count::vocabulary::FeatureKind;
use crate::measure::rank::Ranks;
use crate::model::packed::{Bag, INLINE, SHORT, hash, hash_bytes, pack, unpack};

/// One place of the table; `frequency` 0 is an empty one.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// A word of up to 15 bytes with its kind in the last; or the hash of a longer one, and its place in the arena.
    key: [u64; 2],
    frequency: u64,
    docfreq: u32,
    /// Number of the last document that had it.
    last: u32,
}

/// Slots of an empty table.
const LEAST: usize = 1 << 12;
/// The last byte of the key of a longer word.
const LONG: u64 = 0xff << 56;

/// The words met so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    slots: Vec<Slot>,
    len: usize,
    /// Longer words: length (4 bytes), kind, bytes.
    arena: Vec<u8>,
    documents: u32,
    tokens: u64,
}

/// A word of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed<'a> {
    /// Its form.
    pub feature: &'a str,
    /// What it is.
    pub kind: FeatureKind,
    /// Occurrences.
    pub frequency: u64,
    /// Place by frequency, from 1; words of the same frequency share the best place.
    pub rank: u64,
    /// Documents it occurs in.
    pub docfreq: u64,
}

/// Words that are counted together.
const STEP: usize = 64;

impl Slot {
    /// Counts its word in a document.
    #[inline(always)]
    fn see(&mut self, document: u32) {
        self.frequency += 1;
        self.docfreq += u32::from(self.last != document);
        self.last = document;
    }

    fn is_long(&self) -> bool {
        self.key[1] & LONG == LONG
    }

    fn hash(&self) -> u64 {
        if self.is_long() { self.key[0] } else { hash(self.key) }
    }
}

impl Tally {
    /// Counts the words of a document.
    pub fn add(&mut self, bag: &Bag) {
        self.documents += 1;
        let document = self.documents;
        let mut places = [0; STEP];
        for keys in bag.short().chunks(STEP) {
            self.reserve(keys.len());
            self.tokens += keys.len() as u64;
            // All slots are fetched before the first is looked at, so that none is waited for alone.
            let (mask, mut fetched) = (self.slots.len() - 1, 0);
            for (place, &key) in places.iter_mut().zip(keys) {
                *place = hash(key) as usize & mask;
                fetched |= self.slots[*place].last;
            }
            std::hint::black_box(fetched);
            for (&place, &key) in places.iter().zip(keys) {
                self.short_from(place, key).see(document);
            }
        }
        for (word, number) in bag.others() {
            self.reserve(1);
            self.tokens += 1;
            self.any(word.as_bytes(), u8::from(number)).see(document);
        }
    }

    /// Counts the features of the documents of a segment.
    pub fn add_segment(&mut self, segment: &Segment) {
        for at in 0..segment.documents() {
            self.documents += 1;
            let document = self.documents;
            for &id in &segment.ids[segment.start(at).ids as usize..segment.ends[at].ids as usize] {
                self.reserve(1);
                self.tokens += 1;
                self.any(segment.words.word(id).as_bytes(), segment.words.kind(id) as u8).see(document);
            }
        }
    }

    /// Adds what another worker counted.
    pub fn merge(&mut self, other: &Tally) {
        self.tokens += other.tokens;
        self.documents += other.documents;
        for theirs in other.filled() {
            let mut inline = [0; INLINE];
            let (word, kind) = other.spell(theirs, &mut inline);
            self.reserve(1);
            let slot = self.any(word, kind);
            slot.frequency += theirs.frequency;
            slot.docfreq += theirs.docfreq;
        }
    }

    /// Documents counted.
    pub fn documents(&self) -> u64 {
        self.documents.into()
    }

    /// Words and numbers counted.
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    /// Hands over the words by frequency, highest first, then by their bytes, a word before a number, as in `terms.csv`.
    pub fn each(&self, sink: &mut dyn FnMut(Listed<'_>)) {
        // One number orders nearly all: what the frequency lacks, then the first bytes of the word; then the slot.
        let order = |(at, slot): (usize, &Slot)| {
            let start = match slot.is_long() {
                true => self.stored(slot).0.first_chunk().map_or(0, |start| u64::from_be_bytes(*start)),
                false => slot.key[0].swap_bytes(),
            };
            let rare = u32::MAX - u32::try_from(slot.frequency).unwrap_or(u32::MAX);
            u128::from(rare) << 96 | u128::from(start) << 32 | at as u128
        };
        let filled = self.slots.iter().enumerate().filter(|(_, slot)| slot.frequency > 0);
        let mut ordered: Vec<u128> = Vec::with_capacity(self.len);
        ordered.extend(filled.map(order));
        ordered.sort_unstable();
        let slot = |order: &u128| &self.slots[*order as u32 as usize];
        for same in ordered.chunk_by_mut(|a, b| a >> 32 == b >> 32).filter(|same| same.len() > 1) {
            same.sort_unstable_by(|a, b| {
                let (a, b, mut first, mut second) = (slot(a), slot(b), [0; INLINE], [0; INLINE]);
                b.frequency.cmp(&a.frequency).then_with(|| self.spell(a, &mut first).cmp(&self.spell(b, &mut second)))
            });
        }
        let mut ranks = Ranks::default();
        for slot in ordered.iter().map(slot) {
            let (frequency, rank) = (slot.frequency, ranks.of(slot.frequency));
            let mut inline = [0; INLINE];
            let (word, kind) = self.spell(slot, &mut inline);
            let (feature, kind) = (&*String::from_utf8_lossy(word), FeatureKind::of(kind));
            sink(Listed { feature, kind, frequency, rank, docfreq: slot.docfreq.into() });
        }
    }

    /// How many words there are.
    pub fn types(&self) -> usize {
        self.len
    }

    fn filled(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(|slot| slot.frequency > 0)
    }

    /// Makes room for so many further words.
    fn reserve(&mut self, more: usize) {
        // At most three of four slots are filled.
        while (self.len + more) * 4 > self.slots.len() * 3 {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(LEAST);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in old.into_iter().filter(|slot| slot.frequency > 0) {
            let mut at = slot.hash() as usize & (size - 1);
            while self.slots[at].frequency > 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }

    /// The slot of a packed word, which must be counted then; there is room for it.
    fn short(&mut self, key: [u64; 2]) -> &mut Slot {
        self.short_from(hash(key) as usize & (self.slots.len() - 1), key)
    }

    /// The same, looked for from the place that the hash tells.
    #[inline(always)]
    fn short_from(&mut self, mut at: usize, key: [u64; 2]) -> &mut Slot {
        let mask = self.slots.len() - 1;
        while self.slots[at].key != key {
            if self.slots[at].frequency == 0 {
                self.slots[at].key = key;
                self.len += 1;
                break;
            }
            at = (at + 1) & mask;
        }
        &mut self.slots[at]
    }

    /// The slot of a word of any length, likewise.
    fn any(&mut self, word: &[u8], kind: u8) -> &mut Slot {
        if word.len() <= SHORT {
            let [low, high] = pack(word);
            return self.short([low, high | u64::from(kind) << 56]);
        }
        let mask = self.slots.len() - 1;
        let digest = hash_bytes(word) ^ u64::from(kind);
        let mut at = digest as usize & mask;
        while self.slots[at].frequency > 0 {
            let slot = &self.slots[at];
            if slot.is_long() && slot.key[0] == digest && self.stored(slot) == (word, kind) {
                break;
            }
            at = (at + 1) & mask;
        }
        if self.slots[at].frequency == 0 {
            self.slots[at].key = [digest, LONG | self.arena.len() as u64];
            self.arena.extend_from_slice(&(word.len() as u32).to_le_bytes());
            self.arena.push(kind);
            self.arena.extend_from_slice(word);
            self.len += 1;
        }
        &mut self.slots[at]
    }

    /// A longer word and its kind.
    fn stored(&self, slot: &Slot) -> (&[u8], u8) {
        let stored = &self.arena[(slot.key[1] & !LONG) as usize..];
        let length = stored.first_chunk().map_or(0, |length| u32::from_le_bytes(*length)) as usize;
        (&stored[5..5 + length], stored[4])
    }

    /// The word of a slot and its kind.
    fn spell<'a>(&'a self, slot: &Slot, inline: &'a mut [u8; INLINE]) -> (&'a [u8], u8) {
        if slot.is_long() {
            return self.stored(slot);
        }
        *inline = unpack(slot.key);
        let length = inline[..SHORT].iter().position(|byte| *byte == 0).unwrap_or(SHORT);
        (&inline[..length], inline[SHORT])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(words: &[&str]) -> Bag {
        let mut bag = Bag::default();
        words.iter().for_each(|word| bag.push(word, word.starts_with('7')));
        bag
    }

    fn rows(tally: &Tally) -> Vec<String> {
        let mut rows = Vec::new();
        tally.each(&mut |w| {
            rows.push(format!("{} {} {} {} {}", w.feature, w.kind.name(), w.frequency, w.rank, w.docfreq));
        });
        rows
    }

    const LONGER: &str = "a-word-of-more-than-fifteen-bytes";

    #[test]
    fn documents_are_counted_once_and_ties_share_the_best_place() {
        let mut tally = Tally::default();
        tally.add(&bag(&["peace", "talks", "peace", LONGER, LONGER]));
        tally.add(&bag(&["peace", "7", LONGER, "war"]));
        let longer = format!("{LONGER} word 3 1 2");
        let expected = [longer.as_str(), "peace word 3 1 2", "7 number 1 3 1", "talks word 1 3 1", "war word 1 3 1"];
        assert_eq!(rows(&tally), expected);
        assert_eq!((tally.documents(), tally.tokens()), (2, 9));
    }

    #[test]
    fn parts_are_sums_and_tables_grow() {
        let word = |i: usize| format!("{}{i}", if i.is_multiple_of(3) { "a-rather-long-prefix-" } else { "w" });
        let document = |n: usize| {
            let words: Vec<String> = (0..n * 40).map(|i| word(i % (n * 37))).collect();
            bag(&words.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let (mut whole, mut even, mut odd) = (Tally::default(), Tally::default(), Tally::default());
        for n in 1..120 {
            whole.add(&document(n));
            if n % 2 == 0 { even.add(&document(n)) } else { odd.add(&document(n)) }
        }
        even.merge(&odd);
        assert_eq!(rows(&even), rows(&whole));
        assert_eq!((even.documents(), even.tokens()), (whole.documents(), whole.tokens()));
        assert_eq!(whole.types(), 119 * 37);
    }
}

//! Interning: features to numbers while documents are read, and the sorted list of features afterwards.
//!
//! A [`Vocabulary`] is an open-addressing table whose slots hold words of up to 16 bytes themselves; longer ones lie in
//! an arena. Its numbers are those of first sight and never leave a worker: sealing turns it into [`Words`], in which
//! a feature's number is its rank in byte order. It reads no document and writes nothing.

/// What a feature is. A form that occurs as a word and as a number is two features.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeatureKind {
    /// A word.
    Word,
    /// A number with its marks.
    Number,
    /// A multi-word term of the user's list, its words joined by a space.
    Mwe,
    /// An entity; its form is its corpus-wide number in digits.
    Entity,
}

impl FeatureKind {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            FeatureKind::Word => "word",
            FeatureKind::Number => "number",
            FeatureKind::Mwe => "mwe",
            FeatureKind::Entity => "entity",
        }
    }
}

/// One place of the table: the word itself up to 16 bytes, else its hash and its place in the arena.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: [u64; 2],
    /// Bytes of the word, shifted left by two, and the kind in the lowest bits.
    shape: u32,
    /// The feature's number and one; 0 is an empty slot.
    number: u32,
}

const INLINE: usize = 16;

/// The features met so far by one worker.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    slots: Vec<Slot>,
    arena: Vec<u8>,
    len: u32,
}

fn fold(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b);
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// At most 16 bytes as two little-endian numbers, the rest zero; in loads of 8, 4 or 1 bytes that may overlap, since
/// copying so few bytes by a call costs more than all else that is done with a word.
fn pack(bytes: &[u8]) -> [u64; 2] {
    let length = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        let last = u64::from_le_bytes(*last).checked_shr(8 * (INLINE - length) as u32);
        return [u64::from_le_bytes(*first), last.unwrap_or(0)];
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let last = u64::from(u32::from_le_bytes(*last)) << (8 * (length - 4));
        return [u64::from(u32::from_le_bytes(*first)) | last, 0];
    }
    let byte = |at: usize| bytes.get(at).map_or(0, |&byte| u64::from(byte) << (8 * at));
    [byte(0) | byte(1) | byte(2), 0]
}

fn hash_long(bytes: &[u8]) -> u64 {
    bytes.chunks(INLINE).fold(0x9E37_79B9_7F4A_7C15, |state, chunk| {
        let [a, b] = pack(chunk);
        fold(a ^ state, b ^ 0xD6E8_FEB8_6659_FD93).wrapping_add(state.rotate_left(29))
    })
}

fn hash(key: [u64; 2], shape: u32) -> u64 {
    fold(key[0] ^ 0x9E37_79B9_7F4A_7C15, key[1] ^ 0xD6E8_FEB8_6659_FD93 ^ (u64::from(shape) << 32))
}

impl Vocabulary {
    /// How many features there are.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether no feature has been met.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Slot>() + self.arena.capacity()
    }

    /// The number of a feature; a new feature gets the next one.
    pub fn intern(&mut self, word: &str, kind: FeatureKind) -> u32 {
        if (self.len as usize + 1) * 8 > self.slots.len() * 5 {
            self.grow();
        }
        let bytes = word.as_bytes();
        let shape = (bytes.len() as u32) << 2 | kind as u32;
        if bytes.len() <= INLINE {
            let key = pack(bytes);
            return self.find_short(key, shape);
        }
        self.find_long(bytes, shape)
    }

    fn find_short(&mut self, key: [u64; 2], shape: u32) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = hash(key, shape) as usize & mask;
        loop {
            let slot = &mut self.slots[at];
            if slot.number == 0 {
                self.len += 1;
                *slot = Slot { key, shape, number: self.len };
                return self.len - 1;
            }
            if slot.key == key && slot.shape == shape {
                return slot.number - 1;
            }
            at = (at + 1) & mask;
        }
    }

    fn find_long(&mut self, bytes: &[u8], shape: u32) -> u32 {
        let mask = self.slots.len() - 1;
        let digest = hash_long(bytes);
        let mut at = digest as usize & mask;
        loop {
            let slot = &mut self.slots[at];
            if slot.number == 0 {
                self.len += 1;
                *slot = Slot { key: [digest, self.arena.len() as u64], shape, number: self.len };
                self.arena.extend_from_slice(bytes);
                return self.len - 1;
            }
            if slot.key[0] == digest && slot.shape == shape {
                let start = slot.key[1] as usize;
                if self.arena.get(start..start + bytes.len()) == Some(bytes) {
                    return slot.number - 1;
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 10);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in old.into_iter().filter(|slot| slot.number != 0) {
            let long = (slot.shape >> 2) as usize > INLINE;
            let mut at = if long { slot.key[0] } else { hash(slot.key, slot.shape) } as usize & (size - 1);
            while self.slots[at].number != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }

    /// The features in the order of first sight: each has in [`Words`] the number that it has here.
    pub fn into_words(self) -> Words {
        let mut slots = vec![Slot::default(); self.len()];
        for slot in self.slots.iter().filter(|slot| slot.number != 0) {
            slots[slot.number as usize - 1] = *slot;
        }
        let mut words = Words::default();
        for slot in &slots {
            words.push_slot(slot, &self.arena);
        }
        words
    }

    /// The features in byte order, and for each number of first sight its rank there.
    pub fn seal(self) -> (Words, Vec<u32>) {
        let mut entries: Vec<(u128, Slot)> = Vec::with_capacity(self.len());
        for slot in self.slots.iter().filter(|slot| slot.number != 0) {
            let mut inline = [0u8; INLINE];
            let bytes = spell(slot, &self.arena, &mut inline);
            let mut prefix = [0u8; INLINE];
            let head = &bytes[..bytes.len().min(INLINE)];
            prefix[..head.len()].copy_from_slice(head);
            entries.push((u128::from_be_bytes(prefix), *slot));
        }
        entries.sort_unstable_by(|(a_prefix, a), (b_prefix, b)| {
            let (mut a_inline, mut b_inline) = ([0u8; INLINE], [0u8; INLINE]);
            a_prefix
                .cmp(b_prefix)
                .then_with(|| spell(a, &self.arena, &mut a_inline).cmp(spell(b, &self.arena, &mut b_inline)))
                .then(a.shape.cmp(&b.shape))
        });
        let mut words = Words::default();
        let mut ranks = vec![0u32; self.len()];
        for (rank, (_, slot)) in entries.iter().enumerate() {
            words.push_slot(slot, &self.arena);
            ranks[slot.number as usize - 1] = rank as u32;
        }
        (words, ranks)
    }
}

fn spell<'a>(slot: &Slot, arena: &'a [u8], inline: &'a mut [u8; INLINE]) -> &'a [u8] {
    let len = (slot.shape >> 2) as usize;
    if len > INLINE {
        let start = slot.key[1] as usize;
        return &arena[start..start + len];
    }
    inline[..8].copy_from_slice(&slot.key[0].to_le_bytes());
    inline[8..].copy_from_slice(&slot.key[1].to_le_bytes());
    &inline[..len]
}

/// A list of features; a feature's number is its place. Where nothing else is said they ascend by their bytes, then kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    text: String,
    ends: Vec<usize>,
    kinds: Vec<FeatureKind>,
}

impl Words {
    /// How many features there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no feature.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.text.len() + self.ends.len() * (size_of::<usize>() + 1)
    }

    /// The form of a feature; empty for a number that is none.
    pub fn word(&self, number: u32) -> &str {
        let at = number as usize;
        let Some(&end) = self.ends.get(at) else { return "" };
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start..end]
    }

    /// What a feature is.
    pub fn kind(&self, number: u32) -> FeatureKind {
        self.kinds.get(number as usize).copied().unwrap_or(FeatureKind::Word)
    }

    /// Adds a feature behind all others.
    pub fn push(&mut self, word: &str, kind: FeatureKind) {
        self.text.push_str(word);
        self.ends.push(self.text.len());
        self.kinds.push(kind);
    }

    fn push_slot(&mut self, slot: &Slot, arena: &[u8]) {
        let mut inline = [0u8; INLINE];
        let word = String::from_utf8_lossy(spell(slot, arena, &mut inline));
        let kind = match slot.shape & 3 {
            0 => FeatureKind::Word,
            1 => FeatureKind::Number,
            2 => FeatureKind::Mwe,
            _ => FeatureKind::Entity,
        };
        self.push(&word, kind);
    }

    /// Whether the features ascend.
    pub fn are_sorted(&self) -> bool {
        let feature = |at: u32| (self.word(at), self.kind(at));
        (1..self.len() as u32).all(|at| feature(at - 1) < feature(at))
    }

    /// The number of a feature, if it is there.
    pub fn find(&self, word: &str, kind: FeatureKind) -> Option<u32> {
        let (mut low, mut high) = (0u32, self.len() as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            match (self.word(middle), self.kind(middle)).cmp(&(word, kind)) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The union of several lists, and for each list the new number of each of its features. Each of these maps
    /// rises, so whatever is sorted by old numbers is sorted by new ones.
    pub fn union(lists: &[&Words]) -> (Words, Vec<Vec<u32>>) {
        let mut vocabulary = Vocabulary::default();
        let mut maps: Vec<Vec<u32>> = Vec::with_capacity(lists.len());
        for list in lists {
            maps.push((0..list.len() as u32).map(|n| vocabulary.intern(list.word(n), list.kind(n))).collect());
        }
        let (union, ranks) = vocabulary.seal();
        for number in maps.iter_mut().flatten() {
            *number = ranks[*number as usize];
        }
        (union, maps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_words_come_back_in_byte_order() {
        let mut vocabulary = Vocabulary::default();
        let words = [
            "zebra",
            "US",
            "us",
            "a-word-of-more-than-sixteen-bytes",
            "a-word-of-more-than-sixteen-byte",
            "exactly-16-bytes",
            "exactly-16-bytes!",
            "",
            "naïve",
        ];
        let first: Vec<u32> = words.iter().map(|w| vocabulary.intern(w, FeatureKind::Word)).collect();
        let again: Vec<u32> = words.iter().map(|w| vocabulary.intern(w, FeatureKind::Word)).collect();
        assert_eq!(first, again);
        assert_ne!(vocabulary.intern("US", FeatureKind::Number), first[1]);
        vocabulary.intern("US", FeatureKind::Mwe);
        let (sealed, ranks) = vocabulary.seal();
        let listed: Vec<&str> = (0..sealed.len() as u32).map(|n| sealed.word(n)).collect();
        let mut sorted: Vec<&str> = words.to_vec();
        sorted.extend(["US", "US"]);
        sorted.sort_unstable();
        let kinds: Vec<_> =
            (0..sealed.len() as u32).filter(|n| sealed.word(*n) == "US").map(|n| sealed.kind(n)).collect();
        assert_eq!(kinds, [FeatureKind::Word, FeatureKind::Number, FeatureKind::Mwe]);
        assert_eq!(listed, sorted);
        for (word, number) in words.iter().zip(first) {
            assert_eq!(sealed.word(ranks[number as usize]), *word);
            assert_eq!(sealed.find(word, FeatureKind::Word), Some(ranks[number as usize]));
        }
        assert_eq!(sealed.find("absent", FeatureKind::Word), None);
    }

    #[test]
    fn the_table_grows() {
        let mut vocabulary = Vocabulary::default();
        let word = |i: u32| format!("{}{i}", if i.is_multiple_of(3) { "a-rather-long-prefix-" } else { "w" });
        for i in 0..20_000 {
            assert_eq!(vocabulary.intern(&word(i), FeatureKind::Word), i);
        }
        for i in 0..20_000 {
            assert_eq!(vocabulary.intern(&word(i), FeatureKind::Word), i);
        }
    }

    #[test]
    fn union_renumbers_upwards() {
        let list = |words: &[&str]| {
            let mut list = Words::default();
            words.iter().for_each(|w| list.push(w, FeatureKind::Word));
            list
        };
        let (a, b) = (list(&["b", "d"]), list(&["a", "b", "e"]));
        let (union, maps) = Words::union(&[&a, &b]);
        assert_eq!(union, list(&["a", "b", "d", "e"]));
        assert_eq!(maps, vec![vec![1, 2], vec![0, 1, 3]]);
    }
}

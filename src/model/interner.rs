//! Interning: words to numbers in the order in which they are first met. An open-addressing table whose slots hold
//! words of up to 16 bytes themselves; longer ones lie in an arena. Nearly every word that a stage looks up was met
//! before, so what counts is how fast a known one is found: one hash of two numbers, and no comparison of memory.

use super::packed::{INLINE, fold, hash_bytes, pack, unpack};

/// One place of the table: the word itself up to 16 bytes, else its hash and its place in the arena.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: [u64; 2],
    /// Bytes of the word, shifted left by two, and the tag in the lowest bits.
    shape: u32,
    /// The word's number and one; 0 is an empty slot.
    number: u32,
}

/// The words met so far. Two words of the same spelling with different tags are two.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    slots: Vec<Slot>,
    arena: Vec<u8>,
    len: u32,
}

fn hash(key: [u64; 2], shape: u32) -> u64 {
    fold(key[0] ^ 0x9E37_79B9_7F4A_7C15, key[1] ^ 0xD6E8_FEB8_6659_FD93 ^ (u64::from(shape) << 32))
}

impl Interner {
    /// How many words there are.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether no word has been met.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Slot>() + self.arena.capacity()
    }

    /// The number of a word with a tag below 4; a new word gets the next one, from 0.
    pub fn number(&mut self, word: &str, tag: u8) -> u32 {
        if (self.len as usize + 1) * 8 > self.slots.len() * 5 {
            self.grow();
        }
        let bytes = word.as_bytes();
        let shape = (bytes.len() as u32) << 2 | u32::from(tag & 3);
        if bytes.len() <= INLINE {
            let key = pack(bytes);
            return self.find_short(key, shape);
        }
        self.find_long(bytes, shape)
    }

    /// Hands over every word with its number and tag, in no order that means anything.
    pub fn each(&self, sink: &mut dyn FnMut(u32, &str, u8)) {
        for slot in self.slots.iter().filter(|slot| slot.number != 0) {
            let mut inline = [0u8; INLINE];
            let word = String::from_utf8_lossy(spell(slot, &self.arena, &mut inline));
            sink(slot.number - 1, &word, (slot.shape & 3) as u8);
        }
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
        let digest = hash_bytes(bytes);
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
}

fn spell<'a>(slot: &Slot, arena: &'a [u8], inline: &'a mut [u8; INLINE]) -> &'a [u8] {
    let len = (slot.shape >> 2) as usize;
    if len > INLINE {
        let start = slot.key[1] as usize;
        return &arena[start..start + len];
    }
    *inline = unpack(slot.key);
    &inline[..len]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers_whatever_their_length() {
        let word =
            |i: usize| "é-naïve-words-of-many-bytes".chars().cycle().take(i % 40).collect::<String>() + &i.to_string();
        let mut interner = Interner::default();
        for round in 0..2 {
            for i in 0..5_000 {
                assert_eq!(interner.number(&word(i), 0), i as u32, "round {round}");
            }
        }
        assert_eq!(interner.number(&word(7), 1), 5_000, "another tag, another word");
        let mut found = vec![(String::new(), 9); interner.len()];
        interner.each(&mut |number, word, tag| found[number as usize] = (word.to_owned(), tag));
        assert!((0..5_000).all(|i| found[i] == (word(i), 0)));
        assert_eq!(found[5_000], (word(7), 1));
    }
}

//! Interning: words to numbers in the order in which they are first met. Words of up to 16 bytes are held as two numbers;
//! longer ones lie in an arena. Nearly every word that a stage looks up was met before, so what counts is how fast a known
//! one is found: the table itself is small, and frequent words, which are met early, lie side by side.

use super::packed::{INLINE, fold, hash_bytes, pack, unpack};

/// One place of the table.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// A part of the word's hash.
    hash: u32,
    /// The word's number and one; 0 is an empty slot.
    number: u32,
}

/// A word.
#[derive(Clone, Copy, Debug)]
struct Word {
    /// The word itself up to 16 bytes, else its hash and its place in the arena.
    key: [u64; 2],
    /// Bytes of the word, shifted left by two, and the tag in the lowest bits.
    shape: u32,
}

/// The words met so far. Two words of the same spelling with different tags are two.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    slots: Vec<Slot>,
    /// By number.
    words: Vec<Word>,
    arena: Vec<u8>,
}

fn hash(key: [u64; 2], shape: u32) -> u32 {
    fold(key[0] ^ 0x9E37_79B9_7F4A_7C15, key[1] ^ 0xD6E8_FEB8_6659_FD93 ^ (u64::from(shape) << 32)) as u32
}

impl Interner {
    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word has been met.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Slot>() + self.words.capacity() * size_of::<Word>() + self.arena.capacity()
    }

    /// The number of a word with a tag below 4; a new word gets the next one, from 0.
    pub fn number(&mut self, word: &str, tag: u8) -> u32 {
        if (self.words.len() + 1) * 8 > self.slots.len() * 5 {
            self.grow();
        }
        let bytes = word.as_bytes();
        let shape = (bytes.len() as u32) << 2 | u32::from(tag & 3);
        if bytes.len() <= INLINE {
            let key = pack(bytes);
            return match self.find(hash(key, shape), |word, _| word.key == key && word.shape == shape) {
                Ok(number) => number,
                Err(slot) => self.add(slot, hash(key, shape), Word { key, shape }),
            };
        }
        let digest = hash_bytes(bytes);
        let is_it = |word: &Word, arena: &[u8]| {
            let start = word.key[1] as usize;
            word.shape == shape && word.key[0] == digest && arena.get(start..start + bytes.len()) == Some(bytes)
        };
        match self.find(digest as u32, is_it) {
            Ok(number) => number,
            Err(slot) => {
                let start = self.arena.len() as u64;
                self.arena.extend_from_slice(bytes);
                self.add(slot, digest as u32, Word { key: [digest, start], shape })
            }
        }
    }

    /// Hands over every word with its number and tag, in the order of their numbers.
    pub fn each(&self, sink: &mut dyn FnMut(u32, &str, u8)) {
        for (number, word) in self.words.iter().enumerate() {
            let mut inline = [0u8; INLINE];
            let text = String::from_utf8_lossy(spell(word, &self.arena, &mut inline));
            sink(number as u32, &text, (word.shape & 3) as u8);
        }
    }

    /// The number of the word of a hash that is meant, or the slot where it belongs.
    #[inline]
    fn find(&self, hash: u32, is_it: impl Fn(&Word, &[u8]) -> bool) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            let Some(number) = slot.number.checked_sub(1) else { return Err(at) };
            if slot.hash == hash && is_it(&self.words[number as usize], &self.arena) {
                return Ok(number);
            }
            at = (at + 1) & mask;
        }
    }

    fn add(&mut self, slot: usize, hash: u32, word: Word) -> u32 {
        let number = self.words.len() as u32;
        self.slots[slot] = Slot { hash, number: number + 1 };
        self.words.push(word);
        number
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 10);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in old.into_iter().filter(|slot| slot.number != 0) {
            let mut at = slot.hash as usize & (size - 1);
            while self.slots[at].number != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

fn spell<'a>(word: &Word, arena: &'a [u8], inline: &'a mut [u8; INLINE]) -> &'a [u8] {
    let len = (word.shape >> 2) as usize;
    if len > INLINE {
        let start = word.key[1] as usize;
        return &arena[start..start + len];
    }
    *inline = unpack(word.key);
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

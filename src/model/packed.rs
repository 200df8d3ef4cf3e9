//! Words as numbers: at most 16 bytes are two numbers, which are compared and hashed without touching memory. What
//! looks words up by the million stands on it ([`super::interner`], the tally of a word list).

/// Most bytes of a word that two numbers hold.
pub const INLINE: usize = 16;

/// At most 16 bytes as two little-endian numbers, the rest zero; in loads of 8, 4 or 1 bytes that may overlap, since
/// copying so few bytes by a call costs more than all else that is done with a word.
#[inline]
pub fn pack(bytes: &[u8]) -> [u64; 2] {
    let length = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        let last = u64::from_le_bytes(*last).checked_shr(8 * INLINE.saturating_sub(length) as u32);
        return [u64::from_le_bytes(*first), last.unwrap_or(0)];
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let last = u64::from(u32::from_le_bytes(*last)) << (8 * (length - 4));
        return [u64::from(u32::from_le_bytes(*first)) | last, 0];
    }
    let byte = |at: usize| bytes.get(at).map_or(0, |&byte| u64::from(byte) << (8 * at));
    [byte(0) | byte(1) | byte(2), 0]
}

/// The bytes that two numbers hold.
pub fn unpack(packed: [u64; 2]) -> [u8; INLINE] {
    (u128::from(packed[0]) | u128::from(packed[1]) << 64).to_le_bytes()
}

/// A number of which every bit depends on every bit of two others.
#[inline]
pub fn fold(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b);
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// The hash of two numbers.
#[inline]
pub fn hash(packed: [u64; 2]) -> u64 {
    fold(packed[0] ^ 0x9E37_79B9_7F4A_7C15, packed[1] ^ 0xD6E8_FEB8_6659_FD93)
}

/// The hash of any number of bytes.
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    bytes.chunks(INLINE).fold(0x9E37_79B9_7F4A_7C15, |state, chunk| {
        let [a, b] = pack(chunk);
        fold(a ^ state, b ^ 0xD6E8_FEB8_6659_FD93).wrapping_add(state.rotate_left(29))
    })
}

/// The words of one document, in no order that means anything: short ones packed, others as text.
#[derive(Clone, Debug, Default)]
pub struct Bag {
    short: Vec<[u64; 2]>,
    text: String,
    ends: Vec<(u32, bool)>,
}

/// Most bytes of a word that a bag holds packed: the last byte tells what it is.
pub const SHORT: usize = INLINE - 1;
/// The last byte of a packed number.
const NUMBER: u64 = 1 << 56;

impl Bag {
    /// Forgets the words, keeping the memory.
    pub fn clear(&mut self) {
        self.short.clear();
        self.text.clear();
        self.ends.clear();
    }

    /// Adds a word of at most [`SHORT`] bytes as [`pack`] writes it; `number` tells a number from a word.
    #[inline(always)]
    pub fn push_packed(&mut self, packed: [u64; 2], number: bool) {
        self.short.push([packed[0], packed[1] | if number { NUMBER } else { 0 }]);
    }

    /// Adds a word.
    pub fn push(&mut self, word: &str, number: bool) {
        if word.len() <= SHORT {
            return self.push_packed(pack(word.as_bytes()), number);
        }
        self.text.push_str(word);
        self.ends.push((self.text.len() as u32, number));
    }

    /// The packed words; the last byte of each is 1 for a number, 0 for a word.
    pub fn short(&self) -> &[[u64; 2]] {
        &self.short
    }

    /// The others, and whether each is a number.
    pub fn others(&self) -> impl Iterator<Item = (&str, bool)> {
        let mut start = 0;
        self.ends
            .iter()
            .map(move |&(end, number)| (&self.text[std::mem::replace(&mut start, end as usize)..end as usize], number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_bytes_are_packed_as_a_copy_would() {
        let bytes: Vec<u8> = (1..=16).collect();
        for length in 0..=INLINE {
            let mut buffer = [0u8; INLINE];
            buffer[..length].copy_from_slice(&bytes[..length]);
            assert_eq!(unpack(pack(&bytes[..length])), buffer, "{length}");
        }
    }

    #[test]
    fn a_bag_gives_back_what_was_put_in() {
        let mut bag = Bag::default();
        let words = ["peace", "a-rather-long-word-of-many-bytes", "exactly-15-byte", "exactly-16-bytes", "naïve"];
        words.iter().for_each(|word| bag.push(word, word.len() == 5));
        let short = bag.short().iter().map(|packed| {
            let bytes = unpack(*packed);
            let length = bytes[..SHORT].iter().take_while(|byte| **byte != 0).count();
            (String::from_utf8_lossy(&bytes[..length]).into_owned(), bytes[SHORT] == 1)
        });
        let all: Vec<(String, bool)> =
            short.chain(bag.others().map(|(word, number)| (word.to_owned(), number))).collect();
        let expected = [(words[0], true), (words[2], false), (words[4], false), (words[1], false), (words[3], false)];
        assert_eq!(all, expected.map(|(word, number)| (word.to_owned(), number)));
        bag.clear();
        assert!(bag.short().is_empty() && bag.others().next().is_none());
    }
}

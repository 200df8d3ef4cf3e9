//! What 64 bytes are, told at once and without a branch, a bit for each: a text is mostly words of ASCII letters with
//! nothing but a space or a mark between them.

use crate::document::bits::{BLOCK, bits};

/// Bytes of a block and of a word that begins with its last.
pub(super) const REACH: usize = BLOCK + 16;

/// What the bytes of a block are; the first is the lowest bit.
pub(super) struct Block {
    /// ASCII letters and digits.
    pub(super) alphanumeric: u64,
    /// What is no letter or digit and may still begin something: all but a space and the commonest marks.
    pub(super) open: u64,
}

impl Block {
    /// Looks at the first bytes.
    #[inline(always)]
    pub(super) fn of(bytes: &[u8; REACH]) -> Block {
        let is_alphanumeric = |byte: u8| ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10);
        // Space, `!` and `"`; and from `(` to `/`.
        let is_nothing = |byte: u8| (byte.wrapping_sub(b' ') < 3) | (byte.wrapping_sub(b'(') < 8);
        let alphanumeric = bits(|at| is_alphanumeric(bytes[at]));
        Block { alphanumeric, open: !(alphanumeric | bits(|at| is_nothing(bytes[at]))) }
    }

    /// Where runs of letters and digits begin.
    #[inline(always)]
    pub(super) fn starts(&self) -> u64 {
        self.alphanumeric & !(self.alphanumeric << 1)
    }

    /// How many letters and digits stand at `start` up to the first other or the end of the block.
    #[inline(always)]
    pub(super) fn run(&self, start: usize) -> usize {
        (!(self.alphanumeric >> start)).trailing_zeros() as usize
    }
}

/// The lowest bytes of a packed word of so many.
static LOWEST: [[u64; 2]; 17] = {
    let mut lowest = [[u64::MAX; 2]; 17];
    let mut length = 0;
    while length < 16 {
        let all = (1_u128 << (8 * length)) - 1;
        lowest[length] = [all as u64, (all >> 64) as u64];
        length += 1;
    }
    lowest
};

/// At most 16 ASCII letters and digits in lower case, packed as [`crate::model::packed::pack`] does.
#[inline(always)]
pub(super) fn small(bytes: &[u8; REACH], start: usize, length: usize) -> [u64; 2] {
    // Makes letters lower case and leaves digits as they are.
    const SMALL: u64 = u64::from_le_bytes([0x20; 8]);
    let eight = |at: usize| bytes[at..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    let [low, high] = LOWEST[length];
    [(eight(start) | SMALL) & low, (eight(start + 8) | SMALL) & high]
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;
    use crate::model::packed::pack;

    #[test]
    fn every_byte_is_told_as_the_look_at_one_byte_tells_it() {
        for byte in 0..=u8::MAX {
            for at in 0..BLOCK {
                let mut bytes = [b' '; REACH];
                bytes[at] = byte;
                let block = Block::of(&bytes);
                assert_eq!(block.alphanumeric, u64::from(byte.is_ascii_alphanumeric()) << at, "byte {byte} at {at}");
                let open = !byte.is_ascii_alphanumeric() && !b" !\"()*+,-./".contains(&byte);
                assert_eq!(block.open, u64::from(open) << at, "byte {byte} at {at}");
                assert!(open || byte.is_ascii_alphanumeric() || plain::nothing(&[byte, b'1'], 0) == 1, "byte {byte}");
            }
        }
    }

    #[test]
    fn runs_and_words_are_cut_out() {
        let mut bytes = [b'a'; REACH];
        bytes[..12].copy_from_slice(b"The Acme's 9");
        let block = Block::of(&bytes);
        assert_eq!(block.starts(), 0b1010_0001_0001);
        assert_eq!([0, 4, 9, 11, 12].map(|start| block.run(start)), [3, 4, 1, 53, 52]);
        assert_eq!(small(&bytes, 4, 4), pack(b"acme"));
        assert_eq!(small(&bytes, 11, 16), pack(b"9aaaaaaaaaaaaaaa"));
        assert_eq!(small(&bytes, 63, 9), pack(b"aaaaaaaaa"));
    }
}

//! A bit for each of 64 bytes, told without a branch: what looks at texts by the megabyte stands on it.

/// Bytes that are looked at together.
pub const BLOCK: usize = 64;

/// Sets the bits of the places for which `is` holds, the first lowest. `is` is called for every place below [`BLOCK`]
/// and should not branch; many calls then become one operation.
#[inline(always)]
pub fn bits(is: impl Fn(usize) -> bool) -> u64 {
    // What is told of place 16 * part + at is bit 2 * part of byte `at`.
    let mut told = [0_u8; 16];
    for (at, told) in told.iter_mut().enumerate() {
        for part in 0..4 {
            *told |= if is(16 * part + at) { 1 << (2 * part) } else { 0 };
        }
    }
    let told = u128::from_le_bytes(told);
    // Now bit `k` of byte `i` is that of place 8 * k + i: rows and columns of a square of eight change places, in steps
    // of one, two and four (Warren, Hacker's Delight, 7-3).
    let mut square = told as u64 | ((told >> 64) as u64) << 1;
    for (step, chosen) in [(7, 0x00aa_00aa_00aa_00aa), (14, 0x0000_cccc_0000_cccc), (28, 0x0000_0000_f0f0_f0f0)] {
        let moved = (square ^ (square >> step)) & chosen;
        square ^= moved ^ (moved << step);
    }
    square
}

/// The bytes from `at` on, where they end before an array does with others behind them.
#[cold]
#[inline(never)]
pub fn padded<const N: usize>(bytes: &[u8], at: usize, other: u8) -> [u8; N] {
    let mut padded = [other; N];
    padded.iter_mut().zip(&bytes[at..]).for_each(|(padded, byte)| *padded = *byte);
    padded
}

/// So many of the lowest bits, at most all.
#[inline(always)]
pub fn lowest(count: usize) -> u64 {
    if count < BLOCK { (1 << count) - 1 } else { u64::MAX }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_in_the_order_of_the_places() {
        for place in 0..BLOCK {
            assert_eq!(bits(|at| at == place), 1 << place);
        }
        assert_eq!(bits(|at| !(9..=60).contains(&at)), 0xe000_0000_0000_01ff);
        assert_eq!([0, 1, 63, 64, 99].map(lowest), [0, 1, u64::MAX >> 1, u64::MAX, u64::MAX]);
    }
}

//! Runs of ASCII letters and digits, told eight bytes at a time: most of a text is such runs.

/// How many ASCII letters and digits stand at the start, told eight bytes at a time.
pub(super) fn alphanumeric_run(bytes: &[u8]) -> usize {
    let mut length = 0;
    while let Some(chunk) = bytes[length..].first_chunk::<8>() {
        let run = run_of_eight(u64::from_le_bytes(*chunk));
        length += run;
        if run < 8 {
            return length;
        }
    }
    length + bytes[length..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// How many of eight bytes, the first lowest, are ASCII letters and digits up to the first other.
#[inline(always)]
pub(super) fn run_of_eight(bytes: u64) -> usize {
    let others = !alphanumeric_bytes(bytes) & EACH_HIGH;
    (others.trailing_zeros() / 8) as usize
}

/// The highest bit of each byte of a word.
const EACH_HIGH: u64 = u64::from_le_bytes([0x80; 8]);

/// Sets the highest bit of each byte that is an ASCII letter or digit; the other bits mean nothing.
#[inline(always)]
fn alphanumeric_bytes(word: u64) -> u64 {
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    let low = word & !EACH_HIGH;
    // No sum of two bytes below 128 reaches into the next byte.
    let within = |bytes: u64, first: u8, last: u8| (bytes + each(0x80 - first)) & !(bytes + each(0x7f - last));
    let letter = within(low | each(0x20), b'a', b'z');
    (letter | within(low, b'0', b'9')) & !word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_as_the_standard_library_tells_it() {
        for byte in 0..=u8::MAX {
            for at in 0..20 {
                let mut text = [b'a'; 20];
                text[at] = byte;
                let expected = if byte.is_ascii_alphanumeric() { 20 } else { at };
                assert_eq!(alphanumeric_run(&text), expected, "byte {byte} at {at}");
                assert_eq!(alphanumeric_run(&text[..=at]), expected.min(at + 1), "byte {byte} at {at}, cut");
            }
        }
    }
}

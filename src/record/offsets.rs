//! From bytes of the original text to what people count: characters and lines. Built once for a document, asked for
//! every row. Checkpoints keep both questions short however long the text is.

use std::ops::Range;

/// Bytes between checkpoints.
const STEP: usize = 512;

/// Character and line numbers of one text.
pub(super) struct Offsets<'a> {
    text: &'a str,
    /// Whether every character is one byte.
    ascii: bool,
    /// Characters and line feeds before byte `i * STEP`; a checkpoint inside a character counts that character.
    checkpoints: Vec<(u64, u32)>,
}

impl<'a> Offsets<'a> {
    /// Reads the text once.
    pub(super) fn new(text: &'a str) -> Self {
        let (mut chars, mut lines) = (0, 0);
        let checkpoints = text
            .as_bytes()
            .chunks(STEP)
            .map(|chunk| {
                let before = (chars, lines);
                chars += characters(chunk);
                lines += line_feeds(chunk);
                before
            })
            .collect();
        Offsets { text, ascii: text.is_ascii(), checkpoints }
    }

    /// The characters of a range of bytes.
    pub(super) fn chars(&self, bytes: &Range<usize>) -> (u64, u64) {
        (self.char_at(bytes.start), self.char_at(bytes.end))
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line(&self, byte: usize) -> u32 {
        let (start, (_, lines)) = self.checkpoint(byte);
        lines + line_feeds(&self.text.as_bytes()[start..byte]) + 1
    }

    /// The number of characters in the whole text.
    pub(super) fn total(&self) -> u64 {
        self.char_at(self.text.len())
    }

    fn char_at(&self, byte: usize) -> u64 {
        if self.ascii {
            return byte as u64;
        }
        let (start, (chars, _)) = self.checkpoint(byte);
        chars + characters(&self.text.as_bytes()[start..byte])
    }

    /// The last checkpoint at or before a byte, and the byte it stands at.
    fn checkpoint(&self, byte: usize) -> (usize, (u64, u32)) {
        match (byte / STEP).min(self.checkpoints.len().saturating_sub(1)) {
            _ if self.checkpoints.is_empty() => (0, (0, 0)),
            i => (i * STEP, self.checkpoints[i]),
        }
    }
}

/// Characters that begin in a piece of UTF-8.
fn characters(bytes: &[u8]) -> u64 {
    bytes.iter().map(|b| u64::from((*b as i8) >= -64)).sum()
}

fn line_feeds(bytes: &[u8]) -> u32 {
    memchr::memchr_iter(b'\n', bytes).count() as u32
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn offsets_agree_with_counting_from_the_start() {
        let text = "é\nab—c 🙂\n".repeat(300);
        let offsets = Offsets::new(&text);
        for (byte, _) in text.char_indices() {
            let before = &text[..byte];
            assert_eq!(offsets.chars(&(0..byte)).1, before.chars().count() as u64);
            assert_eq!(offsets.line(byte) as usize, before.matches('\n').count() + 1);
        }
        assert_eq!(offsets.total(), text.chars().count() as u64);
        assert_eq!(Offsets::new("").total(), 0);
    }
}

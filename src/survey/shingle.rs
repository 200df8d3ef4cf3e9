//! Shingles: the set of five-word sequences of an article's body, each as a number, and the one hash of this module.
//!
//! It reads the clean text and gives numbers that are the same on every platform and in every version, because what
//! they decide is shown in tables: the hash is written out here (FNV-1a over characters, finished by the mixer of
//! SplitMix64) and taken from no crate, whose authors may change it. Words are runs of letters and digits in lower
//! case; an apostrophe inside a word is dropped, so that straight and curled ones are the same; a character of a
//! script that is written without spaces is a word. Sequences run across paragraphs, because outlets cut the same
//! story into other paragraphs, and never into the title, because outlets write their own.

use crate::document::{Article, PassageKind};

/// Words of one shingle.
pub(super) const WORDS: usize = 5;

/// What FNV-1a starts from.
const START: u64 = 0xcbf2_9ce4_8422_2325;
/// What FNV-1a multiplies by.
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The five-word sequences of a text as a sorted set of hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// The shingles of an article's body.
    pub fn of(article: &Article) -> Shingles {
        Shingles::of_words(&body_words(article))
    }

    /// The shingles of a sequence of words; one for the whole of it where it is shorter than a shingle.
    pub(super) fn of_words(words: &[u64]) -> Shingles {
        let mut hashes: Vec<u64> = match words.len() {
            0 => Vec::new(),
            n if n < WORDS => vec![sequence(words)],
            _ => words.windows(WORDS).map(sequence).collect(),
        };
        hashes.sort_unstable();
        hashes.dedup();
        Shingles(hashes)
    }

    /// The hashes, ascending.
    pub fn hashes(&self) -> &[u64] {
        &self.0
    }

    /// Number of distinct shingles.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many shingles two texts share.
    pub fn shared(&self, other: &Shingles) -> usize {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    a.next();
                    b.next();
                }
            }
        }
        shared
    }
}

/// The words of the body as hashes, in order.
pub(super) fn body_words(article: &Article) -> Vec<u64> {
    let mut words = Vec::with_capacity(article.text.len() / 5);
    for passage in article.passages.iter().filter(|passage| passage.kind != PassageKind::Title) {
        push_words(&article.text[passage.span.range()], &mut words);
    }
    words
}

/// The words of a text as hashes.
pub(super) fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::with_capacity(text.len() / 5);
    push_words(text, &mut words);
    words
}

fn push_words(text: &str, words: &mut Vec<u64>) {
    let (mut hash, mut before) = (START, ' ');
    let mut rest = text;
    while let Some(&byte) = rest.as_bytes().first() {
        // A run of ASCII letters and digits at once.
        let run = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if run > 0 {
            hash = rest[..run].bytes().fold(hash, |hash, byte| add(hash, char::from(byte.to_ascii_lowercase())));
            (before, rest) = ('a', &rest[run..]);
            continue;
        }
        if byte == b' ' {
            flush(&mut hash, words);
            (before, rest) = (' ', &rest[1..]);
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        if is_written_without_spaces(c) {
            flush(&mut hash, words);
            words.push(mix(add(START, c)));
        } else if c.is_alphanumeric() {
            hash = c.to_lowercase().fold(hash, add);
        } else if !(is_apostrophe(c) && before.is_alphanumeric()) {
            flush(&mut hash, words);
        }
        before = c;
    }
    flush(&mut hash, words);
}

/// Ends the word that has been read, if there is one.
fn flush(hash: &mut u64, words: &mut Vec<u64>) {
    if *hash != START {
        words.push(mix(*hash));
        *hash = START;
    }
}

/// FNV-1a, a character at a time.
pub(super) fn add(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(PRIME)
}

/// The hash of a sequence of hashes; order matters.
pub(super) fn sequence(words: &[u64]) -> u64 {
    mix(words.iter().fold(START, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
}

/// SplitMix64: every bit of the outcome depends on every bit of `x`.
pub(super) fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Whether a character is an apostrophe, straight or curled.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`')
}

/// Whether words of the character's script have no spaces between them: Han, kana, Thai, Lao, Khmer, Burmese.
fn is_written_without_spaces(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff
        | 0xf900..=0xfaff | 0x20000..=0x3ffff)
        && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_however_they_are_written() {
        assert_eq!(words("Don’t STOP, the ferry—now!"), words("don't stop the ferry now"));
        assert_eq!(words("Ärger in Österreich"), words("ÄRGER IN ÖSTERREICH"));
        assert_eq!(words("'quoted' word"), words("quoted word"));
        assert_ne!(words("the ferry"), words("ferry the"));
        assert_eq!(words("渡轮 停").len(), 3);
        assert_eq!(words(" — … ").len(), 0);
    }

    #[test]
    fn shingles_are_a_set_of_five_word_sequences() {
        let set = |text: &str| Shingles::of_words(&words(text));
        assert_eq!(set("a b c d e f").len(), 2);
        assert_eq!(set("a b a b a b a b a b").len(), 2);
        assert_eq!(set("a b").len(), 1);
        assert!(set("").is_empty());
        assert_eq!(set("a b c d e f g").shared(&set("x b c d e f g")), 2);
        assert_eq!(set("a b c d e").shared(&set("e d c b a")), 0);
    }

    #[test]
    fn the_hash_never_changes() {
        assert_eq!(mix(0), 0xe220_a839_7b1d_cdaf, "the first number of SplitMix64 from seed 0");
        assert_eq!(add(START, 'a'), 0xaf63_dc4c_8601_ec8c, "FNV-1a of the letter a");
    }
}

//! Set phrases that are looked for all at once: one look at each byte of a text instead of a search for each phrase.
//!
//! It knows lists of phrases and the most words of the paragraphs in which they count; it decides nothing.

use super::boilerplate_phrases::Listed;

/// Most bytes by which phrases are found.
const HEAD: usize = 8;
/// Bits that tell which heads there are.
const BITS: usize = 1 << 13;

/// Phrases by how they begin.
#[derive(Debug)]
pub(super) struct PhraseIndex {
    /// Head, most words, phrase; ascending.
    phrases: Vec<(u64, usize, &'static str)>,
    /// Bits of the heads.
    mask: u64,
    bits: Vec<u64>,
}

impl PhraseIndex {
    /// The index of some lists.
    pub(super) fn new(lists: &[Listed]) -> PhraseIndex {
        let shortest = lists.iter().flat_map(|(_, phrases)| *phrases).map(|phrase| phrase.len()).min();
        let mask = u64::MAX >> (64 - 8 * shortest.unwrap_or(HEAD).clamp(1, HEAD));
        let listed = lists.iter().flat_map(|(most, phrases)| phrases.iter().map(move |phrase| (*most, *phrase)));
        let mut phrases: Vec<_> = listed.map(|(most, phrase)| (head(phrase.as_bytes()) & mask, most, phrase)).collect();
        phrases.sort_unstable();
        let mut bits = vec![0; BITS / 64];
        for &(head, ..) in &phrases {
            let bit = bit(head);
            bits[bit / 64] |= 1 << (bit % 64);
        }
        PhraseIndex { phrases, mask, bits }
    }

    /// The phrases that stand at the start of a text of so many words.
    pub(super) fn at_start<'a>(&'a self, text: &'a str, words: usize) -> impl Iterator<Item = &'static str> + 'a {
        self.at(text.as_bytes(), 0).filter(move |(_, most, _)| words <= *most).map(|(.., phrase)| *phrase)
    }

    /// Whether a phrase stands anywhere in a text of so many words.
    pub(super) fn is_in(&self, text: &str, words: usize) -> bool {
        let bytes = text.as_bytes();
        (0..bytes.len()).any(|at| self.at(bytes, at).any(|(_, most, _)| words <= *most))
    }

    /// The phrases at a byte of a text.
    fn at<'a>(&'a self, text: &'a [u8], at: usize) -> impl Iterator<Item = &'a (u64, usize, &'static str)> + 'a {
        let head = head(&text[at..]) & self.mask;
        let known = self.bits[bit(head) / 64] >> (bit(head) % 64) & 1 == 1;
        let first = match known {
            true => self.phrases.partition_point(|(other, ..)| *other < head),
            false => self.phrases.len(),
        };
        let same = self.phrases[first..].iter().take_while(move |(other, ..)| *other == head);
        same.filter(move |(.., phrase)| text[at..].starts_with(phrase.as_bytes()))
    }
}

/// The first bytes as a number; zeros where the text is shorter.
fn head(text: &[u8]) -> u64 {
    match text.first_chunk::<HEAD>() {
        Some(head) => u64::from_le_bytes(*head),
        None => text.iter().rev().fold(0, |head, &byte| head << 8 | u64::from(byte)),
    }
}

fn bit(head: u64) -> usize {
    (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::boilerplate_phrases::{HELD, OPENINGS};
    use super::*;

    #[test]
    fn every_listed_phrase_is_in_the_index() {
        for list in [OPENINGS, HELD] {
            let listed: usize = list.iter().map(|(_, phrases)| phrases.len()).sum();
            assert_eq!(PhraseIndex::new(list).phrases.len(), listed);
        }
    }

    proptest! {
        #[test]
        fn it_agrees_with_a_search_for_each(
            pieces in proptest::collection::vec(proptest::sample::select(
                vec!["sign up for our", "all rights reserved", "© ", "the", " ", "read", ":", "é", "more"]), 0..8),
            words in 0..70usize,
        ) {
            let text = pieces.concat();
            let listed = |list: &[Listed], holds: &dyn Fn(&str) -> bool| {
                list.iter().any(|(most, phrases)| words <= *most && phrases.iter().any(|p| holds(p)))
            };
            prop_assert_eq!(PhraseIndex::new(HELD).is_in(&text, words), listed(HELD, &|p| text.contains(p)));
            let starts = listed(OPENINGS, &|p| text.starts_with(p));
            prop_assert_eq!(PhraseIndex::new(OPENINGS).at_start(&text, words).next().is_some(), starts);
        }
    }
}

//! The wording of one document: its features in order and how long its words are, for measures of richness and of ease of
//! reading. Read off the numbers that a worker's vocabulary gives anyway; nothing is hashed again.

use crate::document::Token;
use crate::measure::readability;

/// The wording of a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wording<'a> {
    /// Its features in order, numbered from 0 in the order in which they first occur in it.
    pub features: &'a [u32],
    /// Distinct features.
    pub types: u32,
    /// Letters and digits of its words and numbers.
    pub letters: u64,
    /// Syllables of its words and numbers.
    pub syllables: u64,
}

/// How long the words are that a worker has met, and the features of the document that it reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordLengths {
    /// Of each word by its number.
    lengths: Vec<Length>,
    /// Of each feature: the last document that has it, and its number there.
    places: Vec<(u32, u32)>,
    features: Vec<u32>,
    document: u32,
    letters: u64,
    syllables: u64,
}

#[derive(Clone, Copy, Debug)]
struct Length {
    letters: u32,
    syllables: u32,
}

impl WordLengths {
    /// Memory held, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        8 * (self.lengths.capacity() + self.places.capacity()) + 4 * self.features.capacity()
    }

    /// Begins the next document.
    pub(crate) fn begin(&mut self) {
        self.document += 1;
        (self.letters, self.syllables) = (0, 0);
    }

    /// Adds a word by its number; words are numbered as they are first met.
    pub(crate) fn add(&mut self, number: u32, form: &str, token: &Token) {
        if number as usize == self.lengths.len() {
            let letters = form.chars().filter(|c| c.is_alphanumeric()).count() as u32;
            self.lengths.push(Length { letters, syllables: readability::syllables(form) });
        }
        let length = self.lengths[number as usize];
        // The s of a possessive ending, which the counted form lacks.
        let ending = u64::from(token.base_end != token.span.end);
        self.letters += u64::from(length.letters) + ending;
        self.syllables += u64::from(length.syllables);
    }

    /// The wording of the document whose features these are, of `known` that the worker has met.
    pub(crate) fn wording(&mut self, ids: &[u32], known: usize) -> Wording<'_> {
        self.places.resize(known.max(self.places.len()), (0, 0));
        self.features.clear();
        let mut types = 0;
        for &id in ids {
            let place = &mut self.places[id as usize];
            if place.0 != self.document {
                *place = (self.document, types);
                types += 1;
            }
            self.features.push(place.1);
        }
        Wording { features: &self.features, types, letters: self.letters, syllables: self.syllables }
    }
}

//! Words that a thread read before: what is told by their spelling alone is kept from text to text.

use hashbrown::HashMap;

use super::feature::{PLACES, features_alone};
use super::model::{Model, Sums};
use super::passage::{Knowledge, Text};
use super::word::{EDGE, Word};
use crate::model::gazetteer;
use crate::model::interner::Interner;

/// Words that were read before, by spelling: reading one costs more than tagging it, and texts repeat words.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    spellings: Interner,
    /// What was read, by the number of its spelling and one: [`EDGE`] is the first.
    words: Vec<SeenWord>,
    lowers: HashMap<u64, u32, foldhash::fast::FixedState>,
    /// What each word alone adds to the scores of the words around it, by its place, once asked for.
    alone: Vec<Option<Box<[Option<Sums>; PLACES]>>>,
    /// Features of a word alone, while its sums are made.
    found: Vec<u32>,
    /// The text that is being read, from 1.
    text: u32,
    /// For each spelling in small letters the text that held it last, and its number there.
    lower_in_text: Vec<(u32, u32)>,
    /// Room for the next text.
    room: Text,
}

/// A word that was read, with what is asked of it first in every text that holds it.
#[derive(Clone, Copy, Debug)]
struct SeenWord {
    word: Word,
    /// What the lists say of it as a phrase, if a phrase can begin with it.
    phrase: u16,
    /// The number of its spelling in small letters.
    lower: u32,
    /// The text that held it last, and its number there.
    in_text: (u32, u32),
}

/// The word at the edge.
const SEEN_EDGE: SeenWord = SeenWord { word: EDGE, phrase: 0, lower: 0, in_text: (0, 0) };

/// Most words that are kept; then all are forgotten.
const KEPT: usize = 40_000;
/// The number of [`EDGE`].
pub(super) const OUTER: u32 = 0;

impl Default for Seen {
    fn default() -> Seen {
        Seen {
            spellings: Interner::default(),
            words: vec![SEEN_EDGE],
            lowers: HashMap::default(),
            alone: vec![None],
            found: Vec::new(),
            text: 0,
            lower_in_text: Vec::new(),
            room: Text::default(),
        }
    }
}

impl Seen {
    /// The number of a word.
    pub(super) fn read(&mut self, text: &str, knowledge: &Knowledge) -> u32 {
        let number = self.spellings.number(text, 0) + 1;
        if (number as usize) < self.words.len() {
            return number;
        }
        let word = Word::read(text, &knowledge.vocabulary, &knowledge.lists);
        let mut folded = String::new();
        gazetteer::push_folded(text, &mut folded);
        let phrase = if word.begins_phrase() { knowledge.lists.phrase(&folded) } else { 0 };
        let fresh = self.lower_in_text.len() as u32;
        let lower = *self.lowers.entry(word.lower).or_insert(fresh);
        if lower == fresh {
            self.lower_in_text.push((0, 0));
        }
        self.words.push(SeenWord { word, phrase, lower, in_text: (0, 0) });
        self.alone.push(None);
        number
    }

    /// Another text begins; gives room for it.
    pub(super) fn begin(&mut self) -> Text {
        if self.words.len() > KEPT || self.room.units() > KEPT {
            *self = Seen::default();
        }
        self.text += 1;
        std::mem::take(&mut self.room)
    }

    /// Takes back a text that is no longer wanted.
    pub(super) fn end(&mut self, text: Text) {
        self.room = text;
    }

    /// The number of a word in the text that is being read. `next` are the numbers that a word and a spelling in small
    /// letters get that the text did not hold; where the word is one, what was read of it and the number of its spelling
    /// in small letters.
    #[inline]
    pub(super) fn number_in_text(&mut self, number: u32, next: (u32, u32)) -> (u32, Option<(Word, u32)>) {
        let SeenWord { word, lower, in_text, .. } = &mut self.words[number as usize];
        if in_text.0 == self.text {
            return (in_text.1, None);
        }
        *in_text = (self.text, next.0);
        let lower = &mut self.lower_in_text[*lower as usize];
        if lower.0 != self.text {
            *lower = (self.text, next.1);
        }
        (next.0, Some((*word, lower.1)))
    }

    /// What the lists say of a word as a phrase; nothing if no phrase can begin with it.
    pub(super) fn phrase(&self, number: u32) -> u16 {
        self.words[number as usize].phrase
    }

    /// What a word alone adds to the scores of the word of which it stands in a place.
    pub(super) fn alone(&mut self, number: u32, place: usize, model: &Model) -> &Sums {
        let word = &self.words[number as usize].word;
        let found = &mut self.found;
        self.alone[number as usize].get_or_insert_default()[place].get_or_insert_with(|| {
            features_alone(word, place, found);
            model.sums(found)
        })
    }
}

//! What the spelling of a word tells: its shape, its ends, its classes, how it is usually capitalised. Worked out once
//! for each spelling of a document, the same way when a model is trained and when it is used.

use super::lists::NameLists;
use super::vocabulary::{UNLISTED, Vocabulary};
use crate::model::form::capitalised;
use crate::model::gazetteer::{self, class};

/// FNV-1a (Fowler, Noll, Vo) of some bytes.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    hash_on(START, bytes)
}

/// The hash of no bytes.
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of what has been hashed and some more bytes.
fn hash_on(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The hash by which tables of words are keyed.
pub(crate) fn key(form: &str) -> u32 {
    let hash = hash(form.as_bytes());
    (hash ^ (hash >> 32)) as u32
}

/// Writes the form of a word that tables are made of: straight apostrophes and quotation marks, every digit `0`.
pub(crate) fn push_form(word: &str, out: &mut String) {
    out.extend(word.chars().map(|c| match c {
        '’' | '‘' | '\u{02BC}' => '\'',
        '“' | '”' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        c if c.is_ascii_digit() => '0',
        c => c,
    }));
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// No letter.
    None,
    /// Starts with a small letter.
    Lower,
    /// Starts with a capital and holds small letters, or is one letter.
    Capital,
    /// Several letters, all capital.
    Upper,
}

/// Everything that is read of a spelling.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) form: u64,
    pub(crate) lower: u64,
    pub(crate) shape: u64,
    pub(crate) short_shape: u64,
    pub(crate) prefixes: [u64; 4],
    pub(crate) suffixes: [u64; 4],
    pub(crate) classes: [u16; 3],
    pub(crate) case: Case,
    /// How the word is mostly capitalised in running text: 0 unknown, else 1 (small) to 9 (capital), and 10 more where
    /// it is mostly all in capitals.
    pub(crate) usual: u8,
    /// Bits: hyphen, dot, one letter, digit, plural of an acronym.
    pub(crate) marks: u8,
    /// Classes of words ([`class`]).
    pub(crate) kinds: u32,
    /// Bits: given name, weak given name, surname, surname that stands first.
    pub(crate) person: u8,
}

/// What stands outside a sentence.
pub(crate) const EDGE: Word = Word {
    form: 1,
    lower: 1,
    shape: 1,
    short_shape: 1,
    prefixes: [0; 4],
    suffixes: [0; 4],
    classes: [UNLISTED - 1; 3],
    case: Case::None,
    usual: 0,
    marks: 0,
    kinds: 0,
    person: 0,
};

impl Word {
    /// Whether it starts with a capital.
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper)
    }

    /// Whether a phrase of the lists can begin with it.
    pub(crate) fn begins_phrase(&self) -> bool {
        self.is_capital() || self.kinds & class::START_PARTICLE != 0
    }

    /// Reads a word.
    pub(crate) fn read(text: &str, vocabulary: &Vocabulary, lists: &NameLists) -> Word {
        let mut form = String::with_capacity(text.len());
        push_form(text, &mut form);
        let lower = form.to_lowercase();
        let case = case_of(text);
        let (shape, short_shape) = shapes(text);
        let row = vocabulary.get(&form).or_else(|| vocabulary.get(&lower));
        let names = gazetteer::english();
        let given = names.given(text);
        let surname = names.surname(text);
        let more = lists.single(text);
        let person = u8::from(given == Some(false))
            | u8::from(given == Some(true)) << 1
            | u8::from(surname == Some(false)) << 2
            | u8::from(surname == Some(true)) << 3
            | more << 4;
        Word {
            form: hash(form.as_bytes()),
            lower: hash(lower.as_bytes()),
            shape,
            short_shape,
            prefixes: [1, 2, 3, 4].map(|n| end_of(&lower, n, false)),
            suffixes: [1, 2, 3, 4].map(|n| end_of(&lower, n, true)),
            classes: row.map_or([UNLISTED; 3], |row| row.classes),
            case,
            usual: usual(&lower, vocabulary),
            marks: marks(text, case),
            kinds: names.classes(&lower),
            person,
        }
    }
}

fn case_of(text: &str) -> Case {
    let mut chars = text.chars().filter(|c| c.is_alphabetic());
    match chars.next() {
        None => Case::None,
        Some(first) if !first.is_uppercase() => Case::Lower,
        Some(_) => {
            let mut rest = chars.peekable();
            if rest.peek().is_some() && rest.all(char::is_uppercase) { Case::Upper } else { Case::Capital }
        }
    }
}

/// The hashes of the kinds of the characters, and of the same without repetitions.
fn shapes(text: &str) -> (u64, u64) {
    let (mut shape, mut short) = (START, START);
    let mut last = ' ';
    for c in text.chars() {
        let sign = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c if c.is_ascii_digit() => 'd',
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            c => c,
        };
        let mut bytes = [0; 4];
        let bytes = sign.encode_utf8(&mut bytes).as_bytes();
        shape = hash_on(shape, bytes);
        if sign != last {
            short = hash_on(short, bytes);
            last = sign;
        }
    }
    (shape, short)
}

/// The hash of the first or last letters; 0 for a shorter word.
fn end_of(word: &str, letters: usize, last: bool) -> u64 {
    let place = if last {
        word.char_indices().rev().nth(letters - 1).map(|(at, _)| at..word.len())
    } else {
        word.char_indices().nth(letters - 1).map(|(at, c)| 0..at + c.len_utf8())
    };
    place.map_or(0, |range| hash(&word.as_bytes()[range]))
}

fn usual(lower: &str, vocabulary: &Vocabulary) -> u8 {
    if !lower.starts_with(char::is_alphabetic) {
        return 0;
    }
    let uses = |form: &str| vocabulary.get(form).map_or(0, |row| i32::from(row.usual));
    let (small, capital, upper) = (uses(lower), uses(&capitalised(lower)), uses(&lower.to_uppercase()));
    if small.max(capital).max(upper) == 0 {
        return 0;
    }
    let rank = 5 + ((capital.max(upper) - small) / 3).clamp(-4, 4);
    rank as u8 + if upper > capital && lower.len() > 1 { 10 } else { 0 }
}

/// A shouted word as it is usually spelt; `None` where it is usually written in capitals.
pub(crate) fn unshouted(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    let mut form = String::with_capacity(text.len());
    push_form(text, &mut form);
    let lower = form.to_lowercase();
    let uses = |form: &str| vocabulary.get(form).map_or(0, |row| i32::from(row.usual));
    let first = capitalised(&lower);
    let (small, capital, upper) = (uses(&lower), uses(&first), uses(&form));
    if upper > small.max(capital) {
        return None;
    }
    let lower = text.to_lowercase();
    Some(if small > capital { lower } else { capitalised(&lower) })
}

fn marks(text: &str, case: Case) -> u8 {
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    let inner = case == Case::Capital && text.chars().skip(1).any(char::is_uppercase);
    u8::from(text.contains('-'))
        | u8::from(text.contains('.')) << 1
        | u8::from(text.chars().count() == 1) << 2
        | u8::from(digit) << 3
        | u8::from(inner) << 4
        | u8::from(case == Case::Upper) << 5
}

/// Classes of words that matter for names.
pub(crate) const NAME_KINDS: u32 = class::TITLE
    | class::TITLE_CORE
    | class::ORG
    | class::LOC
    | class::FAC
    | class::EVENT
    | class::MISC
    | class::OF_HEAD
    | class::CALENDAR
    | class::NO_NAME
    | class::PARTICLE
    | class::START_PARTICLE
    | class::PLACE_PREP
    | class::ROLE_NOUN;

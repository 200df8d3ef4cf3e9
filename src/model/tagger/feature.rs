//! The features of a word in its sentence, as hashes: one function for training and for tagging.

use super::passage::{Line, Text};
use super::word::{Case, EDGE, NAME_KINDS, Word};
use crate::model::gazetteer::class;

/// Groups of features, as bits, so that training can leave one out and say what it was worth.
pub(crate) mod group {
    /// Words and their neighbours.
    pub(crate) const WORDS: u32 = 1;
    /// Shapes.
    pub(crate) const SHAPES: u32 = 1 << 1;
    /// First and last letters.
    pub(crate) const AFFIXES: u32 = 1 << 2;
    /// Classes of words from running text.
    pub(crate) const CLASSES: u32 = 1 << 3;
    /// Lists of names.
    pub(crate) const LISTS: u32 = 1 << 4;
    /// Usual capitals.
    pub(crate) const CASE: u32 = 1 << 5;
    /// Runs of capitals and their heads.
    pub(crate) const RUNS: u32 = 1 << 6;
    /// The rest of the document.
    pub(crate) const DOCUMENT: u32 = 1 << 7;
    /// All groups by name.
    #[cfg(feature = "train")]
    pub(crate) const NAMES: [(&str, u32); 8] = [
        ("words", WORDS),
        ("shapes", SHAPES),
        ("affixes", AFFIXES),
        ("classes", CLASSES),
        ("lists", LISTS),
        ("case", CASE),
        ("runs", RUNS),
        ("document", DOCUMENT),
    ];
    /// All of them.
    pub(crate) const ALL: u32 = (1 << 8) - 1;
}

/// Whether a word can be part of a name at all; for the others nothing is looked up.
pub(crate) fn may_be_name(text: &Text, line: &Line, at: usize) -> bool {
    let word = text.word(line, Some(at));
    let capital = |at: Option<usize>| text.word(line, at).is_capital();
    match word.case {
        Case::Capital | Case::Upper => true,
        Case::Lower => {
            // Unknown, or mostly capitalised elsewhere: noisy text leaves capitals out.
            if word.usual == 0 || word.usual % 10 > 5 {
                return true;
            }
            let before = (1..=2).any(|back| capital(at.checked_sub(back)));
            before && (1..=2).any(|on| capital(Some(at + on)))
        }
        Case::None => {
            let digit = word.marks & 8 != 0;
            let before = (1..=2).any(|back| capital(at.checked_sub(back)));
            before && (digit || (1..=2).any(|on| capital(Some(at + on)))) || digit && capital(Some(at + 1))
        }
    }
}

/// Which features are wanted, as bits: those of one word alone, by its place (the two words before, the word, the two
/// behind: bits 0 to 4), and those of several words or of the text.
mod scope {
    /// Of several words, or of a word in its text.
    pub(super) const TOGETHER: u8 = 1 << 5;
    /// Every feature.
    #[cfg(any(test, feature = "train"))]
    pub(super) const ALL: u8 = (1 << 6) - 1;
}

/// Words that a feature of one word may speak of: two before, the word itself, two behind.
pub(crate) const PLACES: usize = 5;
const BEFORE2: usize = 0;
const BEFORE: usize = 1;
const WORD: usize = 2;
const AFTER: usize = 3;
const AFTER2: usize = 4;

/// Collects the hashes of the wanted features, numbering the templates.
struct Collector<'o, const WANTED: u8> {
    template: u64,
    out: &'o mut Vec<u32>,
}

impl<const WANTED: u8> Collector<'_, WANTED> {
    /// A feature of several words, or of a word in its text.
    #[inline]
    fn add(&mut self, value: u64) {
        self.template += 1;
        if WANTED & scope::TOGETHER != 0 {
            self.push(value);
        }
    }

    /// A feature of the word in one place alone.
    #[inline]
    fn alone(&mut self, place: usize, value: u64) {
        self.template += 1;
        if WANTED >> place & 1 == 1 {
            self.push(value);
        }
    }

    #[inline]
    fn push(&mut self, value: u64) {
        let mixed = mix(self.template.wrapping_mul(0x9e37_79b9_7f4a_7c15), value);
        let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        self.out.push((mixed ^ (mixed >> 32)) as u32);
    }

    /// A feature for each bit that is set.
    #[inline]
    fn bits(&mut self, bits: u32, most: u32, add: impl Fn(&mut Self, u64)) {
        let base = self.template;
        let mut left = bits & ((1u64 << most) - 1) as u32;
        while left != 0 {
            self.template = base + u64::from(left.trailing_zeros());
            add(self, 1);
            left &= left - 1;
        }
        self.template = base + u64::from(most);
    }
}

#[inline]
fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// Writes the features of the word at `at` into `out`.
#[cfg(any(test, feature = "train"))]
pub(crate) fn features(text: &Text, line: &Line, at: usize, groups: u32, out: &mut Vec<u32>) {
    collect::<{ scope::ALL }>(text, line, at, groups, out);
}

/// Writes those features of the word at `at` into `out` that are of no word alone: with those of the five words around
/// it ([`features_alone`]) they are all of [`features`].
pub(crate) fn features_together(text: &Text, line: &Line, at: usize, out: &mut Vec<u32>) {
    collect::<{ scope::TOGETHER }>(text, line, at, group::ALL, out);
}

/// Writes the features that a word alone gives to the word of which it stands in this place (below [`PLACES`]).
pub(crate) fn features_alone(word: &Word, place: usize, out: &mut Vec<u32>) {
    let mut near = [&EDGE; PLACES];
    near[place] = word;
    out.clear();
    match place {
        BEFORE2 => collect_near::<{ 1 << BEFORE2 }>(&near, group::ALL, out),
        BEFORE => collect_near::<{ 1 << BEFORE }>(&near, group::ALL, out),
        WORD => collect_near::<{ 1 << WORD }>(&near, group::ALL, out),
        AFTER => collect_near::<{ 1 << AFTER }>(&near, group::ALL, out),
        _ => collect_near::<{ 1 << AFTER2 }>(&near, group::ALL, out),
    }
}

/// Features that need the spellings of the words around only.
fn collect_near<const WANTED: u8>(near: &[&Word; PLACES], groups: u32, out: &mut Vec<u32>) {
    let mut to = Collector::<WANTED> { template: 0, out };
    let mut part = |template, bit, part: fn(&mut Collector<'_, WANTED>, &[&Word; PLACES])| {
        to.template = template;
        if groups & bit != 0 {
            part(&mut to, near);
        }
    };
    part(100, group::WORDS, words);
    part(200, group::SHAPES, shapes);
    part(300, group::AFFIXES, affixes);
    part(400, group::CLASSES, classes);
    part(539, group::LISTS, people);
    part(600, group::CASE, usual_alone);
}

fn collect<const WANTED: u8>(text: &Text, line: &Line, at: usize, groups: u32, out: &mut Vec<u32>) {
    out.clear();
    let here = |offset: isize| text.word(line, at.checked_add_signed(offset));
    let near: [&Word; PLACES] = [here(-2), here(-1), here(0), here(1), here(2)];
    collect_near::<WANTED>(&near, groups, out);
    let mut to = Collector::<WANTED> { template: 0, out };
    to.add(0);
    to.template = 500;
    if groups & group::LISTS != 0 {
        lists(&mut to, text, line, at, &near);
    }
    to.template = 601;
    if groups & group::CASE != 0 {
        case(&mut to, line, at, &near);
    }
    to.template = 700;
    if groups & group::RUNS != 0 {
        runs(&mut to, text, line, at, &near);
    }
    to.template = 800;
    if groups & group::DOCUMENT != 0 {
        document(&mut to, text, line, at, &near);
    }
}

fn words<const W: u8>(to: &mut Collector<'_, W>, [before2, before, word, after, after2]: &[&Word; PLACES]) {
    to.alone(WORD, word.form);
    to.alone(WORD, word.lower);
    to.alone(BEFORE, before.lower);
    to.alone(AFTER, after.lower);
    to.alone(BEFORE2, before2.lower);
    to.alone(AFTER2, after2.lower);
    to.add(mix(before.lower, word.lower));
    to.add(mix(word.lower, after.lower));
    to.add(mix(before2.lower, before.lower));
    to.add(mix(after.lower, after2.lower));
    to.add(mix(before.lower, after.lower));
    to.add(mix(before.lower, word.short_shape));
    to.add(mix(after.lower, word.short_shape));
}

fn shapes<const W: u8>(to: &mut Collector<'_, W>, [before2, before, word, after, after2]: &[&Word; PLACES]) {
    to.alone(WORD, word.shape);
    to.alone(WORD, word.short_shape);
    to.alone(BEFORE, before.short_shape);
    to.alone(AFTER, after.short_shape);
    to.add(mix(before.short_shape, word.short_shape));
    to.add(mix(word.short_shape, after.short_shape));
    to.add(mix(mix(before.short_shape, word.short_shape), after.short_shape));
    to.add(mix(mix(before2.short_shape, before.short_shape), word.short_shape));
    to.add(mix(mix(word.short_shape, after.short_shape), after2.short_shape));
    to.alone(WORD, u64::from(word.marks) << 3 | word.case as u64);
}

fn affixes<const W: u8>(to: &mut Collector<'_, W>, [_, before, word, after, _]: &[&Word; PLACES]) {
    for length in 0..4 {
        to.alone(WORD, word.prefixes[length]);
        to.alone(WORD, word.suffixes[length]);
    }
    to.alone(WORD, mix(word.suffixes[2], word.short_shape));
    to.alone(BEFORE, before.suffixes[2]);
    to.alone(AFTER, after.suffixes[2]);
}

fn classes<const W: u8>(to: &mut Collector<'_, W>, [before2, before, word, after, after2]: &[&Word; PLACES]) {
    let class = |word: &Word, size: usize| u64::from(word.classes[size]);
    for size in 0..3 {
        to.alone(WORD, class(word, size));
        to.alone(BEFORE, class(before, size));
        to.alone(AFTER, class(after, size));
    }
    for size in 1..3 {
        to.alone(BEFORE2, class(before2, size));
        to.alone(AFTER2, class(after2, size));
    }
    to.add(mix(class(before, 1), class(word, 1)));
    to.add(mix(class(word, 1), class(after, 1)));
    to.add(mix(mix(class(before, 2), class(word, 2)), class(after, 2)));
    to.alone(WORD, mix(class(word, 1), word.short_shape));
    to.add(mix(word.short_shape, mix(class(before, 1), class(after, 1))));
    to.add(mix(class(before2, 2), class(before, 2)));
    to.add(mix(class(after, 2), class(after2, 2)));
}

fn lists<const W: u8>(
    to: &mut Collector<'_, W>,
    text: &Text,
    line: &Line,
    at: usize,
    [_, before, word, after, _]: &[&Word; PLACES],
) {
    let bits = |at: Option<usize>| u64::from(text.phrases(line, at));
    let long = text.long_phrases(line, at);
    let (left, own, right) = (bits(at.checked_sub(1)), bits(Some(at)), bits(Some(at + 1)));
    to.add(own);
    to.add(mix(left, own));
    to.add(mix(own, right));
    to.add(mix(own, word.short_shape));
    to.add(mix(own, before.lower));
    to.add(mix(own, after.lower));
    to.add(mix(own, u64::from(long)));
    to.bits(own as u32, 16, Collector::add);
    to.bits(u32::from(long), 16, Collector::add);
    to.template += 1;
    to.add(mix(u64::from(word.person), own));
}

/// What the lists say of single words.
fn people<const W: u8>(to: &mut Collector<'_, W>, [_, before, word, after, _]: &[&Word; PLACES]) {
    let person = u64::from(word.person);
    to.alone(WORD, person);
    // The list's phrase over the word goes with this one: `lists`.
    to.template += 1;
    to.add(mix(u64::from(before.person), person));
    to.add(mix(person, u64::from(after.person)));
    to.add(mix(person, after.short_shape));
    to.add(mix(person, before.short_shape));
    to.bits(u32::from(word.person), 8, |to, value| to.alone(WORD, value));
    let kinds = |word: &Word| u64::from(word.kinds & NAME_KINDS);
    to.alone(WORD, kinds(word));
    to.alone(BEFORE, kinds(before));
    to.alone(AFTER, kinds(after));
    to.add(mix(kinds(before), word.short_shape));
    to.add(mix(kinds(after), word.short_shape));
}

/// How a word is usually capitalised, and how it is here.
fn usual(word: &Word) -> u64 {
    u64::from(word.usual) << 2 | word.case as u64
}

fn usual_alone<const W: u8>(to: &mut Collector<'_, W>, [_, _, word, _, _]: &[&Word; PLACES]) {
    to.alone(WORD, usual(word));
    to.template = 606;
    to.alone(WORD, mix(usual(word), u64::from(word.classes[2])));
}

fn case<const W: u8>(to: &mut Collector<'_, W>, line: &Line, at: usize, [_, before, word, after, _]: &[&Word; PLACES]) {
    let opening = u64::from(at == 0) | u64::from(at > 0 && before.case == Case::None) << 1;
    let style = u64::from(line.style);
    to.add(mix(usual(word), opening << 2 | style));
    to.add(mix(usual(before), usual(word)));
    to.add(mix(usual(word), usual(after)));
    to.add(mix(opening << 2 | style, word.short_shape));
    to.add(mix(style, word.case as u64));
}

fn runs<const W: u8>(
    to: &mut Collector<'_, W>,
    text: &Text,
    line: &Line,
    at: usize,
    [_, _, word, _, _]: &[&Word; PLACES],
) {
    let run = text.run(line, at);
    if run.end == 0 {
        to.add(0);
        return;
    }
    let length = (run.end - run.start).min(6) as u64;
    let place = (at - run.start).min(3) as u64 | ((run.end - 1 - at).min(3) as u64) << 2;
    let (first, head) = (text.word(line, Some(run.start)), text.word(line, Some(run.end - 1)));
    let (outer, next) = (text.word(line, run.start.checked_sub(1)), text.word(line, Some(run.end)));
    let behind = text.word(line, Some(run.end + 1));
    to.template += 1;
    to.add(length);
    to.add(length << 4 | place);
    to.add(mix(head.lower, length.min(2)));
    to.add(mix(head.lower, place));
    to.add(mix(u64::from(head.kinds & NAME_KINDS), length.min(2) << 4 | place));
    to.add(mix(u64::from(head.classes[1]), length.min(3)));
    to.add(mix(u64::from(head.classes[2]), length << 4 | place));
    to.add(mix(head.suffixes[2], length.min(2)));
    to.add(mix(first.lower, length.min(2)));
    to.add(mix(u64::from(first.person), length << 4 | place));
    to.add(mix(mix(u64::from(first.person), u64::from(head.person)), length << 4 | place));
    to.add(mix(u64::from(first.classes[1]), length << 4 | place));
    to.add(mix(outer.lower, length.min(2)));
    to.add(mix(next.lower, length.min(2)));
    to.add(mix(mix(next.lower, behind.lower), length.min(2)));
    to.add(mix(u64::from(outer.classes[1]), length.min(3)));
    to.add(mix(u64::from(next.classes[1]), length.min(3)));
    to.add(mix(mix(outer.lower, next.lower), length.min(3)));
    to.add(mix(u64::from(outer.kinds & NAME_KINDS), length.min(3)));
    to.add(mix(u64::from(head.usual), mix(u64::from(first.usual), length << 4 | place)));
    let joined = next.kinds & class::PARTICLE != 0 || next.classes[0] == outer.classes[0];
    to.add(mix(u64::from(joined), u64::from(word.classes[2])));
}

fn document<const W: u8>(
    to: &mut Collector<'_, W>,
    text: &Text,
    line: &Line,
    at: usize,
    [_, _, word, _, _]: &[&Word; PLACES],
) {
    let found = text.evidence(line, at);
    let often = u64::from(found.all.min(3));
    let capitals = u64::from(found.inside.min(2)) << 2 | u64::from(found.small.min(2));
    to.add(mix(capitals, word.case as u64));
    to.add(mix(capitals << 1 | u64::from(at == 0), u64::from(word.usual)));
    let around = if word.is_capital() { u32::from(found.around) } else { 0 };
    to.bits(around, 16, Collector::add);
    let run = text.run(line, at);
    let alone = u64::from(run.end - run.start == 1);
    to.add(mix(u64::from(around), often.min(2) << 1 | alone));
    let kept = |bits: u32| u64::from(around & bits);
    // A person named in full, an organisation, a place elsewhere.
    to.add(mix(kept(0b100_0000_1000_0111), alone));
    to.add(mix(kept(0b000_0001_0000_1000), alone));
    to.add(mix(kept(0b001_0010_0001_0000), alone));
}

#[cfg(test)]
mod tests {
    use super::super::passage::{Knowledge, Text};
    use super::super::seen::Seen;
    use super::{PLACES, features, features_alone, features_together, group};

    #[test]
    fn what_words_give_alone_and_together_is_everything() {
        let lines = ["Mr John van Dyke of Kent 's (UK) ACME", "IT WAS 3.5%", "x"];
        let lines: Vec<Vec<&str>> = lines.iter().map(|line| line.split(' ').collect()).collect();
        let text = Text::read(&lines, &Knowledge::default(), &mut Seen::default());
        for line in &text.lines {
            for at in 0..text.words_in(line) {
                let (mut all, mut part) = (Vec::new(), Vec::new());
                features(&text, line, at, group::ALL, &mut all);
                features_together(&text, line, at, &mut part);
                let mut parts = part.clone();
                for place in 0..PLACES {
                    features_alone(text.word(line, (at + place).checked_sub(2)), place, &mut part);
                    assert!(!part.is_empty());
                    parts.extend_from_slice(&part);
                }
                all.sort_unstable();
                parts.sort_unstable();
                assert_eq!(all, parts);
            }
        }
    }
}

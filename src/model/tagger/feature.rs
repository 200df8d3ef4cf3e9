//! The features of a word in its sentence, as hashes: one function for training and for tagging.

use super::passage::{Line, Text};
use super::word::{Case, NAME_KINDS, Word};
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

/// Collects hashes, numbering the templates.
struct Collector<'o> {
    template: u64,
    out: &'o mut Vec<u32>,
}

impl Collector<'_> {
    #[inline]
    fn add(&mut self, value: u64) {
        self.template += 1;
        let mixed = mix(self.template.wrapping_mul(0x9e37_79b9_7f4a_7c15), value);
        let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        self.out.push((mixed ^ (mixed >> 32)) as u32);
    }

    /// A feature for each bit that is set.
    #[inline]
    fn bits(&mut self, bits: u32, most: u32) {
        let base = self.template + 1;
        for bit in 0..most {
            if bits >> bit & 1 == 1 {
                self.template = base + u64::from(bit) - 1;
                self.add(1);
            }
        }
        self.template = base + u64::from(most) - 1;
    }
}

#[inline]
fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// Writes the features of the word at `at` into `out`.
pub(crate) fn features(text: &Text, line: &Line, at: usize, groups: u32, out: &mut Vec<u32>) {
    out.clear();
    let here = |offset: isize| text.word(line, at.checked_add_signed(offset));
    let near: [&Word; 5] = [here(-2), here(-1), here(0), here(1), here(2)];
    let mut to = Collector { template: 0, out };
    to.add(0);
    type Part = fn(&mut Collector<'_>, &[&Word; 5]);
    let parts: [(u32, Part); 4] =
        [(group::WORDS, words), (group::SHAPES, shapes), (group::AFFIXES, affixes), (group::CLASSES, classes)];
    for (place, (bit, part)) in parts.iter().enumerate() {
        to.template = 100 * (place as u64 + 1);
        if groups & bit != 0 {
            part(&mut to, &near);
        }
    }
    to.template = 500;
    if groups & group::LISTS != 0 {
        lists(&mut to, line, at, &near);
    }
    to.template = 600;
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

fn words(to: &mut Collector<'_>, [before2, before, word, after, after2]: &[&Word; 5]) {
    to.add(word.form);
    to.add(word.lower);
    to.add(before.lower);
    to.add(after.lower);
    to.add(before2.lower);
    to.add(after2.lower);
    to.add(mix(before.lower, word.lower));
    to.add(mix(word.lower, after.lower));
    to.add(mix(before2.lower, before.lower));
    to.add(mix(after.lower, after2.lower));
    to.add(mix(before.lower, after.lower));
    to.add(mix(before.lower, word.short_shape));
    to.add(mix(after.lower, word.short_shape));
}

fn shapes(to: &mut Collector<'_>, [before2, before, word, after, after2]: &[&Word; 5]) {
    to.add(word.shape);
    to.add(word.short_shape);
    to.add(before.short_shape);
    to.add(after.short_shape);
    to.add(mix(before.short_shape, word.short_shape));
    to.add(mix(word.short_shape, after.short_shape));
    to.add(mix(mix(before.short_shape, word.short_shape), after.short_shape));
    to.add(mix(mix(before2.short_shape, before.short_shape), word.short_shape));
    to.add(mix(mix(word.short_shape, after.short_shape), after2.short_shape));
    to.add(u64::from(word.marks) << 3 | word.case as u64);
}

fn affixes(to: &mut Collector<'_>, [_, before, word, after, _]: &[&Word; 5]) {
    for length in 0..4 {
        to.add(word.prefixes[length]);
        to.add(word.suffixes[length]);
    }
    to.add(mix(word.suffixes[2], word.short_shape));
    to.add(before.suffixes[2]);
    to.add(after.suffixes[2]);
}

fn classes(to: &mut Collector<'_>, [before2, before, word, after, after2]: &[&Word; 5]) {
    let class = |word: &Word, size: usize| u64::from(word.classes[size]);
    for size in 0..3 {
        to.add(class(word, size));
        to.add(class(before, size));
        to.add(class(after, size));
    }
    for size in 1..3 {
        to.add(class(before2, size));
        to.add(class(after2, size));
    }
    to.add(mix(class(before, 1), class(word, 1)));
    to.add(mix(class(word, 1), class(after, 1)));
    to.add(mix(mix(class(before, 2), class(word, 2)), class(after, 2)));
    to.add(mix(class(word, 1), word.short_shape));
    to.add(mix(word.short_shape, mix(class(before, 1), class(after, 1))));
    to.add(mix(class(before2, 2), class(before, 2)));
    to.add(mix(class(after, 2), class(after2, 2)));
}

fn lists(to: &mut Collector<'_>, line: &Line, at: usize, [_, before, word, after, _]: &[&Word; 5]) {
    let bits = |at: Option<usize>| u64::from(at.and_then(|at| line.phrases.get(at)).copied().unwrap_or(0));
    let long = line.long_phrases[at];
    let (left, own, right) = (bits(at.checked_sub(1)), bits(Some(at)), bits(Some(at + 1)));
    to.add(own);
    to.add(mix(left, own));
    to.add(mix(own, right));
    to.add(mix(own, word.short_shape));
    to.add(mix(own, before.lower));
    to.add(mix(own, after.lower));
    to.add(mix(own, u64::from(long)));
    to.bits(own as u32, 16);
    to.bits(u32::from(long), 16);
    let person = u64::from(word.person);
    to.add(person);
    to.add(mix(person, own));
    to.add(mix(u64::from(before.person), person));
    to.add(mix(person, u64::from(after.person)));
    to.add(mix(person, after.short_shape));
    to.add(mix(person, before.short_shape));
    to.bits(u32::from(word.person), 8);
    let kinds = |word: &Word| u64::from(word.kinds & NAME_KINDS);
    to.add(kinds(word));
    to.add(kinds(before));
    to.add(kinds(after));
    to.add(mix(kinds(before), word.short_shape));
    to.add(mix(kinds(after), word.short_shape));
}

fn case(to: &mut Collector<'_>, line: &Line, at: usize, [_, before, word, after, _]: &[&Word; 5]) {
    let usual = |word: &Word| u64::from(word.usual) << 2 | word.case as u64;
    let opening = u64::from(at == 0) | u64::from(at > 0 && before.case == Case::None) << 1;
    let style = u64::from(line.style);
    to.add(usual(word));
    to.add(mix(usual(word), opening << 2 | style));
    to.add(mix(usual(before), usual(word)));
    to.add(mix(usual(word), usual(after)));
    to.add(mix(opening << 2 | style, word.short_shape));
    to.add(mix(style, word.case as u64));
    to.add(mix(usual(word), u64::from(word.classes[2])));
}

fn runs(to: &mut Collector<'_>, text: &Text, line: &Line, at: usize, [_, _, word, _, _]: &[&Word; 5]) {
    let run = line.runs[at];
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

fn document(to: &mut Collector<'_>, text: &Text, line: &Line, at: usize, [_, _, word, _, _]: &[&Word; 5]) {
    let found = text.evidence(line, at);
    let often = u64::from(found.all.min(3));
    let capitals = u64::from(found.inside.min(2)) << 2 | u64::from(found.small.min(2));
    to.add(mix(capitals, word.case as u64));
    to.add(mix(capitals << 1 | u64::from(at == 0), u64::from(word.usual)));
    let around = if word.is_capital() { u32::from(found.around) } else { 0 };
    to.bits(around, 16);
    let run = line.runs[at];
    let alone = u64::from(run.end - run.start == 1);
    to.add(mix(u64::from(around), often.min(2) << 1 | alone));
    let kept = |bits: u32| u64::from(around & bits);
    // A person named in full, an organisation, a place elsewhere.
    to.add(mix(kept(0b100_0000_1000_0111), alone));
    to.add(mix(kept(0b000_0001_0000_1000), alone));
    to.add(mix(kept(0b001_0010_0001_0000), alone));
}

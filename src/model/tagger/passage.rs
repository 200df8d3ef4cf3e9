//! A text made ready for tagging: its distinct words read once, its sentences as numbers of words, the lists' phrases,
//! runs of capitals, and what the whole text tells of each word.

use hashbrown::HashMap;

use super::feature::{PLACES, features_alone};
use super::lists::{LONGEST, NameLists, bit};
use super::model::{Model, Sums};
use super::vocabulary::Vocabulary;
use super::word::{self, Case, EDGE, Word};
use crate::model::gazetteer::{self, class};
use crate::model::interner::Interner;

/// Words that were read before, by spelling: reading one costs more than tagging it, and texts repeat words.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    spellings: Interner,
    /// What was read, by the number of its spelling and one: [`EDGE`] is the first.
    words: Vec<Word>,
    /// For each word the number of its spelling in small letters.
    lower: Vec<u32>,
    lowers: HashMap<u64, u32, foldhash::fast::FixedState>,
    /// What each word alone adds to the scores of the words around it, by its place, once asked for.
    alone: Vec<Option<Box<[Option<Sums>; PLACES]>>>,
    /// Features of a word alone, while its sums are made.
    found: Vec<u32>,
    /// The text that is being read, from 1.
    text: u32,
    /// Each word's number in the text that held it last, and that text.
    in_text: Vec<(u32, u32)>,
    /// The same of spellings in small letters.
    lower_in_text: Vec<(u32, u32)>,
}

/// Most words that are kept; then all are forgotten.
const KEPT: usize = 40_000;
/// The number of [`EDGE`].
const OUTER: u32 = 0;

impl Default for Seen {
    fn default() -> Seen {
        Seen {
            spellings: Interner::default(),
            words: vec![EDGE],
            lower: vec![0],
            lowers: HashMap::default(),
            alone: vec![None],
            found: Vec::new(),
            text: 0,
            in_text: vec![(0, 0)],
            lower_in_text: Vec::new(),
        }
    }
}

impl Seen {
    /// The number of a word.
    fn read(&mut self, text: &str, knowledge: &Knowledge) -> u32 {
        let number = self.spellings.number(text, 0) + 1;
        if (number as usize) < self.words.len() {
            return number;
        }
        let word = Word::read(text, &knowledge.vocabulary, &knowledge.lists);
        let fresh = self.lower_in_text.len() as u32;
        let lower = *self.lowers.entry(word.lower).or_insert(fresh);
        if lower == fresh {
            self.lower_in_text.push((0, 0));
        }
        self.words.push(word);
        self.lower.push(lower);
        self.alone.push(None);
        self.in_text.push((0, 0));
        number
    }

    /// Another text begins.
    fn begin(&mut self) {
        if self.words.len() > KEPT {
            *self = Seen::default();
        }
        self.text += 1;
    }

    /// What a word alone adds to the scores of the word of which it stands in a place.
    pub(crate) fn alone(&mut self, number: u32, place: usize, model: &Model) -> &Sums {
        let word = &self.words[number as usize];
        let found = &mut self.found;
        self.alone[number as usize].get_or_insert_default()[place].get_or_insert_with(|| {
            features_alone(word, place, found);
            model.sums(found)
        })
    }
}

/// What a tagger needs besides weights.
#[derive(Clone, Debug, Default)]
pub(crate) struct Knowledge {
    /// Classes and usual capitals of words.
    pub(crate) vocabulary: Vocabulary,
    /// Long lists of names.
    pub(crate) lists: NameLists,
}

/// A run of capitalised words: first, behind the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A sentence made ready.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// Numbers of its words in [`Text::words`].
    pub(crate) words: Vec<u32>,
    /// What the lists say of the phrases over each word.
    pub(crate) phrases: Vec<u16>,
    /// As `phrases`, of phrases of two words and more.
    pub(crate) long_phrases: Vec<u16>,
    /// The run over each word; empty where there is none.
    pub(crate) runs: Vec<Run>,
    /// 0 plain, 1 all in capitals, 2 every long word capitalised.
    pub(crate) style: u8,
}

/// What all uses of a word tell, in any spelling.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    /// Uses with a small letter.
    pub(crate) small: u16,
    /// Capitalised uses where a capital is not usual.
    pub(crate) inside: u16,
    /// All uses.
    pub(crate) all: u16,
    /// What stands around its capitalised uses, as bits.
    pub(crate) around: u16,
}

/// A text made ready.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) words: Vec<Word>,
    pub(crate) lines: Vec<Line>,
    /// For each word its number among those seen.
    seen: Vec<u32>,
    /// For each word the number of its evidence.
    group: Vec<u32>,
    evidence: Vec<Evidence>,
}

impl Text {
    /// Reads the sentences of a text, given as units. `seen` must come from the same knowledge.
    pub(crate) fn read(sentences: &[Vec<&str>], knowledge: &Knowledge, seen: &mut Seen) -> Text {
        seen.begin();
        let mut text = Text::default();
        let mut buffer = String::new();
        for units in sentences {
            let style = style(units);
            let mut line = Line { style, words: Vec::with_capacity(units.len()), ..Line::default() };
            let mut spelt: Vec<String> = Vec::new();
            if style == 1 {
                spelt.extend(units.iter().map(|u| {
                    let shouted = u.len() > 1 && u.chars().all(|c| !c.is_lowercase());
                    let plain = if shouted { word::unshouted(u, &knowledge.vocabulary) } else { None };
                    plain.unwrap_or_else(|| (*u).to_owned())
                }));
            }
            let unit = |at: usize| spelt.get(at).map_or(units[at], String::as_str);
            line.words.extend((0..units.len()).map(|at| text.number(unit(at), knowledge, seen)));
            text.look_up(&mut line, &unit, knowledge, &mut buffer);
            line.runs = text.runs(&line.words);
            text.lines.push(line);
        }
        text.gather();
        text
    }

    /// The number of a word in this text.
    fn number(&mut self, unit: &str, knowledge: &Knowledge, seen: &mut Seen) -> u32 {
        let word = seen.read(unit, knowledge);
        let (held_by, number) = &mut seen.in_text[word as usize];
        if *held_by != seen.text {
            (*held_by, *number) = (seen.text, self.words.len() as u32);
            let (held_by, group) = &mut seen.lower_in_text[seen.lower[word as usize] as usize];
            if *held_by != seen.text {
                (*held_by, *group) = (seen.text, self.evidence.len() as u32);
                self.evidence.push(Evidence::default());
            }
            self.group.push(*group);
            self.words.push(seen.words[word as usize]);
            self.seen.push(word);
        }
        *number
    }

    /// Number of words of a line.
    pub(crate) fn words_in(&self, line: &Line) -> usize {
        line.words.len()
    }

    /// A word of a line, or the edge.
    pub(crate) fn word(&self, line: &Line, at: Option<usize>) -> &Word {
        match at.and_then(|at| line.words.get(at)) {
            Some(&number) => &self.words[number as usize],
            None => &EDGE,
        }
    }

    /// The number of a word of a line, or of the edge, among those seen.
    pub(crate) fn seen(&self, line: &Line, at: Option<usize>) -> u32 {
        at.and_then(|at| line.words.get(at)).map_or(OUTER, |&number| self.seen[number as usize])
    }

    /// What the text tells of a word of a line.
    pub(crate) fn evidence(&self, line: &Line, at: usize) -> Evidence {
        self.evidence[self.group[line.words[at] as usize] as usize]
    }

    /// Marks the phrases of the lists.
    fn look_up<'u>(
        &self,
        line: &mut Line,
        unit: &impl Fn(usize) -> &'u str,
        knowledge: &Knowledge,
        buffer: &mut String,
    ) {
        let length = line.words.len();
        line.phrases = vec![0; length];
        line.long_phrases = vec![0; length];
        for start in 0..length {
            let first = self.word(line, Some(start));
            if !first.is_capital() && first.kinds & class::START_PARTICLE == 0 {
                continue;
            }
            buffer.clear();
            let mut glue = true;
            for end in start..(start + LONGEST).min(length) {
                let hyphen = matches!(unit(end), "-" | "\u{2010}" | "\u{2011}");
                if !glue && !hyphen {
                    buffer.push(' ');
                }
                glue = hyphen;
                gazetteer::push_folded(unit(end), buffer);
                if !self.word(line, Some(end)).is_capital() && end > start {
                    continue;
                }
                let bits = knowledge.lists.phrase(buffer);
                if bits != 0 {
                    line.phrases[start..=end].iter_mut().for_each(|held| *held |= bits);
                    if end > start {
                        line.long_phrases[start..=end].iter_mut().for_each(|held| *held |= bits);
                    }
                }
            }
        }
    }

    /// The runs of capitals, with the small words that names hold.
    fn runs(&self, words: &[u32]) -> Vec<Run> {
        let word = |at: usize| &self.words[words[at] as usize];
        let mut runs = vec![Run::default(); words.len()];
        let mut at = 0;
        while at < words.len() {
            if !word(at).is_capital() {
                at += 1;
                continue;
            }
            let start = at;
            let mut end = at + 1;
            loop {
                while end < words.len() && word(end).is_capital() {
                    end += 1;
                }
                let inner = end + 1 < words.len() && word(end + 1).is_capital() && joins(word(end));
                if !inner {
                    break;
                }
                end += 2;
            }
            runs[start..end].fill(Run { start, end });
            at = end;
        }
        runs
    }

    /// Gathers evidence over all lines.
    fn gather(&mut self) {
        let known = Known::new();
        let mut evidence = std::mem::take(&mut self.evidence);
        for line in &self.lines {
            for at in 0..line.words.len() {
                let word = self.word(line, Some(at));
                let held = &mut evidence[self.group[line.words[at] as usize] as usize];
                held.all = held.all.saturating_add(1);
                if !word.is_capital() {
                    held.small = held.small.saturating_add(u16::from(line.style == 0));
                    continue;
                }
                let before = self.word(line, at.checked_sub(1));
                let opening = at == 0 || before.case == Case::None;
                if line.style == 0 && !opening {
                    held.inside = held.inside.saturating_add(1);
                }
                held.around |= self.around(line, at, &known);
            }
        }
        self.evidence = evidence;
    }

    /// What stands around a capitalised word, as bits.
    fn around(&self, line: &Line, at: usize, known: &Known) -> u16 {
        let (word, before) = (self.word(line, Some(at)), self.word(line, at.checked_sub(1)));
        let after = self.word(line, Some(at + 1));
        let run = line.runs[at];
        let long = run.end - run.start > 1;
        let head = self.word(line, Some(run.end.max(1) - 1));
        let phrases = line.long_phrases[at];
        let given = |word: &Word| word.is_capital() && word.person & 0b1_0001 != 0;
        let tests = [
            given(before),
            before.kinds & (class::TITLE | class::TITLE_CORE | class::ROLE_NOUN) != 0,
            given(word) && after.is_capital(),
            long && head.kinds & class::ORG != 0,
            known.place.contains(&before.lower),
            before.lower == known.the,
            after.lower == known.possessive,
            phrases & (bit::PERSON | bit::POLITICIAN) != 0,
            phrases & (bit::ORG | bit::FIRM) != 0,
            phrases & (bit::COUNTRY | bit::PLACE | bit::LOC | bit::TOWN | bit::STATE) != 0,
            long && at + 1 == run.end,
            long && at == run.start,
            long && head.kinds & (class::LOC | class::FAC) != 0,
            before.lower == known.opening && after.lower == known.closing,
            long && given(self.word(line, Some(run.start))),
        ];
        tests.iter().enumerate().fold(0, |bits, (place, &test)| bits | u16::from(test) << place)
    }
}

/// Words that evidence looks for.
struct Known {
    place: [u64; 4],
    the: u64,
    possessive: u64,
    opening: u64,
    closing: u64,
}

impl Known {
    fn new() -> Known {
        let hash = |word: &str| word::hash(word.as_bytes());
        Known {
            place: ["in", "at", "from", "near"].map(hash),
            the: hash("the"),
            possessive: hash("'s"),
            opening: hash("("),
            closing: hash(")"),
        }
    }
}

/// Whether a word joins two capitalised ones in a name.
fn joins(word: &Word) -> bool {
    // `&` and hyphens are one mark; particles are `de`, `van`.
    word.kinds & class::PARTICLE != 0 || word.lower == word::hash(b"&") || word.lower == word::hash(b"-")
}

fn style(units: &[&str]) -> u8 {
    let (mut shouted, mut capital, mut small, mut long) = (0, 0, 0, 0);
    for unit in units.iter().filter(|u| u.len() > 1 && u.starts_with(char::is_alphabetic)) {
        let all = !unit.chars().any(char::is_lowercase);
        shouted += usize::from(all);
        if unit.len() > 3 {
            long += 1;
            capital += usize::from(unit.starts_with(char::is_uppercase));
            small += usize::from(unit.starts_with(char::is_lowercase));
        }
    }
    let words = units.iter().filter(|u| u.len() > 1 && u.starts_with(char::is_alphabetic)).count();
    if words >= 2 && shouted * 10 >= words * 8 {
        1
    } else if long >= 3 && small * 8 <= long && capital > 2 {
        2
    } else {
        0
    }
}

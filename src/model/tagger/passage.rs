//! A text made ready for tagging: its distinct words read once, its sentences as numbers of words, the lists' phrases,
//! runs of capitals, and what the whole text tells of each word.

use super::lists::{LONGEST, NameLists, bit};
use super::seen::{OUTER, Seen};
use super::vocabulary::Vocabulary;
use super::word::{self, Case, EDGE, Word};
use crate::model::gazetteer::{self, class};

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

/// A sentence made ready: a part of a [`Text`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Its first unit.
    start: usize,
    /// The unit after its last.
    end: usize,
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
    pub(crate) lines: Vec<Line>,
    /// For each unit the number of its word.
    units: Vec<u32>,
    /// What the lists say of the phrases over each unit.
    phrases: Vec<u16>,
    /// As `phrases`, of phrases of two words and more.
    long_phrases: Vec<u16>,
    /// The run over each unit, counted from the start of its line; empty where there is none.
    runs: Vec<Run>,
    words: Vec<Word>,
    /// For each word its number among those seen.
    seen: Vec<u32>,
    /// For each word the number of its evidence.
    group: Vec<u32>,
    evidence: Vec<Evidence>,
}

impl Text {
    /// Reads the sentences of a text, given as units. `seen` must come from the same knowledge.
    pub(crate) fn read(sentences: &[Vec<&str>], knowledge: &Knowledge, seen: &mut Seen) -> Text {
        let mut text = seen.begin();
        text.clear();
        let mut buffer = String::new();
        for units in sentences {
            let style = style(units);
            let mut spelt: Vec<String> = Vec::new();
            if style == 1 {
                spelt.extend(units.iter().map(|u| {
                    let shouted = u.len() > 1 && u.chars().all(|c| !c.is_lowercase());
                    let plain = if shouted { word::unshouted(u, &knowledge.vocabulary) } else { None };
                    plain.unwrap_or_else(|| (*u).to_owned())
                }));
            }
            let unit = |at: usize| spelt.get(at).map_or(units[at], String::as_str);
            let start = text.units.len();
            // All are looked up before anything is asked of one: so the processor waits for many at once.
            text.units.extend((0..units.len()).map(|at| seen.read(unit(at), knowledge)));
            for at in start..text.units.len() {
                text.units[at] = text.number(text.units[at], seen);
            }
            let line = Line { start, end: start + units.len(), style };
            text.look_up(&line, &unit, (knowledge, seen), &mut buffer);
            text.find_runs(&line);
            text.lines.push(line);
        }
        text.gather();
        text
    }

    fn clear(&mut self) {
        let Text { lines, units, phrases, long_phrases, runs, words, seen, group, evidence } = self;
        lines.clear();
        units.clear();
        phrases.clear();
        long_phrases.clear();
        runs.clear();
        words.clear();
        seen.clear();
        group.clear();
        evidence.clear();
    }

    /// The number in this text of a word that was seen.
    fn number(&mut self, seen_number: u32, seen: &mut Seen) -> u32 {
        let next = (self.words.len() as u32, self.evidence.len() as u32);
        let (number, first) = seen.number_in_text(seen_number, next);
        if let Some((word, group)) = first {
            if group == next.1 {
                self.evidence.push(Evidence::default());
            }
            self.group.push(group);
            self.words.push(word);
            self.seen.push(seen_number);
        }
        number
    }

    /// Number of units.
    pub(super) fn units(&self) -> usize {
        self.units.len()
    }

    /// Number of words of a line.
    pub(crate) fn words_in(&self, line: &Line) -> usize {
        line.end - line.start
    }

    /// A word of a line, or the edge.
    pub(crate) fn word(&self, line: &Line, at: Option<usize>) -> &Word {
        self.number_at(line, at).map_or(&EDGE, |number| &self.words[number as usize])
    }

    /// The number of a word of a line, or of the edge, among those seen.
    pub(crate) fn seen(&self, line: &Line, at: Option<usize>) -> u32 {
        self.number_at(line, at).map_or(OUTER, |number| self.seen[number as usize])
    }

    fn number_at(&self, line: &Line, at: Option<usize>) -> Option<u32> {
        at.and_then(|at| self.units[line.start..line.end].get(at)).copied()
    }

    /// What the lists say of the phrases over a word of a line; nothing of the edge.
    pub(crate) fn phrases(&self, line: &Line, at: Option<usize>) -> u16 {
        at.and_then(|at| self.phrases[line.start..line.end].get(at)).copied().unwrap_or(0)
    }

    /// As [`Text::phrases`], of phrases of two words and more.
    pub(crate) fn long_phrases(&self, line: &Line, at: usize) -> u16 {
        self.long_phrases[line.start + at]
    }

    /// The run over a word of a line; empty where there is none.
    pub(crate) fn run(&self, line: &Line, at: usize) -> Run {
        self.runs[line.start + at]
    }

    /// What the text tells of a word of a line.
    pub(crate) fn evidence(&self, line: &Line, at: usize) -> Evidence {
        self.evidence[self.group[self.units[line.start + at] as usize] as usize]
    }

    /// Marks the phrases of the lists.
    fn look_up<'u>(
        &mut self,
        line: &Line,
        unit: &impl Fn(usize) -> &'u str,
        (knowledge, seen): (&Knowledge, &Seen),
        buffer: &mut String,
    ) {
        self.phrases.resize(line.end, 0);
        self.long_phrases.resize(line.end, 0);
        for start in 0..self.words_in(line) {
            if !self.word(line, Some(start)).begins_phrase() {
                continue;
            }
            self.phrases[line.start + start] |= seen.phrase(self.seen(line, Some(start)));
            let most = (start + LONGEST).min(self.words_in(line));
            let Some(last) = (start + 1..most).rev().find(|&end| self.word(line, Some(end)).is_capital()) else {
                continue;
            };
            buffer.clear();
            let mut glue = true;
            for end in start..=last {
                let hyphen = matches!(unit(end), "-" | "\u{2010}" | "\u{2011}");
                if !glue && !hyphen {
                    buffer.push(' ');
                }
                glue = hyphen;
                gazetteer::push_folded(unit(end), buffer);
                if end == start || !self.word(line, Some(end)).is_capital() {
                    continue;
                }
                let bits = knowledge.lists.phrase(buffer);
                if bits != 0 {
                    let over = line.start + start..=line.start + end;
                    self.phrases[over.clone()].iter_mut().for_each(|held| *held |= bits);
                    self.long_phrases[over].iter_mut().for_each(|held| *held |= bits);
                }
            }
        }
    }

    /// Finds the runs of capitals, with the small words that names hold.
    fn find_runs(&mut self, line: &Line) {
        let length = self.words_in(line);
        self.runs.resize(line.end, Run::default());
        let is_capital = |text: &Text, at: usize| at < length && text.word(line, Some(at)).is_capital();
        let mut at = 0;
        while at < length {
            if !is_capital(self, at) {
                at += 1;
                continue;
            }
            let start = at;
            let mut end = at + 1;
            loop {
                while is_capital(self, end) {
                    end += 1;
                }
                if !is_capital(self, end + 1) || !joins(self.word(line, Some(end))) {
                    break;
                }
                end += 2;
            }
            self.runs[line.start + start..line.start + end].fill(Run { start, end });
            at = end;
        }
    }

    /// Gathers evidence over all lines.
    fn gather(&mut self) {
        let known = Known::new();
        let mut evidence = std::mem::take(&mut self.evidence);
        for line in &self.lines {
            for at in 0..self.words_in(line) {
                let word = self.word(line, Some(at));
                let held = &mut evidence[self.group[self.units[line.start + at] as usize] as usize];
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
        let run = self.run(line, at);
        let long = run.end - run.start > 1;
        let head = self.word(line, Some(run.end.max(1) - 1));
        let phrases = self.long_phrases(line, at);
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

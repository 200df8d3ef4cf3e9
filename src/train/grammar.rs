//! Made-up sentences that teach the grammar of opinion: who judges, who is judged, and that topics of news are no
//! opinions. Terms come from byline's lexicon by their category; names are masked by the features, so which they are
//! does not matter.
//!
//! In a sentence `{x}` is the target with its sign after the bar: `s` that of the term, `-` its opposite, `0` neutral.

use crate::evaluate::sentiment::Gold;
use crate::model::lexicon::{self, Category};
use crate::model::prior;

const NAMES: [&str; 8] = [
    "Angela Merkel",
    "Barack Obama",
    "Emmanuel Macron",
    "Theresa May",
    "Hillary Clinton",
    "Microsoft",
    "Boris Johnson",
    "Nancy Pelosi",
];

const TAILS: [&str; 8] = [
    "",
    " on Monday",
    " in a speech",
    " over the new plan",
    " during a meeting in the capital",
    ", according to two people in the room",
    " last week",
    " at a press conference",
];

/// Sentences with a finite past form, by category. `A` and `B` are names, `V` is the term, `Q` any quality.
const JUDGMENT: &[(&str, char, char)] = &[
    ("A V B", '0', 's'),
    ("A sharply V B", '0', 's'),
    ("A has repeatedly V B", '0', 's'),
    ("A later V B for the decision", '0', 's'),
    ("B was V by A", '0', 's'),
    ("B has been V by A", '0', 's'),
    ("B, V by A, left the hall", '0', 's'),
    ("A V both C and B", '0', 's'),
    ("A and C V B", '0', 's'),
    ("A never V B", '0', '-'),
    ("A said that C had V B", '0', 's'),
    ("A V B for the work on the harbour", '0', 's'),
    ("B was V by A for the speech", '0', 's'),
    ("A V B over the letter", '0', 's'),
    ("A V B for Q help", '0', 's'),
    ("B was V by A for Q work", '0', 's'),
    ("A V B for the bridge", '0', 's'),
];
/// The same with base forms.
const JUDGMENT_BASE: &[(&str, char, char)] = &[
    ("A refused to V B", '0', '-'),
    ("A declined to V B", '0', '-'),
    ("A would not V B", '0', '-'),
    ("A did not V B", '0', '-'),
    ("A will V B", '0', 's'),
    ("A wants to V B", '0', 's'),
    ("A asked C to V B", '0', 's'),
    ("A is trying to V B", '0', 's'),
];
const ACT_BASE: &[(&str, char, char)] = &[
    ("A is trying to V B", 's', '0'),
    ("A wants to V B", 's', '0'),
    ("A will V B", 's', '0'),
    ("B accused A of trying to V C", 's', '0'),
    ("A did not V B", '-', '0'),
];
const ACT: &[(&str, char, char)] = &[
    ("A V the voters", 's', ' '),
    ("A has V the agency", 's', ' '),
    ("B met A, who V the council", 's', '0'),
    ("B said that A V the country", 's', '0'),
    ("the town was V by A", 's', ' '),
    ("A never V the voters", '-', ' '),
    ("A has never V anyone", '-', ' '),
    ("A never once V the town", '-', ' '),
    ("A never V the workers", '-', ' '),
];
const ADJECTIVE: &[(&str, char, char)] = &[
    ("A is V", 's', ' '),
    ("A was V and tall", 's', ' '),
    ("A has been very V", 's', ' '),
    ("A seems V", 's', ' '),
    ("A is not V", '-', ' '),
    ("A isn't V", '-', ' '),
    ("A was never V", '-', ' '),
    ("A is not only V but also young", 's', ' '),
    ("the V A left", 's', ' '),
    ("A's V plan was read aloud", 's', ' '),
    ("B said A is V", 's', '0'),
    ("A, who is V, met B", 's', '0'),
    ("no one calls A V", '-', ' '),
    ("there was nothing V about A", '-', ' '),
    ("A is neither V nor young", '-', ' '),
    ("A met B, who is V", '0', 's'),
    ("B described A as V", 's', '0'),
    ("A failed to be V", '-', ' '),
    ("the plan of A was V", 's', ' '),
    ("the plan of A was not V", '-', ' '),
    ("the speech of A was not only V but short", 's', ' '),
    ("the road is V to A", '0', ' '),
];
/// How somebody does something; `V` is an adverb.
const ADVERB: &[(&str, char, char)] = &[
    ("A acted V", 's', ' '),
    ("A has V handled the matter", 's', ' '),
    ("A finally answered V", 's', ' '),
    ("A has governed V", 's', ' '),
    ("A treated B V", 's', '0'),
    ("A V answered every question", 's', ' '),
    ("A has finally acted V", 's', ' '),
    ("A behaved V", 's', ' '),
    ("A has always behaved V toward B", 's', '0'),
    ("A spoke V", 's', ' '),
    ("A did not act V", '-', ' '),
    ("A has not behaved V", '-', ' '),
    ("A has at last acted V", 's', ' '),
    ("A has by now replied V", 's', ' '),
    ("A played the game V", 's', ' '),
    ("A failed to act V", '-', ' '),
    ("B said that A worked V", 's', '0'),
];
const CRITICISM: &[(&str, char, char)] = &[
    ("there was V of A", 's', ' '),
    ("A faces V", 's', ' '),
    ("A drew V", 's', ' '),
    ("A came under V", 's', ' '),
    ("A deserves the V", 's', ' '),
    ("A did not deserve the V", '-', ' '),
    ("A has earned the V", 's', ' '),
    ("a letter of V from A was read", '0', ' '),
    ("A's V of B went on", '0', 's'),
    ("A joined the V of B", '0', 's'),
];
const DEED: &[(&str, char, char)] = &[
    ("it was A's V", 's', ' '),
    ("the V by A went on", 's', ' '),
    ("the V against A went on", '0', ' '),
    ("the V of the army against A was on the news", '0', ' '),
    ("people watched the V in A", '0', ' '),
    ("A never took part in the V", '-', ' '),
    ("B spoke of A's V", 's', '0'),
];
/// What is done to somebody, who is not judged by that; `V` is such a deed.
const SUFFERED: &[(&str, char, char)] = &[
    ("the V of A went on", '0', ' '),
    ("B spoke about the V of A", '0', '0'),
    ("B mourned after the V of A", '0', '0'),
    ("there was nothing Q in the V of A", '0', ' '),
    ("there was nothing Q about the V of A", '0', ' '),
    ("it was a Q V of A", '0', ' '),
    ("the V of A was Q", '0', ' '),
    ("the V of A by B was Q", '0', '-'),
    ("B began the V of A", '0', '-'),
    ("A's V was Q", '0', ' '),
];
const SUFFERED_WORDS: [&str; 18] = [
    "invasion",
    "occupation",
    "bombing",
    "shelling",
    "annexation",
    "siege",
    "persecution",
    "murder",
    "killing",
    "abduction",
    "kidnapping",
    "torture",
    "assassination",
    "shooting",
    "plunder",
    "blockade",
    "bombardment",
    "partition",
];
/// Sentences without an opinion; `V` is a topic.
const PLAIN: &[(&str, char, char)] = &[
    ("A spoke about V", '0', ' '),
    ("A discussed V with B", '0', '0'),
    ("A met B to talk about V", '0', '0'),
    ("A wrote a report on V", '0', ' '),
    ("A leads the committee on V", '0', ' '),
    ("A and B disagree about V", '0', '0'),
    ("A voted for the bill on V", '0', ' '),
    ("A arrived, and V was on the agenda", '0', ' '),
    ("A announced new measures on V", '0', ' '),
    ("A offered a plan on V", '0', ' '),
    ("A saw V", '0', ' '),
    ("A bought land", '0', ' '),
    ("B asked A as well as C about V", '0', '0'),
    ("the office of A sent a note on V", '0', ' '),
    ("readers of A wrote about V", '0', ' '),
    ("A went to the meeting on V and came home late", '0', ' '),
    ("the plan of A does not mention V", '0', ' '),
    ("the draft of A does not include V", '0', ' '),
    ("A's paper does not cover V", '0', ' '),
    ("A's plan did not include V", '0', ' '),
    ("A supporters marched to talk about V", '0', ' '),
    ("A voters met over V", '0', ' '),
    ("the aides of A read papers on V", '0', ' '),
    ("A set out papers on V", '0', ' '),
    ("A signed accords on V", '0', ' '),
    ("A runs the club as well as V", '0', ' '),
    ("A heads the board as well as the school", '0', ' '),
];
/// Words that name what news is about.
const TOPICS: [&str; 28] = [
    "the removal of the lamps",
    "the building of the bridge",
    "the keys of the house",
    "the timetable",
    "the new roads",
    "trade and transport",
    "the closing of the mill",
    "the council",
    "the war",
    "peace",
    "security",
    "the crisis",
    "the conflict",
    "military aid",
    "trade",
    "the budget",
    "crime",
    "the party",
    "unemployment",
    "the pandemic",
    "nuclear weapons",
    "terrorism",
    "health care",
    "the death penalty",
    "free trade",
    "the treaty",
    "border security",
    "the cancer law",
];

/// Sentences with a topic before a noun.
const TOPICAL: &[(&str, char, char)] = &[
    ("A offered a V plan", '0', ' '),
    ("A and the V movement met", '0', ' '),
    ("A joined the V talks", '0', ' '),
    ("A signed a V law", '0', ' '),
    ("A strengthened V ties with B", '0', '0'),
    ("A runs the V office as well as the school", '0', ' '),
];
const TOPIC_WORDS: [&str; 10] =
    ["peace", "anti-war", "security", "crisis", "budget", "trade", "defense", "nuclear", "military", "tax"];

/// Sentences with a word of war that only names a kind of thing.
const EQUIPPED: &[(&str, char, char)] = &[
    ("A ordered V aircraft", '0', ' '),
    ("A bought V ships", '0', ' '),
    ("A sold V helicopters to B", '0', '0'),
    ("A visited the V boats", '0', ' '),
    ("A builds V vehicles", '0', ' '),
];
const EQUIPMENT: [&str; 8] = ["attack", "assault", "combat", "strike", "war", "fighter", "battle", "bomb"];

/// So many labelled targets, always the same.
pub(super) fn sentences(most: usize) -> Vec<Gold> {
    let terms = lexicon::terms();
    let of = |category: Category, fits: fn(&str) -> bool| -> Vec<(&str, i8)> {
        let fitting =
            terms.iter().filter(|(word, term)| term.category == category && term.weight.abs() >= 250 && fits(word));
        fitting.map(|(word, term)| (word.as_str(), term.weight.signum() as i8)).collect()
    };
    let adverbs: Vec<(String, i8)> = of(Category::Quality, |word| !word.contains(' '))
        .into_iter()
        .filter(|(word, _)| is_adjective(word) && !word.ends_with("ble") || has_adverb(word))
        .map(|(word, sign)| (format!("{word}ly"), sign))
        .collect();
    let suffered: Vec<(&str, i8)> = SUFFERED_WORDS.iter().map(|deed| (*deed, -1)).collect();
    let qualities: Vec<&str> = of(Category::Quality, is_quality).into_iter().map(|(word, _)| word).collect();
    let topical: Vec<(&str, i8)> = TOPIC_WORDS.iter().map(|topic| (*topic, 0)).collect();
    let topics: Vec<(&str, i8)> = TOPICS.iter().map(|topic| (*topic, 0)).collect();
    let lists = [
        (JUDGMENT, of(Category::Judgment, is_past)),
        (JUDGMENT, of(Category::Judgment, is_past)),
        (JUDGMENT_BASE, of(Category::Judgment, is_base)),
        (ACT_BASE, of(Category::Act, is_base)),
        (ACT, of(Category::Act, is_past)),
        (ADJECTIVE, of(Category::Quality, is_quality)),
        (ADJECTIVE, of(Category::Quality, is_quality)),
        (ADJECTIVE, of(Category::Quality, is_quality)),
        (ADVERB, adverbs.iter().map(|(word, sign)| (word.as_str(), *sign)).collect()),
        (CRITICISM, of(Category::Criticism, |word| !word.ends_with('s'))),
        (DEED, of(Category::Deed, |word| !word.ends_with('s'))),
        (SUFFERED, suffered),
        (TOPICAL, topical),
        (EQUIPPED, EQUIPMENT.iter().map(|word| (*word, 0)).collect()),
        (PLAIN, topics.clone()),
        (PLAIN, topics),
    ];
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut made = Vec::new();
    while made.len() < most {
        let (patterns, words) = &lists[dice.below(lists.len())];
        if words.is_empty() {
            break;
        }
        let (pattern, first, second) = patterns[dice.below(patterns.len())];
        let (word, sign) = words[dice.below(words.len())];
        let tail = TAILS[dice.below(TAILS.len())];
        let start = dice.below(NAMES.len());
        let quality = qualities.get(dice.below(qualities.len().max(1))).copied().unwrap_or_default();
        for (letter, rule) in [('A', first), ('B', second)] {
            let polarity = match rule {
                's' => sign,
                '-' => -sign,
                '0' => 0,
                _ => continue,
            };
            made.push(sentence((pattern, word, quality), tail, start, letter, polarity));
        }
    }
    made.truncate(most);
    made
}

fn sentence(
    (pattern, word, quality): (&str, &str, &str),
    tail: &str,
    names: usize,
    target: char,
    polarity: i8,
) -> Gold {
    let (mut text, mut start, mut end) = (String::new(), 0, 0);
    let mut characters = pattern.chars().peekable();
    let mut before = ' ';
    while let Some(c) = characters.next() {
        let alone = !before.is_alphabetic() && !characters.peek().is_some_and(|next| next.is_alphabetic());
        match c {
            'A' | 'B' | 'C' if alone => {
                let number = (names + (c as usize - 'A' as usize) * 3) % NAMES.len();
                if c == target {
                    start = text.chars().count();
                }
                text.push_str(NAMES[number]);
                if c == target {
                    end = text.chars().count();
                }
            }
            'V' if alone => text.push_str(word),
            'Q' if alone => text.push_str(quality),
            _ => text.push(c),
        }
        before = c;
    }
    text.push_str(tail);
    text.push('.');
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    Gold { text, start, end, polarity, ..Gold::default() }
}

fn is_past(word: &str) -> bool {
    word.ends_with("ed") && !word.contains(' ')
}

fn is_base(word: &str) -> bool {
    !word.contains(' ') && !["ed", "s", "ing"].iter().any(|ending| word.ends_with(ending))
}

fn is_adjective(word: &str) -> bool {
    const ENDINGS: [&str; 8] = ["ful", "ous", "ive", "ent", "less", "able", "ible", "ant"];
    !word.contains([' ', '-']) && word.len() > 5 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

fn is_quality(word: &str) -> bool {
    is_adjective(word) || has_adverb(word)
}

/// Whether a general lexicon knows the adverb of a word, which is an adjective then: `honest`, `brave`.
fn has_adverb(word: &str) -> bool {
    !word.contains([' ', '-']) && prior::prior(&format!("{word}ly")).is_some()
}

/// Numbers that are always the same (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn targets_stand_where_they_are_said_to() {
        let made = sentences(500);
        assert_eq!(made.len(), 500);
        for gold in &made {
            let target: String = gold.text.chars().skip(gold.start).take(gold.end - gold.start).collect();
            assert!(super::NAMES.contains(&target.as_str()), "{}: {target}", gold.text);
        }
        for sign in -1..=1 {
            assert!(made.iter().filter(|gold| gold.polarity == sign).count() > 50, "{sign}");
        }
    }
}

//! Invented articles from a fixed arithmetic generator: the same text for the same seed on every machine. They hold
//! what the tables are about (names, aliases, quotations of three kinds, praise and blame, odd punctuation) in a
//! mixture that no one wrote by hand. It writes files only where it is told to.

use std::fmt::Write as _;
use std::path::Path;

/// Numerical Recipes' 64-bit linear congruential generator; its upper half is used.
pub(crate) struct Dice(u64);

impl Dice {
    /// A generator that starts at `seed`.
    pub(crate) fn seeded(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }

    /// One of a list.
    pub(crate) fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const FULL: &[&str] = &[
    "Adaeze Okafor",
    "Johan Lindqvist",
    "Helen Marsh",
    "Rupert Ashdown",
    "Priya Raman",
    "Gwen Talbot",
    "Felix Drummond",
    "Oren Castellan",
    "Lena Forsberg",
    "Ingrid Solheim",
    "Marek Dvorski",
    "Tamsin Osei",
];
const SHORT: &[&str] = &[
    "Okafor",
    "Lindqvist",
    "Marsh",
    "Ashdown",
    "Raman",
    "Talbot",
    "Drummond",
    "Castellan",
    "Forsberg",
    "Solheim",
    "Dvorski",
    "Osei",
];
const FIRMS: &[&str] = &[
    "Kestrel Energy",
    "Brightwater Holdings",
    "Harbourline",
    "Oakhurst Securities",
    "Dunmore Turbine Works",
    "the Coastal Fisheries Authority",
    "the CFA",
];
const PLACES: &[&str] = &[
    "Norway",
    "Britain",
    "China",
    "the United States",
    "Germany",
    "Washington",
    "Beijing",
    "Downing Street",
    "Canada",
    "the US",
    "Iceland",
    "the U.S.",
];
const PEOPLES: &[&str] = &["Norwegian", "British", "Chinese", "American", "German", "Canadian"];
const GOOD: &[&str] = &["excellent", "honest", "careful", "generous", "reliable", "fair", "brave"];
const BAD: &[&str] = &["reckless", "shameful", "dishonest", "disastrous", "hopeless", "corrupt", "cruel"];
const BLAME: &[&str] = &["denounced", "criticized", "attacked", "condemned", "accused"];
const THINGS: &[&str] = &[
    "quota",
    "survey",
    "barrage",
    "contract",
    "turbine",
    "settlement",
    "ferry terminal",
    "draft report",
    "sea wall",
    "licence",
    "tariff list",
    "timetable",
];
const VERBS: &[&str] = &["signed", "reviewed", "delayed", "published", "rejected", "approved", "discussed", "copied"];
const TIMES: &[&str] = &["on Monday", "last week", "in March", "after the vote", "before dawn", "in 2024", "this year"];
const MONTHS: &[&str] = &["January", "February", "March", "April", "May", "June", "July", "August"];

fn sentence(dice: &mut Dice, out: &mut String) {
    let who = dice.below(FULL.len());
    let name = if dice.below(3) == 0 { FULL[who] } else { SHORT[who] };
    let other = dice.pick(SHORT);
    let (firm, place, thing) = (dice.pick(FIRMS), dice.pick(PLACES), dice.pick(THINGS));
    let (good, bad, when, verb) = (dice.pick(GOOD), dice.pick(BAD), dice.pick(TIMES), dice.pick(VERBS));
    let number = dice.below(9_000) + 11;
    let written = match dice.below(14) {
        0 => write!(out, "{name} {verb} the {thing} {when}. "),
        1 => write!(out, "“{firm} has been {bad},” said {name}. “We expected {number} jobs.” "),
        2 => write!(out, "\"The {thing} is {good},\" {name} said, \"and {place} knows it.\" "),
        3 => write!(out, "According to {name}, {place} {verb} {number} pages of the {thing} {when}. "),
        4 => write!(out, "{name} {} {firm} over the {thing}. ", dice.pick(BLAME)),
        5 => write!(out, "{} officials said that {firm} was not {good}—{when}, at least. ", dice.pick(PEOPLES)),
        6 => write!(out, "The {name}-{other} talks cost £{number}, or {}%. ", number % 100),
        7 => write!(out, "{firm}’s {thing} is {bad}, and {name}'s reply was {good}. "),
        8 => write!(out, "It told us that {place} never {verb} the well-known {thing}. "),
        9 => write!(out, "“He told me, ‘{place} is {good},’ and {when} I believed him,” {name} said. "),
        10 => write!(out, "{place} praised {firm}; {other} called the {thing} “{bad}”. "),
        11 => write!(out, "See https://news.example/{number} or write to desk{number}@news.example. "),
        12 => write!(out, "The {thing}, which {firm} {verb} {when}, costs ${number}.50 a day. "),
        _ => write!(out, "Nobody {verb} the {thing} of batch{number} {when}. "),
    };
    written.expect("writing to a string");
}

/// One article of about `bytes` bytes: title, byline, date line and paragraphs, some hard-wrapped.
pub(crate) fn article(seed: u64, bytes: usize) -> String {
    let mut dice = Dice::seeded(seed);
    let mut text = String::with_capacity(bytes + 1_000);
    let (place, thing, name) = (dice.pick(PLACES), dice.pick(THINGS), dice.pick(FULL));
    let (day, month, year) = (dice.below(28) + 1, dice.pick(MONTHS), 2021 + dice.below(4));
    let written = write!(text, "# {place} waits for the {thing}\n\nBy {name}\n{day} {month} {year}\n\n");
    written.expect("writing to a string");
    while text.len() < bytes {
        let mut paragraph = String::new();
        for _ in 0..dice.below(4) + 1 {
            sentence(&mut dice, &mut paragraph);
        }
        let width = if dice.below(2) == 0 { usize::MAX } else { 72 };
        let mut column = 0;
        for word in paragraph.split_whitespace() {
            let wrap = column > 0 && column + word.chars().count() > width;
            if column > 0 {
                text.push(if wrap { '\n' } else { ' ' });
            }
            column = if wrap { 0 } else { column } + word.chars().count() + 1;
            text.push_str(word);
        }
        text.push_str("\n\n");
    }
    text
}

/// Writes `count` articles of about `bytes` bytes each into `folder`, in sub-folders named as outlets.
pub(crate) fn corpus(folder: &Path, seed: u64, count: usize, bytes: usize) {
    for at in 0..count {
        let outlet = folder.join(["alpha-post", "beta-times", "gamma-wire"][at % 3]);
        std::fs::create_dir_all(&outlet).unwrap_or_else(|e| panic!("cannot make {}: {e}", outlet.display()));
        let path = outlet.join(format!("article-{at:04}.{}", ["txt", "md"][at % 2]));
        let text = article(seed + at as u64, bytes);
        std::fs::write(&path, text).unwrap_or_else(|e| panic!("cannot write {}: {e}", path.display()));
    }
}

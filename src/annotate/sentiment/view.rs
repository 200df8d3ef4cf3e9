//! One sentence as the sentiment model sees it: a row of slots, each a word, a mark or a whole name.
//!
//! Reads tokens, mentions and the terms found in the sentence; writes nothing. Names are masked, so that the model learns
//! what is said of names and not the names: a mention is one slot, and so are capitalised words in a row inside a
//! sentence. Whether a slot stands in quotation marks is told by the marks of the sentence alone.

use std::sync::LazyLock;

use super::alone::Learned;
use super::marks::Marks;
use super::modifier;
use super::spelling::Spelling;
use super::step::Step;
use super::term::Hit;
use crate::document::{Document, Mention, Sentence, Span, Tok, Token, TokenKind};
use crate::model::prior::LEXICONS;
use crate::model::sentiment;

/// How many lexicons speak of a slot: the general ones and byline's own.
pub(super) const SOURCES: usize = LEXICONS + 1;

/// A name.
pub(super) const NAME: u64 = form("\u{1}name");
/// A name with a possessive ending.
pub(super) const OWNER: u64 = form("\u{1}owner");
/// Before the first and after the last slot.
pub(super) const EDGE: u64 = form("\u{1}edge");
const NUMBER: u64 = form("\u{1}number");
const OTHER: u64 = form("\u{1}other");

/// What the embedded model says of the forms that stand for many words.
struct Masks {
    name: Learned,
    owner: Learned,
    number: Learned,
    other: Learned,
}

static MASKS: LazyLock<Masks> = LazyLock::new(|| {
    let of = |form| Learned::of(sentiment::embedded(), form, 0);
    Masks { name: of(NAME), owner: of(OWNER), number: of(NUMBER), other: of(OTHER) }
});

/// Share of a prior, thousandths, that is left behind a negator.
pub(super) const NEGATED: i32 = -700;
/// Slots behind a negator in which it works.
const SCOPE: u32 = 4;

/// A word, a mark or a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// Hash of its form.
    pub form: u64,
    /// Hash of the beginning of a long word; 0 for what has none.
    pub stem: u64,
    /// What the embedded model says of it by itself.
    pub learned: Learned,
    /// Its tokens in the document.
    pub tokens: Span<Tok>,
    /// What the lexicons say, negation included, thousandths.
    pub weights: [i32; SOURCES],
    /// Whether it is a name.
    pub name: bool,
    /// Whether it has a possessive ending.
    pub owner: bool,
    /// Whether it is a word or a number outside names.
    pub word: bool,
    /// Whether a negator works on it.
    pub negated: bool,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Whether a clause ends at it.
    pub breaks: bool,
    /// Whether it is a verb of saying.
    pub says: bool,
    /// A word class for frames.
    pub class: Class,
    /// What it does in a sentence of several clauses.
    pub step: Step,
}

/// What a word is in a frame of subject, verb and object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A form of `be`.
    Be,
    /// Another auxiliary, an adverb, a negator: passed over.
    Between,
    /// A determiner.
    Determiner,
    /// A preposition.
    Preposition,
    /// Anything else.
    Open,
}

/// A sentence as slots.
pub(super) struct View {
    pub slots: Vec<Slot>,
    /// Slots of which a lexicon speaks, in order.
    pub cues: Vec<u32>,
    /// Slot of each mention of the sentence, in order.
    mentions: Vec<u32>,
}

/// FNV-1a, 64 bits: part of the model's format.
pub(super) const fn form(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

impl View {
    /// Prepares a sentence, whose mentions are given.
    pub(super) fn new(doc: &Document, sentence: &Sentence, mentions: &[Mention], hits: &[Hit], marks: &Marks) -> View {
        let mut view = View {
            slots: Vec::with_capacity(sentence.tokens.len() as usize),
            cues: Vec::new(),
            mentions: Vec::with_capacity(mentions.len()),
        };
        view.lay(doc, sentence, mentions, marks);
        view.negate(doc);
        view.quote(doc);
        view.weigh(hits, marks);
        view
    }

    /// The slot of the sentence's mention with this number.
    pub(super) fn slot_of(&self, mention: usize) -> Option<usize> {
        self.mentions.get(mention).map(|&slot| slot as usize)
    }

    /// Whether a slot is a capitalised word that is no mention.
    pub(super) fn is_plain_name(&self, slot: usize) -> bool {
        self.slots[slot].name && self.mentions.binary_search(&(slot as u32)).is_err()
    }

    /// The slot that holds a token of the document.
    pub(super) fn slot_at(&self, token: usize) -> u32 {
        self.slots.partition_point(|s| s.tokens.end as usize <= token) as u32
    }

    fn lay(&mut self, doc: &Document, sentence: &Sentence, mentions: &[Mention], marks: &Marks) {
        let range = sentence.tokens.range();
        let capitals = capitals_tell(doc, &doc.tokens[range.clone()]);
        let (mut next, mut opens, mut after_mention) = (0, true, false);
        for at in range {
            let token = &doc.tokens[at];
            let starting = mentions[next..].iter().take_while(|m| m.tokens.start as usize <= at).count();
            let inside = starting == 0 && marks.in_mention[at];
            let capital = capitals && !opens && is_capitalised(doc, token);
            opens = token.kind == TokenKind::Punctuation && is_opening(doc.surface(token));
            if starting > 0 || inside || capital {
                let owner = token.base_end < token.span.end;
                let joins = inside || (starting == 0 && !after_mention);
                match self.slots.last_mut().filter(|s| joins && s.name && (inside || !s.owner)) {
                    Some(last) => {
                        last.tokens.end = at as u32 + 1;
                        last.owner = owner;
                        (last.form, last.learned) = named(owner);
                    }
                    None => self.slots.push(Slot::name(at, owner)),
                }
            } else {
                self.slots.push(Slot::plain(token, at, &marks.spelling[at]));
            }
            after_mention = starting > 0 || inside;
            self.mentions.extend(std::iter::repeat_n(self.slots.len() as u32 - 1, starting));
            next += starting;
        }
    }

    fn negate(&mut self, doc: &Document) {
        let mut left = 0;
        for at in 0..self.slots.len() {
            let next = self.slots.get(at + 1).map_or("", |s| norm(doc, s));
            let slot = &self.slots[at];
            let word = norm(doc, slot);
            if slot.word && modifier::turns(word, next) {
                left = SCOPE;
                continue;
            }
            if slot.breaks {
                left = 0;
            }
            self.slots[at].negated = left > 0;
            left = left.saturating_sub(1);
        }
    }

    fn quote(&mut self, doc: &Document) {
        let mark = |slot: &Slot| if slot.word || slot.name { "" } else { surface(doc, slot) };
        let first = self.slots.iter().map(mark).find(|m| matches!(*m, "“" | "”" | "\""));
        let mut inside = first == Some("”");
        for slot in &mut self.slots {
            match mark(slot) {
                "“" | "«" => inside = true,
                "”" | "»" => inside = false,
                "\"" => inside = !inside,
                _ => {}
            }
            slot.quoted = inside;
        }
    }

    fn weigh(&mut self, hits: &[Hit], marks: &Marks) {
        let mut next = 0;
        for (index, slot) in self.slots.iter_mut().enumerate() {
            if !slot.word {
                continue;
            }
            let token = slot.tokens.start as usize;
            for (to, from) in slot.weights.iter_mut().zip(marks.spelling[token].prior) {
                *to = if slot.negated { i32::from(from) * NEGATED / 1000 } else { i32::from(from) };
            }
            while hits.get(next).is_some_and(|h| h.last <= token) {
                next += 1;
            }
            match hits.get(next).filter(|h| h.first <= token) {
                // The user's word wins: nothing else is known of it.
                Some(hit) if hit.of_user => {
                    (slot.form, slot.stem, slot.learned) = (OTHER, 0, MASKS.other);
                    slot.weights = [0; SOURCES];
                }
                Some(hit) if hit.first == token => slot.weights[LEXICONS] = hit.value,
                _ => {}
            }
            if slot.weights.iter().any(|w| *w != 0) {
                self.cues.push(index as u32);
            }
        }
    }
}

/// The form of a name and what is learned of it.
fn named(owner: bool) -> (u64, Learned) {
    if owner { (OWNER, MASKS.owner) } else { (NAME, MASKS.name) }
}

impl Slot {
    fn name(at: usize, owner: bool) -> Slot {
        let (form, learned) = named(owner);
        Slot {
            form,
            stem: 0,
            learned,
            tokens: Span::new(at as u32, at as u32 + 1),
            weights: [0; SOURCES],
            name: true,
            owner,
            word: false,
            negated: false,
            quoted: false,
            breaks: false,
            says: false,
            class: Class::Open,
            step: Step::Other,
        }
    }

    fn plain(token: &Token, at: usize, known: &Spelling) -> Slot {
        let mut slot = Slot { name: false, ..Slot::name(at, token.base_end < token.span.end) };
        (slot.form, slot.learned) = match token.kind {
            TokenKind::Word | TokenKind::Punctuation => (known.form, known.learned),
            TokenKind::Number => (NUMBER, MASKS.number),
            _ => (OTHER, MASKS.other),
        };
        slot.word = token.is_counted();
        slot.breaks = known.breaks;
        if token.kind == TokenKind::Word {
            (slot.stem, slot.says, slot.class) = (known.stem, known.says, known.class);
        }
        slot.step = known.step;
        slot
    }
}

fn norm<'a>(doc: &'a Document, slot: &Slot) -> &'a str {
    if slot.word { doc.norm(&doc.tokens[slot.tokens.start as usize]) } else { "" }
}

fn surface<'a>(doc: &'a Document, slot: &Slot) -> &'a str {
    doc.surface(&doc.tokens[slot.tokens.start as usize])
}

fn is_opening(mark: &str) -> bool {
    matches!(mark, "“" | "\"" | "‘" | ":" | "." | "!" | "?" | "(" | "—" | "«" | "...")
}

fn is_capitalised(doc: &Document, token: &Token) -> bool {
    let surface = doc.base(token);
    token.kind == TokenKind::Word
        && surface.starts_with(char::is_uppercase)
        && !(surface == "I" || surface.starts_with("I'") || surface.starts_with("I’"))
}

/// Whether capitals tell names in a sentence: not where most words have them, as in headlines.
fn capitals_tell(doc: &Document, tokens: &[Token]) -> bool {
    let long = tokens.iter().filter(|t| t.kind == TokenKind::Word && t.span.len() > 3);
    let (mut capitals, mut words) = (0, 0);
    for token in long {
        words += 1;
        capitals += usize::from(is_capitalised(doc, token));
    }
    words < 4 || capitals * 10 < words * 7
}

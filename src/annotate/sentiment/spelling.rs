//! What the sentiment stage knows of a counted form by its spelling alone: worked out once for each spelling that a thread
//! meets, and looked up once for each token, since texts repeat words.

use std::cell::RefCell;
use std::ops::Index;

use super::alone::Learned;
use super::modifier;
use super::step::Step;
use super::view::{Class, form};
use crate::annotate::word_class as is;
use crate::document::{Document, Token, TokenKind};
use crate::model::interner::Interner;
use crate::model::lexicon::{self, Category, Takes, Term};
use crate::model::prior::{self, Prior};
use crate::model::sentiment;

/// What a spelling tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling {
    /// Hash of the form.
    pub form: u64,
    /// Hash of its first five letters; 0 where there are no more.
    pub stem: u64,
    /// What the embedded model says of it by itself.
    pub learned: Learned,
    /// What the general lexicons say.
    pub prior: Prior,
    /// The term of byline's lexicon.
    pub term: Option<Term>,
    /// The term of the form without its ending, where the form is none: `shamefully`.
    pub inflected: Option<Term>,
    /// Whether a phrase of the lexicon begins with it.
    pub begins_phrase: bool,
    /// Its class in frames.
    pub class: Class,
    /// What it does in a sentence of several clauses.
    pub step: Step,
    /// Whether it is a verb of saying.
    pub says: bool,
    /// Whether a clause ends at it, for the model.
    pub breaks: bool,
    /// Whether it begins a clause, for relations.
    pub divides: bool,
}

/// A mark, or a token without a form.
const NOTHING: Spelling = Spelling {
    form: form(""),
    stem: 0,
    learned: Learned::NOTHING,
    prior: [0; prior::LEXICONS],
    term: None,
    inflected: None,
    begins_phrase: false,
    class: Class::Open,
    step: Step::Other,
    says: false,
    breaks: false,
    divides: false,
};

/// Most spellings that are kept; then all are forgotten.
const KEPT: usize = 40_000;

/// The spellings of a thread, by number.
#[derive(Default)]
struct Seen {
    forms: Interner,
    spellings: Vec<SeenSpelling>,
    /// The document that is being read, from 1.
    document: u32,
}

/// A spelling, the document that held it last, from 1, and its number there.
struct SeenSpelling {
    spelling: Spelling,
    in_document: (u32, u32),
}

/// The spellings of a document's tokens.
pub(super) struct Spellings {
    /// For each token its spelling in `known`.
    numbers: Vec<u32>,
    /// The distinct ones.
    known: Vec<Spelling>,
}

impl Index<usize> for Spellings {
    type Output = Spelling;

    fn index(&self, token: usize) -> &Spelling {
        &self.known[self.numbers[token] as usize]
    }
}

thread_local! {
    static SEEN: RefCell<Seen> = RefCell::default();
}

/// Frees what the thread remembers of words.
pub(in crate::annotate) fn forget_words() {
    SEEN.take();
}

/// What is known of each token of a document.
pub(super) fn spellings(doc: &Document) -> Spellings {
    SEEN.with_borrow_mut(|seen| {
        if seen.spellings.len() > KEPT {
            *seen = Seen::default();
        }
        seen.document += 1;
        // All are looked up before anything is asked of one: so the processor waits for many at once.
        let mut numbers: Vec<u32> = doc.tokens.iter().map(|token| seen.number(doc, token)).collect();
        // About every second token is one that stood before.
        let mut known = Vec::with_capacity(numbers.len() / 2 + 1);
        known.push(NOTHING);
        for number in &mut numbers {
            let Some(at) = number.checked_sub(1) else { continue };
            let SeenSpelling { spelling, in_document } = &mut seen.spellings[at as usize];
            if in_document.0 != seen.document {
                *in_document = (seen.document, known.len() as u32);
                known.push(*spelling);
            }
            *number = in_document.1;
        }
        Spellings { numbers, known }
    })
}

impl Seen {
    /// The number of a token's spelling and one; 0 for a token without a form.
    fn number(&mut self, doc: &Document, token: &Token) -> u32 {
        let is_mark = token.kind == TokenKind::Punctuation;
        let text = if is_mark { doc.surface(token) } else { doc.norm(token) };
        if text.is_empty() {
            return 0;
        }
        let number = self.forms.number(text, u8::from(is_mark));
        if number as usize == self.spellings.len() {
            let spelling = if is_mark { Spelling::of_mark(text) } else { Spelling::read(text) };
            self.spellings.push(SeenSpelling { spelling, in_document: (0, 0) });
        }
        number + 1
    }
}

impl Spelling {
    fn of_mark(mark: &str) -> Spelling {
        let form = form(mark);
        Spelling {
            form,
            learned: Learned::of(sentiment::embedded(), form, 0),
            step: Step::of_mark(mark),
            breaks: matches!(mark, "," | ";" | ":" | "(" | ")" | "—" | "–" | "--" | "-" | "“" | "”" | "\""),
            divides: matches!(mark, ";" | "—" | "–" | ":" | "--"),
            ..NOTHING
        }
    }

    fn read(norm: &str) -> Spelling {
        let term = lexicon::sentiment(norm);
        let stem = match norm.char_indices().nth(5) {
            _ if norm.len() <= 5 => 0,
            Some((end, _)) => form(&norm[..end]),
            None => form(norm),
        };
        let form = form(norm);
        Spelling {
            form,
            stem,
            learned: Learned::of(sentiment::embedded(), form, stem),
            prior: prior::prior(norm).unwrap_or_default(),
            term,
            inflected: if term.is_none() { inflected(norm) } else { None },
            begins_phrase: lexicon::begins_phrase(norm),
            class: class(norm),
            step: Step::of(norm),
            says: lexicon::reporting(norm).is_some_and(|r| r.takes != Takes::Object) || norm == "according",
            breaks: matches!(norm, "but" | "while" | "although" | "though" | "however" | "despite" | "whereas"),
            divides: matches!(
                norm,
                "but"
                    | "while"
                    | "although"
                    | "though"
                    | "whereas"
                    | "because"
                    | "after"
                    | "before"
                    | "despite"
                    | "when"
                    | "since"
                    | "if"
                    | "until"
                    | "unless"
                    | "where"
            ),
        }
    }
}

/// A quality under an ending that the lexicon lacks: `shamefully` is `shameful`.
fn inflected(norm: &str) -> Option<Term> {
    const ENDINGS: [(&str, usize); 5] = [("ly", 5), ("ness", 5), ("es", 5), ("s", 5), ("ed", 5)];
    ENDINGS.iter().find_map(|&(ending, shortest)| {
        let stem = norm.strip_suffix(ending).filter(|s| s.len() >= shortest)?;
        lexicon::sentiment(stem).filter(|t| t.category == Category::Quality)
    })
}

fn class(norm: &str) -> Class {
    if is::is_be(norm) {
        Class::Be
    } else if is::is_between(norm) || modifier::turns(norm, "") {
        Class::Between
    } else if is::is_determiner(norm) || matches!(norm, "his" | "her" | "their" | "its" | "my" | "our" | "your") {
        Class::Determiner
    } else if is::is_preposition(norm) && !is::is_clause_word(norm) {
        Class::Preposition
    } else {
        Class::Open
    }
}

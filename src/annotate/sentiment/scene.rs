//! One sentence as sentiment relations see it: clauses, and what stands between two places of it.
//!
//! Reads tokens and the lexicon, writes nothing. A clause ends at `;`, `:`, a dash, and before words such as `but` and
//! `while`.

use super::marks::Marks;
use crate::annotate::word_class::{is_be, is_determiner, is_preposition};
use crate::document::{Document, Sentence, TokenKind};
use crate::model::lexicon::Category;

/// One sentence as relations see it: for each token, clause number and counts of names, judgments and deeds before it.
pub(super) struct Scene<'a> {
    pub(crate) doc: &'a Document,
    first: usize,
    clause: Vec<u16>,
    names: Vec<u16>,
    /// Running count of verbs of judgment.
    pub(crate) judgments: Vec<u16>,
    /// Running count of nouns of deeds.
    pub(crate) deeds: Vec<u16>,
}

impl<'a> Scene<'a> {
    /// Prepares a sentence.
    pub(super) fn new(doc: &'a Document, sentence: &Sentence, marks: &Marks) -> Self {
        let range = sentence.tokens.range();
        let mut clause = Vec::with_capacity(range.len());
        let mut names = Vec::with_capacity(range.len() + 1);
        let (mut judgments, mut deeds) = (Vec::with_capacity(range.len() + 1), Vec::with_capacity(range.len() + 1));
        let (mut c, mut n, mut j, mut d) = (0u16, 0u16, 0u16, 0u16);
        for at in range.clone() {
            let known = &marks.spelling[at];
            let breaks = known.divides || starts_as_clause(doc, at);
            c = c.saturating_add(u16::from(breaks));
            clause.push(c);
            names.push(n);
            judgments.push(j);
            deeds.push(d);
            let category = known.term.map(|t| t.category);
            j = j.saturating_add(u16::from(category == Some(Category::Judgment)));
            d = d.saturating_add(u16::from(category == Some(Category::Deed)));
            let joined = at > range.start && matches!(doc.norm(&doc.tokens[at - 1]), "and" | "or");
            n = n.saturating_add(u16::from(!joined && marks.name_starts[at]));
        }
        names.push(n);
        judgments.push(j);
        deeds.push(d);
        Scene { doc, first: range.start, clause, names, judgments, deeds }
    }

    /// The first token of the sentence.
    pub(super) fn first(&self) -> usize {
        self.first
    }

    pub(crate) fn norm(&self, at: usize) -> &'a str {
        self.doc.tokens.get(at).map_or("", |t| self.doc.norm(t))
    }

    /// Names that start in tokens `from..to`; those joined to another by `and` are not counted.
    pub(crate) fn names_between(&self, from: usize, to: usize) -> u16 {
        self.between(&self.names, from, to)
    }

    /// What a running count gained in tokens `from..to`.
    pub(crate) fn between(&self, counts: &[u16], from: usize, to: usize) -> u16 {
        let count = |at: usize| counts.get(at - self.first).copied().unwrap_or(0);
        count(to).saturating_sub(count(from))
    }

    pub(crate) fn same_clause(&self, a: usize, b: usize) -> bool {
        self.clause.get(a - self.first) == self.clause.get(b - self.first)
    }

    /// Whether the target is the agent of a passive verb of judgment (`praised by the X`).
    pub(crate) fn is_agent(&self, target: usize) -> bool {
        let from = target.saturating_sub(3).max(self.first);
        (from..target).any(|t| self.norm(t) == "by") && self.between(&self.judgments, from, target) > 0
    }

    /// Whether the words before say that something is or happens at the target.
    pub(crate) fn is_location(&self, target: usize) -> bool {
        target > self.first
            && matches!(
                self.norm(target - 1),
                "in" | "at"
                    | "from"
                    | "to"
                    | "across"
                    | "through"
                    | "near"
                    | "into"
                    | "around"
                    | "throughout"
                    | "within"
            )
    }

    /// Whether a verb's object may stand at `to`: no comma lies more than a few words behind the verb.
    pub(crate) fn reaches(&self, from: usize, to: usize) -> bool {
        let comma = (from..to).find(|&t| self.doc.tokens.get(t).is_some_and(|t| self.doc.surface(t) == ","));
        let filled =
            from < to && matches!(self.norm(from), "him" | "them" | "it" | "me" | "himself" | "herself" | "themselves");
        !filled && comma.is_none_or(|c| c == from || to - c <= 1)
    }

    /// Whether the target is only whom a quality concerns: `intolerable to X`.
    pub(crate) fn is_beneficiary(&self, from: usize, to: usize) -> bool {
        to > from && to - from <= 2 && self.norm(from) == "to"
    }

    /// Whether the target is the object of a preposition and so no subject.
    pub(crate) fn after_preposition(&self, target: usize) -> bool {
        let before = target.saturating_sub(1).max(self.first);
        let at = if is_determiner(self.norm(before)) { before.saturating_sub(1).max(self.first) } else { before };
        at < target && is_preposition(self.norm(at))
    }

    pub(crate) fn is_past(&self, at: usize) -> bool {
        let norm = self.norm(at);
        norm.ends_with("ed") || norm.ends_with("en") || norm.ends_with("un") || matches!(norm, "shot" | "upheld")
    }

    /// Whether the verb is passive with its subject before it: `X was slammed`, `X, accused of ...`.
    pub(crate) fn is_passive(&self, term: (usize, usize), from: usize) -> bool {
        if !self.is_past(term.0) && !self.norm(term.0).ends_with("ed") {
            return false;
        }
        let start = term.0.saturating_sub(5).max(from);
        let be = (start..term.0).any(|t| is_be(self.norm(t)) || matches!(self.norm(t), "get" | "gets" | "got"));
        be || matches!(self.norm(term.1), "by" | "of")
    }

    /// Whether no mark stands in tokens `from..to`.
    pub(crate) fn is_free(&self, from: usize, to: usize) -> bool {
        let word =
            |t: usize| self.doc.tokens.get(t).is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number));
        (from..to).all(word)
    }
}

/// Whether `as` begins a clause (`as it accelerates`), not a comparison (`as a threat`).
fn starts_as_clause(doc: &Document, at: usize) -> bool {
    let norm = |i: usize| doc.tokens.get(i).map_or("", |t| doc.norm(t));
    norm(at) == "as" && matches!(norm(at + 1), "it" | "he" | "she" | "they" | "we" | "i" | "there" | "you")
}

pub(crate) fn is_copula(norm: &str) -> bool {
    is_be(norm)
        || [
            "seems", "seemed", "looks", "looked", "became", "becomes", "become", "remains", "remained", "appears",
            "appeared", "as", "isn't", "wasn't", "aren't", "weren't",
        ]
        .contains(&norm)
}

/// Words by which a target receives a judgment: `X faces criticism`, `X drew praise`.
pub(crate) fn is_receiving(norm: &str) -> bool {
    [
        "face",
        "faces",
        "faced",
        "facing",
        "drew",
        "draws",
        "drawn",
        "drawing",
        "receive",
        "receives",
        "received",
        "under",
        "met",
        "earned",
        "earns",
        "won",
        "wins",
        "sparked",
        "prompted",
        "provoked",
        "attracted",
        "amid",
        "got",
        "gets",
        "come",
        "came",
        "deserves",
        "deserved",
    ]
    .contains(&norm)
}

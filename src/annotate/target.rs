//! How a sentiment term and a target stand to each other in a sentence, and what share of the term's value the target
//! receives by that.
//!
//! Reads a [`Scene`] (one sentence), writes nothing. Shares are thousandths; they are conventions, tuned on the train
//! part of NewsMTSC.

use crate::annotate::speaker::{is_be, is_determiner, is_preposition};
use crate::document::{Document, Sentence, TokenKind};
use crate::model::lexicon::Category;

/// Share, thousandths, that is left of nearness for a place that is only a location (`in X`), or a part of a word.
const ASIDE: i32 = 350;

/// One sentence as relations see it: for each token, clause number and count of names before it.
pub struct Scene<'a> {
    doc: &'a Document,
    first: usize,
    clause: Vec<u16>,
    names: Vec<u16>,
}

/// The relation of a term to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Stable name.
    pub rule: &'static str,
    /// Share of the term's value in thousandths.
    pub share: i32,
    /// Tokens between; negative when the term stands before the target.
    pub distance: i32,
}

impl Relation {
    /// Whether the term is plainly said of the target, not only near it.
    pub fn is_strong(self) -> bool {
        !matches!(self.rule, "clause" | "sentence")
    }
}

/// What a term may be said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its tokens, `start..end`.
    pub tokens: (usize, usize),
    /// Whether it is a place: a place that is attacked is a victim, not judged.
    pub place: bool,
    /// Whether it is a part of a hyphenated word (`Vale-led`).
    pub part: bool,
}

/// Furthest a term is looked for, tokens.
pub const REACH: usize = 40;

impl<'a> Scene<'a> {
    /// Prepares a sentence.
    pub fn new(doc: &'a Document, sentence: &Sentence, name_starts: &[bool]) -> Self {
        let range = sentence.tokens.range();
        let mut clause = Vec::with_capacity(range.len());
        let mut names = Vec::with_capacity(range.len() + 1);
        let (mut c, mut n) = (0u16, 0u16);
        for at in range.clone() {
            let token = &doc.tokens[at];
            let breaks = match token.kind {
                TokenKind::Punctuation => matches!(doc.surface(token), ";" | "—" | "–" | ":" | "--"),
                TokenKind::Word => matches!(
                    doc.norm(token),
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
                _ => false,
            };
            let breaks = breaks || starts_as_clause(doc, at);
            c = c.saturating_add(u16::from(breaks));
            clause.push(c);
            names.push(n);
            let joined = at > range.start && matches!(doc.norm(&doc.tokens[at - 1]), "and" | "or");
            n = n.saturating_add(u16::from(!joined && name_starts.get(at).copied().unwrap_or(false)));
        }
        names.push(n);
        Scene {
            doc,
            first: range.start,
            clause,
            names,
        }
    }

    fn norm(&self, at: usize) -> &'a str {
        self.doc.tokens.get(at).map_or("", |t| self.doc.norm(t))
    }

    /// Names that start in tokens `from..to`; those joined to another by `and` are not counted.
    fn names_between(&self, from: usize, to: usize) -> u16 {
        let count = |at: usize| self.names.get(at - self.first).copied().unwrap_or(0);
        count(to).saturating_sub(count(from))
    }

    fn same_clause(&self, a: usize, b: usize) -> bool {
        self.clause.get(a - self.first) == self.clause.get(b - self.first)
    }

    /// The relation of the term at tokens `term.0..term.1` to the target at tokens `target.0..target.1`.
    pub fn relation(&self, term: (usize, usize), category: Category, target: Target) -> Option<Relation> {
        let located = target.place && self.is_location(target.tokens.0);
        let mut relation = self.plain_relation(term, category, target)?;
        if !relation.is_strong() && (located || target.part) {
            relation.share = relation.share * ASIDE / 1000;
        }
        Some(relation)
    }

    fn plain_relation(&self, term: (usize, usize), category: Category, target: Target) -> Option<Relation> {
        let Target {
            tokens: target, place, ..
        } = target;
        if place && category == Category::Assail && term.1 <= target.0 && self.norm(term.1) != "by" {
            return None;
        }
        if term.1 <= target.0 {
            let distance = target.0 - term.1;
            let (rule, share) = self.term_first(term, category, target, distance)?;
            return Some(Relation {
                rule,
                share,
                distance: -(distance as i32),
            });
        }
        if target.1 > term.0 {
            return None;
        }
        let distance = term.0 - target.1;
        let (rule, share) = self.target_first(term, category, target, distance)?;
        Some(Relation {
            rule,
            share,
            distance: distance as i32,
        })
    }

    fn term_first(
        &self,
        term: (usize, usize),
        category: Category,
        target: (usize, usize),
        distance: usize,
    ) -> Option<(&'static str, i32)> {
        let clause = self.same_clause(term.0, target.0);
        let others = self.names_between(term.1, target.0);
        let by = (term.1..target.0).take(4).any(|t| self.norm(t) == "by") && self.is_past(term.1 - 1);
        match category {
            Category::Judgment if by => None,
            Category::Judgment if !clause || distance > 12 || !self.reaches(term.1, target.0) => None,
            Category::Judgment => Some(("object", if others == 0 { 1000 } else { 300 })),
            Category::Assail | Category::Act if by => clause.then_some(("agent", 800)),
            Category::Assail if !clause || distance > 12 || !self.reaches(term.1, target.0) => None,
            Category::Assail => Some(("object", if others == 0 { 800 } else { 250 })),
            Category::Act => None,
            Category::Deed if (term.1..target.0).take(3).any(|t| self.norm(t) == "by") => Some(("agent", 1000)),
            Category::Deed => None,
            Category::Criticism => self.criticised(term, target, distance, clause),
            Category::Quality if self.is_beneficiary(term.1, target.0) => None,
            Category::Quality
                if distance <= 1 && !is_preposition(self.norm(term.1)) && self.is_free(term.1, target.0) =>
            {
                Some(("modifier", 1000))
            }
            Category::Quality => self.near(distance, clause, others, false),
        }
    }

    /// Whether the words before say that something is or happens at the target.
    fn is_location(&self, target: usize) -> bool {
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
    fn reaches(&self, from: usize, to: usize) -> bool {
        let comma = (from..to).find(|&t| self.doc.tokens.get(t).is_some_and(|t| self.doc.surface(t) == ","));
        let filled = from < to
            && matches!(
                self.norm(from),
                "him" | "them" | "it" | "me" | "himself" | "herself" | "themselves"
            );
        !filled && comma.is_none_or(|c| c == from || to - c <= 1)
    }

    /// Whether the target is only whom a quality concerns: `intolerable to X`.
    fn is_beneficiary(&self, from: usize, to: usize) -> bool {
        to > from && to - from <= 2 && self.norm(from) == "to"
    }

    /// Whether the target is the object of a preposition and so no subject.
    fn after_preposition(&self, target: usize) -> bool {
        let before = target.saturating_sub(1).max(self.first);
        let at = if is_determiner(self.norm(before)) {
            before.saturating_sub(1).max(self.first)
        } else {
            before
        };
        at < target && is_preposition(self.norm(at))
    }

    /// `criticism of X`, `attacks X`; not `criticism from X`.
    fn criticised(
        &self,
        term: (usize, usize),
        target: (usize, usize),
        distance: usize,
        clause: bool,
    ) -> Option<(&'static str, i32)> {
        let preposition = (term.1..target.0).find(|&t| {
            matches!(
                self.norm(t),
                "of" | "on" | "against" | "at" | "for" | "toward" | "towards" | "over" | "from" | "by" | "with"
            )
        });
        match preposition.map(|t| self.norm(t)) {
            Some("from" | "by") => None,
            _ if !clause || distance > 8 => None,
            Some(_) if self.names_between(term.1, target.0) == 0 => Some(("criticism-of", 1000)),
            None if distance <= 3 => Some(("object", 700)),
            _ => None,
        }
    }

    fn target_first(
        &self,
        term: (usize, usize),
        category: Category,
        target: (usize, usize),
        distance: usize,
    ) -> Option<(&'static str, i32)> {
        let clause = self.same_clause(term.0, target.1 - 1);
        let others = self.names_between(target.1, term.0);
        let between = target.1..term.0;
        let bound = self.after_preposition(target.0);
        let owner = self
            .doc
            .tokens
            .get(target.1 - 1)
            .is_some_and(|t| t.base_end < t.span.end);
        match category {
            Category::Judgment | Category::Assail | Category::Act => {
                let passive = clause && self.is_passive(term, target.1);
                match category {
                    Category::Act if passive => None,
                    Category::Act if clause && others == 0 && !owner && !bound && distance <= 10 => {
                        Some(("subject-act", 900))
                    }
                    Category::Act if clause && !owner && !bound => Some(("subject-act", 350)),
                    Category::Act => None,
                    _ if passive => Some(("passive-subject", if others == 0 { 1000 } else { 300 })),
                    Category::Assail if clause && others == 0 && !owner && !bound => Some(("subject-act", 400)),
                    _ => None,
                }
            }
            Category::Criticism => {
                let receives = clause && others == 0 && between.clone().any(|t| is_receiving(self.norm(t)));
                receives.then_some(("receiver", 1000))
            }
            Category::Deed if distance <= 1 && self.is_free(target.1, term.0) => Some(("doer", 1000)),
            Category::Deed if owner && distance <= 4 && self.is_free(target.1, term.0) => Some(("doer", 1000)),
            Category::Deed => self
                .near(distance, clause, others, true)
                .map(|(rule, share)| (rule, share * 500 / 1000)),
            Category::Quality if owner && distance <= 3 && self.is_free(target.1, term.0) => Some(("possessor", 1000)),
            Category::Quality => {
                let predicate = clause
                    && distance <= 8
                    && others == 0
                    && !bound
                    && between.clone().any(|t| is_copula(self.norm(t)));
                if predicate {
                    return Some(("predicate", 1000));
                }
                self.near(distance, clause, others, true)
            }
        }
    }

    /// The share of a term that only stands near.
    fn near(&self, distance: usize, clause: bool, others: u16, after: bool) -> Option<(&'static str, i32)> {
        if distance > REACH {
            return None;
        }
        let mut share = (900 - 35 * distance as i32).max(200);
        if others > 0 {
            share = share * 400 / 1000;
        }
        if !after {
            share = share * 800 / 1000;
        }
        if clause {
            Some(("clause", share))
        } else {
            Some(("sentence", share * 500 / 1000))
        }
    }

    fn is_past(&self, at: usize) -> bool {
        let norm = self.norm(at);
        norm.ends_with("ed") || norm.ends_with("en") || norm.ends_with("un") || matches!(norm, "shot" | "upheld")
    }

    /// Whether the verb is passive with its subject before it: `X was slammed`, `X, accused of ...`.
    fn is_passive(&self, term: (usize, usize), from: usize) -> bool {
        if !self.is_past(term.0) && !self.norm(term.0).ends_with("ed") {
            return false;
        }
        let start = term.0.saturating_sub(5).max(from);
        let be = (start..term.0).any(|t| is_be(self.norm(t)) || matches!(self.norm(t), "get" | "gets" | "got"));
        be || matches!(self.norm(term.1), "by" | "of")
    }

    /// Whether no mark stands in tokens `from..to`.
    fn is_free(&self, from: usize, to: usize) -> bool {
        (from..to).all(|t| self.doc.tokens.get(t).is_some_and(|t| t.kind != TokenKind::Punctuation))
    }
}

/// Whether `as` begins a clause (`as it accelerates`), not a comparison (`as a threat`).
fn starts_as_clause(doc: &Document, at: usize) -> bool {
    let norm = |i: usize| doc.tokens.get(i).map_or("", |t| doc.norm(t));
    norm(at) == "as"
        && matches!(
            norm(at + 1),
            "it" | "he" | "she" | "they" | "we" | "i" | "there" | "you"
        )
}

fn is_copula(norm: &str) -> bool {
    is_be(norm)
        || matches!(
            norm,
            "seems"
                | "seemed"
                | "looks"
                | "looked"
                | "became"
                | "becomes"
                | "become"
                | "remains"
                | "remained"
                | "appears"
                | "appeared"
                | "as"
                | "isn't"
                | "wasn't"
                | "aren't"
                | "weren't"
        )
}

/// Words by which a target receives a judgment: `X faces criticism`, `X drew praise`.
fn is_receiving(norm: &str) -> bool {
    matches!(
        norm,
        "face"
            | "faces"
            | "faced"
            | "facing"
            | "drew"
            | "draws"
            | "drawn"
            | "drawing"
            | "receive"
            | "receives"
            | "received"
            | "under"
            | "met"
            | "earned"
            | "earns"
            | "won"
            | "wins"
            | "sparked"
            | "prompted"
            | "provoked"
            | "attracted"
            | "amid"
            | "got"
            | "gets"
            | "come"
            | "came"
            | "deserves"
            | "deserved"
    )
}

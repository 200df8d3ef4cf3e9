//! How a sentiment term and a target stand to each other in a sentence, and what share of the term's value the target
//! receives by that.
//!
//! Reads a [`Scene`] (one sentence), writes nothing. Shares are thousandths; they are conventions, tuned on the train
//! part of NewsMTSC.

use crate::annotate::speaker::is_be;
use crate::document::{Document, Sentence, TokenKind};
use crate::model::lexicon::Category;

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
                    "but" | "while" | "although" | "though" | "whereas" | "because" | "after" | "before" | "despite"
                ),
                _ => false,
            };
            c = c.saturating_add(u16::from(breaks));
            clause.push(c);
            names.push(n);
            n = n.saturating_add(u16::from(name_starts.get(at).copied().unwrap_or(false)));
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

    /// Names that start in tokens `from..to`.
    fn names_between(&self, from: usize, to: usize) -> u16 {
        let count = |at: usize| self.names.get(at - self.first).copied().unwrap_or(0);
        count(to).saturating_sub(count(from))
    }

    fn same_clause(&self, a: usize, b: usize) -> bool {
        self.clause.get(a - self.first) == self.clause.get(b - self.first)
    }

    /// The relation of the term at tokens `term.0..term.1` to the target at tokens `target.0..target.1`.
    pub fn relation(&self, term: (usize, usize), category: Category, target: (usize, usize)) -> Option<Relation> {
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
            Category::Judgment if !clause || distance > 12 => None,
            Category::Judgment => Some(("object", if others == 0 { 1000 } else { 300 })),
            Category::Assail | Category::Act if by => clause.then_some(("agent", 800)),
            Category::Assail if !clause || distance > 12 => None,
            Category::Assail => Some(("object", if others == 0 { 800 } else { 250 })),
            Category::Act => None,
            Category::Criticism => self.criticised(term, target, distance, clause),
            Category::Quality if distance <= 1 && self.is_free(term.1, target.0) => Some(("modifier", 1000)),
            Category::Quality => self.near(distance, clause, others, false),
        }
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
                    Category::Act if clause && others == 0 && !owner && distance <= 10 => Some(("subject-act", 900)),
                    Category::Act if clause => Some(("subject-act", 350)),
                    Category::Act => None,
                    _ if passive => Some(("passive-subject", if others == 0 { 1000 } else { 300 })),
                    Category::Assail if clause && others == 0 && !owner => Some(("subject-act", 400)),
                    _ => None,
                }
            }
            Category::Criticism => {
                let receives = clause && others == 0 && between.clone().any(|t| is_receiving(self.norm(t)));
                receives.then_some(("receiver", 1000))
            }
            Category::Quality if owner && distance <= 3 && self.is_free(target.1, term.0) => Some(("possessor", 1000)),
            Category::Quality => {
                let predicate =
                    clause && distance <= 8 && others == 0 && between.clone().any(|t| is_copula(self.norm(t)));
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
            share = share * 500 / 1000;
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

//! A noun phrase as attribution sees it: where it stands, what heads it, and how far it reaches to the left of its last
//! word: `Defence Minister Jane Doe`, `a spokesman for the company`, `officials`.
//!
//! Reads tokens and mentions through a [`View`]; writes nothing.

use super::speaker::View;
use crate::annotate::word_class::{
    is_adverb, is_between, is_clause_word, is_day, is_determiner, is_linking, is_plural_role, is_preposition,
    is_source, is_verb,
};
use crate::document::{EntityId, TokenKind};

/// Longest noun phrase, tokens.
pub(super) const LONGEST: usize = 12;
/// Most words of a title before a name (`White House press secretary`).
const LONGEST_TITLE: usize = 8;

/// What a noun phrase is headed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// One or two entities.
    Names(EntityId, Option<EntityId>),
    /// `he`, `she`.
    Pronoun,
    /// `they`, `the two leaders`, `the presidents`.
    Plural,
    /// Anything else.
    Common,
}

/// A noun phrase: tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// Its head.
    pub head: Head,
}

impl View<'_> {
    /// The noun phrase whose last token is `end - 1`.
    pub(super) fn phrase_ending(&self, end: usize, lo: usize) -> Option<Phrase> {
        let number = |at: usize| self.doc.tokens[at].kind == TokenKind::Number;
        let last = end.checked_sub(1).filter(|&at| at >= lo && (self.is_word(at) || number(at)))?;
        if let Some(head) = pronoun(self.norm(last)) {
            return Some(Phrase { start: last, end, head });
        }
        if let Some(mention) = self.mention(last).filter(|_| !self.is_possessive(last)) {
            let name = (mention.tokens.start as usize).max(lo);
            let start = self.titled(name, lo);
            let free = |at: usize| at == lo || !is_preposition(self.norm(at - 1));
            if free(start) {
                return Some(self.coordinated(start, end, mention.entity, lo));
            }
            // `In a statement Vale said`: the words before the name belong to the preposition.
            if is_determiner(self.norm(start)) && start + 1 < name && free(name) {
                return Some(self.coordinated(name, end, mention.entity, lo));
            }
        }
        self.common_ending(end, lo)
    }

    /// The first token of the words that go with the name at `name`: title, owner and determiner.
    fn titled(&self, name: usize, lo: usize) -> usize {
        let from = name.saturating_sub(LONGEST_TITLE).max(lo);
        let level = self.depth[name];
        let mut start = name;
        while start > from {
            let at = start - 1;
            let norm = self.norm(at);
            if !self.is_word(at) || self.depth[at] != level {
                break;
            }
            if let Some(mention) = self.mention(at) {
                // Two names side by side are two phrases.
                if start == name && !self.is_possessive(at) {
                    break;
                }
                start = (mention.tokens.start as usize).max(from);
                continue;
            }
            if norm == "that" {
                break;
            }
            if is_determiner(norm) {
                return at;
            }
            // `Secretary of State John Vale`, but not `the administration of President Vale`.
            let large = |at: usize| self.surface(at).starts_with(char::is_uppercase);
            let joins = norm == "of" && start < name && at > from && self.is_word(at - 1);
            let secretary_of_state = joins && large(at - 1) == large(start);
            // `Early`, `Skelly`: a name may look like an adverb.
            let name_like = self.surface(at).starts_with(char::is_uppercase) && at > lo && is_adverb(norm);
            if !secretary_of_state && !name_like && !can_be_title(norm) {
                break;
            }
            start = at;
        }
        start
    }

    /// Whether a token is likely a plural noun, or stands for several.
    pub(super) fn is_plural(&self, at: usize) -> bool {
        let norm = self.norm(at);
        // `one in five say`, `40 say`
        let number =
            self.doc.tokens[at].kind == TokenKind::Number || ["four", "five", "six", "ten", "half"].contains(&norm);
        number
            || (norm.ends_with('s') && norm.len() > 3 && !norm.ends_with("ss") && !is_between(norm))
            || [
                "people", "women", "men", "police", "some", "many", "others", "most", "both", "media", "two", "three",
                "percent",
            ]
            .contains(&norm)
    }

    /// A name, or two joined by `and`.
    fn coordinated(&self, start: usize, end: usize, entity: EntityId, lo: usize) -> Phrase {
        let alone = Phrase { start, end, head: Head::Names(entity, None) };
        if start < lo + 2 || self.norm(start - 1) != "and" {
            return alone;
        }
        match self.mention(start - 2).filter(|_| !self.is_possessive(start - 2)) {
            Some(other) if self.kind(other.entity) == self.kind(entity) && other.entity != entity => Phrase {
                start: self.titled((other.tokens.start as usize).max(lo), lo),
                end,
                head: Head::Names(other.entity, Some(entity)),
            },
            _ => alone,
        }
    }

    /// `the joint statement`, `a spokesman for Vale`, `officials at the ministry`, ending before `end`.
    fn common_ending(&self, end: usize, lo: usize) -> Option<Phrase> {
        let from = end.saturating_sub(LONGEST).max(lo);
        let mut start = end;
        let last = self.norm(end - 1);
        if is_preposition(last) || opens_clause(last) || is_determiner(last) && !is_plural_role(last) {
            let stands_alone = ["many", "some", "several", "most", "few", "both", "one", "three", "another"];
            return stands_alone.contains(&last).then_some(Phrase { start: end - 1, end, head: Head::Common });
        }
        while start > from {
            let at = start - 1;
            let norm = self.norm(at);
            let plural_owner = matches!(self.surface(at), "’" | "'") && self.depth[at] == 0 && at > from;
            if plural_owner && self.norm(at - 1).ends_with('s') {
                start = at;
                continue;
            }
            if !self.is_word(at) && self.doc.tokens[at].kind != TokenKind::Number {
                break;
            }
            // `the retired general`
            let adjective = norm.ends_with("ed") && at > from && at + 1 < end && is_determiner(self.norm(at - 1));
            // `advocates for research`, `Vale's campaign`
            let object = at + 1 == end
                && at > from
                && (is_linking(self.norm(at - 1)) || self.is_possessive(at - 1) || self.norm(end) == "say");
            if self.mention(at).is_none() && !adjective && (is_verb(norm) && !object || is_clause_word(norm)) {
                break;
            }
            start = at;
            // `an adviser to the president`
            let links = |to: usize| {
                is_linking(self.norm(to)) || self.norm(to) == "to" && to > from && is_about(self.norm(to - 1))
            };
            let opens = is_determiner(norm) && (at == from || !links(at - 1));
            if opens {
                // `the two leaders`
                if start > from && matches!(self.norm(start - 1), "the" | "these" | "those" | "his" | "her" | "their") {
                    start -= 1;
                }
                break;
            }
        }
        // A phrase does not begin with a preposition or a conjunction.
        while start < end && (is_preposition(self.norm(start)) || opens_clause(self.norm(start))) {
            start += 1;
        }
        self.common(start, end)
    }

    /// The phrase `start..end` when it can speak: it has a determiner, or its head is a source (`officials`).
    pub(super) fn common(&self, start: usize, end: usize) -> Option<Phrase> {
        if start >= end {
            return None;
        }
        let head_end = (start..end).find(|&at| is_preposition(self.norm(at))).unwrap_or(end);
        let head_word = self.norm(head_end.checked_sub(1).filter(|&h| h >= start)?);
        let determined = is_determiner(self.norm(start)) || (start..head_end).any(|at| self.is_possessive(at));
        let capital = self.surface(head_end - 1).starts_with(char::is_uppercase)
            && (can_be_title(head_word) || (is_adverb(head_word) && head_end > start + 1));
        let known = determined || capital || is_source(head_word) || self.mention(head_end - 1).is_some();
        if !known && !self.is_plural(head_end - 1) && !matches!(head_word, "one" | "another" | "everyone" | "nobody") {
            return None;
        }
        let named = end - start > 1 && self.mention(end - 1).is_some_and(|m| m.tokens.end as usize == end);
        if named && head_end == end && !self.is_possessive(end - 1) {
            // Title words before a name: the name is the speaker.
            return self.phrase_ending(end, end - self.mention(end - 1)?.tokens.len() as usize);
        }
        let head =
            if is_plural_role(head_word) && head_end == end && end - start <= 3 { Head::Plural } else { Head::Common };
        Some(Phrase { start, end, head })
    }
}

/// Holders of an office beside somebody: `to` leads on to whom they serve.
fn is_about(norm: &str) -> bool {
    ["adviser", "advisers", "advisor", "advisors", "aide", "aides", "ambassador", "assistant", "envoy", "counsel"]
        .contains(&norm)
}

/// Whether a word may stand in a title before a name.
fn can_be_title(norm: &str) -> bool {
    let other = is_verb(norm) || is_clause_word(norm) || is_preposition(norm) || is_between(norm) || is_adverb(norm);
    !other && !opens_clause(norm) && !is_day(norm)
}

/// Conjunctions and adverbs that open a clause and are no part of its subject.
fn opens_clause(norm: &str) -> bool {
    const OPENERS: [&str; 25] = [
        "actually",
        "afterward",
        "afterwards",
        "ago",
        "and",
        "but",
        "earlier",
        "furthermore",
        "hence",
        "however",
        "indeed",
        "instead",
        "later",
        "maybe",
        "meanwhile",
        "moreover",
        "nor",
        "only",
        "or",
        "perhaps",
        "so",
        "then",
        "thus",
        "too",
        "yet",
    ];
    OPENERS.binary_search(&norm).is_ok()
}

/// The head that a pronoun makes, if a counted form is a pronoun in subject form.
pub(crate) fn pronoun(norm: &str) -> Option<Head> {
    match norm {
        "he" | "she" => Some(Head::Pronoun),
        "they" => Some(Head::Plural),
        "it" | "i" | "we" | "you" => Some(Head::Common),
        _ => None,
    }
}

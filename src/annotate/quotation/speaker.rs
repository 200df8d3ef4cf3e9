//! The noun phrase that stands as subject of a reporting verb, left or right of it: a name, a pronoun, or words such as
//! `a senior official`.
//!
//! Reads tokens and mentions through a [`View`]; writes nothing. A name after a preposition or with a possessive ending
//! is part of a longer phrase (`a spokesman for Vale`) and never the speaker.

use crate::annotate::quotation::noun_phrase::{Head, Phrase, pronoun};
use crate::annotate::quotation::quote_marks::Marked;
use crate::annotate::word_class::{
    is_adverb, is_be, is_between, is_clause_word, is_day, is_determiner, is_linking, is_modal, is_noun_too,
    is_plural_role, is_preposition, is_source, is_verb,
};
use crate::document::{Document, EntityId, EntityKind, Mention, Role, TokenKind};
use crate::model::lexicon::{self, Reporting, Shape};

/// Longest noun phrase, tokens.
const LONGEST: usize = 12;
/// Furthest a main verb stands from the head of its sentence, tokens.
const FURTHEST_VERB: usize = 80;
/// Longest apposition between commas, tokens.
const LONGEST_APPOSITION: usize = 16;

/// A document with what attribution asks of each token.
pub(super) struct View<'a> {
    /// The document.
    pub doc: &'a Document,
    /// For each token, 1 + the index of the mention that holds it, or 0.
    mention_at: Vec<u32>,
    /// The first three people of the document with the byte of their first mention.
    pub first_people: Vec<(EntityId, u32)>,
    /// For each token, how many pairs of marks stand around it (the marks themselves count as inside).
    pub depth: Vec<u8>,
}

impl<'a> View<'a> {
    /// The view of a document with its marked passages.
    pub(super) fn new(doc: &'a Document, marked: &[Marked]) -> Self {
        let mut mention_at = vec![0; doc.tokens.len()];
        for (index, mention) in doc.mentions.iter().enumerate() {
            if mention.role == Role::Demonym {
                continue;
            }
            for slot in mention_at.get_mut(mention.tokens.range()).unwrap_or_default() {
                *slot = index as u32 + 1;
            }
        }
        let mut steps = vec![0i32; doc.tokens.len() + 1];
        for m in marked {
            steps[m.open as usize] += 1;
            steps[m.close as usize] -= 1;
        }
        let depth = steps.iter().scan(0, |sum, step| {
            *sum += step;
            Some((*sum).clamp(0, 255) as u8)
        });
        let mut first_people: Vec<(EntityId, u32)> = Vec::new();
        for mention in &doc.mentions {
            let kind = doc.entities.get(mention.entity.0 as usize).map(|e| e.kind);
            let known = first_people.iter().any(|&(id, _)| id == mention.entity);
            if first_people.len() < 3 && kind == Some(EntityKind::Person) && !known {
                first_people.push((mention.entity, mention.span.start));
            }
        }
        View { doc, mention_at, first_people, depth: depth.collect() }
    }

    /// The mention at a token, demonyms left out.
    pub(super) fn mention(&self, at: usize) -> Option<&'a Mention> {
        match *self.mention_at.get(at)? {
            0 => None,
            n => self.doc.mentions.get(n as usize - 1),
        }
    }

    /// Counted form of a token, empty for marks and past the end.
    pub(super) fn norm(&self, at: usize) -> &'a str {
        self.doc.tokens.get(at).map_or("", |t| self.doc.norm(t))
    }

    /// Surface of a token, empty past the end.
    pub(super) fn surface(&self, at: usize) -> &'a str {
        self.doc.tokens.get(at).map_or("", |t| self.doc.surface(t))
    }

    fn is_word(&self, at: usize) -> bool {
        self.doc.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
    }

    fn is_possessive(&self, at: usize) -> bool {
        self.doc.tokens.get(at).is_some_and(|t| t.base_end < t.span.end)
    }

    /// The reporting verb at a token, if the words around let it be one; participles after a form of `be` are finite.
    pub(super) fn cue(&self, at: usize, lo: usize) -> Option<Reporting> {
        if self.mention(at).is_some() {
            return None;
        }
        let verb = lexicon::reporting(self.norm(at))?;
        let before = if at > lo { self.norm(at - 1) } else { "" };
        let named = at > lo && (pronoun(before).is_some() || self.mention(at - 1).is_some() || is_adverb(before));
        if is_noun_too(self.norm(at)) && !named {
            return None;
        }
        if is_determiner(before) || (at > lo && self.is_possessive(at - 1)) {
            return None;
        }
        match verb.shape {
            Shape::Finite if is_be(before) || before == "being" || before == "been" => None,
            Shape::Participle if is_be(before) || before == "been" => Some(verb.finite()),
            Shape::Base if before == "to" || is_modal(before) => Some(verb),
            Shape::Base if matches!(before, "they" | "we" | "i" | "you" | "who" | "also") => Some(verb.finite()),
            Shape::Base if before.ends_with('s') && !before.ends_with("ss") && at > lo => Some(verb.finite()),
            Shape::Base => None,
            _ => Some(verb),
        }
    }

    /// The noun phrase that ends before the verb at `verb` and begins at or after `lo`.
    pub(super) fn subject(&self, verb: usize, lo: usize) -> Option<Phrase> {
        let mut end = verb;
        while end > lo && is_between(self.norm(end - 1)) {
            end -= 1;
        }
        // `Vale on Tuesday said`
        if end > lo + 1 && is_day(self.norm(end - 1)) {
            end -= 1;
            end -= usize::from(end > lo + 1 && self.norm(end - 1) == "on");
        }
        if end == lo {
            return None;
        }
        if matches!(self.surface(end - 1), "," | ")" | "—" | "–") {
            return self.before_apposition(end - 1, lo);
        }
        self.phrase_ending(end, lo)
    }

    /// The subject before an apposition that ends with the mark at `close` (`Vale, the mayor, said`), or the name that
    /// is the apposition (`the mayor, Ann Vale, said`).
    fn before_apposition(&self, close: usize, lo: usize) -> Option<Phrase> {
        let mark = if self.surface(close) == ")" { "(" } else { self.surface(close) };
        let from = close.saturating_sub(LONGEST_APPOSITION).max(lo);
        // The nearest opening mark whose left side is a noun phrase.
        let mut first = None;
        for open in (from..close).rev().filter(|&at| self.surface(at) == mark) {
            if let Some(inner) = self.phrase_ending(close, open + 1)
                && inner.start == open + 1
                && first.is_none()
                && self.is_person(inner.head)
            {
                return Some(inner);
            }
            first.get_or_insert(open);
            if open > lo
                && let Some(phrase) = self.phrase_ending(open, lo)
                && (phrase.start == lo
                    || !matches!(phrase.head, Head::Common)
                    || is_determiner(self.norm(phrase.start)))
            {
                return Some(phrase);
            }
        }
        None
    }

    fn is_person(&self, head: Head) -> bool {
        matches!(head, Head::Names(id, _) if self.kind(id) == Some(EntityKind::Person))
    }

    /// The kind of an entity.
    pub(super) fn kind(&self, id: EntityId) -> Option<EntityKind> {
        self.doc.entities.get(id.0 as usize).map(|e| e.kind)
    }

    /// The noun phrase whose last token is `end - 1`.
    pub(super) fn phrase_ending(&self, end: usize, lo: usize) -> Option<Phrase> {
        let last = end.checked_sub(1).filter(|&at| at >= lo && self.is_word(at))?;
        if let Some(head) = pronoun(self.norm(last)) {
            return Some(Phrase { start: last, end, head });
        }
        if let Some(mention) = self.mention(last).filter(|_| !self.is_possessive(last)) {
            let start = (mention.tokens.start as usize).max(lo);
            if start == lo || !is_preposition(self.norm(start - 1)) {
                return Some(self.coordinated(start, end, mention.entity, lo));
            }
        }
        self.common_ending(end, lo)
    }

    /// A name, or two joined by `and`.
    fn coordinated(&self, start: usize, end: usize, entity: EntityId, lo: usize) -> Phrase {
        let alone = Phrase { start, end, head: Head::Names(entity, None) };
        if start < lo + 2 || self.norm(start - 1) != "and" {
            return alone;
        }
        match self.mention(start - 2).filter(|_| !self.is_possessive(start - 2)) {
            Some(other) if self.kind(other.entity) == self.kind(entity) && other.entity != entity => Phrase {
                start: (other.tokens.start as usize).max(lo),
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
            if self.mention(at).is_none() && (is_verb(norm) || is_clause_word(norm)) {
                break;
            }
            start = at;
            let opens = is_determiner(norm) && (at == from || !is_linking(self.norm(at - 1)));
            if opens {
                // `the two leaders`
                if start > from && matches!(self.norm(start - 1), "the" | "these" | "those" | "his" | "her" | "their") {
                    start -= 1;
                }
                break;
            }
        }
        // A phrase does not begin with a preposition or a conjunction.
        while start < end && (is_preposition(self.norm(start)) || matches!(self.norm(start), "and" | "or" | "but")) {
            start += 1;
        }
        self.common(start, end)
    }

    /// The phrase `start..end` when it can speak: it has a determiner, or its head is a source (`officials`).
    fn common(&self, start: usize, end: usize) -> Option<Phrase> {
        if start >= end {
            return None;
        }
        let head_end = (start..end).find(|&at| is_preposition(self.norm(at))).unwrap_or(end);
        let head_word = self.norm(head_end.checked_sub(1).filter(|&h| h >= start)?);
        let determined = is_determiner(self.norm(start)) || self.is_possessive(start);
        if !determined && !is_source(head_word) && self.mention(head_end - 1).is_none() {
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

    /// The noun phrase that begins at `start` and ends before `hi` (`said ...`, `according to ...`).
    pub(super) fn phrase_starting(&self, start: usize, hi: usize) -> Option<Phrase> {
        let to = hi.min(start + LONGEST);
        if start >= to {
            return None;
        }
        if let Some(head) = pronoun(self.norm(start)) {
            return Some(Phrase { start, end: start + 1, head });
        }
        let mut at = start;
        let mut name: Option<(usize, usize, EntityId)> = None;
        while at < to && self.is_word(at) {
            if let Some(mention) = self.mention(at) {
                let end = (mention.tokens.end as usize).min(to);
                let possessive = self.is_possessive(end - 1);
                name = (!possessive).then_some((at, end, mention.entity));
                at = end.max(at + 1);
                continue;
            }
            let norm = self.norm(at);
            let stops =
                is_verb(norm) || is_clause_word(norm) || (is_preposition(norm) && norm != "of" && norm != "for");
            if stops || (at > start && name.is_some() && is_preposition(norm)) {
                break;
            }
            if let Some((_, end, id)) = name
                && end == at
                && self.kind(id) == Some(EntityKind::Person)
            {
                break; // `said Vale yesterday`
            }
            at += 1;
        }
        self.resolve_right(start, at, name, to)
    }

    fn resolve_right(
        &self,
        start: usize,
        end: usize,
        name: Option<(usize, usize, EntityId)>,
        to: usize,
    ) -> Option<Phrase> {
        if let Some((first, last, entity)) = name
            && (last == end || self.kind(entity) == Some(EntityKind::Person))
            && (first == start || !is_preposition(self.norm(first - 1)))
        {
            let head = Head::Names(entity, self.and_name(last, to, entity));
            let end = if matches!(head, Head::Names(_, Some(_))) {
                self.mention(last + 1).map_or(last, |m| m.tokens.end as usize)
            } else {
                last
            };
            return Some(Phrase { start: first, end, head });
        }
        // `said the group's leader, Ann Vale`
        if self.surface(end) == ","
            && let Some(mention) = self.mention(end + 1).filter(|m| self.kind(m.entity) == Some(EntityKind::Person))
            && end > start
        {
            return Some(Phrase {
                start: end + 1,
                end: mention.tokens.end as usize,
                head: Head::Names(mention.entity, None),
            });
        }
        self.common(start, end)
    }

    fn and_name(&self, at: usize, to: usize, entity: EntityId) -> Option<EntityId> {
        let other = self.mention(at + 1).filter(|_| self.norm(at) == "and" && at + 1 < to)?;
        let alike = self.kind(other.entity) == self.kind(entity) && other.entity != entity;
        alike.then_some(other.entity)
    }

    /// The subject of the sentence's main verb: the first noun phrase in `lo..hi` that stands free and before a verb.
    pub(super) fn main_subject(&self, lo: usize, hi: usize) -> Option<Phrase> {
        let level = self.depth.get(lo).copied().unwrap_or(0);
        (lo + 1..hi.min(lo + FURTHEST_VERB))
            .filter(|&at| self.depth[at] <= level && is_verb(self.norm(at)) && self.mention(at).is_none())
            .take(6)
            .filter(|&at| {
                !is_determiner(self.norm(at - 1)) && !is_between(self.norm(at - 1)) || is_adverb(self.norm(at - 1))
            })
            .find_map(|at| {
                let phrase = self.subject(at, lo)?;
                let free = phrase.start == lo || !is_preposition(self.norm(phrase.start - 1));
                let relative = matches!(self.norm(phrase.start), "who" | "which" | "that" | "it");
                (free && !relative).then_some(phrase)
            })
    }
}

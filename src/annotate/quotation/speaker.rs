//! The noun phrase that stands as subject of a reporting verb, left or right of it: a name, a pronoun, or words such as
//! `a senior official`.
//!
//! Reads tokens and mentions through a [`View`]; writes nothing. A name after a preposition or with a possessive ending
//! is part of a longer phrase (`a spokesman for Vale`) and never the speaker.

use crate::annotate::quotation::noun_phrase::{Head, LONGEST, Phrase, pronoun};
use crate::annotate::quotation::quote_marks::Marked;
use crate::annotate::word_class::{
    is_adverb, is_be, is_between, is_clause_word, is_day, is_determiner, is_modal, is_noun_too, is_preposition,
    is_source, is_verb,
};
use crate::document::{Document, EntityId, EntityKind, Mention, Role, TokenKind};
use crate::model::lexicon::{self, Reporting, Shape};

/// Furthest a main verb stands from the head of its sentence, tokens.
const FURTHEST_VERB: usize = 80;
/// Longest parenthesis behind a name, tokens.
const LONGEST_PARENTHESIS: usize = 8;
/// Most words of a role between two names.
const ROLE: usize = 3;
/// Longest apposition between commas, tokens.
const LONGEST_APPOSITION: usize = 28;

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
    /// Whether the text has double marks.
    pub quotes_double: bool,
}

/// Adverbs that stand alone between commas before a verb.
fn is_aside(norm: &str) -> bool {
    ["however", "meanwhile", "though", "too", "instead", "also", "therefore", "nevertheless", "then"].contains(&norm)
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
        let quotes_double = marked.iter().any(|m| !m.is_single());
        View { doc, mention_at, first_people, depth: depth.collect(), quotes_double }
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

    /// Whether a token stands in the document's title.
    pub(super) fn is_title(&self, at: usize) -> bool {
        let sentence = self.doc.sentences.get(self.doc.sentences.partition_point(|s| (s.tokens.end as usize) <= at));
        sentence.is_some_and(|sentence| self.doc.in_title(sentence))
    }

    /// Whether a marked passage is all there is of its paragraph.
    pub(super) fn is_paragraph(&self, m: &Marked) -> bool {
        self.doc.article.passages.get(m.passage as usize).is_some_and(|passage| {
            let from = self.doc.tokens.get(m.open as usize).is_some_and(|t| t.span.start == passage.span.start);
            let to = self.doc.tokens.get(m.close as usize).is_none_or(|t| t.span.start >= passage.span.end);
            from && to
        })
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.doc.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
    }

    pub(super) fn is_possessive(&self, at: usize) -> bool {
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
        // `The ad claims “...”`
        let leads = self.depth.get(at + 1).is_some_and(|&inside| inside > self.depth[at]) && !is_preposition(before);
        // `UN estimates say`
        if is_noun_too(self.norm(at)) && is_verb(self.norm(at + 1)) {
            return None;
        }
        // `hits Vale for the deal and claims that`
        let next = self.norm(at + 1);
        let joined = matches!(before, "and" | "but") && next == "that"
            || self.norm(at) == "shows"
                && (next == "that"
                    || !self.is_word(at + 1)
                    || matches!(before, "poll" | "survey" | "study" | "analysis"))
                && !is_preposition(before);
        // `42% say`, `voters say`
        let several = self.norm(at) == "say" && at > lo && self.is_plural(at - 1) && !is_preposition(next);
        if is_noun_too(self.norm(at)) && !named && !leads && !joined && !several {
            return None;
        }
        // `Many said`: the word stands for those who say it.
        let alone = matches!(self.norm(at), "said" | "say" | "says")
            && matches!(before, "some" | "many" | "several" | "most" | "few" | "both");
        if is_determiner(before) && !alone || (at > lo && self.is_possessive(at - 1)) {
            return None;
        }
        // `I’m told`
        let contracted =
            before.contains(['\'', '’']) && pronoun(before.split(['\'', '’']).next().unwrap_or("")).is_some();
        match verb.shape {
            Shape::Finite if contracted && !before.ends_with('d') => None,
            Shape::Finite if is_be(before) || before == "being" || before == "been" => None,
            Shape::Participle if is_be(before) || before == "been" => Some(verb.finite()),
            Shape::Base if before == "to" || is_modal(before) => Some(verb),
            Shape::Base if matches!(before, "they" | "we" | "i" | "you" | "who" | "also") => Some(verb.finite()),
            Shape::Base if at > lo && self.is_plural(at - 1) => Some(verb.finite()),
            Shape::Base if at > lo + 1 && is_adverb(before) && self.is_plural(at - 2) => Some(verb.finite()),
            Shape::Base => None,
            _ => Some(verb),
        }
    }

    /// The noun phrase that ends before the verb at `verb` and begins at or after `lo`.
    pub(super) fn subject(&self, verb: usize, lo: usize) -> Option<Phrase> {
        let mut end = verb;
        // `Will`, `Kelly`: a name may look like such a word.
        let between = |at: usize| is_between(self.norm(at)) && self.mention(at).is_none();
        while end > lo && between(end - 1) {
            end -= 1;
        }
        // `Vale on Tuesday said`
        if end > lo + 1 && is_day(self.norm(end - 1)) {
            end -= 1;
            end -= usize::from(end > lo + 1 && self.norm(end - 1) == "on");
            while end > lo && between(end - 1) {
                end -= 1;
            }
        }
        // `Vale himself said`
        if end > lo + 1 && matches!(self.norm(end - 1), "himself" | "herself" | "itself" | "themselves") {
            end -= 1;
        }
        if end == lo {
            return None;
        }
        // `Vale, meanwhile, said`
        if end > lo + 3 && self.surface(end - 1) == "," && self.surface(end - 3) == "," && is_aside(self.norm(end - 2))
        {
            end -= 2;
            // The comma before the adverb may end an apposition.
            if let Some(phrase) = self.before_apposition(end - 1, lo) {
                return Some(phrase);
            }
            end = self.before_parenthesis(end - 1, lo);
        }
        // `Vale, who said`: the words before are the one who said it. `anyone who says`: nobody of whom it is told.
        if self.norm(end - 1) == "who" && end > lo + 1 {
            end -= 1;
            let comma = end > lo + 1 && self.surface(end - 1) == ",";
            end = self.before_parenthesis(end - usize::from(comma), lo);
            let phrase = self.phrase_ending(end, lo)?;
            let last = self.norm(end - 1);
            let anyone = phrase.head == Head::Common && !comma && !is_source(last) && self.mention(end - 1).is_none();
            return (!anyone && last != "those").then_some(phrase);
        }
        if matches!(self.surface(end - 1), "," | ")" | "—" | "–" | "--") {
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
                && let Some(phrase) = self.phrase_ending(self.before_parenthesis(open, lo), lo)
                && (phrase.start == lo
                    || !matches!(phrase.head, Head::Common)
                    || is_determiner(self.norm(phrase.start)))
            {
                return Some(phrase);
            }
        }
        None
    }

    /// The token after what stands before a short parenthesis that ends at `end` (`Sen. Vale (R-Ohio), who`), or before
    /// the parenthesis and the place behind it (`Vale (R) of Ohio`); else `end`.
    pub(super) fn before_parenthesis(&self, end: usize, lo: usize) -> usize {
        let from = end.saturating_sub(LONGEST_PARENTHESIS).max(lo);
        let placed = (from + 1..end).rev().find(|&at| self.norm(at) == "of" && self.surface(at - 1) == ")");
        let close = placed.unwrap_or(end);
        if close <= lo + 1 || self.surface(close - 1) != ")" {
            return end;
        }
        (from + 1..close).rev().find(|&at| self.surface(at) == "(").unwrap_or(end)
    }

    fn is_person(&self, head: Head) -> bool {
        matches!(head, Head::Names(id, _) if self.kind(id) == Some(EntityKind::Person))
    }

    /// The kind of an entity.
    pub(super) fn kind(&self, id: EntityId) -> Option<EntityKind> {
        self.doc.entities.get(id.0 as usize).map(|e| e.kind)
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
        while at < to && (self.is_word(at) || self.doc.tokens[at].kind == TokenKind::Number) {
            if let Some(mention) = self.mention(at) {
                let end = (mention.tokens.end as usize).min(to);
                let possessive = self.is_possessive(end - 1);
                name = (!possessive).then_some((at, end, mention.entity));
                at = end.max(at + 1);
                continue;
            }
            let norm = self.norm(at);
            // `said retired general Ann Vale`
            let adjective = at == start && norm.ends_with("ed");
            let stops = is_verb(norm) && !adjective
                || is_clause_word(norm)
                || (is_preposition(norm) && norm != "of" && norm != "for");
            if stops || (at > start && name.is_some() && is_preposition(norm)) {
                break;
            }
            if let Some((_, end, id)) = name
                && end == at
                && self.kind(id) == Some(EntityKind::Person)
                && !self.names_another(at, to)
            {
                break; // `said Vale yesterday`
            }
            at += 1;
        }
        self.resolve_right(start, at, name, to)
    }

    /// Whether the words from `at` on lead to another person: `said Vale spokeswoman Ann Moss`.
    fn names_another(&self, at: usize, to: usize) -> bool {
        let small = |at: &usize| self.is_word(*at) && self.surface(*at).starts_with(char::is_lowercase);
        let end = (at..to.min(at + ROLE)).take_while(|at| small(at) && self.mention(*at).is_none()).last();
        end.and_then(|last| self.mention(last + 1)).is_some_and(|m| self.kind(m.entity) == Some(EntityKind::Person))
            && (at..=end.unwrap_or(at)).all(|t| {
                let norm = self.norm(t);
                !(is_verb(norm) || is_preposition(norm) || is_clause_word(norm) || matches!(norm, "and" | "or"))
            })
    }

    /// The noun phrase after `according to`: any there is, to the next comma or verb.
    pub(super) fn source(&self, start: usize, hi: usize) -> Option<Phrase> {
        self.phrase_starting(start, hi).or_else(|| {
            let stops = |&at: &usize| {
                !self.is_word(at) && self.doc.tokens[at].kind != TokenKind::Number
                    || is_verb(self.norm(at))
                    || is_clause_word(self.norm(at))
                    || (at > start && is_preposition(self.norm(at)))
            };
            let end = (start..hi.min(start + LONGEST)).find(stops).unwrap_or(hi.min(start + LONGEST));
            (end > start).then_some(Phrase { start, end, head: Head::Common })
        })
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
            return Some(Phrase { start, end, head });
        }
        // `said the group's leader, Ann Vale`
        if self.surface(end) == ","
            && let Some(mention) = self.mention(end + 1).filter(|m| self.kind(m.entity) == Some(EntityKind::Person))
            && end > start
            && !self.is_word(mention.tokens.end as usize)
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
        let depth = |at: usize| self.depth.get(at).copied().unwrap_or(0);
        let level = depth(lo).min(depth(hi.min(self.depth.len().saturating_sub(1))));
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
                (free && !relative && depth(phrase.start) <= level).then_some(phrase)
            })
    }
}

//! Names that somebody else found (people who labelled a text, another model): spans with a kind, turned into the
//! [`Found`] names that [`alias`] merges, with what the words around them tell. It decides no span and no kind.

use super::word::{self, Evidence, Word};
use super::{Found, Sense, alias, candidate, listed_kind, seat};
use crate::document::{Byte, Document, Entity, EntityKind, Mention, Span, Tok};
use crate::model::gazetteer::{self, class};

/// How sure a name is that somebody else found, percent.
const GIVEN: u8 = 95;

/// A name as somebody else found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its place in the clean text.
    pub span: Span<Byte>,
    /// What it is said to be.
    pub kind: EntityKind,
}

/// The entities and mentions of a document whose names are given, in text order: one mention for each name that lies
/// inside a sentence and holds a letter or digit, and beside each its index in `given`.
pub fn resolve(doc: &Document, given: &[Given]) -> (Vec<Entity>, Vec<Mention>, Vec<usize>) {
    let mut order: Vec<usize> = (0..given.len()).collect();
    order.sort_by_key(|&at| (given[at].span.start, given[at].span.end));
    let evidence = Evidence::gather(doc);
    let mut words = Vec::new();
    let mut sentence = usize::MAX;
    let (mut found, mut kept) = (Vec::new(), Vec::new());
    for at in order {
        let span = bare(doc, given[at].span);
        let own = doc.sentences.partition_point(|s| s.span.end <= span.start);
        if span.is_empty() || doc.sentences.get(own).is_none_or(|s| !s.span.overlaps(span)) {
            continue;
        }
        if sentence != own {
            word::split(doc, own, &evidence, &mut words);
            sentence = own;
        }
        found.push(name(doc, own as u32, span, given[at].kind, &words));
        kept.push(at);
    }
    let (entities, mentions) = alias::resolve(doc, &found);
    (entities, mentions, kept)
}

/// A span without an article before, a possessive ending behind, and marks on either side.
fn bare(doc: &Document, span: Span<Byte>) -> Span<Byte> {
    let text = doc.text(span);
    let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let mut name = text[start..].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != '!');
    let mut start = span.start + start as u32;
    for ending in ["'s", "’s"] {
        name = name.strip_suffix(ending).unwrap_or(name);
    }
    if let Some(rest) = ["the ", "The "].iter().find_map(|article| name.strip_prefix(article)) {
        start += 4;
        name = rest;
    }
    Span::new(start, start + name.len() as u32)
}

fn name(doc: &Document, sentence: u32, span: Span<Byte>, kind: EntityKind, words: &[Word<'_>]) -> Found {
    let start = words.partition_point(|w| w.end <= span.start).min(words.len().saturating_sub(1));
    let end = words.partition_point(|w| w.start < span.end).max(start + 1);
    let before = start.checked_sub(1).map(|at| &words[at]);
    let text = doc.text(span);
    let (first, last) = (words[start].token, words[end - 1].token);
    let whole = &doc.tokens[first as usize];
    let (sense, kind) = sense(text, kind, words, start, end);
    Found {
        span,
        tokens: Span::<Tok>::new(first, last + 1),
        sentence,
        sense,
        kind,
        confidence: GIVEN,
        hyphen: first == last && (span.start > whole.span.start || span.end < whole.base_end),
        titled: before.is_some_and(|w| !w.part && w.is(class::TITLE_CORE | class::ROLE_NOUN)),
        sex: before.and_then(|w| candidate::title_sex(w.norm)),
        placed: before.is_some_and(|w| {
            w.lower() && matches!(w.norm, "in" | "near" | "outside" | "around" | "from" | "at" | "across" | "into")
        }),
        bracketed: before.is_some_and(|w| w.text == "(") && words.get(end).is_some_and(|w| w.text == ")"),
    }
}

/// What the word lists say of a name that is known to be of a kind.
fn sense(text: &str, kind: EntityKind, words: &[Word<'_>], start: usize, end: usize) -> (Sense, EntityKind) {
    let article = start > 0 && words[start - 1].text.eq_ignore_ascii_case("the");
    let Some(senses) = gazetteer::english().senses(&gazetteer::folded(text)).filter(|s| !s.needs_the || article) else {
        return (Sense::Open, kind);
    };
    let person = kind == EntityKind::Person;
    let listed = senses.name.filter(|&e| listed_kind(e).is_some_and(|k| (k == EntityKind::Person) == person));
    if let Some((entry, seat)) = senses.seat.filter(|_| matches!(kind, EntityKind::Org | EntityKind::Gpe))
        && let Some(sure) = seat::actor(words, start, end, seat)
    {
        return (Sense::Actor(entry, listed, sure), listed_kind(entry).unwrap_or(kind));
    }
    if let Some(entry) = listed {
        return (Sense::Listed(entry), listed_kind(entry).unwrap_or(kind));
    }
    match senses.demonym.filter(|_| senses.name.is_none()) {
        Some(entry) => (Sense::Demonym(entry), listed_kind(entry).unwrap_or(kind)),
        None => (Sense::Open, kind),
    }
}

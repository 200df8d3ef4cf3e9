//! Names that somebody else found (people who labelled a text, another model): spans with a kind, turned into the
//! [`Found`] names that [`alias`] merges, with what the words around them tell. It decides no span and no kind.

use super::roster::Kinds;
use super::word::{self, Evidence, Word};
use super::{Found, Sense, alias, candidate, listed_kind, person, seat};
use crate::config::Metonyms;
use crate::document::{Byte, Document, Entity, EntityKind, Mention, Span, Tok};
use crate::model::gazetteer::{self, class};

/// How sure a name is that somebody else found, percent.
const GIVEN: u8 = 95;
/// The same for one whose kind is guessed.
const GUESS: u8 = 40;

/// A name as somebody else found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its place in the clean text.
    pub span: Span<Byte>,
    /// What it is said to be; byline's own guess when nothing is said.
    pub kind: Option<EntityKind>,
    /// Whether that is a fact, so that the same words with another kind name something else.
    pub sure: bool,
}

/// The entities and mentions of a document whose names are given, in text order: one mention for each name that lies
/// inside a sentence and holds a letter or digit, and beside each its index in `given`.
pub fn resolve(doc: &Document, given: &[Given], metonyms: Metonyms) -> (Vec<Entity>, Vec<Mention>, Vec<usize>) {
    let (found, spans, kept) = found(doc, given);
    let (entities, mut mentions) = alias::resolve(doc, &found, (kinds_of(given), metonyms));
    for (mention, (span, tokens)) in mentions.iter_mut().zip(spans) {
        (mention.span, mention.tokens) = (span, tokens);
    }
    (entities, mentions, kept)
}

/// A name's bytes and tokens with the titles that were given with it.
type Whole = (Span<Byte>, Span<Tok>);

/// The given names as the merging of names reads them, in text order; for each its whole span and its index in `given`.
pub(super) fn found(doc: &Document, given: &[Given]) -> (Vec<Found>, Vec<Whole>, Vec<usize>) {
    let mut order: Vec<usize> = (0..given.len()).collect();
    order.sort_by_key(|&at| (given[at].span.start, given[at].span.end));
    let evidence = Evidence::gather(doc);
    let own_names = if given.iter().any(|g| g.kind.is_none()) { super::names(doc) } else { Vec::new() };
    let mut words = Vec::new();
    let mut sentence = usize::MAX;
    let (mut found, mut spans, mut kept) = (Vec::new(), Vec::new(), Vec::new());
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
        let (kind, sure) = given[at].kind.map_or_else(|| guess(doc, span, &own_names), |kind| (kind, GIVEN));
        // Titles are no part of whom a name names, but stay in what was given.
        let core = if kind == EntityKind::Person { person::without_titles(doc.text(span)) } else { doc.text(span) };
        let core = Span::new(span.end - core.len() as u32, span.end);
        let name = name(doc, own as u32, core, (kind, sure), &words);
        let first = words[..].partition_point(|w| w.end <= span.start).min(words.len().saturating_sub(1));
        spans.push((span, Span::new(words[first].token, name.tokens.end)));
        found.push(name);
        kept.push(at);
    }
    (found, spans, kept)
}

/// A person's name without the titles before it; the whole of it when nothing would be left.
pub fn without_titles(name: &str) -> &str {
    person::without_titles(name)
}

fn kinds_of(given: &[Given]) -> Kinds {
    if given.iter().all(|name| name.sure && name.kind.is_some()) { Kinds::Known } else { Kinds::Voted }
}

/// The kind that byline itself sees in a name: where it found one that shares words with it, else by its form.
fn guess(doc: &Document, span: Span<Byte>, own: &[Found]) -> (EntityKind, u8) {
    let from = own.partition_point(|f| f.span.end <= span.start);
    let here = own[from..].iter().take_while(|f| f.span.start < span.end);
    if let Some(found) = here.max_by_key(|f| f.span.end.min(span.end) - f.span.start.max(span.start)) {
        return (found.kind, found.confidence.max(GUESS));
    }
    let text = doc.text(span);
    if let Some(found) = own.iter().find(|f| doc.text(f.span) == text) {
        return (found.kind, found.confidence.max(GUESS));
    }
    let given = text.split(' ').next().and_then(|first| gazetteer::english().given(first));
    (if given.is_some() && text.contains(' ') { EntityKind::Person } else { EntityKind::Misc }, GUESS)
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

fn name(
    doc: &Document,
    sentence: u32,
    span: Span<Byte>,
    (kind, confidence): (EntityKind, u8),
    words: &[Word<'_>],
) -> Found {
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
        confidence,
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

//! Names in sentences whose capitals tell nothing (title-cased and shouted headlines): only names of the lists and
//! names that the rest of the document has shown.

use std::collections::BTreeMap;

use super::candidate::longest_listed;
use super::word::{self, Evidence, Word};
use super::{Found, Sense, listed_kind, seat};
use crate::document::{Document, EntityKind, Span};
use crate::model::form;
use crate::model::gazetteer::{self, Senses, class};
use crate::model::stopword;

/// Most words of a name of the document that is looked for.
const LONGEST: usize = 5;

/// Appends the names of these sentences to `found`.
pub(super) fn find(doc: &Document, sentences: &[usize], evidence: &Evidence<'_>, found: &mut Vec<Found>) {
    if sentences.is_empty() {
        return;
    }
    let mut known: BTreeMap<&str, EntityKind> = BTreeMap::new();
    for name in found.iter().filter(|f| f.sense == Sense::Open) {
        known.entry(doc.text(name.span)).or_insert(name.kind);
        if name.kind == EntityKind::Person
            && let Some(last) = doc.text(name.span).split(' ').next_back()
        {
            known.entry(last).or_insert(EntityKind::Person);
        }
    }
    let mut words = Vec::new();
    for &sentence in sentences {
        word::split(doc, sentence, evidence, &mut words);
        find_in(doc, sentence as u32, &words, &known, found);
    }
}

fn find_in(
    doc: &Document,
    sentence: u32,
    words: &[Word<'_>],
    known: &BTreeMap<&str, EntityKind>,
    found: &mut Vec<Found>,
) {
    let lists = gazetteer::english();
    let shouted = words.iter().filter(|w| w.acronym).count() * 2 > words.iter().filter(|w| !w.mark).count();
    // In a shouted line names are looked up as they are written elsewhere.
    let spelled: Vec<String> =
        words.iter().map(|w| if shouted { unshouted(w.text) } else { w.text.to_owned() }).collect();
    let again: Vec<Word<'_>> = words.iter().zip(&spelled).map(|(w, s)| Word { text: s, ..*w }).collect();
    let mut buffer = String::new();
    let mut at = 0;
    while at < again.len() {
        if again[at].mark || !word::starts_capital(again[at].text) {
            at += 1;
            continue;
        }
        let open = known_at(&again, at, known);
        let listed = longest_listed(&again, at, lists, &mut buffer)
            .filter(|&(end, senses)| end > at + 1 || senses.demonym.is_some() || !is_plain_word(&again[at], shouted));
        let (end, sense, kind, confidence) = match (open, listed) {
            (Some((end, kind)), None) => (end, Sense::Open, kind, 70),
            (Some((end, kind)), Some((far, _))) if end > far => (end, Sense::Open, kind, 70),
            (_, Some((end, senses))) => match sense(&again, at, end, senses) {
                Some((sense, kind, sure)) => (end, sense, kind, sure),
                None => {
                    at = end;
                    continue;
                }
            },
            (None, None) => {
                at += 1;
                continue;
            }
        };
        let (first, last) = (&again[at], &again[end - 1]);
        let whole = &doc.tokens[first.token as usize];
        found.push(Found {
            span: Span::new(first.start, last.end),
            tokens: Span::new(first.token, last.token + 1),
            sentence,
            sense,
            kind,
            confidence,
            hyphen: first.token == last.token && (first.start > whole.span.start || last.end < whole.base_end),
            titled: false,
            sex: None,
            placed: false,
            bracketed: false,
        });
        at = end;
    }
}

fn sense(words: &[Word<'_>], start: usize, end: usize, senses: Senses) -> Option<(Sense, EntityKind, u8)> {
    let kind_of = listed_kind;
    if let Some((entry, seat)) = senses.seat
        && let Some(sure) = seat::actor(words, start, end, seat)
    {
        return Some((Sense::Actor(entry, senses.name, sure), kind_of(entry)?, sure));
    }
    match (senses.name, senses.demonym) {
        (Some(entry), _) => Some((Sense::Listed(entry), kind_of(entry)?, 85)),
        (None, Some(entry)) => Some((Sense::Demonym(entry), kind_of(entry)?, 85)),
        (None, None) => None,
    }
}

/// Whether a listed single word is more likely the ordinary word here.
fn is_plain_word(word: &Word<'_>, shouted: bool) -> bool {
    let lower = word.text.to_lowercase();
    let lists = gazetteer::english();
    let common = lists.is_ordinary(&lower) || stopword::is_stopword(&lower) || word.is(class::CALENDAR | class::TITLE);
    common && (shouted || !(word.acronym && word.text.len() <= 4))
}

/// The longest name of the document at `at`.
fn known_at(words: &[Word<'_>], at: usize, known: &BTreeMap<&str, EntityKind>) -> Option<(usize, EntityKind)> {
    let mut buffer = String::new();
    let mut best = None;
    for end in at + 1..=(at + LONGEST).min(words.len()) {
        let word = &words[end - 1];
        if word.mark || (end > at + 1 && word.glued) {
            break;
        }
        if end > at + 1 {
            buffer.push(' ');
        }
        buffer.push_str(word.text);
        if let Some(&kind) = known.get(buffer.as_str()) {
            best = Some((end, kind));
        }
        if word.possessive {
            break;
        }
    }
    best
}

/// `PUTIN` as `Putin`; short acronyms of the lists stay.
fn unshouted(word: &str) -> String {
    let lists = gazetteer::english();
    let lower = word.to_lowercase();
    if word.len() <= 5 && lists.senses(&gazetteer::folded(word)).is_some() && !stopword::is_stopword(&lower) {
        return word.to_owned();
    }
    form::capitalised(&lower)
}

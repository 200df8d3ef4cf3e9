//! Attributed words without marks: `X said that ...`, `according to X, ...`, `..., X said`, `X vowed to ...`.
//!
//! Reads sentences through a [`View`], writes nothing. The verb must have a subject that can speak, and a clause, a
//! question or an infinitive must follow it, or a clause stand before it, in the same sentence.

use super::attribution::{self, Attribution};
use super::clause;
use super::noun_phrase::Phrase;
use super::speaker::View;
use crate::annotate::word_class::{is_day, is_determiner, is_preposition, is_verb};
use crate::document::{Byte, Span, TokenKind};
use crate::model::lexicon::{Reporting, Shape, Takes};

/// An indirect quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Indirect {
    /// The content clause.
    pub content: Span<Byte>,
    /// Who says it.
    pub attribution: Attribution,
}

/// Fewest tokens of a content clause before its verb.
const SHORTEST: usize = 4;
/// Fewest tokens of a clause of which no verb is known.
const ROOM: usize = 7;
/// Longest title between commas, tokens.
const LONGEST_TITLE: usize = 9;
/// Most tokens of a dateline.
const DATELINE: usize = 8;
/// Most tokens of a clause with `who` before its verb's own.
const RELATIVE: usize = 12;
/// Most cues that are tried in a sentence.
const CUES: usize = 12;

/// The indirect quotations of tokens `lo..hi`, a sentence.
pub(super) fn indirect(view: &View<'_>, lo: usize, hi: usize) -> Vec<Indirect> {
    let (lo, hi) = (after_dateline(view, lo, hi), clause_end(view, lo, hi));
    let mut found: Vec<Indirect> = according(view, lo, hi).into_iter().collect();
    let cue = |at: usize| {
        let verb = (view.depth[at] == 0).then(|| view.cue(at, lo)).flatten()?;
        let governed = verb.shape == Shape::Participle && is_preposition(view.norm(at - 1));
        (verb.shape != Shape::Base && !governed).then_some((at, verb))
    };
    let cues: Vec<(usize, Reporting)> = (lo + 1..hi).filter_map(cue).take(CUES).collect();
    let mut taken = lo;
    // `..., said Vale`
    for &(at, verb) in cues.iter().filter(|&&(at, verb)| inverted(view, at, verb, lo)) {
        if let Some(phrase) = view.phrase_starting(at + 1, hi).filter(|phrase| can_speak(view, *phrase, verb)) {
            let named = attribution::named(view, phrase, at, at + 1, verb.class, "verb-subject", 85);
            // `The firm, which makes cars, said the plan was dead`
            if !is_verb(view.norm(phrase.end)) {
                found.extend(build(view, lo, at - 1, named));
            }
        }
    }
    for (index, &(at, verb)) in cues.iter().enumerate() {
        let Some(phrase) = speaker(view, at, verb, lo) else {
            continue;
        };
        let rule = if verb.shape == Shape::Finite { "subject-verb" } else { "participle" };
        let named = attribution::named(view, phrase, at, at + 1, verb.class, rule, 85);
        let first = clause::start(view, at, hi, verb)
            .or_else(|| clause::gapped(view, phrase.start, at, hi))
            .or_else(|| clause::measured(view, (phrase.start, phrase.end), at, hi));
        if let Some(first) = first {
            let end = content_end(view, first, hi, cues.get(index + 1..).unwrap_or(&[]), lo);
            // `An official, who asked not to be named, said`: an aside ends at its comma.
            let aside = at > lo + 1
                && view.norm(at - 1) == "who"
                && view.surface(at - 2) == ","
                && matches!(view.norm(first), "to" | "not");
            let end = if aside { (first..end).find(|&t| view.surface(t) == ",").unwrap_or(end) } else { end };
            found.extend(build(view, first, end, named));
        } else if verb.shape == Shape::Finite
            && verb.takes != Takes::Object
            && let Some((first, end)) = around(view, phrase.start, at, taken, hi)
        {
            found.extend(build(view, first, end, named));
            taken = at;
        }
    }
    found
}

/// The first token behind `WASHINGTON —`.
fn after_dateline(view: &View<'_>, lo: usize, hi: usize) -> usize {
    let capitals =
        view.is_word(lo) && view.doc.tokens[lo].span.len() > 3 && !view.surface(lo).contains(char::is_lowercase);
    let dash = |&at: &usize| matches!(view.surface(at), "—" | "–" | "--");
    let found = (lo + 1..hi.min(lo + DATELINE)).find(dash).filter(|_| capitals);
    found.map_or(lo, |dash| dash + 1)
}

/// Whether the verb at `at` stands between a clause, a comma and its subject.
fn inverted(view: &View<'_>, at: usize, verb: Reporting, lo: usize) -> bool {
    verb.shape == Shape::Finite
        && verb.takes == Takes::Clause
        && !clause::takes_hearer(view.norm(at))
        && at > lo + SHORTEST
        && view.surface(at - 1) == ","
        && view.mention(at - 2).is_none()
        && (lo..at).all(|t| view.depth[t] == 0)
        && (lo..at).any(|t| is_verb(view.norm(t)))
        && (view.surface(at + 1).starts_with(|c: char| c.is_uppercase())
            || is_determiner(view.norm(at + 1))
            || (at + 2..at + 5).any(|t| view.mention(t).is_some() && (at + 1..t).all(|w| is_title(view, w))))
}

/// Whether a word may stand between a verb and the name of who speaks: `says political scientist Ann Vale`.
fn is_title(view: &View<'_>, at: usize) -> bool {
    let norm = view.norm(at);
    view.is_word(at) && view.mention(at).is_none() && !is_verb(norm) && !is_preposition(norm) && !is_day(norm)
}

/// Who speaks by the verb at `at`.
fn speaker(view: &View<'_>, at: usize, verb: Reporting, lo: usize) -> Option<Phrase> {
    let phrase = match verb.shape {
        Shape::Finite => before_relative(view, at, lo).or_else(|| view.subject(at, lo)).or_else(|| {
            let joined = matches!(view.norm(at - 1), "and" | "but" | "then");
            joined.then(|| attribution::shared_subject(view, at, lo)).flatten()
        }),
        _ => view.main_subject(lo, at),
    };
    phrase.filter(|phrase| can_speak(view, *phrase, verb))
}

/// `Voters in Vale who saw the debate said`: those of whom the clause between tells.
fn before_relative(view: &View<'_>, at: usize, lo: usize) -> Option<Phrase> {
    let within = (at.saturating_sub(RELATIVE).max(lo)..at).rev();
    let who = within.take_while(|&t| view.is_word(t) && view.depth[t] == 0).find(|&t| view.norm(t) == "who")?;
    let told = (who + 1..at).any(|t| is_verb(view.norm(t)) && view.mention(t).is_none()) && at > who + 2;
    (who > lo && told).then(|| view.phrase_ending(who, lo)).flatten()
}

/// The sentence without its last mark.
fn clause_end(view: &View<'_>, lo: usize, hi: usize) -> usize {
    let mut end = hi;
    while end > lo && view.doc.tokens[end - 1].kind == TokenKind::Punctuation && view.depth[end - 1] == 0 {
        end -= 1;
    }
    end
}

fn can_speak(view: &View<'_>, phrase: Phrase, verb: Reporting) -> bool {
    let word = view.norm(phrase.start);
    let stands_for_a_speaker = match word {
        "i" | "we" | "you" | "who" | "which" | "that" | "this" | "there" => false,
        "it" => verb.takes == Takes::Clause,
        _ => true,
    };
    stands_for_a_speaker
        && (phrase.start == 0 || !is_preposition(view.norm(phrase.start - 1)))
        && view.depth[phrase.start] == 0
}

/// Where the content that begins at `first` ends: before a further clause with a cue of its own that `and`, `but`,
/// `while` or a comma adds, or before a participle that goes on about the same speaker.
fn content_end(view: &View<'_>, first: usize, hi: usize, later: &[(usize, Reporting)], lo: usize) -> usize {
    // `While Vale argues that it works, others left`
    let opener = lo + usize::from(matches!(view.norm(lo), "but" | "and"));
    if matches!(view.norm(opener), "while" | "although" | "though" | "when" | "because" | "if" | "since")
        && let Some(comma) = (first + SHORTEST.min(hi - first)..hi).find(|&at| view.surface(at) == ",")
        && (lo..first).all(|at| view.surface(at) != ",")
    {
        return comma;
    }
    for &(at, verb) in later.iter().filter(|&&(at, _)| at > first) {
        let begin = match verb.shape {
            Shape::Finite => match view.subject(at, lo) {
                Some(phrase) if phrase.start > first => phrase.start,
                Some(_) => continue,
                None => at,
            },
            _ => at,
        };
        let joined = begin.saturating_sub(1);
        let adds = matches!(view.norm(joined), "and" | "but" | "while" | "though");
        let end = if adds { joined } else { begin };
        let comma = end > first + 1 && matches!(view.surface(end - 1), "," | "—" | "–" | ";");
        if (adds || comma) && end > first + 2 {
            return end - usize::from(comma);
        }
    }
    hi
}

/// The clause around an inserted `, X said,` or before a last `, X said on Tuesday`: the longer side.
fn around(view: &View<'_>, subject: usize, at: usize, lo: usize, hi: usize) -> Option<(usize, usize)> {
    let comma = subject.checked_sub(1).filter(|&c| c > lo && view.surface(c) == ",")?;
    let comma = before_title(view, lo, comma);
    let next = at + 1;
    let norm = view.norm(next);
    let inserted = view.surface(next) == ",";
    let free = next >= hi || inserted || is_day(norm) || is_preposition(norm) || clause::is_hearer(view, next);
    let clause = |first: usize, end: usize| {
        end >= first + SHORTEST
            && (first..end).all(|t| view.depth[t] == 0)
            && (end >= first + ROOM || (first..end).any(|t| is_verb(view.norm(t))))
    };
    let subordinate = clause::is_subordinate(view.norm(lo));
    if !free {
        return None;
    }
    // `In the end, the road will stay shut, Vale said`
    let main = if subordinate { (lo..comma).find(|&t| view.surface(t) == ",").map_or(comma, |c| c + 1) } else { lo };
    let before = clause(main, comma);
    let adds = clause::is_subordinate(view.norm(next + 1)) && before;
    if inserted && !adds && clause(next + 1, hi) && (!before || hi - next > comma - lo) {
        return Some((next + 1, hi));
    }
    before.then_some((lo, comma))
}

/// `..., the mayor, Ann Vale, said`: the comma before a title that stands between commas; else the comma itself.
fn before_title(view: &View<'_>, lo: usize, comma: usize) -> usize {
    let earlier = (comma.saturating_sub(LONGEST_TITLE).max(lo + 1)..comma).rev().find(|&t| view.surface(t) == ",");
    let title = |&c: &usize| is_determiner(view.norm(c + 1)) && (c + 1..comma).all(|t| !is_verb(view.norm(t)));
    earlier.filter(title).unwrap_or(comma)
}

/// `According to X, ...` and `..., according to X`.
fn according(view: &View<'_>, lo: usize, hi: usize) -> Option<Indirect> {
    let at = (lo..hi.saturating_sub(2)).find(|&t| view.norm(t) == "according" && view.norm(t + 1) == "to")?;
    if view.depth[at] > 0 {
        return None;
    }
    let phrase = view.source(at + 2, hi)?;
    let named = attribution::named(view, phrase, at, at + 2, 0, "according-to", 85);
    if at == lo {
        let comma = (phrase.end..hi.min(phrase.end + 12)).find(|&t| view.surface(t) == ",")?;
        let enough = hi - comma > SHORTEST && view.depth[comma + 1] == 0;
        return enough.then(|| build(view, comma + 1, hi, named)).flatten();
    }
    let end = if view.surface(at - 1) == "," { at - 1 } else { at };
    // `Sales, according to the firm, have risen`
    if end < lo + SHORTEST && view.surface(phrase.end) == "," && hi > phrase.end + SHORTEST {
        let free = (phrase.end..hi).all(|t| view.depth[t] == 0);
        return free.then(|| build(view, phrase.end + 1, hi, named)).flatten();
    }
    let plain = (lo..end).all(|t| view.depth[t] == 0);
    (plain && end - lo >= SHORTEST).then(|| build(view, lo, end, named)).flatten()
}

fn build(view: &View<'_>, first: usize, end: usize, attribution: Attribution) -> Option<Indirect> {
    let tokens = &view.doc.tokens;
    (first < end)
        .then(|| Indirect { content: Span::new(tokens[first].span.start, tokens[end - 1].span.end), attribution })
}

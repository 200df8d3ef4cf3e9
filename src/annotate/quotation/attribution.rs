//! Who is said to have said a marked passage: the reporting verb before or after it in its sentence, and that verb's
//! subject.
//!
//! Reads tokens, sentences, mentions and marks through a [`View`]; writes nothing. Precision first: where two readings
//! are open, the speaker's words are given and the entity is left out.

use crate::annotate::quotation::behind::{after, ends_like_speech};
use crate::annotate::quotation::beside;
use crate::annotate::quotation::clause;
use crate::annotate::quotation::noun_phrase::{Head, Phrase};
use crate::annotate::quotation::quote_marks::Marked;
use crate::annotate::quotation::speaker::View;
use crate::annotate::word_class::{is_adverb, is_be, is_modal, is_preposition, is_verb};
use crate::document::{Byte, EntityKind, Span, Speaker};
use crate::model::lexicon::{Reporting, Shape, Takes};

/// A speaker with the cue and the rule that found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attribution {
    /// Who.
    pub speaker: Option<Speaker>,
    /// The reporting verb or `according to`.
    pub cue: Option<Span<Byte>>,
    /// Class of the cue.
    pub class: i8,
    /// Stable name of the rule.
    pub rule: &'static str,
    /// Percent.
    pub confidence: u8,
    /// The subject is plain plural or a pronoun and was not resolved.
    pub open: bool,
}

/// Most verbs before a mark that are tried.
const CUES: usize = 5;
/// Furthest a cue stands from the mark, tokens.
pub(super) const REACH: usize = 40;
/// Most tokens between `and` and the subject of the clause that it begins.
const OPENING: usize = 5;

/// Tokens `lo..hi` of the sentence around a marked passage that a speaker may be looked for in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// First token of the sentence in which the opening mark stands, or of the quotation around.
    pub lo: usize,
    /// Token after the last of the sentence in which the closing mark stands, or of the quotation around.
    pub hi: usize,
}

/// Attributes one marked passage by the words of its own sentence.
pub(super) fn attribute(view: &View<'_>, marked: &Marked, frame: Frame) -> Option<Attribution> {
    let comma = ends_like_speech(view, marked);
    if comma && let Some(found) = after(view, marked, frame) {
        return Some(found);
    }
    let found = colon(view, marked.open as usize, frame)
        .or_else(|| before(view, marked, frame))
        .or_else(|| if comma { None } else { after(view, marked, frame) });
    // Whom the author addresses (`what you may call "growth"`) is no speaker.
    let addressed = |s: Speaker| view.doc.text(s.span).eq_ignore_ascii_case("you");
    found.filter(|found| !found.speaker.is_some_and(addressed) || view.depth[marked.open as usize] > 1)
}

/// `X said: "..."`, `X told Z that "..."`, `According to X, "..."`, `..., urging Z to "..."`.
fn before(view: &View<'_>, marked: &Marked, frame: Frame) -> Option<Attribution> {
    let open = marked.open as usize;
    let level = view.depth.get(open)?.saturating_sub(1);
    let from = open.saturating_sub(REACH).max(frame.lo);
    let (mut tried, mut subjectless) = (0, false);
    for at in (from..open).rev() {
        if view.depth[at] > level {
            continue;
        }
        if tried == CUES {
            break;
        }
        if view.surface(at) == ";" {
            break;
        }
        if view.norm(at) == "according" && view.norm(at + 1) == "to" {
            let phrase = view.source(at + 2, open)?;
            return Some(named(view, phrase, at, at + 2, 0, "according-to", 90));
        }
        if let Some(verb) = view.cue(at, frame.lo).filter(|v| v.shape == Shape::Finite || !subjectless) {
            tried += 1;
            // Without a main subject before this participle there is none before an earlier one.
            subjectless |= verb.shape != Shape::Finite;
            if let Some(found) = by_verb(view, at, verb, frame) {
                return Some(found);
            }
        }
    }
    // `As Vale put it: "..."`
    let colon = open.checked_sub(1).filter(|&at| matches!(view.surface(at), ":" | ","));
    if let Some(put) = colon.and_then(|at| at.checked_sub(2)).filter(|&put| put > frame.lo)
        && matches!(view.norm(put), "put" | "puts")
        && view.norm(put + 1) == "it"
    {
        let phrase = view.subject(put, frame.lo)?;
        return Some(named(view, phrase, put, put + 1, 0, "subject-verb", 85));
    }
    // `Vale resisted: "..."`
    let at = open.checked_sub(1).filter(|&at| at > frame.lo && view.surface(at) == ":")?;
    let phrase = view.main_subject(frame.lo, at)?;
    Some(named(view, phrase, at, at, 0, "colon", 65))
}

/// The speaker by a verb left of the mark.
pub(super) fn by_verb(view: &View<'_>, at: usize, verb: Reporting, frame: Frame) -> Option<Attribution> {
    // `Vale would denounce the "wild" plan`
    let modal = verb.shape == Shape::Base && at > frame.lo && is_modal(view.norm(at - 1));
    // `Stated Vale: "..."`, `but, said Vale, "..."`; who stands behind a verb that judges is its object.
    // Who stands behind `told` hears.
    let hears = clause::takes_hearer(view.norm(at));
    let inverts = verb.shape == Shape::Finite && !(verb.takes == Takes::Object && verb.class != 0) && !hears;
    if inverts && (at == frame.lo || view.surface(at - 1) == ",") {
        let phrase = view.phrase_starting(at + 1, frame.hi);
        let last = phrase.map_or("", |phrase| view.surface(phrase.end));
        let this = matches!(view.norm(at + 1), "this" | "that" | "these" | "it");
        let leads =
            !this && phrase.is_some_and(|phrase| view.depth.get(phrase.end + 1).is_some_and(|&d| d > view.depth[at]));
        if let Some(phrase) = phrase.filter(|_| leads && matches!(last, ":" | ",")) {
            return Some(named(view, phrase, at, at + 1, verb.class, "verb-subject", 85));
        }
    }
    if inverts && at == frame.lo {
        let phrase = view.phrase_starting(at + 1, frame.hi)?;
        let colon = view.surface(phrase.end) == ":";
        return colon.then(|| named(view, phrase, at, at + 1, verb.class, "colon", 85));
    }
    if verb.shape == Shape::Finite || modal {
        if let Some(phrase) = view.subject(at, frame.lo) {
            let colon = view.surface(at + 1) == ":";
            let rule = if colon { "colon" } else { "subject-verb" };
            return Some(named(view, phrase, at, at + 1, verb.class, rule, 95));
        }
        let mut join = at;
        while join > frame.lo + 1 && is_adverb(view.norm(join - 1)) && view.norm(join - 1) != "then" {
            join -= 1;
        }
        let joined =
            join > frame.lo && (matches!(view.norm(join - 1), "and" | "but" | "then") || view.surface(join - 1) == ",");
        if let Some(phrase) = joined.then(|| shared_subject(view, join, frame.lo)).flatten() {
            return Some(named(view, phrase, at, at + 1, verb.class, "subject-verb", 80));
        }
        return None;
    }
    // `with Vale reportedly yelling`, `attacked Vale for saying`
    let mut end = at;
    while end > frame.lo && is_adverb(view.norm(end - 1)) {
        end -= 1;
    }
    let fault = end > frame.lo && view.norm(end - 1) == "for";
    let own = view
        .phrase_ending(end - usize::from(fault), frame.lo)
        .filter(|phrase| phrase.start > frame.lo && (fault || matches!(view.norm(phrase.start - 1), "with" | "as")));
    // `footage of Vale asking, "..."`
    let last = end.checked_sub(1).filter(|&last| last >= frame.lo);
    let person = last.and_then(|last| view.mention(last)).filter(|m| m.tokens.end as usize == end);
    let behind = person.filter(|m| view.kind(m.entity) == Some(EntityKind::Person)).map(|m| Phrase {
        start: (m.tokens.start as usize).max(frame.lo),
        end,
        head: Head::Names(m.entity, None),
    });
    // `Adding, "..."`: the one who spoke in the sentence before.
    let earlier = || (at == frame.lo).then(|| beside::subject_before(view, at)).flatten();
    let phrase = own
        .or(behind)
        .or_else(|| clause_subject(view, at, frame.lo))
        .or_else(|| view.main_subject(frame.lo, at))
        .or_else(earlier)?;
    Some(named(view, phrase, at, at + 1, verb.class, "participle", 80))
}

/// `Vale left, and on Monday Moss wrote a letter saying "..."`, `..., with Moss, who has used it as a wedge, urging voters`:
/// the subject of the last clause before a participle, or who a relative clause there is about.
fn clause_subject(view: &View<'_>, at: usize, lo: usize) -> Option<Phrase> {
    let joins = |t: &usize| {
        let comma = view.surface(t - 1) == ",";
        view.depth[*t] <= view.depth[at] && comma && matches!(view.norm(*t), "and" | "but" | "while")
    };
    let join = (at.saturating_sub(REACH).max(lo + 1)..at).rev().find(joins);
    let own = join.and_then(|t| Some((t, view.main_subject(t + 1, at)?)));
    if let Some((_, phrase)) = own.filter(|(t, phrase)| phrase.start <= t + OPENING) {
        return Some(phrase);
    }
    let from = at.saturating_sub(REACH).max(lo + 2);
    let who = (from..at).rev().find(|&t| view.norm(t) == "who" && view.depth[t] <= view.depth[at])?;
    let end = who - usize::from(view.surface(who - 1) == ",");
    let mention = view.mention(end.checked_sub(1)?).filter(|m| view.kind(m.entity) == Some(EntityKind::Person))?;
    let start = mention.tokens.start as usize;
    // One clause alone lies between: it has one comma, before the participle.
    let commas = (who..at).filter(|&t| view.surface(t) == ",").count();
    let own = commas == 1 && view.surface(at - 1) == ",";
    own.then_some(Phrase { start, end, head: Head::Names(mention.entity, None) })
}

/// The subject that a verb joined by `and` shares with the reporting verb before it, else the sentence's subject.
pub(super) fn shared_subject(view: &View<'_>, at: usize, lo: usize) -> Option<Phrase> {
    let from = at.saturating_sub(REACH).max(lo);
    // `he laughed and said`
    // `Vale said he left and added`: what is reported has a subject of its own, which is not who adds.
    let reported = |phrase: &Phrase| {
        let before = phrase.start.checked_sub(1).filter(|&at| at > lo);
        let that = before.filter(|&at| view.norm(at) == "that").map_or(before, |at| at.checked_sub(1));
        that.is_some_and(|t| t > lo && view.cue(t, lo).is_some_and(|v| v.shape == Shape::Finite))
    };
    let near = (at.saturating_sub(4).max(lo + 1)..at.saturating_sub(1)).rev().find(|&t| is_verb(view.norm(t)));
    let near = near.filter(|&t| view.mention(t).is_none()).and_then(|t| view.subject(t, lo));
    if let Some(phrase) = near.filter(|phrase| !reported(phrase)) {
        return Some(phrase);
    }
    let earlier = (from..at).rev().filter(|&t| view.depth[t] <= view.depth[at]).find_map(|t| {
        view.cue(t, lo).filter(|v| v.shape == Shape::Finite)?;
        view.subject(t, lo).filter(|phrase| !reported(phrase))
    });
    earlier.or_else(|| view.main_subject(lo, at))
}

/// `Vale: "..."` at the head of a sentence or after a dash.
fn colon(view: &View<'_>, open: usize, frame: Frame) -> Option<Attribution> {
    let at = open.checked_sub(1).filter(|&at| at > frame.lo && view.surface(at) == ":")?;
    let phrase = view.phrase_ending(view.before_parenthesis(at, frame.lo), frame.lo)?;
    // `She says to Vale: "..."`, `tweeted this: "..."`
    let governed = phrase.start > frame.lo
        && (is_preposition(view.norm(phrase.start - 1)) || view.cue(phrase.start - 1, frame.lo).is_some());
    if governed || matches!(view.norm(phrase.start), "this" | "that" | "it" | "these") {
        return None;
    }
    let dash = phrase.start > frame.lo && matches!(view.surface(phrase.start - 1), "-" | "–" | "—");
    let short = phrase.end - frame.lo <= 6 && phrase.start <= frame.lo + 3 || dash;
    // `NOTE: "..."`
    let last = view.surface(at - 1);
    let label = last.len() > 2 && !last.contains(char::is_lowercase) && view.mention(at - 1).is_none();
    let name = matches!(phrase.head, Head::Names(..)) || last.starts_with(char::is_uppercase) && !label;
    // `Vale Rips Moss: "..."`: the name before the colon is whom the headline's subject speaks of.
    if view.is_title(at) && phrase.start > frame.lo && !dash {
        let subject = view.phrase_starting(frame.lo, phrase.start)?;
        let person =
            matches!(subject.head, Head::Names(..)) && subject.start == frame.lo && view.mention(frame.lo).is_some();
        return person.then(|| named(view, subject, at, at, 0, "colon", 65));
    }
    (short && name).then(|| Attribution { cue: None, ..named(view, phrase, at, at, 0, "colon", 85) })
}

/// An attribution to a noun phrase; the cue is tokens `cue..cue_end`.
pub(super) fn named(
    view: &View<'_>,
    phrase: Phrase,
    cue: usize,
    cue_end: usize,
    class: i8,
    rule: &'static str,
    confidence: u8,
) -> Attribution {
    let (entity, second) = match phrase.head {
        Head::Names(first, second) => (Some(first), second),
        _ => (None, None),
    };
    let tokens = &view.doc.tokens;
    let span = Span::new(tokens[phrase.start].span.start, tokens[phrase.end - 1].base_end);
    let open = matches!(phrase.head, Head::Pronoun | Head::Plural);
    Attribution {
        speaker: Some(Speaker { span, entity, second }),
        cue: (cue < cue_end).then(|| Span::new(tokens[cue].span.start, tokens[cue_end - 1].span.end)),
        class,
        rule: match phrase.head {
            Head::Pronoun => "pronoun",
            Head::Plural => "plural",
            _ => rule,
        },
        confidence: match phrase.head {
            Head::Names(..) => confidence,
            Head::Common => confidence - 15,
            Head::Pronoun | Head::Plural => 40,
        },
        open,
    }
}

/// Whether the words before a mark lead into speech: a cue, a colon, a comma, or nothing.
pub(super) fn leads_in(view: &View<'_>, open: usize, lo: usize) -> bool {
    if open <= lo {
        return true;
    }
    let before = open - 1;
    matches!(view.surface(before), "," | ":" | "—" | "–")
        || view.cue(before, lo).is_some()
        || (view.norm(before) == "that" && !is_preposition(view.norm(before.saturating_sub(1))))
        || is_be(view.norm(before)) && before == lo
}

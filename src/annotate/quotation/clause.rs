//! What a reporting verb says without marks: where the clause, the question or the infinitive after it begins.
//!
//! Reads tokens through a [`View`]; writes nothing.

use super::noun_phrase::pronoun;
use super::speaker::View;
use crate::annotate::word_class::{is_adverb, is_clause_word, is_day, is_determiner, is_preposition, is_verb};
use crate::document::TokenKind;
use crate::model::lexicon::{Reporting, Takes};

/// Fewest tokens of a clause.
const SHORTEST: usize = 3;
/// Most tokens between a verb and its `that` (`told reporters on Tuesday that`).
const BEFORE_THAT: usize = 12;
/// Most tokens between a verb and its `to` (`urged the voters to`).
const BEFORE_TO: usize = 6;
/// Fewest tokens of a clause of which no verb is known.
const ROOM: usize = 6;
/// Most tokens of the subject of a clause without `that`.
const SUBJECT: usize = 14;

/// First token of what the verb at `at` says, in a sentence that ends before `hi`.
pub(super) fn start(view: &View<'_>, at: usize, hi: usize, verb: Reporting) -> Option<usize> {
    let first = at + 1;
    let found = match verb.takes {
        Takes::Object => None,
        takes => with_that(view, at, hi)
            .or_else(|| without_that(view, at, hi, takes))
            .or_else(|| (is_plain(view.norm(at)) && is_finite(view.norm(first)) && !all_of(view, at)).then_some(first)),
    };
    let found =
        found.or_else(|| question(view, at, hi)).or_else(|| verb.to.then(|| infinitive(view, at, hi)).flatten());
    found.filter(|&found| hi >= found + SHORTEST.min(hi - first) && hi > found + 1 && view.depth[found] == 0)
}

/// Verbs that are finite for sure: `a deal that Vale said was dead`.
fn is_finite(norm: &str) -> bool {
    matches!(
        norm,
        "was" | "were" | "is" | "are" | "would" | "could" | "will" | "had" | "has" | "should" | "may" | "might"
    )
}

/// A verb whose subject stands before the one who says so: `moves that Vale said improved the port`.
pub(super) fn gapped(view: &View<'_>, subject: usize, at: usize, hi: usize) -> Option<usize> {
    let led = subject > 0 && matches!(view.norm(subject - 1), "that" | "which" | "who" | "what");
    let norm = view.norm(at + 1);
    (led && is_plain(view.norm(at)) && hi > at + 2 && (norm.ends_with("ed") || is_verb(norm))).then_some(at + 1)
}

/// What a poll or a study shows, whether it is a clause or not: `The poll shows Vale with a lead of ten points`.
pub(super) fn measured(view: &View<'_>, subject: (usize, usize), at: usize, hi: usize) -> Option<usize> {
    let finds = matches!(view.norm(at), "show" | "shows" | "showed" | "find" | "finds" | "found");
    let poll = |t: usize| {
        matches!(
            view.norm(t),
            "poll" | "polls" | "polling" | "survey" | "surveys" | "study" | "studies" | "analysis" | "census" | "audit"
        )
    };
    let next = view.norm(at + 1);
    let free = hi > at + SHORTEST && view.depth[at + 1] == 0 && !is_preposition(next) && !ends_phrase(view, at + 1);
    (finds && free && (subject.0..subject.1).any(poll)).then_some(at + 1)
}

/// Whether all that somebody says is meant: `Everything Vale says is true`.
fn all_of(view: &View<'_>, at: usize) -> bool {
    let all = |t: usize| matches!(view.norm(t), "everything" | "anything" | "nothing" | "all" | "whatever");
    (at.saturating_sub(4)..at).any(all)
}

/// `that` after the verb, with a hearer or a day between them.
fn with_that(view: &View<'_>, at: usize, hi: usize) -> Option<usize> {
    for that in at + 1..hi.min(at + 1 + BEFORE_THAT) {
        if ends_phrase(view, that) {
            return None;
        }
        if view.norm(that) == "that" {
            // `say that is why`: the word is a pronoun. `said of a list that included`: a relative clause.
            let verb = is_verb(view.norm(that + 1));
            return match that == at + 1 {
                true => Some(if verb { that } else { that + 1 }),
                false => (view.norm(at + 1) != "of" && !verb).then_some(that + 1),
            };
        }
    }
    None
}

/// A clause without `that`: a pronoun, or a noun phrase with a finite verb behind it.
fn without_that(view: &View<'_>, at: usize, hi: usize, takes: Takes) -> Option<usize> {
    let mut first = at + 1;
    // `said Tuesday he would`, `said on Tuesday he would`
    while first < hi && (is_day(view.norm(first)) || (view.norm(first) == "on" && is_day(view.norm(first + 1)))) {
        first += 1;
    }
    let speaks_to = takes_hearer(view.norm(at));
    if speaks_to {
        let hearer = hearer_end(view, at + 1, hi)?;
        first = hearer;
    }
    let norm = view.norm(first);
    if first >= hi || view.depth.get(first).is_none_or(|&d| d > 0) {
        return None;
    }
    // `said it’s late`, `said he’d go`
    let whole = norm.split(['\'', '’']).next().unwrap_or(norm);
    if whole.len() < norm.len() && (pronoun(whole).is_some() || matches!(whole, "that" | "there")) {
        return Some(first);
    }
    if pronoun(norm).is_some() || norm == "there" {
        let verb = first + 1 < hi && view.doc.tokens[first + 1].kind == TokenKind::Word;
        return (verb && (!matches!(norm, "it" | "you") || is_verb(view.norm(first + 1)))).then_some(first);
    }
    if takes != Takes::Clause || speaks_to && first == at + 1 {
        return None;
    }
    let closed = is_preposition(norm) || is_adverb(norm) || is_clause_word(norm) || matches!(norm, "so" | "and" | "or");
    if closed || is_verb(norm) || view.doc.tokens[first].kind == TokenKind::Punctuation {
        return None;
    }
    if is_plain(view.norm(at)) && begins_clause(view, first, hi) {
        return Some(first);
    }
    for verb in first + 1..hi.min(first + SUBJECT) {
        let norm = view.norm(verb);
        if view.doc.tokens[verb].kind == TokenKind::Punctuation || view.depth[verb] > 0 {
            return None;
        }
        if matches!(norm, "that" | "who" | "which" | "whom" | "when" | "while" | "where" | "because" | "as") {
            return None;
        }
        // `announced changes but insisted`
        if matches!(norm, "and" | "but" | "or") && is_verb(view.norm(verb + 1)) {
            return None;
        }
        let denied = norm.ends_with("n't") || norm.ends_with("n’t");
        if view.mention(verb).is_none() && (is_verb(norm) || denied) {
            return Some(first);
        }
    }
    None
}

/// Verbs behind which a noun phrase nearly always begins a clause.
fn is_plain(norm: &str) -> bool {
    matches!(norm, "said" | "say" | "says")
}

/// Whether the words from `first` on are a definite noun phrase with room for a verb of its own behind it, whatever that
/// verb is: `said the heckler deserves a lesson`, not `said a prayer`.
fn begins_clause(view: &View<'_>, first: usize, hi: usize) -> bool {
    let norm = view.norm(first);
    let definite = matches!(norm, "the" | "his" | "her" | "its" | "their" | "our" | "my" | "this" | "these" | "those");
    let large = view.surface(first).starts_with(char::is_uppercase) || view.mention(first).is_some();
    let same = matches!(view.norm(first + 1), "same" | "words" | "word" | "opposite" | "following");
    let enough = hi >= first + ROOM;
    enough && !same && (definite || large) && (first..first + ROOM).all(|t| view.depth[t] == 0)
}

/// `asked whether`, `explained how`, `told them what`.
fn question(view: &View<'_>, at: usize, hi: usize) -> Option<usize> {
    let end = if takes_hearer(view.norm(at)) { at + 1 + BEFORE_TO } else { at + 2 };
    for word in at + 1..hi.min(end) {
        if ends_phrase(view, word) {
            return None;
        }
        if matches!(view.norm(word), "whether" | "if" | "what" | "how" | "why") {
            return Some(word);
        }
    }
    None
}

/// `pledged to`, `urged the voters to`: from what follows the verb.
fn infinitive(view: &View<'_>, at: usize, hi: usize) -> Option<usize> {
    for to in at + 1..hi.min(at + 1 + BEFORE_TO) {
        if ends_phrase(view, to) || (to > at + 1 && is_preposition(view.norm(to)) && view.norm(to) != "to") {
            return None;
        }
        if view.norm(to) == "to" {
            let next = view.norm(to + 1);
            let noun = is_determiner(next) || view.mention(to + 1).is_some() || next.ends_with("ing");
            let base = view.surface(to + 1).starts_with(char::is_lowercase) && !noun;
            return base.then_some(at + 1);
        }
    }
    None
}

fn ends_phrase(view: &View<'_>, at: usize) -> bool {
    view.doc.tokens[at].kind == TokenKind::Punctuation
        || view.depth[at] > 0
        || view.mention(at).is_none() && is_verb(view.norm(at))
}

/// Verbs whose first object is the hearer.
pub(super) fn takes_hearer(norm: &str) -> bool {
    const STEMS: [&str; 9] = ["told", "tell", "inform", "assur", "remind", "warn", "advis", "ask", "urg"];
    STEMS.iter().any(|stem| norm.starts_with(stem))
}

/// The token after the hearer at `start`; `start` itself where no hearer stands.
fn hearer_end(view: &View<'_>, start: usize, hi: usize) -> Option<usize> {
    let mut at = start;
    if matches!(view.norm(at), "him" | "her" | "them" | "us" | "me" | "you" | "reporters") {
        return Some(at + 1);
    }
    while at < hi.min(start + 5) && !ends_phrase(view, at) && !is_preposition(view.norm(at)) {
        if at > start && pronoun(view.norm(at)).is_some() {
            return Some(at);
        }
        if view.mention(at).is_none() && at > start && view.mention(at - 1).is_some() {
            return Some(at);
        }
        at += 1;
    }
    (at == start).then_some(start)
}

/// Whether what follows a last `X said` is only its hearer (`told reporters`).
pub(super) fn is_hearer(view: &View<'_>, at: usize) -> bool {
    takes_hearer(view.norm(at - 1))
}

/// Words that open a clause which is no statement of its own.
pub(super) fn is_subordinate(norm: &str) -> bool {
    [
        "although", "though", "while", "when", "after", "before", "as", "if", "because", "since", "until", "unless",
        "asked", "in", "at", "during", "despite", "on", "for",
    ]
    .contains(&norm)
}

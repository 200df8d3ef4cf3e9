//! Decides whether a capital or a government building stands for the government (`Moscow denied it`) or for the place
//! (`a trip to Moscow`), from the words around it. A fixed list of patterns, in order; what none of them knows is the
//! place.

use super::word::Word;
use crate::model::gazetteer::{Seat, class};
use crate::model::stopword;

/// How sure it is that the words `start..end` stand for a government, in percent; `None` for the place.
pub(super) fn actor(words: &[Word<'_>], start: usize, end: usize, seat: Seat) -> Option<u8> {
    let before = start.checked_sub(1).map(|i| &words[i]);
    let after = words.get(end);
    let owner = words[end - 1].possessive;
    if seat == Seat::Building {
        let at_it = behind(words, start).is_some_and(|w| w.is(class::PLACE_PREP) && w.lower());
        return (!at_it || owner).then_some(85);
    }
    if words[start].part || after.is_some_and(|w| w.glued) {
        return None;
    }
    if owner {
        let thing = after?;
        let city = thing.is(class::PLACEFUL) || thing.capital || before.is_some_and(|w| w.norm == "in" && thing.number);
        return (!city && seat == Seat::Strong).then_some(80);
    }
    if seat == Seat::Weak {
        return weak(words, start, after);
    }
    if after.is_some_and(|w| w.is(class::PLACEFUL) && !w.is(class::POLITICAL_VERB) || w.capital)
        || is_dateline(words, start, end)
    {
        return None;
    }
    if after.is_some_and(|w| w.text == ",") && words.get(end + 1).is_some_and(|w| w.capital) {
        return None;
    }
    if let Some(before) = before {
        match by_preposition(words, start, before) {
            Verdict::Place => return None,
            Verdict::Actor(sure) => return Some(sure),
            Verdict::Open => {}
        }
    }
    by_verb(words, start, end, before, after)
}

enum Verdict {
    Place,
    Actor(u8),
    Open,
}

/// The word before, behind an article.
fn behind<'w, 'a>(words: &'w [Word<'a>], start: usize) -> Option<&'w Word<'a>> {
    let last = words[..start].last()?;
    if last.norm == "the" { words[..start - 1].last() } else { Some(last) }
}

fn is_dateline(words: &[Word<'_>], start: usize, end: usize) -> bool {
    start == 0 && words.get(end).is_some_and(|w| matches!(w.text, "(" | "—" | "–" | "-" | "--" | ":"))
}

fn by_preposition(words: &[Word<'_>], start: usize, before: &Word<'_>) -> Verdict {
    let near = &words[start.saturating_sub(9)..start - 1];
    let moved = near.iter().any(|w| w.is(class::MOTION));
    match before.norm {
        "at" | "against" | "by" | "than" | "upon" | "versus" => Verdict::Actor(75),
        "with" if moved => Verdict::Actor(65),
        "with" => Verdict::Actor(75),
        "between" if near.iter().any(|w| matches!(w.norm, "train" | "trains" | "flights" | "road" | "route")) => {
            Verdict::Place
        }
        "between" => Verdict::Actor(75),
        "on" => {
            let war = |w: &Word<'_>| {
                matches!(
                    w.norm,
                    "march"
                        | "marched"
                        | "advance"
                        | "advanced"
                        | "attack"
                        | "attacks"
                        | "assault"
                        | "raid"
                        | "raids"
                        | "strike"
                        | "strikes"
                        | "drone"
                        | "bombs"
                        | "fell"
                        | "rained"
                        | "missiles"
                )
            };
            if near.iter().any(war) { Verdict::Place } else { Verdict::Actor(75) }
        }
        "to" if moved || near.iter().rev().take(4).any(|w| w.norm == "from") => Verdict::Place,
        "to" => Verdict::Actor(70),
        "for" if moved => Verdict::Place,
        "for" => Verdict::Actor(65),
        "from" | "of" | "through" | "over" | "about" => {
            let political = |w: &Word<'_>| {
                matches!(
                    w.norm,
                    "support"
                        | "pressure"
                        | "backing"
                        | "signals"
                        | "critical"
                        | "wary"
                        | "behalf"
                        | "suspicious"
                        | "demands"
                        | "concessions"
                        | "criticism"
                        | "condemnation"
                        | "threat"
                        | "threats"
                        | "approval"
                        | "orders"
                        | "permission"
                        | "response"
                        | "reaction"
                        | "message"
                        | "independence"
                        | "independent"
                )
            };
            if near.iter().rev().take(3).any(political) { Verdict::Actor(70) } else { Verdict::Place }
        }
        "and" | "or" | "," => Verdict::Open,
        _ if before.is(class::PLACE_PREP) && !before.capital => Verdict::Place,
        _ => Verdict::Open,
    }
}

fn by_verb(
    words: &[Word<'_>],
    start: usize,
    end: usize,
    before: Option<&Word<'_>>,
    after: Option<&Word<'_>>,
) -> Option<u8> {
    if let Some(after) = after {
        let aside = |w: &Word<'_>| matches!(w.norm, "however" | "meanwhile" | "which" | "too");
        if after.text == "," && words.get(end + 1).is_some_and(aside) {
            return Some(75);
        }
        if after.lower() && is_verb(words, end) && !is_state(words, end) {
            return (!joined_to_place(words, start)).then_some(80);
        }
    }
    let before = before?;
    let clause = matches!(before.norm, "which" | "that" | "whether" | "if" | "because" | "while" | "as");
    if clause && after.is_some_and(Word::lower) && !is_state(words, end) {
        return Some(65);
    }
    let object = after.is_none_or(|w| !w.lower() || stopword::is_stopword(w.norm));
    if object && before.lower() && !before.is(class::PLACE_VERB) {
        let to = start >= 2 && words[start - 2].norm == "to" && !before.is(class::OBJECT_PREP | class::PLACE_PREP);
        let verb = ["ing", "ed"].iter().any(|e| before.norm.ends_with(e));
        let listed =
            matches!(before.norm, "make" | "made" | "let" | "put" | "gave" | "give" | "help" | "tell" | "told");
        return (to || verb || listed).then_some(70);
    }
    None
}

/// Whether a name before, joined by `and`, stands behind a preposition of place.
fn joined_to_place(words: &[Word<'_>], start: usize) -> bool {
    start >= 3
        && matches!(words[start - 1].norm, "and" | "or")
        && words[start - 3].is(class::PLACE_PREP)
        && words[start - 3].lower()
}

/// Whether the words at `at` say how a place is (`is under siege`, `was quiet`), not what a government does.
fn is_state(words: &[Word<'_>], at: usize) -> bool {
    let state = |w: &Word<'_>| {
        let acts = ["ing", "ed"].iter().any(|e| w.norm.ends_with(e))
            || matches!(
                w.norm,
                "ready"
                    | "willing"
                    | "unwilling"
                    | "likely"
                    | "unlikely"
                    | "keen"
                    | "determined"
                    | "not"
                    | "now"
                    | "also"
                    | "to"
                    | "still"
                    | "set"
                    | "able"
                    | "unable"
                    | "wrong"
                    | "right"
                    | "committed"
                    | "furious"
                    | "angry"
                    | "eager"
                    | "reluctant"
                    | "wary"
            );
        !acts
    };
    matches!(words[at].norm, "is" | "was" | "are" | "were") && words.get(at + 1).is_none_or(state)
}

/// Whether the lower-case word at `at`, behind a name, is likely its verb.
fn is_verb(words: &[Word<'_>], at: usize) -> bool {
    let word = &words[at];
    let norm = word.norm;
    if word.is(class::POLITICAL_VERB) {
        return true;
    }
    if word.is(class::PLACEFUL | class::PLACE_PREP | class::OBJECT_PREP | class::MOTION) || norm.len() < 4 {
        return false;
    }
    if norm.ends_with("ed") || norm.ends_with("ly") {
        return true;
    }
    // A word in -s is a verb when no noun or verb of its own follows (`Moscow hopes to`, not `Moscow winners met`).
    let follows = words.get(at + 1);
    let open = follows.is_some_and(|w| w.capital || stopword::is_stopword(w.norm))
        && !follows.is_some_and(|w| {
            matches!(w.norm, "is" | "was" | "are" | "were" | "has" | "have" | "had" | "and" | "or" | "of")
        });
    norm.ends_with('s') && !norm.ends_with("ss") && open
}

/// A city that is mostly a city: only a verb of statecraft behind it, or talks with it.
fn weak(words: &[Word<'_>], start: usize, after: Option<&Word<'_>>) -> Option<u8> {
    let placed = start.checked_sub(1).is_some_and(|i| words[i].is(class::PLACE_PREP) || words[i].norm == "of");
    let verb = after.is_some_and(|w| {
        matches!(
            w.norm,
            "accused"
                | "accuses"
                | "warned"
                | "warns"
                | "denounced"
                | "condemned"
                | "insisted"
                | "insists"
                | "vowed"
                | "rejected"
                | "rejects"
                | "demanded"
                | "demands"
                | "urged"
                | "urges"
                | "imposed"
                | "threatened"
                | "retaliated"
                | "recognised"
                | "recognized"
                | "expelled"
                | "signed"
                | "backs"
                | "opposes"
                | "denied"
                | "argues"
                | "wants"
                | "refused"
                | "refuses"
                | "said"
                | "says"
        )
    });
    if verb && !placed {
        return Some(70);
    }
    let ties = start >= 2
        && matches!(words[start - 1].norm, "with" | "between" | "against")
        && matches!(
            words[start - 2].norm,
            "relations"
                | "ties"
                | "talks"
                | "tensions"
                | "deal"
                | "negotiations"
                | "dispute"
                | "row"
                | "sanctions"
                | "alliance"
                | "agreement"
                | "treaty"
        );
    ties.then_some(70)
}

//! Which words carry a judgment: the parts of the score by word; those that express an opinion on the mention are named,
//! the rest is one row.
//!
//! The model gives every word of a sentence a part, also where the word judges somebody else or nobody. A reader who asks
//! for evidence is shown a word only where it judges by a lexicon, in the direction of its part, and stands to the mention
//! so that it is said of it (`said`).
//!
//! Reads a scored target; writes the cues, polarity and label of its opinion. The contributions of an opinion are whole
//! thousandths and add up to its polarity exactly.

use super::Stage;
use super::said;
use super::score::Asked;
use super::target::Relation;
use super::term::Hit;
use super::view::Slot;
use crate::document::{Byte, Cue, Document, Label, Opinion, Polarity, Span};
use crate::model::prior::LEXICONS;

/// Least part, thousandths, of a word that is named because it stands near.
const NAMED: f64 = 60.0;
/// The same for a term that is related to the mention by grammar.
const OF_TERM: f64 = 30.0;
/// Most words that are named.
const MOST: usize = 6;
/// Least sum of parts, thousandths, on each side of a mixed opinion.
const MIXED: i32 = 150;

/// The rule of the row that holds what no named word carries.
pub(super) const REST: &str = "rest";

/// The rule of a term of the user's that no grammar ties to the mention.
const NEAR: &str = "near";

/// Names the words that carry a score. A neutral opinion of which no word carries a share is exactly 0.
pub(super) fn explain(stage: &Stage<'_>, asked: &Asked<'_>, parts: &[f64], score: i32, opinion: &mut Opinion) {
    let mut cues = named(stage, asked, parts, opinion.mention as usize);
    if cues.is_empty() && opinion.label == Label::Neutral {
        return;
    }
    let (mut plus, mut minus) = (0, 0);
    for cue in &cues {
        if cue.contribution > 0 { plus += cue.contribution } else { minus -= cue.contribution }
    }
    if opinion.label == Label::Neutral && plus >= MIXED && minus >= MIXED {
        opinion.label = Label::Mixed;
    }
    let rest = score - plus + minus;
    if rest != 0 {
        let at = stage.doc.mentions[opinion.mention as usize].span.start;
        cues.push(Cue {
            span: Span::new(at, at),
            weight: 0,
            modifiers: Vec::new(),
            rule: REST,
            distance: 0,
            contribution: rest,
        });
    }
    opinion.polarity = Polarity(score as i16);
    opinion.cues = cues;
}

/// The words that judge the target, those with the largest parts, in text order. A term is one word here, its modifiers
/// are a part of it.
fn named(stage: &Stage<'_>, asked: &Asked<'_>, parts: &[f64], index: usize) -> Vec<Cue> {
    let slots = &stage.view.slots;
    let mut shares = parts.to_vec();
    let mut found: Vec<(usize, usize, f64)> = Vec::new();
    for hit in stage.hits.iter().filter(|h| !h.modifiers.is_empty()) {
        let to = stage.view.slot_at(hit.first) as usize;
        for &(first, last, _) in &hit.modifiers {
            for from in stage.view.slot_at(first) as usize..stage.view.slot_at(last) as usize {
                if from < shares.len() && to < shares.len() && from != to {
                    shares[to] += std::mem::take(&mut shares[from]);
                }
            }
        }
    }
    let mut at = asked.place.low;
    while at < asked.place.high {
        let mut end = at + 1;
        let hit = if slots[at].word { stage.hit_at(slots[at].tokens.start as usize) } else { None };
        while hit.is_some_and(|h| slots.get(end).is_some_and(|s| (s.tokens.end as usize) <= h.last)) {
            end += 1;
        }
        let part: f64 = shares[at..end].iter().sum();
        if part.abs() >= OF_TERM && is_named(stage, asked, (at, index), hit, part) {
            found.push((at, end, part));
        }
        at = end;
    }
    if found.len() > MOST {
        found.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()).then(a.0.cmp(&b.0)));
        found.truncate(MOST);
        found.sort_by_key(|&(at, _, _)| at);
    }
    found.into_iter().map(|(at, end, part)| cue(stage, asked, (at, end, index), part)).collect()
}

/// Whether a word is an expression of opinion on the target, in the direction of its part.
fn is_named(stage: &Stage<'_>, asked: &Asked<'_>, (at, index): (usize, usize), hit: Option<&Hit>, part: f64) -> bool {
    let slot = &stage.view.slots[at];
    let judges = judges(slot, hit, part);
    match hit {
        Some(hit) if hit.of_user => judges,
        Some(hit) => {
            let relation = asked.related.iter().find(|(h, _)| h.first == hit.first).map(|&(_, r)| r);
            // What grammar ties to the target is shown even where the model goes against the lexicon, but not where a
            // modifier turned it: that would puzzle whoever reads it.
            let weighty = |relation: Relation| match relation.is_strong() {
                true => judges || hit.modifiers.is_empty(),
                false => judges && part.abs() >= NAMED,
            };
            // What somebody has, what stands before a name, and a verb that merely follows it are often no judgment:
            // lexicons must agree on them.
            let agreed = |relation: Relation| {
                !matches!(relation.rule, "possessor" | "modifier" | "clause") || judges && is_agreed(slot)
            };
            let tied = |relation| weighty(relation) && agreed(relation) && said::of(stage, hit, relation, index);
            relation.is_some_and(tied)
        }
        None => false,
    }
}

/// Whether two of the general lexicons know a word, and all that do give it the same sign.
fn is_agreed(slot: &Slot) -> bool {
    let general = &slot.weights[..LEXICONS];
    let (plus, minus) =
        (general.iter().filter(|weight| **weight > 0).count(), general.iter().filter(|weight| **weight < 0).count());
    plus.max(minus) >= 2 && plus.min(minus) == 0
}

/// Whether a word judges, by a lexicon, in the direction of its part.
fn judges(slot: &Slot, hit: Option<&Hit>, part: f64) -> bool {
    let value = hit.map_or_else(|| slot.weights.iter().sum(), |hit| hit.value);
    slot.word && f64::from(value) * part > 0.0
}

fn cue(stage: &Stage<'_>, asked: &Asked<'_>, (at, end, index): (usize, usize, usize), part: f64) -> Cue {
    let slots = &stage.view.slots;
    let tokens = (slots[at].tokens.start as usize, slots[end - 1].tokens.end as usize);
    let target = slots[asked.place.slot].tokens;
    let hit = stage.hit_at(tokens.0);
    let relation = asked.related.iter().find(|(h, _)| h.first == tokens.0).map(|&(_, r)| r);
    let before = at < asked.place.slot;
    let distance = if before {
        -(target.start as i32 - tokens.1 as i32).max(0)
    } else {
        (tokens.0 as i32 - target.end as i32).max(0)
    };
    Cue {
        span: bytes(stage.doc, tokens.0, tokens.1),
        weight: hit.map_or_else(|| general(&slots[at].weights, slots[at].negated), |h| h.weight),
        modifiers: hit
            .map_or_else(Vec::new, |h| h.modifiers.iter().map(|&(a, b, f)| (bytes(stage.doc, a, b), f)).collect()),
        rule: relation
            .filter(|&r| hit.is_some_and(|h| h.of_user || said::of(stage, h, r, index)))
            .map_or(NEAR, |r| r.rule),
        distance,
        contribution: part.round() as i32,
    }
}

/// The mean of what the general lexicons say, without negation.
fn general(weights: &[i32], negated: bool) -> i16 {
    let known: Vec<i32> = weights.iter().copied().filter(|w| *w != 0).collect();
    let mean = known.iter().sum::<i32>() / (known.len() as i32).max(1);
    (if negated { mean * 1000 / super::view::NEGATED } else { mean }) as i16
}

fn bytes(doc: &Document, first: usize, last: usize) -> Span<Byte> {
    Span::new(doc.tokens[first].span.start, doc.tokens[last - 1].span.end)
}

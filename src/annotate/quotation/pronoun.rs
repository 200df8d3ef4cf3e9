//! Whom `he`, `she`, `they` and `the two leaders` stand for, where the text around leaves one reading.
//!
//! Reads tokens, sentences and mentions through a [`View`]; changes the speaker of one attribution.

use super::attribution::Attribution;
use super::noun_phrase::Head;
use super::speaker::View;
use crate::document::{EntityId, EntityKind};
use crate::model::gazetteer::{self, Sex};

/// What is known before a sentence that a pronoun or plural may point to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Memory {
    /// The speaker of the last attributed quotation of this or the paragraph before.
    pub speaker: Option<(EntityId, Option<EntityId>)>,
}

/// Words that say that a plural stands for two.
const TWO: [&str; 5] = ["two", "both", "pair", "couple", "duo"];

/// Resolves `he`, `she`, `they` and `the two leaders` where it is safe. `from` is the first sentence of the paragraph
/// before, `sentence` the one with the pronoun.
pub(super) fn resolve(view: &View<'_>, found: &mut Attribution, from: usize, sentence: usize, memory: Memory) {
    let Some(speaker) = found.speaker.as_mut().filter(|_| found.open) else {
        return;
    };
    let at = speaker.span.start;
    if found.rule == "plural" {
        // `They` are two only where two stand near; `GOP leaders` are any number of people.
        let words = view.doc.text(speaker.span).to_lowercase();
        let two = words.split_whitespace().any(|word| TWO.contains(&word));
        let near = if two || words == "they" { persons(view, from, sentence, at) } else { Vec::new() };
        let all = if two && near.len() != 2 { persons_before(view, at) } else { near };
        if let [first, second] = all[..] {
            (speaker.entity, speaker.second) = (Some(first), Some(second));
            found.confidence = 60;
        }
        return;
    }
    let previous = sentence.saturating_sub(1).max(from);
    let word = view.doc.text(speaker.span);
    let mut near = persons(view, previous, sentence, at);
    near.retain(|&id| may_be(view, id, word));
    let last = memory.speaker.filter(|(_, second)| second.is_none()).map(|(id, _)| id);
    let last = last.filter(|&id| may_be(view, id, word));
    // `Mr Vale disagreed: "..." he told us`: the sentence has a subject of its own before the pronoun.
    let own =
        subject_of(view, sentence).filter(|id| near.contains(id) && persons(view, sentence, sentence, at).contains(id));
    speaker.entity = match (own, &near[..]) {
        (Some(own), _) => Some(own),
        (None, &[only]) => Some(only),
        (None, []) => last,
        _ => subject_of(view, previous).filter(|id| near.contains(id)).or(last.filter(|id| near.contains(id))),
    };
    if let Some(id) = speaker.entity {
        let pronoun = view.doc.text(speaker.span);
        if view.kind(id) == Some(EntityKind::Person) && may_be(view, id, pronoun) {
            found.confidence = 65;
        } else {
            speaker.entity = None;
        }
    }
}

/// Whether a pronoun may stand for a person, as far as the given name tells.
fn may_be(view: &View<'_>, id: EntityId, pronoun: &str) -> bool {
    let name = view.doc.entities.get(id.0 as usize).map_or("", |entity| entity.name.as_str());
    let mut words = name.split_whitespace();
    let (Some(given), Some(_)) = (words.next(), words.next()) else {
        return true;
    };
    let sex = gazetteer::english().sex(&gazetteer::folded(given));
    !matches!((sex, pronoun), (Some(Sex::Male), "she" | "She") | (Some(Sex::Female), "he" | "He"))
}

/// The entity that is the subject of a sentence.
fn subject_of(view: &View<'_>, sentence: usize) -> Option<EntityId> {
    let tokens = view.doc.sentences.get(sentence)?.tokens;
    match view.main_subject(tokens.start as usize, tokens.end as usize)?.head {
        Head::Names(id, None) => Some(id),
        _ => None,
    }
}

/// Most mentions that are looked at behind a pronoun.
const MENTIONS_BACK: usize = 64;

/// The people named outside marks in sentences `from..=to` before byte `before`, each once, in order of first mention.
fn persons(view: &View<'_>, from: usize, to: usize, before: u32) -> Vec<EntityId> {
    let doc = view.doc;
    let end = doc.mentions.partition_point(|m| m.span.start < before);
    let mut found = Vec::new();
    for mention in doc.mentions[end.saturating_sub(MENTIONS_BACK)..end].iter() {
        let inside = (from..=to).contains(&(mention.sentence as usize));
        let outside_marks = view.depth.get(mention.tokens.start as usize).is_none_or(|&d| d == 0);
        if inside && outside_marks && is_free(view, mention.entity) && !found.contains(&mention.entity) {
            found.push(mention.entity);
        }
    }
    found
}

/// All people named before a byte, at most three.
fn persons_before(view: &View<'_>, before: u32) -> Vec<EntityId> {
    let earlier = view.first_people.iter().take_while(|&&(_, start)| start < before);
    earlier.map(|&(id, _)| id).collect()
}

fn is_free(view: &View<'_>, id: EntityId) -> bool {
    view.kind(id) == Some(EntityKind::Person)
}

//! The terms of byline's lexicon in a sentence: where they stand, what they weigh behind their modifiers, and which of
//! them relate to a target.

use super::LEAST;
use super::marks::Marks;
use super::modifier;
use super::scene::Scene;
use super::target::{REACH, Relation, Target};
use crate::config::lexicon::{LONGEST, SentimentTerms};
use crate::document::{Document, EntityKind, Mention, Role};
use crate::model::lexicon::{self, Category, Term};

/// Tokens behind a hostile deed in which good things are what it harms.
const SPOILED_REACH: usize = 10;
/// Tokens between a mention and a term behind it within which the term is said of it.
const OWNED_REACH: i32 = 2;
/// Share, thousandths, that is left for a mention that merely stands near a term said of another.
const OWNED: i32 = 300;

/// A sentiment term at its place.
pub(super) struct Hit {
    /// Its tokens.
    pub first: usize,
    /// After the last of them.
    pub last: usize,
    /// Weight in the lexicon, thousandths.
    pub weight: i16,
    /// What it falls on.
    pub category: Category,
    /// What changes the weight: tokens and factor in thousandths.
    pub modifiers: Vec<(usize, usize, i16)>,
    /// Weight after modifiers.
    pub value: i32,
    /// 1 + the quotation that it stands in, or 0.
    pub region: u32,
    /// The mention that a quality is plainly said of.
    pub owner: Option<usize>,
    /// Whether it is a term of the user's.
    pub of_user: bool,
}

/// Looks terms up, the user's first.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    /// The user's.
    pub own: Option<&'a SentimentTerms>,
}

impl Terms<'_> {
    /// The terms of tokens `range`, in order, as far as they weigh anything.
    pub(super) fn of(self, doc: &Document, range: std::ops::Range<usize>, marks: &Marks) -> Vec<Hit> {
        let mut found = Vec::new();
        let mut phrase = String::new();
        let mut at = range.start;
        while at < range.end {
            let Some((length, term, of_user)) = self.at(doc, at, range.end, marks, &mut phrase) else {
                at += 1;
                continue;
            };
            if term.weight != 0 || of_user {
                let modifiers = modifier::modifiers(doc, at, range.start, term.category.is_deed());
                let value = modifiers.iter().fold(i32::from(term.weight), |v, &(_, _, f)| v * i32::from(f) / 1000);
                found.push(Hit {
                    first: at,
                    last: at + length,
                    weight: term.weight,
                    category: term.category,
                    modifiers,
                    value: value.clamp(-1000, 1000),
                    region: marks.region[at],
                    owner: None,
                    of_user,
                });
            }
            at += length;
        }
        found
    }

    /// The longest term that starts at a token, with its length, and whether it is the user's.
    fn at(
        self,
        doc: &Document,
        at: usize,
        end: usize,
        marks: &Marks,
        phrase: &mut String,
    ) -> Option<(usize, Term, bool)> {
        let known = &marks.spelling[at];
        let looks = self.own.is_some() || known.begins_phrase || known.term.or(known.inflected).is_some();
        if !looks || marks.in_mention[at] {
            return None;
        }
        let norm = doc.norm(&doc.tokens[at]);
        if norm.is_empty() {
            return None;
        }
        // Writes so many words from here into `phrase`, if they are there and outside names.
        let spells = |length: usize, phrase: &mut String| {
            let last = at + length;
            if last > end || marks.in_mention[at..last].contains(&true) {
                return false;
            }
            phrase.clear();
            for token in &doc.tokens[at..last] {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                phrase.push_str(doc.norm(token));
            }
            true
        };
        if let Some(own) = self.own {
            if own.begins_phrase(norm) {
                for length in (2..=LONGEST).rev() {
                    if spells(length, phrase)
                        && let Some(term) = own.term(phrase)
                    {
                        return Some((length, term, true));
                    }
                }
            }
            if let Some(term) = own.term(norm) {
                return Some((1, term, true));
            }
        }
        for length in [3, 2].into_iter().filter(|_| known.begins_phrase) {
            if spells(length, phrase)
                && let Some(term) = lexicon::sentiment(phrase)
            {
                return Some((length, term, false));
            }
        }
        known.term.or(known.inflected).map(|term| (1, term, false))
    }
}

/// Leaves out what is good in the object of a hostile deed (`undermines stability`): the deed carries the opinion.
pub(super) fn drop_spoiled(hits: &mut Vec<Hit>) {
    let mut deed_end = None;
    hits.retain(|hit| {
        if matches!(hit.category, Category::Act | Category::Assail) && hit.weight < 0 {
            deed_end = Some(hit.last);
        }
        let spoiled = deed_end.is_some_and(|end| hit.first >= end && hit.first - end <= SPOILED_REACH);
        !(spoiled && hit.category == Category::Quality && hit.value > 0 && !hit.of_user)
    });
}

/// Finds for each term the mention that it is plainly said of: the nearest on either side by a strong relation.
pub(super) fn own(doc: &Document, hits: &mut [Hit], mentions: std::ops::Range<usize>, scene: &Scene<'_>) {
    let mut next = mentions.start;
    for hit in hits.iter_mut() {
        while next < mentions.end && (doc.mentions[next].tokens.start as usize) < hit.last {
            next += 1;
        }
        let near = [next, next.wrapping_sub(1)].into_iter().filter(|i| mentions.contains(i));
        let relations: Vec<(usize, Relation)> = near
            .filter(|&i| doc.mentions[i].role != Role::Demonym)
            .filter_map(|i| {
                let tokens = doc.mentions[i].tokens;
                let target = target(doc, &doc.mentions[i], (tokens.start as usize, tokens.end as usize));
                Some((i, scene.relation((hit.first, hit.last), hit.category, target)?))
            })
            .collect();
        let strong = relations.iter().find(|(_, r)| r.is_strong());
        let next_to = relations.iter().find(|(_, r)| r.rule == "clause" && (0..=OWNED_REACH).contains(&r.distance));
        hit.owner = strong.or(next_to).map(|&(i, _)| i);
    }
}

/// A mention as a target.
pub(super) fn target(doc: &Document, mention: &Mention, tokens: (usize, usize)) -> Target {
    let kind = doc.entities.get(mention.entity.0 as usize).map(|e| e.kind);
    Target {
        tokens,
        place: matches!(kind, Some(EntityKind::Gpe | EntityKind::Loc)),
        part: mention.role == Role::HyphenPart,
    }
}

/// The terms near a target that relate to it.
pub(super) fn related<'h>(
    scene: &Scene<'_>,
    hits: &'h [Hit],
    (target, mention): (Target, usize),
    takes: impl Fn(&Hit) -> bool,
) -> Vec<(&'h Hit, Relation)> {
    let from = hits.partition_point(|h| h.last + REACH < target.tokens.0);
    hits[from..]
        .iter()
        .take_while(|h| h.first <= target.tokens.1 + REACH)
        .filter(|h| takes(h))
        .filter_map(|h| {
            let mut relation = scene.relation((h.first, h.last), h.category, target)?;
            if h.owner.is_some_and(|owner| owner != mention) && !relation.is_strong() {
                relation.share = relation.share * OWNED / 1000;
            }
            ((h.value * relation.share / 1000).abs() >= LEAST).then_some((h, relation))
        })
        .collect()
}

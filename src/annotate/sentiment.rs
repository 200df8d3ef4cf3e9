//! The sentiment stage: how each mention is spoken of, in whose voice, and by which words.
//!
//! Reads every layer above; writes `Document::opinions`. A mention is scored by the sentiment terms of its own sentence
//! that stand in the same voice: the author's words, or the words of the quotation around it. Words inside mentions
//! never count. All arithmetic is on integers.

use crate::annotate::Annotator;
use crate::annotate::modifier;
use crate::annotate::target::{REACH, Relation, Scene, Target};
use crate::document::{Byte, Cue, Document, EntityKind, Mention, Opinion, Polarity, QuotationKind, Role, Span, Voice};
use crate::model::lexicon::{self, Category, Term};

/// Writes `Document::opinions`.
#[derive(Debug, Default)]
pub struct Appraiser;

impl Annotator for Appraiser {
    fn name(&self) -> &'static str {
        "sentiment"
    }

    fn annotate(&self, doc: &mut Document) {
        doc.opinions = opinions(doc);
    }
}

/// A sentiment term at its place.
struct Hit {
    first: usize,
    last: usize,
    weight: i16,
    category: Category,
    modifiers: Vec<(usize, usize, i16)>,
    /// Weight after modifiers.
    value: i32,
    region: u32,
    /// The mention that a quality is plainly said of.
    owner: Option<usize>,
}

fn opinions(doc: &Document) -> Vec<Opinion> {
    let marks = Marks::new(doc);
    let mut found = Vec::with_capacity(doc.mentions.len());
    let mut next = 0;
    while next < doc.mentions.len() {
        let sentence = doc.mentions[next].sentence;
        let last = next + doc.mentions[next..].partition_point(|m| m.sentence == sentence);
        if let Some(sentence) = doc.sentences.get(sentence as usize) {
            let scene = Scene::new(doc, sentence, &marks.name_starts);
            let mut hits = hits(doc, sentence.tokens.range(), &marks);
            own(doc, &mut hits, next..last, &scene);
            for (index, mention) in doc.mentions.iter().enumerate().take(last).skip(next) {
                if mention.role != Role::Demonym {
                    found.push(opinion(doc, index as u32, mention, &scene, &hits, &marks));
                }
            }
        }
        next = last.max(next + 1);
    }
    found
}

/// Share, thousandths, that is left for a mention that merely stands near a term said of another.
const OWNED: i32 = 300;
/// Least contribution, thousandths, that is evidence.
const LEAST: i32 = 25;
/// Furthest a word in marks stands from a mention outside them that it may speak of, tokens.
const QUOTED_REACH: i32 = 8;

/// What is known of each token beforehand.
struct Marks {
    in_mention: Vec<bool>,
    name_starts: Vec<bool>,
    /// 1 + the innermost quotation around the token, or 0.
    region: Vec<u32>,
}

impl Marks {
    fn new(doc: &Document) -> Self {
        let mut marks = Marks {
            in_mention: vec![false; doc.tokens.len()],
            name_starts: vec![false; doc.tokens.len()],
            region: vec![0; doc.tokens.len()],
        };
        for mention in &doc.mentions {
            for slot in marks.in_mention.get_mut(mention.tokens.range()).unwrap_or_default() {
                *slot = true;
            }
            if mention.role != Role::Demonym
                && let Some(slot) = marks.name_starts.get_mut(mention.tokens.start as usize)
            {
                *slot = true;
            }
        }
        let mut around: Vec<usize> = Vec::new();
        let mut next = 0;
        for (token, slot) in doc.tokens.iter().zip(&mut marks.region) {
            while next < doc.quotations.len() && doc.quotations[next].span.start <= token.span.start {
                around.push(next);
                next += 1;
            }
            while around
                .last()
                .is_some_and(|&q| doc.quotations[q].span.end <= token.span.start)
            {
                around.pop();
            }
            let holds = |&&q: &&usize| doc.quotations[q].span.contains(token.span);
            *slot = around.iter().rev().find(holds).map_or(0, |&q| q as u32 + 1);
        }
        marks
    }
}

/// The sentiment terms of tokens `range`, in order.
fn hits(doc: &Document, range: std::ops::Range<usize>, marks: &Marks) -> Vec<Hit> {
    let mut found = Vec::new();
    let mut phrase = String::new();
    let mut at = range.start;
    while at < range.end {
        let Some((length, term)) = term_at(doc, at, range.end, marks, &mut phrase) else {
            at += 1;
            continue;
        };
        if term.weight != 0 {
            let modifiers = modifier::modifiers(doc, at, range.start, term.category.is_deed());
            let value = modifiers
                .iter()
                .fold(i32::from(term.weight), |v, &(_, _, f)| v * i32::from(f) / 1000);
            found.push(Hit {
                first: at,
                last: at + length,
                weight: term.weight,
                category: term.category,
                modifiers,
                value: value.clamp(-1000, 1000),
                region: marks.region[at],
                owner: None,
            });
        }
        at += length;
    }
    found
}

/// Finds for each term the mention that it is plainly said of: the nearest on either side by a strong relation.
fn own(doc: &Document, hits: &mut [Hit], mentions: std::ops::Range<usize>, scene: &Scene<'_>) {
    let mut next = mentions.start;
    for hit in hits.iter_mut() {
        while next < mentions.end && (doc.mentions[next].tokens.start as usize) < hit.last {
            next += 1;
        }
        let near = [next, next.wrapping_sub(1)]
            .into_iter()
            .filter(|i| mentions.contains(i));
        hit.owner = near.filter(|&i| doc.mentions[i].role != Role::Demonym).find(|&i| {
            let tokens = doc.mentions[i].tokens;
            let target = target(doc, &doc.mentions[i], (tokens.start as usize, tokens.end as usize));
            scene
                .relation((hit.first, hit.last), hit.category, target)
                .is_some_and(|r| r.is_strong())
        });
    }
}

/// A mention as a target.
fn target(doc: &Document, mention: &Mention, tokens: (usize, usize)) -> Target {
    let kind = doc.entities.get(mention.entity.0 as usize).map(|e| e.kind);
    Target {
        tokens,
        place: matches!(kind, Some(EntityKind::Gpe | EntityKind::Loc)),
        part: mention.role == Role::HyphenPart,
    }
}

/// The longest term that starts at a token, with its length.
fn term_at(doc: &Document, at: usize, end: usize, marks: &Marks, phrase: &mut String) -> Option<(usize, Term)> {
    let norm = doc.norm(&doc.tokens[at]);
    if norm.is_empty() || marks.in_mention[at] {
        return None;
    }
    if lexicon::begins_phrase(norm) {
        for length in [3, 2] {
            let last = at + length;
            if last > end || marks.in_mention[at..last].contains(&true) {
                continue;
            }
            phrase.clear();
            for token in &doc.tokens[at..last] {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                phrase.push_str(doc.norm(token));
            }
            if let Some(term) = lexicon::sentiment(phrase) {
                return Some((length, term));
            }
        }
    }
    lexicon::sentiment(norm).or_else(|| stem(norm)).map(|term| (1, term))
}

/// A quality under an ending that the lexicon lacks: `shamefully` is `shameful`.
fn stem(norm: &str) -> Option<Term> {
    const ENDINGS: [(&str, usize); 5] = [("ly", 5), ("ness", 5), ("es", 5), ("s", 5), ("ed", 5)];
    ENDINGS.iter().find_map(|&(ending, shortest)| {
        let stem = norm.strip_suffix(ending).filter(|s| s.len() >= shortest)?;
        lexicon::sentiment(stem).filter(|t| t.category == Category::Quality)
    })
}

/// The opinion on one mention.
fn opinion(doc: &Document, index: u32, mention: &Mention, scene: &Scene<'_>, hits: &[Hit], marks: &Marks) -> Opinion {
    let tokens = (mention.tokens.start as usize, mention.tokens.end as usize);
    let target = target(doc, mention, tokens);
    let own = marks.region.get(tokens.0).copied().unwrap_or(0);
    let mut region = own;
    let mut found = related(scene, hits, (target, index as usize), |h| h.region == own);
    if found.is_empty()
        && let Some(other) = quoted_about(doc, mention, scene, hits, (target, index as usize), own)
    {
        region = other;
        found = related(scene, hits, (target, index as usize), |h| h.region == other);
    }
    let contributions = settle(found.iter().map(|(hit, relation)| hit.value * relation.share / 1000));
    let cues: Vec<Cue> = found
        .iter()
        .zip(contributions)
        .filter(|&(_, contribution)| contribution != 0)
        .map(|((hit, relation), contribution)| cue(doc, hit, relation, contribution))
        .collect();
    let sum: i32 = cues.iter().map(|c| c.contribution).sum();
    Opinion {
        mention: index,
        polarity: Polarity(sum.clamp(-1000, 1000) as i16),
        voice: voice(doc, region),
        cues,
    }
}

/// The terms near a target that relate to it.
fn related<'h>(
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

/// The quotation of the sentence whose words speak of a mention of the author's text (`X is “a liar,” Y said`): the
/// first in which a term relates to it, never one that the mention's own entity speaks.
fn quoted_about(
    doc: &Document,
    mention: &Mention,
    scene: &Scene<'_>,
    hits: &[Hit],
    target: (Target, usize),
    own: u32,
) -> Option<u32> {
    let near = related(scene, hits, target, |h| h.region != own && h.region > 0);
    near.iter()
        .filter(|(_, r)| r.is_strong() || r.distance.abs() <= QUOTED_REACH)
        .find_map(|(hit, _)| {
            let quotation = doc.quotations.get(hit.region as usize - 1)?;
            let marked = quotation.kind != QuotationKind::Indirect;
            let by_itself = quotation.speaker.is_some_and(|s| {
                s.entity == Some(mention.entity) || s.second == Some(mention.entity) || s.span.overlaps(mention.span)
            });
            (marked && !by_itself).then_some(hit.region)
        })
}

fn voice(doc: &Document, region: u32) -> Voice {
    let Some(index) = region.checked_sub(1) else {
        return Voice::Author;
    };
    match doc.quotations.get(index as usize).map(|q| q.kind) {
        Some(QuotationKind::Indirect) => Voice::Attributed(index),
        Some(_) => Voice::Quoted(index),
        None => Voice::Author,
    }
}

fn cue(doc: &Document, hit: &Hit, relation: &Relation, contribution: i32) -> Cue {
    let bytes = |first: usize, last: usize| -> Span<Byte> {
        Span::new(doc.tokens[first].span.start, doc.tokens[last - 1].span.end)
    };
    Cue {
        span: bytes(hit.first, hit.last),
        weight: hit.weight,
        modifiers: hit.modifiers.iter().map(|&(a, b, f)| (bytes(a, b), f)).collect(),
        rule: relation.rule,
        distance: relation.distance,
        contribution,
    }
}

/// Scales contributions so that their sum stays within a full polarity; the rest of the division goes to the largest
/// remainders, earlier ones first, so the sum is exact.
fn settle(raw: impl Iterator<Item = i32>) -> Vec<i32> {
    let raw: Vec<i32> = raw.collect();
    let sum: i64 = raw.iter().map(|&r| i64::from(r)).sum();
    if sum.abs() <= 1000 {
        return raw;
    }
    let scaled = |r: i32| i64::from(r) * 1000;
    let mut parts: Vec<i64> = raw.iter().map(|&r| scaled(r).div_euclid(sum.abs())).collect();
    let mut order: Vec<usize> = (0..raw.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(scaled(raw[i]).rem_euclid(sum.abs())), i));
    let rest = sum.signum() * 1000 - parts.iter().sum::<i64>();
    for &i in order.iter().take(rest.max(0) as usize) {
        parts[i] += 1;
    }
    parts.into_iter().map(|p| p as i32).collect()
}

//! The quotation stage: the words given as somebody's, in marks or attributed without marks, each with its kind and,
//! where the text tells, its speaker. Also marks the mentions that stand inside marks.
//!
//! Reads tokens, sentences, entities and mentions; writes `Document::quotations` and the `quotation` of mentions. It
//! never guesses a speaker between two candidates.

use std::cmp::Reverse;

use crate::annotate::Annotator;
use crate::annotate::attribution::{self, Attribution, Frame, Memory};
use crate::annotate::indirect;
use crate::annotate::quote_marks::{self, Marked};
use crate::annotate::speaker::{View, is_verb};
use crate::document::{Byte, Document, PassageKind, Quotation, QuotationKind, Span};

/// Writes `Document::quotations`.
#[derive(Debug, Default)]
pub struct Quoter;

impl Annotator for Quoter {
    fn name(&self) -> &'static str {
        "quotations"
    }

    fn annotate(&self, doc: &mut Document) {
        let quotations = quotations(doc);
        let inner = innermost(doc, &quotations);
        for (mention, quotation) in doc.mentions.iter_mut().zip(inner) {
            mention.quotation = quotation;
        }
        doc.quotations = quotations;
    }
}

/// All quotations of a document in order.
fn quotations(doc: &Document) -> Vec<Quotation> {
    let marked = quote_marks::marked(doc);
    let view = View::new(doc, &marked);
    let mut found = marked_quotations(&view, &marked);
    found.append(&mut indirect_quotations(&view, &found));
    found.sort_by_key(|q| (q.span.start, Reverse(q.span.end)));
    set_parents(&mut found);
    found
}

fn sentence_at(doc: &Document, token: u32) -> usize {
    let index = doc.sentences.partition_point(|s| s.tokens.end <= token);
    index.min(doc.sentences.len().saturating_sub(1))
}

/// First sentence of the paragraph before the one that `sentence` stands in.
fn paragraph_before(doc: &Document, sentence: usize) -> usize {
    let passage = doc.sentences[sentence].passage;
    let first = doc.sentences.partition_point(|s| s.passage < passage.saturating_sub(1));
    match doc.sentences.get(first) {
        Some(s) if doc.in_title(s) => doc.sentences.partition_point(|s| s.passage < passage),
        _ => first,
    }
}

/// The quotations in marks.
fn marked_quotations(view: &View<'_>, marked: &[Marked]) -> Vec<Quotation> {
    let doc = view.doc;
    let mut found: Vec<Quotation> = Vec::with_capacity(marked.len());
    let mut around: Vec<usize> = Vec::new();
    let mut memory = Memory::default();
    let mut last_speech = None;
    for (index, m) in marked.iter().enumerate() {
        while around.last().is_some_and(|&a| marked[a].close <= m.open) {
            around.pop();
        }
        let parent = around.last().copied();
        around.push(index);
        let sentence = sentence_at(doc, m.open);
        let frame = frame(doc, m, parent.map(|p| &marked[p]));
        let mut attribution = attribution::attribute(view, m, frame);
        if let Some(found) = &mut attribution {
            let from = paragraph_before(doc, sentence);
            attribution::resolve(view, found, from, sentence, memory);
        } else if parent.is_none() {
            attribution = continued(doc, m, sentence, last_speech, &found);
        }
        let kind = kind(view, m, frame, parent.is_some(), attribution.is_some());
        if parent.is_none()
            && let Some(speaker) = attribution.and_then(|a| a.speaker)
        {
            memory.speaker = speaker.entity.map(|id| (id, speaker.second));
            last_speech = Some(found.len());
        }
        found.push(quotation(m, kind, attribution));
    }
    found
}

/// The words around a marked passage in which its speaker is looked for.
fn frame(doc: &Document, m: &Marked, parent: Option<&Marked>) -> Frame {
    let first = doc
        .sentences
        .get(sentence_at(doc, m.open))
        .map_or(0, |s| s.tokens.start);
    let last = doc
        .sentences
        .get(sentence_at(doc, m.close.saturating_sub(1)))
        .map_or(0, |s| s.tokens.end);
    let (lo, hi) = match parent {
        Some(p) => (first.max(p.open + 1), last.min(p.close.saturating_sub(1))),
        None => (first, last),
    };
    Frame {
        lo: lo as usize,
        hi: hi as usize,
    }
}

/// A quotation without a cue that opens the sentence after an attributed one of the same paragraph goes on with its
/// speaker.
fn continued(
    doc: &Document,
    m: &Marked,
    sentence: usize,
    last: Option<usize>,
    found: &[Quotation],
) -> Option<Attribution> {
    let opens = doc.sentences.get(sentence)?.tokens.start == m.open;
    let last = found.get(last?)?;
    let same = last.passage == m.passage;
    let speech = matches!(
        last.kind,
        QuotationKind::Direct | QuotationKind::Partial | QuotationKind::MultiParagraph
    );
    (opens && same && speech).then_some(Attribution {
        speaker: last.speaker,
        cue: None,
        class: 0,
        rule: "continued",
        confidence: 60,
        open: false,
    })
}

fn quotation(m: &Marked, kind: QuotationKind, attribution: Option<Attribution>) -> Quotation {
    Quotation {
        kind,
        span: m.inner,
        parent: None,
        passage: m.passage,
        speaker: attribution.and_then(|a| a.speaker),
        cue: attribution.and_then(|a| a.cue),
        cue_class: attribution.map_or(0, |a| a.class),
        rule: attribution.map_or("", |a| a.rule),
        confidence: attribution.map_or(0, |a| a.confidence),
        unclosed: m.unclosed,
    }
}

/// Fewest words of a quotation that is more than a scare quote when nobody is said to have said it.
const SCARE_WORDS: usize = 4;

/// The kind of a marked passage.
fn kind(view: &View<'_>, m: &Marked, frame: Frame, nested: bool, attributed: bool) -> QuotationKind {
    if nested {
        return QuotationKind::Nested;
    }
    if m.paragraphs > 1 {
        return QuotationKind::MultiParagraph;
    }
    let inside = m.open as usize + 1..m.close as usize;
    let words = inside.clone().filter(|&t| view.doc.tokens[t].is_counted()).count();
    let text = view.doc.text(m.inner);
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    let verb = inside.clone().any(|t| is_verb(view.norm(t)));
    let after = view.surface(m.close as usize);
    let stop = text.ends_with(['.', ',', '!', '?', '…', '—']) || matches!(after, "," | "." | "—");
    let leads = attribution::leads_in(view, m.open as usize, frame.lo);
    let clause = capital && ((leads && (stop || verb)) || (words >= SCARE_WORDS && verb && stop));
    if clause && (attributed || words >= SCARE_WORDS || m.open as usize == frame.lo) {
        QuotationKind::Direct
    } else if attributed || words >= SCARE_WORDS {
        QuotationKind::Partial
    } else {
        QuotationKind::Scare
    }
}

/// The quotations without marks. One that cuts across marks is left out.
fn indirect_quotations(view: &View<'_>, marked: &[Quotation]) -> Vec<Quotation> {
    let doc = view.doc;
    let mut found = Vec::new();
    let mut at = 0;
    for (index, sentence) in doc.sentences.iter().enumerate() {
        if doc.article.passages[sentence.passage as usize].kind == PassageKind::Title {
            continue;
        }
        let tokens = sentence.tokens;
        let Some(mut item) = indirect::indirect(view, tokens.start as usize, tokens.end as usize) else {
            continue;
        };
        while at < marked.len() && marked[at].span.end <= sentence.span.start {
            at += 1;
        }
        let crossing = marked[at..]
            .iter()
            .take_while(|q| q.span.start < sentence.span.end)
            .any(|q| {
                q.span.overlaps(item.content)
                    && (!item.content.contains(q.span)
                        || matches!(q.kind, QuotationKind::Direct | QuotationKind::MultiParagraph))
            });
        if crossing {
            continue;
        }
        let speaker = marked[..at].last().and_then(|q| q.speaker);
        let memory = Memory {
            speaker: speaker.and_then(|s| s.entity.map(|id| (id, s.second))),
        };
        attribution::resolve(view, &mut item.attribution, paragraph_before(doc, index), index, memory);
        let a = item.attribution;
        found.push(Quotation {
            kind: QuotationKind::Indirect,
            span: item.content,
            parent: None,
            passage: sentence.passage,
            speaker: a.speaker,
            cue: a.cue,
            cue_class: a.class,
            rule: a.rule,
            confidence: a.confidence,
            unclosed: false,
        });
    }
    found
}

/// Sets parents of quotations that are sorted by start, outer first.
fn set_parents(found: &mut [Quotation]) {
    let mut around: Vec<usize> = Vec::new();
    for index in 0..found.len() {
        let span = found[index].span;
        while around.last().is_some_and(|&a| found[a].span.end <= span.start) {
            around.pop();
        }
        let parent = around.iter().rev().find(|&&a| found[a].span.contains(span));
        found[index].parent = parent.map(|&p| p as u32);
        around.push(index);
    }
}

/// For each mention the innermost quotation in marks around it.
fn innermost(doc: &Document, quotations: &[Quotation]) -> Vec<Option<u32>> {
    let mut around: Vec<usize> = Vec::new();
    let mut next = 0;
    let inside = |mention: Span<Byte>, around: &[usize]| {
        let holds =
            |&&q: &&usize| quotations[q].kind != QuotationKind::Indirect && quotations[q].span.contains(mention);
        around.iter().rev().find(holds).map(|&q| q as u32)
    };
    doc.mentions
        .iter()
        .map(|mention| {
            while next < quotations.len() && quotations[next].span.start <= mention.span.start {
                while around
                    .last()
                    .is_some_and(|&a| quotations[a].span.end <= quotations[next].span.start)
                {
                    around.pop();
                }
                around.push(next);
                next += 1;
            }
            while around
                .last()
                .is_some_and(|&a| quotations[a].span.end <= mention.span.start)
            {
                around.pop();
            }
            inside(mention.span, &around)
        })
        .collect()
}

//! The quotation stage: the words given as somebody's, in marks or attributed without marks, each with its kind and,
//! where the text tells, its speaker. Also marks the mentions that stand inside marks.
//!
//! Reads tokens, sentences, entities and mentions; writes `Document::quotations` and the `quotation` of mentions. It
//! never guesses a speaker between two candidates.

mod attribution;
mod behind;
mod beside;
mod clause;
mod indirect;
mod noun_phrase;
mod pronoun;
mod quote_marks;
mod set_off;
mod speaker;

use std::cmp::Reverse;

use self::attribution::{Attribution, Frame};
use self::pronoun::Memory;
use self::quote_marks::Marked;
use self::speaker::View;
use crate::annotate::Annotator;
use crate::annotate::word_class::is_verb;
use crate::document::{Byte, Document, Layer, PassageKind, Quotation, QuotationKind, Span};

/// Writes `Document::quotations`.
#[derive(Debug, Default)]
pub struct Quoter;

impl Annotator for Quoter {
    fn layer(&self) -> Layer {
        Layer::Quotations
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
    let mut last_speech: Option<(usize, u32)> = None;
    for (index, m) in marked.iter().enumerate() {
        while around.last().is_some_and(|&a| marked[a].close <= m.open) {
            around.pop();
        }
        let parent = around.last().copied();
        around.push(index);
        let sentence = sentence_at(doc, m.open);
        let frame = frame(doc, m, parent.map(|p| &marked[p]));
        let work = parent.is_none() && set_off::is_set_off(view, m, frame);
        let mut attribution = if work { None } else { attribution::attribute(view, m, frame) };
        if attribution.is_none() && parent.is_none() {
            attribution = beside::lead(view, m);
        }
        if attribution.is_none() && parent.is_none() && view.is_paragraph(m) {
            attribution = beside::signature(view, m);
        }
        if let Some(found) = &mut attribution {
            // Who `he` is inside a quotation its own words tell, not the article's.
            if parent.is_none() {
                pronoun::resolve(view, found, paragraph_before(doc, sentence), sentence, memory);
            }
        } else if parent.is_none() && !work {
            attribution = continued(view, m, sentence, last_speech, &found).or_else(|| {
                let mut found = beside::spoken_before(view, m)?;
                pronoun::resolve(view, &mut found, paragraph_before(doc, sentence), sentence, memory);
                Some(found)
            });
        }
        let kind = match (attribution, last_speech) {
            // The second half of a quotation is of the kind of the first.
            (Some(Attribution { rule: SPLIT, .. }), Some((first, _))) => found[first].kind,
            _ if work => QuotationKind::Scare,
            _ => kind(view, m, frame, parent.is_some(), attribution.is_some()),
        };
        if parent.is_none()
            && let Some(speaker) = attribution.and_then(|a| a.speaker)
        {
            memory.speaker = speaker.entity.map(|id| (id, speaker.second));
            last_speech = Some((found.len(), m.passage + m.paragraphs - 1));
        }
        found.push(quotation(m, kind, attribution));
    }
    found
}

/// The rule that gives the second half of a quotation the speaker of the first.
const SPLIT: &str = "split";

/// The words around a marked passage in which its speaker is looked for.
fn frame(doc: &Document, m: &Marked, parent: Option<&Marked>) -> Frame {
    let first = doc.sentences.get(sentence_at(doc, m.open)).map_or(0, |s| s.tokens.start);
    let last = doc.sentences.get(sentence_at(doc, m.close.saturating_sub(1))).map_or(0, |s| s.tokens.end);
    let (lo, hi) = match parent {
        Some(p) => (first.max(p.open + 1), last.min(p.close.saturating_sub(1))),
        None => (first, last),
    };
    Frame { lo: lo as usize, hi: hi as usize }
}

/// A quotation without a cue that is the second half of one cut in two by its cue, or opens the sentence after an
/// attributed one of the same paragraph, goes on with its speaker.
fn continued(
    view: &View<'_>,
    m: &Marked,
    sentence: usize,
    last: Option<(usize, u32)>,
    found: &[Quotation],
) -> Option<Attribution> {
    let doc = view.doc;
    let sentence = doc.sentences.get(sentence)?;
    // `"Top secret" is the highest level`: what opens the sentence is its subject.
    let opens = sentence.tokens.start == m.open && !is_subject(view, m);
    let (last, passage) = last?;
    let last = found.get(last)?;
    // `"...," said Vale, "and ..."`: the cue stands between the halves of one sentence.
    let after_comma = m.open > 0 && matches!(doc.surface(&doc.tokens[m.open as usize - 1]), "," | "—" | "–" | "--");
    let between = last.cue.is_some_and(|cue| last.span.end <= cue.start && cue.end <= m.inner.start);
    if after_comma && between && sentence.span.start <= last.span.start && last.speaker.is_some() {
        let (speaker, class) = (last.speaker, last.cue_class);
        return Some(Attribution { speaker, cue: last.cue, class, rule: SPLIT, confidence: 90, open: false });
    }
    // In the same paragraph, or alone in the next.
    let next =
        passage + 1 == m.passage && view.is_paragraph(m) && (last.rule != "continued" || last.confidence > CONTINUED);
    let same = passage == m.passage || next;
    let speech = matches!(last.kind, QuotationKind::Direct | QuotationKind::Partial | QuotationKind::MultiParagraph);
    (opens && same && speech).then_some(Attribution {
        speaker: last.speaker,
        cue: None,
        class: 0,
        rule: "continued",
        confidence: CONTINUED + if next { 0 } else { 10 },
        open: false,
    })
}

/// Whether few marked words are the subject of what follows them.
fn is_subject(view: &View<'_>, m: &Marked) -> bool {
    let close = m.close as usize;
    let words = view.doc.tokens_in(m.inner).len();
    words < SCARE_WORDS && !view.doc.text(m.inner).ends_with(['.', ',', '!', '?']) && is_verb(view.norm(close))
}

/// Percent of trust in the speaker of the paragraph before.
const CONTINUED: u8 = 50;

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
    let clause = capital && leads && (stop || verb);
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
        let items = indirect::indirect(view, tokens.start as usize, tokens.end as usize);
        if items.is_empty() {
            continue;
        }
        while at < marked.len() && marked[at].span.end <= sentence.span.start {
            at += 1;
        }
        let inside = marked[at..].iter().take_while(|q| q.span.start < sentence.span.end);
        let inside: Vec<&Quotation> = inside.collect();
        let speaker = marked[..at].last().and_then(|q| q.speaker);
        let memory = Memory { speaker: speaker.and_then(|s| s.entity.map(|id| (id, s.second))) };
        for mut item in items {
            let cuts = |q: &&Quotation| {
                q.span.overlaps(item.content)
                    && (!item.content.contains(q.span)
                        || matches!(q.kind, QuotationKind::Direct | QuotationKind::MultiParagraph))
            };
            if inside.iter().any(cuts) {
                continue;
            }
            pronoun::resolve(view, &mut item.attribution, paragraph_before(doc, index), index, memory);
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
                while around.last().is_some_and(|&a| quotations[a].span.end <= quotations[next].span.start) {
                    around.pop();
                }
                around.push(next);
                next += 1;
            }
            while around.last().is_some_and(|&a| quotations[a].span.end <= mention.span.start) {
                around.pop();
            }
            inside(mention.span, &around)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::annotate::fixture::{annotated, quoted};
    use crate::document::{Document, QuotationKind};

    /// `kind: text <speaker surface; entities> rule` of each quotation.
    fn lines(doc: &Document) -> Vec<String> {
        let name = |id: crate::document::EntityId| doc.entities[id.0 as usize].name.clone();
        doc.quotations
            .iter()
            .map(|q| {
                let speaker = q.speaker.map_or(String::new(), |s| {
                    let names: Vec<String> = s.entity.into_iter().chain(s.second).map(name).collect();
                    format!(" <{}; {}> {}", doc.text(s.span), names.join("+"), q.rule)
                });
                format!("{}: {}{speaker}", q.kind.name(), doc.text(q.span))
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(lines(&quoted(text)), expected);
    }

    #[test]
    fn the_subject_of_the_verb_behind_the_marks_is_the_speaker() {
        check(
            "“We will rebuild the harbour,” {Vale} said on Friday.",
            &["direct: We will rebuild the harbour, <Vale; Vale> subject-verb"],
        );
        check(
            "\"We will rebuild the harbour,\" said {Vale}, the mayor.",
            &["direct: We will rebuild the harbour, <Vale; Vale> verb-subject"],
        );
        check(
            "\"We will rebuild,\" {Vale}, the mayor, later told reporters.",
            &["direct: We will rebuild, <Vale; Vale> subject-verb"],
        );
        check("\"We will rebuild,\" according to {Vale}.", &["direct: We will rebuild, <Vale; Vale> according-to"]);
        check(
            "\"We will rebuild,\" said the town’s mayor, {Ann Vale}.",
            &["direct: We will rebuild, <Ann Vale; Ann Vale> verb-subject"],
        );
    }

    #[test]
    fn a_name_inside_a_longer_phrase_is_not_the_speaker() {
        check(
            "\"The road is shut,\" a spokesman for {Vale} said.",
            &["direct: The road is shut, <a spokesman for Vale; > subject-verb"],
        );
        check(
            "\"The road is shut,\" said a senior official.",
            &["direct: The road is shut, <a senior official; > verb-subject"],
        );
        check("\"The road is shut,\" officials said.", &["direct: The road is shut, <officials; > subject-verb"]);
        check(
            "\"The road is shut,\" said {Ann Vale} spokesman {John Moss}.",
            &["direct: The road is shut, <Ann Vale spokesman John Moss; John Moss> verb-subject"],
        );
    }

    #[test]
    fn the_verb_before_the_marks_gives_the_speaker() {
        check("{Vale} said: \"The road is shut.\"", &["direct: The road is shut. <Vale; Vale> colon"]);
        check("{Vale}: \"The road is shut.\"", &["direct: The road is shut. <Vale; Vale> colon"]);
        check(
            "According to {Vale}, \"the road is shut for good.\"",
            &["partial: the road is shut for good. <Vale; Vale> according-to"],
        );
        check(
            "{Vale} denounced a plan \"that nobody wants,\" claiming it was \"the end of the port\" for all.",
            &[
                "partial: that nobody wants, <Vale; Vale> subject-verb",
                "indirect: it was \"the end of the port\" for all <Vale; Vale> participle",
                "partial: the end of the port <Vale; Vale> participle",
            ],
        );
        check(
            "In a note, the joint report opposed \"any road through the old wood.\"",
            &["partial: any road through the old wood. <the joint report; > subject-verb"],
        );
        check(
            "After talks with {Moss}, {Vale} left early, calling them \"a waste of time\" for both.",
            &["partial: a waste of time <Vale; Vale> participle"],
        );
    }

    #[test]
    fn days_and_plural_owners_stand_in_the_subject() {
        check(
            "{Vale} on Tuesday slammed the \"barbaric\" law, calling it \"a stain on the town.\"",
            &["partial: barbaric <Vale; Vale> subject-verb", "partial: a stain on the town. <Vale; Vale> participle"],
        );
        check(
            "The workers’ union called it “a day of shame” for all.",
            &["partial: a day of shame <The workers’ union; > subject-verb"],
        );
    }

    #[test]
    fn classes_of_cues_are_kept() {
        let doc = quoted("{Vale} denounced a plan \"that nobody wants.\" {Moss} praised it as \"a very fine idea.\"");
        let classes: Vec<i8> = doc.quotations.iter().map(|q| q.cue_class).collect();
        assert_eq!(classes, [-1, 1]);
    }

    #[test]
    fn pronouns_and_plurals_are_resolved_only_when_safe() {
        check(
            "{Moss} came late. {Vale} laughed: \"It is late. Go home,\" he told the others.",
            &["direct: It is late. Go home, <he; Vale> pronoun"],
        );
        check("{Vale} went home. \"It is late,\" she said.", &["direct: It is late, <she; Vale> pronoun"]);
        check(
            "{Vale} and {Moss} signed. The two leaders called it \"a very good day\" for all.",
            &["partial: a very good day <The two leaders; Vale+Moss> plural"],
        );
        check(
            "{Vale}, {Moss} and {Reed} signed. They called it \"a very good day\" for all.",
            &["partial: a very good day <They; > plural"],
        );
        check(
            "{Vale} and {Moss} announced \"a new bridge over the bay\" on Monday.",
            &["partial: a new bridge over the bay <Vale and Moss; Vale+Moss> subject-verb"],
        );
    }

    #[test]
    fn a_quotation_goes_on_with_its_speaker() {
        check(
            "\"We are late,\" {Vale} said. \"We will not wait.\"",
            &["direct: We are late, <Vale; Vale> subject-verb", "direct: We will not wait. <Vale; Vale> continued"],
        );
        check(
            "\"The roof leaks,\" said {Vale}, \"and the walls are damp.\"",
            &[
                "direct: The roof leaks, <Vale; Vale> verb-subject",
                "direct: and the walls are damp. <Vale; Vale> split",
            ],
        );
    }

    #[test]
    fn what_nobody_said_has_no_speaker() {
        check("The paper paints them as a threat to the “old order”—that is, to itself.", &["scare: old order"]);
        check("The film \"A Long Way Down the Road\" was shown.", &["scare: A Long Way Down the Road"]);
    }

    #[test]
    fn speech_without_marks_is_found_when_plain() {
        check(
            "{Vale} said that the road would stay shut.",
            &["indirect: the road would stay shut <Vale; Vale> subject-verb"],
        );
        check(
            "Citing an official, {Moss} reported on Tuesday that talks were under way.",
            &["indirect: talks were under way <Moss; Moss> subject-verb"],
        );
        check(
            "The road will stay shut for a year, {Vale} said on Monday.",
            &["indirect: The road will stay shut for a year <Vale; Vale> subject-verb"],
        );
        check(
            "According to {Vale}, the road will stay shut.",
            &["indirect: the road will stay shut <Vale; Vale> according-to"],
        );
        check("{Vale} said little. It is said that the road is old. {Vale} went to the port.", &[]);
    }

    #[test]
    fn nested_and_long_quotations_know_their_place() {
        let doc = quoted("“He told me ‘never again’ and left,” {Vale} said.");
        assert_eq!(doc.quotations[1].kind, QuotationKind::Nested);
        assert_eq!(doc.quotations[1].parent, Some(0));
        check(
            "{Vale} said: “The first day was hard.\n“The second was worse.”",
            &["multi-paragraph: The first day was hard.\n“The second was worse. <Vale; Vale> colon"],
        );
    }

    #[test]
    fn mentions_know_the_innermost_marks_around_them() {
        let doc = quoted("{Vale} said: “I met ‘the great {Moss}’ and {Reed} there.”");
        let inside: Vec<Option<u32>> = doc.mentions.iter().map(|m| m.quotation).collect();
        assert_eq!(inside, [None, Some(1), Some(0)]);
    }

    #[test]
    fn odd_text_does_not_stop_the_stage() {
        for text in [
            "\"",
            "“",
            "\"\"",
            "said",
            "said \"",
            "\" said",
            ", said",
            "’ “ ‘ \" » «",
            "\"a\" \"b",
            ": \"x\"",
            "(\"é\")",
        ] {
            annotated(text);
        }
        let many = "\"a\" he said, “b ‘c ".repeat(3_000);
        annotated(&many);
    }

    #[test]
    fn ten_thousand_marks_in_a_paragraph_are_five_thousand_quotations() {
        for (text, count) in [
            ("\"a b\" ".repeat(5_000), 5_000),
            ("“a b” ".repeat(5_000), 5_000),
            ("\"".repeat(10_000), 0),
            ("“a ".repeat(10_000), 10_000),
        ] {
            let doc = annotated(&text);
            assert_eq!(doc.quotations.len(), count, "{}", &text[..12]);
            assert!(doc.quotations.iter().all(|q| q.parent.is_none() || q.kind == QuotationKind::Nested));
        }
    }

    #[test]
    fn a_document_of_quotations_only_keeps_each_of_them() {
        let doc = annotated(&"\"We will rebuild the harbour by spring.\"\n\n".repeat(2_000));
        assert_eq!(doc.quotations.len(), 2_000);
        assert!(doc.quotations.iter().all(|q| q.kind == QuotationKind::Direct && q.speaker.is_none()));
    }

    #[test]
    fn a_sentence_without_end_gives_a_bounded_number_of_reports() {
        let doc = annotated(&"Vale said that the road is shut and ".repeat(20_000));
        let reports = doc.quotations.iter().filter(|q| q.kind == QuotationKind::Indirect).count();
        assert!((1..=12 * doc.sentences.len()).contains(&reports), "{reports} in {} sentences", doc.sentences.len());
        let doc = annotated(&"he said \"a b\" and ".repeat(20_000));
        assert_eq!(doc.quotations.iter().filter(|q| q.kind != QuotationKind::Indirect).count(), 20_000);
    }

    #[test]
    fn a_mark_that_is_never_closed_takes_no_more_than_its_paragraph() {
        let doc = quoted("{Vale} said: \"The road is shut.\n\n{Moss} went home. \"It is late,\" {Moss} said.");
        let found: Vec<_> = doc.quotations.iter().map(|q| (doc.text(q.span), q.unclosed)).collect();
        assert_eq!(found, [("The road is shut.", true), ("It is late,", false)]);
    }

    #[test]
    fn speakers_are_named_with_their_titles() {
        check(
            "\"The road is shut,\" press secretary {Ann Vale} told reporters.",
            &["direct: The road is shut, <press secretary Ann Vale; Ann Vale> subject-verb"],
        );
        check(
            "\"The road is shut,\" said his friend {Ann Vale}.",
            &["direct: The road is shut, <his friend Ann Vale; Ann Vale> verb-subject"],
        );
        check("In a statement {Vale} said: \"The road is shut.\"", &["direct: The road is shut. <Vale; Vale> colon"]);
        check(
            "{Vale}, who said the plan was \"a very fine idea for all,\" left.",
            &[
                "indirect: the plan was \"a very fine idea for all,\" left <Vale; Vale> subject-verb",
                "partial: a very fine idea for all, <Vale; Vale> subject-verb",
            ],
        );
    }

    #[test]
    fn a_colon_at_the_end_of_a_paragraph_leads_into_the_next() {
        check(
            "{Vale} continued:\n\n\"The road is shut.\"\n\n\"And so it will stay.\"",
            &["direct: The road is shut. <Vale; Vale> colon", "direct: And so it will stay. <Vale; Vale> continued"],
        );
    }

    #[test]
    fn titles_of_works_are_nobodys_words() {
        check("{Vale} told the BBC's \"Good Morning\" that it rained.", &["scare: Good Morning"]);
    }

    #[test]
    fn what_stands_between_a_name_and_its_verb_is_passed_over() {
        check(
            "“The road is shut,” Sen. {Vale} (R-Ohio), who has not seen it yet, said on Monday.",
            &["direct: The road is shut, <Sen. Vale; Vale> subject-verb"],
        );
        check(
            "{Vale} (R) of Ohio, however, called it \"a very fine idea for all.\"",
            &["partial: a very fine idea for all. <Vale; Vale> subject-verb"],
        );
        check(
            "{Vale}, the old mayor, meanwhile, called it \"a very fine idea for all.\"",
            &["partial: a very fine idea for all. <Vale; Vale> subject-verb"],
        );
        check(
            "The road will stay shut for a year, the mayor, {Ann Vale}, said.",
            &["indirect: The road will stay shut for a year <Ann Vale; Ann Vale> subject-verb"],
        );
    }

    #[test]
    fn the_object_of_a_verb_before_a_colon_is_not_the_speaker() {
        check(
            "{Vale} stood up, questioned {Moss}: \"Where is the road that we paid for?\"",
            &["direct: Where is the road that we paid for? <Vale; Vale> subject-verb"],
        );
    }

    #[test]
    fn nobody_is_not_a_speaker() {
        check("It is a warning to anyone who claims that the road is shut.", &[]);
        check(
            "Residents who said the road was shut \"for all\" went home.",
            &[
                "indirect: the road was shut \"for all\" went home <Residents; > subject-verb",
                "partial: for all <Residents; > subject-verb",
            ],
        );
        check("It is what you might call \"growth\" here.", &["scare: growth"]);
    }

    #[test]
    fn as_somebody_put_it() {
        check(
            "The road is “the gold standard,” as one engineer put it, of the bay.",
            &["partial: the gold standard, <one engineer; > subject-verb"],
        );
    }

    #[test]
    fn questions_and_infinitives_are_reported_too() {
        check(
            "{Vale} asked whether the road was shut.",
            &["indirect: whether the road was shut <Vale; Vale> subject-verb"],
        );
        check("{Vale} vowed to open the road again.", &["indirect: to open the road again <Vale; Vale> subject-verb"]);
        check(
            "In the end, the road will stay shut, {Vale} said.",
            &["indirect: In the end, the road will stay shut <Vale; Vale> subject-verb"],
        );
    }

    #[test]
    fn who_says_it_may_be_several_or_told_of_between() {
        check("Many said the road was shut.", &["indirect: the road was shut <Many; > subject-verb"]);
        check("On roads, 42% say they are shut.", &["indirect: they are shut <42%; > subject-verb"]);
        check(
            "Drivers in town who saw the road said they were late.",
            &["indirect: they were late <Drivers in town; > subject-verb"],
        );
        check(
            "The firm, which makes cars, said the road was shut.",
            &["indirect: the road was shut <The firm; > subject-verb"],
        );
        check("A new poll shows {Vale} with a lead.", &["indirect: Vale with a lead <A new poll; > subject-verb"]);
    }

    #[test]
    fn what_somebody_says_of_a_thing_named_before_is_reported() {
        check("It was a road that {Vale} said was shut.", &["indirect: was shut <Vale; Vale> subject-verb"]);
        check("Everything {Vale} says is true.", &[]);
    }

    #[test]
    fn a_verb_that_is_in_no_list_reports_behind_a_comma() {
        check(
            "\"The road is shut,\" an angry {Vale} retaliated.",
            &["direct: The road is shut, <an angry Vale; Vale> subject-verb"],
        );
        check("\"The road is shut,\" {Vale} points out.", &["direct: The road is shut, <Vale; Vale> subject-verb"]);
    }

    #[test]
    fn a_name_at_the_end_of_a_line_does_not_speak_in_the_next() {
        let doc = quoted("A picture by {Ann Vale}\n\nSaying \"we will rebuild the whole harbour\" the crew left.");
        let found = lines(&doc);
        assert!(found.len() == 1 && !found[0].contains("Vale"), "{found:?}");
    }

    #[test]
    fn a_signature_names_the_speaker() {
        check(
            "\"The road is shut for good.\" — {Ann Vale}",
            &["direct: The road is shut for good. <Ann Vale; Ann Vale> signature"],
        );
        check(
            "\"The road is shut for good.\"\n- {Ann Vale}, the mayor",
            &["direct: The road is shut for good. <Ann Vale; Ann Vale> signature"],
        );
    }

    #[test]
    fn who_is_spoken_to_does_not_speak() {
        check(
            "{Vale}, who won the vote, told her voters, \"The road is shut.\"",
            &["direct: The road is shut. <Vale; Vale> subject-verb"],
        );
        check(
            "{Vale} then says to {Moss}: \"The road is shut.\"",
            &["direct: The road is shut. <Vale; Vale> subject-verb"],
        );
    }

    #[test]
    fn a_long_quotation_goes_on_behind_its_last_paragraph() {
        check(
            "\"The first day was hard.\n\"The second was worse,\" {Vale} said. \"It was late.\"",
            &[
                "multi-paragraph: The first day was hard.\n\"The second was worse, <Vale; Vale> subject-verb",
                "direct: It was late. <Vale; Vale> continued",
            ],
        );
    }

    #[test]
    fn a_sentence_of_speech_belongs_to_who_speaks_before_it() {
        check("{Vale} agreed. \"The road is shut.\"", &["direct: The road is shut. <Vale; Vale> sentence-before"]);
    }

    #[test]
    fn words_set_off_by_marks_are_nobodys() {
        for text in [
            "{Vale} said on CNN's \"New Day\" that it rained.",
            "They heard of John \"Jack\" Reed, {Moss} said.",
            "{Vale} wrote from an account called \"Old Harbour\" on Monday.",
        ] {
            let doc = quoted(text);
            let set_off = doc.quotations.iter().find(|q| q.kind == QuotationKind::Scare);
            assert!(set_off.is_some_and(|q| q.speaker.is_none()), "{:?}", lines(&doc));
        }
    }
}

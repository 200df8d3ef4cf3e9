//! The sentiment stage: how each mention is spoken of, in whose voice, and by which words.
//!
//! Reads every layer above; writes `Document::opinions`. A mention is scored by the sentiment terms of its own sentence
//! that stand in the same voice: the author's words, or the words of the quotation around it. Words inside mentions
//! never count. All arithmetic is on integers.

mod modifier;
mod scene;
mod target;

use self::scene::Scene;
use self::target::{REACH, Relation, Target};
use crate::annotate::Annotator;
use crate::document::{
    Byte, Cue, Document, EntityKind, Layer, Mention, Opinion, Polarity, Quotation, QuotationKind, Role, Span, Voice,
};
use crate::model::lexicon::{self, Category, Term};

/// Writes `Document::opinions`.
#[derive(Debug, Default)]
pub struct Appraiser;

impl Annotator for Appraiser {
    fn layer(&self) -> Layer {
        Layer::Opinions
    }

    fn annotate(&self, doc: &mut Document) {
        // The lexicon is English: what is not is left without a score.
        if doc.article.is_english() {
            doc.opinions = opinions(doc);
        }
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

/// Tokens behind a hostile deed in which good things are what it harms.
const SPOILED_REACH: usize = 10;
/// Tokens between a mention and a term behind it within which the term is said of it.
const OWNED_REACH: i32 = 2;
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
            while around.last().is_some_and(|&q| doc.quotations[q].span.end <= token.span.start) {
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
            });
        }
        at += length;
    }
    drop_spoiled(&mut found);
    found
}

/// Leaves out what is good in the object of a hostile deed (`undermines stability`): the deed carries the opinion.
fn drop_spoiled(hits: &mut Vec<Hit>) {
    let mut deed_end = None;
    hits.retain(|hit| {
        if matches!(hit.category, Category::Act | Category::Assail) && hit.weight < 0 {
            deed_end = Some(hit.last);
        }
        let spoiled = deed_end.is_some_and(|end| hit.first >= end && hit.first - end <= SPOILED_REACH);
        !(spoiled && hit.category == Category::Quality && hit.value > 0)
    });
}

/// Finds for each term the mention that it is plainly said of: the nearest on either side by a strong relation.
fn own(doc: &Document, hits: &mut [Hit], mentions: std::ops::Range<usize>, scene: &Scene<'_>) {
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
    Opinion { mention: index, polarity: Polarity(sum.clamp(-1000, 1000) as i16), voice: voice(doc, region), cues }
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
    near.iter().filter(|(_, r)| r.is_strong() || r.distance.abs() <= QUOTED_REACH).find_map(|(hit, _)| {
        let quotation = doc.quotations.get(hit.region as usize - 1)?;
        let marked = quotation.kind != QuotationKind::Indirect;
        let by_itself = quotation.speaker.is_some_and(|s| {
            s.entity == Some(mention.entity) || s.second == Some(mention.entity) || s.span.overlaps(mention.span)
        });
        (marked && !by_itself && !attributes(quotation, mention.span)).then_some(hit.region)
    })
}

/// Whether a mention stands among the words that attribute a quotation (`said Labour's Ann Vale`).
fn attributes(quotation: &Quotation, mention: Span<Byte>) -> bool {
    let (Some(speaker), Some(cue)) = (quotation.speaker, quotation.cue) else {
        return false;
    };
    Span::new(speaker.span.start.min(cue.start), speaker.span.end.max(cue.end)).contains(mention)
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

#[cfg(test)]
mod tests {
    use crate::annotate::fixture::{annotated, quoted};
    use crate::document::{Opinion, Voice};

    /// The opinion on the first mention of `{Vale}`.
    fn opinion(text: &str) -> Opinion {
        let doc = quoted(text);
        let index = doc.mentions.iter().position(|m| doc.text(m.span) == "Vale").unwrap();
        doc.opinions[index].clone()
    }

    fn sign(text: &str) -> i16 {
        let polarity = opinion(text).polarity.0;
        if polarity.abs() < 50 { 0 } else { polarity.signum() }
    }

    #[track_caller]
    fn check(text: &str, expected: i16) {
        let found = opinion(text);
        assert_eq!(sign(text), expected, "{text}: {found:?}");
    }

    /// Sentences with the sign that `Vale` must receive.
    const SENTENCES: &[(&str, i16)] = &[
        // judgments: the object is judged, the subject is not
        ("{Moss} slammed {Vale} on Monday.", -1),
        ("{Vale} slammed {Moss} on Monday.", 0),
        ("{Moss} denounced {Vale} in a letter.", -1),
        ("{Vale} denounced {Moss} in a letter.", 0),
        ("{Moss} praised {Vale} for the bridge.", 1),
        ("{Vale} praised {Moss} for the bridge.", 0),
        ("{Vale} was praised by {Moss} on Monday.", 1),
        ("{Moss} was praised by {Vale} on Monday.", 0),
        ("{Vale} was slammed by {Moss} on Monday.", -1),
        ("{Moss} was slammed by {Vale} on Monday.", 0),
        ("{Vale} has been accused of fraud.", -1),
        ("{Vale} accuses {Moss} of fraud.", 0),
        ("{Moss} accused {Vale} of fraud.", -1),
        ("{Vale}, accused of fraud, left the hall.", -1),
        ("The two hit out at {Vale} over the road.", -1),
        ("{Moss} hailed {Vale} as a hero.", 1),
        ("{Moss} condemned {Vale} and {Reed} alike.", -1),
        ("{Moss} thanked {Vale} for the book.", 1),
        ("{Moss} criticised {Vale}.", -1),
        ("{Moss} mocked {Vale} over lunch.", -1),
        ("{Moss} lashed out at {Vale}.", -1),
        ("{Moss} welcomed {Vale} to the town.", 1),
        // attacks: the object is hit, and the subject does it
        ("{Moss} attacked {Vale} in a speech.", -1),
        ("{Vale} was attacked by {Moss} in a speech.", -1),
        ("{Moss} threatened {Vale} again.", -1),
        // deeds: the subject does them
        ("{Vale} invaded the valley at dawn.", -1),
        ("{Vale} deceived the voters for years.", -1),
        ("{Vale} recklessly escalated the quarrel.", -1),
        ("{Vale} lied about the money.", -1),
        ("{Vale} rescued the children.", 1),
        ("They fear {Vale}’s steady build-up near {Moss}, which undermines the peace and stability of the bay.", -1),
        ("{Vale} has undermined the unity and stability of the town.", -1),
        // nouns of judgment
        ("The paper printed sharp criticism of {Vale}.", -1),
        ("There was a letter of criticism from {Vale}.", 0),
        ("{Moss} was praised by {Vale} for generous help.", 0),
        ("“This is madness,” said {Vale}’s {Moss}.", 0),
        ("{Vale} faces criticism over the road.", -1),
        ("{Vale} drew praise for the road.", 1),
        ("There was much praise for {Vale} in town.", 1),
        // owners, predicates, modifiers
        ("They spoke of {Vale}'s hypocrisy.", -1),
        ("They met {Vale}’s belligerent propaganda with silence.", -1),
        ("They saw {Vale}'s courage.", 1),
        ("{Vale} is corrupt.", -1),
        ("{Vale} is honest and brave.", 1),
        ("{Vale} was reckless with the money.", -1),
        ("The corrupt {Vale} left the hall.", -1),
        ("The brilliant {Vale} left the hall.", 1),
        ("{Vale} seems incompetent.", -1),
        ("{Vale} remains a hero to many.", 1),
        ("They described {Vale} as a liar.", -1),
        ("The road is intolerable to {Vale}.", 0),
        ("It is {Vale} aggression in the valley.", -1),
        ("The aggression against {Vale} went on.", 0),
        // negation
        ("{Vale} is not honest.", -1),
        ("{Vale} isn’t honest.", -1),
        ("{Vale} isn't corrupt.", 1),
        ("{Vale} is not only honest but brave.", 1),
        ("{Vale} was never corrupt.", 1),
        ("{Vale} is hardly honest.", -1),
        ("{Vale} was neither honest nor brave.", -1),
        ("{Vale} failed to be honest.", -1),
        ("There was absolutely nothing progressive about {Vale}.", -1),
        ("{Moss} did not praise {Vale}.", -1),
        ("{Moss} refused to praise {Vale}.", -1),
        ("It was a barely disguised criticism of {Vale}.", -1),
        ("Not surprisingly, {Moss} slammed {Vale}.", -1),
        ("{Moss} urged {Vale} to stop undermining the town.", -1),
        ("{Vale} is very corrupt.", -1),
        ("{Vale} is no doubt brave.", 1),
        // topic words and irony stay neutral
        ("{Vale} spoke about the war and the peace talks.", 0),
        ("{Vale} discussed the security crisis.", 0),
        ("{Vale} leads the party as well as the council.", 0),
        ("{Vale} went to the criminal court.", 0),
        ("{Vale} strengthened military ties.", 0),
        ("{Vale} arrived on Tuesday.", 0),
        ("{Vale} found yet another way to lose the keys of the town.", 0),
        ("Thanks for nothing, {Vale}.", 0),
        ("{Vale} voted for the budget.", 0),
    ];

    #[test]
    fn plain_sentences_get_the_expected_sign() {
        let wrong: Vec<_> = SENTENCES.iter().filter(|(text, expected)| sign(text) != *expected).collect();
        let right = SENTENCES.len() - wrong.len();
        println!("{right} of {} sentences right; wrong: {wrong:?}", SENTENCES.len());
        assert!(SENTENCES.len() >= 60);
        assert!(right * 100 >= SENTENCES.len() * 90, "{wrong:?}");
    }

    #[test]
    fn not_only_is_no_negation() {
        check("The plan of {Vale} was not only admirable but cheap.", 1);
    }

    #[test]
    fn not_a_quality_negates_the_words_behind_it() {
        let found = opinion("{Vale} acted out of weakness, not great courage.");
        assert!(found.polarity.0 < 0);
        assert!(found.cues.iter().filter(|c| !c.modifiers.is_empty()).all(|c| c.contribution < 0), "{found:?}");
    }

    #[test]
    fn neither_reaches_over_a_phrase() {
        let found = opinion("It is a quarrel to which neither {Moss} or {Vale} have any progressive answer.");
        assert!(found.polarity.0 < 0, "{found:?}");
    }

    #[test]
    fn topic_phrases_are_neutral() {
        for text in [
            "{Vale} offered a peace plan.",
            "{Vale} and the anti-war movement met.",
            "{Vale} spoke as well as {Moss}.",
            "{Vale} saw a threat, a conflict and a crisis.",
            "{Vale} bought attack submarines.",
        ] {
            check(text, 0);
        }
    }

    #[test]
    fn words_inside_names_never_count() {
        let doc = quoted("{Vale} wrote to the {Great Hope Party} and the {Evil Court}.");
        assert!(doc.opinions.iter().all(|o| o.polarity.0 == 0 && o.cues.is_empty()));
    }

    #[test]
    fn news_words_carry_weight() {
        for word in
            ["hypocrisy", "provocations", "imperialism", "propaganda", "encroachment", "aggression", "atrocities"]
        {
            check(&format!("They wrote of {{Vale}}'s {word}."), -1);
        }
    }

    #[test]
    fn a_victim_of_a_deed_is_not_its_doer() {
        check("There was nothing progressive in the invasion of {Vale}.", 0);
        check("{Moss} is trying to goad {Vale}.", 0);
    }

    #[test]
    fn the_voice_is_that_of_the_words() {
        let author = opinion("{Vale} is corrupt.");
        assert_eq!(author.voice, Voice::Author);
        let both = opinion("“{Vale} is corrupt,” {Moss} said.");
        assert_eq!((both.voice, both.polarity.0 < 0), (Voice::Quoted(0), true));
        let about = opinion("{Vale} is “a corrupt liar,” {Moss} said.");
        assert_eq!((about.voice, about.polarity.0 < 0), (Voice::Quoted(0), true));
        let attributed = opinion("{Moss} said that {Vale} is corrupt.");
        assert_eq!((attributed.voice, attributed.polarity.0 < 0), (Voice::Attributed(0), true));
        let speaker = opinion("{Vale} said that {Moss} is corrupt.");
        assert_eq!((speaker.voice, speaker.polarity.0), (Voice::Author, 0));
        let own = opinion("{Vale} called it “a corrupt lie” on Monday.");
        assert_eq!((own.voice, own.polarity.0), (Voice::Author, 0));
    }

    #[test]
    fn contributions_sum_to_the_polarity() {
        let texts = [
            "{Vale} is a corrupt, reckless, brutal liar and a shameful, vile, cruel dictator.",
            "{Vale} is a brave, honest, brilliant and corrupt hero of great courage and integrity.",
            "{Moss} denounced {Vale}'s belligerent, hypocritical, shameful propaganda.",
        ];
        for text in texts {
            for opinion in quoted(text).opinions {
                let sum: i32 = opinion.cues.iter().map(|c| c.contribution).sum();
                assert_eq!(sum, i32::from(opinion.polarity.0), "{text}");
                assert!(sum.abs() <= 1000);
            }
        }
        assert_eq!(opinion(texts[0]).polarity.0, -1000);
    }

    #[test]
    fn scaling_is_exact() {
        for raw in [vec![700, 700, 700], vec![-999, -999, 5], vec![1, 2, 3], vec![333; 7], vec![-501, -500, 0]] {
            let sum: i32 = raw.iter().sum();
            let settled: i32 = super::settle(raw.into_iter()).iter().sum();
            assert_eq!(settled, sum.clamp(-1000, 1000));
        }
    }

    #[test]
    fn modifiers_are_kept_as_evidence() {
        let found = opinion("{Vale} is not very honest.");
        let factors: Vec<i16> = found.cues[0].modifiers.iter().map(|m| m.1).collect();
        assert_eq!(factors, [-740, 1300]);
        assert_eq!((found.cues[0].rule, found.cues[0].distance), ("predicate", 3));
    }

    #[test]
    fn curly_marks_and_dashes_change_nothing() {
        assert_eq!(opinion("{Vale} isn’t honest.").polarity, opinion("{Vale} isn't honest.").polarity);
        assert!(opinion("They saw {Vale}’s courage—and left.").polarity.0 > 0);
    }

    #[test]
    fn every_mention_but_demonyms_has_one_opinion() {
        let doc = annotated("Germany praised French wine. France and Germany denounced Russia’s aggression on Monday.");
        let scored: Vec<u32> = doc.opinions.iter().map(|o| o.mention).collect();
        let expected: Vec<u32> = (0..doc.mentions.len() as u32)
            .filter(|&i| doc.mentions[i as usize].role != crate::document::Role::Demonym)
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(scored, expected);
    }

    #[test]
    fn a_long_sentence_stays_linear() {
        let started = std::time::Instant::now();
        annotated(&"Germany and France denounced reckless Russia, ".repeat(20_000));
        assert!(started.elapsed().as_secs() < 60);
    }
}

//! The concordance stage: where the user's patterns occur in the sentences of a body, and inside whose words.
//!
//! Reads tokens, sentences and quotations; writes `Document::hits`. Titles are not searched, so a word has as many hits
//! as it has occurrences in `terms.csv`. What patterns can be is told in [`Pattern`]; a hit never crosses a sentence.

mod pattern;

use std::sync::Arc;

pub use pattern::Pattern;

use super::Annotator;
use crate::config::ConcordanceConfig;
use crate::document::{Byte, Document, Hit, Layer, Quotation, Sentence, Span, Tok};
use crate::error::Result;

/// Writes `Document::hits`.
#[derive(Clone, Debug)]
pub struct Concordancer {
    patterns: Vec<(Arc<str>, Pattern)>,
    /// Most words of context to each side.
    window: usize,
}

impl Concordancer {
    /// A stage that looks for these patterns.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Option`] for a pattern that can match nothing or is no regular expression.
    pub fn new(config: &ConcordanceConfig) -> Result<Concordancer> {
        let compiled = config.patterns.iter().map(|text| Ok((Arc::from(text.as_str()), Pattern::new(text)?)));
        Ok(Concordancer { patterns: compiled.collect::<Result<_>>()?, window: config.window as usize })
    }

    /// Whether it looks for nothing.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The hits of one sentence, in text order, then in the order of patterns.
    fn sentence(&self, doc: &Document, index: u32, sentence: &Sentence) -> Vec<Hit> {
        let places = sentence.tokens.range();
        let words: Vec<u32> = (sentence.tokens.start..sentence.tokens.end)
            .filter(|&at| doc.tokens.get(at as usize).is_some_and(|token| token.is_counted()))
            .collect();
        let mut found: Vec<(Span<Tok>, usize)> = Vec::new();
        for (number, (_, pattern)) in self.patterns.iter().enumerate() {
            let hits = pattern.hits(doc, sentence, &words).into_iter();
            found.extend(hits.filter(|span| !span.is_empty()).map(|span| (span, number)));
        }
        found.sort_by_key(|(span, number)| (span.start, span.end, *number));
        let hit = |(tokens, number): (Span<Tok>, usize)| Hit {
            pattern: Arc::clone(&self.patterns[number].0),
            sentence: index,
            tokens,
            context: self.context(doc, sentence, &words, tokens),
            quotation: None,
        };
        debug_assert!(found.iter().all(|(span, _)| places.contains(&(span.start as usize))));
        found.into_iter().map(hit).collect()
    }

    /// As many words around a hit as are shown, with the marks between them; whole sides where the sentence has no more.
    fn context(&self, doc: &Document, sentence: &Sentence, words: &[u32], hit: Span<Tok>) -> Span<Byte> {
        let before = words.partition_point(|&word| word < hit.start);
        let after = words.partition_point(|&word| word < hit.end);
        let start = match before.checked_sub(self.window) {
            None | Some(0) => sentence.span.start,
            Some(first) => doc.tokens[words[first] as usize].span.start,
        };
        let last = after + self.window;
        let end = if last < words.len() { doc.tokens[words[last - 1] as usize].span.end } else { sentence.span.end };
        Span::new(start, end)
    }
}

impl Annotator for Concordancer {
    fn layer(&self) -> Layer {
        Layer::Quotations
    }

    fn annotate(&self, doc: &mut Document) {
        let mut hits = Vec::new();
        for (index, sentence) in (0..).zip(&doc.sentences) {
            if !doc.in_title(sentence) {
                hits.extend(self.sentence(doc, index, sentence));
            }
        }
        attribute(&mut hits, doc);
        doc.hits = hits;
    }
}

/// Finds for each hit, in text order, the innermost quotation around it.
fn attribute(hits: &mut [Hit], doc: &Document) {
    let quotations: &[Quotation] = &doc.quotations;
    let mut around: Vec<usize> = Vec::new();
    let mut next = 0;
    for hit in hits {
        let tokens = &doc.tokens[hit.tokens.range()];
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
        let span: Span<Byte> = Span::new(first.span.start, last.span.end);
        while next < quotations.len() && quotations[next].span.start <= span.start {
            around.push(next);
            next += 1;
        }
        around.retain(|&open| quotations[open].span.end > span.start);
        let holds = |&&open: &&usize| quotations[open].span.contains(span);
        hit.quotation = around.iter().rev().find(holds).map(|&open| open as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::fixture::annotated;
    use crate::error::ErrorKind;

    /// `pre[keyword]post` of each hit.
    fn lines(text: &str, patterns: &[&str], window: u32) -> Vec<String> {
        let patterns = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        let mut doc = annotated(text);
        Concordancer::new(&ConcordanceConfig { patterns, window }).unwrap().annotate(&mut doc);
        let line = |hit: &Hit| {
            let tokens = &doc.tokens[hit.tokens.range()];
            let (start, end) = (tokens[0].span.start, tokens[tokens.len() - 1].span.end);
            let text = |from, to| doc.text(Span::new(from, to)).to_owned();
            let (pre, post) = (text(hit.context.start, start), text(end, hit.context.end));
            format!("{}[{}]{}", pre, text(start, end), post)
        };
        doc.hits.iter().map(line).collect()
    }

    #[test]
    fn words_phrases_wildcards_and_regular_expressions() {
        let text =
            "# Peace at last\nPeace talks, at last. The peace-talks and Putin’s peace. US troops help us. U.S. aid.";
        assert_eq!(lines(text, &["peace"], 9), ["[Peace] talks, at last.", "The peace-talks and Putin’s [peace]."]);
        assert_eq!(lines(text, &["Peace"], 9), ["[Peace] talks, at last."]);
        assert_eq!(lines(text, &["talks last"], 9), [""; 0], "at stands between");
        assert_eq!(lines(text, &["talks at"], 9), ["Peace [talks, at] last."], "marks do not count");
        assert_eq!(lines(text, &["peace*"], 1), ["[Peace] talks", "The [peace-talks] and", "Putin’s [peace]."]);
        assert_eq!(lines(text, &["pe?ce ta*s"], 1), ["[Peace talks], at"]);
        assert_eq!(lines(text, &["* last"], 1), ["talks, [at last]."]);
        assert_eq!(lines(text, &["putin"], 0), ["[Putin’s]"]);
        assert_eq!(lines(text, &["putin's"], 0), ["[Putin’s]"]);
        assert_eq!(lines(text, &["US"], 1), ["[US] troops", "[U.S.] aid."]);
        assert_eq!(lines(text, &["us"], 1).len(), 3);
        assert_eq!(lines(text, &["U.S."], 1), ["[U.S.] aid."]);
        assert_eq!(lines(text, &[r"/\b[Pp]eace\W+(talks|deal)/"], 0), ["[Peace talks]", "[peace-talks]"]);
        assert_eq!(lines(text, &["/roop/"], 0), ["[troops]"], "whole words");
        assert_eq!(lines(text, &["/x*/"], 0), [""; 0]);
        assert_eq!(lines(text, &["talks,", "at"], 1), ["Peace [talks], at", "talks, [at] last."]);
    }

    #[test]
    fn overlapping_hits_are_all_hits_and_come_in_text_order() {
        assert_eq!(lines("No no no way.", &["no way", "no no"], 0), ["[No no]", "[no no]", "[no way]."]);
    }

    #[test]
    fn hits_know_the_quotation_around_them() {
        let mut doc = annotated("Mary Vale said: “Peace is near, I promise you.” Peace is far.");
        let config = ConcordanceConfig { patterns: vec!["peace".into()], window: 3 };
        Concordancer::new(&config).unwrap().annotate(&mut doc);
        let around: Vec<_> = doc.hits.iter().map(|hit| hit.quotation).collect();
        assert_eq!(around, [Some(0), None]);
    }

    #[test]
    fn what_can_match_nothing_is_refused() {
        for pattern in ["", "  ", "/(/", "/[a-/", "//", "--", "peace --", "*", "* ?", "/a{1000}{1000}/"] {
            let config = ConcordanceConfig { patterns: vec![pattern.into()], window: 3 };
            let error = Concordancer::new(&config).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Option, "{pattern:?}");
            assert!(!error.to_string().contains('\n'), "{error}");
        }
    }
}

//! Invented articles for the tests of this module: paragraphs of drawn words, and articles made of them.

use super::shingle::mix;
use super::{Clusters, Shingles, Survey};
use crate::document::{Article, Passage, PassageKind, SourceMap, Span};

const SYLLABLES: [&str; 16] =
    ["ba", "ko", "ri", "tu", "sel", "mon", "da", "vi", "pla", "ner", "ost", "hav", "li", "gru", "em", "fa"];

/// Thirty drawn words, the same for the same number.
pub(super) fn paragraph(number: u64) -> String {
    let word = |i: u64| -> String {
        let drawn = mix(number * 1000 + i);
        (0..3).map(|k| SYLLABLES[(drawn >> (8 * k)) as usize % 16]).collect()
    };
    let words: Vec<String> = (0..30).map(word).collect();
    format!("{}.", words.join(" "))
}

/// An article of the outlet "Post" with a title and paragraphs.
pub(super) fn article(title: &str, body: &[String]) -> Article {
    let mut article = Article { outlet: "Post".into(), ..Article::default() };
    let kinds = std::iter::once(PassageKind::Title).chain(std::iter::repeat(PassageKind::Paragraph));
    for (line, kind) in std::iter::once(title).chain(body.iter().map(String::as_str)).zip(kinds) {
        let start = article.text.len() as u32;
        article.passages.push(Passage { kind, span: Span::new(start, start + line.len() as u32) });
        article.text.push_str(line);
        article.text.push('\n');
    }
    article.raw.clone_from(&article.text);
    article.source = SourceMap::default();
    article
}

/// The clusters of a survey of these articles.
pub(super) fn clusters(survey: &Survey, articles: &[Article]) -> Clusters {
    let dates: Vec<_> = survey.dates().into_iter().map(|resolved| resolved.date).collect();
    survey.clusters(70, &dates, &mut |document| Ok(Shingles::of(&articles[document as usize]))).expect("no error")
}

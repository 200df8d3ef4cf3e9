//! Made-up articles for benchmarks: words drawn by Zipf's law, always the same ones.

use byline::annotate::{Annotator, annotators};
use byline::config::{CorpusConfig, CountConfig};
use byline::count::{Census, Counts, Unit};
use byline::document::{Article, DocId, Document, Layer, Passage, PassageKind, Span};

/// Articles.
const ARTICLES: u32 = 500;
/// Paragraphs of an article, sentences of a paragraph, words of a sentence.
const SHAPE: [u32; 3] = [10, 3, 18];
/// Distinct words.
const WORDS: f64 = 20_000.0;

/// The articles, about 1.5 MB of text.
pub(crate) fn articles() -> Vec<Article> {
    let mut state = 1_u64;
    let mut word = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (state >> 11) as f64 / (1_u64 << 53) as f64;
        // The inverse of the harmonic sum, which is nearly a logarithm.
        spelled(WORDS.powf(share) as u32)
    };
    (1..=ARTICLES).map(|id| article(id, &mut word)).collect()
}

fn article(id: u32, word: &mut impl FnMut() -> String) -> Article {
    let [paragraphs, sentences, words] = SHAPE;
    let (mut text, mut passages) = (String::new(), Vec::new());
    for _ in 0..paragraphs {
        let start = text.len() as u32;
        for sentence in 0..sentences {
            text.push_str(if sentence > 0 { " The " } else { "The " });
            let words: Vec<String> = (0..words).map(|_| word()).collect();
            text.push_str(&words.join(" "));
            text.push('.');
        }
        passages.push(Passage { kind: PassageKind::Paragraph, span: Span::new(start, text.len() as u32) });
        text.push('\n');
    }
    Article { id: DocId(id), text, passages, ..Article::default() }
}

/// A word of letters for a number, longer for larger ones.
fn spelled(mut number: u32) -> String {
    let mut word = String::from("q");
    loop {
        word.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return word;
        }
    }
}

/// The stages that make tokens and sentences.
pub(crate) fn tokenising() -> Vec<Box<dyn Annotator>> {
    annotators(&CorpusConfig::default(), Layer::Tokens)
}

/// An annotated article.
pub(crate) fn annotated(article: Article, stages: &[Box<dyn Annotator>]) -> Document {
    let mut document = Document::from_article(article);
    stages.iter().for_each(|stage| stage.annotate(&mut document));
    document
}

/// The options of counting pairs in one unit.
#[allow(dead_code, reason = "not every benchmark counts pairs")]
pub(crate) fn pairs_in(unit: Unit) -> CountConfig {
    CountConfig { units: vec![unit], ngram_max: 1, ..CountConfig::default() }
}

/// The counts of the articles.
#[allow(dead_code, reason = "not every benchmark counts")]
pub(crate) fn counts(config: &CountConfig) -> Counts {
    let stages = tokenising();
    let mut census = Census::new(config).without_wording();
    for article in articles() {
        census.observe(&annotated(article, &stages));
    }
    Counts::of(census.seal(), config)
}

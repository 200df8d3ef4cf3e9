//! The sentiment stage alone: mentions judged in a second, on one thread, with everything before it already done.
#![allow(missing_docs, reason = "a benchmark has no readers of its interface")]

use std::path::{Path, PathBuf};

use byline::annotate::{Annotator, annotators};
use byline::config::CorpusConfig;
use byline::document::{Article, Document, Layer, Passage, PassageKind, Span};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

/// Times that each article is taken.
const TIMES: usize = 20;

fn sentiment(criterion: &mut Criterion) {
    let stages = annotators(&CorpusConfig::default(), Layer::Opinions);
    let (last, before) = stages.split_last().expect("there are stages");
    let quoted: Vec<Document> = articles()
        .into_iter()
        .map(|article| {
            let mut document = Document::from_article(article);
            before.iter().for_each(|stage| stage.annotate(&mut document));
            document
        })
        .collect();
    let documents: Vec<Document> = quoted.iter().cycle().take(quoted.len() * TIMES).cloned().collect();
    let judged = |stage: &dyn Annotator, mut documents: Vec<Document>| {
        documents.iter_mut().for_each(|document| stage.annotate(document));
        documents
    };
    let mentions: usize = judged(last.as_ref(), documents.clone()).iter().map(|d| d.opinions.len()).sum();
    let mut group = criterion.benchmark_group("sentiment");
    group.throughput(Throughput::Elements(mentions as u64)).sample_size(20);
    group.bench_function("judge mentions", |bencher| {
        bencher.iter_batched(|| documents.clone(), |documents| judged(last.as_ref(), documents), BatchSize::LargeInput);
    });
    group.finish();
}

/// The articles of the repository's sample, a paragraph a line.
fn articles() -> Vec<Article> {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("input"), &mut paths);
    paths.sort();
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts.map(article).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => files(&path, found),
            path => found.push(path),
        }
    }
}

fn article(text: String) -> Article {
    let mut passages = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        if end > start {
            passages.push(Passage { kind: PassageKind::Paragraph, span: Span::new(start as u32, end as u32) });
        }
        start += line.len();
    }
    Article { text, passages, language: "en".to_owned(), ..Article::default() }
}

criterion_group!(benches, sentiment);
criterion_main!(benches);

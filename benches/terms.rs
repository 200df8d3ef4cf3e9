//! Tokenising and counting terms: from clean text to the frequency of every word.
#![allow(missing_docs, reason = "a benchmark has no readers of its interface")]

mod support;

use byline::config::CountConfig;
use byline::count::{Census, Counts};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

fn terms(criterion: &mut Criterion) {
    let (articles, stages) = (support::articles(), support::tokenising());
    let bytes = articles.iter().map(|article| article.text.len() as u64).sum();
    let config = CountConfig { ngram_max: 1, units: Vec::new(), ..CountConfig::default() };
    let mut group = criterion.benchmark_group("terms");
    group.throughput(Throughput::Bytes(bytes)).sample_size(20);
    group.bench_function("tokenise and count", |bencher| {
        let count = |articles: Vec<_>| {
            let mut census = Census::new(&config).without_wording();
            for article in articles {
                census.observe(&support::annotated(article, &stages));
            }
            Counts::of(census.seal(), &config).features()
        };
        bencher.iter_batched(|| articles.clone(), count, BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group!(benches, terms);
criterion_main!(benches);

//! Tokenising and counting terms: from clean text to the frequency of every word, as a run does and as a word list alone.
#![allow(missing_docs, reason = "a benchmark has no readers of its interface")]

mod support;

use byline::annotate::words::WordReader;
use byline::config::CountConfig;
use byline::count::wordlist::Tally;
use byline::count::{Census, Counts};
use byline::model::packed::Bag;
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
    group.bench_function("word list", |bencher| {
        bencher.iter(|| {
            let (mut words, mut bag, mut tally) = (WordReader::default(), Bag::default(), Tally::default());
            for article in &articles {
                bag.clear();
                words.read(article, &mut bag);
                tally.add(&bag);
            }
            tally.types()
        });
    });
    group.finish();
}

criterion_group!(benches, terms);
criterion_main!(benches);

//! Pairs of words in documents: all that occur together at least twice.
#![allow(missing_docs, reason = "a benchmark has no readers of its interface")]

mod support;

use byline::count::{PairCount, Unit};
use criterion::{Criterion, criterion_group, criterion_main};

fn pairs(criterion: &mut Criterion) {
    let counts = support::counts(&support::pairs_in(Unit::Document));
    let observed = |pair: PairCount, _: f64| Some(pair.observed as f64);
    let mut group = criterion.benchmark_group("pairs");
    group.sample_size(10).bench_function("document", |bencher| {
        bencher.iter(|| counts.top_pairs(Unit::Document, 2, 1_000, observed).map_or(0, |pairs| pairs.candidates));
    });
    group.finish();
}

criterion_group!(benches, pairs);
criterion_main!(benches);

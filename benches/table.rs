//! Writing a table: text, whole numbers and numbers with decimals.
#![allow(missing_docs, reason = "a benchmark has no readers of its interface")]

use byline::config::OutputConfig;
use byline::report::column::Column;
use byline::report::table::{Cell, Table};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const ROWS: u32 = 100_000;

const COLUMNS: [Column; 4] = [
    Column::text("item", "An item."),
    Column::integer("observed", "units", "A count."),
    Column::number("pmi", 6, "log2", "A score.", "a / b"),
    Column::number("g2", 6, "", "A score.", "a / b"),
];

fn table(criterion: &mut Criterion) {
    let rows: Vec<u32> = (0..ROWS).collect();
    let mut group = criterion.benchmark_group("table");
    group.throughput(Throughput::Elements(ROWS.into())).sample_size(20);
    group.bench_function("rows in memory", |bencher| {
        bencher.iter(|| {
            let mut table = Table::in_memory("bench", COLUMNS.to_vec(), &OutputConfig::default());
            let write = |row: &u32, table: &mut Table| {
                let score = f64::from(*row) / 7.0;
                table.row(&["an item".into(), (*row).into(), Cell::Number(score), Cell::Number(-score * score)])
            };
            table.rows_of(&rows, write).is_ok()
        });
    });
    group.finish();
}

criterion_group!(benches, table);
criterion_main!(benches);

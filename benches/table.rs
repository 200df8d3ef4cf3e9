//! Writing a table: text, whole numbers and numbers with decimals; and how many bytes of a co-occurrence table of a
//! million rows a CPU second writes into a file.
#![allow(missing_docs, reason = "a benchmark has no readers of its interface")]

#[path = "support/clock.rs"]
mod clock;

use byline::config::OutputConfig;
use byline::report::REPORTS;
use byline::report::column::{Column, Kind};
use byline::report::table::{Cell, Table};
use clock::cpu_seconds;
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

const PAIRS: u32 = 1_000_000;

/// Writes a co-occurrence table of [`PAIRS`] rows with every column of the product and prints the rate.
#[allow(clippy::print_stdout, reason = "the result of the benchmark")]
fn rate(_: &mut Criterion) {
    let report = REPORTS.iter().find(|report| report.name == "cooccurrence");
    let columns = report.map_or_else(Vec::new, |report| (report.columns)());
    let rows: Vec<u32> = (0..PAIRS).collect();
    let write = |row: &u32, table: &mut Table| {
        let (first, second) = (format!("word{}", row % 9973), format!("other{}", row / 97));
        let cell = |(at, column): (usize, &Column)| match column.kind {
            Kind::Text if at == 2 => first.as_str().into(),
            Kind::Text if at == 3 => second.as_str().into(),
            Kind::Text => "window5".into(),
            Kind::Integer => (row % 1000).into(),
            _ => Cell::Number(f64::from(*row) / (7.0 + at as f64)),
        };
        let cells: Vec<Cell<'_>> = columns.iter().enumerate().map(cell).collect();
        table.row(&cells)
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let begun = cpu_seconds();
    let mut table =
        Table::create(folder.path(), "bench", columns.clone(), &OutputConfig::default(), Vec::new()).expect("a table");
    table.rows_of(&rows, write).expect("rows");
    table.finish().expect("a file");
    let bytes = std::fs::metadata(folder.path().join("bench.csv")).map_or(0, |file| file.len());
    if let (Some(begun), Some(ended)) = (begun, cpu_seconds()) {
        let (size, time) = (bytes as f64 / 1e6, ended - begun);
        println!("{PAIRS} rows of cooccurrence.csv: {size:.0} MB, {time:.2} CPU s, {:.0} MB per CPU s", size / time);
    }
}

criterion_group!(benches, table, rate);
criterion_main!(benches);

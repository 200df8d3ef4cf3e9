//! Names: tokens that a CPU second tags by the trained tagger alone, and by the whole stage with rules and aliases; and
//! how long the program takes to start. Texts are the `.txt` files of the folder `BYLINE_BENCH_TEXT`, or the sample.
#![allow(missing_docs, reason = "a benchmark has no readers of its interface")]

#[path = "support/clock.rs"]
mod clock;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use byline::annotate::{self, Annotator, entity};
use byline::config::EntityConfig;
use byline::document::{Article, Document, Passage, PassageKind, Span};
use clock::cpu_seconds;
use criterion::{Criterion, criterion_group, criterion_main};

/// Least CPU seconds that are measured.
const LEAST: f64 = 2.0;
/// Starts that are timed; the median counts.
const STARTS: usize = 21;

fn texts(folder: &Path, found: &mut Vec<String>) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "txt") {
            found.extend(std::fs::read(&path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
}

fn document(text: String) -> Document {
    let (mut passages, mut start) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len() as u32;
        if end > start {
            passages.push(Passage { kind: PassageKind::Paragraph, span: Span::new(start, end) });
        }
        start += line.len() as u32;
    }
    annotate::segmented(Article { raw: text.clone(), text, passages, ..Article::default() })
}

#[allow(clippy::print_stdout, reason = "the result of the benchmark")]
fn rate(what: &str, documents: &mut [Document], work: &dyn Fn(&mut Document) -> usize) {
    let tokens: usize = documents.iter().map(|document| document.tokens.len()).sum();
    let (mut rounds, mut found) = (0, 0);
    let (Some(begun), true) = (cpu_seconds(), tokens > 0) else { return };
    let mut time = 0.0;
    while time < LEAST {
        found = documents.iter_mut().map(work).sum();
        rounds += 1;
        time = cpu_seconds().unwrap_or(begun) - begun;
    }
    let rate = (tokens * rounds) as f64 / time;
    println!("{what}: {tokens} tokens, {found} names, {rate:.0} tokens per CPU s");
}

#[allow(clippy::print_stdout, reason = "the result of the benchmark")]
fn names(_: &mut Criterion) {
    let folder = std::env::var_os("BYLINE_BENCH_TEXT").map_or_else(|| "input".into(), PathBuf::from);
    let mut found = Vec::new();
    texts(&folder, &mut found);
    let mut documents: Vec<Document> = found.into_iter().map(document).collect();
    rate("the tagger alone", &mut documents, &|document| entity::tagged_names(document));
    let stage = entity::EntityTagger::new(&EntityConfig::default());
    rate("the whole stage", &mut documents, &|document| {
        stage.annotate(document);
        document.mentions.len()
    });
    start();
}

/// The median wall time of `byline --version`, and of a run over one short article.
#[allow(clippy::print_stdout, reason = "the result of the benchmark")]
fn start() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let article = folder.path().join("a.txt");
    std::fs::write(&article, "Anna Vale met Peter Orr in Leeds. Vale smiled.\n").expect("a file");
    let (article, out) = (article.display().to_string(), folder.path().join("out").display().to_string());
    let commands: [(&str, &[&str]); 2] = [
        ("byline --version", &["--version"]),
        ("byline run on one short article", &["run", &article, "-o", &out, "--force", "--quiet"]),
    ];
    for (what, arguments) in commands {
        let mut times: Vec<f64> = (0..STARTS)
            .map(|_| {
                let begun = Instant::now();
                let done = Command::new(env!("CARGO_BIN_EXE_byline")).args(arguments).output();
                assert!(done.is_ok_and(|done| done.status.success()), "{what}");
                begun.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{what}: {:.1} ms", times[STARTS / 2]);
    }
}

criterion_group!(benches, names);
criterion_main!(benches);

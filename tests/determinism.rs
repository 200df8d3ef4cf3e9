//! The promise that matters most: the same input gives the same bytes, whatever the number of threads, the size of a
//! batch, the memory for counts, the name of the input folder or the order in which the system lists files.
//!
//! Every combination runs over the sample corpus; over a generated corpus, large enough that the smallest memory
//! really spills, nine combinations run in which every pair of values of two options occurs (Taguchi's array L9).

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

use support::{Workdir, differences, generated, read_folder};

const THREADS: [&str; 3] = ["1", "2", "7"];
const BATCH: [&str; 3] = ["1K", "64K", "4M"];
const MEMORY: [&str; 3] = ["1M", "64M", "1G"];

/// Files by name.
type Files = BTreeMap<String, Vec<u8>>;

/// The nine rows of L9: indices into the three lists above.
const L9: [[usize; 3]; 9] =
    [[0, 0, 0], [0, 1, 1], [0, 2, 2], [1, 0, 1], [1, 1, 2], [1, 2, 0], [2, 0, 2], [2, 1, 0], [2, 2, 1]];

/// About 2 MB in 24 files of very different sizes, some with words that occur nowhere else.
fn large_corpus(folder: &Path) {
    generated::corpus(&folder.join("small"), 100, 20, 12_000);
    generated::corpus(&folder.join("large"), 200, 4, 450_000);
}

/// Runs with one combination and gives every file it wrote, `run.json` among them.
fn outputs(dir: &Workdir, [threads, batch, memory]: [&str; 3]) -> Files {
    dir.run(&["--threads", threads, "--batch-size", batch, "--memory", memory, "--quiet"]);
    read_folder(&dir.path("output"))
}

fn same(dir: &Workdir, combinations: impl Iterator<Item = [&'static str; 3]>) {
    let mut first: Option<([&str; 3], Files)> = None;
    for combination in combinations {
        let got = outputs(dir, combination);
        match &first {
            None => {
                assert!(got.contains_key("run.json") && got.contains_key("terms.csv"), "wrote only {:?}", got.keys());
                first = Some((combination, got));
            }
            Some((reference, expected)) => {
                let found = differences(expected, &got);
                assert!(
                    found.is_empty(),
                    "[threads, batch, memory] = {combination:?} does not give the bytes of {reference:?}:\n{}",
                    found.join("\n")
                );
            }
        }
    }
}

#[test]
fn the_sample_corpus_gives_the_same_bytes_in_every_combination() {
    let all = (0..27).map(|n| [THREADS[n / 9], BATCH[n / 3 % 3], MEMORY[n % 3]]);
    same(&Workdir::with_sample(), all);
}

#[test]
fn a_large_corpus_gives_the_same_bytes_in_every_pair_of_options() {
    let dir = Workdir::with_sample();
    large_corpus(&dir.path("input"));
    same(&dir, L9.iter().map(|&[t, b, m]| [THREADS[t], BATCH[b], MEMORY[m]]));
}

#[test]
fn l9_holds_every_pair_of_values() {
    for (left, right) in [(0, 1), (0, 2), (1, 2)] {
        let mut pairs: Vec<_> = L9.iter().map(|row| (row[left], row[right])).collect();
        pairs.sort_unstable();
        pairs.dedup();
        assert_eq!(pairs.len(), 9, "columns {left} and {right} do not hold all nine pairs");
    }
}

#[test]
fn the_name_of_the_input_folder_changes_no_table() {
    let dir = Workdir::with_sample();
    dir.run(&[]);
    let first = read_folder(&dir.path("output"));
    std::fs::rename(dir.path("input"), dir.path("other name")).unwrap();
    dir.byline(&["run", "other name", "-o", "output"]).exits(0);
    let tables = |files: Files| -> Files { files.into_iter().filter(|(name, _)| name.ends_with(".csv")).collect() };
    let found = differences(&tables(first), &tables(read_folder(&dir.path("output"))));
    assert!(found.is_empty(), "renaming the input folder changed tables:\n{}", found.join("\n"));
}

#[test]
fn the_order_in_which_files_were_made_changes_nothing() {
    let names = ["delta.txt", "alpha.txt", "charlie.txt", "bravo.txt"];
    let write = |order: [usize; 4]| {
        let dir = Workdir::empty();
        for at in order {
            dir.write(format!("input/{}", names[at]), generated::article(at as u64, 4_000));
        }
        dir.run(&[]);
        read_folder(&dir.path("output"))
    };
    let found = differences(&write([0, 1, 2, 3]), &write([3, 1, 0, 2]));
    assert!(found.is_empty(), "the order in which files were made shows in the output:\n{}", found.join("\n"));
}

/// The comparison above means nothing if the smallest memory never spills. So watch the temporary files of two runs:
/// the small budget must hold more on disk than the large one, which keeps its counts in memory.
#[cfg(target_os = "linux")]
#[test]
fn the_smallest_memory_really_spills() {
    let dir = Workdir::empty();
    large_corpus(&dir.path("input"));
    dir.folder("tmp");
    let tmp = dir.path("tmp").canonicalize().unwrap();
    let peak = |memory: &str| {
        let args =
            ["run", "input", "-o", "output", "--tmp-dir", "tmp", "--threads", "2", "--quiet", "--memory", memory];
        let mut child = dir.command(args).stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut peak = 0;
        loop {
            peak = peak.max(support::temporary_bytes(&tmp, child.id()));
            if let Some(status) = child.try_wait().unwrap() {
                assert!(status.success(), "the run with --memory {memory} failed: {status:?}");
                return peak;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    };
    let (small, large) = (peak("1M"), peak("1G"));
    assert!(
        small > large + 100_000,
        "--memory 1M held at most {small} bytes of temporary files, --memory 1G {large}: counts were not spilled"
    );
}

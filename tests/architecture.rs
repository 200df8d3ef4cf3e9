//! The shape of the source tree as a test: who may import whom, where each third-party crate lives, how long files are
//! and that each opens with its charter. It reads `src/` as text and runs nothing. The table below is the one in
//! ARCHITECTURE.md; a module without a row fails, so the table cannot rot.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Who may import whom. What is not listed is not allowed.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("document", &[]),
    ("error", &[]),
    ("measure", &[]),
    ("model", &["error"]),
    ("config", &["document", "error", "model"]),
    ("record", &["document"]),
    ("corpus", &["config", "document", "error"]),
    ("annotate", &["config", "document", "error", "model"]),
    ("count", &["config", "document", "error", "measure", "model", "record", "spool"]),
    ("evaluate", &["annotate", "config", "corpus", "document", "error", "model", "resolve"]),
    ("train", &["annotate", "config", "document", "error", "evaluate", "model"]),
    ("spool", &["document", "error", "record"]),
    ("resolve", &["config", "document", "model", "record"]),
    ("survey", &["config", "document", "error"]),
    ("report", &["config", "corpus", "count", "document", "error", "measure", "record", "resolve", "spool"]),
    (
        "pipeline",
        &[
            "annotate", "config", "corpus", "count", "document", "error", "measure", "model", "record", "report",
            "resolve", "spool", "survey",
        ],
    ),
];

/// The binary's own modules: they see the library's public face only.
const BINARY: &[&str] = &["main", "cli"];

/// Where a path may be used: each home is a file or the start of a path under `src/`.
const HOMES: &[(&str, &[&str])] = &[
    ("rayon", &["pipeline", "count/", "report/mod.rs", "report/table.rs"]),
    (
        "csv",
        &["config/word_list.rs", "corpus/", "model/", "report/page/source.rs", "report/table.rs", "report/fixture.rs"],
    ),
    ("parquet", &["report/sink/parquet_file.rs"]),
    ("csv_core", &["report/csv.rs"]),
    ("regex", &["corpus/", "annotate/"]),
    ("indicatif", &["cli"]),
    ("clap", &["cli", "main.rs"]),
    ("clap_complete", &["cli/shell.rs"]),
    ("clap_mangen", &["cli/shell.rs"]),
    ("toml", &["cli/settings/file.rs"]),
    ("strsim", &["cli/settings/file.rs"]),
    ("ctrlc", &["cli", "main.rs"]),
    ("walkdir", &["corpus/"]),
    (
        "std::fs",
        &[
            "cli/progress.rs",
            "cli/settings/file.rs",
            "cli/shell.rs",
            "config/word_list.rs",
            "corpus/",
            "count/run.rs",
            "count/store.rs",
            "count/laws.rs",
            "evaluate/",
            "model/reference.rs",
            "report/",
            "spool",
            "train/",
        ],
    ),
    // A clock must not reach an output; the progress bar may look at one.
    ("std::time", &["cli", "corpus/modified.rs"]),
    ("encoding_rs", &["corpus/"]),
    ("chardetng", &["corpus/encoding.rs"]),
    ("zip", &["corpus/", "report/sink/xlsx/package.rs"]),
    ("tar", &["corpus/open/"]),
    ("flate2", &["corpus/open/", "corpus/format/pdf/"]),
    ("bzip2", &["corpus/open/"]),
    ("ruzstd", &["corpus/open/"]),
    ("lzma_rust2", &["corpus/open/"]),
    ("rust_xlsxwriter", &["report/sink/xlsx"]),
    ("quick_xml", &["corpus/format/", "report/gexf.rs"]),
    ("dom_smoothie", &["corpus/format/"]),
    ("pdf_extract", &["corpus/format/"]),
    ("frostem", &["count/feature.rs"]),
    ("whatlang", &["annotate/language.rs"]),
    ("lz4_flex", &["spool/"]),
];

/// Names that say nothing about what a file is.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "common", "types", "manager", "misc", "stuff"];

const MOST_LINES: usize = 400;

/// A source file.
struct Source {
    /// Path under `src/`, with `/`.
    path: String,
    /// The whole text.
    text: String,
    /// Whether it is compiled for tests only.
    test_only: bool,
    /// The part before the unit tests, without comments and without what is inside string and character literals.
    code: String,
}

impl Source {
    /// The top-level module a file belongs to: `count` for `count/terms.rs`.
    fn module(&self) -> &str {
        let end = self.path.find(['/', '.']).unwrap_or(self.path.len());
        &self.path[..end]
    }

    /// How many `super::` stay inside the top-level module.
    fn depth(&self) -> usize {
        self.path.matches('/').count() - usize::from(self.path.ends_with("/mod.rs"))
    }

    /// The part before the unit tests.
    fn before_tests(&self) -> &str {
        cut_tests(&self.text)
    }
}

/// Everything before a `#[cfg(test)]` at the start of a line that opens a module written there.
fn cut_tests(text: &str) -> &str {
    let mut from = 0;
    while let Some(at) = text[from..].find("\n#[cfg(test)]\n").map(|at| from + at + 1) {
        let mut below = text[at..].lines().skip(1).skip_while(|line| line.starts_with("#["));
        if below.next().is_some_and(|line| line.contains("mod ") && line.ends_with('{')) {
            return &text[..at];
        }
        from = at;
    }
    text
}

fn sources() -> Vec<Source> {
    fn visit(folder: &Path, found: &mut Vec<PathBuf>) {
        let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("cannot list {}: {e}", folder.display()));
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                visit(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    visit(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 10, "found only {} files in {}", paths.len(), root.display());
    let mut sources: Vec<Source> = paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("cannot read {}: {e}", path.display()));
            let under = path.strip_prefix(&root).expect("a path under src");
            let path = under.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            let code = strip(cut_tests(&text));
            Source { path, text, code, test_only: false }
        })
        .collect();
    let tests: Vec<String> = sources.iter().flat_map(test_modules).collect();
    for source in &mut sources {
        source.test_only = tests.contains(&source.path);
    }
    sources
}

/// The files that a source declares as modules for tests only: `#[cfg(test)]` above `mod x;`.
fn test_modules(source: &Source) -> Vec<String> {
    let folder = match source.path.rsplit_once('/') {
        Some((folder, "mod.rs")) => folder.to_owned(),
        _ => source.path.trim_end_matches(".rs").to_owned(),
    };
    let lines: Vec<&str> = source.text.lines().collect();
    let declared = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]");
    let names = declared.filter_map(|pair| pair[1].strip_prefix("mod ")?.strip_suffix(';'));
    names.map(|name| format!("{folder}/{name}.rs")).collect()
}

/// Code without comments and with empty literals. Line breaks stay.
fn strip(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut i = 0;
    while i < chars.len() {
        let end = match (at(i), at(i + 1)) {
            ('/', '/') => skip_until(&chars, i, |i| at(i) == '\n'),
            ('/', '*') => skip_until(&chars, i + 2, |i| at(i - 2) == '*' && at(i - 1) == '/'),
            ('r', '"' | '#') if i == 0 || !is_word(at(i - 1)) && is_raw_string(&chars, i) => raw_string_end(&chars, i),
            ('"', _) => string_end(&chars, i),
            ('\'', '\\') => skip_until(&chars, i + 3, |i| at(i) == '\'') + 1,
            ('\'', _) if at(i + 2) == '\'' => i + 3,
            (c, _) => {
                out.push(c);
                i += 1;
                continue;
            }
        };
        let end = end.min(chars.len());
        out.extend(chars[i..end].iter().filter(|c| **c == '\n'));
        i = end;
    }
    out
}

fn skip_until(chars: &[char], from: usize, stop: impl Fn(usize) -> bool) -> usize {
    (from..chars.len()).find(|&i| stop(i)).unwrap_or(chars.len())
}

fn string_end(chars: &[char], from: usize) -> usize {
    let mut i = from + 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

fn is_raw_string(chars: &[char], from: usize) -> bool {
    chars[from + 1..].iter().find(|c| **c != '#') == Some(&'"')
}

fn raw_string_end(chars: &[char], from: usize) -> usize {
    let hashes = chars[from + 1..].iter().take_while(|c| **c == '#').count();
    let open = from + 1 + hashes;
    let closes = |i: usize| chars[i] == '"' && chars[i + 1..].iter().take_while(|c| **c == '#').count() >= hashes;
    skip_until(chars, open + 1, closes) + 1 + hashes
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Every path in the code that starts at `root`, one segment longer: for `std`, `use std::{fs, io::Read}` gives
/// `fs` and `io`; for `crate`, `crate::a::b` gives `a`.
fn segments_after<'c>(code: &'c str, root: &str) -> Vec<&'c str> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(root) {
        let before = code[..at].trim_end_matches(' ').chars().next_back().unwrap_or('\n');
        let Some(rest) = code[at + root.len()..].trim_start().strip_prefix("::") else {
            continue;
        };
        if is_word(code[..at].chars().next_back().unwrap_or('\n')) || before == ':' || before == '$' {
            continue;
        }
        let rest = rest.trim_start();
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_heads(group)),
            None => found.push(head(rest)),
        }
    }
    found
}

/// The first segments of a brace group's members.
fn group_heads(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut heads) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                heads.push(head(group[start..at].trim()));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    heads.retain(|name| !name.is_empty());
    heads
}

fn head(path: &str) -> &str {
    path.split(|c| !is_word(c)).next().unwrap_or("")
}

/// Whether the code uses a crate or a module of `std` (`rayon`, `std::fs`) by its full path or through `use`.
fn uses(code: &str, path: &str) -> bool {
    if let Some((root, module)) = path.split_once("::") {
        return segments_after(code, root).contains(&module);
    }
    let imported = code.lines().any(|line| {
        let used = line.trim_start().trim_start_matches("pub ").strip_prefix("use ");
        used.is_some_and(|used| used.trim_end_matches(';').trim() == path)
    });
    imported || !segments_after(code, path).is_empty()
}

#[track_caller]
fn none(wrong: Vec<String>, rule: &str) {
    assert!(wrong.is_empty(), "{rule}:\n  {}", wrong.join("\n  "));
}

#[test]
fn the_modules_are_those_of_the_table() {
    let mut found: BTreeSet<String> = sources().iter().map(|source| source.module().to_owned()).collect();
    for name in BINARY.iter().copied().chain(["lib"]) {
        assert!(found.remove(name), "src/{name}.rs is missing");
    }
    let table: BTreeSet<String> = MAY_IMPORT.iter().map(|(module, _)| (*module).to_owned()).collect();
    let without_row: Vec<_> = found.difference(&table).collect();
    let without_file: Vec<_> = table.difference(&found).collect();
    assert!(without_row.is_empty(), "give these modules a row in MAY_IMPORT and in ARCHITECTURE.md: {without_row:?}");
    assert!(without_file.is_empty(), "MAY_IMPORT has rows for modules that are not there: {without_file:?}");
}

#[test]
fn lib_declares_every_module_and_main_only_cli() {
    let declared = |path: &str| -> BTreeSet<String> {
        let sources = sources();
        let source = sources.iter().find(|s| s.path == path).unwrap_or_else(|| panic!("src/{path} is missing"));
        let lines = source.code.lines().map(|line| line.trim_start_matches("pub ").trim_start_matches("pub(crate) "));
        lines.filter_map(|line| line.strip_prefix("mod ")).map(|rest| head(rest).to_owned()).collect()
    };
    let table: BTreeSet<String> = MAY_IMPORT.iter().map(|(module, _)| (*module).to_owned()).collect();
    assert_eq!(declared("lib.rs"), table, "lib.rs declares other modules than the table has");
    assert_eq!(declared("main.rs"), BTreeSet::from(["cli".to_owned()]), "main.rs declares only `mod cli;`");
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let table: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.test_only) {
        let module = source.module();
        let Some(allowed) = table.get(module) else { continue };
        for used in segments_after(&source.code, "crate") {
            if used != module && table.contains_key(used) && !allowed.contains(&used) {
                wrong.push(format!("src/{}: {module} must not use crate::{used}", source.path));
            } else if used != module && !table.contains_key(used) {
                wrong.push(format!("src/{}: crate::{used} hides which module is used; name the module", source.path));
            }
        }
        if source.code.contains(&"super::".repeat(source.depth() + 1)) {
            wrong.push(format!("src/{}: leave a module by `crate::`, not by `super::`", source.path));
        }
        if source.code.contains("use byline::")
            || source.code.contains("::byline::") && !source.code.contains("super::byline::")
        {
            wrong.push(format!("src/{}: the library names itself `crate`", source.path));
        }
    }
    none(wrong, "imports against the table of ARCHITECTURE.md");
}

#[test]
fn the_table_has_no_cycle() {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut left: Vec<_> = MAY_IMPORT.iter().collect();
    while !left.is_empty() {
        let before = left.len();
        left.retain(|(module, allowed)| {
            let ready = allowed.iter().all(|other| done.contains(other));
            if ready {
                done.insert(module);
            }
            !ready
        });
        assert!(left.len() < before, "these modules import each other in a circle: {left:?}");
    }
}

#[test]
fn the_binary_sees_only_the_public_face() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| BINARY.contains(&source.module())) {
        for used in segments_after(&source.code, "crate") {
            if used != "cli" {
                wrong.push(format!("src/{} uses crate::{used}; use byline::{used}", source.path));
            }
        }
    }
    none(wrong, "the binary reaches past the library's public face");
    let main = sources().into_iter().find(|source| source.path == "main.rs").expect("src/main.rs");
    let lines = main.text.lines().count();
    assert!(lines <= 60, "src/main.rs has {lines} lines; it reads as prose in 60");
}

#[test]
fn crates_stay_in_their_homes() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.test_only) {
        for (path, homes) in HOMES {
            if uses(&source.code, path) && !homes.iter().any(|home| source.path.starts_with(home)) {
                wrong.push(format!("src/{} uses {path}, whose home is {homes:?}", source.path));
            }
        }
    }
    none(wrong, "crates outside their homes");
}

#[test]
fn nothing_random_and_no_thread_id_can_reach_an_output() {
    let mut wrong = Vec::new();
    // Only where the user asks for it, and the table says so.
    let asked = ["corpus/modified.rs"];
    let library = |source: &&Source| !BINARY.contains(&source.module()) && !asked.contains(&source.path.as_str());
    for source in sources().iter().filter(library) {
        for word in ["thread::current", "current_thread_index", "SystemTime", "Instant::now", "RandomState", "rand::"] {
            if source.code.contains(word) {
                wrong.push(format!("src/{} uses {word}", source.path));
            }
        }
    }
    none(wrong, "what differs between two runs must not be in the library");
}

#[test]
fn every_file_opens_with_its_charter() {
    let mut wrong = Vec::new();
    for source in sources() {
        let charter: Vec<&str> = source.text.lines().map_while(|line| line.strip_prefix("//!")).collect();
        let words = charter.join(" ").split_whitespace().count();
        let whole = charter
            .iter()
            .rev()
            .find(|line| !line.trim().is_empty())
            .is_some_and(|line| line.trim_end().ends_with(['.', ')', '`', '|']));
        if words < 5 || !whole {
            wrong.push(format!("src/{}: {words} words, {}", source.path, if whole { "whole" } else { "no full stop" }));
        }
    }
    none(wrong, "each file opens with `//!` and whole sentences: what it is, reads, writes, never does");
}

#[test]
fn files_are_short_and_named_by_their_noun() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.before_tests().lines().count();
        if lines > MOST_LINES && !source.test_only {
            wrong.push(format!("src/{} has {lines} lines before its tests; {MOST_LINES} at most", source.path));
        }
        let names = source.path.trim_end_matches(".rs").split('/');
        for name in names.filter(|name| EMPTY_NAMES.contains(name)) {
            wrong.push(format!("src/{}: {name:?} does not say what the file is about", source.path));
        }
    }
    none(wrong, "files are one idea each");
}

#[test]
fn no_file_prints_or_reads_variables_but_the_binary() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !BINARY.contains(&source.module())) {
        for word in ["println!", "eprintln!", "print!(", "dbg!", "stdout()", "stderr()", "process::exit", "env::var"] {
            if source.code.contains(word) {
                wrong.push(format!("src/{} uses {word}", source.path));
            }
        }
    }
    none(
        wrong,
        "the library prints nothing, ends no process and does what its Config says, whatever the environment holds",
    );
}

#[test]
fn the_reader_of_source_understands_source() {
    let code = "use std::{fs, io::{self, Read}, path::Path};\nuse crate::{count::{Counts, terms}, error};\n\
                fn f() { crate::report::go(); let s = \"crate::model\"; let c = '\"'; } // crate::corpus\n\
                /* crate::annotate */ let r = r#\"crate::record \" crate::x\"#; crate :: config :: f();\n\
                mycrate::resolve::f(); a::csv::b(); rayon::join(); let l: &'static str = \"\\\"crate::y\";";
    let code = strip(code);
    assert_eq!(segments_after(&code, "std"), ["fs", "io", "path"]);
    assert_eq!(segments_after(&code, "crate"), ["count", "error", "report", "config"]);
    assert!(uses(&code, "std::fs") && uses(&code, "rayon") && !uses(&code, "csv") && !uses(&code, "std::time"));
    assert!(uses("use regex;\n", "regex") && uses("use regex::Regex;\n", "regex") && !uses("my_regex::f()", "regex"));
    assert_eq!(
        cut_tests("a\n#[cfg(test)]\nuse x;\nb\n#[cfg(test)]\nmod tests {\nc\n}\n"),
        "a\n#[cfg(test)]\nuse x;\nb\n"
    );
}

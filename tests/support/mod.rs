//! What every integration test needs: a [`Workdir`] to write files and run the binary in, a [`Table`] to read what it
//! wrote, and a [`generated`] corpus that is the same on every machine. It reads nothing outside the repository and
//! asserts only what would make a test meaningless (the run itself failed, a column is missing).

// Each test file is a crate of its own and uses a part of this one.
#![allow(dead_code)]

pub(crate) mod generated;
pub(crate) mod table;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) use table::Table;

/// The binary under test.
pub(crate) const BYLINE: &str = env!("CARGO_BIN_EXE_byline");

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A temporary folder that is removed at the end of the test, and the folder runs start in.
pub(crate) struct Workdir {
    folder: tempfile::TempDir,
}

/// How a run ended.
pub(crate) struct Run {
    /// Exit code; none when a signal ended it.
    pub(crate) code: Option<i32>,
    /// What it wrote to standard output.
    pub(crate) stdout: String,
    /// What it wrote to standard error.
    pub(crate) stderr: String,
    /// The command line, for messages.
    line: String,
}

impl Run {
    /// Asserts the exit code and shows everything if it is another.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Run {
        assert!(
            self.code == Some(code),
            "`{}` exited with {:?}, expected {code}\n--- stderr\n{}\n--- stdout\n{}",
            self.line,
            self.code,
            self.stderr,
            self.stdout
        );
        self
    }

    /// Asserts that standard error holds a piece of text.
    #[track_caller]
    pub(crate) fn complains_of(self, piece: &str) -> Run {
        assert!(
            self.stderr.contains(piece),
            "`{}` should mention {piece:?} on standard error, which is:\n{}",
            self.line,
            self.stderr
        );
        self
    }

    /// Asserts that a failure is told in whole: the path, and after the cause a remedy behind a semicolon.
    #[track_caller]
    pub(crate) fn names_path_and_remedy(self, path: &str) -> Run {
        let run = self.complains_of(path);
        let told = run.stderr.lines().any(|line| {
            line.find(path).is_some_and(|at| {
                let rest = line[at + path.len()..].trim_start_matches(['"', '\'', '`', ':', ' ']);
                rest.split_once(';').is_some_and(|(cause, remedy)| cause.len() > 3 && remedy.trim().len() > 3)
            })
        });
        assert!(told, "`{}` should say `{path}: CAUSE; REMEDY` on one line, but says:\n{}", run.line, run.stderr);
        run
    }
}

impl Workdir {
    /// An empty folder.
    pub(crate) fn empty() -> Workdir {
        Workdir { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder whose `input/` holds the given files.
    pub(crate) fn with_input(files: &[(&str, &str)]) -> Workdir {
        let dir = Workdir::empty();
        dir.folder("input");
        for (name, text) in files {
            dir.write(format!("input/{name}"), text);
        }
        dir
    }

    /// A folder with a copy of the repository's sample corpus as `input/`.
    pub(crate) fn with_sample() -> Workdir {
        let dir = Workdir::empty();
        copy_folder(&repository().join("input"), &dir.path("input"));
        dir
    }

    /// A path inside.
    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes a folder inside, with its parents.
    pub(crate) fn folder(&self, name: impl AsRef<Path>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(&path).unwrap_or_else(|e| panic!("cannot make {}: {e}", path.display()));
        path
    }

    /// Writes a file inside, with its parents.
    pub(crate) fn write(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).unwrap_or_else(|e| panic!("cannot make {}: {e}", parent.display()));
        }
        fs::write(&path, bytes).unwrap_or_else(|e| panic!("cannot write {}: {e}", path.display()));
        path
    }

    /// A command of the binary that starts in this folder, with no variable of ours to colour or place anything.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(BYLINE);
        command
            .current_dir(self.folder.path())
            .args(args)
            .stdin(Stdio::null())
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE");
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("BYLINE_")) {
            command.env_remove(name);
        }
        command
    }

    /// Runs the binary in this folder.
    pub(crate) fn byline(&self, args: &[&str]) -> Run {
        self.byline_with(&[], args)
    }

    /// Runs the binary in this folder with variables of the environment.
    pub(crate) fn byline_with(&self, variables: &[(&str, &str)], args: &[&str]) -> Run {
        let mut command = self.command(args);
        command.envs(variables.iter().copied());
        let out = command.output().unwrap_or_else(|e| panic!("cannot start {BYLINE}: {e}"));
        let run = Run {
            code: out.status.code(),
            stdout: String::from_utf8_lossy(&out.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&out.stderr).into_owned(),
            line: format!("byline {}", args.join(" ")),
        };
        assert!(!run.stderr.contains("panicked"), "`{}` panicked:\n{}", run.line, run.stderr);
        run
    }

    /// `byline run input -o output` with more arguments, which must succeed.
    #[track_caller]
    pub(crate) fn run(&self, more: &[&str]) -> Run {
        let mut args = vec!["run", "input", "-o", "output"];
        args.extend(more);
        self.byline(&args).exits(0)
    }

    /// A table of `output/`.
    #[track_caller]
    pub(crate) fn table(&self, name: &str) -> Table {
        Table::read(&self.path("output").join(name))
    }

    /// Names of what lies in a folder inside, in order; empty when there is no such folder.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(folder))
            .map(|entries| entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect())
            .unwrap_or_default();
        names.sort();
        names
    }
}

/// Copies a folder and all that is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for (name, bytes) in read_folder(from) {
        let path = to.join(&name);
        let parent = path.parent().expect("a file has a folder");
        fs::create_dir_all(parent).unwrap_or_else(|e| panic!("cannot make {}: {e}", parent.display()));
        fs::write(&path, bytes).unwrap_or_else(|e| panic!("cannot write {}: {e}", path.display()));
    }
}

/// Every file under a folder, by its path relative to it.
pub(crate) fn read_folder(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn visit(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("cannot list {}: {e}", folder.display()));
        for entry in entries {
            let entry = entry.unwrap_or_else(|e| panic!("cannot list {}: {e}", folder.display()));
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let path = entry.path();
            if path.is_dir() {
                visit(&path, &format!("{name}/"), files);
            } else {
                files.insert(name, fs::read(&path).unwrap_or_else(|e| panic!("cannot read {}: {e}", path.display())));
            }
        }
    }
    let mut files = BTreeMap::new();
    visit(folder, "", &mut files);
    files
}

/// What differs between two folders, as one sentence for each file, with the first line that differs.
pub(crate) fn differences(expected: &BTreeMap<String, Vec<u8>>, got: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut found = Vec::new();
    for (name, bytes) in expected {
        match got.get(name) {
            None => found.push(format!("{name}: expected, but not written")),
            Some(other) if other != bytes => found.push(format!("{name}: {}", first_difference(bytes, other))),
            Some(_) => {}
        }
    }
    let unexpected = got.keys().filter(|name| !expected.contains_key(*name));
    found.extend(unexpected.map(|name| format!("{name}: written, but not expected")));
    found
}

fn first_difference(expected: &[u8], got: &[u8]) -> String {
    let (expected, got) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(got));
    let (left, right): (Vec<&str>, Vec<&str>) = (expected.split('\n').collect(), got.split('\n').collect());
    let at = left.iter().zip(&right).position(|(a, b)| a != b).unwrap_or(left.len().min(right.len()));
    let show = |lines: &[&str]| lines.get(at).map_or("(the end)".to_string(), |line| line.to_string());
    format!("line {} differs\n  expected: {}\n  got:      {}", at + 1, show(&left), show(&right))
}

/// Bytes of temporary files that a running process holds: those in `tmp` and those it has open there under no name.
#[cfg(target_os = "linux")]
pub(crate) fn temporary_bytes(tmp: &Path, process: u32) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(tmp).into_iter().flatten() {
        if let Ok(data) = entry.metadata().map_err(|_| ()).and_then(|d| if d.is_file() { Ok(d) } else { Err(()) }) {
            files.insert(data.ino(), data.len());
        }
    }
    let open = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    for entry in open {
        let inside = fs::read_link(entry.path()).is_ok_and(|target| target.starts_with(tmp));
        if let (true, Ok(data)) = (inside, fs::metadata(entry.path())) {
            files.insert(data.ino(), data.len());
        }
    }
    files.values().sum()
}

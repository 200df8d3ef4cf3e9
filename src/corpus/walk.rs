//! Which files are read: the input paths become one list in a fixed order (argument, then path bytes).
//!
//! It reads folders and file metadata and follows symbolic links. Whatever is left out becomes a [`Skipped`] row,
//! except byline's own output folder. It never opens a file.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::Skipped;
use crate::config::{Config, OPTIONS_FILE};
use crate::error::{Error, ErrorKind, Result};

/// A file that will be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// Its path as the tables show it, with `/`: relative to the folder when one folder was given, else below the
    /// argument as given. Bytes that are not UTF-8 are shown as U+FFFD.
    pub shown: String,
    /// Size in bytes when it was listed; 0 for standard input.
    pub bytes: u64,
    /// Whether this file is the only input, so that what is in it is shown as what is in a folder would be.
    pub alone: bool,
}

/// The input path that stands for standard input.
pub(super) const STANDARD_INPUT: &str = "-";

/// What the input paths hold.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The files to read, in the order that numbers documents.
    pub files: Vec<Source>,
    /// What was left out, in the same order.
    pub skipped: Vec<Skipped>,
}

/// Lists the files of all inputs.
///
/// # Errors
/// [`ErrorKind::Read`] when an input path does not exist or cannot be looked at.
pub fn walk(config: &Config) -> Result<Listing> {
    let mut walker = Walker { output: config.output.canonicalize().ok(), links: false, found: Listing::default() };
    let mut listing = Listing::default();
    let alone = config.inputs.len() == 1;
    for input in &config.inputs {
        if input.as_os_str() == STANDARD_INPUT {
            let shown = STANDARD_INPUT.to_owned();
            listing.files.push(Source { path: input.clone(), shown, bytes: 0, alone });
            continue;
        }
        let metadata = std::fs::metadata(input).map_err(|e| Error::io(ErrorKind::Read, input, e))?;
        let prefix = match alone {
            true => String::new(),
            false => cleaned(input),
        };
        if metadata.is_dir() {
            walker.folder(input, &prefix);
        } else {
            let shown = match prefix.is_empty() {
                true => file_name(input),
                false => prefix,
            };
            walker.file(input, shown, &metadata, alone);
        }
        let mut found = std::mem::take(&mut walker.found);
        found.files.sort_by(|a, b| a.shown.as_bytes().cmp(b.shown.as_bytes()));
        found.skipped.sort();
        listing.files.append(&mut found.files);
        listing.skipped.append(&mut found.skipped);
    }
    if config.inputs.len() > 1 || walker.links {
        drop_duplicates(&mut listing);
    }
    Ok(listing)
}

/// Refuses an output folder that is an input as well: the next run would read the tables of this one.
///
/// # Errors
/// [`ErrorKind::Option`] with the folder.
pub fn check_apart(config: &Config) -> Result<()> {
    let Ok(output) = config.output.canonicalize() else { return Ok(()) };
    match config.inputs.iter().find(|input| input.canonicalize().is_ok_and(|input| input == output)) {
        Some(input) => {
            let remedy = "choose another folder with --output; it may lie inside the input";
            Err(Error::at(ErrorKind::Option, input, "is the input and the output", remedy))
        }
        None => Ok(()),
    }
}

/// The input paths as the documents' paths begin when there are several; `.` for the folder in which byline runs.
pub fn shown_inputs(config: &Config) -> Vec<String> {
    let shown = |input: &PathBuf| match cleaned(input) {
        path if path.is_empty() => ".".to_owned(),
        path => path,
    };
    config.inputs.iter().map(shown).collect()
}

/// Walks one input at a time.
struct Walker {
    /// The output folder, resolved, if there is one yet.
    output: Option<PathBuf>,
    /// Whether a symbolic link was followed, so that a file may be reached twice.
    links: bool,
    found: Listing,
}

impl Walker {
    /// Lists a folder at any depth.
    fn folder(&mut self, root: &Path, prefix: &str) {
        let mut entries = WalkDir::new(root).follow_links(true).into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(root, prefix, &error);
                    continue;
                }
            };
            self.links |= entry.path_is_symlink();
            let shown = shown(root, prefix, entry.path());
            let name = entry.file_name().to_string_lossy();
            if let Some(detail) = hidden(&name).filter(|_| entry.depth() > 0) {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                self.skip(&shown, None, "hidden", detail);
            } else if entry.file_type().is_dir() {
                if entry.depth() > 0 && self.is_output(entry.path()) {
                    entries.skip_current_dir();
                }
            } else if name != OPTIONS_FILE {
                match entry.metadata() {
                    Ok(metadata) => self.file(entry.path(), shown, &metadata, false),
                    Err(error) => self.unreadable(root, prefix, &error),
                }
            }
        }
    }

    /// Lists one file. Whether it is of a kind that is read is found when it is opened.
    fn file(&mut self, path: &Path, shown: String, metadata: &std::fs::Metadata, alone: bool) {
        if !metadata.is_file() {
            let detail = "not a regular file (a pipe, a socket or a device); it was not opened";
            return self.skip(&shown, None, "not_a_file", detail);
        }
        self.found.files.push(Source { path: path.to_path_buf(), shown, bytes: metadata.len(), alone });
    }

    /// Lists what the file system would not show.
    fn unreadable(&mut self, root: &Path, prefix: &str, error: &walkdir::Error) {
        let path = shown(root, prefix, error.path().unwrap_or(root));
        if let Some(ancestor) = error.loop_ancestor() {
            let detail = format!("a symbolic link that leads back to {}", self::shown(root, prefix, ancestor));
            return self.skip(&path, None, "link_loop", detail);
        }
        match error.io_error() {
            Some(e) => self.skip(&path, None, super::read::io_reason(e), e.to_string()),
            None => self.skip(&path, None, "read_error", error.to_string()),
        }
    }

    fn skip(&mut self, shown: &str, bytes: Option<u64>, reason: &'static str, detail: impl Into<String>) {
        self.found.skipped.push(Skipped::new(shown, bytes, reason, detail));
    }

    fn is_output(&self, folder: &Path) -> bool {
        match &self.output {
            Some(output) => folder.canonicalize().is_ok_and(|f| f == *output),
            None => false,
        }
    }
}

/// Keeps the first of the paths that lead to one file.
fn drop_duplicates(listing: &mut Listing) {
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    let files = std::mem::take(&mut listing.files);
    for file in files {
        let resolved = file.path.canonicalize().unwrap_or_else(|_| file.path.clone());
        if seen.insert(resolved) {
            listing.files.push(file);
        } else {
            let detail = "the same file was already listed under another path";
            listing.skipped.push(Skipped::new(&file.shown, Some(file.bytes), "duplicate_path", detail));
        }
    }
}

/// Why a file or folder of this name is not looked at, in folders as in archives.
pub(super) fn hidden(name: &str) -> Option<&'static str> {
    match name {
        "__MACOSX" => Some("what macOS adds to archives"),
        _ if name.starts_with('.') => Some("the name starts with a dot"),
        _ => None,
    }
}

/// A path below `root` as the tables show it; the root itself is shown by its prefix or its name.
fn shown(root: &Path, prefix: &str, path: &Path) -> String {
    let relative = cleaned(path.strip_prefix(root).unwrap_or(path));
    match (prefix.is_empty(), relative.is_empty()) {
        (true, true) => file_name(root),
        (true, false) => relative,
        (false, true) => prefix.to_owned(),
        (false, false) if prefix.ends_with('/') => format!("{prefix}{relative}"),
        (false, false) => format!("{prefix}/{relative}"),
    }
}

/// A path with `/` between its parts, without `./` and a trailing `/`.
fn cleaned(path: &Path) -> String {
    let mut out = String::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::RootDir => out.push('/'),
            other => {
                if !out.is_empty() && !out.ends_with('/') {
                    out.push('/');
                }
                out.push_str(&other.as_os_str().to_string_lossy());
            }
        }
    }
    out
}

fn file_name(path: &Path) -> String {
    match path.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => path.to_string_lossy().into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn config(inputs: &[PathBuf]) -> Config {
        Config { inputs: inputs.to_vec(), output: PathBuf::from("/nonexistent/output"), ..Config::default() }
    }

    fn put(root: &Path, name: &str) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }

    fn names(listing: &Listing) -> Vec<&str> {
        listing.files.iter().map(|f| f.shown.as_str()).collect()
    }

    fn reasons(listing: &Listing) -> Vec<(&str, &str)> {
        listing.skipped.iter().map(|s| (s.path.as_str(), s.reason)).collect()
    }

    #[test]
    fn a_folder_is_listed_at_any_depth_in_byte_order() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a b/é è.TXT", "a/x.md", "B.markdown", "x.txt/inner.txt", ".git/c.txt", ".h.txt", "t.pdf"]
        {
            put(dir.path(), name);
        }
        let listing = walk(&config(&[dir.path().to_path_buf()])).unwrap();
        assert_eq!(names(&listing), ["B.markdown", "a b/é è.TXT", "a/x.md", "b.txt", "t.pdf", "x.txt/inner.txt"]);
        assert_eq!(reasons(&listing), [(".git", "hidden"), (".h.txt", "hidden")]);
    }

    #[test]
    fn several_arguments_prefix_the_path_and_read_a_file_once() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "n/a.txt");
        put(dir.path(), "n/b.txt");
        let folder = dir.path().join("./n/");
        let file = dir.path().join("n/a.txt");
        let listing = walk(&config(&[file.clone(), folder])).unwrap();
        let base = cleaned(dir.path());
        assert_eq!(names(&listing), [format!("{base}/n/a.txt"), format!("{base}/n/b.txt")]);
        assert_eq!(reasons(&listing), [(format!("{base}/n/a.txt").as_str(), "duplicate_path")]);
        assert_eq!(names(&walk(&config(&[file])).unwrap()), ["a.txt"]);
    }

    #[test]
    fn standard_input_is_listed_once_and_a_lone_file_is_known() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "a.zip");
        let listing = walk(&config(&["-".into(), "-".into(), dir.path().join("a.zip")])).unwrap();
        assert_eq!(names(&listing)[0], "-");
        assert_eq!(reasons(&listing), [("-", "duplicate_path")]);
        assert!(listing.files.iter().all(|file| !file.alone));
        assert!(walk(&config(&[dir.path().join("a.zip")])).unwrap().files[0].alone);
        assert!(!walk(&config(&[dir.path().to_path_buf()])).unwrap().files[0].alone);
    }

    #[test]
    fn the_output_folder_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "a.txt");
        put(dir.path(), "out/terms.txt");
        let mut config = config(&[dir.path().to_path_buf()]);
        config.output = dir.path().join("out");
        let listing = walk(&config).unwrap();
        assert_eq!(names(&listing), ["a.txt"]);
        assert!(listing.skipped.is_empty());
    }

    #[test]
    fn a_missing_input_ends_the_run() {
        let error = walk(&config(&[PathBuf::from("/nonexistent/news")])).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Read);
        assert!(error.to_string().contains("/nonexistent/news"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_loops_are_listed() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "in/a.txt");
        put(dir.path(), "other/b.txt");
        symlink(dir.path().join("other"), dir.path().join("in/linked")).unwrap();
        symlink(dir.path().join("in"), dir.path().join("in/again")).unwrap();
        symlink(dir.path().join("gone.txt"), dir.path().join("in/gone.txt")).unwrap();
        symlink(dir.path().join("in/a.txt"), dir.path().join("in/z.txt")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("in/s.txt")).unwrap();
        let listing = walk(&config(&[dir.path().join("in")])).unwrap();
        assert_eq!(names(&listing), ["a.txt", "linked/b.txt"]);
        assert_eq!(
            reasons(&listing),
            [("again", "link_loop"), ("gone.txt", "not_found"), ("s.txt", "not_a_file"), ("z.txt", "duplicate_path")]
        );
    }
}

//! The output folder: claimed before the work starts, filled at a stroke when it is done. Tables are written into a
//! temporary folder beside it and moved in at the end, so no reader ever meets half a table, and a run that fails or is
//! interrupted leaves the folder as it was. Files that byline did not write are never touched.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::ownership::{self, MANIFEST};

use crate::error::{Error, ErrorKind, Result};

/// An output folder that has been claimed.
#[derive(Debug)]
pub struct Folder {
    target: PathBuf,
    temporary: TempDir,
}

impl Folder {
    /// Claims `target`.
    ///
    /// # Errors
    /// When the folder holds files that byline did not write and `force` is not given, or cannot be written.
    pub fn claim(target: &Path, force: bool) -> Result<Folder> {
        check(target, force)?;
        let parent = match target.parent() {
            Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) => parent,
            // `/` and `..` have no place beside them.
            None => target,
        };
        let parent = if target.file_name().is_none() { target } else { parent };
        fs::create_dir_all(parent).map_err(|e| Error::io(ErrorKind::Write, parent, e))?;
        let temporary = tempfile::Builder::new().prefix(".byline-").suffix(".part").tempdir_in(parent);
        let temporary = temporary.map_err(|e| Error::io(ErrorKind::Write, parent, e))?;
        Ok(Folder { target: target.to_path_buf(), temporary })
    }

    /// Where tables are written until they are published.
    pub fn path(&self) -> &Path {
        self.temporary.path()
    }

    /// Moves everything into place, the marker last, and removes byline's own files of an earlier run that this run
    /// did not write again.
    ///
    /// # Errors
    /// When a file cannot be moved.
    pub fn publish(self) -> Result<()> {
        let failed = |path: &Path| {
            let path = path.to_path_buf();
            move |e| Error::io(ErrorKind::Write, &path, e)
        };
        fs::create_dir_all(&self.target).map_err(failed(&self.target))?;
        let marker = self.target.join(MANIFEST);
        if marker.exists() {
            fs::remove_file(&marker).map_err(failed(&marker))?;
        }
        let mut written = names(self.path()).map_err(failed(self.path()))?;
        written.sort_by_key(|name| name == MANIFEST);
        let found = names(&self.target).map_err(failed(&self.target))?;
        for stale in found.iter().filter(|name| ownership::is_own(name) && !written.contains(name)) {
            let path = self.target.join(stale);
            fs::remove_file(&path).map_err(failed(&path))?;
        }
        for name in &written {
            let place = self.target.join(name);
            fs::rename(self.path().join(name), &place).map_err(failed(&place))?;
        }
        Ok(())
    }
}

/// Whether a run may write into `target`, as far as can be told without writing.
///
/// # Errors
/// As for [`Folder::claim`].
pub fn check(target: &Path, force: bool) -> Result<()> {
    if let Some(place) = target.ancestors().find(|place| place.exists()).filter(|place| !place.is_dir()) {
        return Err(Error::at(ErrorKind::Write, place, "is not a folder", "choose another place with -o"));
    }
    check_free(target, force)?;
    if force { Ok(()) } else { check_own(target) }
}

/// The names of a folder's entries, sorted.
fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Refuses a folder in which a file cannot be replaced: a folder stands in its place, or a spreadsheet has it open.
fn check_free(target: &Path, force: bool) -> Result<()> {
    let found = names(target).unwrap_or_default();
    for name in &found {
        let path = target.join(name);
        if ownership::is_own(name) && path.is_dir() {
            return Err(Error::at(ErrorKind::Write, &path, "is a folder where a file goes", "move it away"));
        }
        let lock = name.strip_prefix(".~lock.").and_then(|rest| rest.strip_suffix('#'));
        let open = lock.or_else(|| name.strip_prefix("~$")).filter(|open| ownership::is_own(open));
        if let Some(open) = open.filter(|_| !force) {
            let remedy = "close it there and run again, or give --force to replace it all the same";
            return Err(Error::at(ErrorKind::Write, &target.join(open), "is open in a spreadsheet", remedy));
        }
    }
    Ok(())
}

/// Refuses a folder that holds what byline did not write.
fn check_own(target: &Path) -> Result<()> {
    let found = match names(target) {
        Ok(found) => found,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(Error::io(ErrorKind::Write, target, e)),
    };
    let foreign = found.iter().find(|name| !ownership::is_own(name));
    let unmarked = || found.first().filter(|_| !found.iter().any(|name| name == MANIFEST));
    match foreign.or_else(unmarked) {
        None => Ok(()),
        Some(name) => Err(Error::at(
            ErrorKind::Write,
            target,
            format!("holds `{name}`, which byline did not write"),
            "choose an empty folder with -o, or give --force to write beside it",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::Folder;
    use std::fs;

    #[test]
    fn tables_appear_when_they_are_published() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("out");
        let folder = Folder::claim(&target, false).unwrap();
        fs::write(folder.path().join("terms.csv"), "1").unwrap();
        fs::write(folder.path().join("run.json"), "{}").unwrap();
        assert!(!target.exists());
        folder.publish().unwrap();
        assert_eq!(fs::read_to_string(target.join("terms.csv")).unwrap(), "1");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_dropped_folder_leaves_nothing() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::claim(&place.path().join("out"), false).unwrap();
        fs::write(folder.path().join("terms.csv"), "1").unwrap();
        drop(folder);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[test]
    fn foreign_files_are_refused_or_kept_and_own_leftovers_go() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("out");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("notes.txt"), "mine").unwrap();
        let error = Folder::claim(&target, false).unwrap_err().to_string();
        assert!(error.contains("notes.txt") && error.contains("--force"), "{error}");
        fs::write(target.join("ngrams.csv"), "old").unwrap();
        let folder = Folder::claim(&target, true).unwrap();
        fs::write(folder.path().join("run.json"), "{}").unwrap();
        folder.publish().unwrap();
        assert!(target.join("notes.txt").exists() && !target.join("ngrams.csv").exists());
    }

    #[test]
    fn a_table_that_a_spreadsheet_has_open_is_not_replaced() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path();
        fs::write(target.join("run.json"), "{}").unwrap();
        for lock in [".~lock.byline.xlsx#", "~$byline.xlsx"] {
            fs::write(target.join(lock), "").unwrap();
            let error = Folder::claim(target, false).unwrap_err().to_string();
            assert!(error.contains("byline.xlsx: is open in a spreadsheet; close it"), "{error}");
            assert!(Folder::claim(target, true).is_ok());
            fs::remove_file(target.join(lock)).unwrap();
        }
        fs::create_dir(target.join("report.html")).unwrap();
        let error = Folder::claim(target, true).unwrap_err().to_string();
        assert!(error.contains("report.html: is a folder"), "{error}");
    }

    #[test]
    fn tables_without_a_marker_are_not_known_as_our_own() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("terms.csv"), "somebody's").unwrap();
        assert!(Folder::claim(place.path(), false).is_err());
    }
}

//! Tar archives (`.tar`): the files in them one after the other, in the order of the archive. An archive of this kind
//! has no list of its files, so they cannot be sorted without reading it twice.

use super::Container;
use super::archive::Names;
use super::input::Input;
use super::opening::{Opening, Part};
use super::zip::{refuse, too_many};

/// The container.
pub(super) const CONTAINER: Container = Container {
    name: "tar archive",
    extensions: &["tar"],
    holds_files: true,
    sniff: |head| head.get(257..262) == Some(b"ustar"),
    open,
};

fn open(input: Input<'_>, part: &Part, opening: &mut Opening<'_>) -> bool {
    let mut archive = tar::Archive::new(input);
    let files = match archive.entries() {
        Ok(files) => files,
        Err(error) => return opening.failed(part, &error),
    };
    let mut names = Names::default();
    for (number, file) in files.enumerate() {
        if number as u64 >= opening.limits.entries {
            return opening.skip(part, "too_many_files", too_many(opening));
        }
        let go_on = match file {
            Ok(file) => one(file, &mut names, part, opening),
            // What follows a broken header cannot be found.
            Err(error) => return opening.failed(part, &error),
        };
        if !go_on {
            return false;
        }
    }
    true
}

/// Opens one file of the archive. Gives whether to go on.
fn one(file: tar::Entry<'_, Input<'_>>, names: &mut Names, part: &Part, opening: &mut Opening<'_>) -> bool {
    let (kind, bytes) = (file.header().entry_type(), file.size());
    if kind.is_pax_global_extensions() {
        return true;
    }
    let path = match names.admit(&String::from_utf8_lossy(&file.path_bytes())) {
        Ok(path) => path,
        Err(refused) => return refuse(refused, Some(bytes), part, opening),
    };
    if kind.is_dir() {
        return true;
    }
    let entry = part.entry(&path, Some(bytes));
    if !kind.is_file() && !kind.is_contiguous() && !kind.is_gnu_sparse() {
        return opening.skip(&entry, "not_a_file", "a link or a device in an archive; it is not followed");
    }
    let content = opening.coming_out(file);
    opening.part(content, &entry)
}

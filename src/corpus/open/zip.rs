//! Zip archives (`.zip`): the files in them in the order of their names, so that a folder and the same folder packed
//! give the same rows. Where the list of files is cut off, those before the cut are read in the order of the archive.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};
use zip::result::ZipError;

use super::super::Skipped;
use super::Container;
use super::archive::{Names, Refused};
use super::input::Input;
use super::opening::{Opening, Part};

/// The container.
pub(super) const CONTAINER: Container =
    Container { name: "zip archive", extensions: &["zip"], holds_files: true, sniff, open };

/// What a row says of an encrypted file.
const NEEDS_PASSWORD: &str = "the file needs a password; unpack the archive yourself";

/// The name of the first file of documents that are zip archives themselves (OOXML, OpenDocument, EPUB, Java).
const DOCUMENTS: &[&[u8]] = &[b"[Content_Types].xml", b"mimetype", b"META-INF/", b"_rels/", b"word/", b"docProps/"];

fn sniff(head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    let archive = head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06");
    archive && !DOCUMENTS.iter().any(|document| name.starts_with(document))
}

/// Bytes that can be read from any place.
trait Bytes: Read + Seek {}
impl<T: Read + Seek> Bytes for T {}

fn open(input: Input<'_>, part: &Part, opening: &mut Opening<'_>) -> bool {
    let bytes: Box<dyn Bytes> = match &part.disk {
        Some(path) => match File::open(path) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(error) => return opening.failed(part, &error),
        },
        None => match opening.content(input, part) {
            Ok(Ok(content)) => Box::new(Cursor::new(content)),
            Ok(Err((reason, detail))) => return opening.skip(part, reason, detail),
            Err(error) => return opening.failed(part, &error),
        },
    };
    files(bytes, part, opening)
}

fn files(mut bytes: Box<dyn Bytes>, part: &Part, opening: &mut Opening<'_>) -> bool {
    let mut archive = match ZipArchive::new(&mut bytes) {
        Ok(archive) => archive,
        Err(error) => {
            let error = error.to_string();
            return cut_off(bytes, &error, part, opening);
        }
    };
    let mut names = Names::default();
    for (name, index) in sorted(&archive).into_iter().take(opening.limits.entries as usize) {
        let listed = archive.by_index_data(index).map(|file| (file.size(), file.encrypted()));
        let (bytes, encrypted) = listed.unwrap_or_default();
        let go_on = match archive.by_index(index) {
            Ok(file) => one(file, &mut names, part, opening),
            Err(_) if encrypted => unreadable(&name, bytes, None, &mut names, part, opening),
            Err(error) => unreadable(&name, bytes, Some(error), &mut names, part, opening),
        };
        if !go_on {
            return false;
        }
    }
    if archive.len() as u64 > opening.limits.entries {
        return opening.skip(part, "too_many_files", too_many(opening));
    }
    true
}

/// What a row says of an archive with more files than are read.
pub(super) fn too_many(opening: &Opening<'_>) -> String {
    format!("more than {} files in one archive; those after them are not read", opening.limits.entries)
}

/// The names of the files and their places in the archive's directory, in the order of a folder.
fn sorted<R: Read + Seek>(archive: &ZipArchive<R>) -> Vec<(String, usize)> {
    let name = |index| match archive.by_index_data(index) {
        Ok(entry) => entry.name().map_or_else(|_| lossy(entry.name_raw()), |name| name.into_owned()),
        Err(_) => String::new(),
    };
    let mut names: Vec<(String, usize)> = (0..archive.len()).map(|index| (name(index), index)).collect();
    names.sort();
    names
}

/// Reads the files of an archive whose directory is missing, up to the place where it is cut off.
fn cut_off(mut bytes: Box<dyn Bytes>, error: &str, part: &Part, opening: &mut Opening<'_>) -> bool {
    let mut names = Names::default();
    if bytes.seek(SeekFrom::Start(0)).is_ok() {
        while let Ok(Some(file)) = read_zipfile_from_stream(&mut bytes) {
            if !one(file, &mut names, part, opening) {
                return false;
            }
        }
    }
    opening.skip(part, "damaged", format!("cut off or broken ({error}); what comes after is not read"))
}

/// Opens one file of the archive. Gives whether to go on.
fn one<R: Read>(file: ZipFile<'_, R>, names: &mut Names, part: &Part, opening: &mut Opening<'_>) -> bool {
    let name = file.name().map_or_else(|_| lossy(file.name_raw()), |name| name.into_owned());
    let path = match names.admit(&name) {
        Ok(path) => path,
        Err(refused) => return refuse(refused, Some(file.size()), part, opening),
    };
    if file.is_dir() {
        return true;
    }
    let entry = part.entry(&path, Some(file.size()));
    if file.encrypted() {
        return opening.skip(&entry, "encrypted", NEEDS_PASSWORD);
    }
    if file.is_symlink() {
        return opening.skip(&entry, "not_a_file", "a symbolic link in an archive; it is not followed");
    }
    if opening.budget.is_too_much(file.compressed_size(), file.size()) {
        let told = opening.budget.told();
        return opening.skip(&entry, "zip_bomb", told);
    }
    let content = opening.coming_out(file);
    opening.part(content, &entry)
}

/// Hands over a row for a file whose name is refused. Gives whether to go on.
pub(super) fn refuse(refused: Refused, bytes: Option<u64>, part: &Part, opening: &mut Opening<'_>) -> bool {
    match refused {
        Refused::Told => true,
        Refused::Untold(path, (reason, detail)) => {
            let bytes = bytes.filter(|_| reason != "hidden");
            opening.give(Err(Skipped::new(&part.shown_inside(&path), bytes, reason, detail)))
        }
    }
}

/// Hands over a row for a file that the archive cannot give, without an error because it is encrypted. Gives whether
/// to go on.
fn unreadable(
    name: &str,
    bytes: u64,
    error: Option<ZipError>,
    names: &mut Names,
    part: &Part,
    opening: &mut Opening<'_>,
) -> bool {
    let path = match names.admit(name) {
        Ok(path) => path,
        Err(refused) => return refuse(refused, Some(bytes), part, opening),
    };
    let entry = part.entry(&path, Some(bytes));
    match error {
        None => opening.skip(&entry, "encrypted", NEEDS_PASSWORD),
        Some(error @ (ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_))) => {
            opening.skip(&entry, "unsupported_format", format!("{error}; unpack the archive yourself"))
        }
        Some(error) => opening.skip(&entry, "damaged", error.to_string()),
    }
}

fn lossy(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

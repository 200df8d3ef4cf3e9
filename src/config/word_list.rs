//! Lists that a user gives in a file: read once, checked line by line, and kept in the counted form of words.
//!
//! A file is UTF-8, one entry a line; empty lines and what follows a `#` at the start of a line are left out. Whatever
//! is wrong with it ends the run before it begins, with path and line. It reads nothing but the file that is named.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::Serialize;
use serde::ser::SerializeStruct;
use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};
use crate::model::form;

/// The largest file that is read.
const MOST_BYTES: u64 = 64 << 20;
/// Words of the longest multi-word term.
const LONGEST_TERM: usize = 16;

/// Words in their counted form, without order and repetition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    words: Vec<String>,
    sha256: String,
}

impl WordList {
    /// Reads one word a line.
    ///
    /// # Errors
    /// With path and line, when the file cannot be read, is not UTF-8 or holds no word.
    pub fn read(path: &Path) -> Result<WordList> {
        let file = ListFile::read(path)?;
        let word = |(_, line): (usize, &str)| line.split_whitespace().map(form::of).collect::<Vec<_>>().join(" ");
        let mut words: Vec<String> = file.lines().map(word).collect();
        if words.is_empty() {
            return Err(file.wrong(0, "holds no word", "write one word a line, or leave the option out"));
        }
        words.sort_unstable();
        words.dedup();
        Ok(WordList { words, sha256: file.sha256 })
    }

    /// Whether the list has a counted form.
    pub fn contains(&self, form: &str) -> bool {
        self.words.binary_search_by(|word| word.as_str().cmp(form)).is_ok()
    }
}

/// Variants of words and the standard form of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpellingMap {
    /// In order of variants.
    pairs: Vec<(String, String)>,
    sha256: String,
}

impl SpellingMap {
    /// Reads `variant,standard` a line, with or without a line of headers.
    ///
    /// # Errors
    /// With path and line, for a line that is no pair of words, a variant with two standards, and a standard that is
    /// itself a variant (a chain or a cycle).
    pub fn read(path: &Path) -> Result<SpellingMap> {
        let file = ListFile::read(path)?;
        let mut pairs: BTreeMap<String, (String, usize)> = BTreeMap::new();
        for (line, entry) in file.lines() {
            let (variant, standard) = pair(entry)
                .ok_or_else(|| file.wrong(line, "is not a pair of words", "write variant,standard, each one word"))?;
            if pairs.is_empty() && (variant.as_str(), standard.as_str()) == ("variant", "standard") {
                continue;
            }
            match pairs.get(&variant) {
                Some((other, at)) if *other != standard => {
                    let cause = format!("{variant} is written {standard} here and {other} in line {at}");
                    return Err(file.wrong(line, &cause, "give each variant one standard form"));
                }
                _ => pairs.entry(variant).or_insert((standard, line)),
            };
        }
        if pairs.is_empty() {
            return Err(file.wrong(0, "holds no pair", "write variant,standard a line, or leave the option out"));
        }
        if let Some((line, cause)) = chain(&pairs) {
            return Err(file.wrong(line, &cause, "let every variant lead to a form that is no variant"));
        }
        let pairs = pairs.into_iter().map(|(variant, (standard, _))| (variant, standard)).collect();
        Ok(SpellingMap { pairs, sha256: file.sha256 })
    }

    /// The standard form of a counted form that is a variant.
    pub fn standard(&self, form: &str) -> Option<&str> {
        let at = self.pairs.binary_search_by(|(variant, _)| variant.as_str().cmp(form)).ok()?;
        Some(&self.pairs[at].1)
    }
}

/// A pair of words from a line.
fn pair(entry: &str) -> Option<(String, String)> {
    let word = |cell: &str| {
        let cell = cell.trim().trim_matches('"').trim();
        (!cell.is_empty() && !cell.contains(char::is_whitespace)).then(|| form::of(cell))
    };
    let (variant, standard) = entry.split_once(',')?;
    Some((word(variant)?, word(standard).filter(|_| !standard.contains(','))?))
}

/// The first line, in the order of the file, whose standard form is a variant too, and what is wrong there.
fn chain(pairs: &BTreeMap<String, (String, usize)>) -> Option<(usize, String)> {
    let linked = pairs.iter().filter_map(|(variant, (standard, line))| {
        let (next, at) = pairs.get(standard)?;
        Some((*line, variant, standard, next, *at))
    });
    let (line, variant, standard, next, at) = linked.min_by_key(|link| link.0)?;
    let cause = if variant == standard {
        format!("{variant} is a variant of itself")
    } else if next == variant {
        format!("{variant} and {standard} are variants of each other (line {at})")
    } else {
        format!("{variant} leads to {standard}, which line {at} makes a variant of {next}")
    };
    Some((line, cause))
}

/// A term of several words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multiword {
    /// Its words in their counted form.
    pub words: Vec<String>,
    /// Before each word after the first, the marks that stand there (`/` in `either/or`), without white space.
    pub gaps: Vec<String>,
    /// How it is written in tables.
    pub written: String,
}

/// Terms of several words, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermList {
    terms: Vec<Multiword>,
    sha256: String,
}

impl TermList {
    /// Reads one term a line. `cased` keeps capitals in how the terms are written.
    ///
    /// # Errors
    /// With path and line, for a term of one word and one of more than sixteen.
    pub fn read(path: &Path, cased: bool) -> Result<TermList> {
        let file = ListFile::read(path)?;
        let mut terms = Vec::new();
        for (line, entry) in file.lines() {
            let term = Multiword::of(entry, cased);
            let words = term.words.len();
            if !(2..=LONGEST_TERM).contains(&words) {
                let cause = format!("is a term of {words} words as texts are cut");
                return Err(file.wrong(line, &cause, &format!("write terms of 2 to {LONGEST_TERM} words")));
            }
            terms.push(term);
        }
        if terms.is_empty() {
            return Err(file.wrong(0, "holds no term", "write one term a line, or leave the option out"));
        }
        Ok(TermList { terms, sha256: file.sha256 })
    }

    /// The terms.
    pub fn terms(&self) -> &[Multiword] {
        &self.terms
    }
}

impl Multiword {
    fn of(entry: &str, cased: bool) -> Multiword {
        let mut term = Multiword { words: Vec::new(), gaps: Vec::new(), written: String::new() };
        for (before, word) in pieces(entry) {
            let form = form::of(word);
            if !term.words.is_empty() {
                let marks = marks(before);
                term.written.push_str(if before.contains(char::is_whitespace) { " " } else { &marks });
                term.gaps.push(marks);
            }
            match cased {
                true => form::push_cased(word, form::is_dotted(word), &mut term.written),
                false => term.written.push_str(&form),
            }
            term.words.push(form);
        }
        term
    }
}

/// What stands between two words, without white space and full stops.
pub fn marks(between: &str) -> String {
    between.chars().filter(|c| !c.is_whitespace() && *c != '.').collect()
}

/// The words of a term, each with what stands before it, cut as the words of a text are.
fn pieces(term: &str) -> Vec<(&str, &str)> {
    let (mut pieces, mut end) = (Vec::new(), 0);
    let mut chars = term.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let (mut at, mut last) = (start + first.len_utf8(), first);
        while let Some(&(next, c)) = chars.peek() {
            let after = term[next + c.len_utf8()..].chars().next();
            if !is_inside(last, c, after) {
                break;
            }
            (at, last) = (next + c.len_utf8(), c);
            chars.next();
        }
        pieces.push((&term[end..start], &term[start..at]));
        end = at;
    }
    pieces
}

/// Whether a character goes on a word after `last`.
fn is_inside(last: char, c: char, after: Option<char>) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let digit = |c: char| c.is_ascii_digit();
    word(c)
        || c == '.' && word(last)
        || (matches!(c, '-' | '\u{2010}' | '\u{2011}' | '&') || form::is_apostrophe(c))
            && word(last)
            && after.is_some_and(word)
        || matches!(c, ',' | '/' | ':') && digit(last) && after.is_some_and(digit)
}

/// A list as it is on disk.
pub(super) struct ListFile<'a> {
    path: &'a Path,
    text: String,
    pub(super) sha256: String,
}

impl ListFile<'_> {
    pub(super) fn read(path: &Path) -> Result<ListFile<'_>> {
        let failed = |error| Error::io(ErrorKind::Read, path, error);
        let mut bytes = Vec::new();
        File::open(path).map_err(failed)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > MOST_BYTES {
            let cause = "is too large for a list of words";
            return Err(Error::at(ErrorKind::Option, path, cause, "use a list of at most 64 MB"));
        }
        let sha256 = format!("{:x}", Sha256::digest(&bytes));
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
            wrong(path, line, "is not UTF-8", "save the list as UTF-8")
        })?;
        Ok(ListFile { path, text, sha256 })
    }

    /// The entries with the numbers of their lines, from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(&self.text);
        let lines = (1..).zip(text.lines().map(str::trim));
        lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    }

    pub(super) fn wrong(&self, line: usize, cause: &str, remedy: &str) -> Error {
        wrong(self.path, line, cause, remedy)
    }
}

/// A table that a user gives: CSV with a line of headers.
pub(super) struct Rows<'a> {
    file: ListFile<'a>,
    headers: Vec<String>,
}

/// One row of a table.
pub(super) struct Row<'a> {
    headers: &'a [String],
    cells: csv::StringRecord,
}

impl Row<'_> {
    /// The cell of a column; empty where there is no such column.
    pub(super) fn get(&self, column: &str) -> &str {
        let at = self.headers.iter().position(|header| header == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or("")
    }
}

impl<'a> Rows<'a> {
    /// Reads the file and its headers.
    pub(super) fn read(path: &'a Path, columns: &[&str]) -> Result<Rows<'a>> {
        let file = ListFile::read(path)?;
        let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headers = reader.headers().map_err(|cause| file.wrong(1, &cause.to_string(), "write CSV"))?;
        let headers: Vec<String> = headers.iter().map(|header| header.trim().to_lowercase()).collect();
        if let Some(missing) = columns.iter().find(|column| !headers.iter().any(|header| header == *column)) {
            let remedy = format!("write a first line with the columns {}", columns.join(", "));
            return Err(file.wrong(1, &format!("there is no column {missing}"), &remedy));
        }
        Ok(Rows { file, headers })
    }

    /// The digest of the file.
    pub(super) fn sha256(&self) -> &str {
        &self.file.sha256
    }

    /// The rows with the numbers of their lines, from 1.
    pub(super) fn records(&self) -> Result<Vec<(usize, Row<'_>)>> {
        let text = self.file.text.strip_prefix('\u{feff}').unwrap_or(&self.file.text);
        let reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.into_records() {
            let cells = record.map_err(|cause| {
                let line = cause.position().map_or(0, |at| at.line() as usize);
                self.file.wrong(line, &cause.to_string(), "write CSV, text with commas or quotes in double quotes")
            })?;
            let line = cells.position().map_or(0, |at| at.line() as usize);
            if cells.len() != self.headers.len() {
                let cause = format!("has {} cells, not {}", cells.len(), self.headers.len());
                let remedy = "write a cell for each column, and text with commas in double quotes";
                return Err(self.file.wrong(line, &cause, remedy));
            }
            rows.push((line, Row { headers: &self.headers, cells }));
        }
        Ok(rows)
    }
}

/// What is wrong with a line, or with the whole file for line 0.
pub(super) fn wrong(path: &Path, line: usize, cause: &str, remedy: &str) -> Error {
    let cause = if line > 0 { format!("line {line}: {cause}") } else { cause.to_owned() };
    Error::at(ErrorKind::Option, path, cause, remedy)
}

/// A list in `run.json`: how long it is and the digest of its file, never its place on the machine.
pub(super) fn manifest<S: serde::Serializer>(
    serializer: S,
    entries: usize,
    sha256: &str,
) -> std::result::Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_struct("List", 2)?;
    list.serialize_field("entries", &entries)?;
    list.serialize_field("sha256", sha256)?;
    list.end()
}

impl Serialize for WordList {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        manifest(serializer, self.words.len(), &self.sha256)
    }
}

impl Serialize for SpellingMap {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        manifest(serializer, self.pairs.len(), &self.sha256)
    }
}

impl Serialize for TermList {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        manifest(serializer, self.terms.len(), &self.sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: impl AsRef<[u8]>) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        file
    }

    #[track_caller]
    fn fails<T: std::fmt::Debug>(outcome: Result<T>, told: &str) {
        let error = outcome.unwrap_err().to_string();
        assert!(error.contains(told) && error.contains(';'), "{error}");
    }

    #[test]
    fn words_are_read_in_their_counted_form() {
        let list = WordList::read(file("\u{feff}# a comment\r\nThe\r\n\r\n  don’t \nUS\nus\nthe\n").path()).unwrap();
        assert_eq!(list.words, ["US", "don't", "the", "us"]);
        assert!(list.contains("the") && !list.contains("The"));
    }

    #[test]
    fn bad_lists_are_told_with_their_line() {
        fails(WordList::read(file("").path()), "holds no word");
        fails(WordList::read(file("# only a comment\n").path()), "holds no word");
        fails(WordList::read(file(b"good\nalso good\ncaf\xe9\n").path()), "line 3: is not UTF-8");
        fails(WordList::read(Path::new("/no/such/list")), "/no/such/list");
        let long = "x".repeat(10_000);
        assert!(WordList::read(file(&long).path()).unwrap().contains(&long));
    }

    #[test]
    fn spelling_maps_lead_to_standards() {
        let map = SpellingMap::read(file("variant,standard\nColour,color\n# no\n\"grey\", gray\n").path()).unwrap();
        assert_eq!(
            (map.standard("colour"), map.standard("grey"), map.standard("color")),
            (Some("color"), Some("gray"), None)
        );
    }

    #[test]
    fn chains_and_cycles_are_told_with_their_line() {
        let told = |text: &str, told: &str| fails(SpellingMap::read(file(text).path()), told);
        told("a,b\nb,a\n", "line 1: a and b are variants of each other (line 2)");
        told("x,y\nb,c\na,b\n", "line 3: a leads to b, which line 2 makes a variant of c");
        told("a,b\nb,c\nc,a\n", "line 1: a leads to b");
        told("x,y\na,A\n", "line 2: a is a variant of itself");
        told("a,b\na,c\n", "line 2: a is written c here and b in line 1");
        told("a,b\nonly\n", "line 2: is not a pair");
        told("health care,care\n", "line 1: is not a pair");
        told("a,b,c\n", "line 1: is not a pair");
        told("variant,standard\n", "holds no pair");
    }

    #[test]
    fn terms_are_cut_as_texts_are() {
        let written = |text: &str| {
            let term = Multiword::of(text, false);
            format!("{} = {} / {}", term.written, term.words.join("|"), term.gaps.join("|"))
        };
        assert_eq!(written("Prime  Minister"), "prime minister = prime|minister / ");
        assert_eq!(written("S&P 500"), "s&p 500 = s&p|500 / ");
        assert_eq!(written("rock 'n' roll"), "rock n roll = rock|n|roll / '|'");
        assert_eq!(written("either/or"), "either/or = either|or / /");
        assert_eq!(written("U.S. Army"), "US army = US|army / ");
        assert_eq!(written("Alzheimer’s disease"), "alzheimer disease = alzheimer|disease / ");
        assert_eq!(written("9/11 attacks"), "9/11 attacks = 9/11|attacks / ");
        assert_eq!(Multiword::of("Prime Minister", true).written, "Prime Minister");
    }

    #[test]
    fn terms_have_two_to_sixteen_words() {
        fails(TermList::read(file("prime minister\ntreaty\n").path(), false), "line 2: is a term of 1 words");
        fails(TermList::read(file("a ".repeat(5_000)).path(), false), "line 1: is a term of 5000 words");
        fails(TermList::read(file("x".repeat(10_000)).path(), false), "line 1: is a term of 1 words");
        assert_eq!(TermList::read(file("prime minister\n").path(), false).unwrap().terms().len(), 1);
    }
}

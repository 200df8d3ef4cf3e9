//! A word list of other texts, which groups of documents are compared with: the user's file of words and how often each
//! occurs. It reads one CSV, TSV or semicolon file in UTF-8 with a header, such as byline's own `terms.csv`.
//!
//! The column of words is the first that is called `feature`, `word`, `term`, `token`, `item` or `type`; the column of
//! counts the first called `frequency`, `freq`, `count`, `n` or `f`. Rows of one word are added up. Words are compared
//! as they stand with the counted forms of `terms.csv`, so the list should be in lower case too.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

const WORD_COLUMNS: [&str; 6] = ["feature", "word", "term", "token", "item", "type"];
const COUNT_COLUMNS: [&str; 5] = ["frequency", "freq", "count", "n", "f"];
const REMEDY: &str = "give a CSV file with the columns feature and frequency";

/// A word list with frequencies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceList {
    /// File name.
    pub name: String,
    /// Tokens of the texts that it was made of.
    pub total: u64,
    /// The words in byte order, each once, with their occurrences.
    pub words: Vec<(String, u64)>,
}

impl ReferenceList {
    /// Reads a list. `total` is the number of tokens of its texts, the sum of the list when none is given.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] that names the line which is no row of such a list, and [`ErrorKind::Option`] for a total
    /// that is smaller than the sum.
    pub fn read(path: &Path, total: Option<u64>) -> Result<ReferenceList> {
        let file = File::open(path).map_err(|cause| Error::io(ErrorKind::Read, path, cause))?;
        let name = path.file_name().map_or_else(|| "reference".into(), |name| name.to_string_lossy().into_owned());
        ReferenceList::parse(file, name, total, &|line, cause| {
            let place = if line > 0 { format!("line {line}: {cause}") } else { cause };
            Error::at(ErrorKind::Read, path, place, REMEDY)
        })
    }

    /// Reads a list from bytes. `wrong` makes an error of a line number (0 for the whole file) and a cause.
    fn parse(
        file: impl Read,
        name: String,
        total: Option<u64>,
        wrong: &dyn Fn(u64, String) -> Error,
    ) -> Result<ReferenceList> {
        let mut file = BufReader::with_capacity(1 << 16, file);
        let head = file.fill_buf().map_err(|cause| wrong(0, cause.to_string()))?;
        let delimiter = delimiter(head);
        let mut rows =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(file);
        let mut row = csv::StringRecord::new();
        let told = |error: csv::Error| {
            let line = error.position().map_or(0, csv::Position::line);
            let cause = match error.kind() {
                csv::ErrorKind::Utf8 { .. } => "is not UTF-8".to_owned(),
                _ => error.to_string(),
            };
            wrong(line, cause)
        };
        if !rows.read_record(&mut row).map_err(told)? {
            return Err(wrong(0, "is empty".into()));
        }
        let found = (column(&row, &WORD_COLUMNS), column(&row, &COUNT_COLUMNS));
        let (Some(word_at), Some(count_at)) = found else {
            let header: Vec<&str> = row.iter().take(20).collect();
            let asked = if found.0.is_none() { "words" } else { "frequencies" };
            return Err(wrong(1, format!("no column of {asked} among: {}", header.join(", "))));
        };
        let (mut words, mut sum): (BTreeMap<String, u64>, u64) = (BTreeMap::new(), 0);
        while rows.read_record(&mut row).map_err(told)? {
            let line = row.position().map_or(0, csv::Position::line);
            let (word, count) = (row.get(word_at).unwrap_or("").trim(), row.get(count_at).unwrap_or("").trim());
            let count: u64 =
                count.parse().map_err(|_| wrong(line, format!("frequency `{count}` is no whole number")))?;
            if word.is_empty() {
                return Err(wrong(line, "has no word".into()));
            }
            sum = sum.checked_add(count).ok_or_else(|| wrong(line, "the frequencies add up to too much".into()))?;
            *words.entry(word.to_owned()).or_default() += count;
        }
        if sum == 0 {
            return Err(wrong(0, "holds no word that occurs".into()));
        }
        if let Some(total) = total.filter(|total| *total < sum) {
            let cause = format!("--reference-total {total} is less than the sum of the list, {sum}");
            return Err(Error::new(ErrorKind::Option, cause, "give the tokens of all the texts"));
        }
        words.retain(|_, count| *count > 0);
        Ok(ReferenceList { name, total: total.unwrap_or(sum), words: words.into_iter().collect() })
    }

    /// How often a word occurs.
    pub fn frequency(&self, word: &str) -> u64 {
        self.words.binary_search_by(|(listed, _)| listed.as_str().cmp(word)).map_or(0, |at| self.words[at].1)
    }
}

/// The mark between the columns: the one that occurs most in the header.
fn delimiter(head: &[u8]) -> u8 {
    let header = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let times = |mark: &u8| header.iter().filter(|byte| *byte == mark).count();
    // The last of those that occur equally often: a comma.
    b";\t,".iter().copied().max_by_key(times).unwrap_or(b',')
}

/// The place of the first column that has one of these names.
fn column(header: &csv::StringRecord, names: &[&str]) -> Option<usize> {
    let is = |cell: &str, name: &str| cell.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name);
    names.iter().find_map(|name| header.iter().position(|cell| is(cell, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8], total: Option<u64>) -> std::result::Result<ReferenceList, String> {
        let wrong =
            |line: u64, cause: String| Error::new(ErrorKind::Read, format!("line {line}: {cause}"), String::new());
        ReferenceList::parse(text, "list".into(), total, &wrong).map_err(|error| error.to_string())
    }

    #[test]
    fn lists_are_found_by_their_headers() {
        let expected = vec![("sea".to_owned(), 7), ("war, cold".to_owned(), 3)];
        for text in [
            "feature,frequency\n\"war, cold\",3\nsea,5\nsea,2\nnever,0\n",
            "\u{feff}feature_type,Feature,rank,Frequency\nword,\"war, cold\",1,3\nword,sea,2,7\n",
            "word\tcount\r\nwar, cold\t3\r\nsea\t7\r\n",
            "Freq;Token\n3;war, cold\n7;sea",
        ] {
            let list = parse(text.as_bytes(), None).unwrap();
            assert_eq!((list.words.clone(), list.total), (expected.clone(), 10), "{text}");
            assert_eq!([list.frequency("sea"), list.frequency("SEA"), list.frequency("never")], [7, 0, 0]);
        }
        assert_eq!(parse(b"word,n\nsea,7\n", Some(900)).unwrap().total, 900);
    }

    #[test]
    fn what_is_no_list_is_told_with_its_line() {
        for (text, told) in [
            (&b""[..], "line 0: is empty"),
            (b"sea,7\nwar,3\n", "line 1: no column of words among: sea, 7"),
            (b"word,share\nwar,3\n", "line 1: no column of frequencies"),
            (b"word,n\nsea,7\nwar,3.5\n", "line 3: frequency `3.5`"),
            (b"word,n\nsea,-7\n", "line 2: frequency `-7`"),
            (b"word,n\nsea\n", "line 2: frequency ``"),
            (b"word,n\n ,4\n", "line 2: has no word"),
            (b"word,n\nsea,4\n\xff\xfe,4\n", "line 3: is not UTF-8"),
            (b"word,n\nsea,0\n", "line 0: holds no word"),
            (b"word,n\n", "line 0: holds no word"),
            (b"word,n\na,18446744073709551615\nb,1\n", "line 3: the frequencies add up"),
        ] {
            let error = parse(text, None).unwrap_err();
            assert!(error.contains(told), "{error} does not say {told}");
        }
        assert!(parse(b"word,n\nsea,7\n", Some(6)).unwrap_err().contains("--reference-total 6"));
    }

    #[test]
    fn a_missing_list_is_told_with_its_path() {
        let error = ReferenceList::read(Path::new("/nonexistent/list.csv"), None).unwrap_err();
        assert!(error.to_string().contains("/nonexistent/list.csv"));
    }
}

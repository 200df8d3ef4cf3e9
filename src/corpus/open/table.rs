//! Tables (`.csv`, `.tsv`): a header and one article a row. The delimiter is found from the first rows, and quoted
//! fields may hold line breaks. A row with too few or too many fields is read if it has a text, and marked
//! (`ragged_row`).

use std::io::Read;

use super::super::{Record, encoding, read, record};
use super::Container;
use super::input::Input;
use super::kept::{Kept, Store};
use super::opening::{Opening, Part};
use crate::document::Encoding;

/// Bytes read at a time.
const BUFFER: usize = 64 << 10;
/// Bytes from which the layout of a table is told.
const SAMPLE: usize = 256 << 10;
/// Rows from which the layout of a table is told.
const SAMPLE_ROWS: usize = 100;
/// Delimiters; of two that fit equally the first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Comma-separated values.
pub(super) const COMMAS: Container = Container {
    name: "table",
    extensions: &["csv"],
    holds_files: false,
    sniff: |_| false,
    open: |input, part, opening| open(input, "csv", part, opening),
};

/// Tab-separated values.
pub(super) const TABS: Container = Container {
    name: "table",
    extensions: &["tsv", "tab"],
    holds_files: false,
    sniff: |_| false,
    open: |input, part, opening| open(input, "tsv", part, opening),
};

fn open(input: Input<'_>, format: &'static str, part: &Part, opening: &mut Opening<'_>) -> bool {
    let (mut input, encoding) = input.into_text(opening.config.corpus.encoding.as_deref());
    let head = input.peek(SAMPLE);
    let whole = head.len() < SAMPLE;
    let delimiter = delimiter(head, whole);
    let sample = rows(head, delimiter, whole);
    let Some((header, sample)) = sample.split_first() else {
        return opening.skip(part, "empty", "the table has no header");
    };
    let header: Vec<String> = names(header, &encoding);
    let longest = match text_column(&header, sample, &encoding, opening) {
        Ok(longest) => longest,
        Err(detail) => return opening.skip(part, "no_text_column", detail),
    };
    let store = Store::new(read::limit(opening.config) as usize + 2 * BUFFER);
    let reader = reader(Kept::new(input, &store), delimiter);
    Table { format, header, encoding, longest, store, number: 0, end: 0 }.read(reader, part, opening)
}

/// The names of the columns; one without a name is called by its number.
fn names(header: &csv::ByteRecord, encoding: &Encoding) -> Vec<String> {
    let name = |(index, bytes): (usize, &[u8])| match text(bytes, encoding).0.trim() {
        "" => column(index),
        name => name.to_owned(),
    };
    header.iter().enumerate().map(name).collect()
}

fn column(index: usize) -> String {
    format!("column_{}", index + 1)
}

fn text(bytes: &[u8], stream: &Encoding) -> (String, Encoding) {
    encoding::decode_record(bytes.to_vec(), stream)
}

/// The column that holds the text by its length, if none does so by its name; a sentence if there is none at all.
fn text_column(
    header: &[String],
    sample: &[csv::ByteRecord],
    encoding: &Encoding,
    opening: &Opening<'_>,
) -> Result<Option<String>, String> {
    if record::has_text_column(header, &opening.config.corpus.columns) {
        return Ok(None);
    }
    let fields = |row: &csv::ByteRecord| -> Vec<(String, String)> {
        header.iter().zip(row).map(|(name, bytes)| (name.clone(), text(bytes, encoding).0)).collect()
    };
    let samples: Vec<_> = sample.iter().map(fields).collect();
    let found = opening.config.corpus.columns.text.is_none().then(|| record::longest_field(&samples)).flatten();
    found.map(Some).ok_or_else(|| record::no_text_column(header, &opening.config.corpus.columns))
}

fn reader<R: Read>(input: R, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .buffer_capacity(BUFFER)
        .from_reader(input)
}

/// The first rows, without one that the sample may have cut.
fn rows(head: &[u8], delimiter: u8, whole: bool) -> Vec<csv::ByteRecord> {
    let mut reader = reader(head, delimiter);
    let mut rows: Vec<_> = reader.byte_records().map_while(Result::ok).take(SAMPLE_ROWS + 2).collect();
    if !whole && rows.len() > 1 && rows.len() < SAMPLE_ROWS + 2 {
        rows.pop();
    }
    rows
}

/// The delimiter with which most rows have as many fields as the header; of several, the one with most fields.
fn delimiter(head: &[u8], whole: bool) -> u8 {
    let score = |delimiter: u8| {
        let rows = rows(head, delimiter, whole);
        let fields = rows.first().map_or(0, csv::ByteRecord::len);
        let alike = rows.iter().filter(|row| row.len() == fields).count();
        let share = if fields < 2 { 0 } else { 100 * alike / rows.len() };
        (share / 10, fields)
    };
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter));
    best.unwrap_or(b',')
}

/// A table that is read row by row.
struct Table {
    format: &'static str,
    header: Vec<String>,
    encoding: Encoding,
    longest: Option<String>,
    store: Store,
    number: u32,
    /// Where the last row ended.
    end: u64,
}

impl Table {
    /// Hands over every row. Gives whether to go on.
    fn read<R: Read>(mut self, mut reader: csv::Reader<R>, part: &Part, opening: &mut Opening<'_>) -> bool {
        let limit = read::limit(opening.config);
        let mut row = csv::ByteRecord::new();
        let mut is_header = true;
        loop {
            match reader.read_byte_record(&mut row) {
                Ok(true) => {}
                Ok(false) => return true,
                Err(error) => return self.failed(error, limit, part, opening),
            }
            let bytes = self.bytes(reader.position().byte());
            if std::mem::take(&mut is_header) {
                continue;
            }
            self.number = self.number.saturating_add(1);
            let size = bytes.len() as u64;
            let go_on = match size > limit {
                true => opening.skip_record(part, self.number, size, read::too_large(&size.to_string(), limit)),
                false => opening.record(part, self.number, self.record(&row, bytes)),
            };
            if !go_on {
                return false;
            }
        }
    }

    /// The bytes of the row that was just read, up to `end`, without its line end.
    fn bytes(&mut self, end: u64) -> Vec<u8> {
        let bytes = self.store.take_first((end - self.end) as usize);
        self.end = end;
        bytes.trim_ascii().to_vec()
    }

    fn record(&self, row: &csv::ByteRecord, bytes: Vec<u8>) -> Record {
        let mut encoding = self.encoding.clone();
        let mut fields = Vec::with_capacity(row.len());
        for (index, value) in row.iter().enumerate() {
            let (value, read_as) = text(value, &self.encoding);
            if !value.is_ascii() {
                encoding = read_as;
            }
            fields.push((self.header.get(index).cloned().unwrap_or_else(|| column(index)), value));
        }
        let warnings = if row.len() == self.header.len() { Vec::new() } else { vec!["ragged_row"] };
        Record { format: self.format, encoding, bytes, fields, longest: self.longest.clone(), warnings }
    }

    fn failed(&self, error: csv::Error, limit: u64, part: &Part, opening: &mut Opening<'_>) -> bool {
        if self.store.is_full() {
            let (reason, detail) = read::too_large(&format!("a row of at least {limit}"), limit);
            let detail = format!("{detail}; perhaps a quotation mark is not closed; what comes after is not read");
            return opening.skip_record(part, self.number.saturating_add(1), limit, (reason, detail));
        }
        match error.into_kind() {
            csv::ErrorKind::Io(error) => opening.failed(part, &error),
            kind => opening.skip(part, "damaged", format!("{kind:?}; what comes after is not read")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_fits_all_rows() {
        let cases: [(&[u8], u8); 6] = [
            (b"title,text\na,b\nc,d\n", b','),
            (b"title;text\na,b,c;b\nc,d;d\n", b';'),
            (b"title\ttext, long\na\tb\nc\td, e, f\n", b'\t'),
            (b"title|text\na|b\n", b'|'),
            (b"text\none, two\nthree\n", b','),
            (b"title,text\n\"a;b;c\",\"x;\n\ny\"\n", b','),
        ];
        for (head, expected) in cases {
            assert_eq!(char::from(delimiter(head, true)), char::from(expected), "{}", String::from_utf8_lossy(head));
        }
    }
}

//! JSON: one object a line (`.jsonl`, `.ndjson`), or one object or an array of objects a file (`.json`). It finds
//! where a record begins and ends; the workers take it apart, so that a broken line costs that line.

use std::fmt;
use std::io::{self, BufRead, BufReader};

use serde::Deserializer as _;
use serde::de::{Error as _, IgnoredAny, SeqAccess, Visitor};

use super::super::{Record, read, record};
use super::Container;
use super::input::Input;
use super::kept::{Kept, Store};
use super::opening::{Opening, Part};
use crate::document::Encoding;

/// Bytes read at a time.
const BUFFER: usize = 256 << 10;
/// Bytes from which the layout of a file is told.
const SAMPLE: usize = 64 << 10;

/// JSON lines.
pub(super) const LINES: Container = Container {
    name: "JSON lines",
    extensions: &["jsonl", "ndjson", "jl"],
    holds_files: false,
    sniff: |_| false,
    open: |input, part, opening| {
        let (input, encoding) = input.into_text(opening.config.corpus.encoding.as_deref());
        lines(input, &encoding, part, opening)
    },
};

/// A JSON document; without an extension also JSON lines.
pub(super) const DOCUMENT: Container =
    Container { name: "JSON", extensions: &["json"], holds_files: false, sniff, open };

/// Whether a text begins with an object that has a field, or with an array of such.
fn sniff(head: &[u8]) -> bool {
    let mut signs = head.iter().filter(|byte| !byte.is_ascii_whitespace());
    let first = (signs.next(), signs.next(), signs.next());
    matches!(first, (Some(b'{'), Some(b'"'), _) | (Some(b'['), Some(b'{'), Some(b'"')))
}

fn open(input: Input<'_>, part: &Part, opening: &mut Opening<'_>) -> bool {
    let (mut input, encoding) = input.into_text(opening.config.corpus.encoding.as_deref());
    let head = input.peek(SAMPLE);
    if is_lines(head) {
        return lines(input, &encoding, part, opening);
    }
    match head.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[') => elements(input, encoding, part, opening),
        Some(b'{') => objects(input, encoding, part, opening),
        None if head.is_empty() => opening.skip(part, "empty", "the file has no bytes"),
        _ => opening.skip(part, "invalid_json", "neither an object nor an array of objects"),
    }
}

/// Whether the first line is an object and the second begins one.
fn is_lines(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    first.starts_with(b"{") && second.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(first).is_ok()
}

/// Hands over every line that is not blank. Gives whether to go on.
fn lines(mut input: Input<'_>, encoding: &Encoding, part: &Part, opening: &mut Opening<'_>) -> bool {
    let limit = read::limit(opening.config);
    let longest = longest(input.peek(SAMPLE), opening);
    let mut reader = BufReader::with_capacity(BUFFER, input);
    let mut number = 0_u32;
    loop {
        let (line, length) = match next_line(&mut reader, limit) {
            Ok(Some(line)) => line,
            Ok(None) => return true,
            Err(error) => return opening.failed(part, &error),
        };
        number = number.saturating_add(1);
        let go_on = if length > limit {
            opening.skip_record(part, number, length, read::too_large(&length.to_string(), limit))
        } else if line.is_empty() {
            true
        } else {
            let (encoding, longest) = (encoding.clone(), longest.clone());
            opening.record(
                part,
                number,
                Record { format: "jsonl", encoding, bytes: line, longest, ..Record::default() },
            )
        };
        if !go_on {
            return false;
        }
    }
}

/// The next line without white space around it, and its length; a line longer than `limit` is passed over without
/// being held.
fn next_line(reader: &mut impl BufRead, limit: u64) -> io::Result<Option<(Vec<u8>, u64)>> {
    let (mut line, mut length) = (Vec::new(), 0_u64);
    loop {
        let buffer = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            buffer => buffer?,
        };
        if buffer.is_empty() {
            return Ok((length > 0).then(|| (trimmed(line), length)));
        }
        let end = memchr::memchr(b'\n', buffer);
        let text = &buffer[..end.unwrap_or(buffer.len())];
        length += text.len() as u64;
        match length > limit {
            true => line = Vec::new(),
            false => line.extend_from_slice(text),
        }
        let read = text.len() + usize::from(end.is_some());
        reader.consume(read);
        if end.is_some() {
            return Ok(Some((trimmed(line), length)));
        }
    }
}

fn trimmed(mut line: Vec<u8>) -> Vec<u8> {
    line.truncate(line.trim_ascii_end().len());
    let blank = line.len() - line.trim_ascii_start().len();
    line.drain(..blank);
    line
}

/// The field that holds the text by its length, where the first lines have none that does so by its name.
fn longest(head: &[u8], opening: &Opening<'_>) -> Option<String> {
    if opening.config.corpus.columns.text.is_some() {
        return None;
    }
    let whole = &head[..memchr::memrchr(b'\n', head).unwrap_or(head.len())];
    let samples: Vec<_> = whole.split(|byte| *byte == b'\n').filter_map(record::sample).take(100).collect();
    record::longest_field(&samples)
}

/// The records of one JSON document, one after the other.
struct Elements<'o, 's> {
    opening: &'o mut Opening<'s>,
    part: &'o Part,
    encoding: Encoding,
    store: Store,
    number: u32,
}

type Deserializer<'a> = serde_json::Deserializer<serde_json::de::IoRead<Kept<BufReader<Input<'a>>>>>;

impl<'o, 's> Elements<'o, 's> {
    fn new<'a>(
        input: Input<'a>,
        encoding: Encoding,
        part: &'o Part,
        opening: &'o mut Opening<'s>,
    ) -> (Self, Deserializer<'a>) {
        let store = Store::new(read::limit(opening.config) as usize);
        let kept = Kept::new(BufReader::with_capacity(BUFFER, input), &store);
        (Elements { opening, part, encoding, store, number: 0 }, serde_json::Deserializer::from_reader(kept))
    }

    /// The bytes of the value that was just read.
    fn bytes(&self) -> Vec<u8> {
        let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'[');
        let mut bytes = self.store.take();
        let begin = bytes.iter().position(|byte| !between(byte)).unwrap_or(bytes.len());
        bytes.drain(..begin);
        bytes
    }

    /// Hands over the next record. Gives whether to go on.
    fn give(&mut self, bytes: Vec<u8>) -> bool {
        self.number = self.number.saturating_add(1);
        let record = Record { format: "json", encoding: self.encoding.clone(), bytes, ..Record::default() };
        self.opening.record(self.part, self.number, record)
    }

    /// Hands over why the document could not be read to its end. Gives whether to go on.
    fn failed(&mut self, error: &serde_json::Error) -> bool {
        let (number, limit) = (self.number.saturating_add(1), read::limit(self.opening.config));
        if self.store.is_full() {
            let reason = read::too_large(&format!("a record of at least {limit}"), limit);
            return self.opening.skip_record(self.part, number, limit, reason);
        }
        if let Some(kind) = error.io_error_kind() {
            return self.opening.failed(self.part, &kind.into());
        }
        let detail = format!("{}; what comes after is not read", record::place(error, 1));
        self.opening.skip_record(self.part, number, self.store.take().len() as u64, ("invalid_json", detail))
    }
}

fn elements(input: Input<'_>, encoding: Encoding, part: &Part, opening: &mut Opening<'_>) -> bool {
    let (mut elements, mut deserializer) = Elements::new(input, encoding, part, opening);
    let mut go_on = true;
    let visitor = Array { elements: &mut elements, go_on: &mut go_on };
    let read = deserializer.deserialize_seq(visitor).and_then(|()| deserializer.end());
    match read {
        Err(error) if go_on => elements.failed(&error),
        _ => go_on,
    }
}

fn objects(input: Input<'_>, encoding: Encoding, part: &Part, opening: &mut Opening<'_>) -> bool {
    let (mut elements, deserializer) = Elements::new(input, encoding, part, opening);
    for value in deserializer.into_iter::<IgnoredAny>() {
        let go_on = match value {
            Err(error) => return elements.failed(&error),
            Ok(_) => {
                let bytes = elements.bytes();
                match record::wrapped(&bytes) {
                    Some(inner) => inner.into_iter().all(|bytes| elements.give(bytes)),
                    None => elements.give(bytes),
                }
            }
        };
        if !go_on {
            return false;
        }
    }
    true
}

/// Hands over the elements of an array.
struct Array<'e, 'o, 's> {
    elements: &'e mut Elements<'o, 's>,
    go_on: &'e mut bool,
}

impl<'de> Visitor<'de> for Array<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        while array.next_element::<IgnoredAny>()?.is_some() {
            let bytes = self.elements.bytes();
            *self.go_on = self.elements.give(bytes);
            if !*self.go_on {
                return Err(A::Error::custom("the sink wants no more"));
            }
        }
        Ok(())
    }
}

//! Columns that several tables share: the keys by which tables are joined, and what means the same everywhere. Keys are
//! text with a letter in front, so no tool takes them for numbers, and zeros in front, so text order is running order.

use super::column::{Column, Kind};
use crate::count::{Counts, DocStat, Posting};
use crate::document::DocId;
use crate::measure::dispersion::Part;

/// The document.
pub const DOC_ID: Column = Column::text("doc_id", "Document: a running number in input order, as in documents.csv.");
/// The entity.
pub const ENTITY_ID: Column = Column::text("entity_id", "Entity: a running number in the order of entities.csv.");
/// The entity's name, for reading; two entities of different types may share one.
pub const ENTITY: Column = Column::text("entity", "Canonical name of the entity.");
/// The entity's type.
pub const ENTITY_TYPE: Column =
    Column::text("type", "Type of the entity: PERSON, ORG, GPE, LOC, EVENT, FACILITY or MISC.");
/// The sentence.
pub const SENTENCE_ID: Column = Column::text(
    "sentence_id",
    "Sentence: document and number of the sentence in its body, from 1; s0000 is the title.",
);
/// The sentence's text.
pub const SENTENCE: Column = Column::text(
    "sentence",
    "The sentence, as it was cleaned for reading. Of one of more than 1,000 characters, those within 300 of where the \
     mention begins, with … where it is cut.",
);
/// The mention.
pub const MENTION_ID: Column =
    Column::text("mention_id", "Mention: document and running number in text order, as in mentions.csv.");
/// The date of the document.
pub const DATE: Column =
    Column::new("date", Kind::Date, "Date of publication of the document; missing when none was found.");
/// Where a passage starts in the original.
pub const CHAR_START: Column = Column::integer(
    "char_start",
    "characters",
    "Where it starts in the original file: Unicode code points from 0, a byte-order mark not counted.",
);
/// Where a passage ends in the original.
pub const CHAR_END: Column =
    Column::integer("char_end", "characters", "Where it ends in the original file: the first code point after it.");

/// The column that documents are grouped by.
pub const GROUP_BY: Column = Column::text(
    "group_by",
    "The column that documents are grouped by: outlet, author (an article of several is a group of its own), section, \
     language, day, week, month, year, input (the path it was found under), or a field of metadata.csv.",
);
/// The counted form.
pub const FEATURE: Column = Column::text("feature", "The word or number in the form that is counted, as in terms.csv.");
/// What the counted form is.
pub const FEATURE_TYPE: Column =
    Column::text("feature_type", "word or number; missing for a word that only a reference list has.");
/// What kind of item a series is of.
pub const ITEM_KIND: Column =
    Column::text("kind", "term (a content word; a stop word is none) or entity (mentions by name in the bodies).");
/// The item of a series.
pub const ITEM: Column =
    Column::text("item", "The term in the form that is counted, as in terms.csv, or the name of the entity.");
/// Which entity the item of a series is.
pub const ITEM_ID: Column = Column::text("entity_id", "The entity, as in entities.csv; missing for a term.");

/// In how many documents a term or n-gram occurs.
pub const DOCFREQ: Column = Column::integer("docfreq", "documents", "Documents whose bodies hold it.");
/// Relative frequency.
pub const PER_MILLION: Column = Column::number(
    "per_million",
    4,
    "per million tokens",
    "Relative frequency, comparable between corpora.",
    "frequency x 1000000 / tokens of all documents",
);
/// Dispersion over documents.
pub const DP: Column = Column::number(
    "dp",
    6,
    "",
    "Deviation of proportions: 0 when every document has its fair share, near 1 when few have all.",
    "1/2 sum over documents of |occurrences in it / frequency - its share of all tokens|",
)
.cite("Gries 2008");
/// Date of the first document.
pub const FIRST_DATE: Column =
    Column::new("first_date", Kind::Date, "Date of the first dated document that holds it; missing without one.");
/// Date of the last document.
pub const LAST_DATE: Column =
    Column::new("last_date", Kind::Date, "Date of the last dated document that holds it; missing without one.");

/// The documents of postings, in order.
pub(super) fn documents<'a>(postings: &'a [Posting], counts: &'a Counts) -> impl Iterator<Item = &'a DocStat> + Clone {
    let documents = counts.documents();
    postings.iter().filter_map(|posting| documents.get(posting.document as usize))
}

/// Postings as parts of the corpus, in order.
pub(super) fn parts<'a>(postings: &'a [Posting], counts: &'a Counts) -> impl Iterator<Item = Part> + Clone {
    let sizes = documents(postings, counts).map(|doc| u64::from(doc.tokens));
    postings.iter().zip(sizes).map(|(posting, tokens)| Part { count: posting.count.into(), tokens })
}

/// Occurrences in documents that are no copies of another.
pub(super) fn originals(postings: &[Posting], counts: &Counts) -> u64 {
    let copies = documents(postings, counts).map(|doc| doc.copy);
    postings.iter().zip(copies).filter(|(_, copy)| !copy).map(|(posting, _)| u64::from(posting.count)).sum()
}

/// `c000012`.
pub(super) fn dup_cluster(number: u32) -> Key {
    Key::of("c", number.into(), 6)
}

/// `d00000001`.
pub(super) fn doc_id(doc: DocId) -> Key {
    Key::of("d", doc.0.into(), 8)
}

/// `d00000001-s0012`.
pub fn sentence_id(doc: DocId, number: u32) -> Key {
    doc_id(doc).and("-s", number.into(), 4)
}

/// `d00000001-m0007`, from an index counted from 0.
pub fn mention_id(doc: DocId, index: usize) -> Key {
    doc_id(doc).and("-m", index as u64 + 1, 4)
}

/// `q00000001-0003`, from an index counted from 0.
pub fn quote_id(doc: DocId, index: usize) -> Key {
    Key::of("q", doc.0.into(), 8).and("-", index as u64 + 1, 4)
}

/// `e000001`, from an index counted from 0.
pub fn entity_id(index: usize) -> Key {
    Key::of("e", index as u64 + 1, 6)
}

/// Bytes of the longest key: two marks and two numbers.
const ROOM: usize = 48;

/// The text of a key. Many rows have several, so it is no `String`: what memory costs would be much of a row.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    bytes: [u8; ROOM],
    length: usize,
}

impl Key {
    /// A number with zeros in front behind a mark.
    fn of(mark: &str, number: u64, width: usize) -> Key {
        Key { bytes: [0; ROOM], length: 0 }.and(mark, number, width)
    }

    /// The key with another mark and number behind it.
    fn and(mut self, mark: &str, number: u64, width: usize) -> Key {
        let digits = number.checked_ilog10().map_or(1, |log| log as usize + 1).max(width);
        let start = self.length + mark.len();
        self.bytes[self.length..start].copy_from_slice(mark.as_bytes());
        self.length = start + digits;
        let mut left = number;
        for place in self.bytes[start..self.length].iter_mut().rev() {
            *place = b'0' + (left % 10) as u8;
            left /= 10;
        }
        self
    }
}

impl std::ops::Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        // Marks and digits are ASCII.
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_a_letter_and_leading_zeros() {
        let doc = DocId(1);
        assert_eq!(*doc_id(doc), doc.to_string());
        assert_eq!(&*doc_id(DocId(1_234_567_890)), "d1234567890");
        assert_eq!(&*sentence_id(doc, 12), "d00000001-s0012");
        assert_eq!(&*mention_id(doc, 6), "d00000001-m0007");
        assert_eq!(&*mention_id(DocId(u32::MAX), usize::MAX - 1), "d4294967295-m18446744073709551615");
        assert_eq!(&*quote_id(doc, 2), "q00000001-0003");
        assert_eq!(&*entity_id(0), "e000001");
    }
}

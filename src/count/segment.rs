//! The sealed, mergeable form of a part of the corpus: its features and its text as a stream of feature
//! numbers with the ends of sentences, paragraphs and documents.
//!
//! A worker's own segment has its features in the order of first sight; sorting waits for the merge of many.
//! Merging is associative and commutative, and its result depends on the documents alone: features are in byte order
//! and documents in order of their ids, whoever read them. It reads no file and counts nothing.

use crate::count::vocabulary::Words;
use crate::document::{Date, DocId};

/// What counting knows of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocStat {
    /// The document.
    pub id: DocId,
    /// Its date of publication.
    pub date: Option<Date>,
    /// Words and numbers of its body.
    pub tokens: u32,
    /// Whether it is a copy of another document.
    pub copy: bool,
}

/// Where a document ends in the streams of a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ends {
    pub(crate) ids: u32,
    pub(crate) sentences: u32,
    pub(crate) paragraphs: u32,
}

/// A part of the corpus as numbers. At most 2^32 - 1 tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    pub(crate) words: Words,
    /// Feature numbers of the counted tokens of all bodies.
    pub(crate) ids: Vec<u32>,
    /// End of each sentence in `ids`.
    pub(crate) sentences: Vec<u32>,
    /// End of each paragraph in `ids`.
    pub(crate) paragraphs: Vec<u32>,
    pub(crate) docs: Vec<DocStat>,
    /// End of each document in the three streams.
    pub(crate) ends: Vec<Ends>,
}

impl Segment {
    /// Words and numbers in the segment.
    pub fn tokens(&self) -> usize {
        self.ids.len()
    }

    /// Documents in the segment.
    pub fn documents(&self) -> usize {
        self.docs.len()
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.words.bytes()
            + 4 * (self.ids.len() + self.sentences.len() + self.paragraphs.len())
            + self.docs.len() * (size_of::<DocStat>() + size_of::<Ends>())
    }

    /// One segment of all the documents of several, its features in byte order.
    pub fn merge(mut segments: Vec<Segment>) -> Segment {
        if segments.len() == 1 && segments[0].is_in_order() {
            return segments.swap_remove(0);
        }
        let lists: Vec<&Words> = segments.iter().map(|segment| &segment.words).collect();
        let (words, maps) = Words::union(&lists);
        let parts: Vec<(&Segment, &[u32])> = segments.iter().zip(maps.iter().map(Vec::as_slice)).collect();
        gather(words, &parts)
    }

    /// Whether features and documents ascend, as they do in what was merged.
    fn is_in_order(&self) -> bool {
        self.words.are_sorted() && self.docs.is_sorted_by_key(|doc| doc.id)
    }

    /// The start of document `at` in the three streams.
    pub(crate) fn start(&self, at: usize) -> Ends {
        match at {
            0 => Ends::default(),
            _ => self.ends[at - 1],
        }
    }

    /// For each document its range of `ids`.
    pub(crate) fn doc_ends(&self) -> Vec<u32> {
        self.ends.iter().map(|ends| ends.ids).collect()
    }
}

/// Puts the documents of several parts into one segment in order of their ids, renumbering features by each part's map.
pub(crate) fn gather(words: Words, parts: &[(&Segment, &[u32])]) -> Segment {
    let mut order: Vec<(DocId, usize, usize)> = Vec::new();
    for (part, (segment, _)) in parts.iter().enumerate() {
        order.extend(segment.docs.iter().enumerate().map(|(at, doc)| (doc.id, part, at)));
    }
    order.sort();
    let sum = |size: fn(&Segment) -> usize| parts.iter().map(|(segment, _)| size(segment)).sum();
    let mut all = Segment {
        words,
        ids: Vec::with_capacity(sum(|s| s.ids.len())),
        sentences: Vec::with_capacity(sum(|s| s.sentences.len())),
        paragraphs: Vec::with_capacity(sum(|s| s.paragraphs.len())),
        docs: Vec::with_capacity(order.len()),
        ends: Vec::with_capacity(order.len()),
    };
    for (_, part, at) in order {
        let (segment, map) = parts[part];
        let (start, end) = (segment.start(at), segment.ends[at]);
        let shift = |end: &u32| end - start.ids + all.ids.len() as u32;
        let sentences = &segment.sentences[start.sentences as usize..end.sentences as usize];
        all.sentences.extend(sentences.iter().map(shift));
        let paragraphs = &segment.paragraphs[start.paragraphs as usize..end.paragraphs as usize];
        all.paragraphs.extend(paragraphs.iter().map(shift));
        let ids = &segment.ids[start.ids as usize..end.ids as usize];
        all.ids.extend(ids.iter().map(|&id| map[id as usize]));
        all.docs.push(segment.docs[at]);
        all.ends.push(Ends {
            ids: all.ids.len() as u32,
            sentences: all.sentences.len() as u32,
            paragraphs: all.paragraphs.len() as u32,
        });
    }
    all
}

//! The digest of one article: the few numbers that a survey of the corpus needs of it.
//!
//! It reads one article and nothing else, so any thread can make it, and it can be written to disk.

use serde::{Deserialize, Serialize};

use super::block::distinct;
use super::outlet::outlet_of;
use super::shingle::{Shingles, body_words, mix, sequence, words};
use super::signature::Signature;
use crate::document::{Article, Date};

/// A body with fewer words is a copy only where the title is the same too, and is never compared in part.
pub(super) const SHORT: usize = 40;

/// What a survey needs of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The group of articles in which passages recur.
    pub outlet: String,
    /// Date of publication.
    pub date: Option<Date>,
    /// The readings of an ambiguous date: day first, month first.
    pub date_readings: Option<[Date; 2]>,
    /// Whether numeric dates of the document are day first, where that is certain.
    pub day_first: Option<bool>,
    /// Hash that only exact copies share: of the body's words, and of the title's where the body is short.
    pub exact: u64,
    /// Number of distinct shingles of the body.
    pub shingles: u32,
    /// Keys by which likely copies are found.
    pub signature: Signature,
    /// Keys of the passages, each once.
    pub passages: Vec<u64>,
}

impl Digest {
    /// The digest of an article by the keys of its passages; without what only the search for copies needs unless
    /// `copies` are looked for.
    pub fn of(article: &Article, keys: &[u64], copies: bool) -> Digest {
        let digest = Digest {
            outlet: outlet_of(article),
            date: article.date,
            date_readings: article.date_readings,
            day_first: article.day_first,
            passages: distinct(keys),
            ..Digest::default()
        };
        if copies { digest.with_words(article) } else { digest }
    }

    fn with_words(self, article: &Article) -> Digest {
        let body = body_words(article);
        let shingles = Shingles::of_words(&body);
        let short = body.len() < SHORT;
        let title = if short { sequence(&words(article.title())) } else { 0 };
        Digest {
            exact: mix(sequence(&body) ^ title),
            shingles: shingles.len() as u32,
            signature: if short { Signature::default() } else { Signature::of(&body, &shingles) },
            ..self
        }
    }
}

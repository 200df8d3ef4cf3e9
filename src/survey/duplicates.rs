//! Copies: which articles print the text of another, word for word or nearly so.
//!
//! It reads the band keys of a [`Survey`] and, through a callback, the shingles of likely copies, and gives clusters.
//! Leader clustering: in order of date (undated last), then of the corpus, each document joins the representative that
//! it resembles most, if it is a copy of it, or else becomes a representative itself. A member is always a copy of its
//! representative, so clusters cannot grow by chains of ever less similar texts.
//!
//! A document is a copy where the share of common shingles (Jaccard) reaches the threshold, or where nearly all of the
//! shorter text stands in the longer one (a story that was cut). Candidates with a similarity far below 60 % are not
//! always found ([`super::signature`]), so lower thresholds give some, not all, of such pairs.
//!
//! Linear cost: a document is compared with at most [`MOST_COMPARED`] representatives, those it shares most keys with,
//! and a key remembers its [`MOST_LISTED`] latest representatives. Copies that are exact need no comparison.

use std::collections::BTreeMap;

use super::signature::BANDS;
use super::{Shingles, Survey};
use crate::document::Date;
use crate::error::Result;

/// Most representatives that one document is compared with.
const MOST_COMPARED: usize = 16;
/// Most representatives that one key remembers, the latest.
const MOST_LISTED: usize = 16;
/// Least share of the shorter text that stands in the longer one, percent.
const CONTAINED: u64 = 90;
/// Fewest shingles of a text that was cut.
const CONTAINED_SHINGLES: u32 = 100;
/// Shingles of representatives that are held for the next comparison.
const HELD: usize = 8 << 20;

/// How alike two texts are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Similarity {
    /// Shingles that both have.
    pub shared: u32,
    /// Shingles that either has.
    pub union: u32,
}

impl Similarity {
    /// Compares two sets.
    fn of(a: &Shingles, b: &Shingles) -> Similarity {
        let shared = a.shared(b);
        Similarity { shared: shared as u32, union: (a.len() + b.len() - shared) as u32 }
    }

    /// Whether all shingles are common.
    pub(super) fn is_whole(self) -> bool {
        self.shared == self.union
    }

    /// Whether the share of common shingles is larger than that of another pair.
    fn exceeds(self, other: Similarity) -> bool {
        u64::from(self.shared) * u64::from(other.union) > u64::from(other.shared) * u64::from(self.union)
    }

    fn reaches(self, percent: u64) -> bool {
        u64::from(self.shared) * 100 >= u64::from(self.union) * percent
    }
}

/// A document of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Number of the document in the corpus.
    pub document: u32,
    /// Number of the cluster, from 1, in order of their representatives in the corpus.
    pub cluster: u32,
    /// The document that stands for the cluster.
    pub representative: u32,
    /// How alike this document and its representative are.
    pub similarity: Similarity,
    /// Whether only part of the representative, or more than it, is printed.
    pub cut: bool,
}

impl Copy {
    /// Whether the document stands for its cluster.
    pub fn is_representative(&self) -> bool {
        self.document == self.representative
    }
}

/// All documents that are in a cluster with another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clusters {
    /// In order of cluster, the representative first, then in order of the corpus.
    members: Vec<Copy>,
    /// For each document its place in `members`; `u32::MAX` for a document without copies.
    places: Vec<u32>,
}

impl Clusters {
    /// The members of all clusters, in order of cluster, the representative first, then in order of the corpus.
    pub fn members(&self) -> &[Copy] {
        &self.members
    }

    /// What is known of one document, if it has copies.
    pub fn of(&self, document: u32) -> Option<&Copy> {
        self.members.get(*self.places.get(document as usize)? as usize)
    }

    /// Whether a document is a copy of another that stands for it.
    pub fn is_copy(&self, document: u32) -> bool {
        self.of(document).is_some_and(|copy| !copy.is_representative())
    }
}

/// What a document was found to be a copy of.
#[derive(Clone, Copy, Debug)]
struct Found {
    representative: u32,
    similarity: Similarity,
    cut: bool,
}

impl Survey {
    /// Finds the copies. `threshold` is the least share of common shingles, percent; `dates` as [`Survey::dates`]
    /// gives them; `shingles` gives those of a document.
    ///
    /// # Errors
    /// Those of `shingles`.
    pub fn clusters(
        &self,
        threshold: u8,
        dates: &[Option<Date>],
        shingles: &mut dyn FnMut(u32) -> Result<Shingles>,
    ) -> Result<Clusters> {
        let order = self.order(dates);
        let firsts = self.first_of_exact(&order);
        let buckets = self.buckets(&order, &firsts);
        let mut search = Search { survey: self, threshold, held: Held::default(), listed: Vec::new(), shingles };
        let mut found: Vec<Option<Found>> = vec![None; self.rows.len()];
        let mut from = 0;
        while from < buckets.len() {
            let rank = buckets[from].0;
            let to = from + buckets[from..].partition_point(|&(other, _)| other == rank);
            let document = order[rank as usize];
            found[document as usize] = search.place(document, &buckets[from..to])?;
            from = to;
        }
        Ok(self.number(&firsts, &found))
    }

    /// The documents in the order in which they may stand for others.
    fn order(&self, dates: &[Option<Date>]) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        let date = |document: u32| dates.get(document as usize).copied().flatten();
        order.sort_by_key(|&document| (date(document).is_none(), date(document), document));
        order
    }

    /// For each document the first, in the given order, that is an exact copy of it: itself for most.
    fn first_of_exact(&self, order: &[u32]) -> Vec<u32> {
        let mut hashes: Vec<(u64, u32)> =
            order.iter().enumerate().map(|(rank, &doc)| (self.rows[doc as usize].exact, rank as u32)).collect();
        hashes.sort_unstable();
        let mut firsts = vec![0; self.rows.len()];
        for group in hashes.chunk_by(|a, b| a.0 == b.0) {
            let first = order[group[0].1 as usize];
            group.iter().for_each(|&(_, rank)| firsts[order[rank as usize] as usize] = first);
        }
        firsts
    }

    /// Pairs of a document's rank and a bucket, which is a band key that several documents share, in order of rank.
    fn buckets(&self, order: &[u32], firsts: &[u32]) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        let mut bucket = 0;
        let compared: Vec<u32> = (0..order.len() as u32)
            .filter(|&rank| firsts[order[rank as usize] as usize] == order[rank as usize])
            .filter(|&rank| self.rows[order[rank as usize] as usize].keys.is_some())
            .collect();
        for band in 0..BANDS {
            let key = |rank: u32| self.keys(&self.rows[order[rank as usize] as usize])[band];
            let mut keys: Vec<(u32, u32)> = compared.iter().map(|&rank| (key(rank), rank)).collect();
            keys.sort_unstable();
            for group in keys.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
                pairs.extend(group.iter().map(|&(_, rank)| (rank, bucket)));
                bucket += 1;
            }
        }
        pairs.sort_unstable();
        pairs
    }

    /// Joins exact copies to what their first was found to be, and numbers the clusters.
    fn number(&self, firsts: &[u32], found: &[Option<Found>]) -> Clusters {
        let whole = |document: u32| {
            let shingles = self.rows[document as usize].shingles;
            Found { representative: document, similarity: Similarity { shared: shingles, union: shingles }, cut: false }
        };
        let mut joined: Vec<(u32, u32, Found)> = Vec::new();
        for (document, &first) in (0..).zip(firsts) {
            let is = found[first as usize].unwrap_or_else(|| whole(first));
            if is.representative != document {
                joined.push((is.representative, document, is));
            }
        }
        joined.extend(representatives(&joined).into_iter().map(|document| (document, document, whole(document))));
        joined.sort_unstable_by_key(|&(representative, document, _)| {
            (representative, document != representative, document)
        });
        let (mut members, mut places) = (Vec::with_capacity(joined.len()), vec![u32::MAX; firsts.len()]);
        let mut cluster = 0;
        for (representative, document, Found { similarity, cut, .. }) in joined {
            cluster += u32::from(document == representative);
            places[document as usize] = members.len() as u32;
            members.push(Copy { document, cluster, representative, similarity, cut });
        }
        Clusters { members, places }
    }
}

/// The representatives of the copies, each once.
fn representatives(joined: &[(u32, u32, Found)]) -> Vec<u32> {
    let mut representatives: Vec<u32> = joined.iter().map(|&(representative, ..)| representative).collect();
    representatives.sort_unstable();
    representatives.dedup();
    representatives
}

/// The search for representatives, document after document.
struct Search<'s, 'f> {
    survey: &'s Survey,
    threshold: u8,
    held: Held,
    /// For each bucket its latest representatives.
    listed: Vec<Vec<u32>>,
    shingles: &'f mut dyn FnMut(u32) -> Result<Shingles>,
}

impl Search<'_, '_> {
    /// What a document is a copy of; where nothing, it is listed as a representative.
    fn place(&mut self, document: u32, buckets: &[(u32, u32)]) -> Result<Option<Found>> {
        let candidates = self.candidates(document, buckets);
        let mut best: Option<Found> = None;
        if !candidates.is_empty() {
            let own = (self.shingles)(document)?;
            for representative in candidates {
                let other = self.held.get(representative, self.shingles)?;
                let similarity = Similarity::of(&own, other);
                let cut = !similarity.reaches(u64::from(self.threshold));
                let is_copy = !cut || is_contained(similarity, own.len().min(other.len()));
                if is_copy && best.is_none_or(|best| similarity.exceeds(best.similarity)) {
                    best = Some(Found { representative, similarity, cut });
                }
            }
        }
        if best.is_none() {
            buckets.iter().for_each(|&(_, bucket)| self.list(bucket, document));
        }
        Ok(best)
    }

    /// The representatives that a document may be a copy of, those it shares most keys with first.
    fn candidates(&self, document: u32, buckets: &[(u32, u32)]) -> Vec<u32> {
        let mut listed: Vec<u32> = Vec::new();
        for &(_, bucket) in buckets {
            listed.extend(self.listed.get(bucket as usize).into_iter().flatten());
        }
        listed.sort_unstable();
        let mut counted: Vec<(usize, u32)> = listed
            .chunk_by(|a, b| a == b)
            .map(|group| (group.len(), group[0]))
            .filter(|&(_, other)| self.is_possible(document, other))
            .collect();
        counted.sort_unstable_by_key(|&(keys, other)| (std::cmp::Reverse(keys), other));
        counted.truncate(MOST_COMPARED);
        counted.into_iter().map(|(_, other)| other).collect()
    }

    /// Whether the lengths of two texts allow that one is a copy of the other.
    fn is_possible(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.survey.rows[a as usize].shingles, self.survey.rows[b as usize].shingles);
        let (less, more) = (a.min(b), a.max(b));
        less >= CONTAINED_SHINGLES || Similarity { shared: less, union: more }.reaches(u64::from(self.threshold))
    }

    fn list(&mut self, bucket: u32, document: u32) {
        let bucket = bucket as usize;
        if self.listed.len() <= bucket {
            self.listed.resize(bucket + 1, Vec::new());
        }
        if self.listed[bucket].len() == MOST_LISTED {
            self.listed[bucket].remove(0);
        }
        self.listed[bucket].push(document);
    }
}

/// Whether nearly all of the shorter text, of `less` shingles, stands in the longer one.
fn is_contained(similarity: Similarity, less: usize) -> bool {
    less >= CONTAINED_SHINGLES as usize && u64::from(similarity.shared) * 100 >= less as u64 * CONTAINED
}

/// The shingles of representatives, as many as memory allows; the ones held longest go first.
#[derive(Default)]
struct Held {
    sets: BTreeMap<u32, Shingles>,
    /// In the order in which they came.
    queue: std::collections::VecDeque<u32>,
    size: usize,
}

impl Held {
    fn get(&mut self, document: u32, shingles: &mut dyn FnMut(u32) -> Result<Shingles>) -> Result<&Shingles> {
        if !self.sets.contains_key(&document) {
            let set = shingles(document)?;
            while self.size + set.len() > HELD {
                let Some(oldest) = self.queue.pop_front() else { break };
                self.size -= self.sets.remove(&oldest).map_or(0, |gone| gone.len());
            }
            self.size += set.len();
            self.queue.push_back(document);
            self.sets.insert(document, set);
        }
        Ok(&self.sets[&document])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Article;
    use crate::survey::{Digest, fixture, passage_keys};

    fn survey(articles: &[Article]) -> Survey {
        let mut survey = Survey::default();
        articles.iter().for_each(|article| {
            survey.add(&Digest::of(article, &passage_keys(article), true));
        });
        survey
    }

    fn clusters(articles: &[Article]) -> Clusters {
        fixture::clusters(&survey(articles), articles)
    }

    fn body(paragraphs: std::ops::Range<u64>) -> Vec<String> {
        paragraphs.map(fixture::paragraph).collect()
    }

    fn story(paragraphs: std::ops::Range<u64>) -> Article {
        fixture::article("Title", &body(paragraphs))
    }

    /// `(document, representative)` of every member.
    fn pairs(clusters: &Clusters) -> Vec<(u32, u32)> {
        clusters.members().iter().map(|copy| (copy.document, copy.representative)).collect()
    }

    #[test]
    fn copies_are_found_whatever_their_titles_and_paragraphs() {
        let joined = fixture::article("Another title", &[body(0..10).join(" ").to_uppercase()]);
        let found = clusters(&[story(50..60), story(0..10), story(20..30), joined]);
        assert_eq!(pairs(&found), [(1, 1), (3, 1)]);
        let copy = found.of(3).expect("a copy");
        assert_eq!((copy.cluster, copy.similarity.shared, copy.similarity.union, copy.cut), (1, 296, 296, false));
        assert!(found.is_copy(3) && !found.is_copy(1) && found.of(0).is_none());
    }

    #[test]
    fn near_copies_have_their_similarity_counted_exactly() {
        let mut changed = body(0..10);
        changed[9] = fixture::paragraph(99);
        let found = clusters(&[story(0..10), fixture::article("Title", &changed)]);
        assert_eq!(pairs(&found), [(0, 0), (1, 0)]);
        assert_eq!(found.members()[1].similarity, Similarity { shared: 266, union: 326 });
    }

    #[test]
    fn a_story_that_was_cut_is_a_copy_and_half_a_story_in_common_is_none() {
        let found = clusters(&[story(0..20), story(0..5), story(100..120), story(110..130)]);
        assert_eq!(pairs(&found), [(0, 0), (1, 0)]);
        assert!(found.members()[1].cut);
    }

    #[test]
    fn the_earliest_stands_for_the_others_and_chains_do_not_grow() {
        let dated = |day, paragraphs| Article { date: Date::from_ymd(2024, 5, day), ..story(paragraphs) };
        let found = clusters(&[story(0..10), dated(9, 0..10), dated(2, 0..10)]);
        assert_eq!(pairs(&found), [(2, 2), (0, 2), (1, 2)]);
        // Each is a copy of the next, but the third is none of the first.
        let chain = [dated(1, 0..20), dated(2, 3..23), dated(3, 6..26)];
        let found = clusters(&chain);
        assert_eq!(pairs(&found), [(0, 0), (1, 0)]);
    }

    #[test]
    fn short_texts_are_copies_only_with_the_same_title() {
        let short = |title: &str| fixture::article(title, &body(0..1));
        assert_eq!(pairs(&clusters(&[short("Fire"), short("Flood"), short("FIRE!")])), [(0, 0), (2, 0)]);
        assert!(clusters(&[fixture::article("", &[]), story(0..3)]).members().is_empty());
    }

    #[test]
    fn clusters_do_not_depend_on_the_order_of_reading() {
        let articles: Vec<Article> = (0..40).map(|i| story((i % 7) * 3..(i % 7) * 3 + 10 + i % 2)).collect();
        let expected = clusters(&articles);
        let mut survey = Survey::default();
        let mut order: Vec<u32> = articles
            .iter()
            .rev()
            .map(|article| survey.add(&Digest::of(article, &passage_keys(article), true)))
            .collect();
        order.reverse();
        survey.arrange(&order);
        assert_eq!(fixture::clusters(&survey, &articles), expected);
        assert!(!expected.members().is_empty());
    }

    #[test]
    fn a_large_bucket_of_texts_that_are_no_copies_costs_little() {
        // All begin with the same hundred words and go on with their own.
        let articles: Vec<Article> = (0..300)
            .map(|i| fixture::article("Tides", &[body(0..4), body(1000 + i * 20..1012 + i * 20)].concat()))
            .collect();
        let survey = survey(&articles);
        let mut read = 0;
        let found = survey.clusters(70, &[], &mut |document| {
            read += 1;
            Ok(Shingles::of(&articles[document as usize]))
        });
        assert!(found.expect("no error").members().is_empty());
        assert!(read <= 600, "{read} texts were read");
    }

    #[test]
    fn an_error_of_the_callback_ends_the_search() {
        use crate::error::{Error, ErrorKind};
        let mut changed = body(0..10);
        changed.truncate(9);
        let survey = survey(&[story(0..10), fixture::article("Title", &changed)]);
        let found = survey.clusters(70, &[], &mut |_| Err(Error::new(ErrorKind::Read, "gone", "run again")));
        assert!(found.is_err());
    }
}

//! Boilerplate that the corpus teaches: passages that recur in many articles of an outlet and are no reporting.
//!
//! It reads the blocks of all articles but copies, so that a story printed ten times does not make its paragraphs
//! boilerplate, and gives the passages that recur, each with its count and whether it is to be left out. It changes no
//! article.
//!
//! Reporting recurs too: a politician's quotation, the background paragraph of a series, a heading (`Analysis`), the
//! names in a transcript. So recurring alone is not enough. Left out is
//! - what speaks to the reader about the page, the outlet or the author, from [`FEW`] articles on, [`SEVERAL`] where it
//!   stands in the middle of stories or is long;
//! - what stands in brackets (`(Illustration: A. Holm)`, `[music]`) and labels that name a medium (`Twitter`), from
//!   [`SEVERAL`] on;
//! - what nearly always opens or closes an article, from [`SEVERAL`] on, unless it quotes somebody or is a
//!   label.
//!
//! Articles that share a long sign-up box look like copies of each other before it is known. An outlet does not print a
//! story again, rewritten, after more than a week, so such copies are counted as articles of their own; once they have
//! taught what the box is, copies are looked for again without it.
//!
//! In large outlets more articles are needed. What recurs and is kept is listed as well, so that a reader can judge.

use std::collections::BTreeMap;

use super::block::{Block, Place, Traits, blocks_of, titles};
use super::filter::MOST;
use super::outlet::{is_name, outlet_of};
use super::{Clusters, Survey};
use crate::document::{Article, Date};

/// Fewest articles in which a passage recurs.
const FEW: u32 = 3;
const _: () = assert!(FEW as u8 <= MOST, "the filter counts no further");
/// Fewest articles where there is less evidence.
const SEVERAL: u32 = 5;
/// Outlets in which a passage recurs that belongs to none of them.
const OUTLETS: u32 = 3;
/// Least share of a passage's articles that it opens or closes, percent.
const AT_THE_EDGE: u32 = 80;

/// Days after which an outlet prints no story again.
const A_WEEK: u32 = 7;

/// Days since a day long ago, a few too many: months count as 31 days.
fn rough_day(date: Date) -> u32 {
    (u32::from(date.year) * 12 + u32::from(date.month)) * 31 + u32::from(date.day)
}

/// A passage that recurs in the articles of an outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// Articles with it, copies not counted.
    pub documents: u32,
    /// The first article with it, and the number of the passage there.
    pub first: (u32, u32),
    /// Whether it is boilerplate, to be left out.
    pub removed: bool,
}

/// How often and where a passage occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tally {
    documents: u32,
    opening: u32,
    closing: u32,
    /// Bits of [`Traits`] that are true somewhere.
    traits: Traits,
    first: (u32, u32),
}

impl Tally {
    fn of(document: u32, block: &Block) -> Tally {
        Tally {
            documents: 1,
            opening: u32::from(block.place == Place::Opening),
            closing: u32::from(block.place == Place::Closing),
            traits: block.traits,
            first: (document, block.passage),
        }
    }

    fn add(&mut self, other: &Tally) {
        self.documents += other.documents;
        self.opening += other.opening;
        self.closing += other.closing;
        self.traits.page_words |= other.traits.page_words;
        self.traits.media_words |= other.traits.media_words;
        self.traits.bracketed |= other.traits.bracketed;
        self.traits.label |= other.traits.label;
        self.traits.speech |= other.traits.speech;
        self.first = self.first.min(other.first);
    }

    /// Whether a passage that recurs like this in an outlet of so many articles is boilerplate.
    fn is_boilerplate(&self, articles: u32) -> bool {
        let at_edge = self.opening.max(self.closing) * 100 >= self.documents * AT_THE_EDGE;
        let Traits { page_words, media_words, bracketed, label, speech } = self.traits;
        let least = if page_words && at_edge && !speech {
            FEW.max(articles / 5000)
        } else if page_words && (!speech || at_edge) || media_words && label || bracketed {
            SEVERAL.max(articles / 2000)
        } else if at_edge && !speech && !label {
            SEVERAL.max(articles / 1000)
        } else {
            return false;
        };
        self.documents >= least
    }
}

/// The passages of a corpus while they are counted. Articles may come in any order.
#[derive(Debug)]
pub struct Learning<'s> {
    survey: &'s Survey,
    clusters: &'s Clusters,
    /// For each outlet whether it has a name, and is not just a folder.
    named: Vec<bool>,
    tallies: BTreeMap<(u64, u32), Tally>,
}

impl<'s> Learning<'s> {
    /// Nothing counted yet.
    pub fn new(survey: &'s Survey, clusters: &'s Clusters) -> Learning<'s> {
        let mut named = vec![false; survey.outlets.len()];
        survey.outlets.iter().for_each(|(name, &number)| named[number as usize] = is_name(name));
        Learning { survey, clusters, named, tallies: BTreeMap::new() }
    }

    /// Whether a document prints again what another prints, so that its passages must not count twice.
    fn reprints(&self, document: u32) -> bool {
        let Some(copy) = self.clusters.of(document).filter(|copy| !copy.is_representative()) else { return false };
        let row = |document: u32| self.survey.rows.get(document as usize);
        let (Some(own), Some(first)) = (row(document), row(copy.representative)) else { return true };
        let apart = own.date.zip(first.date).is_some_and(|(a, b)| rough_day(a).abs_diff(rough_day(b)) > A_WEEK);
        let same_outlet = own.outlet == first.outlet && self.named[own.outlet as usize];
        copy.similarity.is_whole() || !(same_outlet && apart)
    }

    /// Whether any passage with one of these keys may recur. Any thread may ask.
    pub fn may_recur(&self, keys: &[u64]) -> bool {
        keys.iter().any(|&key| self.survey.filter.may_reach(key, FEW as u8))
    }

    /// The passages of an article that may recur; `keys` are those of its passages. Any thread may ask.
    pub fn blocks(&self, article: &Article, keys: &[u64]) -> Vec<Block> {
        blocks_of(article, keys, |key| self.survey.filter.may_reach(key, FEW as u8))
    }

    /// Counts the blocks of a document; those of a reprint are left aside.
    pub fn add(&mut self, document: u32, blocks: &[Block]) {
        if self.reprints(document) {
            return;
        }
        let Some(row) = self.survey.rows.get(document as usize) else { return };
        for group in blocks.chunk_by(|a, b| a.key == b.key) {
            let tally = Tally::of(document, &group[0]);
            self.tallies.entry((group[0].key, row.outlet)).and_modify(|known| known.add(&tally)).or_insert(tally);
        }
    }

    /// What recurs, and which of it is boilerplate.
    pub fn finish(self) -> Learned {
        let mut articles = vec![0u32; self.survey.outlets.len()];
        for (document, row) in (0..).zip(&self.survey.rows) {
            articles[row.outlet as usize] += u32::from(!self.reprints(document));
        }
        let all = articles.iter().sum();
        let mut recurring = BTreeMap::new();
        let tallies: Vec<((u64, u32), Tally)> = self.tallies.into_iter().collect();
        for group in tallies.chunk_by(|a, b| a.0.0 == b.0.0) {
            let mut total = group[0].1;
            group[1..].iter().for_each(|(_, tally)| total.add(tally));
            let everywhere = group.len() >= OUTLETS as usize && total.is_boilerplate(all);
            for (key, tally) in group {
                let removed = everywhere || tally.is_boilerplate(articles[key.1 as usize]);
                if removed || tally.documents >= FEW {
                    let Tally { documents, first, .. } = *tally;
                    recurring.insert(*key, Recurring { documents, first, removed });
                }
            }
        }
        Learned { recurring, outlets: self.survey.outlets.clone() }
    }
}

/// The passages that recur in a corpus.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    recurring: BTreeMap<(u64, u32), Recurring>,
    outlets: BTreeMap<String, u32>,
}

impl Learned {
    /// The passages that recur, those left out and those kept, in order of their first article and place.
    pub fn recurring(&self) -> Vec<&Recurring> {
        let mut all: Vec<&Recurring> = self.recurring.values().collect();
        all.sort_by_key(|recurring| (recurring.first, recurring.documents));
        all
    }

    /// Whether anything is to be left out.
    pub fn removes(&self) -> bool {
        self.recurring.values().any(|recurring| recurring.removed)
    }

    /// For each passage of an article whether it is to be left out, or nothing when all stay; `keys` are those of its
    /// passages. An article of nothing else stays as it is.
    pub fn marks(&self, article: &Article, keys: &[u64]) -> Vec<bool> {
        let Some(&outlet) = self.outlets.get(&outlet_of(article)) else { return Vec::new() };
        let removed = |&key: &u64| self.recurring.get(&(key, outlet)).is_some_and(|known| known.removed);
        let marks: Vec<bool> = keys.iter().map(removed).collect();
        if marks.iter().skip(titles(article)).all(|mark| *mark) { Vec::new() } else { marks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::{Digest, fixture, passage_keys};

    const SIGN_UP: &str = "Sign up for our morning letter and never miss a tide.";

    /// Surveys articles of the outlet "Post" whose bodies are given as paragraphs, and learns.
    fn learned(articles: &[Article]) -> Learned {
        let mut survey = Survey::default();
        for article in articles {
            survey.add(&Digest::of(article, &passage_keys(article), true));
        }
        let clusters = fixture::clusters(&survey, articles);
        let mut learning = Learning::new(&survey, &clusters);
        for (document, article) in (0..).zip(articles) {
            let blocks = learning.blocks(article, &passage_keys(article));
            learning.add(document, &blocks);
        }
        learning.finish()
    }

    /// Twelve paragraphs of their own for story number `story`, with `passage` at `place`.
    fn story(story: u64, place: usize, passage: &str) -> Article {
        let mut body: Vec<String> = (0..12).map(|i| fixture::paragraph(story * 100 + i)).collect();
        if !passage.is_empty() {
            body.insert(place, passage.to_owned());
        }
        fixture::article(&format!("Story {story}"), &body)
    }

    /// In how many of the stories the passage is removed.
    fn removed(stories: u64, place: usize, passage: &str) -> usize {
        let articles: Vec<Article> = (0..stories).map(|i| story(i, place, passage)).collect();
        let learned = learned(&articles);
        articles.iter().filter(|article| learned.marks(article, &passage_keys(article)).contains(&true)).count()
    }

    #[test]
    fn what_speaks_to_the_reader_is_removed_wherever_it_recurs() {
        assert_eq!(removed(3, 12, SIGN_UP), 3);
        assert_eq!(removed(2, 12, SIGN_UP), 0, "twice is no habit");
        assert_eq!(removed(4, 5, SIGN_UP), 0, "in the middle it takes more");
        assert_eq!(removed(5, 5, SIGN_UP), 5);
    }

    #[test]
    fn reporting_that_recurs_is_kept() {
        let quotation = "“We shall not close the harbour, whatever the council decides,” Mayor Holm said.";
        assert_eq!(removed(9, 12, quotation), 0);
        assert_eq!(removed(9, 5, "The ferry sank in 2019, with the loss of nine lives."), 0);
        assert_eq!(removed(9, 5, "What happened?"), 0);
        assert_eq!(removed(9, 5, "ADA HOLM, HOST:"), 0);
    }

    #[test]
    fn what_always_opens_or_closes_a_story_is_removed() {
        let biography = "Ada Holm is the harbour reporter of the Post.";
        assert_eq!(removed(5, 12, biography), 5);
        assert_eq!(removed(4, 12, biography), 0);
        assert_eq!(removed(5, 6, "[music]"), 5);
    }

    #[test]
    fn copies_of_one_story_do_not_make_its_paragraphs_boilerplate() {
        let mut articles: Vec<Article> = (0..9)
            .map(|i| {
                fixture::article(&format!("Title {i}"), &{
                    let mut body: Vec<String> = (0..12).map(fixture::paragraph).collect();
                    body.push(SIGN_UP.to_owned());
                    body
                })
            })
            .collect();
        articles.extend((1..9).map(|i| story(i, 0, "")));
        let learned = learned(&articles);
        assert!(learned.recurring().is_empty());
    }

    #[test]
    fn short_stories_that_share_a_long_box_are_told_from_reprints_by_their_dates() {
        let story = |i: u64, month: u8| {
            let sign_up = |i: u64| format!("Sign up for our newsletter. {}", fixture::paragraph(9000 + i));
            let body: Vec<String> = std::iter::once(fixture::paragraph(i)).chain((0..6).map(sign_up)).collect();
            let date = Date::from_ymd(2024, month, 1);
            Article { date, ..fixture::article(&format!("Story {i}"), &body) }
        };
        let removes = |articles: &[Article]| learned(articles).removes();
        assert!(removes(&(0..6).map(|i| story(i, i as u8 + 1)).collect::<Vec<_>>()));
        assert!(!removes(&(0..6).map(|i| story(i, 1)).collect::<Vec<_>>()), "versions of one story on one day");
    }

    #[test]
    fn every_occurrence_in_an_article_goes_and_what_is_left_is_never_nothing() {
        let mut articles: Vec<Article> = (0..5).map(|i| story(i, 5, SIGN_UP)).collect();
        articles.push(fixture::article("Twice", &[SIGN_UP.into(), fixture::paragraph(7777), SIGN_UP.into()]));
        articles.push(fixture::article("Only", &[SIGN_UP.into()]));
        let learned = learned(&articles);
        assert_eq!(learned.marks(&articles[5], &passage_keys(&articles[5])), [false, true, false, true]);
        assert!(learned.marks(&articles[6], &passage_keys(&articles[6])).is_empty());
    }

    #[test]
    fn what_recurs_in_one_outlet_is_kept_in_another_until_it_is_everywhere() {
        let mut articles: Vec<Article> = (0..6).map(|i| story(i, 12, SIGN_UP)).collect();
        articles.push(Article { outlet: "Herald".into(), ..story(50, 12, SIGN_UP) });
        assert!(!learned(&articles).marks(&articles[6], &passage_keys(&articles[6])).contains(&true));
        articles.push(Article { outlet: "Times".into(), ..story(51, 12, SIGN_UP) });
        assert!(learned(&articles).marks(&articles[6], &passage_keys(&articles[6])).contains(&true));
    }

    #[test]
    fn the_order_of_reading_does_not_matter() {
        let articles: Vec<Article> = (0..8).map(|i| story(i, 12, SIGN_UP)).collect();
        let expected: Vec<Recurring> = learned(&articles).recurring().into_iter().copied().collect();
        let mut survey = Survey::default();
        let mut order: Vec<u32> = articles
            .iter()
            .rev()
            .map(|article| survey.add(&Digest::of(article, &passage_keys(article), true)))
            .collect();
        order.reverse();
        survey.arrange(&order);
        let clusters = fixture::clusters(&survey, &articles);
        let mut learning = Learning::new(&survey, &clusters);
        for (document, article) in (0..).zip(&articles).collect::<Vec<_>>().into_iter().rev() {
            let blocks = learning.blocks(article, &passage_keys(article));
            learning.add(document, &blocks);
        }
        let found: Vec<Recurring> = learning.finish().recurring().into_iter().copied().collect();
        assert_eq!(found, expected);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].documents, found[0].first), (8, (0, 13)));
    }
}

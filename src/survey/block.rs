//! Blocks: the passages of an article as keys by which they are recognised in other articles, with what their place
//! and their words say of them.
//!
//! It reads one article and decides nothing; [`super::boilerplate`] does. Two passages have the same key where their
//! letters and digits are the same, whatever case, spaces and punctuation; in a passage that speaks to the reader
//! (`Updated at 5:10 p.m.`) all digits are the same, elsewhere (`Attendance: 12,500`) they are not.

use std::sync::OnceLock;

use super::shingle::{add, mix, words};
use crate::document::{Article, PassageKind};

/// Passages at the start of a body that are its opening.
const OPENING: usize = 3;
/// Passages at the end of a body that are its closing.
const CLOSING: usize = 5;
/// Most words of a label: a heading, a name, a caption.
const LABEL_WORDS: usize = 7;
/// Most words of a passage that is a remark in brackets.
const BRACKETED_WORDS: usize = 12;
/// What a key starts from.
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// Words and word sequences by which a page asks something of the reader or speaks about itself: general English,
/// taken from no outlet. Without apostrophes, as [`words`] reads them.
const PAGE_WORDS: &[&str] = &[
    "subscribe",
    "subscription",
    "subscriptions",
    "newsletter",
    "newsletters",
    "inbox",
    "unsubscribe",
    "signup",
    "click",
    "scroll",
    "podcast",
    "bookmark",
    "advertisement",
    "advertisements",
    "paywall",
    "javascript",
    "login",
    "republish",
    "webpage",
    "follow",
    "hashtag",
    "updated",
    "disclaimer",
    "livestream",
    "webinar",
    "recaptcha",
    "captcha",
    "sign up",
    "read more",
    "read next",
    "read also",
    "more from",
    "more on",
    "related stories",
    "related story",
    "related articles",
    "all rights reserved",
    "terms of use",
    "terms of service",
    "privacy policy",
    "the views expressed",
    "opinions expressed",
    "editors note",
    "contributed to this report",
    "contributed to this story",
    "contributed to this article",
    "contributed reporting",
    "reporting by",
    "editing by",
    "this article",
    "this story",
    "this post",
    "this page",
    "this column",
    "story continues",
    "continue reading",
    "watch the",
    "listen to",
    "link copied",
    "log in",
    "support our",
    "support us",
    "contact us",
    "tell us",
    "get in touch",
    "get the latest",
    "our readers",
    "join us",
    "for more information",
    "free trial",
    "staff writer",
    "send a tip",
    "letter to the editor",
];

/// Words of the same kind that reporting uses as well, being about media.
const MEDIA_WORDS: &[&str] = &[
    "subscriber",
    "subscribers",
    "podcasts",
    "sponsored",
    "download",
    "cookie",
    "cookies",
    "browser",
    "copyright",
    "reprinted",
    "republished",
    "app",
    "apps",
    "website",
    "facebook",
    "twitter",
    "instagram",
    "youtube",
    "whatsapp",
    "telegram",
    "linkedin",
    "pinterest",
    "tiktok",
    "tweet",
    "email",
    "photo",
    "photos",
    "photographer",
    "illustration",
    "image",
    "images",
    "shutterstock",
    "getty",
    "pixabay",
    "caption",
    "transcripts",
    "correction",
    "corrections",
    "donate",
    "notifications",
    "share",
];

/// Where a passage stands in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Among the first of the body.
    Opening,
    /// Between.
    Middle,
    /// Among the last of the body.
    Closing,
}

/// What the words of a passage say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// It speaks to the reader about the page, the outlet or the author.
    pub page_words: bool,
    /// It has words about media, as pages and some reporting do.
    pub media_words: bool,
    /// The whole of it is in brackets.
    pub bracketed: bool,
    /// It is a few words that are no sentence.
    pub label: bool,
    /// It quotes, or says who said something.
    pub speech: bool,
}

/// A passage as the survey knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The same for passages of the same words.
    pub key: u64,
    /// Its number among the article's passages.
    pub passage: u32,
    /// Where it stands.
    pub place: Place,
    /// What its words say.
    pub traits: Traits,
}

/// The number of a passage that has no key.
const NO_KEY: u64 = 0;

/// The key of each of an article's passages. Only passages of the body that have a letter have one; the others have 0.
pub fn passage_keys(article: &Article) -> Vec<u64> {
    let first = titles(article);
    let key_of = |(i, passage): (usize, &crate::document::Passage)| {
        let text = &article.text[passage.span.range()];
        if i >= first && text.contains(char::is_alphabetic) { key(text).max(1) } else { NO_KEY }
    };
    article.passages.iter().enumerate().map(key_of).collect()
}

/// The keys, each once, ascending.
pub(super) fn distinct(keys: &[u64]) -> Vec<u64> {
    let mut keys: Vec<u64> = keys.iter().copied().filter(|key| *key != NO_KEY).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The blocks of an article whose keys are wanted, in order of key, then of place. `keys` are those of its passages.
pub(super) fn blocks_of(article: &Article, keys: &[u64], wanted: impl Fn(u64) -> bool) -> Vec<Block> {
    let body = article.passages.len() - titles(article);
    let keyed = article.passages.iter().zip(keys).enumerate().filter(|&(_, (_, &key))| key != NO_KEY && wanted(key));
    let mut blocks: Vec<Block> = keyed
        .map(|(passage, (of, &key))| Block {
            key,
            passage: passage as u32,
            place: place(passage - titles(article), body),
            traits: traits(&article.text[of.span.range()]),
        })
        .collect();
    blocks.sort_by_key(|block| (block.key, block.passage));
    blocks
}

/// Number of passages before the body.
pub(super) fn titles(article: &Article) -> usize {
    article.passages.iter().take_while(|passage| passage.kind == PassageKind::Title).count()
}

/// The same number for passages of the same letters and digits.
fn key(text: &str) -> u64 {
    let any_digits = text.bytes().any(|byte| byte.is_ascii_digit()) && speaks_of_page(text);
    let ascii = |hash: u64, byte: u8| match byte {
        b'0'..=b'9' if any_digits => add(hash, '0'),
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => add(hash, char::from(byte.to_ascii_lowercase())),
        _ => hash,
    };
    let (mut hash, mut rest) = (START, text);
    while !rest.is_empty() {
        let run = rest.bytes().take_while(u8::is_ascii).count();
        hash = rest[..run].bytes().fold(hash, ascii);
        rest = &rest[run..];
        if let Some(c) = rest.chars().next() {
            hash = if c.is_alphanumeric() { c.to_lowercase().fold(hash, add) } else { hash };
            rest = &rest[c.len_utf8()..];
        }
    }
    mix(hash)
}

/// The place of passage `i` of `n`. Short bodies have smaller openings and closings.
fn place(i: usize, n: usize) -> Place {
    if n - 1 - i < CLOSING.min(n / 2) {
        Place::Closing
    } else if i < OPENING.min(n / 4) {
        Place::Opening
    } else {
        Place::Middle
    }
}

fn traits(text: &str) -> Traits {
    let bare = text.trim();
    let words = bare.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    Traits {
        page_words: speaks_of_page(bare),
        media_words: has_any(bare, &MEDIA, MEDIA_WORDS),
        bracketed: bare.starts_with(['(', '[']) && bare.ends_with([')', ']']) && words <= BRACKETED_WORDS,
        label: words <= LABEL_WORDS && !bare.ends_with(['.', '!', '…'])
            || bare.ends_with('?') && words <= 2 * LABEL_WORDS,
        speech: is_speech(bare),
    }
}

/// Whether a text has an address or one of the [`PAGE_WORDS`].
fn speaks_of_page(text: &str) -> bool {
    let address = text.contains("://") || text.contains("www.") || text.contains('©') || has_address(text);
    address || has_any(text, &PAGE, PAGE_WORDS)
}

/// The hashes of a list of words and word sequences; made once.
type List = OnceLock<Phrases>;
static PAGE: List = List::new();
static MEDIA: List = List::new();

/// Phrases as hashes of their words.
struct Phrases {
    /// Sorted.
    sorted: Vec<Vec<u64>>,
    /// A bit for each remainder of a first word: most words of a text begin no phrase.
    first: [u64; BITS / 64],
}

/// Remainders of first words.
const BITS: usize = 1 << 11;

impl Phrases {
    fn of(phrases: &[&str]) -> Phrases {
        let mut sorted: Vec<Vec<u64>> = phrases.iter().map(|phrase| words(phrase)).collect();
        sorted.sort_unstable();
        let mut first = [0; BITS / 64];
        for phrase in &sorted {
            let (at, bit) = Phrases::place(phrase[0]);
            first[at] |= bit;
        }
        Phrases { sorted, first }
    }

    fn place(word: u64) -> (usize, u64) {
        let bit = word as usize % BITS;
        (bit / 64, 1 << (bit % 64))
    }

    /// Whether the words begin with one of the phrases.
    fn begin(&self, words: &[u64]) -> bool {
        let (at, bit) = Phrases::place(words[0]);
        self.first[at] & bit != 0 && {
            let from = self.sorted.partition_point(|phrase| phrase[0] < words[0]);
            let same = self.sorted[from..].iter().take_while(|phrase| phrase[0] == words[0]);
            same.into_iter().any(|phrase| words.starts_with(phrase))
        }
    }
}

/// Whether one of the phrases stands in a text.
fn has_any(text: &str, list: &List, phrases: &[&str]) -> bool {
    let list = list.get_or_init(|| Phrases::of(phrases));
    let words = words(text);
    (0..words.len()).any(|at| list.begin(&words[at..]))
}

/// Whether a passage says who said something, or a third of it is between quotation marks.
fn is_speech(text: &str) -> bool {
    let (mut quoted, mut inside) = (0, false);
    for c in text.chars() {
        inside = match c {
            '“' => true,
            '”' => false,
            '"' => !inside,
            _ => inside,
        };
        quoted += usize::from(inside) * c.len_utf8();
    }
    let reports = || text.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "said" | "told" | "says"));
    quoted * 3 >= text.len() || reports()
}

/// Whether there is an e-mail address or a name of a social network (`@harbourpost`).
fn has_address(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| text[at + 1..].starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_forgets_case_spaces_and_marks_and_digits_of_page_lines_only() {
        assert_eq!(key("Read more »"), key("READ  MORE"));
        assert_eq!(key("Updated at 5:10 p.m."), key("Updated at 6:23 p.m."));
        assert_ne!(key("Attendance: 12,500"), key("Attendance: 12,700"));
    }

    #[test]
    fn places_shrink_with_the_body() {
        assert_eq!(place(0, 1), Place::Middle);
        assert_eq!(place(3, 4), Place::Closing);
        assert_eq!(place(0, 4), Place::Opening);
        assert_eq!((place(2, 30), place(3, 30), place(25, 30)), (Place::Opening, Place::Middle, Place::Closing));
    }

    #[test]
    fn words_tell_pages_from_reporting() {
        assert!(traits("Follow the Post on Twitter.").page_words);
        assert!(traits("Ada Holm can be reached at holm@post.example.").page_words);
        let report = traits("Twitter lost a tenth of its users, the company told the court.");
        assert!(report.media_words && !report.page_words && report.speech);
        assert!(traits("ADA HOLM, HOST:").label && traits("What did the mayor say about it?").label);
        assert!(!traits("He declined to comment.").label);
        assert!(traits("(Illustration: A. Holm)").bracketed);
        assert!(!traits("Ada Holm, host of \"Tides\", writes about the harbour and its ships.").speech);
    }
}

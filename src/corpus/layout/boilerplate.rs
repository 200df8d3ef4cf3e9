//! Boilerplate: contact lines, subscription appeals, copyright notices, links to other stories and the labels of web
//! pages, none of which is reporting.
//!
//! It reads the clean text of one short paragraph and answers yes or no. Rules ask for set phrases at the start or the
//! end of a paragraph, so that a story that speaks of newsletters or copyright is kept. It drops nothing itself.

use std::sync::LazyLock;

use super::boilerplate_phrases::{HELD, LABELS, OPENINGS};
use super::footer;
use super::phrase_index::PhraseIndex;

static OPENING: LazyLock<PhraseIndex> = LazyLock::new(|| PhraseIndex::new(OPENINGS));
static HOLDING: LazyLock<PhraseIndex> = LazyLock::new(|| PhraseIndex::new(HELD));

/// Longest paragraph that can be boilerplate, bytes.
const LONGEST: usize = 420;
/// Marks that may stand behind a label.
const TRAILING: [char; 9] = [':', '.', '…', '!', ' ', '»', '>', ']', ')'];

/// Whether a paragraph is boilerplate; `raw` is the same paragraph with its markup.
pub(super) fn is_boilerplate(raw: &str, text: &str) -> bool {
    if text.len() > LONGEST || text.is_empty() {
        return false;
    }
    if is_only_links(raw, text) {
        return true;
    }
    if text.starts_with(['"', '“', '‘']) {
        return false;
    }
    let plain = normal(text);
    let words = memchr::memchr_iter(b' ', plain.as_bytes()).count() + 1;
    is_in(LABELS, plain.trim_end_matches(TRAILING))
        || is_age(&plain, words)
        || is_photo_credit(text, &plain, words)
        || is_request(&plain, words)
        || is_highlight(text, words)
        || footer::is_footer(text, &plain)
        || OPENING.at_start(&plain, words).any(|phrase| opens(&plain, phrase))
        || HOLDING.is_in(&plain, words)
        || is_contact(&plain, words)
        || is_credit(&plain, words)
        || is_follow(&plain, words)
        || is_related_link(&plain, text, words)
        || is_bracketed_link(text, &plain, words)
}

/// Whether a line is, word for word, a label of web pages (`Advertisement`, `Read more`).
pub(super) fn is_label(text: &str) -> bool {
    text.len() <= 60 && text.starts_with(char::is_uppercase) && is_in(LABELS, normal(text).trim_end_matches(TRAILING))
}

/// Whether a line is a mark without words: a rule, a bullet, stars.
pub(super) fn is_mark(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '*' | '_' | '=' | '~' | '•' | '·' | '#' | '–' | '—' | '+' | '|' | '■' | '▪' | '●' | '>' | '\\'
            )
    })
}

/// Lower case, straight apostrophes, no marks of quotation or lists at the start.
fn normal(text: &str) -> String {
    let text = text.trim_start_matches(['(', '[', '•', '*', '-', '–', '—', '>', '»', '▶', '►', '|', ' ']);
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .map(|c| match c {
            '’' => '\'',
            '\u{a0}' => ' ',
            _ => c.to_ascii_lowercase(),
        })
        .collect()
}

/// Whether a phrase stands at the start as whole words.
fn opens(plain: &str, phrase: &str) -> bool {
    plain.strip_prefix(phrase).is_some_and(|rest| {
        let glued =
            phrase.ends_with(char::is_alphanumeric) && rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'');
        !glued
    })
}

/// How old a page is: `7 years ago`, `Updated 3 hours ago`.
fn is_age(plain: &str, words: usize) -> bool {
    let age = plain.trim_start_matches("updated ").trim_start_matches("published ");
    words <= 4 && age.starts_with(|c: char| c.is_ascii_digit()) && age.ends_with(" ago") && age.split(' ').count() == 3
}

/// The credit of a photograph, alone in its paragraph: `Jane Doe/Reuters`, `(Jane Doe for Example via AP)`.
fn is_photo_credit(text: &str, plain: &str, words: usize) -> bool {
    const AGENCIES: [&str; 13] = [
        "/reuters",
        "/ap",
        "/afp",
        "/epa",
        "/getty images",
        "/getty",
        "/ap images",
        "/ap photo",
        "/shutterstock",
        "via ap",
        "via reuters",
        "via getty images",
        "/associated press",
    ];
    let named = |w: &str| {
        let w = w.trim_start_matches(['(', '[']);
        !w.starts_with(char::is_lowercase) || matches!(w, "via" | "and" | "for" | "of" | "the" | "by")
    };
    let end = plain.trim_end_matches([')', ']', '.']);
    words <= 10
        && AGENCIES.iter().any(|a| end.strip_suffix(a).is_some_and(|rest| !rest.is_empty()))
        && text.split_whitespace().all(named)
}

/// Requests to support or to install: `Support the Example's journalism`, `Download the Example app`.
fn is_request(plain: &str, words: usize) -> bool {
    let (first, last) = (plain.split(' ').next(), plain.trim_end_matches(['.', '!']).rsplit(' ').next());
    match (first, last) {
        (Some("support"), Some("journalism")) => words <= 6 && plain.contains("'s "),
        (Some("download" | "get"), _) => {
            words <= 15 && plain.split(' ').nth(1) == Some("the") && plain.contains(" app for ")
        }
        _ => false,
    }
}

/// The first point of a summary with its label: `Story highlights The bridge is open`.
fn is_highlight(text: &str, words: usize) -> bool {
    let rest = text.strip_prefix("Story highlights ").or_else(|| text.strip_prefix("STORY HIGHLIGHTS "));
    words <= 30 && rest.is_some_and(|rest| rest.starts_with(|c: char| !c.is_lowercase()))
}

fn is_in(list: &[&str], text: &str) -> bool {
    list.binary_search(&text).is_ok()
}

/// Addresses to turn to: `To contact the paper visit:`, `For more information, call ...`.
fn is_contact(plain: &str, words: usize) -> bool {
    const ENDINGS: [&str; 12] = [
        "visit",
        "go to",
        "click",
        "click here",
        "here",
        "call",
        "email",
        "e-mail",
        "write to",
        "see",
        "at",
        "contact",
    ];
    const AIMS: [&str; 12] = [
        "to contact ",
        "to reach ",
        "to join ",
        "to subscribe",
        "to donate",
        "to support ",
        "to learn more",
        "to find out more",
        "to read more",
        "to sign up",
        "to submit ",
        "to comment on this",
    ];
    if words > 30 {
        return false;
    }
    let held = |p: &str| plain.contains(&format!(" {p} ")) || plain.contains(&format!(" {p}: "));
    let address = || ["www.", "http", "@", ".com", ".org"].iter().any(|mark| plain.contains(mark));
    if AIMS.iter().any(|aim| plain.starts_with(aim)) {
        let open = plain.ends_with(':');
        let end = plain.trim_end_matches([':', '.', ' ']);
        let asks = ENDINGS.iter().any(|e| end.ends_with(&format!(" {e}")));
        return (asks && (open || !plain.ends_with('.') || end.ends_with(" here")))
            || (address() && ENDINGS.iter().any(|e| held(e)));
    }
    let information = [
        "for more information",
        "for further information",
        "for more details",
        "for more on this",
        "for more news",
        "for more stories",
    ];
    information.iter().any(|p| plain.starts_with(p))
        && (address()
            || ENDINGS.iter().any(|e| held(e) || plain.trim_end_matches([':', '.']).ends_with(&format!(" {e}"))))
}

/// Credits at the end of a story: `The Agency contributed to this report.`
fn is_credit(plain: &str, words: usize) -> bool {
    const KINDS: [&str; 6] = ["report", "article", "story", "post", "piece", "dispatch"];
    let Some((_, rest)) = plain.split_once(" contributed ") else {
        return false;
    };
    let rest = rest.trim_start_matches("reporting ").trim_start_matches("research ");
    let kind = rest.strip_prefix("to this ").or_else(|| rest.strip_prefix("to the "));
    words <= 60
        && !plain.contains(['"', '“'])
        && kind.is_some_and(|rest| KINDS.iter().any(|k| opens(rest, k)) && rest.split(' ').count() <= 12)
}

/// Where to find an author: `Follow Jane on Twitter`, `Reach her at ...`.
fn is_follow(plain: &str, words: usize) -> bool {
    const PLACES: [&str; 12] = [
        " on twitter",
        " on facebook",
        " on instagram",
        " on linkedin",
        " on x:",
        " on x.",
        " on x at",
        " on threads",
        " on mastodon",
        " on bluesky",
        " on youtube",
        " on tiktok",
    ];
    const WHOM: &[&str] = &[
        "follow him on ",
        "follow her on ",
        "follow them on ",
        "follow him @",
        "follow her @",
        "reach him at ",
        "reach her at ",
        "email him at ",
    ];
    static WHOM_HOLDING: LazyLock<PhraseIndex> = LazyLock::new(|| PhraseIndex::new(&[(60, WHOM)]));
    let place = || PLACES.iter().any(|p| plain.contains(p));
    let address = || plain.contains('@');
    (words <= 40 && plain.starts_with("follow ") && place())
        || WHOM_HOLDING.is_in(plain, words)
        || (words <= 60 && address() && (plain.contains(" can be reached at ") || plain.contains("email her at ")))
}

/// A pointer to another page in brackets: `( Also on THE SITE: ...)`, `(PHOTOS: ...)`.
fn is_bracketed_link(text: &str, plain: &str, words: usize) -> bool {
    const KINDS: [&str; 8] = ["also on ", "see also", "photos", "photo:", "video", "related", "more:", "read more"];
    words <= 25 && text.starts_with('(') && text.ends_with(')') && KINDS.iter().any(|k| plain.starts_with(k))
}

/// The title of another story with `Read more` behind it.
fn is_related_link(plain: &str, text: &str, words: usize) -> bool {
    words <= 25 && plain.ends_with(" read more") && text.ends_with(['e', 'E']) && !text.contains(['“', '"'])
}

/// Whether a paragraph is nothing but addresses: `wsj.example/contact`, `**[site](https://...)**`, `pic.example.com/x`.
fn is_only_links(raw: &str, text: &str) -> bool {
    if raw.len() <= LONGEST * 5 && is_one_link(raw) && text.split_whitespace().count() <= 16 {
        return true;
    }
    let mut words = text.split_whitespace();
    let first = words.next().is_some_and(is_address);
    first && words.all(|w| is_address(w) || is_mark(w) || w == "and" || w == "or")
}

/// Whether the markup is one link, perhaps emphasised, whose words end no sentence, or the target of a reference link.
fn is_one_link(raw: &str) -> bool {
    let raw = raw.trim_matches(['*', '_', ' ']);
    if let Some((_, target)) = raw.strip_prefix('[').and_then(|r| r.split_once("]: ")) {
        return is_address(target.split_whitespace().next().unwrap_or(""));
    }
    let Some((words, address)) = raw.strip_prefix('[').and_then(|r| r.split_once("](")) else {
        return false;
    };
    let whole = address.strip_suffix(')').is_some_and(|a| !a.contains([' ', '[']) || a.contains(" \""));
    whole && !words.ends_with(['.', '!', '?', '”', '"'])
}

/// Whether a word is a web or mail address.
fn is_address(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', '<', '>', ',', '.', ';', '*', '_', '[', ']']);
    if ["http://", "https://", "www."].iter().any(|p| word.get(..p.len()).is_some_and(|s| s.eq_ignore_ascii_case(p))) {
        return true;
    }
    let host = word.split(['/', '?']).next().unwrap_or("");
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let Some((name, top)) = host.rsplit_once('.') else {
        return word.starts_with('@') && word.len() > 2;
    };
    let domain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let known = word.contains(['/', '@']) || TOPS.contains(&top.to_ascii_lowercase().as_str());
    known
        && name.len() > 1
        && host.chars().all(domain)
        && (2..=6).contains(&top.len())
        && top.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Top-level domains of bare host names.
const TOPS: [&str; 16] =
    ["com", "org", "net", "edu", "gov", "int", "info", "news", "uk", "us", "eu", "de", "fr", "io", "co", "tv"];

#[cfg(test)]
mod tests {
    use super::*;

    fn dropped(text: &str) -> bool {
        is_boilerplate(text, text)
    }

    #[test]
    fn boilerplate_is_seen() {
        for text in [
            "ADVERTISEMENT",
            "Story continues below advertisement",
            "To contact the Gazette and the River Trust visit:",
            "For more information, visit www.example.org",
            "Sign up for our newsletter to get the best of the day.",
            "Copyright © 2019 The Example Times. Click here for reprint permission.",
            "© 2020 Example News. All rights reserved.",
            "Follow us on Facebook and Twitter.",
            "Follow Jane Doe on Twitter: @janedoe",
            "Jane Doe is a writer in Geneva. Follow her on Twitter @janedoe.",
            "The Example Agency contributed to this report.",
            "— Jane Doe in Geneva and John Roe in Berne contributed to this article.",
            "(Reporting by Jane Doe; Editing by John Roe)",
            "Read more: The bridge that never was",
            "Party leaders reach a deal on the bridge Read more",
            "CLICK HERE TO GET THE EXAMPLE APP",
            "https://example.org/a?b=c",
            "example.org/contact",
            "pic.example.com/abc",
            "( Also on EXAMPLE: A bridge too few)",
            "jane@example.org",
            "7 years ago",
            "Jane Doe/Reuters",
            "(Jane Doe and John Roe/Getty Images)",
            "Jane Doe/Example Chronicle via AP",
            "Support the Example's journalism",
            "Download the Example News app for all of it",
            "Story highlights The bridge is open",
            "Sign up for Daily Opinion Newsletter Manage Newsletters",
            "—With additional reporting from Jane Doe",
            "[pullquote]",
            "Story highlights",
            "next Image 1 of 2",
            "Get breaking news alerts and special reports.",
            "This is a rush transcript. Copy may not be in its final form.",
            "Image copyright Jane Doe",
            "Contributing: Jane Doe",
        ] {
            assert!(dropped(text), "{text}");
        }
        assert!(is_boilerplate("**[example.org](https://example.org)**", "example.org"));
        assert!(is_boilerplate("[More on the bridge](https://example.org/a)", "More on the bridge"));
        assert!(is_boilerplate("[1]: https://example.org/a", "[1]: https://example.org/a"));
    }

    #[test]
    fn reporting_is_kept() {
        for text in [
            "Copyright law is to be changed, the minister said.",
            "To contact the dead was her only wish.",
            "To reach the village, rescuers had to go by boat, a trip that takes a day and cannot be made at night.",
            "Follow the money, the inspector said.",
            "“Click here,” the message said, and thousands did.",
            "Donate blood, the minister urged on Monday.",
            "Heavy rain contributed to the floods.",
            "The weather contributed to this year's bad harvest, farmers say.",
            "Readers who subscribe to the paper pay more than others, the study found.",
            "The company has signed up for the scheme.",
            "Share prices fell.",
            "More than 100 people came.",
            "Photographs of the bridge were published.",
            "U.S. troops left.",
            "He said so.And left.",
            "Yes.",
            "Comments are free.",
            "Ten years ago",
            "He sent the pictures via AP",
            "Support for journalism",
            "Story highlights the dangers of the bridge",
            "Download figures fell.",
            "Highlights of the story were read out.",
            "Close the door, she said.",
            "Also on the bridge were two men.",
            "More from Poe's column:",
        ] {
            assert!(!dropped(text), "{text}");
        }
        assert!(!is_boilerplate("[the](a) bridge [opens](b)", "the bridge opens"));
    }

    #[test]
    fn the_labels_are_sorted() {
        assert!(LABELS.is_sorted());
        assert!(is_label("Read more") && !is_label("read more"));
    }
}

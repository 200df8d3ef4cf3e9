//! Paragraph breaks inside a sentence: whether the next paragraph goes on with the last one.
//!
//! It reads two clean paragraphs and answers yes or no, by how the first one ends and how the second begins.

use super::line;

/// Whether a text ends as a sentence or a clause before a list does: with `. ! ? … : ;`, possibly inside closing
/// quotation marks or brackets.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closing = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '}' | '*' | '_' | '`' | '†')
    };
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':', ';', '‽', '。'])
}

/// Whether a text begins in lower case or with a mark that only goes on with a sentence. Names like `iPhone` count as
/// capitals.
pub(super) fn starts_lower(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    if matches!(first, ',' | ';' | ')' | '”') {
        return true;
    }
    let word = first_word(text);
    first.is_lowercase() && !word.chars().any(char::is_uppercase)
}

/// Whether the two halves of a sentence join without a space: a mark that ends something follows, or a word was broken
/// at its hyphen.
pub(super) fn joins_closely(above: &str, below: &str) -> bool {
    let hyphen = above.strip_suffix('-').is_some_and(|s| s.ends_with(char::is_alphanumeric));
    below.starts_with([',', '.', ';', ':', '!', '?', ')', '”']) || (hyphen && below.starts_with(char::is_lowercase))
}

/// Shortest paragraph that may go on in the next one, characters: with the next in lower case, and without.
const SHORTEST: (usize, usize) = (30, 60);
/// Fewest words of an unfinished sentence that goes on with a capital.
const FRAGMENT: usize = 6;
/// Bytes at the end of a paragraph in which a finished sentence is looked for.
const LOOK_BACK: usize = 2000;

/// Whether a break between two paragraphs falls inside a sentence.
///
/// A next paragraph in lower case, or a last word that asks for more, is enough. Before a capital the last paragraph
/// must be prose (a finished sentence and then an unfinished one) and the next must look like the rest of a sentence,
/// for captions, headings and lists end without a full stop too.
pub(super) fn goes_on(above: &str, below: &str) -> bool {
    if ends_sentence(above) || above.ends_with(['—', '–']) || above.ends_with("--") {
        return false;
    }
    let length = above.chars().take(SHORTEST.1).count();
    let dangling = is_dangling(above);
    if starts_lower(below) {
        return dangling || length >= SHORTEST.0;
    }
    if dangling {
        return length >= SHORTEST.0 && (first_word(below) == "I" || !is_opener(first_word(below)));
    }
    length >= SHORTEST.1 && is_unfinished_prose(above) && is_rest_of_sentence(below)
}

/// Whether a paragraph holds a finished sentence and ends with the beginning of another.
fn is_unfinished_prose(above: &str) -> bool {
    let end = line::tail(above, LOOK_BACK);
    let Some(at) = last_sentence(end) else {
        return false;
    };
    let fragment = &end[at..];
    let letter = fragment.chars().next_back().is_some_and(char::is_alphabetic);
    let marked =
        ["@", "://", "(Photo", "Image:", "Photograph:", "Getty", "|", "#"].iter().any(|m| fragment.contains(m));
    letter && !marked && fragment.split_whitespace().count() >= FRAGMENT
}

/// Whether a paragraph with a capital can be the rest of a sentence: it ends as one, and does not begin with a word
/// that takes a capital only where a sentence begins, nor with a dateline.
fn is_rest_of_sentence(below: &str) -> bool {
    let word = first_word(below);
    let top = line::head(below, 60);
    let shouted = word.len() > 3 && word.chars().all(char::is_uppercase);
    let dateline = [" — ", " – ", " -- ", " - ", "—"].iter().any(|m| top.contains(m)) && shouted;
    ends_sentence(below) && !below.ends_with(':') && !word.is_empty() && !is_opener(word) && !dateline && !shouted
}

/// Whether a text ends with a word or a mark after which something must follow.
pub(super) fn is_dangling(text: &str) -> bool {
    const WORDS: [&str; 72] = [
        "a",
        "about",
        "across",
        "after",
        "against",
        "although",
        "among",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "between",
        "but",
        "by",
        "can",
        "could",
        "despite",
        "during",
        "every",
        "for",
        "from",
        "had",
        "has",
        "have",
        "his",
        "if",
        "in",
        "including",
        "into",
        "is",
        "its",
        "like",
        "may",
        "mr",
        "mrs",
        "ms",
        "my",
        "nor",
        "of",
        "on",
        "onto",
        "or",
        "our",
        "over",
        "per",
        "she",
        "since",
        "such",
        "than",
        "that",
        "the",
        "their",
        "these",
        "those",
        "though",
        "through",
        "to",
        "under",
        "until",
        "via",
        "was",
        "were",
        "which",
        "while",
        "will",
        "with",
    ];
    if text.ends_with(',') {
        return true;
    }
    let last = text.rsplit(char::is_whitespace).next().unwrap_or("");
    last.len() <= 12 && WORDS.binary_search(&last.to_ascii_lowercase().as_str()).is_ok()
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("")
}

/// Whether a word takes its capital only where a sentence begins.
fn is_opener(word: &str) -> bool {
    const OPENERS: [&str; 64] = [
        "A",
        "After",
        "All",
        "Although",
        "An",
        "And",
        "Another",
        "Any",
        "As",
        "At",
        "Because",
        "Before",
        "Both",
        "But",
        "By",
        "Despite",
        "During",
        "Even",
        "Few",
        "For",
        "From",
        "Having",
        "He",
        "Her",
        "Here",
        "His",
        "How",
        "However",
        "I",
        "If",
        "In",
        "Instead",
        "It",
        "Its",
        "Last",
        "Many",
        "Meanwhile",
        "More",
        "Most",
        "My",
        "No",
        "Not",
        "Now",
        "On",
        "One",
        "Our",
        "She",
        "Since",
        "So",
        "Some",
        "Such",
        "That",
        "The",
        "Their",
        "There",
        "These",
        "They",
        "This",
        "Those",
        "We",
        "What",
        "When",
        "While",
        "You",
    ];
    OPENERS.contains(&word)
}

/// Where the last sentence of a text begins, if another ends before it.
fn last_sentence(text: &str) -> Option<usize> {
    let mut ends = text.rmatch_indices(['.', '!', '?']).map(|(at, _)| at);
    ends.find_map(|at| {
        let after = text[at + 1..].trim_start_matches(['"', '”', '’', '\'', ')']);
        let next = after.strip_prefix(' ')?.trim_start_matches(['"', '“', '‘', '(']);
        let word = text[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or("");
        let abbreviated = word.contains('.') || word.chars().count() < 2 || TITLES.contains(&word);
        (next.starts_with(char::is_uppercase) && !abbreviated).then(|| text.len() - next.len())
    })
}

/// Words whose full stop ends no sentence before a capital.
const TITLES: [&str; 20] = [
    "Mr", "Mrs", "Ms", "Dr", "St", "Sen", "Rep", "Gov", "Gen", "Jr", "Sr", "Lt", "Col", "Prof", "Rev", "Sgt", "No",
    "vs", "Capt", "Maj",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_inside_a_sentence_are_found() {
        for (above, below) in [
            ("The rule was kept by both of the former mayors, including", "Poe."),
            ("The plan was spurred by the", "growth of trade."),
            ("The paper reported on Monday that talks were underway", "between the two towns."),
            ("The mayor left. She was followed by the head of the town council, Jane", "Doe, who said nothing."),
            ("He paid nearly all of what the council asked for, or about", "$3 million."),
        ] {
            assert!(goes_on(above, below), "{above}");
        }
    }

    #[test]
    fn other_breaks_are_kept() {
        for (above, below) in [
            ("The rule was kept by both mayors, including Poe.", "the end."),
            ("He said: “We will build it.”", "she said."),
            ("The list of those who came to the town hall on Monday morning:", "apples"),
            ("A Long Road to the Bridge", "The mayor said so."),
            ("People wait at the town hall of the city of Geneva on Monday morning", "The mayor said so."),
            ("Where we are", "The mayor said so."),
            ("apples", "pears"),
            ("The phone was shown by the firm on Monday at a fair", "iPhone sales grew."),
        ] {
            assert!(!goes_on(above, below), "{above}");
        }
    }

    #[test]
    fn the_word_list_is_sorted() {
        assert!(is_dangling("and the") && is_dangling("said a") && is_dangling("come with") && is_dangling("x,"));
        assert!(!is_dangling("the bridge"));
    }
}

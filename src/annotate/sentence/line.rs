//! Ends of sentences that no mark makes: lines of their own that run on into what follows because the line breaks of a
//! text are lost. Stamps and closings of letters, addresses, drawn lines, sources in brackets, numbers of a list.

use super::{is_pause, is_rule, is_terminal, starts_upper, touches};
use crate::document::{Document, Token, TokenKind};

/// Words that close a letter, before the writer's name.
const CLOSINGS: [&str; 8] =
    ["thanks", "regards", "sincerely", "cheers", "respectfully", "cordially", "best", "faithfully"];

/// Index at which a line ends or begins that the token at `at` tells of, above `start`, where the sentence begins.
pub(super) fn line_end(doc: &Document, start: usize, at: usize, last: usize) -> Option<usize> {
    let token = &doc.tokens[at];
    let end = match token.kind {
        TokenKind::Number => return stamp(doc, start, at, last).or_else(|| item(doc, start, at, last)),
        TokenKind::Url => address(doc, at, last),
        TokenKind::Email => (before_capital(doc, at, last) || begins_stamp(doc, at + 1, last)).then_some(at + 1),
        TokenKind::Punctuation | TokenKind::Symbol => match doc.article.text.as_bytes()[token.span.start as usize] {
            b',' if at <= start + 3 => closing(doc, start, at, last),
            b')' | b']' => source(doc, start, at, last),
            b'-' | b'_' | b'=' | b'*' | b'~' | b'#' if is_rule(doc.surface(token)) => {
                return Some(if at > start { at } else { at + 1 });
            }
            _ => None,
        },
        _ => None,
    };
    end.filter(|&end| end < last)
}

/// Whether a word with a capital follows the token at `at`, with space before it.
fn before_capital(doc: &Document, at: usize, last: usize) -> bool {
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < last);
    next.is_some_and(|t| t.kind == TokenKind::Word && starts_upper(doc, t)) && !touches(doc, at, at + 1)
}

/// `08/16/2000 03:48 PM` of a forwarded letter: a line ends behind it, and one before it unless a preposition leads to
/// it.
fn stamp(doc: &Document, start: usize, at: usize, last: usize) -> Option<usize> {
    if !begins_stamp(doc, at, last) {
        return None;
    }
    let led = at > start && matches!(doc.surface(&doc.tokens[at - 1]), "on" | "On" | "at" | "At" | "from" | "," | "(");
    if at > start && !led {
        return Some(at);
    }
    let half = doc.tokens.get(at + 2).filter(|_| at + 2 < last).map_or("", |t| doc.surface(t));
    let end = at + 2 + usize::from(matches!(half, "AM" | "PM" | "am" | "pm"));
    let next = doc.tokens.get(end).filter(|_| end < last)?;
    let goes_on = match next.kind {
        TokenKind::Word => led && !starts_upper(doc, next),
        TokenKind::Punctuation => is_pause(doc.surface(next)) || is_terminal(doc.surface(next)),
        _ => false,
    };
    (!goes_on).then_some(end)
}

fn begins_stamp(doc: &Document, at: usize, last: usize) -> bool {
    // The shortest is `1/1/99`, and most numbers are shorter.
    if doc.tokens[..last].get(at).is_none_or(|t| t.span.end - t.span.start < 6) {
        return false;
    }
    let number = |at: usize| doc.tokens[..last].get(at).filter(|t| t.kind == TokenKind::Number);
    let has = |t: &Token, mark: u8, count: usize| {
        doc.surface(t).bytes().filter(|&b| b == mark).count() == count
            && doc.surface(t).bytes().all(|b| b == mark || b.is_ascii_digit())
    };
    number(at).is_some_and(|day| has(day, b'/', 2))
        && number(at + 1).is_some_and(|time| has(time, b':', 1) || has(time, b':', 2))
}

/// The number of a list's item behind a colon: `Three things: 1. Open the box`.
fn item(doc: &Document, start: usize, at: usize, last: usize) -> Option<usize> {
    let behind = at > start && doc.surface(&doc.tokens[at - 1]) == ":" && !touches(doc, at - 1, at);
    let listed = behind
        && doc.surface(&doc.tokens[at]).len() <= 2
        && at + 1 < last
        && touches(doc, at, at + 1)
        && doc.surface(&doc.tokens[at + 1]) == "."
        && before_capital(doc, at + 1, last);
    listed.then_some(at)
}

/// A full web address before a capital or another address. `Amazon.com` is a name and ends nothing.
fn address(doc: &Document, at: usize, last: usize) -> Option<usize> {
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < last)?;
    let full =
        |t: &Token| t.kind == TokenKind::Url && (doc.surface(t).contains('/') || doc.surface(t).starts_with("www."));
    (full(&doc.tokens[at]) && (before_capital(doc, at, last) || full(next))).then_some(at + 1)
}

/// `Best regards,` before the writer's name, `Hi,` and `Dear all,` before the letter.
fn closing(doc: &Document, start: usize, at: usize, last: usize) -> Option<usize> {
    if at == start || !before_capital(doc, at, last) {
        return None;
    }
    let opens = matches!(doc.surface(&doc.tokens[start]), "Dear" | "dear") && at > start + 1
        || at == start + 1 && matches!(doc.surface(&doc.tokens[start]), "Hi" | "hi");
    let word = doc.norm(&doc.tokens[at - 1]);
    (opens || CLOSINGS.contains(&word) && starts_upper(doc, &doc.tokens[start])).then_some(at + 1)
}

/// A remark in brackets that begins the line, before a capital: `(CNN) The president`. `(a)` counts items.
fn source(doc: &Document, start: usize, at: usize, last: usize) -> Option<usize> {
    let opens = match doc.surface(&doc.tokens[start]) {
        "(" => doc.surface(&doc.tokens[at]) == ")",
        // A short one may stand for the words left out of a quotation: `[The reporter] Hannah Vale said`.
        "[" => doc.surface(&doc.tokens[at]) == "]" && at > start + 4,
        _ => false,
    };
    if !opens {
        return None;
    }
    let words = &doc.tokens[start + 1..at.max(start + 1)];
    let spoken = words.iter().any(|t| t.kind == TokenKind::Word && t.span.end - t.span.start > 1);
    (spoken && before_capital(doc, at, last)).then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_forwarded_letter_is_cut_at_its_stamp() {
        check("Ann Vale@ACME | 08/16/2000 03:48 PM | Please sign it. | Thanks, | Ann");
        check("Ann wrote on 08/16/2000 03:48 PM | Steve, it is late.");
        check("It broke on 08/16/2000 03:48 PM, as they said.");
    }

    #[test]
    fn letters_are_cut_at_their_greeting_and_closing() {
        check("Hi, | We shall come.");
        check("Dear all, | We shall come. | Best regards, | Ann Vale");
        check("Thanks, he said. | Best, says Vale, is tea.");
    }

    #[test]
    fn addresses_end_lines_and_names_of_firms_do_not() {
        check("See https://example.org/a.html | https://example.org/b.html | This is it.");
        check("Amazon.com Chief Ann Vale spoke.");
    }

    #[test]
    fn a_remark_in_brackets_before_a_sentence_stands_alone() {
        check("(CNN) | The president left.");
        check("It rained. | (Applause) | Now we go.");
        check("(a) The first. | [The reporter] Hannah Vale left.");
    }

    #[test]
    fn drawn_lines_and_numbers_of_items_begin_anew() {
        check("They wrote here | ----- | and there.");
        check("I want this: | 1. Open it. | 2. Shut it.");
    }
}

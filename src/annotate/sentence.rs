//! The sentence stage: groups the tokens of each passage into sentences. A title is one sentence.
//!
//! A sentence ends after `.`, `!`, `?` or an ellipsis and the closing marks behind it, when what follows may start one.
//! A dot that belongs to an abbreviation ends a sentence only before a word that starts sentences. A quotation that
//! ends in `?"` or `."` and goes on with its cue (`she said`) is not cut off from it. No sentence crosses a passage.

mod line;

use crate::annotate::Annotator;
use crate::annotate::abbreviation::{self, Class};
use crate::annotate::reporting;
use crate::document::{Document, Layer, PassageKind, Sentence, Span, Token, TokenKind};
use crate::model::stopword;

/// A sentence longer than this many tokens is cut at its next comma-like mark, or there: text without full stops
/// must not make one sentence of a whole file.
const LONGEST: usize = 300;

/// Writes `Document::sentences`.
#[derive(Debug, Default)]
pub struct Sentencizer;

impl Annotator for Sentencizer {
    fn layer(&self) -> Layer {
        Layer::Tokens
    }

    fn annotate(&self, doc: &mut Document) {
        let mut sentences = Vec::with_capacity(doc.tokens.len() / 20 + 1);
        let mut number = 0;
        let mut first = 0;
        for (index, passage) in doc.article.passages.iter().enumerate() {
            let last = first + doc.tokens[first..].partition_point(|t| t.span.start < passage.span.end);
            let mut start = first;
            while start < last {
                let end = match passage.kind {
                    PassageKind::Title => last,
                    _ => sentence_end(doc, start, last),
                };
                let in_body = passage.kind != PassageKind::Title;
                number += u32::from(in_body);
                sentences.push(Sentence {
                    span: Span::new(doc.tokens[start].span.start, doc.tokens[end - 1].span.end),
                    tokens: Span::new(start as u32, end as u32),
                    passage: index as u32,
                    number: if in_body { number } else { 0 },
                });
                start = end;
            }
            first = last;
        }
        doc.sentences = sentences;
    }
}

/// Index after the last token of the sentence that starts at `start`; `last` is the passage's end.
fn sentence_end(doc: &Document, start: usize, last: usize) -> usize {
    let text = doc.article.text.as_bytes();
    let mut at = start;
    while at < last {
        let token = &doc.tokens[at];
        // Most tokens are words that no dot ends: told at one look.
        let word = token.kind == TokenKind::Word;
        if word && text[token.span.end as usize - 1] != b'.' && at + 1 - start < LONGEST {
            at += 1;
            continue;
        }
        let surface = doc.surface(token);
        if !word && let Some(end) = line::line_end(doc, start, at, last) {
            return end;
        }
        at += 1;
        let terminal = match token.kind {
            TokenKind::Punctuation => is_terminal(surface),
            TokenKind::Word => surface.ends_with('.'),
            TokenKind::Symbol => is_emoticon(doc, at - 1),
            _ => false,
        };
        if terminal {
            let mut after = skip_closers(doc, at, last);
            let smiles = !word && after < last && is_emoticon(doc, after);
            after += usize::from(smiles);
            if after == last || smiles {
                return after;
            }
            let ends = match token.kind {
                TokenKind::Word => abbreviation_ends(doc, surface, after),
                _ => !numbers_item(doc, start, at) && mark_ends(doc, surface, at, after, last),
            };
            if ends {
                return after;
            }
            at = after;
        } else if at - start >= LONGEST && (at - start >= 2 * LONGEST || is_pause(surface)) {
            return at;
        }
    }
    last
}

/// `:)` and the like, which end a sentence like a mark and belong to the one that a mark ends before them.
fn is_emoticon(doc: &Document, at: usize) -> bool {
    let token = &doc.tokens[at];
    token.kind == TokenKind::Symbol && token.span.end - token.span.start > 1 && {
        let surface = doc.surface(token);
        surface.starts_with([':', ';', '=']) && !surface.ends_with('=')
    }
}

fn is_terminal(surface: &str) -> bool {
    surface.starts_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// A line drawn with marks (`-----`), which ends what is before it.
fn is_rule(surface: &str) -> bool {
    surface.len() >= 5 && surface.bytes().all(|b| matches!(b, b'-' | b'_' | b'=' | b'*' | b'~' | b'#'))
}

/// Whether all there is before a dot is the number of an item: `2. Open the box`.
fn numbers_item(doc: &Document, start: usize, at: usize) -> bool {
    at == start + 2
        && doc.surface(&doc.tokens[at - 1]) == "."
        && touches(doc, start, start + 1)
        && doc.tokens[start].kind == TokenKind::Number
        && doc.surface(&doc.tokens[start]).len() <= 2
}

fn is_pause(surface: &str) -> bool {
    matches!(surface, "," | ";" | ":" | "—" | "–" | "--")
}

fn touches(doc: &Document, left: usize, right: usize) -> bool {
    doc.tokens[left].span.end == doc.tokens[right].span.start
}

/// Index after the closing quotation marks and brackets that stand at `at` and belong to what is before them.
fn skip_closers(doc: &Document, mut at: usize, last: usize) -> usize {
    while at < last && touches(doc, at - 1, at) {
        let closes = match doc.surface(&doc.tokens[at]) {
            "”" | "’" | ")" | "]" | "»" => true,
            // A straight mark closes when nothing but space or another closing mark follows it.
            "\"" | "'" => at + 1 == last || !touches(doc, at, at + 1) || is_closer(doc, at + 1),
            mark => mark.starts_with(['*', '_']),
        };
        if !closes {
            break;
        }
        at += 1;
    }
    at
}

fn is_closer(doc: &Document, at: usize) -> bool {
    matches!(
        doc.surface(&doc.tokens[at]),
        "”" | "’" | ")" | "]" | "\"" | "'" | "," | "." | ";" | ":" | "—" | "–" | "--"
    )
}

/// Whether a sentence ends after a terminal mark, `after` being the first token behind its closing marks.
fn mark_ends(doc: &Document, mark: &str, at: usize, after: usize, last: usize) -> bool {
    let next = opener_skipped(doc, after, last);
    let Some(token) = doc.tokens.get(next).filter(|_| next < last) else {
        return true;
    };
    if after == at && is_terminal(doc.surface(&doc.tokens[after])) {
        // `?!`, `.?`, `? ?`: the last of the marks decides.
        let again = matches!(mark, "?" | "!") && mark == doc.surface(&doc.tokens[after]);
        if again || touches(doc, at - 1, after) {
            return false;
        }
    }
    if mark == "." && after == at && touches(doc, at - 1, after) && token.kind == TokenKind::Word {
        // `word.Word` without a space: a missing space after a lower-case word, else a name such as `Node.js`.
        return starts_upper(doc, token) && at >= 2 && doc.surface(&doc.tokens[at - 2]).ends_with(char::is_lowercase);
    }
    match token.kind {
        TokenKind::Word if !starts_upper(doc, token) => after == at && next == at && small_start(doc, mark, at),
        TokenKind::Punctuation => !is_pause(doc.surface(token)) && !is_closer(doc, next),
        // `"Why?" Vale asked` is one sentence; `"No." Vale left` is two.
        TokenKind::Word if after > at && !mark.starts_with('.') => !cue_follows(doc, next, last),
        _ => true,
    }
}

/// Whether a mark ends a sentence before a small letter: careless writing leaves capitals out. The mark of a name
/// (`Yahoo! said`), an unknown abbreviation and an ellipsis do not.
fn small_start(doc: &Document, mark: &str, at: usize) -> bool {
    let before = at.checked_sub(2).map_or("", |at| doc.surface(&doc.tokens[at]));
    let plain = before.chars().all(char::is_lowercase)
        && (before.len() > 2 || before.len() == 2 && stopword::is_stopword(before));
    match mark {
        "." | "!" => plain && !touches(doc, at - 1, at),
        _ => mark.starts_with('?') || mark.starts_with("!!"),
    }
}

/// Whether `Name said` or `said Name` begins at `next`.
fn cue_follows(doc: &Document, next: usize, last: usize) -> bool {
    let words = &doc.tokens[next..last.min(next + 4)];
    words.iter().take_while(|t| t.kind == TokenKind::Word).skip(1).any(|t| reporting::is_plain_cue(doc.norm(t)))
}

/// Whether a sentence ends after an abbreviation with a dot.
fn abbreviation_ends(doc: &Document, surface: &str, after: usize) -> bool {
    let token = &doc.tokens[after];
    let word = surface.trim_end_matches('.');
    if abbreviation::class(word) == Some(Class::Title) || (word.len() == 1 && surface.len() == 2) {
        return false;
    }
    match token.kind {
        TokenKind::Word => {
            starts_upper(doc, token) && (word == "etc" || stopword::is_stopword(&doc.surface(token).to_lowercase()))
        }
        TokenKind::Punctuation => matches!(doc.surface(token), "“" | "‘"),
        _ => false,
    }
}

fn starts_upper(doc: &Document, token: &Token) -> bool {
    doc.surface(token).chars().next().is_some_and(|c| !c.is_lowercase())
}

/// Index of the first token at or after `at` that opens nothing.
fn opener_skipped(doc: &Document, at: usize, last: usize) -> usize {
    let opens = |t: &Token| matches!(doc.surface(t), "“" | "‘" | "(" | "[" | "\"" | "'" | "«" | "*" | "**");
    (at..last).find(|&i| !opens(&doc.tokens[i])).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use crate::annotate::fixture::tokenized;

    /// Sentences joined by ` | `.
    fn sentences(text: &str) -> String {
        let doc = tokenized(text);
        doc.sentences.iter().map(|s| doc.text(s.span)).collect::<Vec<_>>().join(" | ")
    }

    pub(super) fn check(marked: &str) {
        assert_eq!(sentences(&marked.replace(" | ", " ")), marked);
    }

    #[test]
    fn plain_sentences_end_at_their_marks() {
        check("It rained. | Nobody came! | Why not? | Who knows…");
        check("He waited... and left. | She stayed.");
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        check("Mr. Vale met Dr. Orr of Acme Corp. in the U.S. Senate. | They spoke.");
        check("He lives in the U.S. | The house is large.");
        check("Lt. J. K. Orr paid No. 5 at 5 p.m. on Monday.");
    }

    #[test]
    fn closing_quotes_belong_to_their_sentence() {
        check("“It is late.” | He left.");
        check("\"It is late.\" | \"Go home.\" | He left.");
        check("He said it had “ended.” | Nobody believed “it”—that is, nobody. | So it went.");
    }

    #[test]
    fn a_quotation_is_not_cut_from_its_cue() {
        check("“Why now?” she asked. | Nobody spoke.");
        check("“Why now?” Vale asked. | Nobody spoke.");
        check("They held the ground,\" claiming it was theirs. | It was not.");
        check("The highest level in “history” and, in that, the last.");
    }

    #[test]
    fn a_straight_quote_after_a_stop_may_open_the_next_sentence() {
        check("He left. | \"Go home,\" she said.");
        check("He left. | 'Go home,' she said.");
    }

    #[test]
    fn numbers_and_names_with_dots_are_not_ends() {
        check("Growth was 3.5 percent. | In 2024 it fell.");
        check("They wrote it in Node.js last year.");
        check("It came in 2024. | 300 people left.");
    }

    #[test]
    fn a_smile_belongs_to_the_sentence_before_it() {
        check("That is good. :) | Only in books!! :D | They left :) | So did we.");
        check("Is it going to be ignored ? ? ? | He left.");
    }

    #[test]
    fn careless_writing_leaves_capitals_out() {
        check("i knew someone who had it. | why do you ask?");
        check("Dogs, cats, etc. | Never mind. | It is etc. and so on.");
    }

    #[test]
    fn an_initial_before_two_names_is_no_end() {
        check("It was founded by the author L. Ron Hubbard. | He took plan B. | Then he left.");
    }

    #[test]
    fn a_text_without_stops_is_cut() {
        let text = "word, ".repeat(5_000);
        assert!(tokenized(&text).sentences.len() >= 5);
    }
}

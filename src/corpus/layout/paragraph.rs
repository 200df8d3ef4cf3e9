//! Body lines become paragraphs: which line breaks are wraps and which are ends.
//!
//! It reads the lines and their roles and groups them; marks of headings, lists and block quotations are cut off on
//! the way. It joins nothing across blank lines (see `rejoin`).

use std::ops::Range;

use super::boilerplate;
use super::footer;
use super::line::{Line, Role};
use super::rejoin::ends_sentence;
use super::title;

/// What a group of lines is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text.
    Text,
    /// A marked heading.
    Heading,
    /// An item of a list.
    Item,
    /// Left out and recorded as boilerplate whatever it says.
    Furniture,
}

/// Lines that make one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Indices of its lines.
    pub(super) lines: Range<usize>,
    /// What it is.
    pub(super) kind: Kind,
}

/// Lines longer than this, in characters, are never wrapped by hand.
const WIDEST: usize = 200;

/// Groups the body lines.
pub(super) fn paragraphs(raw: &str, lines: &mut [Line]) -> Vec<Paragraph> {
    let mut out = Vec::with_capacity(lines.len());
    let mut at = 0;
    let column = column(raw, lines);
    while at < lines.len() {
        let role = lines[at].role;
        let mut end = at + 1;
        while end < lines.len() && lines[end].role == role && !lines[end].opens_block {
            end += 1;
        }
        match role {
            Role::Body => block(raw, lines, at..end, column, &mut out),
            Role::Furniture => out.push(Paragraph { lines: at..end, kind: Kind::Furniture }),
            Role::Title | Role::Metadata | Role::Mark => {}
        }
        at = end;
    }
    out
}

/// Groups the lines of one block.
fn block(raw: &str, lines: &mut [Line], range: Range<usize>, column: Option<usize>, out: &mut Vec<Paragraph>) {
    // A line of its own that begins with a letter or a quotation mark is no list, no mark and no heading: most are such.
    let begins = |c: char| c.is_ascii_alphabetic() || matches!(c, '"' | '“');
    if range.len() == 1 && lines[range.start].text(raw).starts_with(begins) {
        return out.push(Paragraph { lines: range, kind: Kind::Text });
    }
    let first = out.len();
    let shape = Shape::of(raw, &lines[range.clone()], column);
    let mut fresh = true;
    for at in range {
        cut_quote_mark(raw, &mut lines[at]);
        let line = lines[at];
        let text = line.text(raw);
        if title::is_underline(text) && heading_above(raw, lines, out, first, at) {
            fresh = true;
            continue;
        }
        if boilerplate::is_mark(text) || text.starts_with("```") {
            lines[at].role = Role::Mark;
            fresh = true;
            continue;
        }
        let above = if fresh { None } else { out.last() };
        let may_be_item = above.is_none_or(|p| p.kind != Kind::Text || ends_clause(raw, lines, p));
        let kind = kind(raw, &mut lines[at], may_be_item);
        let footer =
            footer::opens_footer(text) && above.is_none_or(|p| may_precede_footer(raw, &lines[p.lines.clone()]));
        let alone = kind != Kind::Text || footer || boilerplate::is_label(text);
        let joined = !fresh && !alone && !shape.breaks(raw, lines[at - 1], line);
        match out.last_mut() {
            Some(paragraph) if joined => paragraph.lines.end = at + 1,
            _ => out.push(Paragraph { lines: at..at + 1, kind }),
        }
        fresh = match footer {
            true => footer::is_copyright(text),
            false => kind == Kind::Heading || (alone && kind == Kind::Text),
        };
    }
}

/// Whether a footer may follow a paragraph: it ends a sentence or is a part of the footer itself.
fn may_precede_footer(raw: &str, above: &[Line]) -> bool {
    let ends = above.last().is_some_and(|l| ends_sentence(l.text(raw)));
    ends || above.first().is_some_and(|l| footer::opens_footer(l.text(raw)))
}

/// Makes the single line above an underline a heading; false where it is none.
fn heading_above(raw: &str, lines: &mut [Line], out: &mut [Paragraph], first: usize, at: usize) -> bool {
    let Some(above) = out.get_mut(first..).and_then(<[Paragraph]>::last_mut) else {
        return false;
    };
    let line = lines[above.lines.start];
    let short = above.lines.len() == 1 && line.end - line.start <= 160 && !ends_sentence(line.text(raw));
    if above.kind == Kind::Text && above.lines.end == at && short {
        above.kind = Kind::Heading;
        lines[at].role = Role::Mark;
        return true;
    }
    false
}

/// What a line's marks make it; they are cut off. In the middle of running text nothing is a list.
fn kind(raw: &str, line: &mut Line, may_be_item: bool) -> Kind {
    if let Some((words, _)) = title::marked(raw, *line) {
        *line = words;
        return match title::is_too_long(words.text(raw)) {
            true => Kind::Text,
            false => Kind::Heading,
        };
    }
    let text = line.text(raw);
    let mark = text.bytes().next().is_some_and(|byte| matches!(byte, b'-' | b'*' | b'+' | 0xe2));
    let bullets: &[&str] = if mark { &["- ", "* ", "+ ", "• ", "‣ ", "▪ ", "● ", "– "] } else { &[] };
    let bullet = bullets.iter().find(|b| text.starts_with(**b));
    if let Some(bullet) = bullet.filter(|_| may_be_item) {
        let rest = text[bullet.len()..].trim_start();
        line.start = line.end - rest.len() as u32;
        return Kind::Item;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=2).contains(&digits) && [". ", ") "].iter().any(|m| text[digits..].starts_with(m));
    if numbered && may_be_item { Kind::Item } else { Kind::Text }
}

/// Whether a list may follow a paragraph.
fn ends_clause(raw: &str, lines: &[Line], paragraph: &Paragraph) -> bool {
    lines[..paragraph.lines.end].last().is_some_and(|l| ends_sentence(l.text(raw)))
}

/// Cuts off the `>` of block quotations.
fn cut_quote_mark(raw: &str, line: &mut Line) {
    let text = line.text(raw);
    let rest = text.trim_start_matches(['>', ' ', '\t']);
    if text.starts_with('>') && !rest.is_empty() {
        line.start = line.end - rest.len() as u32;
    }
}

/// Fewest wraps that show a column, and the share of all line breaks inside blocks that they must be, in percent.
const WRAPS: (usize, usize) = (4, 75);

/// The column at which the whole file was wrapped by hand, in characters, if it was: nearly every line that another
/// one follows in its block is so long that the next word would not have fitted.
fn column(raw: &str, lines: &[Line]) -> Option<usize> {
    let mut width = None;
    for line in lines.iter().filter(|line| line.role == Role::Body) {
        let length = length(raw, *line);
        if length > WIDEST {
            return None;
        }
        width = width.max(Some(length));
    }
    let width = width?;
    let inside = |pair: &&[Line]| pair[0].role == Role::Body && pair[1].role == Role::Body && !pair[1].opens_block;
    let (mut breaks, mut wraps) = (0, 0);
    for pair in lines.windows(2).filter(inside) {
        breaks += 1;
        wraps += usize::from(!fits(raw, pair[0], pair[1], width));
    }
    (wraps >= WRAPS.0 && 100 * wraps >= WRAPS.1 * breaks).then_some(width)
}

/// Characters of a line; of one that is too long to be wrapped by hand, only that it is.
fn length(raw: &str, line: Line) -> usize {
    match (line.end - line.start) as usize {
        bytes if bytes > 4 * WIDEST => bytes,
        _ => line.text(raw).chars().count(),
    }
}

/// Whether the next line's first word would have fitted into a line.
fn fits(raw: &str, above: Line, below: Line, width: usize) -> bool {
    let word = below.text(raw).split_whitespace().next().map_or(0, |w| w.chars().take(WIDEST).count());
    length(raw, above) + 1 + word <= width
}

/// How the lines of a block are laid out.
struct Shape {
    /// Longest line that may be wrapped by hand, characters.
    width: usize,
    /// Whether most lines end a sentence, as lines do that are paragraphs.
    lines_are_paragraphs: bool,
}

impl Shape {
    fn of(raw: &str, lines: &[Line], column: Option<usize>) -> Shape {
        if let [_] = lines {
            return Shape { width: 0, lines_are_paragraphs: true };
        }
        let inner = &lines[..lines.len().saturating_sub(1)];
        let ended = || inner.iter().filter(|l| ends_sentence(l.text(raw))).count();
        let widest = || lines.iter().map(|l| length(raw, *l)).filter(|&n| n <= WIDEST).max();
        Shape {
            width: column.or_else(widest).unwrap_or(0),
            lines_are_paragraphs: column.is_none() && 2 * ended() >= inner.len(),
        }
    }

    /// Whether a paragraph ends between two lines: one of them is too long to be wrapped by hand, or the first ends a
    /// sentence and either all lines do or the next word would have fitted.
    fn breaks(&self, raw: &str, above: Line, below: Line) -> bool {
        if length(raw, above) > WIDEST || length(raw, below) > WIDEST {
            return true;
        }
        (self.lines_are_paragraphs || fits(raw, above, below, self.width)) && ends_sentence(above.text(raw))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::layout::line::lines;

    fn groups(raw: &str) -> Vec<(String, Kind)> {
        let mut lines = lines(raw);
        let found = paragraphs(raw, &mut lines);
        let text = |p: &Paragraph| lines[p.lines.clone()].iter().map(|l| l.text(raw)).collect::<Vec<_>>().join("|");
        found.iter().map(|p| (text(p), p.kind)).collect()
    }

    fn texts(raw: &str) -> Vec<String> {
        groups(raw).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let raw = "The council met on Monday to\nvote. It was the third vote in\na year.\nThe mayor was not there. She\nis ill.";
        assert_eq!(
            texts(raw),
            [
                "The council met on Monday to|vote. It was the third vote in|a year.",
                "The mayor was not there. She|is ill."
            ]
        );
    }

    #[test]
    fn a_wrapped_file_is_joined_where_lines_happen_to_end_sentences() {
        let raw = "The council of the town met in the\nafternoon and spoke of the bridge.\nThe mayor, who was there, was ill.\n\
            He spoke for an hour and was heard\nby all.\n\nA second day was named for the vote\non the bridge over the river.";
        assert_eq!(texts(raw).len(), 2, "{:?}", texts(raw));
    }

    #[test]
    fn long_lines_are_paragraphs() {
        let long = "The council met again on Monday to vote on the bridge over the river. ".repeat(4);
        assert_eq!(texts(&format!("{long}\n{long}\nShort.\n{long}")).len(), 4);
        assert_eq!(texts("One came.\nTwo came.\nThree came to the door.").len(), 3);
    }

    #[test]
    fn a_footer_is_no_part_of_the_text_above_it() {
        let raw = "The ferry will leave an hour later from\nMay on.\nContact us: desk@post.example, 3\nMill Lane\n\
            Copyright Morning Example 2023\nAll rights reserved.";
        assert_eq!(texts(raw).len(), 4, "{:?}", texts(raw));
        assert_eq!(texts("They met in the\nCopyright Claims 2023\ngroup at noon.").len(), 1);
    }

    #[test]
    fn marks_make_headings_and_items() {
        let raw = "## Part\nText goes on.\n- one\n- two\n\n1. three\n\nUnder\n-----\n> quoted\n> words\n***\n";
        let expected = [
            ("Part", Kind::Heading),
            ("Text goes on.", Kind::Text),
            ("one", Kind::Item),
            ("two", Kind::Item),
            ("1. three", Kind::Item),
            ("Under", Kind::Heading),
            ("quoted|words", Kind::Text),
        ];
        let found = groups(raw);
        let found: Vec<(&str, Kind)> = found.iter().map(|(t, k)| (t.as_str(), *k)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_dash_inside_running_text_is_no_item() {
        assert_eq!(texts("The minister, who resigned\n- she said - over the bridge\nin May").len(), 1);
        assert_eq!(texts("The bridge was built in May of\n19. It was rebuilt and then closed").len(), 1);
    }
}

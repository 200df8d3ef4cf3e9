//! Which lines at the top of a file are its headline.
//!
//! It reads the lines and says how many of them, from a given one on, are a title. It changes nothing.

use super::line::{Line, Role};
use super::rejoin::{ends_sentence, starts_lower};

/// Longest title, bytes and words.
const LONGEST: (usize, usize) = (240, 32);

/// Longest heading, characters and words: what is longer is a paragraph, whatever marks it has.
const HEADING: (usize, usize) = (300, 50);

/// Whether a text is too long to be a heading; looks at no more than its beginning.
pub(super) fn is_too_long(text: &str) -> bool {
    text.len() > 4 * HEADING.0 || text.chars().count() > HEADING.0 || text.split_whitespace().count() > HEADING.1
}

/// The text of a Markdown heading (`# Title`): the line without its marks and its level.
pub(super) fn heading(raw: &str, line: Line) -> Option<(Line, usize)> {
    marked(raw, line).filter(|(words, _)| !is_too_long(words.text(raw)))
}

/// The words of a line behind the marks of a heading, however long, and its level.
pub(super) fn marked(raw: &str, line: Line) -> Option<(Line, usize)> {
    let text = line.text(raw);
    let level = text.bytes().take_while(|&b| b == b'#').count();
    let rest = &text[level..];
    if !(1..=6).contains(&level) || !rest.starts_with([' ', '\t']) {
        return None;
    }
    let words = rest.trim();
    let closed = words.trim_end_matches('#');
    let words = if closed.ends_with([' ', '\t']) { closed.trim_end() } else { words };
    if words.is_empty() {
        return None;
    }
    let start = line.end - rest.trim_start().len() as u32;
    let end = start + words.len() as u32;
    Some((Line { start, end, ..line }, level))
}

/// Whether a line is the `===` or `---` under a heading.
pub(super) fn is_underline(text: &str) -> bool {
    text.len() >= 3 && (text.bytes().all(|b| b == b'=') || text.bytes().all(|b| b == b'-'))
}

/// How many lines from the first one on are a plain title: the lines of one block, or its first line where the rest
/// is metadata or plainly body text. `lines` go on to the end of the file.
pub(super) fn plain(raw: &str, lines: &[Line]) -> usize {
    let body = |line: &&Line| line.role == Role::Body;
    let block = 1 + lines.iter().skip(1).take_while(|l| !l.opens_block).take(8).count();
    let candidates = lines[..block].iter().take_while(body).count();
    let cut = candidates < block;
    let length = match candidates {
        0 => return 0,
        1 => 1,
        2 | 3 if wrapped(raw, &lines[..candidates]) && (cut || fits(raw, &lines[..candidates])) => candidates,
        _ if stands_out(raw, &lines[..candidates]) => 1,
        _ => return 0,
    };
    let Some(next) = lines[length..].iter().find(body) else {
        return 0;
    };
    // What stands above a byline or a date line is a headline even if it ends with a full stop.
    let above_metadata = length == 1 && lines.get(1).is_some_and(|l| l.role == Role::Metadata);
    if above_metadata && fits_above_metadata(raw, lines[0]) {
        return 1;
    }
    if !fits(raw, &lines[..length]) || starts_lower(next.text(raw)) {
        return 0;
    }
    length
}

/// Whether lines have the look of a headline: short, with letters, not ended as a sentence is.
fn fits(raw: &str, lines: &[Line]) -> bool {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return false;
    };
    let text = &raw[first.start as usize..last.end as usize];
    let end = text.trim_end_matches(['*', '_', '"', '\'', '”', '’', ')', ']']);
    let stopped =
        end.ends_with(['.', ',', ':', ';', '-', '–', '—']) && !ends_in_abbreviation(end) && !end.ends_with("...");
    text.len() <= LONGEST.0
        && text.split_whitespace().count() <= LONGEST.1
        && text.chars().any(char::is_alphabetic)
        && !stopped
        && !text.starts_with(['>', '|', '-', '•'])
        && !text.contains("://")
}

fn fits_above_metadata(raw: &str, line: Line) -> bool {
    let text = line.text(raw);
    text.len() <= LONGEST.0 && text.split_whitespace().count() <= LONGEST.1 && text.chars().any(char::is_alphabetic)
}

/// Whether the full stop belongs to the last word (`U.S.`, `Inc.`).
fn ends_in_abbreviation(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or("");
    let bare = last.strip_suffix('.').unwrap_or("");
    bare.contains('.') || matches!(bare, "Inc" | "Jr" | "Sr" | "Co" | "Corp" | "Ltd" | "No" | "St") || bare.len() == 1
}

/// Whether two or three lines are one headline that was wrapped: none ends a sentence, and each but the last is about
/// as long as the longest.
fn wrapped(raw: &str, lines: &[Line]) -> bool {
    let length = |line: &Line| line.end - line.start;
    let longest = lines.iter().map(length).max().unwrap_or(0);
    let inner = &lines[..lines.len() - 1];
    inner.iter().all(|line| !ends_sentence(line.text(raw)) && length(line) * 2 >= longest)
}

/// Whether the first line of a longer block is set off from the rest by its length: it ends although more words
/// would have fitted.
fn stands_out(raw: &str, lines: &[Line]) -> bool {
    let length = |line: &Line| (line.end - line.start) as usize;
    let [first, second, ..] = lines else {
        return false;
    };
    let width = lines.iter().map(length).max().unwrap_or(0);
    let word = second.text(raw).split_whitespace().next().map_or(0, str::len);
    let capital = second.text(raw).chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    !ends_sentence(first.text(raw)) && capital && length(first) + 1 + word <= width
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::layout::line::lines;

    fn title(raw: &str) -> usize {
        plain(raw, &lines(raw))
    }

    #[test]
    fn a_short_first_block_is_a_title() {
        assert_eq!(title("Bridge opens after ten years\n\nThe bridge was opened."), 1);
        assert_eq!(title("Who pays for the bridge?\n\nNobody knows."), 1);
        assert_eq!(title("Bridge opens in U.S.\n\nIt was opened."), 1);
        assert_eq!(title("Bridge that took ten years\nto build is opened\n\nThe bridge was opened."), 2);
    }

    #[test]
    fn a_first_line_that_stands_out_is_a_title() {
        let body = "The bridge was opened by the mayor, who said that it had taken ten years. ".repeat(4);
        assert_eq!(title(&format!("Bridge opens\n{body}\n{body}\n{body}\n{body}")), 1);
        assert_eq!(
            title(
                "Bridge opens\nThe bridge over the river was opened on\nMonday by the mayor of the\ntown and others."
            ),
            1
        );
    }

    #[test]
    fn above_a_byline_a_full_stop_is_no_matter() {
        let raw = "The bridge is open. It was not.\n\nBy Jane Doe\n\nMore.";
        let mut lines = lines(raw);
        assert_eq!(plain(raw, &lines), 0);
        lines[1].role = Role::Metadata;
        assert_eq!(plain(raw, &lines), 1);
    }

    #[test]
    fn a_sentence_is_not() {
        assert_eq!(title("The bridge was opened.\n\nMore."), 0);
        assert_eq!(title("The bridge was opened by the\n\nmayor on Monday."), 0);
        assert_eq!(title("Only line"), 0);
        assert_eq!(title("Following is a list:\n\nOne."), 0);
        assert_eq!(title(&format!("{}\n\nMore.", "word ".repeat(80))), 0);
    }

    #[test]
    fn headings_lose_their_marks() {
        let text = |raw: &'static str| heading(raw, lines(raw)[0]).map(|(l, level)| (l.text(raw), level));
        assert_eq!(text("# A title #"), Some(("A title", 1)));
        assert_eq!(text("##  Part C#"), Some(("Part C#", 2)));
        assert_eq!(text("#1 seed wins"), None);
        assert_eq!(text("#"), None);
    }

    #[test]
    fn a_heading_has_a_greatest_length() {
        let level = |raw: &str| heading(raw, lines(raw)[0]).map(|(_, level)| level);
        assert_eq!(level(&format!("# {}", "word ".repeat(50))), Some(1));
        assert_eq!(level(&format!("# {}", "word ".repeat(51))), None);
        assert_eq!(level(&format!("# {}", "é".repeat(300))), Some(1));
        assert_eq!(level(&format!("# {}", "é".repeat(301))), None);
    }
}

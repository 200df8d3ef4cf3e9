//! The lines of a decoded file: what every later step of parsing works on.
//!
//! It reads the raw text and gives the lines that hold something visible, trimmed, each knowing whether a blank line
//! stands before it and, once the masthead is known, what part it plays.

use std::ops::Range;

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Body text, as far as is known.
    Body,
    /// The title or a part of it.
    Title,
    /// Byline, date line, header or front matter: read and left out.
    Metadata,
    /// Stands above the title (a site's or a section's name): left out and recorded as boilerplate.
    Furniture,
    /// Markup without words (a rule, the line under a heading, a code fence).
    Mark,
}

/// A line with something visible, without white space at its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// First byte in the raw text.
    pub(super) start: u32,
    /// First byte after.
    pub(super) end: u32,
    /// Whether a blank line (or nothing) stands before it.
    pub(super) opens_block: bool,
    /// What it is for.
    pub(super) role: Role,
}

impl Line {
    /// Its bytes in the raw text.
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Its words.
    pub(super) fn text(self, raw: &str) -> &str {
        &raw[self.range()]
    }
}

/// Bytes of a short line, for each of which there is room in advance.
const LINE: usize = 128;

/// The visible lines of a text. Lines end at LF, CR, CRLF, form feed, vertical tab, U+0085, U+2028 and U+2029; a
/// form feed, U+2029 and an empty line end a block.
pub(super) fn lines(raw: &str) -> Vec<Line> {
    let bytes = raw.as_bytes();
    let rare = holds_rare_ends(bytes);
    let mut splitter = Splitter { raw, lines: Vec::with_capacity(raw.len() / LINE + 4), blank: true };
    let mut start = 0;
    for end in memchr::memchr3_iter(b'\n', b'\r', b'\x0c', bytes) {
        let second_of_crlf = bytes[end] == b'\n' && start == end && end > 0 && bytes[end - 1] == b'\r';
        if !second_of_crlf {
            splitter.stretch(start..end, rare);
            splitter.blank |= bytes[end] == b'\x0c';
        }
        start = end + 1;
    }
    splitter.stretch(start..bytes.len(), rare);
    splitter.lines
}

/// Whether a vertical tab, U+0085, U+2028 or U+2029 stands somewhere.
fn holds_rare_ends(bytes: &[u8]) -> bool {
    let behind = |at: usize, lead: &[u8]| bytes[..at].ends_with(lead);
    memchr::memchr2_iter(0x0b, 0x85, bytes).any(|at| bytes[at] == 0x0b || behind(at, b"\xc2"))
        || memchr::memchr2_iter(0xa8, 0xa9, bytes).any(|at| behind(at, b"\xe2\x80"))
}

/// Whether a character shows nothing and is left out of the clean text: controls, soft hyphen, zero-width and
/// direction marks.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{ad}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// The start of a text, at most about so many bytes.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let end = (bytes..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    &text[..end]
}

/// The end of a text, at most so many bytes.
pub(super) fn tail(text: &str, bytes: usize) -> &str {
    let start = (text.len().saturating_sub(bytes)..text.len()).find(|&at| text.is_char_boundary(at));
    &text[start.unwrap_or(text.len())..]
}

struct Splitter<'a> {
    raw: &'a str,
    lines: Vec<Line>,
    /// Whether nothing visible was seen since the last blank line.
    blank: bool,
}

impl Splitter<'_> {
    /// Takes what stands between two common line ends.
    fn stretch(&mut self, range: Range<usize>, rare: bool) {
        if !rare {
            return self.line(range);
        }
        let mut start = range.start;
        for (at, c) in self.raw[range.clone()].char_indices() {
            if matches!(c, '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                self.line(start..range.start + at);
                self.blank |= c == '\u{2029}';
                start = range.start + at + c.len_utf8();
            }
        }
        self.line(start..range.end);
    }

    fn line(&mut self, range: Range<usize>) {
        let line = &self.raw[range.clone()];
        if let [first, .., last] = line.as_bytes()
            && first.is_ascii_graphic()
            && last.is_ascii_graphic()
        {
            return self.push(range);
        }
        if line.is_empty() {
            self.blank = true;
            return;
        }
        let hidden = |c: char| c.is_whitespace() || is_invisible(c);
        let text = line.trim_start_matches(hidden);
        let start = range.end - text.len();
        let text = text.trim_end_matches(hidden);
        if text.is_empty() {
            self.blank = true;
            return;
        }
        self.push(start..start + text.len());
    }

    fn push(&mut self, range: Range<usize>) {
        self.lines.push(Line {
            start: range.start as u32,
            end: range.end as u32,
            opens_block: std::mem::replace(&mut self.blank, false),
            role: Role::Body,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(raw: &str) -> Vec<(&str, bool)> {
        lines(raw).iter().map(|l| (l.text(raw), l.opens_block)).collect()
    }

    #[test]
    fn all_line_ends_end_lines() {
        let expected = [("one", true), ("two", false), ("three", true)];
        for (end, blank) in [("\n", "\n\n"), ("\r\n", "\r\n\r\n"), ("\r", "\r\r"), ("\u{2028}", "\u{2029}")] {
            assert_eq!(seen(&format!("one{end}two{blank}three")), expected, "{end:?}");
        }
        assert_eq!(seen("one\u{85}two\x0cthree"), expected);
    }

    #[test]
    fn lines_are_trimmed_of_what_cannot_be_seen() {
        assert_eq!(seen("\u{feff}\n \u{a0}one\u{200b} \n \t \ntwo"), [("one", true), ("two", true)]);
        assert!(seen("\u{200b}\n\u{ad} ").is_empty());
    }
}

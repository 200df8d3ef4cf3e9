//! Inline markup: what of a stretch of raw text is not words.
//!
//! It reads Markdown emphasis, links, images, code marks and escapes, simple HTML tags, comments and character
//! references, and gives the edits that leave only the words. A mark without its partner stays, since news texts use
//! asterisks and underscores for other things. One pass, linear in the text.

use std::ops::Range;

use super::character_reference;
use super::parse::Dialect;

/// A stretch of raw text that the clean text leaves out or puts a character in place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// First byte left out.
    pub(super) start: u32,
    /// First byte after.
    pub(super) end: u32,
    /// What stands there instead.
    pub(super) replacement: Option<char>,
}

/// The edits of a stretch of raw text, by start; of two that overlap the longer comes first.
pub(super) fn edits(raw: &str, range: Range<usize>, dialect: Dialect) -> Vec<Edit> {
    if !holds_marks(&raw.as_bytes()[range.clone()]) {
        return Vec::new();
    }
    let mut scanner = Scanner {
        bytes: &raw.as_bytes()[..range.end],
        raw,
        start: range.start,
        dialect,
        edits: Vec::new(),
        brackets: Vec::new(),
        opened: [None; 6],
        code: None,
        angle: Next::new(b'>'),
        round: Next::new(b')'),
        square: Next::new(b']'),
        comment_open: true,
    };
    let mut at = range.start;
    while let Some(step) = scanner.bytes[at..].iter().position(|&b| MARKS[usize::from(b)]) {
        at = scanner.mark(at + step);
    }
    let mut edits = scanner.edits;
    edits.sort_unstable_by_key(|e| (e.start, std::cmp::Reverse(e.end)));
    edits
}

/// Whether there is any byte that may begin markup; most texts have none.
fn holds_marks(bytes: &[u8]) -> bool {
    memchr::memchr3(b'*', b'_', b'[', bytes).is_some()
        || memchr::memchr3(b'<', b'&', b'`', bytes).is_some()
        || memchr::memchr2(b']', b'\\', bytes).is_some()
}

/// Whether a byte may begin markup; `^` is none but lies between the others.
#[inline(always)]
pub(super) const fn may_begin(byte: u8) -> bool {
    // Without branches, so that many bytes are looked at together.
    (byte.wrapping_sub(b'[') <= b'`' - b'[') | (byte == b'*') | (byte == b'&') | (byte == b'<')
}

/// The bytes that may begin markup.
const MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let list = b"*_[]\\<&`";
    let mut i = 0;
    while i < list.len() {
        marks[list[i] as usize] = true;
        i += 1;
    }
    marks
};

/// Longest web address in a link, bytes.
const LONGEST_ADDRESS: usize = 2000;
/// Longest HTML tag, bytes.
const LONGEST_TAG: usize = 2000;

/// Where a byte comes next; each byte of the text is looked at once.
struct Next {
    byte: u8,
    found: Option<usize>,
}

impl Next {
    fn new(byte: u8) -> Next {
        Next { byte, found: Some(0) }
    }

    fn at_or_after(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        if self.found.is_some_and(|f| f < at || f == 0) {
            self.found = memchr::memchr(self.byte, &bytes[at..]).map(|i| at + i);
        }
        self.found
    }
}

struct Scanner<'a> {
    /// The raw text up to the end of the stretch.
    bytes: &'a [u8],
    raw: &'a str,
    start: usize,
    dialect: Dialect,
    edits: Vec<Edit>,
    /// Square brackets that are open.
    brackets: Vec<usize>,
    /// The last open run of one, two and three asterisks, then underscores.
    opened: [Option<usize>; 6],
    /// An open backtick.
    code: Option<usize>,
    angle: Next,
    round: Next,
    square: Next,
    /// Whether the end of a comment may still come.
    comment_open: bool,
}

impl Scanner<'_> {
    /// Handles the mark at a byte; gives the byte to go on from.
    fn mark(&mut self, at: usize) -> usize {
        match self.bytes[at] {
            b'*' | b'_' => self.emphasis(at),
            b'[' => {
                self.brackets.push(at);
                at + 1
            }
            b']' => self.link(at),
            b'\\' => self.escape(at),
            b'<' => self.tag(at),
            b'&' => self.reference(at),
            _ => self.backtick(at),
        }
    }

    fn delete(&mut self, range: Range<usize>) {
        self.replace(range, None);
    }

    fn replace(&mut self, range: Range<usize>, replacement: Option<char>) {
        self.edits.push(Edit { start: range.start as u32, end: range.end as u32, replacement });
    }

    fn before(&self, at: usize) -> Option<char> {
        self.raw[self.start..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.raw[at..self.bytes.len()].chars().next()
    }

    /// A run of asterisks or underscores: emphasis opens after a space or an opening mark and closes before one that
    /// is not a letter. Inside a word nothing opens or closes.
    fn emphasis(&mut self, at: usize) -> usize {
        let mark = self.bytes[at];
        let run = self.bytes[at..].iter().take_while(|&&b| b == mark).count();
        let end = at + run;
        if run > 3 {
            return end;
        }
        let kind = run - 1 + if mark == b'_' { 3 } else { 0 };
        let (before, after) = (self.before(at), self.after(end));
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let address = |c: Option<char>| matches!(c, Some('/' | '@' | '=' | '&' | '#' | '.'));
        let opens = !space(after) && !word(before) && (mark == b'*' || !address(before));
        let joint = matches!(after, Some('/' | '@' | '=' | '&'));
        let closes = !space(before) && !word(after) && (mark == b'*' || !joint);
        if closes && let Some(open) = self.opened[kind].take() {
            self.delete(open..open + run);
            self.delete(at..end);
        } else if opens {
            self.opened[kind] = Some(at);
        }
        end
    }

    /// A closing square bracket: with an address in round brackets behind it, a link or an image.
    fn link(&mut self, at: usize) -> usize {
        let Some(open) = self.brackets.pop() else {
            return at + 1;
        };
        let next = self.bytes.get(at + 1).copied();
        let end = match next {
            Some(b'(') => self.address_end(at + 2),
            Some(b'[') if self.dialect == Dialect::Markdown => {
                let end = self.square.at_or_after(self.bytes, at + 2);
                end.filter(|&e| e - at < 80).map(|e| e + 1)
            }
            _ => None,
        };
        let Some(end) = end else {
            return at + 1;
        };
        if open > self.start && self.bytes[open - 1] == b'!' {
            self.delete(open - 1..end);
        } else {
            self.delete(open..open + 1);
            self.delete(at..end);
        }
        end
    }

    /// The byte after the round bracket that closes a link's address; none where the brackets hold no address.
    fn address_end(&mut self, from: usize) -> Option<usize> {
        let near = self.round.at_or_after(self.bytes, from)?;
        if near - from > LONGEST_ADDRESS {
            return None;
        }
        let (mut depth, mut title) = (0, false);
        for (i, &b) in self.bytes[from..].iter().enumerate().take(LONGEST_ADDRESS) {
            match b {
                b'(' if !title => depth += 1,
                b')' if depth == 0 && !title => return Some(from + i + 1),
                b')' if !title => depth -= 1,
                b'"' => title = !title,
                b'\n' | b'\r' => return None,
                b' ' if !title && !matches!(self.bytes.get(from + i + 1), Some(b'"')) => return None,
                _ => {}
            }
            if depth > 3 {
                return None;
            }
        }
        None
    }

    fn escape(&mut self, at: usize) -> usize {
        let escapable: &[u8] = match self.dialect {
            Dialect::Text => b"*_#[]",
            Dialect::Markdown => b"\\`*_{}[]()#+-.!|~<>\"'&$",
        };
        match self.bytes.get(at + 1) {
            Some(b) if escapable.contains(b) => {
                self.delete(at..at + 1);
                at + 2
            }
            _ => at + 1,
        }
    }

    /// A simple tag, a comment or an address in angle brackets.
    fn tag(&mut self, at: usize) -> usize {
        if self.bytes[at..].starts_with(b"<!--") && self.comment_open {
            match memchr::memmem::find(&self.bytes[at..], b"-->") {
                Some(length) => {
                    self.replace(at..at + length + 3, Some(' '));
                    return at + length + 3;
                }
                None => self.comment_open = false,
            }
        }
        let Some(close) = self.angle.at_or_after(self.bytes, at) else {
            return at + 1;
        };
        if close - at > LONGEST_TAG {
            return at + 1;
        }
        let inside = &self.bytes[at + 1..close];
        if inside.starts_with(b"http://") || inside.starts_with(b"https://") {
            self.delete(at..at + 1);
            self.delete(close..close + 1);
            return close + 1;
        }
        let name = inside.strip_prefix(b"/").unwrap_or(inside);
        let length = name.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let rest = name.get(length);
        if !rest.is_none_or(|b| matches!(b, b' ' | b'/' | b'\n' | b'\r' | b'\t')) {
            return at + 1;
        }
        let name = name[..length].to_ascii_lowercase();
        if BLOCK_TAGS.contains(&name.as_slice()) {
            self.replace(at..close + 1, Some(' '));
        } else if INLINE_TAGS.contains(&name.as_slice()) {
            self.delete(at..close + 1);
        } else {
            return at + 1;
        }
        close + 1
    }

    fn reference(&mut self, at: usize) -> usize {
        let Some((length, c)) = character_reference::at_start(&self.raw[at..self.bytes.len()]) else {
            return at + 1;
        };
        self.replace(at..at + length, Some(c));
        at + length
    }

    /// Code marks, in Markdown only: plain text uses backticks as quotation marks.
    fn backtick(&mut self, at: usize) -> usize {
        let run = self.bytes[at..].iter().take_while(|&&b| b == b'`').count();
        if self.dialect == Dialect::Markdown && run == 1 {
            match self.code.take() {
                Some(open) => {
                    self.delete(open..open + 1);
                    self.delete(at..at + 1);
                }
                None => self.code = Some(at),
            }
        }
        at + run
    }
}

/// Tags that end a line or a block.
const BLOCK_TAGS: &[&[u8]] = &[
    b"br",
    b"p",
    b"div",
    b"li",
    b"ul",
    b"ol",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"blockquote",
    b"hr",
    b"tr",
    b"td",
    b"th",
    b"table",
    b"section",
    b"article",
    b"figure",
    b"figcaption",
    b"img",
];

/// Tags inside a line.
const INLINE_TAGS: &[&[u8]] = &[
    b"a", b"b", b"i", b"u", b"em", b"strong", b"span", b"sup", b"sub", b"small", b"strike", b"s", b"cite", b"q",
    b"mark", b"font", b"abbr", b"time", b"ins", b"del", b"code",
];

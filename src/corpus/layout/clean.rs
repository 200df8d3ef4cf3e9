//! The clean words of lines of raw text, with the way back to every byte.
//!
//! It takes lines, leaves out markup and what cannot be seen, makes every stretch of white space one space, and
//! records where each stretch of the result was copied from.

use std::borrow::Cow;
use std::ops::Range;

use super::line::{Line, is_invisible};
use super::markup::{self, Edit};
use super::parse::Dialect;
use crate::document::SourceMap;
use crate::document::bits::{BLOCK, bits, lowest, padded};

/// Clean text and its runs: from byte `.0` of the text on it is a copy of the raw text from byte `.1` on.
#[derive(Clone, Debug, Default)]
pub(super) struct Clean {
    /// The words.
    pub(super) text: String,
    runs: Vec<(u32, u32)>,
    /// White space seen and not yet written: its raw byte.
    space: Option<u32>,
}

/// The clean words of one line.
pub(super) fn line(raw: &str, line: Line, dialect: Dialect) -> Cow<'_, str> {
    if is_clean(raw.as_bytes(), line.range()) {
        return Cow::Borrowed(line.text(raw));
    }
    let mut clean = Clean::default();
    clean.lines(raw, &[line], dialect);
    Cow::Owned(clean.text)
}

impl Clean {
    /// Forgets everything, keeping the memory.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
        self.space = None;
    }

    /// Writes lines of one paragraph, joined by spaces.
    pub(super) fn lines(&mut self, raw: &str, lines: &[Line], dialect: Dialect) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return;
        };
        if lines.len() == 1 && is_clean(raw.as_bytes(), first.range()) {
            return self.write(first.text(raw), first.start);
        }
        let edits = markup::edits(raw, first.start as usize..last.end as usize, dialect);
        let mut edits = edits.as_slice();
        for (i, line) in lines.iter().enumerate() {
            if i > 0 && !self.hyphenated(&raw[line.start as usize..]) {
                self.space.get_or_insert(lines[i - 1].end);
            }
            edits = self.line(raw, *line, edits);
        }
    }

    /// Appends to a text under construction and its map.
    pub(super) fn append_to(&self, text: &mut String, source: &mut SourceMap) {
        let base = text.len() as u32;
        for &(at, raw) in &self.runs {
            source.push(base + at, raw);
        }
        text.push_str(&self.text);
    }

    /// Whether a word broken at a hyphen goes on: the hyphen stays and no space comes between.
    fn hyphenated(&self, next: &str) -> bool {
        let mut back = self.text.chars().rev();
        self.space.is_none()
            && back.next() == Some('-')
            && back.next().is_some_and(char::is_alphanumeric)
            && next.chars().next().is_some_and(char::is_lowercase)
    }

    /// Writes one line; gives the edits that are left.
    fn line<'e>(&mut self, raw: &str, line: Line, mut edits: &'e [Edit]) -> &'e [Edit] {
        let mut at = line.start;
        while let Some((&edit, rest)) = edits.split_first() {
            if edit.start >= line.end {
                break;
            }
            if edit.start >= at {
                self.copy(raw, at as usize, edit.start as usize);
                if let Some(c) = edit.replacement {
                    self.put(c, edit.start);
                }
            }
            at = at.max(edit.end.min(line.end));
            if edit.end > line.end {
                break;
            }
            edits = rest;
        }
        self.copy(raw, at as usize, line.end as usize);
        edits
    }

    /// Copies raw text, normalising white space.
    fn copy(&mut self, raw: &str, mut at: usize, end: usize) {
        let bytes = &raw.as_bytes()[..end.max(at)];
        while at < end {
            let run = graphic_run(&bytes[at..]);
            if run > 0 {
                self.write(&raw[at..at + run], at as u32);
                at += run;
                continue;
            }
            let Some(c) = raw[at..end].chars().next() else {
                return;
            };
            let next = at + c.len_utf8();
            self.put_copied(c, &raw[at..next], at as u32);
            at = next;
        }
    }

    fn put_copied(&mut self, c: char, text: &str, at: u32) {
        if c.is_whitespace() {
            self.space.get_or_insert(at);
        } else if !is_invisible(c) {
            self.write(text, at);
        }
    }

    /// Writes a character that stands for raw text at a byte.
    fn put(&mut self, c: char, at: u32) {
        self.put_copied(c, c.encode_utf8(&mut [0; 4]), at);
        // What follows never continues this run, even if the numbers happen to fit.
    }

    fn write(&mut self, text: &str, at: u32) {
        if let Some(space) = self.space.take()
            && !self.text.is_empty()
        {
            self.run(space);
            self.text.push(' ');
        }
        self.run(at);
        self.text.push_str(text);
    }

    fn run(&mut self, raw: u32) {
        let text = self.text.len() as u32;
        match self.runs.last() {
            Some(&(t, r)) if text - t == raw.wrapping_sub(r) => {}
            _ => self.runs.push((text, raw)),
        }
    }
}

/// Bytes that are looked at together.
const CHUNK: usize = 16;

/// Visible ASCII or a space.
#[inline(always)]
fn is_shown(byte: u8) -> bool {
    byte.wrapping_sub(b' ') <= b'~' - b' '
}

/// Length of the stretch at the start that holds nothing odd and no two spaces side by side, as far as chunks reach: at
/// least a chunk and a byte before the end.
#[inline(always)]
fn even(bytes: &[u8], odd: impl Fn(u8) -> bool) -> usize {
    let mut n = 0;
    while let Some(chunk) = bytes[n..].first_chunk::<{ CHUNK + 1 }>() {
        // No branch inside, so that all are looked at together.
        let mut found = [0; CHUNK];
        for at in 0..CHUNK {
            let spaces = (chunk[at] == b' ') & (chunk[at + 1] == b' ');
            found[at] = u8::from(odd(chunk[at]) | spaces);
        }
        let found = u128::from_le_bytes(found);
        if found != 0 {
            return n + (found.trailing_zeros() / 8) as usize;
        }
        n += CHUNK;
    }
    n
}

/// Whether a line is clean as it stands: visible, with single spaces inside, and without a byte that may begin markup.
/// It may say no of one that is.
fn is_clean(raw: &[u8], line: Range<usize>) -> bool {
    let shown = &raw[line.clone()];
    if shown.starts_with(b" ") || shown.ends_with(b" ") {
        return false;
    }
    let mut begin = line.start;
    while begin < line.end {
        let last;
        let bytes: &[u8; BLOCK + 1] = match raw[begin..].first_chunk() {
            Some(bytes) => bytes,
            None => {
                last = padded(raw, begin, b'.');
                &last
            }
        };
        let spaces = |at: usize| (bytes[at] == b' ') & (bytes[at + 1] == b' ');
        let odd = bits(|at| !is_shown(bytes[at]) | markup::may_begin(bytes[at]) | spaces(at));
        let mut odd = odd & lowest(line.end - begin);
        let mut next = BLOCK;
        while odd != 0 {
            let at = odd.trailing_zeros() as usize;
            match visible(&raw[begin + at..line.end]) {
                0 | 1 => return false,
                length => {
                    odd &= !lowest(at + length);
                    next = next.max(at + length);
                }
            }
        }
        begin += next;
    }
    true
}

/// Length of the stretch at the start that is copied as it is: visible characters, with single spaces between them.
fn graphic_run(bytes: &[u8]) -> usize {
    let mut n = visible(bytes);
    while n > 0 {
        n += even(&bytes[n..], |byte| !is_shown(byte));
        // Past what is odd, or to the end.
        loop {
            match visible(&bytes[n..]) {
                0 if bytes[n..].starts_with(b" ") && visible(&bytes[n + 1..]) > 0 => n += 1,
                0 => return n,
                1 => n += 1,
                length => {
                    n += length;
                    break;
                }
            }
        }
    }
    0
}

/// Length of the character at the start, if it surely shows something: visible ASCII, letters of Latin-1, dashes,
/// quotation marks and others from U+2010 to U+2027.
#[inline]
fn visible(bytes: &[u8]) -> usize {
    match bytes {
        [b'!'..=b'~', ..] => 1,
        [0xc3, _, ..] => 2,
        [0xe2, 0x80, 0x90..=0xa7, ..] => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::layout::line::lines;
    use proptest::prelude::*;

    fn clean(raw: &str, dialect: Dialect) -> String {
        let mut clean = Clean::default();
        clean.lines(raw, &lines(raw), dialect);
        clean.text
    }

    #[track_caller]
    fn check(raw: &str, expected: &str) {
        assert_eq!(clean(raw, Dialect::Markdown), expected);
        assert_eq!(clean(raw, Dialect::Text), expected);
    }

    #[test]
    fn emphasis_goes_and_lone_marks_stay() {
        check("a **bold** and *slanted* word", "a bold and slanted word");
        check("a __bold__ and _slanted_ word", "a bold and slanted word");
        check("***both*** of them", "both of them");
        check("**bold\nover lines**", "bold over lines");
        check("* no partner", "* no partner");
        check("f***ing 5*3 snake_case_name f**k", "f***ing 5*3 snake_case_name f**k");
        check("x.com/_a_b @_user_name", "x.com/_a_b @_user_name");
        check("(*The Post*), **“quoted”**", "(The Post), “quoted”");
    }

    #[test]
    fn links_leave_their_words() {
        check("the [city hall](https://example.org/a_(b)) said", "the city hall said");
        check("[a](x \"a title\") ![alt words](pic.png)b", "a b");
        check("[![alt](a.png)](https://example.org) end", "end");
        check("He said [the] thing (sic) [sic](as it stood)", "He said [the] thing (sic) [sic](as it stood)");
        check("<https://example.org>", "https://example.org");
        check("]]][[[ ](", "]]][[[ ](");
    }

    #[test]
    fn tags_and_references_become_characters() {
        check("a<br>b <b>bold</b> &amp; it&#8217;s", "a b bold & it’s");
        check("a<!-- hidden\nwords -->b", "a b");
        check("if a < b and c > d, <unknown>", "if a < b and c > d, <unknown>");
        check("AT&T &nbsp; x", "AT&T x");
    }

    #[test]
    fn dialects_differ_in_backticks_and_reference_links() {
        assert_eq!(clean("use `code` [here][1] \\(", Dialect::Markdown), "use code here (");
        assert_eq!(clean("use `code` [here][1] \\(", Dialect::Text), "use `code` [here][1] \\(");
    }

    #[test]
    fn white_space_is_one_space_and_hidden_characters_go() {
        check("a\u{a0}b\t c  d\u{ad}e\u{200b}f\u{feff}g\u{7}", "a b c defg");
        check("a well-\nknown man and a build-\nUp", "a well-known man and a build- Up");
    }

    #[test]
    fn every_byte_leads_back() {
        let raw = "x **é&amp;** “y”\n [z](u)";
        let mut clean = Clean::default();
        clean.lines(raw, &lines(raw), Dialect::Text);
        let (mut text, mut source) = (String::new(), SourceMap::default());
        clean.append_to(&mut text, &mut source);
        assert_eq!(text, "x é& “y” z");
        for (i, b) in text.bytes().enumerate() {
            let from = raw.as_bytes()[source.raw(i as u32)];
            assert!(from == b || b == b' ', "{i}");
        }
    }

    proptest! {
        #[test]
        fn a_line_that_is_clean_is_what_copying_makes_of_it(
            pieces in prop::collection::vec(
                prop_oneof![
                    6 => "[a-zA-Z0-9,.;:'\"()-]{1,20}", 6 => Just(" ".to_owned()), 2 => "[“”‘’–—…éßñ\u{2010}]{1,2}",
                    1 => "[*_\\[\\]<>&`\\\\^~|]", 1 => "[\u{a0}\u{ad}\u{200b}\u{7f}\u{85}日\t ]", 1 => Just("&amp;".to_owned()),
                ],
                1..20,
            ),
        ) {
            let raw = pieces.concat();
            for line in lines(&raw) {
                let (mut quick, mut slow) = (Clean::default(), Clean::default());
                quick.lines(&raw, &[line], Dialect::Text);
                slow.line(&raw, line, &markup::edits(&raw, line.range(), Dialect::Text));
                prop_assert_eq!((&quick.text, &quick.runs), (&slow.text, &slow.runs), "{:?}", raw);
            }
        }
    }
}

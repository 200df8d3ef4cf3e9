//! The counted forms of the words and numbers of a text, for who needs no tokens: the same forms that the token stage
//! gives, at a fraction of its cost. A word of ASCII letters that nothing behind it goes on with is read, made lower
//! case and packed in a few operations; whatever needs a rule goes through the rules of the token stage itself.

use super::ascii::alphanumeric_run;
use super::block::{self, Block, REACH};
use super::norm::{self, Capitals};
use super::plain;
use super::token::Scanner;
use crate::document::bits::{BLOCK, lowest, padded};
use crate::document::{Article, Byte, PassageKind, Span, Token, TokenKind};
use crate::model::form;
use crate::model::packed::{Bag, SHORT};

/// Longest word with hyphens and apostrophes that is put together here, bytes of its form.
const LONGEST_JOINED: usize = 48;

/// Reads words, one article after the other.
#[derive(Clone, Debug, Default)]
pub struct WordReader {
    /// Tokens of the passage that a rule made.
    ruled: Vec<Token>,
    form: String,
}

impl WordReader {
    /// Adds the words and numbers of the bodies of an article to a bag; titles are left out, as they are where terms are
    /// counted.
    pub fn read(&mut self, article: &Article, bag: &mut Bag) {
        for passage in article.passages.iter().filter(|passage| passage.kind != PassageKind::Title) {
            self.passage(&article.text, passage.span, bag);
        }
    }

    fn passage(&mut self, whole: &str, passage: Span<Byte>, bag: &mut Bag) {
        self.ruled.clear();
        let text = &whole[..passage.end as usize];
        // Where a line end follows, as it does in what was read, a look may reach beyond it.
        let ended = whole.as_bytes().get(text.len()) == Some(&b'\n');
        let bytes = if ended { whole.as_bytes() } else { text.as_bytes() };
        let (at, capitals) = (passage.start as usize, Capitals::default());
        let mut reader = Reader { text, bytes, at, capitals, ruled: &mut self.ruled, form: &mut self.form, bag };
        while reader.block() {}
        let tell_nothing = reader.capitals.tell_nothing();
        for token in &self.ruled {
            self.form.clear();
            norm::push_form(text, token, tell_nothing, &mut self.form);
            bag.push(&self.form, token.kind == TokenKind::Number);
        }
    }
}

/// The passage at hand.
struct Reader<'a> {
    /// The text up to the end of the passage.
    text: &'a str,
    /// The same, or more; nothing that begins in the passage reaches beyond its end.
    bytes: &'a [u8],
    at: usize,
    capitals: Capitals,
    ruled: &'a mut Vec<Token>,
    /// Of the word at hand.
    form: &'a mut String,
    bag: &'a mut Bag,
}

impl Reader<'_> {
    /// Reads the words that begin in the next block of bytes; false at the end of the passage.
    fn block(&mut self) -> bool {
        let begin = self.at;
        let Some(rest) = self.text.len().checked_sub(begin).filter(|&rest| rest > 0) else { return false };
        let last;
        let bytes = match self.bytes[begin..].first_chunk() {
            Some(bytes) => bytes,
            None => {
                last = padded(self.bytes, begin, b'\n');
                &last
            }
        };
        let block = Block::of(bytes);
        let mut left = (block.starts() | block.open) & lowest(rest);
        loop {
            left = self.plain(bytes, &block, left);
            if left == 0 {
                self.at = begin + BLOCK;
                return true;
            }
            let start = left.trailing_zeros() as usize;
            // A word that goes on behind the block is seen whole from its beginning.
            if start > 0 && block.alphanumeric >> start == u64::MAX >> start {
                self.at = begin + start;
                return true;
            }
            if !self.by_rule(begin + start) {
                return false;
            }
            let next = self.at - begin;
            if next >= BLOCK || block.alphanumeric >> next & 1 != 0 {
                return true;
            }
            left &= u64::MAX << next;
            self.at = begin;
        }
    }

    /// Reads words of a block as long as a look at a word and the byte behind it is enough; gives the bits that are left.
    #[inline(always)]
    fn plain(&mut self, bytes: &[u8; REACH], block: &Block, mut left: u64) -> u64 {
        let mut words = 0;
        while left != 0 {
            let start = left.trailing_zeros() as usize;
            let length = block.run(start);
            if length == 0 || length > SHORT {
                break;
            }
            // Digits come before letters, and small letters behind capitals.
            let (number, several) = (bytes[start] <= b'9', length > 1);
            // A word that may be all in capitals is for the rules.
            let capitals = several & (bytes[start + 1] < b'a');
            if number | capitals | !plain::surely_ends_word(bytes[start + length]) {
                let end = self.at + start + length;
                let ends = match number {
                    true => plain::ends_number(self.bytes, end),
                    false => !capitals && several && self.ends(end - length, end),
                };
                if !ends {
                    break;
                }
            }
            self.bag.push_packed(block::small(bytes, start, length), number);
            words += usize::from(several & !number);
            left &= left - 1;
        }
        self.capitals.words += words;
        left
    }

    /// Whether a word of several letters ends before a byte that does not tell alone.
    #[inline(never)]
    fn ends(&self, start: usize, end: usize) -> bool {
        // A dot ends the word, or is its own and changes nothing.
        let dot = || plain::dot_ends_word(self.bytes, end) && !self.bytes[start..].starts_with(b"www.");
        dot() || plain::ends_word(self.bytes, end)
    }

    /// Reads what begins at a byte and needs more than that; false at the end of the passage.
    #[inline(never)]
    fn by_rule(&mut self, at: usize) -> bool {
        let mark = plain::nothing(self.bytes, at);
        if mark > 0 {
            self.at = at + mark;
            return true;
        }
        self.joined(at) || self.acronym(at) || self.scanned(at)
    }

    /// Reads a word of ASCII capitals, if one stands here whose form is the same in every passage.
    fn acronym(&mut self, start: usize) -> bool {
        let end = start + alphanumeric_run(&self.bytes[start..]);
        let word = &self.text[start..end];
        if word.len() < 2 || !word.bytes().all(|byte| byte.is_ascii_uppercase()) || !self.ends(start, end) {
            return false;
        }
        self.form.clear();
        self.form.push_str(word);
        self.form.make_ascii_lowercase();
        if form::keeps_capitals(word, self.form) {
            return false;
        }
        self.bag.push(self.form, false);
        self.capitals.see_acronym();
        self.at = end;
        true
    }

    /// Reads what the rules find at a byte; false at the end of the passage.
    fn scanned(&mut self, at: usize) -> bool {
        let mut scanner = Scanner { text: self.text, at };
        let Some(token) = scanner.next_token() else { return false };
        self.at = scanner.at;
        self.capitals.see(self.text, &token);
        if token.is_counted() {
            self.ruled.push(token);
        }
        true
    }

    /// Reads a word of ASCII letters with hyphens and apostrophes, if one stands here and no rule is needed.
    fn joined(&mut self, start: usize) -> bool {
        let bytes = self.bytes;
        let first = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        if !first(start) || !bytes.get(start + 1).is_some_and(u8::is_ascii_lowercase) {
            return false;
        }
        self.form.clear();
        let mut at = start;
        loop {
            let run = alphanumeric_run(&bytes[at..]);
            if self.form.len() + run >= LONGEST_JOINED {
                return false;
            }
            self.form.push_str(&self.text[at..at + run]);
            at += run;
            let Some((mark, folded)) = plain::joiner(bytes, at) else { break };
            match bytes.get(at + mark) {
                Some(byte) if byte.is_ascii_alphanumeric() => {}
                // A hyphen may go on to an address.
                Some(byte) if byte.is_ascii_whitespace() || (folded == '\'' && byte.is_ascii() && *byte != b'_') => {
                    break;
                }
                _ => return false,
            }
            self.form.push(folded);
            at += mark;
        }
        if plain::joiner(bytes, at).is_none() && !self.ends(start, at) {
            return false;
        }
        self.form.make_ascii_lowercase();
        if let Some(stem) = form::possessive(self.form) {
            self.form.truncate(stem);
        }
        self.bag.push(self.form, false);
        self.capitals.words += 1;
        self.at = at;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::fixture::tokenized;
    use crate::model::packed::unpack;
    use proptest::prelude::*;

    /// What a bag holds, sorted.
    fn held(bag: &Bag) -> Vec<(String, bool)> {
        let short = bag.short().iter().map(|packed| {
            let bytes = unpack(*packed);
            let length = bytes[..SHORT].iter().take_while(|byte| **byte != 0).count();
            (String::from_utf8_lossy(&bytes[..length]).into_owned(), bytes[SHORT] == 1)
        });
        let mut held: Vec<_> = short.chain(bag.others().map(|(word, number)| (word.to_owned(), number))).collect();
        held.sort();
        held
    }

    #[track_caller]
    fn check(text: &str) {
        // A title for the fixture, and titles are left out.
        let text = text.trim_start_matches("# ");
        let doc = tokenized(text);
        let counted = doc.tokens.iter().filter(|token| token.is_counted());
        let mut expected: Vec<_> =
            counted.map(|token| (doc.norm(token).to_owned(), token.kind == TokenKind::Number)).collect();
        expected.sort();
        let mut bag = Bag::default();
        WordReader::default().read(&doc.article, &mut bag);
        assert_eq!(held(&bag), expected, "{text:?}");
    }

    #[test]
    fn words_are_those_of_the_token_stage() {
        for text in [
            "The US told us so. The U.S. and NATO said: “no.” He’s Vale’s man; it's James's post-World War II plan.",
            "THEY TOLD US TO GO. NO WHO.",
            "Mr. Vale of Acme Corp. met J. K. Orr, No. 5, in Jan.-Feb. at www.example.org. www. end.",
            "It cost $3.5bn, or 12%, by 1,200 in the 1990s – ’90s, '90s, 12-year-old 3D-printed 5:15 2015–16.",
            "See https://a.example/x?y=1, bbc.co.uk/news, a-b.com one--two.com or mail a.b@example.org. @who #tag 🙂 ;-) :D",
            "rock-’n’-roll O’Neill’s d'Arcy-Smith’s don’t- won't. the dogs’ the dog’s. dogs'_x dogs’é tail-é",
            "naïve e\u{301}lan ÉLAN word\u{301} co\u{2010}op co\u{2011}op AT&T R&D a_b _c_ C++ x+y= a =D b:D",
            "a-word-of-letters-and-hyphens-that-is-longer-than-the-buffer-for-joined-words end",
            "exactlyfifteenx exactlysixteenxx averyveryverylongword 1234567890123456789",
            "x",
            "",
            "I'm A-list A's a's U.S.'s",
            "日本語 テキスト 한국어",
            "...word... word.Another word.) word.\" e.g. etc.",
        ] {
            check(text);
            check(&format!("{text} and some more to follow"));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn words_of_any_text_are_those_of_the_token_stage(
            parts in prop::collection::vec(
                prop_oneof![
                    8 => "[a-z]{1,9}", 2 => "[A-Z][a-z]{0,20}", 2 => "[A-Z]{1,5}", 2 => "[0-9]{1,4}", 6 => Just(" ".to_owned()),
                    3 => "[-.,:;=@#&+_%$/!?'\"()]", 2 => "[’‘“”–—…é日ß\u{301}\u{2010}£]",
                    1 => prop::sample::select(vec!["'s", "’s", "www.", ".com", "://", "US", "it", "n't", "-", ". "]).prop_map(str::to_owned),
                ],
                0..40,
            )
        ) {
            check(&parts.concat());
        }
    }
}

//! The counted forms of the words and numbers of a text, for who needs no tokens: the same forms that the token stage
//! gives, at a fraction of its cost. A word of ASCII letters that nothing behind it goes on with is read, made lower
//! case and packed in a few operations; whatever needs a rule goes through the rules of the token stage itself.

use super::ascii::run_of_eight;
use super::norm::{self, Capitals};
use super::plain;
use super::token::Scanner;
use crate::document::{Article, Byte, PassageKind, Span, Token, TokenKind};
use crate::model::form;
use crate::model::packed::{Bag, SHORT, pack};

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
        let mut capitals = Capitals::default();
        let (start, end) = (passage.start as usize, passage.end as usize);
        let text = &whole[..end];
        // Where a line end follows, as it does in what was read, words may be looked at eight bytes at a time to the end.
        let bytes = if whole.as_bytes().get(end) == Some(&b'\n') { whole.as_bytes() } else { text.as_bytes() };
        let mut reader = Reader { bytes, at: start, end, words: 0, bag };
        while reader.plain() {
            if !reader.joined() {
                let mut scanner = Scanner { text, at: reader.at };
                let Some(token) = scanner.next_token() else { break };
                reader.at = scanner.at;
                capitals.see(text, &token);
                if token.is_counted() {
                    self.ruled.push(token);
                }
            }
        }
        capitals.words += reader.words;
        let tell_nothing = capitals.tell_nothing();
        for token in &self.ruled {
            self.form.clear();
            norm::push_form(text, token, tell_nothing, &mut self.form);
            bag.push(&self.form, token.kind == TokenKind::Number);
        }
    }
}

/// The passage at hand.
struct Reader<'a> {
    /// The text; nothing that begins before `end` reaches beyond it.
    bytes: &'a [u8],
    at: usize,
    end: usize,
    /// Words of more than one byte that are not all in capitals.
    words: usize,
    bag: &'a mut Bag,
}

/// The lowest bytes of a number.
#[inline(always)]
fn lowest(bytes: usize) -> u64 {
    if bytes >= 8 { u64::MAX } else { (1 << (8 * bytes)) - 1 }
}

/// Eight bytes as a number, the first lowest.
#[inline(always)]
fn eight(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk::<8>().map(|chunk| u64::from_le_bytes(*chunk))
}

/// Whether a word or a number that begins with these bytes ends before what a single byte does not tell.
fn ends(bytes: &[u8], end: usize, first: u64, number: bool, several: bool) -> bool {
    if number {
        return plain::ends_number(bytes, end);
    }
    // A dot ends the word, or is its own and changes nothing.
    let dot = || several && plain::dot_ends_word(bytes, end) && first as u32 != u32::from_le_bytes(*b"www.");
    plain::ends_word(bytes, end) || dot()
}

/// What makes ASCII letters lower case and leaves digits as they are.
const SMALL: u64 = u64::from_le_bytes([0x20; 8]);

impl Reader<'_> {
    /// Reads words up to the first that needs more than one look; false at the end of the passage.
    fn plain(&mut self) -> bool {
        let (bytes, end) = (self.bytes, self.end);
        let (mut at, mut words) = (self.at, self.words);
        let ended = loop {
            if at >= end {
                break true;
            }
            let Some(first) = eight(bytes, at) else { break false };
            let length = run_of_eight(first);
            if length == 0 {
                match plain::nothing(bytes, at) {
                    0 => break false,
                    mark => at = plain::skip(bytes, at + mark),
                }
                continue;
            }
            let (mut stop, mut second) = (at + length, 0);
            if length == 8 {
                let Some(more) = eight(bytes, stop) else { break false };
                let run = run_of_eight(more);
                if run == 8 {
                    break false;
                }
                stop += run;
                second = (more | SMALL) & lowest(run);
            }
            // Digits come before letters, and small letters behind capitals.
            let (number, several) = (first as u8 <= b'9', stop - at > 1);
            let capitals = several && ((first >> 8) as u8) < b'a';
            let surely = bytes.get(stop).is_some_and(|&byte| plain::surely_ends(byte, number));
            // A word that may be all in capitals is for the rules.
            if (capitals && !number) || !(surely || ends(bytes, stop, first, number, several)) {
                break false;
            }
            words += usize::from(several && !number);
            self.bag.push_packed([(first | SMALL) & lowest(length), second], number);
            at = plain::skip(bytes, stop);
        };
        (self.at, self.words) = (at, words);
        !ended
    }

    /// Reads a word of ASCII letters with hyphens and apostrophes, if one stands here and no rule is needed.
    fn joined(&mut self) -> bool {
        let bytes = self.bytes;
        let start = self.at;
        let first = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        if !first(start) || !bytes.get(start + 1).is_some_and(u8::is_ascii_lowercase) {
            return false;
        }
        let (mut form, mut length, mut at) = ([0; LONGEST_JOINED], 0, start);
        loop {
            let run = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if length + run >= LONGEST_JOINED {
                return false;
            }
            form[length..length + run].copy_from_slice(&bytes[at..at + run]);
            length += run;
            at += run;
            let Some((mark, folded)) = plain::joiner(bytes, at) else { break };
            match bytes.get(at + mark) {
                Some(byte) if byte.is_ascii_alphanumeric() => {}
                // A hyphen may go on to an address.
                Some(byte) if byte.is_ascii_whitespace() || (folded == b'\'' && byte.is_ascii() && *byte != b'_') => {
                    break;
                }
                _ => return false,
            }
            form[length] = folded;
            length += 1;
            at += mark;
        }
        let ends = plain::joiner(bytes, at).is_some()
            || plain::ends_word(bytes, at)
            || (plain::dot_ends_word(bytes, at) && !bytes[start..].starts_with(b"www."));
        if !ends {
            return false;
        }
        form[..length].make_ascii_lowercase();
        if form[..length].ends_with(b"'s") {
            let Ok(form) = std::str::from_utf8(&form[..length]) else { return false };
            length = form::possessive(form).unwrap_or(length);
        }
        match std::str::from_utf8(&form[..length]) {
            _ if length <= SHORT => self.bag.push_packed(pack(&form[..length]), false),
            Ok(form) => self.bag.push(form, false),
            Err(_) => return false,
        }
        self.words += 1;
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

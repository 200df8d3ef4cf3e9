//! The token stage: cuts every passage into words, numbers, addresses and marks, and gives each word the form that is
//! counted.
//!
//! Words keep inner hyphens and apostrophes; a dash is a mark and ends a word. The counted form is lower case without
//! the possessive ending, with straight apostrophes and without the dots of an acronym. An acronym whose lower-case
//! form is an ordinary function word (`US`, `WHO`, `IT`) keeps its capitals, unless its passage is all capitals.

use crate::annotate::Annotator;
use crate::annotate::abbreviation;
use crate::annotate::ascii::alphanumeric_run;
use crate::annotate::norm;
use crate::annotate::plain;
use crate::document::{Document, Layer, Span, Token, TokenKind};
use crate::model::form::{self, is_apostrophe};

/// Writes `Document::tokens` and `Document::norms`.
#[derive(Debug, Default)]
pub struct Tokenizer;

impl Annotator for Tokenizer {
    fn layer(&self) -> Layer {
        Layer::Tokens
    }

    fn annotate(&self, doc: &mut Document) {
        let text = &doc.article.text;
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut norms = String::with_capacity(text.len());
        for passage in &doc.article.passages {
            let first = tokens.len();
            let mut scanner = Scanner { text: &text[..passage.span.end as usize], at: passage.span.start as usize };
            while let Some(token) = scanner.next_token() {
                tokens.push(token);
            }
            let capitals = norm::is_all_capitals(text, &tokens[first..]);
            norm::push(text, passage.span, &mut tokens[first..], capitals, &mut norms);
        }
        doc.tokens = tokens;
        doc.norms = norms;
    }
}

/// Longest address that is looked for, bytes (browsers' usual limit).
const LONGEST_ADDRESS: usize = 2_048;
/// Longest host name or local part that is looked for, bytes (RFC 1035 allows 253).
const LONGEST_LABEL: usize = 256;

/// Cuts text into tokens, one after the other.
pub(super) struct Scanner<'a> {
    /// The text, up to the end of the passage.
    pub(super) text: &'a str,
    /// Where the next token is looked for.
    pub(super) at: usize,
}

/// Marks that may stand between letters of one word.
fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | '&')
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || c == '_'
    } else {
        c.is_alphanumeric() || matches!(c, '\u{0300}'..='\u{036F}' | '\u{00AD}' | '\u{200D}')
    }
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '₹' | '₽')
}

impl Scanner<'_> {
    fn peek(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte.is_ascii() { Some(byte as char) } else { self.text[at..].chars().next() }
    }

    /// The next token.
    pub(super) fn next_token(&mut self) -> Option<Token> {
        let start = self.skip_space()?;
        let c = self.peek(start)?;
        let (end, base_end, kind) = if let Some(end) = self.plain_word(start) {
            (end, end, TokenKind::Word)
        } else if c.is_ascii_digit() || (is_currency(c) && self.digit_at(start + c.len_utf8())) {
            self.number_or_word(start)
        } else if is_word_char(c) {
            self.address(start).unwrap_or_else(|| self.word(start))
        } else {
            self.mark(start, c)
        };
        self.at = end;
        let span = Span::new(start as u32, end as u32);
        Some(Token { span, base_end: base_end as u32, norm: Span::default(), kind })
    }

    /// End of a word of ASCII letters and digits that nothing behind it goes on with: most words, told at one look.
    fn plain_word(&self, start: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[start..];
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        let length = alphanumeric_run(rest);
        plain::ends_word(rest, length).then_some(start + length)
    }

    fn skip_space(&mut self) -> Option<usize> {
        while let Some(c) = self.peek(self.at) {
            if !c.is_whitespace() {
                return Some(self.at);
            }
            self.at += c.len_utf8();
        }
        None
    }

    fn digit_at(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
    }

    /// A web or e-mail address from `start`, if one begins there.
    fn address(&self, start: usize) -> Option<(usize, usize, TokenKind)> {
        let bytes = self.text.as_bytes();
        let run = self.label_end(start);
        let url = match bytes.get(run)? {
            b':' if self.text[run..].starts_with("://") => true,
            b'.' if self.text[start..].starts_with("www.") || self.is_domain(start) => true,
            b'@' => false,
            _ => return None,
        };
        let near = &bytes[start..bytes.len().min(start + LONGEST_ADDRESS)];
        let stop = start + near.iter().position(u8::is_ascii_whitespace).unwrap_or(near.len());
        if !self.text.is_char_boundary(stop) {
            return None;
        }
        let end = start + self.text[start..stop].trim_end_matches(is_closing_mark).len();
        if url {
            return Some((end, end, TokenKind::Url));
        }
        let candidate = &self.text[start..end];
        let (local, domain) = candidate.split_once('@')?;
        let good = !local.is_empty()
            && domain.contains('.')
            && domain.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
        good.then_some((end, end, TokenKind::Email))
    }

    /// End of the run of letters, digits, `.`, `-` and `_` at `start` up to the first other mark, stopping before the
    /// first dot.
    fn label_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'-' | b'_' | b'+')) {
            at += 1;
        }
        // first.last@example.org
        let mut dots = at;
        while dots < bytes.len().min(start + LONGEST_LABEL)
            && (bytes[dots].is_ascii_alphanumeric() || matches!(bytes[dots], b'.' | b'-' | b'_'))
        {
            dots += 1;
        }
        if bytes.get(dots) == Some(&b'@') { dots } else { at }
    }

    /// Whether lower-case labels joined by dots with a common top level domain stand at `start` (`bbc.co.uk/news`).
    fn is_domain(&self, start: usize) -> bool {
        let bytes = self.text.as_bytes();
        let mut end = start;
        while end < bytes.len().min(start + LONGEST_LABEL)
            && (bytes[end].is_ascii_alphanumeric() || matches!(bytes[end], b'.' | b'-' | b'_'))
        {
            end += 1;
        }
        let name = self.text[start..end].trim_end_matches('.');
        let small = |label: &str| label.len() >= 2 && label.bytes().all(|b| b.is_ascii_lowercase());
        match name.rsplit_once('.') {
            Some((left, top)) => left.len() >= 2 && (is_top(top) || name.split('.').all(small) && left.contains('.')),
            None => false,
        }
    }

    /// A token that starts with a digit or a currency sign: a number, or a word such as `12-year-old`.
    fn number_or_word(&self, start: usize) -> (usize, usize, TokenKind) {
        let mut at = start;
        let mut letters_after_hyphen = false;
        while let Some(c) = self.peek(at) {
            let next = at + c.len_utf8();
            let inside = match c {
                ',' | '.' | ':' | '/' => at > start && self.digit_at(at - 1) && self.digit_at(next),
                '-' | '\u{2010}' | '\u{2011}' => {
                    let follows = self.peek(next).is_some_and(is_word_char);
                    letters_after_hyphen |= follows && !self.digit_at(next);
                    follows
                }
                '\'' | '’' => self.peek(next) == Some('s') && !self.peek(next + 1).is_some_and(is_word_char),
                _ => is_word_char(c) || (at == start && is_currency(c)),
            };
            if !inside {
                break;
            }
            at = next;
        }
        let base_end = possessive(self.text, start, at).unwrap_or(at);
        let (mut end, mut base_end) = (at, base_end);
        if self.peek(end) == Some('%') {
            end += 1;
            base_end = end;
        }
        // Letters that are more than an ordinal, a plural or a unit make a word: `12-year-old`, `3D-printed`.
        let kind = if letters_after_hyphen { TokenKind::Word } else { TokenKind::Number };
        (end, base_end, kind)
    }

    fn word(&self, start: usize) -> (usize, usize, TokenKind) {
        if let Some(end) = self.dotted_acronym(start) {
            let with_s = self.possessive_after(end);
            return (with_s.unwrap_or(end), end, TokenKind::Word);
        }
        let mut at = start;
        while let Some(c) = self.peek(at) {
            let next = at + c.len_utf8();
            let joined = || is_joiner(c) && self.peek(next).is_some_and(is_word_char) && self.joins(c, at, next);
            if !is_word_char(c) && !joined() {
                break;
            }
            at = next;
        }
        let base_end = possessive(self.text, start, at).unwrap_or(at);
        if base_end == at && self.peek(at) == Some('.') && self.takes_dot(start, at) {
            return (at + 1, at + 1, TokenKind::Word);
        }
        (at, base_end, TokenKind::Word)
    }

    /// Whether a joiner binds what stands around it. `&` binds capitals only (`AT&T`).
    fn joins(&self, c: char, at: usize, next: usize) -> bool {
        if c != '&' {
            return true;
        }
        let before = self.text[..at].chars().next_back();
        before.is_some_and(char::is_uppercase) && self.peek(next).is_some_and(char::is_uppercase)
    }

    /// End of an acronym with dots (`U.S.`, `a.m.`), which has at least two single letters.
    fn dotted_acronym(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut at, mut letters) = (start, 0);
        while at + 1 < bytes.len() && bytes[at].is_ascii_alphabetic() && bytes[at + 1] == b'.' {
            at += 2;
            letters += 1;
        }
        if letters == 0 {
            return None;
        }
        // `U.S` at the end of a word, without its last dot.
        if at < bytes.len()
            && bytes[at].is_ascii_alphabetic()
            && !self.peek(at + 1).is_some_and(|c| is_word_char(c) || c == '.')
        {
            return Some(at + 1);
        }
        (letters >= 2 && !self.peek(at).is_some_and(is_word_char)).then_some(at)
    }

    fn possessive_after(&self, at: usize) -> Option<usize> {
        let c = self.peek(at).filter(|&c| is_apostrophe(c))?;
        let s = at + c.len_utf8();
        let bound = self.peek(s) == Some('s') && !self.peek(s + 1).is_some_and(is_word_char);
        bound.then_some(s + 1)
    }

    /// Whether the dot after the word belongs to it: `Mr.`, `Corp.`, `No. 5`, the initial in `John F. Kennedy`.
    fn takes_dot(&self, start: usize, end: usize) -> bool {
        let word = &self.text[start..end];
        let mut rest = self.text[end + 1..].chars();
        let after = rest.next();
        if after.is_none() && word.len() == 1 {
            return false;
        }
        let follows = self.text[end + 1..].trim_start().chars().next();
        if word.len() == 1 && word.as_bytes()[0].is_ascii_uppercase() && word != "I" {
            let mut next = self.text[end + 1..].trim_start().bytes();
            let another = next.next().is_some_and(|b| b.is_ascii_uppercase()) && next.next() == Some(b'.');
            let named = (follows.is_some_and(char::is_uppercase)
                || abbreviation::particle_follows(&self.text[end + 1..]))
                && (another || self.follows_capital(start));
            return after == Some(' ') && (named || abbreviation::names_follow(&self.text[end + 1..]));
        }
        match abbreviation::class(word) {
            Some(abbreviation::Class::Number) => follows.is_some_and(|c| c.is_ascii_digit()),
            Some(_) => after.is_some(),
            None => false,
        }
    }

    /// Whether an initial stands where a name may: at the start, or after a capitalised word or another initial.
    fn follows_capital(&self, start: usize) -> bool {
        let before = self.text[..start].trim_end();
        let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
        before.is_empty()
            || self.text[before.len()..start].contains('\n')
            || word.ends_with(['.', '"', '“', '!', '?', '(', ':', ';', ','])
            || word.chars().next().is_some_and(char::is_uppercase)
            || matches!(word, "by" | "and" | "with" | "to" | "for" | "of")
    }

    /// The end of `:)`, `;-(` and the like behind a space.
    fn smiley(&self, start: usize, c: char) -> Option<usize> {
        let alone = self.text[..start].chars().next_back().is_none_or(char::is_whitespace);
        if !alone || !matches!(c, ':' | ';' | '=') {
            return None;
        }
        let mouth = start + 1 + usize::from(self.peek(start + 1) == Some('-'));
        let known = self.peek(mouth).is_some_and(|m| matches!(m, ')' | '(' | 'D' | 'P' | '|'));
        (known && !self.peek(mouth + 1).is_some_and(is_word_char)).then_some(mouth + 1)
    }

    /// Marks, handles and symbols.
    fn mark(&self, start: usize, c: char) -> (usize, usize, TokenKind) {
        let next = start + c.len_utf8();
        if matches!(c, '@' | '#') && self.peek(next).is_some_and(|d| d.is_alphabetic() || d == '_') {
            let mut at = next;
            while let Some(d) = self.peek(at).filter(|&d| is_word_char(d)) {
                at += d.len_utf8();
            }
            return (at, at, TokenKind::Handle);
        }
        if is_apostrophe(c) && self.digit_at(next) {
            let (end, base, kind) = self.number_or_word(next);
            if self.text[next..end].ends_with('s') {
                return (end, base, kind); // '90s
            }
        }
        if let Some(end) = self.smiley(start, c) {
            return (end, end, TokenKind::Symbol);
        }
        if is_punctuation(c) {
            let mut at = next;
            let ends = |c: char| matches!(c, '.' | '!' | '?');
            if matches!(c, '-' | '*' | '_') || ends(c) {
                // `...`, `---`, `?!`
                while self.peek(at).is_some_and(|d| d == c || ends(c) && ends(d)) {
                    at += 1;
                }
            }
            return (at, at, TokenKind::Punctuation);
        }
        let mut at = next;
        while matches!(c, '<' | '>' | '=' | '$' | '~') && self.peek(at) == Some(c) {
            at += 1;
        }
        while let Some(d) = self.peek(at).filter(|&d| matches!(d, '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{20E3}'))
        {
            at += d.len_utf8();
        }
        (at, at, TokenKind::Symbol)
    }
}

/// Last labels of hosts and files.
const TOPS: &str =
    "com org net gov edu uk info tv eu int io htm html pdf doc docx xls xlsx csv txt ppt jpg png gif zip";

/// Whether a label ends the name of a host or a file.
fn is_top(label: &str) -> bool {
    TOPS.split(' ').any(|top| top == label)
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation() && !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~');
    }
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '«' | '»' | '¡' | '¿' | '·')
        || matches!(c, '\u{3001}'..='\u{3011}' | '\u{FF01}'..='\u{FF0F}' | '\u{2E3A}' | '\u{2E3B}')
}

fn is_closing_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '\'' | '”' | '’' | '>' | '*' | '…' | '—')
}

/// Where the word without its possessive ending ends.
fn possessive(text: &str, start: usize, end: usize) -> Option<usize> {
    form::possessive(&text[start..end]).map(|len| start + len)
}

#[cfg(test)]
mod tests {
    use crate::annotate::fixture::tokenized;
    use crate::document::TokenKind;

    /// Surfaces joined by `|`.
    fn tokens(text: &str) -> String {
        let doc = tokenized(text);
        doc.tokens.iter().map(|t| doc.surface(t)).collect::<Vec<_>>().join("|")
    }

    /// Counted forms joined by `|`.
    fn norms(text: &str) -> String {
        let doc = tokenized(text);
        doc.tokens.iter().filter(|t| t.is_counted()).map(|t| doc.norm(t)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn hyphens_and_apostrophes_stay_inside_words() {
        assert_eq!(tokens("A two-day trip, isn't it?"), "A|two-day|trip|,|isn't|it|?");
        assert_eq!(tokens("O’Neill’s rock-’n’-roll"), "O’Neill’s|rock|-|’|n|’|-|roll");
        assert_eq!(tokens("post-World War II"), "post-World|War|II");
    }

    #[test]
    fn dashes_end_words_and_quotes() {
        assert_eq!(tokens("“order”—that is"), "“|order|”|—|that|is");
        assert_eq!(tokens("the line—the Delta-2—across"), "the|line|—|the|Delta-2|—|across");
        assert_eq!(tokens("one--two"), "one|--|two");
    }

    #[test]
    fn numbers_addresses_and_handles_are_typed() {
        assert_eq!(
            tokens("It cost $3.5bn, or 12%, by 1,200 in the 1990s."),
            "It|cost|$3.5bn|,|or|12%|,|by|1,200|in|the|1990s|."
        );
        let doc = tokenized("See https://a.example/x?y=1, bbc.co.uk/news or mail a.b@example.org. @who #tag 🙂");
        let kinds: Vec<_> = doc.tokens.iter().map(|t| (doc.surface(t), t.kind)).collect();
        assert!(kinds.contains(&("https://a.example/x?y=1", TokenKind::Url)), "{kinds:?}");
        assert!(kinds.contains(&("bbc.co.uk/news", TokenKind::Url)), "{kinds:?}");
        assert!(kinds.contains(&("a.b@example.org", TokenKind::Email)), "{kinds:?}");
        assert!(kinds.contains(&("@who", TokenKind::Handle)) && kinds.contains(&("#tag", TokenKind::Handle)));
        assert!(kinds.contains(&("🙂", TokenKind::Symbol)), "{kinds:?}");
    }

    #[test]
    fn abbreviations_keep_their_dot() {
        assert_eq!(tokens("Mr. Vale of Acme Corp. met J. K. Orr."), "Mr.|Vale|of|Acme|Corp.|met|J.|K.|Orr|.");
        assert_eq!(
            tokens("The answer was no. They left at 5 a.m. today."),
            "The|answer|was|no|.|They|left|at|5|a.m.|today|."
        );
        assert_eq!(tokens("the U.S.'s plan"), "the|U.S.'s|plan");
    }

    #[test]
    fn possessives_are_not_counted_but_verbs_are_kept() {
        assert_eq!(norms("Vale’s plan and Vale's plan; it's late"), "vale|plan|and|vale|plan|it's|late");
    }

    #[test]
    fn us_is_not_folded_into_the_pronoun() {
        assert_eq!(norms("The US told us so. The U.S. and NATO"), "the|US|told|us|so|the|US|and|nato");
        assert_eq!(norms("US-led talks at the WHO"), "us-led|talks|at|the|WHO");
        assert_eq!(norms("THEY TOLD US TO GO"), "they|told|us|to|go");
    }

    #[test]
    fn accents_fold_to_one_form() {
        assert_eq!(norms("ÉLAN e\u{301}lan"), "élan|élan");
    }
}

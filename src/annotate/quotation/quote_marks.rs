//! Quotation marks into marked passages: which mark opens, which closes, what lies between and what lies inside what.
//!
//! Reads the tokens and passages, writes nothing. Directed marks (`“ ”`, `‘ ’`, `« »`) pair by direction, straight
//! marks by alternation within the paragraph, corrected by the white space around them. Single marks count only as
//! pairs, so an apostrophe never opens a quotation. An open double mark ends with its paragraph, unless the next
//! paragraph begins with a mark of the same kind: then both are one quotation.

use crate::document::{Byte, Document, PassageKind, Span, Token, TokenKind};

/// Words between two marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// Index of the opening mark's token.
    pub open: u32,
    /// Index after the closing mark's token (after the last token inside, where no mark closes).
    pub close: u32,
    /// The bytes inside the marks, without white space at the ends.
    pub inner: Span<Byte>,
    /// Index into `Document::passages` of the opening mark.
    pub passage: u32,
    /// How many paragraphs it goes through.
    pub paragraphs: u32,
    /// Whether the closing mark is missing.
    pub unclosed: bool,
    /// Whether it begins with its passage and so may go on from the passage before.
    leads: bool,
    kind: Mark,
}

impl Marked {
    /// Whether the marks are single ones.
    pub(super) fn is_single(&self) -> bool {
        self.kind.is_single()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Double,
    Straight,
    Single,
    StraightSingle,
    Guillemet,
}

impl Mark {
    fn is_single(self) -> bool {
        matches!(self, Mark::Single | Mark::StraightSingle)
    }
}

/// More marks than this, one inside the other, are no quotations: all end there.
const DEEPEST: usize = 8;

/// Words that begin with an apostrophe of their own.
const CLIPPED: [&str; 8] = ["em", "til", "tis", "twas", "cause", "bout", "n", "round"];

/// All marked passages in order of their opening marks; one around another comes first.
pub(super) fn marked(doc: &Document) -> Vec<Marked> {
    let mut all = Vec::new();
    let mut first = 0;
    for (index, passage) in doc.article.passages.iter().enumerate() {
        let last = first + doc.tokens[first..].partition_point(|t| t.span.start < passage.span.end);
        let mut pairing = Pairing { doc, first, last, passage: index as u32, stack: Vec::new(), found: Vec::new() };
        pairing.run();
        all.append(&mut pairing.found);
        first = last;
    }
    join_paragraphs(doc, all)
}

/// The marks of one passage.
struct Pairing<'a> {
    doc: &'a Document,
    first: usize,
    last: usize,
    passage: u32,
    stack: Vec<(Mark, usize)>,
    found: Vec<Marked>,
}

/// What stands around a mark.
struct Around {
    opens: bool,
    closes: bool,
}

impl Pairing<'_> {
    fn run(&mut self) {
        let singles = self.single_marks();
        // Where `''` stands for a double mark, single marks stand inside such quotations and are not read by themselves.
        let opens = |at: usize| self.touches_next(at) && !self.touches_previous(at) && self.touches_next(at + 1);
        let doubled = singles.windows(2).any(|pair| pair[0] + 1 == pair[1] && opens(pair[0]));
        let mut next_single = 0;
        for at in self.first..self.last {
            let Some(mark) = mark_char(self.doc, at) else {
                continue;
            };
            while next_single < singles.len() && singles[next_single] <= at {
                next_single += 1;
            }
            if self.stack.len() >= DEEPEST {
                self.cut(0, at);
            }
            match mark {
                '‘' | '’' | '\'' if doubled => {}
                '“' | '„' | '‟' => self.directed_open(Mark::Double, at),
                '”' => self.directed_close(Mark::Double, at),
                '«' => self.directed_open(Mark::Guillemet, at),
                '»' => self.directed_close(Mark::Guillemet, at),
                '"' => self.straight(at),
                '‘' => self.single_open(Mark::Single, at),
                '’' => self.single_close(Mark::Single, at, singles.get(next_single).copied()),
                _ => self.straight_single(at, singles.get(next_single).copied()),
            }
        }
        self.end_passage();
        self.found.sort_by_key(|m| (m.open, std::cmp::Reverse(m.close)));
    }

    /// Tokens of the passage that are single marks.
    fn single_marks(&self) -> Vec<usize> {
        let single = |&at: &usize| mark_char(self.doc, at).is_some_and(|c| matches!(c, '‘' | '’' | '\''));
        (self.first..self.last).filter(single).collect()
    }

    fn token(&self, at: usize) -> &Token {
        &self.doc.tokens[at]
    }

    fn touches_previous(&self, at: usize) -> bool {
        at > self.first && self.token(at - 1).span.end == self.token(at).span.start
    }

    fn touches_next(&self, at: usize) -> bool {
        at + 1 < self.last && self.token(at).span.end == self.token(at + 1).span.start
    }

    fn around(&self, at: usize) -> Around {
        let free_before = !self.touches_previous(at) || {
            let before = self.doc.surface(self.token(at - 1));
            before.starts_with(['(', '[', '{', '—', '–', '-', '/', '“', '‘', '«', '=']) || self.is_open(at - 1)
        };
        let free_after = !self.touches_next(at) || {
            let after = self.doc.surface(self.token(at + 1));
            after.starts_with([
                ')', ']', '}', ',', '.', ';', ':', '!', '?', '—', '–', '-', '/', '”', '’', '»', '…', '"', '\'',
            ])
        };
        Around { opens: free_before && !free_after, closes: !free_before && free_after }
    }

    fn is_open(&self, at: usize) -> bool {
        self.stack.last().is_some_and(|&(_, open)| open == at)
    }

    /// Whether the token before is a number that touches the mark, as in `6'2"`.
    fn after_digit(&self, at: usize) -> bool {
        self.touches_previous(at) && self.token(at - 1).kind == TokenKind::Number
    }

    fn directed_open(&mut self, mark: Mark, at: usize) {
        let around = self.around(at);
        if around.closes && self.position(mark).is_some() {
            return self.directed_close(mark, at); // typed the wrong way round
        }
        if let Some(depth) = self.position(mark) {
            // An open mark inside an open mark of its kind: the earlier one lacks its end.
            if self.stack[depth..].iter().all(|&(m, _)| m == mark || m.is_single()) {
                self.cut(depth, at);
            }
        }
        self.stack.push((mark, at));
    }

    fn directed_close(&mut self, mark: Mark, at: usize) {
        let found = self.stack.iter().rposition(|&(m, _)| m == mark || (mark == Mark::Double && m == Mark::Straight));
        match found {
            Some(depth) => self.close(depth, at),
            None if self.around(at).opens => self.stack.push((mark, at)),
            None => {}
        }
    }

    fn straight(&mut self, at: usize) {
        let around = self.around(at);
        let open = self.stack.iter().rposition(|&(m, _)| matches!(m, Mark::Straight | Mark::Double));
        match open {
            None if self.after_digit(at) || around.closes => {}
            None => self.stack.push((Mark::Straight, at)),
            Some(depth) if around.opens => {
                if self.stack[depth].0 == Mark::Straight {
                    self.cut(depth, at);
                }
                self.stack.push((Mark::Straight, at));
            }
            Some(depth) => self.close(depth, at),
        }
    }

    fn single_open(&mut self, mark: Mark, at: usize) {
        let clipped = self.touches_next(at) && CLIPPED.contains(&self.doc.norm(self.token(at + 1)));
        if clipped || !self.around(at).opens {
            return;
        }
        if let Some(depth) = self.position(mark) {
            self.stack.truncate(depth);
        }
        self.stack.push((mark, at));
    }

    fn single_close(&mut self, mark: Mark, at: usize, next: Option<usize>) {
        let Some(depth) = self.position(mark) else {
            return;
        };
        if !self.around(at).closes || (self.after_digit(at) && self.digit_follows(at)) || self.is_possessive(at, next) {
            return;
        }
        self.close(depth, at);
    }

    fn straight_single(&mut self, at: usize, next: Option<usize>) {
        if self.around(at).opens {
            self.single_open(Mark::StraightSingle, at);
        } else {
            self.single_close(Mark::StraightSingle, at, next);
        }
    }

    fn digit_follows(&self, at: usize) -> bool {
        self.touches_next(at) && self.token(at + 1).kind == TokenKind::Number
    }

    /// Whether a closing single mark is more likely the end of a plural possessive (`leaders’`): it follows an `s`, a
    /// word follows it, and the next single mark closes too.
    fn is_possessive(&self, at: usize, next: Option<usize>) -> bool {
        let plural = self.touches_previous(at) && self.doc.surface(self.token(at - 1)).ends_with('s');
        let word_follows = at + 1 < self.last && self.token(at + 1).kind == TokenKind::Word;
        let Some(next) = next.filter(|_| plural && word_follows) else {
            return false;
        };
        let again = self.doc.surface(self.token(next - 1)).ends_with('s') && {
            next + 1 < self.last && self.token(next + 1).kind == TokenKind::Word
        };
        self.around(next).closes && !again
    }

    fn position(&self, mark: Mark) -> Option<usize> {
        self.stack.iter().rposition(|&(m, _)| m == mark)
    }

    /// Closes the mark at `depth` of the stack; double marks above it lack their end, single ones were apostrophes.
    fn close(&mut self, depth: usize, at: usize) {
        self.cut(depth + 1, at);
        if let Some((mark, open)) = self.stack.pop() {
            self.push(mark, open, at, false);
        }
    }

    /// Ends all marks from `depth` on before token `at`.
    fn cut(&mut self, depth: usize, at: usize) {
        while self.stack.len() > depth {
            if let Some((mark, open)) = self.stack.pop()
                && !mark.is_single()
            {
                self.push(mark, open, at, true);
            }
        }
    }

    fn end_passage(&mut self) {
        let end = self.last;
        while let Some((mark, open)) = self.stack.pop() {
            // A single mark may lead a paragraph of a longer quotation; joining decides.
            if !mark.is_single() || open == self.first {
                self.push(mark, open, end, true);
            }
        }
    }

    /// Records the marked tokens from the opening mark to `at`, the closing mark or (unclosed) the first token after.
    fn push(&mut self, kind: Mark, open: usize, at: usize, unclosed: bool) {
        if open + 1 >= at {
            return;
        }
        let inner = Span::new(self.token(open + 1).span.start, self.token(at - 1).span.end);
        self.found.push(Marked {
            open: open as u32,
            close: at as u32 + u32::from(!unclosed),
            inner,
            passage: self.passage,
            paragraphs: 1,
            unclosed,
            leads: open == self.first,
            kind,
        });
    }
}

/// The mark that a token is, if it is one.
fn mark_char(doc: &Document, at: usize) -> Option<char> {
    let token = &doc.tokens[at];
    if token.kind != TokenKind::Punctuation {
        return None;
    }
    let c = doc.surface(token).chars().next()?;
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '«' | '»').then_some(c)
}

/// Joins what goes on over paragraphs: an open mark at the end of one, and the same kind of mark at the head of the
/// next.
fn join_paragraphs(doc: &Document, all: Vec<Marked>) -> Vec<Marked> {
    let mut joined: Vec<Marked> = Vec::with_capacity(all.len());
    let mut tail: Option<usize> = None;
    for marked in all {
        if let Some(index) = tail.filter(|_| marked.leads) {
            let head = &mut joined[index];
            let follows = head.passage + head.paragraphs == marked.passage && head.kind == marked.kind;
            let body = doc.article.passages[marked.passage as usize].kind == PassageKind::Paragraph;
            if follows && body {
                head.close = marked.close;
                head.inner.end = marked.inner.end;
                head.paragraphs += 1;
                head.unclosed = marked.unclosed;
                if !marked.unclosed {
                    tail = None;
                }
                continue;
            }
        }
        let passage_end = doc.article.passages[marked.passage as usize].span.end;
        let at_end =
            marked.unclosed && marked.inner.end >= doc.article.text[..passage_end as usize].trim_end().len() as u32;
        let open_here = tail.is_some_and(|t| joined[t].passage + joined[t].paragraphs == marked.passage + 1);
        joined.push(marked);
        if at_end && !open_here {
            tail = Some(joined.len() - 1);
        }
    }
    joined.retain(|m| !(m.kind.is_single() && m.unclosed));
    joined
}

#[cfg(test)]
mod tests {
    use super::marked;
    use crate::annotate::fixture::tokenized;

    /// What stands inside each pair of marks, `!` behind what is not closed.
    fn inside(text: &str) -> Vec<String> {
        let doc = tokenized(text);
        let show = |m: super::Marked| format!("{}{}", doc.text(m.inner), if m.unclosed { "!" } else { "" });
        marked(&doc).into_iter().map(show).collect()
    }

    #[test]
    fn directed_and_straight_marks_pair() {
        assert_eq!(inside("A “one two” and “three”."), ["one two", "three"]);
        assert_eq!(inside("A \"one two\" and \"three\"."), ["one two", "three"]);
        assert_eq!(inside("A «one» and “two\" here."), ["one", "two"]);
        assert_eq!(inside("the “rules-based order”—that is, \"theirs\""), ["rules-based order", "theirs"]);
        assert_eq!(inside("\"One,\" he said, \"and two.\""), ["One,", "and two."]);
    }

    #[test]
    fn straight_marks_start_anew_with_each_paragraph() {
        assert_eq!(inside("He said \"one two.\n\nThey \"three\" four."), ["one two.!", "three"]);
    }

    #[test]
    fn white_space_corrects_alternation() {
        assert_eq!(inside("He lost a\" mark but \"found it\" again."), ["found it"]);
        assert_eq!(inside("\"One is open and \"two is shut\" here."), ["One is open and!", "two is shut"]);
    }

    #[test]
    fn single_marks_count_only_as_pairs() {
        assert_eq!(inside("They called it ‘a leap’ and left."), ["a leap"]);
        assert_eq!(inside("It’s the leaders’ own fault, rock ’n’ roll."), Vec::<String>::new());
        assert_eq!(inside("‘The leaders’ plan is dead,’ he said."), ["The leaders’ plan is dead,"]);
        assert_eq!(
            inside("'The workers' plan is dead,' he said, 'so there.'"),
            ["The workers' plan is dead,", "so there."]
        );
        assert_eq!(inside("It's the workers' day, isn't it? 'Tis late."), Vec::<String>::new());
        assert_eq!(inside("“He said ‘no’ twice,” she said."), ["He said ‘no’ twice,", "no"]);
        assert_eq!(inside("'He said \"no\" twice,' she said."), ["He said \"no\" twice,", "no"]);
    }

    #[test]
    fn inches_and_feet_are_no_marks() {
        assert_eq!(inside("He is 6'2\" tall with a 12\" pipe."), Vec::<String>::new());
        assert_eq!(inside("\"I was 12,\" he said."), ["I was 12,"]);
    }

    #[test]
    fn a_quotation_over_paragraphs_is_one() {
        assert_eq!(inside("He said: “One.\n“Two.\n“Three.” Then four."), ["One.\n“Two.\n“Three."]);
        assert_eq!(inside("He said: “One.\nTwo is another.”"), ["One.!"]);
        assert_eq!(inside("He said: \"One.\n\"Two.\"\n\"Three.\""), ["One.\n\"Two.", "Three."]);
    }

    #[test]
    fn what_is_not_closed_ends_with_its_paragraph() {
        assert_eq!(inside("He said “one two.\nAnd on."), ["one two.!"]);
    }

    #[test]
    fn many_marks_stay_linear() {
        let started = std::time::Instant::now();
        for unit in ["\"", "“a ", "‘a ", "\"a “b ‘c «d ", "a\" b\" ", "’s ‘ 'x "] {
            let doc = tokenized(&unit.repeat(10_000));
            marked(&doc);
        }
        assert!(started.elapsed().as_secs() < 20);
    }
}

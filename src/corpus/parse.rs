//! From a decoded file to the parts of an article: the order of the steps, shared by all formats of running text.
//!
//! It reads the raw text and the shown path. Title and paragraphs go into the clean text; byline, date line and
//! boilerplate stay out. It works in one pass over the lines and never panics.

use super::clean::Clean;
use super::line::{Line, lines};
use super::masthead::Masthead;
use super::paragraph::{Kind, Paragraph, paragraphs};
use super::path_date::{self, PathDate};
use super::{Parsed, boilerplate, masthead, rejoin};
use crate::document::{DateSource, Passage, PassageKind, Span};

/// Which marks are markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Plain text, in which some Markdown is common.
    Text,
    /// Markdown.
    Markdown,
}

/// The parts of an article.
pub(super) fn parse(raw: &str, path: &str, dialect: Dialect) -> Parsed {
    let mut lines = lines(raw);
    let head = masthead::take(raw, &mut lines, dialect);
    let paragraphs = paragraphs(raw, &mut lines);
    let mut writer = Writer {
        raw,
        dialect,
        parsed: Parsed::default(),
        clean: Clean::default(),
        open: None,
    };
    writer.title(&head.title);
    for paragraph in &paragraphs {
        writer.paragraph(paragraph, &lines[paragraph.lines.clone()]);
    }
    let mut parsed = writer.parsed;
    mark_headings(&mut parsed);
    date(&mut parsed, &head, path);
    parsed.author = head.author;
    if !matches!(parsed.passages.first(), Some(p) if p.kind == PassageKind::Title) {
        parsed.warnings.push("no_title");
    }
    parsed
}

/// Body passages among which the title may stand a second time.
const TITLE_AGAIN: usize = 3;

struct Writer<'a> {
    raw: &'a str,
    dialect: Dialect,
    parsed: Parsed,
    /// The paragraph at hand.
    clean: Clean,
    /// Where the last paragraph begins in the clean text, if it is running text that may go on in the next one.
    open: Option<usize>,
}

impl Writer<'_> {
    fn title(&mut self, lines: &[Line]) {
        if let Some(last) = lines.last() {
            self.clean.lines(self.raw, lines, self.dialect);
            self.push(PassageKind::Title, last.end);
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, lines: &[Line]) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return;
        };
        let range = first.start as usize..last.end as usize;
        self.clean.clear();
        if paragraph.kind != Kind::Furniture {
            self.clean.lines(self.raw, lines, self.dialect);
            if boilerplate::is_mark(&self.clean.text) {
                return;
            }
        }
        let raw = &self.raw[range.clone()];
        if paragraph.kind == Kind::Furniture || boilerplate::is_boilerplate(raw, &self.clean.text) {
            self.parsed.boilerplate.push(range);
            return;
        }
        if self.repeats_title() {
            self.parsed.warnings.push("title_repeated");
            return;
        }
        let heading = paragraph.kind == Kind::Heading || is_bold(raw, lines, &self.clean.text);
        if paragraph.kind == Kind::Text && !heading && self.goes_on() {
            return self.join(last.end);
        }
        let kind = if heading {
            PassageKind::Heading
        } else {
            PassageKind::Paragraph
        };
        self.push(kind, last.end);
        self.open = self.open.filter(|_| paragraph.kind == Kind::Text && !heading);
    }

    /// Writes the paragraph at hand as a passage of its own; `end` is where its last line ends.
    fn push(&mut self, kind: PassageKind, end: u32) {
        if self.clean.text.is_empty() {
            return;
        }
        let start = self.parsed.text.len() as u32;
        self.open = (kind == PassageKind::Paragraph).then_some(start as usize);
        self.clean.append_to(&mut self.parsed.text, &mut self.parsed.source);
        let span = Span::new(start, self.parsed.text.len() as u32);
        self.parsed.passages.push(Passage { kind, span });
        self.parsed.source.push(span.end, end);
        self.parsed.text.push('\n');
    }

    /// Writes the paragraph at hand into the last passage.
    fn join(&mut self, end: u32) {
        let Some(last) = self.parsed.passages.last_mut() else {
            return;
        };
        // The line end written after the passage becomes the space inside it; it leads back to the same place.
        self.parsed.text.pop();
        self.parsed.text.push(' ');
        self.open = Some(self.parsed.text.len());
        self.clean.append_to(&mut self.parsed.text, &mut self.parsed.source);
        last.span.end = self.parsed.text.len() as u32;
        self.parsed.source.push(last.span.end, end);
        self.parsed.text.push('\n');
        self.parsed.paragraphs_rejoined += 1;
    }

    /// Whether the paragraph at hand goes on with the last one.
    fn goes_on(&self) -> bool {
        let above = self.open.and_then(|at| self.parsed.text.get(at..));
        above.is_some_and(|above| rejoin::goes_on(above.trim_end_matches('\n'), &self.clean.text))
    }

    /// Whether the paragraph at hand says the title again.
    fn repeats_title(&self) -> bool {
        let passages = &self.parsed.passages;
        let title = match passages.first() {
            Some(p) if p.kind == PassageKind::Title && passages.len() <= TITLE_AGAIN => p.span,
            _ => return false,
        };
        let letters = |text: &str| -> String {
            let kept = text.chars().filter(|c| c.is_alphanumeric());
            kept.flat_map(char::to_lowercase).collect()
        };
        self.clean.text.len() <= 2 * title.len() as usize + 16
            && letters(&self.clean.text) == letters(&self.parsed.text[title.range()])
    }
}

/// Whether a paragraph of one line is all bold and ends no sentence, as headings are.
fn is_bold(raw: &str, lines: &[Line], text: &str) -> bool {
    let bold =
        |mark: &str| raw.len() > 4 && raw.starts_with(mark) && raw.ends_with(mark) && raw.matches(mark).count() == 2;
    lines.len() == 1 && text.len() <= 120 && (bold("**") || bold("__")) && !rejoin::ends_sentence(text)
}

/// Makes a heading of what looks like one: a short line that ends no sentence, in front of a paragraph that does.
fn mark_headings(parsed: &mut Parsed) {
    let text = &parsed.text;
    for i in 1..parsed.passages.len() {
        let below = parsed.passages[i];
        let above = parsed.passages[i - 1];
        if above.kind != PassageKind::Paragraph || below.kind != PassageKind::Paragraph {
            continue;
        }
        let words = &text[above.span.range()];
        let short = words.len() <= 70 && words.split_whitespace().count() <= 9;
        let shape = words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !words.ends_with([',', '"', '”', '-']);
        let body = below.span.len() >= 80 && rejoin::ends_sentence(&text[below.span.range()]);
        if short && shape && body && !rejoin::ends_sentence(words) && !rejoin::is_dangling(words) {
            parsed.passages[i - 1].kind = PassageKind::Heading;
        }
    }
}

/// The date of the text, else of the file's name, else of its folders.
fn date(parsed: &mut Parsed, head: &Masthead, path: &str) {
    let mut ambiguous = head.ambiguous;
    if head.date.is_some() {
        parsed.date = head.date;
        parsed.date_source = Some(DateSource::Text);
        return;
    }
    match path_date::find(path) {
        PathDate::Day(date, source) => {
            parsed.date = Some(date);
            parsed.date_source = Some(source);
        }
        PathDate::Ambiguous => ambiguous = true,
        PathDate::None => {}
    }
    if ambiguous && parsed.date.is_none() {
        parsed.warnings.push("ambiguous_date");
    }
}

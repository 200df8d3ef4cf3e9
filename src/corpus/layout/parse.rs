//! From a decoded file to the parts of an article: the order of the steps, shared by all formats of running text.
//!
//! It reads the raw text and the shown path. Title and paragraphs go into the clean text; byline, date line and
//! boilerplate stay out. It works in one pass over the lines and never panics.

use super::clean::Clean;
use super::describe::describe;
use super::filename::FilenamePattern;
use super::line::{Line, lines};
use super::masthead::{self, Masthead};
use super::paragraph::{Kind, Paragraph, paragraphs};
use super::{boilerplate, rejoin};
use crate::corpus::Extract;
use crate::document::{Article, Date, Passage, PassageKind, Removed, RemovedBy, Span};

/// Which marks are markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Plain text, in which some Markdown is common.
    Text,
    /// Markdown.
    Markdown,
}

/// What is known of a document outside its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::corpus) struct Given<'a> {
    /// Path as the tables show it.
    pub(in crate::corpus) path: &'a str,
    /// The pattern of file names.
    pub(in crate::corpus) pattern: Option<&'a FilenamePattern>,
    /// The day of the file's last change, if it may date the article.
    pub(in crate::corpus) modified: Option<Date>,
    /// Whether boilerplate stays in the text.
    pub(in crate::corpus) keep_boilerplate: bool,
}

/// Takes the text of a document apart: everything of an [`Article`] that is in its text, its metadata or its path.
pub(in crate::corpus) fn parse(extract: Extract, given: &Given<'_>) -> Article {
    let (mut article, head) = take_apart(&extract, given.keep_boilerplate);
    mark_headings(&mut article);
    let Extract { raw, encoding, offsets, metadata, warnings, .. } = extract;
    article.warnings.extend(warnings.iter().map(|w| (*w).to_owned()));
    describe(&mut article, head, metadata, given);
    Article { raw, encoding, offsets, ..article }
}

/// The clean text of a document and its passages alone; what is no title is a paragraph.
pub(in crate::corpus) fn text(extract: Extract, keep_boilerplate: bool) -> Article {
    take_apart(&extract, keep_boilerplate).0
}

fn take_apart(extract: &Extract, keep: bool) -> (Article, Masthead) {
    let dialect = if extract.markdown { Dialect::Markdown } else { Dialect::Text };
    let raw = extract.raw.as_str();
    let mut lines = lines(raw);
    let head = masthead::take(raw, &mut lines, dialect, extract.titled);
    let paragraphs = paragraphs(raw, &mut lines);
    let passages = Vec::with_capacity(paragraphs.len() + 1);
    let article = Article { text: String::with_capacity(raw.len() + 1), passages, ..Article::default() };
    let mut writer = Writer { raw, dialect, keep, article, clean: Clean::default(), open: None };
    writer.title(&head.title);
    for paragraph in &paragraphs {
        writer.paragraph(paragraph, &lines[paragraph.lines.clone()]);
    }
    (writer.article, head)
}

/// Body passages among which the title may stand a second time.
const TITLE_AGAIN: usize = 3;

struct Writer<'a> {
    raw: &'a str,
    dialect: Dialect,
    /// Whether boilerplate stays.
    keep: bool,
    article: Article,
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
        let boilerplate = || boilerplate::is_boilerplate(raw, &self.clean.text);
        if paragraph.kind == Kind::Furniture || (!self.keep && boilerplate()) {
            self.article.boilerplate.push(Removed { range, why: RemovedBy::Rule });
            return;
        }
        if self.repeats_title() {
            self.article.warnings.push("title_repeated".to_owned());
            return;
        }
        let heading = paragraph.kind == Kind::Heading || is_bold(raw, lines, &self.clean.text);
        if paragraph.kind == Kind::Text && !heading && self.goes_on() {
            return self.join(last.end);
        }
        let kind = if heading { PassageKind::Heading } else { PassageKind::Paragraph };
        self.push(kind, last.end);
        self.open = self.open.filter(|_| paragraph.kind == Kind::Text && !heading);
    }

    /// Writes the paragraph at hand as a passage of its own; `end` is where its last line ends.
    fn push(&mut self, kind: PassageKind, end: u32) {
        if self.clean.text.is_empty() {
            return;
        }
        let start = self.article.text.len() as u32;
        self.open = (kind == PassageKind::Paragraph).then_some(start as usize);
        self.clean.append_to(&mut self.article.text, &mut self.article.source);
        let span = Span::new(start, self.article.text.len() as u32);
        self.article.passages.push(Passage { kind, span });
        self.article.source.push(span.end, end);
        self.article.text.push('\n');
    }

    /// Writes the paragraph at hand into the last passage.
    fn join(&mut self, end: u32) {
        let Some(last) = self.article.passages.last_mut() else {
            return;
        };
        // The line end written after the passage becomes the space inside it; both lead back to the same place.
        self.article.text.pop();
        if !rejoin::joins_closely(&self.article.text[last.span.range()], &self.clean.text) {
            self.article.text.push(' ');
        }
        self.open = Some(self.article.text.len());
        self.clean.append_to(&mut self.article.text, &mut self.article.source);
        last.span.end = self.article.text.len() as u32;
        self.article.source.push(last.span.end, end);
        self.article.text.push('\n');
        self.article.paragraphs_rejoined += 1;
    }

    /// Whether the paragraph at hand goes on with the last one.
    fn goes_on(&self) -> bool {
        let above = self.open.and_then(|at| self.article.text.get(at..));
        above.is_some_and(|above| rejoin::goes_on(above.trim_end_matches('\n'), &self.clean.text))
    }

    /// Whether the paragraph at hand says the title again.
    fn repeats_title(&self) -> bool {
        let passages = &self.article.passages;
        let title = match passages.first() {
            Some(p) if p.kind == PassageKind::Title && passages.len() <= TITLE_AGAIN => p.span,
            _ => return false,
        };
        let title = &self.article.text[title.range()];
        self.clean.text.len() <= 2 * title.len() + 16 && letters(&self.clean.text).eq(letters(title))
    }
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether a paragraph of one line is all bold and ends no sentence, as headings are.
fn is_bold(raw: &str, lines: &[Line], text: &str) -> bool {
    let bold =
        |mark: &str| raw.len() > 4 && raw.starts_with(mark) && raw.ends_with(mark) && raw.matches(mark).count() == 2;
    lines.len() == 1 && text.len() <= 120 && (bold("**") || bold("__")) && !rejoin::ends_sentence(text)
}

/// Makes a heading of what looks like one: a short line that ends no sentence, in front of a paragraph that does.
fn mark_headings(article: &mut Article) {
    let text = &article.text;
    for i in 1..article.passages.len() {
        let below = article.passages[i];
        let above = article.passages[i - 1];
        if above.kind != PassageKind::Paragraph || below.kind != PassageKind::Paragraph {
            continue;
        }
        let words = &text[above.span.range()];
        let short = words.len() <= 70 && words.split_whitespace().count() <= 9;
        let shape = words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !words.ends_with([',', '"', '”', '-']);
        let body = below.span.len() >= 80 && rejoin::ends_sentence(&text[below.span.range()]);
        if short && shape && body && !rejoin::ends_sentence(words) && !rejoin::is_dangling(words) {
            article.passages[i - 1].kind = PassageKind::Heading;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DateSource;
    use proptest::prelude::*;

    fn text(raw: &str) -> Article {
        read(raw, "a.txt", Dialect::Text)
    }

    fn read(raw: &str, path: &str, dialect: Dialect) -> Article {
        let markdown = dialect == Dialect::Markdown;
        let given = Given { path, ..Given::default() };
        parse(Extract { raw: raw.to_owned(), markdown, ..Extract::default() }, &given)
    }

    fn passages(parsed: &Article) -> Vec<(PassageKind, &str)> {
        parsed.passages.iter().map(|p| (p.kind, &parsed.text[p.span.range()])).collect()
    }

    const ARTICLE: &str = "\n\n# Towns of the valley *agree* on a bridge\n\nJane Q. Doe  \n3 April 2021\n\n\
        The two mayors met on Monday. \u{201c}We agree,\u{201d} said the first of them, who had long been against it.\n\n\
        It would please all the engineers of the valley, including\n\nPoe.\n\n\
        The plan was shown to the council on the day on which talks were held\n\nbetween the two towns.\n\n\n\
        To contact the Gazette and the  \nValley Bridge Trust visit:\n\n**[gazette.example/contact](https://gazette.example/contact)**";

    #[test]
    fn a_whole_article_is_taken_apart() {
        let parsed = text(ARTICLE);
        let first = "The two mayors met on Monday. \u{201c}We agree,\u{201d} said the first of them, who had long been against it.";
        assert_eq!(
            passages(&parsed),
            [
                (PassageKind::Title, "Towns of the valley agree on a bridge"),
                (PassageKind::Paragraph, first),
                (PassageKind::Paragraph, "It would please all the engineers of the valley, including Poe."),
                (
                    PassageKind::Paragraph,
                    "The plan was shown to the council on the day on which talks were held between the two towns."
                ),
            ]
        );
        assert_eq!(parsed.author, "Jane Q. Doe");
        assert_eq!(parsed.date.map(|d| d.to_string()).as_deref(), Some("2021-04-03"));
        assert_eq!(parsed.date_source, Some(DateSource::Text));
        assert_eq!((parsed.paragraphs_rejoined, parsed.boilerplate.len()), (2, 2));
        assert!(ARTICLE[parsed.boilerplate[0].range.clone()].starts_with("To contact"));
        assert!(parsed.warnings.is_empty());
    }

    #[test]
    fn mastheads_of_many_forms_are_read() {
        let body =
            "The bridge over the river was opened on Monday by the mayor of the town, 5 May 1990 notwithstanding.";
        for head in [
            "Bridge opens\nBy Jane Doe\n3 April 2021\n\n",
            "By Jane Doe\nReuters\n3 April 2021\n\nBridge opens\n\n",
            "Bridge opens\nJane Doe, Political Editor\n\nShare\nTweet\nPrint\n\n5:15 PM ET, Sat April 3, 2021\n\n",
            "Bridge opens\n\nBy Jane Doe, Example News\nPublished: April 3, 2021\n\n",
            "Bridge opens\n\nIt took ten years.\n\nBy Jane Doe | April 3, 2021\n\n",
            "Title: Bridge opens\nAuthor: Jane Doe\nDate: 2021-04-03\n\n",
            "---\ntitle: Bridge opens\nauthor: Jane Doe\ndate: 2021-04-03\n---\n\n",
            "Example News\n\n# Bridge opens\n\nJane Doe\n\nSat 3 Apr 2021\n\n",
            "Bridge opens\n============\n\n3 April 2021 by Jane Doe\n\n",
            "Jane Doe\n3 April 2021\n\n# Bridge opens\n\n",
            "Bridge opens\n\nBridge opens\n\nBy Jane Doe\nUpdated 9 April 2021\nPublished 3 April 2021\n\n",
        ] {
            let parsed = text(&format!("{head}{body}"));
            let found = passages(&parsed);
            assert_eq!(found[0], (PassageKind::Title, "Bridge opens"), "{head}");
            assert_eq!(found.last(), Some(&(PassageKind::Paragraph, body)), "{head}");
            assert_eq!(parsed.author, "Jane Doe", "{head}");
            assert_eq!(parsed.date.map(|d| d.to_string()).as_deref(), Some("2021-04-03"), "{head}");
        }
    }

    #[test]
    fn dates_come_from_the_text_then_the_path() {
        let seen = |raw: &str, path: &str| {
            let parsed = read(raw, path, Dialect::Text);
            let date = parsed.date.map(|d| d.to_string()).unwrap_or_default();
            (date, parsed.date_source.map(DateSource::name).unwrap_or_default(), parsed.warnings)
        };
        let body = "On 1 May 1990 the old bridge fell, and nobody was on it at the time.";
        let file = seen(&format!("Bridge opens\n\n{body}"), "2021/04/02/2021-04-03.txt");
        assert_eq!(file, ("2021-04-03".into(), "file name", vec![]));
        let folder = seen(&format!("Bridge opens\n\n{body}"), "2021/04/03/a.txt");
        assert_eq!(folder, ("2021-04-03".into(), "folder name", vec![]));
        let none = seen(&format!("Bridge opens\n\n{body}"), "a.txt");
        assert_eq!(none, (String::new(), "", vec![]));
        let ambiguous = seen(&format!("Bridge opens\n\n03/04/2021\n\n{body}"), "a.txt");
        assert_eq!(ambiguous, (String::new(), "text", vec!["ambiguous_date".to_owned()]));
        let run_in = seen(&format!("Bridge opens\n\nApril 3, 2021 {body}"), "a.txt");
        assert_eq!(run_in, ("2021-04-03".into(), "text", vec![]));
        let dateline = seen("Bridge opens\n\nGENEVA, April 3, 2021 (Agency) - The bridge fell.", "a.txt");
        assert_eq!(dateline, ("2021-04-03".into(), "text", vec![]));
        let dateline = seen("Bridge opens\n\nGENEVA, April 3 (Agency) - The bridge of 1 May 1990 fell.", "a.txt");
        assert_eq!(dateline, (String::new(), "", vec![]));
    }

    #[test]
    fn notes_are_taken_of_what_is_odd() {
        assert_eq!(text("All of it is body text. Nothing else.").warnings, ["no_title"]);
        let parsed = text("Bridge opens\n\nBRIDGE OPENS\n\nThe bridge was opened on Monday.");
        assert_eq!(parsed.warnings, ["title_repeated"]);
        assert_eq!(passages(&parsed).len(), 2);
    }

    #[test]
    fn headings_are_told_from_paragraphs() {
        let body =
            "The bridge over the river was opened on Monday by the mayor of the town, who said that it was late.";
        let raw = format!("Bridge opens\n\n{body}\n\n**A Long Wait**\n\n{body}\n\nWhat comes next\n\n{body}");
        let parsed = text(&raw);
        let headings: Vec<&str> = passages(&parsed)
            .into_iter()
            .filter(|(kind, _)| *kind == PassageKind::Heading)
            .map(|(_, text)| text)
            .collect();
        assert_eq!(headings, ["A Long Wait", "What comes next"]);
        assert_eq!(parsed.paragraphs_rejoined, 0);
    }

    #[test]
    fn a_long_line_with_the_mark_of_a_heading_is_body() {
        let long = "The bridge was opened on Monday by Jane Doe. ".repeat(70_000);
        for raw in [
            format!("# {long}"),
            format!("Example News\n# {long}\n"),
            format!("{long}\n===\nMore."),
            format!("# Bridge opens\n## {long}"),
        ] {
            let parsed = read(&raw, "a.md", Dialect::Markdown);
            let found = passages(&parsed);
            let body = found.iter().find(|(_, words)| words.len() > 3_000_000).unwrap();
            assert_eq!(body.0, PassageKind::Paragraph);
            assert!(body.1.starts_with("The bridge was"));
        }
    }

    #[test]
    fn a_sentence_goes_on_across_boilerplate() {
        let raw =
            "Bridge opens\n\nThe plan was shown to the council of the town by the\n\nADVERTISEMENT\n\nmayor on Monday.";
        let parsed = text(raw);
        assert_eq!(passages(&parsed)[1].1, "The plan was shown to the council of the town by the mayor on Monday.");
        assert_eq!((parsed.paragraphs_rejoined, parsed.boilerplate.len()), (1, 1));
    }

    /// Long runs of one mark are read in time linear in their length: this would take minutes otherwise.
    #[test]
    fn monotonous_files_are_read_in_linear_time() {
        for unit in [
            "*",
            "_",
            "[",
            "]",
            "<",
            "&",
            "[](",
            "[a](b) ",
            "![",
            "`",
            "<!--",
            "<a",
            "> ",
            "\\",
            "a. B ",
            "a ",
            "\"",
            ")",
            "by\n\nof ",
            "a, the\n\nB ",
            "- \n",
            "# a\n",
            "a\n",
            "1.",
            "\u{2028}",
            "(",
            "][",
            "a**b ",
            "*a ",
            "&#",
        ] {
            let raw = unit.repeat(400_000 / unit.len());
            let parsed = text(&raw);
            assert!(parsed.text.len() <= raw.len() + 1);
        }
    }

    /// The laws of every article: see the fields of `Article`.
    fn check_laws(raw: &str, parsed: &Article) -> std::result::Result<(), TestCaseError> {
        let mut end = 0;
        for (i, passage) in parsed.passages.iter().enumerate() {
            let span = passage.span.range();
            prop_assert_eq!(span.start, end);
            let words = parsed.text.get(span.clone());
            prop_assert!(words.is_some_and(|w| !w.is_empty() && w.trim() == w && !w.contains('\n')));
            prop_assert_eq!(parsed.text.as_bytes()[span.end], b'\n');
            prop_assert!(passage.kind != PassageKind::Title || i == 0);
            end = span.end + 1;
        }
        prop_assert_eq!(end, parsed.text.len());
        let mut last = 0;
        for (at, byte) in parsed.text.bytes().enumerate() {
            let from = parsed.source.raw(at as u32);
            prop_assert!(from >= last && from <= raw.len());
            last = from;
            if !byte.is_ascii_whitespace() && !raw.contains('&') {
                prop_assert_eq!(raw.as_bytes().get(from).copied(), Some(byte));
            }
        }
        for range in &parsed.boilerplate {
            prop_assert!(raw.get(range.range.clone()).is_some());
        }
        Ok(())
    }

    fn piece() -> impl Strategy<Value = String> {
        let words = prop::sample::select(vec![
            "the",
            "Bridge",
            "Jane Doe",
            "By Jane Doe",
            "opened.",
            "said",
            "including",
            "“yes,”",
            "3 April 2021",
            "Read more",
            "https://a.example/b",
            "[site](https://a.example)",
            "![x](y)",
            "**",
            "*",
            "_",
            "__",
            "[",
            "](",
            ")",
            "`",
            "\\*",
            "<b>",
            "</b>",
            "<br>",
            "<!--",
            "-->",
            "# ",
            "---",
            "===",
            "- ",
            "> ",
            "1. ",
            "title: x",
            "Date: 2021-04-03",
            "é",
            "—",
            "\u{ad}",
            "\u{200b}",
            "\u{feff}",
            "\u{a0}",
            "日本",
            "😀",
            "\t",
            "03/04/2021",
            "Advertisement",
        ])
        .prop_map(str::to_owned);
        let breaks =
            prop::sample::select(vec![" ", "\n", "\n\n", "\r\n", "\r", "\u{2028}", "\u{c}", "  \n", "\u{85}", ""]);
        let marks = "[ -~]{0,6}".prop_map(|s: String| s.replace('&', "+"));
        (prop_oneof![6 => words, 2 => marks, 1 => Just("word ".repeat(40))], breaks).prop_map(|(a, b)| a + b)
    }

    proptest! {
        #[test]
        fn any_text_keeps_the_laws(pieces in prop::collection::vec(piece(), 0..60)) {
            let raw = pieces.concat();
            for dialect in [Dialect::Text, Dialect::Markdown] {
                check_laws(&raw, &read(&raw, "2021/a.txt", dialect))?;
            }
        }

        #[test]
        fn any_characters_keep_the_laws(raw in "\\PC{0,200}", path in "\\PC{0,40}") {
            check_laws(&raw, &read(&raw, &path, Dialect::Markdown))?;
        }

        #[test]
        fn references_keep_the_laws(words in prop::collection::vec("(&(amp|#8217|nbsp|quot|x|#0)?;?|[a-z*_\n]{0,3}| )", 0..60)) {
            let raw = words.concat();
            check_laws(&raw, &read(&raw, "a.md", Dialect::Markdown))?;
        }
    }
}

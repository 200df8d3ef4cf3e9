//! What was read from one file: the raw and the clean text, the map between them, and what is known about the article.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Byte, DocId, Span};

/// A calendar date (proleptic Gregorian).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    /// Year, 1000 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl Date {
    /// The date, if there is such a day.
    pub fn from_ymd(year: u16, month: u8, day: u8) -> Option<Date> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1000..=9999).contains(&year) && (1..=last).contains(&day)).then_some(Date { year, month, day })
    }
}

impl fmt::Display for Date {
    /// ISO 8601, `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Where a document's date was found, the most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateSource {
    /// A column or field of a table of articles.
    Column,
    /// The publication date that a web page, a news file or front matter states.
    Metadata,
    /// A date line near the top of the text.
    Text,
    /// The file's name.
    FileName,
    /// The name of a folder above the file.
    FolderName,
    /// The address of a web page.
    Url,
    /// The date on which a PDF or an office file was made. Weak.
    Properties,
    /// The time of the file's last change. Weak; read only when asked for.
    Modified,
}

impl DateSource {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            DateSource::Column => "column",
            DateSource::Metadata => "metadata",
            DateSource::Text => "text",
            DateSource::FileName => "file name",
            DateSource::FolderName => "folder name",
            DateSource::Url => "url",
            DateSource::Properties => "properties",
            DateSource::Modified => "mtime",
        }
    }
}

/// How the bytes of a document became text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encoding {
    /// The name written in tables, as Python's `open(encoding=...)` spells it (`utf-8`, `utf-8-sig`, `utf-16-le`,
    /// `cp1252`); empty where the format leaves no choice.
    pub name: String,
    /// How it is known.
    pub evidence: EncodingEvidence,
}

impl Default for Encoding {
    fn default() -> Self {
        Encoding { name: "utf-8".to_owned(), evidence: EncodingEvidence::Valid }
    }
}

/// How an encoding is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EncodingEvidence {
    /// A byte-order mark.
    Bom,
    /// The file or the user says so.
    Declared,
    /// The bytes are valid UTF-8, which text in another encoding practically never is.
    Valid,
    /// It is what the bytes look like.
    Guessed,
    /// The format leaves no choice (PDF, DOCX, ...).
    Format,
}

impl EncodingEvidence {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            EncodingEvidence::Bom => "bom",
            EncodingEvidence::Declared => "declared",
            EncodingEvidence::Valid => "valid",
            EncodingEvidence::Guessed => "guessed",
            EncodingEvidence::Format => "format",
        }
    }
}

/// What character offsets count in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OffsetsIn {
    /// The decoded file.
    #[default]
    File,
    /// The text taken out of the file: where there is a title beside the text, the title, an empty line, the text.
    Extracted,
}

impl OffsetsIn {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            OffsetsIn::File => "file",
            OffsetsIn::Extracted => "extracted text",
        }
    }
}

/// The place of an article among its copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicate {
    /// Number of the cluster, from 1.
    pub cluster: u32,
    /// The article that stands for all of them.
    pub representative: DocId,
    /// Word sequences that both this article and the representative have.
    pub shared: u32,
    /// Word sequences that at least one of them has.
    pub union: u32,
}

/// A block that was left out of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Its bytes in `Article::raw`.
    pub range: std::ops::Range<usize>,
    /// Why.
    pub why: RemovedBy,
}

/// Why a block was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RemovedBy {
    /// Its own words say that it is boilerplate.
    Rule,
    /// It recurs in many documents.
    Learned,
}

impl RemovedBy {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            RemovedBy::Rule => "rule",
            RemovedBy::Learned => "learned",
        }
    }
}

/// One line of the clean text: the title or a body paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// What the passage is.
    pub kind: PassageKind,
    /// Its bytes in `Article::text`, without the line end.
    pub span: Span<Byte>,
}

/// The kinds of passage that are annotated. Byline, date line and boilerplate are left out of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PassageKind {
    /// The headline. Mentions are counted in it; terms are not.
    Title,
    /// A section heading inside the body; counted as body.
    Heading,
    /// A body paragraph after rejoining.
    Paragraph,
}

/// One document as it was read, cleaned and described.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Article {
    /// Ordinal in the corpus.
    pub id: DocId,
    /// Path as the tables show it, with `/`, through archives: `2024.zip/a/b.txt`.
    pub path: String,
    /// Number of the record in its file, from 1; 0 where the file is one document.
    pub record: u32,
    /// Name of the input format.
    pub format: String,
    /// SHA-256 of the bytes of the file, or of the record's bytes, lower-case hexadecimal.
    pub sha256: String,
    /// How the bytes were read.
    pub encoding: Encoding,
    /// What character offsets count in.
    pub offsets: OffsetsIn,
    /// The decoded file without a byte-order mark, or the extracted text: what character offsets count in.
    pub raw: String,
    /// The clean text: passages, one a line, each ended by `\n`.
    pub text: String,
    /// From bytes of `text` to bytes of `raw`.
    pub source: SourceMap,
    /// Title and paragraphs, in order.
    pub passages: Vec<Passage>,
    /// Author(s), joined by `; `, empty when none was found.
    pub author: String,
    /// Date of publication, if one was found.
    pub date: Option<Date>,
    /// Where the date was found.
    pub date_source: Option<DateSource>,
    /// The two readings of a date whose day and month could be the other way round: day first, month first.
    pub date_readings: Option<[Date; 2]>,
    /// A numeric date of this document that can be read one way only is day first (`true`) or month first.
    pub day_first: Option<bool>,
    /// Title that the file's name gives, empty when it gives none: for an article without a headline.
    pub name_title: String,
    /// Name of the newspaper or site, empty when it is not known.
    pub outlet: String,
    /// Section of the newspaper or site, empty when it is not known.
    pub section: String,
    /// Web address, empty when it is not known.
    pub url: String,
    /// Language that the document declares or that was found, ISO 639-1, empty when it is not known.
    pub language: String,
    /// Further fields of the record, in its order.
    pub metadata: Vec<(String, String)>,
    /// Its place among copies of one article, if there are any.
    pub duplicate: Option<Duplicate>,
    /// Paragraph breaks inside a sentence that were joined again.
    pub paragraphs_rejoined: u32,
    /// Boilerplate blocks left out of the text.
    pub boilerplate: Vec<Removed>,
    /// What a careful reader should know about how this file was read; stable words joined by `|` in the table.
    pub warnings: Vec<String>,
    /// Rows of `--entities` that name no text of this article.
    pub rows_outside: Vec<RowOutside>,
}

/// A row of `--entities` that was left out, because no text that is read lies there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowOutside {
    /// Line of the table, from 1.
    pub line: u32,
    /// The column that leads outside.
    pub column: OutsideColumn,
}

/// Which cells of a row lead outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OutsideColumn {
    /// The name begins behind the end of the file.
    Start,
    /// The name ends behind the end of the file.
    End,
    /// Both are in the file, where no text is read.
    Both,
}

impl Article {
    /// Whether it is a copy of another article of the corpus.
    pub fn is_copy(&self) -> bool {
        self.duplicate.is_some_and(|duplicate| duplicate.representative != self.id)
    }

    /// Whether its language is English, or not known.
    pub fn is_english(&self) -> bool {
        matches!(self.language.as_str(), "" | "en")
    }

    /// The title's text, or nothing.
    pub fn title(&self) -> &str {
        match self.passages.first() {
            Some(p) if p.kind == PassageKind::Title => &self.text[p.span.range()],
            _ => &self.name_title,
        }
    }

    /// The bytes of `raw` that a span of `text` came from. Line breaks or markup inside the span are inside the range.
    pub fn raw_range(&self, span: Span<Byte>) -> std::ops::Range<usize> {
        if span.is_empty() {
            let at = self.source.raw(span.start);
            return at..at;
        }
        self.source.raw(span.start)..self.source.raw(span.end - 1) + 1
    }

    /// The clean text that came from a range of raw bytes: from the first byte of it that was kept to the last; nothing
    /// when none was.
    pub fn text_span(&self, raw: std::ops::Range<usize>) -> Option<Span<Byte>> {
        let length = self.text.len() as u32;
        let start = self.source.first_from(raw.start, length);
        let end = self.source.first_from(raw.end, length);
        (start < end && self.source.raw(start) < raw.end).then(|| Span::new(start, end))
    }

    /// Leaves out the passages that are marked, because they recur in many documents. Every byte that stays maps to
    /// the same raw byte as before; what went is listed in `boilerplate`. A mark that is missing means no.
    pub fn remove_passages(&mut self, marks: &[bool]) {
        let marked = |i: usize| marks.get(i).copied().unwrap_or(false);
        if !(0..self.passages.len()).any(marked) {
            return;
        }
        let (mut text, mut source, mut kept) = (String::new(), SourceMap::default(), Vec::new());
        for (i, passage) in self.passages.iter().enumerate() {
            if marked(i) {
                let range = self.raw_range(passage.span);
                self.boilerplate.push(Removed { range, why: RemovedBy::Learned });
                continue;
            }
            let line_end = self.passages.get(i + 1).map_or(self.text.len(), |next| next.span.start as usize);
            let (start, moved) = (passage.span.start, text.len() as u32);
            source.copy(&self.source, start..line_end as u32, moved);
            text.push_str(&self.text[start as usize..line_end]);
            kept.push(Passage { kind: passage.kind, span: Span::new(moved, moved + passage.span.end - start) });
        }
        self.boilerplate.sort_by_key(|removed| (removed.range.start, removed.range.end));
        (self.text, self.source, self.passages) = (text, source, kept);
    }
}

/// A monotone map from bytes of the clean text to bytes of the raw text: runs that are copied byte for byte.
/// A byte that stands for something else (the space that replaces a line break) is a run of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMap {
    runs: Vec<(u32, u32)>,
}

impl SourceMap {
    /// From byte `text` on, the clean text is a copy of the raw text from byte `raw` on.
    /// Calls come in ascending order of `text`.
    pub fn push(&mut self, text: u32, raw: u32) {
        match self.runs.last() {
            Some(&(t, r)) if text - t == raw.wrapping_sub(r) => {}
            _ => self.runs.push((text, raw)),
        }
    }

    /// Takes over what `other` says of a range of its text, which now begins at byte `moved`.
    fn copy(&mut self, other: &SourceMap, range: std::ops::Range<u32>, moved: u32) {
        if range.is_empty() {
            return;
        }
        self.push(moved, other.raw(range.start) as u32);
        let first = other.runs.partition_point(|&(text, _)| text <= range.start);
        for &(text, raw) in other.runs[first..].iter().take_while(|&&(text, _)| text < range.end) {
            self.push(moved + (text - range.start), raw);
        }
    }

    /// The first clean byte, below `length`, that came from raw byte `raw` or one behind it.
    fn first_from(&self, raw: usize, length: u32) -> u32 {
        let (mut low, mut high) = (0, length);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.raw(middle) < raw { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The raw byte that clean byte `text` came from.
    pub fn raw(&self, text: u32) -> usize {
        match self.runs.partition_point(|&(t, _)| t <= text) {
            0 => text as usize,
            n => {
                let (t, r) = self.runs[n - 1];
                (r + (text - t)) as usize
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An article of lines that stand apart in the raw text, some with a character that is longer there.
    fn article(lines: &[(String, usize)]) -> Article {
        let mut article = Article::default();
        for (i, (line, gap)) in lines.iter().enumerate() {
            article.raw.push_str(&"#".repeat(*gap));
            let start = article.text.len() as u32;
            for c in line.chars() {
                article.source.push(article.text.len() as u32, article.raw.len() as u32);
                article.text.push(c);
                if c == '&' { article.raw.push_str("&amp;") } else { article.raw.push(c) }
            }
            let kind = if i == 0 { PassageKind::Title } else { PassageKind::Paragraph };
            article.passages.push(Passage { kind, span: Span::new(start, article.text.len() as u32) });
            article.source.push(article.text.len() as u32, article.raw.len() as u32);
            article.text.push('\n');
            article.raw.push('\n');
        }
        article
    }

    proptest! {
        #[test]
        fn what_stays_maps_to_the_same_raw_bytes(
            lines in prop::collection::vec(("[a-z& é]{1,12}", 0usize..4), 1..8),
            marks in prop::collection::vec(any::<bool>(), 0..9),
        ) {
            let before = article(&lines);
            let mut after = before.clone();
            after.remove_passages(&marks);
            let kept: Vec<usize> =
                (0..lines.len()).filter(|&i| !marks.get(i).copied().unwrap_or(false)).collect();
            prop_assert_eq!(after.passages.len(), kept.len());
            for (passage, &old) in after.passages.iter().zip(&kept) {
                let was = before.passages[old];
                prop_assert_eq!(&after.text[passage.span.range()], &before.text[was.span.range()]);
                for at in 0..=passage.span.len() {
                    let (new, old) = (passage.span.start + at, was.span.start + at);
                    prop_assert_eq!(after.source.raw(new), before.source.raw(old), "byte {} of {}", at, old);
                }
            }
            let text: String = kept.iter().map(|&i| format!("{}\n", lines[i].0)).collect();
            prop_assert_eq!(&after.text, &text);
            prop_assert_eq!(after.boilerplate.len(), lines.len() - kept.len());
            prop_assert!(after.boilerplate.iter().all(|removed| removed.why == RemovedBy::Learned));
            for removed in &after.boilerplate {
                prop_assert!(after.raw.get(removed.range.clone()).is_some());
            }
        }
    }

    #[test]
    fn an_article_whose_text_is_its_raw_text_keeps_its_offsets() {
        let mut article =
            Article { raw: "One\nTwo\nThree\n".into(), text: "One\nTwo\nThree\n".into(), ..Article::default() };
        for (start, end) in [(0, 3), (4, 7), (8, 13)] {
            article.passages.push(Passage { kind: PassageKind::Paragraph, span: Span::new(start, end) });
        }
        article.remove_passages(&[false, true]);
        assert_eq!(article.text, "One\nThree\n");
        assert_eq!(article.raw_range(article.passages[1].span), 8..13);
        assert_eq!(article.boilerplate, [Removed { range: 4..7, why: RemovedBy::Learned }]);
    }
}

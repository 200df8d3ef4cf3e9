//! The nouns of the product as plain data: an `Article` is what was read from a file, a `Document` is an article
//! plus its layers (tokens, sentences, quotations, entities, mentions, opinions).
//!
//! Every layer is a vector of spans into an earlier one, so a document owns all it needs and can be annotated on any
//! thread and dropped. Nothing here reads a file, counts, or knows an identity that means anything outside the
//! document, except [`DocId`].
//!
//! Two texts are kept. `raw` is the decoded file (without a byte-order mark); `text` is the clean text that the
//! stages read, in which every passage is one line. [`SourceMap`] leads from any byte of `text` back to `raw`.

use std::fmt;
use std::marker::PhantomData;

/// Ordinal of an article in the corpus, counted from 1 in input order (path, then record).
/// The reader gives it; no thread ever does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(pub u32);

impl fmt::Display for DocId {
    /// The form of the tables: `d` and eight digits, so that text order is input order.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "d{:08}", self.0)
    }
}

/// Unit of spans that count bytes of `Article::text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Byte {}
/// Unit of spans that count tokens of `Document::tokens`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tok {}
/// Unit of spans that count bytes of `Document::norms`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Norm {}

/// A half-open range `start..end` in units of `U`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<U> {
    /// First unit inside.
    pub start: u32,
    /// First unit after.
    pub end: u32,
    unit: PhantomData<U>,
}

impl<U> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Span<U> {}
impl<U> Default for Span<U> {
    fn default() -> Self {
        Span::new(0, 0)
    }
}

impl<U> Span<U> {
    /// The span `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Span {
            start,
            end,
            unit: PhantomData,
        }
    }
    /// Number of units inside.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }
    /// Whether nothing is inside.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
    /// The span as a range for indexing slices.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span<U>) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Whether the two share at least one unit.
    pub fn overlaps(self, other: Span<U>) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A calendar date (proleptic Gregorian).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
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

/// Where a document's date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSource {
    /// A date line near the top of the text.
    Text,
    /// The file's name.
    FileName,
    /// The name of a folder above the file.
    FolderName,
}

impl DateSource {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            DateSource::Text => "text",
            DateSource::FileName => "file name",
            DateSource::FolderName => "folder name",
        }
    }
}

/// How the bytes of a file were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a byte-order mark.
    Utf8,
    /// UTF-8 with a byte-order mark, which no offset counts.
    Utf8Bom,
}

impl Encoding {
    /// The name written in tables, as Python's `open(encoding=...)` spells it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Bom => "utf-8-sig",
        }
    }
}

/// One line of the clean text: the title or a body paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What the passage is.
    pub kind: PassageKind,
    /// Its bytes in `Article::text`, without the line end.
    pub span: Span<Byte>,
}

/// The kinds of passage that are annotated. Byline, date line and boilerplate are left out of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// The headline. Mentions are counted in it; terms are not.
    Title,
    /// A section heading inside the body; counted as body.
    Heading,
    /// A body paragraph after rejoining.
    Paragraph,
}

/// What was read from one file, cleaned and described.
#[derive(Clone, Debug)]
pub struct Article {
    /// Ordinal in the corpus.
    pub id: DocId,
    /// Path as the tables show it, with `/`.
    pub path: String,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    /// How the bytes were read.
    pub encoding: Encoding,
    /// The decoded file without a byte-order mark: what character offsets of every table count in.
    pub raw: String,
    /// The clean text: passages, one a line, each ended by `\n`.
    pub text: String,
    /// From bytes of `text` to bytes of `raw`.
    pub source: SourceMap,
    /// Title and paragraphs, in order.
    pub passages: Vec<Passage>,
    /// Author(s) from the byline, empty when none was found.
    pub author: String,
    /// Date of publication, if one was found.
    pub date: Option<Date>,
    /// Where the date was found.
    pub date_source: Option<DateSource>,
    /// Paragraph breaks inside a sentence that were joined again.
    pub paragraphs_rejoined: u32,
    /// Boilerplate blocks left out of the text: spans of bytes of `raw`.
    pub boilerplate: Vec<std::ops::Range<usize>>,
    /// What a careful reader should know about how this file was read; stable words joined by `|` in the table.
    pub warnings: Vec<&'static str>,
}

impl Article {
    /// The title's text, or nothing.
    pub fn title(&self) -> &str {
        match self.passages.first() {
            Some(p) if p.kind == PassageKind::Title => &self.text[p.span.range()],
            _ => "",
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
}

/// A monotone map from bytes of the clean text to bytes of the raw text: runs that are copied byte for byte.
/// A byte that stands for something else (the space that replaces a line break) is a run of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens, digits (`US-dominated`, `Siberia-2`).
    Word,
    /// Digits with their marks (`1,234.5`, `50%`, `$3`, `1990s`).
    Number,
    /// One mark, or a run of the same mark (`...`).
    Punctuation,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// `@name` or `#name`.
    Handle,
    /// Anything else: symbols, emoji.
    Symbol,
}

/// One token of the clean text. Tokens never overlap, never hold white space and come in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in `Article::text`, possessive ending included.
    pub span: Span<Byte>,
    /// End of the word without its possessive ending (`Xi` in `Xi's`); `span.end` where there is none.
    pub base_end: u32,
    /// The form that is counted, a slice of `Document::norms`; empty for what is not counted.
    pub norm: Span<Norm>,
    /// What it is.
    pub kind: TokenKind,
}

impl Token {
    /// Whether the token is counted: words and numbers are; marks, addresses and symbols are not.
    pub fn is_counted(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number)
    }
}

/// A sentence: consecutive tokens of one passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in `Article::text`.
    pub span: Span<Byte>,
    /// Its tokens.
    pub tokens: Span<Tok>,
    /// Index into `Article::passages`.
    pub passage: u32,
    /// Number in the body, counted from 1; 0 in the title.
    pub number: u32,
}

/// The kinds of named entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum EntityKind {
    /// People.
    Person,
    /// Companies, institutions, parties, media, armies.
    Org,
    /// Countries, states, cities: places with a government.
    Gpe,
    /// Other places: regions, seas, mountains.
    Loc,
    /// Named events, wars among them.
    Event,
    /// Buildings, pipelines, products, works.
    Facility,
    /// Named, but of no kind above.
    Misc,
}

impl EntityKind {
    /// All kinds, in table order.
    pub const ALL: [EntityKind; 7] = [
        EntityKind::Person,
        EntityKind::Org,
        EntityKind::Gpe,
        EntityKind::Loc,
        EntityKind::Event,
        EntityKind::Facility,
        EntityKind::Misc,
    ];

    /// The label written in tables (OntoNotes' names where it has one).
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "PERSON",
            EntityKind::Org => "ORG",
            EntityKind::Gpe => "GPE",
            EntityKind::Loc => "LOC",
            EntityKind::Event => "EVENT",
            EntityKind::Facility => "FACILITY",
            EntityKind::Misc => "MISC",
        }
    }
}

/// An entity of one document. Across the corpus it is known by its kind and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Canonical name, as far as this document and the word lists tell.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
}

/// Index into `Document::entities`; means nothing elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// In what part a mention stands for its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Role {
    /// The name or a part of it, an alias or an acronym.
    Name,
    /// The name as a part of a hyphenated word (`Xi-Putin`, `US-dominated`).
    HyphenPart,
    /// The people or the adjective of a place (`Chinese`).
    Demonym,
    /// A place or building for the government it houses (`Washington`, `the Kremlin`).
    Metonym,
}

impl Role {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            Role::Name => "name",
            Role::HyphenPart => "hyphen-part",
            Role::Demonym => "demonym",
            Role::Metonym => "metonym",
        }
    }

    /// Whether the mention is a name (in full or as a hyphen part), as `mentions_name` counts it.
    pub fn is_name(self) -> bool {
        matches!(self, Role::Name | Role::HyphenPart)
    }
}

/// By which rule a mention's surface was taken for its entity: the `rule` of `aliases.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum AliasRule {
    /// The canonical name itself.
    Exact,
    /// A word list says so (`USSR`, `Kiev`, `Biden`).
    WordList,
    /// The last name of a person named in full in the document.
    Surname,
    /// The first name of a person named in full in the document.
    GivenName,
    /// The initials of a name in the document, or the form in brackets after it.
    Acronym,
    /// A shorter or longer form of a name in the document (`Trade Commission`).
    PartialName,
    /// The demonym of a word list.
    Demonym,
    /// The metonym of a word list, used as a government.
    Metonym,
}

impl AliasRule {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            AliasRule::Exact => "exact",
            AliasRule::WordList => "word list",
            AliasRule::Surname => "surname",
            AliasRule::GivenName => "given name",
            AliasRule::Acronym => "acronym",
            AliasRule::PartialName => "partial name",
            AliasRule::Demonym => "demonym",
            AliasRule::Metonym => "metonym",
        }
    }
}

/// One place where an entity is named. Mentions come in text order and never overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The surface in bytes of `Article::text`, without a possessive ending.
    pub span: Span<Byte>,
    /// The tokens that hold it.
    pub tokens: Span<Tok>,
    /// Index into `Document::sentences`.
    pub sentence: u32,
    /// Whom it names.
    pub entity: EntityId,
    /// In what part.
    pub role: Role,
    /// Why this entity.
    pub rule: AliasRule,
    /// How sure, in percent, by rule.
    pub confidence: u8,
    /// Innermost quotation around it: index into `Document::quotations`.
    pub quotation: Option<u32>,
}

/// The kinds of quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum QuotationKind {
    /// One or more whole clauses inside marks.
    Direct,
    /// A piece of a sentence of the author's, inside marks.
    Partial,
    /// One or two words in marks that nobody is said to have said.
    Scare,
    /// Inside another quotation.
    Nested,
    /// Goes on over paragraphs that each open with a mark.
    MultiParagraph,
    /// Attributed speech without marks (`CNN reported that ...`).
    Indirect,
}

impl QuotationKind {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            QuotationKind::Direct => "direct",
            QuotationKind::Partial => "partial",
            QuotationKind::Scare => "scare",
            QuotationKind::Nested => "nested",
            QuotationKind::MultiParagraph => "multi-paragraph",
            QuotationKind::Indirect => "indirect",
        }
    }
}

/// Who is said to have said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The words that name the speaker (`Blinken`, `a senior Ukrainian official`), bytes of `Article::text`.
    pub span: Span<Byte>,
    /// The entity, when the words name one.
    pub entity: Option<EntityId>,
    /// A second entity (`Putin and Xi`).
    pub second: Option<EntityId>,
}

/// Words given as somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// What kind.
    pub kind: QuotationKind,
    /// The words inside the marks, in bytes of `Article::text`.
    pub span: Span<Byte>,
    /// Index of the quotation around this one.
    pub parent: Option<u32>,
    /// Index into `Article::passages` of its first word.
    pub passage: u32,
    /// Who said it, if the text tells.
    pub speaker: Option<Speaker>,
    /// The cue verb or phrase (`said`, `according to`).
    pub cue: Option<Span<Byte>>,
    /// Class of the cue: -1 critical (`denounced`), 0 neutral (`said`), 1 approving (`praised`).
    pub cue_class: i8,
    /// The attribution rule that fired; empty without a speaker.
    pub rule: &'static str,
    /// How sure the attribution is, in percent; 0 without a speaker.
    pub confidence: u8,
    /// Whether the closing mark is missing; the quotation then ends with its paragraph.
    pub unclosed: bool,
}

/// Polarity in thousandths, -1000 (most negative) to 1000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Polarity(pub i16);

/// Whose words carry an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The article's author.
    Author,
    /// Words in quotation marks: index into `Document::quotations`.
    Quoted(u32),
    /// Attributed words without marks: index into `Document::quotations`.
    Attributed(u32),
}

/// One word or phrase that moves an opinion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Its bytes in `Article::text`.
    pub span: Span<Byte>,
    /// Its weight in the lexicon, thousandths of a full polarity.
    pub weight: i16,
    /// What changed the weight, outermost first (`not`, `very`): span and factor in thousandths.
    pub modifiers: Vec<(Span<Byte>, i16)>,
    /// The rule that ties the cue to the target.
    pub rule: &'static str,
    /// Tokens between cue and target; negative when the cue stands before it.
    pub distance: i32,
    /// What it adds to the opinion's polarity, thousandths. The contributions of an opinion sum to its polarity.
    pub contribution: i32,
}

/// How one mention is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// Index into `Document::mentions`.
    pub mention: u32,
    /// Sum of the cues' contributions.
    pub polarity: Polarity,
    /// Whose words.
    pub voice: Voice,
    /// The words that carry it, in text order; none means neutral.
    pub cues: Vec<Cue>,
}

/// An article and its layers.
#[derive(Clone, Debug)]
pub struct Document {
    /// What was read.
    pub article: Article,
    /// The counted forms of all tokens, one after the other.
    pub norms: String,
    /// The tokens of all passages.
    pub tokens: Vec<Token>,
    /// The sentences; they partition the tokens.
    pub sentences: Vec<Sentence>,
    /// Quotations in order of their first byte; one around another comes first.
    pub quotations: Vec<Quotation>,
    /// The entities named here.
    pub entities: Vec<Entity>,
    /// Where they are named.
    pub mentions: Vec<Mention>,
    /// How they are spoken of; one for each mention that was scored, in order of mentions.
    pub opinions: Vec<Opinion>,
}

impl Document {
    /// A document without layers.
    pub fn from_article(article: Article) -> Document {
        Document {
            article,
            norms: String::new(),
            tokens: Vec::new(),
            sentences: Vec::new(),
            quotations: Vec::new(),
            entities: Vec::new(),
            mentions: Vec::new(),
            opinions: Vec::new(),
        }
    }

    /// The text under a byte span.
    pub fn text(&self, span: Span<Byte>) -> &str {
        &self.article.text[span.range()]
    }

    /// A token as it stands in the clean text.
    pub fn surface(&self, token: &Token) -> &str {
        self.text(token.span)
    }

    /// A token without its possessive ending.
    pub fn base(&self, token: &Token) -> &str {
        &self.article.text[token.span.start as usize..token.base_end as usize]
    }

    /// The counted form of a token.
    pub fn norm(&self, token: &Token) -> &str {
        &self.norms[token.norm.range()]
    }

    /// The tokens that begin inside a span.
    pub fn tokens_in(&self, span: Span<Byte>) -> &[Token] {
        let first = self.tokens.partition_point(|t| t.span.start < span.start);
        let last = self.tokens.partition_point(|t| t.span.start < span.end);
        &self.tokens[first..last.max(first)]
    }

    /// Whether a sentence belongs to the title.
    pub fn in_title(&self, sentence: &Sentence) -> bool {
        self.article.passages[sentence.passage as usize].kind == PassageKind::Title
    }
}

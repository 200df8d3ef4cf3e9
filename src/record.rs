//! The rows that belong to one document, cut loose from its text: what the spool keeps between annotation and the
//! tables. Made once from an annotated [`Document`]; the text is never read again.
//!
//! Offsets here are what tables show: characters (Unicode code points) of the decoded original file, counted from 0
//! without a byte-order mark.

mod concordance;
mod extract;
mod offsets;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::document::{
    AliasRule, Date, DocId, Duplicate, EntityKind, Label, QuotationKind, RemovedBy, Role, RowOutside, Tone,
};

/// All rows of one document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Records {
    /// The row of `documents.csv`.
    pub document: DocumentRecord,
    /// The sentences that hold a mention or an evidence word, in order.
    pub sentences: Vec<SentenceRecord>,
    /// The document's entities; other records point here by index.
    pub entities: Vec<EntityRecord>,
    /// The mentions, in text order.
    pub mentions: Vec<MentionRecord>,
    /// The quotations, in text order.
    pub quotations: Vec<QuotationRecord>,
    /// Blocks that were left out of the text, in text order.
    pub removed: Vec<RemovedRecord>,
    /// Where the patterns of the concordance occur, in text order.
    pub kwic: Vec<KwicRecord>,
}

/// A block that was left out of the text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemovedRecord {
    /// Its text in the original, white space folded.
    pub text: String,
    /// Why.
    pub why: RemovedBy,
}

/// A place where a pattern of the concordance occurs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KwicRecord {
    /// The pattern, as the user wrote it.
    pub pattern: String,
    /// Number of the sentence in the body, from 1.
    pub sentence: u32,
    /// Words and numbers of the body before it.
    pub position: u32,
    /// Words and numbers of it; 0 for marks alone.
    pub words: u32,
    /// The text before it in its sentence.
    pub before: String,
    /// The original file from `char_start` to `char_end`.
    pub keyword: String,
    /// The text after it in its sentence.
    pub after: String,
    /// Counted forms of up to three words before it, nearest first.
    pub left: Vec<String>,
    /// Counted forms of up to three words after it, nearest first.
    pub right: Vec<String>,
    /// Whose words it stands in.
    pub voice: VoiceRecord,
    /// The innermost quotation around it: index into `Records::quotations`.
    pub quotation: Option<u32>,
    /// First character.
    pub char_start: u64,
    /// After the last character.
    pub char_end: u64,
}

/// A document that has copies, or is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateRecord {
    /// Ordinal in the corpus.
    pub id: DocId,
    /// Path as given, with `/`.
    pub path: String,
    /// Number of the record in its file, from 1; 0 where the file is one document.
    pub record: u32,
    /// Its place among the copies.
    pub place: Duplicate,
    /// Date of publication.
    pub date: Option<Date>,
    /// Newspaper or site.
    pub outlet: String,
    /// Headline.
    pub title: String,
    /// The news agency that it names as its source; empty when it names none.
    pub wire: String,
}

/// One document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Ordinal in the corpus ([`DocId`]).
    pub id: u32,
    /// Path as given, with `/`.
    pub path: String,
    /// Number of the record in its file, from 1; 0 where the file is one document.
    pub record: u32,
    /// Name of the input format.
    pub format: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Headline.
    pub title: String,
    /// Byline.
    pub author: String,
    /// Date of publication.
    pub date: Option<Date>,
    /// Where the date was found; empty without a date.
    pub date_source: String,
    /// Newspaper or site.
    pub outlet: String,
    /// Section of the newspaper or site.
    pub section: String,
    /// Web address.
    pub url: String,
    /// Language, ISO 639-1.
    pub language: String,
    /// Further fields.
    pub metadata: Vec<(String, String)>,
    /// How the file was decoded; empty where its format leaves no choice.
    pub encoding: String,
    /// How the encoding is known.
    pub encoding_source: String,
    /// What offsets count in.
    pub offsets_in: String,
    /// Its place among copies of one article.
    pub duplicate: Option<Duplicate>,
    /// Characters of the decoded file.
    pub chars: u64,
    /// Body paragraphs after rejoining.
    pub paragraphs: u32,
    /// Body sentences.
    pub sentences: u32,
    /// Body tokens (words and numbers).
    pub tokens: u32,
    /// What is measured over the words of the body.
    pub lexis: LexicalRecord,
    /// Quotations, indirect ones not counted.
    pub quotations: u32,
    /// Body tokens inside quotation marks.
    pub quoted_tokens: u32,
    /// Tone of the body, when the document was scored.
    pub tone: Option<Tone>,
    /// Paragraph breaks inside a sentence that were joined again.
    pub paragraphs_rejoined: u32,
    /// Characters left out as boilerplate.
    pub boilerplate_chars: u64,
    /// Blocks left out as boilerplate.
    pub boilerplate_blocks: u32,
    /// Stable words about how the file was read.
    pub warnings: Vec<String>,
    /// Rows of `--entities` that name no text of it.
    pub rows_outside: Vec<RowOutside>,
}

/// What is measured over the words of one body. A measure that is not defined for it is NaN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LexicalRecord {
    /// Distinct features, in the form that is counted.
    pub types: u32,
    /// Letters and digits of words and numbers.
    pub letters: u64,
    /// Syllables of words and numbers.
    pub syllables: u64,
    /// Moving-average type-token ratio over 50 tokens.
    pub mattr_50: f64,
    /// Measure of textual lexical diversity.
    pub mtld: f64,
    /// Yule's K.
    pub yule_k: f64,
}

impl DocumentRecord {
    /// The document's identity in tables.
    pub fn doc_id(&self) -> DocId {
        DocId(self.id)
    }

    /// Whether it is a copy of another document.
    pub fn is_copy(&self) -> bool {
        self.duplicate.is_some_and(|duplicate| duplicate.representative != self.doc_id())
    }
}

/// A sentence that other rows quote.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SentenceRecord {
    /// Number in the body from 1; 0 in the title.
    pub number: u32,
    /// Paragraph number in the body from 1; 0 in the title.
    pub paragraph: u32,
    /// Its clean text.
    pub text: String,
    /// Words and numbers.
    pub words: u32,
    /// Its tone, when the document was scored.
    pub tone: Option<Tone>,
}

/// An entity as the document knows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityRecord {
    /// Canonical name in the document. Many maps hold it while names are joined, so it lies in one place.
    pub name: Arc<str>,
    /// Its kind.
    pub kind: EntityKind,
}

/// A mention.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MentionRecord {
    /// The original file from `char_start` to `char_end`.
    pub surface: String,
    /// Index into `Records::entities`.
    pub entity: u32,
    /// In what part it stands for the entity.
    pub role: Role,
    /// Why this entity.
    pub rule: AliasRule,
    /// How sure, percent.
    pub confidence: u8,
    /// First character.
    pub char_start: u64,
    /// After the last character.
    pub char_end: u64,
    /// Line of the original file, from 1.
    pub line: u32,
    /// Index into `Records::sentences`.
    pub sentence: u32,
    /// Words and numbers of the document's body before its first word; mentions in the title repeat 0.
    pub position: u32,
    /// Words of the mention, at least 1.
    pub length: u32,
    /// Innermost quotation in marks around it: index into `Records::quotations`.
    pub quotation: Option<u32>,
    /// How it is spoken of, when it was scored.
    pub opinion: Option<OpinionRecord>,
}

/// Whose words carry an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum VoiceRecord {
    /// The author's.
    Author,
    /// Words in marks.
    Quoted,
    /// Attributed words without marks.
    Attributed,
}

impl VoiceRecord {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            VoiceRecord::Author => "author",
            VoiceRecord::Quoted => "quoted",
            VoiceRecord::Attributed => "attributed",
        }
    }
}

/// An opinion on one mention.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpinionRecord {
    /// Thousandths, -1000..=1000: the sum of the cues' contributions.
    pub polarity: i16,
    /// The most probable label.
    pub label: Label,
    /// Probabilities of negative, neutral and positive, thousandths.
    pub probabilities: [u16; 3],
    /// Whose words.
    pub voice: VoiceRecord,
    /// The quotation that gives the speaker: index into `Records::quotations`; none for the author.
    pub quotation: Option<u32>,
    /// The words that carry it.
    pub cues: Vec<CueRecord>,
}

/// A word or phrase that moves an opinion.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CueRecord {
    /// The word as it stands in the clean text.
    pub text: String,
    /// Lexicon weight, thousandths.
    pub weight: i16,
    /// `(word, factor in thousandths)`.
    pub modifiers: Vec<(String, i16)>,
    /// The rule that ties it to the target.
    pub rule: String,
    /// Tokens to the target; negative when the cue stands before it.
    pub distance: i32,
    /// What it adds, thousandths.
    pub contribution: i32,
    /// First character.
    pub char_start: u64,
    /// After the last character.
    pub char_end: u64,
}

/// A quotation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuotationRecord {
    /// What kind.
    pub kind: QuotationKind,
    /// The words inside the marks.
    pub text: String,
    /// How many words and numbers.
    pub words: u32,
    /// The quotation around it: index into `Records::quotations`.
    pub parent: Option<u32>,
    /// Paragraph number in the body from 1; 0 in the title.
    pub paragraph: u32,
    /// The words that name the speaker; empty when nobody is named.
    pub speaker_surface: String,
    /// Index into `Records::entities`.
    pub speaker: Option<u32>,
    /// A second speaker.
    pub speaker_2: Option<u32>,
    /// The cue verb or phrase; empty when there is none.
    pub cue: String,
    /// -1 critical, 0 neutral, 1 approving.
    pub cue_class: i8,
    /// The attribution rule; empty without a speaker.
    pub rule: String,
    /// Percent; 0 without a speaker.
    pub confidence: u8,
    /// Whether the closing mark is missing.
    pub unclosed: bool,
    /// The entities named inside, each once, in text order: indices into `Records::entities`.
    pub targets: Vec<u32>,
    /// How the quotation speaks of its targets: sum of polarity in thousandths over the mentions that were scored as
    /// its speaker's words, and how many these are.
    pub tone: (i32, u32),
    /// First character inside the marks.
    pub char_start: u64,
    /// After the last character inside the marks.
    pub char_end: u64,
}

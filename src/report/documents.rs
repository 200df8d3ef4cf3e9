//! `documents.csv`: one row for each article that was read.

use super::column::{Column, Kind};
use super::records::DocumentRows;
use super::table::{Cell, Table};
use super::{Needs, Report, Rows, key};
use crate::document::Layer;
use crate::error::Result;
use crate::measure::readability::{self, Sizes};
use crate::record::DocumentRecord;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "documents",
    about: "The articles that were read.",
    order: "In input order: by path, then by place in the file.",
    key: &["doc_id"],
    refers: &[],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs { wording: true, ..Needs::layer(Layer::Opinions) },
    rows: Rows::Document(append),
};

const COLUMNS: &[Column] = &[
    key::DOC_ID,
    Column::text("path", "Path of the file as it was given, with / between folders."),
    Column::integer(
        "record",
        "",
        "Number of the record in its file, from 1: a line of JSON lines, a row of a table; missing where the file is one \
         document.",
    ),
    Column::text("sha256", "SHA-256 of the bytes of the file, or of the record, hexadecimal."),
    Column::text("title", "Headline; missing when none was found."),
    Column::text("author", "Author or authors from the byline; missing when none was found."),
    key::DATE,
    Column::text(
        "date_source",
        "Where the date was found: column, metadata, text, file name, folder name, url, properties (of a PDF or office \
         file; weak) or mtime (weak).",
    ),
    Column::text("outlet", "Newspaper or site; missing when it is not known."),
    Column::text("section", "Section of the newspaper or site; missing when it is not known."),
    Column::text("url", "Web address; missing when it is not known."),
    Column::text("language", "Language, ISO 639-1; missing when it could not be told. Only English is scored."),
    Column::text("format", "Input format."),
    Column::text(
        "encoding",
        "How the file was decoded, as Python's open() spells it; -sig means with a byte-order mark. Missing where the \
         format leaves no choice.",
    ),
    Column::text(
        "encoding_source",
        "How the encoding is known: bom, declared, valid (the bytes are valid UTF-8), guessed, or format.",
    ),
    Column::text(
        "offsets_in",
        "What character offsets count in: the file as it was decoded, or the extracted text: the title, an empty line, \
         the text.",
    ),
    Column::integer("chars", "characters", "Unicode code points of what offsets count in."),
    Column::integer("paragraphs", "paragraphs", "Paragraphs of the body, after broken ones were joined again."),
    Column::integer("sentences", "sentences", "Sentences of the body."),
    Column::integer("tokens", "tokens", "Words and numbers of the body, punctuation not counted."),
    Column::integer("types", "types", "Distinct words and numbers of the body, in the form that is counted."),
    Column::number("ttr", 6, "share", "Type-token ratio of the body; falls with length.", "types / tokens")
        .cite("Johnson 1944"),
    Column::number(
        "mattr_50",
        6,
        "share",
        "Moving-average type-token ratio; does not fall with length. Missing for a body of fewer than 50 words.",
        "mean of types / 50 over all runs of 50 words",
    )
    .cite("Covington & McFall 2010"),
    Column::number(
        "mtld",
        4,
        "words",
        "Measure of textual lexical diversity: how long a run of words is on average before its type-token ratio falls to \
         0.72. Missing where no word recurs.",
        "mean over both directions of tokens / (whole runs + part of the last)",
    )
    .cite("McCarthy & Jarvis 2010"),
    Column::number(
        "yule_k",
        4,
        "",
        "Yule's K: how likely two words are the same; higher is more repetitive.",
        "10000 (sum of f^2 - tokens) / tokens^2, f = occurrences of each type",
    )
    .cite("Yule 1944"),
    Column::number(
        "flesch_reading_ease",
        4,
        "",
        "Flesch reading ease: higher is easier, 60 to 70 is plain English. Missing for other languages.",
        "206.835 - 1.015 tokens / sentences - 84.6 syllables / tokens",
    )
    .cite("Flesch 1948"),
    Column::number(
        "flesch_kincaid_grade",
        4,
        "school years",
        "Flesch-Kincaid grade: years of school in the US that it asks for. Missing for other languages.",
        "0.39 tokens / sentences + 11.8 syllables / tokens - 15.59",
    )
    .cite("Kincaid et al. 1975"),
    Column::number(
        "ari",
        4,
        "school years",
        "Automated readability index; letters are letters and digits. Missing for other languages.",
        "4.71 letters / tokens + 0.5 tokens / sentences - 21.43",
    )
    .cite("Senter & Smith 1967"),
    Column::number(
        "coleman_liau",
        4,
        "school years",
        "Coleman-Liau index; letters are letters and digits. Missing for other languages.",
        "5.88 letters / tokens - 29.6 sentences / tokens - 15.8",
    )
    .cite("Coleman & Liau 1975"),
    Column::integer("quotations", "quotations", "Quotations in marks; reported speech without marks is not counted."),
    Column::integer("quoted_tokens", "tokens", "Tokens of the body inside quotation marks."),
    Column::number("quoted_share", 6, "share", "Share of the body inside quotation marks.", "quoted_tokens / tokens"),
    Column::number(
        "tone",
        4,
        "percent",
        "Words of the body that are positive less those that are negative, whatever they speak of, -100 to 100 (GDELT's \
         tone); missing for other languages.",
        "100 (positive words - negative words) / tokens",
    )
    .cite(GDELT),
    Column::number(
        "positive_share",
        6,
        "share",
        "Share of the body that is positive words (GDELT's positive score).",
        "positive words / tokens",
    )
    .cite(GDELT),
    Column::number(
        "negative_share",
        6,
        "share",
        "Share of the body that is negative words (GDELT's negative score).",
        "negative words / tokens",
    )
    .cite(GDELT),
    Column::number(
        "polarity",
        6,
        "share",
        "Share of the body that is positive or negative words: how emotional it is (GDELT's polarity).",
        "(positive words + negative words) / tokens",
    )
    .cite(GDELT),
    Column::text("dup_cluster", "Cluster of copies, as in duplicates.csv; missing for an article without copies."),
    Column::text("dup_role", "original or copy; missing for an article without copies."),
    Column::number(
        "dup_similarity",
        4,
        "share",
        "How much of it is the same as in the original; missing for an article without copies.",
        "shared sequences of 5 words / distinct sequences of both (Jaccard)",
    )
    .cite("Broder 1997"),
    Column::integer("paragraphs_rejoined", "breaks", "Paragraph breaks inside a sentence that were joined again."),
    Column::integer(
        "boilerplate_blocks",
        "blocks",
        "Blocks left out of the text: notices, sharing links and the like.",
    ),
    Column::integer("boilerplate_chars", "characters", "Characters of the file in those blocks."),
    Column::new("warnings", Kind::Text, "What to know about how the file was read: fixed words joined by |."),
];

const GDELT: &str = "GDELT Global Knowledge Graph, TONE";

fn append(rows: &DocumentRows<'_>, table: &mut Table) -> Result<()> {
    let doc = &rows.records.document;
    let cluster = doc.duplicate.map(|place| key::dup_cluster(place.cluster));
    let (tokens, types) = (f64::from(doc.tokens), f64::from(doc.lexis.types));
    let ease = ease(doc);
    let tone = doc.tone.map(|tone| (f64::from(tone.positive) / tokens, f64::from(tone.negative) / tokens));
    table.row(&[
        (&key::doc_id(doc.doc_id())).into(),
        (&doc.path).into(),
        Some(doc.record).filter(|record| *record > 0).into(),
        (&doc.sha256).into(),
        Cell::known(&doc.title),
        Cell::known(&doc.author),
        doc.date.into(),
        Cell::known(&doc.date_source),
        Cell::known(&doc.outlet),
        Cell::known(&doc.section),
        Cell::known(&doc.url),
        Cell::known(&doc.language),
        Cell::known(&doc.format),
        Cell::known(&doc.encoding),
        Cell::known(&doc.encoding_source),
        Cell::known(&doc.offsets_in),
        doc.chars.into(),
        doc.paragraphs.into(),
        doc.sentences.into(),
        doc.tokens.into(),
        doc.lexis.types.into(),
        (types / tokens).into(),
        doc.lexis.mattr_50.into(),
        doc.lexis.mtld.into(),
        doc.lexis.yule_k.into(),
        ease[0].into(),
        ease[1].into(),
        ease[2].into(),
        ease[3].into(),
        doc.quotations.into(),
        doc.quoted_tokens.into(),
        (f64::from(doc.quoted_tokens) / tokens).into(),
        tone.map(|(positive, negative)| 100.0 * (positive - negative)).into(),
        tone.map(|(positive, _)| positive).into(),
        tone.map(|(_, negative)| negative).into(),
        tone.map(|(positive, negative)| positive + negative).into(),
        Cell::from(cluster.as_deref()),
        doc.duplicate.map(|_| if doc.is_copy() { "copy" } else { "original" }).into(),
        doc.duplicate.map(|place| f64::from(place.shared) / f64::from(place.union)).into(),
        doc.paragraphs_rejoined.into(),
        doc.boilerplate_blocks.into(),
        doc.boilerplate_chars.into(),
        Cell::known(&doc.warnings.join("|")),
    ])
}

/// The four measures of ease of reading; not defined for a text that is known not to be English.
fn ease(doc: &DocumentRecord) -> [f64; 4] {
    if !matches!(doc.language.as_str(), "en" | "") {
        return [f64::NAN; 4];
    }
    let sizes = Sizes {
        words: doc.tokens.into(),
        sentences: doc.sentences.into(),
        syllables: doc.lexis.syllables,
        letters: doc.lexis.letters,
    };
    let measures = [
        readability::flesch_reading_ease,
        readability::flesch_kincaid_grade,
        readability::ari,
        readability::coleman_liau,
    ];
    measures.map(|measure| measure(sizes))
}

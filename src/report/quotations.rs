//! `quotations.csv`: one row for each quotation, and for each passage of reported speech without marks.

use super::column::{Column, Kind};
use super::records::DocumentRows;
use super::table::{Cell, Table};
use super::{Needs, Reference, Report, Rows, key, percent, thousandths};
use crate::document::Layer;
use crate::error::Result;
use crate::record::QuotationRecord;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "quotations",
    about: "Who is quoted with what words.",
    order: "In document order, then in text order; a quotation stands before those inside it.",
    key: &["quote_id"],
    refers: &[
        Reference { column: "doc_id", table: "documents", to: "doc_id", may_be_missing: false },
        Reference { column: "parent_quote_id", table: "quotations", to: "quote_id", may_be_missing: true },
    ],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Opinions),
    rows: Rows::Document(append),
};

const COLUMNS: &[Column] = &[
    key::DOC_ID,
    key::DATE,
    Column::text("quote_id", "Quotation: document number and running number in text order."),
    Column::text("parent_quote_id", "The quotation around this one; missing when there is none."),
    Column::text(
        "type",
        "direct (whole clauses in marks), partial (a piece of the author's sentence in marks), scare (words in marks \
         that nobody is said to have said), nested (inside another), multi-paragraph, or indirect (reported speech \
         without marks).",
    ),
    Column::text("quote", "The words inside the marks; for indirect, the words reported."),
    Column::integer("words", "tokens", "Words and numbers of the quote."),
    Column::text("verb", "The verb or phrase that reports it (said, according to); missing when there is none."),
    Column::text(
        "verb_class",
        "What the verb says of the speech: negative, neutral or positive; missing without a verb.",
    ),
    Column::text("speaker_surface", "The words that name the speaker; missing when nobody is named."),
    Column::text("speaker_entity", "The entity they name; missing when they name none."),
    Column::text("speaker_entity_2", "A second entity, when two speak together."),
    Column::text("attribution_rule", "The rule that found the speaker; missing without a speaker."),
    Column::number(
        "attribution_confidence",
        2,
        "share",
        "How far the rule is trusted, 0 to 1; missing without a speaker.",
        "a fixed value for each rule",
    ),
    key::CHAR_START,
    key::CHAR_END,
    Column::integer("paragraph", "paragraphs", "Paragraph of the body where it starts, from 1; 0 is the title."),
    Column::new(
        "unclosed",
        Kind::Boolean,
        "Whether the closing mark is missing; the quotation then ends with its paragraph.",
    ),
    Column::number(
        "tone",
        6,
        "score",
        "How the quote speaks of the entities in it, -1 to 1; missing when no mention is scored as its words.",
        "mean polarity of the mentions scored in the voice of this quotation",
    ),
    Column::text("targets", "The entities named in the quote, in text order, joined by |; at most 64."),
];

fn append(rows: &DocumentRows<'_>, table: &mut Table) -> Result<()> {
    let doc = rows.doc();
    let doc_id = key::doc_id(doc);
    for (index, quotation) in rows.records.quotations.iter().enumerate() {
        let parent = quotation.parent.map(|parent| key::quote_id(doc, parent as usize));
        let attributed = !quotation.rule.is_empty();
        table.row(&[
            (&doc_id).into(),
            rows.records.document.date.into(),
            (&key::quote_id(doc, index)).into(),
            parent.as_ref().into(),
            quotation.kind.name().into(),
            (&quotation.text).into(),
            quotation.words.into(),
            Cell::known(&quotation.cue),
            verb_class(quotation).into(),
            Cell::known(&quotation.speaker_surface),
            rows.entity_name(quotation.speaker).into(),
            rows.entity_name(quotation.speaker_2).into(),
            Cell::known(&quotation.rule),
            attributed.then(|| percent(quotation.confidence)).into(),
            quotation.char_start.into(),
            quotation.char_end.into(),
            quotation.paragraph.into(),
            quotation.unclosed.into(),
            tone(quotation).into(),
            Cell::known(&targets(rows, quotation)),
        ])?;
    }
    Ok(())
}

fn tone(quotation: &QuotationRecord) -> Option<f64> {
    let (sum, scored) = quotation.tone;
    (scored > 0).then(|| thousandths(sum) / f64::from(scored))
}

/// The entities under the names that the corpus knows them by, each once.
fn targets(rows: &DocumentRows<'_>, quotation: &QuotationRecord) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in quotation.targets.iter().filter_map(|&target| rows.entity_name(Some(target))) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("|")
}

fn verb_class(quotation: &QuotationRecord) -> Option<&'static str> {
    (!quotation.cue.is_empty()).then_some(match quotation.cue_class {
        ..0 => "negative",
        0 => "neutral",
        1.. => "positive",
    })
}

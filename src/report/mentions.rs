//! `mentions.csv`: one row for each place where an entity is named.

use super::column::{Column, Kind};
use super::records::DocumentRows;
use super::table::Table;
use super::{Needs, Reference, Report, Rows, key, percent, thousandths};
use crate::document::Layer;
use crate::error::Result;
use crate::record::SentenceRecord;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "mentions",
    about: "Every place where an entity is named.",
    order: "In document order, then in text order.",
    key: &["mention_id"],
    refers: &[
        Reference { column: "doc_id", table: "documents", to: "doc_id", may_be_missing: false },
        Reference { column: "entity_id", table: "entities", to: "entity_id", may_be_missing: false },
    ],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Opinions),
    rows: Rows::Document(append),
};

const COLUMNS: &[Column] = &[
    key::DOC_ID,
    key::DATE,
    key::MENTION_ID,
    key::ENTITY_ID,
    key::ENTITY,
    key::ENTITY_TYPE,
    Column::text("surface", "The words of the original file that name the entity."),
    Column::text(
        "role",
        "How they name it: name, hyphen-part (one part of a hyphenated word), demonym (the people or adjective of a \
         place) or metonym (a place or building for the government it houses).",
    ),
    Column::text("rule", "By which rule they were taken for this entity, as in aliases.csv."),
    Column::number("confidence", 2, "share", "How far the rule is trusted, 0 to 1.", "a fixed value for each rule"),
    key::CHAR_START,
    key::CHAR_END,
    Column::integer("line", "lines", "Line of the original file, from 1."),
    key::SENTENCE_ID,
    Column::new("in_quote", Kind::Boolean, "Whether it stands inside quotation marks."),
    Column::text(
        "speaker_entity",
        "Entity that says it: the speaker of the innermost quotation around it that names one.",
    ),
    Column::text(
        "voice",
        "Whose words the polarity comes from: author, quoted (in marks) or attributed (reported without marks); \
         missing when the mention was not scored.",
    ),
    Column::number(
        "polarity",
        3,
        "score",
        "How the entity is spoken of here, -1 to 1; 0 when it is neutral and no term of the lexicon is said of it; missing \
         when the mention was not scored.",
        "p_positive - p_negative, which is the sum of contribution over the rows of sentiment_evidence.csv with this \
         mention_id",
    ),
    Column::text(
        "sentiment",
        "The most probable of negative, neutral and positive; mixed for a neutral one with strong words of both signs.",
    ),
    Column::number("p_negative", 3, "probability", "Probability that it is spoken of negatively.", PROBABILITY),
    Column::number("p_neutral", 3, "probability", "Probability that it is spoken of neutrally.", PROBABILITY),
    Column::number("p_positive", 3, "probability", "Probability that it is spoken of positively.", PROBABILITY),
    Column::number(
        "sentence_tone",
        4,
        "percent",
        "Words of the sentence that are positive less those that are negative, whatever they speak of, -100 to 100; \
         missing when the document was not scored.",
        "100 (positive words - negative words) / words of the sentence",
    ),
    key::SENTENCE,
];

const PROBABILITY: &str = "softmax of the sums of weights of the embedded model";

fn sentence_tone(sentence: &SentenceRecord) -> Option<f64> {
    let tone = sentence.tone?;
    Some(100.0 * (f64::from(tone.positive) - f64::from(tone.negative)) / f64::from(sentence.words.max(1)))
}

fn append(rows: &DocumentRows<'_>, table: &mut Table) -> Result<()> {
    let doc = rows.doc();
    let doc_id = key::doc_id(doc);
    for (index, mention) in rows.records.mentions.iter().enumerate() {
        let entity = rows.entity(mention.entity);
        let speaker = rows.spoken(mention.quotation).and_then(|quotation| quotation.speaker);
        let opinion = mention.opinion.as_ref();
        table.row(&[
            (&doc_id).into(),
            rows.records.document.date.into(),
            (&key::mention_id(doc, index)).into(),
            entity.map(|entity| &entity.id).into(),
            entity.map(|entity| &entity.name).into(),
            entity.map(|entity| entity.kind.name()).into(),
            (&mention.surface).into(),
            mention.role.name().into(),
            mention.rule.name().into(),
            percent(mention.confidence).into(),
            mention.char_start.into(),
            mention.char_end.into(),
            mention.line.into(),
            rows.sentence_id(mention.sentence).as_ref().into(),
            mention.quotation.is_some().into(),
            rows.entity_name(speaker).into(),
            opinion.map(|opinion| opinion.voice.name()).into(),
            opinion.map(|opinion| thousandths(opinion.polarity.into())).into(),
            opinion.map(|opinion| opinion.label.name()).into(),
            opinion.map(|opinion| thousandths(opinion.probabilities[0].into())).into(),
            opinion.map(|opinion| thousandths(opinion.probabilities[1].into())).into(),
            opinion.map(|opinion| thousandths(opinion.probabilities[2].into())).into(),
            rows.sentence(mention.sentence).and_then(sentence_tone).into(),
            rows.sentence_of(mention).as_deref().into(),
        ])?;
    }
    Ok(())
}

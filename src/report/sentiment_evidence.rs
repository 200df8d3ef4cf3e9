//! `sentiment_evidence.csv`: one row for each word that moves the score of a mention. The contributions of a mention
//! sum to its polarity in `mentions.csv`, so every score can be followed to the words it comes from.

use super::column::Column;
use super::digits::push_fixed;
use super::records::DocumentRows;
use super::table::{Cell, Table};
use super::{Needs, Reference, Report, Rows, key, thousandths};
use crate::document::Layer;
use crate::error::Result;
use crate::record::{CueRecord, MentionRecord, OpinionRecord};

/// The report.
pub(super) const REPORT: Report = Report {
    name: "sentiment_evidence",
    about: "The words behind every sentiment score.",
    order: "In document order, then by mention, then in the text order of the cues.",
    key: &[],
    refers: &[
        Reference { column: "doc_id", table: "documents", to: "doc_id", may_be_missing: false },
        Reference { column: "mention_id", table: "mentions", to: "mention_id", may_be_missing: false },
        Reference { column: "entity_id", table: "entities", to: "entity_id", may_be_missing: false },
    ],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Opinions),
    rows: Rows::Document(append),
};

const COLUMNS: &[Column] = &[
    key::DOC_ID,
    key::SENTENCE_ID,
    key::MENTION_ID,
    key::ENTITY_ID,
    key::ENTITY,
    Column::text("voice", "Whose words: author, quoted (in marks) or attributed (reported without marks)."),
    Column::text(
        "speaker",
        "Who speaks: the entity, two of them joined by |, or the words that name somebody who is none; missing for the \
         author.",
    ),
    Column::text("cue", "The word or phrase that moves the score."),
    Column::number(
        "cue_weight",
        3,
        "score",
        "Weight of the cue, -1 to 1.",
        "the value in the word list of cues, else the mean of VADER, AFINN and the Opinion Lexicon, before negation",
    ),
    Column::text("modifiers", "What changed the weight, with its factor, outermost first, joined by |: not(-0.74)."),
    Column::text(
        "scope_rule",
        "The rule by which the cue is said of the entity (object, passive-subject, subject-act, agent, predicate, modifier, \
         possessor, criticism-of, receiver, doer, owner-act; clause: close behind it in its clause). near: a term of the user's that no rule ties to it. rest: what all other words do together.",
    ),
    Column::integer("distance", "tokens", "Tokens between cue and mention; negative when the cue stands before it."),
    Column::number(
        "contribution",
        3,
        "score",
        "What the cue adds to the polarity of the mention.",
        "slope * (logit of positive - logit of negative) of the features that speak of the cue, where slope = \
         (P(positive) - P(negative)) / (logit of positive - logit of negative) of the mention; in thousandths, so that the \
         contributions of a mention sum to its polarity",
    ),
    key::CHAR_START,
    key::CHAR_END,
    key::SENTENCE,
];

fn append(rows: &DocumentRows<'_>, table: &mut Table) -> Result<()> {
    for (index, mention) in rows.records.mentions.iter().enumerate() {
        if let Some(opinion) = &mention.opinion {
            append_opinion(rows, index, mention, opinion, table)?;
        }
    }
    Ok(())
}

fn append_opinion(
    rows: &DocumentRows<'_>,
    index: usize,
    mention: &MentionRecord,
    opinion: &OpinionRecord,
    table: &mut Table,
) -> Result<()> {
    let doc = rows.doc();
    let (doc_id, mention_id) = (key::doc_id(doc), key::mention_id(doc, index));
    let sentence = rows.sentence_of(mention);
    let sentence_id = rows.sentence_id(mention.sentence);
    let entity = rows.entity(mention.entity);
    let speaker = rows.speakers(opinion.quotation);
    for cue in &opinion.cues {
        table.row(&[
            (&doc_id).into(),
            sentence_id.as_ref().into(),
            (&mention_id).into(),
            entity.map(|entity| &entity.id).into(),
            entity.map(|entity| &entity.name).into(),
            opinion.voice.name().into(),
            Cell::known(&speaker),
            (&cue.text).into(),
            thousandths(cue.weight.into()).into(),
            Cell::known(&modifiers(cue)),
            (&cue.rule).into(),
            cue.distance.into(),
            thousandths(cue.contribution).into(),
            cue.char_start.into(),
            cue.char_end.into(),
            sentence.as_deref().into(),
        ])?;
    }
    Ok(())
}

/// `not(-0.74)|very(1.293)`.
fn modifiers(cue: &CueRecord) -> String {
    let mut out = String::new();
    for (word, factor) in &cue.modifiers {
        let mut number = Vec::new();
        push_fixed(&mut number, thousandths((*factor).into()), 3);
        let number = String::from_utf8_lossy(&number);
        let number = number.trim_end_matches('0').trim_end_matches('.');
        if !out.is_empty() {
            out.push('|');
        }
        out.push_str(word);
        out.push('(');
        out.push_str(number);
        out.push(')');
    }
    out
}

//! `kwic.csv`: one row for each place where a pattern of `--kwic` occurs, with the words around it.

use super::column::{Column, Kind};
use super::records::DocumentRows;
use super::table::{Cell, Table};
use super::{Needs, Reference, Report, Rows, key};
use crate::document::Layer;
use crate::error::Result;
use crate::record::{KwicRecord, VoiceRecord};

/// The report.
pub(super) const REPORT: Report = Report {
    name: "kwic",
    about: "Where the patterns of --kwic occur, each in its sentence and in whose words (keyword in context).",
    order: "In document order, then in text order, then in the order in which patterns were given.",
    key: &[],
    refers: &[Reference { column: "doc_id", table: "documents", to: "doc_id", may_be_missing: false }],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Quotations),
    rows: Rows::Document(append),
};

const COLUMNS: &[Column] = &[
    key::DOC_ID,
    key::DATE,
    Column::text("outlet", "Newspaper or site of the document; missing when none was found."),
    Column::integer("from", "tokens", "Place of the first word found in the body, from 1; missing without a word."),
    Column::integer("to", "tokens", "Place of the last word found in the body, from 1; missing without a word."),
    Column::text("pre", "The text before it, to the start of the sentence or --kwic-window words."),
    Column::text("keyword", "What was found, in the words of the original file."),
    Column::text("post", "The text after it, to the end of the sentence or --kwic-window words."),
    Column::text("pattern", "The pattern that found it."),
    key::SENTENCE_ID,
    Column::new("in_quote", Kind::Boolean, "Whether it stands inside quotation marks."),
    Column::text(
        "voice",
        "Whose words it stands in: author, quoted (in marks) or attributed (reported without marks).",
    ),
    Column::text(
        "speaker",
        "Who says the quoted or attributed words: entities, joined by |, or the words that name somebody who is none; \
         missing when nobody is named.",
    ),
    Column::text("L3", "Third word before it in the sentence, in the form that is counted; missing without one."),
    Column::text("L2", "Second word before it."),
    Column::text("L1", "The word before it."),
    Column::text("R1", "The word after it."),
    Column::text("R2", "Second word after it."),
    Column::text("R3", "Third word after it."),
    key::CHAR_START,
    key::CHAR_END,
];

fn append(rows: &DocumentRows<'_>, table: &mut Table) -> Result<()> {
    let doc = rows.doc();
    let doc_id = key::doc_id(doc);
    let document = &rows.records.document;
    for hit in &rows.records.kwic {
        let speaker = rows.spoken(hit.quotation).map(|quotation| rows.names_of_speakers(quotation));
        let (left, right) = (|at: usize| word(&hit.left, at), |at: usize| word(&hit.right, at));
        table.row(&[
            (&doc_id).into(),
            document.date.into(),
            Cell::known(&document.outlet),
            place(hit, 1).into(),
            place(hit, hit.words).into(),
            (&hit.before).into(),
            (&hit.keyword).into(),
            (&hit.after).into(),
            (&hit.pattern).into(),
            (&key::sentence_id(doc, hit.sentence)).into(),
            (hit.voice == VoiceRecord::Quoted || rows.is_in_marks(hit.quotation)).into(),
            hit.voice.name().into(),
            speaker.as_deref().map_or(Cell::Missing, Cell::known),
            left(2),
            left(1),
            left(0),
            right(0),
            right(1),
            right(2),
            hit.char_start.into(),
            hit.char_end.into(),
        ])?;
    }
    Ok(())
}

/// The place of the n-th word found.
fn place(hit: &KwicRecord, n: u32) -> Option<u32> {
    (hit.words > 0).then_some(hit.position + n)
}

fn word(words: &[String], at: usize) -> Cell<'_> {
    words.get(at).map_or(Cell::Missing, |word| word.into())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, looking, records, write_records_of};
    use crate::record::{KwicRecord, VoiceRecord};

    #[test]
    fn a_hit_is_told_with_its_neighbours_and_its_speaker() {
        let mut all = records();
        let hit = |voice, quotation, words| KwicRecord {
            pattern: "brave".into(),
            sentence: 1,
            position: 6,
            words,
            before: "She is not".into(),
            keyword: "brave".into(),
            after: "Lindqvist".into(),
            left: vec!["not".into(), "is".into()],
            right: vec!["lindqvist".into()],
            voice,
            quotation,
            char_start: 3,
            char_end: 8,
        };
        all[0].kwic = vec![hit(VoiceRecord::Quoted, Some(1), 1), hit(VoiceRecord::Author, None, 0)];
        let rows = write_records_of(&all, &looking()).rows("kwic.csv");
        let columns = ["from", "to", "in_quote", "voice", "speaker", "L3", "L2", "L1", "R1", "R2"];
        let quoted = ["7", "7", "true", "quoted", "Norland", "", "is", "not", "lindqvist", ""];
        assert_eq!(cells(&rows[0], columns), quoted, "the speaker of the quotation around the inner one");
        assert_eq!(cells(&rows[1], columns)[..5], ["", "", "false", "author", ""]);
        assert_eq!(cells(&rows[0], ["sentence_id", "pre", "keyword"]), ["d00000001-s0001", "She is not", "brave"]);
    }
}

//! `aliases.csv`: one row for each form under which an entity is mentioned and the rule that says so.
//!
//! Forms are those of the original files; forms that differ only in white space (a line break inside a name) are one.

use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Report, Rows, cell_text, key, percent};
use crate::document::{AliasRule, Layer};
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "aliases",
    about: "Under what names entities are mentioned, and why they were taken for them.",
    order: "By entity in the order of entities.csv; then by count, highest first; then by alias (bytes), then by rule.",
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Entities),
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    Column::text("alias", "The words of the original file that name the entity."),
    key::ENTITY,
    key::ENTITY_TYPE,
    Column::text(
        "rule",
        "Why they were taken for it: exact, word list, surname, given name, acronym, partial name, demonym or metonym.",
    ),
    Column::number(
        "confidence",
        2,
        "share",
        "How far the rule is trusted, 0 to 1.",
        "a fixed value for each rule; the least of the mentions",
    ),
    Column::integer("count", "mentions", "Mentions with this alias by this rule."),
    Column::text("decision", "Who decided: auto, the rules of byline."),
    Column::text("note", "Room for notes; always missing."),
];

/// A form of an entity, by one rule.
pub(super) struct Alias {
    text: String,
    rule: AliasRule,
    count: u64,
    confidence: u8,
}

/// Hands over the aliases of each entity that has any, in the order of the table.
pub(super) fn each(corpus: &CorpusRows<'_>, sink: &mut dyn FnMut(u32, &[Alias]) -> Result<()>) -> Result<()> {
    let (mut open, mut rows) = (0, Vec::new());
    corpus.entities.aliases.each(&mut |(entity, surface, rule), counted| {
        if entity != open && !rows.is_empty() {
            sink(open, &in_order(std::mem::take(&mut rows)))?;
        }
        open = entity;
        rows.push(Alias { text: spaced(&surface), rule, count: counted.count, confidence: counted.confidence });
        Ok(())
    })?;
    if rows.is_empty() { Ok(()) } else { sink(open, &in_order(rows)) }
}

/// The aliases of one entity, equal ones added up, most frequent first.
fn in_order(mut rows: Vec<Alias>) -> Vec<Alias> {
    rows.sort_by(|a, b| (&a.text, a.rule).cmp(&(&b.text, b.rule)));
    rows.dedup_by(|row, kept| {
        let same = (&row.text, row.rule) == (&kept.text, kept.rule);
        if same {
            kept.count += row.count;
            kept.confidence = kept.confidence.min(row.confidence);
        }
        same
    });
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| (&a.text, a.rule).cmp(&(&b.text, b.rule))));
    rows
}

/// The aliases of an entity other than its name, most frequent first.
pub(super) fn other_names<'a>(aliases: &'a [Alias], name: &str) -> Vec<&'a str> {
    let other = aliases.iter().filter(|row| row.text != name);
    let mut names: Vec<(&str, u64)> = other.map(|row| (row.text.as_str(), row.count)).collect();
    // One form may be there under several rules.
    names.sort();
    names.dedup_by(|(text, count), (kept, sum)| {
        let same = text == kept;
        if same {
            *sum += *count;
        }
        same
    });
    names.sort_by_key(|&(text, count)| (std::cmp::Reverse(count), text));
    names.into_iter().map(|(text, _)| text).collect()
}

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    each(corpus, &mut |entity, aliases| {
        let identity = corpus.identity(entity);
        aliases.iter().try_for_each(|alias| {
            table.row(&[
                (&alias.text).into(),
                identity.map(|identity| &identity.name).into(),
                identity.map(|identity| identity.kind.name()).into(),
                alias.rule.name().into(),
                percent(alias.confidence).into(),
                alias.count.into(),
                "auto".into(),
                Cell::Missing,
            ])
        })
    })
}

/// The text with one space wherever there is white space.
fn spaced(text: &str) -> String {
    let line = cell_text::one_line(text);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, records, write_corpus_of};
    use super::spaced;
    use crate::config::Config;

    #[test]
    fn forms_that_differ_in_white_space_are_one() {
        let mut records = records();
        records[1].mentions[1].surface = "Rosa\nLindqvist".into();
        records[1].mentions[1].confidence = 80;
        let tables = write_corpus_of(&["a"], &records, &Config::default());
        let rows = tables.rows("aliases.csv");
        let found: Vec<_> =
            rows.iter().map(|row| cells(row, ["alias", "entity", "type", "rule", "confidence", "count"])).collect();
        let expected = [
            ["Rosa Lindqvist", "Rosa Lindqvist", "PERSON", "exact", "0.80", "2"],
            ["Lindqvist", "Rosa Lindqvist", "PERSON", "exact", "1.00", "1"],
            ["'=Norland", "Norland", "GPE", "exact", "1.00", "1"],
            ["Norland", "Norland", "GPE", "exact", "1.00", "1"],
        ];
        assert_eq!(found, expected);
        assert_eq!(cells(&rows[0], ["decision", "note"]), ["auto", ""]);
        let guarded = tables.summary.iter().find(|table| table.file == "aliases.csv").unwrap();
        assert_eq!(guarded.guarded, [("alias", 1)]);
    }

    #[test]
    fn white_space_becomes_one_space() {
        assert_eq!(spaced(" Rosa \r\n\tLindqvist\u{a0}"), "Rosa Lindqvist");
    }
}

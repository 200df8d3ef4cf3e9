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

/// The aliases of all entities.
pub(super) struct Aliases {
    /// By entity, then in the order of the table.
    rows: Vec<Alias>,
}

struct Alias {
    entity: u32,
    text: String,
    rule: AliasRule,
    count: u64,
    confidence: u8,
}

impl Aliases {
    /// The aliases of a corpus.
    pub(super) fn of(corpus: &CorpusRows<'_>) -> Aliases {
        let counted = corpus.entities.aliases.iter();
        let mut rows: Vec<Alias> = counted
            .map(|((entity, surface, rule), alias)| Alias {
                entity: *entity,
                text: spaced(surface),
                rule: *rule,
                count: alias.count,
                confidence: alias.confidence,
            })
            .collect();
        rows.sort_by(|a, b| (a.entity, &a.text, a.rule).cmp(&(b.entity, &b.text, b.rule)));
        rows.dedup_by(|row, kept| {
            let same = (row.entity, &row.text, row.rule) == (kept.entity, &kept.text, kept.rule);
            if same {
                kept.count += row.count;
                kept.confidence = kept.confidence.min(row.confidence);
            }
            same
        });
        rows.sort_by(|a, b| {
            let counted = a.entity.cmp(&b.entity).then(b.count.cmp(&a.count));
            counted.then_with(|| (&a.text, a.rule).cmp(&(&b.text, b.rule)))
        });
        Aliases { rows }
    }

    /// The aliases of an entity other than its name, most frequent first.
    pub(super) fn other_names(&self, entity: u32, name: &str) -> Vec<&str> {
        let start = self.rows.partition_point(|row| row.entity < entity);
        let end = self.rows.partition_point(|row| row.entity <= entity);
        let mut names: Vec<(&str, u64)> = Vec::new();
        for row in self.rows[start..end].iter().filter(|row| row.text != name) {
            names.push((&row.text, row.count));
        }
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
}

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    for alias in &Aliases::of(corpus).rows {
        let identity = corpus.identity(alias.entity);
        table.row(&[
            (&alias.text).into(),
            identity.map(|identity| &identity.name).into(),
            identity.map(|identity| identity.kind.name()).into(),
            alias.rule.name().into(),
            percent(alias.confidence).into(),
            alias.count.into(),
            "auto".into(),
            Cell::Missing,
        ])?;
    }
    Ok(())
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

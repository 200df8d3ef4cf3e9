//! `aliases.csv`: one row for each form under which an entity is mentioned and the rule that says so.
//!
//! The table can be edited and given back with `--aliases`; what was decided there is written again, so that the table
//! of one run is the input of the next. Forms are those of the original files; forms that differ only in white space (a line break inside a name) are one.

use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Reference, Report, Rows, cell_text, key, percent};
use crate::config::entities::decisions::{Decision, Decisions, Verb};
use crate::document::{AliasRule, EntityKind, Layer};
use crate::error::Result;
use crate::resolve::Identity;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "aliases",
    about: "Under what names entities are mentioned, and why they were taken for them.",
    order: "By entity in the order of entities.csv; then by count, highest first; then by alias (bytes), then by rule. \
            Decisions that no mention follows come last.",
    key: &["alias", "entity", "type", "rule", "decision", "entity_id"],
    refers: &[Reference { column: "entity_id", table: "entities", to: "entity_id", may_be_missing: true }],
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
        "Why they were taken for it. In the document: exact, word list, surname, given name, nickname, acronym, partial \
         name, spelling, demonym or metonym. Across documents: surname in the corpus (the only person of that surname \
         whom other documents of the outlet and year name in full), spelling in the corpus, short form in the corpus. \
         given: a name of --entities; user: a decision of --aliases.",
    ),
    Column::number(
        "confidence",
        2,
        "share",
        "How far the rule is trusted, 0 to 1.",
        "a fixed value for each rule; the least of the mentions",
    ),
    Column::integer("count", "mentions", "Mentions with this alias by this rule."),
    Column::text(
        "decision",
        "Who decided: auto, the rules of byline; or what the table given with --aliases says: merge (the alias names the \
         entity), block (it does not), rename (the entity of the name alias is called entity), type (the entity is of \
         the type). Write one of these words here to decide.",
    ),
    Column::text("kb_id", "Id of the entity in a knowledge base, from the table given with --aliases."),
    Column::text("note", "Note of the table given with --aliases."),
    Column::text(
        "entity_id",
        "Entity: a running number in the order of entities.csv; missing for a decision that no mention follows. Not read back.",
    ),
];

/// A form of an entity, by one rule.
pub(super) struct Alias {
    text: String,
    rule: AliasRule,
    count: u64,
    confidence: u8,
}

impl Alias {
    /// The words, as the table shows them.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
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
    let decisions = &corpus.config.entities.decisions;
    let mut written = vec![false; decisions.rows().len()];
    each(corpus, &mut |entity, aliases| {
        let identity = corpus.identity(entity);
        aliases.iter().try_for_each(|alias| {
            let decision = identity.and_then(|identity| decided(alias, identity, decisions, &mut written));
            table.row(&[
                (&alias.text).into(),
                identity.map(|identity| &identity.name).into(),
                identity.map(|identity| identity.kind.name()).into(),
                alias.rule.name().into(),
                percent(alias.confidence).into(),
                alias.count.into(),
                decision.map_or("auto", |decision| decision.verb.name()).into(),
                identity.map(|identity| Cell::known(&identity.kb_id)).unwrap_or(Cell::Missing),
                decision.map_or(Cell::Missing, |decision| Cell::known(&decision.note)),
                identity.map(|identity| &identity.id).into(),
            ])
        })
    })?;
    let kind = |kind: Option<EntityKind>| kind.map_or(Cell::Missing, |kind| kind.name().into());
    let rest = decisions.rows().iter().zip(written).filter(|(_, written)| !written);
    for (decision, _) in rest {
        table.row(&[
            (&decision.alias).into(),
            (&decision.entity).into(),
            kind(decision.kind),
            AliasRule::User.name().into(),
            1.0.into(),
            0_u64.into(),
            decision.verb.name().into(),
            Cell::Missing,
            Cell::known(&decision.note),
            Cell::Missing,
        ])?;
    }
    let known = |name: &str, kind: Option<EntityKind>| {
        corpus.identities.iter().any(|own| own.name == name && kind.is_none_or(|kind| own.kind == kind))
    };
    for (entity, of, id) in decisions.ids().filter(|(entity, kind, _)| !known(entity, *kind)) {
        table.row(&[
            entity.into(),
            entity.into(),
            kind(of),
            AliasRule::User.name().into(),
            1.0.into(),
            0_u64.into(),
            "auto".into(),
            id.into(),
            Cell::Missing,
            Cell::Missing,
        ])?;
    }
    Ok(())
}

/// The first decision about an alias and its entity that no row shows yet.
fn decided<'d>(
    alias: &Alias,
    identity: &Identity,
    decisions: &'d Decisions,
    written: &mut [bool],
) -> Option<&'d Decision> {
    let is_it = |row: &Decision| {
        row.alias == alias.text
            && row.entity == identity.name
            && row.kind.is_none_or(|kind| kind == identity.kind)
            && row.verb != Verb::Block
    };
    let from = decisions.rows().partition_point(|row| row.alias < alias.text);
    let rows = decisions.rows()[from..].iter().zip(from..).take_while(|(row, _)| row.alias == alias.text);
    let (decision, at) = rows.into_iter().find(|(row, at)| is_it(row) && !written[*at])?;
    written[at] = true;
    Some(decision)
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

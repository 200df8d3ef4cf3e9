//! `entities.csv`: one row for each entity of the corpus.

use super::aliases::{self, Alias};
use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Report, Rows, key, percent};
use crate::document::Layer;
use crate::error::Result;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "entities",
    about: "Who and what is named, how often and under what names.",
    order: "By mentions, highest first; then by entity (bytes), then by type. Entities are numbered in this order.",
    key: &["entity_id"],
    refers: &[],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Entities),
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    key::ENTITY_ID,
    key::ENTITY,
    key::ENTITY_TYPE,
    Column::text("kb_id", "Id in a knowledge base, from the table given with --aliases."),
    Column::integer("mentions", "mentions", "Mentions in titles and bodies, of all kinds."),
    Column::integer(
        "mentions_dedup",
        "mentions",
        "Of these in documents that are no copies of another; missing when copies were not looked for.",
    ),
    Column::integer("mentions_name", "mentions", "Of these by name, as a whole word or a part of a hyphenated one."),
    Column::integer("mentions_demonym", "mentions", "Of these by the people or the adjective of a place (Chinese)."),
    Column::integer(
        "mentions_metonym",
        "mentions",
        "Of these by a place or building that stands for a government (Washington).",
    ),
    Column::integer("docfreq", "documents", "Documents that mention it."),
    Column::number("docfreq_share", 6, "share", "Share of the documents that mention it.", "docfreq / documents"),
    key::FIRST_DATE,
    key::LAST_DATE,
    Column::number(
        "salience_mean",
        6,
        "share",
        "Mean over the documents that mention it of its salience, 0 to 1; the saliences of a document sum to 1.",
        "mean of its share in the weights of all entities of a document; weight = m (2 n - p) for m mentions in a \
         document of n tokens, p of them before the first mention",
    ),
    Column::text(
        "aliases",
        "Other words under which it is mentioned, most frequent first, joined by |; missing when there are none.",
    ),
    Column::text(
        "merge_rule",
        "Rules by which names of different documents were joined in it, as in aliases.csv, joined by |; missing when \
         every document has the same name.",
    ),
    Column::number(
        "merge_confidence",
        2,
        "share",
        "How far the least sure of these is trusted, 0 to 1; missing without one.",
        "a fixed value for each rule",
    ),
];

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let mut next = 0;
    aliases::each(corpus, &mut |entity, aliases| {
        (next..entity).try_for_each(|number| write_row(number, &[], corpus, table))?;
        next = entity + 1;
        write_row(entity, aliases, corpus, table)
    })?;
    (next..corpus.identities.len() as u32).try_for_each(|number| write_row(number, &[], corpus, table))
}

fn write_row(number: u32, aliases: &[Alias], corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let Some(identity) = corpus.identity(number) else { return Ok(()) };
    let documents = corpus.counts.totals.documents as f64;
    let count = corpus.entity_count(number);
    table.row(&[
        (&identity.id).into(),
        (&identity.name).into(),
        identity.kind.name().into(),
        Cell::known(&identity.kb_id),
        count.mentions.into(),
        corpus.deduplicated(count.originals),
        count.names.into(),
        count.demonyms.into(),
        count.metonyms.into(),
        count.documents.into(),
        (count.documents as f64 / documents).into(),
        count.first.into(),
        count.last.into(),
        (count.salience as f64 / count.documents as f64 / 1e6).into(),
        Cell::known(&aliases::other_names(aliases, &identity.name).join("|")),
        Cell::known(&identity.rules.iter().map(|rule| rule.name()).collect::<Vec<_>>().join("|")),
        if identity.rules.is_empty() { Cell::Missing } else { percent(identity.confidence).into() },
    ])
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, corpus_tables};
    use crate::config::Config;

    #[test]
    fn entities_are_numbered_by_mentions() {
        let rows = corpus_tables(&["a", "b"], &Config::default()).rows("entities.csv");
        let columns = ["entity_id", "entity", "type", "mentions", "mentions_name", "docfreq", "docfreq_share"];
        let rosa = ["e000001", "Rosa Lindqvist", "PERSON", "3", "3", "2", "1.000000"];
        assert_eq!(cells(&rows[0], columns), rosa);
        let norland = ["e000002", "Norland", "GPE", "2", "2", "2", "1.000000"];
        assert_eq!(cells(&rows[1], columns), norland);
        assert_eq!(rows[0]["aliases"], "Lind qvist|Lindqvist");
        assert_eq!(cells(&rows[0], ["first_date", "last_date"]), ["2031-04-05", "2031-04-05"]);
        // Two of three mentions in the first document, one of two in the second, all at the start.
        assert_eq!(cells(&rows[0], ["salience_mean"]), ["0.583333"]);
    }
}

//! Rows of `--aliases` that say `auto` and something else than byline finds: they were edited, or the corpus or byline
//! is another one. Such a row decides nothing, which is told with its line.

use std::collections::BTreeMap;

use super::{CorpusRows, aliases};
use crate::config::entities::decisions::{Decisions, Undecided};
use crate::document::EntityKind;
use crate::error::Result;
use crate::resolve::Identity;

/// Rows that are told one by one.
const TOLD: usize = 3;

/// A sentence for each of the first such rows, and one for all others.
///
/// # Errors
/// When names that wait on disk cannot be read.
pub(super) fn undecided(corpus: &CorpusRows<'_>) -> Result<Vec<String>> {
    let decisions = &corpus.config.entities.decisions;
    let mut found: BTreeMap<&str, Vec<&Identity>> =
        decisions.undecided().map(|row| (&*row.alias, Vec::new())).collect();
    if found.is_empty() {
        return Ok(Vec::new());
    }
    aliases::each(corpus, &mut |entity, aliases| {
        let Some(identity) = corpus.identity(entity) else { return Ok(()) };
        for alias in aliases {
            if let Some(found) = found.get_mut(alias.text()) {
                found.push(identity);
            }
        }
        Ok(())
    })?;
    let mut differing: Vec<(&Undecided, &Identity)> =
        decisions.undecided().filter_map(|row| Some((row, other(row, &found[&*row.alias], decisions)?))).collect();
    differing.sort_by_key(|(row, _)| row.line);
    let mut notes: Vec<String> = differing.iter().take(TOLD).map(|(row, own)| sentence(row, own, decisions)).collect();
    if differing.len() > TOLD {
        let lines = differing.len() - TOLD;
        notes.push(format!(
            "--aliases: {}: {lines} more rows that say auto differ from what byline finds.",
            decisions.file()
        ));
    }
    Ok(notes)
}

/// Whom byline takes the alias for, when that is nobody of whom the row speaks.
fn other<'i>(row: &Undecided, found: &[&'i Identity], decisions: &Decisions) -> Option<&'i Identity> {
    let is_it = |own: &&&Identity| {
        let (name, kind) = decisions.settled(&row.entity, row.kind.unwrap_or(own.kind));
        name == own.name && kind == own.kind
    };
    if found.iter().any(|own| is_it(&own)) {
        return None;
    }
    let named = found.iter().find(|own| decisions.settled(&row.entity, own.kind).0 == own.name);
    named.or(found.first()).copied()
}

fn sentence(row: &Undecided, own: &Identity, decisions: &Decisions) -> String {
    let (column, here, there, verb) = if decisions.settled(&row.entity, own.kind).0 == own.name {
        ("type", row.kind.map_or("", EntityKind::name), own.kind.name(), "type")
    } else {
        ("entity", row.entity.as_str(), own.name.as_str(), "merge")
    };
    format!(
        "--aliases: {}, line {}, column {column}: {} is {here} here and {there} by the rules; the row says auto, which \
         decides nothing: write {verb} in column decision to make it hold.",
        decisions.file(),
        row.line,
        row.alias
    )
}

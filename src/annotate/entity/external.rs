//! Names that another program found and the user gave, in the place of byline's own or beside them. Offsets count
//! characters of the original file; a name that does not lie in the text that is read is left out, and the document
//! says so.

use super::alias;
use super::given::{self, Given};
use super::roster::Kinds;
use crate::config::entities::spans::{NameSpan, SpanList};
use crate::config::{Metonyms, SpanMode};
use crate::document::{AliasRule, Byte, Document, Entity, EntityId, Mention, OutsideColumn, RowOutside, Span};

/// The entities and mentions of a document whose names are given.
pub(super) fn entities(
    doc: &mut Document,
    spans: &SpanList,
    mode: SpanMode,
    metonyms: Metonyms,
) -> (Vec<Entity>, Vec<Mention>) {
    let rows = spans.of(&doc.article.id.to_string(), &doc.article.path);
    let (placed, mut outside) = place(doc, rows);
    let names: Vec<Given> =
        placed.iter().map(|(span, row)| Given { span: *span, kind: Some(row.kind), sure: false }).collect();
    let (mut entities, mut mentions) = match mode {
        SpanMode::Replace => {
            let (entities, mentions, kept) = given::resolve(doc, &names, metonyms);
            outside.extend(unread(&placed, &kept));
            (entities, mentions)
        }
        SpanMode::Join => {
            let mut found = super::names(doc);
            let (given, _, kept) = given::found(doc, &names);
            outside.extend(unread(&placed, &kept));
            found.retain(|own| {
                let near = given.partition_point(|name| name.span.end <= own.span.start);
                given.get(near).is_none_or(|name| !name.span.overlaps(own.span))
            });
            found.extend(given);
            found.sort_by_key(|name| (name.span.start, name.span.end));
            found.dedup_by(|later, first| later.span.overlaps(first.span));
            alias::resolve(doc, &found, (Kinds::Voted, metonyms))
        }
    };
    name(&placed, &mut entities, &mut mentions);
    outside.sort_unstable();
    for (word, unread) in [("entities_outside_file", false), ("entities_outside_text", true)] {
        if outside.iter().any(|row| (row.column == OutsideColumn::Both) == unread) {
            doc.article.warnings.push(word.to_owned());
        }
    }
    doc.article.rows_outside = outside;
    (entities, mentions)
}

fn outside(row: &NameSpan, column: OutsideColumn) -> RowOutside {
    RowOutside { line: u32::try_from(row.line).unwrap_or(u32::MAX), column }
}

/// The rows with a place in the text that hold no name there.
fn unread<'r>(placed: &'r [(Span<Byte>, &NameSpan)], kept: &'r [usize]) -> impl Iterator<Item = RowOutside> + 'r {
    let lost = placed.iter().enumerate().filter(|(at, _)| !kept.contains(at));
    lost.map(|(_, (_, row))| outside(row, OutsideColumn::Both))
}

/// The rows with their places in the clean text, and those that have none.
fn place<'r>(doc: &Document, rows: &'r [NameSpan]) -> (Vec<(Span<Byte>, &'r NameSpan)>, Vec<RowOutside>) {
    let raw = &doc.article.raw;
    let mut bytes = raw.char_indices().map(|(at, _)| at).chain([raw.len()]).enumerate().peekable();
    // Rows come in order of their starts, so the text is gone through once; an end is looked for from its start.
    let (mut placed, mut lost) = (Vec::new(), Vec::new());
    for row in rows {
        while bytes.next_if(|(count, _)| (*count as u64) < row.start).is_some() {}
        let Some(&(_, start)) = bytes.peek() else {
            lost.push(outside(row, OutsideColumn::Start));
            continue;
        };
        let length = (row.end - row.start) as usize;
        let Some(end) = raw[start..].char_indices().map(|(at, _)| at).chain([raw.len() - start]).nth(length) else {
            lost.push(outside(row, OutsideColumn::End));
            continue;
        };
        match doc.article.text_span(start..start + end) {
            Some(span) => placed.push((span, row)),
            None => lost.push(outside(row, OutsideColumn::Both)),
        }
    }
    (placed, lost)
}

/// Gives entities the names that the rows say. An entity that byline sees in rows of one name has that name too, where
/// a row says none.
fn name(placed: &[(Span<Byte>, &NameSpan)], entities: &mut Vec<Entity>, mentions: &mut [Mention]) {
    let row_of = |mention: &Mention| {
        let at = placed.partition_point(|(span, _)| span.end <= mention.span.start);
        placed.get(at).filter(|(span, _)| span.overlaps(mention.span)).map(|(_, row)| *row)
    };
    let named = |mention: &Mention| row_of(mention).filter(|row| !row.name.is_empty());
    // What byline's own entities are called in the rows: one name, or none that is sure.
    let mut called: Vec<Option<Option<u32>>> = vec![None; entities.len()];
    let mut targets = Vec::with_capacity(mentions.len());
    for mention in mentions.iter() {
        let target = named(mention).map(|row| {
            let known = entities.iter().position(|e| e.name == row.name && e.kind == row.kind);
            known.unwrap_or_else(|| {
                entities.push(Entity { name: row.name.clone(), kind: row.kind });
                entities.len() - 1
            }) as u32
        });
        if let (Some(target), Some(call)) = (target, called.get_mut(mention.entity.0 as usize)) {
            *call = Some(match *call {
                None => Some(target),
                Some(known) => known.filter(|known| *known == target),
            });
        }
        targets.push(target);
    }
    for (mention, target) in mentions.iter_mut().zip(targets) {
        let own = called.get(mention.entity.0 as usize).copied().flatten().flatten();
        if let Some(target) = target {
            (mention.rule, mention.confidence) = (AliasRule::Given, 100);
            mention.entity = EntityId(target);
        } else if let Some(own) = own {
            mention.entity = EntityId(own);
        }
    }
}

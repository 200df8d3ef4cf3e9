//! The one merge of sorted rows: k tables in, one table out, rows of the same key added.
//!
//! It holds one row of each table in memory. As renumbering rises, renumbered tables are still sorted.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::count::run::{Reader, Renumbering, Row};
use crate::error::Result;

/// Merges sorted tables, each under new numbers, into `sink`.
pub(crate) fn merge<R: Row>(
    mut tables: Vec<(Reader<R>, &Renumbering)>,
    sink: &mut dyn FnMut(R) -> Result<()>,
) -> Result<()> {
    let mut heads: Vec<Option<R>> = Vec::with_capacity(tables.len());
    let mut heap = BinaryHeap::with_capacity(tables.len());
    for (table, (reader, numbers)) in tables.iter_mut().enumerate() {
        let head = next(reader, numbers)?;
        heap.extend(head.as_ref().map(|row| Reverse((row.key(), table))));
        heads.push(head);
    }
    let mut open: Option<R> = None;
    while let Some(Reverse((key, table))) = heap.pop() {
        let (reader, numbers) = &mut tables[table];
        let after = next(reader, numbers)?;
        heap.extend(after.as_ref().map(|row| Reverse((row.key(), table))));
        let Some(row) = std::mem::replace(&mut heads[table], after) else {
            continue;
        };
        match &mut open {
            Some(sum) if sum.key() == key => sum.add(row),
            _ => {
                if let Some(done) = open.replace(row) {
                    sink(done)?;
                }
            }
        }
    }
    open.map_or(Ok(()), sink)
}

fn next<R: Row>(reader: &mut Reader<R>, numbers: &Renumbering) -> Result<Option<R>> {
    let mut row = reader.next()?;
    if let Some(row) = &mut row {
        row.renumber(numbers);
    }
    Ok(row)
}

//! Reads folders of public lists of names (towns, given names, surnames, politicians, firms) into hashes and bits.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::model::form::capitalised;
use crate::model::gazetteer::folded;
use crate::model::tagger::lists::bit;
use crate::model::tagger::word::key;

/// Share of bearers, in percent, from which a surname counts as frequent.
const FREQUENT: f64 = 0.003;

/// The lists of all folders, by key.
///
/// # Errors
/// [`ErrorKind::Read`] with the path.
pub(super) fn read(folders: &[PathBuf]) -> Result<Vec<(u32, u16)>> {
    let mut rows: BTreeMap<u32, u16> = BTreeMap::new();
    let mut add = |name: &str, bits: u16| {
        if name.chars().count() > 1 {
            *rows.entry(key(&folded(name))).or_insert(0) |= bits;
        }
    };
    for folder in folders {
        for (file, read) in LISTS {
            let path = folder.join(file);
            if path.exists() {
                lines(&path)?.iter().skip(1).for_each(|line| read(&line.split('\t').collect::<Vec<_>>(), &mut add));
            }
        }
    }
    rows.remove(&0);
    Ok(rows.into_iter().collect())
}

/// Reads a row of a file.
type Read = fn(&[&str], Add<'_>);
type Add<'a> = &'a mut dyn FnMut(&str, u16);

/// The files that are read, and what a row of each says.
const LISTS: [(&str, Read); 7] = [
    ("cities_geonames_CCBY.tsv", |row, add| {
        add(cell(row, 0), bit::TOWN);
        add(cell(row, 2), bit::STATE);
    }),
    ("uscensus1990_all_last_PD.tsv", |row, add| {
        let share: f64 = cell(row, 1).parse().unwrap_or(0.0);
        let bits = if share >= FREQUENT { bit::SURNAME } else { bit::RARE_SURNAME };
        add(&capitalised(&cell(row, 0).to_lowercase()), bits);
    }),
    ("uscensus1990_female_first_PD.tsv", given),
    ("uscensus1990_male_first_PD.tsv", given),
    ("us_politicians_CC0.tsv", politician),
    ("us_legislators_historical_CC0.tsv", politician),
    ("sp500_PDDL.tsv", |row, add| add(cell(row, 1), bit::FIRM)),
];

fn cell<'a>(row: &[&'a str], at: usize) -> &'a str {
    row.get(at).copied().unwrap_or("").trim()
}

fn given(row: &[&str], add: Add<'_>) {
    add(&capitalised(&cell(row, 0).to_lowercase()), bit::GIVEN);
}

fn politician(row: &[&str], add: Add<'_>) {
    let (first, last) = (cell(row, 0), cell(row, 2));
    if !first.is_empty() && !last.is_empty() {
        add(&format!("{first} {last}"), bit::POLITICIAN);
    }
}

fn lines(path: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(path).map_err(|cause| Error::io(ErrorKind::Read, path, cause))?;
    Ok(text.lines().map(str::to_owned).collect())
}

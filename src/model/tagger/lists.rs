//! Names of several lists by their hashes: what a word or phrase can be, as bits. The lists of the gazetteer are joined
//! by larger ones that are kept in the model's file only as hashes.

use hashbrown::HashMap;

use super::word::key;
use crate::model::gazetteer::{self, Kind};

/// Most units of a listed name.
pub(crate) const LONGEST: usize = 6;

/// What a phrase is in the lists, as bits.
pub(crate) mod bit {
    /// A country, or a body with a people of its own.
    pub(crate) const COUNTRY: u16 = 1;
    /// A people.
    pub(crate) const DEMONYM: u16 = 1 << 1;
    /// A city or state of the gazetteer.
    pub(crate) const PLACE: u16 = 1 << 2;
    /// A natural place, building.
    pub(crate) const LOC: u16 = 1 << 3;
    /// A person.
    pub(crate) const PERSON: u16 = 1 << 4;
    /// An organisation.
    pub(crate) const ORG: u16 = 1 << 5;
    /// An event or other name.
    pub(crate) const OTHER: u16 = 1 << 6;
    /// A town of the long list.
    pub(crate) const TOWN: u16 = 1 << 7;
    /// A state or province of the long list.
    pub(crate) const STATE: u16 = 1 << 8;
    /// A given name of the long list.
    pub(crate) const GIVEN: u16 = 1 << 9;
    /// A surname of the long list, frequent.
    pub(crate) const SURNAME: u16 = 1 << 10;
    /// A surname of the long list, rare.
    pub(crate) const RARE_SURNAME: u16 = 1 << 11;
    /// A politician of the long list.
    pub(crate) const POLITICIAN: u16 = 1 << 12;
    /// A firm of the long list.
    pub(crate) const FIRM: u16 = 1 << 13;
}

/// The long lists: bits by the key of a folded phrase.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameLists {
    rows: HashMap<u32, u16, foldhash::fast::FixedState>,
}

impl NameLists {
    /// The lists of some rows.
    pub(crate) fn new(rows: impl Iterator<Item = (u32, u16)>) -> NameLists {
        NameLists { rows: rows.collect() }
    }

    /// The bits of a single word that tell of people: given name, surname, rare surname, town.
    pub(crate) fn single(&self, word: &str) -> u8 {
        let bits = self.rows.get(&key(word)).copied().unwrap_or(0);
        u8::from(bits & bit::GIVEN != 0)
            | u8::from(bits & bit::SURNAME != 0) << 1
            | u8::from(bits & bit::RARE_SURNAME != 0) << 2
    }

    /// What a folded phrase can be.
    pub(crate) fn phrase(&self, folded: &str) -> u16 {
        let names = gazetteer::english();
        let listed = names.senses(folded).map_or(0, |senses| {
            let name = senses.name.map_or(0, |entry| {
                let entry = names.entry(entry);
                match entry.kind {
                    _ if entry.country => bit::COUNTRY,
                    Some(Kind::Person) => bit::PERSON,
                    Some(Kind::Org) => bit::ORG,
                    Some(Kind::Gpe) => bit::PLACE,
                    Some(Kind::Loc | Kind::Facility) => bit::LOC,
                    Some(Kind::Event | Kind::Misc) | None => bit::OTHER,
                }
            });
            name | senses.demonym.map_or(0, |_| bit::DEMONYM)
        });
        let long = self.rows.get(&key(folded)).copied().unwrap_or(0);
        listed | long & !(bit::GIVEN | bit::SURNAME | bit::RARE_SURNAME)
    }
}

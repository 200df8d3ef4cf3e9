//! Who is who across the corpus. Documents know their entities by name and kind; here the names of all documents are
//! merged into corpus-wide identities, which every table then shows.
//!
//! Two entities of different documents are one when they have the same canonical name and the same kind. A kind that
//! holds less than a fifth of a name's mentions is taken for a slip and joins the name's chief kind. Nothing is merged
//! by resemblance.

use std::collections::BTreeMap;

use crate::document::EntityKind;
use crate::record::{EntityRecord, Records};

/// A kind with fewer than one in `SLIP` of a name's mentions joins the chief kind.
const SLIP: u64 = 5;

/// How often each document-local name and kind is mentioned. Sums under a key, so merging is commutative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    mentions: BTreeMap<EntityRecord, u64>,
}

impl Names {
    /// Adds the mentions of one document.
    pub fn observe(&mut self, records: &Records) {
        let mut mentions = vec![0; records.entities.len()];
        for mention in &records.mentions {
            mentions[mention.entity as usize] += 1;
        }
        for (entity, count) in records.entities.iter().zip(mentions) {
            match self.mentions.get_mut(entity) {
                Some(sum) => *sum += count,
                None => drop(self.mentions.insert(entity.clone(), count)),
            }
        }
    }

    /// Adds the counts of another part of the corpus.
    pub fn merge(&mut self, other: Names) {
        for (entity, count) in other.mentions {
            *self.mentions.entry(entity).or_default() += count;
        }
    }

    /// Decides the identities.
    pub fn resolve(self) -> Identities {
        let mut names: BTreeMap<&str, Vec<(EntityKind, u64)>> = BTreeMap::new();
        for (entity, &count) in &self.mentions {
            names.entry(&entity.name).or_default().push((entity.kind, count));
        }
        let mut sums: BTreeMap<EntityRecord, u64> = BTreeMap::new();
        let mut joins: BTreeMap<EntityRecord, EntityRecord> = BTreeMap::new();
        for (entity, &count) in &self.mentions {
            let target =
                EntityRecord { kind: settled_kind(&names[entity.name.as_str()], entity.kind), ..entity.clone() };
            *sums.entry(target.clone()).or_default() += count;
            joins.insert(entity.clone(), target);
        }
        let mut ranked: Vec<(EntityRecord, u64)> = sums.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let ranks: BTreeMap<&EntityRecord, u32> =
            ranked.iter().enumerate().map(|(rank, (entity, _))| (entity, rank as u32)).collect();
        let numbers = joins.into_iter().map(|(local, target)| (local, ranks[&target])).collect();
        let identity = |(rank, (entity, _)): (usize, (EntityRecord, u64))| Identity {
            id: format!("e{:06}", rank + 1),
            name: entity.name,
            kind: entity.kind,
        };
        Identities { numbers, entities: ranked.into_iter().enumerate().map(identity).collect() }
    }
}

/// The kind that mentions of `kind` are counted under.
fn settled_kind(kinds: &[(EntityKind, u64)], kind: EntityKind) -> EntityKind {
    let total: u64 = kinds.iter().map(|k| k.1).sum();
    let own = kinds.iter().find(|k| k.0 == kind).map_or(0, |k| k.1);
    // The chief kind has most mentions; of equals, the first in table order.
    let chief = kinds.iter().min_by_key(|k| (std::cmp::Reverse(k.1), k.0)).map_or(kind, |k| k.0);
    if own * SLIP < total { chief } else { kind }
}

/// One entity of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// `e000001`, numbered by mentions (most first), then name, then kind.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Kind.
    pub kind: EntityKind,
}

/// All entities of the corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities {
    /// In order of their ids.
    pub entities: Vec<Identity>,
    numbers: BTreeMap<EntityRecord, u32>,
}

impl Identities {
    /// For each of a document's entities, its index in `entities`.
    ///
    /// # Panics
    /// Never for documents that [`Names`] observed.
    pub fn locate(&self, records: &Records) -> Vec<u32> {
        records.entities.iter().map(|e| self.numbers.get(e).copied().unwrap_or(0)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, settled_kind};
    use crate::document::EntityKind;
    use crate::record::EntityRecord;

    fn names(counts: &[(&str, EntityKind, u64)]) -> Names {
        let entity = |&(name, kind, count): &(&str, EntityKind, u64)| (EntityRecord { name: name.into(), kind }, count);
        Names { mentions: counts.iter().map(entity).collect() }
    }

    #[test]
    fn a_rare_kind_joins_the_chief_kind_of_its_name() {
        let kinds = [(EntityKind::Person, 1), (EntityKind::Org, 9)];
        assert_eq!(settled_kind(&kinds, EntityKind::Person), EntityKind::Org);
        let kinds = [(EntityKind::Person, 4), (EntityKind::Gpe, 6)];
        assert_eq!(settled_kind(&kinds, EntityKind::Person), EntityKind::Person);
    }

    #[test]
    fn ids_follow_mentions_then_name() {
        let ids =
            names(&[("Orr", EntityKind::Person, 3), ("Vale", EntityKind::Person, 8), ("Acme", EntityKind::Org, 3)])
                .resolve();
        let shown: Vec<_> = ids.entities.iter().map(|e| format!("{} {}", e.id, e.name)).collect();
        assert_eq!(shown, ["e000001 Vale", "e000002 Acme", "e000003 Orr"]);
    }

    #[test]
    fn merging_is_commutative() {
        let a = names(&[("Vale", EntityKind::Person, 2)]);
        let b = names(&[("Vale", EntityKind::Person, 3), ("Orr", EntityKind::Person, 1)]);
        let (mut ab, mut ba) = (a.clone(), b.clone());
        ab.merge(b);
        ba.merge(a);
        assert_eq!(ab, ba);
    }
}

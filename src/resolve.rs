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
        // By name, then kind: those of one name stand together.
        let (names, counts): (Vec<EntityRecord>, Vec<u64>) = self.mentions.into_iter().unzip();
        let mut targets: Vec<usize> = Vec::with_capacity(names.len());
        let mut sums = vec![0; names.len()];
        for same in names.chunk_by(|a, b| a.name == b.name) {
            let first = targets.len();
            let kinds: Vec<(EntityKind, u64)> =
                same.iter().zip(&counts[first..]).map(|(entity, &count)| (entity.kind, count)).collect();
            for (at, &(kind, count)) in kinds.iter().enumerate() {
                let settled = settled_kind(&kinds, kind);
                let target = first + kinds.iter().position(|k| k.0 == settled).unwrap_or(at);
                sums[target] += count;
                targets.push(target);
            }
        }
        let mut ranked: Vec<usize> = (0..names.len()).filter(|&at| targets[at] == at).collect();
        ranked.sort_by(|&a, &b| sums[b].cmp(&sums[a]).then(a.cmp(&b)));
        let mut ranks = vec![0u32; names.len()];
        ranked.iter().enumerate().for_each(|(rank, &at)| ranks[at] = rank as u32);
        let known = names.iter().zip(&targets).map(|(entity, &target)| (entity.kind, ranks[target])).collect();
        let mut names: Vec<Option<EntityRecord>> = names.into_iter().map(Some).collect();
        let identity = |(rank, at): (usize, usize)| {
            let entity = names[at].take()?;
            Some(Identity { id: format!("e{:06}", rank + 1), name: entity.name, kind: entity.kind })
        };
        let entities = ranked.into_iter().enumerate().filter_map(identity).collect();
        Identities { entities, known }
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
    /// The kind of each name and kind of a document, and its index in `entities`, where the name is; by name, then kind.
    known: Vec<(EntityKind, u32)>,
}

impl Identities {
    /// For each of a document's entities, its index in `entities`; 0 for one that [`Names`] did not observe.
    pub fn locate(&self, records: &Records) -> Vec<u32> {
        let number = |entity: &EntityRecord| {
            let wanted = (entity.name.as_str(), entity.kind);
            let found = self.known.binary_search_by(|&(kind, number)| (self.name(number), kind).cmp(&wanted));
            found.map_or(0, |at| self.known[at].1)
        };
        records.entities.iter().map(number).collect()
    }

    fn name(&self, number: u32) -> &str {
        self.entities.get(number as usize).map_or("", |identity| &identity.name)
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

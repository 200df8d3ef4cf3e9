//! How often the names of documents are mentioned, while documents are read: sums under a key, so merging is commutative.
//! Names are looked up by hash here, since a corpus repeats them, and sorted once, when who is who is decided.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::{Identities, Names, Scope, join, scope};
use crate::config::entities::decisions::Decisions;
use crate::document::EntityKind;
use crate::record::{EntityRecord, Records};

type Counts = HashMap<EntityRecord, u64, FixedState>;

/// How often each document-local name and kind is mentioned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    mentions: Counts,
    /// The same for people, by outlet and year.
    people: HashMap<Scope, Counts, FixedState>,
    /// For acronyms and shortened firms the names that documents explain them by.
    explained: BTreeMap<String, BTreeSet<EntityRecord>>,
}

impl Tally {
    /// Adds the mentions of one document.
    pub fn observe(&mut self, records: &Records) {
        let mut mentions = vec![0; records.entities.len()];
        for mention in &records.mentions {
            let at = mention.entity as usize;
            mentions[at] += 1;
            let entity = &records.entities[at];
            if join::explains(mention.rule, &mention.surface, &entity.name) {
                let short = mention.surface.replace('.', "");
                self.explained.entry(short).or_default().insert(entity.clone());
            }
        }
        let own = scope(&records.document);
        for (entity, count) in records.entities.iter().zip(mentions).filter(|(_, count)| *count > 0) {
            *self.mentions.entry_ref(entity).or_default() += count;
            if entity.kind == EntityKind::Person {
                *self.people.entry_ref(&own).or_default().entry_ref(entity).or_default() += count;
            }
        }
    }

    /// Adds the counts of another part of the corpus.
    pub fn merge(&mut self, other: Tally) {
        for (entity, count) in other.mentions {
            *self.mentions.entry(entity).or_default() += count;
        }
        for (scope, people) in other.people {
            let own = self.people.entry(scope).or_default();
            for (person, count) in people {
                match own.get_mut(&person) {
                    Some(sum) => *sum += count,
                    None => {
                        // The name that is known already, so that the other one goes.
                        let known = self.mentions.get_key_value(&person).map(|(known, _)| known.clone());
                        own.insert(known.unwrap_or(person), count);
                    }
                }
            }
        }
        for (short, names) in other.explained {
            self.explained.entry(short).or_default().extend(names);
        }
    }

    /// Decides the identities.
    pub fn resolve(self, decisions: &Decisions) -> Identities {
        let people = sorted(self.people).map(|(scope, people)| (scope, sorted(people).collect())).collect();
        let mentions = sorted(self.mentions).collect();
        Names { mentions, people, explained: self.explained }.resolve(decisions)
    }
}

/// The entries in order of their keys: a tree is made of them at once.
fn sorted<K: Ord + Hash, V>(map: HashMap<K, V, FixedState>) -> impl Iterator<Item = (K, V)> {
    let mut entries: Vec<(K, V)> = map.into_iter().collect();
    entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    entries.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{Tally, sorted};
    use crate::document::EntityKind;
    use crate::record::EntityRecord;

    fn tally(counts: &[(&str, u64)]) -> Tally {
        let person = |name: &str| EntityRecord { name: name.into(), kind: EntityKind::Person };
        let mentions = counts.iter().map(|&(name, count)| (person(name), count)).collect();
        Tally { mentions, ..Tally::default() }
    }

    #[test]
    fn merging_is_commutative() {
        let (a, b) = (tally(&[("Vale", 2)]), tally(&[("Vale", 3), ("Orr", 1)]));
        let (mut ab, mut ba) = (a.clone(), b.clone());
        ab.merge(b);
        ba.merge(a);
        assert_eq!(ab, ba);
        let shown: Vec<_> = sorted(ab.mentions).map(|(entity, count)| format!("{} {count}", entity.name)).collect();
        assert_eq!(shown, ["Orr 1", "Vale 5"]);
    }
}

//! Who is who across the corpus. Documents know their entities by name and kind; here the names of all documents are
//! merged into corpus-wide identities, which every table then shows.
//!
//! Two entities of different documents are one when they have the same canonical name and the same kind. A kind that
//! holds less than a fifth of a name's mentions is taken for a slip and joins the name's chief kind; so does MISC, which
//! says of no kind, where the name has several words. The user's decisions win over everything; then four rules join
//! names, each written into `aliases.csv` with its confidence, and each only where it leads to one name alone:
//!
//! 1. *spelling*: names that differ in accents, capitals, hyphens or dots are one, under the most frequent spelling;
//! 2. *short form*: an acronym, or a firm without its legal form, is the name that other documents explain it by;
//! 3. *short form*: a full name with and without a middle initial, if there is one such initial;
//! 4. *surname*: a surname alone is the only person with that surname whom other documents of the same outlet and year
//!    name in full.

pub mod decide;
mod join;
mod tally;

use std::collections::{BTreeMap, BTreeSet};

use self::join::{Join, Joins};
pub use self::tally::Tally;
use crate::config::entities::decisions::Decisions;
use crate::document::{AliasRule, EntityKind};
use crate::record::{DocumentRecord, EntityRecord, Records};

/// A kind with fewer than one in `SLIP` of a name's mentions joins the chief kind.
const SLIP: u64 = 5;

/// How often each document-local name and kind is mentioned, in byte order of names.
#[derive(Clone, Debug, Default)]
struct Names {
    mentions: BTreeMap<EntityRecord, u64>,
    /// The same for people, by outlet and year.
    people: BTreeMap<Scope, BTreeMap<EntityRecord, u64>>,
    /// For acronyms and shortened firms the names that documents explain them by.
    explained: BTreeMap<String, BTreeSet<EntityRecord>>,
}

/// Documents that are taken to know the same people: an outlet and a year.
type Scope = (String, String);

fn scope(document: &DocumentRecord) -> Scope {
    let year = document.date.map_or_else(String::new, |date| date.to_string().chars().take(4).collect());
    (document.outlet.clone(), year)
}

impl Names {
    /// Decides the identities.
    fn resolve(self, decisions: &Decisions) -> Identities {
        let joins = Joins::of(&self, decisions);
        let mut sums: BTreeMap<EntityRecord, Sum> = BTreeMap::new();
        for (entity, &count) in &self.mentions {
            sums.entry(joins.whole[entity].target.clone()).or_default().add(count, &joins.whole[entity]);
        }
        for (scope, own) in &joins.scoped {
            for (entity, join) in own {
                let count = self.people[scope][entity];
                sums.entry(joins.whole[entity].target.clone()).or_default().mentions -= count;
                sums.entry(join.target.clone()).or_default().add(count, join);
            }
        }
        // Whoever is always somebody else is nobody.
        sums.retain(|_, sum| sum.mentions > 0);
        let mut ranked: Vec<(EntityRecord, Sum)> = sums.into_iter().collect();
        ranked.sort_by(|a, b| b.1.mentions.cmp(&a.1.mentions).then_with(|| a.0.cmp(&b.0)));
        let ranks: BTreeMap<EntityRecord, u32> =
            ranked.iter().zip(0..).map(|((entity, _), rank)| (entity.clone(), rank)).collect();
        let place = |(local, join): (EntityRecord, Join)| {
            let number = ranks.get(&join.target).copied()?;
            Some((local, Place { number, why: join.why }))
        };
        let places = joins.whole.into_iter().filter_map(place).collect();
        let scoped =
            joins.scoped.into_iter().map(|(s, own)| (s, own.into_iter().filter_map(place).collect())).collect();
        let identity = |((entity, sum), rank): ((EntityRecord, Sum), usize)| Identity {
            id: format!("e{:06}", rank + 1),
            kb_id: decisions.id(&entity.name, entity.kind).unwrap_or("").to_owned(),
            name: String::from(&*entity.name),
            kind: entity.kind,
            rules: sum.rules.into_iter().collect(),
            confidence: sum.confidence,
        };
        Identities { places, scoped, entities: ranked.into_iter().zip(0..).map(identity).collect() }
    }
}

/// What is added up for one identity.
struct Sum {
    mentions: u64,
    rules: BTreeSet<AliasRule>,
    confidence: u8,
}

impl Default for Sum {
    fn default() -> Self {
        Sum { mentions: 0, rules: BTreeSet::new(), confidence: 100 }
    }
}

impl Sum {
    fn add(&mut self, mentions: u64, join: &Join) {
        self.mentions += mentions;
        if let Some((rule, confidence)) = join.why {
            self.rules.insert(rule);
            self.confidence = self.confidence.min(confidence);
        }
    }
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
    /// Its id in a knowledge base, if the user gave one.
    pub kb_id: String,
    /// The rules by which names of different documents were joined in it.
    pub rules: Vec<AliasRule>,
    /// The least confidence of these, percent; 100 without any.
    pub confidence: u8,
}

/// Who a document-local entity is, and why when its name does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    number: u32,
    why: Option<(AliasRule, u8)>,
}

/// All entities of the corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities {
    /// In order of their ids.
    pub entities: Vec<Identity>,
    places: BTreeMap<EntityRecord, Place>,
    scoped: BTreeMap<Scope, BTreeMap<EntityRecord, Place>>,
}

impl Identities {
    /// For each of a document's entities, its index in `entities`; the mentions of one that was joined with others
    /// are given that rule.
    pub fn settle(&self, records: &mut Records) -> Vec<u32> {
        let own = self.scoped.get(&scope(&records.document));
        let place = |entity: &EntityRecord| {
            let place = own.and_then(|own| own.get(entity)).or_else(|| self.places.get(entity));
            place.copied().unwrap_or(Place { number: 0, why: None })
        };
        let places: Vec<Place> = records.entities.iter().map(place).collect();
        for mention in &mut records.mentions {
            if let Some((rule, confidence)) = places.get(mention.entity as usize).and_then(|place| place.why) {
                mention.confidence = mention.confidence.min(confidence);
                if matches!(mention.rule, AliasRule::Exact | AliasRule::Spelling) {
                    mention.rule = rule;
                }
            }
        }
        places.into_iter().map(|place| place.number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Names;
    use super::join::settled_kind;
    use crate::config::entities::decisions::Decisions;
    use crate::document::EntityKind;
    use crate::record::EntityRecord;

    fn names(counts: &[(&str, EntityKind, u64)]) -> Names {
        let entity = |&(name, kind, count): &(&str, EntityKind, u64)| (EntityRecord { name: name.into(), kind }, count);
        Names { mentions: counts.iter().map(entity).collect(), ..Names::default() }
    }

    #[test]
    fn a_rare_kind_joins_the_chief_kind_of_its_name() {
        let kinds = [(EntityKind::Person, 1), (EntityKind::Org, 9)];
        let of = |name: &str, kind| EntityRecord { name: name.into(), kind };
        assert_eq!(settled_kind(&kinds, &of("Vale", EntityKind::Person)), EntityKind::Org);
        let kinds = [(EntityKind::Person, 4), (EntityKind::Gpe, 6)];
        assert_eq!(settled_kind(&kinds, &of("Vale", EntityKind::Person)), EntityKind::Person);
        let kinds = [(EntityKind::Gpe, 2), (EntityKind::Misc, 2)];
        assert_eq!(settled_kind(&kinds, &of("Vale Banks", EntityKind::Misc)), EntityKind::Gpe);
        assert_eq!(settled_kind(&kinds, &of("Banks", EntityKind::Misc)), EntityKind::Misc);
    }

    #[test]
    fn ids_follow_mentions_then_name() {
        let ids =
            names(&[("Orr", EntityKind::Person, 3), ("Vale", EntityKind::Person, 8), ("Acme", EntityKind::Org, 3)])
                .resolve(&Decisions::default());
        let shown: Vec<_> = ids.entities.iter().map(|e| format!("{} {}", e.id, e.name)).collect();
        assert_eq!(shown, ["e000001 Vale", "e000002 Acme", "e000003 Orr"]);
    }
}

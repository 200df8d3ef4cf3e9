//! The rules by which names of different documents are one, and how sure each is. Whatever leads to two names leads
//! nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{Names, SLIP, Scope};
use crate::config::entities::decisions::Decisions;
use crate::document::{AliasRule, EntityKind};
use crate::model::{gazetteer, nickname, spelling};
use crate::record::EntityRecord;

/// How sure each rule is, percent.
const SPELLING: u8 = 85;
const EXPLAINED: u8 = 70;
const INITIAL: u8 = 70;
const SURNAME: u8 = 50;

/// Letters of the shortest acronym that leads to another document's name.
const SHORTEST: usize = 3;

/// Who a name is, and why when its spelling and kind do not tell.
#[derive(Clone, Debug)]
pub(super) struct Join {
    pub(super) target: EntityRecord,
    pub(super) why: Option<(AliasRule, u8)>,
}

/// Who every document-local name is.
pub(super) struct Joins {
    /// For every name and kind.
    pub(super) whole: BTreeMap<EntityRecord, Join>,
    /// For surnames, within an outlet and year.
    pub(super) scoped: BTreeMap<Scope, BTreeMap<EntityRecord, Join>>,
}

/// Whether a mention explains a form that may stand alone elsewhere: an acronym, a firm without its legal form, a person
/// under a familiar given name.
pub(super) fn explains(rule: AliasRule, surface: &str, full: &str) -> bool {
    match rule {
        AliasRule::Acronym => !surface.contains(char::is_whitespace) && surface.replace('.', "").len() >= SHORTEST,
        AliasRule::Nickname => is_familiar(surface, full),
        AliasRule::PartialName => full
            .strip_prefix(surface)
            .is_some_and(|rest| rest.starts_with(' ') && rest.split_whitespace().all(spelling::is_legal_form)),
        _ => false,
    }
}

/// Whether two full names have one surname and given names of which one is a familiar form of the other.
fn is_familiar(one: &str, other: &str) -> bool {
    let split = |name: &str| name.split_once(' ').map(|(given, rest)| (given.to_lowercase(), rest.to_owned()));
    let last = |rest: &str| rest.rsplit(' ').next().map(str::to_owned);
    match (split(one), split(other)) {
        (Some((given, rest)), Some((known, other))) => last(&rest) == last(&other) && nickname::is_same(&given, &known),
        _ => false,
    }
}

/// Whether a word list that knows something under this very name spells it out; nothing where no list knows it.
fn listed(name: &str) -> Option<bool> {
    let lists = gazetteer::english();
    let entry = lists.entry(lists.senses(&gazetteer::folded(name))?.name?);
    (entry.name == name).then_some(entry.spelled_out)
}

impl Joins {
    /// Applies the rules one after another.
    pub(super) fn of(names: &Names, decisions: &Decisions) -> Joins {
        let mut kinds: BTreeMap<&str, Vec<(EntityKind, u64)>> = BTreeMap::new();
        for (entity, &count) in &names.mentions {
            kinds.entry(&*entity.name).or_default().push((entity.kind, count));
        }
        let mut joins = Joins { whole: BTreeMap::new(), scoped: BTreeMap::new() };
        for entity in names.mentions.keys() {
            let join = if decisions.concerns(&entity.name) {
                let (name, kind) = decisions.settled(&entity.name, entity.kind);
                Join { target: EntityRecord { name: name.into(), kind }, why: Some((AliasRule::User, 100)) }
            } else {
                let kind = settled_kind(&kinds[&*entity.name], entity);
                Join { target: EntityRecord { kind, ..entity.clone() }, why: None }
            };
            joins.whole.insert(entity.clone(), join);
        }
        let allowed =
            |from: &EntityRecord, to: &EntityRecord| from != to && !decisions.blocks(&from.name, &to.name, to.kind);
        joins.apply(AliasRule::CorpusSpelling, SPELLING, &spellings(&joins.sums(names)), &allowed);
        joins.apply(AliasRule::CorpusShortForm, EXPLAINED, &joins.explanations(names), &allowed);
        joins.apply(AliasRule::CorpusShortForm, INITIAL, &initials(&joins.sums(names)), &allowed);
        joins.surnames(names, decisions, &allowed);
        // What the user says of a name holds for whatever joined it.
        for join in joins.whole.values_mut().chain(joins.scoped.values_mut().flat_map(BTreeMap::values_mut)) {
            let (name, kind) = decisions.settled(&join.target.name, join.target.kind);
            if *name != *join.target.name {
                join.target.name = name.into();
            }
            join.target.kind = kind;
        }
        joins
    }

    /// Mentions of each target.
    fn sums(&self, names: &Names) -> BTreeMap<EntityRecord, u64> {
        let mut sums = BTreeMap::new();
        for (entity, count) in &names.mentions {
            *sums.entry(self.whole[entity].target.clone()).or_default() += count;
        }
        sums
    }

    /// Leads every target that `to` names on; the user's decisions stay.
    fn apply(
        &mut self,
        rule: AliasRule,
        confidence: u8,
        to: &BTreeMap<EntityRecord, EntityRecord>,
        allowed: &dyn Fn(&EntityRecord, &EntityRecord) -> bool,
    ) {
        for join in self.whole.values_mut() {
            let is_decided = join.why.is_some_and(|why| why.0 == AliasRule::User);
            if let Some(next) = to.get(&join.target).filter(|next| !is_decided && allowed(&join.target, next)) {
                join.target = next.clone();
                join.why = Some(join.why.filter(|why| why.1 <= confidence).unwrap_or((rule, confidence)));
            }
        }
    }

    /// The one name by which documents explain a short form.
    fn explanations(&self, names: &Names) -> BTreeMap<EntityRecord, EntityRecord> {
        let mut to = BTreeMap::new();
        let sums = self.sums(names);
        let often = |person: &EntityRecord| (sums.get(person).copied().unwrap_or(0), std::cmp::Reverse(person.clone()));
        for (short, full) in &names.explained {
            let targets: BTreeSet<&EntityRecord> =
                full.iter().filter_map(|entity| Some(&self.whole.get(entity)?.target)).collect();
            if let (Some(target), 1) = (targets.first(), targets.len()) {
                if target.kind == EntityKind::Person {
                    // Whichever name is more frequent stands for both.
                    let own = EntityRecord { name: short.as_str().into(), kind: target.kind };
                    if often(&own) > often(target) {
                        to.insert((*target).clone(), own);
                    } else {
                        to.insert(own, (*target).clone());
                    }
                    continue;
                }
                if let Some(spelled_out) = listed(short) {
                    // A list calls it so. The explained name joins it, if the list knows no other one and both are of
                    // a kind.
                    let own = EntityRecord { name: short.as_str().into(), kind: target.kind };
                    let joins = !spelled_out && self.whole.contains_key(&own);
                    to.extend(joins.then(|| ((*target).clone(), own)));
                    continue;
                }
                // The kind of an acronym that nothing explains is a guess.
                let acronym = !short.bytes().any(|b| b.is_ascii_lowercase());
                let kinds = EntityKind::ALL.into_iter().filter(|&kind| {
                    kind == target.kind || acronym && kind != EntityKind::Person && target.kind != EntityKind::Person
                });
                to.extend(kinds.map(|kind| (EntityRecord { name: short.as_str().into(), kind }, (*target).clone())));
            }
        }
        to
    }

    /// Leads surnames to the only person of that surname in the outlet and year.
    fn surnames(
        &mut self,
        names: &Names,
        decisions: &Decisions,
        allowed: &dyn Fn(&EntityRecord, &EntityRecord) -> bool,
    ) {
        for (scope, people) in &names.people {
            let mut full: BTreeMap<&str, BTreeSet<&EntityRecord>> = BTreeMap::new();
            // Mentions of people by surname and by given name.
            let mut named: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
            for (person, count) in people {
                let target = &self.whole[person].target;
                if let Some((_, surname)) = target.name.rsplit_once(' ') {
                    full.entry(surname).or_default().insert(target);
                    named.entry(surname).or_default().0 += count;
                }
                if let Some((given, _)) = target.name.split_once(' ') {
                    named.entry(given).or_default().1 += count;
                }
            }
            let mut own = BTreeMap::new();
            for person in people.keys().filter(|person| !person.name.contains(' ')) {
                let (by_surname, by_given) = named.get(&*person.name).copied().unwrap_or_default();
                let is_free =
                    self.whole[person].why.is_none() && !decisions.concerns(&person.name) && by_surname >= by_given;
                let targets = full.get(&*person.name).filter(|targets| is_free && targets.len() == 1);
                if let Some(target) = targets.and_then(BTreeSet::first).filter(|target| allowed(person, target)) {
                    let why = Some((AliasRule::CorpusSurname, SURNAME));
                    own.insert(person.clone(), Join { target: (*target).clone(), why });
                }
            }
            if !own.is_empty() {
                self.scoped.insert(scope.clone(), own);
            }
        }
    }
}

/// The kind that mentions of an entity are counted under, of the kinds that its name has. A rare kind is a slip; a name of
/// several words that is of no certain kind is of the one it has more often.
pub(super) fn settled_kind(kinds: &[(EntityKind, u64)], entity: &EntityRecord) -> EntityKind {
    let kind = entity.kind;
    let unsure = kind == EntityKind::Misc && entity.name.contains(' ');
    let total: u64 = kinds.iter().map(|k| k.1).sum();
    let own = kinds.iter().find(|k| k.0 == kind).map_or(0, |k| k.1);
    // The chief kind has most mentions; of equals, the first in table order.
    let chief = kinds.iter().min_by_key(|k| (std::cmp::Reverse(k.1), k.0)).map_or(kind, |k| k.0);
    if unsure || own * SLIP < total { chief } else { kind }
}

/// For every spelling the most frequent one of the same key and kind; of equals, the first in order of bytes.
fn spellings(sums: &BTreeMap<EntityRecord, u64>) -> BTreeMap<EntityRecord, EntityRecord> {
    let mut groups: BTreeMap<(String, EntityKind), Vec<(&EntityRecord, u64)>> = BTreeMap::new();
    for (entity, &count) in sums {
        groups.entry((spelling::key(&entity.name), entity.kind)).or_default().push((entity, count));
    }
    let mut to = BTreeMap::new();
    for group in groups.values().filter(|group| group.len() > 1) {
        let shouted = |name: &str| !name.bytes().any(|b| b.is_ascii_lowercase());
        let chief = group.iter().min_by_key(|(entity, count)| {
            (entity.name.contains(' ') && shouted(&entity.name), std::cmp::Reverse(*count), *entity)
        });
        if let Some((chief, _)) = chief {
            to.extend(
                group.iter().filter(|(other, _)| other != chief).map(|(other, _)| ((*other).clone(), (*chief).clone())),
            );
        }
    }
    to
}

/// For a full name without a middle initial the only one with an initial, whichever is more frequent being the target.
fn initials(sums: &BTreeMap<EntityRecord, u64>) -> BTreeMap<EntityRecord, EntityRecord> {
    let mut with: BTreeMap<String, Vec<(&EntityRecord, u64)>> = BTreeMap::new();
    for (entity, &count) in sums.iter().filter(|(entity, _)| entity.kind == EntityKind::Person) {
        let words: Vec<&str> = entity.name.split(' ').collect();
        if let [first, middle, last] = words[..]
            && middle.trim_end_matches('.').chars().count() == 1
            && first.trim_end_matches('.').chars().count() > 1
        {
            with.entry(format!("{first} {last}")).or_default().push((entity, count));
        }
    }
    let mut to = BTreeMap::new();
    for (plain, initialled) in with {
        let plain = EntityRecord { name: plain.into(), kind: EntityKind::Person };
        if let ([(long, count)], Some(own)) = (&initialled[..], sums.get(&plain)) {
            if own >= count {
                to.insert((*long).clone(), plain);
            } else {
                to.insert(plain, (*long).clone());
            }
        }
    }
    to
}

#[cfg(test)]
mod tests {
    use super::super::{Identities, Names};
    use super::explains;
    use crate::config::entities::decisions::Decisions;
    use crate::document::{AliasRule, EntityKind};
    use crate::record::EntityRecord;

    fn names(counts: &[(&str, EntityKind, u64)]) -> Names {
        let mut names = Names::default();
        for &(name, kind, count) in counts {
            let entity = EntityRecord { name: name.into(), kind };
            names.mentions.insert(entity.clone(), count);
            if kind == EntityKind::Person {
                names.people.entry(("Courier".into(), "2031".into())).or_default().insert(entity, count);
            }
        }
        names
    }

    fn shown(identities: &Identities) -> Vec<String> {
        let rules = |rules: &[AliasRule]| rules.iter().map(|rule| rule.name()).collect::<Vec<_>>().join("|");
        identities.entities.iter().map(|e| format!("{}/{}/{}", e.name, rules(&e.rules), e.confidence)).collect()
    }

    fn resolved(counts: &[(&str, EntityKind, u64)]) -> Vec<String> {
        shown(&names(counts).resolve(&Decisions::default()))
    }

    #[test]
    fn spellings_meet_under_the_most_frequent() {
        let counts = [("Röst", EntityKind::Org, 2), ("Rost", EntityKind::Org, 5), ("ROST", EntityKind::Gpe, 9)];
        assert_eq!(resolved(&counts), ["ROST//100", "Rost/spelling in the corpus/85"]);
    }

    #[test]
    fn a_surname_leads_to_the_only_person_who_has_it() {
        let one = [("Anna Vale", EntityKind::Person, 2), ("Vale", EntityKind::Person, 3)];
        assert_eq!(resolved(&one), ["Anna Vale/surname in the corpus/50"]);
        let two =
            [("Anna Vale", EntityKind::Person, 2), ("Bo Vale", EntityKind::Person, 1), ("Vale", EntityKind::Person, 3)];
        assert_eq!(resolved(&two).len(), 3);
        let mut apart = names(&one[..1]);
        let vale = EntityRecord { name: "Vale".into(), kind: EntityKind::Person };
        apart.mentions.insert(vale.clone(), 3);
        apart.people.entry(("Gazette".into(), "2031".into())).or_default().insert(vale, 3);
        assert_eq!(shown(&apart.resolve(&Decisions::default())).len(), 2);
    }

    #[test]
    fn a_middle_initial_is_left_out_only_when_there_is_one() {
        let one = [("Anna Vale", EntityKind::Person, 2), ("Anna B. Vale", EntityKind::Person, 1)];
        assert_eq!(resolved(&one), ["Anna Vale/short form in the corpus/70"]);
        let two = [one[0], one[1], ("Anna C. Vale", EntityKind::Person, 1)];
        assert_eq!(resolved(&two).len(), 3);
    }

    #[test]
    fn a_short_form_is_what_documents_explain_it_by() {
        let full = EntityRecord { name: "Quarry Safety Board".into(), kind: EntityKind::Org };
        let mut names = names(&[("Quarry Safety Board", EntityKind::Org, 2), ("QSB", EntityKind::Org, 3)]);
        names.explained.entry("QSB".into()).or_default().insert(full);
        assert_eq!(
            shown(&names.clone().resolve(&Decisions::default())),
            ["Quarry Safety Board/short form in the corpus/70"]
        );
        let other = EntityRecord { name: "Queen Street Bank".into(), kind: EntityKind::Org };
        names.mentions.insert(other.clone(), 1);
        names.explained.entry("QSB".into()).or_default().insert(other);
        assert_eq!(shown(&names.resolve(&Decisions::default())).len(), 3);
        assert!(explains(AliasRule::PartialName, "Acme", "Acme Holdings Ltd."));
        assert!(!explains(AliasRule::PartialName, "Acme", "Acme Museum"));
    }
}

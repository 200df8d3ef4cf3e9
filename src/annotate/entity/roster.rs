//! What the names of a document tell of each other, gathered before any is merged: the kind that most mentions of a name
//! speak for, people named in full, short forms and what brackets explain.

use std::collections::{BTreeMap, BTreeSet};

use super::person::{self, People};
use super::short_form::{ShortForms, Target};
use super::{Found, Sense, listed_kind};
use crate::config::Metonyms;
use crate::document::{AliasRule, Document, EntityKind};
use crate::model::{gazetteer, spelling};

/// How far the kinds of found names are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kinds {
    /// Guesses: all mentions of a name vote.
    Voted,
    /// Facts: a name with two kinds names two things.
    Known,
}

/// What is known of the spellings of one open name.
#[derive(Clone, Debug, Default)]
pub(super) struct Group<'a> {
    /// Sum of confidences for each kind.
    pub(super) votes: [u32; 7],
    /// The highest confidence of a mention.
    pub(super) best: u8,
    /// The surface that stands for all: the first that is not shouted.
    pub(super) name: &'a str,
}

impl Group<'_> {
    pub(super) fn kind(&self) -> EntityKind {
        let best = (0..7).max_by_key(|&i| (self.votes[i], 7 - i)).unwrap_or(6);
        EntityKind::ALL[best]
    }

    /// Whether nothing says that it is a person, and something surely that it is not.
    pub(super) fn is_thing(&self) -> bool {
        self.votes[EntityKind::Person as usize] == 0 && self.best >= SURE
    }
}

/// The confidence of a name whose kind is no guess from its form or neighbours.
pub(super) const SURE: u8 = 90;

/// The names of a document and what they tell of each other.
pub(super) struct Roster<'a> {
    pub(super) doc: &'a Document,
    pub(super) kinds: Kinds,
    pub(super) metonyms: Metonyms,
    groups: Vec<Group<'a>>,
    /// The group of each found name; of open names only.
    group_of: Vec<Option<usize>>,
    /// Groups by [`spelling::key`], and by kind where kinds are known.
    by_key: BTreeMap<(String, Option<EntityKind>), usize>,
    pub(super) people: People,
    /// Canonical name of a person for each full surface, and why.
    pub(super) full: BTreeMap<&'a str, (String, AliasRule)>,
    pub(super) forms: ShortForms,
    /// Keys of names of several words, and what they name: what a slip may lead to.
    pub(super) several: BTreeMap<String, Target>,
    /// Places by what stands before their comma (`Washington` of `Washington, D.C.`); nothing where two have it.
    pub(super) placed: BTreeMap<&'a str, Option<Target>>,
    /// Places named by a direction and a land (`North Ostania`), by the land.
    halves: BTreeMap<String, Vec<Target>>,
    /// Countries named or meant by their people, sorted.
    pub(super) countries: Vec<u32>,
    /// Where each listed person is first named.
    pub(super) listed: BTreeMap<u32, usize>,
    /// The sentence of each found name.
    pub(super) sentences: Vec<u32>,
}

impl<'a> Roster<'a> {
    pub(super) fn prepare(doc: &'a Document, found: &[Found], kinds: Kinds, metonyms: Metonyms) -> Roster<'a> {
        let mut resolver = Roster {
            doc,
            kinds,
            metonyms,
            groups: Vec::new(),
            group_of: vec![None; found.len()],
            by_key: BTreeMap::new(),
            people: People::default(),
            full: BTreeMap::new(),
            forms: ShortForms::default(),
            several: BTreeMap::new(),
            placed: BTreeMap::new(),
            halves: BTreeMap::new(),
            countries: Vec::new(),
            listed: BTreeMap::new(),
            sentences: found.iter().map(|name| name.sentence).collect(),
        };
        let lists = gazetteer::english();
        for (at, name) in found.iter().enumerate() {
            match name.sense {
                Sense::Open => {
                    let text = doc.text(name.span);
                    let key = (spelling::key(text), (kinds == Kinds::Known).then_some(name.kind));
                    let number = *resolver.by_key.entry(key).or_insert(resolver.groups.len());
                    if number == resolver.groups.len() {
                        resolver.groups.push(Group::default());
                    }
                    resolver.group_of[at] = Some(number);
                    let group = &mut resolver.groups[number];
                    // A default kind weighs next to nothing against evidence.
                    group.votes[name.kind as usize] += u32::from(name.confidence.saturating_sub(39).max(1));
                    group.best = group.best.max(name.confidence);
                    if group.name.is_empty() || is_shouted(group.name) && !is_shouted(text) {
                        group.name = text;
                    }
                }
                Sense::Listed(e) | Sense::Demonym(e) if lists.entry(e).country => resolver.countries.push(e),
                _ => {}
            }
        }
        resolver.countries.sort_unstable();
        resolver.countries.dedup();
        resolver.note_people(found);
        resolver.note_forms(found);
        resolver
    }

    /// The group of a found name.
    pub(super) fn group(&self, at: usize) -> Option<&Group<'a>> {
        self.groups.get(self.group_of[at]?)
    }

    /// The votes of all mentions of a name, by its key.
    pub(super) fn votes(&self, key: &str, kind: EntityKind) -> Option<u32> {
        let number = self.by_key.get(&(key.to_owned(), (self.kinds == Kinds::Known).then_some(kind)))?;
        Some(self.groups[*number].votes.iter().sum())
    }

    /// The kind that the mentions of a found name speak for.
    fn kind_of(&self, at: usize, name: &Found) -> EntityKind {
        self.group(at).map_or(name.kind, Group::kind)
    }

    /// Notes all people named in full.
    fn note_people(&mut self, found: &[Found]) {
        let lists = gazetteer::english();
        let mut alone: Vec<&str> = found.iter().map(|f| self.doc.text(f.span)).filter(|t| !t.contains(' ')).collect();
        alone.sort_unstable();
        alone.dedup();
        let is_alone = |word: &str| alone.binary_search(&word).is_ok();
        for (at, name) in found.iter().enumerate() {
            let text = self.doc.text(name.span);
            if let Sense::Listed(e) = name.sense {
                self.listed.entry(e).or_insert(at);
            }
            if !text.contains(' ') {
                continue;
            }
            match name.sense {
                Sense::Listed(e) if listed_kind(e) == Some(EntityKind::Person) => {
                    let canonical = &lists.entry(e).name;
                    // `von der Leyen` alone is no full name.
                    let bare = text.chars().next().is_some_and(char::is_lowercase);
                    if !bare {
                        self.people.note(at, canonical, canonical, (true, name.sex), is_alone);
                    }
                }
                Sense::Open if self.kind_of(at, name) == EntityKind::Person && !person::is_role(text) => {
                    let link = self.people.note(at, text, text, (false, name.sex), is_alone);
                    self.full.entry(text).or_insert(link);
                }
                _ => {}
            }
        }
    }

    /// Notes acronyms and shorter forms of names of several words.
    fn note_forms(&mut self, found: &[Found]) {
        let lists = gazetteer::english();
        let mut noted = BTreeSet::new();
        for (at, name) in found.iter().enumerate() {
            let text = self.doc.text(name.span);
            let (canonical, kind) = match name.sense {
                Sense::Listed(e) => (lists.entry(e).name.as_str(), name.kind),
                Sense::Open => {
                    let group = self.group(at);
                    (group.map_or(text, |g| g.name), group.map_or(name.kind, Group::kind))
                }
                _ => continue,
            };
            let target = (canonical.to_owned(), kind);
            if kind == EntityKind::Gpe
                && let Some((place, _)) = text.split_once(", ")
            {
                let only = self.placed.entry(place).or_insert_with(|| Some(target.clone()));
                if only.as_ref().is_some_and(|only| *only != target) {
                    *only = None;
                }
            }
            let next = (at + 1..found.len()).take(3).find(|&n| found[n].span.start >= name.span.end);
            if let Some(next) = next.filter(|&n| found[n].sentence == name.sentence) {
                self.note_bracket(name, (next, &found[next]), &target);
            }
            self.note_half(canonical, &target);
            if !text.contains(' ') && kind == EntityKind::Org && name.sense == Sense::Open {
                self.forms.note_capitals(text, &target);
            }
            if !text.contains(' ') || kind == EntityKind::Person {
                continue;
            }
            if !noted.insert((text, kind)) {
                continue;
            }
            self.several.entry(spelling::key(text)).or_insert_with(|| target.clone());
            self.forms.note(text, &target);
        }
    }

    /// Notes the halves of a parted country, each by its direction: `North`, `South`.
    fn note_half(&mut self, name: &str, target: &Target) {
        if let Some((side, land)) = name.split_once(' ')
            && matches!(side, "North" | "South" | "East" | "West")
            && matches!(target.1, EntityKind::Gpe | EntityKind::Loc)
            && !is_part(name)
        {
            let halves = self.halves.entry(land.to_owned()).or_default();
            if halves.iter().all(|half| half.0 != target.0) {
                halves.push(target.clone());
            }
        }
    }

    /// The half that a direction names, where a document names both halves of one country and no other.
    pub(super) fn half(&self, side: &str) -> Option<&Target> {
        let mut parted = self.halves.values().filter(|halves| halves.len() == 2);
        let (halves, None) = (parted.next()?, parted.next()) else { return None };
        halves.iter().find(|half| half.0.split_once(' ').is_some_and(|(own, _)| own == side))
    }

    /// Notes `Quarry Safety Board (QSB)` and `QSB (Quarry Safety Board)`.
    fn note_bracket(&mut self, name: &Found, (at, next): (usize, &Found), target: &Target) {
        let between = &self.doc.article.text[name.span.end as usize..next.span.start as usize];
        let (text, other) = (self.doc.text(name.span), self.doc.text(next.span));
        let Some(rest) = between.strip_suffix(['(', '[']) else { return };
        let close = next.bracketed || self.doc.article.text[next.span.end as usize..].starts_with([')', ']', ',', ';']);
        // A listed name is whole: `Middle East Respiratory Syndrome (MERS)` explains nothing of the Middle East.
        let whole = rest.trim().is_empty() || name.sense == Sense::Open;
        if rest.len() <= LONGEST_REST && close && whole && target.1 != EntityKind::Person {
            let full = format!("{text}{rest}");
            self.forms.note_bracketed(other, full.trim_end(), target);
        }
        if rest.trim().is_empty() && next.sense == Sense::Open && next.kind != EntityKind::Person {
            let full = (other.to_owned(), self.kind_of(at, next));
            self.forms.note_bracketed(text, other, &full);
        }
    }
}

/// Bytes between a name and the bracket behind it: the rest of a name that was cut short.
const LONGEST_REST: usize = 24;

/// Whether a list has a name as that of a place that is no country: the South is no Carolina.
fn is_part(name: &str) -> bool {
    let lists = gazetteer::english();
    let entry = lists.senses(&gazetteer::folded(name)).and_then(|senses| senses.name);
    entry.is_some_and(|entry| !lists.entry(entry).country)
}

/// Whether a name is written in capitals only.
pub(super) fn is_shouted(text: &str) -> bool {
    text.len() > 3 && !text.bytes().any(|b| b.is_ascii_lowercase())
}

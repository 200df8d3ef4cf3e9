//! Merges found names into entities: list aliases, surnames and given names of people named in full ([`person`]),
//! acronyms and shorter forms ([`short_form`](super::short_form)), other spellings. A bare role (`the president`) is never a
//! name, so never merged.

use std::collections::BTreeMap;

use super::person::{self, People};
use super::short_form::{ShortForms, Target};
use super::{Found, Sense, UNLIKELY, listed_kind};
use crate::config::Metonyms;
use crate::document::{AliasRule, Document, Entity, EntityId, EntityKind, Mention, Role};
use crate::model::{gazetteer, spelling};

/// How far the kinds of found names are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kinds {
    /// Guesses: all mentions of a name vote.
    Voted,
    /// Facts: a name with two kinds names two things.
    Known,
}

/// The entities of a document, in order of first mention, and all mentions.
pub(super) fn resolve(
    doc: &Document,
    found: &[Found],
    (kinds, metonyms): (Kinds, Metonyms),
) -> (Vec<Entity>, Vec<Mention>) {
    let resolver = Resolver::prepare(doc, found, kinds, metonyms);
    let mut table = Table::default();
    let mut mentions = Vec::with_capacity(found.len());
    for (at, name) in found.iter().enumerate() {
        let link = resolver.link(at, name);
        if link.rule == AliasRule::Exact && name.sense == Sense::Open && name.confidence <= UNLIKELY {
            continue;
        }
        let entity = table.id(&link.name, link.kind, kinds);
        let role = match link.rule {
            AliasRule::Demonym => Role::Demonym,
            AliasRule::Metonym if metonyms != Metonyms::Merge => Role::Metonym,
            _ if name.hyphen => Role::HyphenPart,
            _ => Role::Name,
        };
        mentions.push(Mention {
            span: name.span,
            tokens: name.tokens,
            sentence: name.sentence,
            entity,
            role,
            rule: link.rule,
            confidence: link.confidence,
            quotation: None,
        });
    }
    (table.entities, mentions)
}

/// Whom a found name names, and why.
#[derive(Clone, Debug)]
struct Link {
    name: String,
    kind: EntityKind,
    rule: AliasRule,
    confidence: u8,
}

#[derive(Default)]
struct Table {
    entities: Vec<Entity>,
    ids: BTreeMap<(String, Option<EntityKind>), u32>,
}

impl Table {
    fn id(&mut self, name: &str, kind: EntityKind, kinds: Kinds) -> EntityId {
        let key = (name.to_owned(), (kinds == Kinds::Known).then_some(kind));
        if let Some(&id) = self.ids.get(&key) {
            return EntityId(id);
        }
        let id = self.entities.len() as u32;
        self.ids.insert(key, id);
        self.entities.push(Entity { name: name.to_owned(), kind });
        EntityId(id)
    }
}

/// What is known of the spellings of one open name.
#[derive(Clone, Debug, Default)]
struct Group<'a> {
    /// Sum of confidences for each kind.
    votes: [u32; 7],
    /// The highest confidence of a mention.
    best: u8,
    /// The surface that stands for all: the first that is not shouted.
    name: &'a str,
}

impl Group<'_> {
    fn kind(&self) -> EntityKind {
        let best = (0..7).max_by_key(|&i| (self.votes[i], 7 - i)).unwrap_or(6);
        EntityKind::ALL[best]
    }

    /// Whether nothing says that it is a person, and something surely that it is not.
    fn is_thing(&self) -> bool {
        self.votes[EntityKind::Person as usize] == 0 && self.best >= SURE
    }
}

/// The confidence of a name whose kind is no guess from its form or neighbours.
const SURE: u8 = 90;

struct Resolver<'a> {
    doc: &'a Document,
    kinds: Kinds,
    metonyms: Metonyms,
    /// By [`spelling::key`], and by kind where kinds are known.
    groups: BTreeMap<(String, Option<EntityKind>), Group<'a>>,
    people: People,
    /// Canonical name of a person for each full surface, and why.
    full: BTreeMap<&'a str, (String, AliasRule)>,
    forms: ShortForms,
    /// Keys of names of several words, and what they name: what a slip may lead to.
    several: BTreeMap<String, Target>,
    /// Countries named or meant by their people, sorted.
    countries: Vec<u32>,
    /// Where each listed person is first named.
    listed: BTreeMap<u32, usize>,
    /// The sentence of each found name.
    sentences: Vec<u32>,
}

/// A confidence below which a seat is taken for its government only if the document speaks of that country or another.
const SURE_SEAT: u8 = 85;
/// Names of several words that are compared with a name in search of a slip.
const MOST_COMPARED: usize = 200;

impl<'a> Resolver<'a> {
    fn prepare(doc: &'a Document, found: &[Found], kinds: Kinds, metonyms: Metonyms) -> Resolver<'a> {
        let mut resolver = Resolver {
            doc,
            kinds,
            metonyms,
            groups: BTreeMap::new(),
            people: People::default(),
            full: BTreeMap::new(),
            forms: ShortForms::default(),
            several: BTreeMap::new(),
            countries: Vec::new(),
            listed: BTreeMap::new(),
            sentences: found.iter().map(|name| name.sentence).collect(),
        };
        let lists = gazetteer::english();
        for name in found {
            match name.sense {
                Sense::Open => {
                    let text = doc.text(name.span);
                    let group = resolver.groups.entry(resolver.key(text, name.kind)).or_default();
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

    fn key(&self, text: &str, kind: EntityKind) -> (String, Option<EntityKind>) {
        (spelling::key(text), (self.kinds == Kinds::Known).then_some(kind))
    }

    fn group(&self, text: &str, kind: EntityKind) -> Option<&Group<'a>> {
        self.groups.get(&self.key(text, kind))
    }

    fn kind_of(&self, text: &str, kind: EntityKind) -> EntityKind {
        self.group(text, kind).map_or(kind, Group::kind)
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
                Sense::Open if self.kind_of(text, name.kind) == EntityKind::Person && !person::is_role(text) => {
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
        for (at, name) in found.iter().enumerate() {
            let text = self.doc.text(name.span);
            let (canonical, kind) = match name.sense {
                Sense::Listed(e) => (lists.entry(e).name.as_str(), name.kind),
                Sense::Open => {
                    let group = self.group(text, name.kind);
                    (group.map_or(text, |g| g.name), group.map_or(name.kind, Group::kind))
                }
                _ => continue,
            };
            let target = (canonical.to_owned(), kind);
            let next = found[at + 1..].iter().take(3).find(|n| n.span.start >= name.span.end);
            if let Some(next) = next.filter(|n| n.sentence == name.sentence) {
                self.note_bracket(name, next, &target);
            }
            if !text.contains(' ') || kind == EntityKind::Person {
                continue;
            }
            self.several.entry(spelling::key(text)).or_insert_with(|| target.clone());
            self.forms.note(text, &target);
        }
    }

    /// Notes `Quarry Safety Board (QSB)` and `QSB (Quarry Safety Board)`.
    fn note_bracket(&mut self, name: &Found, next: &Found, target: &Target) {
        let between = &self.doc.article.text[name.span.end as usize..next.span.start as usize];
        let (text, other) = (self.doc.text(name.span), self.doc.text(next.span));
        let Some(rest) = between.strip_suffix(['(', '[']) else { return };
        let close = next.bracketed || self.doc.article.text[next.span.end as usize..].starts_with([')', ']', ',', ';']);
        if rest.len() <= LONGEST_REST && close && kind_may_be(target.1) {
            let full = format!("{text}{rest}");
            self.forms.note_bracketed(other, full.trim_end(), target);
        }
        if rest.trim().is_empty() && next.sense == Sense::Open && next.kind != EntityKind::Person {
            let full = (other.to_owned(), self.kind_of(other, next.kind));
            self.forms.note_bracketed(text, other, &full);
        }
    }

    fn link(&self, at: usize, name: &Found) -> Link {
        let lists = gazetteer::english();
        let text = self.doc.text(name.span);
        match name.sense {
            Sense::Demonym(e) => self.listed(e, AliasRule::Demonym, name.confidence),
            Sense::Actor(e, place, sure) => match place {
                Some(place) if self.metonyms == Metonyms::Off => self.listed(place, AliasRule::Exact, name.confidence),
                Some(place) if sure < SURE_SEAT && !self.is_political(e) => self.listed(place, AliasRule::Exact, 60),
                _ => self.listed(e, AliasRule::Metonym, sure),
            },
            Sense::Listed(e) => {
                if let Some((full, kind)) = self.forms.by_bracket(text)
                    && lists.entry(e).name != *full
                {
                    return link(full, *kind, AliasRule::Acronym, 90);
                }
                if let Some(link) = self.listed_surname(at, name, text, e) {
                    return link;
                }
                let exact = lists.entry(e).name == text;
                let rule = if exact { AliasRule::Exact } else { AliasRule::WordList };
                let sure = if exact { name.confidence } else { name.confidence.min(90) };
                let mut link = self.listed(e, rule, sure);
                if self.kinds == Kinds::Known && !lists.entry(e).country {
                    link.kind = name.kind;
                }
                link
            }
            Sense::Open => self.open(at, name, text),
        }
    }

    fn listed(&self, entry: u32, rule: AliasRule, confidence: u8) -> Link {
        let kind = listed_kind(entry).unwrap_or(EntityKind::Misc);
        link(&gazetteer::english().entry(entry).name, kind, rule, confidence)
    }

    /// Whether the document speaks of a seat's country, or of countries at all.
    fn is_political(&self, country: u32) -> bool {
        self.countries.binary_search(&country).is_ok() || self.countries.len() >= 2
    }

    /// A listed single word that is the surname of somebody in the document.
    fn listed_surname(&self, at: usize, name: &Found, text: &str, entry: u32) -> Option<Link> {
        let lists = gazetteer::english();
        if text.contains(' ') {
            return None;
        }
        let listed = lists.entry(entry);
        let person = listed_kind(entry) == Some(EntityKind::Person);
        let ambiguous = if person {
            self.people.has_unlisted(text) || person::contradicts(&listed.name, name.sex)
        } else {
            self.kinds == Kinds::Voted && !listed.country && (name.titled || !name.placed)
        };
        if !ambiguous {
            return None;
        }
        let Some(found) = self.people.by_surname(text, at, name.sex) else {
            let other = person && person::contradicts(&listed.name, name.sex);
            return other.then(|| link(text, EntityKind::Person, AliasRule::Exact, 60));
        };
        if !person && !found.before {
            return None;
        }
        // Whom the document spoke of before it named another of that surname is meant but right behind the other's name.
        let first = self.people.first_unlisted(text);
        let known = person && self.listed.get(&entry).is_some_and(|&seen| first.is_some_and(|first| seen < first));
        if known && name.sex.is_none() && self.sentences[found.at] + 1 < name.sentence {
            return Some(link(&listed.name, EntityKind::Person, AliasRule::WordList, 60));
        }
        Some(surname_link(&found, person && !found.before))
    }

    fn open(&self, at: usize, name: &Found, text: &str) -> Link {
        let group = self.group(text, name.kind);
        let (own, canonical) = group.map_or((name.kind, text), |group| (group.kind(), group.name));
        let person = own == EntityKind::Person;
        // Its own kind says that it is nobody's surname or given name.
        let thing = !person && (self.kinds == Kinds::Known || group.is_some_and(Group::is_thing));
        if text.contains(' ') {
            if let Some((full, rule)) = self.full.get(text).filter(|_| person) {
                return link(
                    full,
                    EntityKind::Person,
                    *rule,
                    if *rule == AliasRule::Nickname { 75 } else { name.confidence },
                );
            }
        } else if let Some(link) = self.single(at, name, text, (person, thing)) {
            return link;
        }
        if !person
            && kind_may_be(own)
            && let Some((full, kind)) = self.forms.by_form(text).filter(|target| target.0 != canonical)
        {
            return link(&full, kind, AliasRule::PartialName, 75);
        }
        if let Some((full, kind)) = self.slip(text, own, person) {
            return link(&full, kind, AliasRule::Spelling, 60);
        }
        let rule = if canonical == text { AliasRule::Exact } else { AliasRule::Spelling };
        link(canonical, own, rule, name.confidence)
    }

    /// A name of one word that stands for a longer one.
    fn single(&self, at: usize, name: &Found, text: &str, (person, thing): (bool, bool)) -> Option<Link> {
        if let Some((full, kind)) = self.forms.by_bracket(text) {
            return Some(link(full, *kind, AliasRule::Acronym, 95));
        }
        if !thing && let Some(found) = self.people.by_surname(text, at, name.sex) {
            return Some(surname_link(&found, name.titled));
        }
        if !person || !self.kinds.eq(&Kinds::Known) {
            if let Some((full, kind)) = self.forms.by_acronym(text) {
                return Some(link(&full, kind, AliasRule::Acronym, 80));
            }
            if let Some((full, kind)) = self.forms.by_head(text).filter(|_| !person) {
                return Some(link(&full, kind, AliasRule::PartialName, 60));
            }
        }
        let found = self.people.by_given(text, at).filter(|_| !name.placed && !thing)?;
        let confidence = if found.before { 65 } else { 50 };
        Some(link(&found.name, EntityKind::Person, AliasRule::GivenName, confidence))
    }

    /// Another name of the document that this one is but for a slip, if it stands there more often or first.
    fn slip(&self, text: &str, own: EntityKind, person: bool) -> Option<Target> {
        if person || !text.contains(' ') || self.several.len() > MOST_COMPARED {
            return None;
        }
        let key = spelling::key(text);
        let lists = gazetteer::english();
        let votes = |key: &str| {
            let group = self.groups.get(&(key.to_owned(), (self.kinds == Kinds::Known).then_some(own)));
            group.map_or(u32::MAX, |group| group.votes.iter().sum::<u32>())
        };
        let own_votes = votes(&key);
        let is_name = |word: &str| lists.is_ordinary(word);
        let is_it = |(other, target): &(&String, &Target)| {
            target.1 == own && votes(other) > own_votes && spelling::is_slip(&key, other, is_name)
        };
        self.several.iter().find(is_it).map(|(_, target)| target.clone())
    }
}

/// Bytes between a name and the bracket behind it: the rest of a name that was cut short.
const LONGEST_REST: usize = 24;

fn kind_may_be(kind: EntityKind) -> bool {
    kind != EntityKind::Person
}

fn is_shouted(text: &str) -> bool {
    text.len() > 3 && !text.bytes().any(|b| b.is_ascii_lowercase())
}

fn surname_link(found: &person::Match, titled: bool) -> Link {
    let confidence = match (found.shared, found.before, titled) {
        (true, ..) => 60,
        (false, true, true) => 90,
        (false, true, false) => 85,
        (false, false, _) => 75,
    };
    link(&found.name, EntityKind::Person, AliasRule::Surname, confidence)
}

fn link(name: &str, kind: EntityKind, rule: AliasRule, confidence: u8) -> Link {
    Link { name: name.to_owned(), kind, rule, confidence }
}

//! Merges found names into entities: list aliases, surnames and given names of people named in full ([`person`]),
//! acronyms and shorter forms ([`short_form`](super::short_form)), other spellings. A bare role (`the president`) is never a
//! name, so never merged.

use std::collections::BTreeMap;

use super::person;
use super::roster::{self, Group, Kinds, Roster, SURE};
use super::short_form::Target;
use super::{Found, Sense, UNLIKELY, listed_kind};
use crate::config::Metonyms;
use crate::document::{AliasRule, Document, Entity, EntityId, EntityKind, Mention, Role};
use crate::model::{gazetteer, spelling};

/// The entities of a document, in order of first mention, and all mentions.
pub(super) fn resolve(
    doc: &Document,
    found: &[Found],
    (kinds, metonyms): (Kinds, Metonyms),
) -> (Vec<Entity>, Vec<Mention>) {
    let resolver = Roster::prepare(doc, found, kinds, metonyms);
    let mut table = Table::default();
    let mut mentions = Vec::with_capacity(found.len());
    for (at, name) in found.iter().enumerate() {
        let link = resolver.link(at, name);
        if link.rule == AliasRule::Exact && name.sense == Sense::Open && name.confidence <= UNLIKELY {
            continue;
        }
        let entity = table.id(link.name, link.kind, kinds);
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
    fn id(&mut self, name: String, kind: EntityKind, kinds: Kinds) -> EntityId {
        let key = (name, (kinds == Kinds::Known).then_some(kind));
        if let Some(&id) = self.ids.get(&key) {
            return EntityId(id);
        }
        let id = self.entities.len() as u32;
        self.entities.push(Entity { name: key.0.clone(), kind });
        self.ids.insert(key, id);
        EntityId(id)
    }
}

/// A confidence below which a seat is taken for its government only if the document speaks of that country or another.
const SURE_SEAT: u8 = 85;
/// Names of several words that are compared with a name in search of a slip.
const MOST_COMPARED: usize = 200;

impl Roster<'_> {
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
                if let Some(link) = self.place(text, lists.entry(e).country) {
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

    /// The longer name of a place, if the document has one.
    fn place(&self, text: &str, country: bool) -> Option<Link> {
        let (full, kind) = self.placed.get(text)?.as_ref().filter(|_| !country)?;
        Some(link(full, *kind, AliasRule::PartialName, 75))
    }

    /// A listed organisation that is written with its legal form (`Acme Inc.`).
    fn firm(text: &str) -> Option<Link> {
        let is_form = |word: &str| spelling::is_legal_form(word) || word == "Group";
        let (bare, last) = text.rsplit_once(' ')?;
        let bare = bare.trim_end_matches(',');
        let lists = gazetteer::english();
        let entry = lists.senses(&gazetteer::folded(bare)).filter(|_| is_form(last))?.name?;
        let org = listed_kind(entry) == Some(EntityKind::Org);
        org.then(|| link(&lists.entry(entry).name, EntityKind::Org, AliasRule::PartialName, 90))
    }

    /// A listed organisation behind the name of its country (`Ostania Central Bank`).
    fn of_country(text: &str) -> Option<Link> {
        let lists = gazetteer::english();
        let body = |at: usize| {
            let country = lists.senses(&gazetteer::folded(&text[..at]))?;
            let own = country.demonym.or(country.name).filter(|&entry| lists.entry(entry).country)?;
            let entry = lists.senses(&gazetteer::folded(&text[at + 1..]))?.name.filter(|&entry| entry != own)?;
            let several = lists.entry(entry).name.contains(' ') && text[at + 1..].contains(' ');
            let org = several && listed_kind(entry) == Some(EntityKind::Org);
            org.then(|| link(&lists.entry(entry).name, EntityKind::Org, AliasRule::PartialName, 80))
        };
        text.match_indices(' ').take(3).find_map(|(at, _)| body(at))
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
        // Whoever is called as a listed person is told from that one by `Jr.` whenever he is meant.
        if !person && !found.before || person && person::is_namesake(&found.name, &listed.name) {
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
        let group = self.group(at);
        let (own, canonical) = group.map_or((name.kind, text), |group| (group.kind(), group.name));
        let person = own == EntityKind::Person;
        // Its own kind says that it is nobody's surname or given name.
        let thing = !person && (self.kinds == Kinds::Known || group.is_some_and(Group::is_thing));
        if text.contains(' ') {
            if let Some(entry) = roster::is_shouted(text).then(|| shouted_entry(text)).flatten() {
                return self.listed(entry, AliasRule::Spelling, 85);
            }
            if let Some((full, rule)) = self.full.get(text).filter(|_| person) {
                return link(
                    full,
                    EntityKind::Person,
                    *rule,
                    if *rule == AliasRule::Nickname { 75 } else { name.confidence },
                );
            }
            if let Some(link) = Self::firm(text).or_else(|| Self::of_country(text)).filter(|_| own == EntityKind::Org) {
                return link;
            }
        } else if let Some(link) = self.single(at, name, text, (person, thing)) {
            return link;
        }
        if let Some(link) = self.place(text, false).filter(|_| own == EntityKind::Gpe) {
            return link;
        }
        // A word alone is a person by a guess only; a firm of that name in full is more.
        let guess = self.kinds == Kinds::Voted && !text.contains(' ') && group.is_some_and(|group| group.best < SURE);
        if (!person || guess)
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
        if let Some((full, kind)) = self.half(text) {
            return Some(link(full, *kind, AliasRule::PartialName, 75));
        }
        if !thing && let Some(found) = self.people.by_surname(text, at, name.sex) {
            return Some(surname_link(&found, name.titled));
        }
        if !person || !self.kinds.eq(&Kinds::Known) {
            // `HR 40` is a number of something.
            let rest = &self.doc.article.text[name.span.end as usize..];
            let numbered = text.len() == 2 && rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
            if let Some((full, kind)) = self.forms.by_acronym(text).filter(|_| !numbered) {
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
        let votes = |key: &str| self.votes(key, own).unwrap_or(u32::MAX);
        let own_votes = votes(&key);
        let is_name = |word: &str| lists.is_ordinary(word);
        let is_it = |(other, target): &(&String, &Target)| {
            target.1 == own && spelling::is_slip(&key, other, is_name) && votes(other) > own_votes
        };
        self.several.iter().find(is_it).map(|(_, target)| target.clone())
    }
}

/// The listed name that is written in capitals only.
fn shouted_entry(text: &str) -> Option<u32> {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        first + &letters.as_str().to_lowercase()
    };
    let words: Vec<String> = text.split(' ').map(word).collect();
    gazetteer::english()
        .senses(&gazetteer::folded(&words.join(" ")))?
        .name
        .filter(|&entry| listed_kind(entry).is_some())
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

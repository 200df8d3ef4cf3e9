//! Merges found names into entities: list aliases, surnames and given names of people named in full, acronyms, shorter
//! forms of organisations. A bare role (`the president`) is never a name, so never merged.

use std::collections::BTreeMap;

use super::person::{self, People};
use super::{Found, Sense, UNLIKELY, listed_kind};
use crate::document::{AliasRule, Document, Entity, EntityId, EntityKind, Mention, Role};
use crate::model::gazetteer::{self, class};

/// The entities of a document, in order of first mention, and all mentions.
pub(super) fn resolve(doc: &Document, found: &[Found]) -> (Vec<Entity>, Vec<Mention>) {
    let resolver = Resolver::prepare(doc, found);
    let mut table = Table::default();
    let mut mentions = Vec::with_capacity(found.len());
    for (at, name) in found.iter().enumerate() {
        let link = resolver.link(at, name);
        if link.rule == AliasRule::Exact && name.sense == Sense::Open && name.confidence <= UNLIKELY {
            continue;
        }
        let entity = table.id(&link.name, link.kind);
        let role = match link.rule {
            AliasRule::Demonym => Role::Demonym,
            AliasRule::Metonym => Role::Metonym,
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
    ids: BTreeMap<String, u32>,
}

impl Table {
    fn id(&mut self, name: &str, kind: EntityKind) -> EntityId {
        if let Some(&id) = self.ids.get(name) {
            return EntityId(id);
        }
        let id = self.entities.len() as u32;
        self.ids.insert(name.to_owned(), id);
        self.entities.push(Entity { name: name.to_owned(), kind });
        EntityId(id)
    }
}

/// What is known of one surface of an open name.
#[derive(Clone, Debug, Default)]
struct Group {
    /// Sum of confidences for each kind.
    votes: [u32; 7],
}

impl Group {
    fn kind(&self) -> EntityKind {
        let best = (0..7).max_by_key(|&i| (self.votes[i], 7 - i)).unwrap_or(6);
        EntityKind::ALL[best]
    }
}

struct Resolver<'a> {
    doc: &'a Document,
    groups: BTreeMap<&'a str, Group>,
    people: People,
    /// Canonical name of a person for each full surface.
    full: BTreeMap<&'a str, String>,
    /// Acronyms and shorter forms to the name they stand for.
    acronyms: BTreeMap<String, (String, EntityKind)>,
    bracketed: BTreeMap<String, (String, EntityKind)>,
    shorter: BTreeMap<String, (String, EntityKind)>,
    /// Last words of organisations (`Commission`) to the only one of the document; nothing when there are more.
    heads: BTreeMap<String, Option<(String, EntityKind)>>,
    /// Countries named or meant by their people, sorted.
    countries: Vec<u32>,
}

/// A confidence below which a seat is taken for its government only if the document speaks of that country or another.
const SURE_SEAT: u8 = 85;

impl<'a> Resolver<'a> {
    fn prepare(doc: &'a Document, found: &[Found]) -> Resolver<'a> {
        let mut resolver = Resolver {
            doc,
            groups: BTreeMap::new(),
            people: People::default(),
            full: BTreeMap::new(),
            acronyms: BTreeMap::new(),
            bracketed: BTreeMap::new(),
            shorter: BTreeMap::new(),
            heads: BTreeMap::new(),
            countries: Vec::new(),
        };
        let lists = gazetteer::english();
        for name in found {
            match name.sense {
                Sense::Open => {
                    let group = resolver.groups.entry(doc.text(name.span)).or_default();
                    // A default kind weighs next to nothing against evidence.
                    group.votes[name.kind as usize] += u32::from(name.confidence.saturating_sub(39).max(1));
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

    /// Notes all people named in full.
    fn note_people(&mut self, found: &[Found]) {
        let lists = gazetteer::english();
        let mut alone: Vec<&str> = found.iter().map(|f| self.doc.text(f.span)).filter(|t| !t.contains(' ')).collect();
        alone.sort_unstable();
        alone.dedup();
        let is_alone = |word: &str| alone.binary_search(&word).is_ok();
        for (at, name) in found.iter().enumerate() {
            let text = self.doc.text(name.span);
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
                Sense::Open if self.groups.get(text).is_some_and(|g| g.kind() == EntityKind::Person) => {
                    let name = self.people.note(at, text, text, (false, name.sex), is_alone);
                    self.full.entry(text).or_insert(name);
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
                Sense::Open => (text, self.groups.get(text).map_or(name.kind, Group::kind)),
                _ => continue,
            };
            let next = found.get(at + 1).filter(|n| n.bracketed && n.sentence == name.sentence);
            if let Some(next) = next {
                let short = self.doc.text(next.span).replace('.', "");
                if abbreviates(&short, text) {
                    self.bracketed.entry(short).or_insert_with(|| (canonical.to_owned(), kind));
                }
            }
            if kind == EntityKind::Person || !text.contains(' ') {
                continue;
            }
            let target = || (canonical.to_owned(), kind);
            for with_small in [false, true] {
                let initials = initials(text, with_small);
                if initials.len() >= 2 {
                    self.acronyms.entry(initials).or_insert_with(target);
                }
            }
            if kind == EntityKind::Org {
                if let Some(head) =
                    text.rsplit(' ').next().filter(|h| lists.classes(&h.to_lowercase()) & class::ORG != 0)
                {
                    let only = self.heads.entry(head.to_owned()).or_insert_with(|| Some(target()));
                    if only.as_ref().is_some_and(|o| o.0 != canonical) {
                        *only = None;
                    }
                }
                for form in shorter_forms(text) {
                    self.shorter.entry(form).or_insert_with(target);
                }
            }
        }
    }

    fn link(&self, at: usize, name: &Found) -> Link {
        let lists = gazetteer::english();
        let text = self.doc.text(name.span);
        match name.sense {
            Sense::Demonym(e) => self.listed(e, AliasRule::Demonym, name.confidence),
            Sense::Actor(e, place, sure) => match place {
                Some(place) if sure < SURE_SEAT && !self.is_political(e) => self.listed(place, AliasRule::Exact, 60),
                _ => self.listed(e, AliasRule::Metonym, sure),
            },
            Sense::Listed(e) => {
                if let Some((full, kind)) = self.bracketed.get(text)
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
                self.listed(e, rule, sure)
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
            !listed.country && (name.titled || !name.placed)
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
        Some(surname_link(&found, person && !found.before))
    }

    fn open(&self, at: usize, name: &Found, text: &str) -> Link {
        let own = self.groups.get(text).map_or(name.kind, Group::kind);
        if text.contains(' ') {
            if let Some(full) = self.full.get(text).filter(|_| own == EntityKind::Person) {
                let rule = if full == text { AliasRule::Exact } else { AliasRule::PartialName };
                return link(full, EntityKind::Person, rule, name.confidence);
            }
            if let Some((full, kind)) = self.shorter.get(text) {
                return link(full, *kind, AliasRule::PartialName, 75);
            }
            return link(text, own, AliasRule::Exact, name.confidence);
        }
        let bare = text.replace('.', "");
        if let Some((full, kind)) = self.bracketed.get(&bare) {
            return link(full, *kind, AliasRule::Acronym, 95);
        }
        if let Some(found) = self.people.by_surname(text, at, name.sex) {
            return surname_link(&found, name.titled);
        }
        let shouted = bare.len() >= 2 && bare.bytes().all(|b| b.is_ascii_uppercase());
        if let Some((full, kind)) = self.acronyms.get(&bare).filter(|_| shouted) {
            return link(full, *kind, AliasRule::Acronym, 80);
        }
        if let Some((full, kind)) = self.shorter.get(text) {
            return link(full, *kind, AliasRule::PartialName, 75);
        }
        if let Some(Some((full, kind))) = self.heads.get(text) {
            return link(full, *kind, AliasRule::PartialName, 60);
        }
        if let Some(found) = self.people.by_given(text, at).filter(|_| !name.placed) {
            return link(&found.name, EntityKind::Person, AliasRule::GivenName, 65);
        }
        link(text, own, AliasRule::Exact, name.confidence)
    }
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

/// The first letters of a name's words; without its small words unless asked.
fn initials(name: &str, with_small: bool) -> String {
    name.split([' ', '-'])
        .filter(|w| with_small || w.chars().next().is_some_and(char::is_uppercase))
        .filter_map(|w| w.chars().next())
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_uppercase)
        .collect()
}

/// Whether an acronym's letters stand in a name in order, from its first letter on.
fn abbreviates(short: &str, name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    let mut wanted = short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let upper = short.chars().filter(|c| c.is_uppercase()).count();
    let first = wanted.next();
    short.len() >= 2
        && upper >= 2
        && first.is_some()
        && letters.next() == first
        && wanted.all(|w| letters.any(|l| l == w))
}

/// Shorter forms of an organisation's name: without the legal form or head, and without the first word.
fn shorter_forms(name: &str) -> Vec<String> {
    let lists = gazetteer::english();
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_org = |w: &str| lists.classes(w.trim_end_matches('.').to_lowercase().as_str()) & class::ORG != 0;
    let mut forms = Vec::new();
    if words.iter().any(|w| matches!(*w, "of" | "for" | "&")) || words.len() > 6 {
        return forms;
    }
    let mut end = words.len();
    while end > 1 && is_org(words[end - 1]) {
        end -= 1;
        let form = words[..end].join(" ");
        let plain = end == 1 && {
            let lower = form.to_lowercase();
            let senses = lists.senses(&gazetteer::folded(&form));
            lists.is_ordinary(&lower) || senses.is_some() || lists.given(&form).is_some()
        };
        if !plain && lists.senses(&gazetteer::folded(&form)).is_none() {
            forms.push(form);
        }
    }
    if words.len() >= 3 && words.last().is_some_and(|w| is_org(w)) {
        forms.push(words[1..].join(" "));
    }
    forms
}

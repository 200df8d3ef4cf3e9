//! Joins what the trained tagger finds with what the rules find: the tagger says where names are and of what type, the
//! lists say which known name that is, and the rules add peoples, parts of hyphenated words and seats of government.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::candidate::Finder;
use super::unit::{self, Unit};
use super::word::{Evidence, Word};
use super::{Found, Sense, UNLIKELY, glued, person};
use crate::document::{Byte, Document, EntityKind, Span, TokenKind};
use crate::model::form;
use crate::model::gazetteer::{self, Senses, class};
use crate::model::tagger::{self, NameType, Seen};

thread_local! {
    /// Words that this thread's documents held; what is read of a word depends on nothing else.
    static SEEN: RefCell<Seen> = RefCell::default();
}

/// Frees what the thread remembers of words.
pub(super) fn forget_words() {
    SEEN.take();
}

/// A name of the tagger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tagged {
    /// Its bytes in the clean text.
    pub(super) span: Span<Byte>,
    /// What it is.
    pub(super) is: NameType,
}

/// Names of a document while sentences are gone through.
#[derive(Clone, Debug, Default)]
pub(super) struct Joined {
    /// Names that are kept.
    pub(super) found: Vec<Found>,
    /// Names that only the rules found, to be kept if they stand again.
    pub(super) doubtful: Vec<Found>,
}

/// The tagger's names in each sentence of a document.
pub(super) fn names(doc: &Document) -> Vec<Vec<Tagged>> {
    let Ok(tagger) = tagger::english() else { return vec![Vec::new(); doc.sentences.len()] };
    let mut units: Vec<Unit> = Vec::with_capacity(doc.tokens.len() + 16);
    let mut ends = Vec::with_capacity(doc.sentences.len());
    for sentence in &doc.sentences {
        unit::units(doc, sentence, &mut units);
        ends.push(units.len());
    }
    let mut from = 0;
    let sentences: Vec<Vec<&str>> = ends
        .iter()
        .map(|&end| units[std::mem::replace(&mut from, end)..end].iter().map(|unit| doc.text(unit.span)).collect())
        .collect();
    let mut from = 0;
    let names = SEEN.with_borrow_mut(|seen| tagger.tag(&sentences, seen));
    let of_sentence = |(names, end): (Vec<tagger::Name>, &usize)| {
        let units = &units[std::mem::replace(&mut from, *end)..*end];
        let handle = |unit: &Unit| doc.tokens[unit.token as usize].kind == TokenKind::Handle;
        let name = |name: &tagger::Name| {
            let held = &units[name.start..name.end];
            let span = Span::new(held[0].span.start, held[held.len() - 1].span.end);
            (!held.iter().any(handle)).then_some(Tagged { span, is: name.is })
        };
        names.iter().filter_map(name).collect()
    };
    names.into_iter().zip(&ends).map(of_sentence).collect()
}

/// Appends the names of a sentence: the tagger's, and what else the rules found.
pub(super) fn join(
    doc: &Document,
    sentence: u32,
    (words, evidence): (&[Word<'_>], &Evidence<'_>),
    (tagged, rules, known): (&[Tagged], &[Found], &BTreeSet<&str>),
    joined: &mut Joined,
) {
    let mut at = 0;
    for name in tagged {
        let start =
            if name.is == NameType::Person { person::with_initials(words, name.span.start) } else { name.span.start };
        let name = &Tagged { span: Span::new(start, name.span.end), ..*name };
        // A name of several words that a rule took whole.
        if joined.found.last().is_some_and(|last| last.span.end > name.span.start) {
            continue;
        }
        while at < rules.len() && rules[at].span.end <= name.span.start {
            keep(doc, &rules[at], known, joined);
            at += 1;
        }
        let over = rules[at..].iter().take_while(|rule| rule.span.start < name.span.end).count();
        let over = &rules[at..at + over];
        at += over.len();
        if over.len() == 1 && holds(doc, &over[0], name) || follows_title(over, name) {
            joined.found.extend_from_slice(over);
            continue;
        }
        if doc.text(name.span).starts_with("Team ") {
            let lists = gazetteer::english();
            let mut finder =
                Finder { doc, sentence, words, evidence, lists, buffer: String::new(), found: &mut joined.found };
            finder.team(name);
            continue;
        }
        let cuts = |place: u32| words.iter().any(|word| word.start < place && place < word.end);
        let within = cuts(name.span.start) || cuts(name.span.end);
        if !over.is_empty() && (within || over.iter().any(|rule| rule.hyphen)) {
            // Rules know the whole document when they take hyphenated words apart or leave them whole.
            joined.found.extend_from_slice(over);
        } else if let Some(rule) = over.iter().find(|rule| rule.span == name.span && !is_glued(words, evidence, name)) {
            let given = gazetteer::english().given(doc.text(rule.span)).is_some();
            joined.found.push(typed(*rule, name.is, given));
        } else {
            let lists = gazetteer::english();
            let mut finder =
                Finder { doc, sentence, words, evidence, lists, buffer: String::new(), found: &mut joined.found };
            finder.tagged(name, within);
        }
    }
    rules[at..].iter().for_each(|rule| keep(doc, rule, known, joined));
}

/// Whether a page set other text right behind a person's name, or a second name of the same person.
fn is_glued(words: &[Word<'_>], evidence: &Evidence<'_>, name: &Tagged) -> bool {
    let start = words.partition_point(|word| word.end <= name.span.start);
    let end = words.partition_point(|word| word.start < name.span.end);
    name.is == NameType::Person
        && end > start + 1
        && (glued::end_inside(&words[end - 1], evidence).is_some()
            || glued::one_name(words, (start, end), start, gazetteer::english()) != (start, end))
}

/// Whether a rule took a listed name, a person with small words inside or a body of two fields (`Ministry of Trade and
/// Labour`), of which the tagger has a part.
fn holds(doc: &Document, rule: &Found, name: &Tagged) -> bool {
    let larger = rule.span.start <= name.span.start && rule.span.end >= name.span.end && rule.span != name.span;
    let small = || doc.text(rule.span).split(' ').skip(1).any(|word| word.starts_with(char::is_lowercase));
    larger
        && match rule.sense {
            Sense::Listed(_) => true,
            Sense::Open => match rule.kind {
                EntityKind::Person => rule.confidence >= 80 && small(),
                EntityKind::Org => rule.span.start == name.span.start && doc.text(rule.span).contains(" and "),
                _ => false,
            },
            _ => false,
        }
}

/// Whether the tagger took a title into the name of a person.
fn follows_title(rules: &[Found], name: &Tagged) -> bool {
    rules.last().is_some_and(|rule| {
        let shorter = rule.span.start > name.span.start && rule.span.end == name.span.end;
        shorter && rule.titled && name.is == NameType::Person
    })
}

/// Keeps names of no list that only the rules found and that stand at least twice in the document.
pub(super) fn keep_repeated(doc: &Document, doubtful: &[Found], found: &mut Vec<Found>) {
    let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
    doubtful.iter().for_each(|name| *uses.entry(doc.text(name.span)).or_insert(0) += 1);
    found.extend(doubtful.iter().filter(|name| uses[doc.text(name.span)] > 1));
}

/// The words that end a name of the tagger somewhere in the document.
pub(super) fn known<'a>(doc: &'a Document, tagged: &[Vec<Tagged>]) -> BTreeSet<&'a str> {
    tagged.iter().flatten().filter_map(|name| doc.text(name.span).split([' ', '-']).next_back()).collect()
}

/// Keeps a name that only the rules found, if it is of a kind that the tagger does not look for or misses.
fn keep(doc: &Document, rule: &Found, known: &BTreeSet<&str>, joined: &mut Joined) {
    let wanted = match rule.sense {
        Sense::Demonym(_) | Sense::Actor(..) | Sense::Listed(_) => true,
        Sense::Open if rule.hyphen || known.contains(doc.text(rule.span)) => true,
        // An event, a long name that ends in what bodies are called, a person behind a title or with an initial.
        Sense::Open => match rule.kind {
            EntityKind::Event => rule.confidence >= 75,
            EntityKind::Org => rule.confidence >= 85 && rule.tokens.len() > 2,
            _ => rule.confidence >= 75 && (rule.titled || person::is_initialled(doc.text(rule.span))),
        },
    };
    if wanted {
        joined.found.push(*rule);
    } else if rule.confidence > UNLIKELY {
        joined.doubtful.push(*rule);
    }
}

/// A name that both found, with the tagger's type unless a list knows better.
fn typed(mut rule: Found, is: NameType, given: bool) -> Found {
    let agrees = agrees(rule.kind, is);
    match rule.sense {
        Sense::Demonym(_) => rule,
        _ if agrees => {
            rule.confidence = rule.confidence.max(85);
            rule
        }
        // A firm that bears a given name.
        Sense::Listed(_) if rule.kind == EntityKind::Org && is == NameType::Person && given => {
            Found { sense: Sense::Open, kind: EntityKind::Person, confidence: 75, ..rule }
        }
        // A team that bears the name of its town.
        Sense::Listed(entry)
            if rule.kind == EntityKind::Gpe && is == NameType::Org && !gazetteer::english().entry(entry).country =>
        {
            Found { sense: Sense::Open, kind: EntityKind::Org, confidence: 70, ..rule }
        }
        Sense::Listed(_) | Sense::Actor(..) => rule,
        Sense::Open if is == NameType::Misc && rule.titled => rule,
        Sense::Open => {
            rule.kind = kind(is);
            rule.confidence = 75;
            rule
        }
    }
}

fn agrees(kind: EntityKind, is: NameType) -> bool {
    match kind {
        EntityKind::Person => is == NameType::Person,
        EntityKind::Org => is == NameType::Org,
        EntityKind::Gpe | EntityKind::Loc | EntityKind::Facility => is == NameType::Place,
        EntityKind::Event | EntityKind::Misc => is == NameType::Misc,
    }
}

fn kind(is: NameType) -> EntityKind {
    match is {
        NameType::Person => EntityKind::Person,
        NameType::Org => EntityKind::Org,
        NameType::Place => EntityKind::Gpe,
        NameType::Misc => EntityKind::Misc,
    }
}

/// The kind of a name of no list, finer than the tagger's type where its head tells.
fn fine_kind(words: &[Word<'_>], is: NameType) -> EntityKind {
    let has = |classes: u32| words.len() > 1 && words.iter().any(|word| word.capital && word.is(classes));
    let body = words.len() > 1
        && words.last().is_some_and(|word| word.capital && word.is(class::ORG) && !word.is(class::FAC | class::LOC));
    match is {
        // `Ostania Energy`, of which the tagger saw the place.
        NameType::Place if body => EntityKind::Org,
        NameType::Place if has(class::FAC) => EntityKind::Facility,
        NameType::Place if has(class::LOC) => EntityKind::Loc,
        NameType::Misc if has(class::EVENT) => EntityKind::Event,
        _ => kind(is),
    }
}

impl Finder<'_, '_> {
    /// Takes a name of the tagger that the rules did not find so.
    fn tagged(&mut self, name: &Tagged, within: bool) {
        let mut start = self.words.partition_point(|word| word.end <= name.span.start);
        let end = self.words.partition_point(|word| word.start < name.span.end);
        let word = |at: usize| &self.doc.article.text[at..];
        let rest = self.words[end - 1].end > name.span.end;
        let goes_on = rest && word(name.span.end as usize + 1).starts_with(|c: char| !c.is_lowercase());
        if within && !goes_on {
            let first = self.doc.tokens.partition_point(|token| token.span.end <= name.span.start);
            let last = self.doc.tokens.partition_point(|token| token.span.start < name.span.end);
            self.found.push(Found {
                span: name.span,
                tokens: Span::new(first as u32, last as u32),
                sentence: self.sentence,
                sense: Sense::Open,
                kind: kind(name.is),
                confidence: 70,
                hyphen: last == first + 1,
                titled: false,
                sex: None,
                placed: false,
                bracketed: false,
            });
            return;
        }
        // Words without a capital in front of a name that has them; texts without capitals have none to go by.
        let capital = self.words[start..end].iter().position(|word| word.capital || word.number);
        let given = self.lists.given(self.words[start].text).is_some();
        match capital {
            None if name.is == NameType::Person && !given && self.holds_listed(start, end) => return,
            Some(small) if name.is != NameType::Person || !given => start += small,
            _ => {}
        }
        let end = self.with_suffix(start, end, name.is);
        let start = self.without_adjective(start, end);
        // `Supreme Court in Vale`: a case is no part of its court's name.
        let case = self.words[start..end].iter().position(|word| word.text == "in").map(|at| start + at);
        let case = case.filter(|&case| self.listed(start).is_some_and(|(listed_end, _)| listed_end == case));
        let (mut start, mut end) = (start, case.unwrap_or(end));
        if name.is == NameType::Person && end > start + 1 {
            let listed = self.listed(start).map_or(start, |(listed_end, _)| listed_end);
            (start, end) = glued::one_name(self.words, (start, end), listed, self.lists);
            if let Some(inside) = glued::end_inside(&self.words[end - 1], self.evidence) {
                // `William (Bill) James OrrLawmakers`: the surname of a name that brackets part.
                let parted = start > 0 && self.words[start - 1].text == ")";
                let start = if parted { end - 1 } else { start };
                self.push(start, end, Sense::Open, (EntityKind::Person, 75), false);
                if let Some(found) = self.found.last_mut() {
                    found.span.end = inside;
                }
                return;
            }
        }
        let titled =
            name.is == NameType::Person && start > 0 && self.words[start - 1].is(class::TITLE_CORE | class::ROLE_NOUN);
        let before = self.found.len();
        // `The` of a newspaper's own name: the list has it without.
        if start + 1 < end
            && self.words[start].norm == "the"
            && let Some((_, senses)) = self.listed(start + 1).filter(|&(listed_end, _)| listed_end == end)
        {
            return self.known(start, end, senses, titled);
        }
        if let Some((listed_end, senses)) = self.listed(start).filter(|&(listed_end, _)| listed_end < end)
            && name.is == NameType::Person
        {
            if self.is_cut_off(start, listed_end, end, senses) {
                return self.known(start, listed_end, senses, titled);
            }
            // With an initial `Jr.` tells nobody apart.
            if listed_end >= start + 3 && end == listed_end + 1 && person::suffix(self.words[listed_end].text).is_some()
            {
                return self.known(start, end, senses, titled);
            }
        }
        if let Some((_, senses)) = self.listed(start).filter(|&(listed_end, _)| listed_end == end) {
            self.known(start, end, senses, titled);
            if let Some(found) = self.found[before..].first().copied() {
                // `Vale administration` is more than its listed name.
                if found.span == name.span {
                    self.found.truncate(before);
                    let given = self.lists.given(self.words[start].text).is_some() && end == start + 1;
                    self.found.push(typed(found, name.is, given));
                }
            }
            return;
        }
        let kind = fine_kind(&self.words[start..end], name.is);
        self.push(start, end, Sense::Open, (kind, 75), titled);
    }

    /// `Team Vale`: the people around somebody.
    fn team(&mut self, name: &Tagged) {
        let start = self.words.partition_point(|word| word.end <= name.span.start);
        let end = self.words.partition_point(|word| word.start < name.span.end);
        self.push(start, end, Sense::Open, (EntityKind::Org, 80), false);
    }

    /// Whether words without capitals would hold a listed name with them: `miramar florida`.
    fn holds_listed(&self, start: usize, end: usize) -> bool {
        let capital: Vec<String> = self.words[start..end].iter().map(|word| form::capitalised(word.text)).collect();
        (1..=2).any(|width| capital.windows(width).any(|part| self.lists.senses(&part.join(" ")).is_some()))
    }

    /// The end of a person's given name and surname with `Jr.` behind them.
    fn with_suffix(&self, start: usize, end: usize, is: NameType) -> usize {
        let comma = usize::from(self.words.get(end).is_some_and(|word| word.text == ","));
        let suffix = self.words.get(end + comma).is_some_and(|word| person::suffix(word.text).is_some());
        if is == NameType::Person && suffix && end - start == 2 { end + comma + 1 } else { end }
    }

    /// The start of a name without an adjective before it: `Vale-era Trade Agreement`.
    fn without_adjective(&self, start: usize, end: usize) -> usize {
        let word = &self.words[start];
        let (from, tail) = match word.text.rsplit_once('-') {
            Some((_, tail)) => (start + 1, tail),
            None if self.words.get(start + 1).is_some_and(|next| next.glued) => (start + 2, self.words[start + 1].text),
            None => return start,
        };
        let adjective =
            matches!(tail, "era" | "led" | "backed" | "based" | "style" | "born" | "owned" | "run" | "controlled");
        if adjective && from < end && self.words[from].capital { from } else { start }
    }

    /// Whether a name of several words is a listed surname and words that are no part of a person's name
    /// (`Vale World`), or another surname, as headlines set them side by side.
    fn is_cut_off(&self, start: usize, listed_end: usize, end: usize, senses: Senses) -> bool {
        let first = self.words[start].text;
        let person = senses.name.and_then(super::listed_kind) == Some(EntityKind::Person);
        let surname = person && listed_end == start + 1 && self.lists.given(first).is_none();
        surname
            && self.lists.surname(first) != Some(true)
            && end == start + 2
            && !self.words[start + 1].glued
            && person::suffix(self.words[start + 1].text).is_none()
            && self.lists.given(self.words[start + 1].text).is_none()
    }
}

//! Finds the names in a sentence: runs of capitalised words with the small words that names hold, cut into titles,
//! listed names and open names.
//!
//! A possessive ending, a mark and the hyphen of a word that was taken apart end a run. A capital where capitals are
//! usual (a sentence's first word) makes a name only with further evidence: a list, the same word capitalised inside
//! another sentence, or a name behind it.

use super::classify::{self, Context};
use super::word::{Evidence, Word};
use super::{Found, Sense, UNLIKELY, context, listed_kind, seat};
use crate::annotate::reporting;
use crate::document::{Document, EntityKind, Span};
use crate::model::gazetteer::{self, Gazetteer, LONGEST, Senses, Sex, class};
use crate::model::stopword;

/// Appends the names of a sentence to `found`, in text order.
pub(super) fn find(doc: &Document, sentence: u32, words: &[Word<'_>], evidence: &Evidence<'_>, found: &mut Vec<Found>) {
    let mut finder =
        Finder { doc, sentence, words, evidence, lists: gazetteer::english(), buffer: String::new(), found };
    let mut at = 0;
    while at < words.len() {
        at = if finder.starts(at) { finder.run(at) } else { at + 1 };
    }
}

/// The longest listed name that starts at `start`: index after it, and what it means.
pub(super) fn longest_listed(
    words: &[Word<'_>],
    start: usize,
    lists: &Gazetteer,
    buffer: &mut String,
) -> Option<(usize, Senses)> {
    buffer.clear();
    gazetteer::push_folded(words[start].text, buffer);
    let most = lists.longest_from(buffer);
    let mut best = None;
    for end in start + 1..=(start + most.min(LONGEST)).min(words.len()) {
        if end > start + 1 {
            let word = &words[end - 1];
            let held = &words[end - 2];
            if word.mark && word.text != "&" || word.glued || held.possessive {
                break;
            }
            buffer.push(' ');
            gazetteer::push_folded(word.text, buffer);
        }
        if let Some(senses) = lists.senses(buffer) {
            let article = start > 0 && words[start - 1].text.eq_ignore_ascii_case("the");
            if !senses.needs_the || article {
                best = Some((end, senses));
            }
        }
    }
    best
}

/// The state of the search in one sentence.
pub(super) struct Finder<'f, 'a> {
    pub(super) doc: &'f Document,
    pub(super) sentence: u32,
    pub(super) words: &'f [Word<'a>],
    pub(super) evidence: &'f Evidence<'a>,
    pub(super) lists: &'static Gazetteer,
    pub(super) buffer: String,
    pub(super) found: &'f mut Vec<Found>,
}

impl Finder<'_, '_> {
    pub(super) fn listed(&mut self, start: usize) -> Option<(usize, Senses)> {
        longest_listed(self.words, start, self.lists, &mut self.buffer)
    }

    fn context(&self, start: usize, end: usize, titled: bool) -> Context {
        let after = self.words.get(end);
        let owner = self.words[end - 1].possessive;
        let speaks = !owner && after.is_some_and(|w| w.lower() && (reporting::is_plain_cue(w.norm) || w.norm == "who"));
        let said_by = start > 0 && reporting::is_plain_cue(self.words[start - 1].norm) && after.is_some_and(|w| w.mark);
        let comma = after.is_some_and(|w| w.text == ",");
        let described = comma
            && (self
                .words
                .get(end + 1)
                .is_some_and(|w| w.number && w.text.len() == 2 && w.text.bytes().all(|b| b.is_ascii_digit()))
                || self.words[end..].iter().skip(1).take(5).take_while(|w| w.lower()).any(|w| w.is(class::ROLE_NOUN)));
        let described = described || (comma && self.words.get(end + 1).is_some_and(|w| w.norm == "who"));
        let role = start >= 2
            && self.words[start - 1].text == ","
            && self.words[start - 2].lower()
            && self.words[start - 2].is(class::ROLE_NOUN);
        let described = described || (role && after.is_some_and(|w| w.mark));
        Context {
            human: context::human(self.words, start, end),
            firm: context::firm(self.words, end),
            article: start > 0 && self.words[start - 1].norm == "the",
            titled,
            placed: self.placed(start),
            speaks: speaks || said_by,
            described,
        }
    }

    fn placed(&self, start: usize) -> bool {
        start > 0 && {
            let before = &self.words[start - 1];
            before.lower()
                && matches!(
                    before.norm,
                    "in" | "near" | "outside" | "around" | "from" | "at" | "across" | "into" | "throughout" | "to"
                )
                && before.norm != "to"
        }
    }

    /// A name of a list.
    pub(super) fn known(&mut self, start: usize, end: usize, senses: Senses, titled: bool) {
        let kind_of = listed_kind;
        if let Some(entry) = senses.name
            && kind_of(entry).is_none()
        {
            return;
        }
        if self.words[start].text == "US" && self.words.get(end).is_some_and(|w| w.text.starts_with('$')) {
            return;
        }
        // A title before a place name makes it a person: `Mr London`.
        let single_place = end == start + 1 && senses.name.is_some_and(|e| kind_of(e) != Some(EntityKind::Person));
        let mister = titled && start > 0 && self.words[start - 1].capital && !self.words[start].acronym;
        if single_place && mister && senses.demonym.is_none() && self.lists.surname(self.words[start].text).is_some() {
            return self.push(start, end, Sense::Open, (EntityKind::Person, 80), true);
        }
        let seat = senses.seat.and_then(|(entry, seat)| Some((entry, seat::actor(self.words, start, end, seat)?)));
        let (sense, kind, confidence) = match (seat, senses.name, senses.demonym) {
            (Some((entry, sure)), place, _) => (Sense::Actor(entry, place, sure), kind_of(entry), sure),
            (None, Some(entry), _) => (Sense::Listed(entry), kind_of(entry), 95),
            (None, None, Some(_)) if context::language(self.words, start, end) => return,
            (None, None, Some(entry)) => (Sense::Demonym(entry), kind_of(entry), 90),
            (None, None, None) => return,
        };
        let kind = kind.unwrap_or(EntityKind::Misc);
        if self.administration(start, end, kind) {
            return self.push(start, end + 1, Sense::Open, (EntityKind::Org, 80), false);
        }
        self.push(start, end, sense, (kind, confidence), titled);
    }

    /// `Vale administration`: a government by its head.
    fn administration(&self, start: usize, end: usize, kind: EntityKind) -> bool {
        kind == EntityKind::Person
            && !self.words[end - 1].possessive
            && !self.words[start].part
            && self.words.get(end).is_some_and(|w| w.norm == "administration" && w.lower())
    }

    /// A name of no list.
    pub(super) fn open(&mut self, mut start: usize, mut end: usize, titled: bool) {
        while end > start && !self.words[end - 1].capital && !self.words[end - 1].number {
            end -= 1;
        }
        // `The` belongs to no name but a listed one (`The Hague`).
        if start + 1 < end && self.words[start].text == "The" {
            let listed = self.listed(start + 1).filter(|&(e, _)| e == end);
            if let Some((_, senses)) = listed {
                return self.known(start + 1, end, senses, titled);
            }
            start += 1;
        }
        // An ordinary word in front, where its capital is usual, is no part of the name.
        if start + 1 < end && self.words[start].opening && self.words[start].ordinary && !self.words[start].seen {
            let head = self.words[end - 1].is(class::ORG | class::FAC | class::EVENT);
            if stopword::is_stopword(self.words[start].norm)
                || (!head && self.lists.given(self.words[start].text).is_none())
            {
                start += 1;
                while start < end && !self.words[start].capital {
                    start += 1;
                }
                if let Some((listed_end, senses)) =
                    self.listed(start.min(end.saturating_sub(1))).filter(|&(e, _)| e == end)
                {
                    return self.known(start, listed_end, senses, titled);
                }
            }
        }
        if start >= end {
            return;
        }
        let words = &self.words[start..end];
        let only = words.len() == 1;
        let first = &words[0];
        if only && (first.initial || first.is(class::TITLE) || (first.part && !first.seen && first.text.len() < 2)) {
            return;
        }
        let roman = |t: &str| t.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
        if only && first.acronym && roman(first.text) {
            return;
        }
        let context = self.context(start, end, titled);
        let (kind, mut confidence) = classify::classify(words, context);
        // A lone ordinary word with a capital is emphasis or a heading, unless it turns out to be somebody's surname.
        let head = first.is(class::ORG | class::MISC | class::LOC | class::EVENT | class::FAC);
        if only && (first.ordinary || head && !first.acronym) && !context.titled {
            confidence = UNLIKELY;
        }
        // `Far-right`, `Bush-era` that was not taken apart: an adjective, no name.
        let tail = first.text.rsplit_once('-').map_or("", |(_, tail)| tail);
        if only && tail.len() > 2 && self.lists.is_ordinary(tail) && !context.titled {
            confidence = UNLIKELY;
        }
        if self.administration(start, end, kind) {
            return self.push(start, end + 1, Sense::Open, (EntityKind::Org, 80), false);
        }
        self.push(start, end, Sense::Open, (kind, confidence), titled);
    }

    pub(super) fn push(
        &mut self,
        start: usize,
        end: usize,
        sense: Sense,
        (kind, confidence): classify::Guess,
        titled: bool,
    ) {
        let (first, last) = (&self.words[start], &self.words[end - 1]);
        let whole = &self.doc.tokens[first.token as usize];
        let bracketed = start > 0
            && self.words[start - 1].text == "("
            && self.words.get(end).is_some_and(|w| w.text == ")")
            && start >= 2
            && self.found.last().is_some_and(|f| f.span.end == self.words[start - 2].end);
        self.found.push(Found {
            span: Span::new(first.start, last.end),
            tokens: Span::new(first.token, last.token + 1),
            sentence: self.sentence,
            sense,
            kind,
            confidence,
            hyphen: first.token == last.token && (first.start > whole.span.start || last.end < whole.base_end),
            titled,
            sex: start.checked_sub(1).and_then(|i| title_sex(self.words[i].norm)),
            placed: self.placed(start),
            bracketed,
        });
    }
}

/// What a title or noun of kin before a name says of its bearer.
pub(super) fn title_sex(norm: &str) -> Option<Sex> {
    match norm.trim_end_matches('.') {
        "mrs" | "ms" | "miss" | "madam" | "madame" | "mme" | "lady" | "dame" | "baroness" | "queen" | "princess"
        | "duchess" | "countess" | "wife" | "daughter" | "mother" | "sister" | "widow" | "actress"
        | "congresswoman" | "spokeswoman" | "chairwoman" => Some(Sex::Female),
        "mr" | "sir" | "lord" | "king" | "prince" | "duke" | "baron" | "husband" | "son" | "father" | "brother"
        | "widower" | "congressman" | "spokesman" | "chairman" => Some(Sex::Male),
        _ => None,
    }
}

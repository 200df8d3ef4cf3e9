//! Finds the names in a sentence: runs of capitalised words with the small words that names hold, cut into titles,
//! listed names and open names.
//!
//! A possessive ending, a mark and the hyphen of a word that was taken apart end a run. A capital where capitals are
//! usual (a sentence's first word) makes a name only with further evidence: a list, the same word capitalised inside
//! another sentence, or a name behind it.

use super::classify::{self, Context};
use super::word::{Evidence, Word};
use super::{Found, Sense, seat};
use crate::annotate::reporting;
use crate::document::{Document, EntityKind, Span};
use crate::model::gazetteer::{self, Gazetteer, LONGEST, Senses, class};
use crate::model::stopword;

/// Appends the names of a sentence to `found`, in text order.
pub(super) fn find(doc: &Document, sentence: u32, words: &[Word<'_>], evidence: &Evidence<'_>, found: &mut Vec<Found>) {
    let mut finder = Finder {
        doc,
        sentence,
        words,
        evidence,
        lists: gazetteer::english(),
        buffer: String::new(),
        found,
    };
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

struct Finder<'f, 'a> {
    doc: &'f Document,
    sentence: u32,
    words: &'f [Word<'a>],
    evidence: &'f Evidence<'a>,
    lists: &'static Gazetteer,
    buffer: String,
    found: &'f mut Vec<Found>,
}

impl Finder<'_, '_> {
    fn listed(&mut self, start: usize) -> Option<(usize, Senses)> {
        longest_listed(self.words, start, self.lists, &mut self.buffer)
    }

    /// Whether a name may start here.
    fn starts(&mut self, at: usize) -> bool {
        let word = &self.words[at];
        if word.mark || word.number {
            return word.number && self.listed(at).is_some_and(|(end, _)| end > at + 1);
        }
        if !word.capital {
            let next = self.words.get(at + 1);
            return word.is(class::START_PARTICLE)
                && word.norm.len() > 2
                && next.is_some_and(|n| {
                    n.name_like() || (n.is(class::PARTICLE) && self.words.get(at + 2).is_some_and(Word::name_like))
                })
                && self.listed(at).is_some();
        }
        if !word.opening {
            return !(word.text == "I" || word.norm.starts_with("i'") || word.norm == "I");
        }
        self.opening_name(at)
    }

    /// Whether a word whose capital is usual is a name.
    fn opening_name(&mut self, at: usize) -> bool {
        let word = self.words[at];
        if word.acronym && !word.is(class::NO_NAME) && (word.text.len() > 2 || self.listed(at).is_some()) {
            return !word.initial;
        }
        let listed = self.listed(at);
        if listed.is_some_and(|(end, _)| end > at + 1) {
            return true;
        }
        if stopword::is_stopword(word.norm) {
            return false;
        }
        if word.is(class::TITLE) {
            return true;
        }
        let (down, up) = self.evidence.uses(word.text);
        if listed.is_some() && (!self.lists.is_ordinary(word.norm) || up > down) {
            return true;
        }
        let next = self
            .words
            .get(at + 1)
            .filter(|n| n.name_like() && !word.possessive && !n.glued);
        if word.seen && (next.is_none() || up > 1 || !word.ordinary || next.is_some_and(|n| n.is(class::ORG))) {
            return true;
        }
        if let Some(next) = next {
            let given = self.lists.given(word.text);
            let named = given == Some(false) || (given == Some(true) && !next.ordinary);
            return named || !word.ordinary || (next.is(class::ORG | class::FAC) && !next.opening && down == 0);
        }
        !word.ordinary && down == 0 && self.lone(at)
    }

    /// Whether an unlisted word alone at the start of a sentence is likely a name.
    fn lone(&self, at: usize) -> bool {
        let word = &self.words[at];
        let plain = ["ly", "ing", "ed", "ness", "tion", "ers", "ies", "able", "ment", "ists"]
            .iter()
            .any(|e| word.norm.ends_with(e));
        let known = self.lists.surname(word.text).is_some() || self.lists.given(word.text) == Some(false);
        known
            || (!plain
                && word.text.len() > 3
                && !word.part
                && (word.possessive || self.words.get(at + 1).is_some_and(Word::lower)))
    }

    /// Takes the run that starts at `start` and returns the index after it.
    fn run(&mut self, start: usize) -> usize {
        let mut end = start + 1;
        while let Some(next) = self.extended(start, end) {
            end = next;
        }
        if let Some((far, _)) = self.listed(start) {
            end = end.max(far);
        }
        self.segment(start, end);
        end
    }

    /// The run `start..end` with its next word or words, if they belong to it.
    fn extended(&self, start: usize, end: usize) -> Option<usize> {
        let last = &self.words[end - 1];
        let next = self.words.get(end)?;
        if last.possessive || next.glued {
            return None;
        }
        if next.capital {
            return (!next.mark && next.text != "I").then_some(end + 1);
        }
        let capital_at = |i: usize| self.words.get(i).is_some_and(|w| w.name_like() && !w.glued);
        if next.text == "&" {
            return capital_at(end + 1).then_some(end + 2);
        }
        if next.mark {
            return None;
        }
        let title = last.is(class::TITLE_CORE);
        match next.norm {
            "of" if !title && self.joins_of(end - 1) => {
                let article = usize::from(self.words.get(end + 1).is_some_and(|w| w.norm == "the"));
                capital_at(end + 1 + article).then_some(end + 2 + article)
            }
            "for" if last.is(class::OF_HEAD) && !title => capital_at(end + 1).then_some(end + 2),
            "and" => {
                let held = &self.words[start..end];
                let of = held.iter().position(|w| matches!(w.norm, "of" | "for"));
                let body = of.and_then(|i| i.checked_sub(1)).is_some_and(|i| {
                    held[i].is(class::OF_HEAD) && (held[i].is(class::ORG) || held[i].norm.starts_with("cent"))
                });
                let tail = self.words.get(end + 1).is_some_and(|w| w.ordinary);
                (body && tail && capital_at(end + 1)).then_some(end + 2)
            }
            _ if next.is(class::PARTICLE) && !title => {
                let more = usize::from(
                    self.words
                        .get(end + 1)
                        .is_some_and(|w| w.is(class::PARTICLE) && w.lower()),
                );
                let fits = capital_at(end + 1 + more) && !last.is(class::CALENDAR) && !(last.opening && last.ordinary);
                fits.then_some(end + 2 + more)
            }
            _ => None,
        }
    }

    /// Whether `of` behind this word belongs to a name.
    fn joins_of(&self, at: usize) -> bool {
        let word = &self.words[at];
        if word.is(class::OF_HEAD) {
            return true;
        }
        // `Power of Attorney`, `Pirates of the Bay`: capitalised ordinary words, never names of people or places.
        word.ordinary && !word.opening && !word.is(class::TITLE | class::NO_NAME | class::CALENDAR)
    }

    /// Cuts a run into titles and names.
    fn segment(&mut self, start: usize, end: usize) {
        let mut at = start;
        let mut titled = self.title_before(start);
        if self.portfolio(start, end, &mut at) {
            titled = true;
        }
        while at < end {
            let word = &self.words[at];
            if word.is(class::CALENDAR | class::NO_NAME)
                && !self.listed(at).is_some_and(|(e, _)| e > at + 1)
                && !self.may_be_name(at)
            {
                at += 1;
                titled = false;
                continue;
            }
            if !word.capital && !word.number && !word.is(class::START_PARTICLE) {
                at += 1;
                continue;
            }
            let listed = self.listed(at).filter(|&(e, _)| e <= end);
            if !listed.is_some_and(|(e, _)| e > at + 1)
                && let Some(after) = self.title(at, end)
            {
                titled = true;
                at = after;
                continue;
            }
            at = self.name(at, end, listed, titled);
            titled = false;
        }
    }

    /// `May` or `April` behind a given name or title.
    fn may_be_name(&self, at: usize) -> bool {
        let word = &self.words[at];
        word.is(class::CALENDAR) && at > 0 && !self.words[at].opening && {
            let before = &self.words[at - 1];
            before.capital && !before.possessive && self.lists.given(before.text).is_some()
        }
    }

    /// Skips the field of government in `Secretary of State`; whether there was one.
    fn portfolio(&self, start: usize, end: usize, at: &mut usize) -> bool {
        let behind_title = start >= 2
            && matches!(self.words[start - 1].norm, "of" | "for" | "the")
            && (self.words[start - 2].is(class::TITLE_CORE)
                || (start >= 3 && self.words[start - 1].norm == "the" && self.words[start - 3].is(class::TITLE_CORE)));
        if !behind_title {
            return false;
        }
        if self.words[start].is(class::PORTFOLIO) {
            *at = start + 1;
            return true;
        }
        let plain = self.words[start..end].iter().all(|w| w.ordinary && !w.is(class::ORG));
        if plain && !self.words[start].is(class::OF_HEAD) {
            *at = end;
        }
        false
    }

    /// Whether the lower-case words before a run are a title or role (`president`, `adviser`).
    fn title_before(&self, start: usize) -> bool {
        start > 0
            && self.words[start - 1].lower()
            && !self.words[start - 1].part
            && self.words[start - 1].is(class::TITLE_CORE | class::ROLE_NOUN)
    }

    /// Index after the title at `at`: modifiers and at least one noun of office. A bare surname like `King` behind a
    /// given name is none.
    fn title(&self, at: usize, end: usize) -> Option<usize> {
        let mut after = at;
        let mut core = None;
        while after < end && self.words[after].is(class::TITLE) && self.words[after].capital {
            if self.words[after].is(class::TITLE_CORE) {
                core = Some(after + 1);
            }
            after += 1;
            if self.words[after - 1].possessive {
                break;
            }
        }
        let core = core?;
        // `Executive Committee`, `Chief Constables Association`: a head behind makes it an organisation.
        let head = (core..end).find(|&i| !self.words[i].capital).unwrap_or(end);
        if head > core
            && head - core <= 2
            && self.words[head - 1].is(class::ORG)
            && self.words[core..head].iter().all(|w| w.ordinary)
        {
            return None;
        }
        if self.words[at].is(class::TITLE_CORE) && at > 0 && core == at + 1 {
            let before = &self.words[at - 1];
            if before.capital
                && !before.possessive
                && !self.words[at].glued
                && self.lists.given(before.text) == Some(false)
            {
                return None;
            }
        }
        Some(core)
    }

    /// Takes one name from `at`; returns the index after it.
    fn name(&mut self, at: usize, end: usize, listed: Option<(usize, Senses)>, titled: bool) -> usize {
        let stop = self.stop(at, end);
        let Some((listed_end, senses)) = listed else {
            self.open(at, stop, titled);
            return stop;
        };
        if listed_end >= stop {
            self.known(at, listed_end, senses, titled);
            return listed_end;
        }
        let last = &self.words[stop - 1];
        let rest = &self.words[listed_end];
        let kind = senses.name.and_then(|e| self.lists.entry(e).kind);
        let person = kind == Some(EntityKind::Person);
        if self.words[at].is(class::NO_NAME) || kind.is_none() && senses.name.is_some() {
            self.known(at, listed_end, senses, titled);
            return listed_end;
        }
        let suffix = matches!(rest.text, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV");
        if person && suffix {
            self.known(at, listed_end, senses, titled);
            return stop;
        }
        let heads = class::ORG | class::FAC | class::LOC | class::EVENT | class::MISC;
        if last.is(heads)
            || self.words[at..stop]
                .iter()
                .any(|w| matches!(w.norm, "of" | "for" | "&"))
        {
            self.open(at, stop, false);
            return stop;
        }
        let next_listed = longest_listed(self.words, listed_end, self.lists, &mut self.buffer).is_some();
        let next_given = self.lists.given(rest.text) == Some(false);
        let demonym = senses.demonym.is_some();
        let given =
            self.lists.given(self.words[at].text).is_some() || self.lists.surname(self.words[at].text) == Some(true);
        if (next_listed || next_given || demonym || person || self.words[at].acronym)
            && !(given && listed_end == at + 1 && !rest.acronym)
        {
            self.known(at, listed_end, senses, titled);
            return listed_end;
        }
        self.open(at, stop, titled);
        stop
    }

    /// Where the name from `at` ends at the latest: before the next title or calendar word of the run.
    fn stop(&self, at: usize, end: usize) -> usize {
        for i in at + 1..end {
            let word = &self.words[i];
            if !word.capital {
                continue;
            }
            let last_word = i + 1 == end;
            let given = self.lists.given(self.words[at].text).is_some();
            let surname_may = given && last_word && i == at + 1;
            if word.is(class::CALENDAR | class::NO_NAME)
                && !surname_may
                && !matches!(word.norm, "jr" | "sr" | "ii" | "iii" | "iv" | "jr." | "sr.")
            {
                return self.trimmed(at, i);
            }
            if !surname_may && word.is(class::TITLE) && !self.words[i - 1].norm.eq("of") && self.title(i, end).is_some()
            {
                return self.trimmed(at, i);
            }
        }
        end
    }

    /// The end without trailing small words.
    fn trimmed(&self, at: usize, mut end: usize) -> usize {
        while end > at + 1 && !self.words[end - 1].capital {
            end -= 1;
        }
        end
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
                || self.words[end..]
                    .iter()
                    .skip(1)
                    .take(5)
                    .take_while(|w| w.lower())
                    .any(|w| w.is(class::ROLE_NOUN)));
        Context {
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
    fn known(&mut self, start: usize, end: usize, senses: Senses, titled: bool) {
        let kind_of = |e: u32| self.lists.entry(e).kind;
        if let Some(entry) = senses.name
            && kind_of(entry).is_none()
        {
            return;
        }
        // A title before a place name makes it a person: `Mr London`.
        let single_place = end == start + 1 && senses.name.is_some_and(|e| kind_of(e) != Some(EntityKind::Person));
        let mister = titled && start > 0 && self.words[start - 1].capital && !self.words[start].acronym;
        if single_place && mister && senses.demonym.is_none() && self.lists.surname(self.words[start].text).is_some() {
            return self.push(start, end, Sense::Open, (EntityKind::Person, 80), true);
        }
        let seat = senses
            .seat
            .and_then(|(entry, seat)| Some((entry, seat::actor(self.words, start, end, seat)?)));
        let (sense, kind, confidence) = match (seat, senses.name, senses.demonym) {
            (Some((entry, sure)), place, _) => (Sense::Actor(entry, place, sure), kind_of(entry), sure),
            (None, Some(entry), _) => (Sense::Listed(entry), kind_of(entry), 95),
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
            && self
                .words
                .get(end)
                .is_some_and(|w| w.norm == "administration" && w.lower())
    }

    /// A name of no list.
    fn open(&mut self, mut start: usize, mut end: usize, titled: bool) {
        while end > start && !self.words[end - 1].capital && !self.words[end - 1].number {
            end -= 1;
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
        // A lone ordinary word with a capital is emphasis or a heading, unless something speaks for a name.
        let weak = !first.seen || self.lists.is_ordinary(first.norm) && self.evidence.uses(first.text).1 < 2;
        if only && first.ordinary && weak && !context.titled {
            return;
        }
        let (kind, confidence) = classify::classify(words, context);
        if self.administration(start, end, kind) {
            return self.push(start, end + 1, Sense::Open, (EntityKind::Org, 80), false);
        }
        self.push(start, end, Sense::Open, (kind, confidence), titled);
    }

    fn push(&mut self, start: usize, end: usize, sense: Sense, (kind, confidence): classify::Guess, titled: bool) {
        let (first, last) = (&self.words[start], &self.words[end - 1]);
        let whole = &self.doc.tokens[first.token as usize];
        let bracketed = start > 0
            && self.words[start - 1].text == "("
            && self.words.get(end).is_some_and(|w| w.text == ")")
            && start >= 2
            && self
                .found
                .last()
                .is_some_and(|f| f.span.end == self.words[start - 2].end);
        self.found.push(Found {
            span: Span::new(first.start, last.end),
            tokens: Span::new(first.token, last.token + 1),
            sentence: self.sentence,
            sense,
            kind,
            confidence,
            hyphen: first.token == last.token && (first.start > whole.span.start || last.end < whole.base_end),
            titled,
            placed: self.placed(start),
            bracketed,
        });
    }
}

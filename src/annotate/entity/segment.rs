//! Cuts a run of capitalised words into titles, calendar words and names: `Chinese President Xi Jinping` is a demonym, a
//! title and a name.

use super::candidate::{Finder, longest_listed};
use super::{listed_kind, person};
use crate::document::EntityKind;
use crate::model::gazetteer::{Senses, class};

impl Finder<'_, '_> {
    /// Cuts a run into titles and names.
    pub(super) fn segment(&mut self, start: usize, end: usize) {
        let mut at = start;
        let mut titled = self.title_before(start);
        if self.portfolio(start, end, &mut at) {
            titled = true;
        }
        while at < end {
            let word = &self.words[at];
            if word.is(class::CALENDAR | class::NO_NAME)
                && self.listed(at).is_none_or(|(e, _)| e <= at + 1)
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
            if listed.is_none_or(|(e, _)| e <= at + 1)
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
        let kind = senses.name.and_then(listed_kind);
        let person = kind == Some(EntityKind::Person);
        if self.words[at].is(class::NO_NAME) || kind.is_none() && senses.name.is_some() {
            self.known(at, listed_end, senses, titled);
            return listed_end;
        }
        if person && person::suffix(rest.text).is_some() {
            // `Peter Vale Jr.` is not Peter Vale; who is named with all initials is.
            if listed_end - at > 2 {
                self.known(at, listed_end, senses, titled);
            } else {
                self.open(at, stop, titled);
            }
            return stop;
        }
        let heads = class::ORG | class::FAC | class::LOC | class::EVENT | class::MISC;
        if last.is(heads)
            || self.words[at..stop].iter().any(|w| matches!(w.norm, "of" | "for" | "on" | "against" | "&"))
        {
            self.open(at, stop, false);
            return stop;
        }
        let next_listed = longest_listed(self.words, listed_end, self.lists, &mut self.buffer).is_some();
        let next_given = self.lists.given(rest.text) == Some(false);
        let demonym = senses.demonym.is_some();
        let given =
            self.lists.given(self.words[at].text).is_some() || self.lists.surname(self.words[at].text) == Some(true);
        let whole =
            demonym && !self.words[at].opening && self.words[listed_end..stop].iter().all(|w| w.capital && w.ordinary);
        if whole && stop - at <= 4 {
            self.open(at, stop, titled);
            return stop;
        }
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
            // `Office of Legal Counsel`: no name behind the title.
            let tail = last_word && self.words[at..i].iter().any(|w| w.norm == "of");
            if !surname_may
                && !tail
                && word.is(class::TITLE)
                && !self.words[i - 1].norm.eq("of")
                && self.title(i, end).is_some()
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
}

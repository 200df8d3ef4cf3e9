//! Finds where a run of capitalised words starts and ends, with the small words that names hold (`of`, `von`, `&`).
//!
//! A capital where capitals are usual starts a run only with further evidence; see [`super::word::Evidence`].

use super::candidate::Finder;
use super::word::Word;
use crate::model::gazetteer::class;
use crate::model::stopword;

/// Most words of a run; what is longer is a list or a shout, cut here to keep the work linear.
const LONGEST_RUN: usize = 16;

impl Finder<'_, '_> {
    /// Whether a name may start here.
    pub(super) fn starts(&mut self, at: usize) -> bool {
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
        let stem = word.norm.split('\'').next().unwrap_or("");
        if stopword::is_stopword(word.norm) || stopword::is_stopword(stem) {
            return false;
        }
        if word.is(class::TITLE) {
            return true;
        }
        let (down, up) = self.evidence.uses(word.text);
        if listed.is_some() && (!self.lists.is_ordinary(word.norm) || up > down) {
            return true;
        }
        let next = self.words.get(at + 1).filter(|n| n.name_like() && !word.possessive && !n.glued);
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
    pub(super) fn run(&mut self, start: usize) -> usize {
        let mut end = start + 1;
        while let Some(next) = self.extended(start, end).filter(|&next| next <= start + LONGEST_RUN) {
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
        let body = last.possessive && is_body(last.norm) && next.ordinary;
        if last.possessive && !body || next.glued {
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
            "of" if !title && (self.joins_of(end - 1) || self.is_work(start, end)) => {
                let article = usize::from(self.words.get(end + 1).is_some_and(|w| w.norm == "the"));
                capital_at(end + 1 + article).then_some(end + 2 + article)
            }
            "on" | "against" | "for" if !title && self.joins_topic(start, end) => Some(end + 2),
            "for" if last.is(class::OF_HEAD) && !title => capital_at(end + 1).then_some(end + 2),
            "and" => {
                let held = &self.words[start..end];
                let of = held.iter().position(|w| matches!(w.norm, "of" | "for" | "on"));
                let body = of.and_then(|i| i.checked_sub(1)).is_some_and(|i| {
                    held[i].is(class::OF_HEAD) && (held[i].is(class::ORG) || held[i].norm.starts_with("cent"))
                });
                let tail = self.words.get(end + 1).is_some_and(|w| w.ordinary || w.is(class::PORTFOLIO));
                (body && tail && capital_at(end + 1)).then_some(end + 2)
            }
            _ if next.is(class::PARTICLE) && !title => {
                let more = usize::from(self.words.get(end + 1).is_some_and(|w| w.is(class::PARTICLE) && w.lower()));
                let fits = capital_at(end + 1 + more) && !last.is(class::CALENDAR) && !(last.opening && last.ordinary);
                fits.then_some(end + 2 + more)
            }
            _ => None,
        }
    }

    /// Whether `on`, `for` or `against` with the word behind belongs to the name: `European Convention on Human`.
    fn joins_topic(&self, start: usize, end: usize) -> bool {
        let held = &self.words[start..end];
        let head = held.last().is_some_and(|w| {
            matches!(
                w.norm,
                "convention"
                    | "covenant"
                    | "council"
                    | "committee"
                    | "court"
                    | "agency"
                    | "campaign"
                    | "institute"
                    | "treaty"
                    | "act"
                    | "commission"
                    | "conference"
                    | "centre"
                    | "center"
                    | "panel"
                    | "declaration"
                    | "charter"
                    | "forum"
                    | "society"
                    | "association"
                    | "network"
                    | "fund"
                    | "alliance"
            )
        });
        let topic = self.words.get(end + 1).is_some_and(|w| w.name_like() && w.ordinary && !w.glued);
        let single = held.len() == 1 && self.words[start].opening;
        head && topic && !single
    }

    /// Whether `of the` with two ordinary words behind belongs to a name of a work: `Bright Morning of the Silent Road`.
    fn is_work(&self, start: usize, end: usize) -> bool {
        let held = &self.words[start..end];
        let plain = |w: &Word<'_>| w.capital && !w.opening && self.lists.surname(w.text).is_none();
        let tail = |i: usize| {
            let word = self.words.get(end + i);
            word.is_some_and(|w| w.name_like() && w.ordinary && !w.is(class::ORG | class::TITLE))
        };
        held.len() >= 2
            && held.iter().all(plain)
            && held.iter().any(|w| w.ordinary)
            && !held.iter().any(|w| w.is(class::TITLE | class::ORG) || self.lists.given(w.text).is_some())
            && self.words.get(end + 1).is_some_and(|w| w.norm == "the")
            && tail(2)
            && tail(3)
    }

    /// Whether `of` behind this word belongs to a name.
    fn joins_of(&self, at: usize) -> bool {
        let word = &self.words[at];
        if word.is(class::OF_HEAD) {
            return true;
        }
        let bare = !word.opening && !word.is(class::TITLE | class::NO_NAME | class::CALENDAR);
        let article = at > 0 && self.words[at - 1].norm == "the" && self.lists.longest_from(word.text) == 0;
        // `Power of Attorney`, `Pirates of the Bay`: capitalised ordinary words, never names of people or places.
        bare && (word.ordinary || article)
    }
}

/// Whether a possessive is of the kind that organisations hold in their names: `People's Party`.
fn is_body(norm: &str) -> bool {
    matches!(
        norm.split(['\'', '’']).next().unwrap_or(""),
        "people" | "women" | "men" | "children" | "workers" | "farmers" | "veterans" | "teachers" | "citizens"
    )
}

//! The people of a document: who is named in full where, so that a surname or given name alone finds its person.

use std::collections::BTreeMap;

use crate::model::gazetteer::{self, Sex};

/// A person named in full.
#[derive(Clone, Debug)]
pub(super) struct FullName {
    /// Where: index of the found name.
    pub(super) at: usize,
    /// The canonical name.
    pub(super) name: String,
    /// Whether the gazetteer lists the person.
    pub(super) listed: bool,
    /// What the given name, or else the title where the name is first written in full, says.
    pub(super) sex: Option<Sex>,
}

/// Full names by surname and by given name, in text order.
#[derive(Debug, Default)]
pub(super) struct People {
    surnames: BTreeMap<String, Vec<FullName>>,
    given: BTreeMap<String, Vec<FullName>>,
    /// Canonical name for given name and surname.
    pairs: BTreeMap<(String, String), String>,
    /// Canonical name for a name with its hyphens as spaces: `Hale-Brook` and `Hale Brook` are one.
    spaced: BTreeMap<String, String>,
}

/// What a single name leads to.
#[derive(Clone, Debug)]
pub(super) struct Match {
    /// The person's canonical name.
    pub(super) name: String,
    /// Whether several people of the document have this name.
    pub(super) shared: bool,
    /// Whether the full name stands before.
    pub(super) before: bool,
}

/// Whether a title says another sex than the given name.
pub(super) fn contradicts(full: &str, sex: Option<Sex>) -> bool {
    let given = full.split(' ').next().and_then(|g| gazetteer::english().sex(g));
    sex.is_some() && given.is_some() && sex != given
}

/// Full names on either side that are weighed against a title.
const NEAR: usize = 32;

/// Whether a word stands behind a surname.
fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV")
}

/// Given name and surname of a full name; `None` for a single word. `alone` tells whether a word stands alone
/// elsewhere in the document, which decides the order of names where the list of surnames does not.
pub(super) fn parts(full: &str, alone: impl Fn(&str) -> bool) -> Option<(String, String)> {
    let mut words: Vec<&str> = full.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|w| is_suffix(w)) {
        words.pop();
    }
    let (&first, &last) = (words.first()?, words.last()?);
    if words.len() < 2 {
        return None;
    }
    let lists = gazetteer::english();
    let inverted = lists.surname(first) == Some(true) && lists.given(first) != Some(false) && words.len() <= 3;
    let known = lists.given(last).is_some() || lists.surname(last) == Some(false);
    if (inverted && !(known && alone(last))) || (lists.given(first).is_none() && alone(first) && !alone(last)) {
        return Some((words[1..].join(" "), first.to_owned()));
    }
    let mut from = words.len() - 1;
    while from > 1 && words[from - 1].chars().next().is_some_and(char::is_lowercase) {
        from -= 1;
    }
    let last = words[from..].join(" ");
    Some((first.trim_end_matches('.').to_owned(), last))
}

impl People {
    /// Notes a full name and returns its canonical name: an earlier name with the same surname and given name wins.
    pub(super) fn note(
        &mut self,
        at: usize,
        full: &str,
        canonical: &str,
        (listed, titled): (bool, Option<Sex>),
        alone: impl Fn(&str) -> bool,
    ) -> String {
        let Some((given, surname)) = parts(full, alone) else {
            return canonical.to_owned();
        };
        let key = (given.clone(), surname.clone());
        let name = if listed {
            self.pairs.insert(key, canonical.to_owned());
            canonical.to_owned()
        } else {
            let spaced = self.spaced.entry(full.replace(['-', '\u{2010}', '\u{2011}'], " "));
            let first = spaced.or_insert_with(|| canonical.to_owned()).clone();
            self.pairs.entry(key).or_insert(first).clone()
        };
        let note = FullName { at, name: name.clone(), listed, sex: gazetteer::english().sex(&given).or(titled) };
        // `von der Leyen` is found by `Leyen` too.
        if let Some((_, tail)) = surname.rsplit_once(' ') {
            self.surnames.entry(tail.to_owned()).or_default().push(note.clone());
        }
        self.surnames.entry(surname).or_default().push(note.clone());
        self.given.entry(given).or_default().push(note);
        name
    }

    /// The person whom a surname names at `at`; nobody of the other sex than its title says.
    pub(super) fn by_surname(&self, word: &str, at: usize, sex: Option<Sex>) -> Option<Match> {
        nearest(self.surnames.get(word)?, at, sex)
    }

    /// The person whom a given name names at `at`: only if nobody else has it.
    pub(super) fn by_given(&self, word: &str, at: usize) -> Option<Match> {
        nearest(self.given.get(word)?, at, None).filter(|m| !m.shared && m.before)
    }

    /// Whether somebody with this surname who is in no list is named in full.
    pub(super) fn has_unlisted(&self, surname: &str) -> bool {
        self.surnames.get(surname).is_some_and(|names| names.iter().any(|n| !n.listed))
    }
}

/// The last full name before `at`, else the first one behind.
fn nearest(all: &[FullName], at: usize, sex: Option<Sex>) -> Option<Match> {
    let fitting: Vec<FullName>;
    let names = if sex.is_some() && !all.is_empty() {
        // Only near names are weighed, so that the work stays linear.
        let here = all.partition_point(|n| n.at < at);
        let all = &all[here.saturating_sub(NEAR)..(here + NEAR).min(all.len())];
        let sure = all.iter().any(|n| n.sex == sex);
        let fits = |n: &&FullName| n.sex == sex || (!sure && n.sex.is_none());
        fitting = all.iter().filter(fits).cloned().collect();
        &fitting
    } else {
        all
    };
    let before = names.partition_point(|n| n.at < at);
    let chosen = names.get(before.saturating_sub(1))?;
    // Names are in text order; two different ones anywhere make the match unsure.
    let shared = names.first().is_some_and(|f| names.last().is_some_and(|l| l.name != f.name || chosen.name != f.name));
    Some(Match { name: chosen.name.clone(), shared, before: before > 0 })
}

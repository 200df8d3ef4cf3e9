//! The people of a document: who is named in full where, so that a surname or given name alone finds its person.

use std::collections::BTreeMap;

use super::word::Word;
use crate::document::AliasRule;
use crate::model::gazetteer::{self, Sex, class};
use crate::model::{nickname, spelling};

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

/// Full names by surname and by given name, in text order. All keys are [`spelling::key`]s.
#[derive(Debug, Default)]
pub(super) struct People {
    surnames: BTreeMap<String, Vec<FullName>>,
    given: BTreeMap<String, Vec<FullName>>,
    /// Canonical name for each surname: given names with what stands behind the surname.
    pairs: BTreeMap<String, Vec<Pair>>,
    /// Canonical name for a whole name: `Hale-Brook` and `Hale Brook` are one.
    whole: BTreeMap<String, String>,
}

/// A person of a surname.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pair {
    given: String,
    /// What stands between given name and surname.
    middle: String,
    suffix: &'static str,
    /// Words of the name.
    words: usize,
    sex: Option<Sex>,
    name: String,
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
    /// Where it stands: index of the found name.
    pub(super) at: usize,
}

/// Whether a title says another sex than the given name.
pub(super) fn contradicts(full: &str, sex: Option<Sex>) -> bool {
    let given = full.split(' ').next().and_then(|g| gazetteer::english().sex(g));
    sex.is_some() && given.is_some() && sex != given
}

/// Full names on either side that are weighed against a title.
const NEAR: usize = 32;

/// What stands behind a surname to tell father from son; nothing for other words.
pub(super) fn suffix(word: &str) -> Option<&'static str> {
    Some(match word.trim_matches(['.', ',']) {
        "Jr" | "Junior" => "jr",
        "Sr" | "Senior" => "sr",
        "II" => "ii",
        "III" => "iii",
        "IV" => "iv",
        _ => return None,
    })
}

/// What tells father from son at the end of a name.
fn suffix_of(full: &str) -> Option<&'static str> {
    full.split(' ').next_back().and_then(suffix)
}

/// Whether a name is another one with `Jr.` or the like behind it.
pub(super) fn is_namesake(full: &str, of: &str) -> bool {
    full.rsplit_once(' ').is_some_and(|(core, last)| suffix(last).is_some() && core.trim_end_matches(',') == of)
}

/// Where a person's name that begins at byte `start` begins with the initials before it, which may be new to the
/// tagger: `S. Vale`. `A` and `I` alone are an article and a pronoun.
pub(super) fn with_initials(words: &[Word<'_>], start: u32) -> u32 {
    let first = words.partition_point(|word| word.start < start);
    let is_initial = |word: &&Word<'_>| word.initial && !matches!(word.text, "A" | "I");
    words[..first].iter().rev().take(3).take_while(is_initial).last().map_or(start, |word| word.start)
}

/// Whether a name is an initial and a listed surname: `P Vale` of a team's list.
pub(super) fn is_initialled(name: &str) -> bool {
    let surname = |name: &str| gazetteer::english().surname(name).is_some();
    name.split_once(' ').is_some_and(|(first, last)| first.trim_end_matches('.').len() == 1 && surname(last))
}

/// A name without the titles and roles before it: `Rick Vale` of `Senator Rick Vale`; the whole name when nothing
/// would be left.
pub(super) fn without_titles(full: &str) -> &str {
    let lists = gazetteer::english();
    let mut core = 0;
    let mut at = 0;
    for word in full.split(' ') {
        let end = at + word.len();
        let lower = word.trim_end_matches('.').to_lowercase();
        let given = lists.given(word) == Some(false);
        if end < full.len() && !given && lists.classes(&lower) & (class::TITLE_CORE | class::ROLE_NOUN) != 0 {
            core = end + 1;
        }
        at = end + 1;
    }
    if core == 0 {
        // `United States Anna Vale`: a listed place or body is no part of a person's name.
        let place = |end: &usize| {
            let senses = lists.senses(&gazetteer::folded(&full[..*end]));
            let other = senses.is_some_and(|s| s.demonym.is_some() || s.name.is_some_and(|e| lists.entry(e).country));
            other && full[end + 1..].contains(' ')
        };
        core = full.match_indices(' ').map(|(end, _)| end).rfind(place).map_or(0, |end| end + 1);
    }
    &full[core..]
}

/// Whether a name is a role and nothing else (`International President`): no full name.
pub(super) fn is_role(full: &str) -> bool {
    let lists = gazetteer::english();
    let mut words = full.split(' ');
    let first = words.next().unwrap_or("");
    let last = words.next_back().unwrap_or(first).to_lowercase();
    lists.classes(&last) & class::TITLE_CORE != 0 && lists.given(first) != Some(false)
}

/// Given name and surname of a full name; `None` for a single word. `alone` tells whether a word stands alone
/// elsewhere in the document, which decides the order of names where the list of surnames does not.
pub(super) fn parts(full: &str, alone: impl Fn(&str) -> bool) -> Option<(String, String)> {
    let mut words: Vec<&str> = full.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|w| suffix(w).is_some()) {
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
    /// Notes a full name and returns its canonical name and the rule that says so: an earlier name with the same
    /// surname and a given name that may be the same wins.
    pub(super) fn note(
        &mut self,
        at: usize,
        full: &str,
        canonical: &str,
        (listed, titled): (bool, Option<Sex>),
        alone: impl Fn(&str) -> bool,
    ) -> (String, AliasRule) {
        let Some((given, surname)) = parts(full, alone) else {
            // `Vale Jr.` is the one of that surname who is named so in full.
            let short = full.split_once(' ').and_then(|(surname, behind)| Some((surname, suffix(behind)?)));
            let all = short.and_then(|(surname, _)| self.surnames.get(&spelling::key(surname)));
            let own = short.map(|(_, own)| own);
            let found = all.and_then(|all| all.iter().find(|other| own.is_some() && suffix_of(&other.name) == own));
            return found.map_or_else(
                || (canonical.to_owned(), AliasRule::Exact),
                |other| (other.name.clone(), AliasRule::Surname),
            );
        };
        let own_sex = gazetteer::english().sex(&given);
        let (given, surname) = (spelling::key(&given), spelling::key(&surname));
        let pair = Pair {
            given: given.clone(),
            middle: middle(full, &surname),
            suffix: suffix_of(full).unwrap_or(""),
            words: full.split(' ').filter(|w| suffix(w).is_none()).count(),
            sex: own_sex,
            name: canonical.to_owned(),
        };
        let (name, rule) = self.settle(full, pair, &surname, listed);
        let note = FullName { at, name: name.clone(), listed, sex: own_sex.or(titled) };
        // `von der Leyen` is found by `Leyen` too.
        if let Some((_, tail)) = surname.rsplit_once(' ') {
            self.surnames.entry(tail.to_owned()).or_default().push(note.clone());
        }
        self.surnames.entry(surname).or_default().push(note.clone());
        self.given.entry(given).or_default().push(note);
        (name, rule)
    }

    fn settle(&mut self, full: &str, pair: Pair, surname: &str, listed: bool) -> (String, AliasRule) {
        if let Some(name) = self.whole.get(&spelling::key(full)).filter(|_| !listed) {
            let rule = if name == full { AliasRule::Exact } else { AliasRule::Spelling };
            return (name.clone(), rule);
        }
        let pairs = self.pairs.entry(surname.to_owned()).or_default();
        let fits = |other: &&mut Pair| {
            // `Martin Luther King` is `Martin Luther King Jr.`, `Peter Vale` is not `Peter Vale Jr.`.
            let suffixes = other.suffix == pair.suffix || other.words == pair.words && pair.words > 2;
            suffixes && other.given == pair.given && may_meet(&other.middle, &pair.middle)
        };
        let (name, rule) = if listed {
            // The word list's name wins over what stood before in the document.
            pairs.iter_mut().filter(|other| other.given == pair.given && other.suffix == pair.suffix).for_each(
                |other| {
                    other.name.clone_from(&pair.name);
                },
            );
            // Each once: a text may name somebody as often as it has words.
            if !pairs.contains(&pair) {
                pairs.push(pair.clone());
            }
            (pair.name, AliasRule::Exact)
        } else if let Some(same) = pairs.iter_mut().find(fits) {
            (same.name.clone(), AliasRule::PartialName)
        } else {
            let mut near = pairs.iter().filter(|other| {
                let sexes = other.sex.is_none() || pair.sex.is_none() || other.sex == pair.sex;
                other.suffix == pair.suffix && sexes && may_be(&other.given, &pair.given)
            });
            match (near.next().map(|other| other.name.clone()), near.next()) {
                (Some(name), None) => (name, AliasRule::Nickname),
                _ => {
                    pairs.push(pair.clone());
                    (pair.name, AliasRule::Exact)
                }
            }
        };
        self.whole.entry(spelling::key(full)).or_insert_with(|| name.clone());
        (name, rule)
    }

    /// The person whom a surname names at `at`; nobody of the other sex than its title says.
    pub(super) fn by_surname(&self, word: &str, at: usize, sex: Option<Sex>) -> Option<Match> {
        nearest(self.surnames.get(&spelling::key(word))?, at, sex)
    }

    /// The person whom a given name names at `at`: only if nobody else has it.
    pub(super) fn by_given(&self, word: &str, at: usize) -> Option<Match> {
        nearest(self.given.get(&spelling::key(word))?, at, None).filter(|m| !m.shared)
    }

    /// Whether somebody with this surname who is in no list is named in full.
    pub(super) fn has_unlisted(&self, surname: &str) -> bool {
        self.first_unlisted(surname).is_some()
    }

    /// Where the first such name stands.
    pub(super) fn first_unlisted(&self, surname: &str) -> Option<usize> {
        self.surnames.get(&spelling::key(surname))?.iter().find(|n| !n.listed).map(|n| n.at)
    }
}

/// The words between the first word of a name and its surname.
fn middle(full: &str, surname: &str) -> String {
    let key = spelling::key(full);
    let inner = key.split_once(' ').map_or("", |(_, rest)| rest);
    inner.split_once(surname).map_or("", |(middle, _)| middle).trim().to_owned()
}

/// Whether two middle names may be one: one is missing, or both begin alike.
fn may_meet(one: &str, other: &str) -> bool {
    let first = |middle: &str| middle.chars().next().map(|c| c.to_ascii_lowercase());
    one.is_empty() || other.is_empty() || first(one) == first(other)
}

/// Letters of the shortest given names that may be one but for a slip.
const LONG: usize = 5;

/// Whether two given names may belong to one person of a surname: one is the other's initial, familiar form or
/// beginning, or they differ in one letter inside (`Kristin`, `Kristen`).
fn may_be(one: &str, other: &str) -> bool {
    let initial = |short: &str, long: &str| short.len() == 1 && long.starts_with(short);
    let begins = |short: &str, long: &str| short.len() >= 3 && long.len() > short.len() && long.starts_with(short);
    let either = |is: &dyn Fn(&str, &str) -> bool| is(one, other) || is(other, one);
    let slip = || {
        let long = one.len().min(other.len()) >= LONG && one.is_ascii() && other.is_ascii();
        let ends =
            one.as_bytes().first() == other.as_bytes().first() && one.as_bytes().last() == other.as_bytes().last();
        long && ends && spelling::is_one_step(one.as_bytes(), other.as_bytes())
    };
    either(&initial) || either(&begins) || nickname::is_same(one, other) || slip()
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
    Some(Match { name: chosen.name.clone(), shared, before: before > 0, at: chosen.at })
}

#[cfg(test)]
mod tests {
    use super::People;

    #[test]
    fn somebody_whom_a_text_names_often_is_kept_once() {
        let mut people = People::default();
        for at in 0..50 {
            let (name, _) = people.note(at, "Vera Lindqvist", "Vera Lindqvist", (true, None), |_| false);
            assert_eq!(name, "Vera Lindqvist");
        }
        assert_eq!(people.pairs["lindqvist"].len(), 1);
        assert_eq!(people.surnames["lindqvist"].len(), 50, "each place, for the nearest");
    }
}

//! Acronyms and shorter forms of the bodies, events and works that a document names in full: `QSB` and `the Board` of
//! the Quarry Safety Board, `Acme` of Acme Holdings Ltd.
//!
//! A form that several names share leads nowhere, unless all but one of them are themselves short for that one. `X` is
//! never short for the University of X.

use std::collections::BTreeMap;

use crate::document::EntityKind;
use crate::model::gazetteer::{self, class};
use crate::model::spelling;

/// Names of one form beyond which it is taken for ambiguous.
const MOST: usize = 4;
/// Words of the longest name whose shorter forms are listed.
const LONGEST: usize = 8;

/// A name in full and its kind.
pub(super) type Target = (String, EntityKind);

/// The short forms of a document.
#[derive(Debug, Default)]
pub(super) struct ShortForms {
    acronyms: BTreeMap<String, Vec<Target>>,
    bracketed: BTreeMap<String, Target>,
    /// By [`spelling::key`].
    forms: BTreeMap<String, Vec<Target>>,
    /// Last words of organisations (`Commission`).
    heads: BTreeMap<String, Vec<Target>>,
}

impl ShortForms {
    /// Notes a form in brackets right behind a name, or a name in brackets behind its acronym.
    pub(super) fn note_bracketed(&mut self, short: &str, full: &str, target: &Target) {
        if abbreviates(short, full) {
            self.bracketed.entry(bare(short)).or_insert_with(|| target.clone());
        }
    }

    /// Notes the short forms of a name of several words that is no person's.
    pub(super) fn note(&mut self, full: &str, target: &Target) {
        let words: Vec<&str> = full.split(' ').collect();
        for acronym in acronyms(&words) {
            add(&mut self.acronyms, acronym, target);
        }
        if target.1 == EntityKind::Gpe || words.len() > LONGEST {
            return;
        }
        let body = small_word(&words).map_or(&words[..], |at| &words[..at]);
        if target.1 == EntityKind::Org
            && let Some(head) = body.last().filter(|w| classes(w) & class::ORG != 0 && !w.eq_ignore_ascii_case("news"))
        {
            add(&mut self.heads, spelling::key(head), target);
        }
        for form in shorter(&words, body, target.1) {
            add(&mut self.forms, spelling::key(&form), target);
        }
    }

    /// Notes the capitals of a name of one word that has some inside: `FP` of `FilmPort`.
    pub(super) fn note_capitals(&mut self, name: &str, target: &Target) {
        let capitals: String = name.chars().filter(|c| c.is_uppercase()).collect();
        let inside = name.starts_with(char::is_uppercase) && !name.starts_with("Mc") && !name.starts_with("Mac");
        if inside && capitals.len() >= 2 && name.bytes().any(|b| b.is_ascii_lowercase()) {
            add(&mut self.acronyms, capitals, target);
        }
    }

    /// The name that a form in brackets explains.
    pub(super) fn by_bracket(&self, short: &str) -> Option<&Target> {
        self.bracketed.get(&bare(short))
    }

    /// The name whose initials these are.
    pub(super) fn by_acronym(&self, short: &str) -> Option<Target> {
        let short = bare(short);
        let shouted = short.len() >= 2 && !short.bytes().any(|b| b.is_ascii_lowercase());
        self.only(self.acronyms.get(&short).filter(|_| shouted)?)
    }

    /// The name that this is the shorter form of.
    pub(super) fn by_form(&self, name: &str) -> Option<Target> {
        self.only(self.forms.get(&spelling::key(name))?)
    }

    /// The only organisation with this last word.
    pub(super) fn by_head(&self, word: &str) -> Option<Target> {
        self.only(self.heads.get(&spelling::key(word))?)
    }

    /// The one of some names that the others are short for, in full.
    fn only(&self, targets: &[Target]) -> Option<Target> {
        let mut roots: Vec<&Target> = targets.iter().map(|target| self.root(target)).collect();
        roots.dedup_by(|a, b| a.0 == b.0);
        match roots[..] {
            [root] if targets.len() <= MOST => Some(root.clone()),
            _ => None,
        }
    }

    fn root<'t>(&'t self, target: &'t Target) -> &'t Target {
        let mut root = target;
        for _ in 0..MOST {
            match self.forms.get(&spelling::key(&root.0)).map(Vec::as_slice) {
                Some([longer]) => root = longer,
                _ => break,
            }
        }
        root
    }
}

fn add(map: &mut BTreeMap<String, Vec<Target>>, form: String, target: &Target) {
    let targets = map.entry(form).or_default();
    if targets.len() <= MOST && targets.iter().all(|known| known.0 != target.0) {
        targets.push(target.clone());
    }
}

fn bare(short: &str) -> String {
    short.replace('.', "")
}

fn classes(word: &str) -> u32 {
    gazetteer::english().classes(&word.trim_end_matches('.').to_lowercase())
}

fn is_small(word: &str) -> bool {
    matches!(word, "of" | "for" | "on" | "in" | "at" | "against" | "to")
}

/// The first preposition inside a name.
fn small_word(words: &[&str]) -> Option<usize> {
    words.iter().position(|w| is_small(w)).filter(|&at| at > 0)
}

/// The first letters of a name's words: all of them, without the small words, and without the legal form or a demonym.
fn acronyms(words: &[&str]) -> Vec<String> {
    let initials = |words: &[&str], small: bool| -> String {
        let all = words
            .iter()
            .flat_map(|w| w.split('-'))
            .filter(|w| small || w.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()));
        all.filter_map(|w| w.chars().next()).filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
    };
    let mut found = vec![initials(words, false), initials(words, true)];
    let legal = words.iter().rposition(|w| !spelling::is_legal_form(w)).map_or(0, |at| at + 1);
    found.push(initials(&words[..legal], false));
    if words.len() > 2 {
        found.push(initials(&words[1..], false));
    }
    found.retain(|acronym| acronym.chars().count() >= 2);
    found.sort();
    found.dedup();
    found
}

/// Shorter forms of a name; `body` is what stands before its first preposition.
fn shorter(words: &[&str], body: &[&str], kind: EntityKind) -> Vec<String> {
    let mut forms = Vec::new();
    if matches!(words[0], "A" | "An") {
        return forms;
    }
    let tail_from = usize::from(words.len() > 1);
    // `2030 Winter Games`: without the year, and without what is not capitalised.
    let plain: Vec<&str> = words
        .iter()
        .copied()
        .filter(|w| !is_year(w) && (is_small(w) || *w == "and" || !w.starts_with(|c: char| c.is_lowercase())))
        .collect();
    if plain.len() < words.len() && plain.len() > 1 {
        forms.push(plain.join(" "));
    }
    if body.len() < words.len() {
        // `Comic Guild` of the Comic Guild of Norland; `Ministry of Trade` of the Norland Ministry of Trade.
        if body.len() > 1 {
            forms.push(body.join(" "));
        }
        if body.len() > 1 && classes(body[body.len() - 1]) & class::OF_HEAD != 0 {
            forms.push(words[body.len() - 1..].join(" "));
        }
        return forms;
    }
    if words.contains(&"&") || words.contains(&"and") {
        let firm = words.iter().rposition(|w| !spelling::is_legal_form(w)).map_or(0, |at| at + 1);
        if firm < words.len() && firm > 1 {
            forms.push(words[..firm].join(" "));
        }
        return forms;
    }
    if matches!(kind, EntityKind::Facility | EntityKind::Misc)
        && let Some(at) = words.iter().position(|w| is_model(w))
    {
        // `Quarrel 787 Skyrunner`: `Quarrel 787`, `787 Skyrunner`, `787`.
        forms.extend([words[..=at].join(" "), words[at..].join(" "), words[at].to_owned()]);
    }
    // `Google Skyfox`: a product without its maker.
    if kind == EntityKind::Misc && words.len() == 2 && is_listed_body(words[0]) && is_telling(words[1], false) {
        forms.push(words[1].to_owned());
    }
    let heads = class::ORG | class::EVENT | class::FAC | class::MISC;
    let headed = words.last().is_some_and(|w| classes(w) & heads != 0);
    if headed || kind == EntityKind::Event {
        for from in tail_from..plain.len().saturating_sub(1) {
            forms.push(plain[from..].join(" "));
        }
    }
    let mut end = words.len();
    let named = |end: usize| {
        let head = classes(words[end - 1]) & heads != 0;
        match kind {
            EntityKind::Org => head && !belongs(words[end - 1]),
            // `Quarrel Avenue` is not short for the Quarrel Avenue Bridge.
            EntityKind::Facility => head && classes(words[end - 2]) & (class::FAC | class::LOC) == 0,
            _ => false,
        }
    };
    while end > 1 && (spelling::is_legal_form(words[end - 1]) || named(end)) {
        end -= 1;
        // The Norland Times is not called by its town.
        if is_listed_place(&words[..end].join(" ")) {
            break;
        }
        let acronym = !words[0].bytes().any(|b| b.is_ascii_lowercase());
        if end > 1
            || (!acronym || spelling::is_legal_form(words[1]))
                && is_telling(words[0], spelling::is_legal_form(words[1]))
        {
            forms.push(words[..end].join(" "));
        }
    }
    if kind == EntityKind::Event
        && let Some(last) = words.last().filter(|w| is_telling(w, false) && w.len() > 5)
    {
        forms.push((*last).to_owned());
    }
    forms
}

/// Whether a body of this head belongs to who is named before it, and is not called by that name: `Norland Police`.
fn belongs(head: &str) -> bool {
    matches!(
        head,
        "Police" | "Hospital" | "Army" | "Navy" | "Church" | "Democrats" | "Republicans" | "Court" | "Senate" | "Board"
    )
}

fn is_listed_place(name: &str) -> bool {
    let lists = gazetteer::english();
    let entry = lists.senses(&gazetteer::folded(name)).and_then(|senses| senses.name);
    entry.is_some_and(|entry| lists.entry(entry).kind == Some(gazetteer::Kind::Gpe))
}

fn is_listed_body(word: &str) -> bool {
    let lists = gazetteer::english();
    let entry = lists.senses(&gazetteer::folded(word)).and_then(|senses| senses.name);
    entry.is_some_and(|entry| lists.entry(entry).kind == Some(gazetteer::Kind::Org))
}

/// Whether a word tells the model of a product: `A380`, `787`.
fn is_model(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && word.len() >= 3 && !is_year(word) && (digits < word.len() || digits == 3)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word alone tells which name is meant: no ordinary word, place, given name or acronym of a list.
fn is_telling(word: &str, firm: bool) -> bool {
    let lists = gazetteer::english();
    let ordinary = lists.is_ordinary(&word.to_lowercase()) || classes(word) != 0;
    let senses = lists.senses(&gazetteer::folded(word));
    word.len() > 1 && senses.is_none() && (firm || !ordinary && lists.given(word).is_none())
}

/// Whether an acronym's letters stand in a name in order, from its first letter on, or are its initials in any order
/// (`UNO` of another language).
pub(super) fn abbreviates(short: &str, name: &str) -> bool {
    let lower = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let upper = short.chars().filter(|c| c.is_uppercase()).count();
    let wanted = lower(short);
    if wanted.len() < 2 || upper < 2 || short.contains(' ') {
        return false;
    }
    let mut letters = lower(name).into_iter();
    let in_order = letters.next() == wanted.first().copied() && wanted[1..].iter().all(|w| letters.any(|l| l == *w));
    let mut initials: Vec<char> = name
        .split([' ', '-'])
        .filter_map(|w| w.chars().next())
        .filter(|c| c.is_uppercase())
        .flat_map(char::to_lowercase)
        .collect();
    let mut sorted = wanted;
    initials.sort_unstable();
    sorted.sort_unstable();
    in_order || sorted.len() > 2 && initials == sorted
}

#[cfg(test)]
mod tests {
    use super::{ShortForms, abbreviates};
    use crate::document::EntityKind;

    fn noted(names: &[&str], kind: EntityKind) -> ShortForms {
        let mut forms = ShortForms::default();
        for name in names {
            forms.note(name, &((*name).to_owned(), kind));
        }
        forms
    }

    fn form(names: &[&str], kind: EntityKind, short: &str) -> Option<String> {
        noted(names, kind).by_form(short).map(|target| target.0)
    }

    #[test]
    fn firms_lose_their_legal_form() {
        for short in ["Vostrikon", "Vostrikon Holdings"] {
            let found = form(&["Vostrikon Holdings Ltd."], EntityKind::Org, short);
            assert_eq!(found.as_deref(), Some("Vostrikon Holdings Ltd."), "{short}");
        }
        let full = ["Vostrikon Group Inc.", "Vostrikon Group"];
        assert_eq!(form(&full, EntityKind::Org, "Vostrikon").as_deref(), Some(full[0]));
        assert_eq!(form(&["Vostrikon Inc.", "Vostrikon Museum"], EntityKind::Org, "Vostrikon"), None);
    }

    #[test]
    fn a_town_is_not_its_police_and_a_committee_not_its_members() {
        let form = |full, short| form(&[full], EntityKind::Org, short);
        assert_eq!(form("San Vostrik Police Department", "San Vostrik"), None);
        assert_eq!(
            form("San Vostrik Police Department", "San Vostrik Police").as_deref(),
            Some("San Vostrik Police Department")
        );
        assert_eq!(form("Vostrik Ethics Committee Democrats", "Vostrik Ethics Committee"), None);
        assert_eq!(form("New York Times", "New York"), None);
    }

    #[test]
    fn a_place_is_not_its_university() {
        for short in ["Ostania", "University"] {
            assert_eq!(form(&["University of Ostania"], EntityKind::Org, short), None, "{short}");
        }
        let forms = noted(&["University of Ostania"], EntityKind::Org);
        assert_eq!(forms.by_head("University").map(|t| t.0).as_deref(), Some("University of Ostania"));
        assert_eq!(form(&["Bank of Ostania"], EntityKind::Org, "Bank"), None);
    }

    #[test]
    fn events_lose_year_and_sponsor() {
        let full = "2030 Quarrel football World Trophy";
        for short in ["Quarrel World Trophy", "World Trophy"] {
            assert_eq!(form(&[full], EntityKind::Event, short).as_deref(), Some(full), "{short}");
        }
    }

    #[test]
    fn products_lose_their_maker() {
        for short in ["A390", "Quarrel A390"] {
            let found = form(&["Quarrel A390 Skyrunner"], EntityKind::Facility, short);
            assert_eq!(found.as_deref(), Some("Quarrel A390 Skyrunner"), "{short}");
        }
        assert_eq!(form(&["Quarrel Avenue Bridge"], EntityKind::Facility, "Quarrel Avenue"), None);
    }

    #[test]
    fn acronyms_follow_initials() {
        let forms =
            noted(&["European Aeronautic Defence and Space Company", "General Motors Corporation"], EntityKind::Org);
        for short in ["EADS", "EADSC", "GM", "G.M.", "GMC"] {
            assert!(forms.by_acronym(short).is_some(), "{short}");
        }
        assert!(forms.by_acronym("Gm").is_none() && forms.by_acronym("AG").is_none());
        assert!(abbreviates("WHO", "World Health Organization") && abbreviates("CEI", "Italian Episcopal Conference"));
        assert!(!abbreviates("Who", "World Health Organization") && !abbreviates("XY", "World Health"));
    }
}

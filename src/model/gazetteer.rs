//! The names and name words that are known beforehand: places with their demonyms and seats of government, people,
//! organisations, events, given names, surnames, ordinary words and the classes of words that tell what a name is.
//!
//! Reads the embedded CSV files under `model/assets/en` once, on first use; what each list holds and where it comes
//! from stands in `model/assets/README.md`. It never decides what a word in a text is: the entity stage does.

pub mod class;

use std::sync::LazyLock;

use super::lookup::Lookup;
/// Name of the lists as `run.json` reports it.
pub const NAME: &str = "byline gazetteer en 1";

/// Most words in a listed name.
pub const LONGEST: usize = 8;

/// What a listed entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person.
    Person,
    /// An organisation.
    Org,
    /// A country, state or city.
    Gpe,
    /// Another place.
    Loc,
    /// A building or work.
    Facility,
    /// An event.
    Event,
    /// Anything else.
    Misc,
}

/// A listed entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Canonical name.
    pub name: String,
    /// What it is; `None` for names that must not be taken apart nor counted (`African American`).
    pub kind: Option<Kind>,
    /// Whether it is a country, continent or a body with demonyms or seats of its own.
    pub country: bool,
    /// Whether one of its listed names has several words.
    pub spelled_out: bool,
}

/// How surely a place stands for the government it houses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// A building or street: always, unless a preposition of place stands before it.
    Building,
    /// A capital that news use for the government (`Moscow`).
    Strong,
    /// A capital that is more often just a city (`Paris`).
    Weak,
}

/// What a listed surface can mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Senses {
    /// It names this entry.
    pub name: Option<u32>,
    /// It is the people or adjective of this entry.
    pub demonym: Option<u32>,
    /// It houses the government of this entry.
    pub seat: Option<(u32, Seat)>,
    /// It counts only behind `the`.
    pub needs_the: bool,
}

/// What a given name or title tells of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// `Mrs`, `Anna`.
    Female,
    /// `Mr`, `Peter`.
    Male,
}

#[derive(Clone, Copy, Debug)]
struct GivenName {
    /// Also a word or a place.
    weak: bool,
    sex: Option<Sex>,
}

/// The lists, ready for look-up.
#[derive(Debug)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    senses: Lookup<String, Senses>,
    longest: Lookup<String, usize>,
    classes: Lookup<&'static str, u32>,
    given: Lookup<&'static str, GivenName>,
    surnames: Lookup<&'static str, bool>,
    ordinary: Lookup<&'static str, ()>,
}

static ENGLISH: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::load);

/// The English lists.
pub fn english() -> &'static Gazetteer {
    &ENGLISH
}

/// Appends the form under which a word of a name is looked up: straight apostrophes, no dots.
pub fn push_folded(word: &str, out: &mut String) {
    if word.bytes().all(|byte| byte.is_ascii() && byte != b'.') {
        return out.push_str(word);
    }
    out.extend(word.chars().filter(|&c| c != '.').map(|c| match c {
        '’' | '\u{02BC}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        _ => c,
    }));
}

/// The looked-up form of a whole name.
pub fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        push_folded(word, &mut out);
    }
    out
}

impl Gazetteer {
    /// The entry with this index.
    pub fn entry(&self, index: u32) -> &Entry {
        &self.entries[index as usize]
    }

    /// What a folded surface can mean.
    pub fn senses(&self, folded: &str) -> Option<Senses> {
        self.senses.get(folded).copied()
    }

    /// Most words of a listed name that starts with this folded word; 0 when none does.
    pub fn longest_from(&self, first: &str) -> usize {
        self.longest.get(first).copied().unwrap_or(0)
    }

    /// The classes of a lower-case word, as bits of [`class`].
    pub fn classes(&self, norm: &str) -> u32 {
        self.classes.get(norm).copied().unwrap_or(0)
    }

    /// Whether a word is a given name; `Some(true)` when it is also a word or a place.
    pub fn given(&self, word: &str) -> Option<bool> {
        self.given.get(word).map(|g| g.weak)
    }

    /// The sex of nearly all people with this given name; `None` when the name tells nothing.
    pub fn sex(&self, given: &str) -> Option<Sex> {
        self.given.get(given)?.sex
    }

    /// Whether a word is a surname; `Some(true)` when it is one that stands first.
    pub fn surname(&self, word: &str) -> Option<bool> {
        self.surnames.get(word).copied()
    }

    /// Whether a lower-case word is mostly written so.
    pub fn is_ordinary(&self, norm: &str) -> bool {
        self.ordinary.contains(norm)
    }

    fn load() -> Gazetteer {
        let mut names = NameList::default();
        names.countries(include_str!("assets/en/countries.csv"));
        names.listed(include_str!("assets/en/events.csv"));
        names.listed(include_str!("assets/en/places.csv"));
        names.listed(include_str!("assets/en/organisations.csv"));
        names.people(include_str!("assets/en/people.csv"));
        names.plain(include_str!("assets/en/companies.csv"), Kind::Org);
        names.plain(include_str!("assets/en/cities.csv"), Kind::Gpe);
        names.name_seats();
        let given = lines(include_str!("assets/en/given_names.csv")).map(given_name);
        let surnames = lines(include_str!("assets/en/surnames.csv")).map(marked);
        Gazetteer {
            longest: names.longest(),
            senses: names.senses.into_iter().collect(),
            entries: names.entries,
            classes: word_classes(include_str!("assets/en/words.csv")),
            given: given.collect(),
            surnames: surnames.collect(),
            ordinary: lines(include_str!("assets/en/ordinary.csv")).map(|w| (w, ())).collect(),
        }
    }
}

/// The lines of a one- or two-column list without its header.
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().skip(1).filter(|l| !l.is_empty())
}

/// A row of the given names: name, mark, sex.
fn given_name(line: &'static str) -> (&'static str, GivenName) {
    let (name, rest) = line.split_once(',').unwrap_or((line, ""));
    let (note, sex) = rest.split_once(',').unwrap_or((rest, ""));
    let sex = match sex {
        "f" => Some(Sex::Female),
        "m" => Some(Sex::Male),
        _ => None,
    };
    let weak = !note.is_empty();
    (name, GivenName { weak, sex })
}

/// A word and whether its second column says anything.
fn marked(line: &'static str) -> (&'static str, bool) {
    let (word, mark) = line.split_once(',').unwrap_or((line, ""));
    (word, !mark.is_empty())
}

fn word_classes(text: &'static str) -> Lookup<&'static str, u32> {
    let mut bits = std::collections::BTreeMap::new();
    for line in lines(text) {
        let Some((name, words)) = line.split_once(',') else {
            continue;
        };
        let Some(&(_, bit)) = class::NAMES.iter().find(|(n, _)| *n == name) else {
            continue;
        };
        for word in words.split('|') {
            *bits.entry(word).or_insert(0) |= bit;
        }
    }
    bits.into_iter().collect()
}

fn rows(text: &str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).into_records().filter_map(Result::ok).collect::<Vec<_>>().into_iter()
}

fn cells(cell: Option<&str>) -> impl Iterator<Item = &str> {
    cell.unwrap_or("").split('|').filter(|c| !c.is_empty())
}

/// Names while they are read.
#[derive(Default)]
struct NameList {
    entries: Vec<Entry>,
    senses: std::collections::BTreeMap<String, Senses>,
}

impl NameList {
    fn entry(&mut self, name: &str, kind: Option<Kind>, country: bool) -> u32 {
        self.entries.push(Entry { name: name.to_owned(), kind, country, spelled_out: false });
        self.entries.len() as u32 - 1
    }

    /// The senses of a surface; what an earlier list said stays.
    fn surface(&mut self, surface: &str) -> &mut Senses {
        let bare = surface.strip_prefix("the ").unwrap_or(surface);
        let fresh = Senses { needs_the: bare.len() != surface.len(), ..Senses::default() };
        self.senses.entry(folded(bare)).or_insert(fresh)
    }

    fn name(&mut self, surface: &str, entry: u32) {
        self.entries[entry as usize].spelled_out |= surface.contains(' ');
        self.surface(surface).name.get_or_insert(entry);
    }

    fn countries(&mut self, text: &str) {
        for row in rows(text) {
            let name = row.get(0).unwrap_or("");
            let entry = self.entry(name, kind(row.get(1)), true);
            self.name(name, entry);
            for alias in cells(row.get(2)) {
                self.name(alias, entry);
            }
            for demonym in cells(row.get(3)) {
                self.surface(demonym).demonym.get_or_insert(entry);
                if takes_plural(demonym) {
                    self.surface(&format!("{demonym}s")).demonym.get_or_insert(entry);
                }
            }
            for (column, seat) in [(4, Seat::Strong), (5, Seat::Building), (6, Seat::Weak)] {
                for surface in cells(row.get(column)) {
                    self.surface(surface).seat.get_or_insert((entry, seat));
                }
            }
        }
    }

    fn listed(&mut self, text: &str) {
        for row in rows(text) {
            let name = row.get(0).unwrap_or("");
            let entry = self.entry(name, kind(row.get(1)), false);
            self.name(name, entry);
            for alias in cells(row.get(2)) {
                self.name(alias, entry);
            }
        }
    }

    fn people(&mut self, text: &str) {
        for row in rows(text) {
            let name = row.get(0).unwrap_or("");
            let entry = self.entry(name, Some(Kind::Person), false);
            self.name(name, entry);
            for alias in cells(row.get(1)) {
                self.name(alias, entry);
            }
        }
    }

    fn plain(&mut self, text: &'static str, kind: Kind) {
        for name in lines(text) {
            let entry = self.entry(name, Some(kind), false);
            self.name(name, entry);
        }
    }

    /// Gives every seat of government that no list names a name of its own.
    fn name_seats(&mut self) {
        let bare: Vec<(String, Seat)> = self
            .senses
            .iter()
            .filter(|(_, s)| s.name.is_none())
            .filter_map(|(k, s)| Some((k.clone(), s.seat?.1)))
            .collect();
        for (surface, seat) in bare {
            let kind = match seat {
                Seat::Building => Kind::Facility,
                _ => Kind::Gpe,
            };
            let entry = self.entry(&surface, Some(kind), false);
            if let Some(senses) = self.senses.get_mut(&surface) {
                senses.name = Some(entry);
            }
        }
    }

    fn longest(&self) -> Lookup<String, usize> {
        let mut longest = std::collections::BTreeMap::new();
        for surface in self.senses.keys() {
            let words = surface.split(' ').count();
            let first = surface.split(' ').next().unwrap_or("").to_owned();
            let most = longest.entry(first).or_insert(0);
            *most = words.min(LONGEST).max(*most);
        }
        longest.into_iter().collect()
    }
}

fn takes_plural(demonym: &str) -> bool {
    !["ese", "ish", "ch", "ss", "men", "s", "man", "woman", "z"].iter().any(|e| demonym.ends_with(e))
        || demonym == "German"
}

fn kind(cell: Option<&str>) -> Option<Kind> {
    Some(match cell? {
        "PERSON" => Kind::Person,
        "ORG" => Kind::Org,
        "GPE" => Kind::Gpe,
        "LOC" => Kind::Loc,
        "FACILITY" => Kind::Facility,
        "EVENT" => Kind::Event,
        "MISC" => Kind::Misc,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, Seat, class, english, folded};

    fn named(surface: &str) -> Option<&'static str> {
        let senses = english().senses(&folded(surface))?;
        senses.name.map(|e| english().entry(e).name.as_str())
    }

    #[test]
    fn spellings_lead_to_one_name() {
        assert_eq!(named("U.S."), Some("United States"));
        assert_eq!(named("USSR"), Some("Soviet Union"));
        assert_eq!(named("Kiev"), named("Kyiv"));
        assert_eq!(named("Zelenskyy"), Some("Volodymyr Zelensky"));
        assert_eq!(named("Quxland"), None);
    }

    #[test]
    fn demonyms_and_their_plurals_belong_to_places() {
        for (surface, place) in [("Chinese", "China"), ("Russians", "Russia"), ("Germans", "Germany")] {
            let entry = english().senses(surface).and_then(|s| s.demonym);
            assert_eq!(entry.map(|e| english().entry(e).name.as_str()), Some(place));
        }
        assert!(english().senses("Chineses").is_none());
    }

    #[test]
    fn capitals_are_seats_and_places() {
        let senses = english().senses("Washington").unwrap_or_default();
        assert_eq!(senses.seat.map(|s| s.1), Some(Seat::Strong));
        let place = senses.name.map(|e| english().entry(e).clone());
        assert_eq!(place.and_then(|e| e.kind), Some(Kind::Gpe));
        assert!(english().senses("West").is_some_and(|s| s.needs_the));
    }

    #[test]
    fn words_have_classes() {
        assert!(english().classes("minister") & class::TITLE_CORE != 0);
        assert!(english().classes("river") & class::LOC != 0);
        assert!(english().is_ordinary("table") && !english().is_ordinary("gazprom"));
        assert_eq!(english().surname("Xi"), Some(true));
    }

    #[test]
    fn every_row_of_every_list_is_read() {
        let files = [include_str!("assets/en/countries.csv"), include_str!("assets/en/organisations.csv")];
        for file in files {
            assert_eq!(super::rows(file).count(), file.lines().count() - 1);
        }
    }
}

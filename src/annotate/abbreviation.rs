//! English abbreviations that are written with a dot, by what may follow them. Read by the token stage (does the dot
//! belong to the word?) and the sentence stage (may a sentence end here?).

use crate::model::stopword;

/// What an abbreviation's dot says about the words after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Stands before a name (`Mr.`, `Gen.`): never ends a sentence.
    Title,
    /// Stands before a number (`No.`, `p.`): an abbreviation only there.
    Number,
    /// Stands anywhere (`Corp.`, `Jan.`, `etc.`): ends a sentence when a sentence starter follows.
    Any,
}

const TITLES: [&str; 38] = [
    "Adm", "Amb", "Atty", "Brig", "Capt", "Cdr", "Cllr", "Cmdr", "Col", "Cpl", "Det", "Dr", "Drs", "Fr", "Ft", "Gen",
    "Gov", "Hon", "Insp", "Lt", "Maj", "Messrs", "Mr", "Mrs", "Ms", "Mt", "Mx", "Pres", "Prof", "Rep", "Reps", "Rev",
    "Sen", "Sens", "Sgt", "St", "Supt", "vs",
];
const NUMBERS: [&str; 11] = ["No", "Nos", "no", "nos", "p", "pp", "Art", "Fig", "Sec", "Vol", "ext"];
const ANY: [&str; 79] = [
    "Ala", "Apr", "Ariz", "Ark", "Assn", "Aug", "Ave", "Blvd", "Bros", "Calif", "Co", "Colo", "Conn", "Corp", "Cos",
    "Dec", "Del", "Dept", "Dist", "Feb", "Fla", "Fri", "Ga", "Ill", "Inc", "Ind", "Intl", "Jan", "Jr", "Jul", "Jun",
    "Kan", "Ky", "La", "Ltd", "Mar", "Mass", "Md", "Mich", "Minn", "Miss", "Mo", "Mon", "Mont", "Neb", "Nev", "Nov",
    "Oct", "Okla", "Ore", "Pa", "Para", "Penn", "Plc", "Rd", "Sat", "Sep", "Sept", "Sr", "Tenn", "Tex", "Thu", "Thur",
    "Thurs", "Tue", "Tues", "Univ", "Va", "Vt", "Wash", "Wed", "Wis", "Wyo", "al", "approx", "cf", "dept", "est",
    "etc",
];

/// The class of an abbreviation, given without its dot; `None` when the word is none.
pub fn class(word: &str) -> Option<Class> {
    if word.len() > 6 {
        return None;
    }
    if TITLES.contains(&word) {
        return Some(Class::Title);
    }
    if NUMBERS.contains(&word) {
        return Some(Class::Number);
    }
    ANY.contains(&word).then_some(Class::Any)
}

/// Whether a small word of surnames and a capital follow an initial: `A. de Silva`.
pub fn particle_follows(rest: &str) -> bool {
    let mut words = rest.split_whitespace();
    matches!(words.next(), Some("de" | "van" | "von" | "der" | "di" | "da" | "del" | "la" | "le" | "bin" | "al"))
        && words.next().is_some_and(|word| word.starts_with(char::is_uppercase))
}

/// Whether two words with capitals follow an initial, the first of them no word that starts sentences: `author L. Ron
/// Hubbard`.
pub fn names_follow(rest: &str) -> bool {
    let mut words = rest.split_whitespace();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let plain = first.len() > 1 && first.chars().all(char::is_alphabetic);
    plain && capital(first) && capital(second) && !stopword::is_stopword(&first.to_lowercase())
}

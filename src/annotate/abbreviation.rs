//! English abbreviations that are written with a dot, by what may follow them. Read by the token stage (does the dot
//! belong to the word?) and the sentence stage (may a sentence end here?).

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

//! Says what kind of thing an unlisted name is: by its last word, its given name, its neighbours.
//!
//! The boundary at which a trained model would take over: words of a name and its context in, a kind and a confidence
//! out.

use super::word::Word;
use crate::document::EntityKind;
use crate::model::gazetteer::{self, class};

/// A kind and how sure it is, in percent.
pub(super) type Guess = (EntityKind, u8);

/// What stands around a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// Behind a title (`President`, `spokesman`).
    pub(super) titled: bool,
    /// Behind a preposition of place.
    pub(super) placed: bool,
    /// Before a verb of reporting, or `who`.
    pub(super) speaks: bool,
    /// Before `, the prime minister` or an age.
    pub(super) described: bool,
    /// Behind `the`.
    pub(super) article: bool,
    /// Owns kin or a career, does what people do, or stands in a list of surnames.
    pub(super) human: bool,
    /// Owns or heads what firms have (`shares`, `spokesman`).
    pub(super) firm: bool,
}

/// The kind of a name that is in no list.
pub(super) fn classify(words: &[Word<'_>], context: Context) -> Guess {
    let Some(last) = words.iter().rev().find(|w| w.capital && !w.mark) else {
        return (EntityKind::Misc, 30);
    };
    if let Some(guess) = by_head(words, last)
        && !(context.titled && guess.0 != EntityKind::Org && words.len() <= 3)
    {
        return guess;
    }
    if context.titled && words.len() <= 5 && !words.iter().any(|w| w.text == "&") {
        return (EntityKind::Person, 90);
    }
    match words.len() {
        1 => single(&words[0], context),
        _ => several(words, context),
    }
}

/// The kind that a head word tells: the last word, or the first before `of`.
fn by_head(words: &[Word<'_>], last: &Word<'_>) -> Option<Guess> {
    if words.len() < 2 {
        return None;
    }
    if let Some(of) = words.iter().position(|w| matches!(w.norm, "of" | "for" | "on" | "against")) {
        let head = &words[of.checked_sub(1)?];
        return Some(head_kind(head, true).unwrap_or((EntityKind::Misc, 45)));
    }
    // `River Thames`, `Lake Erie`, `Mount Hope`.
    if matches!(
        words[0].norm,
        "river" | "lake" | "mount" | "cape" | "hurricane" | "storm" | "cyclone" | "typhoon" | "gulf"
    ) {
        let event = matches!(words[0].norm, "hurricane" | "storm" | "cyclone" | "typhoon");
        return Some((if event { EntityKind::Event } else { EntityKind::Loc }, 80));
    }
    if words.len() == 2 && matches!(last.norm, "street" | "avenue" | "boulevard" | "airport" | "stadium" | "prison") {
        return Some((EntityKind::Facility, 75));
    }
    if is_person_form(words) && !last.is(class::ORG) {
        return None;
    }
    if words[1..].iter().any(|w| matches!(w.norm.trim_end_matches('.'), "inc" | "corp" | "ltd" | "plc" | "llc"))
        || words.iter().any(|w| w.text == "&")
    {
        return Some((EntityKind::Org, 90));
    }
    head_kind(last, false)
}

/// Given name and surname, and the surname merely looks like a head (`Tim Hill`).
fn is_person_form(words: &[Word<'_>]) -> bool {
    let lists = gazetteer::english();
    words.len() <= 3 && lists.given(words[0].text) == Some(false)
}

fn head_kind(word: &Word<'_>, before_of: bool) -> Option<Guess> {
    if before_of && matches!(word.norm, "convention" | "covenant" | "treaty" | "charter" | "declaration" | "act") {
        return Some((EntityKind::Misc, 70));
    }
    let gulf = matches!(
        word.norm,
        "gulf" | "bay" | "sea" | "strait" | "straits" | "isle" | "island" | "cape" | "coast" | "mount"
    );
    if before_of && gulf {
        return Some((EntityKind::Loc, 85));
    }
    let table = [
        (class::ORG, EntityKind::Org, 85),
        (class::EVENT, EntityKind::Event, 75),
        (class::FAC, EntityKind::Facility, 80),
        (class::LOC, EntityKind::Loc, 80),
        (class::MISC, EntityKind::Misc, 70),
    ];
    let listed = table.iter().find(|(bit, _, _)| word.is(*bit)).map(|&(_, kind, sure)| (kind, sure));
    match (listed, before_of) {
        (None, true) if word.is(class::OF_HEAD) => Some((EntityKind::Org, 75)),
        (None, true) if matches!(word.norm, "panel" | "campaign" | "forum" | "network" | "alliance") => {
            Some((EntityKind::Org, 75))
        }
        (None, true) if word.norm == "power" => Some((EntityKind::Facility, 60)),
        _ => listed,
    }
}

fn single(word: &Word<'_>, context: Context) -> Guess {
    let lists = gazetteer::english();
    if word.acronym {
        return (EntityKind::Org, 70);
    }
    if word.text.bytes().any(|b| b.is_ascii_digit()) {
        return (EntityKind::Misc, 50);
    }
    if context.described || context.speaks && !context.article {
        return (EntityKind::Person, 65);
    }
    if context.human && !context.article && !word.text.bytes().skip(2).any(|b| b.is_ascii_uppercase()) {
        return (EntityKind::Person, 60);
    }
    if context.firm {
        return (EntityKind::Org, 60);
    }
    if context.placed {
        return (EntityKind::Gpe, 60);
    }
    if is_kind_of_people(word.text) {
        return (EntityKind::Misc, 50);
    }
    if !word.ordinary
        && !context.article
        && (lists.surname(word.text).is_some() || lists.given(word.text) == Some(false))
    {
        return (EntityKind::Person, 55);
    }
    let inner = word.text.bytes().skip(1).any(|b| b.is_ascii_uppercase());
    let name = word.text.starts_with("Mc") || word.text.starts_with("O'") || word.text.starts_with("al-");
    if name {
        return (EntityKind::Person, 60);
    }
    (EntityKind::Org, if inner { 60 } else { 40 })
}

/// `Iowans`, `Dreamers`, `Trumpism`: people of a kind and teachings, by their ending.
fn is_kind_of_people(word: &str) -> bool {
    word.len() > 5
        && ["ism", "isms", "phobia", "nomics", "ists", "ians", "ans", "ers", "ites", "eers"]
            .iter()
            .any(|end| word.ends_with(end))
}

fn several(words: &[Word<'_>], context: Context) -> Guess {
    let lists = gazetteer::english();
    let first = &words[0];
    let last = &words[words.len() - 1];
    let initials = words.iter().filter(|w| w.initial).count();
    let particle = words[1..].iter().any(|w| w.lower() && w.is(class::PARTICLE));
    if words.len() <= 5 && (lists.given(first.text).is_some() && !last.ordinary || initials > 0 || particle) {
        return (EntityKind::Person, 85);
    }
    if lists.given(first.text) == Some(false) && words.len() <= 3 {
        return (EntityKind::Person, 80);
    }
    if words.iter().all(|w| is_direction(w.norm)) {
        return (EntityKind::Loc, 70);
    }
    let ordinary = words.iter().filter(|w| w.ordinary).count();
    let listed = lists.senses(&gazetteer::folded(first.text)).is_some_and(|s| s.name.is_some() || s.demonym.is_some());
    if (listed && lists.surname(first.text).is_none()) || context.article {
        let plain = ordinary + usize::from(listed) >= words.len();
        return (if plain { EntityKind::Misc } else { EntityKind::Org }, 50);
    }
    if words.len() == 2 && lists.surname(first.text) == Some(true) && !last.acronym {
        return (EntityKind::Person, 75);
    }
    if words.iter().any(|w| w.acronym && !w.initial) {
        return (EntityKind::Org, 60);
    }
    if words.len() <= 3 && lists.surname(last.text).is_some() && ordinary == 0 {
        return (EntityKind::Person, 70);
    }
    if context.placed && ordinary == 0 {
        return (EntityKind::Gpe, 55);
    }
    if words.len() <= 3 && ordinary == 0 {
        return (EntityKind::Person, 60);
    }
    if words.len() <= 3 && ordinary < words.len() && (context.speaks || context.described) {
        return (EntityKind::Person, 60);
    }
    (if ordinary == words.len() { EntityKind::Misc } else { EntityKind::Org }, 45)
}

fn is_direction(norm: &str) -> bool {
    matches!(
        norm,
        "north"
            | "south"
            | "east"
            | "west"
            | "north-east"
            | "north-west"
            | "south-east"
            | "south-west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
    )
}

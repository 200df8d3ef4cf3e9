//! Classes of words that tell what a name is, one bit each, and the names that `words.csv` calls them by.

/// Part of a job title (`Prime`, `Minister`).
pub const TITLE: u32 = 1;
/// The noun of a job title (`Minister`).
pub const TITLE_CORE: u32 = 1 << 1;
/// A field of government behind `Secretary of`.
pub const PORTFOLIO: u32 = 1 << 2;
/// Last word of organisations.
pub const ORG: u32 = 1 << 3;
/// Last word of natural and administrative places.
pub const LOC: u32 = 1 << 4;
/// Last word of buildings and works.
pub const FAC: u32 = 1 << 5;
/// Last word of events.
pub const EVENT: u32 = 1 << 6;
/// Last word of laws, prizes and the like.
pub const MISC: u32 = 1 << 7;
/// First word of names with `of`.
pub const OF_HEAD: u32 = 1 << 8;
/// Days, months, time zones.
pub const CALENDAR: u32 = 1 << 9;
/// Capitalised words that name nothing counted here.
pub const NO_NAME: u32 = 1 << 10;
/// Lower-case words inside names (`de`, `van`).
pub const PARTICLE: u32 = 1 << 11;
/// Lower-case words that may start a name (`von`).
pub const START_PARTICLE: u32 = 1 << 12;
/// Prepositions and adjectives before places.
pub const PLACE_PREP: u32 = 1 << 13;
/// Words of going and coming.
pub const MOTION: u32 = 1 << 14;
/// Nouns that belong to a city.
pub const PLACEFUL: u32 = 1 << 15;
/// Verbs whose object is a city.
pub const PLACE_VERB: u32 = 1 << 16;
/// Prepositions before an actor.
pub const OBJECT_PREP: u32 = 1 << 17;
/// Verbs of governments.
pub const POLITICAL_VERB: u32 = 1 << 18;
/// Nouns for people by role.
pub const ROLE_NOUN: u32 = 1 << 19;

pub(super) const NAMES: [(&str, u32); 20] = [
    ("title", TITLE),
    ("title_core", TITLE_CORE | TITLE),
    ("portfolio", PORTFOLIO),
    ("org", ORG),
    ("loc", LOC),
    ("fac", FAC),
    ("event", EVENT),
    ("misc", MISC),
    ("of_head", OF_HEAD),
    ("calendar", CALENDAR),
    ("noname", NO_NAME),
    ("particle", PARTICLE),
    ("start_particle", START_PARTICLE),
    ("place_prep", PLACE_PREP),
    ("motion", MOTION),
    ("placeful", PLACEFUL),
    ("place_verb", PLACE_VERB),
    ("object_prep", OBJECT_PREP),
    ("political_verb", POLITICAL_VERB),
    ("role_noun", ROLE_NOUN),
];

//! A noun phrase as attribution sees it: where it stands and what heads it.
//!
//! Plain data and one word class; reads and writes nothing.

use crate::document::EntityId;

/// What a noun phrase is headed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// One or two entities.
    Names(EntityId, Option<EntityId>),
    /// `he`, `she`.
    Pronoun,
    /// `they`, `the two leaders`, `the presidents`.
    Plural,
    /// Anything else.
    Common,
}

/// A noun phrase: tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// Its head.
    pub head: Head,
}

/// The head that a pronoun makes, if a counted form is a pronoun in subject form.
pub(crate) fn pronoun(norm: &str) -> Option<Head> {
    match norm {
        "he" | "she" => Some(Head::Pronoun),
        "they" => Some(Head::Plural),
        "it" | "i" | "we" | "you" => Some(Head::Common),
        _ => None,
    }
}

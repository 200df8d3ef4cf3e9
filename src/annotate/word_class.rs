//! Closed classes of English function words and a guess at finite verbs, on counted forms.
//!
//! Attribution and sentiment read them; nothing is learned and nothing is written.

use crate::model::lexicon::{self, Shape};

/// Words that may stand between a subject and its verb.
pub(crate) fn is_between(norm: &str) -> bool {
    is_modal(norm) || is_adverb(norm) || matches!(norm, "has" | "have" | "had" | "is" | "was" | "are" | "were" | "been")
}

/// Adverbs that may stand between a subject and its verb.
pub(crate) fn is_adverb(norm: &str) -> bool {
    matches!(
        norm,
        "also"
            | "later"
            | "then"
            | "once"
            | "even"
            | "just"
            | "not"
            | "never"
            | "previously"
            | "still"
            | "now"
            | "often"
            | "further"
            | "again"
    ) || (norm.len() > 4 && norm.ends_with("ly") && !matches!(norm, "family" | "ally" | "assembly" | "italy" | "july"))
}

/// Modal verbs and forms of `do`.
pub(crate) fn is_modal(norm: &str) -> bool {
    let whole = match norm.strip_suffix("n't").or_else(|| norm.strip_suffix("n’t")) {
        Some("ca" | "wo") => return true,
        Some(whole) => whole,
        None => norm,
    };
    matches!(
        whole,
        "will" | "would" | "could" | "can" | "may" | "might" | "must" | "should" | "shall" | "did" | "does" | "do"
    )
}

/// Forms of `be`.
pub(crate) fn is_be(norm: &str) -> bool {
    matches!(norm, "is" | "are" | "was" | "were" | "be" | "been" | "being")
}

/// Determiners, possessive pronouns and small numbers.
pub(crate) fn is_determiner(norm: &str) -> bool {
    matches!(
        norm,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "one"
            | "two"
            | "three"
            | "several"
            | "some"
            | "many"
            | "another"
            | "no"
            | "any"
            | "each"
            | "both"
            | "other"
            | "most"
            | "few"
    )
}

/// Prepositions.
pub(crate) fn is_preposition(norm: &str) -> bool {
    matches!(
        norm,
        "of" | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "with"
            | "to"
            | "against"
            | "between"
            | "over"
            | "about"
            | "after"
            | "before"
            | "under"
            | "into"
            | "onto"
            | "during"
            | "within"
            | "without"
            | "toward"
            | "towards"
            | "through"
            | "since"
            | "until"
            | "as"
            | "like"
            | "near"
            | "among"
            | "amid"
            | "following"
            | "despite"
            | "including"
            | "than"
            | "upon"
            | "across"
            | "around"
            | "behind"
            | "citing"
            | "via"
            | "per"
    )
}

/// Prepositions that carry a noun phrase on to the left.
pub(crate) fn is_linking(norm: &str) -> bool {
    matches!(norm, "of" | "for" | "at" | "from" | "with" | "in")
}

/// Words that begin another clause.
pub(crate) fn is_clause_word(norm: &str) -> bool {
    matches!(
        norm,
        "that"
            | "which"
            | "who"
            | "whom"
            | "when"
            | "while"
            | "where"
            | "because"
            | "if"
            | "although"
            | "though"
            | "but"
            | "as"
            | "whether"
            | "how"
            | "why"
            | "what"
            | "than"
            | "yesterday"
            | "today"
            | "tuesday"
            | "monday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
    )
}

/// Whether a counted form is likely a finite verb: an auxiliary, a reporting verb, a regular or a common irregular past.
pub(crate) fn is_verb(norm: &str) -> bool {
    is_be(norm)
        || is_modal(norm)
        || matches!(norm, "has" | "have" | "had")
        || matches!(
            norm,
            "became"
                | "began"
                | "brought"
                | "built"
                | "came"
                | "chose"
                | "cut"
                | "did"
                | "drew"
                | "drove"
                | "fell"
                | "felt"
                | "fought"
                | "found"
                | "gave"
                | "goes"
                | "got"
                | "grew"
                | "held"
                | "hit"
                | "kept"
                | "knew"
                | "laid"
                | "led"
                | "left"
                | "lost"
                | "made"
                | "makes"
                | "meant"
                | "met"
                | "paid"
                | "put"
                | "ran"
                | "read"
                | "rose"
                | "sat"
                | "saw"
                | "seeks"
                | "sent"
                | "set"
                | "shot"
                | "shows"
                | "sought"
                | "spent"
                | "spoke"
                | "stood"
                | "struck"
                | "swept"
                | "takes"
                | "took"
                | "turns"
                | "understood"
                | "wants"
                | "went"
                | "withdrew"
                | "won"
                | "wore"
                | "wrote"
        )
        || (norm.len() > 4 && norm.ends_with("ed") && !norm.ends_with("eed") && !matches!(norm, "united" | "alleged"))
        || matches!(norm, "agreed" | "decreed" | "disagreed" | "freed" | "guaranteed")
        || lexicon::reporting(norm).is_some_and(|r| r.shape == Shape::Finite && !is_noun_too(norm))
}

/// Forms of reporting verbs that are more often nouns.
pub(crate) fn is_noun_too(norm: &str) -> bool {
    matches!(
        norm,
        "reports"
            | "claims"
            | "comments"
            | "calls"
            | "states"
            | "attacks"
            | "notes"
            | "orders"
            | "requests"
            | "demands"
            | "fears"
            | "hopes"
            | "labels"
            | "lists"
            | "posts"
            | "pledges"
            | "promises"
            | "quotes"
            | "signals"
            | "terms"
            | "brands"
            | "voices"
            | "estimates"
            | "questions"
            | "answers"
            | "remarks"
            | "appeals"
            | "protests"
            | "jokes"
            | "hints"
            | "objects"
            | "credits"
            | "references"
            | "finding"
            | "findings"
            | "welcomes"
            | "volunteers"
            | "tweets"
            | "supports"
            | "plans"
            | "shows"
            | "offers"
            | "doubts"
            | "worries"
            | "forecasts"
            | "forecast"
            | "rules"
            | "ruling"
            | "regrets"
            | "suspects"
            | "screams"
            | "wonders"
            | "planning"
            | "understanding"
            | "thinking"
            | "questioning"
    )
}

/// Plural words for holders of an office.
pub(crate) fn is_plural_role(norm: &str) -> bool {
    matches!(
        norm,
        "leaders" | "presidents" | "ministers" | "pair" | "two" | "men" | "women" | "both" | "candidates" | "senators"
    )
}

/// Words for a day that may stand between a subject and its verb.
pub(crate) fn is_day(norm: &str) -> bool {
    matches!(
        norm,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "today"
            | "yesterday"
            | "tonight"
    )
}

/// Nouns for those who are usually reported, without a determiner.
pub(crate) fn is_source(norm: &str) -> bool {
    matches!(
        norm,
        "activists"
            | "administration"
            | "advisers"
            | "advocates"
            | "aides"
            | "analysts"
            | "attorneys"
            | "author"
            | "authorities"
            | "campaigners"
            | "chairman"
            | "chief"
            | "coach"
            | "conservatives"
            | "critics"
            | "data"
            | "democrats"
            | "department"
            | "diplomats"
            | "director"
            | "doctors"
            | "economists"
            | "executives"
            | "experts"
            | "firefighters"
            | "investigators"
            | "lawmakers"
            | "lawyers"
            | "leaders"
            | "liberals"
            | "media"
            | "minister"
            | "ministry"
            | "officers"
            | "officials"
            | "opponents"
            | "organizers"
            | "police"
            | "prosecutors"
            | "republicans"
            | "researchers"
            | "residents"
            | "scientists"
            | "secretary"
            | "senators"
            | "sources"
            | "spokesman"
            | "spokesperson"
            | "spokeswoman"
            | "supporters"
            | "voters"
            | "witnesses"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finite_verbs_are_guessed() {
        for word in ["is", "would", "embraced", "went", "said", "says"] {
            assert!(is_verb(word), "{word}");
        }
        for word in ["road", "united", "claims", "saying", "indeed"] {
            assert!(!is_verb(word), "{word}");
        }
    }

    #[test]
    fn classes_do_not_mix() {
        assert!(is_preposition("following") && !is_determiner("following"));
        assert!(is_determiner("their") && !is_preposition("their"));
        assert!(is_adverb("recklessly") && !is_adverb("family"));
        assert!(is_source("witnesses") && !is_source("bridge"));
        assert!(is_day("tuesday") && !is_day("may"));
    }
}

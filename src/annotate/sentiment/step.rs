//! What a word or mark does between the clauses of a sentence: a guess by its spelling, for the frames of the model.

use super::modifier;
use super::scene::is_copula;
use crate::annotate::word_class as is;
use crate::model::lexicon::{self, Takes};

/// What a word or mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Passed over: a determiner, an auxiliary, an adverb, a quotation mark.
    Nothing,
    /// A copula.
    Be,
    /// A verb of saying.
    Says,
    /// Likely another finite verb.
    Verb,
    /// `he`, `her`, `they` and so on.
    Pronoun,
    /// `who`, `that`, `which`.
    Relative,
    /// `and`, `or`.
    And,
    /// `but`, `while`, and other words at which a clause begins.
    Clause,
    /// A comma.
    Comma,
    /// A heavier mark.
    Break,
    /// A preposition, or `as`.
    Preposition,
    /// Anything else.
    Other,
}

impl Step {
    /// Of a mark.
    pub(super) fn of_mark(mark: &str) -> Step {
        match mark {
            "“" | "”" | "\"" | "‘" | "’" | "'" => Step::Nothing,
            "," => Step::Comma,
            _ => Step::Break,
        }
    }

    /// Of a counted form.
    pub(super) fn of(norm: &str) -> Step {
        if is_copula(norm) && norm != "as" {
            Step::Be
        } else if matches!(norm, "who" | "that" | "which" | "whom" | "whose") {
            Step::Relative
        } else if is::is_clause_word(norm) || norm == "but" {
            Step::Clause
        } else if is::is_between(norm) || modifier::turns(norm, "") {
            Step::Nothing
        } else if is_pronoun(norm) {
            Step::Pronoun
        } else if is::is_determiner(norm) {
            Step::Nothing
        } else if matches!(norm, "and" | "or") {
            Step::And
        } else if is::is_preposition(norm) || norm == "as" {
            Step::Preposition
        } else if lexicon::reporting(norm).is_some_and(|r| r.takes != Takes::Object) || norm == "according" {
            Step::Says
        } else if is::is_verb(norm) {
            Step::Verb
        } else {
            Step::Other
        }
    }
}

fn is_pronoun(norm: &str) -> bool {
    ["he", "she", "they", "it", "we", "i", "you", "him", "her", "them", "his", "their"].contains(&norm)
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn words_of_a_sentence_have_their_step() {
        let steps = |text: &str| text.split(' ').map(Step::of).collect::<Vec<_>>();
        use Step::{And, Be, Clause, Nothing, Preposition, Pronoun, Relative, Says, Verb};
        assert_eq!(
            steps("who said she was not the and built of but"),
            [Relative, Says, Pronoun, Be, Nothing, Nothing, And, Verb, Preposition, Clause]
        );
        assert_eq!((Step::of_mark(","), Step::of_mark(";"), Step::of_mark("“")), (Step::Comma, Step::Break, Nothing));
    }
}

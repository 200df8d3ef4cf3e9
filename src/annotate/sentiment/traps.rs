//! The traps of a lexicon in the reference article, each by itself, in sentences of our own: what a word-by-word count
//! would get wrong. The model is not trained on them.

use super::tests::{check, terms};
use crate::model::lexicon;

/// Weight and factors of the term with this word, if the text has it.
fn found(text: &str, word: &str) -> Option<(i16, Vec<i16>)> {
    terms(text).into_iter().find(|t| t.0.split(' ').any(|part| part == word)).map(|t| (t.1, t.2))
}

#[test]
fn not_only_does_not_turn_what_follows() {
    check("{Vale} not only outlined agreements but signed them.", 0);
    assert!(found("{Vale} not only outlined admirable agreements.", "admirable").unwrap().1.is_empty());
}

#[test]
fn not_before_a_noun_turns_its_adjective() {
    let text = "{Vale} went to war out of weakness, not great courage.";
    assert!(found(text, "weakness").is_some_and(|t| t.0 < 0 && t.1.is_empty()));
    assert!(found(text, "courage").is_some_and(|t| t.1.contains(&-740)));
}

#[test]
fn absolutely_nothing_turns_a_quality() {
    let (weight, factors) = found("There is absolutely nothing progressive about {Vale}.", "progressive").unwrap();
    assert!(weight > 0 && factors.iter().filter(|f| **f < 0).count() == 1, "{factors:?}");
}

#[test]
fn neither_turns_over_a_verb() {
    let text = "Neither {Moss} nor {Vale} have any progressive solution.";
    let (weight, factors) = found(text, "progressive").unwrap();
    assert!(weight > 0 && factors.iter().filter(|f| **f < 0).count() == 1, "{factors:?}");
}

#[test]
fn not_surprisingly_turns_nothing() {
    assert!(found("Not surprisingly, {Moss} denounced {Vale}.", "denounced").unwrap().1.is_empty());
    check("Not surprisingly, {Moss} denounced {Vale}.", -1);
}

#[test]
fn barely_disguised_is_not_turned() {
    assert!(found("It was barely disguised criticism of {Vale}.", "criticism").unwrap().1.is_empty());
    check("It was barely disguised criticism of {Vale}.", -1);
}

#[test]
fn what_is_not_included_is_no_opinion() {
    let text = "The plan of {Vale} does not include the removal of the poles.";
    assert!(terms(text).is_empty());
    check(text, 0);
}

#[test]
fn failing_to_is_a_negator() {
    let (weight, factors) = found("{Vale} is failing to be honest.", "honest").unwrap();
    assert!(weight > 0 && factors.iter().any(|f| *f < 0), "{factors:?}");
    check("Critics say {Vale} is failing to hold the company accountable.", -1);
}

#[test]
fn instead_of_even_leaves_the_object_unjudged() {
    assert!(
        found("{Vale} stayed silent instead of even condemning {Moss}.", "condemning")
            .is_none_or(|t| { t.1.iter().any(|f| *f < 0) })
    );
}

#[test]
fn nothing_had_been_is_no_opinion() {
    assert!(terms("{Vale} said that nothing had been scheduled.").is_empty());
    check("{Vale} said that nothing had been scheduled.", 0);
}

#[test]
fn as_well_as_is_no_praise() {
    assert!(terms("{Vale} met the mayor as well as the council.").is_empty());
}

#[test]
fn topics_of_news_weigh_little() {
    for word in ["war", "conflict", "security", "peace", "threat", "crisis"] {
        let weight = lexicon::sentiment(word).map_or(0, |t| t.weight);
        assert!(weight.abs() <= 150, "{word} {weight}");
    }
    for text in [
        "{Vale} wrote about the strengthening of military alliances.",
        "{Vale} discussed the strengthening of security ties.",
        "{Vale} offered a peace plan.",
        "{Vale} met the anti-war committee.",
    ] {
        check(text, 0);
        assert!(terms(text).iter().all(|t| t.1.abs() <= 200), "{:?}", terms(text));
    }
    assert!(found("{Vale} spoke of serious concern.", "concern").unwrap().0.abs() <= 250);
}

#[test]
fn words_inside_names_are_no_terms() {
    assert!(terms("{United States} and {United Nations} met the {Secretary of State}.").is_empty());
}

#[test]
fn words_that_general_lexicons_lack_are_known() {
    for word in [
        "slammed",
        "denounced",
        "hypocrisy",
        "belligerent",
        "provocations",
        "imperialism",
        "invasion",
        "crippling",
        "goad",
        "atrocities",
        "encroachment",
        "condemning",
        "recklessly",
    ] {
        assert!(lexicon::sentiment(word).is_some_and(|t| t.weight < 0), "{word}");
    }
    assert!(lexicon::sentiment("allies").is_some_and(|t| t.weight > 0));
}

#[test]
fn an_adverb_of_praise_is_praise() {
    check("{Vale} has finally behaved decently.", 1);
    check("{Vale} acted courageously.", 1);
    for (text, adverb) in [("{Vale} acted courageously.", "courageously"), ("{Vale} spoke decently.", "decently")] {
        assert!(found(text, adverb).is_some_and(|t| t.0 > 0), "{text}");
    }
}

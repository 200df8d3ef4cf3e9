//! Whether a term that relates to a mention is plainly said of it, as a careful reader would agree: the sieve between the
//! relations of `target`, which are features and may be loose, and the evidence that a table shows.
//!
//! Reads one sentence through its [`Scene`] and the slots of its [`View`]; writes nothing. Each test is about a kind of
//! construction, and says no where two readings are open.

use super::Stage;
use super::scene::{is_copula, is_receiving};
use super::target::Relation;
use super::term::Hit;
use super::view::Slot;
use crate::annotate::word_class::{is_adverb, is_be, is_between, is_clause_word, is_modal, is_preposition, is_verb};
use crate::document::{EntityKind, Role};
use crate::model::lexicon::{self, Category};

/// Furthest the two stand from each other where a rule is read strictly, tokens.
const FAR: i32 = 8;
/// The same for what stands behind a mention without a rule of grammar.
const CLOSE: i32 = 3;
/// Furthest a word stands from a mention that is its context, tokens.
const AROUND: usize = 8;
/// Tokens between a mention and its copula, and between the copula and what it links.
const LINK: usize = 4;

/// Whether `hit`, which relates to the mention at tokens `target` by `relation`, is plainly said of it.
pub(super) fn of(stage: &Stage<'_>, hit: &Hit, relation: Relation, index: usize) -> bool {
    let mention = &stage.doc.mentions[index];
    let target = (mention.tokens.start as usize, mention.tokens.end as usize);
    let term = (hit.first, hit.last);
    let kind = stage.doc.entities.get(mention.entity.0 as usize).map(|e| e.kind);
    let place = matches!(kind, Some(EntityKind::Gpe | EntityKind::Loc));
    let part = mention.role == Role::HyphenPart;
    let near = relation.distance.abs() <= FAR;
    match relation.rule {
        "object" => {
            !part && near && !(place && names_what_follows(stage, target.1)) && is_object(stage, term.1, target.0)
        }
        "criticism-of" => {
            let before = target.0.checked_sub(1).map_or("", |t| stage.scene.norm(t));
            near && stage.scene.is_free(term.1, target.0)
                && !matches!(before, "by" | "from" | "via")
                && !(place && is_violence(stage.scene.norm(term.0)))
        }
        "modifier" => {
            let title = (term.1..target.0).all(|t| large(stage, t));
            let other = is_verbal(stage, term.0) || place && names_what_follows(stage, target.1);
            !part && title && !other
        }
        "predicate" => near && !is_stance(stage.scene.norm(term.0)) && is_predicate(stage, term, target.1),
        "possessor" | "doer" | "owner-act" => {
            near && !is_stance(stage.scene.norm(term.0)) && !has_preposition(stage, target.1, term.0)
        }
        "subject-act" | "passive-subject" | "receiver" => near && is_own_verb(stage, term.0, target.1),
        "clause" => {
            (0..=CLOSE).contains(&relation.distance)
                && !is_stance(stage.scene.norm(term.0))
                && is_verb_behind(stage, term.0, target)
        }
        "sentence" => false,
        _ => near,
    }
}

/// Whether a word that is not said of the mention by a rule may at least be what its sentence says around it: in its
/// clause, not far, with no other name between, and no deed or judgment whose doer and object are known.
pub(super) fn around(stage: &Stage<'_>, slot: &Slot, hit: Option<&Hit>, index: usize) -> bool {
    let mention = &stage.doc.mentions[index];
    let target = (mention.tokens.start as usize, mention.tokens.end as usize);
    let at = slot.tokens.start as usize;
    let (from, to) = if at < target.0 { (at + 1, target.0) } else { (target.1, at) };
    let scene = &stage.scene;
    hit.is_none_or(|hit| hit.category == Category::Quality)
        && to.saturating_sub(from) <= AROUND
        && scene.same_clause(at, target.0)
        && scene.names_between(from, to) == 0
        && !is_stance(scene.norm(at))
}

/// Whether the word at `at` is the verb of the mention: auxiliaries and adverbs alone stand between, and the mention hangs
/// on no preposition.
fn is_verb_behind(stage: &Stage<'_>, at: usize, target: (usize, usize)) -> bool {
    let scene = &stage.scene;
    is_verb(scene.norm(at))
        && lexicon::reporting(scene.norm(at)).is_none()
        && (target.1..at).all(|t| is_between(scene.norm(t)) || is_be(scene.norm(t)) || is_modal(scene.norm(t)))
        && !scene.after_preposition(target.0)
}

fn has_preposition(stage: &Stage<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|t| is_preposition(stage.scene.norm(t)))
}

/// Whether the object of a verb that ends at `from` begins with the mention at `to`: between them stand a particle and
/// what belongs to a name, no other preposition, verb or clause.
fn is_object(stage: &Stage<'_>, from: usize, to: usize) -> bool {
    let scene = &stage.scene;
    if !scene.is_free(from, to) {
        return false;
    }
    let mut words = (from..to).skip(usize::from(from < to && is_preposition(scene.norm(from))));
    words.all(|t| {
        let norm = scene.norm(t);
        // `Secretary of State Vale`
        let in_title = norm == "of" && large(stage, t - 1) && large(stage, t + 1);
        let stops = is_preposition(norm)
            || is_place_word(norm)
            || is_clause_word(norm)
            || is_verb(norm)
            || matches!(norm, "and" | "or" | "to");
        in_title || !(stops || norm.ends_with("ing"))
    })
}

/// Whether a copula right behind the mention links it to the term: adverbs, articles and adjectives apart, nothing else
/// stands between.
fn is_predicate(stage: &Stage<'_>, (term, end): (usize, usize), from: usize) -> bool {
    let scene = &stage.scene;
    // `is wasting no time`
    if scene.norm(end) == "no" {
        return false;
    }
    let Some(copula) = (from..term).rev().find(|&t| is_copula(scene.norm(t))) else {
        return false;
    };
    let linked = copula - from <= LINK
        && (from..copula).all(|t| {
            !is_preposition(scene.norm(t)) && !is_clause_word(scene.norm(t)) && !is_name_pronoun(scene.norm(t))
        })
        && scene.is_free(from, copula);
    let plain = |t: usize| {
        let norm = scene.norm(t);
        !(is_preposition(norm) && norm != "in" || is_clause_word(norm) || is_verb(norm) || norm.ends_with("ing"))
    };
    linked && term - copula <= LINK && (copula + 1..term).all(plain) && scene.is_free(copula, term)
}

/// Whether the verb at `verb` is the mention's own: no other subject, verb, preposition or clause stands between; `who` may.
fn is_own_verb(stage: &Stage<'_>, verb: usize, from: usize) -> bool {
    let scene = &stage.scene;
    let who = (from..verb.min(from + 2)).any(|t| scene.norm(t) == "who");
    let other = |t: usize| {
        let norm = scene.norm(t);
        let helps = is_be(norm) || is_modal(norm) || is_between(norm) || is_receiving(norm);
        let clause = is_clause_word(norm) && norm != "who";
        is_name_pronoun(norm)
            || clause
            || is_preposition(norm) && norm != "under"
            || is_verb(norm) && !helps
            || matches!(norm, "and" | "to" | "whose")
    };
    let free = scene.is_free(if who { (from + 1).min(verb) } else { from }, verb);
    free && scene.names_between(from, verb) == 0 && !(from..verb).any(other)
}

/// Whether a word before a name is a verb that has the name for its object, not an adjective: a subject, an auxiliary or
/// `to` stands before it.
fn is_verbal(stage: &Stage<'_>, term: usize) -> bool {
    let Some(before) = term.checked_sub(1).filter(|&before| before >= stage.scene.first()) else {
        return false;
    };
    let norm = stage.scene.norm(before);
    let subject =
        is_name_pronoun(norm) || matches!(norm, "who" | "which" | "that" | "to") || norm.contains(['\'', '’']);
    let be = is_be(norm) && stage.scene.norm(term).ends_with("ing");
    subject || is_modal(norm) || be || stage.marks.in_mention.get(before).copied().unwrap_or(false)
}

/// Whether a place only tells where the thing of the next word is: `deadly California fires`.
fn names_what_follows(stage: &Stage<'_>, next: usize) -> bool {
    let norm = stage.scene.norm(next);
    let word = stage.doc.tokens.get(next).is_some_and(|t| stage.doc.surface(t).starts_with(char::is_alphabetic));
    word && !(is_verb(norm)
        || is_preposition(norm)
        || is_clause_word(norm)
        || is_adverb(norm)
        || matches!(norm, "and" | "or"))
}

fn large(stage: &Stage<'_>, at: usize) -> bool {
    stage.doc.tokens.get(at).is_some_and(|t| stage.doc.surface(t).starts_with(char::is_uppercase))
}

fn is_name_pronoun(norm: &str) -> bool {
    ["he", "she", "it", "they", "we", "i", "you", "there"].contains(&norm)
}

/// Words of place that stand before a name without being prepositions elsewhere in byline.
fn is_place_word(norm: &str) -> bool {
    ["inside", "outside", "beyond", "above", "below", "along", "throughout", "beside", "beneath", "off", "via"]
        .contains(&norm)
}

/// Nouns of violence: what is said on it is not a judgment of the place that suffers it.
fn is_violence(norm: &str) -> bool {
    ["attack", "attacks", "assault", "assaults", "strike", "strikes", "raid", "raids", "war"].contains(&norm)
}

/// What somebody feels, believes or says: `Vale is eager`, `Vale's opposition`. It is no opinion on who has it.
fn is_stance(norm: &str) -> bool {
    const STANCES: [&str; 98] = [
        "accusation",
        "accusations",
        "admiration",
        "affection",
        "afraid",
        "allegation",
        "allegations",
        "ambition",
        "anger",
        "angry",
        "anxious",
        "appreciation",
        "approval",
        "argument",
        "arguments",
        "belief",
        "claim",
        "claims",
        "complaint",
        "complaints",
        "concern",
        "concerned",
        "concerns",
        "condemnation",
        "confidence",
        "confident",
        "consent",
        "critic",
        "criticism",
        "criticisms",
        "critics",
        "denial",
        "denials",
        "desire",
        "disappointed",
        "disappointment",
        "disapproval",
        "disgust",
        "displeasure",
        "dispute",
        "dissatisfaction",
        "doubt",
        "doubts",
        "eager",
        "enthusiasm",
        "enthusiastic",
        "excited",
        "excitement",
        "faith",
        "fear",
        "fears",
        "fond",
        "frustrated",
        "frustration",
        "furious",
        "glad",
        "grateful",
        "gratitude",
        "grief",
        "happy",
        "hate",
        "hatred",
        "hope",
        "hopeful",
        "hopes",
        "interest",
        "interested",
        "keen",
        "love",
        "objection",
        "objections",
        "opponent",
        "opponents",
        "opposition",
        "optimism",
        "optimistic",
        "outrage",
        "outraged",
        "passion",
        "pleased",
        "praise",
        "proud",
        "regret",
        "regrets",
        "reluctant",
        "sad",
        "skeptical",
        "skepticism",
        "supporter",
        "supporters",
        "surprised",
        "sympathy",
        "thankful",
        "trust",
        "upset",
        "willing",
        "worried",
        "worry",
    ];
    STANCES.binary_search(&norm).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::tests::named;

    /// The words named as evidence on `{Vale}`, context apart.
    fn cues(text: &str) -> Vec<String> {
        named(text).into_iter().filter(|(rule, _)| !rule.starts_with("word-")).map(|(_, word)| word).collect()
    }

    #[test]
    fn stances_are_sorted() {
        let text = "{Vale} was eager to go. {Vale}'s opposition to the road is known. {Vale} was outraged.";
        assert!(cues(text).is_empty(), "{:?}", cues(text));
        assert!(super::is_stance("worry") && super::is_stance("accusation") && !super::is_stance("corrupt"));
    }

    #[test]
    fn an_object_follows_its_verb() {
        assert_eq!(cues("{Moss} slammed {Vale}."), ["slammed"]);
        assert_eq!(cues("{Moss} denounced former Secretary of State {Vale}."), ["denounced"]);
        assert!(cues("{Moss} denounced the stance of the town on {Vale}.").is_empty());
        assert!(cues("{Moss} was accused of hurting {Vale}.").iter().all(|cue| cue != "accused"));
    }

    #[test]
    fn a_predicate_is_linked() {
        assert_eq!(cues("{Vale} has been the most corrupt mayor."), ["corrupt"]);
        assert!(cues("{Vale} thought that there was a corrupt clerk.").is_empty());
        assert!(cues("{Vale} is a critic of corrupt mayors.").is_empty());
    }

    #[test]
    fn a_verb_before_a_name_is_no_adjective() {
        assert!(!cues("The corrupt {Vale} left.").is_empty());
        assert!(cues("They hope {Vale} will come, and I hope {Vale} stays.").is_empty());
    }
}

//! Whether a term that relates to a mention is plainly said of it, as a careful reader would agree: the sieve between the
//! relations of `target`, which are features and may be loose, and the evidence that a table shows.
//!
//! Reads one sentence through its [`Scene`] and the slots of its [`View`]; writes nothing. Each test is about a kind of
//! construction, and says no where two readings are open.

use super::Stage;
use super::scene::{is_copula, is_receiving};
use super::stance::{
    is_given, is_matter, is_no_adjective, is_particle, is_people, is_place_word, is_stance, is_suffered, is_violence,
};
use super::target::Relation;
use super::term::Hit;
use crate::annotate::word_class::{
    is_adverb, is_be, is_between, is_clause_word, is_determiner, is_modal, is_preposition, is_verb,
};
use crate::document::{EntityKind, Role};
use crate::model::lexicon;

/// Furthest the two stand from each other where a rule is read strictly, tokens.
const FAR: i32 = 8;
/// The same for what stands behind a mention without a rule of grammar.
const CLOSE: i32 = 3;
/// Most tokens between a noun and the preposition that leads on from it (`attacks this week on X`).
const HELD: usize = 2;
/// Tokens between a mention and its copula, and between the copula and what it links.
const LINK: usize = 4;

/// Whether `hit`, which relates to the mention at tokens `target` by `relation`, is plainly said of it.
pub(super) fn of(stage: &Stage<'_>, hit: &Hit, relation: Relation, index: usize) -> bool {
    let mention = &stage.doc.mentions[index];
    let target = (mention.tokens.start as usize, mention.tokens.end as usize);
    let term = (hit.first, hit.last);
    let kind = stage.doc.entities.get(mention.entity.0 as usize).map(|e| e.kind);
    let place = matches!(kind, Some(EntityKind::Gpe | EntityKind::Loc));
    let person = matches!(kind, Some(EntityKind::Person));
    let part = mention.role == Role::HyphenPart;
    let near = relation.distance.abs() <= FAR;
    let other = !matches!(kind, Some(EntityKind::Person)) && names_what_follows(stage, target.1);
    match relation.rule {
        "object" => {
            // `the spirit of protest Vale hopes for`
            let before = term.0.checked_sub(1).map_or("", |t| stage.scene.norm(t));
            let noun = before == "of" || is_determiner(before);
            let own = !part && near && !other && !noun;
            own && !of_people(stage, target.1)
                && !of_suffering(stage, target.1)
                && is_object(stage, term.1, (target.0, place))
        }
        "criticism-of" => {
            let before = target.0.checked_sub(1).map_or("", |t| stage.scene.norm(t));
            near && stage.scene.is_free(term.1, target.0)
                && is_held_by_one(stage, term.1, target.0)
                && !matches!(before, "by" | "from" | "via")
                && (person || !is_violence(stage.scene.norm(term.0)))
                && (!is_given(stage.scene.norm(term.1 - 1)) || matches!(stage.scene.norm(term.1), "for" | "to"))
        }
        "modifier" => {
            let title = (term.1..target.0).all(|t| large(stage, t));
            let norm = stage.scene.norm(term.1 - 1);
            let stance = is_stance(norm) || is_no_adjective(norm);
            let verb = is_verb(norm) && !norm.ends_with("ed");
            !part && title && !other && !stance && !verb && !is_verbal(stage, term.0) && !of_people(stage, target.1)
        }
        "predicate" => {
            !part
                && near
                && !other
                && !of_people(stage, term.1)
                && !is_stance(stage.scene.norm(term.0))
                && !is_infinitive_object(stage, target.0)
                && is_predicate(stage, term, target.1)
        }
        "possessor" | "doer" | "owner-act" => {
            let norm = stage.scene.norm(term.0);
            let people = of_people(stage, target.1);
            let matter = is_matter(stage.scene.norm(term.1));
            // `the Vale Square massacre`: where it was
            let scene_of = relation.rule == "doer" && !person && is_suffered(norm) && !is_owner(stage, target.1);
            near && !scene_of
                && !of_suffering(stage, target.1)
                && !is_stance(norm)
                && !is_suffered(norm)
                && !people
                && !matter
                && is_held(stage, target.1, term.0)
        }
        "subject-act" | "passive-subject" | "receiver"
            if stage.scene.after_preposition(target.0) || is_owner(stage, target.1) =>
        {
            false
        }
        // `has the bully pulpit`: a noun
        "subject-act" if is_determiner(stage.scene.norm(term.0 - 1)) => false,
        "subject-act" => near && !other && is_finite(stage, term.0, target.1) && is_own_verb(stage, term.0, target.1),
        // `was always opposed to the law`
        "passive-subject" | "receiver" => {
            // `which Vale has accused of it`
            let active = (target.1..term.0).any(|t| is_helper(stage.scene.norm(t)))
                && !(target.1..term.0).any(|t| is_be(stage.scene.norm(t)));
            let passive = relation.rule != "passive-subject" || !active;
            near && passive && !other && stage.scene.norm(term.1) != "to" && is_own_verb(stage, term.0, target.1)
        }
        "clause" => {
            (0..=CLOSE).contains(&relation.distance)
                && !is_stance(stage.scene.norm(term.0))
                && stage.scene.norm(term.1) != "to"
                && is_verb_behind(stage, term.0, target)
        }
        "agent" => near && stage.scene.is_free(term.1, target.0) && is_held_by_one(stage, term.1, target.0),
        "sentence" => false,
        _ => near,
    }
}

/// Whether a mention that ends at `next` has a possessive ending.
fn is_owner(stage: &Stage<'_>, next: usize) -> bool {
    next.checked_sub(1).and_then(|t| stage.doc.tokens.get(t)).is_some_and(|t| t.base_end < t.span.end)
}

/// Whether the mention at `at` is the object of an infinitive or of a relative clause: `to repeal the Vale Act was hard`,
/// `those who attack Vale are vile`.
fn is_infinitive_object(stage: &Stage<'_>, at: usize) -> bool {
    let scene = &stage.scene;
    let first = scene.first();
    let noun = if at > first && is_determiner(scene.norm(at - 1)) { at - 1 } else { at };
    noun >= first + 2 && matches!(scene.norm(noun - 2), "to" | "who") && !large(stage, noun - 1)
}

/// Whether the next words name people about the mention, so that what is said is said of them: `Vale's supporters`.
fn of_people(stage: &Stage<'_>, next: usize) -> bool {
    (next..next + 3).take_while(|&t| !stops_noun(stage.scene.norm(t))).any(|t| is_people(stage.scene.norm(t)))
}

/// Whether what is judged is what befell the mention: `condemned Vale's murder`.
fn of_suffering(stage: &Stage<'_>, next: usize) -> bool {
    is_owner(stage, next)
        && (next..next + 3).take_while(|&t| !stops_noun(stage.scene.norm(t))).any(|t| is_suffered(stage.scene.norm(t)))
}

fn stops_noun(norm: &str) -> bool {
    norm.is_empty() || is_preposition(norm) || is_verb(norm) || is_clause_word(norm) || matches!(norm, "and" | "or")
}

/// Words between a subject and the verb that tells what it does.
fn is_light(norm: &str) -> bool {
    is_between(norm) || is_be(norm) || is_modal(norm) || is_helper(norm)
}

fn is_helper(norm: &str) -> bool {
    matches!(norm, "has" | "have" | "had" | "hasn't" | "haven't" | "hadn't")
}

/// Whether a word looks like a verb with an ending of person or past.
fn is_past_or_present(stage: &Stage<'_>, at: usize) -> bool {
    let norm = stage.scene.norm(at);
    let noun_before = at.checked_sub(1).is_some_and(|t| stage.scene.norm(t).contains(['\'', '’']));
    let ending = norm.len() > 3
        && (norm.ends_with("ed") || norm.ends_with('s') && !norm.ends_with("ss") && !norm.ends_with("us"));
    !noun_before && (is_verb(norm) || ending)
}

/// Whether the verb of a deed has a subject before it by its form: `invaded`, `lies`, `will lie`; not `U.S. aid`.
fn is_finite(stage: &Stage<'_>, verb: usize, from: usize) -> bool {
    let helped = (from..verb).any(|t| {
        let norm = stage.scene.norm(t);
        is_be(norm) || is_modal(norm) || is_helper(norm) || matches!(norm, "who" | "that" | "to")
    });
    helped || is_past_or_present(stage, verb)
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

/// Whether what an owner at `from` has is the word at `to`: nothing but adjectives stands between.
fn is_held(stage: &Stage<'_>, from: usize, to: usize) -> bool {
    let scene = &stage.scene;
    let plain = |t: usize| {
        let norm = scene.norm(t);
        !(is_preposition(norm)
            || is_clause_word(norm)
            || is_verb(norm)
            || is_light(norm)
            || is_copula(norm)
            || large(stage, t)
            || matches!(norm, "and" | "or" | "the" | "a" | "an"))
    };
    let term = scene.norm(to);
    // `Vale's mother rejoiced`
    let verb = to > from && term.ends_with("ed");
    (from..to).all(plain) && !verb && !term.ends_with("ly")
}

/// Whether one preposition alone leads from a noun that ends at `from` to the mention at `to`: not `criticism for
/// tweeting the names of X`.
fn is_held_by_one(stage: &Stage<'_>, from: usize, to: usize) -> bool {
    let scene = &stage.scene;
    let Some(first) = (from..to).find(|&t| is_preposition(scene.norm(t))) else {
        return true;
    };
    let filed = (from..first).any(|t| is_verb(scene.norm(t)) || scene.norm(t).ends_with("ed"));
    if first > from + HELD || filed {
        return false;
    }
    (first + 1..to).all(|t| {
        let norm = scene.norm(t);
        let in_title = norm == "of" && large(stage, t - 1) && large(stage, t + 1);
        in_title || !(is_preposition(norm) || is_clause_word(norm) || is_verb(norm) || norm.ends_with("ing"))
    })
}

/// Whether the object of a verb that ends at `from` begins with the mention at `to`: between them stand a particle and
/// what belongs to a name, no other preposition, verb or clause.
fn is_object(stage: &Stage<'_>, from: usize, (to, place): (usize, bool)) -> bool {
    let scene = &stage.scene;
    let particle = from < to && is_preposition(scene.norm(from));
    // `arrested across X`, `protests in X`: where it was
    let located = place || !is_particle(scene.norm(from));
    if !scene.is_free(from, to) || particle && located {
        return false;
    }
    // `sued to stop X`
    if particle && scene.norm(from) == "to" && from + 1 < to {
        let next = from + 1;
        if !(is_determiner(scene.norm(next)) || large(stage, next)) {
            return false;
        }
    }
    // `rejected terms the Vale side sought`
    let begin = from + usize::from(particle);
    let plain = |t: usize| !is_determiner(scene.norm(t)) && !large(stage, t);
    if (begin..to).any(|t| plain(t) && is_determiner(scene.norm(t + 1)) && t + 1 < to) {
        return false;
    }
    let mut words = (from..to).skip(usize::from(particle));
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
    // `is wasting no time`, `is promising to go`
    let next = scene.norm(end);
    let object = matches!(next, "no" | "to") || is_determiner(next) || large(stage, end);
    let active = scene.norm(term).ends_with("ing") && object;
    // `was brutally beaten`, `was originally chosen`
    let done = next.ends_with("ed") || is_verb(next) || matches!(next, "hurt" | "hit" | "beaten" | "shot" | "killed");
    let manner = scene.norm(end - 1).ends_with("ly") && done;
    let adverb = scene.norm(end - 1).ends_with("ly") && is_no_adjective(scene.norm(end - 1));
    if active || manner || adverb || matches!(scene.norm(end), "no" | "by") {
        return false;
    }
    let Some(copula) = (from..term).rev().find(|&t| is_copula(scene.norm(t))) else {
        return false;
    };
    let linked = copula - from <= LINK
        && (from..copula).all(|t| {
            let norm = scene.norm(t);
            // `X supported the deal as an improvement`: said of the deal
            let verb = is_verb(norm) && !is_light(norm);
            // `Vale sees it as a threat`; `Vale, known as a liar`
            let other = scene.norm(copula) == "as" && !(is_light(norm) || scene.is_past(t));
            !verb && !other && !is_preposition(norm) && !is_clause_word(norm) && !is_name_pronoun(norm)
        })
        && scene.is_free(from, copula);
    let plain = |t: usize| {
        let norm = scene.norm(t);
        !(is_preposition(norm) || is_clause_word(norm) || is_verb(norm) || norm.ends_with("ing"))
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
        is_name_pronoun(norm) || matches!(norm, "who" | "which" | "that" | "to" | "not") || norm.contains(['\'', '’']);
    let be = is_be(norm) && stage.scene.norm(term).ends_with("ing");
    // `the delay angered Vale`
    let past = stage.scene.norm(term).ends_with("ed");
    if past && !(is_determiner(norm) || is_preposition(norm) || is_adverb(norm) || matches!(norm, "and" | "or")) {
        return true;
    }
    // `began stalling Vale's nominees`, `Senators encourage Vale`
    let plural = norm.len() > 3 && norm.ends_with('s') && !norm.ends_with("ss") && !is_verb(norm);
    if is_verb(norm) || plural {
        return true;
    }
    // `is hopeful Vale will come`
    let clause = is_copula(norm) || is_be(norm);
    subject || is_modal(norm) || be || clause || stage.marks.in_mention.get(before).copied().unwrap_or(false)
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

#[cfg(test)]
mod tests {
    use super::super::stance::is_stance;
    use super::super::tests::named;

    /// The words named as evidence on `{Vale}`, context apart.
    fn cues(text: &str) -> Vec<String> {
        named(text).into_iter().filter(|(rule, _)| !rule.starts_with("word-")).map(|(_, word)| word).collect()
    }

    #[test]
    fn stances_are_sorted() {
        let text = "{Vale} was eager to go. {Vale}'s opposition to the road is known. {Vale} was outraged.";
        assert!(cues(text).is_empty(), "{:?}", cues(text));
        assert!(is_stance("worry") && is_stance("accusation") && !is_stance("corrupt"));
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

    #[test]
    fn what_is_not_said_of_a_name_is_not_named() {
        for text in [
            "{Vale} was thrilled at the corrupt vote.",
            "{Moss} sued to stop {Vale}'s corrupt plan.",
            "{Moss} won thanks to {Vale}.",
            "{Moss} has the support of {Vale}.",
            "{Vale} sees it as a disgrace.",
            "They spoke about {Vale}'s fraud allegations.",
            "{Vale} was always opposed to the road.",
            "{Moss} condemned {Vale}'s brutal murder.",
            "It is a firm that {Vale} has accused of fraud.",
            "{Vale} has the bully pulpit.",
        ] {
            assert!(cues(text).is_empty(), "{text}: {:?}", cues(text));
        }
    }
}

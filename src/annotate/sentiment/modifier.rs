//! Words before a sentiment term that change its weight: negators, intensifiers, diminishers.
//!
//! Reads counted forms, writes nothing. The factor of negation, -740 thousandths, is VADER's (Hutto & Gilbert 2014).

use crate::document::Document;

/// Thousandths by which a negator multiplies.
const NEGATION: i16 = -740;
/// Tokens before a term in which a negator works.
const SCOPE: usize = 4;
/// The same for a negator that governs a phrase (`nothing`, `failed to`).
const WIDE_SCOPE: usize = 7;
/// The same for one that stands before a whole clause (`neither the one nor the other has ...`).
const CLAUSE_SCOPE: usize = 10;

/// The modifiers of the term that starts at token `at`, outermost first: token ranges with factors in thousandths.
/// Nothing before `lo` is looked at, and no clause mark is crossed. Whoever is told to stop a deed is said to do it: before
/// a `deed`, `stop` and its like change nothing.
pub(super) fn modifiers(doc: &Document, at: usize, lo: usize, deed: bool) -> Vec<(usize, usize, i16)> {
    let norm = |i: usize| doc.tokens.get(i).map_or("", |t| doc.norm(t));
    let mut found = Vec::new();
    let mut back = at;
    while back > lo && at - back < CLAUSE_SCOPE {
        back -= 1;
        let word = norm(back);
        let distance = at - back;
        if word.is_empty() || is_barrier(word) {
            break;
        }
        if distance <= 2
            && let Some(factor) = degree(word)
            && !found.iter().any(|&(_, _, f)| f < 0)
        {
            found.push((back, back + 1, factor));
        } else if word == "neither" && found.iter().any(|&(at, _, _)| norm(at) == "nor") {
            // `neither X nor Y` denies once.
        } else if is_negator(word) && distance <= scope(word) && !is_exempt(word, norm(back + 1)) {
            found.push((back, back + 1, NEGATION));
        } else if distance <= WIDE_SCOPE
            && let Some(length) = implicit(word, norm(back + 1)).filter(|&n| n > 1 || !deed)
            && back + length <= at
        {
            found.push((back, back + length, NEGATION));
        }
        if found.len() >= 3 {
            break;
        }
    }
    found.reverse();
    found
}

fn scope(word: &str) -> usize {
    match word {
        "neither" | "nor" => CLAUSE_SCOPE,
        "never" | "nothing" => WIDE_SCOPE,
        _ => SCOPE,
    }
}

/// Words that end the scope of what stands before them.
fn is_barrier(word: &str) -> bool {
    matches!(word, "but" | "although" | "though" | "while" | "whereas" | "because" | "however" | "yet")
}

/// Whether a word turns what follows it, given the word right behind it.
pub(super) fn turns(word: &str, next: &str) -> bool {
    is_negator(word) && !is_exempt(word, next)
}

fn is_negator(word: &str) -> bool {
    word.ends_with("n't")
        || matches!(
            word,
            "not"
                | "no"
                | "never"
                | "without"
                | "neither"
                | "nor"
                | "hardly"
                | "barely"
                | "scarcely"
                | "nothing"
                | "nobody"
                | "none"
                | "cannot"
                | "rarely"
                | "seldom"
        )
}

/// Whether the word after a negator takes its force away: `not only`, `no doubt`, `barely disguised`.
fn is_exempt(word: &str, next: &str) -> bool {
    match word {
        "not" => matches!(next, "only" | "just" | "merely" | "simply" | "surprisingly" | "least" | "unlike"),
        "no" => matches!(next, "doubt" | "wonder" | "less" | "sooner" | "matter" | "surprise"),
        "barely" | "hardly" | "scarcely" => {
            matches!(
                next,
                "disguised" | "concealed" | "veiled" | "hidden" | "contained" | "surprising" | "surprisingly"
            )
        }
        _ => false,
    }
}

/// Words that deny what follows them without a negator: how many tokens they are.
fn implicit(word: &str, next: &str) -> Option<usize> {
    match word {
        "fail" | "fails" | "failed" | "failing" | "refuse" | "refuses" | "refused" | "refusing" | "declined"
        | "unable" | "failure" | "refusal"
            if next == "to" =>
        {
            Some(2)
        }
        "instead" if next == "of" => Some(2),
        "rather" if next == "than" => Some(2),
        "lack" | "absence" if next == "of" => Some(2),
        "deny" | "denies" | "denied" | "denying" | "stop" | "stops" | "stopped" | "stopping" | "prevent"
        | "prevents" | "prevented" | "preventing" | "avoid" | "avoided" | "avoiding" | "cease" | "ceased"
        | "denial" => Some(1),
        _ => None,
    }
}

/// Intensifiers and diminishers, thousandths.
fn degree(word: &str) -> Option<i16> {
    match word {
        "very" | "extremely" | "deeply" | "highly" | "utterly" | "absolutely" | "completely" | "totally" | "so"
        | "incredibly" | "particularly" | "especially" | "enormously" | "profoundly" | "staggering" | "grossly"
        | "wildly" | "fiercely" | "harshly" | "sharply" | "strongly" | "bitterly" | "most" | "massively"
        | "blatantly" | "openly" | "truly" => Some(1300),
        "slightly" | "somewhat" | "fairly" | "mildly" | "partly" | "partially" | "marginally" | "little"
        | "relatively" | "occasionally" | "arguably" | "allegedly" | "potentially" | "possibly" | "reportedly" => {
            Some(600)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::modifiers;
    use crate::annotate::fixture::tokenized;

    /// The factors that apply to the last word of a sentence.
    fn factors(text: &str) -> Vec<i16> {
        let doc = tokenized(text);
        let last = doc.tokens.len() - 1;
        modifiers(&doc, last, 0, false).into_iter().map(|(_, _, f)| f).collect()
    }

    #[test]
    fn negators_turn_and_degree_words_scale() {
        assert_eq!(factors("the plan is not good"), [-740]);
        assert_eq!(factors("the plan isn’t good"), [-740]);
        assert_eq!(factors("the plan is not very good"), [-740, 1300]);
        assert_eq!(factors("the plan is slightly dangerous"), [600]);
        assert_eq!(factors("it was absolutely nothing progressive"), [-740]);
        assert_eq!(factors("neither of the two has any progressive"), [-740]);
        assert_eq!(factors("neither he nor she has any progressive"), [-740]);
    }

    #[test]
    fn what_denies_without_a_negator_turns_too() {
        assert_eq!(factors("the ministry failed to be honest"), [-740]);
        assert_eq!(factors("instead of being honest"), [-740]);
        assert_eq!(factors("without shameful"), [-740]);
    }

    #[test]
    fn exempt_negators_do_not_turn() {
        assert!(factors("it was not only good").is_empty());
        assert!(factors("not surprisingly good").is_empty());
        assert!(factors("a barely disguised criticism").is_empty());
        assert!(factors("there is no doubt of success").is_empty());
        assert!(factors("it was not here, good").is_empty());
    }
}

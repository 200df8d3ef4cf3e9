//! How a sentiment term and a target stand to each other in a sentence, and what share of the term's value the target
//! receives by that.
//!
//! Reads a [`Scene`] (one sentence), writes nothing. Shares are thousandths; they are conventions, tuned on the train
//! part of NewsMTSC.

use crate::annotate::sentiment::scene::{Scene, is_copula, is_receiving};
use crate::annotate::word_class::is_preposition;
use crate::model::lexicon::Category;

/// Share, thousandths, that is left of nearness for a place that is only a location (`in X`), or a part of a word.
const ASIDE: i32 = 350;

/// The relation of a term to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// Stable name.
    pub rule: &'static str,
    /// Share of the term's value in thousandths.
    pub share: i32,
    /// Tokens between; negative when the term stands before the target.
    pub distance: i32,
}

impl Relation {
    /// Whether the term is plainly said of the target, not only near it.
    pub(super) fn is_strong(self) -> bool {
        !matches!(self.rule, "clause" | "sentence")
    }
}

/// What a term may be said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// Its tokens, `start..end`.
    pub tokens: (usize, usize),
    /// Whether it is a place: a place that is attacked is a victim, not judged.
    pub place: bool,
    /// Whether it is a part of a hyphenated word (`Vale-led`).
    pub part: bool,
}

/// Furthest a term is looked for, tokens.
pub(super) const REACH: usize = 40;

impl Scene<'_> {
    /// The relation of the term at tokens `term.0..term.1` to the target at tokens `target.0..target.1`.
    pub(super) fn relation(&self, term: (usize, usize), category: Category, target: Target) -> Option<Relation> {
        let located = target.place && self.is_location(target.tokens.0);
        let mut relation = self.plain_relation(term, category, target)?;
        if !relation.is_strong() && (located || target.part) {
            relation.share = relation.share * ASIDE / 1000;
        }
        Some(relation)
    }

    fn plain_relation(&self, term: (usize, usize), category: Category, target: Target) -> Option<Relation> {
        let Target { tokens: target, place, .. } = target;
        if place && category == Category::Assail && term.1 <= target.0 && self.norm(term.1) != "by" {
            return None;
        }
        if term.1 <= target.0 {
            let distance = target.0 - term.1;
            let (rule, share) = self.term_first(term, category, target, distance)?;
            return Some(Relation { rule, share, distance: -(distance as i32) });
        }
        if target.1 > term.0 {
            return None;
        }
        let distance = term.0 - target.1;
        let (rule, share) = self.target_first(term, category, target, distance)?;
        Some(Relation { rule, share, distance: distance as i32 })
    }

    fn term_first(
        &self,
        term: (usize, usize),
        category: Category,
        target: (usize, usize),
        distance: usize,
    ) -> Option<(&'static str, i32)> {
        let clause = self.same_clause(term.0, target.0);
        let others = self.names_between(term.1, target.0);
        let by = (term.1..target.0).take(4).any(|t| self.norm(t) == "by") && self.is_past(term.1 - 1);
        match category {
            Category::Judgment if by => None,
            Category::Judgment if !clause || distance > 12 || !self.reaches(term.1, target.0) => None,
            Category::Judgment => Some(("object", if others == 0 { 1000 } else { 300 })),
            Category::Assail | Category::Act if by => clause.then_some(("agent", 800)),
            Category::Assail if !clause || distance > 12 || !self.reaches(term.1, target.0) => None,
            Category::Assail => Some(("object", if others == 0 { 800 } else { 250 })),
            Category::Act => None,
            Category::Deed if (term.1..target.0).take(3).any(|t| self.norm(t) == "by") => Some(("agent", 1000)),
            Category::Deed => None,
            Category::Criticism => self.criticised(term, target, distance, clause),
            Category::Quality if self.is_beneficiary(term.1, target.0) => None,
            Category::Quality
                if distance <= 1 && !is_preposition(self.norm(term.1)) && self.is_free(term.1, target.0) =>
            {
                Some(("modifier", 1000))
            }
            // `nothing good about the invasion of X`: said of the deed
            Category::Quality if self.between(&self.deeds, term.1, target.0) > 0 => None,
            Category::Quality => {
                // An adverb is said of the verb's subject, which stands before it.
                let adverb = self.norm(term.1 - 1).ends_with("ly");
                let near = self.near(distance, clause, others, false);
                near.map(|(rule, share)| (rule, if adverb { share * ASIDE / 1000 } else { share }))
            }
        }
    }

    /// `criticism of X`, `attacks X`; not `criticism from X`.
    fn criticised(
        &self,
        term: (usize, usize),
        target: (usize, usize),
        distance: usize,
        clause: bool,
    ) -> Option<(&'static str, i32)> {
        let preposition = (term.1..target.0).find(|&t| {
            matches!(
                self.norm(t),
                "of" | "on" | "against" | "at" | "for" | "toward" | "towards" | "over" | "from" | "by" | "with"
            )
        });
        match preposition.map(|t| self.norm(t)) {
            Some("from" | "by") => None,
            _ if !clause || distance > 8 => None,
            Some(_) if self.names_between(term.1, target.0) == 0 => Some(("criticism-of", 1000)),
            None if distance <= 3 => Some(("object", 700)),
            _ => None,
        }
    }

    fn target_first(
        &self,
        term: (usize, usize),
        category: Category,
        target: (usize, usize),
        distance: usize,
    ) -> Option<(&'static str, i32)> {
        let clause = self.same_clause(term.0, target.1 - 1);
        let others = self.names_between(target.1, term.0);
        let between = target.1..term.0;
        let bound = self.after_preposition(target.0);
        let owner = self.doc.tokens.get(target.1 - 1).is_some_and(|t| t.base_end < t.span.end);
        match category {
            Category::Judgment | Category::Assail | Category::Act => {
                let passive = clause && self.is_passive(term, target.1);
                match category {
                    Category::Act if passive => None,
                    Category::Act if clause && others == 0 && !owner && !bound && distance <= 10 => {
                        Some(("subject-act", 900))
                    }
                    Category::Act if clause && !owner && !bound => Some(("subject-act", 350)),
                    Category::Act => None,
                    _ if passive => Some(("passive-subject", if others == 0 { 1000 } else { 300 })),
                    // `X's build-up in Y, which undermines ...`
                    Category::Assail if clause && owner && matches!(self.norm(term.0 - 1), "which" | "that") => {
                        Some(("owner-act", 400))
                    }
                    Category::Assail if clause && others == 0 && !owner && !bound => Some(("subject-act", 400)),
                    _ => None,
                }
            }
            Category::Criticism => {
                let receives = clause && others == 0 && between.clone().any(|t| is_receiving(self.norm(t)));
                receives.then_some(("receiver", 1000))
            }
            Category::Deed if distance <= 1 && self.is_free(target.1, term.0) => Some(("doer", 1000)),
            Category::Deed if owner && distance <= 4 && others == 0 && self.is_free(target.1, term.0) => {
                Some(("doer", 1000))
            }
            Category::Deed => self.near(distance, clause, others, true).map(|(rule, share)| (rule, share * 500 / 1000)),
            Category::Quality if owner && distance <= 3 && others == 0 && self.is_free(target.1, term.0) => {
                Some(("possessor", 1000))
            }
            // `praised by X for ...`: said of whom X praises
            Category::Quality if self.is_agent(target.0) => None,
            Category::Quality => {
                let predicate = clause
                    && distance <= 8
                    && others == 0
                    && !bound
                    && between.clone().any(|t| is_copula(self.norm(t)));
                if predicate {
                    return Some(("predicate", 1000));
                }
                // `X accuses Y of fraud`: said of Y
                if others > 0 && self.between(&self.judgments, target.1, term.0) > 0 {
                    return None;
                }
                self.near(distance, clause, others, true)
            }
        }
    }

    /// The share of a term that only stands near.
    fn near(&self, distance: usize, clause: bool, others: u16, after: bool) -> Option<(&'static str, i32)> {
        if distance > REACH {
            return None;
        }
        let mut share = (900 - 35 * distance as i32).max(200);
        if others > 0 {
            share = share * 400 / 1000;
        }
        if !after {
            share = share * 800 / 1000;
        }
        if clause { Some(("clause", share)) } else { Some(("sentence", share * 500 / 1000)) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::marks::Marks;
    use super::{Category, Scene, Target};
    use crate::annotate::fixture::tokenized;

    /// The rule by which a term relates to a target, both given by their words.
    fn rule(text: &str, term: &str, category: Category, target: &str) -> &'static str {
        let doc = tokenized(text);
        let find = |word: &str| doc.tokens.iter().position(|t| doc.base(t) == word).unwrap();
        let scene = Scene::new(&doc, &doc.sentences[0], &Marks::new(&doc));
        let (term, name) = (find(term), find(target));
        let target = Target { tokens: (name, name + 1), place: false, part: false };
        scene.relation((term, term + 1), category, target).map_or("", |r| r.rule)
    }

    #[test]
    fn rules_follow_the_grammar_of_the_sentence() {
        use Category::{Act, Assail, Criticism, Deed, Judgment, Quality};
        assert_eq!(rule("They slammed Vale.", "slammed", Judgment, "Vale"), "object");
        assert_eq!(rule("Vale slammed them.", "slammed", Judgment, "Vale"), "");
        assert_eq!(rule("Vale was slammed.", "slammed", Judgment, "Vale"), "passive-subject");
        assert_eq!(rule("Praise came, praised by Vale.", "praised", Judgment, "Vale"), "");
        assert_eq!(rule("Vale attacked them.", "attacked", Assail, "Vale"), "subject-act");
        assert_eq!(rule("Vale invaded it.", "invaded", Act, "Vale"), "subject-act");
        assert_eq!(rule("It was invaded by Vale.", "invaded", Act, "Vale"), "agent");
        assert_eq!(rule("He saw criticism of Vale.", "criticism", Criticism, "Vale"), "criticism-of");
        assert_eq!(rule("Vale faces criticism.", "criticism", Criticism, "Vale"), "receiver");
        assert_eq!(rule("Vale’s aggression.", "aggression", Deed, "Vale"), "doer");
        assert_eq!(rule("The aggression against Vale.", "aggression", Deed, "Vale"), "");
        assert_eq!(rule("Vale is corrupt.", "corrupt", Quality, "Vale"), "predicate");
        assert_eq!(rule("The corrupt Vale left.", "corrupt", Quality, "Vale"), "modifier");
        assert_eq!(rule("Vale’s corrupt friends.", "corrupt", Quality, "Vale"), "possessor");
        assert_eq!(rule("Vale left; it was corrupt.", "corrupt", Quality, "Vale"), "sentence");
    }
}

//! What three general sentiment lexicons say of a word: VADER, AFINN and the Opinion Lexicon, side by side.
//!
//! They disagree often, so the sentiment model weighs each by itself. Sources and licences stand in `assets/README.md`.

use std::sync::LazyLock;

use super::lookup::Lookup;

/// Names of the lists as `run.json` reports them.
pub const NAME: &str = "VADER, AFINN-165, Opinion Lexicon";

/// How many lexicons there are.
pub const LEXICONS: usize = 3;

/// Thousandths, -1000..=1000, of each lexicon; 0 where it lacks the word.
pub type Prior = [i16; LEXICONS];

static PRIOR: LazyLock<Lookup<&'static str, Prior>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut fields = line.split(',');
        let term = fields.next()?;
        let mut weight = || fields.next()?.parse().ok();
        Some((term, [weight()?, weight()?, weight()?]))
    };
    include_str!("assets/en/prior.csv").lines().skip(1).filter_map(row).collect()
});

/// What the lexicons say of a counted form, or of it without a final `s` or the ending of an adverb.
pub fn prior(norm: &str) -> Option<Prior> {
    let plural = || PRIOR.get(norm.strip_suffix('s')?);
    PRIOR.get(norm).or_else(plural).or_else(|| PRIOR.get(adjective(norm)?)).copied()
}

/// The adjective of an adverb: `decently` is `decent`. Adverbs that mean something else have none.
fn adjective(norm: &str) -> Option<&str> {
    let stem = norm.strip_suffix("ly").filter(|stem| stem.len() >= 4)?;
    (!matches!(norm, "hardly" | "likely" | "fairly" | "shortly" | "lately" | "justly" | "dearly")).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::{PRIOR, prior};

    #[test]
    fn every_row_is_read() {
        let table = include_str!("../model/assets/en/prior.csv");
        assert_eq!(PRIOR.len() + 1, table.lines().count());
        assert!(table.lines().skip(1).all(|line| line.split(',').count() == 4));
    }

    #[test]
    fn a_plural_has_what_its_singular_has() {
        assert!(prior("lie").is_some_and(|weights| weights.iter().sum::<i16>() < 0));
        assert_eq!(prior("hypocrisys"), prior("hypocrisy"));
        assert!(prior("table").is_none());
    }

    #[test]
    fn an_adverb_has_what_its_adjective_has() {
        assert_eq!(prior("decently"), prior("decent"));
        assert!(prior("decently").is_some() && prior("likely").is_none_or(|weights| weights.iter().sum::<i16>() == 0));
    }
}

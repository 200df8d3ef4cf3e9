//! By what the rows of `cooccurrence.csv` are chosen and ordered: the measure that `--top-by` names.

use crate::error::{Error, ErrorKind, Result};
use crate::measure::{Contingency, MEASURES, g2_above};

/// Measures that are high where two things have nothing to do with each other.
const NO_ORDER: [&str; 2] = ["expected", "p"];

/// A measure to rank pairs by, the highest first.
pub(super) enum Ranking {
    /// G2, most of which need not be computed.
    G2,
    /// The count itself.
    Observed,
    /// Any other measure.
    Measure(fn(Contingency) -> f64),
}

impl Ranking {
    /// The ranking by a measure.
    ///
    /// # Errors
    /// [`ErrorKind::Option`] for a name that is no measure to rank by.
    pub(super) fn of(name: &str) -> Result<Ranking> {
        let ranks = || MEASURES.iter().filter(|measure| !NO_ORDER.contains(&measure.name));
        match name {
            "g2" => return Ok(Ranking::G2),
            "observed" => return Ok(Ranking::Observed),
            _ => {}
        }
        let found = ranks().find(|measure| measure.name == name);
        found.map(|measure| Ranking::Measure(measure.score)).ok_or_else(|| {
            let names: Vec<&str> = ranks().map(|measure| measure.name).collect();
            let remedy = format!("use observed or one of {}", names.join(", "));
            Error::new(ErrorKind::Option, format!("--top-by {name}: there is no such measure to rank by"), remedy)
        })
    }

    /// The measure of a pair, or none when it is certainly below the floor.
    pub(super) fn score(&self, counts: Contingency, floor: f64) -> Option<f64> {
        match self {
            Ranking::G2 => g2_above(counts, floor),
            Ranking::Observed => Some(counts.both as f64),
            Ranking::Measure(score) => Some(score(counts)),
        }
    }

    /// The measure of a pair.
    pub(super) fn value(&self, counts: Contingency) -> f64 {
        self.score(counts, f64::NEG_INFINITY).unwrap_or(f64::NEG_INFINITY)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::corpus_tables;
    use super::*;
    use crate::config::Config;

    #[test]
    fn every_measure_but_those_without_an_order_ranks() {
        for measure in MEASURES {
            assert_eq!(Ranking::of(measure.name).is_ok(), !NO_ORDER.contains(&measure.name), "{}", measure.name);
        }
        let error = Ranking::of("G3").err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("--top-by G3") && error.contains("log_dice"), "{error}");
    }

    #[test]
    fn pairs_are_chosen_and_ordered_by_the_measure() {
        let bodies = ["peace treaty. peace treaty. war treaty. harvest ends", "peace treaty. war treaty. harvest ends"];
        let terms = |measure: &str, top: u64| {
            let mut config = Config::default();
            (config.count.pairs_top_by, config.count.pairs_top) = (measure.into(), top);
            let rows = corpus_tables(&bodies, &config).rows("cooccurrence.csv");
            let rows = rows.into_iter().filter(|row| row["unit"] == "sentence" && row["node_type"] == "term");
            rows.map(|row| format!("{} {}", row["item1"], row["item2"])).collect::<Vec<_>>()
        };
        assert_eq!(terms("observed", 0), ["peace treaty", "ends harvest", "treaty war"]);
        assert_eq!(terms("log_dice", 1), ["ends harvest"]);
        assert_eq!(terms("min_sensitivity", 2), ["ends harvest", "peace treaty"]);
    }
}

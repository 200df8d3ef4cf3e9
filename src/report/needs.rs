//! What tables are made of, so that a run does nothing that no table shows.

use crate::config::{CountConfig, TermConfig, Unit};
use crate::document::Layer;

/// What a table, or several, are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needs {
    /// The deepest layer of documents.
    pub layer: Layer,
    /// Whether the wording of documents is measured.
    pub wording: bool,
    /// Whether n-grams are counted.
    pub ngrams: bool,
    /// Units in which terms are paired.
    pub term_pairs: Vec<Unit>,
    /// Units in which entities are paired.
    pub entity_pairs: Vec<Unit>,
}

impl Needs {
    /// A layer of documents and no counts but those of terms.
    pub fn layer(layer: Layer) -> Needs {
        Needs { layer, wording: false, ngrams: false, term_pairs: Vec::new(), entity_pairs: Vec::new() }
    }

    /// What both need.
    pub fn and(self, other: Needs) -> Needs {
        let union =
            |a: Vec<Unit>, b: Vec<Unit>| Unit::ALL.into_iter().filter(|u| a.contains(u) || b.contains(u)).collect();
        Needs {
            layer: self.layer.max(other.layer),
            wording: self.wording || other.wording,
            ngrams: self.ngrams || other.ngrams,
            term_pairs: union(self.term_pairs, other.term_pairs),
            entity_pairs: union(self.entity_pairs, other.entity_pairs),
        }
    }

    /// The options of counting terms, n-grams and pairs of terms.
    pub fn of_terms(&self, config: &CountConfig) -> CountConfig {
        let ngram_max = if self.ngrams { config.ngram_max } else { 1 };
        CountConfig { ngram_max, units: self.term_pairs.clone(), ..config.clone() }
    }

    /// The options of counting entities and their pairs.
    pub fn of_entities(&self, config: &CountConfig) -> CountConfig {
        CountConfig { ngram_max: 1, units: self.entity_pairs.clone(), terms: TermConfig::default(), ..config.clone() }
    }
}

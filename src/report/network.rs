//! The network behind `nodes.csv`, `edges.csv` and `network.gexf`: what occurs together more often than by chance, the
//! strongest pairs as edges and their ends as nodes.

use std::collections::BTreeMap;

use super::cooccurrence::contingency;
use super::{CorpusRows, Needs};
use crate::config::{CountConfig, NodeType};
use crate::count::{PairCount, PairRow, entity_of};
use crate::document::Layer;
use crate::error::Result;
use crate::measure::{association, g2_above};

/// Thing of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What edges call it: the number of an entity as in `entities.csv`, or the term.
    pub id: String,
    /// What a reader calls it.
    pub label: String,
    /// Type of the entity, or `term`.
    pub kind: &'static str,
    /// Units that hold it.
    pub frequency: u64,
    /// Edges at it.
    pub degree: u64,
    /// Sum of the weights of these edges.
    pub weighted_degree: u64,
    /// Sentiment towards an entity over all voices; missing for terms and for entities without scored mentions.
    pub score: Option<f64>,
}

/// Pair of a network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Place of the node that is first in the order of ids.
    pub source: usize,
    /// Place of the other node.
    pub target: usize,
    /// How often the two occur together, apart, and by chance.
    pub count: PairCount,
    /// Documents in which they occur together.
    pub documents: u64,
}

/// Nodes and edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// Nodes in the order of their ids.
    pub nodes: Vec<Node>,
    /// Edges, strongest G2 first.
    pub edges: Vec<Edge>,
    /// Pairs that met the least count and were not among the strongest, or occur together no more often than by chance.
    pub left_out: u64,
}

/// What the three tables of the network are made of.
pub(super) fn needs(config: &CountConfig) -> Needs {
    let unit = vec![config.network.unit];
    match config.network.nodes {
        NodeType::Term => Needs { term_pairs: unit, ..Needs::layer(Layer::Tokens) },
        NodeType::Entity => Needs { entity_pairs: unit, ..Needs::layer(Layer::Opinions) },
    }
}

impl Network {
    /// The network of a corpus.
    ///
    /// # Errors
    /// Those of temporary files.
    pub(super) fn of(corpus: &CorpusRows<'_>) -> Result<Network> {
        let options = &corpus.config.count.network;
        let score = |count: PairCount, floor: f64| g2_above(contingency(count), floor);
        let counts = if options.nodes == NodeType::Term { corpus.counts } else { corpus.names };
        let most = usize::try_from(options.top).unwrap_or(usize::MAX);
        let pairs = counts.top_pairs(options.unit, options.min_count, most, score)?;
        let rows = pairs.rows.iter().map(|pair| counts.pair(options.unit, pair));
        let rows: Vec<PairRow<'_>> = rows.filter(|pair| association::g2(contingency(pair.count)) > 0.0).collect();
        let mut nodes: BTreeMap<&str, Node> = BTreeMap::new();
        for pair in &rows {
            for (feature, frequency) in [(pair.first, pair.count.first), (pair.second, pair.count.second)] {
                let node = nodes.entry(feature).or_insert_with(|| node(feature, frequency, options.nodes, corpus));
                node.degree += 1;
                node.weighted_degree += pair.count.observed;
            }
        }
        let places: BTreeMap<&str, usize> = nodes.keys().enumerate().map(|(at, feature)| (*feature, at)).collect();
        let edge = |pair: &PairRow<'_>| Edge {
            source: places[pair.first],
            target: places[pair.second],
            count: pair.count,
            documents: pair.documents,
        };
        Ok(Network {
            edges: rows.iter().map(edge).collect(),
            left_out: pairs.candidates.saturating_sub(rows.len() as u64),
            nodes: nodes.into_values().collect(),
        })
    }

    /// The ends of an edge.
    pub(super) fn ends(&self, edge: &Edge) -> [&Node; 2] {
        [&self.nodes[edge.source], &self.nodes[edge.target]]
    }
}

fn node(feature: &str, frequency: u64, of: NodeType, corpus: &CorpusRows<'_>) -> Node {
    let number = entity_of(feature).filter(|_| of == NodeType::Entity);
    let identity = number.and_then(|number| corpus.identity(number));
    Node {
        id: identity.map_or(feature, |identity| &identity.id).to_owned(),
        label: identity.map_or(feature, |identity| &identity.name).to_owned(),
        kind: identity.map_or("term", |identity| identity.kind.name()),
        frequency,
        degree: 0,
        weighted_degree: 0,
        score: number.and_then(|number| score(number, corpus)),
    }
}

/// Sentiment towards an entity over all voices, -1 to 1.
fn score(number: u32, corpus: &CorpusRows<'_>) -> Option<f64> {
    let count = corpus.entity_count(number);
    (count.scored > 0).then(|| count.polarity as f64 / (count.scored as f64 * 1000.0))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, corpus_tables, records, write_corpus_of};
    use crate::config::{Config, CountConfig, NetworkConfig, NodeType};

    const BODIES: [&str; 2] = ["peace treaty. peace treaty. war treaty", "peace treaty. war harvest. war harvest"];

    fn config(nodes: NodeType, top: u64) -> Config {
        let network = NetworkConfig { nodes, top, min_count: 1, ..NetworkConfig::default() };
        Config { count: CountConfig { network, ..CountConfig::default() }, ..Config::default() }
    }

    #[test]
    fn only_pairs_that_are_together_more_often_than_by_chance_are_edges() {
        let tables = corpus_tables(&BODIES, &config(NodeType::Term, 10));
        let edges = tables.rows("edges.csv");
        let ends: Vec<_> = edges.iter().map(|row| cells(row, ["Source", "Target", "Weight"])).collect();
        // Both pairs have the same G2, so their names decide. war and treaty meet once in six sentences, half of what chance would give them.
        assert_eq!(ends, [["harvest", "war", "2"], ["peace", "treaty", "3"]]);
        let nodes = tables.rows("nodes.csv");
        let columns = ["Label", "Id", "type", "frequency", "degree", "weighted_degree", "score"];
        assert_eq!(cells(&nodes[3], columns), ["war", "war", "term", "3", "1", "2", ""]);
        assert_eq!(nodes.len(), 4);
        assert_eq!(corpus_tables(&BODIES, &config(NodeType::Term, 1)).rows("nodes.csv").len(), 2);
    }

    #[test]
    fn entities_are_nodes_by_number_with_their_sentiment() {
        // A third document names nobody, so that the two are together more often than by chance.
        let mut all = records();
        let mut third = all[1].clone();
        third.document.id = 3;
        third.mentions.clear();
        all.push(third);
        let tables = write_corpus_of(&BODIES, &all, &config(NodeType::Entity, 10));
        let nodes = tables.rows("nodes.csv");
        assert_eq!(cells(&nodes[0], ["Label", "Id", "type"]), ["Rosa Lindqvist", "e000001", "PERSON"]);
        let scored = tables.rows("entity_sentiment.csv");
        let rosa = scored.iter().find(|row| row["entity"] == "Rosa Lindqvist" && row["voice"] == "all").unwrap();
        assert_eq!(nodes[0]["score"], rosa["score"]);
        assert_eq!(
            cells(&tables.rows("edges.csv")[0], ["Source", "Target", "Type"]),
            ["e000001", "e000002", "Undirected"]
        );
    }
}

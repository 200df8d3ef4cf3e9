//! The flags of what is counted.

use byline::config::{CountConfig, NetworkConfig, NodeType, Unit};
use clap::{Args, ValueEnum};

#[derive(Clone, Copy, ValueEnum)]
enum UnitArg {
    Document,
    Paragraph,
    Sentence,
    Window,
}

impl From<UnitArg> for Unit {
    fn from(unit: UnitArg) -> Unit {
        match unit {
            UnitArg::Document => Unit::Document,
            UnitArg::Paragraph => Unit::Paragraph,
            UnitArg::Sentence => Unit::Sentence,
            UnitArg::Window => Unit::Window,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum NodeTypeArg {
    Term,
    Entity,
}

impl From<NodeTypeArg> for NodeType {
    fn from(node: NodeTypeArg) -> NodeType {
        match node {
            NodeTypeArg::Term => NodeType::Term,
            NodeTypeArg::Entity => NodeType::Entity,
        }
    }
}

#[derive(Args)]
#[command(next_help_heading = "What is counted")]
pub(super) struct CountArgs {
    /// Within what things co-occur
    #[arg(long, value_name = "UNITS", value_enum, value_delimiter = ',',
          default_values_t = [UnitArg::Document, UnitArg::Paragraph, UnitArg::Sentence, UnitArg::Window])]
    units: Vec<UnitArg>,
    /// What co-occurs, and what has time series
    #[arg(long, value_name = "TYPES", value_enum, value_delimiter = ',',
          default_values_t = [NodeTypeArg::Term, NodeTypeArg::Entity])]
    node_types: Vec<NodeTypeArg>,
    /// Words to each side in the window of co-occurrence
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().window)]
    window: u32,
    /// Longest n-gram, 2 to 5
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().ngram_max)]
    ngram_max: u32,
    /// Least frequency of an n-gram in ngrams.csv
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().ngram_min_count)]
    ngram_min: u64,
    /// Least count of a pair of terms in cooccurrence.csv
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().term_pair_min_count)]
    min_count: u64,
    /// Most pairs of terms and of entities for each unit in cooccurrence.csv, the best by --top-by; 0 for all
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().pairs_top)]
    top: u64,
    /// Which pairs are the best, and stand first: a measure of cooccurrence.csv such as log_dice, npmi or t_score, or
    /// observed
    #[arg(long, value_name = "MEASURE", default_value_t = CountConfig::default().pairs_top_by)]
    top_by: String,
    /// What the network joins in nodes.csv, edges.csv and network.gexf
    #[arg(long, value_name = "TYPE", value_enum, default_value_t = NodeTypeArg::Entity)]
    network: NodeTypeArg,
    /// Within what the things of the network occur together
    #[arg(long, value_name = "UNIT", value_enum, default_value_t = UnitArg::Sentence)]
    network_unit: UnitArg,
    /// Least count of a pair of the network
    #[arg(long, value_name = "N", default_value_t = NetworkConfig::default().min_count)]
    network_min: u64,
    /// Most edges of the network, those with the highest G2; 0 for all
    #[arg(long, value_name = "N", default_value_t = NetworkConfig::default().top)]
    network_top: u64,
}

impl CountArgs {
    /// `others` with what is asked for here.
    pub(super) fn config(self, others: CountConfig) -> CountConfig {
        CountConfig {
            units: self.units.into_iter().map(Unit::from).collect(),
            node_types: self.node_types.into_iter().map(NodeType::from).collect(),
            window: self.window,
            ngram_max: self.ngram_max,
            ngram_min_count: self.ngram_min,
            term_pair_min_count: self.min_count,
            pairs_top: self.top,
            pairs_top_by: self.top_by,
            network: NetworkConfig {
                nodes: self.network.into(),
                unit: self.network_unit.into(),
                min_count: self.network_min,
                top: self.network_top,
            },
            ..others
        }
    }
}

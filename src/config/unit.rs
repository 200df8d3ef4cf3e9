//! Within what things co-occur, and what things: the words of `--units` and `--node-types`.

use super::CountConfig;

/// Within what two things co-occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// The body of a document.
    Document,
    /// A paragraph or a heading.
    Paragraph,
    /// A sentence.
    Sentence,
    /// Places at most `window` words apart in one sentence.
    Window,
}

impl Unit {
    /// All units, in table order.
    pub const ALL: [Unit; 4] = [Unit::Document, Unit::Paragraph, Unit::Sentence, Unit::Window];

    /// The word written in tables; the window unit is followed by its reach there.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Document => "document",
            Unit::Paragraph => "paragraph",
            Unit::Sentence => "sentence",
            Unit::Window => "window",
        }
    }

    /// The label of tables: `document`, `paragraph`, `sentence`, `window5`.
    pub fn label(self, config: &CountConfig) -> String {
        match self {
            Unit::Window => format!("window{}", config.window),
            other => other.name().to_owned(),
        }
    }

    /// Places in reach of one place: 1, or twice the window.
    pub fn span(self, config: &CountConfig) -> u64 {
        match self {
            Unit::Window => 2 * u64::from(config.window),
            _ => 1,
        }
    }
}

/// What co-occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeType {
    /// Content words.
    Term,
    /// Entities, by their names.
    Entity,
}

/// What the network of `nodes.csv`, `edges.csv` and `network.gexf` joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct NetworkConfig {
    /// What its nodes are.
    pub nodes: NodeType,
    /// Within what they occur together.
    pub unit: Unit,
    /// Least count of a pair.
    pub min_count: u64,
    /// Most edges, those with the highest G2; 0 for all.
    pub top: u64,
}

impl Default for NetworkConfig {
    fn default() -> Self {
        NetworkConfig { nodes: NodeType::Entity, unit: Unit::Sentence, min_count: 2, top: 1000 }
    }
}

//! What the user says of entities: decisions about aliases, spans of names from elsewhere, how metonyms are counted.

pub mod decisions;
pub mod spans;

use serde::Serialize;

use self::decisions::Decisions;
use self::spans::SpanList;

/// How entities are found and merged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EntityConfig {
    /// The user's decisions about aliases.
    #[serde(rename = "aliases", skip_serializing_if = "Decisions::is_empty")]
    pub decisions: Decisions,
    /// Names that somebody else found.
    #[serde(rename = "entities", skip_serializing_if = "Option::is_none")]
    pub spans: Option<SpanList>,
    /// What they do to the names that byline finds.
    #[serde(rename = "entities_mode", skip_serializing_if = "SpanMode::is_default")]
    pub mode: SpanMode,
    /// How a place that stands for a government is counted.
    pub metonyms: Metonyms,
}

/// What names from elsewhere do to the names that byline finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SpanMode {
    /// They stand instead of them.
    #[default]
    Replace,
    /// They stand beside them, and win where both overlap.
    Join,
}

impl SpanMode {
    fn is_default(&self) -> bool {
        *self == SpanMode::default()
    }
}

/// How a place or building that stands for a government (`Washington denied it`) is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Metonyms {
    /// As mentions of the government's country in a column of their own.
    #[default]
    Separate,
    /// As names of the country.
    Merge,
    /// As the place or building.
    Off,
}

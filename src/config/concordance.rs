//! Which words `kwic.csv` shows in their context.

/// What is looked up in the texts.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ConcordanceConfig {
    /// Words, phrases, wildcards and regular expressions; see [`crate::annotate::concordance`].
    #[serde(rename = "kwic")]
    pub patterns: Vec<String>,
    /// Most words shown to each side of a hit, inside its sentence.
    #[serde(rename = "kwic_window")]
    pub window: u32,
}

impl Default for ConcordanceConfig {
    fn default() -> Self {
        ConcordanceConfig { patterns: Vec::new(), window: 25 }
    }
}

//! The flags of how entities are found and merged, and the [`EntityConfig`] that they make.

use std::path::PathBuf;

use byline::config::entities::decisions::Decisions;
use byline::config::entities::spans::SpanList;
use byline::config::{EntityConfig, Metonyms, SpanMode};
use byline::error::Result;
use clap::{Args, ValueEnum};

#[derive(Args)]
#[command(next_help_heading = "How entities are found and merged")]
pub(super) struct EntityArgs {
    /// The table aliases.csv of a run with your decisions in it: merge, block, rename or type in the column decision,
    /// ids of a knowledge base in kb_id
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
    /// Names that another program found: a table with the columns doc (doc_id or path), start, end (characters of the
    /// original file), type and, if known, name
    #[arg(long, value_name = "FILE")]
    entities: Option<PathBuf>,
    /// Whether these stand instead of byline's own names (replace) or beside them (join)
    #[arg(long, value_name = "HOW", value_enum, default_value_t = ModeArg::Replace, requires = "entities")]
    entities_mode: ModeArg,
    /// A place that stands for a government (Washington denied it): counted for its country in a column of its own
    /// (separate), as a name of the country (merge), or as the place (off)
    #[arg(long, value_name = "HOW", value_enum, default_value_t = MetonymArg::Separate)]
    metonyms: MetonymArg,
}

#[derive(Clone, Copy, ValueEnum)]
enum ModeArg {
    Replace,
    Join,
}

#[derive(Clone, Copy, ValueEnum)]
enum MetonymArg {
    Separate,
    Merge,
    Off,
}

impl EntityArgs {
    /// What is asked for.
    ///
    /// # Errors
    /// When a table cannot be read, with its path, line and column.
    pub(super) fn config(self) -> Result<EntityConfig> {
        Ok(EntityConfig {
            decisions: self.aliases.as_deref().map(Decisions::read).transpose()?.unwrap_or_default(),
            spans: self.entities.as_deref().map(SpanList::read).transpose()?,
            mode: match self.entities_mode {
                ModeArg::Replace => SpanMode::Replace,
                ModeArg::Join => SpanMode::Join,
            },
            metonyms: match self.metonyms {
                MetonymArg::Separate => Metonyms::Separate,
                MetonymArg::Merge => Metonyms::Merge,
                MetonymArg::Off => Metonyms::Off,
            },
        })
    }
}

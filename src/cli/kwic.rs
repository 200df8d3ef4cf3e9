//! The flags of the concordance, and `byline kwic`.

use std::path::{Path, PathBuf};

use byline::config::ConcordanceConfig;
use byline::error::{Error, ErrorKind, Result};
use clap::Args;

#[derive(Args)]
#[command(next_help_heading = "Concordance")]
pub(super) struct ConcordanceArgs {
    /// Most words to each side of a hit in kwic.csv, inside its sentence
    #[arg(long, value_name = "N", default_value_t = ConcordanceConfig::default().window)]
    kwic_window: u32,
}

impl ConcordanceArgs {
    /// What is looked for.
    pub(super) fn config(&self, patterns: Vec<String>) -> ConcordanceConfig {
        ConcordanceConfig { patterns, window: self.kwic_window }
    }
}

/// Parts the words of `byline kwic` into patterns and inputs: the last ones that are paths are inputs, but for the first
/// word, which is a pattern. Where inputs are named by an option, all words are patterns; without any, the input is the
/// folder `input`.
///
/// # Errors
/// [`ErrorKind::Read`] when there is no input at all.
pub(super) fn part(words: Vec<String>, named: Vec<PathBuf>) -> Result<(Vec<String>, Vec<PathBuf>)> {
    if !named.is_empty() {
        return Ok((words, named));
    }
    let is_path = |word: &&String| *word == "-" || Path::new(word).exists();
    let paths = words.iter().skip(1).rev().take_while(is_path).count();
    let (patterns, paths) = words.split_at(words.len() - paths);
    if paths.is_empty() && !Path::new("input").exists() {
        let last = words.last().map_or("", String::as_str);
        let cause = format!("there is no folder input, and no path among the words ({last} is none)");
        return Err(Error::new(ErrorKind::Read, cause, "name files or folders after what is looked for"));
    }
    let inputs = if paths.is_empty() { vec!["input".into()] } else { paths.iter().map(PathBuf::from).collect() };
    Ok((patterns.to_vec(), inputs))
}

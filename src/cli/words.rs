//! The flags of what a word is, and the [`TermConfig`] that they make.

use std::path::PathBuf;

use byline::config::word_list::{SpellingMap, TermList, WordList};
use byline::config::{Case, Stem, Stopwords, TermConfig};
use byline::error::Result;
use clap::{Args, ValueEnum};

#[derive(Args)]
#[command(next_help_heading = "How words are counted")]
pub(super) struct TermArgs {
    /// Words that are no items of pairs: English function words (en), none, or a file of one word a line; n-grams and
    /// frequencies keep all words
    #[arg(long, value_name = "en|none|FILE", default_value = "en")]
    stopwords: PathBuf,
    /// Words that are items of pairs although the stop list has them: a file of one word a line
    #[arg(long, value_name = "FILE")]
    keep_words: Option<PathBuf>,
    /// Count words under their stem (Snowball)
    #[arg(long, value_name = "LANGUAGE", value_enum, default_value_t = StemArg::None)]
    stem: StemArg,
    /// Count variants under a standard form: a file of variant,standard a line
    #[arg(long, value_name = "FILE.csv")]
    spelling: Option<PathBuf>,
    /// Count terms of several words as one: a file of one term a line
    #[arg(long, value_name = "FILE")]
    multiword: Option<PathBuf>,
    /// Capitals: folded, but for acronyms such as US (fold), or as they are in the text (keep)
    #[arg(long, value_name = "WHAT", value_enum, default_value_t = CaseArg::Fold)]
    case: CaseArg,
}

#[derive(Clone, Copy, ValueEnum)]
enum StemArg {
    None,
    English,
}

#[derive(Clone, Copy, ValueEnum)]
enum CaseArg {
    Fold,
    Keep,
}

impl TermArgs {
    /// What is asked for.
    ///
    /// # Errors
    /// When a list of words cannot be read, with its path and line.
    pub(super) fn config(self) -> Result<TermConfig> {
        let cased = matches!(self.case, CaseArg::Keep);
        Ok(TermConfig {
            case: if cased { Case::Keep } else { Case::Fold },
            stem: match self.stem {
                StemArg::None => Stem::None,
                StemArg::English => Stem::English,
            },
            stopwords: match self.stopwords.to_str() {
                Some("en") => Stopwords::English,
                Some("none") => Stopwords::None,
                _ => Stopwords::List(WordList::read(&self.stopwords)?),
            },
            keep_words: self.keep_words.as_deref().map(WordList::read).transpose()?,
            spelling: self.spelling.as_deref().map(SpellingMap::read).transpose()?,
            multiword: self.multiword.map(|path| TermList::read(&path, cased)).transpose()?,
        })
    }
}

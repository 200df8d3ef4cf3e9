//! The flags of how files are read, and the [`CorpusConfig`] that they make.

use byline::config::{Boilerplate, ColumnConfig, CorpusConfig, DuplicateSimilarity, Duplicates};
use clap::{Args, ValueEnum};

use super::size;

/// Of these the flags that decide what the text of an article is.
#[derive(Args)]
#[command(next_help_heading = "How files are read")]
pub(super) struct TextArgs {
    /// Skip files and records larger than this; one may take ten times its size in memory, 1G at most
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size::parse)]
    max_file_size: u64,
    /// Encoding of files that do not state their own [default: found for each file]
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// Column or JSON field of the text [default: found by its name, as are the others]
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// Column of the headline
    #[arg(long, value_name = "NAME")]
    title_column: Option<String>,
}

#[derive(Args)]
#[command(next_help_heading = "How files are read")]
pub(super) struct ReadingArgs {
    #[command(flatten)]
    text: TextArgs,
    /// Column of the date of publication
    #[arg(long, value_name = "NAME")]
    date_column: Option<String>,
    /// Column of the authors
    #[arg(long, value_name = "NAME")]
    author_column: Option<String>,
    /// Column of the newspaper or site
    #[arg(long, value_name = "NAME")]
    outlet_column: Option<String>,
    /// Column of the section
    #[arg(long, value_name = "NAME")]
    section_column: Option<String>,
    /// Column of the web address
    #[arg(long, value_name = "NAME")]
    url_column: Option<String>,
    /// Column of the language
    #[arg(long, value_name = "NAME")]
    language_column: Option<String>,
    /// Fields in file names: {date}, {outlet}, {title}, {author}, {section}, {language}, {ignore}; others are kept as
    /// metadata; with / for folders
    #[arg(long, value_name = "PATTERN")]
    filename_pattern: Option<String>,
    /// Let the time of a file's last change date an article that has no other date
    #[arg(long)]
    mtime_dates: bool,
    /// Language of all documents, such as en [default: found for each document]
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Boilerplate that is left out: what rules know and what recurs (learn), what rules know (rules), none (keep)
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = BoilerplateArg::Learn)]
    boilerplate: BoilerplateArg,
    /// Copies of articles: listed and counted both ways (mark), left out (drop), not looked for (keep)
    #[arg(long, value_name = "WHAT", value_enum, default_value_t = DuplicatesArg::Mark)]
    duplicates: DuplicatesArg,
    /// Least share of common word sequences of two copies, percent
    #[arg(long, value_name = "N", default_value_t = DuplicateSimilarity::default().0,
          value_parser = clap::value_parser!(u8).range(1..=100))]
    duplicate_similarity: u8,
}

#[derive(Clone, Copy, ValueEnum)]
enum BoilerplateArg {
    Learn,
    Rules,
    Keep,
}

#[derive(Clone, Copy, ValueEnum)]
enum DuplicatesArg {
    Mark,
    Drop,
    Keep,
}

impl TextArgs {
    /// The size above which files and records are skipped, bytes.
    pub(super) fn max_file_size(&self) -> u64 {
        self.max_file_size
    }

    /// What is asked for, where nothing else of an article is wanted and all of its text.
    pub(super) fn corpus(self) -> CorpusConfig {
        CorpusConfig {
            encoding: self.encoding,
            columns: ColumnConfig { text: self.text_column, title: self.title_column, ..ColumnConfig::default() },
            boilerplate: Boilerplate::Keep,
            duplicates: Duplicates::Keep,
            ..CorpusConfig::default()
        }
    }
}

impl ReadingArgs {
    /// The size above which files and records are skipped, bytes.
    pub(super) fn max_file_size(&self) -> u64 {
        self.text.max_file_size()
    }

    /// What is asked for.
    pub(super) fn corpus(self) -> CorpusConfig {
        let text = self.text.corpus();
        CorpusConfig {
            columns: ColumnConfig {
                date: self.date_column,
                author: self.author_column,
                outlet: self.outlet_column,
                section: self.section_column,
                url: self.url_column,
                language: self.language_column,
                ..text.columns
            },
            encoding: text.encoding,
            filename_pattern: self.filename_pattern,
            mtime_dates: self.mtime_dates,
            language: self.language.map(|code| code.to_lowercase()),
            boilerplate: match self.boilerplate {
                BoilerplateArg::Learn => Boilerplate::Learn,
                BoilerplateArg::Rules => Boilerplate::Rules,
                BoilerplateArg::Keep => Boilerplate::Keep,
            },
            duplicates: match self.duplicates {
                DuplicatesArg::Mark => Duplicates::Mark,
                DuplicatesArg::Drop => Duplicates::Drop,
                DuplicatesArg::Keep => Duplicates::Keep,
            },
            duplicate_similarity: DuplicateSimilarity(self.duplicate_similarity),
            lexicon: None,
        }
    }
}

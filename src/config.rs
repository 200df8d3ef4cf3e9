//! Every option of a run with its default and its meaning, as one plain value. Flags become a `Config` in `cli`;
//! nothing below it knows flags.

mod concordance;
pub mod entities;
pub mod lexicon;
mod output;
mod terms;
mod unit;
pub mod word_list;

use std::path::PathBuf;

pub use concordance::ConcordanceConfig;
pub use entities::{EntityConfig, Metonyms, SpanMode};
pub use output::{CsvConfig, FormulaGuard, OutputConfig};
pub use terms::{Case, Stem, Stopwords, TermConfig};
pub use unit::{NetworkConfig, NodeType, Unit};

use crate::error::{Error, ErrorKind, Result};

/// The name of a file of options. One that lies among articles is none.
pub const OPTIONS_FILE: &str = "byline.toml";

/// What a run is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Files and folders to read, in the order given.
    pub inputs: Vec<PathBuf>,
    /// Folder for the tables.
    pub output: PathBuf,
    /// Write into a folder that holds files byline did not write.
    pub force: bool,
    /// In which formats tables are written, and how CSV files look.
    pub output_files: OutputConfig,
    /// Where temporary files go; the output's parent folder when none is given.
    pub tmp_dir: Option<PathBuf>,
    /// Worker threads; 0 means one for each core.
    pub threads: usize,
    /// Bytes of input annotated as one task. Never changes an output.
    pub batch_bytes: u64,
    /// Memory for counts, in bytes; above it counts are spilled to disk. Never changes an output.
    pub memory_bytes: u64,
    /// Files larger than this are skipped and listed, bytes.
    pub max_file_bytes: u64,
    /// How files become articles, and articles documents.
    pub corpus: CorpusConfig,
    /// How entities are found and merged.
    pub entities: EntityConfig,
    /// What is counted and which rows are written.
    pub count: CountConfig,
    /// What is looked up in the texts.
    pub concordance: ConcordanceConfig,
    /// A word list of other texts that groups are compared with.
    pub reference: Option<ReferenceConfig>,
    /// The tables to write, by name without `.csv`; all when none is named. What no table needs is not done.
    pub tables: Vec<String>,
}

/// A reference word list: a CSV file of words and how often each occurs in other texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceConfig {
    /// The file.
    pub path: PathBuf,
    /// Tokens of those texts; the sum of the list when none is given.
    pub total: Option<u64>,
}

/// The length of the periods of a time series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// Calendar days.
    Day,
    /// Weeks of ISO 8601, Monday to Sunday.
    Week,
    /// Calendar months.
    #[default]
    Month,
    /// Calendar years.
    Year,
}

/// How files become articles, and articles documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct CorpusConfig {
    /// Encoding of files that have no mark and declare none; detected when none is given. A label of the WHATWG
    /// Encoding Standard (`utf-8`, `windows-1252`, `latin1`, `utf-16le`, ...).
    pub encoding: Option<String>,
    /// Which columns of tables and fields of JSON hold what.
    pub columns: ColumnConfig,
    /// Pattern of file names, `{date}_{outlet}_{title}`; the names in braces are fields.
    pub filename_pattern: Option<String>,
    /// Whether a file's time of last change dates an article that has no other date.
    pub mtime_dates: bool,
    /// Language of all documents, ISO 639-1; found for each document when none is given.
    pub language: Option<String>,
    /// Which boilerplate is left out.
    pub boilerplate: Boilerplate,
    /// What becomes of copies of an article.
    pub duplicates: Duplicates,
    /// Least share of common word sequences of two copies, percent.
    pub duplicate_similarity: DuplicateSimilarity,
    /// Sentiment terms of the user's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lexicon: Option<lexicon::SentimentTerms>,
}

/// Which columns of tables and fields of JSON hold what; sensible names are found when none is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ColumnConfig {
    /// The text.
    pub text: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The date of publication.
    pub date: Option<String>,
    /// The authors.
    pub author: Option<String>,
    /// The newspaper or site.
    pub outlet: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// The web address.
    pub url: Option<String>,
    /// The language.
    pub language: Option<String>,
}

/// Which boilerplate is left out of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Boilerplate {
    /// What rules recognise, and what recurs in many documents.
    #[default]
    Learn,
    /// What rules recognise.
    Rules,
    /// None; the text stays as it is.
    Keep,
}

/// What becomes of copies of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Duplicates {
    /// They are not looked for.
    Keep,
    /// They are listed, and counts are given with and without them.
    #[default]
    Mark,
    /// They are listed and left out of everything else.
    Drop,
}

/// Percent, 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct DuplicateSimilarity(pub u8);

impl Default for DuplicateSimilarity {
    fn default() -> Self {
        DuplicateSimilarity(70)
    }
}

/// What is counted and which rows are written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CountConfig {
    /// Within what things co-occur.
    pub units: Vec<Unit>,
    /// What co-occurs.
    pub node_types: Vec<NodeType>,
    /// How words become features, and which of them are paired.
    #[serde(flatten)]
    pub terms: TermConfig,
    /// Words to each side in the window unit of co-occurrence.
    pub window: u32,
    /// Longest n-gram; the shortest is 2.
    pub ngram_max: u32,
    /// Least frequency of an n-gram that is written.
    pub ngram_min_count: u64,
    /// Least observed count of a term pair that is written.
    pub term_pair_min_count: u64,
    /// Least observed count of an entity pair that is written.
    pub entity_pair_min_count: u64,
    /// Most pairs of terms, and of entities, written for one unit, the best first; 0 writes all.
    pub pairs_top: u64,
    /// By which measure they are the best: the name of a column of `cooccurrence.csv`.
    pub pairs_top_by: String,
    /// Most distinct terms of one sentence, paragraph or document that are paired, in order of position.
    pub unit_cap: u32,
    /// Columns by which documents are grouped; see [`crate::count::group`].
    pub group_by: Vec<String>,
    /// Most groups of a column that are compared with the rest, the largest first; 0 compares all.
    pub groups_top: u64,
    /// Least frequency of a term in a group for a row of `terms_by_group.csv`.
    pub group_terms_min_count: u64,
    /// Most terms written for one group, the most frequent first; 0 writes all.
    pub group_terms_top: u64,
    /// Least occurrences in a group and what it is compared with, taken together, for a term that is tested.
    pub keyness_min_count: u64,
    /// Most terms written for one comparison, the highest |G2| first; 0 writes all.
    pub keyness_top: u64,
    /// What the network joins.
    pub network: NetworkConfig,
    /// The length of the periods of time series.
    pub period: Period,
    /// Most content words that have a time series, the most frequent first; 0 takes all.
    pub timeseries_top: u64,
}

impl Default for CountConfig {
    fn default() -> Self {
        CountConfig {
            units: Unit::ALL.to_vec(),
            node_types: vec![NodeType::Term, NodeType::Entity],
            terms: TermConfig::default(),
            window: 5,
            ngram_max: 3,
            ngram_min_count: 2,
            term_pair_min_count: 2,
            entity_pair_min_count: 1,
            pairs_top: 20_000,
            pairs_top_by: "g2".into(),
            unit_cap: 5_000,
            group_by: vec!["outlet".into()],
            groups_top: 100,
            group_terms_min_count: 2,
            group_terms_top: 500,
            keyness_min_count: 5,
            keyness_top: 500,
            network: NetworkConfig::default(),
            period: Period::Month,
            timeseries_top: 200,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Config {
            inputs: vec![PathBuf::from("input")],
            output: PathBuf::from("output"),
            force: false,
            output_files: OutputConfig::default(),
            tmp_dir: None,
            threads: 0,
            batch_bytes: 256 << 10,
            memory_bytes: 1 << 30,
            max_file_bytes: 64 << 20,
            corpus: CorpusConfig::default(),
            entities: EntityConfig::default(),
            count: CountConfig::default(),
            concordance: ConcordanceConfig::default(),
            reference: None,
            tables: Vec::new(),
        }
    }
}

/// Parts of the memory budget, of which each of [`OTHERS`] has one and terms have the rest.
const SHARE: u64 = 16;
/// What needs memory beside the counts of terms: names, sums of entities, n-grams.
const OTHERS: u64 = 3;

impl Config {
    /// What counts of terms may hold of the memory, bytes: what the others leave.
    pub fn memory_of_terms(&self) -> u64 {
        self.memory_bytes - OTHERS * self.memory_of_others()
    }

    /// What names as features, sums of aliases and opinions, and rows of n-grams may each hold of the memory, bytes.
    pub fn memory_of_others(&self) -> u64 {
        self.memory_bytes / SHARE
    }

    /// Checks what types cannot.
    ///
    /// # Errors
    /// [`ErrorKind::Option`] that names the option, its value and the values that make sense.
    pub fn validate(&self) -> Result<()> {
        let bad = |cause: String, remedy: &str| Err(Error::new(ErrorKind::Option, cause, remedy));
        if self.inputs.is_empty() {
            return bad("no input was given".into(), "name a file or a folder");
        }
        if !(1..=100).contains(&self.count.window) {
            return bad(format!("--window {} is out of range", self.count.window), "use 1 to 100 words");
        }
        if !(1..=100).contains(&self.concordance.window) {
            return bad(format!("--kwic-window {} is out of range", self.concordance.window), "use 1 to 100 words");
        }
        if !(2..=5).contains(&self.count.ngram_max) {
            return bad(format!("--ngram-max {} is out of range", self.count.ngram_max), "use 2 to 5");
        }
        if self.threads > 1024 {
            return bad(format!("--threads {} is out of range", self.threads), "use 0 (all cores) to 1024");
        }
        if !(1..=1 << 30).contains(&self.max_file_bytes) {
            return bad("--max-file-size is out of range".into(), "use 1 byte to 1G");
        }
        if let Some(language) = &self.corpus.language
            && !((2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase()))
        {
            return bad(format!("--language {language} is no language code"), "use ISO 639-1, such as en or de");
        }
        if !(1..=100).contains(&self.corpus.duplicate_similarity.0) {
            return bad("--duplicate-similarity is out of range".into(), "use 1 to 100 percent");
        }
        if self.memory_bytes < 1 << 20 {
            return bad("--memory is too small".into(), "use at least 1M");
        }
        self.output_files.validate()?;
        self.validate_groups()
    }

    fn validate_groups(&self) -> Result<()> {
        let bad = |cause: String, remedy: &str| Err(Error::new(ErrorKind::Option, cause, remedy));
        let columns = &self.count.group_by;
        for (at, column) in columns.iter().enumerate() {
            if column.trim().is_empty() {
                return bad("--group-by has an empty name".into(), "name columns joined by commas, or give none");
            }
            if columns[..at].contains(column) {
                return bad(format!("--group-by names {column} twice"), "name each column once");
            }
            if column == "none" {
                return bad("--group-by none stands alone".into(), "leave out none, or the other columns");
            }
        }
        if self.reference.as_ref().is_some_and(|reference| reference.total == Some(0)) {
            return bad("--reference-total 0 is out of range".into(), "give the tokens of the reference texts");
        }
        Ok(())
    }
}

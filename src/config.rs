//! Every option of a run with its default and its meaning, as one plain value. Flags become a `Config` in `cli`;
//! nothing below it knows flags.

mod terms;
pub mod word_list;

use std::path::PathBuf;

pub use terms::{Case, Stem, Stopwords, TermConfig};

use crate::error::{Error, ErrorKind, Result};

/// What a run is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Files and folders to read, in the order given.
    pub inputs: Vec<PathBuf>,
    /// Folder for the tables.
    pub output: PathBuf,
    /// Write into a folder that holds files byline did not write.
    pub force: bool,
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
    /// How files become articles.
    pub corpus: CorpusConfig,
    /// What is counted and which rows are written.
    pub count: CountConfig,
}

/// How files become articles.
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
    /// Most pairs of terms, and of entities, written for one unit, best G2 first; 0 writes all.
    pub pairs_top: u64,
    /// Most distinct terms of one sentence, paragraph or document that are paired, in order of position.
    pub unit_cap: u32,
}

impl Default for CountConfig {
    fn default() -> Self {
        CountConfig {
            terms: TermConfig::default(),
            window: 5,
            ngram_max: 3,
            ngram_min_count: 2,
            term_pair_min_count: 2,
            entity_pair_min_count: 1,
            pairs_top: 20_000,
            unit_cap: 5_000,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Config {
            inputs: vec![PathBuf::from("input")],
            output: PathBuf::from("output"),
            force: false,
            tmp_dir: None,
            threads: 0,
            batch_bytes: 256 << 10,
            memory_bytes: 1 << 30,
            max_file_bytes: 64 << 20,
            corpus: CorpusConfig::default(),
            count: CountConfig::default(),
        }
    }
}

impl Config {
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
        if !(2..=5).contains(&self.count.ngram_max) {
            return bad(format!("--ngram-max {} is out of range", self.count.ngram_max), "use 2 to 5");
        }
        if self.threads > 1024 {
            return bad(format!("--threads {} is out of range", self.threads), "use 0 (all cores) to 1024");
        }
        if !(1..=2 << 30).contains(&self.max_file_bytes) {
            return bad("--max-file-size is out of range".into(), "use 1 byte to 2G");
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
        Ok(())
    }
}

//! The flags: what the command line may say, in the words of `--help`, and the [`Config`] that it makes.

use std::path::PathBuf;

use byline::config::word_list::{SpellingMap, TermList, WordList};
use byline::config::{
    Boilerplate, Case, ColumnConfig, Config, CorpusConfig, CountConfig, DuplicateSimilarity, Duplicates, NodeType,
    Stem, Stopwords, TermConfig, Unit,
};
use byline::error::{Error, ErrorKind, Result};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::compare::{CompareArgs, GroupArgs};
use super::size;

const EXAMPLES: &str = "\
Examples:
  byline                                 read input/, write output/
  byline run articles -o tables          read a folder, at any depth
  byline run a.txt 2024.zip export.jsonl read files, archives and tables of articles together
  byline run export.csv --text-column body --date-column day
  byline run news --filename-pattern '{date}_{outlet}_{title}'
  zstd -dc big.jsonl.zst | byline run -  read JSON lines from standard input
  byline run news --group-by outlet,year --period week
  byline keyness local national -o words what words tell these two folders apart?
  byline inspect articles                what would each file become?

Exit codes: 0 done, 1 failed, 2 wrong command line, 3 files were skipped (with --strict), 130 interrupted.";

/// The whole command line.
#[derive(Parser)]
#[command(name = "byline", version, after_help = EXAMPLES, max_term_width = 100)]
/// Turn a folder of news articles into spreadsheets: terms, co-occurrences, who is named, who is quoted, and the
/// sentiment towards each of them by whose voice.
///
/// Without a command, byline reads the folder `input` and writes the folder `output`.
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What byline can do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read articles and write the tables
    #[command(after_help = EXAMPLES)]
    Run(Box<RunArgs>),
    /// Compare the words of two or more folders or files with each other, or with a reference word list
    #[command(after_help = EXAMPLES)]
    Keyness(Box<KeynessArgs>),
    /// Read articles and print what each would become, and what a run would take
    #[command(after_help = EXAMPLES)]
    Inspect(Box<InspectArgs>),
}

/// `byline run`.
#[derive(Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Folder for the tables
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Write into a folder that holds files byline did not write; they are kept
    #[arg(long)]
    force: bool,
    /// Print nothing but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// End with exit code 3 when a file was skipped
    #[arg(long)]
    pub(crate) strict: bool,
    /// Tables to write, such as terms,ngrams; nothing is done that they do not need [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    tables: Vec<String>,
    #[command(flatten, next_help_heading = "How files are read")]
    reading: ReadingArgs,
    #[command(flatten, next_help_heading = "How words are counted")]
    terms: TermArgs,
    #[command(flatten, next_help_heading = "What is counted")]
    count: CountArgs,
    #[command(flatten, next_help_heading = "What is compared")]
    compare: CompareArgs,
    #[command(flatten, next_help_heading = "Groups and periods")]
    groups: GroupArgs,
    #[command(flatten, next_help_heading = "Running (none of these changes a table)")]
    running: RunningArgs,
}

/// The tables of `byline keyness`.
const KEYNESS_TABLES: [&str; 6] = ["documents", "metadata", "duplicates", "keyness", "terms_by_group", "skipped"];

/// `byline keyness`.
#[derive(Args)]
pub(crate) struct KeynessArgs {
    /// Files, archives and folders that are compared: each with all others
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Folder for the tables
    #[arg(short, long, value_name = "DIR", default_value = "keyness")]
    output: PathBuf,
    /// Write into a folder that holds files byline did not write; they are kept
    #[arg(long)]
    force: bool,
    /// Print nothing but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// End with exit code 3 when a file was skipped
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten, next_help_heading = "What is compared")]
    compare: CompareArgs,
    #[command(flatten, next_help_heading = "How files are read")]
    reading: ReadingArgs,
    #[command(flatten, next_help_heading = "Running (none of these changes a table)")]
    running: RunningArgs,
}

/// `byline inspect`.
#[derive(Args)]
pub(crate) struct InspectArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Print below each line the text that character offsets count in
    #[arg(long)]
    pub(crate) text: bool,
    #[command(flatten, next_help_heading = "How files are read")]
    reading: ReadingArgs,
    #[command(flatten, next_help_heading = "Running (none of these changes a table)")]
    running: RunningArgs,
}

#[derive(Args)]
struct InputArgs {
    /// Files, archives and folders of articles; - for standard input
    #[arg(value_name = "PATH", default_value = "input")]
    paths: Vec<PathBuf>,
}

#[derive(Args)]
#[command(next_help_heading = "How files are read")]
struct ReadingArgs {
    /// Skip files and records larger than this (K, M and G are understood)
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
#[command(next_help_heading = "How words are counted")]
struct TermArgs {
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

#[derive(Args)]
#[command(next_help_heading = "What is counted")]
struct CountArgs {
    /// Within what things co-occur
    #[arg(long, value_name = "UNITS", value_enum, value_delimiter = ',',
          default_values_t = [UnitArg::Document, UnitArg::Paragraph, UnitArg::Sentence, UnitArg::Window])]
    units: Vec<UnitArg>,
    /// What co-occurs
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
    /// Most pairs of terms and of entities for each unit in cooccurrence.csv, those with the highest G2; 0 for all
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().pairs_top)]
    top: u64,
}

#[derive(Args)]
#[command(next_help_heading = "Running (none of these changes a table)")]
struct RunningArgs {
    /// Worker threads; 0 for one on each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// Memory for counts; above it they are kept on disk
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = size::parse)]
    memory: u64,
    /// Input annotated as one task
    #[arg(long, value_name = "SIZE", default_value = "256K", value_parser = size::parse)]
    batch_size: u64,
    /// Folder for temporary files, about as large as the texts [default: beside the output]
    #[arg(long, value_name = "DIR")]
    tmp_dir: Option<PathBuf>,
}

impl Default for RunArgs {
    fn default() -> Self {
        let Cli { command } = Cli::parse_from(["byline", "run"]);
        match command {
            Some(Command::Run(args)) => *args,
            _ => unreachable!("`byline run` is a command"),
        }
    }
}

impl RunArgs {
    /// What is asked for.
    ///
    /// # Errors
    /// When a list of words cannot be read, with its path and line.
    pub(crate) fn config(self) -> Result<Config> {
        let config = config(self.input, self.reading, self.running);
        let group_by = self.groups.columns(self.compare.reference().is_some());
        let count = self.compare.count();
        Ok(Config {
            output: self.output,
            force: self.force,
            reference: self.compare.reference(),
            tables: self.tables,
            count: CountConfig {
                units: self.count.units.into_iter().map(Unit::from).collect(),
                node_types: self.count.node_types.into_iter().map(NodeType::from).collect(),
                terms: self.terms.config()?,
                window: self.count.window,
                ngram_max: self.count.ngram_max,
                ngram_min_count: self.count.ngram_min,
                term_pair_min_count: self.count.min_count,
                pairs_top: self.count.top,
                group_by,
                period: self.groups.period(),
                timeseries_top: self.groups.timeseries_top,
                ..count
            },
            ..config
        })
    }
}

impl TermArgs {
    fn config(self) -> Result<TermConfig> {
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

impl KeynessArgs {
    /// What is asked for: a run that groups documents by input.
    ///
    /// # Errors
    /// [`ErrorKind::Option`] when there is nothing to compare with.
    pub(crate) fn config(self) -> Result<Config> {
        if self.paths.len() < 2 && self.compare.reference().is_none() {
            let cause = "keyness has nothing to compare with";
            return Err(Error::new(ErrorKind::Option, cause, "name two paths, or give --reference FILE"));
        }
        let count = CountConfig { group_by: vec!["input".into()], ..self.compare.count() };
        Ok(Config {
            output: self.output,
            force: self.force,
            reference: self.compare.reference(),
            count,
            tables: KEYNESS_TABLES.iter().map(|&name| name.to_owned()).collect(),
            ..config(InputArgs { paths: self.paths }, self.reading, self.running)
        })
    }
}

impl InspectArgs {
    /// What is asked for.
    pub(crate) fn config(self) -> Config {
        config(self.input, self.reading, self.running)
    }
}

fn config(input: InputArgs, reading: ReadingArgs, running: RunningArgs) -> Config {
    Config {
        inputs: input.paths,
        tmp_dir: running.tmp_dir,
        threads: running.threads,
        batch_bytes: running.batch_size,
        memory_bytes: running.memory,
        max_file_bytes: reading.max_file_size,
        corpus: CorpusConfig {
            encoding: reading.encoding,
            columns: ColumnConfig {
                text: reading.text_column,
                title: reading.title_column,
                date: reading.date_column,
                author: reading.author_column,
                outlet: reading.outlet_column,
                section: reading.section_column,
                url: reading.url_column,
                language: reading.language_column,
            },
            filename_pattern: reading.filename_pattern,
            mtime_dates: reading.mtime_dates,
            language: reading.language.map(|code| code.to_lowercase()),
            boilerplate: match reading.boilerplate {
                BoilerplateArg::Learn => Boilerplate::Learn,
                BoilerplateArg::Rules => Boilerplate::Rules,
                BoilerplateArg::Keep => Boilerplate::Keep,
            },
            duplicates: match reading.duplicates {
                DuplicatesArg::Mark => Duplicates::Mark,
                DuplicatesArg::Drop => Duplicates::Drop,
                DuplicatesArg::Keep => Duplicates::Keep,
            },
            duplicate_similarity: DuplicateSimilarity(reading.duplicate_similarity),
        },
        ..Config::default()
    }
}

//! The flags: what the command line may say, in the words of `--help`, and the [`Config`] that it makes.

use std::path::PathBuf;

use byline::config::lexicon::SentimentTerms;
use byline::config::{Config, CountConfig};
use byline::error::{Error, ErrorKind, Result};
use clap::{Args, ColorChoice, CommandFactory, Parser, Subcommand};

use super::compare::{CompareArgs, GroupArgs};
use super::counting::CountArgs;
use super::entities::EntityArgs;
use super::evaluate::EvaluateArgs;
use super::kwic::{self, ConcordanceArgs};
use super::log::LogFormat;
use super::reading::ReadingArgs;
use super::shell::{CompletionsArgs, ManArgs};
use super::size;
#[cfg(feature = "train")]
use super::train::TrainArgs;
use super::wordlist::WordlistArgs;
use super::words::TermArgs;
use super::writing::WritingArgs;

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
  byline kwic 'peace talks' articles     every place where it stands, in its sentence
  byline wordlist articles -o words.csv  how often does each word occur, in how many articles?
  byline inspect articles                what would each file become?

Options may also stand in byline.toml (byline config init prints one to start from) or in variables,
BYLINE_MIN_COUNT for --min-count. A flag wins over a variable, a variable over the file.
A switch that is set there is turned off by --SWITCH=false.

Exit codes: 0 done, 1 failed, 2 wrong command line or option, 3 files were skipped (with --strict),
130 interrupted.";

#[derive(Parser)]
#[command(name = "byline", version, after_help = EXAMPLES, max_term_width = 100)]
/// Turn a folder of news articles into spreadsheets: terms, co-occurrences, who is named, who is quoted, and the
/// sentiment towards each of them by whose voice.
///
/// Without a command, byline reads the folder `input` and writes the folder `output`.
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) every: EveryArgs,
}

/// What every command takes.
#[derive(Args)]
#[command(next_help_heading = "Settings and messages")]
pub(crate) struct EveryArgs {
    /// File of options [default: byline.toml, where there is one]
    #[arg(long, value_name = "FILE", global = true, conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Read no file of options
    #[arg(long, global = true)]
    no_config: bool,
    /// Colour in help and messages; auto is colour on a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", value_enum, global = true, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    /// Messages on standard error: lines (text), or an object a line for programs (json)
    #[arg(long, value_name = "FORMAT", value_enum, global = true, default_value_t = LogFormat::Text)]
    pub(crate) log_format: LogFormat,
}

/// The command line as it is defined, with the output folders that differ.
pub(crate) fn command() -> clap::Command {
    let writes = |folder: &'static str| {
        move |command: clap::Command| command.mut_arg("output", |output| output.default_value(folder))
    };
    Cli::command().mut_subcommand("keyness", writes("keyness")).mut_subcommand("kwic", writes("kwic"))
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
    /// Show every place where words, phrases or patterns stand, in its sentence (keyword in context)
    #[command(after_help = EXAMPLES)]
    Kwic(Box<KwicArgs>),
    /// Print or write the frequency and document frequency of every word, in one quick pass
    #[command(after_help = EXAMPLES)]
    Wordlist(Box<WordlistArgs>),
    /// Read articles and print what each would become, and what a run would take
    #[command(after_help = EXAMPLES)]
    Inspect(Box<InspectArgs>),
    /// Measure byline on labelled data
    #[command(after_help = super::evaluate::tasks())]
    Evaluate(EvaluateArgs),
    /// Show the options of a run and where each comes from, or a file of options to start from
    Config {
        #[command(subcommand)]
        what: ConfigCommand,
    },
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print a page of the manual, or write all into a folder
    Man(ManArgs),
    /// Train an embedded model
    #[cfg(feature = "train")]
    Train(Box<TrainArgs>),
}

/// `byline config`.
#[derive(Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print the options of a run as a byline.toml, each with where it comes from
    Show(Box<RunArgs>),
    /// Print a byline.toml with every option, what it means and its default, all as comments
    Init,
}

/// `byline run`.
#[derive(Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Tables to write, such as terms,ngrams; nothing is done that they do not need [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    tables: Vec<String>,
    #[command(flatten, next_help_heading = "How files are read")]
    reading: ReadingArgs,
    #[command(flatten, next_help_heading = "How words are counted")]
    terms: TermArgs,
    #[command(flatten, next_help_heading = "How entities are found and merged")]
    entities: EntityArgs,
    #[command(flatten, next_help_heading = "What is counted")]
    count: CountArgs,
    #[command(flatten, next_help_heading = "What is compared")]
    compare: CompareArgs,
    #[command(flatten, next_help_heading = "Groups and periods")]
    groups: GroupArgs,
    /// Look for a word, a phrase ('peace talks'), a wildcard ('econom*') or a regular expression ('/peace (talks|deal)/')
    /// and write kwic.csv; can be given several times
    #[arg(long, value_name = "PATTERN", help_heading = "Concordance")]
    kwic: Vec<String>,
    #[command(flatten, next_help_heading = "Concordance")]
    concordance: ConcordanceArgs,
    /// Sentiment terms of your own, which win over those of byline: a file of term,weight,category a line, weights -1 to
    /// 1; a term may be a phrase, or end with *
    #[arg(long, value_name = "FILE.csv", help_heading = "Sentiment")]
    lexicon: Option<PathBuf>,
    #[command(flatten, next_help_heading = "How tables are written (none of these changes a value)")]
    writing: WritingArgs,
    #[command(flatten, next_help_heading = "Running (none of these changes a table)")]
    running: RunningArgs,
}

/// The tables of `byline kwic`.
const KWIC_TABLES: [&str; 5] = ["documents", "metadata", "duplicates", "kwic", "skipped"];

/// `byline kwic`.
#[derive(Args)]
pub(crate) struct KwicArgs {
    /// What is looked for, then files and folders of articles [default: input]. A word of small letters is found in any
    /// case. 'soviet union' is a phrase, * stands for any characters of a word, ? for one, /.../ is a regular expression.
    /// The last words that are paths are taken for paths; -i says so of others
    #[arg(value_name = "PATTERN", required = true)]
    words: Vec<String>,
    /// File, archive or folder of articles; - for standard input; can be given several times
    #[arg(short, long = "input", value_name = "PATH")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten, next_help_heading = "Concordance")]
    concordance: ConcordanceArgs,
    #[command(flatten, next_help_heading = "How files are read")]
    reading: ReadingArgs,
    #[command(flatten, next_help_heading = "How tables are written (none of these changes a value)")]
    writing: WritingArgs,
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
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten, next_help_heading = "What is compared")]
    compare: CompareArgs,
    #[command(flatten, next_help_heading = "How files are read")]
    reading: ReadingArgs,
    #[command(flatten, next_help_heading = "How tables are written (none of these changes a value)")]
    writing: WritingArgs,
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
pub(super) struct InputArgs {
    /// Files, archives and folders of articles; - for standard input
    #[arg(id = "input", value_name = "PATH", default_value = "input")]
    pub(super) paths: Vec<PathBuf>,
}

/// What becomes of the tables, and what is told of them.
#[derive(Args)]
pub(crate) struct OutputArgs {
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
    /// Write nothing: print what each file would become, and which files a run would write
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// On how many threads.
#[derive(Args)]
#[command(next_help_heading = "Running (none of these changes a table)")]
pub(super) struct ThreadArgs {
    /// Worker threads; 0 for one on each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
}

#[derive(Args)]
#[command(next_help_heading = "Running (none of these changes a table)")]
struct RunningArgs {
    #[command(flatten)]
    threads: ThreadArgs,
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

impl RunArgs {
    /// What is asked for.
    ///
    /// # Errors
    /// When a list of words cannot be read, with its path and line.
    pub(crate) fn config(self) -> Result<Config> {
        let mut config = config(self.input, self.reading, self.running);
        config.corpus.lexicon = self.lexicon.as_deref().map(SentimentTerms::read).transpose()?;
        let group_by = self.groups.columns(self.compare.reference().is_some());
        let count = self.compare.count();
        Ok(Config {
            output: self.output.output,
            force: self.output.force,
            output_files: self.writing.config(),
            reference: self.compare.reference(),
            tables: self.tables,
            entities: self.entities.config()?,
            concordance: self.concordance.config(self.kwic),
            count: CountConfig {
                terms: self.terms.config()?,
                group_by,
                period: self.groups.period(),
                timeseries_top: self.groups.timeseries_top,
                ..self.count.config(count)
            },
            ..config
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
            output: self.output.output,
            force: self.output.force,
            output_files: self.writing.config(),
            reference: self.compare.reference(),
            count,
            tables: KEYNESS_TABLES.iter().map(|&name| name.to_owned()).collect(),
            ..config(InputArgs { paths: self.paths }, self.reading, self.running)
        })
    }
}

impl KwicArgs {
    /// What is asked for: a run that writes a concordance.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] when there is no input.
    pub(crate) fn config(self) -> Result<Config> {
        let (patterns, paths) = kwic::part(self.words, self.inputs)?;
        Ok(Config {
            output: self.output.output,
            force: self.output.force,
            output_files: self.writing.config(),
            concordance: self.concordance.config(patterns),
            tables: KWIC_TABLES.iter().map(|&name| name.to_owned()).collect(),
            ..config(InputArgs { paths }, self.reading, self.running)
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
        threads: running.threads.threads,
        batch_bytes: running.batch_size,
        memory_bytes: running.memory,
        max_file_bytes: reading.max_file_size(),
        corpus: reading.corpus(),
        ..Config::default()
    }
}

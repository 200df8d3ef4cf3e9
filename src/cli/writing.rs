//! The flags of how tables are written.

use byline::config::{CsvConfig, FormulaGuard, OutputConfig};
use clap::{Args, ValueEnum};

#[derive(Clone, Copy, ValueEnum)]
enum ProfileArg {
    Spreadsheet,
    Data,
}

#[derive(Clone, Copy, ValueEnum)]
enum GuardArg {
    Off,
    Active,
    Strict,
}

impl From<GuardArg> for FormulaGuard {
    fn from(guard: GuardArg) -> FormulaGuard {
        match guard {
            GuardArg::Off => FormulaGuard::Off,
            GuardArg::Active => FormulaGuard::Active,
            GuardArg::Strict => FormulaGuard::Strict,
        }
    }
}

#[derive(Args)]
#[command(next_help_heading = "How tables are written (none of these changes a value)")]
pub(super) struct WritingArgs {
    /// Formats of the tables: csv, html (a page made of the CSV files), xlsx (a workbook), jsonl (JSON lines), parquet
    /// (in released builds), or several, such as csv,html,xlsx
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_values_t = OutputConfig::default().formats)]
    format: Vec<String>,
    #[command(flatten)]
    csv: CsvArgs,
    /// Most rows of one CSV file; further ones go into terms-2.csv and so on. Spreadsheets show 1048575; 0 for no limit
    #[arg(long, value_name = "N", default_value_t = 0)]
    split_rows: u64,
    /// Describe the CSV files in csv-metadata.json too (W3C CSV on the Web); datapackage.json is always written
    #[arg(long)]
    csvw: bool,
}

/// How CSV files look.
#[derive(Args)]
#[command(next_help_heading = "How tables are written (none of these changes a value)")]
pub(super) struct CsvArgs {
    /// How CSV files look: for spreadsheets (a byte-order mark, guarded formulas) or for data tools (neither)
    #[arg(long, value_name = "PROFILE", value_enum, default_value_t = ProfileArg::Spreadsheet)]
    csv_profile: ProfileArg,
    /// What parts the cells of CSV files: a comma, a semicolon, | or tab
    #[arg(long, value_name = "MARK", default_value = ",", value_parser = delimiter)]
    delimiter: char,
    /// Write numbers in CSV files with a decimal comma; needs another delimiter, as in --delimiter ';'
    #[arg(long)]
    decimal_comma: bool,
    /// End lines of CSV files with CR LF
    #[arg(long)]
    crlf: bool,
    /// Keep line ends inside texts of CSV files (as LF); without it each text is one line and each line of a file one row
    #[arg(long)]
    keep_newlines: bool,
    /// Begin CSV files with a byte-order mark, which Excel needs (those of the network never have one)
    #[arg(long, overrides_with = "no_bom")]
    bom: bool,
    /// Begin CSV files without a byte-order mark
    #[arg(long, overrides_with = "bom")]
    no_bom: bool,
    /// Which text cells of CSV files get an apostrophe in front: none, those that a spreadsheet would run, or all that
    /// begin with = + - @ [default: active, off with --csv-profile data]
    #[arg(long, value_name = "GUARD", value_enum)]
    formula_guard: Option<GuardArg>,
}

impl WritingArgs {
    /// How tables are written.
    pub(super) fn config(self) -> OutputConfig {
        OutputConfig { formats: self.format, csv: self.csv.config(), split_rows: self.split_rows, csvw: self.csvw }
    }
}

impl CsvArgs {
    /// How CSV files look.
    pub(super) fn config(&self) -> CsvConfig {
        let profile = match self.csv_profile {
            ProfileArg::Spreadsheet => CsvConfig::SPREADSHEET,
            ProfileArg::Data => CsvConfig::DATA,
        };
        CsvConfig {
            delimiter: self.delimiter,
            decimal_comma: self.decimal_comma,
            crlf: self.crlf,
            keep_newlines: self.keep_newlines,
            bom: (profile.bom || self.bom) && !self.no_bom,
            formula_guard: self.formula_guard.map_or(profile.formula_guard, FormulaGuard::from),
        }
    }
}

/// A delimiter by its sign or its name; whether it may part cells is decided with the other options.
fn delimiter(text: &str) -> Result<char, String> {
    match text {
        "tab" | "\\t" => return Ok('\t'),
        "comma" => return Ok(','),
        "semicolon" => return Ok(';'),
        _ => {}
    }
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err("use one of , ; | and tab".into()),
    }
}

//! How tables are written: in which formats, and how a CSV file looks. Plain data that changes no value of a table.

use crate::error::{Error, ErrorKind, Result};

/// In which formats tables are written, and how CSV files look.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct OutputConfig {
    /// Names of formats, such as `csv` and `jsonl`; see [`crate::report::sink::FORMATS`].
    #[serde(rename = "format")]
    pub formats: Vec<String>,
    /// How CSV files look.
    #[serde(flatten)]
    pub csv: CsvConfig,
    /// Most rows of one CSV file; further ones go into `terms-2.csv` and so on. 0 writes all into one.
    pub split_rows: u64,
    /// Whether metadata for CSV on the Web is written.
    pub csvw: bool,
}

/// How CSV files look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CsvConfig {
    /// What stands between cells: one of [`CsvConfig::DELIMITERS`].
    pub delimiter: char,
    /// Whether numbers have a decimal comma.
    pub decimal_comma: bool,
    /// Whether lines end with CR LF, and not with LF.
    pub crlf: bool,
    /// Whether texts keep their line ends, as LF, so that a cell may have several lines.
    pub keep_newlines: bool,
    /// Whether files begin with a byte-order mark, but for those of the network.
    pub bom: bool,
    /// Which text cells get an apostrophe in front.
    pub formula_guard: FormulaGuard,
}

/// Which text cells get an apostrophe in front, so that no spreadsheet runs them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FormulaGuard {
    /// None.
    Off,
    /// Those that a spreadsheet would run as a formula.
    #[default]
    Active,
    /// All that begin with `=`, `+`, `-` or `@`, as OWASP and ASVS 5.0 (1.2.10) ask.
    Strict,
}

impl Default for OutputConfig {
    fn default() -> Self {
        OutputConfig {
            formats: vec![OutputConfig::CSV.into(), OutputConfig::HTML.into()],
            csv: CsvConfig::SPREADSHEET,
            split_rows: 0,
            csvw: false,
        }
    }
}

impl Default for CsvConfig {
    fn default() -> Self {
        CsvConfig::SPREADSHEET
    }
}

impl CsvConfig {
    /// What may stand between cells.
    pub const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
    /// For spreadsheets: a byte-order mark, and nothing that runs.
    pub const SPREADSHEET: CsvConfig = CsvConfig {
        delimiter: ',',
        decimal_comma: false,
        crlf: false,
        keep_newlines: false,
        bom: true,
        formula_guard: FormulaGuard::Active,
    };
    /// For data tools: no byte-order mark, and every text as it is.
    pub const DATA: CsvConfig = CsvConfig { bom: false, formula_guard: FormulaGuard::Off, ..CsvConfig::SPREADSHEET };
}

impl OutputConfig {
    /// The format that the others stand beside.
    pub const CSV: &'static str = "csv";

    /// The page that is made of the CSV files.
    pub const HTML: &'static str = "html";

    /// Whether CSV files are written.
    pub fn writes_csv(&self) -> bool {
        self.formats.iter().any(|name| name == OutputConfig::CSV)
    }

    /// Whether a format is written that takes rows beside CSV.
    pub fn writes_others(&self) -> bool {
        self.formats.iter().any(|name| name != OutputConfig::CSV && name != OutputConfig::HTML)
    }

    /// Checks what types cannot.
    ///
    /// # Errors
    /// [`ErrorKind::Option`] that names the option and what makes sense.
    pub fn validate(&self) -> Result<()> {
        let bad = |cause: String, remedy: &str| Err(Error::new(ErrorKind::Option, cause, remedy));
        let CsvConfig { delimiter, decimal_comma, .. } = self.csv;
        if self.formats.is_empty() {
            return bad("--format names no format".into(), "use csv, or leave the option out");
        }
        if let Some(at) = (1..self.formats.len()).find(|&at| self.formats[..at].contains(&self.formats[at])) {
            return bad(format!("--format names {} twice", self.formats[at]), "name each format once");
        }
        if self.formats.iter().any(|name| name == OutputConfig::HTML) && !self.writes_csv() {
            return bad("--format html without csv: the page is made of the CSV files".into(), "use csv,html");
        }
        if !CsvConfig::DELIMITERS.contains(&delimiter) {
            return bad(format!("--delimiter {delimiter:?} cannot part cells"), "use one of , ; | and tab");
        }
        if self.csvw && !self.writes_csv() {
            return bad("--csvw describes CSV files, and none are asked for".into(), "add csv to --format");
        }
        if decimal_comma && delimiter == ',' {
            let cause = "--decimal-comma would split numbers at the delimiter, which is a comma too";
            return bad(cause.into(), "add --delimiter ';'");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_contradict_each_other_are_told() {
        let with = |csv| OutputConfig { csv, ..OutputConfig::default() }.validate();
        assert!(with(CsvConfig::SPREADSHEET).is_ok() && with(CsvConfig::DATA).is_ok());
        let comma = CsvConfig { decimal_comma: true, ..CsvConfig::DATA };
        assert!(with(comma).unwrap_err().to_string().contains("--delimiter ';'"));
        assert!(with(CsvConfig { delimiter: ';', ..comma }).is_ok());
        assert!(with(CsvConfig { delimiter: 'x', ..CsvConfig::DATA }).is_err());
        let formats = |names: &[&str]| OutputConfig {
            formats: names.iter().map(|name| (*name).to_owned()).collect(),
            ..OutputConfig::default()
        };
        assert!(formats(&[]).validate().is_err());
        assert!(formats(&["csv", "csv"]).validate().is_err());
        assert!(formats(&["html"]).validate().is_err() && !formats(&["csv", "html"]).writes_others());
        assert!(formats(&["jsonl"]).writes_others() && !formats(&["jsonl"]).writes_csv());
    }
}

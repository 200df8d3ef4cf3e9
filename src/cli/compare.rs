//! The flags of what is compared with what: groups of documents, periods, a reference word list.

use std::path::PathBuf;

use byline::config::{CountConfig, Period, ReferenceConfig};
use clap::{Args, ValueEnum};

#[derive(Args)]
#[command(next_help_heading = "What is compared")]
pub(super) struct CompareArgs {
    /// Most groups of a column that are compared, the largest; 0 for all
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().groups_top)]
    groups_top: u64,
    /// Least occurrences, in a group and what it is compared with together, of a word in keyness.csv
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().keyness_min_count)]
    keyness_min_count: u64,
    /// Most words for each group in keyness.csv, those with the highest G2 of either sign; 0 for all
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().keyness_top)]
    keyness_top: u64,
    /// Least frequency of a word in a group in terms_by_group.csv
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().group_terms_min_count)]
    group_terms_min_count: u64,
    /// Most words for each group in terms_by_group.csv, the most frequent; 0 for all
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().group_terms_top)]
    group_terms_top: u64,
    /// Word list that groups are compared with instead of the rest: CSV with the columns feature and frequency
    #[arg(long, value_name = "FILE")]
    reference: Option<PathBuf>,
    /// Tokens of the texts that the word list was made of [default: the sum of its frequencies]
    #[arg(long, value_name = "N", requires = "reference")]
    reference_total: Option<u64>,
}

#[derive(Args)]
#[command(next_help_heading = "Groups and periods")]
pub(super) struct GroupArgs {
    /// Columns to group documents by, joined by commas: outlet, author, section, language, day, week, month, year,
    /// input, any field of metadata.csv; or none [default: outlet; none with --reference]
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    group_by: Option<Vec<String>>,
    /// Length of the periods in timeseries.csv and trends.csv
    #[arg(long, value_name = "LENGTH", value_enum, default_value_t = PeriodArg::Month)]
    period: PeriodArg,
    /// Most words in timeseries.csv and trends.csv, the most frequent that are no stop words; 0 for all
    #[arg(long, value_name = "N", default_value_t = CountConfig::default().timeseries_top)]
    pub(super) timeseries_top: u64,
}

impl GroupArgs {
    /// The columns that documents are grouped by.
    pub(super) fn columns(&self, reference: bool) -> Vec<String> {
        match &self.group_by {
            Some(columns) if columns.iter().map(|name| name.trim()).eq(["none"]) => Vec::new(),
            Some(columns) => columns.iter().map(|name| name.trim().to_owned()).collect(),
            None if reference => Vec::new(),
            None => CountConfig::default().group_by,
        }
    }

    /// The length of periods.
    pub(super) fn period(&self) -> Period {
        match self.period {
            PeriodArg::Day => Period::Day,
            PeriodArg::Week => Period::Week,
            PeriodArg::Month => Period::Month,
            PeriodArg::Year => Period::Year,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum PeriodArg {
    Day,
    Week,
    Month,
    Year,
}

impl CompareArgs {
    /// What is compared and which rows are written.
    pub(super) fn count(&self) -> CountConfig {
        CountConfig {
            groups_top: self.groups_top,
            keyness_min_count: self.keyness_min_count,
            keyness_top: self.keyness_top,
            group_terms_min_count: self.group_terms_min_count,
            group_terms_top: self.group_terms_top,
            ..CountConfig::default()
        }
    }

    /// The reference word list.
    pub(super) fn reference(&self) -> Option<ReferenceConfig> {
        let path = self.reference.clone()?;
        Some(ReferenceConfig { path, total: self.reference_total })
    }
}

//! Which files of an output folder byline knows as its own, so that it never replaces a folder that holds anything
//! else.

use super::csvw::CSV_METADATA;
use super::datapackage::DATA_PACKAGE;
use super::sink::{FORMATS, FormatFiles};
use super::{REPORTS, Rows};

/// File name of the manifest.
pub const MANIFEST: &str = "run.json";

/// Whether byline writes a file of this name into its output folder.
pub fn is_own(file_name: &str) -> bool {
    let is_one = FORMATS.iter().any(|format| matches!(format.files, FormatFiles::One(name) if name == file_name));
    [MANIFEST, DATA_PACKAGE, CSV_METADATA].contains(&file_name) || is_table(file_name) || is_one
}

/// Whether it is a table, or a part of one: `terms.csv`, `terms-2.csv`, `terms.jsonl`.
fn is_table(file_name: &str) -> bool {
    let Some((stem, ending)) = file_name.rsplit_once('.') else { return false };
    let is_format = FORMATS.iter().any(|format| matches!(format.files, FormatFiles::EachTable(name) if name == ending));
    REPORTS.iter().any(|report| {
        let further = stem.strip_prefix(report.name).and_then(|rest| rest.strip_prefix('-'));
        let is_part = further.and_then(|part| part.parse::<u64>().ok().filter(|n| *n > 1 && n.to_string() == part));
        let is_rows = !matches!(report.rows, Rows::Graph(_));
        report.file() == file_name
            || is_rows && (ending == "csv" && is_part.is_some() || is_format && stem == report.name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tables_and_the_manifest_are_own() {
        assert!(is_own("run.json") && is_own("documents.csv") && is_own("columns.csv"));
        assert!(REPORTS.iter().all(|report| is_own(&report.file())));
        assert!(is_own("datapackage.json") && is_own("csv-metadata.json"));
        assert!(is_own("terms-2.csv") && is_own("terms-10.csv") && is_own("terms.jsonl"));
        for foreign in ["terms-1.csv", "terms-02.csv", "terms-x.csv", "terms-2.jsonl", "network.jsonl", "network-2.csv"]
        {
            assert!(!is_own(foreign), "{foreign}");
        }
        for foreign in ["documents", "thesis.csv", "documents.csv.bak", "run.json~", ".csv", "", "Documents.csv"] {
            assert!(!is_own(foreign), "{foreign}");
        }
    }
}

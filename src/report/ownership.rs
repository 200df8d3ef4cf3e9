//! Which files of an output folder byline knows as its own, so that it never replaces a folder that holds anything
//! else.

use super::{REPORTS, page};

/// File name of the manifest.
pub const MANIFEST: &str = "run.json";

/// Whether byline writes a file of this name into its output folder.
pub fn is_own(file_name: &str) -> bool {
    file_name == MANIFEST || file_name == page::FILE || REPORTS.iter().any(|report| report.file() == file_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tables_and_the_manifest_are_own() {
        assert!(is_own("run.json") && is_own("documents.csv") && is_own("columns.csv"));
        assert!(REPORTS.iter().all(|report| is_own(&report.file())));
        for foreign in ["documents", "thesis.csv", "documents.csv.bak", "run.json~", ".csv", "", "Documents.csv"] {
            assert!(!is_own(foreign), "{foreign}");
        }
    }
}

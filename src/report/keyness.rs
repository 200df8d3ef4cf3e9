//! `keyness.csv`: the words that a group of documents uses more, or less, than the rest; or than a reference list.
//!
//! Every word or number with enough occurrences on both sides together is tested; the best by |G2| are written. Terms
//! are gone through a second time for how evenly the written ones are spread over the documents of each side.
//!
//! For the bodies "peace talks peace" (Courier), "war talks" and "war" (Gazette): 3 words against 3; peace is 2 against
//! 0, talks 1 against 1, war 0 against 2. Of the Courier, G2 of peace is 2 (2 ln(2/1) + 1 ln(1/2) + 3 ln(3/2)) = 3.819,
//! that of war the same with a minus, that of talks 0.

use super::column::Column;
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Report, Rows, key};
use crate::count::grouped::{GroupTerms, Occurrences, ReferenceList};
use crate::count::{FeatureKind, TermRow};
use crate::document::Layer;
use crate::error::Result;
use crate::measure::adjust;
use crate::measure::dispersion::{self, Part};
use crate::measure::keyness::{self, Frequencies};
use crate::measure::weighting;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "keyness",
    about: "The words that tell each group of documents (--group-by) from the rest, or from a reference list \
            (--reference).",
    order: "By column in the order asked for, then by target (bytes), then by G2: overused words first, underused ones \
            last; then by feature (bytes), a word before a number.",
    key: &["group_by", "target", "reference", "feature", "feature_type"],
    refers: &[],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Tokens),
    rows: Rows::Corpus(write),
};

/// Rows that are held before they are written: above it, terms are gone through once more.
const HELD_ROWS: usize = 1 << 20;

const COLUMNS: &[Column] = &[
    key::GROUP_BY,
    Column::text("target", "The group: the value that its documents have in that column."),
    Column::text(
        "reference",
        "What it is compared with: the other group where there are two, rest (all documents that have another value), or \
         the file name of a reference list.",
    ),
    key::FEATURE,
    key::FEATURE_TYPE,
    Column::integer("n_target", "tokens", "a: occurrences in the target, copies included."),
    Column::integer("n_reference", "tokens", "b: occurrences in the reference."),
    Column::integer("total_target", "tokens", "c: words and numbers of the target."),
    Column::integer("total_reference", "tokens", "d: words and numbers of the reference."),
    Column::number("pm_target", 4, "per million tokens", "Relative frequency in the target.", "a x 1000000 / c"),
    Column::number("pm_reference", 4, "per million tokens", "Relative frequency in the reference.", "b x 1000000 / d"),
    Column::integer("docfreq_target", "documents", "Documents of the target that hold it."),
    Column::integer(
        "docfreq_reference",
        "documents",
        "Documents of the reference that hold it; missing for a reference list.",
    ),
    Column::number(
        "dp_target",
        6,
        "",
        "Deviation of proportions over the documents of the target; missing where it does not occur.",
        "1/2 sum over documents of the target of |occurrences in it / a - its share of c|",
    )
    .cite("Gries 2008"),
    Column::number(
        "dp_reference",
        6,
        "",
        "The same over the documents of the reference; missing for a reference list.",
        "1/2 sum over documents of the reference of |occurrences in it / b - its share of d|",
    )
    .cite("Gries 2008"),
    Column::number(
        "g2",
        6,
        "",
        "Log-likelihood ratio of the 2 x 2 table (this word and other words, target and reference): four terms. Negative \
         when the word is rarer in the target.",
        "2 sum o_ij ln(o_ij / e_ij), 0 ln 0 = 0; cells a, b, c - a, d - b; e_ij = row sum x column sum / (c + d)",
    )
    .cite("Dunning 1993"),
    Column::number(
        "g2_rayson",
        6,
        "",
        "The form with two terms, which corpus linguists often report; signed likewise.",
        "2 (a ln(a / E1) + b ln(b / E2)), E1 = c (a + b) / (c + d), E2 = d (a + b) / (c + d)",
    )
    .cite("Rayson & Garside 2000"),
    Column::number("chi2", 6, "", "Chi-square of the same table, signed likewise.", "sum (o_ij - e_ij)^2 / e_ij")
        .cite("Pearson 1900"),
    Column::number(
        "p",
        6,
        "probability",
        "Probability of so high a G2 if the word were as frequent on both sides and its occurrences independent.",
        "upper tail of chi-square with 1 degree of freedom at |g2|",
    )
    .cite("Dunning 1993"),
    Column::number(
        "p_adj_bh",
        6,
        "probability",
        "p adjusted for the number of words that were tested for this target.",
        "min over ranks k >= i of p_(k) m / k, m = tested",
    )
    .cite("Benjamini & Hochberg 1995"),
    Column::integer("tested", "features", "m: words and numbers that were tested for this target, written or not."),
    Column::number(
        "bic",
        6,
        "",
        "Bayes factor (approximate): above 2 positive, above 6 strong, above 10 very strong evidence of a difference.",
        "|g2| - ln(c + d)",
    )
    .cite("Wilson 2013"),
    Column::number(
        "log_ratio",
        6,
        "log2",
        "How many times doubled: 1 is twice as frequent in the target; a zero count is taken as 0.5.",
        "log2((a / c) / (b / d))",
    )
    .cite("Hardie 2014"),
    Column::number(
        "pct_diff",
        6,
        "percent",
        "Difference of relative frequencies; missing where it does not occur in the reference.",
        "100 ((a / c) - (b / d)) / (b / d)",
    )
    .cite("Gabrielatos & Marchi 2011"),
    Column::number(
        "odds_ratio",
        6,
        "",
        "Ratio of odds; missing where it does not occur in the reference.",
        "(a / (c - a)) / (b / (d - b))",
    ),
    Column::number(
        "simple_maths_1",
        6,
        "",
        "Ratio of relative frequencies with 1 added to each.",
        "(pm_target + 1) / (pm_reference + 1)",
    )
    .cite("Kilgarriff 2009"),
];

/// A word that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// A feature of the corpus, by its number.
    Feature(u32),
    /// A word that only the reference list has, by its place there.
    Listed(u32),
}

/// One word on two sides.
#[derive(Clone, Copy, Debug)]
struct Compared {
    word: Word,
    target: Occurrences,
    reference: Occurrences,
    g2: f64,
    p_adjusted: f64,
    dp: (f64, f64),
}

/// A group and what it is compared with.
#[derive(Debug)]
struct Comparison<'a> {
    group: usize,
    target: &'a str,
    reference: &'a str,
    totals: (u64, u64),
    tested: u64,
    rows: Vec<Compared>,
}

/// The groups of one column.
struct Sides<'a> {
    corpus: &'a CorpusRows<'a>,
    by: &'a GroupTerms,
    list: Option<&'a ReferenceList>,
    /// For each feature its occurrences in the list.
    listed: Vec<u64>,
    /// The places of the words that only the list has.
    only_listed: Vec<u32>,
}

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    for by in &corpus.grouped.terms {
        let sides = Sides::new(corpus, by);
        let (mut held, mut rows) = (Vec::new(), 0);
        for group in 0..by.groups.len() {
            let Some(comparison) = sides.compare(group) else { continue };
            table.leave_out(comparison.tested - comparison.rows.len() as u64);
            rows += comparison.rows.len();
            held.push(comparison);
            if rows >= HELD_ROWS {
                sides.write(std::mem::take(&mut held), table)?;
                rows = 0;
            }
        }
        sides.write(held, table)?;
    }
    Ok(())
}

impl<'a> Sides<'a> {
    fn new(corpus: &'a CorpusRows<'a>, by: &'a GroupTerms) -> Sides<'a> {
        let list = corpus.grouped.reference.as_ref();
        let mut sides = Sides { corpus, by, list, listed: Vec::new(), only_listed: Vec::new() };
        if let Some(list) = list {
            sides.listed = vec![0; by.all.len()];
            let find = |word: &str, kind| corpus.counts.find(word, kind);
            for (place, (word, count)) in (0..).zip(&list.words) {
                // A list does not say what is a number: a word is looked for first.
                match find(word, FeatureKind::Word).or_else(|| find(word, FeatureKind::Number)) {
                    Some(number) => sides.listed[number as usize] = *count,
                    None => sides.only_listed.push(place),
                }
            }
        }
        sides
    }

    fn text(&self, word: Word) -> (&'a str, Option<FeatureKind>) {
        match word {
            Word::Feature(number) => {
                let (text, kind) = self.corpus.counts.feature(number);
                (text, Some(kind))
            }
            Word::Listed(place) => (self.list.map_or("", |list| list.words[place as usize].0.as_str()), None),
        }
    }

    /// The best words of a group; none when one of the sides has no words.
    fn compare(&self, group: usize) -> Option<Comparison<'a>> {
        let grouping = &self.by.grouping;
        let target = &grouping.groups[group];
        let rest = grouping.all.tokens - target.tokens;
        let totals = (target.tokens, self.list.map_or(rest, |list| list.total));
        if totals.0 == 0 || totals.1 == 0 {
            return None;
        }
        let mut rows = self.tested(group, totals);
        let tested = rows.len() as u64;
        let p_values: Vec<f64> = rows.iter().map(|row| keyness::p_value(row.g2)).collect();
        for (row, adjusted) in rows.iter_mut().zip(adjust::benjamini_hochberg(&p_values)) {
            row.p_adjusted = adjusted;
        }
        let by_text = |a: &Compared, b: &Compared| self.text(a.word).cmp(&self.text(b.word));
        let top = usize::try_from(self.corpus.config.count.keyness_top).unwrap_or(usize::MAX);
        if (1..rows.len()).contains(&top) {
            let better = |a: &Compared, b: &Compared| b.g2.abs().total_cmp(&a.g2.abs()).then_with(|| by_text(a, b));
            rows.select_nth_unstable_by(top - 1, better);
            rows.truncate(top);
        }
        rows.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| by_text(a, b)));
        rows.shrink_to_fit();
        let reference = match (self.list, grouping.groups.as_slice(), grouping.others) {
            (Some(list), ..) => &list.name,
            (None, [first, second], 0) => {
                if group == 0 {
                    &second.name
                } else {
                    &first.name
                }
            }
            _ => "rest",
        };
        Some(Comparison { group, target: &target.name, reference, totals, tested, rows })
    }

    /// Every word with enough occurrences on both sides together.
    fn tested(&self, group: usize, totals: (u64, u64)) -> Vec<Compared> {
        let mut here = self.by.groups[group].iter().peekable();
        let mut rows = Vec::new();
        let mut test = |word, target: Occurrences, reference: Occurrences| {
            if target.count + reference.count >= self.corpus.config.count.keyness_min_count.max(1) {
                let g2 = keyness::g2(frequencies(target, reference, totals));
                let unknown = f64::NAN;
                rows.push(Compared { word, target, reference, g2, p_adjusted: unknown, dp: (unknown, unknown) });
            }
        };
        for (number, all) in (0..).zip(&self.by.all) {
            let target = here.next_if(|cell| cell.feature == number).map(|cell| cell.here).unwrap_or_default();
            let reference = match self.list {
                Some(_) => Occurrences { count: self.listed[number as usize], documents: 0 },
                None => Occurrences { count: all.count - target.count, documents: all.documents - target.documents },
            };
            test(Word::Feature(number), target, reference);
        }
        for place in &self.only_listed {
            let count = self.list.map_or(0, |list| list.words[*place as usize].1);
            test(Word::Listed(*place), Occurrences::default(), Occurrences { count, documents: 0 });
        }
        rows
    }

    fn write(&self, mut comparisons: Vec<Comparison<'a>>, table: &mut Table) -> Result<()> {
        self.disperse(&mut comparisons)?;
        for comparison in &comparisons {
            for row in &comparison.rows {
                table.row(&self.cells(comparison, row))?;
            }
        }
        Ok(())
    }

    /// Finds out how evenly the written words are spread over the documents of each side.
    fn disperse(&self, comparisons: &mut [Comparison<'a>]) -> Result<()> {
        let mut wanted: Vec<(u32, usize, usize)> = Vec::new();
        for (at, comparison) in comparisons.iter().enumerate() {
            for (place, row) in comparison.rows.iter().enumerate() {
                if let Word::Feature(number) = row.word {
                    wanted.push((number, at, place));
                }
            }
        }
        if wanted.is_empty() {
            return Ok(());
        }
        wanted.sort_unstable();
        let mut wanted = wanted.into_iter().peekable();
        self.corpus.counts.terms(&mut |term| {
            while let Some((_, at, place)) = wanted.next_if(|(number, ..)| *number == term.number) {
                let comparison = &mut comparisons[at];
                let (group, totals) = (comparison.group, comparison.totals);
                let row = &mut comparison.rows[place];
                row.dp.0 = dispersion::dp(self.parts(&term, |other| other == group), totals.0);
                if self.list.is_none() {
                    row.dp.1 = dispersion::dp(self.parts(&term, |other| other != group), totals.1);
                }
            }
            Ok(())
        })
    }

    /// The documents of some groups that hold a term.
    fn parts<'t>(
        &'t self,
        term: &'t TermRow<'_>,
        is_in: impl Fn(usize) -> bool + Clone + 't,
    ) -> impl Iterator<Item = Part> + Clone + 't {
        let parts = key::parts(term.postings, self.corpus.counts).zip(term.postings);
        parts
            .filter(move |(_, posting)| self.by.grouping.of(posting.document).is_some_and(&is_in))
            .map(|(part, _)| part)
    }

    fn cells<'r>(&'r self, comparison: &'r Comparison<'a>, row: &'r Compared) -> [Cell<'r>; 26] {
        let totals = comparison.totals;
        let sides = frequencies(row.target, row.reference, totals);
        let (text, kind) = self.text(row.word);
        let of_texts = |cell: Cell<'r>| if self.list.is_some() { Cell::Missing } else { cell };
        [
            (&self.by.grouping.column).into(),
            comparison.target.into(),
            comparison.reference.into(),
            text.into(),
            kind.map(FeatureKind::name).into(),
            row.target.count.into(),
            row.reference.count.into(),
            totals.0.into(),
            totals.1.into(),
            weighting::per_million(row.target.count, totals.0).into(),
            weighting::per_million(row.reference.count, totals.1).into(),
            row.target.documents.into(),
            of_texts(row.reference.documents.into()),
            row.dp.0.into(),
            row.dp.1.into(),
            row.g2.into(),
            keyness::g2_rayson(sides).into(),
            keyness::chi2(sides).into(),
            keyness::p_value(row.g2).into(),
            row.p_adjusted.into(),
            comparison.tested.into(),
            keyness::bic(sides).into(),
            keyness::log_ratio(sides).into(),
            keyness::pct_diff(sides).into(),
            keyness::odds_ratio(sides).into(),
            keyness::simple_maths(sides, 1.0).into(),
        ]
    }
}

fn frequencies(target: Occurrences, reference: Occurrences, totals: (u64, u64)) -> Frequencies {
    Frequencies { target: target.count, reference: reference.count, target_total: totals.0, reference_total: totals.1 }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Tables, cells, corpus_tables, write_compared};
    use crate::config::{Config, ReferenceConfig};
    use crate::count::grouped::ReferenceList;

    /// Documents 1 and 3 are of the Courier, 2 and 4 of the Gazette; the third has no words.
    const BODIES: [&str; 4] = ["peace talks peace", "war talks", "", "war"];

    fn config(least: u64, top: u64) -> Config {
        let mut config = Config::default();
        (config.count.keyness_min_count, config.count.keyness_top) = (least, top);
        config
    }

    #[test]
    fn the_example_of_the_charter() {
        let rows = corpus_tables(&BODIES, &config(1, 0)).rows("keyness.csv");
        let columns = ["target", "reference", "feature", "n_target", "n_reference", "g2", "g2_rayson", "p_adj_bh"];
        let found: Vec<_> = rows.iter().map(|row| cells(row, columns)).collect();
        let expected = [
            ["Courier", "Gazette", "peace", "2", "0", "3.819085", "2.772589", "0.076008"],
            ["Courier", "Gazette", "talks", "1", "1", "0.000000", "0.000000", "1.000000"],
            ["Courier", "Gazette", "war", "0", "2", "-3.819085", "-2.772589", "0.076008"],
            ["Gazette", "Courier", "war", "2", "0", "3.819085", "2.772589", "0.076008"],
            ["Gazette", "Courier", "talks", "1", "1", "0.000000", "0.000000", "1.000000"],
            ["Gazette", "Courier", "peace", "0", "2", "-3.819085", "-2.772589", "0.076008"],
        ];
        assert_eq!(found, expected);
        let spread =
            ["total_target", "total_reference", "docfreq_target", "docfreq_reference", "dp_target", "dp_reference"];
        assert_eq!(cells(&rows[0], spread), ["3", "3", "1", "0", "0.000000", ""]);
        // War stands once in a document of 2 words and once in one of 1: 1/2 (|1/2 - 2/3| + |1/2 - 1/3|).
        assert_eq!(cells(&rows[3], spread), ["3", "3", "2", "0", "0.166667", ""]);
        assert!(rows.iter().all(|row| row["tested"] == "3" && row["group_by"] == "outlet"));
    }

    #[test]
    fn rare_words_are_not_tested_and_the_best_of_both_signs_are_kept() {
        let tables = corpus_tables(&["a a a a b b c", "b c c c c d d d", "", "a d"], &config(3, 2));
        let rows = tables.rows("keyness.csv");
        let found: Vec<_> = rows.iter().map(|row| cells(row, ["target", "feature", "tested"])).collect();
        let expected = [["Courier", "a", "4"], ["Courier", "d", "4"], ["Gazette", "d", "4"], ["Gazette", "a", "4"]];
        assert_eq!(found, expected);
        let summary = tables.summary.iter().find(|table| table.file == "keyness.csv").unwrap();
        assert_eq!(summary.left_out, 4);
        assert!(corpus_tables(&BODIES, &config(9, 0)).rows("keyness.csv").is_empty());
    }

    #[test]
    fn groups_that_are_not_compared_stay_in_the_rest() {
        let mut config = config(1, 0);
        config.count.groups_top = 1;
        let rows = corpus_tables(&["peace peace", "war"], &config).rows("keyness.csv");
        let found: Vec<_> =
            rows.iter().map(|row| cells(row, ["target", "reference", "feature", "n_reference"])).collect();
        assert_eq!(found, [["Courier", "rest", "peace", "0"], ["Courier", "rest", "war", "1"]]);
    }

    #[test]
    fn one_group_or_one_document_has_nothing_to_compare_with() {
        for bodies in [&["peace talks"][..], &["peace", ""], &[]] {
            assert!(corpus_tables(bodies, &config(1, 0)).rows("keyness.csv").is_empty(), "{bodies:?}");
        }
    }

    fn against_list(bodies: &[&str], group_by: &[&str]) -> Tables<Vec<crate::report::table::TableSummary>> {
        let mut config = config(1, 0);
        config.count.group_by = group_by.iter().map(|&name| name.to_owned()).collect();
        config.reference = Some(ReferenceConfig { path: "list.csv".into(), total: Some(20) });
        let words = [("7", 3), ("peace", 1), ("windmill", 5)].map(|(word, count)| (word.to_owned(), count)).to_vec();
        let list = ReferenceList { name: "list.csv".into(), total: 20, words };
        write_compared(bodies, &[], &config, Some(list))
    }

    #[test]
    fn a_list_stands_against_the_corpus_or_each_group() {
        let columns = ["target", "reference", "feature", "feature_type", "n_target", "n_reference", "total_reference"];
        let rows = against_list(&["peace 7", "peace"], &[]).rows("keyness.csv");
        let found: Vec<_> = rows.iter().map(|row| cells(row, columns)).collect();
        let expected = [
            ["corpus", "list.csv", "peace", "word", "2", "1", "20"],
            ["corpus", "list.csv", "7", "number", "1", "3", "20"],
            ["corpus", "list.csv", "windmill", "", "0", "5", "20"],
        ];
        assert_eq!(found, expected);
        assert!(rows.iter().all(|row| row["docfreq_reference"].is_empty() && row["dp_reference"].is_empty()));
        let rows = against_list(&["peace 7", "peace"], &["outlet"]).rows("keyness.csv");
        assert_eq!(
            rows.iter().filter(|row| row["target"] == "Gazette").count(),
            3,
            "7 is tested though Gazette lacks it"
        );
        assert_eq!(rows.len(), 6);
    }
}

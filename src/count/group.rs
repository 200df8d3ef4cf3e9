//! Groups of documents: by outlet, author, section, language, period, input path, or any further metadata column.
//!
//! A [`Grouper`] looks at the records of each document and keeps two small numbers of it; [`Grouper::finish`] makes
//! [`Grouping`]s, which say for each document of [`Counts`](crate::count::Counts) to which group it belongs. It counts
//! no words: that is done from postings in `grouped`.
//!
//! # What a group is
//! - One document is in one group of a column at most. An article of several authors (`Ana Lind; Bo Roth`, as the
//!   column of documents.csv has it) is in a group of its own, because nobody can tell who wrote which words.
//! - A document without a value is in no group, and no part of the rest either.
//! - The names of built-in columns come first; a field of the same name in metadata.csv is not asked.
//! - The largest groups by tokens are compared; smaller ones beyond `groups_top` stay in the rest.
//!
//! For `--group-by outlet` over documents of 4, 2, 3 and 5 tokens of the outlets B, A, none and B: group A has
//! 1 document and 2 tokens, group B 2 documents and 9 tokens; the rest of A is B, and the third document is left out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Period};
use crate::count::period;
use crate::count::segment::DocStat;
use crate::document::{Article, DocId, one_line};
use crate::error::{Error, ErrorKind, Result};
use crate::record::DocumentRecord;

/// Columns that every corpus has, whether or not its documents have values in them.
const BUILT_IN: [&str; 9] = ["outlet", "author", "section", "language", "day", "week", "month", "year", "input"];
/// The column of the single group of all documents.
const WHOLE: &str = "corpus";
/// Most names of columns that are kept for a message.
const SHOWN: usize = 40;
/// The number of no group.
const NONE: u32 = u32::MAX;

/// Where the value of a group column comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    Outlet,
    Author,
    Section,
    Language,
    Period(Period),
    Input,
    Whole,
    Field(String),
}

impl Source {
    fn named(name: &str) -> Source {
        match name {
            "outlet" => Source::Outlet,
            "author" => Source::Author,
            "section" => Source::Section,
            "language" => Source::Language,
            "day" => Source::Period(Period::Day),
            "week" => Source::Period(Period::Week),
            "month" => Source::Period(Period::Month),
            "year" => Source::Period(Period::Year),
            "input" => Source::Input,
            field => Source::Field(field.to_owned()),
        }
    }

    /// The value of a document; empty when it has none.
    fn value<'a>(&self, doc: &'a DocumentRecord, inputs: &'a [String]) -> Cow<'a, str> {
        match self {
            Source::Outlet => doc.outlet.as_str().into(),
            Source::Author => doc.author.as_str().into(),
            Source::Section => doc.section.as_str().into(),
            Source::Language => doc.language.as_str().into(),
            Source::Period(length) => {
                doc.date.map_or_else(String::new, |date| period::label(*length, period::number(*length, date))).into()
            }
            Source::Input => input_of(&doc.path, inputs).into(),
            Source::Whole => WHOLE.into(),
            Source::Field(name) => field(&doc.metadata, name).into(),
        }
    }
}

/// The value of a further field: the first that is not empty.
fn field<'a>(metadata: &'a [(String, String)], name: &str) -> &'a str {
    let values = metadata.iter().filter(|(field, _)| is_field(field, name));
    values.map(|(_, value)| value.trim()).find(|value| !value.is_empty()).unwrap_or("")
}

/// Whether a field is the one that is meant: letter case does not matter.
fn is_field(field: &str, name: &str) -> bool {
    field.eq_ignore_ascii_case(name)
}

/// The input path under which a document was found: the longest that its own path begins with.
fn input_of<'a>(path: &str, inputs: &'a [String]) -> &'a str {
    let holds = |input: &&String| {
        let rest = path.strip_prefix(input.as_str());
        let below = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || input.ends_with('/'));
        below || input.as_str() == "." && !path.starts_with(['/', '-'])
    };
    match inputs {
        [only] => only,
        several => several.iter().filter(holds).max_by_key(|input| input.len()).map_or("", String::as_str),
    }
}

/// Which of the columns that were asked for are there: asked while articles are read, so that a misspelt name ends a
/// run before the work starts.
#[derive(Clone, Debug, Default)]
pub struct ColumnCheck {
    missing: Vec<String>,
    /// The first names of further fields in byte order.
    names: BTreeSet<String>,
    articles: u64,
}

impl ColumnCheck {
    /// A check of the columns of a run.
    pub fn new(config: &Config) -> ColumnCheck {
        let asked = config.count.group_by.iter().filter(|name| !BUILT_IN.contains(&name.as_str()));
        ColumnCheck { missing: asked.cloned().collect(), ..ColumnCheck::default() }
    }

    /// The further columns in which an article has a value; none once every column that was asked for was seen.
    pub fn columns_of(&self, article: &Article) -> Vec<String> {
        let fields = article.metadata.iter().filter(|(_, value)| !self.missing.is_empty() && !value.trim().is_empty());
        fields.map(|(name, _)| name.clone()).collect()
    }

    /// Adds the columns of an article.
    pub fn add(&mut self, columns: Vec<String>) {
        self.articles += 1;
        for name in columns {
            self.missing.retain(|asked| !is_field(&name, asked));
            self.names.insert(name);
            if self.names.len() > SHOWN {
                self.names.pop_last();
            }
        }
    }

    /// Says which columns there are when one is asked for that no article has.
    ///
    /// # Errors
    /// [`ErrorKind::Option`] with the names of the columns.
    pub fn finish(&self) -> Result<()> {
        let Some(asked) = self.missing.first().filter(|_| self.articles > 0) else { return Ok(()) };
        let named: Vec<&str> = BUILT_IN.into_iter().chain(self.names.iter().map(String::as_str)).collect();
        let more = if self.names.len() < SHOWN { "" } else { " and others" };
        let cause = format!("--group-by {asked}: no document has such a column");
        Err(Error::new(ErrorKind::Option, cause, format!("there are {}{more}", named.join(", "))))
    }
}

/// The size of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The value that its documents share.
    pub name: String,
    /// Documents.
    pub documents: u64,
    /// Words and numbers of their bodies.
    pub tokens: u64,
}

/// The documents of a corpus by the values of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouping {
    /// Name of the column.
    pub column: String,
    /// The groups that are compared, in byte order of their names.
    pub groups: Vec<Group>,
    /// Smaller groups that are not compared, and are part of the rest.
    pub others: u64,
    /// All documents that have a value, and their tokens; without a name.
    pub all: Group,
    /// Documents without a value.
    pub missing: u64,
    /// Input paths that hold no document, when documents are grouped by them.
    pub empty: Vec<String>,
    /// For each place in `Counts::documents` the index of its group; `groups.len()` for a smaller group.
    of: Vec<u32>,
}

impl Grouping {
    /// The group of a place in `Counts::documents`: its index in `groups`, `groups.len()` for one that is not compared,
    /// none for a document without a value.
    pub fn of(&self, place: u32) -> Option<usize> {
        self.of.get(place as usize).filter(|group| **group != NONE).map(|group| *group as usize)
    }

    /// Whether the single group is the whole corpus.
    pub fn is_whole(&self) -> bool {
        self.column == WHOLE
    }
}

/// Collects the groups of documents.
#[derive(Clone, Debug)]
pub struct Grouper {
    columns: Vec<Column>,
    inputs: Vec<String>,
    ids: Vec<DocId>,
}

/// The values of one column.
#[derive(Clone, Debug)]
struct Column {
    name: String,
    source: Source,
    numbers: BTreeMap<String, u32>,
    /// For each document the number of its value.
    of: Vec<u32>,
}

impl Grouper {
    /// Groups by the columns of a run. `inputs` are the input paths as the documents' paths begin. Against a reference
    /// list and without a column, the whole corpus is one group.
    pub fn new(config: &Config, inputs: &[String]) -> Grouper {
        let column =
            |name: &str, source| Column { name: name.to_owned(), source, numbers: BTreeMap::new(), of: Vec::new() };
        let mut columns: Vec<Column> =
            config.count.group_by.iter().map(|name| column(name, Source::named(name))).collect();
        if columns.is_empty() && config.reference.is_some() {
            columns.push(column(WHOLE, Source::Whole));
        }
        Grouper { columns, inputs: inputs.to_vec(), ids: Vec::new() }
    }

    /// Adds a document. Documents come in ascending order of their ids.
    pub fn observe(&mut self, doc: &DocumentRecord) {
        self.ids.push(doc.doc_id());
        for column in &mut self.columns {
            let value = column.source.value(doc, &self.inputs);
            let number = column.number(one_line(&value).trim());
            column.of.push(number);
        }
    }

    /// Adds the documents of another, which come after those of this one.
    pub fn merge(&mut self, other: Grouper) {
        self.ids.extend(other.ids);
        for (column, more) in self.columns.iter_mut().zip(other.columns) {
            let mut renumbered = vec![NONE; more.numbers.len()];
            for (value, number) in &more.numbers {
                renumbered[*number as usize] = column.number(value);
            }
            column.of.extend(more.of.iter().map(|number| renumbered.get(*number as usize).copied().unwrap_or(NONE)));
        }
    }

    /// The groupings, in the order of the columns. `documents` are those of `Counts::documents`, of which each must have
    /// been observed to be in a group; at most `most` groups of a column are compared (0: all).
    pub fn finish(self, documents: &[DocStat], most: u64) -> Vec<Grouping> {
        let Grouper { columns, inputs, ids } = self;
        let mut groupings = Vec::with_capacity(columns.len());
        for column in columns {
            let known = if column.source == Source::Input { &inputs[..] } else { &[] };
            let empty = known.iter().filter(|input| !column.numbers.contains_key(*input)).cloned().collect();
            groupings.push(Grouping { empty, ..column.grouping(&ids, documents, most) });
        }
        groupings
    }
}

impl Column {
    /// The number of a value; a new value gets the next one.
    fn number(&mut self, value: &str) -> u32 {
        if value.is_empty() {
            return NONE;
        }
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        let next = self.numbers.len() as u32;
        self.numbers.insert(value.to_owned(), next);
        next
    }

    fn grouping(self, ids: &[DocId], documents: &[DocStat], most: u64) -> Grouping {
        let mut sizes = vec![Group::default(); self.numbers.len()];
        for (name, number) in self.numbers {
            sizes[number as usize].name = name;
        }
        let value = |doc: &DocStat| ids.binary_search(&doc.id).map_or(NONE, |at| self.of[at]);
        let mut of: Vec<u32> = documents.iter().map(value).collect();
        let (mut all, mut missing) = (Group::default(), 0);
        for (number, doc) in of.iter().zip(documents) {
            match sizes.get_mut(*number as usize) {
                Some(size) => [size, &mut all].into_iter().for_each(|size| {
                    size.documents += 1;
                    size.tokens += u64::from(doc.tokens);
                }),
                None => missing += 1,
            }
        }
        let compared = largest(&sizes, most);
        let mut renumbered = vec![compared.len() as u32; sizes.len()];
        for (index, number) in (0..).zip(&compared) {
            renumbered[*number] = index;
        }
        of.iter_mut().for_each(|number| *number = renumbered.get(*number as usize).copied().unwrap_or(NONE));
        Grouping {
            column: self.name,
            others: (sizes.len() - compared.len()) as u64,
            groups: compared.into_iter().map(|number| std::mem::take(&mut sizes[number])).collect(),
            all,
            missing,
            empty: Vec::new(),
            of,
        }
    }
}

/// The numbers of the groups with most tokens, then in byte order of their names.
fn largest(sizes: &[Group], most: u64) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..sizes.len()).collect();
    numbers.sort_by(|a, b| {
        let (a, b) = (&sizes[*a], &sizes[*b]);
        b.tokens.cmp(&a.tokens).then_with(|| a.name.cmp(&b.name))
    });
    if most > 0 {
        numbers.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    numbers.sort_by(|a, b| sizes[*a].name.cmp(&sizes[*b].name));
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::CountConfig;
    use crate::document::Date;

    fn config(columns: &[&str]) -> Config {
        let group_by = columns.iter().map(|&name| name.to_owned()).collect();
        Config { count: CountConfig { group_by, ..CountConfig::default() }, ..Config::default() }
    }

    fn stats(tokens: &[u32]) -> Vec<DocStat> {
        (1..).zip(tokens).map(|(id, &tokens)| DocStat { id: DocId(id), date: None, tokens, copy: false }).collect()
    }

    fn grouped(columns: &[&str], docs: &[DocumentRecord], tokens: &[u32], most: u64) -> Vec<Grouping> {
        let mut grouper = Grouper::new(&config(columns), &["x/a".into(), "x/b".into(), "x".into()]);
        // Each document by itself, then merged.
        for (id, doc) in (1..).zip(docs) {
            let mut part = Grouper::new(&config(columns), &[]);
            part.inputs.clone_from(&grouper.inputs);
            part.observe(&DocumentRecord { id, ..doc.clone() });
            grouper.merge(part);
        }
        grouper.finish(&stats(tokens), most)
    }

    fn outlet(name: &str) -> DocumentRecord {
        DocumentRecord { outlet: name.into(), ..DocumentRecord::default() }
    }

    fn shown(grouping: &Grouping) -> Vec<(&str, u64, u64)> {
        grouping.groups.iter().map(|group| (group.name.as_str(), group.documents, group.tokens)).collect()
    }

    #[test]
    fn the_example_of_the_charter() {
        let docs = ["B", "A", "", "B"].map(outlet);
        let found = grouped(&["outlet"], &docs, &[4, 2, 3, 5], 0).remove(0);
        assert_eq!(shown(&found), [("A", 1, 2), ("B", 2, 9)]);
        assert_eq!((found.all.documents, found.all.tokens, found.missing, found.others), (3, 11, 1, 0));
        assert_eq!([0, 1, 2, 3, 4].map(|place| found.of(place)), [Some(1), Some(0), None, Some(1), None]);
    }

    #[test]
    fn small_groups_stay_in_the_rest() {
        let docs = ["B", "A", "C", "B"].map(outlet);
        let found = grouped(&["outlet"], &docs, &[4, 2, 3, 5], 2).remove(0);
        assert_eq!(shown(&found), [("B", 2, 9), ("C", 1, 3)]);
        assert_eq!((found.others, found.all.tokens), (1, 14));
        assert_eq!(found.of(1), Some(2), "a group that is not compared");
    }

    #[test]
    fn periods_inputs_and_fields_are_columns() {
        let docs = [("x/a/1.txt", 1, "Sea"), ("x/ab/2.txt", 2, ""), ("x/b", 2, " Sea ")].map(|(path, month, topic)| {
            DocumentRecord {
                path: path.into(),
                date: Date::from_ymd(2024, month, 5),
                metadata: vec![("Topic".into(), String::new()), ("topic".into(), topic.into())],
                ..DocumentRecord::default()
            }
        });
        let found = grouped(&["month", "input", "TOPIC", "week"], &docs, &[1, 1, 1], 0);
        assert!(found.iter().all(|by| by.empty.is_empty()));
        assert_eq!(grouped(&["input"], &docs[..2], &[1, 1], 0)[0].empty, ["x/b"]);
        assert_eq!(shown(&found[0]), [("2024-01", 1, 1), ("2024-02", 2, 2)]);
        assert_eq!(shown(&found[1]), [("x", 1, 1), ("x/a", 1, 1), ("x/b", 1, 1)]);
        assert_eq!(shown(&found[2]), [("Sea", 2, 2)]);
        assert_eq!(found[2].missing, 1);
        assert_eq!(shown(&found[3])[0].0, "2024-W01");
    }

    #[test]
    fn the_input_is_the_longest_that_fits() {
        let inputs = [".".to_owned(), "../b".into(), "/".into(), "-".into()];
        for (path, input) in [("a/1.txt", "."), ("../b/c.txt", "../b"), ("/c.txt", "/"), ("-", "-")] {
            assert_eq!(input_of(path, &inputs), input, "{path}");
        }
        assert_eq!(input_of("whatever.txt", &["only".to_owned()]), "only");
    }

    #[test]
    fn a_column_that_no_document_has_is_an_error_that_names_those_there_are() {
        let article =
            |name: &str, value: &str| Article { metadata: vec![(name.into(), value.into())], ..Article::default() };
        let check = |columns: &[&str], articles: &[Article]| {
            let mut check = ColumnCheck::new(&config(columns));
            articles.iter().for_each(|article| check.add(check.columns_of(article)));
            check.finish()
        };
        let articles = [article("topic", "sea"), article("desk", "")];
        assert!(check(&["outlet", "topic", "month"], &articles).is_ok());
        assert!(check(&["colour"], &[]).is_ok(), "an empty corpus has no columns to name");
        let told = check(&["topic", "colour"], &articles).unwrap_err().to_string();
        assert!(told.contains("--group-by colour") && told.contains("input, topic"), "{told}");
        assert!(check(&["desk"], &articles).is_err(), "a column without a value");
    }

    #[test]
    fn without_a_column_the_whole_corpus_stands_against_a_list() {
        let mut config = config(&[]);
        assert!(Grouper::new(&config, &[]).columns.is_empty());
        config.reference = Some(crate::config::ReferenceConfig { path: "list.csv".into(), total: None });
        let mut grouper = Grouper::new(&config, &[]);
        grouper.observe(&DocumentRecord { id: 1, ..DocumentRecord::default() });
        let found = grouper.finish(&stats(&[7]), 0).remove(0);
        assert!(found.is_whole());
        assert_eq!(shown(&found), [("corpus", 1, 7)]);
    }
}

//! A record of a table or of JSON lines becomes a text with its title and metadata: which field is what.
//!
//! It reads the names of the fields and the names that the user gives. What no name claims is kept as metadata. Names
//! are compared without case, spaces, `_` and `-`. The sensible names are in [`column`]; taking JSON apart is in
//! [`json`] and, for plain objects, [`flat`].

mod column;
mod flat;
mod json;

use super::format::by_extension;
use super::{Extract, Metadata, Reason, Record, encoding};
use crate::config::{ColumnConfig, Config};
use crate::document::DateSource;

use column::{find, find_named, is_text_name};
pub(super) use json::{place, sample, wrapped};

/// Least mean length of the fields that hold the text, where no name says which do.
const LONG: usize = 200;

/// The text, title and metadata of record `number` of its file; without metadata where the text alone is wanted.
pub(super) fn extract(record: Record, number: u32, config: &Config, text_only: bool) -> Result<Extract, Reason> {
    let Record { encoding, bytes, fields, longest, mut warnings, .. } = record;
    let (fields, encoding) = match fields.is_empty() {
        true => {
            let (text, encoding) = encoding::decode_record(bytes, &encoding);
            (json::fields(&text, number)?, encoding)
        }
        false => (fields, encoding),
    };
    let mut fields = Fields { left: fields.into_iter().map(Some).collect(), warnings: Vec::new() };
    let columns = &config.corpus.columns;
    let text = fields.text(columns, longest.as_deref())?;
    let title = fields.role(&columns.title, column::TITLE, "missing_title_column");
    let metadata = if text_only { Metadata::default() } else { fields.metadata(columns) };
    warnings.append(&mut fields.warnings);
    let text = without_markup(text);
    Ok(Extract { warnings, ..Extract::new(&title, &text, encoding, metadata) })
}

/// Whether one of the columns holds the text, by the name that the user gives or by its own.
pub(super) fn has_text_column(names: &[String], columns: &ColumnConfig) -> bool {
    match &columns.text {
        Some(wanted) => find_named(names.iter().map(String::as_str), wanted).is_some(),
        None => names.iter().any(|name| is_text_name(name)),
    }
}

/// What a row says of a table or a record without a text column.
pub(super) fn no_text_column(names: &[String], columns: &ColumnConfig) -> String {
    let names = names.join(", ");
    match &columns.text {
        Some(wanted) => format!("there is no column {wanted}; the columns are: {names}; choose with --text-column"),
        None => format!("no column looks like the text; the columns are: {names}; name it with --text-column"),
    }
}

/// The field that is by far the longest in the samples and long enough to be an article; none where a field holds the
/// text by its name.
pub(super) fn longest_field(samples: &[Vec<(String, String)>]) -> Option<String> {
    let mut sums: Vec<(&str, usize)> = Vec::new();
    for (name, value) in samples.iter().flatten() {
        if is_text_name(name) {
            return None;
        }
        match sums.iter_mut().find(|(known, _)| known == name) {
            Some((_, sum)) => *sum += value.len(),
            None => sums.push((name, value.len())),
        }
    }
    sums.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    let (name, most) = *sums.first()?;
    let second = sums.get(1).map_or(0, |(_, sum)| *sum);
    (most >= LONG * samples.len() && most >= 3 * second).then(|| name.to_owned())
}

/// The fields of a record; those that have been used are gone.
struct Fields {
    left: Vec<Option<(String, String)>>,
    warnings: Vec<&'static str>,
}

impl Fields {
    fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.left.iter().map(|field| field.as_ref().map_or("", |(name, _)| name.as_str()))
    }

    fn take(&mut self, index: usize) -> String {
        self.left[index].take().map(|(_, value)| value).unwrap_or_default()
    }

    fn text(&mut self, columns: &ColumnConfig, longest: Option<&str>) -> Result<String, Reason> {
        let found = match (&columns.text, longest) {
            (Some(wanted), _) => find_named(self.names(), wanted),
            (None, longest) => find(&self.left, column::TEXT).or_else(|| find_named(self.names(), longest?)),
        };
        let found = found.or_else(|| if columns.text.is_none() { self.longest() } else { None });
        let names: Vec<String> = self.names().filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let Some(index) = found else {
            return Err(match columns.text.is_none() && names.iter().any(|name| is_text_name(name)) {
                true => ("no_text", "the text of the record is empty".to_owned()),
                false => ("no_text_column", no_text_column(&names, columns)),
            });
        };
        let text = self.take(index);
        match text.trim().is_empty() {
            true => Err(("no_text", "the text of the record is empty".to_owned())),
            false => Ok(text),
        }
    }

    /// The field of this record that can only be its text.
    fn longest(&self) -> Option<usize> {
        let fields: Vec<_> = self.left.iter().flatten().cloned().collect();
        let name = longest_field(&[fields])?;
        find_named(self.names(), &name)
    }

    /// The value of the column that the user names, else of the first that has a sensible name and a value. `missing`
    /// is the warning where the user names a column that the record does not have.
    fn role(&mut self, wanted: &Option<String>, names: &[&str], missing: &'static str) -> String {
        let found = match wanted {
            Some(wanted) => {
                let found = find_named(self.names(), wanted);
                if found.is_none() {
                    self.warnings.push(missing);
                }
                found
            }
            None => find(&self.left, names),
        };
        found.map(|index| self.take(index).trim().to_owned()).unwrap_or_default()
    }

    fn metadata(&mut self, columns: &ColumnConfig) -> Metadata {
        let date = column::date(self.role(&columns.date, column::DATE, "missing_date_column"));
        let url = self.role(&columns.url, column::URL, "missing_url_column");
        let outlet = match self.role(&columns.outlet, column::OUTLET, "missing_outlet_column") {
            outlet if outlet.is_empty() => column::host(&url),
            outlet => column::host(&outlet).or(outlet),
        };
        let mut metadata = Metadata {
            author: self.role(&columns.author, column::AUTHOR, "missing_author_column"),
            date_source: (!date.is_empty()).then_some(DateSource::Column),
            date,
            outlet,
            section: self.role(&columns.section, column::SECTION, "missing_section_column"),
            url,
            language: self.role(&columns.language, column::LANGUAGE, "missing_language_column"),
            other: Vec::new(),
        };
        let other = self.left.iter_mut().filter_map(Option::take);
        metadata.other = other.filter(|(_, value)| !value.trim().is_empty()).collect();
        metadata
    }
}

/// What to write where there is nothing.
trait Or {
    fn or(self, other: String) -> String;
}

impl Or for String {
    fn or(self, other: String) -> String {
        if self.is_empty() { other } else { self }
    }
}

/// A text that is HTML, as a page is read; any other as it is.
fn without_markup(text: String) -> String {
    let Some(html) = by_extension("html").filter(|_| is_html(&text)) else {
        return text;
    };
    let page = format!("<html><head><meta charset=\"utf-8\"></head><body><article>{text}</article></body></html>");
    match (html.extract)(page.into_bytes(), Some("utf-8")) {
        Ok(extract) if !extract.raw.trim().is_empty() => extract.raw,
        _ => text,
    }
}

/// Whether a text has elements of a page, not only a word in angle brackets.
fn is_html(text: &str) -> bool {
    const MARKS: [&str; 6] = ["</p>", "<br", "</div>", "<p>", "<P>", "<p "];
    let count = |mark: &str| memchr::memmem::find_iter(text.as_bytes(), mark.as_bytes()).take(2).count();
    memchr::memchr(b'<', text.as_bytes()).is_some() && MARKS.iter().map(|mark| count(mark)).sum::<usize>() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str, config: &Config) -> Result<Extract, Reason> {
        let record = Record { format: "jsonl", bytes: json.as_bytes().to_vec(), ..Record::default() };
        extract(record, 17, config, false)
    }

    fn get(json: &str) -> Extract {
        read(json, &Config::default()).unwrap()
    }

    #[test]
    fn sensible_names_are_found() {
        let extract = get(
            r#"{"ID": 7, "Head-Line": " The  pier ", "Body": "It opened.\n\nIt rained.", "Published_At": "2024-05-01",
            "authors": ["Ada Quill", "Ben Roe"], "url": "https://www.Harbour.example/a", "category": "Local",
            "lang": "en", "stats": {"shares": 1.5, "none": null}, "topic": "piers"}"#,
        );
        assert_eq!(extract.raw, "The pier\n\nIt opened.\n\nIt rained.");
        let metadata = extract.metadata;
        assert_eq!((metadata.author.as_str(), metadata.date.as_str()), ("Ada Quill; Ben Roe", "2024-05-01"));
        assert_eq!((metadata.outlet.as_str(), metadata.section.as_str()), ("harbour.example", "Local"));
        assert_eq!(metadata.date_source, Some(DateSource::Column));
        let other: Vec<_> = metadata.other.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(other, ["ID=7", "stats.shares=1.5", "topic=piers"]);
    }

    #[test]
    fn nested_roles_and_numbers_as_dates_are_found() {
        let extract = get(
            r#"{"source": {"id": null, "name": "Harbour Post"}, "title": {"rendered": "Pier"}, "timestamp": 1714521600,
            "content": {"rendered": "It opened."}, "author": [{"name": "Ada Quill"}, {"name": "Ben Roe"}]}"#,
        );
        assert_eq!((extract.raw.as_str(), extract.metadata.outlet.as_str()), ("Pier\n\nIt opened.", "Harbour Post"));
        assert_eq!(extract.metadata.author, "Ada Quill; Ben Roe");
        assert_eq!(extract.metadata.date, "2024-05-01");
    }

    #[test]
    fn the_longest_field_is_the_text_where_no_name_says_so() {
        let long = "word ".repeat(100);
        assert!(get(&format!(r#"{{"a": "short", "b": "{long}"}}"#)).raw.starts_with("word"));
        let (reason, detail) = read(r#"{"a": "short", "b": "too"}"#, &Config::default()).unwrap_err();
        assert_eq!(reason, "no_text_column");
        assert!(detail.contains("a, b") && detail.contains("--text-column"), "{detail}");
    }

    #[test]
    fn named_columns_come_first_and_missing_ones_are_told() {
        let mut config = Config::default();
        config.corpus.columns.text = Some("Lead Text".into());
        config.corpus.columns.date = Some("when".into());
        let extract = read(r#"{"text": "no", "lead_text": "yes"}"#, &config).unwrap();
        assert_eq!((extract.raw.as_str(), extract.warnings), ("yes", vec!["missing_date_column"]));
        assert_eq!(read(r#"{"text": "no"}"#, &config).unwrap_err().0, "no_text_column");
        assert_eq!(read(r#"{"text": " "}"#, &Config::default()).unwrap_err().0, "no_text");
    }

    #[test]
    fn broken_json_is_told_with_its_place() {
        let (reason, detail) = read(r#"{"text": "a", }"#, &Config::default()).unwrap_err();
        assert_eq!(reason, "invalid_json");
        assert!(detail.contains("line 17, column 15"), "{detail}");
        let deep = format!(r#"{{"text": "a", "b": {}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(read(&deep, &Config::default()).unwrap_err().0, "invalid_json");
        assert_eq!(read("[1, 2]", &Config::default()).unwrap_err().0, "invalid_json");
    }

    #[test]
    fn what_python_writes_and_json_does_not_know_is_read() {
        let extract = get(r#"{"text": "fish \ud83d cake \ud83d\udc1f NaN", "author": NaN, "n": -Infinity}"#);
        assert_eq!(extract.raw, "fish \u{fffd} cake \u{1f41f} NaN");
        assert!(extract.metadata.author.is_empty());
    }
}

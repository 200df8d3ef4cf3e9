//! The names under which tables and JSON hold the parts of an article, the most telling first, and what their values
//! mean.

use std::borrow::Cow;

/// Names of the text.
pub(super) const TEXT: &[&str] = &[
    "fulltext",
    "articletext",
    "maintext",
    "bodytext",
    "articlebody",
    "storytext",
    "newstext",
    "text",
    "body",
    "content",
    "articlecontent",
    "contenttext",
    "textcontent",
    "newscontent",
    "article",
    "story",
    "storybody",
    "plaintext",
    "cleantext",
    "cleanedtext",
    "rawtext",
    "maincontent",
    "fullcontent",
    "bodyhtml",
    "contenthtml",
    "html",
    "paragraphs",
    "transcript",
    "document",
];

/// Names of the headline.
pub(super) const TITLE: &[&str] = &[
    "title",
    "headline",
    "head",
    "hed",
    "articletitle",
    "newstitle",
    "storytitle",
    "webtitle",
    "headlines",
    "heading",
    "pagetitle",
    "titel",
    "titre",
];

/// Names of the date of publication.
pub(super) const DATE: &[&str] = &[
    "date",
    "published",
    "publishedat",
    "publishdate",
    "publisheddate",
    "pubdate",
    "publicationdate",
    "datepublished",
    "dateofpublication",
    "publishedon",
    "publishtime",
    "publishedtime",
    "firstpublished",
    "webpublicationdate",
    "articledate",
    "newsdate",
    "storydate",
    "postdate",
    "posted",
    "postedat",
    "dateposted",
    "displaydate",
    "datetime",
    "pubtime",
    "issued",
    "createdat",
    "datecreated",
    "created",
    "timestamp",
    "time",
    "seendate",
    "day",
];

/// Names of the authors.
pub(super) const AUTHOR: &[&str] = &[
    "author",
    "authors",
    "byline",
    "bylines",
    "creator",
    "creators",
    "dccreator",
    "authorname",
    "authornames",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "journalist",
    "journalists",
    "writtenby",
    "by",
];

/// Names of the newspaper or site.
pub(super) const OUTLET: &[&str] = &[
    "outlet",
    "publication",
    "publicationname",
    "newspaper",
    "publisher",
    "publishername",
    "outletname",
    "newsoutlet",
    "mediaoutlet",
    "medianame",
    "sourcename",
    "source",
    "newssource",
    "sitename",
    "site",
    "website",
    "media",
    "paper",
    "journal",
    "provider",
    "domain",
    "sourcedomain",
    "hostname",
];

/// Names of the section.
pub(super) const SECTION: &[&str] =
    &["section", "sectionname", "newsdesk", "desk", "category", "categoryname", "categories", "rubric", "department"];

/// Names of the web address.
pub(super) const URL: &[&str] = &[
    "url",
    "link",
    "weburl",
    "articleurl",
    "articlelink",
    "sourceurl",
    "pageurl",
    "permalink",
    "canonicalurl",
    "uri",
    "href",
    "loc",
];

/// Names of the language.
pub(super) const LANGUAGE: &[&str] = &["language", "lang", "languagecode", "inlanguage", "locale"];

/// Last parts of a nested name that say nothing: `title.rendered` is the title.
const ENDINGS: &[&str] = &["rendered", "name", "value", "text", "#text", "main", "original", "full", "default", "$t"];

/// First parts of a nested name that say nothing: `article.title` is the title.
const BEGINNINGS: &[&str] = &[
    "article",
    "data",
    "document",
    "doc",
    "story",
    "post",
    "item",
    "node",
    "fields",
    "attributes",
    "properties",
    "metadata",
    "meta",
    "source",
    "result",
    "page",
    "news",
    "record",
    "entry",
];

/// A name without case, spaces and marks.
fn plain(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
}

/// A nested name without the parts that say nothing.
fn inner(name: &str) -> Option<Cow<'_, str>> {
    if !name.contains('.') {
        return None;
    }
    let mut parts: Vec<&str> = name.split('.').collect();
    let lower = |part: &str| part.to_ascii_lowercase();
    while parts.len() > 1 && parts.last().is_some_and(|last| ENDINGS.contains(&lower(last).as_str())) {
        parts.pop();
    }
    while parts.len() > 1 && BEGINNINGS.contains(&&*plain(parts[0])) {
        parts.remove(0);
    }
    (parts.len() == 1).then(|| plain(parts[0]))
}

/// Whether a name says that a field holds the text.
pub(super) fn is_text_name(name: &str) -> bool {
    TEXT.contains(&&*plain(name)) || inner(name).is_some_and(|inner| TEXT.contains(&&*inner))
}

/// The field that has the first of these names and a value.
pub(super) fn find(fields: &[Option<(String, String)>], names: &[&str]) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (index, (name, value)) in fields.iter().enumerate().filter_map(|(index, f)| Some((index, f.as_ref()?))) {
        if is_nothing(value) {
            continue;
        }
        let whole = plain(name);
        let rank = names.iter().position(|known| *known == whole).or_else(|| {
            let inner = inner(name)?;
            names.iter().position(|known| *known == inner).map(|rank| rank + names.len())
        });
        if let Some(rank) = rank.filter(|rank| best.is_none_or(|(least, _)| *rank < least)) {
            best = Some((rank, index));
        }
    }
    best.map(|(_, index)| index)
}

/// The field that the user names: exactly so, else without regard to case, spaces and marks.
pub(super) fn find_named<'n>(names: impl Iterator<Item = &'n str> + Clone, wanted: &str) -> Option<usize> {
    let exact = names.clone().position(|name| name == wanted);
    exact.or_else(|| names.into_iter().position(|name| !name.is_empty() && plain(name) == plain(wanted)))
}

/// Whether a value is how programs write that there is none.
fn is_nothing(value: &str) -> bool {
    const WORDS: [&str; 5] = ["nan", "null", "none", "n/a", "nil"];
    let value = value.trim();
    value.is_empty() || WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// The host of a web address, without `www.`; empty for anything else.
pub(super) fn host(url: &str) -> String {
    let lower = url.trim().to_lowercase();
    let bare = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let rest = match (bare, lower.strip_prefix("www.")) {
        (Some(rest), _) | (None, Some(rest)) => rest,
        (None, None) => return String::new(),
    };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// A date as it stands there; a number of seconds or milliseconds since 1970 as ISO 8601.
pub(super) fn date(value: String) -> String {
    let whole = value.split('.').next().unwrap_or_default();
    let seconds = match (whole.len(), whole.parse::<i64>()) {
        (9 | 10, Ok(seconds)) => seconds,
        (12 | 13, Ok(milliseconds)) => milliseconds / 1000,
        _ => return value,
    };
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day of the Gregorian calendar that is so many days after 1 January 1970.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years are counted from March, so that the leap day is the last; an era is 400 years.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (year + era * 400 + carry, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_seconds_are_dates_and_other_values_stay() {
        for (value, expected) in [
            ("0951782400", "2000-02-29"),
            ("1709164800.25", "2024-02-29"),
            ("1735689599000", "2024-12-31"),
            ("20240105", "20240105"),
            ("5 May 2024", "5 May 2024"),
        ] {
            assert_eq!(date(value.to_owned()), expected);
        }
    }

    #[test]
    fn hosts_are_those_of_addresses() {
        assert_eq!(host("https://www.Post.example:80/a?b"), "post.example");
        assert_eq!(host("www.post.example"), "post.example");
        assert_eq!(host("The Harbour Post"), "");
    }
}

//! What a page states of its article: author, date, outlet, section, address, language.
//!
//! It reads linked data first, then `meta` elements in the spellings of the common systems, then elements that mark
//! themselves (`time`, `rel=author`). It says nothing where the page says nothing.

use dom_query::{Document, NodeRef};

use super::linked_data::LinkedData;
use crate::corpus::Metadata;
use crate::document::DateSource;

const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "date_published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dcterms.available",
    "citation_publication_date",
    "citation_date",
    "pubdate",
    "pub_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "publication_date",
    "publicationdate",
    "published_at",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "bt:pubdate",
    "rnews:datepublished",
    "displaydate",
    "created",
    "date",
    "article:created_time",
];
const AUTHORS: &[&str] = &[
    "author",
    "byl",
    "byline",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.name",
    "parsely-author",
    "sailthru.author",
    "article:author_name",
    "article:author:name",
    "citation_author",
    "cxenseparse:author",
    "article:author",
    "og:article:author",
    "twitter:creator:name",
    "authors",
    "rnews:author",
];
const OUTLETS: &[&str] = &[
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "publisher",
    "article:publisher_name",
    "al:android:app_name",
    "source",
    "cre",
];
const SECTIONS: &[&str] = &[
    "article:section",
    "og:article:section",
    "og:section",
    "parsely-section",
    "sailthru.section",
    "section",
    "article.section",
    "cxenseparse:section",
    "dc.subject.section",
    "category",
    "prism.section",
];
const LANGUAGES: &[&str] =
    &["content-language", "language", "dc.language", "dcterms.language", "og:locale", "inlanguage"];

/// The statements of a page.
pub(super) fn read(document: &Document, linked: &LinkedData) -> Metadata {
    let metas = metas(document);
    let stated = |names: &[&str]| -> String { first(&metas, names, |_| true) };
    let or = |linked: &str, other: String| if linked.is_empty() { other } else { linked.to_owned() };
    let author = match linked.authors.is_empty() {
        false => joined(&linked.authors),
        true => authors(&metas),
    };
    let date = or(&linked.date, stated(DATES));
    let date = or(&date, timed(document));
    let language = html_language(document);
    Metadata {
        author: or(&author, marked_author(document)),
        date_source: (!date.is_empty()).then_some(DateSource::Metadata),
        date,
        outlet: or(&stated(&["og:site_name"]), or(&linked.outlet, first(&metas, OUTLETS, |v| !v.contains("://")))),
        section: or(&linked.section, stated(SECTIONS)),
        url: address(document, &linked.url, &stated(&["og:url", "twitter:url", "parsely-link"])),
        language: or(&language, or(&linked.language, stated(LANGUAGES))),
        other: Vec::new(),
    }
}

/// Names and contents of the `meta` elements, names in lower case.
fn metas(document: &Document) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for meta in document.select("meta").nodes() {
        let content = meta.attr_or("content", "");
        let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
        if content.is_empty() {
            continue;
        }
        for attribute in ["property", "name", "itemprop", "http-equiv"] {
            for name in meta.attr_or(attribute, "").split_whitespace() {
                found.push((name.to_ascii_lowercase(), content.clone()));
            }
        }
    }
    found
}

fn first(metas: &[(String, String)], names: &[&str], accepted: impl Fn(&str) -> bool) -> String {
    let of =
        |name: &&str| metas.iter().find(|(n, value)| n == *name && accepted(value)).map(|(_, value)| value.clone());
    names.iter().find_map(of).unwrap_or_default()
}

/// The value of a `meta` element of any of these names; empty when there is none.
pub(super) fn meta(document: &Document, names: &[&str]) -> String {
    first(&metas(document), names, |_| true)
}

/// The authors in `meta` elements: one name may stand in several.
fn authors(metas: &[(String, String)]) -> String {
    for name in AUTHORS {
        let is_name = |value: &str| !value.contains("://") && !value.starts_with('@') && value.len() < 200;
        let mut found: Vec<String> = Vec::new();
        for (_, value) in metas.iter().filter(|(n, value)| n == name && is_name(value)) {
            if !found.contains(value) {
                found.push(value.clone());
            }
        }
        if !found.is_empty() {
            return joined(&found);
        }
    }
    String::new()
}

/// `A`, `A and B`, `A, B and C`.
fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The author in an element that marks itself as one.
fn marked_author(document: &Document) -> String {
    let marks = "[itemprop='author'] [itemprop='name'], [itemprop='author'], a[rel~='author'], address.author, \
                 .byline .author, .byline__name, .author-name, .byline-name, .byline, .author";
    let mut found: Vec<String> = Vec::new();
    for selector in marks.split(", ") {
        for node in document.select(selector.trim()).nodes() {
            let text = node.text().split_whitespace().collect::<Vec<_>>().join(" ");
            let words = text.split(' ').count();
            if !text.is_empty() && words <= 12 && !is_aside(node) && !found.contains(&text) {
                found.push(text);
            }
        }
        if let Some(name) = found.first() {
            return if found.len() <= 4 { joined(&found) } else { name.clone() };
        }
    }
    let named = document.select("[class], [data-testid], [data-component]");
    let lines = named.nodes().iter().filter(|node| super::prune::is_named_byline(node) && !is_aside(node));
    lines.map(names).find(|text| (2..=12).contains(&text.split(' ').count())).unwrap_or_default()
}

/// The names at the start of an element that holds a byline: what stands behind them in pieces of its own is the
/// post of the author or the hour.
fn names(node: &NodeRef) -> String {
    let texts = node.descendants_it().filter(|below| below.is_text()).map(|text| text.text());
    let mut found = String::new();
    let mut goes_on = true;
    for text in texts {
        let piece = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let joins = matches!(piece.to_lowercase().as_str(), "by" | "and" | "," | "&" | ", and" | "words by" | "from");
        if piece.is_empty() {
            continue;
        }
        if !(goes_on || joins) {
            break;
        }
        found.push_str(if found.is_empty() || piece == "," { "" } else { " " });
        found.push_str(&piece);
        goes_on = joins;
    }
    found
}

/// The date in an element that marks itself as the date of publication, else the first `time` of the article.
fn timed(document: &Document) -> String {
    let marks = [
        "[itemprop~='datePublished']",
        "time[pubdate]",
        "time.entry-date",
        "time.published",
        "time.dt-published",
        "article header time",
        "header time",
        "article time",
        "main time",
        "time",
        "abbr.published",
        ".published",
        ".entry-date",
        ".post-date",
        ".article-date",
        ".publish-date",
        ".pubdate",
        ".dateline__date",
        ".timestamp",
        ".date",
    ];
    for mark in marks {
        for node in document.select(mark).nodes() {
            if is_aside(node) || updated(node) {
                continue;
            }
            if let Some(date) = date_of(node) {
                return date;
            }
        }
    }
    let named = document.select("[class], [id]");
    let nodes = named.nodes().iter().filter(|node| super::prune::is_named_date(node) && !is_aside(node));
    nodes.into_iter().find_map(date_of).unwrap_or_default()
}

/// What looks like a date in the attributes or the text of an element.
fn date_of(node: &NodeRef) -> Option<String> {
    let attributes = ["datetime", "content", "title"].iter().map(|name| node.attr_or(name, "").to_string());
    let dated = |text: &String| {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        (5..=24).contains(&digits) && text.trim().len() <= 60
    };
    let mut candidates = attributes.chain([node.text().to_string()]);
    candidates.find(dated).map(|date| date.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn updated(node: &NodeRef) -> bool {
    let class = node.attr_or("class", "").to_ascii_lowercase();
    let item = node.attr_or("itemprop", "").to_ascii_lowercase();
    class.contains("updated") && !class.contains("published") || class.contains("modified") || item == "datemodified"
}

/// Whether a node belongs to something beside the article: a list of other articles, comments, a sidebar.
fn is_aside(node: &NodeRef) -> bool {
    node.ancestors_it(Some(24)).any(|above| {
        let name = above.node_name();
        matches!(name.as_deref(), Some("aside" | "nav" | "footer" | "li")) || super::prune::is_furniture(&above)
    })
}

fn html_language(document: &Document) -> String {
    let html = document.select_single("html");
    let Some(html) = html.nodes().first() else { return String::new() };
    let language = html.attr("lang").or_else(|| html.attr("xml:lang"));
    language.map(|language| language.trim().to_owned()).unwrap_or_default()
}

/// The canonical address, if it is one of the web.
fn address(document: &Document, linked: &str, stated: &str) -> String {
    let canonical = document.select_single("link[rel~='canonical']").attr_or("href", "").to_string();
    let found = [canonical.as_str(), stated, linked].into_iter().map(str::trim);
    found
        .into_iter()
        .find(|url| url.starts_with("http://") || url.starts_with("https://"))
        .unwrap_or_default()
        .to_owned()
}

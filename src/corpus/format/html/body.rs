//! Which part of a page is its article: the element that is marked as its text, else what readability finds, else the
//! whole page without navigation.

use std::collections::BTreeSet;

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::text::paragraphs;

/// Fewest letters of an article that is taken from a marked element or from readability without a second look.
const SHORT: usize = 250;

/// The paragraphs of the article. `stated` is the text that the linked data of the page holds, if it does.
pub(super) fn find(document: Document, stated: &str) -> Vec<String> {
    let marked = marked(&document, &["[itemprop~='articleBody']", "[property~='articleBody']"]);
    if letters(&marked) >= SHORT {
        return best(marked, stated);
    }
    let article = marked_article(&document);
    let whole = document.body().map_or_else(Vec::new, |body| paragraphs(&body));
    let readable = readable(document);
    best(chosen(article, readable, whole), stated)
}

/// What the article element and readability agree on, in the order of the page; what one of them found where the
/// other failed; else the whole page.
fn chosen(article: Vec<String>, readable: Vec<String>, whole: Vec<String>) -> Vec<String> {
    let kept: BTreeSet<&String> = readable.iter().collect();
    let both = |of: &[String]| -> Vec<String> { of.iter().filter(|p| kept.contains(p)).cloned().collect() };
    let in_article = both(&article);
    if letters(&in_article) * 2 >= letters(&readable) && letters(&in_article) * 5 >= letters(&article) * 4 {
        return in_article;
    }
    if letters(&article) * 4 > letters(&readable) * 5 {
        return article;
    }
    let in_page = both(&whole);
    let found = if letters(&in_page) * 10 >= letters(&readable) * 9 { in_page } else { readable };
    if letters(&found) * 4 < letters(&whole) && letters(&found) < SHORT { whole } else { found }
}

/// What the page shows, unless its linked data holds far more: a text that a script would have put there.
fn best(found: Vec<String>, stated: &str) -> Vec<String> {
    let length = stated.chars().filter(|c| c.is_alphanumeric()).count();
    if length < SHORT || length < letters(&found) * 2 {
        return found;
    }
    stated.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The paragraphs of the outermost elements that a selector finds.
fn marked(document: &Document, selectors: &[&str]) -> Vec<String> {
    for selector in selectors {
        let nodes = document.select(selector);
        let nodes = nodes.nodes();
        let outer =
            nodes.iter().filter(|node| !node.ancestors_it(None).any(|above| nodes.iter().any(|n| n.id == above.id)));
        let found: Vec<String> = outer.flat_map(paragraphs).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The paragraphs of the page's one article element, else of its main element.
fn marked_article(document: &Document) -> Vec<String> {
    let articles = document.select("article");
    let mut found: Vec<Vec<String>> = articles.nodes().iter().map(paragraphs).collect();
    found.sort_by_key(|paragraphs| std::cmp::Reverse(letters(paragraphs)));
    // Several of about one length are a list of articles.
    let alone = found.len() == 1 || found.len() > 1 && letters(&found[0]) > letters(&found[1]) * 2;
    if alone { found.swap_remove(0) } else { marked(document, &["main", "[role='main']"]) }
}

fn readable(document: Document) -> Vec<String> {
    let config = Config { disable_json_ld: true, char_threshold: SHORT, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(document, None, Some(config)) else {
        return Vec::new();
    };
    match readability.parse() {
        Ok(_) => paragraphs(&readability.doc.root()),
        Err(_) => Vec::new(),
    }
}

fn letters(paragraphs: &[String]) -> usize {
    paragraphs.iter().flat_map(|p| p.chars()).filter(|c| c.is_alphanumeric()).count()
}

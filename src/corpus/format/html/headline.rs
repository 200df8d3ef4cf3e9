//! The headline of a page: without the name of the site, in the words that the reader of the page sees.

use dom_query::Document;

use super::linked_data::LinkedData;
use super::metadata;

/// What stands between a headline and the name of a site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / ", " ~ "];

/// The headline.
pub(super) fn choose(document: &Document, linked: &LinkedData, outlet: &str) -> String {
    let title = line(&document.select_single("title").text());
    let stated = metadata::meta(document, &["og:title", "twitter:title", "dc.title", "headline", "parsely-title"]);
    let headings = headings(document);
    let claims: Vec<String> =
        [&linked.headline, &stated, &title].into_iter().filter(|claim| !claim.is_empty()).cloned().collect();
    // A heading that the page's own title confirms.
    let confirmed = headings.iter().find(|heading| claims.iter().any(|claim| agree(claim, heading)));
    if let Some(heading) = confirmed {
        return heading.clone();
    }
    if let Some(claim) = [&linked.headline, &stated].into_iter().find(|claim| !claim.is_empty()) {
        return without_site(claim, outlet, &claims);
    }
    if headings.len() == 1 && (title.is_empty() || key(&headings[0]) != key(outlet) && headings[0].contains(' ')) {
        return headings[0].clone();
    }
    without_site(&title, outlet, &claims)
}

/// Letters and digits in lower case: what two spellings of a headline share.
pub(super) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first-level headings of the page, those of the article first.
fn headings(document: &Document) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for selector in
        ["[itemprop~='headline']", "article h1", "main h1", "h1", ".entry-title", ".headline", ".article-title"]
    {
        for node in document.select(selector).nodes() {
            let text = line(&node.text());
            if (8..=300).contains(&text.len()) && !found.contains(&text) {
                found.push(text);
            }
        }
    }
    if found.is_empty() {
        let named = document.select("[class], [id]");
        let lines =
            named.nodes().iter().filter(|node| super::prune::is_named_title(node)).map(|node| line(&node.text()));
        found.extend(lines.into_iter().find(|text| (8..=300).contains(&text.len())));
    }
    found
}

/// The name of the site in the page's title, behind or in front of the headline.
pub(super) fn site(document: &Document, headline: &str) -> String {
    let title = line(&document.select_single("title").text());
    let mark = |text: &str| text.split_whitespace().count() <= 5 && !text.contains(['.', '?']);
    let parts = SEPARATORS.iter().filter_map(|s| title.rsplit_once(s));
    let behind = parts.into_iter().find(|(head, tail)| key(head) == key(headline) && mark(tail));
    behind.map(|(_, tail)| tail.trim().to_owned()).unwrap_or_default()
}

/// The headline where the page's title only holds it: the first line of the text that is a part of the title.
pub(super) fn in_text(title: &str, text: &[String]) -> Option<String> {
    let whole = key(title);
    let mut lines = text.iter().take(3).flat_map(|paragraph| paragraph.lines()).take(6).map(line);
    lines.find(|line| {
        let part = key(line);
        part.len() >= 12 && part.len() < whole.len() && part.len() * 5 >= whole.len() * 2 && whole.contains(&part)
    })
}

/// Whether a title and a heading are one headline: one holds the other, or they share most words.
fn agree(claim: &str, heading: &str) -> bool {
    let (claim_key, heading_key) = (key(claim), key(heading));
    if heading_key.len() < 8 {
        return false;
    }
    if claim_key.contains(&heading_key) {
        return heading_key.len() * 3 >= claim_key.len();
    }
    let words: Vec<String> = heading.split_whitespace().map(key).filter(|word| !word.is_empty()).collect();
    let claimed: Vec<String> = claim.split_whitespace().map(key).collect();
    let shared = words.iter().filter(|word| claimed.contains(word)).count();
    words.len() >= 3 && shared * 10 >= words.len() * 6
}

/// A title without the name of the site at its end or its start.
fn without_site(title: &str, outlet: &str, claims: &[String]) -> String {
    let mut title = title.to_owned();
    for _ in 0..3 {
        let last = SEPARATORS.iter().filter_map(|s| title.rfind(s).map(|at| (at, s.len()))).max();
        let Some((at, length)) = last else { break };
        let (head, tail) = (title[..at].trim(), title[at + length..].trim());
        let confirmed = claims.iter().any(|claim| key(claim) == key(head));
        let is_site = !outlet.is_empty() && (key(outlet).contains(&key(tail)) || key(tail).contains(&key(outlet)));
        let words = |text: &str| text.split_whitespace().count();
        let capital = tail.split_whitespace().all(|w| w.len() <= 3 || w.starts_with(|c: char| !c.is_lowercase()));
        let looks_like_site = words(tail) <= 5 && words(head) >= 3 && capital && words(head) > words(tail);
        if !(confirmed || is_site || looks_like_site) {
            break;
        }
        title = head.to_owned();
    }
    let first = SEPARATORS.iter().filter_map(|s| title.find(s).map(|at| (at, s.len()))).min();
    if let Some((at, length)) = first
        && !outlet.is_empty()
        && key(&title[..at]) == key(outlet)
    {
        title = title[at + length..].trim().to_owned();
    }
    title
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! From the texts of pages to one text: page numbers and lines that recur at the edge of pages are taken out, and a
//! paragraph goes on across the break.

use std::collections::{BTreeMap, BTreeSet};

/// How many lines at the top and at the foot of a page may be running heads.
const EDGE: usize = 3;

/// One text of the pages.
pub(super) fn joined(pages: Vec<String>) -> String {
    let pages: Vec<Vec<String>> = pages.iter().map(|page| lines(page)).collect();
    let mut seen: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        for at in edge(page) {
            seen.entry(key(&page[at])).or_default().insert(number);
        }
    }
    let recurs = |line: &str| seen.get(&key(line)).is_some_and(|on| on.len() >= 2 && on.len() * 3 >= pages.len());
    let mut text = String::new();
    for page in &pages {
        let edges = edge(page);
        let out = |at: usize, line: &str| edges.contains(&at) && (recurs(line) || pages.len() > 1 && is_number(line));
        let kept = page.iter().enumerate().filter(|(at, line)| !out(*at, line)).map(|(_, line)| line.as_str());
        let kept: Vec<&str> = kept.collect();
        let page = kept.join("\n");
        let page = page.trim();
        if page.is_empty() {
            continue;
        }
        if !text.is_empty() {
            let ends = text.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', ':']);
            text.push_str(if ends { "\n\n" } else { "\n" });
        }
        text.push_str(page);
    }
    text
}

/// The title of the properties, if the text begins with it, and the text without it. What else the properties call a
/// title is mostly the name of a file.
pub(super) fn titled(title: &str, text: String) -> (String, String) {
    let wanted = letters(title);
    let mut found = String::new();
    let mut end = 0;
    for line in text.split_inclusive('\n').take(8) {
        end += line.len();
        found.push_str(&letters(line));
        if found.is_empty() {
            continue;
        }
        if !wanted.starts_with(&found) {
            break;
        }
        if found == wanted {
            return (title.to_owned(), text[end..].trim_start().to_owned());
        }
    }
    (String::new(), text)
}

/// The lines of a page without blanks at their ends, and with at most one empty line between two.
fn lines(page: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in page.trim().lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() || lines.last().is_some_and(|above| !above.is_empty()) {
            lines.push(line);
        }
    }
    lines
}

/// Where the first and the last lines of a page stand.
fn edge(page: &[String]) -> BTreeSet<usize> {
    let full: Vec<usize> = (0..page.len()).filter(|at| !page[*at].is_empty()).collect();
    let top = full.iter().take(EDGE);
    top.chain(full.iter().rev().take(EDGE)).copied().collect()
}

/// A line with its numbers made equal.
fn key(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Whether a line is a page number: `3`, `- 3 -`, `Page 3 of 9`, `3/9`.
fn is_number(line: &str) -> bool {
    let key = key(line);
    let bare = key.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
    matches!(
        bare,
        "#" | "#/#" | "# / #" | "# of #" | "page #" | "page # of #" | "p. #" | "page #/#" | "seite #" | "página #"
    )
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_heads_and_page_numbers_go() {
        let page = |n: usize, body: &str| format!("The Wend Courier, page {n}\n\n{body}\n\n{n}\n");
        let pages = vec![
            page(1, "Bridge opens\n\nThe old bridge was"),
            page(2, "rebuilt in May."),
            page(3, "It cost 3\nmillion."),
        ];
        assert_eq!(joined(pages), "Bridge opens\n\nThe old bridge was\nrebuilt in May.\n\nIt cost 3\nmillion.");
        assert_eq!(joined(vec!["One page.\n1999".to_owned()]), "One page.\n1999");
    }

    #[test]
    fn a_title_counts_where_the_text_begins_with_it() {
        let text = || "Bridge\nopens\n\nThe text.".to_owned();
        assert_eq!(titled("Bridge opens", text()), ("Bridge opens".to_owned(), "The text.".to_owned()));
        assert_eq!(titled("Microsoft Word - a.doc", text()), (String::new(), text()));
        assert_eq!(titled("", text()), (String::new(), text()));
    }
}

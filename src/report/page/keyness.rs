//! The words that tell a group of documents from the rest.

use super::Section;
use super::bar::Bar;
use super::markup::{Page, Term, Text};
use super::source::{Tables, number, whole};
use crate::error::Result;

pub(super) const SECTION: Section = Section {
    id: "keyness",
    title: "What tells groups apart",
    tables: &["keyness"],
    about: "The words that each group uses more than what it is compared with. The bar is the evidence for a difference \
            (G2), the log ratio its size: 1 means twice as often, 2 four times.",
    write,
};

/// Most groups, and most words of each, that are shown.
const MOST_GROUPS: usize = 12;
const MOST: usize = 10;

/// A group and the words that stand out in it.
struct Group {
    by: String,
    target: String,
    reference: String,
    size: u64,
    words: Vec<(String, f64, f64)>,
}

fn write(tables: &Tables, page: &mut Page) -> Result<()> {
    let columns = ["group_by", "target", "reference", "feature", "total_target", "g2", "log_ratio"];
    let Some(mut rows) = tables.read("keyness", columns)? else { return Ok(()) };
    let mut groups: Vec<Group> = Vec::new();
    while let Some([by, target, reference, feature, size, g2, ratio]) = rows.next()? {
        if groups.last().is_none_or(|last| last.by != by || last.target != target) {
            let [by, target, reference] = [by, target, reference].map(str::to_owned);
            groups.push(Group { by, target, reference, size: whole(size), words: Vec::new() });
        }
        let (Some(group), Some(g2), Some(ratio)) = (groups.last_mut(), number(g2), number(ratio)) else { continue };
        if g2 > 0.0 && group.words.len() < MOST {
            group.words.push((feature.to_owned(), g2, ratio));
        }
    }
    let all = groups.len();
    groups.retain(|group| !group.words.is_empty());
    // The sort is stable: groups of one size stay in the order of the table.
    groups.sort_by_key(|group| std::cmp::Reverse(group.size));
    groups.truncate(MOST_GROUPS);
    page.put(format_args!("<div class=\"grid\">\n"));
    for group in &groups {
        let most = group.words.iter().fold(0.0, |most: f64, word| most.max(word.1));
        page.put(format_args!(
            "<div><h3>{} {}</h3>\n<table><caption>against {}</caption><thead><tr><th class=\"word\">term</th><th></th>\
             <th class=\"n\">G2</th><th class=\"n\">log ratio</th></tr></thead><tbody>\n",
            Text(&group.by),
            Term(&group.target),
            Term(&group.reference)
        ));
        for (feature, g2, ratio) in &group.words {
            page.put(format_args!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{g2:.1}</td><td class=\"n\">{ratio:.1}</td></tr>\n",
                Term(feature),
                Bar(g2 / most)
            ));
        }
        page.put(format_args!("</tbody></table></div>\n"));
    }
    page.put(format_args!("</div>\n"));
    if all > groups.len() {
        page.put(format_args!("<p class=\"soft\">{} of {all} groups, the largest.</p>\n", groups.len()));
    }
    Ok(())
}

//! The most frequent content words.

use super::Section;
use super::bar::Bar;
use super::markup::{Count, Page, Term};
use super::source::{Tables, number, whole};
use crate::error::Result;

pub(super) const SECTION: Section = Section {
    id: "terms",
    title: "Terms",
    tables: &["terms"],
    about: "The most frequent words without stop words, and in how many documents they stand. An evenness of 1 means \
            that a word is spread over the documents like the text itself, 0 that it stands in one place.",
    write,
};

/// Most terms that are shown.
const MOST: usize = 40;

fn write(tables: &Tables, page: &mut Page) -> Result<()> {
    let columns = ["feature", "feature_type", "stopword", "frequency", "docfreq", "dp_norm"];
    let Some(mut rows) = tables.read("terms", columns)? else { return Ok(()) };
    let mut shown = Vec::new();
    // The table begins with the most frequent.
    while let Some([feature, kind, stopword, frequency, documents, dispersion]) = rows.next()? {
        if stopword == "false" && kind != "number" {
            let evenness = number(dispersion).map(|dispersion| 1.0 - dispersion);
            shown.push((feature.to_owned(), whole(frequency), whole(documents), evenness));
        }
        if shown.len() == MOST {
            break;
        }
    }
    let most = shown.first().map_or(1, |first| first.1);
    page.put(format_args!("<div class=\"grid\">\n"));
    for half in shown.chunks(shown.len().div_ceil(2).max(1)) {
        page.put(format_args!(
            "<div><table><thead><tr><th class=\"word\">term</th><th></th><th class=\"n\">frequency</th>\
             <th class=\"n\">docs</th><th class=\"n wide\">evenness</th></tr></thead><tbody>\n"
        ));
        for (feature, frequency, documents, evenness) in half {
            page.put(format_args!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n wide\">",
                Term(feature),
                Bar(*frequency as f64 / most as f64),
                Count(*frequency),
                Count(*documents)
            ));
            if let Some(evenness) = evenness {
                page.put(format_args!("{:.2}", evenness.clamp(0.0, 1.0)));
            }
            page.put(format_args!("</td></tr>\n"));
        }
        page.put(format_args!("</tbody></table></div>\n"));
    }
    page.put(format_args!("</div>\n"));
    Ok(())
}

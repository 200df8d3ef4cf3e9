//! Who and what is named most, with all names that were joined.

use super::Section;
use super::bar::Bar;
use super::markup::{Count, Page, Term, Text, cut};
use super::source::{Tables, whole};
use crate::error::Result;

pub(super) const SECTION: Section = Section {
    id: "entities",
    title: "Who is named",
    tables: &["entities"],
    about: "The people, organisations and places that are mentioned most, under all the names that were joined.",
    write,
};

/// Most entities that are shown.
const MOST: usize = 30;
/// Most characters of the other names that are shown.
const MOST_CHARS: usize = 80;

fn write(tables: &Tables, page: &mut Page) -> Result<()> {
    let Some(mut rows) = tables.read("entities", ["entity", "type", "mentions", "docfreq", "aliases"])? else {
        return Ok(());
    };
    page.put(format_args!(
        "<table><thead><tr><th class=\"word\">entity</th><th class=\"voice wide\">type</th><th></th>\
         <th class=\"n\">mentions</th><th class=\"n\">docs</th></tr></thead><tbody>\n"
    ));
    let (mut shown, mut most) = (0, 1);
    // The table begins with those that are mentioned most.
    while let Some([entity, kind, mentions, documents, aliases]) = rows.next()?.filter(|_| shown < MOST) {
        let mentions = whole(mentions);
        most = mentions.max(most);
        shown += 1;
        page.put(format_args!("<tr><th scope=\"row\">{}", Term(entity)));
        let aliases = spellings(entity, aliases);
        if !aliases.is_empty() {
            let aliases = cut(&aliases.join(", "), MOST_CHARS);
            page.put(format_args!(" <span class=\"soft also\">{}</span>", Term(&aliases)));
        }
        page.put(format_args!(
            "</th><td class=\"wide\">{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
            Text(kind),
            Bar(mentions as f64 / most as f64),
            Count(mentions),
            Count(whole(documents))
        ));
    }
    page.put(format_args!("</tbody></table>\n"));
    Ok(())
}

/// The other names of an entity; of those that differ in capitals or in what is not seen only, the first.
fn spellings<'a>(entity: &str, aliases: &'a str) -> Vec<&'a str> {
    // Soft hyphens, and spaces and joiners without a width.
    let visible = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}');
    let shown = |name: &str| name.chars().filter(visible).collect::<String>().to_lowercase();
    let mut seen = vec![shown(entity)];
    let mut is_new = |alias: &&str| {
        let lower = shown(alias);
        let new = !lower.is_empty() && !seen.contains(&lower);
        if new {
            seen.push(lower);
        }
        new
    };
    aliases.split('|').filter(|alias| is_new(alias)).collect()
}

#[cfg(test)]
mod tests {
    use super::spellings;

    #[test]
    fn capitals_make_no_other_name() {
        assert_eq!(spellings("Clinton", "CLINTON|Hillary|HILLARY|Hillary Clinton"), ["Hillary", "Hillary Clinton"]);
        assert_eq!(spellings("Republican Party", "Republicans|Republi\u{200b}cans|GOP"), ["Republicans", "GOP"]);
        assert!(spellings("Vale", "").is_empty() && spellings("Vale", "VALE").is_empty());
    }
}

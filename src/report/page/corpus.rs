//! What the corpus is: how much, from whom, in which languages, and when.

use std::collections::BTreeMap;

use super::Section;
use super::bar::Bar;
use super::markup::{Count, Of, Page, Term, Text};
use super::source::{Tables, whole};
use crate::error::Result;

pub(super) const SECTION: Section = Section {
    id: "corpus",
    title: "The corpus",
    tables: &["documents"],
    about: "What was read, and when it was published.",
    write,
};

/// Most outlets and languages that are listed.
const MOST: usize = 12;
/// Columns up to which the picture is not stretched over the page.
const MOST_SHORT: usize = 12;
/// Most columns of the picture over time.
const MOST_COLUMNS: usize = 60;

fn write(tables: &Tables, page: &mut Page) -> Result<()> {
    let Some(mut rows) = tables.read("documents", ["date", "outlet", "language", "tokens"])? else { return Ok(()) };
    let (mut outlets, mut languages) = (BTreeMap::new(), BTreeMap::new());
    let mut days: BTreeMap<String, u64> = BTreeMap::new();
    let mut sizes: Vec<u64> = Vec::new();
    while let Some([date, outlet, language, tokens]) = rows.next()? {
        count(&mut outlets, outlet);
        count(&mut languages, language);
        if !date.is_empty() {
            count(&mut days, date);
        }
        sizes.push(whole(tokens));
    }
    sizes.sort_unstable();
    let median = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    let named = outlets.keys().filter(|outlet| !outlet.is_empty()).count() as u64;
    let figures = [
        ("documents", tables.total("/input/documents")),
        ("tokens", tables.total("/totals/tokens")),
        ("sentences", tables.total("/totals/sentences")),
        ("tokens of the middle document", median),
        ("outlets", named),
        ("without a date", tables.total("/totals/documents_without_date")),
    ];
    page.put(format_args!("<dl class=\"figures\">"));
    for (name, figure) in figures {
        page.put(format_args!("<div><dt>{name}</dt><dd>{}</dd></div>", Count(figure)));
    }
    page.put(format_args!("</dl>\n"));
    over_time(&days, page);
    page.put(format_args!("<div class=\"grid\">\n"));
    list(["Outlets", "outlet", "outlet not known"], outlets, page);
    list(["Languages", "language", "language not known"], languages, page);
    page.put(format_args!("</div>\n"));
    Ok(())
}

fn count(counts: &mut BTreeMap<String, u64>, key: &str) {
    match counts.get_mut(key) {
        Some(count) => *count += 1,
        None => drop(counts.insert(key.to_owned(), 1)),
    }
}

/// The most frequent values of a column, with bars.
fn list([title, column, nameless]: [&str; 3], counts: BTreeMap<String, u64>, page: &mut Page) {
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let most = counts.first().map_or(1, |first| first.1);
    page.put(format_args!("<div><h3>{title}</h3>\n<table><thead><tr><th class=\"word\">{column}</th><th></th>"));
    page.put(format_args!("<th class=\"n\">docs</th></tr></thead><tbody>\n"));
    for (name, documents) in counts.iter().take(MOST) {
        let bar = Bar(*documents as f64 / most as f64);
        match name.as_str() {
            "" => page.put(format_args!("<tr><th scope=\"row\" class=\"soft\">{nameless}</th>")),
            name => page.put(format_args!("<tr><th scope=\"row\">{}</th>", Term(name))),
        }
        page.put(format_args!("<td>{bar}</td><td class=\"n\">{}</td></tr>\n", Count(*documents)));
    }
    page.put(format_args!("</tbody></table>\n"));
    if counts.len() > MOST {
        page.put(format_args!("<p class=\"soft\">and {} more</p>\n", Count((counts.len() - MOST) as u64)));
    }
    page.put(format_args!("</div>\n"));
}

/// Documents by day, month or year, whichever gives a picture that can be read.
fn over_time(days: &BTreeMap<String, u64>, page: &mut Page) {
    let (Some((first, _)), Some((last, _))) = (days.first_key_value(), days.last_key_value()) else { return };
    let by = [("day", 10), ("month", 7), ("year", 4)];
    let steps = by.map(|(name, length)| (name, length, periods(first, last, length)));
    let Some((name, length, periods)) =
        steps.into_iter().find_map(|(name, length, periods)| periods.map(|periods| (name, length, periods)))
    else {
        return;
    };
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (day, documents) in days {
        *counts.entry(day.get(..length).unwrap_or(day)).or_default() += documents;
    }
    let most = counts.values().copied().max().unwrap_or(1);
    let when = counts.iter().max_by_key(|(when, count)| (**count, std::cmp::Reverse(**when))).map(|(when, _)| *when);
    let when = when.unwrap_or_default();
    if periods.len() < 2 {
        return;
    }
    page.put(format_args!(
        "<figure{}><figcaption>Documents by {name}; most in {}: {}</figcaption>\n<svg class=\"over\" role=\"img\" \
         aria-label=\"{} by {name} from {} to {}; most in {}: {most}\" viewBox=\"0 0 {} 100\" \
         preserveAspectRatio=\"none\">",
        if periods.len() <= MOST_SHORT { " class=\"short\"" } else { "" },
        Text(when),
        Count(most),
        Of(days.values().sum(), "document"),
        Text(&periods[0]),
        Text(&periods[periods.len() - 1]),
        Text(when),
        periods.len() * 10
    ));
    for (at, period) in periods.iter().enumerate() {
        let documents = counts.get(period.as_str()).copied().unwrap_or_default();
        if documents > 0 {
            let height = (documents as f64 / most as f64 * 100.0).max(1.5);
            page.put(format_args!(
                "<rect x=\"{}\" y=\"{:.1}\" width=\"8.6\" height=\"{height:.1}\"><title>{}: {documents}</title></rect>",
                at * 10,
                100.0 - height,
                Text(period)
            ));
        }
    }
    page.put(format_args!(
        "</svg><div class=\"ends\"><span>{}</span><span>{}</span></div></figure>\n",
        Text(&periods[0]),
        Text(&periods[periods.len() - 1])
    ));
}

/// All periods from the first to the last day, without a gap; none when they are too many. A period is so many
/// characters of an ISO date.
fn periods(first: &str, last: &str, length: usize) -> Option<Vec<String>> {
    let part = |date: &str, from: usize, to: usize| date.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let (mut year, mut month, mut day) = (part(first, 0, 4)?, part(first, 5, 7)?, part(first, 8, 10)?);
    let end = last.get(..length)?;
    let mut all = Vec::new();
    loop {
        let date = format!("{year:04}-{month:02}-{day:02}");
        let period = date.get(..length)?;
        if period > end {
            return Some(all);
        }
        all.push(period.to_owned());
        if all.len() > MOST_COLUMNS && length > 4 {
            return None;
        }
        match length {
            10 => day += 1,
            7 => month += 1,
            _ => year += 1,
        }
        if length == 10 && day > days_of(year, month) {
            (day, month) = (1, month + 1);
        }
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_no_gap() {
        let days = periods("2024-02-27", "2024-03-02", 10).unwrap();
        assert_eq!(days, ["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02"]);
        assert_eq!(periods("2024-11-30", "2025-02-01", 7).unwrap(), ["2024-11", "2024-12", "2025-01", "2025-02"]);
        assert_eq!(periods("1999-11-30", "2001-02-01", 4).unwrap(), ["1999", "2000", "2001"]);
        assert_eq!(periods("1999-11-30", "2001-02-01", 10), None);
    }
}

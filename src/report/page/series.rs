//! How often words and names occur over time, as small pictures of one size.

use std::collections::BTreeMap;

use super::Section;
use super::markup::{Count, Link, Page, Term, Text};
use super::source::{Tables, number, whole};
use crate::error::Result;

pub(super) const SECTION: Section = Section {
    id: "time",
    title: "Over time",
    tables: &["timeseries", "trends"],
    about: "Occurrences per million tokens in each period that has documents. Each picture has a scale of its own, from \
            0 to the figure given.",
    write,
};

/// Most entities, the most frequent, and most trends, the surest, that are shown.
const MOST: usize = 8;
/// Fewest periods of which a line tells anything.
const FEWEST_PERIODS: u64 = 3;

/// Kind, name and number of an item.
type Key = [String; 3];

#[derive(Clone)]
struct Item {
    key: Key,
    frequency: u64,
    /// Adjusted for the number of items.
    p: f64,
    tau: f64,
}

/// A point of a series: period, documents, per million.
type Point = (String, u64, f64);

fn write(tables: &Tables, page: &mut Page) -> Result<()> {
    let columns = ["kind", "item", "entity_id", "frequency", "periods", "tau", "p_adj_bh"];
    let Some(mut rows) = tables.read("trends", columns)? else {
        page.put(format_args!("<p>Left out: trends.csv was not asked for.</p>\n"));
        return Ok(());
    };
    let (mut items, mut periods) = (Vec::new(), 0);
    while let Some([kind, item, id, frequency, count, tau, p]) = rows.next()? {
        periods = whole(count);
        let (Some(tau), Some(p)) = (number(tau), number(p)) else { continue };
        items.push(Item { key: [kind, item, id].map(str::to_owned), frequency: whole(frequency), p, tau });
    }
    if periods < FEWEST_PERIODS {
        page.put(format_args!(
            "<p>Too few periods for a line: {periods}. {} has the figures.</p>\n",
            Link("timeseries.csv")
        ));
        return Ok(());
    }
    let items_tested = items.len() as u64;
    let mut sure: Vec<&Item> = items.iter().filter(|item| item.p < 0.05).collect();
    sure.sort_by(|a, b| a.p.total_cmp(&b.p).then(b.frequency.cmp(&a.frequency)).then_with(|| a.key.cmp(&b.key)));
    sure.truncate(MOST);
    let mut frequent: Vec<&Item> = items.iter().filter(|item| item.key[0] == "entity").collect();
    if frequent.is_empty() {
        frequent = items.iter().collect();
    }
    frequent.sort_by(|a, b| b.frequency.cmp(&a.frequency).then_with(|| a.key.cmp(&b.key)));
    frequent.truncate(MOST);
    let points = points(tables, sure.iter().chain(&frequent).map(|item| &item.key))?;
    for (title, items) in [("Named most", &frequent), ("The surest trends", &sure)] {
        page.put(format_args!("<h3>{title}</h3>\n"));
        if items.is_empty() {
            page.put(format_args!(
                "<p>None of {} items rises or falls so surely over {periods} periods that chance is ruled out: none has \
                 an adjusted p below 0.05.</p>\n",
                Count(items_tested)
            ));
            continue;
        }
        page.put(format_args!("<div class=\"small\">\n"));
        for item in items {
            if let Some(points) = points.get(&item.key) {
                draw(item, points, page);
            }
        }
        page.put(format_args!("</div>\n"));
    }
    Ok(())
}

/// The series of some items.
fn points<'k>(tables: &Tables, keys: impl Iterator<Item = &'k Key>) -> Result<BTreeMap<Key, Vec<Point>>> {
    let mut points: BTreeMap<Key, Vec<Point>> = keys.map(|key| (key.clone(), Vec::new())).collect();
    let columns = ["kind", "item", "entity_id", "period", "docs", "per_million"];
    let Some(mut rows) = tables.read("timeseries", columns)? else { return Ok(points) };
    // An item is looked up once, at the first of its rows.
    let (mut current, mut wanted): (Key, Option<Vec<Point>>) = (Key::default(), None);
    while let Some([kind, item, id, period, documents, rate]) = rows.next()? {
        if current[0] != kind || current[1] != item || current[2] != id {
            if let Some(series) = wanted.take() {
                points.insert(current, series);
            }
            current = [kind, item, id].map(str::to_owned);
            wanted = points.get(&current).cloned();
        }
        if let Some(series) = &mut wanted {
            series.push((period.to_owned(), whole(documents), number(rate).unwrap_or_default()));
        }
    }
    if let Some(series) = wanted {
        points.insert(current, series);
    }
    Ok(points)
}

/// A place in time that grows evenly enough for a line: days, weeks, months or years.
fn time(period: &str) -> f64 {
    let mut parts = period.split('-').map(|part| part.trim_start_matches('W').parse::<f64>().unwrap_or_default());
    let (year, part, day) = (parts.next(), parts.next(), parts.next());
    let year = year.unwrap_or_default();
    match (part, day) {
        (Some(month), Some(day)) => year * 365.25 + (month - 1.0) * 30.44 + day,
        (Some(week), None) if period.contains('W') => year * 52.18 + week,
        (Some(month), None) => year * 12.0 + month,
        _ => year,
    }
}

fn draw(item: &Item, points: &[Point], page: &mut Page) {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
    let (start, end) = (time(&first.0), time(&last.0));
    let most = points.iter().fold(0.0, |most: f64, point| most.max(point.2));
    let place = |point: &Point| {
        let x = (time(&point.0) - start) / (end - start).max(1.0) * 200.0;
        let y = 58.0 - if most > 0.0 { point.2 / most * 55.0 } else { 0.0 };
        format!("{x:.1} {y:.1}")
    };
    let line: Vec<String> = points.iter().map(place).collect();
    let line = line.join("L");
    page.put(format_args!("<figure><figcaption><b>{}</b> {} times", Term(&item.key[1]), Count(item.frequency)));
    if item.p < 0.05 {
        let way = if item.tau > 0.0 { "rises" } else { "falls" };
        page.put(format_args!(", {way} (adjusted p {})", probability(item.p)));
    }
    page.put(format_args!(
        "</figcaption><svg class=\"line\" viewBox=\"0 0 200 60\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"{} from {} to {}, at most {most:.0} per million\"><path class=\"area\" d=\"M0 58L{line}L200 58Z\"/>\
         <path d=\"M{line}\"/></svg><div class=\"ends\"><span>{}</span><span>0 to {}</span><span>{}</span></div></figure>\n",
        Text(&item.key[1]),
        Text(&first.0),
        Text(&last.0),
        Text(&first.0),
        Count(most.round() as u64),
        Text(&last.0)
    ));
}

fn probability(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { format!("= {p:.3}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_grows_from_period_to_period() {
        for periods in
            [["2024-12", "2025-01"], ["2024-W52", "2025-W01"], ["2024-02-29", "2024-03-01"], ["1999", "2000"]]
        {
            assert!(time(periods[0]) < time(periods[1]), "{periods:?}");
        }
        assert!((time("2025-01") - time("2024-12") - 1.0).abs() < 1e-9);
    }
}

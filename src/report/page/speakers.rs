//! Who speaks well and who speaks ill of whom.

use super::Section;
use super::bar::scale;
use super::markup::{Page, Term};
use super::sentiment::score;
use super::source::{Tables, number, whole};
use crate::error::Result;

pub(super) const SECTION: Section = Section {
    id: "speakers",
    title: "Who speaks how of whom",
    tables: &["speaker_target"],
    about: "The speakers whose words, quoted or reported, weigh most against and most for somebody: score times \
            mentions. Pale bars rest on few mentions.",
    write,
};

/// Most pairs that are shown for either side.
const MOST: usize = 12;

/// Speaker and target.
struct Pair {
    speaker: String,
    target: String,
    score: f64,
    interval: Option<(f64, f64)>,
    mentions: u64,
}

impl Pair {
    fn weight(&self) -> f64 {
        self.score.abs() * self.mentions as f64
    }
}

fn write(tables: &Tables, page: &mut Page) -> Result<()> {
    let columns = ["speaker", "entity", "mentions_scored", "score", "ci_low", "ci_high"];
    let Some(mut rows) = tables.read("speaker_target", columns)? else { return Ok(()) };
    let (mut against, mut for_them) = (Vec::new(), Vec::new());
    while let Some([speaker, target, mentions, score, low, high]) = rows.next()? {
        let Some(score) = number(score).filter(|score| *score != 0.0) else { continue };
        let side = if score < 0.0 { &mut against } else { &mut for_them };
        let interval = number(low).zip(number(high));
        let [speaker, target] = [speaker, target].map(str::to_owned);
        side.push(Pair { speaker, target, score, interval, mentions: whole(mentions) });
        if side.len() > 8 * MOST {
            keep_best(side);
        }
    }
    for side in [&mut against, &mut for_them] {
        keep_best(side);
    }
    let scale = scale(against.iter().chain(&for_them).map(|pair| pair.score));
    for (title, side) in [("Against", &against), ("For", &for_them)] {
        if side.is_empty() {
            continue;
        }
        page.put(format_args!(
            "<h3>{title}</h3>\n<table><thead><tr><th class=\"who\">speaker, on whom</th><th>\
             <span class=\"axis\"><span>−{scale:.1}</span><span>0</span><span>+{scale:.1}</span></span></th>\
             <th class=\"n\">score</th><th class=\"n interval\">95 % interval</th><th class=\"n\">mentions</th></tr></thead>\
             <tbody>\n"
        ));
        for pair in side {
            page.put(format_args!(
                "<tr><th scope=\"row\">{} <span class=\"soft\">on</span> {}</th>",
                Term(&pair.speaker),
                Term(&pair.target)
            ));
            score(pair.score, pair.interval, pair.mentions, scale, page);
        }
        page.put(format_args!("</tbody></table>\n"));
    }
    if against.is_empty() && for_them.is_empty() {
        page.put(format_args!("<p>All that is said is neutral.</p>\n"));
    }
    Ok(())
}

/// Keeps the heaviest; those of one weight stay in the order of the table.
fn keep_best(pairs: &mut Vec<Pair>) {
    pairs.sort_by(|a, b| b.weight().total_cmp(&a.weight()));
    pairs.truncate(MOST);
}

//! How each entity is spoken of, by whose voice: a bar to either side for the author, the quoted and the attributed.

use super::Section;
use super::bar::{Diverging, FEW, scale};
use super::markup::{Count, Legend, Page, Signed, Term};
use super::source::{Tables, number, whole};
use crate::error::Result;

pub(super) const SECTION: Section = Section {
    id: "sentiment",
    title: "How they are spoken of, by whose voice",
    tables: &["entity_sentiment"],
    about: "Mean sentiment towards each entity, from −1 to +1: in the author’s own words, in quotation marks, and in \
            reports without marks.",
    write,
};

/// Most entities that are shown.
const MOST: usize = 16;

/// The sentiment of one voice.
struct Voice {
    name: String,
    score: f64,
    interval: Option<(f64, f64)>,
    mentions: u64,
}

fn write(tables: &Tables, page: &mut Page) -> Result<()> {
    let columns = ["entity_id", "entity", "voice", "speaker", "mentions_scored", "score", "ci_low", "ci_high"];
    let Some(mut rows) = tables.read("entity_sentiment", columns)? else { return Ok(()) };
    let mut entities: Vec<(String, String, Vec<Voice>)> = Vec::new();
    // The table begins with the entities that are mentioned most.
    while let Some([id, entity, voice, speaker, mentions, score, low, high]) = rows.next()? {
        if !speaker.is_empty() {
            continue;
        }
        if entities.last().is_none_or(|last| last.0 != id) {
            if entities.len() == MOST {
                break;
            }
            entities.push((id.to_owned(), entity.to_owned(), Vec::new()));
        }
        let (Some(entity), Some(score)) = (entities.last_mut(), number(score)) else { continue };
        let interval = number(low).zip(number(high));
        entity.2.push(Voice { name: voice.to_owned(), score, interval, mentions: whole(mentions) });
    }
    let voices = || entities.iter().flat_map(|entity| &entity.2);
    let scale = scale(voices().map(|voice| voice.score));
    page.put(format_args!(
        "{}<p class=\"soft\">The thin line is the 95 % interval of the mean; of fewer than {FEW} mentions none is shown.</p>\n\
         <table><thead><tr><th class=\"voice\">voice</th><th><span class=\"axis\"><span>−{scale:.1}</span><span>0</span>\
         <span>+{scale:.1}</span></span></th><th class=\"n\">score</th><th class=\"n interval\">95 % interval</th>\
         <th class=\"n\">mentions</th></tr></thead>\n",
        Legend(&[("neg", "negative"), ("pos", "positive"), ("even few", "fewer than 5 mentions: an example, no finding")])
    ));
    for (_, entity, voices) in &entities {
        page.put(format_args!(
            "<tbody><tr><th class=\"name\" colspan=\"2\" scope=\"rowgroup\">{}</th></tr>\n",
            Term(entity)
        ));
        for voice in voices {
            page.put(format_args!("<tr><th scope=\"row\">{}</th>", voice.name));
            score(voice.score, voice.interval, voice.mentions, scale, page);
        }
        page.put(format_args!("</tbody>\n"));
    }
    page.put(format_args!("</table>\n"));
    Ok(())
}

/// The last cells of a row: bar, score, interval, mentions.
pub(super) fn score(score: f64, interval: Option<(f64, f64)>, mentions: u64, scale: f64, page: &mut Page) {
    let interval = interval.filter(|_| mentions >= FEW);
    let bar = Diverging { score, interval, mentions, scale };
    page.put(format_args!("<td>{bar}</td><td class=\"n\">{}</td><td class=\"n interval\">", Signed(score)));
    if let Some((low, high)) = interval {
        page.put(format_args!("{} to {}", Signed(low), Signed(high)));
    }
    page.put(format_args!("</td><td class=\"n\">{}</td></tr>\n", Count(mentions)));
}

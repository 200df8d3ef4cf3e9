//! For each entity the quotations that speak worst and best of it, with their speakers.

use std::collections::BTreeMap;

use super::Section;
use super::markup::{Page, Signed, Term, Text, cut};
use super::source::{Tables, number};
use crate::error::Result;

pub(super) const SECTION: Section = Section {
    id: "quotations",
    title: "What is said of them",
    tables: &["quotations"],
    about: "For the entities that are spoken of most, the quotations that are most negative and most positive, those of \
            speakers who are known by name first. Only quotations that name nobody else are taken, so that the tone is \
            that towards the entity.",
    write,
};

/// Entities that are looked at: the first of `entities.csv`.
const CANDIDATES: usize = 200;
/// Most entities that are shown, and quotations of either sign for each.
const MOST: usize = 10;
const EACH: usize = 2;
/// A tone from which a quotation is called negative or positive.
const LEAST_TONE: f64 = 0.1;
/// Most characters of a quotation that are shown.
const MOST_CHARS: usize = 320;

/// A quotation.
#[derive(Clone)]
struct Quotation {
    tone: f64,
    /// Whether the speaker is an entity.
    is_named: bool,
    words: String,
    speaker: String,
    doc: String,
    kind: String,
}

/// The quotations about one entity.
#[derive(Default)]
struct About {
    scored: u64,
    worst: Vec<Quotation>,
    best: Vec<Quotation>,
}

fn write(tables: &Tables, page: &mut Page) -> Result<()> {
    let mut about = candidates(tables)?;
    let open = about.is_empty();
    let columns = ["doc_id", "type", "quote", "speaker_entity", "speaker_surface", "tone", "targets"];
    let Some(mut rows) = tables.read("quotations", columns)? else { return Ok(()) };
    while let Some([doc, kind, words, entity, surface, tone, targets]) = rows.next()? {
        let Some(tone) = number(tone).filter(|_| !targets.is_empty()) else { continue };
        let mut named = targets.split('|');
        let target = named.next().unwrap_or_default();
        if named.any(|other| other != target) {
            continue;
        }
        // Without entities.csv the first that are spoken of are taken.
        if open && about.len() < CANDIDATES && !about.contains_key(target) {
            about.insert(target.to_owned(), About::default());
        }
        let Some(found) = about.get_mut(target) else { continue };
        found.scored += 1;
        let side = match tone {
            tone if tone <= -LEAST_TONE => &mut found.worst,
            tone if tone >= LEAST_TONE => &mut found.best,
            _ => continue,
        };
        // Copies of an article say the same.
        if side.iter().any(|other| other.words == words) {
            continue;
        }
        let is_named = !entity.is_empty();
        let is_less = |other: &Quotation| (other.is_named, other.tone.abs()) < (is_named, tone.abs());
        let place = side.iter().position(is_less).unwrap_or(side.len());
        if place < EACH {
            let speaker = if entity.is_empty() { surface } else { entity };
            let [words, speaker, doc, kind] = [words, speaker, doc, kind].map(str::to_owned);
            side.insert(place, Quotation { tone, is_named, words, speaker, doc, kind });
            side.truncate(EACH);
        }
    }
    let mut shown: Vec<(String, About)> =
        about.into_iter().filter(|(_, about)| !about.worst.is_empty() || !about.best.is_empty()).collect();
    shown.sort_by(|a, b| b.1.scored.cmp(&a.1.scored).then_with(|| a.0.cmp(&b.0)));
    shown.truncate(MOST);
    if shown.is_empty() {
        page.put(format_args!("<p>No quotation that names one entity alone is negative or positive.</p>\n"));
        return Ok(());
    }
    let titles = titles(tables, &shown)?;
    for (entity, about) in &shown {
        page.put(format_args!("<h3>{}</h3>\n", Term(entity)));
        for quotation in about.worst.iter().chain(&about.best) {
            let document = titles.get(&quotation.doc).filter(|title| !title.is_empty());
            show(quotation, document.unwrap_or(&quotation.doc), page);
        }
    }
    Ok(())
}

/// The entities that are mentioned most.
fn candidates(tables: &Tables) -> Result<BTreeMap<String, About>> {
    let mut about = BTreeMap::new();
    if let Some(mut rows) = tables.read("entities", ["entity"])? {
        while let Some([entity]) = rows.next()?.filter(|_| about.len() < CANDIDATES) {
            about.insert(entity.to_owned(), About::default());
        }
    }
    Ok(about)
}

/// Titles of the documents that are quoted, by number.
fn titles(tables: &Tables, shown: &[(String, About)]) -> Result<BTreeMap<String, String>> {
    let mut titles = BTreeMap::new();
    for (_, about) in shown {
        titles.extend(about.worst.iter().chain(&about.best).map(|quotation| (quotation.doc.clone(), String::new())));
    }
    if let Some(mut rows) = tables.read("documents", ["doc_id", "title"])? {
        while let Some([doc, title]) = rows.next()? {
            if let Some(known) = titles.get_mut(doc) {
                title.clone_into(known);
            }
        }
    }
    Ok(titles)
}

fn show(quotation: &Quotation, document: &str, page: &mut Page) {
    let side = if quotation.tone < 0.0 { "neg" } else { "pos" };
    let words = cut(&quotation.words, MOST_CHARS);
    let (open, close) = if quotation.kind == "indirect" { ("", "") } else { ("“", "”") };
    page.put(format_args!("<blockquote class=\"is-{side}\"><p>{open}{}{close}</p><footer>", Term(&words)));
    match quotation.speaker.as_str() {
        "" => page.put(format_args!("speaker not named")),
        speaker => page.put(format_args!("{}", Term(speaker))),
    }
    if quotation.kind == "indirect" {
        page.put(format_args!(", reported"));
    }
    page.put(format_args!(
        " · tone {} · {} <span title=\"doc_id\">({})</span></footer></blockquote>\n",
        Signed(quotation.tone),
        Term(&cut(document, 90)),
        Text(&quotation.doc)
    ));
}

//! Made-up lines in forms that labelled web text lacks and news agencies are full of: results, tables and squads of
//! sport, scorers, datelines, shouted headlines. Names are drawn at random from public lists.

use std::path::{Path, PathBuf};

use super::embedding::Random;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::labelled::Sentence;
use crate::model::form::capitalised;

/// Forms of lines: `{P}` a person, `{S}` a surname, `{T}` a town's team, `{L}` a town, `{C}` a country, `{N}` a number,
/// `{D}` a date, `{H}` a time.
const FORMS: [&str; 18] = [
    "{N}. {P} ( {C} ) {H}",
    "{P} ( {C} ) beat {P} ( {C} ) {N} - {N} {N} - {N}",
    "{N} - {P} ( {C} ) beat {P} ( {C} ) {N} - {N}",
    "{T} {N} {T} {N}",
    "{T} {N} {T} {N}",
    "{T} {N} {N} {N} {N} {N} {N}",
    "{T} beat {T} {N} - {N} in the first round .",
    "{C} beat {C} {N} - {N} on Sunday .",
    "{C} {N} {C} {N}",
    "{L} {D}",
    "{L} , {C} {D}",
    "{C} : {N} - {P} , {N} - {P} , {N} - {P} , {N} - {P}",
    "Scorers : {S} {N} , {S} {N} , {S} {N}",
    "{T} - {S} ( {N} ) , {S} ( {N} )",
    "{S} c {S} b {S} {N}",
    "{P} , {C} , {N} points",
    "{N}. {P} ( {C} ) {N} points",
    "{P} ( {T} ) {N}",
];

/// Lists from which names are drawn.
#[derive(Default)]
struct Names {
    given: Vec<String>,
    surnames: Vec<String>,
    towns: Vec<String>,
    countries: Vec<String>,
}

/// Made-up sentences; none without lists.
///
/// # Errors
/// [`ErrorKind::Read`] with the path of a list.
pub(super) fn sentences(folders: &[PathBuf], number: usize) -> Result<Vec<Sentence>> {
    let mut names = Names::default();
    for folder in folders {
        for file in ["uscensus1990_female_first_PD.tsv", "uscensus1990_male_first_PD.tsv"] {
            names.given.extend(column(&folder.join(file), 0)?.into_iter().take(300).map(|n| plain(&n)));
        }
        let surnames = column(&folder.join("uscensus1990_all_last_PD.tsv"), 0)?;
        names.surnames.extend(surnames.into_iter().take(6_000).map(|n| plain(&n)));
        names.towns.extend(column(&folder.join("cities_geonames_CCBY.tsv"), 0)?);
        names.countries.extend(column(&folder.join("country_codes_PDDL.tsv"), 2)?);
    }
    let lists = [&names.given, &names.surnames, &names.towns, &names.countries];
    if lists.iter().any(|list| list.is_empty()) {
        return Ok(Vec::new());
    }
    let mut random = Random::new(5);
    Ok((0..number).map(|at| names.line(FORMS[at % FORMS.len()], &mut random)).collect())
}

fn plain(name: &str) -> String {
    capitalised(&name.to_lowercase())
}

fn column(path: &Path, at: usize) -> Result<Vec<String>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = std::fs::read_to_string(path).map_err(|cause| Error::io(ErrorKind::Read, path, cause))?;
    Ok(text.lines().skip(1).filter_map(|line| line.split('\t').nth(at)).map(str::to_owned).collect())
}

impl Names {
    fn line(&self, form: &str, random: &mut Random) -> Sentence {
        let mut sentence = Sentence::default();
        let draw = |list: &[String], random: &mut Random| list[random.below(list.len())].clone();
        for word in form.split(' ') {
            let (name, label) = match &word[..word.len().min(3)] {
                "{P}" => (format!("{} {}", draw(&self.given, random), draw(&self.surnames, random)), "PER"),
                "{S}" => (draw(&self.surnames, random), "PER"),
                "{T}" => (draw(&self.towns, random), "ORG"),
                "{L}" => (draw(&self.towns, random).to_uppercase(), "LOC"),
                "{C}" => (draw(&self.countries, random), "LOC"),
                "{N}" => (format!("{}{}", random.below(90), &word[3..]), "O"),
                "{D}" => {
                    (format!("{}-0{}-{}", 1990 + random.below(35), 1 + random.below(9), 10 + random.below(20)), "O")
                }
                "{H}" => (format!("{}:{}.{}", 1 + random.below(9), 10 + random.below(50), random.below(10)), "O"),
                _ => (word.to_owned(), "O"),
            };
            for (at, word) in name.split(' ').filter(|word| !word.is_empty()).enumerate() {
                let place = if at == 0 { "B" } else { "I" };
                sentence.words.push(word.to_owned());
                sentence.labels.push(if label == "O" { label.to_owned() } else { format!("{place}-{label}") });
            }
        }
        sentence
    }
}

/// Every `step`th sentence in capitals.
pub(super) fn shouted(sentences: &[Sentence], step: usize) -> Vec<Sentence> {
    let shout = |sentence: &Sentence| Sentence {
        words: sentence.words.iter().map(|word| word.to_uppercase()).collect(),
        labels: sentence.labels.clone(),
    };
    let fit = |sentence: &&Sentence| (4..20).contains(&sentence.words.len());
    sentences.iter().filter(fit).step_by(step).map(shout).collect()
}

//! Labelled files as the tagger reads them: joined to texts, cut into units by the product's own stages, with the tags
//! that the labels say.

use std::path::Path;

use crate::annotate::entity::unit::{self, Unit};
use crate::annotate::segmented;
use crate::document::{Byte, Span};
use crate::error::Result;
use crate::evaluate::labelled::{self, Sentence};
use crate::model::tagger::Seen;
use crate::model::tagger::passage::{Knowledge, Text};
use crate::model::tagger::tag::{NameType, OUTSIDE, tag};

/// Sentences that are read as one text where a file does not tell its documents apart.
const TOGETHER: usize = 20;

/// A text with the tags of each of its lines.
pub(super) struct Sample {
    pub(super) text: Text,
    pub(super) tags: Vec<Vec<u8>>,
}

/// The samples of a file.
///
/// # Errors
/// [`crate::error::ErrorKind::Read`] with path and line.
pub(super) fn read(path: &Path, knowledge: &Knowledge) -> Result<Vec<Sample>> {
    Ok(samples(&labelled::read(path)?, knowledge))
}

/// Sentences as samples.
pub(super) fn samples(sentences: &[Sentence], knowledge: &Knowledge) -> Vec<Sample> {
    sentences.chunks(TOGETHER).map(|sentences| sample(sentences, knowledge)).collect()
}

fn sample(sentences: &[Sentence], knowledge: &Knowledge) -> Sample {
    let (article, places) = labelled::joined(sentences);
    let names: Vec<(Span<Byte>, NameType)> = sentences
        .iter()
        .zip(&places)
        .flat_map(|(sentence, places)| {
            sentence.names().into_iter().map(|name| {
                let span = Span::new(places[name.words.start].start, places[name.words.end - 1].end);
                (span, name_type(name.label))
            })
        })
        .collect();
    let doc = segmented(article);
    let mut lines: Vec<Vec<Unit>> = Vec::new();
    for sentence in &doc.sentences {
        let mut units = Vec::new();
        unit::units(&doc, sentence, &mut units);
        lines.push(units);
    }
    let surfaces: Vec<Vec<&str>> =
        lines.iter().map(|units| units.iter().map(|unit| doc.text(unit.span)).collect()).collect();
    let text = Text::read(&surfaces, knowledge, &mut Seen::default());
    let tags = lines.iter().map(|units| tags(units, &names)).collect();
    Sample { text, tags }
}

/// The tags of units under names in order.
fn tags(units: &[Unit], names: &[(Span<Byte>, NameType)]) -> Vec<u8> {
    let mut tags = vec![OUTSIDE; units.len()];
    let (Some(first), Some(last)) = (units.first(), units.last()) else { return tags };
    let from = names.partition_point(|name| name.0.end <= first.span.start);
    for (span, is) in names[from..].iter().take_while(|name| name.0.start < last.span.end) {
        let start = units.partition_point(|unit| unit.span.end <= span.start);
        let end = units.partition_point(|unit| unit.span.start < span.end);
        for (at, held) in tags.iter_mut().enumerate().take(end).skip(start) {
            *held = tag(*is, at == start, at + 1 == end);
        }
    }
    tags
}

fn name_type(label: &str) -> NameType {
    match label {
        "PER" => NameType::Person,
        "ORG" => NameType::Org,
        "LOC" => NameType::Place,
        _ => NameType::Misc,
    }
}

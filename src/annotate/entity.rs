//! The entity stage: finds the names of people, organisations, places and the like, and says which of them are one.
//!
//! Reads tokens, sentences and the gazetteer; writes `Document::entities` and `Document::mentions`. Four steps, one
//! file each: words of a sentence with document-wide evidence about capitals ([`word`]), names in a sentence
//! ([`candidate`], typed by [`classify`]; in headlines [`headline`]), capitals as governments ([`seat`]), and the
//! merging of names into entities ([`alias`]). It is a set of rules; a trained tagger would replace `candidate` and
//! `classify` and hand the same [`Found`] names to `alias`. It never reads quotations: `Mention::quotation` stays
//! empty for the quotation stage.

mod alias;
mod candidate;
mod classify;
mod headline;
mod person;
mod seat;
mod word;

use crate::annotate::Annotator;
use crate::document::{Byte, Document, EntityKind, Span, Tok};

/// Writes `Document::entities` and `Document::mentions`.
#[derive(Debug, Default)]
pub struct EntityTagger;

impl Annotator for EntityTagger {
    fn name(&self) -> &'static str {
        "entities"
    }

    fn annotate(&self, doc: &mut Document) {
        let found = names(doc);
        let (entities, mentions) = alias::resolve(doc, &found);
        doc.entities = entities;
        doc.mentions = mentions;
    }
}

/// The names of a document in text order, before merging.
fn names(doc: &Document) -> Vec<Found> {
    let evidence = word::Evidence::gather(doc);
    let mut found = Vec::new();
    let mut headlines = Vec::new();
    let mut words = Vec::new();
    for index in 0..doc.sentences.len() {
        if evidence.is_headline(index) {
            headlines.push(index);
            continue;
        }
        word::split(doc, index, &evidence, &mut words);
        candidate::find(doc, index as u32, &words, &evidence, &mut found);
    }
    headline::find(doc, &headlines, &evidence, &mut found);
    found.sort_by_key(|f| (f.span.start, f.span.end));
    found.dedup_by(|later, first| later.span.overlaps(first.span));
    found
}

/// What a found name can be, before names are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    /// A name of the gazetteer.
    Listed(u32),
    /// The people or adjective of a gazetteer entry.
    Demonym(u32),
    /// A seat used as its government: the government's entry, the place's own entry, how sure.
    Actor(u32, Option<u32>, u8),
    /// A name of no list.
    Open,
}

/// A name found in a sentence.
#[derive(Clone, Copy, Debug)]
struct Found {
    span: Span<Byte>,
    tokens: Span<Tok>,
    sentence: u32,
    sense: Sense,
    kind: EntityKind,
    confidence: u8,
    /// Only a part of a hyphenated word.
    hyphen: bool,
    /// Behind a title or role noun: a person.
    titled: bool,
    /// Behind a preposition of place.
    placed: bool,
    /// In brackets right behind another name.
    bracketed: bool,
}

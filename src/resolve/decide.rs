//! The user's decisions about the words of a document: which mentions are moved to another entity before names are
//! counted. What decisions say of whole entities is done when names are joined.

use std::collections::BTreeMap;

use crate::config::entities::decisions::Decisions;
use crate::document::{AliasRule, EntityKind};
use crate::record::{EntityRecord, Records};

/// Moves the mentions and speakers of a document that decisions are about.
pub fn apply(records: &mut Records, decisions: &Decisions) {
    if decisions.rows().is_empty() {
        return;
    }
    let mut entities = std::mem::take(&mut records.entities);
    let mut moved = BTreeMap::new();
    for mention in &mut records.mentions {
        let surface = spaced(&mention.surface);
        if let Some(entity) = decided(&surface, &entities[mention.entity as usize], decisions) {
            let own = mention.entity;
            mention.entity = index_of(entity, &mut entities);
            moved.entry(own).or_insert(mention.entity);
            (mention.rule, mention.confidence) = (AliasRule::User, 100);
        }
    }
    for quotation in &mut records.quotations {
        if let Some(speaker) = quotation.speaker
            && let Some(entity) = decided(&spaced(&quotation.speaker_surface), &entities[speaker as usize], decisions)
        {
            quotation.speaker = Some(index_of(entity, &mut entities));
        }
    }
    // Speakers follow an entity that has no mention left.
    moved.retain(|old, _| records.mentions.iter().all(|mention| mention.entity != *old));
    for speaker in records.quotations.iter_mut().flat_map(|q| [&mut q.speaker, &mut q.speaker_2]).flatten() {
        *speaker = moved.get(speaker).copied().unwrap_or(*speaker);
    }
    records.entities = entities;
}

/// Whom a surface names by a decision, instead of `own`.
fn decided(surface: &str, own: &EntityRecord, decisions: &Decisions) -> Option<EntityRecord> {
    if let Some((name, kind)) = decisions.merged(surface) {
        let (name, kind) = decisions.settled(name, kind.unwrap_or(own.kind));
        return Some(EntityRecord { name: name.into(), kind });
    }
    let (name, kind): (String, EntityKind) = decisions.settled(&own.name, own.kind);
    let blocked = decisions.blocks(surface, &own.name, own.kind) || decisions.blocks(surface, &name, kind);
    (blocked && *own.name != *surface).then(|| EntityRecord { name: surface.into(), kind: own.kind })
}

fn index_of(entity: EntityRecord, entities: &mut Vec<EntityRecord>) -> u32 {
    let at = entities.iter().position(|known| *known == entity).unwrap_or_else(|| {
        entities.push(entity);
        entities.len() - 1
    });
    at as u32
}

/// The words with one space wherever there is white space, as `aliases.csv` shows them.
fn spaced(surface: &str) -> String {
    surface.split_whitespace().collect::<Vec<_>>().join(" ")
}

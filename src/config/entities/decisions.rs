//! The user's decisions about aliases: `aliases.csv` as a run wrote it, edited and given back. A row decides something
//! when its cell `decision` holds one of these words; `auto` and an empty cell decide nothing.
//!
//! | decision | meaning |
//! |---|---|
//! | `merge` | `alias` names `entity` wherever it stands; an entity of the name `alias` becomes `entity` |
//! | `block` | `alias` does not name `entity`; it becomes an entity of its own |
//! | `rename` | the entity of the name `alias` is called `entity` |
//! | `type` | `entity` is of the type `type` |
//!
//! A cell `kb_id` gives the row's entity an id of a knowledge base, whatever is decided. Whatever contradicts itself
//! ends the run before it begins, with path and line.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Serialize, Serializer};

use super::spans::kind_of;
use crate::config::word_list::{Rows, manifest, wrong};
use crate::document::EntityKind;
use crate::error::Result;

/// What a row decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// The alias names the entity.
    Merge,
    /// The alias does not name the entity.
    Block,
    /// The entity of the alias's name has the entity's name.
    Rename,
    /// The entity has the type.
    Type,
}

impl Verb {
    /// The word in the table.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Merge => "merge",
            Verb::Block => "block",
            Verb::Rename => "rename",
            Verb::Type => "type",
        }
    }

    fn of(word: &str) -> Option<Verb> {
        [Verb::Merge, Verb::Block, Verb::Rename, Verb::Type].into_iter().find(|verb| verb.name() == word)
    }
}

/// A row that decides something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The words that the row is about.
    pub alias: String,
    /// The entity's name.
    pub entity: String,
    /// The entity's type; none where the cell is empty.
    pub kind: Option<EntityKind>,
    /// What is decided.
    pub verb: Verb,
    /// The user's note.
    pub note: String,
    line: usize,
}

/// A row that decides nothing: what a run found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undecided {
    /// The words that the row is about.
    pub alias: String,
    /// The entity's name.
    pub entity: String,
    /// The entity's type; none where the cell is empty.
    pub kind: Option<EntityKind>,
    /// Line of the file, from 1.
    pub line: usize,
}

/// All decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// In order of alias, entity, type and verb.
    rows: Vec<Decision>,
    /// Rows that decide nothing, in order of alias.
    auto: Vec<Undecided>,
    /// The name of the file.
    file: String,
    /// Ids by entity and type.
    ids: BTreeMap<(String, Option<EntityKind>), (String, usize)>,
    sha256: String,
}

const COLUMNS: [&str; 3] = ["alias", "entity", "decision"];

impl Decisions {
    /// Reads a table of aliases.
    ///
    /// # Errors
    /// With path, line and column, for a file that is no such table, an unknown decision or type, and decisions that
    /// contradict each other or lead in a circle.
    pub fn read(path: &Path) -> Result<Decisions> {
        let rows = Rows::read(path, &COLUMNS)?;
        let mut decisions = Decisions { sha256: rows.sha256().to_owned(), ..Decisions::default() };
        for (line, row) in rows.records()? {
            let cell = |column: &str| unguarded(row.get(column)).to_owned();
            let kind =
                match cell("type").as_str() {
                    "" => None,
                    label => Some(kind_of(label).map_err(|expected| {
                        wrong(path, line, &format!("column type: {label:?} is no type"), &expected)
                    })?),
                };
            let (alias, entity, word) = (cell("alias"), cell("entity"), cell("decision").to_lowercase());
            let id = cell("kb_id");
            let verb = match word.as_str() {
                "" | "auto" => None,
                word => Some(Verb::of(word).ok_or_else(|| {
                    let cause = format!("column decision: {word:?} is no decision");
                    wrong(path, line, &cause, "write merge, block, rename, type or auto")
                })?),
            };
            if entity.is_empty() && (verb.is_some() || !id.is_empty()) {
                return Err(wrong(path, line, "column entity: is empty", "write the name of the entity"));
            }
            if alias.is_empty() && verb.is_some_and(|verb| verb != Verb::Type) {
                return Err(wrong(path, line, "column alias: is empty", "write the words that name the entity"));
            }
            if verb == Some(Verb::Type) && kind.is_none() {
                return Err(wrong(path, line, "column type: is empty", "write the type that the entity has"));
            }
            if !id.is_empty() {
                decisions.identify(path, line, (entity.clone(), kind), id)?;
            }
            match verb {
                Some(verb) => decisions.rows.push(Decision { alias, entity, kind, verb, note: cell("note"), line }),
                None => decisions.auto.push(Undecided { alias, entity, kind, line }),
            }
        }
        decisions.check(path)?;
        decisions.file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        decisions.auto.sort();
        decisions.rows.sort();
        decisions.rows.dedup_by(|a, b| (&a.alias, &a.entity, a.kind, a.verb) == (&b.alias, &b.entity, b.kind, b.verb));
        Ok(decisions)
    }

    fn identify(&mut self, path: &Path, line: usize, entity: (String, Option<EntityKind>), id: String) -> Result<()> {
        let (known, at) = self.ids.entry(entity).or_insert_with_key(|_| (id.clone(), line));
        if *known != id {
            let cause = format!("column kb_id: {id} here, {known} in line {at}, for one entity");
            return Err(wrong(path, line, &cause, "give each entity one id"));
        }
        Ok(())
    }

    /// Whether decisions agree with each other.
    fn check(&self, path: &Path) -> Result<()> {
        let mut targets: BTreeMap<&str, &Decision> = BTreeMap::new();
        let mut types: BTreeMap<&str, &Decision> = BTreeMap::new();
        for row in &self.rows {
            match row.verb {
                Verb::Merge | Verb::Rename => {
                    let other = *targets.entry(&row.alias).or_insert(row);
                    if (&other.entity, other.kind) != (&row.entity, row.kind) {
                        let cause =
                            format!("{} is {} here and {} in line {}", row.alias, row.entity, other.entity, other.line);
                        return Err(wrong(path, row.line, &cause, "let each alias name one entity"));
                    }
                }
                Verb::Type => {
                    let other = *types.entry(&row.entity).or_insert(row);
                    if other.kind != row.kind {
                        let kind = |row: &Decision| row.kind.map_or("", EntityKind::name);
                        let cause =
                            format!("{} is {} here and {} in line {}", row.entity, kind(row), kind(other), other.line);
                        return Err(wrong(path, row.line, &cause, "give each entity one type"));
                    }
                }
                Verb::Block => {}
            }
        }
        for row in self.rows.iter().filter(|row| row.verb == Verb::Block) {
            let same = |other: &&&Decision| {
                other.entity == row.entity && (row.kind.is_none() || other.kind.is_none() || row.kind == other.kind)
            };
            if let Some(other) = targets.get(row.alias.as_str()).filter(same) {
                let cause =
                    format!("{} is kept from {} here and merged into it in line {}", row.alias, row.entity, other.line);
                return Err(wrong(path, row.line, &cause, "keep one of the two rows"));
            }
        }
        for start in targets.values() {
            let mut row = *start;
            let mut seen = vec![row.line];
            while let Some(next) = targets.get(row.entity.as_str()).filter(|next| next.alias != next.entity) {
                if next.alias == start.alias || seen.len() > targets.len() {
                    if start.alias == start.entity {
                        break;
                    }
                    let lines: Vec<String> = seen.iter().map(usize::to_string).collect();
                    let cause = format!("{} leads back to itself by lines {}", start.alias, lines.join(", "));
                    return Err(wrong(path, start.line, &cause, "let one of these names be the last"));
                }
                seen.push(next.line);
                row = next;
            }
        }
        Ok(())
    }

    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.ids.is_empty()
    }

    /// All decisions, in order of alias.
    pub fn rows(&self) -> &[Decision] {
        &self.rows
    }

    /// The rows that decide nothing and that no decision is about, in order of alias.
    pub fn undecided(&self) -> impl Iterator<Item = &Undecided> {
        self.auto.iter().filter(|row| self.of(&row.alias).next().is_none())
    }

    /// The name of the file that was read; empty without one.
    pub fn file(&self) -> &str {
        &self.file
    }

    fn of(&self, alias: &str) -> impl Iterator<Item = &Decision> {
        let from = self.rows.partition_point(|row| row.alias.as_str() < alias);
        self.rows[from..].iter().take_while(move |row| row.alias == alias)
    }

    /// Whom an alias names, if a row merges it.
    pub fn merged(&self, alias: &str) -> Option<(&str, Option<EntityKind>)> {
        self.of(alias).find(|row| row.verb == Verb::Merge).map(|row| (row.entity.as_str(), row.kind))
    }

    /// What an entity of this name is called and of what kind, after all merges and renamings of entities.
    pub fn settled(&self, name: &str, kind: EntityKind) -> (String, EntityKind) {
        let (mut name, mut kind) = (name.to_owned(), kind);
        for _ in 0..=self.rows.len() {
            let leads_on = |row: &&Decision| matches!(row.verb, Verb::Merge | Verb::Rename) && row.entity != name;
            let Some(row) = self.of(&name).find(leads_on) else { break };
            kind = row.kind.unwrap_or(kind);
            let next = row.entity.clone();
            name = next;
        }
        let kind = self
            .rows
            .iter()
            .find(|row| row.verb == Verb::Type && row.entity == name)
            .and_then(|row| row.kind)
            .unwrap_or(kind);
        (name, kind)
    }

    /// Whether a row decides about an entity of this name.
    pub fn concerns(&self, name: &str) -> bool {
        self.of(name).any(|row| matches!(row.verb, Verb::Merge | Verb::Rename))
    }

    /// Whether an alias is kept from an entity.
    pub fn blocks(&self, alias: &str, entity: &str, kind: EntityKind) -> bool {
        let is_it =
            |row: &Decision| row.verb == Verb::Block && row.entity == entity && row.kind.is_none_or(|k| k == kind);
        self.of(alias).any(is_it)
    }

    /// All ids: entity, type if it is given, id; in order of entity.
    pub fn ids(&self) -> impl Iterator<Item = (&str, Option<EntityKind>, &str)> {
        self.ids.iter().map(|((entity, kind), (id, _))| (entity.as_str(), *kind, id.as_str()))
    }

    /// The id of an entity in a knowledge base.
    pub fn id(&self, name: &str, kind: EntityKind) -> Option<&str> {
        let exact = self.ids.get(&(name.to_owned(), Some(kind)));
        exact.or_else(|| self.ids.get(&(name.to_owned(), None))).map(|(id, _)| id.as_str())
    }
}

/// A cell without the apostrophe that keeps spreadsheets from running it as a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

impl Serialize for Decisions {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        manifest(serializer, self.rows.len() + self.ids.len(), &self.sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Decisions> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Decisions::read(file.path())
    }

    #[track_caller]
    fn fails(rows: &str, told: &str) {
        let error = read(&format!("alias,entity,type,decision,kb_id\n{rows}")).unwrap_err().to_string();
        assert!(error.contains(told) && error.contains(';'), "{error}");
    }

    #[test]
    fn rows_that_decide_nothing_are_passed_over() {
        let decisions = read("\u{feff}alias,entity,type,rule,confidence,count,decision,note\nVale,Anna Vale,PERSON,surname,0.85,3,auto,\n").unwrap();
        assert!(decisions.is_empty());
    }

    #[test]
    fn merges_and_names_are_followed_to_their_end() {
        let table = "alias,entity,type,decision,kb_id\nVale,A. Vale,PERSON,merge,\nA. Vale,Anna Vale,PERSON,rename,\n\
                     Anna Vale,Anna Vale,PERSON,auto,Q7\nQuarrel,Quarrel,ORG,type,\n";
        let decisions = read(table).unwrap();
        assert_eq!(decisions.settled("Vale", EntityKind::Org), ("Anna Vale".into(), EntityKind::Person));
        assert_eq!(decisions.settled("Quarrel", EntityKind::Misc).1, EntityKind::Org);
        assert_eq!(decisions.id("Anna Vale", EntityKind::Person), Some("Q7"));
        assert_eq!(decisions.merged("Vale").map(|m| m.0), Some("A. Vale"));
    }

    #[test]
    fn what_is_wrong_is_told_with_line_and_column() {
        fails("Vale,Anna Vale,PERSON,marry,\n", "line 2: column decision: \"marry\"");
        fails("Vale,Anna Vale,HUMAN,merge,\n", "line 2: column type: \"HUMAN\"");
        fails("Vale,,PERSON,merge,\n", "line 2: column entity");
        fails(",Anna Vale,PERSON,block,\n", "line 2: column alias");
        fails("Vale,Anna Vale,,type,\n", "line 2: column type");
        fails("Vale,Anna\n", "line 2: has 2 cells, not 5");
        let missing = read("alias,entity\nVale,Anna Vale\n").unwrap_err().to_string();
        assert!(missing.contains("line 1") && missing.contains("decision"), "{missing}");
    }

    #[test]
    fn contradictions_and_circles_are_told_with_both_lines() {
        fails("Vale,Anna Vale,,merge,\nVale,Bo Vale,,merge,\n", "line 3: Vale is Bo Vale here and Anna Vale in line 2");
        fails("Vale,Anna Vale,,merge,\nVale,Anna Vale,,block,\n", "line 3: Vale is kept from Anna Vale here");
        fails("a,Vale,ORG,type,\nb,Vale,GPE,type,\n", "line 3: Vale is GPE here and ORG in line 2");
        fails("a,Vale,ORG,,Q1\nb,Vale,ORG,,Q2\n", "line 3: column kb_id: Q2 here, Q1 in line 2");
        fails("A,B,,merge,\nB,C,,merge,\nC,A,,rename,\n", "leads back to itself by lines 2, 3, 4");
    }
}

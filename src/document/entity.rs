//! The layers of entities and mentions.

use super::{Byte, Span, Tok};

/// The kinds of named entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum EntityKind {
    /// People.
    Person,
    /// Companies, institutions, parties, media, armies.
    Org,
    /// Countries, states, cities: places with a government.
    Gpe,
    /// Other places: regions, seas, mountains.
    Loc,
    /// Named events, wars among them.
    Event,
    /// Buildings, pipelines, products, works.
    Facility,
    /// Named, but of no kind above.
    Misc,
}

impl EntityKind {
    /// All kinds, in table order.
    pub const ALL: [EntityKind; 7] = [
        EntityKind::Person,
        EntityKind::Org,
        EntityKind::Gpe,
        EntityKind::Loc,
        EntityKind::Event,
        EntityKind::Facility,
        EntityKind::Misc,
    ];

    /// The label written in tables (OntoNotes' names where it has one).
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "PERSON",
            EntityKind::Org => "ORG",
            EntityKind::Gpe => "GPE",
            EntityKind::Loc => "LOC",
            EntityKind::Event => "EVENT",
            EntityKind::Facility => "FACILITY",
            EntityKind::Misc => "MISC",
        }
    }
}

/// An entity of one document. Across the corpus it is known by its kind and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Canonical name, as far as this document and the word lists tell.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
}

/// Index into `Document::entities`; means nothing elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// In what part a mention stands for its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Role {
    /// The name or a part of it, an alias or an acronym.
    Name,
    /// The name as a part of a hyphenated word (`Xi-Putin`, `US-dominated`).
    HyphenPart,
    /// The people or the adjective of a place (`Chinese`).
    Demonym,
    /// A place or building for the government it houses (`Washington`, `the Kremlin`).
    Metonym,
}

impl Role {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            Role::Name => "name",
            Role::HyphenPart => "hyphen-part",
            Role::Demonym => "demonym",
            Role::Metonym => "metonym",
        }
    }

    /// Whether the mention is a name (in full or as a hyphen part), as `mentions_name` counts it.
    pub fn is_name(self) -> bool {
        matches!(self, Role::Name | Role::HyphenPart)
    }
}

/// By which rule a mention's surface was taken for its entity: the `rule` of `aliases.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum AliasRule {
    /// The canonical name itself.
    Exact,
    /// A word list says so (`USSR`, `Kiev`, `Biden`).
    WordList,
    /// The last name of a person named in full in the document.
    Surname,
    /// The first name of a person named in full in the document.
    GivenName,
    /// The initials of a name in the document, or the form in brackets after it.
    Acronym,
    /// A shorter or longer form of a name in the document (`Trade Commission`).
    PartialName,
    /// The demonym of a word list.
    Demonym,
    /// The metonym of a word list, used as a government.
    Metonym,
    /// Another spelling of a name in the document: accents, capitals, hyphens, a slip.
    Spelling,
    /// A familiar form or the initial of the given name of a person named in full in the document.
    Nickname,
    /// The surname of the one person of that name whom other documents of the outlet name in full.
    CorpusSurname,
    /// Another spelling of a name of other documents.
    CorpusSpelling,
    /// The short form or acronym that other documents explain.
    CorpusShortForm,
    /// Whoever gave the names said so.
    Given,
    /// The user's list of aliases says so.
    User,
}

impl AliasRule {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            AliasRule::Exact => "exact",
            AliasRule::WordList => "word list",
            AliasRule::Surname => "surname",
            AliasRule::GivenName => "given name",
            AliasRule::Acronym => "acronym",
            AliasRule::PartialName => "partial name",
            AliasRule::Demonym => "demonym",
            AliasRule::Metonym => "metonym",
            AliasRule::Spelling => "spelling",
            AliasRule::Nickname => "nickname",
            AliasRule::CorpusSurname => "surname in the corpus",
            AliasRule::CorpusSpelling => "spelling in the corpus",
            AliasRule::CorpusShortForm => "short form in the corpus",
            AliasRule::Given => "given",
            AliasRule::User => "user",
        }
    }
}

/// One place where an entity is named. Mentions come in text order and never overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The surface in bytes of `Article::text`, without a possessive ending.
    pub span: Span<Byte>,
    /// The tokens that hold it.
    pub tokens: Span<Tok>,
    /// Index into `Document::sentences`.
    pub sentence: u32,
    /// Whom it names.
    pub entity: EntityId,
    /// In what part.
    pub role: Role,
    /// Why this entity.
    pub rule: AliasRule,
    /// How sure, in percent, by rule.
    pub confidence: u8,
    /// Innermost quotation around it: index into `Document::quotations`.
    pub quotation: Option<u32>,
}

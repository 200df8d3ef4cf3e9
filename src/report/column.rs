//! What a column of a table holds: its name, its kind, and all that `columns.csv` tells about it. Plain data; the
//! reports say which columns they have, and [`table`](super::table) writes cells by their kind.

/// Most decimals of a number column.
pub const MAX_DECIMALS: u8 = 6;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text on one line, always quoted. Identifiers are text.
    Text,
    /// A whole number.
    Integer,
    /// A number with so many decimals, at most [`MAX_DECIMALS`].
    Number(u8),
    /// An ISO date, `YYYY-MM-DD`.
    Date,
    /// `true` or `false`.
    Boolean,
}

impl Kind {
    /// The word written in `columns.csv`, as Frictionless Data's Table Schema names types.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "string",
            Kind::Integer => "integer",
            Kind::Number(_) => "number",
            Kind::Date => "date",
            Kind::Boolean => "boolean",
        }
    }
}

/// One column: its name and all that `columns.csv` tells about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Header, snake_case ASCII.
    pub name: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// Unit of its numbers (`tokens`, `log2`); empty where there is none.
    pub unit: &'static str,
    /// What a cell means, in a sentence.
    pub definition: &'static str,
    /// How a score is computed; empty for what is counted or copied.
    pub formula: &'static str,
    /// Source of the formula; empty for plain arithmetic.
    pub citation: &'static str,
}

impl Column {
    /// A column without unit, formula and citation.
    pub const fn new(name: &'static str, kind: Kind, definition: &'static str) -> Column {
        Column { name, kind, unit: "", definition, formula: "", citation: "" }
    }

    /// A text column.
    pub const fn text(name: &'static str, definition: &'static str) -> Column {
        Column::new(name, Kind::Text, definition)
    }

    /// A column of whole numbers and what they count.
    pub const fn integer(name: &'static str, unit: &'static str, definition: &'static str) -> Column {
        Column { unit, ..Column::new(name, Kind::Integer, definition) }
    }

    /// A column of scores: decimals, unit and formula.
    pub const fn number(
        name: &'static str,
        decimals: u8,
        unit: &'static str,
        definition: &'static str,
        formula: &'static str,
    ) -> Column {
        Column { unit, formula, ..Column::new(name, Kind::Number(decimals), definition) }
    }

    /// The same column with the source of its formula.
    pub const fn cite(self, citation: &'static str) -> Column {
        Column { citation, ..self }
    }
}

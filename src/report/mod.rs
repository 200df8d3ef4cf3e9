//! The tables: counts and records become CSV files.

pub mod cell_text;
pub mod table;

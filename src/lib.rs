//! byline turns a folder of news articles into spreadsheets.
//!
//! ```text
//!             corpus          annotate            count               report
//!  files ──▶  Article  ──▶  Document + layers ──▶ Census ─seal▶ Counts ──▶ Table ──▶ CSV
//!                                ▲        │                        ▲        ▲
//!                              model    Records ──────spool──────▶ resolve  measure
//! ```
//!
//! Data flows one way. [`pipeline::run`] is the only function that knows every stage; ARCHITECTURE.md is the map.

pub mod annotate;
pub mod config;
pub mod corpus;
pub mod count;
pub mod document;
pub mod error;
pub mod evaluate;
pub mod measure;
pub mod model;
pub mod pipeline;
pub mod record;
pub mod report;
pub mod resolve;
pub mod spool;
pub mod survey;
#[cfg(feature = "train")]
pub mod train;

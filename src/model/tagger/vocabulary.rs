//! Words by how they are used: classes at three sizes, and how often a spelling stands inside sentences. Made by
//! `byline train words`, embedded as `assets/words.bin`.

use hashbrown::HashMap;

use super::word::key;
use crate::error::Result;
use crate::model::weights;

const KIND: &str = "words";
const VERSION: u32 = 1;
/// Bytes of a row.
const ROW: usize = 9;

/// The class of a word that is not listed.
pub(crate) const UNLISTED: u16 = u16::MAX;

/// A listed spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    key: u32,
    /// Its classes, finest first.
    pub(crate) classes: [u16; 3],
    /// Twice the binary logarithm of its uses inside sentences.
    pub(crate) usual: u8,
}

impl Row {
    /// The row of a form (see [`super::word::push_form`]).
    #[cfg(feature = "train")]
    pub(crate) fn new(form: &str, classes: [u16; 3], usual: u8) -> Row {
        Row { key: key(form), classes, usual }
    }
}

/// The file of a vocabulary.
#[cfg(feature = "train")]
pub(crate) fn seal(mut rows: Vec<Row>) -> Vec<u8> {
    rows.sort_unstable();
    rows.dedup_by_key(|row| row.key);
    let mut payload = Vec::with_capacity(rows.len() * ROW);
    for row in rows {
        payload.extend_from_slice(&row.key.to_le_bytes());
        payload.extend_from_slice(&row.classes[0].to_le_bytes());
        payload.extend_from_slice(&[row.classes[1] as u8, row.classes[2] as u8, row.usual]);
    }
    weights::seal(KIND, VERSION, &payload)
}

/// All listed spellings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    rows: HashMap<u32, Row, foldhash::fast::FixedState>,
}

impl Vocabulary {
    /// Reads the file of a vocabulary.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Model`] for a file that is damaged or of another version.
    pub(crate) fn open(file: &[u8]) -> Result<Vocabulary> {
        let payload = weights::open(file, KIND, VERSION)?;
        let row = |b: &[u8]| {
            let key = u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
            let classes = [u16::from_le_bytes([b[4], b[5]]), u16::from(b[6]), u16::from(b[7])];
            (key, Row { key, classes, usual: b[8] })
        };
        Ok(Vocabulary { rows: payload.chunks_exact(ROW).map(row).collect() })
    }

    /// The row of a form.
    pub(crate) fn get(&self, form: &str) -> Option<&Row> {
        self.rows.get(&key(form))
    }
}

//! The opening of one listed file: what goes to the sink, what becomes a row of `skipped.csv`, and when to stop.

use std::io::{self, Read};
use std::path::PathBuf;
use std::rc::Rc;

use super::super::{Entry, Payload, Record, Skipped, Source, read};
use super::input::Input;
use super::kind::{Kind, kind};
use super::limit::{Budget, ComingOut, GoingIn, Limits};
use super::{Opened, compression};
use crate::config::Config;

/// A file, on disk or in an archive.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its path as the tables show it.
    pub(super) shown: String,
    /// The name that says what it is: its file name, without the ending of a compression that was taken off.
    pub(super) name: String,
    /// What the paths of the files in it begin with.
    inside: String,
    /// Its size, as far as it is known.
    pub(super) bytes: Option<u64>,
    /// How many archives and compressed files it is in.
    layer: u32,
    /// Where it is on disk, if it lies there as it is.
    pub(super) disk: Option<PathBuf>,
}

impl Part {
    /// A listed file.
    pub(super) fn of(source: &Source) -> Part {
        let name = source.shown.rsplit('/').next().unwrap_or_default().to_owned();
        let inside = if source.alone { String::new() } else { format!("{}/", source.shown) };
        let is_file = source.path.as_os_str() != super::STANDARD_INPUT;
        let disk = is_file.then(|| source.path.clone());
        Part { shown: source.shown.clone(), name, inside, bytes: is_file.then_some(source.bytes), layer: 0, disk }
    }

    /// A file in this archive.
    pub(super) fn entry(&self, path: &str, bytes: Option<u64>) -> Part {
        let shown = self.shown_inside(path);
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        Part { name, inside: format!("{shown}/"), shown, bytes, layer: self.layer + 1, disk: None }
    }

    /// The path of a file in this archive as the tables show it.
    pub(super) fn shown_inside(&self, path: &str) -> String {
        format!("{}{path}", self.inside)
    }

    /// What is in this compressed file.
    pub(super) fn decompressed(&self) -> Part {
        // A name that does not say so tells nothing of what is in the file either.
        let name = compression::inner_name(&self.name).unwrap_or_default();
        Part { name, bytes: None, layer: self.layer + 1, disk: None, ..self.clone() }
    }
}

/// The opening of one listed file.
pub(super) struct Opening<'s> {
    /// What was asked.
    pub(super) config: &'s Config,
    /// What archives may ask for.
    pub(super) limits: Limits,
    /// What came out of the file so far.
    pub(super) budget: Rc<Budget>,
    sink: &'s mut dyn FnMut(Opened) -> bool,
    /// The listed file's path as the tables show it.
    shown: String,
    bytes: u64,
    /// The sink wants no more.
    stopped: bool,
    /// The file asks for more than the limits allow.
    over: bool,
}

impl<'s> Opening<'s> {
    /// The opening of `source`.
    pub(super) fn new(
        source: &Source,
        config: &'s Config,
        limits: Limits,
        sink: &'s mut dyn FnMut(Opened) -> bool,
    ) -> Opening<'s> {
        let budget = Rc::new(Budget::new(limits, source.bytes));
        let shown = source.shown.clone();
        Opening { config, limits, budget, sink, shown, bytes: source.bytes, stopped: false, over: false }
    }

    /// Whether the sink wants more files.
    pub(super) fn wants_more(&self) -> bool {
        !self.stopped
    }

    /// A stream from outside whose size is not known.
    pub(super) fn counted_source<'a>(&self, stream: Box<dyn Read + 'a>) -> Input<'a> {
        Input::new(Box::new(GoingIn::new(stream, &self.budget)))
    }

    /// What comes out of a compressed file.
    pub(super) fn coming_out<'a>(&self, stream: impl Read + 'a) -> Input<'a> {
        Input::new(Box::new(ComingOut::new(stream, &self.budget)))
    }

    /// Hands an entry or a row over. Gives whether to go on.
    pub(super) fn give(&mut self, opened: Opened) -> bool {
        if self.stopped || self.over {
            return false;
        }
        self.stopped = !(self.sink)(opened);
        !self.stopped
    }

    /// Hands over why a file was left out. Gives whether to go on.
    pub(super) fn skip(&mut self, part: &Part, reason: &'static str, detail: impl Into<String>) -> bool {
        self.give(Err(Skipped::new(&part.shown, part.bytes, reason, detail)))
    }

    /// Hands over why a record was left out. Gives whether to go on.
    pub(super) fn skip_record(&mut self, part: &Part, record: u32, bytes: u64, reason: super::super::Reason) -> bool {
        let (reason, detail) = reason;
        self.give(Err(Skipped { record, ..Skipped::new(&part.shown, Some(bytes), reason, detail) }))
    }

    /// Hands over a record. Gives whether to go on.
    pub(super) fn record(&mut self, part: &Part, number: u32, record: Record) -> bool {
        let bytes = record.bytes.len() as u64;
        self.give(Ok(Entry { path: part.shown.clone(), record: number, bytes, payload: Payload::Record(record) }))
    }

    /// Hands over why a file could not be read to its end. Gives whether to go on.
    pub(super) fn failed(&mut self, part: &Part, error: &io::Error) -> bool {
        if self.budget.is_burst() {
            let row = Skipped::new(&self.shown, Some(self.bytes), "zip_bomb", self.budget.told());
            self.give(Err(row));
            self.over = true;
            return false;
        }
        match error.raw_os_error() {
            Some(_) => self.skip(part, read::io_reason(error), error.to_string()),
            None => self.skip(part, "damaged", format!("cut off or broken ({error}); what comes after is not read")),
        }
    }

    /// Opens a file, whatever it is. Gives whether to go on.
    pub(super) fn part(&mut self, mut input: Input<'_>, part: &Part) -> bool {
        match kind(&part.name, &mut input) {
            Kind::Container(container) if container.holds_files && part.layer >= self.limits.layers => {
                let layers = self.limits.layers;
                let detail = format!("more than {layers} archives and compressed files inside one another");
                self.skip(part, "nested_too_deep", detail)
            }
            Kind::Container(container) => (container.open)(input, part, self),
            Kind::Document => self.document(input, part),
            Kind::Unsupported(detail) => self.skip(part, "unsupported_format", detail),
        }
    }

    /// Hands over a file that is one article.
    fn document(&mut self, input: Input<'_>, part: &Part) -> bool {
        if let (Some(path), Some(bytes)) = (&part.disk, part.bytes) {
            let payload = Payload::File(path.clone());
            return self.give(Ok(Entry { path: part.shown.clone(), record: 0, bytes, payload }));
        }
        match self.content(input, part) {
            Ok(Ok(content)) => {
                let (path, bytes) = (part.shown.clone(), content.len() as u64);
                self.give(Ok(Entry { path, record: 0, bytes, payload: Payload::Bytes(content) }))
            }
            Ok(Err((reason, detail))) => self.skip(part, reason, detail),
            Err(error) => self.failed(part, &error),
        }
    }

    /// All bytes of a file in an archive, if they are not too many.
    pub(super) fn content(
        &mut self,
        input: Input<'_>,
        part: &Part,
    ) -> io::Result<Result<Vec<u8>, super::super::Reason>> {
        let limit = read::limit(self.config);
        if let Some(bytes) = part.bytes.filter(|bytes| *bytes > limit) {
            return Ok(Err(read::too_large(&bytes.to_string(), limit)));
        }
        let mut content = Vec::with_capacity(part.bytes.unwrap_or_default() as usize);
        input.take(limit + 1).read_to_end(&mut content)?;
        if content.len() as u64 > limit {
            return Ok(Err(read::too_large(&format!("at least {}", content.len()), limit)));
        }
        // A cut archive may end inside a file without a word.
        match part.bytes {
            Some(bytes) if (content.len() as u64) < bytes => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(Ok(content)),
        }
    }
}

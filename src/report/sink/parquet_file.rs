//! `terms.parquet` and so on: a table as Apache Parquet, whose columns have types, so that no reader has to guess. Texts
//! are whole, with their line ends; dates are dates; numbers have the decimals of the CSV file; what is missing is null.
//! Compressed by Snappy, which every reader knows. Only with the cargo feature `parquet`.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::super::Report;
use super::super::column::{Column, Kind};
use super::super::run::Run;
use super::super::table::{Cell, TableSummary};
use super::{Format, Sink};
use crate::config::{Config, Period};
use crate::count::period;
use crate::error::{Error, ErrorKind, Result};

/// Most rows of a row group.
const GROUP_ROWS: usize = 1 << 16;
/// Most bytes of text of a row group.
const GROUP_BYTES: usize = 16 << 20;

/// Opens the format.
#[allow(clippy::unnecessary_wraps, reason = "the shape of all formats")]
pub(super) fn open(_: &Config) -> Result<Box<dyn Format>> {
    Ok(Box::new(Parquet))
}

#[derive(Debug)]
struct Parquet;

impl Format for Parquet {
    fn open(&self, folder: &Path, report: &Report, columns: &[Column]) -> Result<Option<Box<dyn Sink>>> {
        let name = format!("{}.parquet", report.name);
        let path = folder.join(&name);
        let file = File::create(&path).map_err(|cause| Error::io(ErrorKind::Write, &path, cause))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("byline {}", env!("CARGO_PKG_VERSION")))
            .build();
        let writer = schema(report.name, columns)
            .and_then(|schema| SerializedFileWriter::new(file, schema, Arc::new(properties)))
            .map_err(|cause| failed(&path, cause))?;
        let columns = columns.iter().map(|column| Values::of(column.kind)).collect();
        Ok(Some(Box::new(Columns { name, path, columns, rows: 0, bytes: 0, writer })))
    }

    fn finish(&mut self, _: &Path, _: &Run<'_>) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}

fn failed(path: &Path, cause: ParquetError) -> Error {
    let cause = match cause {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(cause) => *cause,
            Err(cause) => io::Error::other(cause),
        },
        cause => io::Error::other(cause),
    };
    Error::io(ErrorKind::Write, path, cause)
}

fn schema(name: &str, columns: &[Column]) -> parquet::errors::Result<TypePtr> {
    let field = |column: &Column| {
        let (physical, logical) = match column.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Integer => (Physical::INT64, None),
            Kind::Number(_) => (Physical::DOUBLE, None),
            Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
            Kind::Boolean => (Physical::BOOLEAN, None),
        };
        let built = Type::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build();
        built.map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<parquet::errors::Result<_>>()?;
    Type::group_type_builder(name).with_fields(fields).build().map(Arc::new)
}

/// The values of one column in a row group, without those that are missing, and which rows have one.
#[derive(Debug)]
struct Values {
    /// 1 where there is a value.
    levels: Vec<i16>,
    typed: Typed,
}

#[derive(Debug)]
enum Typed {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Date(Vec<i32>),
    Boolean(Vec<bool>),
}

impl Values {
    fn of(kind: Kind) -> Values {
        let typed = match kind {
            Kind::Text => Typed::Text(Vec::new()),
            Kind::Integer => Typed::Integer(Vec::new()),
            Kind::Number(_) => Typed::Number(Vec::new()),
            Kind::Date => Typed::Date(Vec::new()),
            Kind::Boolean => Typed::Boolean(Vec::new()),
        };
        Values { levels: Vec::new(), typed }
    }

    /// Takes a cell; gives the bytes of its text.
    fn push(&mut self, cell: Cell<'_>) -> usize {
        let mut bytes = 0;
        let mut level = 1;
        match (&mut self.typed, cell) {
            (Typed::Text(values), Cell::Text(text)) => {
                bytes = text.len();
                values.push(text.as_bytes().to_vec().into());
            }
            (Typed::Integer(values), Cell::Integer(number)) => values.push(number),
            (Typed::Number(values), Cell::Number(number)) => values.push(number),
            (Typed::Date(values), Cell::Date(date)) => values.push(period::number(Period::Day, date)),
            (Typed::Boolean(values), Cell::Boolean(truth)) => values.push(truth),
            // Missing; a cell of another kind does not pass the table.
            _ => level = 0,
        }
        self.levels.push(level);
        bytes
    }

    /// Writes the column and forgets it.
    fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, File>) -> parquet::errors::Result<()> {
        let levels = std::mem::take(&mut self.levels);
        match &mut self.typed {
            Typed::Text(values) => write::<ByteArrayType>(group, values, &levels),
            Typed::Integer(values) => write::<Int64Type>(group, values, &levels),
            Typed::Number(values) => write::<DoubleType>(group, values, &levels),
            Typed::Date(values) => write::<Int32Type>(group, values, &levels),
            Typed::Boolean(values) => write::<BoolType>(group, values, &levels),
        }
    }
}

fn write<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: &mut Vec<T::T>,
    levels: &[i16],
) -> parquet::errors::Result<()> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, Some(levels), None)?;
        column.close()?;
    }
    values.clear();
    Ok(())
}

/// The file of one table.
#[derive(Debug)]
struct Columns {
    name: String,
    path: PathBuf,
    columns: Vec<Values>,
    /// Rows of the row group.
    rows: usize,
    /// Bytes of text of the row group.
    bytes: usize,
    writer: SerializedFileWriter<File>,
}

impl Columns {
    fn end_group(&mut self) -> Result<()> {
        (self.rows, self.bytes) = (0, 0);
        let columns = &mut self.columns;
        let written = self.writer.next_row_group().and_then(|mut group| {
            columns.iter_mut().try_for_each(|column| column.write(&mut group))?;
            group.close()
        });
        written.map(drop).map_err(|cause| failed(&self.path, cause))
    }
}

impl Sink for Columns {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        self.bytes += self.columns.iter_mut().zip(cells).map(|(column, cell)| column.push(*cell)).sum::<usize>();
        self.rows += 1;
        if self.rows < GROUP_ROWS && self.bytes < GROUP_BYTES { Ok(()) } else { self.end_group() }
    }

    fn finish(mut self: Box<Self>, _: &TableSummary) -> Result<Vec<String>> {
        if self.rows > 0 {
            self.end_group()?;
        }
        self.writer.finish().map_err(|cause| failed(&self.path, cause))?;
        Ok(vec![self.name])
    }
}

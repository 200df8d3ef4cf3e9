//! The one error type: what the environment did that ends a run. Bad input is never an `Error`; it is data
//! ([`crate::corpus::Skipped`]).

use std::path::{Path, PathBuf};
use std::{fmt, io};

/// `std::result::Result` with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Input that must be there cannot be read.
    Read,
    /// Output or temporary files cannot be written.
    Write,
    /// An option has a value that makes no sense.
    Option,
    /// A word list or model that is built in is broken.
    Model,
    /// The user stopped the run.
    Interrupted,
}

/// What ended a run: kind, path, cause and remedy, as one sentence each.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    path: Option<PathBuf>,
    cause: String,
    remedy: String,
    source: Option<io::Error>,
}

impl Error {
    /// An error without a path.
    pub fn new(kind: ErrorKind, cause: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error(Box::new(Inner { kind, path: None, cause: cause.into(), remedy: remedy.into(), source: None }))
    }

    /// An error about a file or folder.
    pub fn at(kind: ErrorKind, path: &Path, cause: impl Into<String>, remedy: impl Into<String>) -> Error {
        let mut error = Error::new(kind, cause, remedy);
        error.0.path = Some(path.to_path_buf());
        error
    }

    /// A failed system call on a file or folder.
    pub fn io(kind: ErrorKind, path: &Path, source: io::Error) -> Error {
        let remedy = match source.kind() {
            io::ErrorKind::NotFound => "check the spelling of the path",
            io::ErrorKind::PermissionDenied => "check the permissions of the path",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                "free some disk space, or choose another place with -o or --tmp-dir"
            }
            io::ErrorKind::IsADirectory => "give the path of a file inside it",
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "a file stands where a folder is needed",
            _ => "look at the path, the disk and the permissions, then run again",
        };
        let cause = match source.kind() {
            io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "this user is not allowed to do that here".to_owned(),
            io::ErrorKind::IsADirectory => "this is a folder, and a file is needed".to_owned(),
            io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            _ => source.to_string(),
        };
        let mut error = Error::at(kind, path, cause, remedy);
        error.0.source = Some(source);
        error
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The file or folder it is about.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// What went wrong.
    pub fn cause(&self) -> &str {
        &self.0.cause
    }

    /// What can be done about it; may be empty.
    pub fn remedy(&self) -> &str {
        &self.0.remedy
    }

    /// The kind of the system's error underneath, if there is one.
    pub fn io_kind(&self) -> Option<io::ErrorKind> {
        self.0.source.as_ref().map(io::Error::kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.0.path {
            write!(f, "{}: ", path.display())?;
        }
        f.write_str(&self.0.cause)?;
        if !self.0.remedy.is_empty() {
            write!(f, "; {}", self.0.remedy)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|e| e as _)
    }
}

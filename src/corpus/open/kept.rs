//! A reader that keeps what it hands on, so that the bytes of a record can be had after a library has taken it apart.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::rc::Rc;

/// Bytes that were handed on and not yet taken.
#[derive(Clone, Debug)]
pub(super) struct Store {
    bytes: Rc<RefCell<Vec<u8>>>,
    most: usize,
    full: Rc<Cell<bool>>,
}

impl Store {
    /// A store for at most so many bytes.
    pub(super) fn new(most: usize) -> Store {
        Store { bytes: Rc::default(), most, full: Rc::default() }
    }

    /// Takes all bytes.
    pub(super) fn take(&self) -> Vec<u8> {
        self.bytes.take()
    }

    /// Takes the first `length` bytes.
    pub(super) fn take_first(&self, length: usize) -> Vec<u8> {
        let mut bytes = self.bytes.borrow_mut();
        let length = length.min(bytes.len());
        bytes.drain(..length).collect()
    }

    /// Whether reading ended because too much was kept.
    pub(super) fn is_full(&self) -> bool {
        self.full.get()
    }
}

/// A reader that keeps what it hands on.
pub(super) struct Kept<R> {
    inner: R,
    store: Store,
}

impl<R: Read> Kept<R> {
    /// Keeps in `store` what `inner` gives.
    pub(super) fn new(inner: R, store: &Store) -> Kept<R> {
        Kept { inner, store: store.clone() }
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.store.bytes.borrow_mut();
        if bytes.len() > self.store.most {
            self.store.full.set(true);
            return Err(io::Error::other("a record is too long"));
        }
        let read = self.inner.read(buffer)?;
        bytes.extend_from_slice(&buffer[..read]);
        Ok(read)
    }
}

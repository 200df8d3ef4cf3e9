//! What an archive may ask for: how deep, how many files, how much more than its own size. An archive made to fill
//! memory or disk ends at these limits, with a row that names the limit.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// The limits of one file that was listed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Most archives and compressed files inside one another; `a.tar.gz` is two.
    pub(super) layers: u32,
    /// Most files in an archive.
    pub(super) entries: u64,
    /// Most bytes that come out for one that goes in; text compresses to a tenth, and rarely to a fiftieth.
    pub(super) ratio: u64,
    /// Bytes that may come out of the smallest file.
    pub(super) least: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { layers: 4, entries: 1_000_000, ratio: 200, least: 64 << 20 }
    }
}

/// How much came out of one file that was listed, through all its layers.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    put_in: Cell<u64>,
    came_out: Cell<u64>,
    burst: Cell<bool>,
}

impl Budget {
    /// The budget of a file of `bytes` bytes.
    pub(super) fn new(limits: Limits, bytes: u64) -> Budget {
        Budget { limits, put_in: Cell::new(bytes), came_out: Cell::new(0), burst: Cell::new(false) }
    }

    /// More bytes went in: the size of standard input is not known before its end.
    fn add(&self, bytes: usize) {
        self.put_in.set(self.put_in.get() + bytes as u64);
    }

    fn spend(&self, bytes: usize) -> io::Result<()> {
        self.came_out.set(self.came_out.get() + bytes as u64);
        if self.is_too_much(self.put_in.get(), self.came_out.get()) {
            self.burst.set(true);
        }
        match self.burst.get() {
            true => Err(io::Error::other("too much came out of a compressed file")),
            false => Ok(()),
        }
    }

    /// Whether so many bytes are too many to come out of so few.
    pub(super) fn is_too_much(&self, put_in: u64, came_out: u64) -> bool {
        came_out > self.limits.least && came_out > put_in.saturating_mul(self.limits.ratio)
    }

    /// Whether too much came out.
    pub(super) fn is_burst(&self) -> bool {
        self.burst.get()
    }

    /// The limit, as a message names it.
    pub(super) fn told(&self) -> String {
        let (ratio, least) = (self.limits.ratio, self.limits.least >> 20);
        format!("more than {ratio} times its own size and more than {least} MiB came out of it; unpack it yourself")
    }
}

/// What comes out of a compressed file, counted.
pub(super) struct ComingOut<R> {
    inner: R,
    budget: Rc<Budget>,
}

impl<R: Read> ComingOut<R> {
    /// Counts what `inner` gives.
    pub(super) fn new(inner: R, budget: &Rc<Budget>) -> ComingOut<R> {
        ComingOut { inner, budget: Rc::clone(budget) }
    }
}

impl<R: Read> Read for ComingOut<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.budget.spend(read)?;
        Ok(read)
    }
}

/// What goes in, counted, where its size is not known before.
pub(super) struct GoingIn<R> {
    inner: R,
    budget: Rc<Budget>,
}

impl<R: Read> GoingIn<R> {
    /// Counts what `inner` gives.
    pub(super) fn new(inner: R, budget: &Rc<Budget>) -> GoingIn<R> {
        GoingIn { inner, budget: Rc::clone(budget) }
    }
}

impl<R: Read> Read for GoingIn<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.budget.add(read);
        Ok(read)
    }
}

//! Places in a file.

use std::ops::Range;

/// A range of bytes of a whole file; both ends stand on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The place of what is missing or concerns a whole file.
    pub const FILE: Self = Self { start: 0, end: 0 };

    /// The span of `start..end`, which stays below the 4 GB that a `u32` can count:
    /// loading refuses longer texts.
    pub fn new(start: usize, end: usize) -> Self {
        let byte = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: byte(start), end: byte(end) }
    }

    /// The same span as a range to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

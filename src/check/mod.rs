//! Judgements on the whole graph.
//!
//! In: a catalog. Out: findings. One file per row; a check sees all entries and changes
//! none.

mod category;
mod coverage;
mod duplicate_prompt;
mod missing_section;
mod orphan;
mod requires_cycle;
mod retired_reference;
mod stale_review;
mod unused_skill;
mod vague_rubric;

use rayon::prelude::*;

use crate::catalog::{Catalog, Entry};
use crate::diagnostic::{Diagnostic, Findings};

/// A judgement.
pub type Check = fn(&Catalog) -> Vec<Diagnostic>;

/// Every check.
pub const CHECKS: &[Check] = &[
    category::check,
    coverage::check,
    duplicate_prompt::check,
    missing_section::check,
    orphan::check,
    requires_cycle::check,
    retired_reference::check,
    stale_review::check,
    unused_skill::check,
    vague_rubric::check,
];

/// The sections that an entry should have and has not.
pub fn missing_sections(entry: &Entry) -> impl Iterator<Item = &'static str> {
    missing_section::missing(entry)
}

/// Runs all checks.
pub fn all(catalog: &Catalog) -> Findings {
    let found: Vec<_> = CHECKS.par_iter().map(|check| check(catalog)).collect();
    found.into_iter().flatten().collect()
}

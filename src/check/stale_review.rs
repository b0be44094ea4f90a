//! `stale-review`: nobody has looked for a long time whether an entry is still true.

use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let Some(after) = catalog.settings.review_after else { return Vec::new() };
    let stale = catalog.entries.iter().filter_map(|entry| {
        let (date, span) = entry.common.reviewed?;
        date.is_older_than(after, catalog.today).then(|| {
            let message = format!("reviewed on {}, which is long ago", date.0);
            Diagnostic::new(Code::StaleReview, &entry.place.file, span, message).help(
                "read it again, mend what is no longer true, and set the date of today",
            )
        })
    });
    stale.collect()
}

//! `bad-value`: a question is in a category that its bank has not.

use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic};
use crate::kind::Bank;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let wrong = catalog.of_kind("question").filter_map(|(_, entry)| {
        let category = entry.common.category.as_ref()?;
        let (_, bank) = catalog.parent(entry)?;
        let categories = &bank.fields::<Bank>()?.categories.0;
        if categories.iter().any(|(id, _)| **id == *category.text) {
            return None;
        }
        let message = format!("the bank has no category `{}`", category.text);
        let file = &entry.place.file;
        let known = categories.iter().map(|(id, _)| &**id);
        Some(
            Diagnostic::new(Code::BadValue, file, category.span, message)
                .did_you_mean(&category.text, known),
        )
    });
    wrong.collect()
}

//! A free page at the top of the site: home, about, privacy.

use super::head;
use crate::catalog::{Files, Kind, Order};
use crate::record::{Data, Fields, Look, Named, Object, Reader, Record, Wanted};
use crate::syntax::markdown::Style;

/// A free page has no fields of its own.
#[derive(Debug)]
pub struct Page;

impl Record for Page {
    fn take(_: &mut Fields<'_, '_>, _: &mut Reader<'_>) -> Option<Self> {
        Some(Self)
    }

    fn describe(_: &mut Object) {}

    fn fill(&self, _: &mut Data, _: &dyn Look, _: Wanted<'_>) {}
}

impl Named for Page {
    const KIND: &'static str = "page";
}

/// The row of this kind.
pub(super) static KIND: Kind = Kind {
    name: "page",
    plural: "",
    files: Files::TopMarkdown,
    read: head::read::<Page>,
    describe: head::describe::<Page>,
    style: Style { fields: false, folded: &[], page: true },
    sections: &[],
    order: Order::Title,
    starter: include_str!("starter/page.md"),
    anchors: None,
};

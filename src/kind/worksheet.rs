//! A form to fill in and print.

use super::{Skill, Step, head};
use crate::catalog::{Files, Kind, Order};
use crate::record::{Count, List, Named, Ref, record};
use crate::syntax::markdown::Style;

record! {
    /// The fields of a worksheet.
    Worksheet {
        /// The steps that use it.
        required steps: List<Ref<Step>, 1>,
        /// The skills it trains.
        optional skills: List<Ref<Skill>>,
        /// How many A4 pages it prints on.
        optional pages: Option<Count>,
    }
}

impl Named for Worksheet {
    const KIND: &'static str = "worksheet";
}

/// The row of this kind.
pub(super) static KIND: Kind = Kind {
    name: "worksheet",
    plural: "worksheets",
    files: Files::Markdown("worksheets"),
    read: head::read::<Worksheet>,
    describe: head::describe::<Worksheet>,
    style: Style { fields: true, folded: &["Filled example"], page: true },
    sections: &[],
    order: Order::Title,
    starter: include_str!("starter/worksheet.md"),
    anchors: None,
};

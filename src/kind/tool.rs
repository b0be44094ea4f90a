//! One framework: when to use it, when it hurts.

use super::{Skill, head};
use crate::catalog::{Files, Kind, Order};
use crate::record::{List, Markdown, Named, Ref, record};
use crate::syntax::markdown::Style;

record! {
    /// The fields of a tool.
    Tool {
        /// The skills it serves.
        required skills: List<Ref<Skill>, 1>,
        /// Where it comes from.
        required origin: Markdown,
        /// When to use it.
        required use_when: Markdown,
        /// When it hurts.
        required hurts_when: Markdown,
    }
}

impl Named for Tool {
    const KIND: &'static str = "tool";
}

/// The row of this kind.
pub(super) static KIND: Kind = Kind {
    name: "tool",
    plural: "tools",
    files: Files::Markdown("tools"),
    read: head::read::<Tool>,
    describe: head::describe::<Tool>,
    style: Style { fields: false, folded: &[], page: true },
    sections: &[],
    order: Order::Title,
    starter: include_str!("starter/tool.md"),
    anchors: None,
};

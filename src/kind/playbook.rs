//! How to do one thing well.

use super::step::Recall;
use super::{Skill, Step, Worksheet, head};
use crate::catalog::{Files, Kind, Order};
use crate::record::{Effort, List, Named, Ref, record};
use crate::syntax::markdown::Style;

record! {
    /// The fields of a playbook.
    Playbook {
        /// The steps it serves.
        required steps: List<Ref<Step>, 1>,
        /// The skills it trains.
        required skills: List<Ref<Skill>, 1>,
        /// How long it takes.
        optional effort: Option<Effort>,
        /// The worksheets it uses.
        optional worksheets: List<Ref<Worksheet>>,
        /// Cards to remember it by.
        optional recall: List<Recall>,
    }
}

impl Named for Playbook {
    const KIND: &'static str = "playbook";
}

/// The row of this kind.
pub(super) static KIND: Kind = Kind {
    name: "playbook",
    plural: "playbooks",
    files: Files::Markdown("playbooks"),
    read: head::read::<Playbook>,
    describe: head::describe::<Playbook>,
    style: Style { fields: false, folded: &[], page: true },
    sections: &[],
    order: Order::Title,
    starter: include_str!("starter/playbook.md"),
    anchors: None,
};

//! One step of the journey.

use super::{Playbook, Project, Skill, Worksheet, head};
use crate::catalog::{Common, Files, Kind, Order};
use crate::record::{
    Effort, Fields, List, Markdown, Named, Number, Reader, Record, Ref, record,
};
use crate::syntax::markdown::Style;

record! {
    /// The fields of a step.
    Step {
        /// Its place in the journey.
        required order: Number,
        /// The steps to do before.
        optional requires: List<Ref<Step>>,
        /// How long it takes.
        required effort: Effort,
        /// What it changes for the reader.
        required outcome: Markdown,
        /// The skills it trains.
        required skills: List<Ref<Skill>, 1>,
        /// The playbooks it uses.
        optional playbooks: List<Ref<Playbook>>,
        /// The worksheets it uses.
        optional worksheets: List<Ref<Worksheet>>,
        /// The projects that are a way to do it.
        optional projects: List<Ref<Project>>,
        /// What is there when it is done.
        required done_when: List<Markdown, 1>,
        /// Cards to remember it by.
        optional recall: List<Recall>,
    }
}

record! {
    /// A card for spaced practice.
    Recall {
        /// What is asked.
        required front: Markdown,
        /// What is to be remembered.
        required back: Markdown,
    }
}

impl Named for Step {
    const KIND: &'static str = "step";
}

/// The row of this kind.
pub(super) static KIND: Kind = Kind {
    name: "step",
    plural: "steps",
    files: Files::Markdown("steps"),
    read,
    describe: head::describe::<Step>,
    style: Style { fields: false, folded: &[], page: true },
    sections: &["Why it matters", "Do this", "What good looks like", "If it goes wrong"],
    order: Order::Number,
    starter: include_str!("starter/step.md"),
    anchors: None,
};

fn read(
    fields: &mut Fields<'_, '_>,
    reader: &mut Reader<'_>,
) -> (Common, Option<Box<dyn Record>>) {
    let (mut common, own) = head::read::<Step>(fields, reader);
    let step =
        own.as_deref().and_then(|own| (own as &dyn std::any::Any).downcast_ref::<Step>());
    common.number = step.map(|step| step.order.0);
    (common, own)
}

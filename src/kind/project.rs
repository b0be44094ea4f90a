//! A project to get one's feet wet.

use super::{Skill, Step, head};
use crate::catalog::{Files, Kind, Order};
use crate::record::{Effort, List, Markdown, Named, Ref, choices, record};
use crate::syntax::markdown::Style;

choices! {
    /// How much can go wrong.
    Risk {
        /// Nobody notices a failure.
        Low "low",
        /// Somebody does.
        Medium "medium",
        /// It costs trust.
        High "high",
    }
}

choices! {
    /// Whose leave it needs.
    Access {
        /// Nobody's.
        None "none",
        /// One's own team's.
        OwnTeam "own-team",
        /// A product manager's.
        Product "product",
        /// A customer's.
        Customer "customer",
    }
}

record! {
    /// The fields of a project.
    Project {
        /// The skills it trains.
        required skills: List<Ref<Skill>, 1>,
        /// How long it takes.
        required effort: Effort,
        /// How much can go wrong.
        required risk: Risk,
        /// Whose leave it needs.
        required access: Access,
        /// The line that it lets one write.
        required evidence: Markdown,
        /// The steps it belongs to.
        optional steps: List<Ref<Step>>,
    }
}

impl Named for Project {
    const KIND: &'static str = "project";
}

/// The row of this kind.
pub(super) static KIND: Kind = Kind {
    name: "project",
    plural: "projects",
    files: Files::Markdown("projects"),
    read: head::read::<Project>,
    describe: head::describe::<Project>,
    style: Style { fields: false, folded: &[], page: true },
    sections: &[],
    order: Order::Title,
    starter: include_str!("starter/project.md"),
    anchors: None,
};

//! One skill, with levels, exercises and the phrases of job listings.

use tera::Value;

use super::head;
use crate::catalog::{Entry, Files, Kind, Order};
use crate::record::{
    Count, Field, Fields, Id, List, Look, Markdown, Named, Object, Reader, Ref, Text,
    choices, record,
};
use crate::syntax::markdown::Style;
use crate::syntax::yaml::Node;

choices! {
    /// What a skill is part of.
    Group {
        /// Understanding people and problems.
        Insight "insight",
        /// Choosing where to go.
        Strategy "strategy",
        /// Getting it done.
        Execution "execution",
        /// Getting others to move.
        Influence "influence",
    }
}

choices! {
    /// The level that a first product role asks for.
    Target {
        /// Working.
        Two "2",
        /// Practising.
        Three "3",
    }
}

choices! {
    /// Whose leave an exercise needs.
    Permission {
        /// Nobody's.
        None "none",
        /// The manager's.
        Manager "manager",
        /// A product manager's.
        Pm "pm",
    }
}

record! {
    /// The fields of a skill.
    Skill {
        /// What it is part of.
        required group: Group,
        /// What each of the levels 1 to 4 looks like.
        required levels: Levels,
        /// The level that a first product role asks for.
        required target: Target,
        /// What engineers bring.
        required head_start: Markdown,
        /// What they usually lack.
        required gap: Markdown,
        /// What to practise.
        required exercises: List<Exercise>,
        /// What listings call it; `*` ends a stem.
        required phrases: List<Text, 1>,
        /// What looks like it in a listing and is not.
        optional not_phrases: List<Text>,
        /// Skills that are close to it.
        optional related: List<Ref<Skill>>,
    }
}

record! {
    /// A thing to practise.
    Exercise {
        /// What links and readers' progress call it.
        required id: Id,
        /// What it is called.
        required title: Text,
        /// How long it takes.
        required minutes: Count,
        /// Whose leave it needs.
        required permission: Permission,
        /// What is there afterwards.
        required output: Markdown,
    }
}

record! {
    /// One level of a skill.
    Level {
        /// What somebody at this level does.
        required text: Markdown,
        /// Lines that somebody at this level can write.
        required evidence: List<Markdown, 1>,
    }
}

/// The four levels.
#[derive(Debug)]
pub struct Levels(
    /// Level 1 first.
    pub [Level; 4],
);

const LEVELS: [&str; 4] = ["1", "2", "3", "4"];

impl Field for Levels {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(mut fields) = Fields::of(node) else {
            reader.unfit(node, "a map of the levels 1 to 4");
            return None;
        };
        let levels = LEVELS.map(|name| fields.required::<Level>(name, reader));
        fields.close(reader);
        let levels: Vec<Level> = levels.into_iter().flatten().collect();
        levels.try_into().ok().map(Self)
    }

    fn schema() -> serde_json::Value {
        let mut object = Object::default();
        for name in LEVELS {
            object.required::<Level>(name, "");
        }
        object.into()
    }

    fn data(&self, look: &dyn Look) -> Value {
        self.0.iter().map(|level| level.data(look)).collect::<Vec<_>>().into()
    }
}

impl Named for Skill {
    const KIND: &'static str = "skill";
}

/// The row of this kind.
pub(super) static KIND: Kind = Kind {
    name: "skill",
    plural: "skills",
    files: Files::Markdown("skills"),
    read: head::read::<Skill>,
    describe: head::describe::<Skill>,
    style: Style { fields: false, folded: &[], page: true },
    sections: &[],
    order: Order::Title,
    starter: include_str!("starter/skill.md"),
    anchors: Some(anchors),
};

fn anchors(entry: &Entry) -> Vec<Box<str>> {
    let exercises = entry.fields::<Skill>().map_or(&[][..], |skill| &skill.exercises);
    exercises.iter().map(|exercise| exercise.id.text.clone()).collect()
}

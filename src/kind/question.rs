//! One interview question of a bank.

use super::step::Recall;
use super::{Skill, Step, Tool, head};
use crate::catalog::{Common, Files, Kind, Order, SourceNote};
use crate::record::{
    Count, Date, Fields, List, Markdown, Named, Object, Prompt, Reader, Record, Ref,
    Text, Token, choices, record,
};
use crate::syntax::markdown::Style;
use crate::syntax::yaml::{Node, Value};

choices! {
    /// Whether a question is asked.
    Status {
        /// Not published yet.
        Draft "draft",
        /// Asked.
        Active "active",
        /// Kept for those who know its address.
        Retired "retired",
    }
}

choices! {
    /// How hard a question is.
    Level {
        /// A first one.
        Easy "easy",
        /// A usual one.
        Medium "medium",
        /// A demanding one.
        Hard "hard",
    }
}

choices! {
    /// Who is asked it.
    Seniority {
        /// Associates.
        Apm "apm",
        /// Product managers.
        Pm "pm",
        /// Senior product managers.
        Senior "senior",
    }
}

choices! {
    /// How good a sample answer is.
    Grade {
        /// Strong no.
        One "1",
        /// No.
        Two "2",
        /// Yes.
        Three "3",
        /// Strong yes.
        Four "4",
    }
}

record! {
    /// The fields of a question.
    Question {
        /// Whether it is asked.
        optional status: Option<Status>,
        /// What is asked instead.
        optional replaced_by: Option<Ref<Question>>,
        /// The question, to be spoken.
        required prompt: Prompt,
        /// What the interviewer would tell.
        optional context: Option<Markdown>,
        /// What the interviewer would answer, if asked.
        optional clarifiers: List<Clarifier>,
        /// One of the bank's categories.
        required category: Token,
        /// What it tests, the main skill first.
        required skills: List<Ref<Skill>, 1, 3>,
        /// The steps it belongs to.
        optional steps: List<Ref<Step>>,
        /// Tools that help.
        optional tools: List<Ref<Tool>>,
        /// Questions close to it.
        optional related: List<Ref<Question>>,
        /// How hard it is.
        required level: Level,
        /// Who is asked it.
        optional seniority: List<Seniority>,
        /// How long an answer takes.
        required minutes: Count,
        /// What the interviewer wants to learn.
        required why: Markdown,
        /// What is scored.
        required rubric: List<RubricLine, 2>,
        /// The moves of an approach.
        required outline: List<Markdown, 3, 8>,
        /// What is asked next.
        required follow_ups: List<FollowUp, 2>,
        /// How answers fail.
        required pitfalls: List<Markdown, 1>,
        /// Graded answers.
        optional samples: List<Sample>,
        /// Cards to remember it by.
        optional recall: List<Recall>,
    }
}

record! {
    /// What an interviewer would answer.
    Clarifier {
        /// What the candidate asks.
        required q: Markdown,
        /// The answer.
        required a: Markdown,
    }
}

record! {
    /// One line of a rubric, with what answers of different strength look like.
    RubricLine {
        /// What is scored.
        required line: Text,
        /// A weak answer.
        required weak: Markdown,
        /// A fair answer.
        optional fair: Option<Markdown>,
        /// A strong answer.
        required strong: Markdown,
    }
}

record! {
    /// What is asked next.
    FollowUp {
        /// The question.
        required q: Markdown,
        /// When it is asked.
        optional when: Option<Text>,
        /// The skill it tests.
        optional tests: Option<Ref<Skill>>,
    }
}

record! {
    /// A graded answer.
    Sample {
        /// How good it is.
        required level: Grade,
        /// The answer.
        required text: Markdown,
        /// Why it is as good as it is.
        required notes: Markdown,
    }
}

impl Named for Question {
    const KIND: &'static str = "question";
}

/// The row of this kind.
pub(super) static KIND: Kind = Kind {
    name: "question",
    plural: "questions",
    files: Files::Inside { kind: "bank", field: "questions" },
    read,
    describe,
    style: Style { fields: false, folded: &[], page: false },
    sections: &[],
    order: Order::File,
    starter: include_str!("starter/question.yaml"),
    anchors: None,
};

fn read(
    fields: &mut Fields<'_, '_>,
    reader: &mut Reader<'_>,
) -> (Common, Option<Box<dyn Record>>) {
    let aliases = head::aliases(fields, reader);
    let sources = fields.optional("sources", reader).unwrap_or_default();
    let span = fields.get("reviewed").map(|node| node.span);
    let reviewed = fields.required::<Date>("reviewed", reader).zip(span);
    // Status and category are told also of a question whose other fields are wrong.
    let status = fields.get("status").and_then(status);
    let category = fields.get("category").and_then(category);
    let own = Question::take(fields, reader);
    let title = own.as_ref().map(|own| own.prompt.text.clone());
    let common = Common {
        title: title.unwrap_or_default(),
        aliases,
        sources,
        reviewed,
        draft: status == Some(Status::Draft),
        retired: status == Some(Status::Retired),
        category,
        complete: reviewed.is_some(),
        ..Common::default()
    };
    (common, own.map(|own| Box::new(own) as Box<dyn Record>))
}

fn status(node: &Node<'_>) -> Option<Status> {
    let Value::Text(text) = &node.value else { return None };
    [Status::Draft, Status::Retired].into_iter().find(|status| status.word() == text)
}

fn category(node: &Node<'_>) -> Option<Token> {
    let Value::Text(text) = &node.value else { return None };
    let text = text.trim().to_owned();
    (!text.is_empty()).then_some(Token { text, span: node.span })
}

fn describe(object: &mut Object) {
    head::describe_aliases(object);
    object.optional::<List<SourceNote>>("sources", "What it rests on.");
    object.required::<Date>(
        "reviewed",
        "When somebody last looked whether it is still true.",
    );
    Question::describe(object);
}

//! What pmjump has to say about content: findings and how they are printed.
//!
//! In: nothing, this is the lowest layer. Out: [`Diagnostic`], [`Findings`], [`Checked`],
//! the table of [`Code`]s with their explanations, and the [`printer`]s.
//! Keeps true: a finding travels beside a value, never instead of it; places are byte
//! spans of a whole file, and lines and columns exist only inside printers.

mod code;
mod findings;
mod lines;
mod near;
pub mod printer;
mod span;

pub use code::{Code, Severity};
pub use findings::{Checked, Findings, Levels};
pub use lines::{Lines, Place};
pub use near::nearest;
pub use span::Span;

use std::sync::Arc;

/// A file's path inside the project, with `/` on every system.
pub type FilePath = Arc<str>;

/// One thing found, at the place where an author can mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which judgement this is.
    pub code: Code,
    /// How much it weighs; the code's own weight unless `site.yaml` says otherwise.
    pub severity: Severity,
    /// What was found, and what was expected.
    pub message: String,
    /// The file to open.
    pub file: FilePath,
    /// The exact token; empty at 0 for what is missing or concerns the whole file.
    pub span: Span,
    /// A word or two at the token, for printers that show an excerpt.
    pub label: &'static str,
    /// What to do.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
}

/// A second place of a finding, such as the first of two that clash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The file of the place.
    pub file: FilePath,
    /// The place in it.
    pub span: Span,
    /// What is there.
    pub message: String,
}

impl Diagnostic {
    /// A finding at `span` of `file`, with the weight that its code has by default.
    pub fn new(
        code: Code,
        file: &FilePath,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            file: Arc::clone(file),
            span,
            label: "",
            help: None,
            labels: Vec::new(),
        }
    }

    /// The same finding with words beside its token.
    #[must_use]
    pub fn label(mut self, label: &'static str) -> Self {
        self.label = label;
        self
    }

    /// The same finding with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with the nearest known name as advice, if one is near.
    #[must_use]
    pub fn did_you_mean<'a>(
        mut self,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        if let Some(near) = nearest(name, known) {
            self.help = Some(format!("did you mean `{near}`?"));
        }
        self
    }

    /// The same finding with a second place.
    #[must_use]
    pub fn also(
        mut self,
        file: &FilePath,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        let file = Arc::clone(file);
        self.labels.push(Label { file, span, message: message.into() });
        self
    }
}

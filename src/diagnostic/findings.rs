//! Findings beside values.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity};

/// The most findings of a file that are told.
const MOST: usize = 10_000;

/// A value, and what is wrong with what it was made from.
#[derive(Debug)]
pub struct Checked<T> {
    /// What could be made.
    pub value: T,
    /// What was found on the way.
    pub findings: Findings,
}

/// The findings of a run or of a part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(Vec<Diagnostic>);

/// Weights that `site.yaml` gives to codes; `None` turns a code off.
pub type Levels = BTreeMap<Code, Option<Severity>>;

impl Findings {
    /// No findings yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.0.push(finding);
    }

    /// Adds many findings.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(findings);
    }

    /// Keeps the findings of `checked` and hands on its value.
    pub fn take<T>(&mut self, checked: Checked<T>) -> T {
        self.0.extend(checked.findings.0);
        checked.value
    }

    /// The findings as they are printed: weighed by `levels`, sorted by file and place,
    /// each once. A file that has thousands of them is not what it should be: the
    /// last that is told says how many there are.
    #[must_use]
    pub fn settled(mut self, levels: &Levels) -> Self {
        self.0.retain_mut(|finding| weigh(finding, levels));
        self.0.sort_by(|a, b| key(a).cmp(&key(b)));
        self.0.dedup();
        Self(shortened(self.0))
    }

    /// How many findings have this weight.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Findings {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Diagnostic> for Findings {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(findings: I) -> Self {
        Self(findings.into_iter().collect())
    }
}

impl<T> Checked<T> {
    /// A value with nothing to say about it.
    pub fn clean(value: T) -> Self {
        Self { value, findings: Findings::new() }
    }
}

/// Gives the finding its weight; false if it is turned off.
fn weigh(finding: &mut Diagnostic, levels: &Levels) -> bool {
    match levels.get(&finding.code) {
        Some(None) => return false,
        Some(Some(severity)) => finding.severity = *severity,
        None => {}
    }
    true
}

/// The first findings of each file. An error among the others takes the place of the
/// last.
fn shortened(all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(all.len());
    let mut count = 0;
    for finding in all {
        let last = kept.last_mut().filter(|last| last.file == finding.file);
        count = if last.is_some() { count + 1 } else { 1 };
        match last.filter(|_| count > MOST) {
            None => kept.push(finding),
            Some(last) => {
                if finding.severity < last.severity {
                    *last = finding;
                }
                let more = count - MOST;
                last.help = Some(format!("there are {more} more findings in this file"));
            }
        }
    }
    kept
}

fn key(finding: &Diagnostic) -> (&str, super::Span, Code, &str) {
    (&finding.file, finding.span, finding.code, &finding.message)
}

#[cfg(test)]
mod tests {
    use super::{Code, Diagnostic, Findings, MOST, Severity};
    use crate::diagnostic::Span;

    #[test]
    fn thousands_of_findings_in_a_file_end_with_their_number() {
        let finding = |number: usize| {
            let code = if number > MOST + 7 { Code::BadValue } else { Code::HeadingSkip };
            Diagnostic::new(code, &"a.md".into(), Span::new(number, number + 1), "x")
        };
        let once = Findings::from_iter((0..MOST + 10).map(finding));
        let once = once.settled(&Default::default());
        assert_eq!((once.iter().len(), once.count(Severity::Error)), (MOST, 1));
        let last = once.iter().next_back().unwrap();
        assert_eq!(last.help.as_deref(), Some("there are 10 more findings in this file"));
        assert_eq!(once.clone().settled(&Default::default()), once);
    }
}

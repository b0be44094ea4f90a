//! The table of codes: every judgement that pmjump makes, its weight, and its page for
//! `pmjump explain`. A row is a line here and a file `code/NAME.md` beside this one.

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is built while it stands.
    Error,
    /// The site is built; `--deny-warnings` makes it count.
    Warning,
}

impl Severity {
    /// The word that printers use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($code:ident $name:literal $severity:ident,)*) => {
        /// The name of a judgement, as printed, explained, and weighed in `site.yaml`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`")] $code,)*
        }

        impl Code {
            /// Every code, errors first.
            pub const ALL: &[Self] = &[$(Self::$code),*];

            /// The name in messages.
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => $name),* }
            }

            /// Its weight unless `site.yaml` gives it another.
            pub fn severity(self) -> Severity {
                match self { $(Self::$code => Severity::$severity),* }
            }

            /// Its page in Markdown: meaning, reason, example, fix.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Self::$code => include_str!(concat!("code/", $name, ".md"))),*
                }
            }
        }
    };
}

codes! {
    BadYaml "bad-yaml" Error,
    MissingFrontMatter "missing-front-matter" Error,
    BadFrontMatter "bad-front-matter" Error,
    UnknownField "unknown-field" Error,
    DuplicateField "duplicate-field" Error,
    MissingField "missing-field" Error,
    BadValue "bad-value" Error,
    BadId "bad-id" Error,
    DuplicateId "duplicate-id" Error,
    UnknownReference "unknown-reference" Error,
    AmbiguousReference "ambiguous-reference" Error,
    WrongKind "wrong-kind" Error,
    UnknownAnchor "unknown-anchor" Error,
    UnknownAsset "unknown-asset" Error,
    OutsideProject "outside-project" Error,
    RequiresCycle "requires-cycle" Error,
    OutputCollision "output-collision" Error,
    TemplateError "template-error" Error,
    NotUtf8 "not-utf8" Error,
    TooLarge "too-large" Error,
    Orphan "orphan" Warning,
    UnusedSkill "unused-skill" Warning,
    ThinCoverage "thin-coverage" Warning,
    MissingSection "missing-section" Warning,
    DuplicatePrompt "duplicate-prompt" Warning,
    VagueRubric "vague-rubric" Warning,
    StaleReview "stale-review" Warning,
    LowContrast "low-contrast" Warning,
    LongSummary "long-summary" Warning,
    LongPrompt "long-prompt" Warning,
    MissingAlt "missing-alt" Warning,
    EmptyLinkText "empty-link-text" Warning,
    HeadingSkip "heading-skip" Warning,
    DuplicateAnchor "duplicate-anchor" Warning,
    DroppedHtml "dropped-html" Warning,
    RetiredReference "retired-reference" Warning,
    BareUrlList "bare-url-list" Warning,
    BrokenLink "broken-link" Warning,
}

impl Code {
    /// The code of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_explanation_has_its_parts() {
        for code in Code::ALL {
            let page = code.explanation();
            assert!(page.starts_with(&format!("# {}\n", code.name())), "{}", code.name());
            for part in ["## Why it matters", "## Example", "## Fix"] {
                assert!(page.contains(part), "{}: {part}", code.name());
            }
        }
    }

    #[test]
    fn names_find_their_codes() {
        for code in Code::ALL {
            assert_eq!(Code::named(code.name()), Some(*code));
        }
    }
}

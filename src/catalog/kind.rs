//! A row of the table of kinds. The rows stand in [`crate::kind`].

use super::{Common, Entry};
use crate::record::{Fields, Object, Reader, Record};
use crate::syntax::markdown::Style;

/// Reads what every entry has, and the kind's own fields if they could be read.
pub type ReadFields = fn(&mut Fields<'_, '_>, &mut Reader<'_>) -> (Common, Option<Own>);

/// Fields of a kind.
pub type Own = Box<dyn Record>;

/// Lists the ids in an entry's fields that a link can name.
pub type ListAnchors = fn(&Entry) -> Vec<Box<str>>;

/// A kind of content: what one file under `src/kind/` says about it.
pub struct Kind {
    /// The name in links and commands, `step`.
    pub name: &'static str,
    /// The folder of its pages, `steps`; empty for pages at the top.
    pub plural: &'static str,
    /// Which files hold it.
    pub files: Files,
    /// Reads its fields from a map.
    pub read: ReadFields,
    /// Adds its fields to a JSON Schema.
    pub describe: fn(&mut Object),
    /// How its Markdown is read.
    pub style: Style,
    /// The level-2 headings that it must have, by their exact text.
    pub sections: &'static [&'static str],
    /// How its entries follow each other.
    pub order: Order,
    /// A starter file, or for an entry inside a file the lines that are added to it; `ID`
    /// stands for the id, `DATE` for today.
    pub starter: &'static str,
    /// Ids inside an entry's fields that a link can name, for kinds that have some.
    pub anchors: Option<ListAnchors>,
}

/// Which files hold a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// Markdown at any depth below this folder of `content/`, one entry each.
    Markdown(&'static str),
    /// Markdown directly in `content/`, one entry each.
    TopMarkdown,
    /// YAML at any depth below this folder of `content/`, one entry each.
    Yaml(&'static str),
    /// One YAML file of `content/` that is a list of entries.
    List(&'static str),
    /// A list in a field of the files of another kind.
    Inside {
        /// The name of that kind.
        kind: &'static str,
        /// The field.
        field: &'static str,
    },
}

/// How entries of a kind follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By a number in their fields, then by title.
    Number,
    /// By title.
    Title,
    /// As they stand in their files.
    File,
}

impl Kind {
    /// Whether its entries have pages of their own, not places on one page.
    pub fn has_pages(&self) -> bool {
        !matches!(self.files, Files::List(_))
    }
}

impl Files {
    /// Whether a file at this path of the project holds entries of the kind.
    pub fn holds(&self, path: &str) -> bool {
        let Some(path) = path.strip_prefix("content/") else { return false };
        let below = |folder: &str, ending: &str| {
            let inside =
                path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            inside.is_some() && path.ends_with(ending)
        };
        let readme = path.rsplit('/').next() == Some("README.md");
        match self {
            Self::Markdown(folder) => below(folder, ".md") && !readme,
            Self::TopMarkdown => !path.contains('/') && path.ends_with(".md") && !readme,
            Self::Yaml(folder) => below(folder, ".yaml"),
            Self::List(file) => path == *file,
            Self::Inside { .. } => false,
        }
    }
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

//! Links that open a file at its line in an editor.
//!
//! In: the name of an editor, a command such as `code --wait`, or a pattern. Out: an
//! address that the editor has registered with the system. Keeps true: nothing is ever
//! started from here; the browser asks its user before it follows such a link.

use std::path::Path;

use crate::syntax::url::percent_encode;

/// Editors by the names of their commands, with the pattern of their links.
const EDITORS: &[(&[&str], &str)] = &[
    (&["code", "vscode"], "vscode://file{path}:{line}:{column}"),
    (&["code-insiders"], "vscode-insiders://file{path}:{line}:{column}"),
    (&["codium", "vscodium"], "vscodium://file{path}:{line}:{column}"),
    (&["cursor"], "cursor://file{path}:{line}:{column}"),
    (&["windsurf"], "windsurf://file{path}:{line}:{column}"),
    (&["zed", "zeditor"], "zed://file{path}:{line}:{column}"),
    (
        &["subl", "sublime", "sublime_text"],
        "subl://open?url=file://{path}&line={line}&column={column}",
    ),
    (&["idea"], "idea://open?file={path}&line={line}&column={column}"),
    (&["pycharm"], "pycharm://open?file={path}&line={line}&column={column}"),
    (&["webstorm"], "webstorm://open?file={path}&line={line}&column={column}"),
    (&["mvim", "macvim"], "mvim://open?url=file://{path}&line={line}&column={column}"),
    (&["mate", "textmate"], "txmt://open?url=file://{path}&line={line}&column={column}"),
    (
        &["emacs", "emacsclient"],
        "emacs://open?url=file://{path}&line={line}&column={column}",
    ),
    (&["nova"], "nova://open?path={path}&line={line}"),
];

/// How a file is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor(String);

impl Default for Editor {
    fn default() -> Self {
        Self(EDITORS[0].1.to_owned())
    }
}

impl Editor {
    /// The editor of this name, command, or pattern with `{path}`; `None` if it has no
    /// links that are known.
    pub fn named(name: &str) -> Option<Self> {
        if name.contains("{path}") && name.contains(':') {
            return Some(Self(name.to_owned()));
        }
        let command = name.split_whitespace().next()?;
        let command = command.rsplit(['/', '\\']).next()?.to_lowercase();
        let command = command.trim_end_matches(".exe").trim_end_matches(".cmd");
        let row = EDITORS.iter().find(|(names, _)| names.contains(&command))?;
        Some(Self(row.1.to_owned()))
    }

    /// The names that are known.
    pub fn names() -> impl Iterator<Item = &'static str> {
        EDITORS.iter().map(|(names, _)| names[0])
    }

    /// The address that opens a file at a line and a column, both from 1.
    pub fn link(&self, file: &Path, line: usize, column: usize) -> String {
        let path = file.to_string_lossy().replace('\\', "/");
        let path = percent_encode(&path).replace('&', "%26");
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        self.0
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string())
            .replace("{path}", &path)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Editor;

    #[test]
    fn editors_are_known_by_name_command_and_pattern() {
        let link = |name: &str| {
            Editor::named(name).map(|editor| editor.link(Path::new("/a b/c.md"), 3, 5))
        };
        let code = Some("vscode://file/a%20b/c.md:3:5".to_owned());
        assert_eq!(link("code"), code);
        assert_eq!(link("/usr/bin/code --wait"), code);
        assert_eq!(link("x://{path}?{line}").as_deref(), Some("x:///a%20b/c.md?3"));
        assert_eq!(link("nano"), None);
        assert_eq!(link(""), None);
    }
}

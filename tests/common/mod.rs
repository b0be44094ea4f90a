//! A small project in a folder of its own, and the program run on it.

pub(crate) mod limited;
mod samples;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

#[allow(unused_imports, reason = "each test uses its part of it")]
pub(crate) use samples::{BANK, SAMPLES, SITE};

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_pmjump");

/// The day of every build here, 2026-11-20, so that no test depends on the clock.
const DAY: &str = "1795132800";

/// The bare theme, by path below `themes/bare/`.
static BARE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themes/bare"))
});

/// What a run of the program left behind.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A project's folder, removed at the end.
pub(crate) struct Project {
    _dir: TempDir,
    pub(crate) root: PathBuf,
}

impl Project {
    /// Nothing but `site.yaml` and the bare theme.
    pub(crate) fn new() -> Self {
        Self::named("project")
    }

    /// The same in a folder of this name.
    pub(crate) fn named(name: &str) -> Self {
        let project = Self::folder(name);
        for (path, bytes) in BARE.iter() {
            project.write(&format!("themes/bare/{path}"), bytes);
        }
        project.write("content/site.yaml", SITE);
        project
    }

    /// One entry of each kind, without any finding.
    pub(crate) fn full() -> Self {
        let project = Self::new();
        for (path, text) in SAMPLES {
            project.write(path, text);
        }
        project
    }

    /// An empty folder of this name.
    pub(crate) fn folder(name: &str) -> Self {
        let dir = tempfile::tempdir().expect("a folder for the test can be made");
        let root = dir.path().canonicalize().expect("it is there").join(name);
        fs::create_dir(&root).expect("it is empty");
        Self { _dir: dir, root }
    }

    /// The same project with one more file.
    pub(crate) fn with(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(path, bytes);
        self
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let place = self.root.join(path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).expect("the folder can be made");
        }
        fs::write(&place, bytes).expect("the file can be written");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        let place = self.root.join(path);
        fs::read_to_string(&place).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root.join(path)).expect("the file is there");
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.root.join(path).symlink_metadata().is_ok()
    }

    /// Runs the program in the project's folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        finish(&mut self.command(arguments))
    }

    /// The program with these arguments, not started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(&self.root);
        command
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .env_remove("CLICOLOR");
        command.env("SOURCE_DATE_EPOCH", DAY).stdin(Stdio::null());
        command
    }

    /// Builds, and fails the test unless that goes well.
    pub(crate) fn build(&self) -> Run {
        let run = self.run(&["build"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run
    }

    /// The built site without pmjump's own folder.
    pub(crate) fn site(&self) -> BTreeMap<String, Vec<u8>> {
        self.site_at("site")
    }

    /// The site that was built into this folder.
    pub(crate) fn site_at(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = tree(&self.root.join(folder));
        files.retain(|path, _| !path.starts_with(".pmjump/"));
        files
    }

    /// What a build of the same project writes into an empty folder.
    pub(crate) fn clean_site(&self) -> BTreeMap<String, Vec<u8>> {
        let run = self.run(&["build", "--out", "clean"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let site = self.site_at("clean");
        fs::remove_dir_all(self.root.join("clean")).expect("it was just made");
        site
    }

    /// The findings of `check`, as `code file:line:column`.
    pub(crate) fn findings(&self) -> Vec<String> {
        let run = self.run(&["check", "--format", "json"]);
        run.stdout.lines().map(shown).collect()
    }
}

fn shown(line: &str) -> String {
    let finding: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
    let text = |name: &str| finding[name].as_str().unwrap_or("").to_owned();
    let (line, column) = (&finding["line"], &finding["column"]);
    format!("{} {}:{line}:{column}", text("code"), text("file"))
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Run {
    command.output().expect("the program can be started").into()
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        // A signal has no status.
        let status = output.status.code().unwrap_or(-1);
        Self { status, stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// All files below a folder by path with `/`, symbolic links as what they point at.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let entries = walkdir::WalkDir::new(folder).min_depth(1);
    for entry in entries.into_iter().flatten().filter(|entry| !entry.file_type().is_dir())
    {
        let path = entry.path().strip_prefix(folder).expect("it is below");
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        files.insert(parts.join("/"), fs::read(entry.path()).unwrap_or_default());
    }
    files
}

/// The paths whose bytes differ or that only one side has.
pub(crate) fn differences(
    a: &BTreeMap<String, Vec<u8>>,
    b: &BTreeMap<String, Vec<u8>>,
) -> Vec<String> {
    let paths = a.keys().chain(b.keys()).filter(|path| a.get(*path) != b.get(*path));
    let paths: std::collections::BTreeSet<_> = paths.cloned().collect();
    paths.into_iter().collect()
}

//! Golden cases: each folder of `tests/golden/` is a site of its own, and what pmjump
//! says about it and makes of it.
//!
//! ```text
//! README      one sentence, then a list of the addresses that are compared
//! content/    the content, copied to a folder of its own
//! themes/     the themes, if the bare one of tests/themes/ will not do
//! expected/   findings.txt, if there are any, and site/ with the files of the list
//! ```
//!
//! Of a page of the bare theme only the inside of `<main>` is compared: the rest is the
//! same everywhere. `*` in the list stands for all addresses, compared by name. A file
//! `NAME.repeat` becomes `NAME`: its first line is a number, and what follows is written
//! that many times; `NAME.link` becomes a symbolic link to what it says. `BLESS=1 cargo
//! test --test golden` rewrites what is expected; read the difference.

#![allow(clippy::unwrap_used, reason = "a test may end at once")]
#![expect(clippy::disallowed_methods, reason = "this test reads and writes its cases")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use libtest_mimic::{Arguments, Failed, Trial};
use pmjump::diagnostic::printer::{self, Report};
use pmjump::diagnostic::{Code, Findings};
use pmjump::kind::Memo;
use pmjump::record::Date;
use pmjump::site::{File, Site};
use pmjump::source::{Project, Sources};
use pmjump::theme::Theme;

/// The day of every build: 2026-11-23.
const TODAY: i64 = 1_795_392_000;

/// Cases with symbolic links, which not every system has.
const LINKED: &[&str] = &["symbolic-links"];

/// Codes that no case can show: they need a network.
const UNSHOWN: &[Code] = &[Code::BrokenLink];

/// Files by their path.
type Files = BTreeMap<String, Vec<u8>>;

fn main() {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = cases().into_iter().map(Case::trial).collect();
    trials.push(Trial::test("every_code_has_a_case", every_code_has_a_case));
    libtest_mimic::run(&arguments, trials).exit();
}

/// A folder of `tests/golden/`.
struct Case {
    name: String,
    folder: PathBuf,
}

/// A case that was compiled.
struct Compiled {
    sources: Sources,
    site: Site,
    findings: Findings,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Vec<Case> {
    let entries = fs::read_dir(root().join("tests/golden")).unwrap();
    let folders = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let name = |folder: &Path| folder.file_name().unwrap().to_str().unwrap().to_owned();
    let mut cases: Vec<Case> =
        folders.map(|folder| Case { name: name(&folder), folder }).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

fn every_code_has_a_case() -> Result<(), Failed> {
    let expected =
        cases().into_iter().map(|case| case.folder.join("expected/findings.txt"));
    let printed: String =
        expected.filter_map(|path| fs::read_to_string(path).ok()).collect();
    let shown = |code: &Code| printed.contains(&format!("[{}]: ", code.name()));
    let hidden = Code::ALL.iter().filter(|code| !shown(code) && !UNSHOWN.contains(code));
    match hidden.map(|code| code.name()).collect::<Vec<_>>() {
        names if names.is_empty() => Ok(()),
        names => Err(format!("no case shows {}", names.join(", ")).into()),
    }
}

impl Case {
    fn trial(self) -> Trial {
        let skipped = cfg!(not(unix)) && LINKED.contains(&self.name.as_str());
        Trial::test(self.name.clone(), move || self.run()).with_ignored_flag(skipped)
    }

    fn run(&self) -> Result<(), Failed> {
        let project = tempfile::tempdir()?;
        self.lay_out(project.path())?;
        let compiled = Compiled::new(project.path())?;
        let made = self.made(&compiled)?;
        let expected = self.folder.join("expected");
        if std::env::var("BLESS").is_ok_and(|bless| bless == "1") {
            return Ok(bless(&expected, &made)?);
        }
        compare(&read(&expected)?, &made)
    }

    /// Copies content and themes to `project`.
    fn lay_out(&self, project: &Path) -> io::Result<()> {
        copy(&self.folder.join("content"), &project.join("content"))?;
        match self.themes() {
            Some(themes) => copy(&themes, &project.join("themes")),
            // A theme of this name that does not inherit takes the place of the built-in
            // one.
            None => {
                copy(&root().join("tests/themes/bare"), &project.join("themes/default"))
            }
        }
    }

    fn themes(&self) -> Option<PathBuf> {
        Some(self.folder.join("themes")).filter(|themes| themes.is_dir())
    }

    /// What is compared: the findings, and the addresses that the README lists.
    fn made(&self, compiled: &Compiled) -> Result<Files, Failed> {
        let mut made = Files::new();
        let printed = compiled.print();
        if !printed.is_empty() {
            made.insert("findings.txt".to_owned(), printed.into_bytes());
        }
        let readme = fs::read_to_string(self.folder.join("README"))?;
        for address in readme.lines().filter_map(|line| line.strip_prefix("- ")) {
            if address == "*" {
                made.insert(
                    "addresses.txt".to_owned(),
                    compiled.addresses().into_bytes(),
                );
                continue;
            }
            let bytes = compiled.render(address)?;
            let shown = if self.themes().is_none() { inside_main(bytes) } else { bytes };
            made.insert(format!("site/{address}"), shown);
        }
        Ok(made)
    }
}

impl Compiled {
    fn new(folder: &Path) -> Result<Self, Failed> {
        let project = pmjump::source::discover(folder).ok_or("no project")?;
        let Project { root } = &project;
        let is_entry = |path: &str| pmjump::kind::owner(path).is_some();
        let today = Date::at(TODAY).ok_or("no date")?;
        let loaded = pmjump::source::load(&project, today, &is_entry);
        let loaded = loaded.map_err(|error| format!("{}: {error}", root.display()))?;
        let mut findings = Findings::new();
        let (sources, files) = findings.take(loaded);
        let theme = findings.take(Theme::new(&sources.settings, files));
        let site = findings.take(pmjump::compile(&sources, theme, &Memo::default()));
        let mut findings = findings.settled(&sources.settings.levels);
        if !findings.has_errors() {
            let rendered = site.paths().filter_map(|path| site.render(path));
            findings.extend(rendered.flat_map(|file| file.findings));
        }
        let findings = findings.settled(&sources.settings.levels);
        Ok(Self { sources, site, findings })
    }

    /// The findings as an author reads them.
    fn print(&self) -> String {
        let texts = |path: &str| -> Option<Arc<str>> {
            self.sources.text(path).or_else(|| self.site.template(path))
        };
        let report = Report { findings: &self.findings, texts: &texts, color: false };
        (printer::named("human").unwrap().print)(&report)
    }

    fn addresses(&self) -> String {
        self.site.paths().map(|path| format!("{path}\n")).collect()
    }

    fn render(&self, address: &str) -> Result<Vec<u8>, Failed> {
        if self.findings.has_errors() {
            let printed = self.print();
            return Err(format!("{printed}`{address}` is compared, but not built").into());
        }
        let file =
            self.site.render(address).ok_or_else(|| format!("no file `{address}`"))?;
        match file.value {
            File::Bytes(bytes) => Ok(bytes.into_owned()),
            File::Copy(place) => Ok(fs::read(place)?),
        }
    }
}

/// The inside of `<main>`, or all of what has none.
fn inside_main(page: Vec<u8>) -> Vec<u8> {
    let inside = std::str::from_utf8(&page).ok().and_then(|text| {
        let (_, rest) = text.split_once("<main>")?;
        let (inside, _) = rest.split_once("</main>")?;
        Some(format!("{}\n", inside.trim_end()).into_bytes())
    });
    inside.unwrap_or(page)
}

fn compare(expected: &Files, made: &Files) -> Result<(), Failed> {
    let names =
        expected.keys().chain(made.keys()).collect::<std::collections::BTreeSet<_>>();
    let mut report = String::new();
    for name in names {
        let (before, after) = (expected.get(name), made.get(name));
        if before != after {
            report += &format!("── {name}\n{}", difference(before, after));
        }
    }
    match report.is_empty() {
        true => Ok(()),
        false => Err(format!("{report}BLESS=1 rewrites what is expected").into()),
    }
}

/// The lines from the first that differs to the last, before and after.
fn difference(before: Option<&Vec<u8>>, after: Option<&Vec<u8>>) -> String {
    let text = |bytes: Option<&Vec<u8>>| {
        bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    };
    let (before, after) = (text(before), text(after));
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.lines().collect(), after.lines().collect());
    let pairs = before.iter().zip(&after);
    let start = pairs.take_while(|(a, b)| a == b).count();
    let ends = before[start..].iter().rev().zip(after[start..].iter().rev());
    let end = ends.take_while(|(a, b)| a == b).count();
    let side = |lines: &[&str], mark: &str| -> String {
        lines[start..lines.len() - end]
            .iter()
            .map(|line| format!("{mark}{line}\n"))
            .collect()
    };
    format!("line {}\n{}{}", start + 1, side(&before, "-"), side(&after, "+"))
}

fn bless(folder: &Path, made: &Files) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for (name, bytes) in made {
        let place = folder.join(name);
        fs::create_dir_all(place.parent().unwrap())?;
        fs::write(place, bytes)?;
    }
    Ok(())
}

/// All files below a folder by their path in it, with `/` on every system.
fn read(folder: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type()?.is_dir() {
            let inside = read(&entry.path())?.into_iter();
            files.extend(inside.map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
        } else {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(files)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, place) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &place)?;
        } else if place.extension().is_some_and(|ending| ending == "link") {
            let target = fs::read_to_string(entry.path())?;
            link(Path::new(target.trim()), &place.with_extension(""))?;
        } else if place.extension().is_some_and(|ending| ending == "repeat") {
            fs::write(
                place.with_extension(""),
                repeated(&fs::read_to_string(entry.path())?),
            )?;
        } else {
            fs::copy(entry.path(), &place)?;
        }
    }
    Ok(())
}

fn repeated(text: &str) -> String {
    let (count, text) = text.split_once('\n').unwrap();
    text.repeat(count.parse().unwrap())
}

#[cfg(unix)]
fn link(target: &Path, place: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, place)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}

//! Never a half site: what a build may touch, and what is left when it fails or is
//! killed.

#![allow(clippy::unwrap_used, reason = "a test may end at once")]
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "this test looks at the disk")]

#[allow(dead_code, reason = "each test uses its part of it")]
mod common;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Project, differences, tree};

// ── a build that fails ─────────────────────────────────────────────────────────────────

/// Builds, breaks the project, builds again with `arguments`, and compares.
#[track_caller]
fn failed_build_changes_nothing(
    project: &Project,
    (path, text): (&str, &str),
    status: i32,
) {
    project.build();
    let old = tree(&project.root.join("site"));
    project.write(path, text);
    project.write("content/about.md", "---\ntitle: New\nsummary: A page.\n---\n\nNew.\n");
    let run = project.run(&["build", "--deny-warnings"]);
    assert_eq!(run.status, status, "{}", run.stderr);
    assert_eq!(differences(&old, &tree(&project.root.join("site"))), [""; 0]);
}

#[test]
fn an_error_in_the_content_leaves_the_old_site() {
    failed_build_changes_nothing(
        &Project::full(),
        ("content/glossary.yaml", "- id: [\n"),
        1,
    );
}

#[test]
fn a_denied_warning_leaves_the_old_site() {
    let text = "---\ntitle: Home\nsummary: All.\n---\n\nNo links here.\n";
    failed_build_changes_nothing(&Project::full(), ("content/index.md", text), 1);
}

#[test]
fn a_mistake_that_only_rendering_finds_leaves_the_old_site() {
    let text = "{{ page.title }}{{ page.title / 3 }}";
    failed_build_changes_nothing(
        &Project::full(),
        ("themes/bare/templates/tool.html", text),
        1,
    );
}

#[test]
fn a_foreign_file_in_the_way_leaves_the_old_site_and_is_named() {
    let project = Project::full();
    project.build();
    project.write("site/about.html", "mine");
    let old = tree(&project.root.join("site"));
    project.write("content/about.md", "---\ntitle: New\nsummary: A page.\n---\n\nNew.\n");
    project.write("content/img/picture.png", "another");
    let run = project.run(&["build"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("site/about.html"), "{}", run.stderr);
    assert_eq!(differences(&old, &tree(&project.root.join("site"))), [""; 0]);
}

#[test]
fn a_first_build_that_fails_writes_no_page() {
    let project = Project::full().with("content/broken.md", "no front matter");
    assert_eq!(project.run(&["build"]).status, 1);
    assert!(!project.has("site"));
    project.remove("content/broken.md");
    project.write("themes/bare/templates/tool.html", "{{ page.title / 3 }}");
    assert_eq!(project.run(&["build"]).status, 1);
    assert!(project.site().is_empty());
}

// ── what is not ours ───────────────────────────────────────────────────────────────────

#[test]
fn foreign_files_stay() {
    let project = Project::full();
    project.build();
    let foreign = ["CNAME", ".git/HEAD", "own/x.html", "steps/mine.html", "tools/a/b"];
    for path in foreign {
        project.write(&format!("site/{path}"), path);
    }
    project.remove("content/tools/rice.md");
    let index = project.read("content/index.md").replace("[[tool:rice]], ", "");
    project.write("content/index.md", index);
    project.build();
    for path in foreign {
        assert_eq!(project.read(&format!("site/{path}")), path);
    }
    assert!(!project.has("site/tools/rice.html"));
}

#[test]
fn a_removed_page_goes_with_its_empty_folder() {
    let project = Project::full().with("content/a/b/c/x.txt", "x");
    project.build();
    assert!(project.has("site/a/b/c/x.txt"));
    project.remove("content/a/b/c/x.txt");
    project.write("content/a/y.txt", "y");
    project.build();
    assert!(project.has("site/a/y.txt") && !project.has("site/a/b"));
    project.remove("content/a/y.txt");
    project.build();
    assert!(!project.has("site/a"));
}

#[test]
fn a_file_gives_way_to_a_folder_and_back() {
    let project = Project::full().with("content/a", "file");
    project.build();
    project.remove("content/a");
    project.write("content/a/b/c", "deep");
    project.build();
    assert_eq!(project.read("site/a/b/c"), "deep");
    fs::remove_dir_all(project.root.join("content/a")).unwrap();
    project.write("content/a", "file again");
    project.build();
    assert_eq!(project.read("site/a"), "file again");
    assert_eq!(differences(&project.site(), &project.clean_site()), [""; 0]);
}

#[test]
fn a_renamed_id_leaves_a_redirect() {
    let project = Project::full();
    project.build();
    let text = project.read("content/tools/rice.md");
    project.remove("content/tools/rice.md");
    let text = text.replacen("---\n", "---\naliases: [rice]\n", 1);
    project.write("content/tools/rice-score.md", text);
    project.build();
    let old = project.read("site/tools/rice.html");
    assert!(old.contains("http-equiv=\"refresh\""), "{old}");
    assert!(old.contains("rice-score.html"), "{old}");
    assert!(project.read("site/index.html").contains("tools/rice-score.html"));
}

#[test]
fn a_symbolic_link_in_the_site_is_not_followed() {
    for link in ["steps", ".pmjump", "index.html"] {
        let project = Project::full().with("elsewhere/stage/keep.txt", "keep");
        let elsewhere = project.root.join("elsewhere");
        let old = tree(&elsewhere);
        fs::create_dir(project.root.join("site")).unwrap();
        let target = match link {
            "index.html" => elsewhere.join("stage/keep.txt"),
            _ => elsewhere.clone(),
        };
        symlink(target, project.root.join("site").join(link)).unwrap();
        let run = project.run(&["build"]);
        assert_eq!(run.status, 2, "{link}");
        assert!(run.stderr.contains(link), "{}", run.stderr);
        assert_eq!(differences(&old, &tree(&elsewhere)), [""; 0], "{link}");
    }
}

#[test]
fn our_pages_that_became_links_are_replaced_and_not_followed() {
    let project = Project::full().with("elsewhere/keep.txt", "keep");
    project.build();
    let page = project.root.join("site/index.html");
    fs::remove_file(&page).unwrap();
    symlink(project.root.join("elsewhere/keep.txt"), &page).unwrap();
    project.build();
    assert_eq!(project.read("elsewhere/keep.txt"), "keep");
    assert!(page.symlink_metadata().unwrap().is_file());
}

#[test]
fn a_site_folder_that_is_a_link_out_of_the_project_is_refused() {
    let project = Project::full();
    let outside = Project::folder("outside");
    symlink(&outside.root, project.root.join("site")).unwrap();
    let run = project.run(&["build"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(tree(&outside.root).is_empty());
}

// ── folders that cannot be ─────────────────────────────────────────────────────────────

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    for path in ["site", "site/steps", "site/.pmjump"] {
        let project = Project::full().with(path, "a file");
        let run = project.run(&["build"]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains(&format!("/{path}")), "{}", run.stderr);
        assert_eq!(project.read(path), "a file");
    }
    let run = Project::full().run(&["build", "--out", "/proc/pmjump"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("/proc/pmjump"), "{}", run.stderr);
}

#[test]
fn the_project_itself_is_no_place_for_the_site() {
    let project = Project::full();
    let before = tree(&project.root);
    symlink("content", project.root.join("link")).unwrap();
    let above = project.root.parent().unwrap().display().to_string();
    let wanted = [
        "content",
        "content/deep/er",
        "themes/bare",
        ".",
        "..",
        "/",
        &above,
        "link/x",
        "nowhere/../content/x",
        "nowhere/../../project",
    ];
    for out in wanted {
        let run = project.run(&["build", "--out", out]);
        assert_eq!(run.status, 2, "{out}: {}", run.stderr);
        assert!(run.stderr.contains("project"), "{out}: {}", run.stderr);
    }
    fs::remove_file(project.root.join("link")).unwrap();
    assert_eq!(differences(&before, &tree(&project.root)), [""; 0]);
}

/// A folder with this many kilobytes of space.
struct SmallDisk<'p>(&'p Project);

impl<'p> SmallDisk<'p> {
    fn mount(project: &'p Project, size: &str) -> Option<Self> {
        fs::create_dir(project.root.join("small")).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", size, "none", "small"]);
        let mounted = mount.current_dir(&project.root).stderr(Stdio::null()).status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(project))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.root.join("small")).status();
    }
}

#[test]
fn a_full_disk_is_named_and_leaves_the_old_site() {
    let project = Project::full();
    let Some(disk) = SmallDisk::mount(&project, "size=400k") else {
        println!("skipped: only root can mount a small disk");
        return;
    };
    let small = ["build", "--out", "small/site"];
    assert_eq!(project.run(&small).status, 0);
    let old = project.site_at("small/site");
    project.write("content/img/large.png", vec![7; 1 << 20]);
    project.write("content/index.md", project.read("content/index.md") + "\nMore.\n");
    let run = project.run(&small);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("large.png"), "{}", run.stderr);
    assert_eq!(differences(&old, &project.site_at("small/site")), [""; 0]);
    project.remove("content/img/large.png");
    assert_eq!(project.run(&small).status, 0);
    assert_eq!(
        differences(&project.site_at("small/site"), &project.clean_site()),
        [""; 0]
    );
    drop(disk);
}

// ── builds that are killed, builds at once ─────────────────────────────────────────────

type Site = BTreeMap<String, Vec<u8>>;

/// A project of many pages whose every page changes with `word`.
fn write_state(project: &Project, word: &str, gone: &str) {
    for number in 0..30 {
        let text = format!("---\ntitle: Page {number}\nsummary: One.\n---\n\n{word}\n");
        project.write(&format!("content/page-{number}.md"), text);
    }
    project.write("content/site.yaml", format!("title: {word}\ntheme: bare\n"));
    project.write(&format!("content/only/{word}.txt"), word.repeat(9000));
    let _ = fs::remove_file(project.root.join(format!("content/only/{gone}.txt")));
}

#[track_caller]
fn holds_only_whole_files(found: &Site, states: [&Site; 2]) {
    for (path, bytes) in found {
        let whole = states.iter().any(|state| state.get(path) == Some(bytes));
        assert!(whole, "`{path}` is neither old nor new");
    }
    let kept = states[0].keys().filter(|path| states[1].contains_key(*path));
    let lost: Vec<_> = kept.filter(|path| !found.contains_key(*path)).collect();
    assert!(lost.is_empty(), "lost {lost:?}");
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_repairs() {
    let project = Project::full();
    let names = ["old", "new"];
    let sites = [1, 0].map(|at| {
        write_state(&project, names[1 - at], names[at]);
        project.clean_site()
    });
    let start = Instant::now();
    project.build();
    let whole = start.elapsed() + Duration::from_millis(2);
    for round in 0..16 {
        write_state(&project, names[round % 2], names[1 - round % 2]);
        let mut child =
            project.command(&["build"]).stderr(Stdio::null()).spawn().expect("it starts");
        // Early rounds die while reading, late ones while files take their places.
        std::thread::sleep(whole * (round as u32 + 1) / 16);
        child.kill().unwrap();
        child.wait().unwrap();
        holds_only_whole_files(&project.site(), [&sites[0], &sites[1]]);
        project.build();
        assert_eq!(differences(&project.site(), &sites[round % 2]), [""; 0]);
        assert!(!project.has("site/.pmjump/stage"), "leftovers");
    }
}

#[test]
fn builds_at_once_both_succeed() {
    let project = Project::full();
    write_state(&project, "old", "new");
    let clean = project.clean_site();
    let start = || project.command(&["build"]).stderr(Stdio::null()).spawn().unwrap();
    let builds = [start(), start(), start(), start()];
    for mut build in builds {
        assert!(build.wait().unwrap().success());
    }
    assert_eq!(differences(&project.site(), &clean), [""; 0]);
    assert!(!project.has("site/.pmjump/stage"), "leftovers");
}

#[test]
fn builds_of_two_projects_into_one_folder_do_not_mix() {
    let (a, b) = (Project::full(), Project::full());
    write_state(&a, "old", "new");
    write_state(&b, "new", "old");
    let (clean_a, clean_b) = (a.clean_site(), b.clean_site());
    let shared = Project::folder("shared");
    let out = shared.root.join("site").display().to_string();
    for _ in 0..3 {
        let start = |project: &Project| {
            let mut build = project.command(&["build", "--out", &out]);
            build.stderr(Stdio::null()).spawn().unwrap()
        };
        let builds = [start(&a), start(&b)];
        for mut build in builds {
            assert!(build.wait().unwrap().success());
        }
        let site = shared.site();
        assert!(site == clean_a || site == clean_b, "two sites are mixed");
    }
}

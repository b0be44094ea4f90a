//! A project compiled in memory, as `pmjump build` does it, on a day that never changes.

use std::path::Path;

use pmjump::diagnostic::{Checked, Findings};
use pmjump::record::Date;
use pmjump::site::Site;
use pmjump::theme::Theme;
use pmjump::{compile, kind, source};

/// 2026-11-23, a few days after the guide's last review.
pub(crate) const TODAY: i64 = 1_795_392_000;

/// The folder of this repository, which is the project of the shipped guide.
pub(crate) fn guide() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compiles the project at `root`, with the findings of every page too.
pub(crate) fn site(root: &Path) -> Checked<Site> {
    let project = source::discover(root).expect("the project has a site.yaml");
    let today = Date::at(TODAY).expect("it is a day");
    let loaded = source::load(&project, today, &|path| kind::owner(path).is_some());
    let mut findings = Findings::new();
    let (sources, files) = findings.take(loaded.expect("the project can be read"));
    let theme = findings.take(Theme::new(&sources.settings, files));
    let site = findings.take(compile(&sources, theme, &Default::default()));
    for path in site.paths() {
        findings.extend(site.render(path).expect("it has a page").findings);
    }
    Checked { findings: findings.settled(&sources.settings.levels), value: site }
}

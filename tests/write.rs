//! Never a half site.
#![expect(clippy::disallowed_methods, reason = "this test looks at the disk")]
#[allow(dead_code, reason = "each test uses its part of it")]
mod common;
use common::Project;
#[test]
fn probe() {
    let p = Project::full();
    let r = p.run(&["check"]);
    println!("{} {} {}", r.status, r.stdout, r.stderr);
    let r = p.run(&["build"]);
    println!("{} {} {}", r.status, r.stdout, r.stderr);
    for k in p.site().keys() {
        println!("{k}");
    }
}

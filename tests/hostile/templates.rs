//! Templates that loop, grow, or look around.

use std::time::Duration;

use crate::common::Project;
use crate::common::limited::{endures, head, limited};

/// A project with one tool, whose template is this.
fn tool(template: &str) -> Project {
    let tool = crate::common::SAMPLES.iter().find(|(path, _)| path.ends_with("rice.md"));
    let skill =
        crate::common::SAMPLES.iter().find(|(path, _)| path.ends_with("insight.md"));
    let project = Project::new().with("themes/bare/templates/tool.html", template);
    for (path, text) in tool.into_iter().chain(skill) {
        project.write(path, text);
    }
    project
}

#[test]
fn templates_that_hold_themselves_are_reported() {
    for template in [
        "{% include \"tool.html\" %}",
        "{% extends \"tool.html\" %}",
        "{% extends \"own/tool.html\" %}",
        "{% extends \"a.html\" %}",
        "{% include \"a.html\" %}",
    ] {
        let project = tool(template)
            .with("themes/bare/templates/a.html", template.replace("a.", "tool."));
        let run = endures(template, &project);
        assert!(run.stderr.contains("template-error"), "{template}: {}", run.stderr);
        assert!(project.site().is_empty(), "{template}");
    }
}

#[test]
fn pages_that_grow_without_end_are_reported() {
    let text = "x".repeat(10_000);
    for template in [
        format!("{{% for a in range(end=1000000000) %}}{text}{{% endfor %}}"),
        format!(
            "{{% for a in range(end=100000) %}}{{% for b in range(end=100000) %}}{text}\
             {{% endfor %}}{{% endfor %}}"
        ),
    ] {
        let run = endures(&template, &tool(&template));
        assert!(run.stderr.contains("template-error"), "{}", head(&run.stderr));
    }
}

#[test]
#[ignore = "Tera has no limit on the size of a value"]
fn values_that_grow_without_end_are_reported() {
    for template in [
        "{% set_global x = \"aaaaaaaaaa\" %}{% for a in range(end=60) %}\
         {% set_global x = x ~ x %}{% endfor %}{{ x }}",
        "{% set_global x = [1] %}{% for a in range(end=60) %}\
         {% set_global x = [x, x] %}{% endfor %}{{ x }}",
    ] {
        let run = endures(template, &tool(template));
        assert!(run.stderr.contains("template-error"), "{}", head(&run.stderr));
    }
}

#[test]
fn a_template_without_end_is_ended() {
    let template = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}\
        {% for c in range(end=100000) %}{% endfor %}{% endfor %}{% endfor %}";
    let project = tool(template);
    let run = limited("loops", &project, &["build"], Duration::from_secs(60));
    assert!(run.status > 0, "{}", run.stderr);
    assert!(run.stderr.contains("tools/rice.html"), "{}", run.stderr);
    assert!(project.site().is_empty());
}

#[test]
fn templates_see_nothing_outside_the_theme() {
    let secret = "do not show this";
    for name in [
        "../../secret.html",
        "../../../secret.html",
        "/secret.html",
        "themes/bare/../../secret.html",
        "..\\..\\secret.html",
        "file:///etc/passwd",
        "/etc/passwd",
    ] {
        for command in ["include", "extends", "import"] {
            let project = tool(&format!("{{% {command} \"{name}\" %}}"));
            let project = project.with("secret.html", secret);
            let run = endures(name, &project);
            assert!(run.stderr.contains("template-error"), "{name}: {}", run.stderr);
            assert!(!run.stderr.contains(secret), "{name}");
        }
    }
    for call in ["get_env(name=\"HOME\")", "load_data(path=\"/etc/passwd\")", "now()"] {
        let run = endures(call, &tool(&format!("{{{{ {call} }}}}")));
        assert!(run.stderr.contains("template-error"), "{call}: {}", run.stderr);
    }
}

#[test]
fn templates_that_are_no_templates_are_reported() {
    let deep = "{{ ".to_owned() + &"(".repeat(20_000);
    let blocks = "{% if a %}".repeat(20_000);
    let lists = "{{ ".to_owned() + &"[".repeat(20_000);
    let minus = "{{ ".to_owned() + &"-".repeat(20_000) + "1 }}";
    let not = "{{ ".to_owned() + &"not ".repeat(20_000) + "1 }}";
    let sums = "{{ 1".to_owned() + &" + 1".repeat(100_000) + " }}";
    let long = "{{ ".repeat(300_000);
    for (name, template) in [
        ("parentheses", deep),
        ("blocks", blocks),
        ("lists", lists),
        ("minus", minus),
        ("not", not),
        ("sums", sums),
        ("openings", long),
        ("null bytes", "\0{{ \0 }}".to_owned()),
    ] {
        endures(name, &tool(&template));
    }
    let project = tool("x");
    project.write("themes/bare/templates/tool.html", [0xff, 0xfe, b'{', b'{']);
    assert_eq!(endures("not UTF-8", &project).status, 1);
}

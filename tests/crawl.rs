//! A crawl of built sites: every address and every anchor of every page leads somewhere,
//! wherever the site is put, and no page asks another host for anything.

#![allow(clippy::unwrap_used, reason = "a test may end at once")]
#![expect(clippy::disallowed_methods, reason = "this test writes a project of its own")]

mod built;
#[path = "crawl/html.rs"]
mod html;
#[path = "crawl/odd.rs"]
mod odd;
#[path = "crawl/site.rs"]
mod site;
#[path = "crawl/url.rs"]
mod url;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use html::Element;
use site::{Crawled, Page};
use url::Target;

/// Where a site can stand: on a host of its own, below a folder of one, on a disk.
const BASES: &[&str] = &["/", "/repo/", "/home/you/site/"];

static GUIDE: LazyLock<Crawled> = LazyLock::new(|| Crawled::of(built::guide()));
static ODD: LazyLock<Crawled> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for the test can be made");
    for (path, text) in odd::FILES {
        let place = folder.path().join(path);
        let parent = place.parent().expect("a file stands in a folder");
        std::fs::create_dir_all(parent).expect("the folder can be made");
        std::fs::write(place, text).expect("the file can be written");
    }
    Crawled::of(folder.path())
});

// ── what holds for every page ──────────────────────────────────────────────────────────

/// Asks every page of both sites, and tells all that is wrong.
fn check(rule: impl Fn(&Crawled, &Page) -> Vec<String>) {
    let sites = [&*GUIDE, &*ODD];
    let pages = sites.iter().flat_map(|site| site.pages.values().map(move |p| (site, p)));
    let faults = pages.flat_map(|(site, page)| {
        let faults = rule(site, page).into_iter();
        faults.map(|fault| format!("{}: {fault}", page.address)).collect::<Vec<_>>()
    });
    let faults: Vec<_> = faults.collect();
    assert!(faults.is_empty(), "{} faults\n{}\n", faults.len(), faults.join("\n"));
}

#[test]
fn every_address_leads_to_a_file_wherever_the_site_is_put() {
    check(|site, page| {
        let addresses = page.addresses().filter(|(own, url)| is_inside(page, own, url));
        let faults = addresses.flat_map(|(_, url)| {
            let wrong = |base: &&&str| url::resolve(base, &page.address, &url).is_err();
            let wrong = BASES.iter().filter(wrong);
            let lost = wrong.map(|base| format!("`{url}` leaves the site at {base}"));
            let target = url::resolve("/", &page.address, &url).ok();
            let known = target.is_none_or(|target| site.files.contains(&target.path));
            lost.chain((!known).then(|| format!("`{url}` names no file")))
                .collect::<Vec<_>>()
        });
        faults.collect()
    });
}

#[test]
fn every_fragment_is_an_id_of_its_page() {
    check(|site, page| {
        let inside = page.addresses().filter(|(own, url)| is_inside(page, own, url));
        let lost = inside.filter(|(_, url)| {
            let target = url::resolve("/", &page.address, url).ok();
            target.is_some_and(|Target { path, fragment }| match fragment {
                Some(id) => site.pages.get(&path).is_some_and(|page| !page.has_id(&id)),
                None => false,
            })
        });
        lost.map(|(_, url)| format!("nothing has the id of `{url}`")).collect()
    });
}

#[test]
fn ids_are_unique_and_named_ids_are_there() {
    check(|_, page| {
        let mut seen = BTreeSet::new();
        let twice = page.ids().filter(|id| !seen.insert(*id));
        let twice: Vec<_> = twice.map(|id| format!("the id `{id}` is twice")).collect();
        let names = ["for", "aria-labelledby", "aria-describedby", "aria-controls"];
        let named = page.elements.iter().flat_map(|element| {
            let lists = names.iter().filter_map(|name| element.get(name));
            lists.flat_map(str::split_whitespace)
        });
        let lost = named.filter(|id| !page.has_id(id));
        twice.into_iter().chain(lost.map(|id| format!("`{id}` is named only"))).collect()
    });
}

#[test]
fn only_canonical_links_social_tags_and_404_use_the_sites_address() {
    check(|site, page| {
        let free = page.address == "404.html";
        let elements = page.elements.iter().filter(|own| !free && !is_for_machines(own));
        let uses = elements.flat_map(|element| &element.attributes);
        let uses = uses.filter(|(_, value)| value.contains(&site.url));
        uses.map(|(name, value)| format!("{name}=\"{value}\"")).collect()
    });
}

#[test]
fn not_found_counts_from_the_sites_address() {
    for site in [&*GUIDE, &*ODD] {
        let page = &site.pages["404.html"];
        let own = page.addresses().filter(|(own, url)| !is_outside(site, own, url));
        for (_, address) in own.filter(|(_, url)| !url.starts_with('#')) {
            let inside = address.strip_prefix(&site.url);
            let inside = inside.unwrap_or_else(|| panic!("`{address}` is relative"));
            assert!(site.files.contains(inside), "{address}");
        }
    }
}

#[test]
fn nothing_is_asked_from_another_host() {
    check(|site, page| {
        let addresses = page.addresses();
        let outside = addresses.filter(|(own, url)| {
            let free = own.name == "a" || is_for_machines(own);
            let own_host = page.address == "404.html" && url.starts_with(&site.url);
            url::is_outside(url) && !free && !own_host
        });
        outside.map(|(own, url)| format!("<{}> asks for `{url}`", own.name)).collect()
    });
    for site in [&*GUIDE, &*ODD] {
        for (path, text) in &site.styles {
            assert!(!text.contains("//") && !text.contains("@import"), "{path}");
        }
    }
}

#[test]
fn every_page_is_a_whole_document() {
    check(|site, page| {
        let h1 = page.named("h1").count();
        let titles: Vec<_> = page.named("title").map(|own| own.text.trim()).collect();
        let mut faults: Vec<String> = page.errors.clone();
        if h1 != 1 {
            faults.push(format!("{h1} <h1>"));
        }
        if titles.len() != 1 || titles.contains(&"") {
            faults.push(format!("titles: {titles:?}"));
        }
        if !page.named("html").all(|own| own.get("lang") == Some(&site.language)) {
            faults.push("no language, or another".into());
        }
        faults
    });
}

#[test]
fn every_page_says_what_it_may_load() {
    check(|_, page| {
        let policy =
            page.elements.iter().position(|own| own.name == "meta" && is_csp(own));
        let loads =
            |own: &Element| ["link", "script", "style", "img"].contains(&&*own.name);
        let first = page.elements.iter().position(loads);
        let Some(at) = policy else { return vec!["no Content-Security-Policy".into()] };
        let text = page.elements[at].get("content").unwrap_or("");
        let mut faults = Vec::new();
        if !text.contains("default-src 'none'") || text.contains("unsafe-") {
            faults.push(format!("a policy that is none: {text}"));
        }
        if first.is_some_and(|first| first < at) {
            faults.push("something is loaded before the policy".into());
        }
        faults
    });
}

/// The policy forbids them, so a page that has them would look broken.
#[test]
fn no_page_has_code_or_styles_of_its_own() {
    check(|_, page| {
        let inline = page.elements.iter().filter(|own| {
            let code = own.name == "script" && own.get("src").is_none();
            let named =
                |(name, _): &(String, String)| name == "style" || name.starts_with("on");
            code || own.name == "style" || own.attributes.iter().any(named)
        });
        inline.map(|own| format!("<{}> {:?}", own.name, own.attributes)).collect()
    });
}

// ── how pages hang together ────────────────────────────────────────────────────────────

#[test]
fn every_page_can_be_reached_from_the_home_page() {
    for site in [&*GUIDE, &*ODD] {
        let reached = site.reached();
        let free = |page: &&Page| page.redirect().is_some() || page.address == "404.html";
        let pages = site.pages.values().filter(|page| !free(page));
        let lost = pages.filter(|page| !reached.contains(&*page.address));
        let lost: Vec<_> = lost.map(|page| &page.address).collect();
        assert!(lost.is_empty(), "no way leads to {lost:?}");
    }
}

#[test]
fn the_home_page_links_to_every_step() {
    for site in [&*GUIDE, &*ODD] {
        let links: BTreeSet<_> = site.links(&site.pages["index.html"]).collect();
        assert!(!site.steps.is_empty());
        for step in &site.steps {
            assert!(links.contains(step), "{step}");
        }
    }
}

#[test]
fn every_alias_redirects_to_its_entry() {
    let redirects = |site: &Crawled| -> BTreeSet<(String, String)> {
        let pages = site.pages.values();
        let targets = pages.filter_map(|page| Some((page, page.redirect()?)));
        let known = targets.map(|(page, url)| {
            let target = url::resolve("/", &page.address, url).expect("it is inside");
            (page.address.clone(), target.path)
        });
        known.collect()
    };
    for site in [&*GUIDE, &*ODD] {
        assert_eq!(redirects(site), site.aliases);
        for (page, target) in &site.aliases {
            let links: Vec<_> = site.links(&site.pages[page]).collect();
            assert_eq!(
                links,
                std::slice::from_ref(target),
                "{page} has a link for those who wait"
            );
        }
    }
    assert!(ODD.aliases.contains(&("steps/first.html".into(), "steps/one.html".into())));
}

#[test]
fn drafts_and_what_is_left_alone_have_no_files() {
    for path in ["steps/draft.html", "questions/unready.html", "_private/x.txt"] {
        assert!(!ODD.files.contains(path), "{path}");
    }
}

#[test]
fn assets_keep_their_names() {
    for path in odd::ASSETS {
        assert!(ODD.files.contains(*path), "{path}");
    }
}

// ── which addresses are which ──────────────────────────────────────────────────────────

/// An address of the site itself, which has to be relative.
fn is_inside(page: &Page, own: &Element, url: &str) -> bool {
    let machines = is_for_machines(own);
    page.address != "404.html" && !url::is_outside(url) && !machines
}

fn is_outside(site: &Crawled, own: &Element, url: &str) -> bool {
    (url::is_outside(url) && !url.starts_with(&site.url)) || is_for_machines(own)
}

/// Canonical links and social tags.
fn is_for_machines(own: &Element) -> bool {
    let social = own.get("property").or(own.get("name")).is_some_and(|name| {
        own.name == "meta" && (name.starts_with("og:") || name.starts_with("twitter:"))
    });
    social || own.name == "link" && own.has("rel", "canonical")
}

fn is_csp(own: &Element) -> bool {
    own.has("http-equiv", "Content-Security-Policy")
}

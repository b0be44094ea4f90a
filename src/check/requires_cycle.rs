//! `requires-cycle`: steps that have to be done before each other.

use std::collections::{BTreeSet, HashMap};

use crate::catalog::{Catalog, Destination, Entry, EntryId};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::syntax::link::{Link, Role, Target};

/// A requirement: from a step to one before it, and where it is written.
struct Edge {
    to: EntryId,
    span: Span,
}

type Graph = HashMap<EntryId, Vec<Edge>>;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let graph = graph(catalog);
    let mut steps: Vec<EntryId> = graph.keys().copied().collect();
    steps.sort_by_key(|id| catalog.entry(*id).place.file.clone());
    let mut reported = BTreeSet::new();
    let mut findings = Vec::new();
    for step in steps {
        for edge in &graph[&step] {
            let Some(path) = path(&graph, edge.to, step) else { continue };
            let circle: BTreeSet<EntryId> = path.iter().copied().collect();
            if reported.insert(circle) {
                findings.push(finding(catalog, (step, edge.span), &path));
            }
        }
    }
    findings
}

fn graph(catalog: &Catalog) -> Graph {
    let edges = catalog.of_kind("step").map(|(id, _)| {
        let required =
            |(link, _): &(&Link, _)| matches!(link.role, Role::Field("requires"));
        let edges =
            catalog.links(id).filter(required).filter_map(|(link, to)| match to {
                Destination::Entry(to, _) => Some(Edge { to: *to, span: link.span }),
                Destination::Faulty(to) if names(link, catalog.entry(*to)) => {
                    Some(Edge { to: *to, span: link.span })
                }
                _ => None,
            });
        (id, edges.collect())
    });
    edges.collect()
}

/// Whether it is the entry that the link names, and not only one of a near name.
fn names(link: &Link, entry: &Entry) -> bool {
    let Target::Entry { id, .. } = &link.target else { return false };
    let mut aliases = entry.common.aliases.iter();
    *id == entry.id || aliases.any(|alias| alias.text == *id)
}

/// The shortest way from one step to another along requirements, both ends in it.
fn path(graph: &Graph, from: EntryId, to: EntryId) -> Option<Vec<EntryId>> {
    let mut before: HashMap<EntryId, EntryId> = HashMap::from([(from, from)]);
    let mut queue = std::collections::VecDeque::from([from]);
    while let Some(step) = queue.pop_front() {
        if step == to {
            return Some(way_back(&before, from, to));
        }
        for edge in graph.get(&step).into_iter().flatten() {
            if let std::collections::hash_map::Entry::Vacant(slot) = before.entry(edge.to)
            {
                slot.insert(step);
                queue.push_back(edge.to);
            }
        }
    }
    None
}

fn way_back(
    before: &HashMap<EntryId, EntryId>,
    from: EntryId,
    to: EntryId,
) -> Vec<EntryId> {
    let mut path = vec![to];
    while path.last() != Some(&from) {
        let last = path[path.len() - 1];
        path.push(before[&last]);
    }
    path.reverse();
    path
}

fn finding(
    catalog: &Catalog,
    (step, span): (EntryId, Span),
    path: &[EntryId],
) -> Diagnostic {
    let names = std::iter::once(&step)
        .chain(path)
        .map(|id| format!("`{}`", catalog.entry(*id).id));
    let circle = names.collect::<Vec<_>>().join(" requires ");
    let message = format!("steps require each other: {circle}");
    let file = &catalog.entry(step).place.file;
    Diagnostic::new(Code::RequiresCycle, file, span, message)
        .label("required here")
        .help("take one of the requirements out")
}

//! `requires-cycle`: steps that have to be done before each other.

use std::collections::{BTreeSet, HashMap};

use crate::catalog::{Catalog, EntryId};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::kind::Step;

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
    let edges = catalog.fields::<Step>().map(|(id, entry, step)| {
        let edges = step.requires.iter().filter_map(|required| {
            let to = catalog.target(id, required.link)?;
            Some(Edge { to, span: entry.links[required.link as usize].span })
        });
        (id, edges.collect())
    });
    edges.collect()
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

//! The journey as a picture: steps, what they require, and the skills they train.
//!
//! In: the catalog. Out: SVG without styles or scripts, in the order of the journey.
//! Keeps true: every node is a link with its name as text; the same drawing for light and
//! dark, which the style sheet tells apart; numbers are whole, so bytes are the same
//! everywhere.

mod around;
mod pen;
mod route;

use tera::Value;

use super::Renderer;
use crate::catalog::EntryId;
use crate::kind::{Skill, Step};

/// Beyond so many steps a picture shows nothing.
const MOST_STEPS: usize = 60;

/// A skill at its place in a drawing.
#[derive(Debug, Clone, Copy)]
struct Mark<'c> {
    title: &'c str,
    group: &'static str,
    address: &'c str,
}

/// A step at its place in the journey.
#[derive(Debug)]
struct Stop<'c> {
    /// From 1.
    number: usize,
    title: &'c str,
    address: &'c str,
    /// The numbers of the steps it requires.
    needs: Vec<usize>,
    skills: Vec<Mark<'c>>,
}

/// What a page about `id` shows as `page.map`: the surroundings of a skill, on other
/// pages the whole journey. Nothing where there is nothing to draw.
pub(super) fn of(renderer: &Renderer, id: Option<EntryId>, root: &str) -> Value {
    let stops = stops(renderer);
    if stops.is_empty() || stops.len() > MOST_STEPS {
        return Value::none();
    }
    let words = |name| renderer.theme.words.get(name);
    let skill = id.and_then(|id| mark(renderer, id).map(|mark| (id, mark)));
    let svg = match skill {
        Some((id, mark)) => {
            let close = close(renderer, id);
            let titles = [words("map_trained"), words("map_close")];
            around::draw(root, (mark, &close), &stops, titles)
        }
        None => route::draw(root, &stops, words("map_needs")),
    };
    Value::safe_string(&svg)
}

fn stops(renderer: &Renderer) -> Vec<Stop<'_>> {
    let catalog = &renderer.catalog;
    let listed = catalog.of_kind("step").filter(|(_, entry)| super::is_listed(entry));
    let ids: Vec<EntryId> = listed.clone().map(|(id, _)| id).collect();
    let place = |id: EntryId| ids.iter().position(|own| *own == id).map(|at| at + 1);
    let stop = |(at, (id, entry)): (usize, (EntryId, &'_ crate::catalog::Entry))| {
        let step = catalog.entry(id).fields::<Step>()?;
        let target = |link| catalog.target(id, link);
        let needs = step.requires.iter().filter_map(|need| place(target(need.link)?));
        let skills =
            step.skills.iter().filter_map(|own| mark(renderer, target(own.link)?));
        Some(Stop {
            number: at + 1,
            title: short(catalog.entry(id).title()),
            address: renderer.address(id),
            needs: needs.collect(),
            skills: skills.collect(),
        })
        .filter(|_| entry.named)
    };
    listed.enumerate().filter_map(stop).collect()
}

/// What stands before a colon says enough at a node.
fn short(title: &str) -> &str {
    title.split_once(": ").map_or(title, |(head, _)| head)
}

fn mark(renderer: &Renderer, id: EntryId) -> Option<Mark<'_>> {
    let entry = renderer.catalog.entry(id);
    let skill = entry.fields::<Skill>().filter(|_| super::is_listed(entry))?;
    let group = skill.group.word();
    Some(Mark { title: entry.title(), group, address: renderer.address(id) })
}

/// The skills related to one, whichever of the two says so, in the order of the catalog.
fn close(renderer: &Renderer, id: EntryId) -> Vec<Mark<'_>> {
    let catalog = &renderer.catalog;
    let related = |id: EntryId| {
        let skill = catalog.entry(id).fields::<Skill>();
        let links = skill.into_iter().flat_map(|skill| skill.related.iter());
        links.filter_map(move |other| catalog.target(id, other.link))
    };
    let own: Vec<EntryId> = related(id).collect();
    let all = catalog.of_kind("skill").map(|(other, _)| other);
    let close = all.filter(|other| {
        *other != id && (own.contains(other) || related(*other).any(|back| back == id))
    });
    close.filter_map(|other| mark(renderer, other)).collect()
}

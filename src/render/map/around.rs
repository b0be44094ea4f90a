//! The surroundings of a skill: the steps that train it, and the skills close to it.

use super::pen::{Pen, ROW, lines};
use super::{Mark, Stop};

const WIDTH: i32 = 288;

/// Draws a skill with what hangs on it; the titles are those of the two branches.
pub(super) fn draw(
    root: &str,
    (skill, close): (Mark<'_>, &[Mark<'_>]),
    stops: &[Stop<'_>],
    [trained, related]: [&str; 2],
) -> String {
    let mut pen = Pen::new(root);
    pen.shape((14, 14), skill.group);
    pen.text("title", (30, 20), skill.title);
    let mut y = 52;
    let mut twigs = String::new();
    let steps = stops.iter().filter(|stop| trains(stop, skill)).collect::<Vec<_>>();
    if !steps.is_empty() {
        pen.text("note", (30, y), trained);
        y += 30;
    }
    for stop in steps {
        twigs.push_str(&twig(y));
        y = step(&mut pen, stop, y);
    }
    if !close.is_empty() {
        pen.text("note", (30, y + 2), related);
        y += 28;
    }
    for mark in close {
        twigs.push_str(&twig(y));
        pen.skill((40, y), *mark);
        y += ROW + 4;
    }
    pen.path("route", &twigs);
    pen.finish("map-around", (WIDTH, y))
}

fn trains(stop: &Stop<'_>, skill: Mark<'_>) -> bool {
    stop.skills.iter().any(|own| own.address == skill.address)
}

/// A branch from the stem at the left to what stands at this height.
fn twig(y: i32) -> String {
    format!("M14 28V{}q0 10 10 10h6", y - 10)
}

fn step(pen: &mut Pen<'_>, stop: &Stop<'_>, top: i32) -> i32 {
    let mut y = top + 5;
    pen.link(stop.address, |pen| {
        pen.station((46, top), stop.number);
        for line in lines(stop.title, 26) {
            pen.text("title", (70, y), &line);
            y += 20;
        }
    });
    y.max(top + 24) + 16
}

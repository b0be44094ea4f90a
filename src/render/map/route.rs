//! The whole journey: for wide pages a route that turns at the end of each row, for
//! narrow ones a route straight down with what a step requires at its left.

use super::Stop;
use super::pen::{At, Pen, ROW, lines};

/// Stations in a row of the wide drawing, and how far they stand apart.
const COLUMNS: usize = 4;
const COLUMN: i32 = 268;

/// The width of the wide and of the narrow drawing.
const WIDE: i32 = 1080;
const NARROW: i32 = 288;

/// Letters in a line of a title.
const LETTERS: usize = 25;

/// How high a line of a title is.
const LINE: i32 = 20;

/// Draws both; the style sheet shows the one that fits.
pub(super) fn draw(root: &str, stops: &[Stop<'_>], needs: &str) -> String {
    let mut svg = wide(root, stops, needs);
    svg.push_str(&narrow(root, stops, needs));
    svg
}

fn wide(root: &str, stops: &[Stop<'_>], needs: &str) -> String {
    let mut pen = Pen::new(root);
    let mut places: Vec<At> = Vec::with_capacity(stops.len());
    let mut top = 20;
    for (row, own) in stops.chunks(COLUMNS).enumerate() {
        for column in 0..own.len() {
            let column = if row % 2 == 0 { column } else { COLUMNS - 1 - column };
            places.push((16 + COLUMN * i32::try_from(column).unwrap_or(0), top));
        }
        top += own.iter().map(|stop| height(stop, needs)).max().unwrap_or(0) + 52;
    }
    pen.path("route", &winding(&places));
    for (stop, at) in stops.iter().zip(&places) {
        node(&mut pen, stop, (*at, (at.0 - 14, at.1 + 40)), needs);
    }
    pen.finish("map-wide", (WIDE, top - 28))
}

/// A line through all places, round at the turns.
fn winding(places: &[At]) -> String {
    let Some((first, rest)) = places.split_first() else { return String::new() };
    let mut d = format!("M{} {}", first.0, first.1);
    let mut last = *first;
    for at in rest {
        if at.1 == last.1 {
            d.push_str(&format!("H{}", at.0));
        } else {
            let right = last.0 > WIDE / 2;
            let (out, sweep) = if right { (WIDE - 18, 1) } else { (0, 0) };
            let (dx, down) = (if right { 16 } else { -16 }, at.1 - 16);
            d.push_str(&format!(
                "H{out}a16 16 0 0 {sweep} {dx} 16V{down}a16 16 0 0 {sweep} {} 16H{}",
                -dx, at.0
            ));
        }
        last = *at;
    }
    d
}

fn narrow(root: &str, stops: &[Stop<'_>], needs: &str) -> String {
    let mut pen = Pen::new(root);
    let mut places: Vec<At> = Vec::with_capacity(stops.len());
    let mut top = 20;
    for stop in stops {
        places.push((40, top));
        top += height(stop, needs) + 22;
    }
    for stop in stops {
        for need in stop.needs.iter().filter(|need| **need + 1 != stop.number) {
            let (from, to) = (places[need - 1], places[stop.number - 1]);
            let out =
                22 - 2 * i32::try_from(stop.number.abs_diff(*need)).unwrap_or(9).min(9);
            pen.path(
                "need",
                &format!("M40 {}C{out} {} {out} {} 40 {}", from.1, from.1, to.1, to.1),
            );
        }
    }
    pen.path("route", &winding_down(&places));
    for (stop, at) in stops.iter().zip(&places) {
        node(&mut pen, stop, (*at, (68, at.1 + 6)), needs);
    }
    pen.finish("map-tall", (NARROW, top - 10))
}

fn winding_down(places: &[At]) -> String {
    let last = places.last().map_or(0, |at| at.1);
    format!("M40 20V{last}")
}

/// The notes below a title: which steps come first, unless it is the one before.
fn note(stop: &Stop<'_>, needs: &str) -> Option<String> {
    let far = stop.needs.iter().filter(|need| **need + 1 != stop.number);
    let far: Vec<String> = far.map(ToString::to_string).collect();
    (!far.is_empty()).then(|| needs.replace("{n}", &far.join(", ")))
}

/// How far what is written at a stop reaches down from its station.
fn height(stop: &Stop<'_>, needs: &str) -> i32 {
    let titles =
        lines(stop.title, LETTERS).len() + usize::from(note(stop, needs).is_some());
    let count = |n: usize| i32::try_from(n).unwrap_or(0);
    count(titles) * LINE + count(stop.skills.len()) * ROW + 16
}

/// A station, its title and note, and the skills below.
fn node(pen: &mut Pen<'_>, stop: &Stop<'_>, (at, text): (At, At), needs: &str) {
    let mut y = text.1;
    pen.link(stop.address, |pen| {
        pen.station(at, stop.number);
        for line in lines(stop.title, LETTERS) {
            pen.text("title", (text.0, y), &line);
            y += LINE;
        }
        if let Some(note) = note(stop, needs) {
            pen.text("note", (text.0, y - 2), &note);
            y += LINE;
        }
    });
    for skill in &stop.skills {
        pen.skill((text.0 + 2, y), *skill);
        y += ROW;
    }
}

//! A small map in the page: where the events took place and which places are named. Drawn as SVG inside the page, without a
//! request. Coastlines only: the map draws no border and so takes no side in a dispute over one.
//!
//! Plate carrée, its width shortened by the cosine of the middle latitude. Out of scope: what a place is (`view`).

use super::highlight::escape;
use crate::view::{EventView, Name, View, clean};
use record::reading::{MentionKind, Place, PlacePrecision, Reading};
use std::fmt::Write as _;

/// Coastlines in hundredths of a degree; see the file.
const LAND: &str = include_str!("../../../../data/map/land.txt");
/// Size of the picture, in its own units.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 340.0;
/// Fewest degrees from bottom to top.
const LEAST: f64 = 13.0;
/// Room around the outermost places, as a part of what they span.
const ROOM: f64 = 0.22;
/// Places drawn; those of events go first.
const MOST: usize = 60;
/// Width of a letter of a label, and height of its line.
const LETTER: f64 = 5.9;
const LINE: f64 = 13.0;

/// A place on the map with the events that took place there.
struct Spot<'v> {
    place: &'v Place,
    events: Vec<&'v EventView>,
}

/// The map, or nothing where no place has coordinates. `number` tells the links of several articles apart.
pub fn map(view: &View, reading: &Reading, number: usize) -> String {
    let spots = spots(view, reading);
    let Some(frame) = Frame::around(&spots) else { return String::new() };
    let mut out = String::from("<h2>Map</h2>\n");
    let _ = writeln!(
        out,
        "<svg class=\"map\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"Map of the places in the article\">\n\
         <rect class=\"sea\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>\n<path class=\"land\" d=\"{}\"/>",
        land(&frame)
    );
    graticule(&mut out, &frame);
    let mut labels = Labels::default();
    // Below the events, so that those can be pointed at.
    for spot in spots.iter().rev() {
        dot(&mut out, spot, &frame, number);
    }
    for spot in &spots {
        if let Some((x, y)) = frame.at(spot.place) {
            labels.put(&mut out, &clean(&spot.place.name), x, y, !spot.events.is_empty());
        }
    }
    states(&mut out, &mut labels, reading, &frame);
    scale(&mut out, &frame);
    out += "</svg>\n<p class=\"faint\">Filled: where an event took place, with its number; ring: named in the text; \
            broken ring: contested. No borders are drawn.</p>\n";
    out
}

/// The places of events, then the other places named, each once; countries only where nothing nearer is known.
fn spots<'v>(view: &'v View, reading: &'v Reading) -> Vec<Spot<'v>> {
    let mut spots: Vec<Spot<'v>> = Vec::new();
    for (event, shown) in reading.events.iter().zip(&view.events) {
        let Some(place) = event.place.as_ref().map(|place| &place.place) else { continue };
        match spots.iter_mut().find(|spot| same(spot.place, place)) {
            Some(spot) => spot.events.push(shown),
            None => spots.push(Spot { place, events: vec![shown] }),
        }
    }
    let named = reading.mentions.iter().filter(|mention| mention.kind == MentionKind::Place);
    for place in named.filter_map(|mention| mention.place.as_ref()) {
        let exact = place.precision != PlacePrecision::Country;
        if exact && spots.iter().all(|spot| !same(spot.place, place)) {
            spots.push(Spot { place, events: Vec::new() });
        }
    }
    spots.retain(|spot| spot.place.lat.is_some() && spot.place.lon.is_some());
    spots.truncate(MOST);
    spots
}

fn same(a: &Place, b: &Place) -> bool {
    (a.lat, a.lon, &a.name) == (b.lat, b.lon, &b.name)
}

/// What part of the world is shown.
struct Frame {
    west: f64,
    north: f64,
    /// Units of the picture in a degree of longitude and of latitude.
    across: f64,
    down: f64,
}

impl Frame {
    fn around(spots: &[Spot<'_>]) -> Option<Self> {
        let points = || spots.iter().filter_map(|spot| Some((spot.place.lat?, spot.place.lon?)));
        points().next()?;
        let bounds = |value: fn((f64, f64)) -> f64| {
            points().map(value).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
        };
        let ((south, north), (west, east)) = (bounds(|(lat, _)| lat), bounds(|(_, lon)| lon));
        let middle = ((south + north) / 2.0, (west + east) / 2.0);
        let squeeze = middle.0.to_radians().cos().max(0.2);
        let tall = (north - south).max(LEAST);
        let wide = ((east - west) * squeeze).max(LEAST * WIDTH / HEIGHT);
        // The larger of both needs decides, within the whole world.
        let down = (HEIGHT / (tall * (1.0 + 2.0 * ROOM))).min(WIDTH / (wide * (1.0 + 2.0 * ROOM)));
        let down = down.max(HEIGHT / 180.0);
        let across = (down * squeeze).max(WIDTH / 360.0);
        let north = (middle.0 + HEIGHT / down / 2.0).clamp(-90.0 + HEIGHT / down, 90.0);
        let west = (middle.1 - WIDTH / across / 2.0).clamp(-180.0, (180.0 - WIDTH / across).max(-180.0));
        Some(Self { west, north, across, down })
    }

    fn point(&self, lat: f64, lon: f64) -> (f64, f64) {
        ((lon - self.west) * self.across, (self.north - lat) * self.down)
    }

    fn at(&self, place: &Place) -> Option<(f64, f64)> {
        Some(self.point(place.lat?, place.lon?))
    }
}

/// The coastlines inside the frame as an SVG path, without points that lie too close to be told apart.
fn land(frame: &Frame) -> String {
    let mut path = String::new();
    for line in LAND.lines().filter(|line| !line.starts_with('#')) {
        let mut numbers = line.split(' ').filter_map(|number| number.parse::<f64>().ok());
        let mut ring: Vec<(f64, f64)> = Vec::new();
        while let (Some(east), Some(north)) = (numbers.next(), numbers.next()) {
            ring.push(frame.point(north / 100.0, east / 100.0));
        }
        // Where only a stretch of a ring is near, the rest is drawn at the frame's edge.
        let clamp = |(x, y): (f64, f64)| (x.clamp(-20.0, WIDTH + 20.0), y.clamp(-20.0, HEIGHT + 20.0));
        let beyond = |test: fn(&(f64, f64)) -> bool| ring.iter().all(test);
        if beyond(|p| p.0 < 0.0)
            || beyond(|p| p.0 > WIDTH)
            || beyond(|p| p.1 < 0.0)
            || beyond(|p| p.1 > HEIGHT)
        {
            continue;
        }
        let mut last: Option<(f64, f64)> = None;
        let mut begun = false;
        for point in ring.into_iter().map(clamp) {
            let far = last.is_none_or(|(x, y)| (point.0 - x).abs() + (point.1 - y).abs() >= 0.8);
            if far {
                let _ = write!(path, "{}{:.1} {:.1}", if begun { "L" } else { "M" }, point.0, point.1);
                (last, begun) = (Some(point), true);
            }
        }
        path.push('Z');
    }
    path
}

/// Lines of latitude and longitude at round degrees.
fn graticule(out: &mut String, frame: &Frame) {
    let span = HEIGHT / frame.down;
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 30.0].into_iter().find(|step| span / step < 5.0).unwrap_or(45.0);
    let mut path = String::new();
    let mut lat = ((frame.north - span) / step).ceil() * step;
    while lat < frame.north {
        let _ = write!(path, "M0 {:.1}H{WIDTH}", frame.point(lat, 0.0).1);
        lat += step;
    }
    let mut lon = (frame.west / step).ceil() * step;
    while lon < frame.west + WIDTH / frame.across {
        let _ = write!(path, "M{:.1} 0V{HEIGHT}", frame.point(0.0, lon).0);
        lon += step;
    }
    let _ = writeln!(out, "<path class=\"grid\" d=\"{path}\"/>");
}

fn dot(out: &mut String, spot: &Spot<'_>, frame: &Frame, number: usize) {
    let Some((x, y)) = frame.at(spot.place) else { return };
    let contested = if spot.place.contested.is_some() { " contested" } else { "" };
    let title = escape(&title(spot));
    let Some(first) = spot.events.first() else {
        let _ = writeln!(
            out,
            "<circle class=\"ring{contested}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"><title>{title}</title></circle>"
        );
        return;
    };
    // The fiercest event gives the colour.
    let quad = spot.events.iter().map(|event| event.quad as u8).max().unwrap_or(1);
    let shown: Vec<String> = spot.events.iter().take(3).map(|event| event.number.to_string()).collect();
    let more = if spot.events.len() > 3 { "…" } else { "" };
    let text = format!("{}{more}", shown.join(","));
    let radius = 6.5 + text.len() as f64 * 1.7;
    let _ = writeln!(
        out,
        "<a href=\"#a{number}e{}\"><circle class=\"m{quad}{contested}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\">\
         <title>{title}</title></circle><text class=\"inside\" x=\"{x:.1}\" y=\"{:.1}\">{text}</text></a>",
        first.number,
        y + 3.4
    );
}

/// Place, actors and times, a line for each event.
fn title(spot: &Spot<'_>) -> String {
    let mut title = clean(&spot.place.name);
    for unit in [&spot.place.admin1, &spot.place.country].into_iter().flatten() {
        if *unit != spot.place.name {
            let _ = write!(title, ", {}", clean(unit));
        }
    }
    if let Some(contested) = &spot.place.contested {
        let _ = write!(
            title,
            "\ncontested: administered by {}; claimed by {}",
            contested.administers.join(", "),
            contested.claims.join(", ")
        );
    }
    for event in &spot.events {
        let names = |names: &[Name]| names.iter().map(|n| n.label.as_str()).collect::<Vec<_>>().join(" + ");
        let _ = write!(title, "\n{}: {} → {}", event.number, names(&event.actors), event.kind);
        if !event.recipients.is_empty() {
            let _ = write!(title, " → {}", names(&event.recipients));
        }
        if !event.facts.is_empty() {
            let _ = write!(title, " · {}", event.facts.join(" · "));
        }
    }
    title
}

/// Labels already put, so that none covers another.
#[derive(Default)]
struct Labels(Vec<(f64, f64, f64)>);

impl Labels {
    fn put(&mut self, out: &mut String, name: &str, x: f64, y: f64, event: bool) {
        let name: String = name.chars().take(28).collect();
        let wide = name.chars().count() as f64 * LETTER;
        let off = if event { 14.0 } else { 8.0 };
        // Right, left, above, below; else no label: the mark still says its name when pointed at.
        let choices = [
            (x + off, y + 4.0),
            (x - off - wide, y + 4.0),
            (x - wide / 2.0, y - off),
            (x - wide / 2.0, y + off + 9.0),
        ];
        let Some((left, base)) = choices.into_iter().find(|choice| self.fits(*choice, wide)) else { return };
        let _ = writeln!(out, "<text x=\"{left:.1}\" y=\"{base:.1}\">{}</text>", escape(&name));
        self.0.push((left, base, wide));
    }

    /// The name of an area, about its middle.
    fn faint(&mut self, out: &mut String, name: &str, x: f64, y: f64) {
        let wide = name.chars().count() as f64 * LETTER * 1.35;
        let (left, base) = (x - wide / 2.0, y + 4.0);
        if self.fits((left, base), wide) {
            let _ = writeln!(
                out,
                "<text class=\"state\" x=\"{left:.1}\" y=\"{base:.1}\">{}</text>",
                escape(name)
            );
            self.0.push((left, base, wide));
        }
    }

    fn fits(&self, (left, base): (f64, f64), wide: f64) -> bool {
        left >= 2.0
            && left + wide <= WIDTH - 2.0
            && (LINE..=HEIGHT - 4.0).contains(&base)
            && self.0.iter().all(|(l, b, w)| left + wide < *l || left > l + w || (base - b).abs() > LINE)
    }
}

/// The names of the states in the text, where their middle is in the frame: to find one's way by.
fn states(out: &mut String, labels: &mut Labels, reading: &Reading, frame: &Frame) {
    let mut named: Vec<&str> = Vec::new();
    for place in reading.mentions.iter().filter_map(|mention| mention.place.as_ref()) {
        let Some((x, y)) = frame.at(place).filter(|_| place.precision == PlacePrecision::Country) else {
            continue;
        };
        if named.contains(&place.name.as_str()) {
            continue;
        }
        named.push(&place.name);
        labels.faint(out, &clean(&place.name), x, y);
    }
}

/// A bar of round kilometres.
fn scale(out: &mut String, frame: &Frame) {
    const KM_IN_DEGREE: f64 = 111.2;
    let unit = frame.down / KM_IN_DEGREE;
    let lengths = [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0];
    let km = lengths.into_iter().rev().find(|km| km * unit <= WIDTH / 4.0).unwrap_or(10.0);
    let (right, y) = (WIDTH - 10.0, HEIGHT - 10.0);
    let _ = writeln!(
        out,
        "<path class=\"scale\" d=\"M{:.1} {y}H{right}\"/><text class=\"km\" x=\"{right}\" y=\"{}\">{km} km</text>",
        right - km * unit,
        y - 5.0
    );
}

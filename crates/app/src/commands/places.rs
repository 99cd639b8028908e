//! `legation places`: which places bear a name, the likeliest first, and who disputes them.

use super::output;
use crate::{
    layers,
    messages::Messages,
    outcome::Outcome,
    page::{Theme, wrapped},
    settings::Terminal,
    view::{clean, count, country},
};
use atlas::{Atlas, Place};
use jiff::civil::Date;
use std::{io::Write as _, path::PathBuf};

/// Places told of one name.
const TOLD: usize = 20;

/// Looks up and prints.
pub fn run(
    name: &str,
    on: Option<Date>,
    folders: &[PathBuf],
    terminal: &Terminal,
    messages: &Messages,
) -> anyhow::Result<Outcome> {
    let atlas = layers::atlas(folders, messages)?;
    let places = atlas.places(name.trim());
    if places.is_empty() {
        messages.error(&format!(
            "the gazetteer knows no `{name}`; try another spelling, or `legation gazetteer build` for all of GeoNames"
        ));
        return Ok(Outcome::Nothing);
    }
    let theme = Theme::new(terminal.colour);
    let mut text = String::new();
    for place in places.iter().take(TOLD) {
        if !text.is_empty() {
            text.push('\n');
        }
        text += &entry(place, on, &atlas, &theme, terminal.width);
    }
    if let Some(more @ 1..) = places.len().checked_sub(TOLD) {
        text += &format!("\n{} more\n", count(more, "place", "places"));
    }
    let mut out = output();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Outcome::All)
}

fn entry(place: &Place<'_>, on: Option<Date>, atlas: &Atlas, theme: &Theme, width: usize) -> String {
    let states: Vec<String> =
        place.country.split('|').filter(|iso3| !iso3.is_empty()).map(|iso3| country(iso3, atlas)).collect();
    let within: Vec<&str> = [place.admin2, place.admin1]
        .into_iter()
        .filter(|unit| !unit.is_empty() && *unit != place.name)
        .collect();
    let mut within: Vec<String> = within.into_iter().map(clean).collect();
    within.push(states.join(", "));
    let within: Vec<String> = within.into_iter().filter(|unit| !unit.is_empty()).collect();
    let line = format!("{}  {}", theme.bold(&clean(place.name)), theme.faint(&within.join(", ")));
    let mut out = wrapped(&line, width, "", "  ");
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            out += &wrapped(&format!("{}: {value}", theme.faint(name)), width, "  ", "    ");
        }
    };
    field("kind", &format!("{:?} ({})", place.precision(), place.feature).to_lowercase());
    field("at", &format!("{:.3}, {:.3}", place.lat, place.lon));
    field("inhabitants", &if place.population > 0 { place.population.to_string() } else { String::new() });
    field("GeoNames", &place.geonames.map_or_else(String::new, |id| id.to_string()));
    field("also", &clean(&place.names.replace('|', ", ")));
    if let Some(dispute) = atlas.dispute(place, on) {
        let states = |codes: &[String]| {
            let names: Vec<String> = codes.iter().map(|code| country(code, atlas)).collect();
            names.join(", ")
        };
        field("contested", &format!("{} ({})", dispute.name, dispute.status));
        field("administered by", &states(&dispute.administers));
        field("claimed by", &states(&dispute.claims));
    }
    out
}

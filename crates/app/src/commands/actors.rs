//! `legation actors`: what a name may stand for, and the offices held on a day, as the atlas has it.

use super::output;
use crate::{
    layers,
    messages::Messages,
    outcome::Outcome,
    page::{Theme, wrapped},
    settings::Terminal,
    view::{clean, country, day, sector},
};
use atlas::{Atlas, Entry, Holding, Period, Standing};
use jiff::civil::Date;
use std::{io::Write as _, path::PathBuf};

/// Looks up and prints.
pub fn run(
    name: &str,
    on: Option<Date>,
    folders: &[PathBuf],
    terminal: &Terminal,
    messages: &Messages,
) -> anyhow::Result<Outcome> {
    let atlas = layers::atlas(folders, messages)?;
    let bare = name.trim();
    let bare = bare.strip_prefix("the ").or_else(|| bare.strip_prefix("The ")).unwrap_or(bare);
    let mut sheet = Sheet {
        atlas: &atlas,
        on,
        theme: Theme::new(terminal.colour),
        width: terminal.width,
        out: String::new(),
    };
    sheet.entries(bare);
    sheet.surname(bare);
    if sheet.out.is_empty() {
        messages.error(&format!(
            "`{name}` is not in the atlas; try the full name, a surname, or the name of a state or body"
        ));
        return Ok(Outcome::Nothing);
    }
    let mut out = output();
    out.write_all(sheet.out.as_bytes())?;
    out.flush()?;
    Ok(Outcome::All)
}

struct Sheet<'a> {
    atlas: &'a Atlas,
    on: Option<Date>,
    theme: Theme,
    width: usize,
    out: String,
}

impl Sheet<'_> {
    fn entries(&mut self, name: &str) {
        for entry in self.atlas.named(name) {
            match entry {
                Entry::State(state) => {
                    self.head(&state.name, "state", &state.iso3);
                    self.field("official name", &state.official);
                    self.field("capital", state.capital.first().map_or("", String::as_str));
                    self.field("demonyms", &state.demonyms.join(", "));
                    let seats: Vec<&str> = state.seats.iter().map(|seat| seat.name.as_str()).collect();
                    self.field("seats of power", &seats.join(", "));
                    self.field(
                        "Correlates of War",
                        &state.cow.map_or_else(String::new, |cow| cow.to_string()),
                    );
                    self.field("contested by", &state.contested_by.join(", "));
                    self.field("also called so", state.ambiguous.as_deref().unwrap_or(""));
                }
                Entry::Demonym(state) => {
                    self.head(&state.name, "adjective or people of the state", &state.iso3)
                }
                Entry::Capital(state) => {
                    let code = self.atlas.code(&state.iso3, Some(record::Sector::GOV));
                    self.head(&state.name, "its capital: the government, or the town", &code);
                }
                Entry::Seat(state, seat) => {
                    let code = self.atlas.code(&state.iso3, seat.sector);
                    let kind = seat.sector.map_or_else(
                        || "a seat of power".to_owned(),
                        |s| format!("seat of its {}", sector(s)),
                    );
                    self.head(&state.name, &kind, &code);
                }
                Entry::Body(body) => {
                    self.head(&body.name, &body.kind, &body.code);
                    self.field("also", &body.names.join(", "));
                    let members: Vec<&str> = body.members_on(self.on).collect();
                    let heading =
                        self.on.map_or_else(|| "members".into(), |on| format!("members on {}", day(on)));
                    self.field(&heading, &members.join(", "));
                }
                Entry::Person(person) => {
                    self.head(&person.name, "person", "");
                    self.offices(&self.atlas.offices(person, self.on));
                }
                Entry::Service(service) => {
                    let code = self.atlas.code(&service.country, service.sector);
                    self.head(
                        &service.name,
                        &format!("service of {}", country(&service.country, self.atlas)),
                        &code,
                    );
                }
                Entry::Group(group) => {
                    self.head(&group.name, "group", group.code.as_deref().unwrap_or(""));
                    let states: Vec<String> =
                        group.countries.iter().map(|iso3| country(iso3, self.atlas)).collect();
                    self.field("acts in", &states.join(", "));
                    self.field("sector", group.sector.map_or("", sector));
                    self.field("active", &period(group.period));
                    self.field("note", &group.note);
                }
                Entry::Region(region) => {
                    self.head(&region.name, "region", "");
                    self.field("states", &region.members.join(", "));
                }
                Entry::Outlet(outlet) => {
                    self.head(&outlet.name, &outlet.kind, "");
                    self.field(
                        "country",
                        &outlet.country.as_deref().map_or_else(String::new, |iso3| country(iso3, self.atlas)),
                    );
                    self.field("control", &outlet.control);
                    self.field("owner", outlet.owner.as_deref().unwrap_or(""));
                }
                Entry::Treaty { treaty, generic } => {
                    let kind = if generic { "treaty, where its parties are named nearby" } else { "treaty" };
                    self.head(&treaty.name, kind, &treaty.id);
                    self.field("parties", &treaty.parties.join(", "));
                    self.field("signed", &treaty.signed.map_or_else(String::new, day));
                    self.field(
                        "in force",
                        &if treaty.entered { period(treaty.in_force) } else { "no".into() },
                    );
                }
            }
        }
    }

    /// Persons who go by this surname, beyond those named so in full.
    fn surname(&mut self, name: &str) {
        let known: Vec<Holding<'_>> = self.atlas.person(name, self.on);
        let holdings = self.atlas.surname(name, None, self.on);
        let mut names: Vec<&str> = Vec::new();
        for holding in &holdings {
            if !names.contains(&holding.name) && known.iter().all(|other| other.name != holding.name) {
                names.push(holding.name);
            }
        }
        for person in names {
            self.head(person, "person, by surname", "");
            let own: Vec<Holding<'_>> =
                holdings.iter().filter(|holding| holding.name == person).copied().collect();
            self.offices(&own);
        }
    }

    fn offices(&mut self, holdings: &[Holding<'_>]) {
        for holding in holdings {
            let tenure = holding.tenure;
            let of = self
                .atlas
                .body(&tenure.country)
                .map_or_else(|| country(&tenure.country, self.atlas), |body| body.name.clone());
            let title = if tenure.title.contains(&of) {
                tenure.title.clone()
            } else {
                format!("{}, {of}", tenure.title)
            };
            let standing = match holding.standing {
                Standing::Held => "holds",
                Standing::Former => "held",
                Standing::Future => "will hold",
            };
            let code = self.atlas.code(&tenure.country, Some(tenure.office.sector()));
            let current = holding.standing == Standing::Held;
            let title = if current { self.theme.bold(&title) } else { title };
            self.field(standing, &format!("{title} [{code}], {}", period(tenure.period)));
        }
    }

    fn head(&mut self, name: &str, kind: &str, code: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        let code = if code.is_empty() { String::new() } else { format!(" [{code}]") };
        let line = format!("{}{code}  {}", self.theme.bold(&clean(name)), self.theme.faint(kind));
        self.out += &wrapped(&line, self.width, "", "  ");
    }

    fn field(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.out += &wrapped(&format!("{}: {value}", self.theme.faint(name)), self.width, "  ", "    ");
        }
    }
}

fn period(period: Period) -> String {
    match (period.from, period.to) {
        (None, None) => "dates not given".into(),
        (Some(from), None) => format!("since {}", day(from)),
        (None, Some(to)) => format!("until {}", day(to)),
        (Some(from), Some(to)) => format!("{} – {}", day(from), day(to)),
    }
}

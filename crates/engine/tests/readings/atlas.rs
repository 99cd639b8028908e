//! Which state and what kind of actor a mention is, and when events took place: `cases/atlas`.

use engine::Legation;
use record::{
    Article, Language, Sector,
    reading::{Actor, Event, Mention, Reading},
};
use std::{fmt::Write as _, fs, path::Path};

/// Files of actors, how many each must have, and how many must have their country and their sector, in percent: guards against falling back.
const ACTORS: [(&str, usize, usize, usize); 3] =
    [("actors.txt", 200, 94, 88), ("actors-2.txt", 200, 88, 82), ("actors-3.txt", 200, 85, 82)];
/// Files of dates, how many each must have, and how many of the events that are read must have theirs, in percent; the same.
const DATES: [(&str, usize, usize); 3] =
    [("dates.txt", 150, 92), ("dates-2.txt", 150, 92), ("dates-3.txt", 150, 92)];

fn cases(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/atlas").join(name);
    let text = fs::read_to_string(path).expect("the cases");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn read(legation: &Legation, date: &str, text: &str) -> Reading {
    let published = Some(date.parse().expect("a date"));
    let article =
        Article { language: Language::english(), published, text: text.to_owned(), ..Article::default() };
    legation.read(article, false)
}

/// The characters of `words` in `text`.
fn place_of(text: &str, words: &str) -> (usize, usize) {
    let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
    let start = text[..at].chars().count();
    (start, start + words.chars().count())
}

/// The actor of the mention that shares most with the characters; of two, of the one that ends last.
fn actor_at(reading: &Reading, (start, end): (usize, usize)) -> Option<&Actor> {
    let shared = |m: &&Mention| m.end.min(end).saturating_sub(m.start.max(start));
    let mentions = reading.mentions.iter().filter(|m| m.actor.is_some() && shared(m) > 0);
    mentions.max_by_key(|m| (shared(m), m.end)).and_then(|m| m.actor.as_ref())
}

fn is_one_of(wanted: &str, told: Option<&str>) -> bool {
    wanted.split('|').any(|one| told.unwrap_or("-") == one)
}

#[test]
#[expect(clippy::print_stdout, reason = "what is not met is shown with --nocapture")]
fn actors_have_country_and_sector() {
    let legation = Legation::new().expect("the program's own data load");
    for (name, least, of_country, of_sector) in ACTORS {
        let (mut countries, mut sectors, mut report) = (0, 0, String::new());
        let cases = cases(name);
        for case in &cases {
            let [date, country, sector, mention, text] = case.as_slice() else { panic!("{case:?}") };
            let reading = read(&legation, date, text);
            let actor = actor_at(&reading, place_of(text, mention));
            let told = actor.and_then(|actor| actor.country.as_deref());
            let kind = actor.and_then(|actor| actor.sector).map(Sector::as_str);
            let met = (is_one_of(country, told), is_one_of(sector, kind));
            countries += usize::from(met.0);
            sectors += usize::from(met.1);
            if met != (true, true) {
                let read = actor.map_or("nobody", |actor| &actor.name);
                let _ = writeln!(
                    report,
                    "{mention} ({country} {sector}): {read} ({} {}): {date} {text}",
                    told.unwrap_or("-"),
                    kind.unwrap_or("-")
                );
            }
        }
        let total = cases.len();
        println!("{report}\n{name}: of {total} the country of {countries} and the sector of {sectors}");
        assert!(total >= least, "{name}: only {total}");
        assert!(
            countries * 100 >= total * of_country && sectors * 100 >= total * of_sector,
            "{name}\n{report}"
        );
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "what is not met is shown with --nocapture")]
fn events_have_their_dates() {
    let legation = Legation::new().expect("the program's own data load");
    for (name, least, percent) in DATES {
        let (mut found, mut right, mut report) = (0, 0, String::new());
        let cases = cases(name);
        for case in &cases {
            let [date, from, to, word, text] = case.as_slice() else { panic!("{case:?}") };
            let reading = read(&legation, date, text);
            let (start, end) = place_of(text, word);
            let at = |event: &&Event| event.anchor.start < end && start < event.anchor.end;
            let Some(event) = reading.events.iter().find(at) else {
                let _ = writeln!(report, "{word}: no event read: {date} {text}");
                continue;
            };
            found += 1;
            let when = event.when.as_ref().map(|time| &time.when);
            let open = || "-".to_owned();
            let told = (
                when.and_then(|when| when.from).map_or_else(open, |day| day.to_string()),
                when.and_then(|when| when.to).map_or_else(open, |day| day.to_string()),
            );
            let met = told.0 == *from && told.1 == *to;
            right += usize::from(met);
            if !met {
                let _ = writeln!(report, "{word} {from}..{to}: read {}..{}: {date} {text}", told.0, told.1);
            }
        }
        let total = cases.len();
        println!("{report}\n{name}: {right} right of {found} events read of {total}");
        assert!(total >= least, "{name}: only {total}");
        assert!(right * 100 >= found * percent, "{name}: {right} of {found}\n{report}");
    }
}

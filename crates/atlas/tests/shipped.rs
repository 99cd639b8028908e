//! The facts that ship: no problems in any table, and what a reader of the news expects to find.

use atlas::{Atlas, Entry, Office, Standing};
use jiff::civil::{Date, date};
use record::Sector;
use std::error::Error;

type Outcome = Result<(), Box<dyn Error>>;

/// What stands at the start of `text`, cut at spaces: `RUS`, `RUS*` (demonym), `RUS capital`, `RUS Kremlin GOV`, ….
fn read(atlas: &Atlas, text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let found = atlas.match_at(&words, 0);
    let longest = found.first().map_or(0, |(used, _)| *used);
    let best = found.into_iter().filter(|(used, _)| *used == longest);
    best.map(|(_, entry)| match entry {
        Entry::State(s) => s.iso3.clone(),
        Entry::Demonym(s) => format!("{}*", s.iso3),
        Entry::Capital(s) => format!("{} capital", s.iso3),
        Entry::Seat(s, seat) => {
            format!("{} {} {}", s.iso3, seat.name, seat.sector.map_or("-", Sector::as_str))
        }
        Entry::Region(r) => format!("region {}", r.id),
        Entry::Body(b) => b.id.clone(),
        Entry::Person(p) => p.name.clone(),
        Entry::Service(s) => format!("service {}", s.name),
        Entry::Group(g) => format!("group {}", g.id),
        Entry::Outlet(o) => format!("outlet {}", o.id),
        Entry::Treaty { treaty, generic } => format!("{}{}", treaty.id, if generic { "*" } else { "" }),
    })
    .collect()
}

fn has(atlas: &Atlas, text: &str, wanted: &str) {
    let found = read(atlas, text);
    assert!(found.iter().any(|f| f == wanted), "`{text}` gives {found:?}, not {wanted}");
}

#[test]
fn the_tables_have_no_problems() {
    let problems: Vec<String> = atlas::lint().iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_form_of_a_state_is_found() -> Outcome {
    let atlas = Atlas::embedded()?;
    for (text, wanted) in [
        ("Russia", "RUS"),
        ("Russian Federation", "RUS"),
        ("Russians", "RUS*"),
        ("Kremlin said", "RUS Kremlin GOV"),
        ("Moscow", "RUS capital"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("United States of America", "USA"),
        ("Pentagon", "USA Pentagon MIL"),
        ("White House", "USA White House GOV"),
        ("10 Downing Street", "GBR 10 Downing Street GOV"),
        ("Elysee", "FRA Élysée GOV"),
        ("Quai d' Orsay", "FRA Quai d'Orsay GOV"),
        ("Kyiv", "UKR capital"),
        ("Kiev", "UKR capital"),
        ("Türkiye", "TUR"),
        ("Turkiye", "TUR"),
        ("Burma", "MMR"),
        ("Swaziland", "SWZ"),
        ("Zaire", "COD"),
        ("DPRK", "PRK"),
        ("North Koreans", "PRK*"),
        ("Democratic People 's Republic of Korea", "PRK"),
        ("Côte d’Ivoire", "CIV"),
        ("Guinea - Bissau", "GNB"),
        ("Saudi", "SAU*"),
        ("Frenchmen", "FRA*"),
        ("South American leaders", "region south-america"),
        ("Hong Kong", "HKG"),
        ("Abkhazia", "XAB"),
        ("USSR", "SUN"),
    ] {
        has(&atlas, text, wanted);
    }
    Ok(())
}

#[test]
fn common_words_are_no_states() -> Outcome {
    let atlas = Atlas::embedded()?;
    for text in
        ["us", "turkey", "chad", "jordan", "who", "I ran", "polish", "china", "guinea pigs", "Let", "44.4"]
    {
        assert!(read(&atlas, text).is_empty(), "`{text}` gives {:?}", read(&atlas, text));
    }
    assert!(!read(&atlas, "Us").iter().any(|f| f == "USA"));
    Ok(())
}

#[test]
fn longer_names_win_over_the_names_inside_them() -> Outcome {
    let atlas = Atlas::embedded()?;
    for (text, wanted) in [
        ("Equatorial Guinea", "GNQ"),
        ("Papua New Guinea", "PNG"),
        ("South Sudan", "SSD"),
        ("Democratic Republic of the Congo", "COD"),
        ("Dominican Republic", "DOM"),
        ("North Atlantic Treaty Organization", "NATO"),
    ] {
        assert_eq!(read(&atlas, text), [wanted]);
    }
    Ok(())
}

#[test]
fn ambiguity_is_kept() -> Outcome {
    let atlas = Atlas::embedded()?;
    has(&atlas, "Congo", "COG");
    has(&atlas, "Congo", "COD");
    has(&atlas, "Brussels", "BEL capital");
    has(&atlas, "Brussels", "EU");
    assert!(atlas.state("GEO").is_some_and(|s| s.ambiguous.is_some()));
    Ok(())
}

#[test]
fn bodies_and_their_members_by_date() -> Outcome {
    let atlas = Atlas::embedded()?;
    has(&atlas, "Nato", "NATO");
    has(&atlas, "U.N. Security Council", "UNSC");
    has(&atlas, "Association of Southeast Asian Nations", "ASEAN");
    let member = |body, iso3, day: Date| atlas.is_member(body, iso3, Some(day));
    assert_eq!(member("NATO", "FIN", date(2023, 4, 3)), Some(false));
    assert_eq!(member("NATO", "FIN", date(2023, 4, 4)), Some(true));
    assert_eq!(member("EU", "GBR", date(2020, 1, 31)), Some(true));
    assert_eq!(member("EU", "GBR", date(2020, 2, 1)), Some(false));
    assert_eq!(member("ECOWAS", "MLI", date(2025, 3, 1)), Some(false));
    assert_eq!(member("CSTO", "UZB", date(2010, 1, 1)), Some(true));
    assert_eq!(atlas.body("NATO").map(|b| b.members_on(None).count()), Some(32));
    assert_eq!(atlas.body("EU").map(|b| b.members_on(None).count()), Some(27));
    assert_eq!(atlas.body("AU").map(|b| b.members_on(None).count()), Some(55));
    assert_eq!(atlas.body("G20").map(|b| b.members_on(None).count()), Some(21));
    assert_eq!(atlas.code("NATO", None), "IGONATO");
    assert_eq!(atlas.code("UN", None), "IGOUNO");
    assert_eq!(atlas.code("PRK", Some(Sector::GOV)), "PRKGOV");
    Ok(())
}

#[test]
fn all_members_of_the_united_nations_are_there() -> Outcome {
    let atlas = Atlas::embedded()?;
    let members = atlas.states().iter().filter(|s| s.status == atlas::Status::UnMember);
    assert_eq!(members.count(), 193);
    for state in atlas.states() {
        assert!(atlas.country_place(&state.iso3).is_some_and(|p| p.lat.is_some() && p.lon.is_some()));
    }
    Ok(())
}

#[test]
fn agents_carry_sectors() -> Outcome {
    let atlas = Atlas::embedded()?;
    let sector = |phrase: &str| {
        let lemmas: Vec<&str> = phrase.split(' ').collect();
        atlas.agent(&lemmas, 0).map(|(used, a)| (used, a.sector.map_or("", Sector::as_str).to_owned()))
    };
    for (phrase, used, code) in [
        ("soldier", 1, "MIL"),
        ("foreign minister say", 2, "GOV"),
        ("Foreign Ministry", 2, "GOV"),
        ("armed forces", 2, "MIL"),
        ("armed force", 2, "MIL"),
        ("lawmaker", 1, "LEG"),
        ("protester", 1, "CVL"),
        ("journalist", 1, "JRN"),
        ("intelligence service", 2, "SPY"),
        ("drug cartel", 2, "CRM"),
        ("prosecutor 's office", 3, "JUD"),
        ("commander - in - chief", 5, "MIL"),
        ("policemen", 1, "COP"),
    ] {
        assert_eq!(sector(phrase), Some((used, code.to_owned())), "{phrase}");
    }
    assert_eq!(sector("banana"), None);
    assert!(atlas.agents().len() >= 250);
    Ok(())
}

#[test]
fn treaties_are_found_as_news_words_them() -> Outcome {
    let atlas = Atlas::embedded()?;
    for (text, wanted) in [
        ("comprehensive strategic partnership treaty", "prk-rus-2024*"),
        ("Comprehensive Strategic Partnership Treaty", "prk-rus-2024*"),
        ("Treaty on Comprehensive Strategic Partnership", "prk-rus-2024*"),
        ("Washington Treaty", "nato-1949"),
        ("NATO 's founding treaty", "nato-1949"),
        ("Minsk agreements", "minsk-2015"),
        ("Iran nuclear deal", "jcpoa-2015"),
        ("New START", "new-start-2010"),
        ("Budapest Memorandum", "budapest-1994"),
        ("mutual defense treaty", "us-phl-1951*"),
    ] {
        has(&atlas, text, wanted);
    }
    let treaty = atlas.treaty("prk-rus-2024").ok_or("prk-rus-2024 is missing")?;
    assert!(treaty.has_party("PRK") && treaty.has_party("RUS"));
    assert!(treaty.binds(date(2025, 4, 28)) && !treaty.binds(date(2024, 10, 18)));
    assert!(atlas.treaties().len() >= 120);
    Ok(())
}

#[test]
fn office_holders_by_date() -> Outcome {
    let atlas = Atlas::embedded()?;
    let day = date(2025, 4, 28);
    for name in ["Kim Jong Un", "Kim Jong-un", "KIM JONG UN"] {
        let held = atlas.person(name, Some(day));
        let first = held.first().ok_or(name)?;
        assert_eq!((first.tenure.country.as_str(), first.standing), ("PRK", Standing::Held));
    }
    has(&atlas, "Kim Jong - un", "Kim Jong Un");
    assert!(atlas.surname("Kim", Some("PRK"), Some(day)).iter().any(|h| h.name == "Kim Jong Un"));
    let leader = atlas.officeholder("PRK", &Office::Leader, day).ok_or("no leader of PRK")?;
    assert_eq!(leader.name, "Kim Jong Un");
    Ok(())
}

#[test]
fn the_countrys_leader_is_the_one_who_governs() -> Outcome {
    let atlas = Atlas::embedded()?;
    for (country, day, name) in [
        ("GBR", date(2025, 4, 28), "Keir Starmer"),
        ("DEU", date(2025, 4, 28), "Olaf Scholz"),
        ("FRA", date(2025, 4, 28), "Emmanuel Macron"),
        ("RUS", date(2010, 4, 28), "Dmitry Medvedev"),
        ("USA", date(2024, 4, 28), "Joe Biden"),
        ("IND", date(2025, 4, 28), "Narendra Modi"),
    ] {
        let leader = atlas.officeholder(country, &Office::Leader, day);
        assert_eq!(leader.map(|h| h.name), Some(name), "{country}");
    }
    Ok(())
}

#[test]
fn a_surname_follows_the_countrys_name_order() -> Outcome {
    let atlas = Atlas::embedded()?;
    let day = Some(date(2025, 4, 28));
    for (surname, country, name) in [
        ("Putin", "RUS", "Vladimir Putin"),
        ("Xi", "CHN", "Xi Jinping"),
        ("von der Leyen", "EU", "Ursula von der Leyen"),
        ("Abiy", "ETH", "Abiy Ahmed"),
        ("Erdogan", "TUR", "Recep Tayyip Erdoğan"),
        ("Zelenskyy", "UKR", "Volodymyr Zelenskyy"),
        ("Zelensky", "UKR", "Volodymyr Zelenskyy"),
        ("Starmer", "GBR", "Keir Starmer"),
    ] {
        let found = atlas.surname(surname, Some(country), day);
        let key = |n: &str| atlas::key::key(n);
        let first = found.first().map(|h| (key(h.name), h.standing));
        assert_eq!(first, Some((key(name), Standing::Held)), "{surname}");
    }
    Ok(())
}

#[test]
fn former_office_holders_are_marked() -> Outcome {
    let atlas = Atlas::embedded()?;
    let held = atlas.person("Jens Stoltenberg", Some(date(2025, 4, 28)));
    let nato = held.iter().find(|h| h.tenure.country == "NATO").ok_or("Stoltenberg")?;
    assert!(nato.former() && nato.role().is_some_and(|r| r.starts_with("former ")));
    let head = atlas.officeholder("NATO", &Office::Leader, date(2025, 4, 28)).ok_or("no head of NATO")?;
    assert_eq!(head.name, "Mark Rutte");
    assert!(atlas.role(&head).is_some_and(|r| r.contains("NATO")), "{:?}", atlas.role(&head));
    Ok(())
}

#[test]
fn places_have_candidates() -> Outcome {
    let atlas = Atlas::embedded()?;
    let tripoli = atlas.places("Tripoli");
    assert!(tripoli.iter().any(|p| p.country == "LBY") && tripoli.len() > 1);
    assert_eq!(atlas.places("paris").first().map(|p| p.country), Some("FRA"));
    assert_eq!(atlas.places("London").first().map(|p| p.country), Some("GBR"));
    let found = atlas.places_at(&["in", "Nizhny", "Novgorod", "."], 1).ok_or("Nizhny Novgorod")?;
    assert_eq!(found.0, 2);
    assert!(atlas.places_at(&["male"], 0).is_none());
    Ok(())
}

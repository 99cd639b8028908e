//! A user's rows over the shipped ones: what is added, what takes whose place, what is taken out, what is told.

use atlas::{Atlas, Entry, Error, LayerFile, Office, lint_layers};
use record::Sector;

const GROUPS: &str = "id\tname\tnames\tcountries\tsector\tcode\tfrom\tto\tnote\n";
const AGENTS: &str = "noun\tsector\tkind\tcountry\tnote\n";
const LEADERS: &str = "country\toffice\ttitle\tname\taliases\tfrom\tto\n";
const PLACES: &str = "geonames\tname\tnames\tlat\tlon\tcountry\tadmin1\tfeature\tpopulation\tnote\n";

fn file(layer: usize, name: &str, text: &str) -> LayerFile {
    LayerFile { layer, name: name.into(), shown: format!("my{layer}/{name}"), text: text.into() }
}

fn group_code(atlas: &Atlas, name: &str) -> Vec<String> {
    let codes = atlas.named(name).into_iter().filter_map(|entry| match entry {
        Entry::Group(group) => group.code.clone(),
        _ => None,
    });
    codes.collect()
}

#[test]
fn without_tables_nothing_changes() -> Result<(), Error> {
    let shipped = Atlas::embedded()?;
    for files in [vec![], vec![file(1, "lexicon/light.tsv", "x"), file(1, "README.md", "x")]] {
        let same = Atlas::with_layers(&files)?;
        assert_eq!((same.version(), same.sizes()), (shipped.version(), shipped.sizes()));
    }
    Ok(())
}

#[test]
fn rows_are_added_replaced_and_taken_out() -> Result<(), Error> {
    let text = format!(
        "{GROUPS}harbour-front\tHarbour Front\tHF\tGRC\tREB\tGRCREBHFR\t\t\t\nhamas\tHamas\tHarakat\tPSE\tGOV\tPSEGOVHMS\t\t\t\n!pij\n"
    );
    let one = Atlas::with_layers(&[file(1, "atlas/groups.tsv", &text)])?;
    assert_eq!(one.problems(), []);
    assert_eq!(group_code(&one, "Harbour Front"), ["GRCREBHFR"]);
    assert_eq!(group_code(&one, "Hamas"), ["PSEGOVHMS"]);
    assert!(group_code(&one, "Palestinian Islamic Jihad").is_empty());
    assert_eq!(one.groups().len(), Atlas::embedded()?.groups().len());
    assert_ne!(one.version(), Atlas::embedded()?.version());
    // A later layer wins over an earlier one.
    let later = format!("{GROUPS}harbour-front\tHarbour Front\t\tTUR\tREB\tTURREBHFR\t\t\t\n");
    let two = Atlas::with_layers(&[file(1, "atlas/groups.tsv", &text), file(2, "atlas/groups.tsv", &later)])?;
    assert_eq!(group_code(&two, "Harbour Front"), ["TURREBHFR"]);
    assert_ne!(two.version(), one.version());
    Ok(())
}

#[test]
fn the_version_follows_contents_not_paths() -> Result<(), Error> {
    let here = file(1, "atlas/groups.tsv", GROUPS);
    let there = LayerFile { shown: "elsewhere/atlas/groups.tsv".into(), ..here.clone() };
    assert_eq!(Atlas::with_layers(&[here])?.version(), Atlas::with_layers(&[there])?.version());
    Ok(())
}

#[test]
fn a_users_noun_wins() -> Result<(), Error> {
    let text = format!("{AGENTS}soldier\tREB\t\t\t\nharbour pilot\tLAB\t\t\t\n");
    let atlas = Atlas::with_layers(&[file(1, "atlas/agents.tsv", &text)])?;
    let sector = |lemmas: &[&str]| atlas.agent(lemmas, 0).and_then(|(_, agent)| agent.sector);
    assert_eq!(sector(&["soldiers"]), Some(Sector::REB));
    assert_eq!(sector(&["harbour", "pilots"]), Some(Sector::LAB));
    Ok(())
}

#[test]
fn a_sector_may_stand_for_an_office() -> Result<(), Error> {
    let text = format!("{LEADERS}GRC\tBUS\tbusinessman\tAristos Kanaris\t\t2019-05\t\n");
    let atlas = Atlas::with_layers(&[file(1, "atlas/leaders/mine.tsv", &text)])?;
    let holdings = atlas.person("Aristos Kanaris", "2020-01-01".parse().ok());
    let first = holdings.first().expect("a tenure");
    assert_eq!((&first.tenure.office, atlas.sector_of(first)), (&Office::Sector(Sector::BUS), Sector::BUS));
    assert_eq!(atlas.role(first).as_deref(), Some("businessman of Greece"));
    Ok(())
}

#[test]
fn places_are_added_to_the_gazetteer() -> Result<(), Error> {
    let shipped = Atlas::embedded()?;
    let athens = shipped.places("Athens").first().and_then(|place| place.geonames).expect("Athens has an id");
    let text = format!(
        "{PLACES}\tKato Limani\tLimani Kato\t37.9\t23.6\tGRC\tAttica\tP.PPL\t900\t\n{athens}\tAthens\t\t1\t2\tGRC\t\tP.PPLC\t5\tmoved\n"
    );
    let atlas = Atlas::with_layers(&[file(1, "atlas/places.tsv", &text)])?;
    assert_eq!(atlas.problems(), []);
    assert_eq!(atlas.places("limani kato").first().map(|place| place.lat), Some(37.9));
    let found = atlas.places_at(&["in", "Kato", "Limani", "today"], 1);
    assert_eq!(found.map(|(used, places)| (used, places.len())), Some((2, 1)));
    let moved: Vec<f64> = atlas
        .places("Athens")
        .iter()
        .filter(|place| place.geonames == Some(athens))
        .map(|place| place.lat)
        .collect();
    assert_eq!(moved, [1.0]);
    assert_eq!(atlas.places("Kharkiv"), shipped.places("Kharkiv"));
    // Taken out, by the id alone.
    let gone = Atlas::with_layers(&[file(1, "atlas/places.tsv", &format!("{PLACES}!{athens}\n"))])?;
    assert!(gone.places("Athens").iter().all(|place| place.geonames != Some(athens)));
    Ok(())
}

#[test]
fn problems_name_the_users_path_and_line() {
    let groups = format!("{GROUPS}# mine\nx\t\t\t\t\t\t\t\t\ny\tGroup Y\t\tXYZ\tREB\t\t\t\t\n!nobody\n");
    let places = format!("{PLACES}\tNowhere\t\tnorth\t2\tGRC\t\tP\t\t\n");
    let states = "iso3\tname\n";
    let leaders = format!("{LEADERS}QQQ\tMIL\tofficer\tSomebody\t\t\t\n");
    let files = [
        file(1, "atlas/groups.tsv", &groups),
        file(1, "atlas/places.tsv", &places),
        file(1, "atlas/states.tsv", states),
        file(2, "atlas/leaders/x.tsv", &leaders),
    ];
    let found: Vec<String> = lint_layers(&files).iter().map(ToString::to_string).collect();
    for wanted in [
        "my1/atlas/groups.tsv:3: a group needs an id and a name",
        "my1/atlas/groups.tsv:4: `XYZ` is no state or body of the atlas",
        "my1/atlas/groups.tsv:5: there is no such row to take out",
        "my1/atlas/places.tsv:2: `north` is no `lat`",
        "my1/atlas/states.tsv:1: the header must be",
        "my2/atlas/leaders/x.tsv:2: `QQQ` is no state or body of the atlas",
    ] {
        assert!(found.iter().any(|problem| problem.starts_with(wanted)), "{wanted}: {found:#?}");
    }
    assert_eq!(found.len(), 6, "{found:#?}");
}

#[test]
fn a_broken_row_leaves_what_was_there() -> Result<(), Error> {
    let text = format!("{GROUPS}hamas\t\t\tPSE\tGOV\t\t\t\t\n");
    let atlas = Atlas::with_layers(&[file(1, "atlas/groups.tsv", &text)])?;
    assert_eq!((atlas.problems().len(), group_code(&atlas, "Hamas").len()), (1, 1));
    Ok(())
}

#[test]
fn odd_input_is_no_panic() -> Result<(), Error> {
    for text in ["", "\u{feff}", "!", "!\t!\t!", "\0\0\n\0\t\0", "id\tname", "\n\n#\n", GROUPS, PLACES] {
        let names = ["states", "bodies", "groups", "agents", "places", "gazetteer", "treaties", "leaders/a"];
        let layer = |layer| names.map(|name| file(layer, &format!("atlas/{name}.tsv"), text));
        let files: Vec<LayerFile> = layer(1).into_iter().chain(layer(2)).collect();
        let _ = lint_layers(&files);
        let atlas = Atlas::with_layers(&files)?;
        assert!(!atlas.places("Paris").is_empty());
    }
    Ok(())
}

//! Bad rows are named with file and line, left out, and never stop the reading.

use atlas::{Atlas, lint_tables};

const STATES: &str = "iso3\tiso2\tcow\tname\tofficial\tcapital\tlat\tlon\tgeonames\tdemonyms\tnames\tseats\tfrom\tto\tstatus\tnote\n\
    RUS\tRU\t365\tRussia\tRussian Federation\tMoscow\t60\t100\t2017370\tRussian\t\tKremlin=GOV\t\t\tun_member\t\n";
const LEADERS: &str = "country\toffice\ttitle\tname\taliases\tfrom\tto\n";

fn problems(tables: &[(&str, &str)]) -> Vec<String> {
    lint_tables(tables).iter().map(ToString::to_string).collect()
}

#[test]
fn good_tables_have_no_problems() {
    assert!(problems(&[("states.tsv", STATES)]).is_empty());
}

#[test]
fn a_problem_says_where_and_what() {
    let bad =
        format!("{LEADERS}# a comment\nRUS\thead_of_state\tPresident\tVladimir Putin\t\t2012-13-07\t\n");
    let found = problems(&[("states.tsv", STATES), ("leaders/x.tsv", &bad)]);
    assert_eq!(found, ["leaders/x.tsv:3: `2012-13-07` is no date; write 2019, 2019-05 or 2019-05-31"]);
}

#[test]
fn unknown_states_double_ids_and_bad_sectors_are_found() {
    let leaders = format!("{LEADERS}XYZ\thead_of_state\tPresident\tNobody\t\t\t\n");
    let twice = format!("{STATES}{}", STATES.lines().nth(1).unwrap_or("").replace("=GOV", "=GVO"));
    let found = problems(&[("states.tsv", &twice), ("leaders/x.tsv", &leaders)]);
    for wanted in ["`XYZ` is no state or body", "stands in line 2 already", "`GVO` is no sector"] {
        assert!(found.iter().any(|f| f.contains(wanted)), "{wanted}: {found:#?}");
    }
}

#[test]
fn a_wrong_header_and_a_missing_table_are_said() {
    let found = problems(&[("states.tsv", STATES), ("groups.tsv", "id\tname\n")]);
    assert!(
        found.iter().any(|f| f.starts_with("groups.tsv:1: the header must be: id, name, names")),
        "{found:#?}"
    );
    assert!(Atlas::from_tables(&[]).is_err());
}

#[test]
fn the_version_follows_the_data() -> Result<(), atlas::Error> {
    let one = Atlas::from_tables(&[("states.tsv", STATES)])?;
    let other = Atlas::from_tables(&[("states.tsv", &STATES.replace("Moscow", "Moskva"))])?;
    assert_ne!(one.version(), other.version());
    Ok(())
}

#[test]
fn broken_input_is_no_panic() {
    for text in ["", "\u{feff}", "\t\t\t", "iso3", "\n\n#\n", "geonames\tname\n1\tx"] {
        for file in ["states.tsv", "bodies.tsv", "leaders/a.tsv", "places.tsv", "gazetteer.tsv", "agents.tsv"]
        {
            let _ = problems(&[("states.tsv", STATES), (file, text)]);
            let _ = problems(&[(file, text)]);
        }
    }
}

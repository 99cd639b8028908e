//! The commands that explain: manual, actors, versions, schema, lint; and CoNLL-U.

mod common;

use common::{BARE, file, legation, legation_with};

#[test]
fn codes_have_pages() {
    for (code, words) in [
        ("AID", "Gives help"),
        ("aid", "Gives help"),
        ("planned", "Intended"),
        ("confirms", "already reported"),
        ("N-language", "not English"),
        ("MIL", "armed forces"),
        ("072", "military aid"),
        ("say", "cues.tsv:"),
        ("according to", "cues.tsv:"),
        ("quad", "four classes"),
        ("judge.verb", "learned"),
        ("R-judge", "probability of none"),
    ] {
        let page = legation(&["explain", code]);
        assert_eq!(page.code, 0, "{code}: {}", page.err);
        assert!(page.out.contains(words), "{code}:\n{}", page.out);
    }
    let list = legation(&["explain"]);
    assert!(list.code == 0 && list.out.contains("ASSAULT") && list.out.contains("retracts"), "{}", list.out);
}

#[test]
fn every_rule_an_event_names_has_a_page() {
    let reading = legation_with(&["read", "-", "--format", "json"], BARE).out;
    let reading: serde_json::Value = serde_json::from_str(&reading).expect("an object");
    let events = reading["events"].as_array().expect("a list");
    assert!(!events.is_empty());
    for event in events {
        let rule = event["rule"].as_str().expect("a rule");
        let page = legation(&["explain", rule]);
        if rule.starts_with("judge.") {
            assert!(page.code == 0 && page.out.contains("learned judge"), "{rule}: {}", page.err);
            continue;
        }
        assert!(page.code == 0 && page.out.contains("data/lexicon/frames/"), "{rule}: {}", page.err);
        assert!(
            page.out.contains("verbs:") || page.out.contains("nouns:") || page.out.contains("adjectives:"),
            "{}",
            page.out
        );
    }
}

#[test]
fn unknown_codes_get_suggestions() {
    let ran = legation(&["explain", "ASAULT"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("ASSAULT"), "{}", ran.err);
    assert_eq!(legation(&["explain", "\u{1b}[31m"]).code, 1);
}

#[test]
fn actors_are_found_on_their_day() {
    let then = legation(&["actors", "Jens", "Stoltenberg", "--on", "2023-05-01"]);
    assert!(then.out.contains("holds: Secretary General"), "{}", then.out);
    let now = legation(&["actors", "Stoltenberg", "--on", "2025-01-15"]);
    assert!(now.out.contains("held: Secretary General"), "{}", now.out);
    assert!(legation(&["actors", "the", "Kremlin"]).out.contains("RUS"));
    assert_eq!(legation(&["actors", "Nobody Whatever"]).code, 1);
}

#[test]
fn versions_and_schema_are_printed() {
    let versions = legation(&["--version"]);
    for part in ["legation ", "model ", "lexicon ", "atlas "] {
        assert!(versions.out.contains(part), "{}", versions.out);
    }
    assert_eq!(legation(&["schema"]).out, include_str!("../schema/reading.schema.json"));
}

#[test]
fn lint_names_file_and_line() {
    let ran = legation(&["lint"]);
    assert!(ran.code == i32::from(!ran.out.is_empty()), "{}", ran.err);
    for line in ran.out.lines() {
        let mut parts = line.splitn(3, ':');
        assert!(parts.next().is_some_and(|file| file.starts_with("data/")), "{line}");
        assert!(parts.next().is_some_and(|number| number.parse::<usize>().is_ok()), "{line}");
    }
}

const GOLD: &str = "# sent_id = s1\n# text = He didn’t go to Paris.\n1\tHe\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tdidn’t\t_\t_\t_\t_\t_\t_\t_\t_\n\
2\tdid\t_\t_\t_\t_\t_\t_\t_\t_\n3\tn’t\t_\t_\t_\t_\t_\t_\t_\t_\n4\tgo\t_\t_\t_\t_\t_\t_\t_\tGoldNote=1\n4.1\twent\t_\t_\t_\t_\t_\t_\t_\t_\n\
5\tto\t_\t_\t_\t_\t_\t_\t_\t_\n6\tParis\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n7\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";

#[test]
fn gold_words_stay_as_they_are() {
    let gold = file("conllu", "gold.conllu", GOLD);
    let ran = legation(&["parse", "--conllu", &gold, &gold]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let columns = |text: &str| -> Vec<String> {
        let kept = text.lines().filter(|line| !line.starts_with("4.1"));
        kept.map(|line| line.split('\t').take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    assert_eq!(columns(&ran.out), columns(&GOLD.repeat(2)));
    assert!(ran.out.contains("# sent_id = s1\n# text = He didn’t go to Paris."));
    assert!(
        ran.out.contains("Actuality=") && ran.out.contains("Polarity=") && ran.out.contains("SpaceAfter=No"),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains("GoldNote"), "nothing of the gold analysis is passed on");
    let bad = file("conllu", "bad.conllu", "no columns\n");
    let ran = legation(&["parse", "--conllu", &bad, &gold]);
    assert!(ran.code == 3 && ran.err.contains("bad.conllu") && ran.err.contains("line 1"), "{}", ran.err);
}

#[test]
fn raw_text_becomes_conllu() {
    let ran = legation_with(&["parse", "-"], BARE);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let words: Vec<&str> = ran.out.lines().filter(|line| line.contains('\t')).collect();
    assert!(words.len() > 15 && words.iter().all(|line| line.split('\t').count() == 10), "{}", ran.out);
    assert!(ran.out.contains("# text = "));
}

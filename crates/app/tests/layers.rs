//! A user's own words and facts: `--lexicon`, LEGATION_LEXICON, `legation lexicon import`. All entries are our own.

mod common;

use common::{command, file, finish, folder, legation, legation_with};
use std::{fs, path::Path, process::Stdio};

const FRAMES: &str = r#"# mine
[[frame]]
id = "my-lacquer"
type = "AID"
cameo = "071"
gloss = "One side lacquers another, which among islanders is help."
verbs = ["lacquer"]
recipient = ["object"]
examples = ["Norway lacquered Denmark."]
"#;

const GROUPS: &str = "id\tname\tnames\tcountries\tsector\tcode\tfrom\tto\tnote\n\
    blue-front\tBlue Harbour Front\tBHF\tGRC\tREB\tGRCREBBHF\t\t\t\n";

const TEXT: &str = "Norway lacquered the Blue Harbour Front on Monday.";

/// Writes `files` into a folder of the test's own and names the folder.
fn layer(test: &str, files: &[(&str, &str)]) -> String {
    let root = folder(test);
    for (name, text) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    root.to_str().expect("UTF-8").to_owned()
}

/// Rule, CAMEO code and codes of both sides of every event.
fn events(arguments: &[&str], text: &str) -> Vec<(String, String, String, String)> {
    let mut all = vec!["read", "-", "--format", "json", "--date", "2015-06-01"];
    all.extend(arguments);
    let ran = legation_with(&all, text);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let reading: serde_json::Value = serde_json::from_str(&ran.out).expect("an object");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_owned();
    let events = reading["events"].as_array().expect("a list").iter();
    events
        .map(|e| {
            (
                text(&e["rule"]),
                text(&e["cameo"]),
                text(&e["actors"][0]["code"]),
                text(&e["recipients"][0]["code"]),
            )
        })
        .collect()
}

fn versions(arguments: &[&str]) -> (String, String) {
    let mut all = vec!["read", "-", "--format", "json"];
    all.extend(arguments);
    let reading: serde_json::Value = serde_json::from_str(&legation_with(&all, TEXT).out).expect("an object");
    (reading["versions"]["lexicon"].to_string(), reading["versions"]["atlas"].to_string())
}

#[test]
fn own_words_and_facts_are_read() {
    let mine = layer("layer-read", &[("lexicon/frames/mine.toml", FRAMES), ("atlas/groups.tsv", GROUPS)]);
    let found = events(&["--lexicon", &mine], TEXT);
    let event = found.first().expect("an event");
    assert_eq!((event.0.as_str(), event.1.as_str()), ("my-lacquer.verb", "071"));
    assert_eq!((event.2.as_str(), event.3.as_str()), ("NOR", "GRCREBBHF"));
    assert!(!events(&[], TEXT).iter().any(|(rule, ..)| rule.starts_with("my-")));

    // The variable does the same; `code` and `actors` too.
    let by_variable = finish(command(&["actors", "BHF"]).env("LEGATION_LEXICON", &mine).stdin(Stdio::null()));
    assert!(by_variable.code == 0 && by_variable.out.contains("GRCREBBHF"), "{}", by_variable.err);
    assert_eq!(legation(&["actors", "BHF"]).code, 1);
    let article = file("layer-read-text", "a.txt", TEXT);
    let coded = legation(&["code", &article, "--lexicon", &mine]);
    assert!(coded.out.contains("my-lacquer.verb"), "{}", coded.err);
    let parsed = legation(&["parse", &article, "--lexicon", &mine]);
    assert!(parsed.code == 0 && parsed.out.contains("Actuality="), "{}", parsed.err);

    // The page names the user's own file.
    let page = legation(&["explain", "my-lacquer", "--lexicon", &mine]);
    assert!(page.out.contains("mine.toml:3") && page.out.contains("verbs: lacquer"), "{}", page.out);

    let lint = legation(&["lint", "--lexicon", &mine]);
    assert_eq!((lint.code, lint.out.as_str()), (0, ""), "{}", lint.err);
}

#[test]
fn versions_change_with_what_a_layer_holds() {
    let frames = layer("layer-version-frames", &[("lexicon/frames/mine.toml", FRAMES)]);
    let groups = layer("layer-version-groups", &[("atlas/groups.tsv", GROUPS)]);
    let (lexicon, atlas) = versions(&[]);
    let (with_frames, same_atlas) = versions(&["--lexicon", &frames]);
    assert!(with_frames != lexicon && same_atlas == atlas);
    let (same_lexicon, with_groups) = versions(&["--lexicon", &groups]);
    assert!(same_lexicon == lexicon && with_groups != atlas);
}

#[test]
fn the_last_layer_wins() {
    let one = layer("layer-one", &[("lexicon/frames/mine.toml", FRAMES), ("atlas/groups.tsv", GROUPS)]);
    let two = layer(
        "layer-two",
        &[
            ("lexicon/frames/other.toml", &FRAMES.replace("071", "072")),
            ("atlas/groups.tsv", &GROUPS.replace("GRCREBBHF", "GRCPTYBHF").replace("REB", "PTY")),
        ],
    );
    let codes = |arguments: &[&str]| -> Vec<(String, String)> {
        let own = events(arguments, TEXT).into_iter().filter(|event| event.0.starts_with("my-"));
        own.map(|event| (event.1, event.3)).collect()
    };
    let pair = |cameo: &str, code: &str| vec![(cameo.to_owned(), code.to_owned())];
    assert_eq!(codes(&["--lexicon", &one, "--lexicon", &two]), pair("072", "GRCPTYBHF"));
    assert_eq!(codes(&["--lexicon", &two, "--lexicon", &one]), pair("071", "GRCREBBHF"));
    // A frame can be taken out again.
    let three =
        layer("layer-three", &[("lexicon/frames/x.toml", "[[frame]]\nid = \"my-lacquer\"\nremove = true\n")]);
    assert!(codes(&["--lexicon", &one, "--lexicon", &three]).is_empty());
}

#[test]
fn mistakes_are_told_with_the_users_path_and_the_rest_works() {
    let bad = format!("{FRAMES}\n[[frame]]\nid = \"bad\"\ntype = \"NOTHING\"\nverbs = [\"gild\"]\n");
    let mine = layer(
        "layer-bad",
        &[
            ("lexicon/frames/mine.toml", &bad),
            ("atlas/groups.tsv", &format!("{GROUPS}x\tGroup X\t\tXYZ\tREB\t\t\t\t\nno-name\n")),
            ("atlas/group.tsv", GROUPS),
            ("lexicon/cues.tsv", "cue\tpos\nlacquer\tverb\n"),
            ("README.md", "Mine."),
        ],
    );
    let lint = legation(&["lint", "--lexicon", &mine]);
    assert_eq!(lint.code, 1, "{}", lint.err);
    for wanted in [
        "lexicon/frames/mine.toml:13: unknown variant `NOTHING`",
        "atlas/groups.tsv:3: `XYZ` is no state or body of the atlas",
        "atlas/groups.tsv:4: only 1 cells",
        "atlas/group.tsv: legation reads no such file; did you mean atlas/groups.tsv?",
        "lexicon/cues.tsv:1: the header must be",
    ] {
        let whole = format!("{mine}/{wanted}");
        assert!(lint.out.lines().any(|line| line.starts_with(&whole)), "{whole}:\n{}", lint.out);
    }
    assert_eq!(lint.out.lines().count(), 5, "{}", lint.out);

    let ran = legation_with(&["read", "-", "--lexicon", &mine, "--explain"], TEXT);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("my-lacquer") && ran.err.contains("mine.toml:13"), "{}\n{}", ran.out, ran.err);
}

#[test]
fn folders_are_checked_before_anything_is_read() {
    let plain = file("layer-none", "a.txt", TEXT);
    for wrong in ["no/such/folder", &plain] {
        let ran = legation(&["read", &plain, "--lexicon", wrong]);
        assert!(ran.code == 2 && ran.err.contains("--lexicon"), "{wrong}: {}", ran.err);
    }
    let empty = layer("layer-empty", &[("notes.md", "x")]);
    let ran = legation(&["lint", "--lexicon", &empty]);
    assert!(ran.code == 1 && ran.out.contains("nothing in this folder is read"), "{}", ran.out);
    let latin = folder("layer-latin");
    fs::create_dir_all(latin.join("atlas")).expect("the folder can be made");
    let bytes = [GROUPS.as_bytes(), b"y\tGroup \xe9\t\tGRC\tREB\t\t\t\t\n"].concat();
    fs::write(latin.join("atlas/groups.tsv"), bytes).expect("the file can be written");
    let ran = legation(&["lint", "--lexicon", latin.to_str().expect("UTF-8")]);
    assert!(ran.code == 1 && ran.out.contains("atlas/groups.tsv:3: not UTF-8"), "{}", ran.out);
}

/// A dictionary of the tests of `coding`.
fn dictionary(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../coding/fixtures/petrarch").join(name);
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn dictionaries_become_a_layer_that_codes() {
    let out = folder("import").join("my");
    let out = out.to_str().expect("UTF-8");
    let [verbs, actors, agents] = ["verbs.txt", "actors.txt", "agents.txt"].map(dictionary);
    let import = ["lexicon", "import", &verbs, &actors, &agents, "-o", out];
    let ran = legation(&import);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{}", ran.err);
    for wanted in [
        "verbs.txt: verbs, ",
        "actors.txt: actors, ",
        "agents.txt: agents, ",
        "carried over ",
        "  not: 1 frames do not look at adverbs",
    ] {
        assert!(ran.err.contains(wanted), "{wanted}:\n{}", ran.err);
    }
    let report = fs::read_to_string(Path::new(out).join("REPORT.tsv")).expect("a report");
    assert!(report.starts_with("file\tline\tentry\tbecame\twhy\n") && report.contains("- QUIETLY *"));

    // Nothing is written over unless that is said.
    let again = legation(&import);
    assert!(again.code == 1 && again.err.contains("--overwrite"), "{}", again.err);
    assert_eq!(legation(&[&import[..], &["--overwrite"]].concat()).code, 3);

    let lint = legation(&["lint", "--lexicon", out]);
    assert_eq!((lint.code, lint.out.as_str()), (0, ""), "{}", lint.err);

    let text = "Norway trumpeted the Blue Harbour Front. The BHF was trumpeted by Denmark. Aristos Kanaris trumpeted \
                Poland. Sweden lacquered a brass bell for Finland. Spain trumpeted Portugal with a trombone.";
    let found = events(&["--lexicon", out], text);
    let own: Vec<[&str; 3]> = found
        .iter()
        .filter(|event| event.0.starts_with("petrarch-"))
        .map(|(_, cameo, actor, recipient)| [cameo.as_str(), actor.as_str(), recipient.as_str()])
        .collect();
    assert_eq!(
        own,
        [
            ["051", "NOR", "GRCREBBHF"],
            ["051", "DNK", "GRCREBBHF"],
            // Of 2015: the code of his time in office, not that of 1999.
            ["051", "GRCGOV", "POL"],
            ["071", "SWE", "FIN"],
            ["134", "ESP", "PRT"],
        ]
    );
}

#[test]
fn what_is_no_dictionary_is_refused() {
    let issues = file("import-odd", "issues.txt", "<ISSUE CATEGORY=\"X\">\nn:lantern [ID_X]\n</ISSUE>\n");
    let out = folder("import-odd-out").join("my");
    let out = out.to_str().expect("UTF-8");
    let ran = legation(&["lexicon", "import", &issues, "no-such-file", "-o", out]);
    assert!(ran.code == 1 && ran.err.contains("--kind") && ran.err.contains("no-such-file"), "{}", ran.err);
    assert!(!Path::new(out).exists());

    // A bad file beside a good one; bytes that are no UTF-8 are told.
    let latin = file("import-odd", "latin.txt", b"LANTERN_WATCH_ [GRCCOP]\nFARO_\xc9_ [GRCREB]\n\0\0[\n");
    let ran = legation(&["lexicon", "import", &latin, "no-such-file", "-o", out]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("latin.txt:2: not UTF-8"), "{}", ran.err);
    assert_eq!(legation(&["lint", "--lexicon", out]).code, 0);

    let agents = file("import-odd", "agents.txt", "BELL_RINGER [~LAB]\n");
    let elsewhere = folder("import-odd-all").join("my");
    let ran = legation(&["lexicon", "import", &agents, "-o", elsewhere.to_str().expect("UTF-8")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(legation(&["lexicon", "import", &agents, "-o", &agents]).code, 2);
}

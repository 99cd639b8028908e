//! Whole dictionaries, all our own: what stands in the layer, what is told, and that the layer is clean.

use super::*;
use crate::lexicon::Frame;

const VERBS: &str = include_str!("../../../fixtures/petrarch/verbs.txt");
const ACTORS: &str = include_str!("../../../fixtures/petrarch/actors.txt");
const AGENTS: &str = include_str!("../../../fixtures/petrarch/agents.txt");

fn made(dictionaries: &[(&str, &str, Kind)]) -> Import {
    let dictionaries: Vec<Dictionary<'_>> =
        dictionaries.iter().map(|(name, text, kind)| Dictionary { name, text, kind: *kind }).collect();
    let (lexicon, atlas) = (Lexicon::embedded().0, Atlas::embedded().expect("the atlas opens"));
    import(&dictionaries, &lexicon, &atlas)
}

fn verbs(text: &str) -> Import {
    made(&[("v", text, Kind::Verbs)])
}

fn files(import: &Import) -> Vec<LayerFile> {
    let file = |(name, text): &(String, String)| LayerFile {
        layer: 1,
        name: name.clone(),
        shown: name.clone(),
        text: text.clone(),
    };
    import.files.iter().map(file).collect()
}

fn problems(import: &Import) -> Vec<String> {
    let files = files(import);
    let mut told: Vec<String> = Lexicon::with_layers(&files).1.iter().map(ToString::to_string).collect();
    told.extend(lint_layers(&files).iter().map(ToString::to_string));
    told
}

/// The made frames, by id.
fn frames(import: &Import) -> Vec<Frame> {
    let lexicon = Lexicon::with_layers(&files(import)).0;
    lexicon.frames.iter().filter(|frame| frame.layer > 0).cloned().collect()
}

fn table(import: &Import, name: &str) -> Vec<String> {
    let text = import.files.iter().find(|(file, _)| file == name).map_or("", |(_, text)| text);
    text.lines().skip(2).map(str::to_owned).collect()
}

fn whys(import: &Import, line: usize) -> Vec<&'static str> {
    import.entries.iter().filter(|e| e.line == line).flat_map(|e| &e.whys).map(|why| why.reason).collect()
}

#[test]
fn our_dictionaries_become_a_clean_layer() {
    let import = made(&[
        ("verbs.txt", VERBS, Kind::Verbs),
        ("actors.txt", ACTORS, Kind::Actors),
        ("agents.txt", AGENTS, Kind::Agents),
    ]);
    assert_eq!(problems(&import), [""; 0]);
    let names: Vec<&str> = import.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "atlas/agents.tsv",
            "atlas/bodies.tsv",
            "atlas/groups.tsv",
            "atlas/leaders/petrarch.tsv",
            "atlas/outlets.tsv",
            "atlas/services.tsv",
            "atlas/states.tsv",
            "lexicon/classes-petrarch.toml",
            "lexicon/frames/petrarch.toml",
        ]
    );
    // Whatever is lost is told, and nothing else.
    for entry in &import.entries {
        assert_eq!(entry.fate == Fate::Carried, entry.whys.is_empty(), "{entry:?}");
    }
    let report = import.report();
    assert_eq!(report.lines().count() - 1, import.count(Fate::Partly) + import.count(Fate::Not));
    assert!(report.lines().all(|line| line.split('\t').count() == 5), "{report}");
    assert!(import.count(Fate::Carried) > import.count(Fate::Not));
    // Two runs say the same.
    let again = made(&[
        ("verbs.txt", VERBS, Kind::Verbs),
        ("actors.txt", ACTORS, Kind::Actors),
        ("agents.txt", AGENTS, Kind::Agents),
    ]);
    assert_eq!((&again.files, again.report()), (&import.files, report));
}

#[test]
fn a_files_kind_is_told_by_its_contents() {
    for (text, kind) in [(VERBS, Kind::Verbs), (ACTORS, Kind::Actors), (AGENTS, Kind::Agents)] {
        assert_eq!(detect(text), Some(kind));
    }
}

#[test]
fn patterns_become_slots() {
    let import = verbs(
        "&BELL\n+BRASS_BELL\n+GONG\n\n--- LACQUER [---] ---\nLACQUER\nGILD [051]\n\
         - * &BELL (FOR +) [070]\n\
         - * {OLD SHIP} [072]\n\
         - * OUT (AT) [111]\n\
         - POLICE * (BY/WITH LANTERNS) [175]\n\
         - * (TO MEET) [036]\n\
         - * TO_ SEND SOLDIERS [0332]\n\
         - % * TREATY [057:057]\n\
         - * PRICE [---]\n",
    );
    assert_eq!(problems(&import), [""; 0]);
    assert_eq!(import.count(Fate::Not), 0, "{}", import.report());
    let frames = frames(&import);
    let code = |code: &str| {
        let frame = frames.iter().find(|frame| frame.cameo.as_deref() == Some(code));
        frame.unwrap_or_else(|| panic!("no frame of {code}"))
    };
    let shown = |frame: &Frame| format!("{:?} {:?}", frame.object, frame.with);
    assert!(shown(code("070")).contains("Class(\"petrarch-bell\")"), "{:?}", code("070"));
    assert_eq!(code("070").recipient, [crate::lexicon::Slot::Preposition("for".into())]);
    assert!(shown(code("072")).contains("old ship"));
    assert!(shown(code("175")).contains("lantern") && shown(code("175")).contains("Subject"));
    assert!(shown(code("036")).contains("Complement"), "{:?}", code("036"));
    assert!(shown(code("0332")).contains("ComplementObject") && shown(code("0332")).contains("soldier"));
    assert!(code("057").reciprocal && !code("070").reciprocal);
    // PETRARCH asks for both sides.
    assert!(frames.iter().all(|frame| !frame.bare));
    let lexicon = Lexicon::with_layers(&files(&import)).0;
    assert!(
        lexicon.classes.has("petrarch-bell", "brass bell") && lexicon.classes.has("petrarch-bell", "gong")
    );
    assert_eq!(lexicon.frames.by_verb("lacquer out").len(), 1);
    // The verb with a code of its own does not take what the null pattern names.
    assert!(format!("{:?}", code("051").not_object).contains("price"));
    assert_eq!(code("051").kind.as_str(), "SUPPORT");
}

#[test]
fn roles_follow_source_and_target() {
    use crate::lexicon::Slot;
    let import = verbs(
        "--- LACQUER [---] ---\nLACQUER\n- + WAS * (WITH GONG) BY_ $ [070]\n- * GONG FROM $ [071]\n- * (BEFORE COURT) [:173]\n- * TOUR [042:043]\n",
    );
    let frames = frames(&import);
    let slots: Vec<(&str, &[Slot], &[Slot])> = frames
        .iter()
        .map(|frame| {
            (frame.cameo.as_deref().unwrap_or(""), frame.actor.as_slice(), frame.recipient.as_slice())
        })
        .collect();
    assert_eq!((slots[0].0, slots[0].1, slots[0].2), ("070", &[Slot::Subject][..], &[Slot::Object][..]));
    assert_eq!((slots[1].0, slots[1].1), ("071", &[Slot::Preposition("from".into())][..]));
    // `:173` is what the target does to the source.
    assert_eq!((slots[2].0, slots[2].2), ("173", &[Slot::Subject][..]));
    assert_eq!(slots[3].0, "042");
    assert_eq!(whys(&import, 6), ["an event has one code; the one for the other direction is left out"]);
}

#[test]
fn what_frames_cannot_say_is_told() {
    let import = verbs(
        "--- LACQUER [070] ---\nLACQUER\nGILDED_BY {}\n- * QUIETLY [071]\n- NOT * [120]\n- SAID * [010]\n- * &NOTHING [071]\n\
         - * COMMENT [011]\n- * GONG [999]\n- * GONG (ON [071]\n- * (ON GONG) (ON TOUR) [071]\n- + WAS * [112]\n- * GONG\n\
         ~ a (a b X) SAY = a b 015\n- * GONG [0719]\n",
    );
    let lost: Vec<(usize, Vec<&str>)> = (3..=15).map(|line| (line, whys(&import, line))).collect();
    let reasons: Vec<&str> =
        lost.iter().map(|(line, whys)| *whys.first().unwrap_or_else(|| panic!("line {line}"))).collect();
    assert_eq!(
        reasons,
        [
            "a passive; the active verb is an entry of its own",
            "frames do not look at adverbs",
            "modals and negation are read from the grammar",
            "a verb before the verb: whether it happened and who says so are read from the grammar",
            "a synonym set that is not defined",
            "a CAMEO code without a type in PLOVER",
            "not a CAMEO code",
            "brackets that do not match",
            "two phrases with one preposition",
            "it asks for nothing that frames look at, and the verb has another code",
            "no code",
            "a transformation: who says so and what is only meant are read from the grammar",
            "CAMEO 1.1b3 has no such code",
        ]
    );
    assert_eq!(import.count(Fate::Partly), 1);
    assert_eq!(problems(&import), [""; 0]);
}

#[test]
fn actors_go_where_they_fit() {
    let import = made(&[("a", ACTORS, Kind::Actors)]);
    let leaders = table(&import, "atlas/leaders/petrarch.tsv");
    // Dated codes; the default holds in the gaps; ELI without dates is what every former official is.
    let own: Vec<&str> =
        leaders.iter().filter(|row| row.contains("Aristos Kanaris")).map(String::as_str).collect();
    assert_eq!(
        own,
        [
            "GRC\tGOV\tofficial\tAristos Kanaris\tKanaris\t2011-01-01",
            "GRC\tMIL\tofficer\tAristos Kanaris\tKanaris\t1999-01-01\t2010-12-31",
        ]
    );
    let gaps: Vec<&str> =
        leaders.iter().filter(|row| row.contains("Petra Lindholm")).map(String::as_str).collect();
    assert_eq!(
        gaps,
        [
            "SWE\tGOV\tofficial\tPetra Lindholm\t\t1995-03-01\t2001-12-31",
            "SWE\tJRN\tjournalist\tPetra Lindholm\t\t\t1995-02-28",
            "SWE\tJRN\tjournalist\tPetra Lindholm\t\t2002-01-01",
        ],
        "CAMEO's MED is the media"
    );
    let groups = table(&import, "atlas/groups.tsv");
    assert!(
        groups.iter().any(|row| row.starts_with(
            "petrarch-blue-harbour-front\tBlue Harbour Front\tBHF|Harbour Front\tGRC\tREB\tGRCREBBHF"
        )),
        "{groups:#?}"
    );
    let bodies = table(&import, "atlas/bodies.tsv");
    assert!(
        bodies.iter().any(|row| row.starts_with("LSC\tLighthouse Survey Commission\tLSC\tigo\tIGOLSC\tIGO")),
        "{bodies:#?}"
    );
    assert!(leaders.iter().any(|row| row.starts_with("LSC\tIGO\tofficial\tIngrid Torvald")), "{leaders:#?}");
    let states = table(&import, "atlas/states.tsv");
    assert!(states.iter().any(|row| row.starts_with("GRC\t") && row.contains("Hellaz")), "{states:#?}");
    assert!(
        table(&import, "atlas/outlets.tsv").iter().any(|row| row.contains("Harbour Lantern Gazette\t\tGRC"))
    );
    assert!(
        table(&import, "atlas/services.tsv").iter().any(|row| row.starts_with("GRC\tCOP\tLantern Watch"))
    );
}

#[test]
fn agents_carry_plover_sectors() {
    let import = made(&[("g", AGENTS, Kind::Agents)]);
    let rows = table(&import, "atlas/agents.tsv");
    for wanted in ["bell ringer\tLAB", "town crier\tJRN", "lampman\tBUS", "lampwoman\tBUS", "rope guild\tNGO"]
    {
        assert!(rows.iter().any(|row| row.starts_with(wanted)), "{wanted}: {rows:#?}");
    }
    assert!(!rows.iter().any(|row| row.starts_with("lampmen")), "singulars stand for both");
}

#[test]
fn a_bad_line_costs_one_entry() {
    let huge = "X".repeat(1 << 20);
    let text = format!(
        "HARBOUR_A [GRCREB]\nHARBOUR_B [GRCREB\n{huge}\n\0HARBOUR\0C\0 [GRCREB]\nCUT_OFF [GRCREB 9901"
    );
    let import = made(&[("a", &text, Kind::Actors)]);
    assert_eq!(import.count(Fate::Not), 2, "{}", import.report());
    let groups = table(&import, "atlas/groups.tsv");
    assert_eq!(groups.len(), 3, "{groups:#?}");
    assert!(import.report().lines().all(|line| line.len() < 2000));
}

#[test]
fn odd_dictionaries_are_no_panic() {
    let odd = [
        "",
        "\0\0\0",
        "[[[[",
        "]]]]",
        "- * [",
        "---",
        "--- [ ---\n- * * [070]",
        "&\n+\n- & * & [070]",
        "+[AFG]",
        "A [AFG 000000-000000]\n\t[GRCGOV 99999999-99999999]",
        "É_Ü_ [GRCGOV]\n+(((\n+)))\n+()\n+_\n",
        "!!=\n!A!=!A!\n!A! [~GOV]\nX [~]\nY [~GO]\nZ [~ÄÖ]\n",
        "\u{fffd}\u{fffd} [\u{fffd}]\n- \u{fffd} * (\u{fffd}) [070]",
        "X [070]\n- * {} [071]\n- * () [071]\n- * { | } [071]\n- * (TO) (TO) [071]\n- * / [071]\n- * (/) [071]\n- * (A/) [071]\n",
        "<!-- never closed\nA [AFG]",
        "A B C D E F G [070]\n+ + + [070]\nBE_BY_BY [070]\n_ [070]\n__+__ [070]\n",
        "THE [GRCREB]\nA_(B [GRCREB]\n#[GRCREB]\n!X [GRCREB]\n\"Q\" [GRCREB]\n|P|Q| [GRCREB]\n",
    ];
    let (lexicon, atlas) = (Lexicon::embedded().0, Atlas::embedded().expect("the atlas opens"));
    let known = codes::Known { lexicon: &lexicon, atlas: &atlas };
    let spellings = names::Spellings::of(&atlas);
    let all = odd.join("\n");
    for kind in [Kind::Actors, Kind::Agents, Kind::Verbs] {
        for text in odd.iter().copied().chain([VERBS, ACTORS, AGENTS, &all]) {
            let drafted = draft(&[Dictionary { name: "odd", text, kind }], &known, &spellings);
            let _ = layer(&drafted.tables, &drafted.frames);
            let _ = detect(text);
        }
        assert_eq!(problems(&made(&[("odd", &all, kind)])), [""; 0], "{kind:?}");
    }
}

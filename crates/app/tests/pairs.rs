//! Marked pairs: `legation relate` and `legation eval`.

mod common;

use common::{file, legation, legation_with};

const TABLE: &str = "id\tmarked_sentence\tgold_root\tgold_penta
1\t<s>Turkish police</s> arrested <t>two opposition deputies</t> in Ankara on Monday.\tCOERCE\t4
2\tTwo Syrian villages were shelled by <s>government forces</s>, killing <t>nine civilians</t>.\tASSAULT\t4
3\t<s>Norway</s> will send 200 million kroner in aid to <t>Malawi</t>, its minister said.\tAGREE\t1
4\t\"<s>Kenya's foreign ministry</s> condemned \"\"the raid\"\" by <t>Eritrea</t>.\"\tACCUSE\t3
";

#[test]
fn rows_come_back_with_root_and_quad() {
    let ran = legation_with(&["relate", "-"], TABLE);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[0], "id\tmarked_sentence\tgold_root\tgold_penta\troot\tquad");
    for (line, ending) in lines[1..].iter().zip(["COERCE\t4", "ASSAULT\t4", "AGREE\t1", "ACCUSE\t3"]) {
        assert!(line.ends_with(ending), "{line}");
    }
    // The row's own cells are as they were, quotation marks included.
    assert!(lines[4].contains("condemned \"\"the raid\"\" by"), "{}", lines[4]);
}

#[test]
fn explain_adds_what_decided() {
    let ran = legation_with(&["relate", "--explain", "-"], TABLE);
    let mut lines = ran.out.lines();
    let header: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    assert_eq!(header[4..], ["root", "quad", "confidence", "judge", "lexicon"]);
    let cells: Vec<&str> = lines.next().expect("a row").split('\t').collect();
    assert!(cells[6].parse::<f32>().is_ok_and(|p| (0.0..=1.0).contains(&p)), "{cells:?}");
    assert!(cells[7].starts_with("COERCE 0.") || cells[7].starts_with("COERCE 1."), "{cells:?}");
    assert!(cells[8].contains("arrest") && cells[8].contains("COERCE"), "{cells:?}");
}

#[test]
fn a_row_without_marks_keeps_its_place_and_is_named() {
    let path = file(
        "relate",
        "pairs.tsv",
        "marked_sentence\tn\nNothing is marked here.\t1\n<s>Chad</s> met <t>Niger</t>.\t2\n",
    );
    let ran = legation(&["relate", &path]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("pairs.tsv:2") && ran.err.contains("<s>"), "{}", ran.err);
    assert_eq!(ran.out.lines().nth(1), Some("Nothing is marked here.\t1\t\t"));
    assert_eq!(ran.out.lines().nth(2).map(|line| line.ends_with("CONSULT\t1")), Some(true), "{}", ran.out);
}

#[test]
fn what_is_no_table_is_told() {
    let none = file("relate", "none.tsv", "a\tb\n1\t2\n");
    let ran = legation(&["relate", &none]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("marked_sentence"), "{}", ran.err);
    let bytes = file("relate", "bytes.tsv", [0xff, 0xfe, 0x00, 0x09, 0x0a, 0xc3, 0x28, 0x0a]);
    assert_eq!(legation(&["relate", &bytes]).code, 1);
    assert_eq!(legation(&["relate", "no-such.tsv"]).code, 1);
}

#[test]
fn eval_prints_figures_differences_and_reliability() {
    let path = file("eval", "coded.tsv", TABLE);
    let ran = legation(&["eval", "plover", &path]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in
        ["pairs 4", "root macro F1 100.0", "conflict macro F1 100.0", "Reliability", "calibration error"]
    {
        assert!(ran.out.contains(words), "{words} in {}", ran.out);
    }
    let ran = legation(&["eval", "pairs", &path]);
    assert!(ran.out.contains("Conflict or not") && ran.out.contains("accuracy 100.0"), "{}", ran.out);
    let none = file("eval", "none.tsv", "marked_sentence\n<s>Chad</s> met <t>Niger</t>.\n");
    let ran = legation(&["eval", "plover", &none]);
    assert!(ran.code == 1 && ran.err.contains("gold_root"), "{}", ran.err);
}
